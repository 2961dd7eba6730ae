package calls

import (
	"fenceline/engine/arn"
	"fenceline/engine/iam"
)

var boundaryOperations = []operation{
	{action: "iam:PutUserPermissionsBoundary", takes: "UserName! PermissionsBoundary!", noun: &user, on: existing, keys: []*derivation{&boundaryRequested}, apply: putBoundary},
	{action: "iam:DeleteUserPermissionsBoundary", takes: "UserName!", noun: &user, on: existing, keys: ofAttached, apply: deleteBoundary},
	{action: "iam:PutRolePermissionsBoundary", takes: "RoleName! PermissionsBoundary!", noun: &role, on: existing, keys: []*derivation{&boundaryRequested}, apply: putBoundary},
	{action: "iam:DeleteRolePermissionsBoundary", takes: "RoleName!", noun: &role, on: existing, keys: ofAttached, apply: deleteBoundary},
}

// boundary finds the document of a policy that is to be a boundary: any managed
// policy of the account or of AWS (S-026).
func (s *step) boundary(text string) (string, *Failure) {
	a, ok := arn.Parse(text)
	if !ok {
		return "", invalidInput("ARN " + text + " is not valid.")
	}
	p := s.state.policy(text)
	if p == nil || a.Account != s.caller.account && a.Account != "aws" {
		return "", noBoundary(text)
	}
	s.state.compile(p.document(), iam.PermissionsBoundary)
	return p.document(), nil
}

func putBoundary(s *step) *Failure {
	identity, failure := s.changeable(s.operation.noun)
	if failure != nil {
		return failure
	}
	text := s.get("PermissionsBoundary")
	name, failure := s.boundary(text)
	switch {
	case failure != nil:
		return failure
	case identity.Boundary == name:
		return nil
	}
	manner, words := Added, " has the boundary `"
	if identity.Boundary != "" {
		manner, words = Changed, " has another boundary, `"
	}
	identity.Boundary = name
	s.changed(Boundary, manner, identity.ARN, "the "+s.shown()+words+text+"`")
	return nil
}

// deleteBoundary takes a boundary off.
//
// UNDOCUMENTED: that nothing happens where there is none (U-39).
func deleteBoundary(s *step) *Failure {
	identity, failure := s.changeable(s.operation.noun)
	if failure != nil || identity.Boundary == "" {
		return failure
	}
	identity.Boundary = ""
	s.changed(Boundary, Removed, identity.ARN, "the "+s.shown()+" no longer has a boundary")
	return nil
}
