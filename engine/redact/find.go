package redact

import (
	"net/netip"
	"strings"
)

// find calls back with every value of a text that may identify, in order and
// without overlap, documented example values left out.
func (p *plan) find(text string, found func(kind Kind, start, end int)) {
	last := 0
	emit := func(kind Kind, start, end int) {
		if start >= last && end > start {
			last = end
			found(kind, start, end)
		}
	}
	names := p.names.spans(text)
	for i := 0; i < len(text); i++ {
		for len(names) > 0 && names[0].start <= i {
			emit(Name, names[0].start, names[0].end)
			names = names[1:]
		}
		switch {
		case i < last:
		case text[i] == '@':
			findDomain(text, i, emit)
		case isWordStart(text, i):
			findAt(text, i, wordEnd(text, i), emit)
		}
	}
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// isWordStart says whether letters and digits begin at a place, or a colon,
// with which an IPv6 address may begin.
func isWordStart(text string, i int) bool {
	return (isAlnum(text[i]) || text[i] == ':') && (i == 0 || !isAlnum(text[i-1]))
}

// wordEnd is where the letters and digits from a place on end.
func wordEnd(text string, i int) int {
	for i < len(text) && isAlnum(text[i]) {
		i++
	}
	return i
}

// findAt looks at what begins with the word from i to end.
func findAt(text string, i, end int, emit func(Kind, int, int)) {
	word := text[i:end]
	if e := emailEnd(text, i); e > 0 {
		emit(Email, i, e)
		return
	}
	if e := addressEnd(text, i); e > 0 {
		emit(Address, i, e)
		return
	}
	switch {
	case isDigits(word) && len(word) == 12 && !isExampleAccount(word):
		emit(Account, i, end)
	case isAccessKey(word):
		emit(Key, i, end)
	case isUniqueID(word):
		emit(UniqueID, i, end)
	case end < len(text) && text[end] == '-' && !(i > 0 && (text[i-1] == '-' || text[i-1] == '_')):
		findDashed(text, i, end, emit)
	}
}

func isDigits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// documented are account ids of AWS's documentation, the first ones to take as
// fakes first.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/console-account-id.html
var documented = []string{
	"111122223333", "444455556666", "777788889999", "123456789012", "222222222222", "333333333333", "444444444444",
	"555555555555", "666666666666", "777777777777", "888888888888", "111111111111", "999999999999", "123412341234",
	"210987654321", "012345678901", "000000000000", "555566667777", "888899990000", "112233445566", "098765432109",
}

// fakeAccounts begin the ids that stand for accounts when the documented ones
// are used up.
const fakeAccounts = "9999000"

func isExampleAccount(id string) bool {
	for _, known := range documented {
		if id == known {
			return true
		}
	}
	return strings.HasPrefix(id, fakeAccounts)
}

func isUpperID(word string) bool {
	if len(word) < 16 || len(word) > 128 || strings.Contains(word, "EXAMPLE") {
		return false
	}
	for i := range len(word) {
		if c := word[i]; !(c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') {
			return false
		}
	}
	return true
}

// isAccessKey and isUniqueID go by the prefixes that AWS documents.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
func isAccessKey(word string) bool {
	return isUpperID(word) && hasAnyPrefix(word, "AKIA", "ASIA", "ABIA", "ACCA")
}

func isUniqueID(word string) bool {
	return isUpperID(word) && hasAnyPrefix(word, "AIDA", "AROA", "AGPA", "AIPA", "ANPA", "ANVA", "APKA", "ASCA")
}

func hasAnyPrefix(word string, prefixes ...string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(word, prefix) {
			return true
		}
	}
	return false
}

// resourcePrefixes begin ids of hexadecimal digits.
var resourcePrefixes = map[string]bool{
	"vpc": true, "vpce": true, "i": true, "subnet": true, "sg": true, "vol": true, "eni": true, "ami": true, "snap": true,
	"acl": true, "rtb": true, "igw": true, "nat": true, "tgw": true, "eipalloc": true, "pcx": true, "lt": true, "fs": true,
}

// findDashed looks at ids such as `o-…` and `i-…`, of which the word before
// the dash has been seen.
func findDashed(text string, i, dash int, emit func(Kind, int, int)) {
	prefix := text[i:dash]
	end := wordEnd(text, dash+1)
	word := text[dash+1 : end]
	closed := end == len(text) || text[end] != '-' && text[end] != '_'
	switch {
	case resourcePrefixes[prefix] && closed && isHex(word) && (len(word) == 8 || len(word) == 17) && !isExampleHex(word):
		emit(ResourceID, i, end)
	case (prefix == "o" && len(word) >= 10 || prefix == "p" && len(word) >= 8 || prefix == "r" && len(word) >= 4) && closed && isLowerID(word):
		emit(Organization, i, end)
	case prefix == "ou" && len(word) >= 4:
		findUnit(text, i, end, emit)
	}
}

// findUnit looks at the id of a unit, `ou-ROOT-UNIT`, or the part of one that a
// pattern has. One of its words may be an example's.
func findUnit(text string, i, end int, emit func(Kind, int, int)) {
	real := isLowerID(text[i+3 : end])
	if end < len(text) && text[end] == '-' {
		if tail := wordEnd(text, end+1); tail-end-1 >= 8 {
			real = real || isLowerID(text[end+1:tail])
			end = tail
		}
	}
	if real && (end == len(text) || text[end] != '_') {
		emit(Organization, i, end)
	}
}

func isHex(word string) bool { return strings.Trim(word, "0123456789abcdef") == "" }

// isExampleHex tells the ids of AWS's documentation and ours.
func isExampleHex(word string) bool {
	return strings.HasPrefix(word, "000000") || strings.HasPrefix("1234567890abcdef0", word) || strings.HasPrefix("0123456789abcdef0", word) ||
		strings.HasPrefix("0abcdef1234567890", word) || word == "1a2b3c4d" || word == "0a1b2c3d" || word == "11112222" || word == "11223344"
}

// isLowerID says whether a word may be the id of something in an organization,
// and none of an example.
func isLowerID(word string) bool {
	if word == "" || len(word) > 128 || strings.Trim(word, "0123456789abcdefghijklmnopqrstuvwxyz") != "" {
		return false
	}
	if strings.Contains(word, "example") || word == "abcd" || strings.Trim(word, word[:1]) == "" {
		return false
	}
	return !(strings.HasPrefix(word, "ex") && isDigits(word[2:]))
}

// emailEnd is where an e-mail address that begins at i ends, or 0. Only its
// beginning counts: what stands before must not belong to it.
func emailEnd(text string, i int) int {
	if i > 0 && isLocal(text[i-1]) && !isAlnum(text[i-1]) {
		return 0
	}
	at := i
	for at < len(text) && at-i <= 64 && isLocal(text[at]) {
		at++
	}
	if at == i || at >= len(text) || text[at] != '@' {
		return 0
	}
	end := domainEnd(text, at+1)
	if end == 0 || isExampleDomain(text[at+1:end]) {
		return 0
	}
	return end
}

func isLocal(c byte) bool { return isAlnum(c) || strings.IndexByte("._%+-", c) >= 0 }

// maxDomain is the length of the longest domain name (RFC 1035).
const maxDomain = 253

// domainEnd is where a domain with a dot in it ends, or 0.
func domainEnd(text string, start int) int {
	end := start
	for end < len(text) && (isAlnum(text[end]) || text[end] == '-' || text[end] == '.') {
		end++
	}
	domain := strings.TrimRight(text[start:end], ".-")
	dot := strings.LastIndexByte(domain, '.')
	if len(domain) > maxDomain || dot < 1 || len(domain)-dot < 3 || isDigits(domain[dot+1:]) {
		return 0
	}
	return start + len(domain)
}

// isExampleDomain tells the names that are reserved for examples (RFC 2606).
func isExampleDomain(domain string) bool {
	domain = strings.ToLower(domain)
	for _, name := range []string{"example.com", "example.org", "example.net", "example", "test", "invalid"} {
		if domain == name || strings.HasSuffix(domain, "."+name) {
			return true
		}
	}
	return false
}

// findDomain finds the domain behind the at sign of a pattern: `*@corp.com`.
func findDomain(text string, at int, emit func(Kind, int, int)) {
	if end := domainEnd(text, at+1); end > 0 && !isExampleDomain(text[at+1:end]) {
		emit(Email, at, end)
	}
}

// addressEnd is where a public IP address or range that begins at i ends, or 0.
func addressEnd(text string, i int) int {
	if i > 0 && (isAlnum(text[i-1]) || text[i-1] == '.' || text[i-1] == ':') {
		return 0
	}
	end := i
	for end < len(text) && end-i < 64 && (isAlnum(text[end]) || text[end] == ':' || text[end] == '.') {
		end++
	}
	address, err := netip.ParseAddr(strings.TrimRight(text[i:end], "."))
	if err != nil || address.Zone() != "" {
		return 0
	}
	end = i + len(strings.TrimRight(text[i:end], "."))
	if end < len(text) && text[end] == '/' {
		bits := end + 1
		for bits < len(text) && bits-end <= 3 && text[bits] >= '0' && text[bits] <= '9' {
			bits++
		}
		if block, err := netip.ParsePrefix(text[i:bits]); err == nil && (bits == len(text) || !isAlnum(text[bits])) {
			if block.Bits() == 0 || !isPublic(address) {
				return 0
			}
			return bits
		}
	}
	if !isPublic(address) {
		return 0
	}
	return end
}

// reserved are the ranges that nobody owns: private, shared, for
// documentation, for benchmarks.
//
// https://www.iana.org/assignments/iana-ipv4-special-registry
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("100::/64"), netip.MustParsePrefix("3fff::/20"),
}

func isPublic(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	for _, block := range reserved {
		if block.Contains(a) {
			return false
		}
	}
	return true
}
