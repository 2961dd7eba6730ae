package eval

import (
	"fenceline/engine/iam"
)

// query is one evaluation under way.
type query struct {
	*Request
	options iam.Options
	bounded bool // the caller has a boundary (S-104)
	gateway bool // the endpoint is a gateway endpoint (S-025)
	trace   *Trace
}

// statement says whether a statement applies to the request, and for one that
// names principals by which classes. All of its elements must match.
func (q *query) statement(s *statement, layer iam.Layer, t *StatementTrace) (iam.Outcome, Class) {
	if t != nil {
		*t = StatementTrace{Statement: s.source, compiled: s, PrincipalEntry: -1, ActionEntry: -1, ResourceEntry: -1}
	}
	outcome := q.action(s, t)
	if outcome == iam.NoMatch && t == nil {
		return outcome, 0
	}
	class := Class(0)
	if s.source.Principal != nil {
		class = q.principal(s, layer, t)
		outcome = outcome.And(iam.OutcomeOf(class != 0))
	}
	if s.source.Resource != nil && (outcome != iam.NoMatch || t != nil) {
		outcome = outcome.And(q.resource(s, t))
	}
	if outcome != iam.NoMatch || t != nil {
		outcome = outcome.And(q.conditions(s, t))
	}
	if t != nil {
		t.Outcome = outcome
	}
	return outcome, class
}

// action is S-042, and S-045 for NotAction.
func (q *query) action(s *statement, t *StatementTrace) iam.Outcome {
	entry := -1
	for i := range s.actions {
		if s.actions[i].match(q.service, q.name) {
			entry = i
			break
		}
	}
	outcome := iam.OutcomeOf(entry >= 0 != s.source.Action.Not && len(s.actions) > 0)
	if t != nil {
		t.Action, t.ActionEntry = outcome, entry
	}
	return outcome
}

func (q *query) principal(s *statement, layer iam.Layer, t *StatementTrace) Class {
	set, entry := classes(s.source.Principal, q.Principal, layer == iam.TrustPolicy, q.bounded)
	if len(s.source.Principal.Entries) == 0 {
		set = 0 // S-010
	}
	if layer == iam.VPCEndpointPolicy && q.gateway {
		set &^= ByAccount
	}
	if t != nil {
		t.Principal, t.Class, t.PrincipalEntry = iam.OutcomeOf(set != 0), set, entry
	}
	return set
}

// resource is S-051 to S-068, and S-065 for NotResource.
func (q *query) resource(s *statement, t *StatementTrace) iam.Outcome {
	outcome, entry, form := iam.NoMatch, -1, 0
	for i := range s.resources {
		one, at := s.resources[i].match(q.Request)
		outcome = outcome.Or(one)
		if one == iam.Match {
			entry, form = i, at
			break
		}
	}
	switch {
	case len(s.resources) == 0: // S-010
		outcome = iam.NoMatch
	case s.source.Resource.Not:
		outcome = outcome.Not()
	}
	if t != nil {
		t.Resource, t.ResourceEntry = outcome, entry
		if entry >= 0 && len(q.forms) > 1 {
			t.Form = q.forms[form].Text
		}
	}
	return outcome
}

// conditions is S-111: all of them must hold.
func (q *query) conditions(s *statement, t *StatementTrace) iam.Outcome {
	all := iam.Match
	if t != nil {
		t.Conditions = take(&q.trace.conditions, len(s.conditions))
	}
	for i := range s.conditions {
		test := &s.conditions[i]
		var values []iam.Outcome
		if t != nil {
			values = take(&q.trace.values, test.Values())
		}
		outcome := test.Evaluate(q.Context, q.options, values)
		all = all.And(outcome)
		if t != nil {
			t.Conditions[i] = ConditionTrace{&s.source.Conditions[i], outcome, values}
		} else if all == iam.NoMatch {
			break
		}
	}
	return all
}
