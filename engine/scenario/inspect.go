package scenario

import (
	"slices"

	"fenceline/engine/account"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// Inspection is a request with all that decided it, for programs that ask
// further. Nothing of it may be changed.
type Inspection struct {
	Request  *account.Request
	Resolved *account.Resolved
	Verdict  eval.Verdict
	Trace    *eval.Trace
	// DependsOn names what decides, when the decision depends; Inexact says that
	// not every possibility could be tried.
	DependsOn []string
	Inexact   bool
}

// Determining lists the statements that settled the decision.
func (i *Inspection) Determining() []StatementRef {
	w := writer{i.Resolved.Request}
	return w.determining(i.Trace, i.Verdict)
}

// Ref names a statement that the trace shows.
func (i *Inspection) Ref(layer iam.Layer, policy *eval.PolicyTrace, statement *eval.StatementTrace) StatementRef {
	w := writer{i.Resolved.Request}
	return w.ref(layer, policy, statement)
}

// Inspect decides request i and shows how. False says that it can't be
// evaluated; it is then denied (S-239).
func (s *Scenario) Inspect(i int, options iam.Options) (*Inspection, bool) {
	r, resolved, ok := s.decidable(i)
	if !ok {
		return nil, false
	}
	trace := &eval.Trace{}
	answer := s.answer(r, resolved, options, trace)
	return &Inspection{r, resolved, answer.Verdict, trace, answer.DependsOn, answer.Inexact}, true
}

// Ask decides a request that the scenario need not have, of a caller who is
// known already, and shows how. False says that policies which it meets can't
// be read, as the inspection's Resolved tells; it is then denied (S-239).
func (s *Scenario) Ask(caller *account.Caller, r *account.Request, options iam.Options) (*Inspection, bool) {
	resolved := s.account.ResolveOf(caller, r)
	if len(resolved.Broken) > 0 {
		return &Inspection{Request: r, Resolved: resolved, Trace: &eval.Trace{}}, false
	}
	trace := &eval.Trace{}
	answer := s.answer(r, resolved, options, trace)
	return &Inspection{r, resolved, answer.Verdict, trace, answer.DependsOn, answer.Inexact}, true
}

// Decide is the decision of request i alone. False says that it can't be
// evaluated; it is then denied (S-239).
func (s *Scenario) Decide(i int, options iam.Options) (iam.Decision, bool) {
	r, resolved, ok := s.decidable(i)
	if !ok {
		return iam.ImplicitDeny, false
	}
	return s.answer(r, resolved, options, nil).Verdict.Decision, true
}

// DecideAs is the decision of another request, which the scenario need not
// have, against the scenario's policies.
func (s *Scenario) DecideAs(r *account.Request, options iam.Options) (iam.Decision, bool) {
	resolved := s.account.Resolve(r)
	if len(resolved.Broken) > 0 {
		return iam.ImplicitDeny, false
	}
	return s.answer(r, resolved, options, nil).Verdict.Decision, true
}

// decidable is request i with what meets it, when all of that can be read.
func (s *Scenario) decidable(i int) (*account.Request, *account.Resolved, bool) {
	if s.Invalid || s.brokenInside() || i < 0 || i >= len(s.requests) || s.requests[i].wrong != "" {
		return nil, nil, false
	}
	r := &s.requests[i].Request
	resolved := s.account.Resolve(r)
	return r, resolved, len(resolved.Broken) == 0
}

// Request is request i as it was written; nil, with the reason, for one that
// can't be evaluated.
func (s *Scenario) Request(i int) (*account.Request, string) {
	switch {
	case s.Invalid || s.brokenInside():
		return nil, "the scenario has errors"
	case i < 0 || i >= len(s.requests):
		return nil, "the scenario has no such request"
	case s.requests[i].wrong != "":
		return nil, s.requests[i].wrong
	}
	return &s.requests[i].Request, ""
}

// Requests is how many requests there are.
func (s *Scenario) Requests() int { return len(s.requests) }

// RequestName is the name of request i.
func (s *Scenario) RequestName(i int) string { return s.requests[i].name }

// File is the scenario file, without policies that were given apart.
func (s *Scenario) File() *source.File { return s.file }

// Tree is the scenario file as it was read, nil when it could not be. The
// places in it are those of the file, but for the policies' documents.
func (s *Scenario) Tree() *source.Node { return s.tree }

// PolicyTree is the document of a policy as it was read, its places being
// those of its PolicyFile; nil for one that could not be read and for one that
// is built in.
func (s *Scenario) PolicyTree(name string) *source.Node {
	if p := s.byName[name]; p != nil && slices.Contains(s.policies, p) {
		return p.root
	}
	return nil
}

// Sound says whether a policy can be read as every kind of policy it is used as.
func (s *Scenario) Sound(name string) bool {
	p := s.byName[name]
	return p != nil && !p.broken
}

// HasPolicy says whether a policy of that name can be referred to already.
func (s *Scenario) HasPolicy(name string) bool { return s.byName[name] != nil }

// PolicyLayers are the kinds as which the scenario uses a policy.
func (s *Scenario) PolicyLayers(name string) []iam.Layer {
	if p := s.byName[name]; p != nil {
		return slices.Clone(p.layers)
	}
	return nil
}

// LeftOut says whether a policy is left out, as if nothing had it.
func (s *Scenario) LeftOut(name string) bool { return slices.Contains(s.without, name) }
