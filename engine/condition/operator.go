// Package condition evaluates condition operators.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
package condition

import (
	"strings"

	"fenceline/engine/source"
)

// Family is what an operator compares.
type Family uint8

const (
	// StringExact compares characters (S-130).
	StringExact Family = iota
	// StringFold compares characters, ignoring case (S-133).
	StringFold
	// StringPattern matches a pattern (S-132).
	StringPattern
	// Numeric compares decimal numbers (S-134).
	Numeric
	// Date compares instants (S-136).
	Date
	// Bool compares true and false (S-138).
	Bool
	// Binary compares bytes (S-139).
	Binary
	// IP tests an address against a block (S-140).
	IP
	// ARN matches a pattern component by component (S-142).
	ARN
	// Null tests for presence (S-120).
	Null
)

// Comparison is how Numeric and Date operators compare.
type Comparison uint8

const (
	// Equal: the same.
	Equal Comparison = iota
	// Less: less than, or before.
	Less
	// LessOrEqual: less than or the same.
	LessOrEqual
	// Greater: greater than, or after.
	Greater
	// GreaterOrEqual: greater than or the same.
	GreaterOrEqual
)

// Base is one of AWS's 27 operators without prefix and suffix (S-113).
type Base struct {
	Name       string
	Family     Family
	Negated    bool
	Comparison Comparison
}

// bases is the table of operators, in AWS's order.
var bases = [...]Base{
	{Name: "StringEquals", Family: StringExact},
	{Name: "StringNotEquals", Family: StringExact, Negated: true},
	{Name: "StringEqualsIgnoreCase", Family: StringFold},
	{Name: "StringNotEqualsIgnoreCase", Family: StringFold, Negated: true},
	{Name: "StringLike", Family: StringPattern},
	{Name: "StringNotLike", Family: StringPattern, Negated: true},
	{Name: "NumericEquals", Family: Numeric},
	{Name: "NumericNotEquals", Family: Numeric, Negated: true},
	{Name: "NumericLessThan", Family: Numeric, Comparison: Less},
	{Name: "NumericLessThanEquals", Family: Numeric, Comparison: LessOrEqual},
	{Name: "NumericGreaterThan", Family: Numeric, Comparison: Greater},
	{Name: "NumericGreaterThanEquals", Family: Numeric, Comparison: GreaterOrEqual},
	{Name: "DateEquals", Family: Date},
	{Name: "DateNotEquals", Family: Date, Negated: true},
	{Name: "DateLessThan", Family: Date, Comparison: Less},
	{Name: "DateLessThanEquals", Family: Date, Comparison: LessOrEqual},
	{Name: "DateGreaterThan", Family: Date, Comparison: Greater},
	{Name: "DateGreaterThanEquals", Family: Date, Comparison: GreaterOrEqual},
	{Name: "Bool", Family: Bool},
	{Name: "BinaryEquals", Family: Binary},
	{Name: "IpAddress", Family: IP},
	{Name: "NotIpAddress", Family: IP, Negated: true},
	{Name: "ArnEquals", Family: ARN},
	{Name: "ArnLike", Family: ARN},
	{Name: "ArnNotEquals", Family: ARN, Negated: true},
	{Name: "ArnNotLike", Family: ARN, Negated: true},
	{Name: "Null", Family: Null},
}

// Bases lists AWS's operators.
func Bases() []Base { return bases[:] }

// Quantifier is the set operator before a base (S-112).
type Quantifier uint8

const (
	// One: no set operator; the key should have one value.
	One Quantifier = iota
	// ForAll is ForAllValues (S-122).
	ForAll
	// ForAny is ForAnyValue (S-123).
	ForAny
)

var quantifierPrefixes = [...]string{"", "ForAllValues:", "ForAnyValue:"}

// Operator is a base with its quantifier and IfExists (S-112).
type Operator struct {
	*Base
	Quantifier Quantifier
	IfExists   bool
}

// String is AWS's spelling of the operator.
func (o Operator) String() string {
	name := quantifierPrefixes[o.Quantifier] + o.Name
	if o.IfExists {
		name += "IfExists"
	}
	return name
}

// ParseOperator reads an operator's name, which is validated as written (U-01).
// For a name that AWS does not know it answers what to say about it (S-114,
// S-121).
func ParseOperator(name string) (Operator, string) {
	op, rest := Operator{}, name
	for q := ForAll; q <= ForAny; q++ {
		if after, ok := strings.CutPrefix(name, quantifierPrefixes[q]); ok {
			op.Quantifier, rest = q, after
		}
	}
	base, ifExists := strings.CutSuffix(rest, "IfExists")
	op.IfExists = ifExists
	for i := range bases {
		if bases[i].Name == base {
			op.Base = &bases[i]
		}
	}
	switch {
	case op.Base == nil:
		return op, "unknown condition operator `" + source.Clip(name) + "`" + source.DidYouMean(name, spellings(op.Quantifier, name))
	case op.Family == Null && ifExists:
		return op, "`Null` tests for presence itself and takes no `IfExists`; write `Null`"
	}
	return op, ""
}

// Suggestion is the operator that a wrong name most likely meant, or empty.
func Suggestion(wrong string) string {
	op, _ := ParseOperator(wrong)
	if op.Base != nil && op.Family == Null {
		op.IfExists = false
		return op.String()
	}
	return source.Nearest(wrong, spellings(op.Quantifier, wrong))
}

// spellings lists the operators that a wrong name may have meant.
func spellings(q Quantifier, wrong string) []string {
	quantifiers := []Quantifier{q}
	if q == One && strings.Contains(wrong, ":") {
		quantifiers = []Quantifier{ForAll, ForAny}
	}
	var list []string
	for _, q := range quantifiers {
		for i := range bases {
			list = append(list, Operator{&bases[i], q, false}.String())
			if bases[i].Family != Null {
				list = append(list, Operator{&bases[i], q, true}.String())
			}
		}
	}
	return list
}

// ValueProblem says why the operator can't read a policy value, which then
// matches nothing (S-145), or what about it AWS leaves open; empty when all is
// well.
func (o Operator) ValueProblem(value string) string {
	quoted := "`" + source.Clip(value) + "`"
	ok := true
	want := ""
	switch o.Family {
	case Numeric:
		_, ok = parseDecimal(value)
		want = "a number, `10` or `2.5`"
	case Date:
		_, ok = parseInstant(value)
		want = "a date, `2026-01-31T12:00:00Z` for one, or seconds since 1970"
		if ok && len(value) == 4 {
			return quoted + " is read as seconds since 1970, not as a year; write `" + value + "-01-01`"
		}
	case Bool, Null:
		_, ok = parseBool(value)
		want = "`true` or `false`"
	case Binary:
		_, ok = decodeBase64(value)
		want = "base64"
	case IP:
		_, ok = parseBlock(value)
		want = "an address or a block, `203.0.113.0/24` for one"
	}
	if ok {
		return ""
	}
	return "`" + o.Name + "` can't read " + quoted + ", which then matches nothing; write " + want
}
