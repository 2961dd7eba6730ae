package scenario

import (
	"slices"
	"strconv"

	"fenceline/engine/account"
	"fenceline/engine/calls"
	"fenceline/engine/eval"
	"fenceline/engine/explain"
	"fenceline/engine/iam"
	"fenceline/engine/worlds"
)

// Run decides every request, in order, and answers with the trace of those
// whose indices are listed; nil means all. A scenario that is Invalid, or has a
// broken policy in its own text, has no results. A request that is wrong itself,
// or meets a broken policy given apart or one whose document is Missing, is
// denied with an error (S-239).
func (s *Scenario) Run(options iam.Options, traced []int) Result {
	result := Result{Version: 1, Results: []RequestResult{}, Problems: s.Problems, Policies: s.uses(), Documents: s.callDocuments()}
	if s.Invalid || s.brokenInside() {
		return result
	}
	run := s.begin(options)
	result.Results = make([]RequestResult, len(s.requests))
	for i := range s.requests {
		result.Results[i] = run.request(i, traced == nil || slices.Contains(traced, i))
	}
	return result
}

// runner decides the requests of a scenario in their order, and finds what those
// of one caller have in common only once. Its account is as the calls before
// have left it.
type runner struct {
	*Scenario
	options iam.Options
	callers map[caller]*account.Caller
	account *account.Account
	state   *calls.State // nil in a scenario without calls and sessions
	unsure  []int        // calls of which nobody knows what they changed
}

// caller tells callers apart who pass nothing to a session of their own.
type caller struct {
	kind      iam.PrincipalKind
	principal string
}

// begin is a runner before the first request.
func (s *Scenario) begin(options iam.Options) *runner {
	run := &runner{Scenario: s, options: options, callers: map[caller]*account.Caller{}, account: s.account}
	if s.hasCalls || len(s.begun.Sessions) > 0 {
		run.state = calls.NewState(s.account, s.begun, s)
	}
	return run
}

// at is a runner after all calls before request i.
func (s *Scenario) at(i int, options iam.Options) *runner {
	run := s.begin(options)
	if run.state != nil {
		for n := range s.requests[:i] {
			run.pass(&s.requests[n])
		}
	}
	return run
}

// pass carries out a call without telling of it.
func (s *runner) pass(r *request) {
	if r.call == nil || r.wrong != "" || r.call.OnlyReads() {
		return
	}
	if checks, at := s.checks(r, false); checks[at].decision() == iam.Allowed {
		s.apply(r)
	}
}

// effective is a request with the session that an earlier call made, unless it
// brings its own.
func (s *runner) effective(r *account.Request) *account.Request {
	if s.state == nil || r.Session != nil {
		return r
	}
	session, keys := s.state.SessionOf(r.Principal)
	if session == nil {
		return r
	}
	own := *session
	own.Policies = slices.DeleteFunc(slices.Clone(own.Policies), s.LeftOut)
	e := *r
	e.Session, e.Derived = &own, keys
	return &e
}

// callerOf is who makes a request; own says that it brings a session of its own.
func (s *runner) callerOf(r *account.Request, own bool) *account.Caller {
	if own {
		return s.account.Caller(r)
	}
	key := caller{r.Kind, r.Principal}
	found := s.callers[key]
	if found == nil {
		found = s.account.Caller(r)
		s.callers[key] = found
	}
	return found
}

// uses lists the scenario's policies, and the built-in ones it refers to.
func (s *Scenario) uses() []PolicyUse {
	uses := []PolicyUse{}
	for _, p := range s.policies {
		uses = append(uses, PolicyUse{p.name, append([]iam.Layer{}, p.layers...)})
	}
	var builtIn []string
	for name, p := range s.byName {
		if !slices.Contains(s.policies, p) {
			builtIn = append(builtIn, name)
		}
	}
	slices.Sort(builtIn)
	for _, name := range builtIn {
		uses = append(uses, PolicyUse{name, s.byName[name].layers})
	}
	return uses
}

// request decides request i.
func (s *runner) request(i int, withLayers bool) RequestResult {
	r := &s.requests[i]
	out := RequestResult{
		Name: r.name, Principal: r.Principal, Action: r.Action, Resource: r.Resource,
		Determining: []StatementRef{}, Nearest: []NearMiss{}, Gates: []GateResult{}, Layers: []LayerResult{}, Context: []ContextEntry{},
		MissingContextKeys: []string{}, DependsOn: []string{}, Rules: []string{}, Notes: s.unsureNotes(),
	}
	if r.ResourceUnknown {
		out.Resource = ""
	}
	switch {
	case r.wrong != "":
		out.refuse("the request has an error, so it is denied: " + r.wrong)
	case r.call != nil:
		s.call(&out, r, withLayers)
	default:
		e := s.effective(&r.Request)
		d := s.decide(e, r.Session != nil, true)
		s.fill(&out, &d, e, withLayers)
	}
	if r.isCall && (r.call == nil || !r.call.OnlyReads()) && (out.Error != "" || out.Decision == iam.Depends) {
		s.unsure = append(s.unsure, i)
	}
	if r.expect != nil {
		met := r.expect.met(&out)
		out.Expected, out.Met = r.expect.written, &met
	}
	return out
}

// unsureNotes say which calls before may have changed the account.
func (s *runner) unsureNotes() []string {
	notes := []string{}
	for _, i := range s.unsure {
		notes = append(notes, "what request "+strconv.Itoa(i+1)+" changes is not known, since its call is not settled; this is decided as if it changed nothing")
	}
	return notes
}

// refuse denies a request that can't be evaluated (S-239).
func (r *RequestResult) refuse(why string) {
	r.Error = why
	r.Explanation = "What can't be evaluated is denied."
	r.Rules = []string{"S-239"}
}

// decided is a request that was decided, with what decided it. One that meets a
// broken policy has no trace.
type decided struct {
	resolved *account.Resolved
	answer   worlds.Answer
	trace    *eval.Trace
}

func (d *decided) decision() iam.Decision { return d.answer.Verdict.Decision }

// decide finds the policies that meet a request and decides it by them. The
// zero answer, of what meets a broken policy, is a denial.
func (s *runner) decide(r *account.Request, own, traced bool) decided {
	d := decided{resolved: s.account.ResolveOf(s.callerOf(r, own), r)}
	if len(d.resolved.Broken) == 0 {
		if traced {
			d.trace = &eval.Trace{}
		}
		d.answer = s.answer(r, d.resolved, d.trace)
	}
	return d
}

// answer decides a request; what is not known is settled where it can be.
func (s *runner) answer(r *account.Request, resolved *account.Resolved, trace *eval.Trace) worlds.Answer {
	verdict := eval.Evaluate(resolved.Layers, resolved.Request, s.options, trace)
	if r.ResourceUnknown || slices.ContainsFunc(r.Context, func(k iam.Key) bool { return k.Origin == iam.NotKnown }) {
		return worlds.Settle(s.account, r, resolved, s.options)
	}
	return worlds.Answer{Verdict: verdict}
}

// fill tells what was decided, and in full where that is wanted.
func (s *runner) fill(out *RequestResult, d *decided, r *account.Request, withLayers bool) {
	resolved, verdict := d.resolved, d.answer.Verdict
	out.Notes = append(out.Notes, resolved.Notes...)
	if withLayers {
		out.Context = contextEntries(resolved.Request.Context)
	}
	if len(resolved.Broken) > 0 {
		out.refuse(s.Unreadable(resolved.Broken))
		return
	}
	out.DependsOn = append(out.DependsOn, d.answer.DependsOn...)
	if d.answer.Inexact {
		out.Notes = append(out.Notes, "there are too many possibilities to try them all; the answer may be more certain than this")
	}
	out.Decision, out.DecidedBy = verdict.Decision, verdict.By
	w := writer{resolved.Request}
	out.Determining = w.determining(d.trace, verdict)
	if !withLayers {
		return
	}
	s.tell(out, d)
	out.MissingContextKeys = append(out.MissingContextKeys, worlds.Missing(s.account, r, resolved, s.options, d.trace)...)
	out.Nearest = w.nearest(d.trace, verdict)
	out.Rules = append(out.Rules, nearestRules(out.Nearest)...)
	out.Layers = w.layers(d.trace)
	w.gates(out, resolved.Layers, s.options, verdict, d.trace)
}

// tell says in words what was decided.
func (s *runner) tell(out *RequestResult, d *decided) {
	request, layers := d.resolved.Request, d.resolved.Layers
	out.Message = message(d)
	out.Explanation = explain.Paragraph(request, layers, d.answer.Verdict, out.DependsOn)
	out.Rules = append(out.Rules, explain.Rules(request, layers, d.answer.Verdict)...)
}

func message(d *decided) string { return explain.Message(d.resolved.Request, d.answer.Verdict) }

// contextEntries lists the context as it was evaluated.
func contextEntries(context *iam.Context) []ContextEntry {
	entries := []ContextEntry{}
	for _, key := range context.Keys() {
		entries = append(entries, ContextEntry{key.Name, append([]string{}, key.Values...), key.Origin.String()})
	}
	return entries
}

// nearestRules adds the rule by which an absent key made the nearest statement
// fail (S-117).
func nearestRules(nearest []NearMiss) []string {
	for i := range nearest {
		if nearest[i].missingKey {
			return []string{"S-117"}
		}
	}
	return nil
}
