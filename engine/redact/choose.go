package redact

import (
	"net/netip"
	"strconv"
	"strings"
)

// chooser gives values fakes that stand nowhere yet.
type chooser struct {
	words   map[string]bool // of all texts, in lower case
	texts   []string
	next    map[string]int // counters
	domains map[string]string
	ids     map[string]string             // words of ids in organizations
	nets    map[netip.Prefix]netip.Prefix // real networks to documentation's
	kept    []netip.Prefix                // ranges that are too large to be replaced
}

func newChooser(in Input) *chooser {
	c := &chooser{words: map[string]bool{}, next: map[string]int{}, domains: map[string]string{}, ids: map[string]string{}, nets: map[netip.Prefix]netip.Prefix{}}
	each(in, func(text string) {
		c.texts = append(c.texts, text)
		for i := 0; i < len(text); {
			end := wordEnd(text, i)
			if end > i {
				c.words[strings.ToLower(text[i:end])] = true
			}
			i = end + 1
		}
	})
	return c
}

// choose plans a fake for every found value.
func (p *plan) choose(in Input, found []value) {
	c := newChooser(in)
	c.keepRanges(found)
	for _, v := range found {
		if fake := p.fake(c, v); fake != "" && fake != v.text {
			p.fakes[v] = fake
			p.order = append(p.order, v)
		}
	}
	for _, block := range c.kept {
		p.note("`" + block.String() + "` and the addresses in it stay: no range for documentation is as large.")
	}
	p.notes = append(p.notes, p.names.notes()...)
}

func (p *plan) note(text string) {
	if len(p.notes) < 20 {
		p.notes = append(p.notes, text)
	}
}

func (p *plan) fake(c *chooser, v value) string {
	switch v.kind {
	case Account:
		return c.account()
	case Key, UniqueID:
		return c.numbered(v.text[:4]+"EXAMPLE", len(v.text), 10)
	case Email:
		return c.email(v.text)
	case Organization:
		return c.organization(v.text)
	case ResourceID:
		prefix, digits, _ := strings.Cut(v.text, "-")
		return c.numbered(prefix+"-000000", len(prefix)+1+len(digits), 16)
	case Address:
		return c.address(v.text)
	}
	return p.names.fake(c, v.text)
}

// numbered is a prefix with the next number behind it that no text has, of a
// given length; it is empty where that has no room.
func (c *chooser) numbered(prefix string, length, base int) string {
	room := length - len(prefix)
	for {
		c.next[prefix]++
		digits := strconv.FormatInt(int64(c.next[prefix]), base)
		if len(digits) > room {
			return ""
		}
		fake := prefix + strings.Repeat("0", room-len(digits)) + digits
		if _, word, dashed := strings.Cut(fake, "-"); !c.words[strings.ToLower(fake)] && !(dashed && c.words[word]) {
			return fake
		}
	}
}

func (c *chooser) account() string {
	for c.next["account"] < len(documented) {
		id := documented[c.next["account"]]
		c.next["account"]++
		if !c.words[id] && id[0] != '0' { // a bare number can't begin with 0
			return id
		}
	}
	return c.numbered(fakeAccounts, 12, 10)
}

// organization replaces each word of an id; that of a root is the same in its
// units' ids.
func (c *chooser) organization(id string) string {
	parts := strings.Split(id, "-")
	for i := 1; i < len(parts); i++ {
		if !isLowerID(parts[i]) {
			continue
		}
		fake := c.ids[parts[i]]
		if fake == "" {
			fake = c.numbered("ex", len(parts[i]), 10)
			c.ids[parts[i]] = fake
		}
		if fake == "" {
			return ""
		}
		parts[i] = fake
	}
	return strings.Join(parts, "-")
}

// email replaces the name before the sign and the domain behind it; people of
// one domain stay of one domain.
func (c *chooser) email(text string) string {
	local, domain, _ := strings.Cut(text, "@")
	if local != "" {
		local = c.word("person")
	}
	key := strings.ToLower(domain)
	if c.domains[key] == "" {
		c.domains[key] = c.domain()
	}
	return local + "@" + c.domains[key]
}

// word is a word with a number behind it that no text has.
func (c *chooser) word(stem string) string {
	for {
		c.next[stem]++
		if word := stem + strconv.Itoa(c.next[stem]); !c.words[word] {
			return word
		}
	}
}

func (c *chooser) domain() string {
	for _, name := range []string{"example.com", "example.org", "example.net"} {
		if c.next[name]++; c.next[name] == 1 && !c.stands(name) {
			return name
		}
	}
	return c.word("company") + ".example"
}

func (c *chooser) stands(part string) bool {
	for _, text := range c.texts {
		if strings.Contains(strings.ToLower(text), part) {
			return true
		}
	}
	return false
}

// Networks are replaced as a whole, so that what lies in one goes on lying in
// it: /24 of IPv4, /48 of IPv6.
func networkBits(a netip.Addr) int {
	if a.Is4() {
		return 24
	}
	return 48
}

// read is an address or a range, with the network's bits cut off at those of a range.
func read(text string) (address netip.Addr, bits int) {
	if block, err := netip.ParsePrefix(text); err == nil {
		return block.Addr(), block.Bits()
	}
	address, _ = netip.ParseAddr(text)
	return address, address.BitLen()
}

// keepRanges finds the ranges that are larger than a network that could stand
// for them.
func (c *chooser) keepRanges(found []value) {
	for _, v := range found {
		if v.kind != Address {
			continue
		}
		if a, bits := read(v.text); bits < networkBits(a) && len(c.kept) < 1000 {
			c.kept = append(c.kept, netip.PrefixFrom(a, bits).Masked())
		}
	}
}

func (c *chooser) address(text string) string {
	a, bits := read(text)
	if a.Is4In6() || bits < networkBits(a) {
		return ""
	}
	for _, block := range c.kept {
		if block.Contains(a) {
			return ""
		}
	}
	real := netip.PrefixFrom(a, networkBits(a)).Masked()
	if _, ok := c.nets[real]; !ok {
		c.nets[real] = c.network(a)
	}
	if !c.nets[real].IsValid() {
		return ""
	}
	fake := moved(a, c.nets[real]).String()
	if _, slash, ok := strings.Cut(text, "/"); ok {
		fake += "/" + slash
	}
	return fake
}

// network is the next one for documentation that no text has.
func (c *chooser) network(like netip.Addr) netip.Prefix {
	if like.Is6() {
		for c.next["net6"] < 1<<16-1 {
			c.next["net6"]++
			text := "2001:db8:" + strconv.FormatInt(int64(c.next["net6"]), 16) + ":"
			if !c.stands(text) {
				return netip.MustParsePrefix(text + ":/48")
			}
		}
		return netip.Prefix{}
	}
	for n := c.next["net4"]; n < 3+512; n++ {
		text := "198." + strconv.Itoa(18+(n-3)>>8) + "." + strconv.Itoa((n-3)&255) + "."
		if n < 3 {
			text = [3]string{"192.0.2.", "198.51.100.", "203.0.113."}[n]
		}
		if !c.stands(text) {
			c.next["net4"] = n + 1
			return netip.MustParsePrefix(text + "0/24")
		}
	}
	return netip.Prefix{}
}

// moved is an address with its network replaced.
func moved(a netip.Addr, network netip.Prefix) netip.Addr {
	bytes, first := a.AsSlice(), network.Addr().AsSlice()
	copy(bytes[:network.Bits()/8], first)
	out, _ := netip.AddrFromSlice(bytes)
	return out
}
