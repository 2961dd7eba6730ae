package eval

import (
	"fenceline/engine/condition"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
)

// Trace records what every layer, policy and statement made of a request. It
// is plain data; the explain room turns it into words. A nil *Trace records
// nothing, and evaluation then stops looking where the answer can't change.
type Trace struct {
	Layers []LayerTrace

	statements []StatementTrace
	conditions []ConditionTrace
	values     []iam.Outcome
}

// LayerTrace is one layer, or one level of it for SCPs and RCPs.
type LayerTrace struct {
	Layer iam.Layer
	At    string
	// Allow and Deny say whether some Allow or Deny statement matches.
	Allow, Deny iam.Outcome
	Policies    []PolicyTrace
}

// Keys tells the condition keys that the layer's statements name, in
// conditions and in variables, as often as they do.
func (l *LayerTrace) Keys(tell func(name string)) {
	for i := range l.Policies {
		for j := range l.Policies[i].Statements {
			t := &l.Policies[i].Statements[j]
			for n := range t.Conditions {
				tell(t.Conditions[n].Condition.Key.Value)
			}
			for _, name := range t.Variables(nil) {
				tell(name)
			}
		}
	}
}

// Decision is what the layer alone says.
func (l *LayerTrace) Decision() iam.Decision {
	switch {
	case l.Deny == iam.Match:
		return iam.ExplicitDeny
	case l.Deny == iam.Unknown || l.Allow == iam.Unknown:
		return iam.Depends
	case l.Allow == iam.Match:
		return iam.Allowed
	}
	return iam.ImplicitDeny
}

// PolicyTrace is one policy of a layer.
type PolicyTrace struct {
	Attached   *Attached
	Statements []StatementTrace
}

// StatementTrace is one statement. Entry numbers are those of the policy's
// lists; -1 says that no entry matched.
type StatementTrace struct {
	Statement *policy.Statement
	Outcome   iam.Outcome
	// Principal is the zero Outcome where the policy has no principals, and
	// Resource where the statement has no resources.
	Principal, Action, Resource                iam.Outcome
	Class                                      Class
	PrincipalEntry, ActionEntry, ResourceEntry int
	// Form is the form of the resource that matched, where it is not the
	// request's own (S-068).
	Form       string
	Conditions []ConditionTrace

	compiled *statement
}

// Tests are the statement's conditions, compiled, in the order of Conditions.
func (t *StatementTrace) Tests() []condition.Test { return t.compiled.conditions }

// Variables appends the context keys that the statement's resources and
// conditions name as variables, as written.
func (t *StatementTrace) Variables(to []string) []string {
	for i := range t.compiled.conditions {
		to = t.compiled.conditions[i].Variables(to)
	}
	for i := range t.compiled.resources {
		if template := t.compiled.resources[i].template; template != nil {
			to = template.Names(to)
		}
	}
	return to
}

// ConditionTrace is one operator on one key; Values has an outcome for each
// policy value, before any negation.
type ConditionTrace struct {
	Condition *policy.Condition
	Outcome   iam.Outcome
	Values    []iam.Outcome
}

// reserve makes room for all that the layers can record, in one piece each.
func (t *Trace) reserve(l *Layers) {
	statements, conditions, values, layers := 0, 0, 0, 0
	l.each(func(_ iam.Layer, _ string, policies []Attached) {
		layers++
		for i := range policies {
			statements += len(policies[i].Policy.statements)
			conditions += policies[i].Policy.conditions
			values += policies[i].Policy.values
		}
	})
	t.Layers = make([]LayerTrace, 0, layers)
	t.statements = make([]StatementTrace, statements)
	t.conditions = make([]ConditionTrace, conditions)
	t.values = make([]iam.Outcome, values)
}

// take cuts the first n elements off a reserve.
func take[T any](reserve *[]T, n int) []T {
	part := (*reserve)[:n:n]
	*reserve = (*reserve)[n:]
	return part
}
