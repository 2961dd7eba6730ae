package calls

import (
	"fenceline/engine/arn"
	"fenceline/engine/iam"
)

var profileOperations = []operation{
	{action: "iam:CreateInstanceProfile", takes: "InstanceProfileName! Path Tags:tags", on: newProfile,
		keys: []*derivation{&ofTags}, tagging: "iam:TagInstanceProfile", apply: createProfile},
	{action: "iam:DeleteInstanceProfile", takes: "InstanceProfileName!", on: profileNamed, apply: deleteProfile},
	{action: "iam:AddRoleToInstanceProfile", takes: "InstanceProfileName! RoleName!", on: profileNamed, needs: passToProfile, apply: addRole},
	{action: "iam:RemoveRoleFromInstanceProfile", takes: "InstanceProfileName! RoleName!", on: profileNamed, apply: removeRole},
	{action: "iam:GetInstanceProfile", takes: "InstanceProfileName!", on: profileNamed, there: profileThere},
	{action: "iam:ListInstanceProfiles", takes: listing, lists: "instance-profile", on: below},
	{action: "iam:ListInstanceProfilesForRole", takes: "RoleName! Marker MaxItems:number", noun: &role, on: existing, there: there},
}

func newProfile(s *step) string {
	return s.iamARN("instance-profile" + s.path() + s.get("InstanceProfileName"))
}

// profileOf finds an instance profile of the caller's account by its name.
func (s *step) profileOf(name string) *Profile {
	text := s.state.holder(s.iamARN("instance-profile/" + name))
	if lastSegment(text) != name {
		return nil
	}
	return s.state.profiles[text]
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
	if s.state.holder(text) != "" {
		return profileExistsAlready(name)
	}
	s.state.profiles[text] = &Profile{ARN: text}
	s.state.claim(text)
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
	s.state.release(p.ARN)
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
	return []Check{passRole(s.arnOf(&role), "ec2.amazonaws.com", instances)}
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
	identity, failure := s.changeable(&role)
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
	if identity := s.named(&role); identity == nil || p.Role != identity.ARN {
		return noIdentity("role", s.get("RoleName"))
	}
	p.Role = ""
	s.changed(InstanceProfile, Changed, p.ARN, "the instance profile `"+s.get("InstanceProfileName")+"` no longer holds the role `"+s.get("RoleName")+"`")
	return nil
}

// credentialOperations make credentials, which are not kept track of.
var credentialOperations = []operation{
	{action: "iam:CreateAccessKey", takes: "UserName", noun: &user, on: self, apply: credential, words: "the user has another access key, and whoever has it acts as the user"},
	{action: "iam:UpdateAccessKey", takes: "UserName AccessKeyId! Status!", noun: &user, on: self, apply: credential, words: "the access key is switched on or off"},
	{action: "iam:DeleteAccessKey", takes: "UserName AccessKeyId!", noun: &user, on: self, apply: credential, words: "the access key is deleted"},
	{action: "iam:CreateLoginProfile", takes: "UserName! Password PasswordResetRequired:flag", noun: &user, on: self, apply: credential, words: "the user has a password, and whoever has it acts as the user"},
	{action: "iam:UpdateLoginProfile", takes: "UserName! Password PasswordResetRequired:flag", noun: &user, on: self, apply: credential, words: "the user has another password, and whoever has it acts as the user"},
	{action: "iam:DeleteLoginProfile", takes: "UserName!", noun: &user, on: self, apply: credential, words: "the user has no password any more"},
	{action: "iam:DeactivateMFADevice", takes: "UserName! SerialNumber!", noun: &user, on: self, apply: credential, words: "the user's MFA device is no longer asked for"},
	{action: "iam:ListAccessKeys", takes: "UserName Marker MaxItems:number", noun: &user, on: self, there: selfThere},
	{action: "iam:GetLoginProfile", takes: "UserName!", noun: &user, on: existing, there: there},
	{action: "iam:GetAccountSummary", on: noResource},
	{action: "iam:GetAccountAuthorizationDetails", takes: "Filter:list Marker MaxItems:number", on: noResource},
}

func credential(s *step) *Failure {
	if failure := selfThere(s); failure != nil {
		return failure
	}
	s.note(s.operation.words + "; credentials are not kept track of here, so a request just names the user")
	return nil
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
}, nil}
