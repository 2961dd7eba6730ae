// Package iam holds the nouns that every other room of the engine shares:
// decisions, outcomes, layers, principals and request contexts.
package iam

// Decision answers one request, in the words of the AWS policy simulator's
// EvalDecision (S-321). The zero value is ImplicitDeny, so that a decision
// nobody took fails closed (S-239).
type Decision uint8

const (
	// ImplicitDeny: nothing allowed the request.
	ImplicitDeny Decision = iota
	// ExplicitDeny: a Deny statement matched.
	ExplicitDeny
	// Allowed: every layer that has a say allowed the request.
	Allowed
	// Depends: something that is not known decides.
	Depends
)

var decisionNames = [...]string{"implicitDeny", "explicitDeny", "allowed", "depends"}

// String is AWS's spelling: "allowed", "explicitDeny", "implicitDeny"; or "depends".
func (d Decision) String() string { return decisionNames[d] }

// MarshalText writes String.
func (d Decision) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Outcome says whether something matched. The zero value is not an outcome,
// so that a forgotten result can't pass for "no match".
type Outcome uint8

const (
	_ Outcome = iota
	// NoMatch: it does not match.
	NoMatch
	// Match: it matches.
	Match
	// Unknown: it depends on a key or resource that is not known.
	Unknown
)

var outcomeNames = [...]string{"invalid", "noMatch", "match", "unknown"}

// String is "match", "noMatch" or "unknown".
func (o Outcome) String() string { return outcomeNames[o] }

// MarshalText writes String.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// OutcomeOf is Match for true and NoMatch for false.
func OutcomeOf(matched bool) Outcome {
	if matched {
		return Match
	}
	return NoMatch
}

// And is three-valued conjunction: one NoMatch settles it.
func (o Outcome) And(p Outcome) Outcome {
	switch {
	case o == NoMatch || p == NoMatch:
		return NoMatch
	case o == Match && p == Match:
		return Match
	}
	return Unknown
}

// Or is three-valued disjunction: one Match settles it.
func (o Outcome) Or(p Outcome) Outcome {
	switch {
	case o == Match || p == Match:
		return Match
	case o == NoMatch && p == NoMatch:
		return NoMatch
	}
	return Unknown
}

// Not turns Match and NoMatch round and leaves Unknown.
func (o Outcome) Not() Outcome {
	switch o {
	case Match:
		return NoMatch
	case NoMatch:
		return Match
	}
	return Unknown
}

// Effect is what a matching statement does.
type Effect uint8

const (
	_ Effect = iota
	// Allow grants.
	Allow
	// Deny refuses, whatever else allows (S-163).
	Deny
)

var effectNames = [...]string{"invalid", "Allow", "Deny"}

// String is AWS's spelling, "Allow" or "Deny".
func (e Effect) String() string { return effectNames[e] }

// MarshalText writes String.
func (e Effect) MarshalText() ([]byte, error) { return []byte(e.String()), nil }
