package calls

import (
	"fenceline/engine/account"
	"fenceline/engine/iam"
)

// maxTrust is how long a trust policy may be unless the quota was raised (S-030).
const maxTrust = 2048

func roleOperations() []operation {
	attached := []derivation{boundaryAttached(role)}
	return []operation{
		{action: "iam:CreateRole", takes: takes("RoleName! AssumeRolePolicyDocument!:trustPolicy Path Description MaxSessionDuration:number PermissionsBoundary Tags:tags"),
			on: created(role), keys: []derivation{boundaryRequested, ofTags}, needs: tagOnCreate("iam:TagRole", created(role)), apply: createRole},
		{action: "iam:DeleteRole", takes: takes("RoleName!"), on: existing(role), keys: attached, apply: deleteRole},
		{action: "iam:UpdateAssumeRolePolicy", takes: takes("RoleName! PolicyDocument!:trustPolicy"), on: existing(role), keys: attached, apply: updateTrust},
		{action: "iam:UpdateRole", takes: takes("RoleName! Description MaxSessionDuration:number"), on: existing(role), keys: attached, apply: describeRole},
		{action: "iam:UpdateRoleDescription", takes: takes("RoleName! Description!"), on: existing(role), keys: attached, apply: describeRole},
		{action: "iam:GetRole", takes: takes("RoleName!"), on: existing(role), keys: attached, reads: there(role)},
		{action: "iam:ListRoles", takes: takes("PathPrefix Marker MaxItems:number"), on: below("role")},
	}
}

func createRole(s *step) *Failure {
	trust := s.documents["AssumeRolePolicyDocument"]
	return s.create(role, Role, func(identity *account.Identity) *Failure {
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
	identity, failure := s.changeable(role)
	switch {
	case failure != nil:
		return failure
	case len(identity.Policies) > 0:
		return s.mustDropPolicies(identity)
	}
	for _, profile := range s.state.profiles {
		if profile != nil && profile.Role == identity.ARN {
			return mustFirst("remove roles from instance profile")
		}
	}
	return s.remove(identity, role, Role)
}

func updateTrust(s *step) *Failure {
	identity, failure := s.changeable(role)
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
	_, failure := s.changeable(role)
	return failure
}
