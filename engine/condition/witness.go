package condition

import (
	"cmp"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"fenceline/engine/arn"
	"fenceline/engine/iam"
	"fenceline/engine/order"
	"fenceline/engine/variable"
	"fenceline/engine/wildcard"
)

// Placeholder stands for the value of a policy variable that is not known,
// where a witness needs one.
const Placeholder = "value"

// Witnesses finds values of one key that bring out every way in which the
// tests, all on that key, can come out together. False says that there may be
// ways that no value answered stands for.
func Witnesses(tests []*Test, context *iam.Context) ([]string, bool) {
	w := witnesses{context: context, exact: true}
	for _, t := range tests {
		for i := range t.values {
			w.add(t, &t.values[i])
		}
		w.note(t.Family)
		w.forAll = w.forAll || t.Quantifier == ForAll
	}
	return w.values()
}

type witnesses struct {
	context                                         *iam.Context
	patterns                                        [][]wildcard.Token
	folded                                          []string
	numbers                                         []float64
	instants                                        []int64
	blocks                                          []netip.Prefix
	binaries                                        []string
	hasText, hasNumber, hasDate, hasBool, hasBinary bool
	hasIP, forAll, exact                            bool
}

func (w *witnesses) note(f Family) {
	switch f {
	case StringExact, StringFold, StringPattern, ARN:
		w.hasText = true
	case Numeric:
		w.hasNumber = true
	case Date:
		w.hasDate = true
	case Bool:
		w.hasBool = true
	case Binary:
		w.hasBinary = true
	case IP:
		w.hasIP = true
	}
}

func (w *witnesses) add(t *Test, o *operand) {
	switch t.Family {
	case StringExact, StringPattern:
		w.patterns = append(w.patterns, w.tokens(o))
	case StringFold:
		w.folded = append(w.folded, wildcard.Text(w.tokens(o)))
	case ARN:
		if tokens, ok := arn.LikeTokens(w.tokens(o)); ok {
			w.patterns = append(w.patterns, tokens)
		}
	case Numeric:
		n, err := strconv.ParseFloat(o.text, 64)
		back, ok := parseDecimal(formatFloat(n))
		if !o.readable {
			return
		}
		w.exact = w.exact && err == nil && ok && back.compare(o.number) == 0
		w.numbers = append(w.numbers, n)
	case Date:
		if o.readable {
			w.exact = w.exact && o.when.fraction == ""
			w.instants = append(w.instants, o.when.seconds)
		}
	case Binary:
		if o.readable {
			w.binaries = append(w.binaries, o.text)
		}
	case IP:
		if o.readable {
			w.blocks = append(w.blocks, o.block)
		}
	}
}

// tokens are a policy value's, with the placeholder for variables that are not known.
func (w *witnesses) tokens(o *operand) []wildcard.Token {
	if o.template != nil {
		return o.template.Fill(w.context, Placeholder)
	}
	return o.tokens
}

// values puts the families together. A key that is tested as text and as
// something else at once is not covered in every combination.
func (w *witnesses) values() ([]string, bool) {
	families := 0
	var all []string
	add := func(has bool, values func() []string) {
		if has {
			families++
			all = append(all, values()...)
		}
	}
	add(w.hasText, w.texts)
	add(w.hasNumber, w.numberValues)
	add(w.hasDate, w.dateValues)
	add(w.hasBool, func() []string { return []string{"true", "false"} })
	add(w.hasBinary, func() []string { return append(w.binaries, "eA==", "") })
	add(w.hasIP, w.addressValues)
	if families == 0 {
		all = []string{Placeholder}
	}
	return all, w.exact && families <= 1
}

// texts are witnesses of the patterns, with the spellings of each text that
// ignores case. Where there are patterns beside those, spellings in mixed case
// may come out differently; they are not all tried.
func (w *witnesses) texts() []string {
	mixed := len(w.folded) > 0 && len(w.patterns) > 0
	for _, text := range w.folded {
		w.patterns = append(w.patterns, wildcard.LiteralTokens(nil, text), wildcard.LiteralTokens(nil, swapCase(text)))
	}
	if w.forAll { // to which the empty text alone is like no value (U-08)
		w.patterns = append(w.patterns, []wildcard.Token{wildcard.Quest, wildcard.Star})
	}
	texts, exact := wildcard.Witnesses(w.patterns)
	w.exact = w.exact && exact && !mixed
	return texts
}

func swapCase(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsUpper(r) {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, text)
}

func formatFloat(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// numberValues are the bounds, a number between each two, and one beyond either
// end; where such a number is too near to be told from a bound, some are missing.
func (w *witnesses) numberValues() []string {
	order.By(w.numbers, cmp.Compare)
	if len(w.numbers) == 0 {
		return []string{"0"}
	}
	numbers := slices.Compact(w.numbers)
	first, last := numbers[0], numbers[len(numbers)-1]
	all := []float64{first - 1}
	for i, n := range numbers {
		if i > 0 {
			all = append(all, numbers[i-1]+(n-numbers[i-1])/2)
		}
		all = append(all, n)
	}
	all = append(all, last+1)
	values := make([]string, len(all))
	for i, n := range all {
		values[i] = formatFloat(n)
		w.exact = w.exact && (i == 0 || all[i-1] < n)
	}
	return values
}

// dateValues are the instants and the seconds beside them; what lies between
// two seconds is not tried.
func (w *witnesses) dateValues() []string {
	values := []string{"0"}
	for _, s := range w.instants {
		w.exact = w.exact && !slices.Contains(w.instants, s+1)
		for beside := s - 1; beside <= s+1; beside++ {
			values = append(values, strconv.FormatInt(beside, 10))
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

// addressValues are the ends of every block and the addresses beside them:
// blocks are intervals, so no other address can come out differently.
func (w *witnesses) addressValues() []string {
	values := []string{"192.0.2.1", "2001:db8::1"}
	add := func(a netip.Addr) {
		if a.IsValid() {
			values = append(values, a.String())
		}
	}
	for _, block := range w.blocks {
		first, last := block.Addr(), lastAddress(block)
		add(first)
		add(last)
		add(first.Prev())
		add(last.Next())
	}
	slices.Sort(values)
	return slices.Compact(values)
}

func lastAddress(block netip.Prefix) netip.Addr {
	bytes := block.Addr().AsSlice()
	for bit := block.Bits(); bit < len(bytes)*8; bit++ {
		bytes[bit/8] |= 0x80 >> (bit % 8)
	}
	last, _ := netip.AddrFromSlice(bytes)
	return last
}

// Solutions adds the values that a variable would need for one of the test's
// policy values to match one of the given values of its key.
func (t *Test) Solutions(to []string, key string, values []string, context *iam.Context) []string {
	for i := range t.values {
		template := t.values[i].template
		if template == nil || !template.Uses(key) {
			continue
		}
		for _, value := range values {
			to = append(to, variable.Solve(template, key, value, context)...)
		}
	}
	return to
}
