package scenario

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
	"fenceline/engine/calls"
	"fenceline/engine/iam"
	"fenceline/engine/lint"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// call decodes a request's parameters, from which its resource and much of its
// context follow.
func (d *decoder) call(n *source.Node, r *request) {
	parameters := n.Get("parameters")
	if parameters == nil {
		return
	}
	r.isCall, d.hasCalls = true, true
	if resource := n.Get("resource"); resource != nil {
		remove(d.report.Error(codeContradiction, resource.Span, "the resource follows from `parameters`; remove `resource`"), n, "resource")
	}
	if r.ResourceUnknown {
		d.report.Error(codeContradiction, n.Get("unknown").Span, "the resource follows from `parameters`; it can't be unknown")
		r.ResourceUnknown = false
	}
	if r.Kind == 0 || r.Action == "" {
		return // who calls, or what, is wrong already
	}
	r.call = calls.Decode(calls.Input{
		Action: r.Action, Kind: r.Kind, Principal: r.Principal, Region: given(r.Context, "aws:RequestedRegion"), Parameters: parameters, File: d.file,
	}, &d.library, &d.report)
	if r.call == nil {
		return
	}
	for _, ref := range r.call.References() {
		d.refer(ref)
	}
	for _, document := range r.call.Documents() {
		d.document(document)
	}
}

// given is the one value of a key that the request gives, or nothing.
func given(context []iam.Key, name string) string {
	for i := range context {
		if strings.EqualFold(context[i].Name, name) && len(context[i].Values) == 1 {
			return context[i].Values[0]
		}
	}
	return ""
}

// refer notes as what a call would use a policy. One that the scenario does not
// have is made by another call, or the call will fail.
func (d *decoder) refer(ref calls.Reference) {
	name := d.Standing(ref.Node.Text)
	if a, ok := arn.Parse(ref.Node.Text); name == "" && ok && a.Service == "iam" && a.Account == "aws" {
		name = ref.Node.Text
	}
	if name != "" {
		d.use(&source.Node{Text: name, Span: ref.Node.Span}, ref.Layer)
	}
}

// document keeps a call's document, and reports what is to be said of it at its
// place. An error in it is not one of the scenario: the call fails by it.
func (d *decoder) document(document *calls.Document) {
	if d.documents == nil {
		d.documents = map[string]*calls.Document{}
	}
	if d.documents[document.Name] == nil {
		d.documents[document.Name] = document
	}
	problems := document.Problems
	if document.Inside && slices.ContainsFunc(d.parsing, func(p source.Problem) bool { return p.Span.Within(document.Span) }) {
		return // the scenario itself can't be read there
	}
	if document.Root != nil && !source.HasErrors(problems) {
		decoded, _ := policy.DecodeTree(document.File, document.Root, document.Layer)
		problems = append(slices.Clone(problems), lint.Find(decoded, iam.Options{})...)
	}
	for _, p := range problems {
		if p.Severity == source.Error {
			p.Severity, p.Message = source.Warning, "the call fails by its document: "+p.Message
		}
		if document.Inside {
			p = p.Moved(document.Span.Start)
		} else {
			p.Span, p.Fixes = document.Span, nil
		}
		d.report.Add(p)
	}
}

// callDocuments lists the documents that calls bring, by their calls.
func (s *Scenario) callDocuments() []CallDocument {
	var list []CallDocument
	seen := map[string]bool{}
	for i := range s.requests {
		if s.requests[i].call == nil {
			continue
		}
		for _, d := range s.requests[i].call.Documents() {
			if !seen[d.Name] {
				list = append(list, CallDocument{d.Name, i, d.Parameter, s.file.Position(d.Span.Start), s.file.Position(d.Span.End)})
			}
			seen[d.Name] = true
		}
	}
	return list
}

// Text is a document for the calls that use it, by its name; the root is nil
// for one that can't be used.
func (s *Scenario) Text(name string) (*source.File, *source.Node) {
	if p := s.byName[name]; p != nil {
		if p.broken {
			return p.file, nil
		}
		return p.file, p.root
	}
	if document := s.documents[name]; document != nil {
		return document.File, document.Root
	}
	return nil, nil
}

// Standing is the name of the document that stands for a managed policy from
// the beginning: that of its ARN, or, where its path is `/`, of its name;
// nothing for a policy that the scenario does not have.
func (s *Scenario) Standing(text string) string {
	if s.isManaged(s.byName[text]) {
		return text
	}
	a, ok := arn.Parse(text)
	name, isPolicy := strings.CutPrefix(a.Resource, "policy/")
	if ok && a.Service == "iam" && arn.IsAccount(a.Account) && isPolicy && !strings.Contains(name, "/") && s.isManaged(s.byName[name]) {
		return name
	}
	return ""
}

// isManaged says whether a document may be a managed policy: it is used as what
// managed policies are used as, or as nothing and names no principals.
func (s *Scenario) isManaged(p *policyText) bool {
	if p == nil {
		return false
	}
	for _, layer := range p.layers {
		if layer == iam.IdentityPolicy || layer == iam.PermissionsBoundary || layer == iam.SessionPolicy {
			return true
		}
	}
	return len(p.layers) == 0 && guessLayer(p.root) == iam.IdentityPolicy
}

// CallResult is what became of a call.
type CallResult struct {
	// Changes are what it changed in the account, in words as well. There are
	// none for a call that is denied or fails.
	Changes []calls.Change `json:"changes"`
	// Error is AWS's, for a call that is allowed and can't be carried out.
	Error *calls.Failure `json:"error,omitempty"`
	// Needs are the further permissions that the call takes, each decided.
	Needs []Need `json:"needs"`
}

// Need is a further permission that a call takes.
type Need struct {
	Action      string         `json:"action"`
	Resource    string         `json:"resource"`
	Decision    iam.Decision   `json:"decision"`
	DecidedBy   iam.Layer      `json:"decidedBy,omitempty"`
	Determining []StatementRef `json:"determining"`
	// Decides marks the one that the call's own result is about: it was not allowed.
	Decides bool `json:"decides"`
	// Message is AWS's own sentence for a denial, empty when it is not denied.
	Message string `json:"message"`
}

// check is a check of a call, decided.
type check struct {
	decided
	request account.Request
}

// call decides a call by all that it needs, and carries it out when it may be.
// The result is about the first of its checks that is not allowed.
func (s *runner) call(out *RequestResult, r *request, withLayers bool) {
	checks, at := s.checks(r, true)
	out.Resource = checks[0].request.Resource
	c := &checks[at]
	s.fill(out, &c.decided, &c.request, withLayers)
	if out.Error != "" {
		return
	}
	result := &CallResult{Changes: []calls.Change{}, Needs: []Need{}}
	for i := range checks[1:] {
		result.Needs = append(result.Needs, checks[i+1].need(at == i+1))
	}
	out.Call = result
	if at > 0 && out.Explanation != "" {
		out.Explanation = "The call also needs `" + c.request.Action + "` on `" + c.request.Resource + "`. " + out.Explanation
	}
	out.MissingContextKeys = slices.DeleteFunc(out.MissingContextKeys, func(name string) bool { return r.call.Derives(strings.ToLower(name)) })
	if note := r.call.Note(); note != "" {
		out.Notes = append(out.Notes, note)
	}
	if out.Decision == iam.Allowed {
		outcome := s.apply(r)
		result.Changes, result.Error = outcome.Changes, outcome.Failure
		out.Notes = append(out.Notes, outcome.Notes...)
	}
}

// checks decides all that a call needs, and answers which of it settles the
// call: the first that is denied, else the first that depends, else the call's
// own.
func (s *runner) checks(r *request, traced bool) ([]check, int) {
	var checks []check
	for _, needed := range r.call.Checks(s.state) {
		c := check{request: *s.effective(&r.Request)}
		c.request.Action, c.request.Resource = needed.Action, needed.Resource
		c.request.Derived = append(needed.Derived, c.request.Derived...)
		c.decided = s.decide(&c.request, r.Session != nil, traced)
		checks = append(checks, c)
	}
	for _, wanted := range [][]iam.Decision{{iam.ExplicitDeny, iam.ImplicitDeny}, {iam.Depends}} {
		for i := range checks {
			if slices.Contains(wanted, checks[i].decision()) {
				return checks, i
			}
		}
	}
	return checks, 0
}

func (c *check) need(decides bool) Need {
	need := Need{Action: c.request.Action, Resource: c.request.Resource, Decision: c.decision(), DecidedBy: c.answer.Verdict.By, Decides: decides, Determining: []StatementRef{}}
	if len(c.resolved.Broken) == 0 {
		w := writer{c.resolved.Request}
		need.Determining = append(need.Determining, w.determining(c.trace, c.answer.Verdict)...)
		need.Message = message(&c.decided)
	}
	return need
}

// apply carries out a call, after which the account is another.
func (s *runner) apply(r *request) calls.Outcome {
	outcome := r.call.Apply(s.state)
	if len(outcome.Changes) > 0 {
		s.account = s.state.Account
		s.detachFrom(s.account, s.without)
		clear(s.callers)
	}
	return outcome
}
