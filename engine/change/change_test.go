package change_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fenceline/engine/change"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// find decodes a scenario and finds changes of the request of that name.
func find(t *testing.T, text, request string) []change.Change {
	t.Helper()
	s := scenario.Decode(source.NewFile("s", text), nil)
	if s.Broken() {
		t.Fatalf("the scenario is broken: %+v", s.Problems)
	}
	for i := range s.Requests() {
		if s.RequestName(i) == request {
			return change.Find(s, i, iam.Options{})
		}
	}
	t.Fatalf("no request is called %q", request)
	return nil
}

func titles(changes []change.Change) []string {
	list := []string{}
	for _, c := range changes {
		list = append(list, c.Kind.String()+": "+c.Title)
	}
	return list
}

func TestShippedScenarios(t *testing.T) {
	const table = "`arn:aws:dynamodb:eu-central-1:111122223333:table/MyTestApp_DDB_Table`"
	for _, test := range []struct {
		file, request string
		want          []string
	}{
		{"frankfurt/frankfurt-application", "Read an item", []string{
			"action: Add `dynamodb:GetItem` to the actions of `WriteItemsInFrankfurtOnly` in `DynamoDB_Boundary_Frankfurt`",
			"statement: Add a statement that allows `dynamodb:GetItem` on " + table + " to `DynamoDB_Boundary_Frankfurt`",
		}},
		{"frankfurt/frankfurt-application", "Read an object in S3", []string{
			"statement: Add a statement that allows `s3:GetObject` on `arn:aws:s3:::any/thing` to `MyTestApp_DDB_Permissions`, and add a statement that allows `s3:GetObject` on `arn:aws:s3:::any/thing` to `DynamoDB_Boundary_Frankfurt`",
		}},
		{"frankfurt/frankfurt-application", "Put an item into the Frankfurt table", []string{
			"action: Take `dynamodb:PutItem` out of the actions of `WriteItemsInFrankfurtOnly` in `DynamoDB_Boundary_Frankfurt`",
			"statement: Add a statement that denies `dynamodb:PutItem` on " + table + " to `MyTestApp_DDB_Permissions`",
			"attachment: Detach `MyTestApp_DDB_Permissions` from `arn:aws:iam::111122223333:role/MyTestAppRole`",
		}},
		{"frankfurt/frankfurt-employee", "Create a role without a boundary", []string{
			"context: Set `iam:PermissionsBoundary` to `arn:aws:iam::111122223333:policy/DynamoDB_Boundary_Frankfurt` in the request",
			"action: Add `iam:CreateRole` to the actions of `RoleUpkeep` in `Employee_Policy`",
			"statement: Add a statement that allows `iam:CreateRole` on `arn:aws:iam::111122223333:role/MyTestAppRole` to `Employee_Policy`",
		}},
		{"frankfurt/frankfurt-employee", "Create a user", []string{
			"action: Add `iam:CreateUser` to the actions of `ReadIam` in `Employee_Policy`",
			"statement: Add a statement that allows `iam:CreateUser` on `arn:aws:iam::111122223333:user/x` to `Employee_Policy`",
		}},
		{"frankfurt/frankfurt-assume-role", "Lambda assumes the role of the application", []string{
			"principal: Add `lambda.amazonaws.com` to the principals of statement 1 in `MyTestAppRole_Trust`",
			"statement: Add a statement that allows `sts:AssumeRole` on `arn:aws:iam::111122223333:role/MyTestAppRole` for `lambda.amazonaws.com` to `MyTestAppRole_Trust`",
		}},
		{"frankfurt/frankfurt-assume-role", "The root user signs in with MFA", []string{}},
		{"frankfurt/frankfurt-assume-role", "Ben, whom no policy allows it, signs in with MFA", []string{
			"attachment: Attach `Become_Employee` to `arn:aws:iam::111122223333:user/Ben`",
			"attachment: Attach a new policy that allows `sts:AssumeRole` on `arn:aws:iam::111122223333:role/MyEmployeeRole` to `arn:aws:iam::111122223333:user/Ben`",
		}},
		{"frankfurt/frankfurt-table-policy-everyone", "A user of another account without policies reads", []string{
			"attachment: Attach a new policy that allows `dynamodb:GetItem` on " + table + " to `arn:aws:iam::444455556666:user/Guest`",
		}},
		{"mfa/mfa", "UserMFA, long-term access key in the CLI: terminate an instance", []string{
			"context: Set `aws:MultiFactorAuthPresent` to `true` in the request",
			"action: Add `ec2:TerminateInstances` to the actions of `LookAround` in `StopNeedsMFA`",
			"statement: Add a statement that allows `ec2:TerminateInstances` on `arn:aws:ec2:eu-central-1:111122223333:instance/i-0123456789abcdef0` to `StopNeedsMFA`",
		}},
		{"simulator/simulator", "Read an object", []string{
			"attachment: Detach `DenyS3` from `arn:aws:iam::111122223333:user/Alex`",
			"resource: Except `arn:aws:s3:::b/k` from the resources of `NoS3` in `DenyS3`",
		}},
		{"simulator/simulator", "Run an instance", []string{
			"action: Add `ec2:RunInstances` to the actions of `NoS3` in `DenyS3`",
			"statement: Add a statement that denies `ec2:RunInstances` on `*` to `DenyS3`",
		}},
	} {
		t.Run(test.request, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("../../content/scenarios", test.file+".json"))
			if err != nil {
				t.Fatal(err)
			}
			if got := titles(find(t, string(text), test.request)); !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// one is a scenario of one request, of ana unless the rest says otherwise.
func one(policies, rest, request string) string {
	if !strings.Contains(request, `"principal"`) {
		request = `"principal": "` + ana + `", ` + request
	}
	if !strings.Contains(rest, `"identities"`) {
		rest = `"identities": [{ "arn": "` + ana + `", "policies": ["P"] }], ` + rest
	}
	return `{ "version": 1, "policies": { ` + policies + ` }, ` + rest + ` "requests": [{ "name": "r", ` + request + ` }] }`
}

const (
	ana   = "arn:aws:iam::111122223333:user/ana"
	group = "arn:aws:iam::111122223333:group/g"
	read  = `"action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"`
)

// policy is a document of statements, each without its braces.
func policy(name string, statements ...string) string {
	return `"` + name + `": { "Version": "2012-10-17", "Statement": [{ ` + strings.Join(statements, ` }, { `) + ` }] }`
}

func TestEveryKindOfChange(t *testing.T) {
	const (
		all      = `"Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*"`
		allS3    = `"Sid": "S3", "Effect": "Allow", "Action": "s3:*", "Resource": "*"`
		onlyEC2  = `"Sid": "EC2", "Effect": "Allow", "Action": "ec2:*", "Resource": "*"`
		existing = `"arn:aws:s3:::b/k"`
	)
	conditioned := func(condition string) string { return allS3 + `, "Condition": { ` + condition + ` }` }
	denied := func(condition string) string {
		return `"Sid": "No", "Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": { ` + condition + ` }`
	}
	scp := func(scps string) string {
		return `"organization": { "id": "o-x", "root": { "id": "r-x", "scps": ["FullAWSAccess"], "accounts": [{ "id": "111122223333", "scps": ` + scps + ` }] } },`
	}
	for _, test := range []struct {
		name, text, first string // first is how the first title begins
	}{
		{"a key is unknown", one(policy("P", conditioned(`"IpAddress": { "aws:SourceIp": "203.0.113.0/24" }`)), "", read+`, "unknown": ["aws:SourceIp"]`),
			"context: Set `aws:SourceIp` to `203.0.113.1` in the request"},
		{"a number is too large", one(policy("P", conditioned(`"NumericLessThan": { "aws:MultiFactorAuthAge": "3600" }`)), "", read+`, "context": { "aws:MultiFactorAuthAge": 7200 }`),
			"context: Set `aws:MultiFactorAuthAge` to `3599` in the request"},
		{"a date is past", one(policy("P", conditioned(`"DateLessThan": { "aws:CurrentTime": "2026-01-01T00:00:00Z" }`)), "", read+`, "context": { "aws:CurrentTime": "2026-03-01T00:00:00Z" }`),
			"context: Set `aws:CurrentTime` to `2025-12-31T23:59:59Z` in the request"},
		{"a key must be absent", one(policy("P", conditioned(`"Null": { "aws:SourceIdentity": "true" }`)), "", read+`, "context": { "aws:SourceIdentity": "x" }`),
			"context: Leave `aws:SourceIdentity` out of the request"},
		{"two keys are missing", one(policy("P", conditioned(`"StringEquals": { "aws:SourceVpc": "vpc-1", "aws:SourceIdentity": "ana" }`)), "", read),
			"context: Set `aws:SourceVpc` to `vpc-1` in the request, and set `aws:SourceIdentity` to `ana` in the request"},
		{"one key is missing and one is wrong", one(policy("P", conditioned(`"StringEquals": { "aws:SourceVpc": "vpc-1", "aws:SourceIdentity": "ana" }`)), "", read+`, "context": { "aws:SourceVpc": "vpc-2" }`),
			"context: Set `aws:SourceVpc` to `vpc-1` in the request, and set `aws:SourceIdentity` to `ana` in the request"},
		{"a Deny by a context key", one(policy("P", allS3, denied(`"StringNotEquals": { "aws:RequestedRegion": "eu-central-1" }`)), "", read+`, "context": { "aws:RequestedRegion": "us-east-1" }`),
			"context: Set `aws:RequestedRegion` to `eu-central-1` in the request"},
		{"a list of tag keys", one(policy("P", conditioned(`"ForAllValues:StringEquals": { "aws:TagKeys": ["team"] }`)), "", read+`, "context": { "aws:TagKeys": ["cost"] }`),
			"context: Set `aws:TagKeys` to `team` in the request"},
		{"a tag of the caller", one(policy("P", conditioned(`"StringEquals": { "aws:PrincipalTag/team": "blue" }`)), "", read),
			"tag: Set the tag `team` of `" + ana + "` to `blue`"},
		{"a tag by a variable", one(policy("P", conditioned(`"StringEquals": { "aws:ResourceTag/team": "${aws:username}" }`)), `"resources": [{ "arn": "arn:aws:s3:::b/k", "tags": { "team": "red" } }],`, read),
			"tag: Set the tag `team` of `arn:aws:s3:::b/k` to `ana`"},
		{"the caller's ARN, which no request can set", one(policy("P", conditioned(`"ArnEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:user/ben" }`)), "", read),
			"condition: Add `" + ana + "` to the values of `aws:PrincipalArn` in `S3` in `P`"},
		{"an exception in a condition", one(policy("P", allS3, denied(`"StringNotEquals": { "aws:username": ["ben", "eve"] }`)), "", read),
			"condition: Add `ana` to the values of `aws:username` in `No` in `P`"},
		{"a value too many in a condition", one(policy("P", allS3, denied(`"StringEquals": { "aws:username": ["ben", "ana"] }`)), "", read),
			"condition: Take `ana` out of the values of `aws:username` in `No` in `P`"},
		{"an action in NotAction", one(policy("P", `"Sid": "Most", "Effect": "Allow", "NotAction": ["s3:GetObject", "iam:*"], "Resource": "*"`), "", read),
			"action: Take `s3:GetObject` out of the `NotAction` of `Most` in `P`"},
		{"a Deny by NotAction", one(policy("P", allS3, `"Sid": "Only", "Effect": "Deny", "NotAction": "ec2:*", "Resource": "*"`), "", read),
			"action: Add `s3:GetObject` to the `NotAction` of `Only` in `P`"},
		{"a resource in NotResource", one(policy("P", `"Sid": "Rest", "Effect": "Allow", "Action": "s3:GetObject", "NotResource": ["arn:aws:s3:::b/k", "arn:aws:s3:::c/*"]`), "", read),
			"resource: Take `arn:aws:s3:::b/k` out of the `NotResource` of `Rest` in `P`"},
		{"a resource is missing", one(policy("P", `"Sid": "One", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/other"`), "", read),
			"resource: Add `arn:aws:s3:::b/k` to the resources of `One` in `P`"},
		{"identity and boundary are both silent", one(policy("P", onlyEC2)+", "+policy("B", onlyEC2), `"identities": [{ "arn": "`+ana+`", "policies": ["P"], "boundary": "B" }],`, read),
			"action: Add `s3:GetObject` to the actions of `EC2` in `P`, and add `s3:GetObject` to the actions of `EC2` in `B`"},
		{"the boundary alone allows", one(policy("P", onlyEC2)+", "+policy("B", all), `"identities": [{ "arn": "`+ana+`", "policies": ["P"], "boundary": "B" }],`, read),
			"action: Add `s3:GetObject` to the actions of `EC2` in `P`"},
		{"a service control policy is silent", one(policy("P", all)+", "+policy("S", onlyEC2), scp(`["S"]`), read),
			"action: Add `s3:GetObject` to the actions of `EC2` in `S`"},
		{"a service control policy denies", one(policy("P", all)+", "+policy("S", `"Sid": "NoRead", "Effect": "Deny", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "*"`), scp(`["FullAWSAccess", "S"]`), read),
			"attachment: Detach `S` from `111122223333`"},
		{"a service control policy could be attached", one(policy("P", all)+", "+policy("S", allS3), scp(`[]`), read),
			"attachment: Attach `S` to `111122223333`"},
		{"the identity has no policy", one("", `"identities": [{ "arn": "`+ana+`" }],`, read),
			"attachment: Attach a new policy that allows `s3:GetObject` on `arn:aws:s3:::b/k` to `" + ana + "`"},
		{"the identity is not listed", one("", `"identities": [],`, read),
			"attachment: Attach a new policy that allows `s3:GetObject` on `arn:aws:s3:::b/k` to `" + ana + "`"},
		{"the group denies", one(policy("P", all)+", "+policy("G", `"Effect": "Deny", "Action": "s3:*", "Resource": "*"`), `"identities": [{ "arn": "`+ana+`", "policies": ["P"], "groups": ["`+group+`"] }, { "arn": "`+group+`", "policies": ["G"] }],`, read),
			"attachment: Detach `G` from `" + group + "`"},
		{"the bucket is another account's", one(policy("P", all), `"resources": [{ "arn": "arn:aws:s3:::b", "account": "444455556666" }],`, read),
			"attachment: Attach a new policy that allows `s3:GetObject` on `arn:aws:s3:::b/k` for `" + ana + "` to `arn:aws:s3:::b`"},
		{"the bucket's policy is silent across accounts", one(policy("P", all)+", "+policy("Bucket", `"Sid": "Ben", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:user/ben" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"`), `"resources": [{ "arn": "arn:aws:s3:::b", "account": "444455556666", "policy": "Bucket" }],`, read),
			"principal: Add `" + ana + "` to the principals of `Ben` in `Bucket`"},
		{"the session's policy is silent", one(policy("P", all)+", "+policy("Session", onlyEC2), `"identities": [{ "arn": "arn:aws:iam::111122223333:role/r", "policies": ["P"] }],`, `"principal": "arn:aws:iam::111122223333:role/r", "session": { "policies": ["Session"] }, `+read),
			"action: Add `s3:GetObject` to the actions of `EC2` in `Session`"},
		{"an allow by one entry of two", one(policy("P", `"Sid": "Two", "Effect": "Allow", "Action": "s3:GetObject", "Resource": [`+existing+`, "arn:aws:s3:::c/*"]`), "", read),
			"resource: Take `arn:aws:s3:::b/k` out of the resources of `Two` in `P`"},
		{"an allow of a built-in policy", one("", `"identities": [{ "arn": "`+ana+`", "policies": ["arn:aws:iam::aws:policy/AdministratorAccess"] }],`, read),
			"attachment: Attach a new policy that denies `s3:GetObject` on `arn:aws:s3:::b/k` to `" + ana + "`"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := titles(find(t, test.text, "r"))
			if len(got) == 0 || !strings.HasPrefix(got[0], test.first) {
				t.Errorf("got\n%s\nwant first\n%s", strings.Join(got, "\n"), test.first)
			}
		})
	}
}

// What depends is settled both ways.
func TestWhatDependsIsSettledBothWays(t *testing.T) {
	text := one(policy("P", `"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } }`),
		"", read+`, "unknown": ["aws:MultiFactorAuthPresent"]`)
	got := find(t, text, "r")
	decisions := map[string]bool{}
	for _, c := range got {
		decisions[c.Decision.String()] = true
	}
	if !decisions["allowed"] || !decisions["implicitDeny"] {
		t.Errorf("got %v, want an allow and a deny", titles(got))
	}
}

// A resource that is not known becomes one that the policies name.
func TestAnUnknownResourceIsSet(t *testing.T) {
	named := policy("P", `"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"`, `"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::b/secret"`)
	const set = "context: Set the resource to `arn:aws:s3:::b/%s` in the request"
	for _, request := range []string{
		`"action": "s3:GetObject", "unknown": ["resource"]`,
		`"action": "s3:GetObject", "resource": "*", "unknown": ["resource"]`,
		`"action": "s3:GetObject", "unknown": ["aws:SourceIp", "resource"]`,
		`"action": "s3:GetObject", "resource": "arn:aws:s3:::c", "unknown": ["resource", "aws:SourceIp"], "expect": "depends"`,
	} {
		got := titles(find(t, one(named, "", request), "r"))
		for _, want := range []string{fmt.Sprintf(set, "example"), fmt.Sprintf(set, "secret")} {
			if !slices.Contains(got, want) {
				t.Errorf("%s: got %q, want %s", request, got, want)
			}
		}
	}
}

// Nothing is offered that can't help: a service's own rule, a caller who can't
// be named alone, a request that can't be evaluated.
func TestNothingIsOfferedWhereNothingHelps(t *testing.T) {
	for name, text := range map[string]string{
		"AWS owns the resource":            one(policy("P", `"Effect": "Allow", "Action": "*", "Resource": "*"`), "", `"action": "iam:DeletePolicy", "resource": "arn:aws:iam::aws:policy/AdministratorAccess"`),
		"everyone would have to be let in": one("", `"identities": [],`, `"principal": "anonymous", `+read),
		"another partition":                one(policy("P", `"Effect": "Allow", "Action": "*", "Resource": "*"`), "", `"action": "sqs:SendMessage", "resource": "arn:aws-cn:sqs:cn-north-1:111122223333:q"`),
	} {
		if got := find(t, text, "r"); len(got) > 0 {
			t.Errorf("%s: got %v", name, titles(got))
		}
	}
	s := scenario.Decode(source.NewFile("s", one("", `"identities": [],`, `"action": "s3", "resource": "*"`)), nil)
	for _, i := range []int{-1, 0, 1} {
		if got := change.Find(s, i, iam.Options{}); len(got) > 0 {
			t.Errorf("request %d: got %v", i, titles(got))
		}
	}
}

// A policy that is left out for the moment is neither edited nor attached.
func TestPoliciesThatAreLeftOutStayOut(t *testing.T) {
	text := one(policy("P", `"Effect": "Allow", "Action": "s3:*", "Resource": "*"`), "", read)
	s := scenario.Decode(source.NewFile("s", text), nil, "P")
	for _, c := range change.Find(s, 0, iam.Options{}) {
		if strings.Contains(c.Title, "`P`") {
			t.Errorf("offered: %s", c.Title)
		}
	}
}

// Edits look like the text around them.
func TestEditsKeepTheStyle(t *testing.T) {
	const head = `{"version":1,"identities":[{"arn":"` + ana + `","policies":["P"]}],"requests":[{"name":"r","principal":"` + ana + `","action":"s3:GetObject","resource":"arn:aws:s3:::b/k"}]}`
	for _, test := range []struct{ name, policy, kind, want string }{
		{"one line", `{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": ["ec2:A", "ec2:B"], "Resource": "*" }] }`,
			"action", `{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": ["ec2:A", "ec2:B", "s3:GetObject"], "Resource": "*" }] }`},
		{"no space at all", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:A","Resource":"*"}]}`,
			"action", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["ec2:A","s3:GetObject"],"Resource":"*"}]}`},
		{"no space, a statement", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:A","Resource":"*"}]}`,
			"statement", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:A","Resource":"*"},{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/k"}]}`},
		{"a statement alone", `{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "ec2:A", "Resource": "*" } }`,
			"statement", `{ "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "ec2:A", "Resource": "*" }, { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/k" } ] }`},
		{"tabs and CR LF", "{\r\n\t\"Version\": \"2012-10-17\",\r\n\t\"Statement\": [\r\n\t\t{\r\n\t\t\t\"Effect\": \"Allow\",\r\n\t\t\t\"Action\": \"ec2:A\",\r\n\t\t\t\"Resource\": [\r\n\t\t\t\t\"arn:aws:ec2:::b\",\r\n\t\t\t\t\"*\"\r\n\t\t\t]\r\n\t\t}\r\n\t]\r\n}",
			"action", "{\r\n\t\"Version\": \"2012-10-17\",\r\n\t\"Statement\": [\r\n\t\t{\r\n\t\t\t\"Effect\": \"Allow\",\r\n\t\t\t\"Action\": [\r\n\t\t\t\t\"ec2:A\",\r\n\t\t\t\t\"s3:GetObject\"\r\n\t\t\t],\r\n\t\t\t\"Resource\": [\r\n\t\t\t\t\"arn:aws:ec2:::b\",\r\n\t\t\t\t\"*\"\r\n\t\t\t]\r\n\t\t}\r\n\t]\r\n}"},
		{"tall lists and statements", tall(`"ec2:A"`, ""), "action", tall("[\n        \"ec2:A\",\n        \"s3:GetObject\"\n      ]", "")},
		{"tall statements", tall(`"ec2:A"`, ""), "statement",
			tall(`"ec2:A"`, ",\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": \"s3:GetObject\",\n      \"Resource\": \"arn:aws:s3:::b/k\"\n    }")},
	} {
		t.Run(test.name, func(t *testing.T) {
			texts := []scenario.NamedText{{Name: "P", Text: test.policy}}
			s := scenario.Decode(source.NewFile("s", head), texts)
			for _, c := range change.Find(s, 0, iam.Options{}) {
				if c.Kind.String() == test.kind {
					if got := s.Edited(c.Edits, nil).PolicyFile("P").Text; got != test.want {
						t.Errorf("got\n%s\nwant\n%s", got, test.want)
					}
					return
				}
			}
			t.Errorf("no change is of kind %s", test.kind)
		})
	}
}

// tall is a policy of two statements whose lists stand on several lines.
func tall(action, more string) string {
	return "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": \"ec2:Z\",\n      \"Resource\": [\n        \"arn:aws:ec2:::a\",\n        \"arn:aws:ec2:::b\"\n      ]\n    },\n" +
		"    {\n      \"Effect\": \"Allow\",\n      \"Action\": " + action + ",\n      \"Resource\": \"*\"\n    }" + more + "\n  ]\n}"
}

// What one request is offered says what it does to the others.
func TestOtherRequestsThatChangeAreNamed(t *testing.T) {
	text, err := os.ReadFile("../../content/scenarios/simulator/simulator.json")
	if err != nil {
		t.Fatal(err)
	}
	got := find(t, string(text), "Read an object")[0]
	out, err := json.Marshal(got.Also)
	if err != nil {
		t.Fatal(err)
	}
	const want = `[{"request":1,"name":"List all buckets","from":"explicitDeny","to":"allowed"},{"request":4,"name":"Read an object, any at all","from":"explicitDeny","to":"allowed"}]`
	if string(out) != want {
		t.Errorf("got %s\nwant %s", out, want)
	}
}

func TestWhyNamesTheCause(t *testing.T) {
	text, err := os.ReadFile("../../content/scenarios/mfa/mfa.json")
	if err != nil {
		t.Fatal(err)
	}
	got := find(t, string(text), "UserNoMFA, console sign-in: terminate an instance")[0].Why
	const want = "In `StopAndTerminateWithMfa` of `StopNeedsMFA` the request's `aws:MultiFactorAuthPresent` is `false`, but the policy wants `true`."
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func ExampleFind() {
	s := scenario.Decode(source.NewFile("s", one(policy("P", `"Effect": "Allow", "Action": "ec2:*", "Resource": "*"`), "", read)), nil)
	for _, c := range change.Find(s, 0, iam.Options{}) {
		fmt.Println(c.Title)
	}
	// Output:
	// Add `s3:GetObject` to the actions of statement 1 in `P`
	// Add a statement that allows `s3:GetObject` on `arn:aws:s3:::b/k` to `P`
}
