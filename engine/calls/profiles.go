package calls

import (
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/iam"
)

func profileOperations() []operation {
	withRole := takes("InstanceProfileName! RoleName!")
	return []operation{
		{action: "iam:CreateInstanceProfile", takes: takes("InstanceProfileName! Path Tags:tags"), on: newProfile,
			keys: []derivation{ofTags}, needs: tagOnCreate("iam:TagInstanceProfile", newProfile), apply: createProfile},
		{action: "iam:DeleteInstanceProfile", takes: takes("InstanceProfileName!"), on: profileNamed, apply: deleteProfile},
		{action: "iam:AddRoleToInstanceProfile", takes: withRole, on: profileNamed, needs: passToProfile, apply: addRole},
		{action: "iam:RemoveRoleFromInstanceProfile", takes: withRole, on: profileNamed, apply: removeRole},
		{action: "iam:GetInstanceProfile", takes: takes("InstanceProfileName!"), on: profileNamed, reads: profileThere},
		{action: "iam:ListInstanceProfiles", takes: takes("PathPrefix Marker MaxItems:number"), on: below("instance-profile")},
		{action: "iam:ListInstanceProfilesForRole", takes: takes("RoleName! Marker MaxItems:number"), on: existing(role), reads: there(role)},
	}
}

func newProfile(s *step) string {
	return s.iamARN("instance-profile" + s.path() + s.get("InstanceProfileName"))
}

// profileOf finds an instance profile of the caller's account by its name.
func (s *step) profileOf(name string) *Profile {
	for _, p := range s.state.profiles {
		a, _ := arn.Parse(p.ARN)
		if a.Account == s.caller.account && lastSegment(a.Resource) == name {
			return p
		}
	}
	return nil
}

func profileNamed(s *step) string {
	if p := s.profileOf(s.get("InstanceProfileName")); p != nil {
		return p.ARN
	}
	return s.iamARN("instance-profile/" + s.get("InstanceProfileName"))
}

func profileThere(s *step) *Failure {
	if s.profileOf(s.get("InstanceProfileName")) == nil {
		return noProfile(s.get("InstanceProfileName"))
	}
	return nil
}

func createProfile(s *step) *Failure {
	name, text := s.get("InstanceProfileName"), newProfile(s)
	if failure := s.checkName("InstanceProfileName", 128); failure != nil {
		return failure
	}
	tags, failure := s.retagged(nil, tagsOf(s.parameters.Get("Tags")), false)
	if failure != nil {
		return failure
	}
	for _, p := range s.state.profiles {
		a, _ := arn.Parse(p.ARN)
		if a.Account == s.caller.account && strings.EqualFold(lastSegment(a.Resource), name) {
			return profileExistsAlready(name)
		}
	}
	s.state.profiles[text] = &Profile{ARN: text}
	if len(tags) > 0 {
		s.state.change().TagResource(text, tags)
	}
	s.changed(InstanceProfile, Added, text, "the instance profile `"+name+"` is made, still without a role")
	return nil
}

func deleteProfile(s *step) *Failure {
	p := s.profileOf(s.get("InstanceProfileName"))
	switch {
	case p == nil:
		return noProfile(s.get("InstanceProfileName"))
	case p.Role != "":
		return mustFirst("remove roles from instance profile")
	}
	delete(s.state.profiles, p.ARN)
	if s.state.Account.Resource(p.ARN) != nil {
		s.state.change().TagResource(p.ARN, nil)
	}
	s.changed(InstanceProfile, Removed, p.ARN, "the instance profile `"+s.get("InstanceProfileName")+"` is deleted")
	return nil
}

// passToProfile is the role that an instance profile is to hold, which is
// handed over to EC2 (S-215 to S-217).
func passToProfile(s *step) []Check {
	instances := "arn:" + s.caller.partition + ":ec2:*:" + s.caller.account + ":instance/*"
	return []Check{passRole(existing(role)(s), "ec2.amazonaws.com", instances)}
}

// passRole is the check for a role that is handed over to a service.
func passRole(role, service, resource string) Check {
	keys := append(key("iam:PassedToService", service), key("iam:AssociatedResourceArn", resource)...)
	return Check{"iam:PassRole", role, keys}
}

func addRole(s *step) *Failure {
	p := s.profileOf(s.get("InstanceProfileName"))
	if p == nil {
		return noProfile(s.get("InstanceProfileName"))
	}
	identity, failure := s.changeable(role)
	switch {
	case failure != nil:
		return failure
	case p.Role != "":
		return beyond("InstanceSessionsPerInstanceProfile", 1)
	}
	p.Role = identity.ARN
	s.changed(InstanceProfile, Changed, p.ARN, "the instance profile `"+s.get("InstanceProfileName")+"` holds the role `"+s.get("RoleName")+"`")
	if !s.state.trusts(identity.ARN, "ec2.amazonaws.com") {
		s.note("the role's trust policy does not let `ec2.amazonaws.com` assume it, so instances get no credentials (S-219)")
	}
	return nil
}

func removeRole(s *step) *Failure {
	p := s.profileOf(s.get("InstanceProfileName"))
	if p == nil {
		return noProfile(s.get("InstanceProfileName"))
	}
	if identity := s.named(role); identity == nil || p.Role != identity.ARN {
		return noIdentity("role", s.get("RoleName"))
	}
	p.Role = ""
	s.changed(InstanceProfile, Changed, p.ARN, "the instance profile `"+s.get("InstanceProfileName")+"` no longer holds the role `"+s.get("RoleName")+"`")
	return nil
}

// credentialOperations make credentials, which are not kept track of.
func credentialOperations() []operation {
	ofUser := func(action, spec, words string) operation {
		return operation{action: action, takes: takes(spec), on: self, apply: func(s *step) *Failure {
			if s.has("UserName") {
				if failure := there(user)(s); failure != nil {
					return failure
				}
			} else if failure := s.isUser(); failure != nil {
				return failure
			}
			s.note(words + "; credentials are not kept track of here, so a request just names the user")
			return nil
		}}
	}
	holder := "whoever has it acts as the user"
	return []operation{
		ofUser("iam:CreateAccessKey", "UserName", "the user has another access key, and "+holder),
		ofUser("iam:UpdateAccessKey", "UserName AccessKeyId! Status!", "the access key is switched on or off"),
		ofUser("iam:DeleteAccessKey", "UserName AccessKeyId!", "the access key is deleted"),
		ofUser("iam:CreateLoginProfile", "UserName! Password PasswordResetRequired:flag", "the user has a password, and "+holder),
		ofUser("iam:UpdateLoginProfile", "UserName! Password PasswordResetRequired:flag", "the user has another password, and "+holder),
		ofUser("iam:DeleteLoginProfile", "UserName!", "the user has no password any more"),
		ofUser("iam:DeactivateMFADevice", "UserName! SerialNumber!", "the user's MFA device is no longer asked for"),
		{action: "iam:ListAccessKeys", takes: takes("UserName Marker MaxItems:number"), on: self},
		{action: "iam:GetLoginProfile", takes: takes("UserName!"), on: existing(user), reads: there(user)},
		{action: "iam:GetAccountSummary", on: noResource},
		{action: "iam:GetAccountAuthorizationDetails", takes: takes("Filter:list Marker MaxItems:number"), on: noResource},
	}
}

// profileRole is the role that an instance profile of a call holds, named by
// its name or ARN; empty where there is none.
func (s *step) profileRole(parameter string) (profile, role string) {
	n := s.parameters.Get(parameter)
	if n == nil {
		return "", ""
	}
	var p *Profile
	if text := textOf(n.Get("Arn")); text != "" {
		p = s.state.profiles[text]
	} else {
		p = s.profileOf(textOf(n.Get("Name")))
	}
	if p == nil {
		return "", ""
	}
	if a, _ := arn.Parse(p.ARN); a.Account != s.caller.account { // roles are passed within one account (S-215)
		return "", ""
	}
	return p.ARN, p.Role
}

var profileKey = derivation{[]string{"ec2:instanceprofile"}, func(s *step) []iam.Key {
	text, _ := s.profileRole("IamInstanceProfile")
	return key("ec2:InstanceProfile", text)
}}
