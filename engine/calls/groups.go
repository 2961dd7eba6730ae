package calls

import (
	"slices"

	"fenceline/engine/account"
)

func groupOperations() []operation {
	membership := takes("GroupName! UserName!")
	return []operation{
		{action: "iam:CreateGroup", takes: takes("GroupName! Path"), on: created(group), apply: func(s *step) *Failure { return s.create(group, Group, nil) }},
		{action: "iam:DeleteGroup", takes: takes("GroupName!"), on: existing(group), apply: deleteGroup},
		{action: "iam:AddUserToGroup", takes: membership, on: existing(group), apply: addUserToGroup},
		{action: "iam:RemoveUserFromGroup", takes: membership, on: existing(group), apply: removeUserFromGroup},
		{action: "iam:GetGroup", takes: takes("GroupName! Marker MaxItems:number"), on: existing(group), reads: there(group)},
		{action: "iam:ListGroups", takes: takes("PathPrefix Marker MaxItems:number"), on: below("group")},
	}
}

func deleteGroup(s *step) *Failure {
	identity, failure := s.changeable(group)
	switch {
	case failure != nil:
		return failure
	case slices.ContainsFunc(s.state.Account.Identities, func(i *account.Identity) bool { return slices.Contains(i.Groups, identity.ARN) }):
		return mustFirst("remove users from group")
	case len(identity.Policies) > 0:
		return s.mustDropPolicies(identity)
	}
	return s.remove(identity, group, Group)
}

// members finds the group and the user that a call names.
func (s *step) members() (in, who *account.Identity, failure *Failure) {
	if in, failure = s.changeable(group); failure != nil {
		return nil, nil, failure
	}
	who, failure = s.changeable(user)
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
