package calls

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
)

// maxInline is how long the inline policies of an identity may be together (S-030).
var maxInline = map[string]int{"user": 2048, "group": 5120, "role": 10240}

var inlineOperations = []operation{
	{action: "iam:PutUserPolicy", takes: "UserName! PolicyName! PolicyDocument!:identityPolicy", noun: &user, on: existing, keys: ofAttached, apply: putInline},
	{action: "iam:DeleteUserPolicy", takes: "UserName! PolicyName!", noun: &user, on: existing, keys: ofAttached, apply: deleteInline},
	{action: "iam:GetUserPolicy", takes: "UserName! PolicyName!", noun: &user, on: existing, there: inlineThere},
	{action: "iam:ListUserPolicies", takes: "UserName! Marker MaxItems:number", noun: &user, on: existing, there: there},
	{action: "iam:PutGroupPolicy", takes: "GroupName! PolicyName! PolicyDocument!:identityPolicy", noun: &group, on: existing, apply: putInline}, // S-244
	{action: "iam:DeleteGroupPolicy", takes: "GroupName! PolicyName!", noun: &group, on: existing, apply: deleteInline},
	{action: "iam:GetGroupPolicy", takes: "GroupName! PolicyName!", noun: &group, on: existing, there: inlineThere},
	{action: "iam:ListGroupPolicies", takes: "GroupName! Marker MaxItems:number", noun: &group, on: existing, there: there},
	{action: "iam:PutRolePolicy", takes: "RoleName! PolicyName! PolicyDocument!:identityPolicy", noun: &role, on: existing, keys: ofAttached, apply: putInline},
	{action: "iam:DeleteRolePolicy", takes: "RoleName! PolicyName!", noun: &role, on: existing, keys: ofAttached, apply: deleteInline},
	{action: "iam:GetRolePolicy", takes: "RoleName! PolicyName!", noun: &role, on: existing, there: inlineThere},
	{action: "iam:ListRolePolicies", takes: "RoleName! Marker MaxItems:number", noun: &role, on: existing, there: there},
}

// inlinePrefix begins the names of the documents that are an identity's inline
// policies.
func inlinePrefix(identity *account.Identity) string {
	a, _ := arn.Parse(identity.ARN)
	kind, name, _ := strings.Cut(a.Resource, "/")
	return kind + "/" + lastSegment(name) + "/"
}

func isInlineName(name string, identity *account.Identity) bool {
	return strings.HasPrefix(name, inlinePrefix(identity))
}

// inline is the index of an identity's inline policy, or -1. Of a scenario's own
// documents nobody knows whether they are inline or managed; one that this
// identity alone has may be either.
func (s *step) inline(identity *account.Identity) int {
	name := s.get("PolicyName")
	own := inlinePrefix(identity) + name
	at := slices.IndexFunc(identity.Policies, func(has string) bool { return has == own || strings.HasPrefix(has, own+" (") })
	if at >= 0 {
		return at
	}
	at = slices.Index(identity.Policies, name)
	if at >= 0 && s.state.arns[name] == "" && s.holders(name) == 1 {
		return at
	}
	return -1
}

// holders counts the identities that have a document.
func (s *step) holders(name string) int {
	count := 0
	for _, identity := range s.state.Account.Identities {
		if slices.Contains(identity.Policies, name) || identity.Boundary == name {
			count++
		}
	}
	return count
}

func inlineThere(s *step) *Failure {
	n := s.operation.noun
	identity := s.named(n)
	switch {
	case identity == nil:
		return noIdentity(n.kind, s.name())
	case s.inline(identity) < 0:
		return noInline(n.kind, s.get("PolicyName"))
	}
	return nil
}

func putInline(s *step) *Failure {
	n := s.operation.noun
	if failure := s.checkName("PolicyName", 128); failure != nil {
		return failure
	}
	document := s.documents["PolicyDocument"]
	identity, failure := s.changeable(n)
	if failure != nil {
		return failure
	}
	if failure := document.malformed(); failure != nil {
		return failure
	}
	at := s.inline(identity)
	if s.inlineSize(identity, at)+document.size() > maxInline[n.kind] {
		return tooLong(maxInline[n.kind], n.kind+" "+s.name())
	}
	s.state.compile(document.Name, iam.IdentityPolicy)
	manner, words := Added, "has the inline policy `"
	if at >= 0 {
		if identity.Policies[at] == document.Name {
			return nil
		}
		identity.Policies[at] = document.Name
		manner, words = Changed, "has another inline policy `"
	} else {
		identity.Policies = append(identity.Policies, document.Name)
	}
	s.changed(Inline, manner, identity.ARN, "the "+s.shown()+" "+words+s.get("PolicyName")+"`")
	return nil
}

// inlineSize is how much an identity's inline policies have, but for one.
func (s *step) inlineSize(identity *account.Identity, but int) int {
	total := 0
	for i, name := range identity.Policies {
		if i == but || !isInlineName(name, identity) {
			continue
		}
		if file, root := s.state.texts.Text(name); root != nil {
			total += policy.Size(file.Slice(root.Span))
		}
	}
	return total
}

func deleteInline(s *step) *Failure {
	n := s.operation.noun
	identity, failure := s.changeable(n)
	if failure != nil {
		return failure
	}
	at := s.inline(identity)
	if at < 0 {
		return noInline(n.kind, s.get("PolicyName"))
	}
	identity.Policies = slices.Delete(identity.Policies, at, at+1)
	s.changed(Inline, Removed, identity.ARN, "the "+s.shown()+" no longer has the inline policy `"+s.get("PolicyName")+"`")
	return nil
}
