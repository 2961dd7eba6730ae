package lint

import "fenceline/engine/condition"

var mfaAllowLeaks = Check{
	Code: "mfaAllowLeaks", Rule: "S-280",
	Title: "An Allow that asks for MFA but lets long-term keys in",
	find: func(s *statement) {
		for i := range s.tests {
			t := &s.tests[i]
			if s.allows() && isMFA(t, "true") && t.IfExists {
				s.warn(t.OperatorSpan, "long-term access keys lack `aws:MultiFactorAuthPresent`, and `BoolIfExists` lets them in; write `Bool`").Fixes = s.operator(t, "Bool")
			}
		}
	},
}

var mfaDenyLeaks = Check{
	Code: "mfaDenyLeaks", Rule: "S-280",
	Title: "A Deny without MFA that lets long-term keys pass",
	find: func(s *statement) {
		for i := range s.tests {
			t := &s.tests[i]
			if !s.allows() && isMFA(t, "false") && !t.IfExists {
				s.warn(t.OperatorSpan, "long-term access keys lack `aws:MultiFactorAuthPresent`, and `Bool` lets them pass; write `BoolIfExists`").Fixes = s.operator(t, "BoolIfExists")
			}
		}
	},
}

func isMFA(t *test, value string) bool {
	return t.lower == "aws:multifactorauthpresent" && t.Family == condition.Bool && len(t.Values) == 1 && t.Values[0].Value == value
}
