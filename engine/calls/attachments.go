package calls

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/iam"
)

// maxAttached is how many managed policies a kind of identity has at most (S-031).
var maxAttached = map[string]int{"user": 10, "group": 10, "role": 20}

func attachmentOperations() []operation {
	var all []operation
	for _, n := range []noun{user, group, role} {
		keys := []derivation{ofPolicyARN}
		if n.kind != "group" { // S-243, S-244
			keys = append(keys, boundaryAttached(n))
		}
		which := takes(n.parameter + "! PolicyArn!")
		all = append(all,
			operation{action: "iam:Attach" + n.title + "Policy", takes: which, on: existing(n), keys: keys, apply: func(s *step) *Failure { return s.attach(n) }},
			operation{action: "iam:Detach" + n.title + "Policy", takes: which, on: existing(n), keys: keys, apply: func(s *step) *Failure { return s.detach(n) }},
			operation{action: "iam:ListAttached" + n.title + "Policies", takes: takes(n.parameter + "! PathPrefix Marker MaxItems:number"), on: existing(n), reads: there(n)},
		)
	}
	return all
}

func (s *step) attach(n noun) *Failure {
	identity, failure := s.changeable(n)
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
	s.changed(Attachment, Added, identity.ARN, "the "+n.kind+" `"+s.get(n.parameter)+"` has the policy `"+p.shown()+"`")
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

func (s *step) detach(n noun) *Failure {
	identity, failure := s.changeable(n)
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
	s.changed(Attachment, Removed, identity.ARN, "the "+n.kind+" `"+s.get(n.parameter)+"` no longer has the policy `"+p.shown()+"`")
	return nil
}
