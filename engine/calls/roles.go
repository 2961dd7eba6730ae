package calls

import (
	"fenceline/engine/account"
	"fenceline/engine/iam"
)

// maxTrust is how long a trust policy may be unless the quota was raised (S-030).
const maxTrust = 2048

var roleOperations = []operation{
	{action: "iam:CreateRole", takes: "RoleName! AssumeRolePolicyDocument!:trustPolicy Path Description MaxSessionDuration:number PermissionsBoundary Tags:tags", noun: &role,
		on: created, keys: []*derivation{&boundaryRequested, &ofTags}, tagging: "iam:TagRole", apply: createRole},
	{action: "iam:DeleteRole", takes: "RoleName!", noun: &role, on: existing, keys: ofAttached, apply: deleteRole},
	{action: "iam:UpdateAssumeRolePolicy", takes: "RoleName! PolicyDocument!:trustPolicy", noun: &role, on: existing, keys: ofAttached, apply: updateTrust},
	{action: "iam:UpdateRole", takes: "RoleName! Description MaxSessionDuration:number", noun: &role, on: existing, keys: ofAttached, apply: describeRole},
	{action: "iam:UpdateRoleDescription", takes: "RoleName! Description!", noun: &role, on: existing, keys: ofAttached, apply: describeRole},
	{action: "iam:GetRole", takes: "RoleName!", noun: &role, on: existing, keys: ofAttached, there: there},
	{action: "iam:ListRoles", takes: listing, lists: "role", on: below},
}

// ofAttached is for operations on what may have a boundary (S-243), and for the
// policies of it.
var (
	ofAttached       = []*derivation{&boundaryAttached}
	ofAttachedPolicy = []*derivation{&ofPolicyARN, &boundaryAttached}
)

func createRole(s *step) *Failure {
	trust := s.documents["AssumeRolePolicyDocument"]
	return s.create(Role, func(identity *account.Identity) *Failure {
		if failure := checkTrust(trust); failure != nil {
			return failure
		}
		identity.Trust = trust.Name
		s.state.compile(trust.Name, iam.TrustPolicy)
		return nil
	})
}

func checkTrust(trust *Document) *Failure {
	if failure := trust.malformed(); failure != nil {
		return failure
	}
	if trust.size() > maxTrust {
		return beyond("ACLSizePerRole", maxTrust)
	}
	return nil
}

func deleteRole(s *step) *Failure {
	identity, failure := s.changeable(&role)
	switch {
	case failure != nil:
		return failure
	case len(identity.Policies) > 0:
		return s.mustDropPolicies(identity)
	}
	for _, profile := range s.state.profiles {
		if profile.Role == identity.ARN {
			return mustFirst("remove roles from instance profile")
		}
	}
	return s.remove(identity, Role)
}

func updateTrust(s *step) *Failure {
	identity, failure := s.changeable(&role)
	if failure != nil {
		return failure
	}
	trust := s.documents["PolicyDocument"]
	if failure := checkTrust(trust); failure != nil {
		return failure
	}
	if identity.Trust == trust.Name {
		return nil
	}
	identity.Trust = trust.Name
	s.state.compile(trust.Name, iam.TrustPolicy)
	s.changed(Trust, Changed, identity.ARN, "the trust policy of the role `"+s.get("RoleName")+"` is another")
	return nil
}

// describeRole changes what nothing is decided by.
func describeRole(s *step) *Failure {
	_, failure := s.changeable(&role)
	return failure
}
