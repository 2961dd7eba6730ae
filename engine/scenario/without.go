package scenario

import (
	"slices"

	"fenceline/engine/account"
	"fenceline/engine/managed"
)

// detach takes the named policies off whatever has them: lists get shorter, and
// what had one policy of a kind has none. RCPFullAWSAccess can't be detached
// (S-193).
func (s *Scenario) detach(names []string) {
	if len(names) == 0 {
		return
	}
	one, list := detaching(names)
	s.detachFrom(s.account, names)
	for _, resource := range s.account.Resources {
		one(&resource.Policy)
	}
	for _, endpoint := range s.account.Endpoints {
		one(&endpoint.Policy)
	}
	for i := range s.requests {
		if session := s.requests[i].Session; session != nil {
			list(&session.Policies)
		}
	}
	eachNode(s.account.Organization, func(node *account.Node) {
		list(&node.SCPs)
		list(&node.RCPs)
	})
}

// detachFrom takes the named policies off an account's identities.
func (s *Scenario) detachFrom(a *account.Account, names []string) {
	if len(names) == 0 {
		return
	}
	one, list := detaching(names)
	for _, identity := range a.Identities {
		list(&identity.Policies)
		one(&identity.Boundary)
		one(&identity.Trust)
	}
}

// detaching are functions that take names out of what has one, or a list.
func detaching(names []string) (one func(name *string), list func(names *[]string)) {
	left := func(name string) bool { return slices.Contains(names, name) }
	one = func(name *string) {
		if left(*name) {
			*name = ""
		}
	}
	list = func(names *[]string) {
		*names = slices.DeleteFunc(*names, func(name string) bool { return left(name) && name != managed.RCPFullAWSAccess })
	}
	return one, list
}

// eachNode visits the nodes above every account of an organization, shared ones
// more than once.
func eachNode(o *account.Organization, visit func(*account.Node)) {
	if o == nil {
		return
	}
	for _, path := range o.Paths {
		for _, node := range path {
			visit(node)
		}
	}
}
