package condition

import (
	"bytes"
	"net/netip"
	"slices"
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/iam"
	"fenceline/engine/variable"
	"fenceline/engine/wildcard"
)

// Test is one operator on one key with its policy values, compiled. It is
// immutable.
type Test struct {
	Operator
	// Key is the context key in lower case (S-115).
	Key    string
	values []operand
}

// operand is a policy value, compiled for the operator's family. Only the
// fields of that family are set.
type operand struct {
	text     string
	tokens   []wildcard.Token   // of a text value, its escapes read
	readable bool               // the text is a number, date, … as the family wants it
	template *variable.Template // set when the value has variables
	pattern  wildcard.Pattern
	like     arn.Like
	number   decimal
	when     instant
	block    netip.Prefix
	data     []byte
	truth    bool
}

// Compile prepares the test of a key against policy values. With variables,
// `${…}` in values is a policy variable, for the operators that take any
// (S-072, S-073).
func Compile(op Operator, key string, values []string, variables bool) Test {
	t := Test{Operator: op, Key: strings.ToLower(key), values: make([]operand, len(values))}
	for i, value := range values {
		t.values[i] = t.operand(value, variables && op.Family.TakesVariables())
	}
	return t
}

// TakesVariables says whether values of the family may have policy variables.
//
// UNDOCUMENTED: Bool; AWS's pages disagree (S-073).
func (f Family) TakesVariables() bool {
	switch f {
	case StringExact, StringFold, StringPattern, ARN, Bool:
		return true
	}
	return false
}

func (t *Test) wild() bool { return t.Family == StringPattern || t.Family == ARN }

func (t *Test) operand(text string, variables bool) operand {
	o := operand{text: text}
	tokens := wildcard.LiteralTokens
	if t.wild() {
		tokens = wildcard.Tokens
	}
	if !variables {
		t.fill(&o, tokens(nil, text))
		return o
	}
	template, wrong := variable.Parse(text, t.wild())
	switch {
	case wrong != "": // validation has refused it; nothing matches
	case template.HasVariables():
		o.template = &template
	default:
		t.fill(&o, template.Tokens())
	}
	return o
}

// fill reads the value as its family wants it.
func (t *Test) fill(o *operand, tokens []wildcard.Token) {
	o.readable, o.tokens = true, tokens
	switch t.Family {
	case StringExact, StringPattern:
		o.pattern = wildcard.New(tokens)
	case StringFold:
		o.text = wildcard.Text(tokens)
	case ARN:
		o.like = arn.CompileLike(tokens)
	case Numeric:
		o.number, o.readable = parseDecimal(o.text)
	case Date:
		o.when, o.readable = parseInstant(o.text)
	case Bool, Null:
		o.truth, o.readable = parseBool(wildcard.Text(tokens))
	case Binary:
		o.data, o.readable = decodeBase64(o.text)
	case IP:
		o.block, o.readable = parseBlock(o.text)
	}
}

// Evaluate tests the context. Into values, unless it is nil, goes for each
// policy value whether the request has a value that equals or matches it,
// before any negation.
func (t *Test) Evaluate(context *iam.Context, options iam.Options, values []iam.Outcome) iam.Outcome {
	key := context.Get(t.Key)
	if values != nil {
		t.each(key, context, values)
	}
	if t.Family == Null {
		return t.null(key)
	}
	if len(t.values) == 0 {
		return t.empty(key)
	}
	if key.Unknown() {
		return iam.Unknown
	}
	switch t.Quantifier {
	case ForAll: // S-122
		if key.Missing() || len(key.Values) == 1 && key.Values[0] == "" { // UNDOCUMENTED: [""] alone (U-08)
			return iam.Match
		}
		all := iam.Match
		for _, v := range key.Values {
			all = all.And(t.one(v, context))
		}
		return all
	case ForAny: // S-123
		if key == nil {
			return iam.OutcomeOf(t.IfExists && !options.ForAnyValueIfExistsNeedsKey) // S-127
		}
		some := iam.NoMatch
		for _, v := range key.Values {
			some = some.Or(t.one(v, context))
		}
		return some
	}
	switch {
	case key.Missing(): // S-117, S-118, S-119
		return iam.OutcomeOf(t.IfExists || t.Negated)
	case len(key.Values) != 1: // UNDOCUMENTED: several values without a set operator (S-126)
		return iam.NoMatch
	}
	return t.one(key.Values[0], context)
}

// null is S-120 and S-121.
func (t *Test) null(key *iam.Key) iam.Outcome {
	switch {
	case t.Quantifier == ForAll:
		return iam.Match
	case t.Quantifier == ForAny || len(t.values) == 0:
		return iam.NoMatch
	case key.Unknown():
		return iam.Unknown
	}
	outcome := iam.NoMatch
	for i := range t.values {
		outcome = outcome.Or(iam.OutcomeOf(t.values[i].readable && t.values[i].truth == key.Missing()))
	}
	return outcome
}

// empty is a condition without a policy value (S-010).
//
// UNDOCUMENTED: plain operators (U-02).
func (t *Test) empty(key *iam.Key) iam.Outcome {
	switch {
	case t.Quantifier == ForAny:
		return iam.NoMatch
	case t.Quantifier == ForAll || t.IfExists:
		if key.Unknown() {
			return iam.Unknown
		}
		return iam.OutcomeOf(key.Missing())
	}
	return iam.OutcomeOf(t.Negated)
}

// one tests one value of the request: positive operators want some policy
// value to match, negated ones none (S-111, S-129).
func (t *Test) one(value string, context *iam.Context) iam.Outcome {
	some := iam.NoMatch
	for i := range t.values {
		if some = some.Or(t.positive(value, &t.values[i], context)); some == iam.Match {
			break
		}
	}
	if t.Negated {
		return some.Not()
	}
	return some
}

// each fills in what every single policy value made of the request.
func (t *Test) each(key *iam.Key, context *iam.Context, values []iam.Outcome) {
	for i := range t.values {
		values[i] = iam.NoMatch
		switch {
		case key.Unknown():
			values[i] = iam.Unknown
		case t.Family == Null:
			values[i] = iam.OutcomeOf(t.values[i].readable && t.values[i].truth == key.Missing())
		case key != nil:
			for _, v := range key.Values {
				values[i] = values[i].Or(t.positive(v, &t.values[i], context))
			}
		}
	}
}

// positive compares one value of the request with one of the policy, without
// negation. What can't be read as its family wants matches nothing.
//
// UNDOCUMENTED: unreadable values (S-145) and keys of another type (S-146).
func (t *Test) positive(value string, o *operand, context *iam.Context) iam.Outcome {
	if o.template != nil {
		return t.filledIn(value, o, context)
	}
	return iam.OutcomeOf(o.readable && t.compare(value, o))
}

// filledIn compares with a policy value whose variables this request settles.
func (t *Test) filledIn(value string, o *operand, context *iam.Context) iam.Outcome {
	var room [128]wildcard.Token
	tokens, outcome := o.template.Resolve(room[:0], context)
	if outcome != iam.Match {
		return outcome
	}
	if t.Family == StringExact || t.Family == StringPattern {
		return iam.OutcomeOf(wildcard.MatchTokens(tokens, value))
	}
	var filled operand
	t.fill(&filled, append([]wildcard.Token(nil), tokens...))
	return iam.OutcomeOf(filled.readable && t.compare(value, &filled))
}

func (t *Test) compare(value string, o *operand) bool {
	switch t.Family {
	case StringExact, StringPattern:
		return o.pattern.Match(value)
	case StringFold: // UNDOCUMENTED: folding outside ASCII (U-21)
		return strings.EqualFold(value, o.text)
	case ARN:
		return o.like.Match(value)
	case Numeric:
		number, ok := parseDecimal(value)
		return ok && t.Comparison.holds(number.compare(o.number))
	case Date:
		when, ok := parseInstant(value)
		return ok && t.Comparison.holds(when.compare(o.when))
	case Bool:
		truth, ok := parseBool(value)
		return ok && truth == o.truth
	case Binary:
		data, ok := decodeBase64(value)
		return ok && bytes.Equal(data, o.data)
	case IP:
		address, ok := parseAddress(value)
		return ok && o.block.Contains(address)
	}
	return false
}

func (c Comparison) holds(order int) bool {
	switch c {
	case Equal:
		return order == 0
	case Less:
		return order < 0
	case LessOrEqual:
		return order <= 0
	case Greater:
		return order > 0
	}
	return order >= 0
}

// Values counts the policy values.
func (t *Test) Values() int { return len(t.values) }

// Resolved is policy value i with its variables filled in; false when it has
// none or one of them can't be.
func (t *Test) Resolved(i int, context *iam.Context) (string, bool) {
	if t.values[i].template == nil {
		return "", false
	}
	tokens, outcome := t.values[i].template.Resolve(nil, context)
	return wildcard.Text(tokens), outcome == iam.Match
}

// Variables appends the context keys that the policy values name as variables,
// as written.
func (t *Test) Variables(to []string) []string {
	for i := range t.values {
		if t.values[i].template != nil {
			to = t.values[i].template.Names(to)
		}
	}
	return to
}

// Uses says whether a variable of the policy values names the key, given in
// lower case.
func (t *Test) Uses(lower string) bool {
	return slices.ContainsFunc(t.values, func(o operand) bool { return o.template != nil && o.template.Uses(lower) })
}
