package lint

import (
	"fenceline/engine/condition"
	"fenceline/engine/iam"
)

var forAllValuesInAllow = Check{
	Code: "forAllValuesInAllow", Rule: "S-122",
	Title: "`ForAllValues` in an Allow holds when the key is missing",
	find: func(s *statement) {
		for i := range s.tests {
			t := &s.tests[i]
			if s.allows() && t.Quantifier == condition.ForAll && t.Family != condition.Null && !s.requires(t.lower) {
				s.warn(t.OperatorSpan, "`ForAllValues` is true when the request lacks `"+t.Key.Value+"`; add `\"Null\": { \""+t.Key.Value+"\": \"false\" }` to ask for it")
			}
		}
	},
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
				s.warn(t.OperatorSpan, "`"+t.Key.Value+"` has one value at most; a set operator only adds that a missing key matches, write `"+t.Name+"`")
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
				s.warn(t.OperatorSpan, "`"+t.Key.Value+"` may have several values, which `"+t.Name+"` does not match; write `ForAnyValue:"+t.Name+"` or `ForAllValues:"+t.Name+"`")
			}
		}
	},
}
