package lint

import (
	"strings"

	"fenceline/engine/condition"
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

var forAllValuesInAllow = Check{
	Code: "forAllValuesInAllow", Rule: "S-122",
	Title: "`ForAllValues` in an Allow holds when the key is missing",
	find: func(s *statement) {
		for i := range s.tests {
			t := &s.tests[i]
			if s.allows() && t.Quantifier == condition.ForAll && t.Family != condition.Null && !s.requires(t.lower) {
				s.warn(t.OperatorSpan, "`ForAllValues` is true when the request lacks `"+t.Key.Value+"`; add `\"Null\": { \""+t.Key.Value+"\": \"false\" }` to ask for it").Fixes = s.askFor(t)
			}
		}
	},
}

// askFor offers the condition that a key is present.
func (s *statement) askFor(t *test) []source.Fix {
	if strings.Contains(s.document.File.Slice(s.Span), `"Null"`) {
		return nil
	}
	at := source.Span{Start: t.OperatorSpan.Start, End: t.OperatorSpan.Start}
	return []source.Fix{changing("Ask for the key with `Null`", at, `"Null": { `+source.Quote(t.Key.Value)+`: "false" }, `)}
}

// with is the test's operator with another quantifier.
func (t *test) with(q condition.Quantifier) string {
	op := t.Operator
	op.Quantifier = q
	return op.String()
}

// requires says whether the statement asks for the key to be present.
func (s *statement) requires(lower string) bool {
	for i := range s.tests {
		t := &s.tests[i]
		if t.lower == lower && t.Family == condition.Null && len(t.Values) == 1 && t.Values[0].Value == "false" {
			return true
		}
	}
	return false
}

var setOperatorOnSingleValue = Check{
	Code: "setOperatorOnSingleValue", Rule: "S-125",
	Title: "A set operator on a key that has one value",
	find: func(s *statement) {
		for i := range s.tests {
			t := &s.tests[i]
			if t.Quantifier == condition.ForAll && iam.IsSingleValued(t.lower) {
				s.warn(t.OperatorSpan, "`"+t.Key.Value+"` has one value at most; a set operator only adds that a missing key matches, write `"+t.Name+"`").Fixes = s.operator(t, t.with(condition.One))
			}
		}
	},
}

var missingSetOperator = Check{
	Code: "missingSetOperator", Rule: "S-126",
	Title: "A key with several values without a set operator",
	find: func(s *statement) {
		for i := range s.tests {
			t := &s.tests[i]
			if t.Quantifier == condition.One && t.Family != condition.Null && iam.IsMultivalued(t.lower) {
				s.warn(t.OperatorSpan, "`"+t.Key.Value+"` may have several values, which `"+t.Name+"` does not match; write `ForAnyValue:"+t.Name+"` or `ForAllValues:"+t.Name+"`").
					Fixes = s.operator(t, t.with(condition.ForAny), t.with(condition.ForAll))
			}
		}
	},
}
