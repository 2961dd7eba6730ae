package calls

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/iam"
)

// maxAttached is how many managed policies a kind of identity has at most (S-031).
var maxAttached = map[string]int{"user": 10, "group": 10, "role": 20}

var attachmentOperations = []operation{
	{action: "iam:AttachUserPolicy", takes: "UserName! PolicyArn!", noun: &user, on: existing, keys: ofAttachedPolicy, apply: attach},
	{action: "iam:DetachUserPolicy", takes: "UserName! PolicyArn!", noun: &user, on: existing, keys: ofAttachedPolicy, apply: detach},
	{action: "iam:ListAttachedUserPolicies", takes: "UserName! PathPrefix Marker MaxItems:number", noun: &user, on: existing, there: there},
	{action: "iam:AttachGroupPolicy", takes: "GroupName! PolicyArn!", noun: &group, on: existing, keys: []*derivation{&ofPolicyARN}, apply: attach}, // S-244
	{action: "iam:DetachGroupPolicy", takes: "GroupName! PolicyArn!", noun: &group, on: existing, keys: []*derivation{&ofPolicyARN}, apply: detach},
	{action: "iam:ListAttachedGroupPolicies", takes: "GroupName! PathPrefix Marker MaxItems:number", noun: &group, on: existing, there: there},
	{action: "iam:AttachRolePolicy", takes: "RoleName! PolicyArn!", noun: &role, on: existing, keys: ofAttachedPolicy, apply: attach},
	{action: "iam:DetachRolePolicy", takes: "RoleName! PolicyArn!", noun: &role, on: existing, keys: ofAttachedPolicy, apply: detach},
	{action: "iam:ListAttachedRolePolicies", takes: "RoleName! PathPrefix Marker MaxItems:number", noun: &role, on: existing, there: there},
}

func attach(s *step) *Failure {
	n := s.operation.noun
	identity, failure := s.changeable(s.operation.noun)
	if failure != nil {
		return failure
	}
	p, failure := s.policyOfCall()
	if failure != nil {
		if failure.Code == "NoSuchEntity" {
			return notAttachable(s.get("PolicyArn"))
		}
		return failure
	}
	switch name := p.document(); {
	case slices.Contains(identity.Policies, name):
		return nil
	case managedCount(identity) >= maxAttached[n.kind]:
		return beyond("PoliciesPer"+n.title, maxAttached[n.kind])
	default:
		s.state.compile(name, iam.IdentityPolicy)
		identity.Policies = append(identity.Policies, name)
	}
	s.changed(Attachment, Added, identity.ARN, "the "+s.shown()+" has the policy `"+p.shown()+"`")
	return nil
}

// shown is a policy's name, and the ARN of one that AWS made.
func (p *managed) shown() string {
	if strings.Contains(p.arn, ":aws:policy/") {
		return p.arn
	}
	return lastSegment(p.arn)
}

// managedCount is how many managed policies an identity has.
func managedCount(identity *account.Identity) int {
	count := 0
	for _, name := range identity.Policies {
		if !isInlineName(name, identity) {
			count++
		}
	}
	return count
}

func detach(s *step) *Failure {
	identity, failure := s.changeable(s.operation.noun)
	if failure != nil {
		return failure
	}
	p, failure := s.policyOfCall()
	if failure != nil {
		return failure
	}
	at := slices.Index(identity.Policies, p.document())
	if at < 0 {
		return noPolicy(p.arn)
	}
	identity.Policies = slices.Delete(identity.Policies, at, at+1)
	s.changed(Attachment, Removed, identity.ARN, "the "+s.shown()+" no longer has the policy `"+p.shown()+"`")
	return nil
}
