package simulate

import (
	"slices"
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// outcome is what one action came to on one resource.
type outcome struct {
	resource string
	decision iam.Decision
	matched  []Statement
	missing  []string
	// organizations and boundary are nil where there are no such policies.
	organizations, boundary *bool
	details                 map[string]string // across accounts
}

// action simulates an action on every resource of the call (S-322).
func (s *simulation) action(action string) EvaluationResult {
	if len(s.ResourceArns) == 0 || slices.Equal(s.ResourceArns, []string{"*"}) {
		all := s.one(action, "*")
		result := all.result(action)
		result.MissingContextValues = all.missing
		return result
	}
	outcomes := make([]outcome, len(s.ResourceArns))
	for i, resource := range s.ResourceArns {
		outcomes[i] = s.one(action, resource)
	}
	all := combined(outcomes)
	result := all.result(action)
	result.EvalDecisionDetails = all.details
	if result.EvalDecisionDetails == nil && !denied(all.organizations) {
		result.EvalDecisionDetails = map[string]string{}
	}
	for i := range outcomes {
		result.ResourceSpecificResults = append(result.ResourceSpecificResults, outcomes[i].specific())
	}
	return result
}

// one simulates an action on a resource.
func (s *simulation) one(action, resource string) outcome {
	request := eval.Request{Principal: s.caller, Action: action, Resource: resource, Account: s.caller.Account, Context: s.context}
	layers := s.layers
	if s.ResourcePolicy != "" {
		request.Kind, request.Account = kindOf(resource, action), s.ownerOf(resource)
		layers.Resource = s.resource
		if request.Kind == eval.RoleTrust {
			layers.Resource = s.trust
		}
	}
	var trace eval.Trace
	prepared := eval.NewRequest(request)
	verdict := eval.Evaluate(&layers, prepared, s.options, &trace)
	o := outcome{resource: resource, decision: verdict.Decision, missing: missing(prepared.Context, &trace)}
	o.organizations, o.boundary = says(&trace, iam.ServiceControlPolicy), says(&trace, iam.PermissionsBoundary)
	o.matched = s.matched(&trace, verdict, denied(o.boundary))
	if request.Account != s.caller.Account && !denied(o.organizations) {
		o.details = details(&trace)
	}
	return o
}

// ownerOf is the account that owns a resource.
func (s *simulation) ownerOf(resource string) string {
	if parsed, _ := arn.Parse(resource); arn.IsAccount(parsed.Account) {
		return parsed.Account
	}
	return s.owner
}

// says is whether every level of a layer allows; nil where it is not there.
func says(trace *eval.Trace, layer iam.Layer) *bool {
	var all *bool
	for i := range trace.Layers {
		if t := &trace.Layers[i]; t.Layer == layer {
			allows := t.Decision() == iam.Allowed && (all == nil || *all)
			all = &allows
		}
	}
	return all
}

func denied(says *bool) bool { return says != nil && !*says }

// detailNames are the types of policies in EvalDecisionDetails.
//
// UNDOCUMENTED: the names; AWS's samples write statements' types like this.
var detailNames = map[iam.Layer]string{
	iam.IdentityPolicy: "IAM Policy", iam.PermissionsBoundary: "Permissions Boundary Policy",
	iam.ResourcePolicy: "Resource Policy", iam.TrustPolicy: "Resource Policy",
}

// details is what each type of policy says by itself (S-329).
func details(trace *eval.Trace) map[string]string {
	found := map[string]string{}
	for i := range trace.Layers {
		if name := detailNames[trace.Layers[i].Layer]; name != "" {
			found[name] = trace.Layers[i].Decision().String()
		}
	}
	return found
}

// missing are the keys that identity policies, boundary and resource policy
// name and the request lacks, whether or not their statements meet it (S-326).
func missing(context *iam.Context, trace *eval.Trace) []string {
	names, seen := []string{}, map[string]bool{}
	add := func(name string) {
		lower := strings.ToLower(name)
		if !seen[lower] && context.Get(lower) == nil {
			names = append(names, name)
		}
		seen[lower] = true
	}
	for i := range trace.Layers {
		if trace.Layers[i].Layer != iam.ServiceControlPolicy {
			trace.Layers[i].Keys(add)
		}
	}
	return names
}

// strictness orders decisions from the least restrictive.
var strictness = []iam.Decision{iam.Allowed, iam.ImplicitDeny, iam.ExplicitDeny}

// combined is the most restrictive outcome over several resources, with the
// statements that made it so. Keys that are missing stay with the resources.
func combined(outcomes []outcome) outcome {
	all := outcome{resource: "*", decision: iam.Allowed, matched: []Statement{}, missing: []string{}}
	if len(outcomes) == 1 {
		all.resource = outcomes[0].resource
	}
	for i := range outcomes {
		o := &outcomes[i]
		all.decision = stricter(all.decision, o.decision)
		all.organizations, all.boundary = both(all.organizations, o.organizations), both(all.boundary, o.boundary)
		for name, decision := range o.details {
			if all.details == nil {
				all.details = map[string]string{}
			}
			if old, ok := all.details[name]; ok {
				decision = stricter(decisionOf(old), decisionOf(decision)).String()
			}
			all.details[name] = decision
		}
	}
	for i := range outcomes {
		for _, statement := range outcomes[i].matched {
			if outcomes[i].decision == all.decision && !slices.Contains(all.matched, statement) {
				all.matched = append(all.matched, statement)
			}
		}
	}
	return all
}

func stricter(a, b iam.Decision) iam.Decision {
	if slices.Index(strictness, a) > slices.Index(strictness, b) {
		return a
	}
	return b
}

func decisionOf(text string) iam.Decision {
	i := slices.IndexFunc(strictness, func(d iam.Decision) bool { return d.String() == text })
	return strictness[i]
}

func both(a, b *bool) *bool {
	if a == nil || denied(b) {
		return b
	}
	return a
}

// result is the outcome as the API's top level has it.
func (o *outcome) result(action string) EvaluationResult {
	result := EvaluationResult{
		EvalActionName: action, EvalResourceName: o.resource, EvalDecision: o.decision.String(),
		MatchedStatements: o.matched, MissingContextValues: []string{}, PermissionsBoundaryDecisionDetail: o.boundaryDetail(),
	}
	if o.organizations != nil {
		result.OrganizationsDecisionDetail = &OrganizationsDecisionDetail{*o.organizations}
	}
	return result
}

func (o *outcome) specific() ResourceSpecificResult {
	return ResourceSpecificResult{
		EvalResourceName: o.resource, EvalResourceDecision: o.decision.String(), MatchedStatements: o.matched,
		MissingContextValues: o.missing, EvalDecisionDetails: o.details, PermissionsBoundaryDecisionDetail: o.boundaryDetail(),
	}
}

func (o *outcome) boundaryDetail() *PermissionsBoundaryDecisionDetail {
	if o.boundary == nil {
		return nil
	}
	return &PermissionsBoundaryDecisionDetail{*o.boundary}
}
