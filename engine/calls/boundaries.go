package calls

import (
	"fenceline/engine/arn"
	"fenceline/engine/iam"
)

func boundaryOperations() []operation {
	var all []operation
	for _, n := range []noun{user, role} {
		all = append(all,
			operation{action: "iam:Put" + n.title + "PermissionsBoundary", takes: takes(n.parameter + "! PermissionsBoundary!"), on: existing(n),
				keys: []derivation{boundaryRequested}, apply: func(s *step) *Failure { return s.putBoundary(n) }},
			operation{action: "iam:Delete" + n.title + "PermissionsBoundary", takes: takes(n.parameter + "!"), on: existing(n),
				keys: []derivation{boundaryAttached(n)}, apply: func(s *step) *Failure { return s.deleteBoundary(n) }},
		)
	}
	return all
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

func (s *step) putBoundary(n noun) *Failure {
	identity, failure := s.changeable(n)
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
	s.changed(Boundary, manner, identity.ARN, "the "+n.kind+" `"+s.get(n.parameter)+"`"+words+text+"`")
	return nil
}

// deleteBoundary takes a boundary off.
//
// UNDOCUMENTED: that nothing happens where there is none.
func (s *step) deleteBoundary(n noun) *Failure {
	identity, failure := s.changeable(n)
	if failure != nil || identity.Boundary == "" {
		return failure
	}
	identity.Boundary = ""
	s.changed(Boundary, Removed, identity.ARN, "the "+n.kind+" `"+s.get(n.parameter)+"` no longer has a boundary")
	return nil
}
