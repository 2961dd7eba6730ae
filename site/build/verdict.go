package main

import (
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
)

// verdict is a decision in words, with the class that colours it.
type verdict struct{ Sign, Words, Tone string }

var verdicts = map[iam.Decision]verdict{
	iam.Allowed:      {"✓", "Allowed", "allow"},
	iam.ExplicitDeny: {"✖", "Denied explicitly", "deny"},
	iam.ImplicitDeny: {"✖", "Denied implicitly", "deny"},
	iam.Depends:      {"?", "Depends", "depends"},
}

// verdictOf is the verdict of a result; with an error, it is none.
func verdictOf(r scenario.RequestResult) verdict {
	if r.Error != "" {
		return verdict{"–", "Not evaluated", "none"}
	}
	return verdicts[r.Decision]
}

// decidedBy says which layer settled a decision: "no permissions boundary allows it".
func decidedBy(r scenario.RequestResult) string {
	switch {
	case r.Error != "" || r.DecidedBy == iam.NoLayer:
		return ""
	case r.DecidedBy == iam.Service:
		return "by a rule of the service"
	case r.Decision == iam.ImplicitDeny:
		return "no " + r.DecidedBy.Words() + " allows it"
	case r.DecidedBy == iam.IdentityPolicy:
		return "by an " + r.DecidedBy.Words()
	}
	return "by a " + r.DecidedBy.Words()
}
