package simulate_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fenceline/engine/account"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/simulate"
	"fenceline/engine/source"
)

const (
	alex    = "arn:aws:iam::111122223333:user/Alex"
	admins  = "arn:aws:iam::111122223333:group/Admins"
	app     = "arn:aws:iam::111122223333:role/App"
	object  = "arn:aws:s3:::b/k"
	allowS3 = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`
	getOnly = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}`
	allowIt = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`
	withMFA = `{"Version":"2012-10-17","Statement":[
  {"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}},
  {"Effect":"Deny","Action":"s3:Put*","Resource":"*"},
  {"Effect":"Allow","Action":"ec2:*","Resource":"*","Condition":{"StringEquals":{"ec2:Owner":"${aws:PrincipalTag/team}"}}}]}`
)

// seed is the scenario of the user guide's walk-through with a role, a
// boundary and an organization beside.
const seed = `{
  "version": 1,
  "policies": {
    "DenyS3": {
      "Version": "2012-10-17",
      "Statement": [
        { "Sid": "NoS3", "Effect": "Deny", "Action": "s3:*", "Resource": "*" }
      ]
    },
    "OnlyEC2": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "ec2:*", "Resource": "*" } ] },
    "arn:aws:iam::111122223333:policy/Everything": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "*", "Resource": "*" } ] },
    "NoLambda": { "Version": "2012-10-17", "Statement": [ { "Effect": "Deny", "Action": "lambda:*", "Resource": "*" }, { "Effect": "Allow", "Action": "*", "Resource": "*" } ] }
  },
  "identities": [
    { "arn": "arn:aws:iam::111122223333:group/Admins", "policies": ["arn:aws:iam::aws:policy/AdministratorAccess"] },
    { "arn": "arn:aws:iam::111122223333:user/Alex", "policies": ["DenyS3"], "groups": ["arn:aws:iam::111122223333:group/Admins"] },
    { "arn": "arn:aws:iam::111122223333:role/App", "policies": ["arn:aws:iam::111122223333:policy/Everything"], "boundary": "OnlyEC2" }
  ],
  "organization": { "id": "o-exampleorgid", "managementAccount": "999999999999",
    "root": { "id": "r-abcd", "accounts": [ { "id": "111122223333", "scps": ["NoLambda"] } ] } }
}`

func load(t testing.TB, text string) *account.Account {
	t.Helper()
	s := scenario.Decode(source.NewFile("scenario", text), nil)
	if s.Broken() {
		t.Fatalf("the scenario has problems: %+v", s.Problems)
	}
	return s.Account()
}

// brief is an answer in a few words: decisions, what matched, what is missing,
// organization and boundary.
func brief(answer *simulate.Answer) string {
	var lines []string
	for _, r := range answer.EvaluationResults {
		line := r.EvalActionName + " " + r.EvalResourceName + " " + r.EvalDecision + sources(r.MatchedStatements) + lacking(r.MissingContextValues)
		if r.OrganizationsDecisionDetail != nil {
			line += map[bool]string{true: " organization", false: " !organization"}[r.OrganizationsDecisionDetail.AllowedByOrganizations]
		}
		line += bounded(r.PermissionsBoundaryDecisionDetail) + detailed(r.EvalDecisionDetails)
		lines = append(lines, line)
		for _, s := range r.ResourceSpecificResults {
			lines = append(lines, "- "+s.EvalResourceName+" "+s.EvalResourceDecision+sources(s.MatchedStatements)+lacking(s.MissingContextValues)+bounded(s.PermissionsBoundaryDecisionDetail)+detailed(s.EvalDecisionDetails))
		}
	}
	return strings.Join(lines, "\n")
}

func sources(list []simulate.Statement) string {
	text := ""
	for _, s := range list {
		text += " " + s.SourcePolicyId + "/" + s.SourcePolicyType
	}
	return text
}

func lacking(keys []string) string {
	if len(keys) == 0 {
		return ""
	}
	return " lacks " + strings.Join(keys, ",")
}

func bounded(d *simulate.PermissionsBoundaryDecisionDetail) string {
	if d == nil {
		return ""
	}
	return map[bool]string{true: " boundary", false: " !boundary"}[d.AllowedByPermissionsBoundary]
}

func detailed(details map[string]string) string {
	if details == nil {
		return ""
	}
	text, _ := json.Marshal(details)
	return " " + string(text)
}

func TestCallsAreAnsweredAsAWSAnswersThem(t *testing.T) {
	a := load(t, seed)
	key := func(name, kind string, values ...string) []simulate.ContextEntry {
		return []simulate.ContextEntry{{ContextKeyName: name, ContextKeyValues: values, ContextKeyType: kind}}
	}
	bucket := func(principal string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":` + principal + `,"Action":"s3:PutObject","Resource":"arn:aws:s3:::b/*"}]}`
	}
	for _, test := range []struct {
		name string
		op   simulate.Operation
		call simulate.Call
		want string
	}{
		{"the seed: a user's Deny, and a group's Allow", simulate.Principal,
			simulate.Call{PolicySourceArn: alex, ActionNames: []string{"s3:GetObject", "ec2:RunInstances"}, ResourceArns: []string{"*"}},
			"s3:GetObject * explicitDeny DenyS3/user organization\nec2:RunInstances * allowed AdministratorAccess/group organization"},
		{"the seed with DenyS3 left out", simulate.Principal,
			simulate.Call{PolicySourceArn: alex, ActionNames: []string{"s3:GetObject"}, ResourceArns: []string{object}, PolicyExclusionList: []simulate.PolicyIdentifier{
				{InlinePolicyIdentifier: &simulate.InlinePolicyIdentifier{PolicyName: "DenyS3", AttachmentType: "user", AttachmentName: "Al*"}}}},
			"s3:GetObject arn:aws:s3:::b/k allowed AdministratorAccess/group organization {}\n- arn:aws:s3:::b/k allowed AdministratorAccess/group"},
		{"the seed without AWS's managed policies", simulate.Principal,
			simulate.Call{PolicySourceArn: alex, ActionNames: []string{"ec2:RunInstances"}, PolicyExclusionList: []simulate.PolicyIdentifier{{PolicyType: "aws-managed"}}},
			"ec2:RunInstances * implicitDeny organization"},
		{"an exclusion by a pattern of ARNs", simulate.Principal,
			simulate.Call{PolicySourceArn: alex, ActionNames: []string{"s3:GetObject"}, PolicyExclusionList: []simulate.PolicyIdentifier{{PolicyArn: "arn:aws:iam::111122223333:policy/Deny*"}}},
			"s3:GetObject * allowed AdministratorAccess/group organization"},
		{"a group", simulate.Principal,
			simulate.Call{PolicySourceArn: admins, ActionNames: []string{"s3:GetObject", "lambda:InvokeFunction"}},
			"s3:GetObject * allowed AdministratorAccess/group organization\nlambda:InvokeFunction * explicitDeny !organization"},
		{"a role inside its boundary, and outside", simulate.Principal,
			simulate.Call{PolicySourceArn: app, ActionNames: []string{"ec2:RunInstances", "s3:GetObject"}},
			"ec2:RunInstances * allowed Everything/role organization boundary\ns3:GetObject * implicitDeny organization !boundary"},
		{"a boundary given takes the place of the attached one", simulate.Principal,
			simulate.Call{PolicySourceArn: app, ActionNames: []string{"s3:GetObject"}, PermissionsBoundaryPolicyInputList: []string{getOnly}},
			"s3:GetObject * allowed Everything/role organization boundary"},
		{"no boundary, where it is excluded", simulate.Principal,
			simulate.Call{PolicySourceArn: app, ActionNames: []string{"s3:GetObject"}, PolicyExclusionList: []simulate.PolicyIdentifier{{PolicyType: "permission-boundary"}}},
			"s3:GetObject * allowed Everything/role organization"},
		{"no SCPs, where they are excluded", simulate.Principal,
			simulate.Call{PolicySourceArn: alex, ActionNames: []string{"lambda:InvokeFunction"}, PolicyExclusionList: []simulate.PolicyIdentifier{{PolicyType: "scp"}}},
			"lambda:InvokeFunction * allowed AdministratorAccess/group"},
		{"a policy more", simulate.Principal,
			simulate.Call{PolicySourceArn: alex, ActionNames: []string{"ec2:RunInstances"}, PolicyInputList: []string{allowIt}},
			"ec2:RunInstances * allowed AdministratorAccess/group PolicyInputList.1/none organization"},
		{"a custom policy and its boundary", simulate.Custom,
			simulate.Call{PolicyInputList: []string{allowS3}, PermissionsBoundaryPolicyInputList: []string{getOnly}, ActionNames: []string{"s3:GetObject", "s3:PutObject"}},
			"s3:GetObject * allowed PolicyInputList.1/none boundary\ns3:PutObject * implicitDeny !boundary"},
		{"a Deny in the boundary is listed", simulate.Custom,
			simulate.Call{PolicyInputList: []string{allowS3}, PermissionsBoundaryPolicyInputList: []string{strings.Replace(getOnly, "Allow", "Deny", 1)}, ActionNames: []string{"s3:GetObject"}},
			"s3:GetObject * explicitDeny PermissionsBoundaryPolicyInputList.1/none !boundary"},
		{"missing keys, also of statements about other actions", simulate.Custom,
			simulate.Call{PolicyInputList: []string{withMFA}, ActionNames: []string{"s3:GetObject"}},
			"s3:GetObject * implicitDeny lacks aws:MultiFactorAuthPresent,ec2:Owner,aws:PrincipalTag/team"},
		{"missing keys stay with the resources where there are any", simulate.Custom,
			simulate.Call{PolicyInputList: []string{withMFA}, ActionNames: []string{"s3:GetObject"}, ResourceArns: []string{object}},
			"s3:GetObject arn:aws:s3:::b/k implicitDeny {}\n- arn:aws:s3:::b/k implicitDeny lacks aws:MultiFactorAuthPresent,ec2:Owner,aws:PrincipalTag/team"},
		{"several resources: the most restrictive decision above", simulate.Custom,
			simulate.Call{PolicyInputList: []string{withMFA}, ActionNames: []string{"s3:GetObject", "s3:PutObject"}, ResourceArns: []string{object, "arn:aws:s3:::c/k"}, ContextEntries: slices.Concat(
				key("AWS:multifactorauthpresent", "boolean", "true"), key("ec2:Owner", "string", "x"), key("aws:PrincipalTag/team", "", "x"))},
			"s3:GetObject * implicitDeny {}\n- arn:aws:s3:::b/k allowed PolicyInputList.1/none\n- arn:aws:s3:::c/k implicitDeny\n" +
				"s3:PutObject * explicitDeny PolicyInputList.1/none {}\n- arn:aws:s3:::b/k explicitDeny PolicyInputList.1/none\n- arn:aws:s3:::c/k explicitDeny PolicyInputList.1/none"},
		{"a key that no call gives is not filled in", simulate.Custom,
			simulate.Call{CallerArn: alex, PolicyInputList: []string{strings.Replace(allowS3, `"Resource":"*"`, `"Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}`, 1)}, ActionNames: []string{"s3:GetObject"}},
			"s3:GetObject * implicitDeny lacks aws:SecureTransport"},
		{"the caller's own keys are filled in", simulate.Custom,
			simulate.Call{CallerArn: alex, PolicyInputList: []string{`{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b/${aws:username}"}}`}, ActionNames: []string{"s3:GetObject"}, ResourceArns: []string{"arn:aws:s3:::b/Alex"}},
			"s3:GetObject arn:aws:s3:::b/Alex allowed PolicyInputList.1/none {}\n- arn:aws:s3:::b/Alex allowed PolicyInputList.1/none"},
		{"the organization's keys of a caller from the account", simulate.Principal,
			simulate.Call{PolicySourceArn: alex, ActionNames: []string{"ec2:RunInstances"}, PolicyInputList: []string{strings.Replace(allowIt, `"Resource":"*"`, `"Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-exampleorgid","aws:PrincipalOrgMasterAccountId":"999999999999"}}`, 1)}},
			"ec2:RunInstances * allowed AdministratorAccess/group PolicyInputList.1/none organization"},
		{"a bucket policy grants around a silent boundary (S-327)", simulate.Custom,
			simulate.Call{CallerArn: alex, PolicyInputList: []string{strings.Replace(allowIt, `"Action":"*"`, `"Action":"iam:*"`, 1)}, PermissionsBoundaryPolicyInputList: []string{strings.Replace(allowIt, `"Action":"*"`, `"Action":"iam:*"`, 1)},
				ActionNames: []string{"s3:PutObject"}, ResourceArns: []string{object}, ResourcePolicy: bucket(`{"AWS":"` + alex + `"}`)},
			"s3:PutObject arn:aws:s3:::b/k allowed ResourcePolicy/resource !boundary {}\n- arn:aws:s3:::b/k allowed ResourcePolicy/resource !boundary"},
		{"two accounts must both allow (S-329)", simulate.Custom,
			simulate.Call{CallerArn: alex, PolicyInputList: []string{getOnly}, ResourceOwner: "arn:aws:iam::444455556666:root", ActionNames: []string{"s3:PutObject"}, ResourceArns: []string{object}, ResourcePolicy: bucket(`{"AWS":"` + alex + `"}`)},
			`s3:PutObject arn:aws:s3:::b/k implicitDeny {"IAM Policy":"implicitDeny","Resource Policy":"allowed"}` + "\n" + `- arn:aws:s3:::b/k implicitDeny {"IAM Policy":"implicitDeny","Resource Policy":"allowed"}`},
		{"two accounts that both allow", simulate.Custom,
			simulate.Call{CallerArn: alex, PolicyInputList: []string{allowS3}, ResourceOwner: "444455556666", ActionNames: []string{"s3:PutObject"}, ResourceArns: []string{object}, ResourcePolicy: bucket(`{"AWS":"` + alex + `"}`)},
			`s3:PutObject arn:aws:s3:::b/k allowed ResourcePolicy/resource PolicyInputList.1/none {"IAM Policy":"allowed","Resource Policy":"allowed"}` + "\n" +
				`- arn:aws:s3:::b/k allowed ResourcePolicy/resource PolicyInputList.1/none {"IAM Policy":"allowed","Resource Policy":"allowed"}`},
		{"SCPs of two levels, which are never listed (S-323)", simulate.Custom,
			simulate.Call{PolicyInputList: []string{allowS3}, ActionNames: []string{"s3:GetObject", "s3:PutObject"}, OrderedOrganizationPolicyInputList: []simulate.OrganizationLevel{
				{ServiceControlPolicyInputList: []string{allowIt}}, {ServiceControlPolicyInputList: []string{getOnly}}}},
			"s3:GetObject * allowed PolicyInputList.1/none organization\ns3:PutObject * implicitDeny !organization"},
		{"details end where the SCPs deny", simulate.Custom,
			simulate.Call{PolicyInputList: []string{allowS3}, ActionNames: []string{"s3:PutObject"}, ResourceArns: []string{object}, OrderedOrganizationPolicyInputList: []simulate.OrganizationLevel{{}}},
			"s3:PutObject arn:aws:s3:::b/k implicitDeny !organization\n- arn:aws:s3:::b/k implicitDeny"},
		{"a role's trust policy", simulate.Custom,
			simulate.Call{CallerArn: alex, PolicyInputList: []string{allowIt}, ActionNames: []string{"sts:AssumeRole"}, ResourceArns: []string{app},
				ResourcePolicy: `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}`},
			"sts:AssumeRole " + app + " explicitDeny ResourcePolicy/resource {}\n- " + app + " explicitDeny ResourcePolicy/resource"},
		{"a resource of another account, of whose side the call says nothing", simulate.Custom,
			simulate.Call{CallerArn: alex, PolicyInputList: []string{allowIt}, ActionNames: []string{"dynamodb:GetItem"}, ResourceArns: []string{"arn:aws:dynamodb:eu-central-1:444455556666:table/t"}},
			"dynamodb:GetItem arn:aws:dynamodb:eu-central-1:444455556666:table/t allowed PolicyInputList.1/none {}\n- arn:aws:dynamodb:eu-central-1:444455556666:table/t allowed PolicyInputList.1/none"},
		{"a key whose policy lets nobody in", simulate.Custom,
			simulate.Call{CallerArn: alex, PolicyInputList: []string{allowIt}, ActionNames: []string{"kms:Decrypt"}, ResourceArns: []string{"arn:aws:kms:eu-central-1:111122223333:key/k"},
				ResourcePolicy: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/Other"},"Action":"kms:*","Resource":"*"}]}`},
			"kms:Decrypt arn:aws:kms:eu-central-1:111122223333:key/k implicitDeny {}\n- arn:aws:kms:eu-central-1:111122223333:key/k implicitDeny"},
		{"what the service settles", simulate.Custom,
			simulate.Call{PolicyInputList: []string{allowS3}, ActionNames: []string{"sts:GetCallerIdentity"}},
			"sts:GetCallerIdentity * allowed"},
		{"a policy larger than one that is attached", simulate.Custom,
			simulate.Call{PolicyInputList: []string{strings.Replace(allowS3, `"s3:*"`, `["s3:*"`+strings.Repeat(`,"ec2:RunInstances"`, 1000)+`]`, 1)}, ActionNames: []string{"s3:GetObject"}},
			"s3:GetObject * allowed PolicyInputList.1/none"},
		{"a scenario of EC2 whose resources are given", simulate.Custom,
			simulate.Call{PolicyInputList: []string{allowIt}, ActionNames: []string{"ec2:AttachVolume"}, ResourceHandlingOption: "EC2-VPC-InstanceStore", ResourceArns: []string{
				"arn:aws:ec2:eu-central-1:111122223333:instance/i-1", "arn:aws:ec2:eu-central-1::image/ami-1", "arn:aws:ec2:eu-central-1:111122223333:security-group/sg-1", "arn:aws:ec2:eu-central-1:111122223333:network-interface/eni-1"}},
			"ec2:AttachVolume * allowed PolicyInputList.1/none {}\n- arn:aws:ec2:eu-central-1:111122223333:instance/i-1 allowed PolicyInputList.1/none\n- arn:aws:ec2:eu-central-1::image/ami-1 allowed PolicyInputList.1/none\n" +
				"- arn:aws:ec2:eu-central-1:111122223333:security-group/sg-1 allowed PolicyInputList.1/none\n- arn:aws:ec2:eu-central-1:111122223333:network-interface/eni-1 allowed PolicyInputList.1/none"},
	} {
		t.Run(test.name, func(t *testing.T) {
			answer, err := simulate.Run(test.op, &test.call, a, iam.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := brief(answer); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestWrongCallsAreAnsweredWithAWSsErrors(t *testing.T) {
	a := load(t, seed)
	custom := func(change func(c *simulate.Call)) simulate.Call {
		c := simulate.Call{PolicyInputList: []string{allowS3}, ActionNames: []string{"s3:GetObject"}}
		change(&c)
		return c
	}
	entry := func(name, kind string, values ...string) simulate.Call {
		return custom(func(c *simulate.Call) { c.ContextEntries = []simulate.ContextEntry{{name, values, kind}} })
	}
	source := func(arn string) simulate.Call {
		return simulate.Call{PolicySourceArn: arn, ActionNames: []string{"s3:GetObject"}}
	}
	excluding := func(p simulate.PolicyIdentifier) simulate.Call {
		c := source(alex)
		c.PolicyExclusionList = []simulate.PolicyIdentifier{p}
		return c
	}
	for _, test := range []struct {
		name, want string // want begins the message
		call       simulate.Call
	}{
		{"a session is no entity", "InvalidInput: Invalid Entity Arn: arn:aws:sts::111122223333:assumed-role/App/s does not clearly define entity type and name.", source("arn:aws:sts::111122223333:assumed-role/App/s")},
		{"nobody has that name", "NoSuchEntity: The user with name Bob cannot be found.", source("arn:aws:iam::111122223333:user/team/Bob")},
		{"no such role", "NoSuchEntity: The role with name Nil cannot be found.", source("arn:aws:iam::111122223333:role/Nil")},
		{"an exclusion of nothing", "InvalidInput: PolicyExclusionList: an entry has exactly one of", excluding(simulate.PolicyIdentifier{})},
		{"an exclusion of two things", "InvalidInput: PolicyExclusionList: an entry has exactly one of", excluding(simulate.PolicyIdentifier{PolicyType: "scp", PolicyArn: "arn:aws:iam::aws:policy/X"})},
		{"an unknown type", "InvalidInput: PolicyExclusionList: there is no type `managed`", excluding(simulate.PolicyIdentifier{PolicyType: "managed"})},
		{"no ARN of a policy", "InvalidInput: PolicyExclusionList: `DenyS3` is not the ARN", excluding(simulate.PolicyIdentifier{PolicyArn: "DenyS3"})},
		{"a name without its user", "InvalidInput: PolicyExclusionList: `InlinePolicyIdentifier` has", excluding(simulate.PolicyIdentifier{InlinePolicyIdentifier: &simulate.InlinePolicyIdentifier{PolicyName: "DenyS3"}})},
		{"no policy", "InvalidInput: PolicyInputList is empty", custom(func(c *simulate.Call) { c.PolicyInputList = nil })},
		{"no action", "InvalidInput: ActionNames is empty", custom(func(c *simulate.Call) { c.ActionNames = nil })},
		{"a wildcard in an action", "InvalidInput: `s3:Get*` is no action name", custom(func(c *simulate.Call) { c.ActionNames = []string{"s3:Get*"} })},
		{"a resource that is no ARN", "InvalidInput: `b/k` is no ARN", custom(func(c *simulate.Call) { c.ResourceArns = []string{"b/k"} })},
		{"a broken policy, with its place", "InvalidInput: PolicyInputList.2 is no valid identity-based policy: line 1, column 29: `Effect` is", custom(func(c *simulate.Call) {
			c.PolicyInputList = append(c.PolicyInputList, `{"Statement":{"Effect":     "allow","Action":"*","Resource":"*"}}`)
		})},
		{"a policy that is too large", "InvalidInput: PolicyInputList.1 has 131073 characters", custom(func(c *simulate.Call) { c.PolicyInputList[0] = strings.Repeat(" ", 131073) })},
		{"two boundaries", "InvalidInput: PermissionsBoundaryPolicyInputList has several", custom(func(c *simulate.Call) { c.PermissionsBoundaryPolicyInputList = []string{allowS3, allowS3} })},
		{"eight levels", "InvalidInput: OrderedOrganizationPolicyInputList has 8 levels", custom(func(c *simulate.Call) { c.OrderedOrganizationPolicyInputList = make([]simulate.OrganizationLevel, 8) })},
		{"a role as the caller", "InvalidInput: CallerArn is the ARN of an IAM user", custom(func(c *simulate.Call) { c.CallerArn = app })},
		{"a resource's policy without a caller", "InvalidInput: ResourcePolicy needs CallerArn", custom(func(c *simulate.Call) { c.ResourcePolicy, c.ResourceArns = allowS3, []string{object} })},
		{"a resource's policy without resources", "InvalidInput: ResourcePolicy needs ResourceArns", custom(func(c *simulate.Call) { c.ResourcePolicy, c.CallerArn = allowS3, alex })},
		{"a resource's policy without a principal", "InvalidInput: ResourcePolicy is no valid resource-based policy", custom(func(c *simulate.Call) {
			c.ResourcePolicy, c.CallerArn, c.ResourceArns = allowS3, alex, []string{object}
		})},
		{"an owner that is no account", "InvalidInput: 'x' is not a valid as a Resource Owner", custom(func(c *simulate.Call) { c.ResourceOwner = "x" })},
		{"an unknown scenario of EC2", "InvalidInput: ResourceHandlingOption is one of", custom(func(c *simulate.Call) { c.ResourceHandlingOption = "EC2" })},
		{"a scenario of EC2 without its image", "InvalidInput: the scenario EC2-VPC-EBS needs a resource `arn:aws:ec2:…:image/…`", custom(func(c *simulate.Call) {
			c.ResourceHandlingOption, c.ResourceArns = "EC2-VPC-EBS", []string{"arn:aws:ec2:eu-central-1:111122223333:instance/i-1"}
		})},
		{"a key without a service", "InvalidInput: `username` is no context key", entry("username", "string", "x")},
		{"an unknown type of values", "InvalidInput: the context key `aws:SourceIp` has the type `address`", entry("aws:SourceIp", "address", "x")},
		{"several values of a type that is no list", "InvalidInput: the context key `aws:TagKeys` of the type `string` has 2 values", entry("aws:TagKeys", "string", "a", "b")},
		{"no number", "InvalidInput: `many` is no value of the type `numeric`", entry("s3:max-keys", "numeric", "many")},
		{"no boolean", "InvalidInput: `yes` is no value of the type `boolean`", entry("aws:SecureTransport", "booleanList", "yes")},
		{"no address", "InvalidInput: `x` is no value of the type `ip`", entry("aws:SourceIp", "ip", "x")},
		{"no date", "InvalidInput: `soon` is no value of the type `date`", entry("aws:CurrentTime", "date", "soon")},
		{"no base64", "InvalidInput: `-` is no value of the type `binary`", entry("aws:Binary", "binary", "-")},
		{"a key twice", "InvalidInput: the context key `AWS:sourceip` is given twice", custom(func(c *simulate.Call) {
			c.ContextEntries = []simulate.ContextEntry{{"aws:SourceIp", []string{"10.0.0.1"}, "ip"}, {"AWS:sourceip", []string{"10.0.0.2"}, "ip"}}
		})},
		{"too many items", "InvalidInput: MaxItems is a number from 1 to 1000", custom(func(c *simulate.Call) { c.MaxItems = 1001 })},
		{"another call's marker", "InvalidInput: Marker is none", custom(func(c *simulate.Call) { c.Marker = "cmVzdWx0cyBmcm9tIDk5" })},
		{"another operation's parameter", "InvalidInput: PolicySourceArn and PolicyExclusionList are", custom(func(c *simulate.Call) { c.PolicyExclusionList = make([]simulate.PolicyIdentifier, 1) })},
	} {
		t.Run(test.name, func(t *testing.T) {
			op := simulate.Custom
			if test.call.PolicySourceArn != "" {
				op = simulate.Principal
			}
			answer, err := simulate.Run(op, &test.call, a, iam.Options{})
			if err == nil {
				t.Fatalf("answered %s", brief(answer))
			}
			if !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("error is %q", err)
			}
		})
	}
}

func TestAPolicyWithoutItsDocumentIsAnError(t *testing.T) {
	a := &account.Account{Identities: []*account.Identity{{ARN: alex, Policies: []string{"Gone"}, Boundary: "Lost"}}}
	a.Index()
	c := simulate.Call{PolicySourceArn: alex, ActionNames: []string{"s3:GetObject"}}
	_, err := simulate.Run(simulate.Principal, &c, a, iam.Options{})
	if err == nil || !strings.HasPrefix(err.Error(), "PolicyEvaluation: the document of `Gone`, `Lost` is not known") {
		t.Errorf("error is %v", err)
	}
	c.PolicyExclusionList = []simulate.PolicyIdentifier{{PolicyType: "inline"}}
	c.PermissionsBoundaryPolicyInputList = []string{allowS3}
	answer, err := simulate.Run(simulate.Principal, &c, a, iam.Options{})
	if err != nil || brief(answer) != "s3:GetObject * implicitDeny boundary" {
		t.Errorf("without them: %+v, error %v", answer, err)
	}
}

func TestAnExclusionThatMatchesNothingIsNoted(t *testing.T) {
	c := simulate.Call{PolicySourceArn: alex, ActionNames: []string{"s3:GetObject"}, PolicyExclusionList: []simulate.PolicyIdentifier{{PolicyArn: "arn:aws:iam::aws:policy/Other"}}}
	answer, err := simulate.Run(simulate.Principal, &c, load(t, seed), iam.Options{})
	if err != nil || len(answer.Notes) != 1 || !strings.Contains(answer.Notes[0], "`arn:aws:iam::aws:policy/Other` matches no attached policy") {
		t.Errorf("answer %+v, error %v", answer, err)
	}
}

// TestStatementsStandWhereAWSSeesThem has the figures of the AWS CLI's own
// examples (S-325), but for the last, which no document settles.
func TestStatementsStandWhereAWSSeesThem(t *testing.T) {
	for _, test := range []struct {
		name, policy string
		start, end   simulate.Position
	}{
		{"a statement in no list", `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}`,
			simulate.Position{Line: 1, Column: 38}, simulate.Position{Line: 1, Column: 167}},
		{"the first of a list", "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": [\n        {\n            \"Effect\": \"Allow\",\n            \"Action\": \"dynamodb:*\",\n            \"Resource\":\n \"*\"\n        }\n    ]\n}",
			simulate.Position{Line: 3, Column: 19}, simulate.Position{Line: 9, Column: 10}},
		{"indented by tabs", "{\n\t\"Version\": \"2012-10-17\",\n\n\t\"Statement\": [\n\t\t{\"Effect\": \"Allow\",\n\"Action\": \"dynamodb:*\",\n\"Resource\":\n\n\"*\"\n\n\t\t}]}",
			simulate.Position{Line: 4, Column: 16}, simulate.Position{Line: 11, Column: 4}},
		{"a later one of a list", `{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"} , {"Effect":"Allow","Action":"dynamodb:*","Resource":"*"}]}`,
			simulate.Position{Line: 1, Column: 64}, simulate.Position{Line: 1, Column: 122}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := simulate.Call{PolicyInputList: []string{test.policy}, ActionNames: []string{"dynamodb:CreateBackup"},
				ContextEntries: []simulate.ContextEntry{{"aws:CurrentTime", []string{"2019-04-25T11:00:00Z"}, "date"}}}
			answer, err := simulate.Run(simulate.Custom, &c, nil, iam.Options{})
			if err != nil {
				t.Fatal(err)
			}
			matched := answer.EvaluationResults[0].MatchedStatements
			if len(matched) != 1 || matched[0].StartPosition != test.start || matched[0].EndPosition != test.end {
				t.Errorf("statements at %+v, want %v to %v", matched, test.start, test.end)
			}
		})
	}
}

func TestPagesFollowEachOther(t *testing.T) {
	c := simulate.Call{PolicyInputList: []string{allowS3}, ActionNames: []string{"s3:A", "s3:B", "s3:C", "s3:D", "s3:E"}, MaxItems: 2}
	var seen []string
	for page := range 3 {
		answer, err := simulate.Run(simulate.Custom, &c, nil, iam.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range answer.EvaluationResults {
			seen = append(seen, r.EvalActionName)
		}
		if last := page == 2; answer.IsTruncated == last || (answer.Marker == "") != last {
			t.Errorf("page %d: truncated %v, marker %q", page, answer.IsTruncated, answer.Marker)
		}
		c.Marker = answer.Marker
	}
	if !slices.Equal(seen, c.ActionNames) {
		t.Errorf("the pages hold %v", seen)
	}
}

// TestTheSimulatorDecidesAsTheEngineWhereItIsTold asks the simulator the
// requests of the shipped scenarios with the context that they were decided by:
// where only identity policies, boundary and SCPs meet a request, it answers
// the same.
func TestTheSimulatorDecidesAsTheEngineWhereItIsTold(t *testing.T) {
	files, err := filepath.Glob("../../content/scenarios/*/*.json")
	if err != nil || len(files) < 10 {
		t.Fatalf("found %d scenarios, want ten and more: %v", len(files), err)
	}
	asked := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		s := scenario.Decode(source.NewFile(file, string(text)), nil)
		result := s.Run(iam.Options{}, nil)
		for i := range result.Results {
			r := &result.Results[i]
			who := sourceOf(r.Principal)
			if s.Account().Identity(who) == nil || !simulated(r) || r.Call != nil { // a call needs more, and finds another account
				continue
			}
			c := simulate.Call{PolicySourceArn: who, ActionNames: []string{r.Action}, ResourceArns: []string{r.Resource}, ContextEntries: entries(r)}
			answer, wrong := simulate.Run(simulate.Principal, &c, s.Account(), iam.Options{})
			if wrong != nil {
				t.Errorf("%s, %s: %v", file, r.Name, wrong)
				continue
			}
			if got := answer.EvaluationResults[0].EvalDecision; got != r.Decision.String() {
				t.Errorf("%s, %s: simulated %s, evaluated %s", file, r.Name, got, r.Decision)
			}
			asked++
		}
	}
	if asked < 100 {
		t.Errorf("only %d requests were simulated", asked)
	}
}

// sourceOf is the role of a session, or the principal itself.
func sourceOf(principal string) string {
	if role, ok := strings.CutPrefix(principal, "arn:aws:sts::111122223333:assumed-role/"); ok {
		role, _, _ = strings.Cut(role, "/")
		return "arn:aws:iam::111122223333:role/" + role
	}
	return principal
}

func simulated(r *scenario.RequestResult) bool {
	return r.Decision != iam.Depends && !slices.ContainsFunc(r.Layers, func(l scenario.LayerResult) bool {
		return l.Layer != iam.IdentityPolicy && l.Layer != iam.PermissionsBoundary && l.Layer != iam.ServiceControlPolicy
	})
}

func entries(r *scenario.RequestResult) []simulate.ContextEntry {
	var list []simulate.ContextEntry
	for _, key := range r.Context {
		kind := "string"
		if len(key.Values) != 1 || strings.HasSuffix(key.Key, "OrgPaths") {
			kind = "stringList"
		}
		list = append(list, simulate.ContextEntry{ContextKeyName: key.Key, ContextKeyValues: key.Values, ContextKeyType: kind})
	}
	return list
}
