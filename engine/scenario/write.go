package scenario

import (
	"fenceline/engine/condition"
	"fenceline/engine/eval"
	"fenceline/engine/explain"
	"fenceline/engine/iam"
	"fenceline/engine/order"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// writer turns a trace into the result's form.
type writer struct {
	request *eval.Request
}

func (w *writer) layers(trace *eval.Trace) []LayerResult {
	layers := make([]LayerResult, 0, len(trace.Layers))
	for i := range trace.Layers {
		t := &trace.Layers[i]
		layer := LayerResult{Layer: t.Layer, At: t.At, Decision: t.Decision(), Policies: make([]PolicyResult, 0, len(t.Policies))}
		for j := range t.Policies {
			p := &t.Policies[j]
			result := PolicyResult{Policy: p.Attached.Name, Via: p.Attached.Via, Statements: make([]StatementResult, 0, len(p.Statements))}
			for k := range p.Statements {
				result.Statements = append(result.Statements, w.statement(p.Attached.Policy.Document, &p.Statements[k]))
			}
			layer.Policies = append(layer.Policies, result)
		}
		layers = append(layers, layer)
	}
	return layers
}

func (w *writer) statement(document *policy.Document, t *eval.StatementTrace) StatementResult {
	s := t.Statement
	start, end := place(document, s.Span)
	result := StatementResult{
		Sid: s.Sid, Index: s.Index, Effect: s.Effect, Outcome: t.Outcome, Start: start, End: end,
		Action:     w.element(document, s.ActionName(), &s.Action, t.Action, t.ActionEntry),
		Conditions: make([]ConditionResult, 0, len(t.Conditions)),
	}
	if s.Principal != nil {
		principal := ElementResult{Outcome: t.Principal, Element: s.PrincipalName(), Class: t.Class.String()}
		span := s.Principal.Span
		if t.PrincipalEntry >= 0 {
			entry := &s.Principal.Entries[t.PrincipalEntry]
			principal.Pattern, span = entry.Value, entry.Span
		}
		principal.Start, principal.End = place(document, span)
		result.Principal = &principal
	}
	if s.Resource != nil {
		resource := w.element(document, s.ResourceName(), s.Resource, t.Resource, t.ResourceEntry)
		resource.Matched = t.Form
		result.Resource = &resource
	}
	tests := t.Tests()
	for i := range t.Conditions {
		result.Conditions = append(result.Conditions, w.condition(document, &tests[i], &t.Conditions[i]))
	}
	return result
}

func place(document *policy.Document, span source.Span) (start, end source.Position) {
	return document.File.Position(span.Start), document.File.Position(span.End)
}

// element is Action or Resource; entry is the one that matched, or -1.
func (w *writer) element(document *policy.Document, name string, e *policy.Element, outcome iam.Outcome, entry int) ElementResult {
	result := ElementResult{Outcome: outcome, Element: name}
	span := e.Span
	if entry >= 0 {
		result.Pattern, span = e.Values[entry].Value, e.Values[entry].Span
	}
	result.Start, result.End = place(document, span)
	return result
}

func (w *writer) condition(document *policy.Document, test *condition.Test, t *eval.ConditionTrace) ConditionResult {
	c := t.Condition
	key := w.request.Context.Get(test.Key)
	result := ConditionResult{
		Operator: c.Operator, Key: c.Key.Value, PolicyValues: make([]string, 0, len(c.Values)), RequestVals: []string{},
		RequestState: state(key), Outcome: t.Outcome, Values: make([]ValueResult, 0, len(c.Values)),
	}
	if key != nil {
		result.RequestVals = append(result.RequestVals, key.Values...)
	}
	resolved := make([]string, len(c.Values))
	for i := range c.Values {
		value := ValueResult{Value: c.Values[i].Value, Outcome: t.Values[i]}
		value.Start, value.End = place(document, c.Values[i].Span)
		resolved[i] = value.Value
		if text, ok := test.Resolved(i, w.request.Context); ok {
			value.Resolved, resolved[i] = text, text
		}
		result.PolicyValues = append(result.PolicyValues, value.Value)
		result.Values = append(result.Values, value)
	}
	result.Reason = explain.Condition(test, c.Key.Value, key, resolved, t.Outcome)
	result.Start, result.End = place(document, c.Span)
	return result
}

func state(key *iam.Key) string {
	switch {
	case key == nil:
		return "absent"
	case key.Unknown():
		return "unknown"
	}
	return "present"
}

func (w *writer) ref(layer iam.Layer, p *eval.PolicyTrace, t *eval.StatementTrace) StatementRef {
	start, end := place(p.Attached.Policy.Document, t.Statement.Span)
	return StatementRef{p.Attached.Name, layer, t.Statement.Sid, t.Statement.Index, t.Statement.Effect, start, end}
}

// determining lists the statements that settled the decision: for an explicit
// deny every Deny that matched, as AWS lists them (S-323); for an allow the
// Allows of the layer whose grant sufficed, of both sides across accounts.
func (w *writer) determining(trace *eval.Trace, v eval.Verdict) []StatementRef {
	list := []StatementRef{}
	wanted := iam.Allow
	if v.Reason == eval.ExplicitDeny {
		wanted = iam.Deny
	} else if v.Decision != iam.Allowed {
		return list
	}
	for i := range trace.Layers {
		layer := &trace.Layers[i]
		if wanted == iam.Allow && !grantedBy(layer.Layer, v) {
			continue
		}
		for j := range layer.Policies {
			for k := range layer.Policies[j].Statements {
				t := &layer.Policies[j].Statements[k]
				if t.Statement.Effect == wanted && t.Outcome == iam.Match && w.grants(t, layer.Layer, v) {
					list = append(list, w.ref(layer.Layer, &layer.Policies[j], t))
				}
			}
		}
	}
	order.By(list, func(a, b StatementRef) int { return rank(a, v) - rank(b, v) })
	return list
}

// rank puts the statements of the deciding layer first.
func rank(s StatementRef, v eval.Verdict) int {
	if s.Layer == v.By {
		return 0
	}
	return 1
}

func grantedBy(layer iam.Layer, v eval.Verdict) bool {
	across := v.Reason == eval.BothAccountsGrant && (layer == iam.ResourcePolicy || layer == iam.TrustPolicy)
	return layer == v.By || across
}

// grants says whether a matching Allow names the caller in the way that sufficed.
func (w *writer) grants(t *eval.StatementTrace, layer iam.Layer, v eval.Verdict) bool {
	switch v.Reason {
	case eval.ResourceGrants, eval.ResourceGrantsOutside:
		return t.Class&(eval.Direct|eval.Any) != 0
	case eval.ResourceGrantsLimited:
		return t.Class&(eval.ByRole|eval.ByParent) != 0
	}
	return true
}

// maxNearest is how many statements that all but matched are shown.
const maxNearest = 3

// candidate is an Allow statement that did not match.
type candidate struct {
	layer     *eval.LayerTrace
	policy    *eval.PolicyTrace
	statement *eval.StatementTrace
}

// distance counts the elements that failed, the action twice.
func (c candidate) distance() int {
	failed := 0
	for _, outcome := range []iam.Outcome{c.statement.Action, c.statement.Action, c.statement.Principal, c.statement.Resource} {
		if outcome == iam.NoMatch {
			failed++
		}
	}
	for i := range c.statement.Conditions {
		if c.statement.Conditions[i].Outcome == iam.NoMatch {
			failed++
		}
	}
	return failed
}

// nearest finds, in the layer that refused implicitly, the Allow statements
// with the fewest elements that failed; those whose action matches come first.
func (w *writer) nearest(trace *eval.Trace, v eval.Verdict) []NearMiss {
	list := []NearMiss{}
	if v.Decision != iam.ImplicitDeny {
		return list
	}
	var closest []candidate
	least := 0
	eachMiss(trace, v.By, func(c candidate) {
		distance := c.distance()
		if len(closest) == 0 || distance < least {
			closest, least = closest[:0], distance
		}
		if distance == least && len(closest) < maxNearest {
			closest = append(closest, c)
		}
	})
	for _, c := range closest {
		list = append(list, w.miss(c))
	}
	return list
}

// eachMiss visits the Allow statements of a layer's policies that did not match.
func eachMiss(trace *eval.Trace, by iam.Layer, visit func(candidate)) {
	for i := range trace.Layers {
		layer := &trace.Layers[i]
		if layer.Layer != by || layer.Allow != iam.NoMatch && isGuard(by) {
			continue
		}
		for j := range layer.Policies {
			for k := range layer.Policies[j].Statements {
				t := &layer.Policies[j].Statements[k]
				if t.Statement.Effect == iam.Allow && t.Outcome != iam.Match {
					visit(candidate{layer, &layer.Policies[j], t})
				}
			}
		}
	}
}

func isGuard(layer iam.Layer) bool {
	return layer == iam.ServiceControlPolicy || layer == iam.ResourceControlPolicy || layer == iam.VPCEndpointPolicy
}

// miss describes the first element of a statement that failed.
func (w *writer) miss(c candidate) NearMiss {
	t, s := c.statement, c.statement.Statement
	miss := NearMiss{StatementRef: w.ref(c.layer.Layer, c.policy, t), At: c.layer.At}
	fail := func(element string, span source.Span, reason string) NearMiss {
		miss.Failed, miss.Reason = element, reason
		miss.FailedStart, miss.FailedEnd = place(c.policy.Attached.Policy.Document, span)
		return miss
	}
	switch {
	case t.Action == iam.NoMatch:
		return fail("action", s.Action.Span, "`"+s.ActionName()+"` does not cover `"+w.request.Action+"`")
	case t.Principal == iam.NoMatch:
		return fail("principal", s.Principal.Span, "`"+s.PrincipalName()+"` does not name `"+w.request.Principal.ARN+"`")
	case t.Resource == iam.NoMatch:
		return fail("resource", s.Resource.Span, "`"+s.ResourceName()+"` does not cover `"+w.request.Resource+"`")
	}
	tests := t.Tests()
	for i := range t.Conditions {
		if t.Conditions[i].Outcome == iam.NoMatch {
			result := w.condition(c.policy.Attached.Policy.Document, &tests[i], &t.Conditions[i])
			miss.missingKey = result.RequestState == "absent"
			return fail("condition", t.Conditions[i].Condition.Span, result.Reason)
		}
	}
	return miss
}
