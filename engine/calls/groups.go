package calls

import (
	"slices"

	"fenceline/engine/account"
)

var groupOperations = []operation{
	{action: "iam:CreateGroup", takes: "GroupName! Path", noun: &group, on: created, apply: createGroup},
	{action: "iam:DeleteGroup", takes: "GroupName!", noun: &group, on: existing, apply: deleteGroup},
	{action: "iam:AddUserToGroup", takes: "GroupName! UserName!", noun: &group, on: existing, apply: addUserToGroup},
	{action: "iam:RemoveUserFromGroup", takes: "GroupName! UserName!", noun: &group, on: existing, apply: removeUserFromGroup},
	{action: "iam:GetGroup", takes: "GroupName! Marker MaxItems:number", noun: &group, on: existing, there: there},
	{action: "iam:ListGroups", takes: listing, lists: "group", on: below},
}

func createGroup(s *step) *Failure { return s.create(Group, nil) }

func deleteGroup(s *step) *Failure {
	identity, failure := s.changeable(&group)
	switch {
	case failure != nil:
		return failure
	case slices.ContainsFunc(s.state.Account.Identities, func(i *account.Identity) bool { return slices.Contains(i.Groups, identity.ARN) }):
		return mustFirst("remove users from group")
	case len(identity.Policies) > 0:
		return s.mustDropPolicies(identity)
	}
	return s.remove(identity, Group)
}

// members finds the group and the user that a call names.
func (s *step) members() (in, who *account.Identity, failure *Failure) {
	if in, failure = s.changeable(&group); failure != nil {
		return nil, nil, failure
	}
	who, failure = s.changeable(&user)
	return in, who, failure
}

func addUserToGroup(s *step) *Failure {
	in, who, failure := s.members()
	switch {
	case failure != nil:
		return failure
	case slices.Contains(who.Groups, in.ARN):
		return nil
	case len(who.Groups) >= maxGroups:
		return beyond("GroupsPerUser", maxGroups)
	}
	who.Groups = append(who.Groups, in.ARN)
	s.changed(Membership, Added, who.ARN, "the user `"+s.get("UserName")+"` is in the group `"+s.get("GroupName")+"`")
	return nil
}

func removeUserFromGroup(s *step) *Failure {
	in, who, failure := s.members()
	if failure != nil {
		return failure
	}
	at := slices.Index(who.Groups, in.ARN)
	if at < 0 {
		return noIdentity("user", s.get("UserName"))
	}
	who.Groups = slices.Delete(who.Groups, at, at+1)
	s.changed(Membership, Removed, who.ARN, "the user `"+s.get("UserName")+"` is no longer in the group `"+s.get("GroupName")+"`")
	return nil
}
