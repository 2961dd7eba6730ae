package scenario

import (
	"slices"
	"strings"

	"fenceline/engine/source"
)

// Missing is the text of a policy whose document is not at hand: something has
// the policy, and nobody here knows what it says. It is never taken for empty.
const Missing = "null"

// missing says whether the document is not at hand.
func (p *policyText) missing() bool { return p.root != nil && p.root.Kind == source.Null }

// missingDocument is what is to say of it.
func missingDocument(p *policyText) source.Problem {
	return source.Problem{
		Code: codeMissingPolicy, Span: p.root.Span,
		Message: "the document of `" + source.Clip(p.name) + "` is missing, so requests that meet it are denied; write it in place of `null`",
	}
}

// Unreadable says why a request that meets policies without a usable document
// is denied.
func (s *Scenario) Unreadable(names []string) string {
	names = slices.Compact(names)
	quoted := "`" + strings.Join(names, "`, `") + "`"
	if slices.ContainsFunc(names, func(name string) bool { return s.byName[name] == nil || !s.byName[name].missing() }) {
		return "the policy " + quoted + " can't be read, so the request is denied; mend the policy to see the decision"
	}
	return "the document of " + quoted + " is missing, so the request is denied; write it to see the decision"
}
