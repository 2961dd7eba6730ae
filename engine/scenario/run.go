package scenario

import (
	"slices"

	"fenceline/engine/account"
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
	result := Result{Version: 1, Results: []RequestResult{}, Problems: s.Problems, Policies: s.uses()}
	if s.Invalid || s.brokenInside() {
		return result
	}
	run := runner{s, options, map[caller]*account.Caller{}}
	result.Results = make([]RequestResult, len(s.requests))
	for i := range s.requests {
		result.Results[i] = run.request(&s.requests[i], traced == nil || slices.Contains(traced, i))
	}
	return result
}

// runner decides the requests of a scenario, and finds what those of one
// caller have in common only once.
type runner struct {
	*Scenario
	options iam.Options
	callers map[caller]*account.Caller
}

// caller tells callers apart who pass nothing to a session of their own.
type caller struct {
	kind      iam.PrincipalKind
	principal string
}

// callerOf is who makes a request.
func (s *runner) callerOf(r *account.Request) *account.Caller {
	if r.Session != nil {
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

// request decides one request.
func (s *runner) request(r *request, withLayers bool) RequestResult {
	out := RequestResult{
		Name: r.name, Principal: r.Principal, Action: r.Action, Resource: r.Resource,
		Determining: []StatementRef{}, Nearest: []NearMiss{}, Gates: []GateResult{}, Layers: []LayerResult{}, Context: []ContextEntry{},
		MissingContextKeys: []string{}, DependsOn: []string{}, Rules: []string{}, Notes: []string{},
	}
	if r.ResourceUnknown {
		out.Resource = ""
	}
	if r.wrong != "" {
		out.refuse("the request has an error, so it is denied: " + r.wrong)
	} else {
		s.resolve(&out, r, withLayers)
	}
	if r.expect != nil {
		met := r.expect.met(&out)
		out.Expected, out.Met = r.expect.written, &met
	}
	return out
}

// refuse denies a request that can't be evaluated (S-239).
func (r *RequestResult) refuse(why string) {
	r.Error = why
	r.Explanation = "What can't be evaluated is denied."
	r.Rules = []string{"S-239"}
}

// resolve finds the policies that meet a request and decides it by them.
func (s *runner) resolve(out *RequestResult, r *request, withLayers bool) {
	resolved := s.account.ResolveOf(s.callerOf(&r.Request), &r.Request)
	out.Notes = append(out.Notes, resolved.Notes...)
	if withLayers {
		out.Context = contextEntries(resolved.Request.Context)
	}
	if len(resolved.Broken) > 0 {
		out.refuse(s.Unreadable(resolved.Broken))
		return
	}
	verdict, trace := s.decide(out, r, resolved, s.options)
	if withLayers {
		s.tell(out, resolved, verdict)
		out.MissingContextKeys = append(out.MissingContextKeys, worlds.Missing(s.account, &r.Request, resolved, s.options, trace)...)
		w := writer{resolved.Request}
		out.Nearest = w.nearest(trace, verdict)
		out.Rules = append(out.Rules, nearestRules(out.Nearest)...)
		out.Layers = w.layers(trace)
		w.gates(out, resolved.Layers, s.options, verdict, trace)
	}
}

// decide fills in the decision and its cause, and answers the verdict and the trace.
func (s *Scenario) decide(out *RequestResult, r *request, resolved *account.Resolved, options iam.Options) (eval.Verdict, *eval.Trace) {
	request, trace := resolved.Request, &eval.Trace{}
	answer := s.answer(&r.Request, resolved, options, trace)
	verdict := answer.Verdict
	out.DependsOn = append(out.DependsOn, answer.DependsOn...)
	if answer.Inexact {
		out.Notes = append(out.Notes, "there are too many possibilities to try them all; the answer may be more certain than this")
	}
	out.Decision, out.DecidedBy = verdict.Decision, verdict.By
	w := writer{request}
	out.Determining = w.determining(trace, verdict)
	return verdict, trace
}

// tell says in words what was decided.
func (s *Scenario) tell(out *RequestResult, resolved *account.Resolved, verdict eval.Verdict) {
	request, layers := resolved.Request, resolved.Layers
	out.Message = explain.Message(request, verdict)
	out.Explanation = explain.Paragraph(request, layers, verdict, out.DependsOn)
	out.Rules = append(out.Rules, explain.Rules(request, layers, verdict)...)
}

// answer decides a request; what is not known is settled where it can be.
func (s *Scenario) answer(r *account.Request, resolved *account.Resolved, options iam.Options, trace *eval.Trace) worlds.Answer {
	verdict := eval.Evaluate(resolved.Layers, resolved.Request, options, trace)
	if r.ResourceUnknown || slices.ContainsFunc(r.Context, func(k iam.Key) bool { return k.Origin == iam.NotKnown }) {
		return worlds.Settle(s.account, r, resolved, options)
	}
	return worlds.Answer{Verdict: verdict}
}

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
