package calls

import (
	"slices"

	"fenceline/engine/arn"
)

// maxVersions is how many versions of a managed policy are kept (S-028), and
// maxManaged how long each may be (S-030).
const (
	maxVersions = 5
	maxManaged  = 6144
)

var policyOperations = []operation{
	{action: "iam:CreatePolicy", takes: "PolicyName! PolicyDocument!:identityPolicy Path Description Tags:tags", on: newPolicy,
		keys: []*derivation{&ofTags}, tagging: "iam:TagPolicy", apply: createPolicy},
	{action: "iam:CreatePolicyVersion", takes: "PolicyArn! PolicyDocument!:identityPolicy SetAsDefault:flag", on: policyNamed, apply: createVersion},
	{action: "iam:SetDefaultPolicyVersion", takes: ofVersion, on: policyNamed, apply: setDefaultVersion},
	{action: "iam:DeletePolicyVersion", takes: ofVersion, on: policyNamed, apply: deleteVersion},
	{action: "iam:DeletePolicy", takes: "PolicyArn!", on: policyNamed, apply: deletePolicy},
	{action: "iam:GetPolicy", takes: "PolicyArn!", on: policyNamed, there: policyThere},
	{action: "iam:GetPolicyVersion", takes: ofVersion, on: policyNamed, there: versionThere},
	{action: "iam:ListPolicyVersions", takes: "PolicyArn! Marker MaxItems:number", on: policyNamed, there: policyThere},
	{action: "iam:ListEntitiesForPolicy", takes: "PolicyArn! EntityFilter PathPrefix PolicyUsageFilter Marker MaxItems:number", on: policyNamed, there: policyThere},
	{action: "iam:ListPolicies", takes: "Scope OnlyAttached:flag PathPrefix PolicyUsageFilter Marker MaxItems:number", lists: "policy", on: below},
}

const ofVersion = "PolicyArn! VersionId!"

func newPolicy(s *step) string { return s.iamARN("policy" + s.path() + s.get("PolicyName")) }

// policyNamed is the policy whose ARN the call gives, whoever owns it.
func policyNamed(s *step) string {
	if _, ok := arn.Parse(s.get("PolicyArn")); !ok {
		return "*"
	}
	return s.get("PolicyArn")
}

func policyThere(s *step) *Failure {
	_, failure := s.policyOfCall()
	return failure
}

// policyOfCall finds the policy whose ARN the call gives.
func (s *step) policyOfCall() (*managed, *Failure) {
	text := s.get("PolicyArn")
	a, ok := arn.Parse(text)
	switch {
	case !ok:
		return nil, invalidInput("ARN " + text + " is not valid.")
	case a.Account != s.caller.account && a.Account != "aws": // policies are no one else's to use (S-026)
		return nil, noPolicy(text)
	}
	if p := s.state.policy(text); p != nil {
		return p, nil
	}
	return nil, noPolicy(text)
}

func versionThere(s *step) *Failure {
	p, failure := s.policyOfCall()
	if failure == nil && p.ofVersion(s.get("VersionId")) < 0 {
		return noVersion(p.arn, s.get("VersionId"))
	}
	return failure
}

func createPolicy(s *step) *Failure {
	document, text := s.documents["PolicyDocument"], newPolicy(s)
	if failure := s.checkName("PolicyName", 128); failure != nil {
		return failure
	}
	tags, failure := s.retagged(nil, tagsOf(s.parameters.Get("Tags")), false)
	switch {
	case failure != nil:
		return failure
	case s.policyNameTaken():
		return policyExistsAlready(s.get("PolicyName"))
	}
	if failure := checkManaged(document); failure != nil {
		return failure
	}
	s.state.policies[text] = &managed{arn: text, versions: []version{{1, document.Name}}, standing: 1, next: 2}
	s.state.arns[document.Name] = text
	s.state.claim(text)
	if len(tags) > 0 {
		s.state.change().TagResource(text, tags)
	}
	s.changed(Policy, Added, text, "the policy `"+s.get("PolicyName")+"` is made")
	return nil
}

// policyNameTaken says whether the account has a policy of that name, whatever
// its path; names are unique ignoring case.
func (s *step) policyNameTaken() bool {
	if s.state.policy(newPolicy(s)) != nil || s.state.policy(s.iamARN("policy/"+s.get("PolicyName"))) != nil {
		return true
	}
	return s.state.holder(newPolicy(s)) != ""
}

func checkManaged(document *Document) *Failure {
	if failure := document.malformed(); failure != nil {
		return failure
	}
	if document.size() > maxManaged {
		return beyond("PolicySize", maxManaged)
	}
	return nil
}

func createVersion(s *step) *Failure {
	document := s.documents["PolicyDocument"]
	p, failure := s.policyOfCall()
	if failure != nil {
		return failure
	}
	if failure := checkManaged(document); failure != nil {
		return failure
	}
	if len(p.versions) >= maxVersions {
		return &Failure{"LimitExceeded", "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version."}
	}
	made := version{p.next, document.Name}
	p.next++
	p.versions = append(p.versions, made)
	s.state.arns[document.Name] = p.arn
	s.changed(Version, Added, p.arn, "version "+made.name()+" of the policy `"+lastSegment(p.arn)+"` is made")
	if textOf(s.parameters.Get("SetAsDefault")) == "true" {
		s.setDefault(p, made.id)
	}
	return nil
}

func (s *step) setDefault(p *managed, id int) {
	if p.standing == id {
		return
	}
	s.state.setDefault(p, id)
	made := version{id: id}
	s.changed(Policy, Changed, p.arn, "the policy `"+lastSegment(p.arn)+"` is what its version "+made.name()+" says, wherever it is attached or a boundary")
}

func setDefaultVersion(s *step) *Failure {
	if failure := versionThere(s); failure != nil {
		return failure
	}
	p, _ := s.policyOfCall()
	s.setDefault(p, p.versions[p.ofVersion(s.get("VersionId"))].id)
	return nil
}

func deleteVersion(s *step) *Failure {
	if failure := versionThere(s); failure != nil {
		return failure
	}
	p, _ := s.policyOfCall()
	at := p.ofVersion(s.get("VersionId"))
	if p.versions[at].id == p.standing {
		return conflict("Cannot delete the default version of a policy.")
	}
	p.versions = slices.Delete(p.versions, at, at+1)
	s.changed(Version, Removed, p.arn, "version "+s.get("VersionId")+" of the policy `"+lastSegment(p.arn)+"` is deleted")
	return nil
}

func deletePolicy(s *step) *Failure {
	p, failure := s.policyOfCall()
	switch {
	case failure != nil:
		return failure
	case s.state.attachments(p) > 0:
		return conflict("Cannot delete a policy attached to entities.")
	case len(p.versions) > 1:
		return conflict("This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.")
	}
	s.state.policies[p.arn] = nil
	s.state.release(p.arn)
	if s.state.Account.Resource(p.arn) != nil {
		s.state.change().TagResource(p.arn, nil)
	}
	s.changed(Policy, Removed, p.arn, "the policy `"+lastSegment(p.arn)+"` is deleted")
	return nil
}
