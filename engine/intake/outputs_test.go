package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"fenceline/engine/intake"
	"fenceline/engine/scenario"
)

const allowAll = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`

// shell is what a terminal shows: commands, each followed by what it printed.
func shell(calls ...string) string {
	var b strings.Builder
	for i := 0; i < len(calls); i += 2 {
		b.WriteString("$ aws " + calls[i] + "\n" + calls[i+1] + "\n")
	}
	return b.String()
}

func unused(a *intake.Account) string {
	var b strings.Builder
	for _, u := range a.Unused {
		fmt.Fprintf(&b, "%s: %s\n", u.Place, u.Why)
	}
	return b.String()
}

var aUser = []string{
	"iam get-user --user-name Kim", `{"User": {"UserName": "Kim", "UserId": "AIDA1", "Arn": "arn:aws:iam::111122223333:user/eu/Kim", "Path": "/eu/", "PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/Fence"}}}`,
	"iam list-attached-user-policies --user-name Kim", `{"AttachedPolicies": [{"PolicyName": "Tool", "PolicyArn": "arn:aws:iam::111122223333:policy/Tool"}]}`,
	"iam list-user-policies --user-name Kim", `{"PolicyNames": ["Own"]}`,
	"iam get-user-policy --user-name Kim --policy-name Own", `{"UserName": "Kim", "PolicyName": "Own", "PolicyDocument": {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:DeleteBucket","Resource":"*"}]}}`,
	"iam list-groups-for-user --user-name Kim", `{"Groups": [{"GroupName": "G", "GroupId": "AGPA1", "Arn": "arn:aws:iam::111122223333:group/G"}]}`,
	"iam list-attached-group-policies --group-name G", `{"AttachedPolicies": []}`,
	"iam list-group-policies --group-name=G", `{"PolicyNames": []}`,
	"iam get-policy --policy-arn arn:aws:iam::111122223333:policy/Tool", `{"Policy": {"PolicyName": "Tool", "Arn": "arn:aws:iam::111122223333:policy/Tool", "DefaultVersionId": "v3"}}`,
	"iam get-policy-version \\\n    --policy-arn arn:aws:iam::111122223333:policy/Tool --version-id v3", `{"PolicyVersion": {"Document": ` + allowAll + `, "VersionId": "v3", "IsDefaultVersion": true}}`,
	"iam get-policy-version --policy-arn arn:aws:iam::111122223333:policy/Fence --version-id v1", `{"PolicyVersion": {"Document": "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22Action%22%3A%22s3%3A%2A%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D", "VersionId": "v1", "IsDefaultVersion": true}}`,
}

const kim = "arn:aws:iam::111122223333:user/eu/Kim"

func TestSingleOutputsMakeAnAccount(t *testing.T) {
	a := read(shell(aUser...))
	if got := unused(a); got != "" {
		t.Errorf("not used:\n%s", got)
	}
	same(t, "Kim", decisions(t, a, kim, "s3:GetObject arn:aws:s3:::b/k", "s3:DeleteBucket arn:aws:s3:::b", "ec2:RunInstances *"),
		[]string{"allowed by identityPolicy", "explicitDeny by identityPolicy", "implicitDeny by permissionsBoundary"})
}

// Each of the outputs is needed: without it something is missing, and never
// taken for empty.
func TestWithoutOneOfThemSomethingIsMissing(t *testing.T) {
	for i := 2; i < len(aUser); i += 2 {
		if strings.Contains(aUser[i], "get-policy --") {
			continue // the version says itself that it is the default
		}
		a := read(shell(append(append([]string{}, aUser[:i]...), aUser[i+2:]...)...))
		got := decisions(t, a, kim, "s3:GetObject arn:aws:s3:::b/k")
		if strings.Contains(aUser[i], "get-user-policy") || !strings.Contains(aUser[i], "get-user ") {
			if !strings.Contains(got[0], "is missing") {
				t.Errorf("without `%s`: %s", aUser[i], got)
			}
		}
	}
}

// A file's name says what the output itself does not.
func TestAFileNameSaysWhoseItIs(t *testing.T) {
	text := []scenario.NamedText{
		{Name: "get-user.json", Text: aUser[1]},
		{Name: "out/list-attached-user-policies-Kim.json", Text: aUser[3]},
		{Name: "iam-list-user-policies Kim.json", Text: `{"PolicyNames": []}`},
		{Name: "list-groups-for-user_Kim.json", Text: `{"Groups": []}`},
		{Name: "get-bucket-policy-my-bucket.json", Text: `{"Policy": "{\"Version\":\"2012-10-17\",\"Statement\":[]}"}`},
		{Name: "get-key-policy-eu-central-1-111122223333-1234abcd-12ab-34cd-56ef-1234567890ab.json", Text: `{"Policy": "{}", "PolicyName": "default"}`},
	}
	a := intake.ReadAccount(text)
	if got := unused(a); got != "" {
		t.Errorf("not used:\n%s", got)
	}
	if i := a.Identity(kim); i == nil || len(i.Policies) != 1 || i.Policies[0].Name != "Tool" || i.Policies[0].Missing == "" {
		t.Errorf("%+v", i)
	}
	var got []string
	for _, r := range a.Resources {
		got = append(got, r.ARN)
	}
	same(t, "resources", got, []string{"arn:aws:s3:::my-bucket", "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"})
}

func TestPoliciesOfResources(t *testing.T) {
	policyOf := func(resource string) string {
		return strings.ReplaceAll(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":`+resource+`}]}`, `"`, `\"`)
	}
	for _, c := range []struct{ name, text, arn, by string }{
		{"a bucket by the command", shell("s3api get-bucket-policy --bucket b", `{"Policy": "`+policyOf(`"*"`)+`"}`), "arn:aws:s3:::b", "the command or the file's name"},
		{"a bucket by its document", `{"Policy": "` + policyOf(`["arn:aws:s3:::b","arn:aws:s3:::b/*"]`) + `"}`, "arn:aws:s3:::b", "the resources that the policy names"},
		{"a queue", `{"Attributes": {"QueueArn": "arn:aws:sqs:eu-west-1:111122223333:q", "Policy": "` + policyOf(`"*"`) + `"}}`, "arn:aws:sqs:eu-west-1:111122223333:q", "the output"},
		{"a queue whose policy alone was asked for", `{"Attributes": {"Policy": "` + policyOf(`"arn:aws:sqs:eu-west-1:111122223333:q"`) + `"}}`, "arn:aws:sqs:eu-west-1:111122223333:q", "the output"},
		{"a key", shell("kms get-key-policy --policy-name default --key-id arn:aws:kms:eu-west-1:111122223333:key/1", `{"Policy": "`+policyOf(`"*"`)+`", "PolicyName": "default"}`), "arn:aws:kms:eu-west-1:111122223333:key/1", "the command or the file's name"},
		{"a secret", `{"ARN": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbCdEf", "Name": "s", "ResourcePolicy": "` + policyOf(`"*"`) + `"}`, "arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbCdEf", "the output"},
		{"a function", `{"Policy": "` + policyOf(`"arn:aws:lambda:eu-west-1:111122223333:function:f"`) + `", "RevisionId": "1"}`, "arn:aws:lambda:eu-west-1:111122223333:function:f", "the resources that the policy names"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := read(c.text)
			if len(a.Resources) != 1 || a.Resources[0].ARN != c.arn || a.Resources[0].By != c.by || a.Resources[0].Policy.Owner != c.arn {
				t.Errorf("%d resources, %s", len(a.Resources), unused(a))
			}
		})
	}
}

// organization is a tree as AWS's commands tell it: the root with FullAWSAccess,
// a unit whose SCP denies S3, an account in it.
func organization() []string {
	full := `{"Policies": [{"Id": "p-FullAWSAccess", "Arn": "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess", "Name": "FullAWSAccess", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": true}]}`
	return []string{
		"organizations describe-organization", `{"Organization": {"Id": "o-exampleorgid", "Arn": "arn:aws:organizations::999999999999:organization/o-exampleorgid", "MasterAccountId": "999999999999", "FeatureSet": "ALL"}}`,
		"organizations list-roots", `{"Roots": [{"Id": "r-abcd", "Arn": "arn:aws:organizations::999999999999:root/o-exampleorgid/r-abcd", "Name": "Root", "PolicyTypes": [{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}]}]}`,
		"organizations list-organizational-units-for-parent --parent-id r-abcd", `{"OrganizationalUnits": [{"Id": "ou-abcd-11111111", "Arn": "arn:aws:organizations::999999999999:ou/o-exampleorgid/ou-abcd-11111111", "Name": "Workloads"}]}`,
		"organizations list-accounts-for-parent --parent-id ou-abcd-11111111", `{"Accounts": [{"Id": "111122223333", "Arn": "arn:aws:organizations::999999999999:account/o-exampleorgid/111122223333", "Name": "app", "Status": "ACTIVE"}]}`,
		"organizations list-policies-for-target --filter SERVICE_CONTROL_POLICY --target-id r-abcd", full,
		"organizations list-policies-for-target --filter SERVICE_CONTROL_POLICY --target-id ou-abcd-11111111", strings.Replace(full, "]}", `, {"Id": "p-12345678", "Arn": "arn:aws:organizations::999999999999:policy/o-exampleorgid/service_control_policy/p-12345678", "Name": "NoS3", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": false}]}`, 1),
		"organizations list-policies-for-target --filter SERVICE_CONTROL_POLICY --target-id 111122223333", full,
		"organizations describe-policy --policy-id p-12345678", `{"Policy": {"PolicySummary": {"Id": "p-12345678", "Arn": "arn:aws:organizations::999999999999:policy/o-exampleorgid/service_control_policy/p-12345678", "Name": "NoS3", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": false}, "Content": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"}}`,
	}
}

func TestAnOrganizationIsJoinedToATree(t *testing.T) {
	a := read(shell(aUser...), shell(organization()...))
	if got := unused(a); got != "" {
		t.Errorf("not used:\n%s", got)
	}
	o := a.Organization
	if o == nil || o.ID != "o-exampleorgid" || o.Management != "999999999999" {
		t.Fatalf("%+v", o)
	}
	var path []string
	for _, node := range o.Path("111122223333") {
		names := make([]string, len(node.SCPs))
		for i, p := range node.SCPs {
			names[i] = p.Name
		}
		path = append(path, node.ID+" "+node.Name+" "+strings.Join(names, ","))
	}
	same(t, "path", path, []string{"r-abcd Root FullAWSAccess", "ou-abcd-11111111 Workloads FullAWSAccess,NoS3", "111122223333 app FullAWSAccess"})
	same(t, "Kim", decisions(t, a, kim, "s3:GetObject arn:aws:s3:::b/k"), []string{"explicitDeny by serviceControlPolicy"})
}

// Where an output lacks, nobody knows what is attached there, and nothing below
// is decided.
func TestATreeWithAGapDecidesNothingBelowIt(t *testing.T) {
	calls := organization()
	for i := 0; i < len(calls); i += 2 {
		a := read(shell(aUser...), shell(append(append([]string{}, calls[:i]...), calls[i+2:]...)...))
		got := decisions(t, a, kim, "s3:GetObject arn:aws:s3:::b/k")[0]
		switch {
		case i == 0: // the ARNs of the others say the same
			if got != "explicitDeny by serviceControlPolicy" {
				t.Errorf("without `%s`: %s", calls[i], got)
			}
		case !strings.Contains(got, "missing"):
			t.Errorf("without `%s`: %s", calls[i], got)
		}
	}
}

// list-targets-for-policy of all policies says the same as list-policies-for-target
// of all nodes.
func TestTargetsSayWhatIsAttached(t *testing.T) {
	calls := organization()
	full := calls[9]
	all := strings.Replace(full, "]}", `, {"Id": "p-12345678", "Arn": "arn:aws:organizations::999999999999:policy/o-exampleorgid/service_control_policy/p-12345678", "Name": "NoS3", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": false}]}`, 1)
	target := func(ids ...string) string {
		return `{"Targets": [{"TargetId": "` + strings.Join(ids, `"}, {"TargetId": "`) + `"}]}`
	}
	told := append(append([]string{}, calls[:8]...), calls[14], calls[15],
		"organizations list-policies --filter SERVICE_CONTROL_POLICY", all,
		"organizations list-targets-for-policy --policy-id p-FullAWSAccess", target("r-abcd", "ou-abcd-11111111", "111122223333"),
		"organizations list-targets-for-policy --policy-id p-12345678", target("ou-abcd-11111111"))
	a := read(shell(aUser...), shell(told...))
	if got := unused(a); got != "" {
		t.Errorf("not used:\n%s", got)
	}
	same(t, "Kim", decisions(t, a, kim, "s3:GetObject arn:aws:s3:::b/k"), []string{"explicitDeny by serviceControlPolicy"})
}

func TestParentsInACircleDecideNothing(t *testing.T) {
	a := read(shell(aUser...), shell(
		"organizations list-parents --child-id 111122223333", `{"Parents": [{"Id": "ou-abcd-11111111", "Type": "ORGANIZATIONAL_UNIT"}]}`,
		"organizations list-parents --child-id ou-abcd-11111111", `{"Parents": [{"Id": "ou-abcd-22222222", "Type": "ORGANIZATIONAL_UNIT"}]}`,
		"organizations list-parents --child-id ou-abcd-22222222", `{"Parents": [{"Id": "ou-abcd-11111111", "Type": "ORGANIZATIONAL_UNIT"}]}`))
	if got := decisions(t, a, kim, "s3:GetObject arn:aws:s3:::b/k"); !strings.Contains(got[0], "missing") {
		t.Errorf("%s", got)
	}
}

// People put several outputs into one object.
func TestOutputsInOneObjectAreAllRead(t *testing.T) {
	a := read(`{"Users": [{"Arn": "` + kim + `"}], "Roles": [{"Arn": "arn:aws:iam::111122223333:role/R", "AssumeRolePolicyDocument": ` + allowAll + `}],
		"VpcEndpoints": [{"VpcEndpointId": "vpce-1", "PolicyDocument": "{}"}]}`)
	if len(a.Identities) != 2 || len(a.Endpoints) != 1 || unused(a) != "" {
		t.Errorf("%d identities, %d endpoints, %s", len(a.Identities), len(a.Endpoints), unused(a))
	}
}

// A query takes the elements out of their output.
func TestElementsAloneAreRead(t *testing.T) {
	a := read(`[{"UserName": "Kim", "UserId": "AIDA1", "Arn": "` + kim + `", "GroupList": [], "AttachedManagedPolicies": [], "Tags": [{"Key": "team", "Value": "x"}]},
		{"PolicyName": "P", "Arn": "arn:aws:iam::111122223333:policy/P", "PolicyVersionList": [{"VersionId": "v1", "IsDefaultVersion": true, "Document": ` + allowAll + `}]}]`)
	i := a.Identity(kim)
	if i == nil || len(i.Tags) != 1 || len(i.Policies) != 0 || i.Boundary != nil || a.Policy("P") == nil || unused(a) != "" {
		t.Errorf("%+v, %s", i, unused(a))
	}
}
