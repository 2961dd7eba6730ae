package scenario

import (
	"slices"

	"fenceline/engine/account"
	"fenceline/engine/calls"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// Inspection is a request with all that decided it, for programs that ask
// further. Of a call it is the check that settled it. Nothing of it may be
// changed.
type Inspection struct {
	Request  *account.Request
	Resolved *account.Resolved
	Verdict  eval.Verdict
	Trace    *eval.Trace
	// DependsOn names what decides, when the decision depends; Inexact says that
	// not every possibility could be tried.
	DependsOn []string
	Inexact   bool
	// Never says that the request is denied whatever is not known.
	Never bool

	call *calls.Call // nil for a request that is none
	run  *runner     // at the request
}

// inspection is what was decided of a request.
func (d *decided) inspection(r *account.Request, call *calls.Call, run *runner) *Inspection {
	return &Inspection{
		Request: r, Resolved: d.resolved, Verdict: d.answer.Verdict, Trace: d.trace,
		DependsOn: d.answer.DependsOn, Inexact: d.answer.Inexact, Never: d.answer.Never(), call: call, run: run,
	}
}

// Determining lists the statements that settled the decision.
func (n *Inspection) Determining() []StatementRef {
	w := writer{n.Resolved.Request}
	return w.determining(n.Trace, n.Verdict)
}

// Ref names a statement that the trace shows.
func (n *Inspection) Ref(layer iam.Layer, policy *eval.PolicyTrace, statement *eval.StatementTrace) StatementRef {
	w := writer{n.Resolved.Request}
	return w.ref(layer, policy, statement)
}

// Inspect decides request i and shows how. False says that it can't be
// evaluated; it is then denied (S-239).
func (s *Scenario) Inspect(i int, options iam.Options) (*Inspection, bool) {
	if !s.decidable(i) {
		return nil, false
	}
	run, r := s.at(i, options), &s.requests[i]
	e, d := run.settle(r, true)
	if len(d.resolved.Broken) > 0 {
		return nil, false
	}
	return d.inspection(e, r.call, run), true
}

// Derives says whether the key, in lower case, follows from a call's parameters.
func (n *Inspection) Derives(lower string) bool { return n.call != nil && n.call.Derives(lower) }

// ParameterOf is the call's parameter whose value is that of a condition key, in
// lower case; empty where there is none.
func (n *Inspection) ParameterOf(lower string) string {
	if n.call == nil {
		return ""
	}
	return n.call.ParameterOf(lower)
}

// DecideAs is the decision of another request in the place of the inspected one.
func (n *Inspection) DecideAs(r *account.Request) (iam.Decision, bool) {
	d := n.run.decide(r, true, false)
	return d.decision(), len(d.resolved.Broken) == 0
}

// Decide is the decision of request i alone. False says that it can't be
// evaluated; it is then denied (S-239).
func (s *Scenario) Decide(i int, options iam.Options) (iam.Decision, bool) {
	if !s.decidable(i) {
		return iam.ImplicitDeny, false
	}
	return s.at(i, options).decision(i)
}

// Decisions are those of all requests; what can't be evaluated is denied.
func (s *Scenario) Decisions(options iam.Options) []iam.Decision {
	list := make([]iam.Decision, len(s.requests))
	run := s.begin(options)
	for i := range s.requests {
		list[i] = iam.ImplicitDeny
		if s.decidable(i) {
			list[i], _ = run.decision(i)
			run.pass(&s.requests[i])
		}
	}
	return list
}

// decidable says whether request i has no error, nor what all requests share.
func (s *Scenario) decidable(i int) bool {
	return !s.Invalid && !s.brokenInside() && i >= 0 && i < len(s.requests) && s.requests[i].wrong == ""
}

func (s *runner) decision(i int) (iam.Decision, bool) {
	_, d := s.settle(&s.requests[i], false)
	return d.decision(), len(d.resolved.Broken) == 0
}

// settle decides a request, or of a call the check that settles it.
func (s *runner) settle(r *request, traced bool) (*account.Request, decided) {
	if r.call != nil {
		checks, at := s.checks(r, traced)
		return &checks[at].request, checks[at].decided
	}
	e := s.effective(&r.Request)
	return e, s.decide(e, r.Session != nil, traced)
}

// CallsBefore is how many calls there are before request i, all of which are
// decided before it.
func (s *Scenario) CallsBefore(i int) int {
	count := 0
	for n := range s.requests[:i] {
		if s.requests[n].call != nil {
			count++
		}
	}
	return count
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
// those of its PolicyFile; nil for one that could not be read, for one that is
// built in and for the text within a call's text.
func (s *Scenario) PolicyTree(name string) *source.Node {
	if p := s.byName[name]; p != nil && slices.Contains(s.policies, p) {
		return p.root
	}
	if s.IsInCall(name) {
		return s.documents[name].Root
	}
	return nil
}

// IsInCall says whether a policy is a document that stands among a call's
// parameters, as an object.
func (s *Scenario) IsInCall(name string) bool {
	d := s.documents[name]
	return d != nil && d.Inside
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
