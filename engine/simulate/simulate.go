package simulate

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// Run answers a call. The account is where Principal finds the user, group or
// role; Custom needs none. What is answered is a page, as the API does (Marker).
func Run(op Operation, c *Call, a *account.Account, options iam.Options) (*Answer, *Error) {
	s, err := prepare(op, c, a, options)
	if err != nil {
		return nil, err
	}
	from, to, err := page(c)
	if err != nil {
		return nil, err
	}
	answer := &Answer{EvaluationResults: []EvaluationResult{}, IsTruncated: to < len(c.ActionNames), Notes: s.subject.notes}
	if answer.IsTruncated {
		answer.Marker = marker(to)
	}
	for _, action := range c.ActionNames[from:to] {
		answer.EvaluationResults = append(answer.EvaluationResults, s.action(action))
	}
	return answer, nil
}

// simulation is a call made ready.
type simulation struct {
	*Call
	*subject
	options iam.Options
	// resource and trust are the resource's policy, for ordinary resources and
	// for roles that are to be assumed; nil where it is not needed as such.
	resource, trust []eval.Attached
	owner           string // of resources whose ARNs name no account
}

// prepare checks the call and compiles its policies.
func prepare(op Operation, c *Call, a *account.Account, options iam.Options) (*simulation, *Error) {
	if err := checkLists(op, c); err != nil {
		return nil, err
	}
	s := &simulation{Call: c, options: options}
	var err *Error
	if op == Principal {
		s.subject, err = principal(c, a)
	} else {
		s.subject, err = custom(c)
	}
	if err == nil {
		err = s.ownership()
	}
	if err == nil {
		err = s.resourcePolicy()
	}
	if err == nil {
		err = given(s.context, c.ContextEntries)
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// checkLists checks what can be told from a call alone.
func checkLists(op Operation, c *Call) *Error {
	switch {
	case op == Custom && (c.PolicySourceArn != "" || len(c.PolicyExclusionList) > 0):
		return invalid("PolicySourceArn and PolicyExclusionList are parameters of SimulatePrincipalPolicy")
	case op == Principal && len(c.OrderedOrganizationPolicyInputList) > 0:
		return invalid("OrderedOrganizationPolicyInputList is a parameter of SimulateCustomPolicy; the SCPs of SimulatePrincipalPolicy are the account's")
	case len(c.ActionNames) == 0:
		return invalid("ActionNames is empty; write `s3:GetObject` for one")
	}
	for _, action := range c.ActionNames {
		service, name, ok := strings.Cut(action, ":")
		if !ok || service == "" || name == "" || strings.ContainsAny(action, "*? \t\r\n,") || len(action) > 128 {
			return invalid("`" + source.Clip(action) + "` is no action name; write `service:Operation` without wildcards, `s3:GetObject` for one")
		}
	}
	for _, resource := range c.ResourceArns {
		if _, ok := arn.Parse(resource); !ok && resource != "*" || len(resource) > 2048 {
			return invalid("`" + source.Clip(resource) + "` is no ARN; write `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`, or `*` for all resources")
		}
	}
	return checkHandling(c)
}

// ownership reads ResourceOwner, by default the caller's account (S-330).
func (s *simulation) ownership() *Error {
	s.owner = s.caller.Account
	if s.ResourceOwner == "" {
		return nil
	}
	if arn.IsAccount(s.ResourceOwner) {
		s.owner = s.ResourceOwner
		return nil
	}
	a, ok := arn.Parse(s.ResourceOwner)
	if !ok || a.Service != "iam" || a.Resource != "root" || !arn.IsAccount(a.Account) {
		return invalid("'" + source.Clip(s.ResourceOwner) + "' is not a valid as a Resource Owner; write `arn:aws:iam::111122223333:root`")
	}
	s.owner = a.Account
	return nil
}

// resourcePolicy compiles ResourcePolicy as the kinds that the resources need.
// Only a user can meet it (S-331).
func (s *simulation) resourcePolicy() *Error {
	if s.ResourcePolicy == "" {
		return nil
	}
	const name = "ResourcePolicy"
	switch {
	case s.caller.Kind != iam.User || s.caller.ARN == "":
		return invalid("ResourcePolicy needs CallerArn, the ARN of an IAM user; resource-based policies are not simulated for roles and groups")
	case len(s.ResourceArns) == 0 || slices.Contains(s.ResourceArns, "*"):
		return invalid("ResourcePolicy needs ResourceArns, the resources that it is attached to, and not `*`")
	}
	for _, action := range s.ActionNames {
		for _, resource := range s.ResourceArns {
			to, layer := &s.resource, iam.ResourcePolicy
			if kindOf(resource, action) == eval.RoleTrust {
				to, layer = &s.trust, iam.TrustPolicy
			}
			if *to != nil {
				continue
			}
			compiled, err := compile(name, s.ResourcePolicy, layer)
			if err != nil {
				return err
			}
			*to = []eval.Attached{{Name: name, Via: viaCall, Policy: compiled}}
		}
	}
	return nil
}

func kindOf(resource, action string) eval.ResourceKind {
	parsed, _ := arn.Parse(resource)
	return account.KindOf(&parsed, action)
}
