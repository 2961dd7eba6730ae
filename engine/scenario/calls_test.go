package scenario_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

const (
	admin       = "arn:aws:iam::111122223333:user/Admin"
	allowAll    = `{"Version":"2012-10-17","Statement":[{"Sid":"All","Effect":"Allow","Action":"*","Resource":"*"}]}`
	trustEC2    = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	trustAll    = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]}]}`
	identities  = `[{"arn":"` + admin + `","policies":["All"]}]`
	administers = "arn:aws:iam::aws:policy/AdministratorAccess"
)

// asked is a request of a test; the administrator asks where no one is named.
type asked struct{ principal, action, parameters, more string }

// does is a call of the administrator.
func does(action, parameters string) asked { return asked{admin, action, parameters, ""} }

func (a asked) text() string {
	text := `{"principal":"` + a.principal + `","action":"` + a.action + `"`
	if a.parameters != "" {
		text += `,"parameters":` + a.parameters
	}
	return text + a.more + `}`
}

// story is a scenario in which an administrator, who may do everything, and
// others make requests.
func story(identities string, requests ...asked) *scenario.Scenario {
	var texts []string
	for _, r := range requests {
		texts = append(texts, r.text())
	}
	text := `{"version":1,"policies":{"All":` + allowAll + `},"identities":` + identities + `,"requests":[` + strings.Join(texts, ",\n") + `]}`
	return scenario.Decode(source.NewFile("s", text), nil)
}

// run runs a story, which must have no errors.
func run(t *testing.T, s *scenario.Scenario) []scenario.RequestResult {
	t.Helper()
	for _, p := range s.Problems {
		if p.Severity == source.Error {
			t.Fatalf("%s: %s", p.Code, p.Message)
		}
	}
	return s.Run(iam.Options{}, nil).Results
}

// last runs requests and answers the result of the last one; those before must
// be allowed and carried out.
func last(t *testing.T, requests ...asked) scenario.RequestResult {
	t.Helper()
	results := run(t, story(identities, requests...))
	for i, r := range results[:len(results)-1] {
		if r.Decision != iam.Allowed || r.Call != nil && r.Call.Error != nil {
			t.Fatalf("request %d, %s, is %s %s %+v", i, r.Action, r.Decision, r.Error, r.Call)
		}
	}
	return results[len(results)-1]
}

// derived are the keys of a result's context that are no caller's and no
// resource's, with their values.
func derived(r *scenario.RequestResult) string {
	var list []string
	for _, key := range r.Context {
		prefix := strings.ToLower(key.Key)
		if strings.HasPrefix(prefix, "aws:principal") || strings.HasPrefix(prefix, "aws:resourceaccount") ||
			slices.Contains([]string{"aws:securetransport", "aws:viaawsservice", "aws:requestedregion", "aws:username"}, prefix) {
			continue
		}
		list = append(list, key.Key+"="+strings.Join(key.Values, "+"))
	}
	return strings.Join(list, " ")
}

// From the parameters of each call follow a resource and condition keys.
func TestWhatFollowsFromACallsParameters(t *testing.T) {
	const iamARN, boundary = "arn:aws:iam::111122223333:", `"arn:aws:iam::111122223333:policy/All"`
	role := func(more string) asked {
		return does("iam:CreateRole", `{"RoleName":"R","Path":"/app/","AssumeRolePolicyDocument":`+trustAll+more+`}`)
	}
	user := does("iam:CreateUser", `{"UserName":"U","PermissionsBoundary":`+boundary+`,"Tags":[{"Key":"team","Value":"x"}]}`)
	bounded := role(`,"PermissionsBoundary":` + boundary + `,"Tags":[{"Key":"team","Value":"x"}]`)
	const has = "iam:PermissionsBoundary=" + iamARN + "policy/All"
	const tagged = "aws:ResourceTag/team=x "
	const twin = " iam:ResourceTag/team=x"
	profile := does("iam:CreateInstanceProfile", `{"InstanceProfileName":"I"}`)
	region := `,"context":{"aws:RequestedRegion":"eu-central-1"}`
	for _, test := range []struct {
		before         []asked
		call           asked
		resource, keys string
	}{
		{nil, does("iam:CreateUser", `{"UserName":"u","Path":"/a/b/"}`), iamARN + "user/a/b/u", ""},
		{nil, user, iamARN + "user/U", "aws:RequestTag/team=x aws:TagKeys=team " + has},
		{[]asked{user}, does("iam:DeleteUser", `{"UserName":"U"}`), iamARN + "user/U", "aws:ResourceTag/team=x iam:ResourceTag/team=x"},
		{[]asked{user}, does("iam:AttachUserPolicy", `{"UserName":"U","PolicyArn":`+boundary+`}`), iamARN + "user/U", tagged + has + " iam:PolicyARN=" + iamARN + "policy/All" + twin},
		{nil, does("iam:GetUser", `{}`), admin, ""},
		{nil, role(""), iamARN + "role/app/R", ""},
		{nil, bounded, iamARN + "role/app/R", "aws:RequestTag/team=x aws:TagKeys=team " + has},
		{[]asked{role("")}, does("iam:DeleteRole", `{"RoleName":"R"}`), iamARN + "role/app/R", ""},
		{[]asked{bounded}, does("iam:DeleteRole", `{"RoleName":"R"}`), iamARN + "role/app/R", tagged + has + twin},
		{[]asked{bounded}, does("iam:GetRole", `{"RoleName":"R"}`), iamARN + "role/app/R", tagged + has + twin},
		{[]asked{bounded}, does("iam:UpdateAssumeRolePolicy", `{"RoleName":"R","PolicyDocument":`+trustEC2+`}`), iamARN + "role/app/R", tagged + has + twin},
		{[]asked{bounded}, does("iam:PutRolePolicy", `{"RoleName":"R","PolicyName":"P","PolicyDocument":`+allowAll+`}`), iamARN + "role/app/R", tagged + has + twin},
		{[]asked{bounded}, does("iam:DetachRolePolicy", `{"RoleName":"R","PolicyArn":"`+administers+`"}`), iamARN + "role/app/R", tagged + has + " iam:PolicyARN=" + administers + twin},
		{[]asked{bounded}, does("iam:PutRolePermissionsBoundary", `{"RoleName":"R","PermissionsBoundary":"`+administers+`"}`), iamARN + "role/app/R", tagged + "iam:PermissionsBoundary=" + administers + twin},
		{[]asked{bounded}, does("iam:DeleteRolePermissionsBoundary", `{"RoleName":"R"}`), iamARN + "role/app/R", tagged + has + twin},
		{[]asked{bounded}, does("iam:TagRole", `{"RoleName":"R","Tags":[{"Key":"a","Value":"1"},{"Key":"b","Value":""}]}`), iamARN + "role/app/R", "aws:RequestTag/a=1 aws:RequestTag/b= " + tagged + "aws:TagKeys=a+b" + twin},
		{[]asked{bounded}, does("iam:UntagRole", `{"RoleName":"R","TagKeys":["team"]}`), iamARN + "role/app/R", tagged + "aws:TagKeys=team" + twin},
		{nil, does("iam:AttachRolePolicy", `{"RoleName":"none","PolicyArn":`+boundary+`}`), iamARN + "role/none", "iam:PolicyARN=" + iamARN + "policy/All"},
		{nil, does("iam:CreatePolicy", `{"PolicyName":"P","Path":"/x/","PolicyDocument":`+allowAll+`,"Tags":[{"Key":"team","Value":"x"}]}`), iamARN + "policy/x/P", "aws:RequestTag/team=x aws:TagKeys=team"},
		{[]asked{does("iam:TagPolicy", `{"PolicyArn":`+boundary+`,"Tags":[{"Key":"team","Value":"x"}]}`)}, does("iam:DeletePolicy", `{"PolicyArn":`+boundary+`}`), iamARN + "policy/All", "aws:ResourceTag/team=x"},
		{nil, does("iam:SetDefaultPolicyVersion", `{"PolicyArn":"`+administers+`","VersionId":"v1"}`), administers, ""},
		{nil, does("iam:CreateGroup", `{"GroupName":"G"}`), iamARN + "group/G", ""},
		{nil, does("iam:AddUserToGroup", `{"GroupName":"G","UserName":"Admin"}`), iamARN + "group/G", ""},
		{nil, does("iam:AttachGroupPolicy", `{"GroupName":"G","PolicyArn":`+boundary+`}`), iamARN + "group/G", "iam:PolicyARN=" + iamARN + "policy/All"},
		{nil, does("iam:ListRoles", `{"PathPrefix":"/app/"}`), iamARN + "role/app/", ""},
		{nil, does("iam:ListUsers", `{}`), iamARN + "user/", ""},
		{[]asked{profile}, does("iam:DeleteInstanceProfile", `{"InstanceProfileName":"I"}`), iamARN + "instance-profile/I", ""},
		{[]asked{profile}, asked{admin, "ec2:AssociateIamInstanceProfile", `{"InstanceId":"i-1","IamInstanceProfile":{"Name":"I"}}`, region}, "arn:aws:ec2:eu-central-1:111122223333:instance/i-1", "ec2:InstanceProfile=" + iamARN + "instance-profile/I"},
		{nil, asked{admin, "lambda:CreateFunction", `{"FunctionName":"f","Role":"` + iamARN + `role/R"}`, region}, "arn:aws:lambda:eu-central-1:111122223333:function:f", ""},
		{nil, asked{admin, "ec2:RunInstances", `{"ImageId":"ami-1","InstanceType":"t3.micro"}`, region}, "arn:aws:ec2:eu-central-1:111122223333:instance/*", "ec2:InstanceType=t3.micro ec2:Region=eu-central-1"},
		{[]asked{role("")}, does("sts:AssumeRole", `{"RoleArn":"`+iamARN+`role/app/R","RoleSessionName":"me","ExternalId":"7","DurationSeconds":900}`), iamARN + "role/app/R", "sts:DurationSeconds=900 sts:ExternalId=7 sts:RoleSessionName=me"},
		{[]asked{role("")}, does("sts:AssumeRole", `{"RoleArn":"`+iamARN+`role/app/R","RoleSessionName":"me","SerialNumber":"`+iamARN+`mfa/A","TokenCode":"123456","SourceIdentity":"ann","Tags":[{"Key":"t","Value":"1"}],"TransitiveTagKeys":["t"]}`), iamARN + "role/app/R",
			"aws:MultiFactorAuthPresent=true aws:RequestTag/t=1 aws:TagKeys=t sts:RoleSessionName=me sts:SourceIdentity=ann sts:TransitiveTagKeys=t"},
		{nil, does("sts:GetFederationToken", `{"Name":"fed"}`), "arn:aws:sts::111122223333:federated-user/fed", ""},
		{nil, does("sts:GetSessionToken", `{}`), "*", ""},
		{nil, does("sts:GetCallerIdentity", `{}`), "*", ""},
		{nil, asked{admin, "iam:CreateRole", `{"RoleName":"R","AssumeRolePolicyDocument":` + trustAll + `}`, `,"context":{"iam:PermissionsBoundary":"given"}`}, iamARN + "role/R", "iam:PermissionsBoundary=given"},
	} {
		r := last(t, append(test.before, test.call)...)
		keys := derived(&r)
		if r.Resource != test.resource || keys != test.keys {
			t.Errorf("%s %s\n got %s %s\nwant %s %s", test.call.action, test.call.parameters, r.Resource, keys, test.resource, test.keys)
		}
	}
}

// An allowed call that AWS would not carry out says so in AWS's words, and
// changes nothing.
func TestCallsThatFail(t *testing.T) {
	const policyARN = `"arn:aws:iam::111122223333:policy/P"`
	user := does("iam:CreateUser", `{"UserName":"U"}`)
	role := does("iam:CreateRole", `{"RoleName":"R","AssumeRolePolicyDocument":`+trustEC2+`}`)
	policy := does("iam:CreatePolicy", `{"PolicyName":"P","PolicyDocument":`+allowAll+`}`)
	version := does("iam:CreatePolicyVersion", `{"PolicyArn":`+policyARN+`,"PolicyDocument":`+trustless("s3:*")+`}`)
	attach := does("iam:AttachRolePolicy", `{"RoleName":"R","PolicyArn":`+policyARN+`}`)
	group := does("iam:CreateGroup", `{"GroupName":"G"}`)
	member := does("iam:AddUserToGroup", `{"GroupName":"G","UserName":"U"}`)
	profile := does("iam:CreateInstanceProfile", `{"InstanceProfileName":"I"}`)
	held := does("iam:AddRoleToInstanceProfile", `{"InstanceProfileName":"I","RoleName":"R"}`)
	inline := does("iam:PutRolePolicy", `{"RoleName":"R","PolicyName":"P","PolicyDocument":`+allowAll+`}`)
	for _, test := range []struct {
		before []asked
		call   asked
		want   string
	}{
		{[]asked{user}, does("iam:CreateUser", `{"UserName":"u"}`), "EntityAlreadyExists: User with name u already exists."},
		{[]asked{role}, does("iam:CreateRole", `{"RoleName":"R","Path":"/x/","AssumeRolePolicyDocument":`+trustEC2+`}`), "EntityAlreadyExists: Role with name R already exists."},
		{[]asked{policy}, policy, "EntityAlreadyExists: A policy called P already exists. Duplicate names are not allowed."},
		{nil, does("iam:CreatePolicy", `{"PolicyName":"All","PolicyDocument":`+allowAll+`}`), "EntityAlreadyExists: A policy called All already exists. Duplicate names are not allowed."},
		{[]asked{group}, group, "EntityAlreadyExists: Group with name G already exists."},
		{[]asked{profile}, profile, "EntityAlreadyExists: Instance Profile I already exists."},
		{nil, does("iam:DeleteUser", `{"UserName":"none"}`), "NoSuchEntity: The user with name none cannot be found."},
		{nil, does("iam:GetRole", `{"RoleName":"none"}`), "NoSuchEntity: The role with name none cannot be found."},
		{nil, attach, "NoSuchEntity: The role with name R cannot be found."},
		{[]asked{role}, attach, "NoSuchEntity: Policy arn:aws:iam::111122223333:policy/P does not exist or is not attachable."},
		{[]asked{role, policy}, does("iam:DetachRolePolicy", `{"RoleName":"R","PolicyArn":`+policyARN+`}`), "NoSuchEntity: Policy arn:aws:iam::111122223333:policy/P was not found."},
		{[]asked{role}, does("iam:PutRolePermissionsBoundary", `{"RoleName":"R","PermissionsBoundary":`+policyARN+`}`), "NoSuchEntity: Scope ARN: arn:aws:iam::111122223333:policy/P does not exist or is not attachable."},
		{nil, does("iam:CreateUser", `{"UserName":"V","PermissionsBoundary":`+policyARN+`}`), "NoSuchEntity: Scope ARN: arn:aws:iam::111122223333:policy/P does not exist or is not attachable."},
		{[]asked{role}, does("iam:DeleteRolePolicy", `{"RoleName":"R","PolicyName":"P"}`), "NoSuchEntity: The role policy with name P cannot be found."},
		{[]asked{policy}, does("iam:SetDefaultPolicyVersion", `{"PolicyArn":`+policyARN+`,"VersionId":"v2"}`), "NoSuchEntity: Policy arn:aws:iam::111122223333:policy/P version v2 does not exist or is not attachable."},
		{[]asked{user}, member, "NoSuchEntity: The group with name G cannot be found."},
		{nil, does("iam:DeleteInstanceProfile", `{"InstanceProfileName":"I"}`), "NoSuchEntity: Instance Profile I cannot be found."},
		{[]asked{role, policy, attach}, does("iam:DeleteRole", `{"RoleName":"R"}`), "DeleteConflict: Cannot delete entity, must detach all policies first."},
		{[]asked{role, inline}, does("iam:DeleteRole", `{"RoleName":"R"}`), "DeleteConflict: Cannot delete entity, must delete policies first."},
		{[]asked{role, profile, held}, does("iam:DeleteRole", `{"RoleName":"R"}`), "DeleteConflict: Cannot delete entity, must remove roles from instance profile first."},
		{[]asked{role, profile, held}, does("iam:DeleteInstanceProfile", `{"InstanceProfileName":"I"}`), "DeleteConflict: Cannot delete entity, must remove roles from instance profile first."},
		{[]asked{role, policy, attach}, does("iam:DeletePolicy", `{"PolicyArn":`+policyARN+`}`), "DeleteConflict: Cannot delete a policy attached to entities."},
		{[]asked{policy, does("iam:CreateUser", `{"UserName":"V","PermissionsBoundary":`+policyARN+`}`)}, does("iam:DeletePolicy", `{"PolicyArn":`+policyARN+`}`), "DeleteConflict: Cannot delete a policy attached to entities."},
		{[]asked{policy, version}, does("iam:DeletePolicy", `{"PolicyArn":`+policyARN+`}`), "DeleteConflict: This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy."},
		{[]asked{policy, version}, does("iam:DeletePolicyVersion", `{"PolicyArn":`+policyARN+`,"VersionId":"v1"}`), "DeleteConflict: Cannot delete the default version of a policy."},
		{[]asked{user, group, member}, does("iam:DeleteGroup", `{"GroupName":"G"}`), "DeleteConflict: Cannot delete entity, must remove users from group first."},
		{[]asked{user, group, member}, does("iam:DeleteUser", `{"UserName":"U"}`), "DeleteConflict: Cannot delete entity, must remove users from group first."},
		{[]asked{policy, version, version, version, version}, version, "LimitExceeded: A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version."},
		{[]asked{role, profile, held}, held, "LimitExceeded: Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"},
		{[]asked{user}, does("iam:PutUserPolicy", `{"UserName":"U","PolicyName":"P","PolicyDocument":`+trustless(strings.Repeat("s3:x\",\"", 300)+"s3:y")+`}`), "LimitExceeded: Maximum policy size of 2048 bytes exceeded for user U"},
		{nil, does("iam:CreatePolicy", `{"PolicyName":"P","PolicyDocument":`+trustless(strings.Repeat("s3:xxx\",\"", 700)+"s3:y")+`}`), "LimitExceeded: Cannot exceed quota for PolicySize: 6144"},
		{nil, does("iam:CreatePolicy", `{"PolicyName":"P","PolicyDocument":{"Version":"2012-10-17","Statement":{"Effect":"Grant","Action":"*","Resource":"*"}}}`), "MalformedPolicyDocument: The policy document was malformed: `Effect` is `Allow` or `Deny`, exactly so"},
		{nil, does("iam:CreatePolicy", `{"PolicyName":"P","PolicyDocument":"{"}`), "MalformedPolicyDocument: The policy document was malformed: the `{` that opens here is never closed; write `}`"},
		{nil, does("iam:CreateRole", `{"RoleName":"R","AssumeRolePolicyDocument":`+allowAll+`}`), "MalformedPolicyDocument"},
		{nil, does("iam:CreateUser", `{"UserName":"a b"}`), "ValidationError: The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-"},
		{nil, does("iam:CreateUser", `{"UserName":"u","Path":"x"}`), "ValidationError: The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters."},
		{nil, does("iam:CreateUser", `{"UserName":"u","Tags":[{"Key":"a","Value":"1"},{"Key":"A","Value":"2"}]}`), "InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive."},
		{nil, does("iam:GetPolicy", `{"PolicyArn":"P"}`), "InvalidInput: ARN P is not valid."},
		{nil, asked{admin, "ec2:RunInstances", `{"ImageId":"ami-1","IamInstanceProfile":{"Name":"I"}}`, `,"context":{"aws:RequestedRegion":"eu-central-1"}`}, "InvalidParameterValue: Value (I) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name"},
		{[]asked{role}, asked{admin, "lambda:CreateFunction", `{"FunctionName":"f","Role":"arn:aws:iam::111122223333:role/R"}`, `,"context":{"aws:RequestedRegion":"eu-central-1"}`}, "InvalidParameterValueException: The role defined for the function cannot be assumed by Lambda."},
		{nil, does("sts:GetSessionToken", `{"SerialNumber":"arn:aws:iam::111122223333:mfa/A"}`), "AccessDenied: MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."},
		{nil, does("sts:GetFederationToken", `{"Name":"f"}`), "ValidationError"},
	} {
		s := story(identities, append(test.before, test.call)...)
		results := run(t, s)
		r := results[len(results)-1]
		if r.Decision != iam.Allowed || r.Call == nil || r.Call.Error == nil {
			t.Errorf("%s %s is %s %+v, want %s", test.call.action, test.call.parameters, r.Decision, r.Call, test.want)
			continue
		}
		if got := r.Call.Error.Code + ": " + r.Call.Error.Message; !strings.HasPrefix(got, test.want) || len(r.Call.Changes) > 0 {
			t.Errorf("%s\n got %s %v\nwant %s", test.call.action, got, r.Call.Changes, test.want)
		}
		before, _ := s.Continued(len(test.before), iam.Options{})
		after, _ := s.Continued(len(test.before)+1, iam.Options{})
		if a, b := accountOf(before.Scenario), accountOf(after.Scenario); a != b {
			t.Errorf("%s fails, and yet the account was\n%s\nand is\n%s", test.call.action, a, b)
		}
	}
}

// trustless is a policy that allows an action.
func trustless(action string) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["` + action + `"],"Resource":"*"}]}`
}

// accountOf is what a scenario's text says before its requests.
func accountOf(text string) string { return text[:strings.LastIndex(text, `"requests": [`)] }

// Every allowed call changes the account as it says.
func TestWhatCallsChange(t *testing.T) {
	const P, boundary = `"arn:aws:iam::111122223333:policy/P"`, `"arn:aws:iam::111122223333:policy/B"`
	const roleARN = "arn:aws:iam::111122223333:role/R"
	made := []asked{
		does("iam:CreatePolicy", `{"PolicyName":"P","PolicyDocument":`+trustless("s3:*")+`}`),
		does("iam:CreatePolicy", `{"PolicyName":"B","PolicyDocument":`+trustless("s3:GetObject")+`}`),
		does("iam:CreateRole", `{"RoleName":"R","AssumeRolePolicyDocument":`+trustAll+`}`),
	}
	attach := does("iam:AttachRolePolicy", `{"RoleName":"R","PolicyArn":`+P+`}`)
	bound := does("iam:PutRolePermissionsBoundary", `{"RoleName":"R","PermissionsBoundary":`+boundary+`}`)
	get := asked{roleARN, "s3:GetObject", "", `,"resource":"arn:aws:s3:::b/k"`}
	put := asked{roleARN, "s3:PutObject", "", `,"resource":"arn:aws:s3:::b/k"`}
	wider := does("iam:CreatePolicyVersion", `{"PolicyArn":`+boundary+`,"SetAsDefault":true,"PolicyDocument":`+trustless("s3:Put*")+`}`)
	for _, test := range []struct {
		name  string
		calls []asked
		want  string // of each request that is no call
	}{
		{"a role without policies may do nothing", []asked{get}, "implicitDeny"},
		{"a policy acts once it is attached, and no longer than that", []asked{attach, get, does("iam:DetachRolePolicy", `{"RoleName":"R","PolicyArn":`+P+`}`), get}, "allowed implicitDeny"},
		{"a boundary limits until it is taken off", []asked{attach, bound, get, put, does("iam:DeleteRolePermissionsBoundary", `{"RoleName":"R"}`), put}, "allowed implicitDeny allowed"},
		{"a new default version of a boundary counts at once, and the old one again", []asked{attach, bound, wider, get, put, does("iam:SetDefaultPolicyVersion", `{"PolicyArn":`+boundary+`,"VersionId":"v1"}`), get, put}, "implicitDeny allowed allowed implicitDeny"},
		{"a version that is no default counts for nothing", []asked{attach, bound, does("iam:CreatePolicyVersion", `{"PolicyArn":`+boundary+`,"PolicyDocument":`+trustless("s3:Put*")+`}`), put}, "implicitDeny"},
		{"a version may be deleted, and its number is not given again", []asked{wider, does("iam:DeletePolicyVersion", `{"PolicyArn":`+boundary+`,"VersionId":"v1"}`), does("iam:CreatePolicyVersion", `{"PolicyArn":`+boundary+`,"PolicyDocument":`+trustless("s3:Get*")+`}`), does("iam:GetPolicyVersion", `{"PolicyArn":`+boundary+`,"VersionId":"v3"}`)}, ""},
		{"an inline policy acts until it is deleted", []asked{does("iam:PutRolePolicy", `{"RoleName":"R","PolicyName":"I","PolicyDocument":`+trustless("s3:Get*")+`}`), get, does("iam:PutRolePolicy", `{"RoleName":"R","PolicyName":"I","PolicyDocument":`+trustless("s3:Put*")+`}`), get, put, does("iam:DeleteRolePolicy", `{"RoleName":"R","PolicyName":"I"}`), put}, "allowed implicitDeny allowed implicitDeny"},
		{"a group's policy acts for its members", []asked{does("iam:CreateGroup", `{"GroupName":"G"}`), does("iam:AttachGroupPolicy", `{"GroupName":"G","PolicyArn":`+P+`}`), does("iam:CreateUser", `{"UserName":"U"}`), of("U", get), does("iam:AddUserToGroup", `{"GroupName":"G","UserName":"U"}`), of("U", get), does("iam:RemoveUserFromGroup", `{"GroupName":"G","UserName":"U"}`), of("U", get)}, "implicitDeny allowed implicitDeny"},
		{"AWS's own policies can be attached", []asked{does("iam:AttachRolePolicy", `{"RoleName":"R","PolicyArn":"`+administers+`"}`), put}, "allowed"},
		{"a policy that the scenario has is there by its ARN", []asked{does("iam:AttachRolePolicy", `{"RoleName":"R","PolicyArn":"arn:aws:iam::111122223333:policy/All"}`), put}, "allowed"},
		{"a role that is deleted is gone", []asked{attach, does("iam:DetachRolePolicy", `{"RoleName":"R","PolicyArn":`+P+`}`), does("iam:DeleteRole", `{"RoleName":"R"}`), does("iam:CreateRole", `{"RoleName":"R","AssumeRolePolicyDocument":`+trustEC2+`}`), get}, "implicitDeny"},
		{"a document may be a text", []asked{does("iam:PutRolePolicy", `{"RoleName":"R","PolicyName":"I","PolicyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}}"}`), get}, "allowed"},
		{"tags that are set can be asked for", []asked{does("iam:PutRolePolicy", `{"RoleName":"R","PolicyName":"I","PolicyDocument":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"x"}}}}}`), get, does("iam:TagRole", `{"RoleName":"R","Tags":[{"Key":"Team","Value":"x"}]}`), get, does("iam:UntagRole", `{"RoleName":"R","TagKeys":["TEAM"]}`), get}, "implicitDeny allowed implicitDeny"},
	} {
		results := run(t, story(identities, append(slices.Clone(made), test.calls...)...))
		var got []string
		for i, r := range results {
			switch {
			case r.Call == nil:
				got = append(got, r.Decision.String())
			case r.Decision != iam.Allowed || r.Call.Error != nil:
				t.Errorf("%s: request %d, %s, is %s %+v", test.name, i, r.Action, r.Decision, r.Call)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: %s, want %s", test.name, strings.Join(got, " "), test.want)
		}
	}
}

// of is a request of a user.
func of(user string, a asked) asked {
	a.principal = "arn:aws:iam::111122223333:user/" + user
	return a
}

// A session has what it was made with: policies, tags and, in a chain, what is
// transitive.
func TestSessionsKeepWhatTheyWereMadeWith(t *testing.T) {
	const session = "arn:aws:sts::111122223333:assumed-role/R/me"
	role := does("iam:CreateRole", `{"RoleName":"R","AssumeRolePolicyDocument":`+trustAll+`}`)
	power := does("iam:PutRolePolicy", `{"RoleName":"R","PolicyName":"I","PolicyDocument":`+allowAll+`}`)
	assume := func(more string) asked {
		return does("sts:AssumeRole", `{"RoleArn":"arn:aws:iam::111122223333:role/R","RoleSessionName":"me"`+more+`}`)
	}
	get := asked{session, "s3:GetObject", "", `,"resource":"arn:aws:s3:::b/k"`}
	value := func(r scenario.RequestResult, key string) string {
		for _, entry := range r.Context {
			if entry.Key == key {
				return strings.Join(entry.Values, "+")
			}
		}
		return ""
	}

	if r := last(t, role, power, assume(`,"Policy":`+trustless("s3:Put*")), get); r.Decision != iam.ImplicitDeny || r.DecidedBy != iam.SessionPolicy {
		t.Errorf("a session policy that is silent: %s by %s", r.Decision, r.DecidedBy)
	}
	if r := last(t, role, power, assume(`,"PolicyArns":[{"arn":"arn:aws:iam::111122223333:policy/All"}]`), get); r.Decision != iam.Allowed {
		t.Errorf("a managed session policy: %s", r.Decision)
	}
	own := get
	own.more += `,"session":{}`
	if r := last(t, role, power, assume(`,"Policy":`+trustless("s3:Put*")), own); r.Decision != iam.Allowed {
		t.Errorf("a request with a session of its own: %s by %s", r.Decision, r.DecidedBy)
	}
	if r := last(t, role, power, assume(`,"Policy":`+trustless("s3:Put*")), assume(""), get); r.Decision != iam.Allowed {
		t.Errorf("a session that was made anew: %s by %s", r.Decision, r.DecidedBy)
	}
	tags := `,"Tags":[{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}],"TransitiveTagKeys":["a"],"SourceIdentity":"ann"`
	if r := last(t, role, power, assume(tags), get); value(r, "aws:PrincipalTag/b") != "2" || value(r, "aws:SourceIdentity") != "ann" {
		t.Errorf("context %+v", r.Context)
	}
	chain := asked{session, "sts:AssumeRole", `{"RoleArn":"arn:aws:iam::111122223333:role/R","RoleSessionName":"next"}`, ""}
	next := get
	next.principal = "arn:aws:sts::111122223333:assumed-role/R/next"
	if r := last(t, role, power, assume(tags), chain, next); value(r, "aws:PrincipalTag/a") != "1" || value(r, "aws:PrincipalTag/b") != "" || value(r, "aws:SourceIdentity") != "ann" {
		t.Errorf("context in a chain %+v", r.Context)
	}
	chain.parameters = strings.Replace(chain.parameters, `}`, `,"Tags":[{"Key":"A","Value":"9"}]}`, 1)
	if r := last(t, role, power, assume(tags), chain); r.Call.Error == nil {
		t.Errorf("a transitive tag was set again")
	}
	federated := get
	federated.principal = "arn:aws:sts::111122223333:federated-user/fed"
	if r := last(t, does("sts:GetFederationToken", `{"Name":"fed1"}`), of("x", get)); r.Decision != iam.ImplicitDeny {
		t.Errorf("an unknown user: %s", r.Decision)
	}
	if r := last(t, does("sts:GetFederationToken", `{"Name":"fed","Policy":`+trustless("s3:Get*")+`}`), federated); r.Decision != iam.Allowed {
		t.Errorf("a federated user: %s %s by %s", r.Decision, r.Explanation, r.DecidedBy)
	}
}

// A call is allowed only where all that it needs is; the result is about what
// is not.
func TestWhatACallNeedsBesides(t *testing.T) {
	region := `,"context":{"aws:RequestedRegion":"eu-central-1"}`
	before := []asked{
		does("iam:CreateRole", `{"RoleName":"R","AssumeRolePolicyDocument":`+trustAll+`}`),
		does("iam:CreateInstanceProfile", `{"InstanceProfileName":"I"}`),
		does("iam:AddRoleToInstanceProfile", `{"InstanceProfileName":"I","RoleName":"R"}`),
		does("iam:CreateUser", `{"UserName":"U"}`),
	}
	launch := asked{"arn:aws:iam::111122223333:user/U", "ec2:RunInstances", `{"ImageId":"ami-1","IamInstanceProfile":{"Name":"I"}}`, region}
	for _, test := range []struct {
		allow string
		call  asked
		want  string
	}{
		{`"ec2:RunInstances"`, launch, "implicitDeny, decides iam:PassRole on arn:aws:iam::111122223333:role/R"},
		{`"ec2:RunInstances","iam:PassRole"`, launch, "allowed"},
		{`"iam:PassRole"`, launch, "implicitDeny"},
		{`"ec2:RunInstances"`, asked{launch.principal, "ec2:RunInstances", `{"ImageId":"ami-1"}`, region}, "allowed"},
		{`"lambda:*"`, asked{launch.principal, "lambda:CreateFunction", `{"FunctionName":"f","Role":"arn:aws:iam::111122223333:role/R"}`, region}, "implicitDeny, decides iam:PassRole on arn:aws:iam::111122223333:role/R"},
		{`"iam:CreateRole"`, asked{launch.principal, "iam:CreateRole", `{"RoleName":"S","AssumeRolePolicyDocument":` + trustEC2 + `,"Tags":[{"Key":"a","Value":"1"}]}`, ""}, "implicitDeny, decides iam:TagRole on arn:aws:iam::111122223333:role/S"},
		{`"iam:CreateRole","iam:TagRole"`, asked{launch.principal, "iam:CreateRole", `{"RoleName":"S","AssumeRolePolicyDocument":` + trustEC2 + `,"Tags":[{"Key":"a","Value":"1"}]}`, ""}, "allowed"},
		{`"iam:AddRoleToInstanceProfile"`, asked{launch.principal, "iam:AddRoleToInstanceProfile", `{"InstanceProfileName":"I","RoleName":"R"}`, ""}, "implicitDeny, decides iam:PassRole on arn:aws:iam::111122223333:role/R"},
		{`"sts:AssumeRole"`, asked{launch.principal, "sts:AssumeRole", `{"RoleArn":"arn:aws:iam::111122223333:role/R","RoleSessionName":"me","SourceIdentity":"ann"}`, ""}, "implicitDeny, decides sts:SetSourceIdentity on arn:aws:iam::111122223333:role/R"},
		{`"sts:AssumeRole","sts:SetSourceIdentity"`, asked{launch.principal, "sts:AssumeRole", `{"RoleArn":"arn:aws:iam::111122223333:role/R","RoleSessionName":"me","SourceIdentity":"ann"}`, ""}, "allowed"},
	} {
		allow := does("iam:PutUserPolicy", `{"UserName":"U","PolicyName":"P","PolicyDocument":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Resource":"*","Action":[`+test.allow+`]}}}`)
		r := last(t, append(slices.Clone(before), allow, test.call)...)
		got := r.Decision.String()
		for _, need := range r.Call.Needs {
			if need.Decides {
				got += ", decides " + need.Action + " on " + need.Resource
				if !strings.Contains(r.Message, need.Action) || need.Message != r.Message || !strings.Contains(r.Explanation, need.Action) {
					t.Errorf("%s: %s %s", test.call.action, r.Message, r.Explanation)
				}
			}
		}
		if got != test.want {
			t.Errorf("%s with %s: %s, want %s", test.call.action, test.allow, got, test.want)
		}
	}
}

// What is wrong with a call stays with it, and those after it say so.
func TestAWrongCallStaysAlone(t *testing.T) {
	for _, test := range []struct{ call, code string }{
		{`{"principal":"` + admin + `","action":"iam:CreateUser","parameters":§{}}`, "missingMember"},
		{`{"principal":"` + admin + `","action":"iam:CreateUser","parameters":{"UserName":§5}}`, "wrongType"},
		{`{"principal":"` + admin + `","action":"iam:CreateUser","parameters":{"UserName":"u",§"Pth":"/"}}`, "unknownParameter"},
		{`{"principal":"` + admin + `","action":"iam:CreateUser","parameters":§[]}`, "wrongType"},
		{`{"principal":"` + admin + `","action":"s3:GetObject","parameters":§{}}`, "unknownCall"},
		{`{"principal":"` + admin + `","action":"iam:CreateUser","resource":§"*","parameters":{"UserName":"u"}}`, "contradiction"},
		{`{"principal":"` + admin + `","action":"iam:CreateUser","unknown":§["resource"],"parameters":{"UserName":"u"}}`, "contradiction"},
		{`{"principal":"anonymous","action":"iam:CreateUser","parameters":§{"UserName":"u"}}`, "notForThisPrincipal"},
		{`{"principal":"` + admin + `","action":"ec2:RunInstances","parameters":§{"ImageId":"ami-1"}}`, "missingRegion"},
		{`{"principal":"` + admin + `","action":"iam:TagUser","parameters":{"UserName":"u","Tags":§{"a":"b"}}}`, "wrongType"},
		{`{"principal":"` + admin + `","action":"iam:AttachUserPolicy","parameters":{"UserName":"u","PolicyArn":§"arn:aws:iam::aws:policy/None"}}`, "unknownPolicy"},
	} {
		before, after, _ := strings.Cut(test.call, "§")
		const head = `{"version":1,"policies":{"All":` + allowAll + `},"identities":` + identities + `,"requests":[` + "\n"
		text := head + before + after + `,` + "\n" + does("iam:CreateUser", `{"UserName":"v"}`).text() + `]}`
		s := scenario.Decode(source.NewFile("s", text), nil)
		if len(s.Problems) != 1 || s.Problems[0].Code != test.code || s.Problems[0].Start.Line != 2 || s.Problems[0].Start.Column != len(before) {
			t.Errorf("%s: problems %+v", test.call, s.Problems)
		}
		results := s.Run(iam.Options{}, nil).Results
		if len(results) != 2 || results[0].Error == "" || results[1].Decision != iam.Allowed || !strings.Contains(fmt.Sprint(results[1].Notes), "request 1") {
			t.Errorf("%s: results %+v", test.call, results)
		}
	}
}

// A defect in a call's document is told at its place, and is the call's.
func TestProblemsInACallsDocument(t *testing.T) {
	s := story(identities, does("iam:CreatePolicy", `{"PolicyName":"P","PolicyDocument":{"Version":"2012-10-17","Statement":{"Effect":"allow","Action":"*","Resource":"*"}}}`),
		does("iam:CreatePolicy", `{"PolicyName":"Q","PolicyDocument":"{\"Statement\": 5}"}`))
	var got []string
	for _, p := range s.Problems {
		got = append(got, fmt.Sprintf("%s %s %v", p.Severity, p.Code, p.Path))
	}
	want := []string{"warning invalidEffect [requests 0 parameters PolicyDocument Statement Effect]",
		"warning wrongType [requests 1 parameters PolicyDocument]", "warning missingVersion [requests 1 parameters PolicyDocument]"}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got %s\nwant %s", got, want)
	}
	for i, r := range run(t, s) {
		if r.Call == nil || r.Call.Error == nil || r.Call.Error.Code != "MalformedPolicyDocument" {
			t.Errorf("call %d: %+v", i, r.Call)
		}
	}
}

// A denied call changes nothing, and one that depends neither.
func TestADeniedCallChangesNothing(t *testing.T) {
	s := story(`[{"arn":"arn:aws:iam::111122223333:user/U"},{"arn":"`+admin+`","policies":["All"]}]`,
		of("U", does("iam:CreateUser", `{"UserName":"v"}`)), of("U", does("iam:AttachUserPolicy", `{"UserName":"U","PolicyArn":"arn:aws:iam::111122223333:policy/All"}`)),
		of("U", asked{"", "s3:GetObject", "", `,"resource":"*"`}), does("iam:GetUser", `{"UserName":"v"}`))
	results := run(t, s)
	for _, r := range results[:3] {
		if r.Decision != iam.ImplicitDeny || r.Call != nil && (len(r.Call.Changes) > 0 || r.Call.Error != nil) {
			t.Errorf("%s: %s %+v", r.Action, r.Decision, r.Call)
		}
	}
	if e := results[3].Call.Error; e == nil || e.Code != "NoSuchEntity" {
		t.Errorf("the user was made: %+v", e)
	}
}

// What goes on from any request of a published scenario decides as the scenario
// itself does.
func TestContinuationsDecideAsTheScenario(t *testing.T) {
	for _, text := range published(t) {
		s := scenario.Decode(source.NewFile("s", text), nil)
		results := s.Run(iam.Options{}, nil).Results
		for i := range len(results) + 1 {
			c, ok := s.Continued(i, iam.Options{})
			if !ok || !json.Valid([]byte(c.Scenario)) || len(c.Policies) > 0 {
				t.Fatalf("no continuation from %d: %s", i, c.Scenario)
			}
			next := scenario.Decode(source.NewFile("c", c.Scenario), c.Policies)
			after := next.Run(iam.Options{}, nil).Results
			if next.Broken() || len(after) != len(results)-i {
				t.Fatalf("from %d: %d results, problems %+v\n%s", i, len(after), next.Problems, c.Scenario)
			}
			for n, r := range after {
				was := results[i+n]
				if r.Decision != was.Decision || r.DecidedBy != was.DecidedBy || r.Message != was.Message {
					t.Fatalf("from %d, request %d (%s) is %s by %s, not %s by %s\n%s", i, i+n, r.Name, r.Decision, r.DecidedBy, was.Decision, was.DecidedBy, c.Scenario)
				}
			}
		}
	}
}

// Asking for one decision, for all, or for the whole result answers the same.
func TestDecisionsOfCallsAreThoseOfTheResult(t *testing.T) {
	for _, text := range published(t) {
		s := scenario.Decode(source.NewFile("s", text), nil)
		all := s.Decisions(iam.Options{})
		for i, r := range s.Run(iam.Options{}, nil).Results {
			one, _ := s.Decide(i, iam.Options{})
			seen, _ := s.Inspect(i, iam.Options{})
			if one != r.Decision || all[i] != r.Decision || seen.Verdict.Decision != r.Decision {
				t.Errorf("%s: %s, alone %s, of all %s, inspected %s", r.Name, r.Decision, one, all[i], seen.Verdict.Decision)
			}
		}
	}
}

// Names and paths tell policies, roles and accounts apart as IAM does.
func TestWhichPolicyACallMeans(t *testing.T) {
	const arn, other = "arn:aws:iam::111122223333:policy/", "arn:aws:iam::444455556666:"
	user := does("iam:CreateUser", `{"UserName":"U"}`)
	attach := func(policy string) asked {
		return does("iam:AttachUserPolicy", `{"UserName":"U","PolicyArn":"`+policy+`"}`)
	}
	team := does("iam:CreatePolicy", `{"PolicyName":"P","Path":"/team/","PolicyDocument":`+allowAll+`}`)
	get := of("U", asked{"", "s3:GetObject", "", `,"resource":"arn:aws:s3:::b/k"`})
	for _, test := range []struct {
		calls []asked
		want  string
	}{
		{[]asked{user, team, attach(arn + "team/P"), get}, "allowed"},
		{[]asked{user, team, attach(arn + "P")}, "NoSuchEntity"},
		{[]asked{user, team, does("iam:CreatePolicy", `{"PolicyName":"P","PolicyDocument":`+allowAll+`}`)}, "EntityAlreadyExists"},
		{[]asked{user, attach(arn + "All"), get}, "allowed"},
		{[]asked{user, attach(arn + "x/All")}, "NoSuchEntity"},
		{[]asked{user, attach(other + "policy/All")}, "NoSuchEntity"},
		{[]asked{user, attach(arn + "All"), does("iam:DeleteUserPolicy", `{"UserName":"U","PolicyName":"All"}`)}, "NoSuchEntity"}, // two have it, so that it is managed
		{[]asked{does("iam:DeletePolicy", `{"PolicyArn":"`+administers+`"}`)}, "implicitDeny"},                                    // S-240
		{[]asked{user, does("iam:DeletePolicy", `{"PolicyArn":"`+arn+`All"}`)}, "DeleteConflict"},
	} {
		results := run(t, story(identities, test.calls...))
		r := results[len(results)-1]
		got := r.Decision.String()
		if r.Call != nil && r.Call.Error != nil {
			got = r.Call.Error.Code
		}
		if got != test.want {
			t.Errorf("%+v is %s, want %s", test.calls[len(test.calls)-1], got, test.want)
		}
	}
}

// A policy that is left out acts nowhere, be it attached by a call.
func TestPoliciesThatAreLeftOutOfCalls(t *testing.T) {
	const text = `{"version":1,"policies":{"All":` + allowAll + `,"P":` + allowAll + `},"identities":` + identities + `,"requests":[
		{"principal":"` + admin + `","action":"iam:CreateUser","parameters":{"UserName":"U"}},
		{"principal":"` + admin + `","action":"iam:AttachUserPolicy","parameters":{"UserName":"U","PolicyArn":"arn:aws:iam::111122223333:policy/P"}},
		{"principal":"arn:aws:iam::111122223333:user/U","action":"s3:GetObject","resource":"*"}]}`
	for without, want := range map[string]iam.Decision{"": iam.Allowed, "P": iam.ImplicitDeny} {
		results := run(t, scenario.Decode(source.NewFile("s", text), nil, without))
		if got := results[2].Decision; got != want {
			t.Errorf("without %q: %s, want %s", without, got, want)
		}
	}
}

// A call that depends on what is not known is not carried out.
func TestACallThatDepends(t *testing.T) {
	allow := does("iam:PutUserPolicy", `{"UserName":"U","PolicyName":"P","PolicyDocument":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Resource":"*","Action":"iam:CreateUser","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}}}`)
	create := of("U", does("iam:CreateUser", `{"UserName":"V"}`))
	create.more = `,"unknown":["aws:MultiFactorAuthPresent"]`
	results := run(t, story(identities, does("iam:CreateUser", `{"UserName":"U"}`), allow, create, does("iam:GetUser", `{"UserName":"V"}`)))
	if r := results[2]; r.Decision != iam.Depends || len(r.Call.Changes) > 0 {
		t.Errorf("%s %+v", r.Decision, r.Call)
	}
	if r := results[3]; r.Call.Error == nil || !strings.Contains(fmt.Sprint(r.Notes), "request 3") {
		t.Errorf("%+v %v", r.Call, r.Notes)
	}
}

// Running is safe for concurrent use, and leaves the scenario as it is.
func TestCallsRunConcurrently(t *testing.T) {
	s := scenario.Decode(source.NewFile("s", callsOfAllKinds.text()), nil)
	want := marshal(t, s.Run(iam.Options{}, nil))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got := marshal(t, s.Run(iam.Options{}, nil)); got != want {
				t.Errorf("got %s\nwant %s", got, want)
			}
			s.Continued(5, iam.Options{})
			s.Decide(7, iam.Options{})
		})
	}
	group.Wait()
}

// What goes on after versions were changed has the default ones, says that there
// were others, and leaves a session what it was made with.
func TestContinuationsOfVersions(t *testing.T) {
	const arn, session = `"arn:aws:iam::111122223333:policy/P"`, "arn:aws:sts::111122223333:assumed-role/R/me"
	const text = `{"version":1,"policies":{"All":` + allowAll + `,"P":` + allowAll + `},"identities":` + identities + `,"requests":[`
	var calls []string
	for _, r := range []asked{
		does("iam:CreateRole", `{"RoleName":"R","AssumeRolePolicyDocument":`+trustAll+`}`),
		does("iam:AttachRolePolicy", `{"RoleName":"R","PolicyArn":"arn:aws:iam::111122223333:policy/All"}`),
		does("sts:AssumeRole", `{"RoleArn":"arn:aws:iam::111122223333:role/R","RoleSessionName":"me","PolicyArns":[{"arn":`+arn+`}]}`),
		does("iam:CreatePolicyVersion", `{"PolicyArn":`+arn+`,"SetAsDefault":true,"PolicyDocument":`+trustless("s3:Put*")+`}`),
		{session, "s3:GetObject", "", `,"resource":"arn:aws:s3:::b/k"`},
		does("sts:AssumeRole", `{"RoleArn":"arn:aws:iam::111122223333:role/R","RoleSessionName":"me","PolicyArns":[{"arn":`+arn+`}]}`),
		{session, "s3:GetObject", "", `,"resource":"arn:aws:s3:::b/k"`},
	} {
		calls = append(calls, r.text())
	}
	s := scenario.Decode(source.NewFile("s", text+strings.Join(calls, ",")+`]}`), nil)
	want := decisions(run(t, s)[4:])
	if want != "allowed allowed implicitDeny" {
		t.Errorf("decisions %s", want)
	}
	c, _ := s.Continued(4, iam.Options{})
	next := scenario.Decode(source.NewFile("c", c.Scenario), nil)
	if got := decisions(run(t, next)); got != want || len(c.Notes) != 1 || !strings.Contains(c.Notes[0], "policy/P") {
		t.Errorf("decisions %s, notes %q\n%s", got, c.Notes, c.Scenario)
	}
}

func decisions(results []scenario.RequestResult) string {
	var list []string
	for _, r := range results {
		list = append(list, r.Decision.String())
	}
	return strings.Join(list, " ")
}
