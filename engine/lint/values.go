package lint

import (
	"strings"

	"fenceline/engine/condition"
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

var wildcardInEquals = Check{
	Code: "wildcardInEquals", Rule: "S-131",
	Title: "A wildcard where it is a plain character",
	find: func(s *statement) {
		for i := range s.tests {
			t := &s.tests[i]
			for _, value := range t.Values {
				plain := t.Family == condition.StringExact || t.Family == condition.StringFold
				if plain && hasWildcard(withoutVariables(value.Value)) {
					s.warn(value.Span, "`*` and `?` are plain characters to `"+t.Name+"`; write `"+likeOf(t.Name)+"` for a pattern").Fixes = s.pattern(t)
				}
			}
		}
	},
}

// pattern offers the operator that takes patterns, where that loses nothing.
func (s *statement) pattern(t *test) []source.Fix {
	if t.Family != condition.StringExact {
		return nil
	}
	base, ifExists := condition.Base{Name: likeOf(t.Name)}, t.IfExists
	return s.operator(t, condition.Operator{Base: &base, Quantifier: t.Quantifier, IfExists: ifExists}.String())
}

// likeOf is the operator that takes patterns.
func likeOf(name string) string {
	if strings.Contains(name, "Not") {
		return "StringNotLike"
	}
	return "StringLike"
}

// withoutVariables removes `${…}`, whose escapes hold wildcards on purpose.
func withoutVariables(text string) string {
	for {
		before, rest, found := strings.Cut(text, "${")
		if !found {
			return text
		}
		_, after, _ := strings.Cut(rest, "}")
		text = before + after
	}
}

var sensitiveWildcard = Check{
	Code: "sensitiveWildcard", Rule: "S-150",
	Title: "A wildcard in the value of a key that names an account, organization or network",
	find: func(s *statement) {
		for i := range s.tests {
			t := &s.tests[i]
			for _, value := range t.Values {
				if t.Family == condition.StringPattern && iam.IsSensitive(t.lower) && hasWildcard(value.Value) {
					s.warn(value.Span, "AWS advises against wildcards in `"+t.Key.Value+"`; write the whole id")
				}
			}
		}
	},
}

var unsupportedKey = Check{
	Code: "unsupportedKey", Rule: "S-297",
	Title: "A key that no request has",
	find: func(s *statement) {
		for i := range s.tests {
			t := &s.tests[i]
			if t.lower == "aws:arn" {
				s.warn(t.Key.Span, "no request has `aws:ARN`; write `aws:PrincipalArn`").
					Fixes = []source.Fix{changing("Write `aws:PrincipalArn`", t.Key.Span, `"aws:PrincipalArn"`)}
			} else if !strings.Contains(t.lower, ":") {
				s.warn(t.Key.Span, "condition keys have a prefix, `aws:` or a service's; no request has `"+t.Key.Value+"`")
			}
		}
	},
}

var variableWithoutVersion = Check{
	Code: "variableWithoutVersion", Rule: "S-004",
	Title: "A policy variable in a version that has none",
	find: func(s *statement) {
		if s.document.Variables {
			return
		}
		const message = "`${…}` is plain text in this version of the language; write `\"Version\": \"2012-10-17\"` for a variable"
		if s.Resource != nil {
			for _, value := range s.Resource.Values {
				if strings.Contains(value.Value, "${") {
					s.warn(value.Span, message)
				}
			}
		}
		for i := range s.tests {
			for _, value := range s.tests[i].Values {
				if strings.Contains(value.Value, "${") {
					s.warn(value.Span, message)
				}
			}
		}
	},
}

// leastLiteral is how many plain characters an endpoint policy's pattern needs
// beside each wildcard.
const leastLiteral = 6

var endpointWildcard = Check{
	Code: "endpointWildcard", Rule: "S-148",
	Title: "A pattern that endpoint policies don't take",
	find: func(s *statement) {
		for i := range s.tests {
			t := &s.tests[i]
			for _, value := range t.Values {
				text := withoutVariables(value.Value)
				if s.document.Layer == iam.VPCEndpointPolicy && t.Family == condition.StringPattern && hasWildcard(text) && !longEnough(text) {
					s.warn(value.Span, "an endpoint policy wants six plain characters before or after each wildcard; write more of the value")
				}
			}
		}
	},
}

func longEnough(pattern string) bool {
	for _, run := range strings.FieldsFunc(pattern, func(r rune) bool { return r == '*' || r == '?' }) {
		if len(run) >= leastLiteral {
			return true
		}
	}
	return false
}
