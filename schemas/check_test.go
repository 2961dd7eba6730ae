package schemas

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"fenceline/engine/source"
)

// line writes a problem as LINE:COLUMN CODE: MESSAGE.
func line(file *source.File, p source.Problem) string {
	at := file.Position(p.Span.Start)
	return fmt.Sprintf("%d:%d %s: %s", at.Line, at.Column, p.Code, p.Message)
}

// checkText parses and checks a text.
func checkText(t *testing.T, schema, text string) []string {
	t.Helper()
	file := source.NewFile("test.json", text)
	root, broken := source.Parse(file, len(text))
	if root == nil || source.HasErrors(broken) {
		t.Fatalf("not readable: %s: %v", text, broken)
	}
	var lines []string
	for _, p := range Check(schema, root) {
		lines = append(lines, line(file, p))
	}
	return lines
}

// scenarioOf is a scenario with more members, on its second line.
func scenarioOf(members string) string { return "{\"version\": 1, \"title\": \"t\",\n" + members + "}" }

// request is a scenario of one request, on its second line.
func request(members string) string {
	return scenarioOf(`"requests": [{"principal": "anonymous", "action": "s3:GetObject", ` + members + `}]`)
}

// statement is a policy of one statement, on its second line.
func statement(members string) string { return "{\"Statement\":\n{" + members + "}}" }

var broken = []struct {
	schema, text string
	want         []string
}{
	{"scenario", `[]`, []string{"1:0 wrongType: the document must be an object, not a list"}},
	{"scenario", `{}`, []string{
		"1:0 missingMember: `version` is missing; write `\"version\": 1`",
	}},
	{"scenario", `{"version": "1", "title": 5}`, []string{
		"1:12 notOneOf: `version` must be `1`, not `\"1\"`",
		"1:26 wrongType: `title` must be a string, not a number",
	}},
	{"scenario", `{"version": 1e999999999, "title": ""}`, []string{"1:12 notOneOf: `version` must be `1`, not `1e999999999`"}},
	{"scenario", scenarioOf(`"polcies": {}`), []string{"2:0 unknownMember: unknown member `polcies`; did you mean `policies`?"}},
	{"scenario", scenarioOf(`"zzz": {}`), []string{"2:0 unknownMember: unknown member `zzz`"}},
	{"scenario", scenarioOf(`"policies": {"A": []}`), []string{"2:18 wrongType: `A` must be an object or null, not a list"}},
	{"scenario", scenarioOf(`"identities": [{"arn": "Alex", "bondary": "B"}, {"policies": "P"}, 5]`), []string{
		"2:23 wrongForm: `arn` can't be `Alex`; write the ARN of a user, a group or a role, as in `arn:aws:iam::111122223333:user/Alex`",
		"2:31 unknownMember: unknown member `bondary`; did you mean `boundary`?",
		"2:48 missingMember: `arn` is missing",
		"2:61 wrongType: `policies` must be a list, not a string",
		"2:67 wrongType: an entry of `identities` must be an object, not a number",
	}},
	{"scenario", scenarioOf(`"identities": [{"arn": "arn:aws:iam::111122223333:user/a", "groups": ["x"], "tags": {"a": 1}}]`), []string{
		"2:70 wrongForm: an entry of `groups` can't be `x`; write the ARN of a group, as in `arn:aws:iam::111122223333:group/Admins`",
		"2:90 wrongType: `a` must be a string, not a number",
	}},
	{"scenario", scenarioOf(`"organization": {"id": "o-a", "root": {"id": "r-a", "units": [{"id": "x/y", "accounts": [{"id": "1"}]}]}}`), []string{
		"2:69 wrongForm: `id` can't be `x/y`; write a unit's id, as in `ou-abcd-11111111`",
		"2:96 wrongForm: `id` can't be `1`; an account number has twelve digits",
	}},
	{"scenario", scenarioOf(`"vpcEndpoints": [{"type": "gateway"}]`), []string{
		"2:17 missingMember: `id` is missing",
		"2:26 notOneOf: `type` must be `Gateway` or `Interface`, not `gateway`; did you mean `Gateway`?",
	}},
	{"scenario", scenarioOf(`"requests": [{"principal": "", "action": "s3:*"}]`), []string{
		"2:13 missingMember: `resource` is missing",
		"2:41 wrongForm: `action` can't be `s3:*`; write one action of one service, as in `s3:GetObject`",
	}},
	{"scenario", request(`"parameters": {}, "expect": "alowed"`), []string{
		"2:94 notOneOf: `expect` must be one of `allowed`, `denied`, `explicitDeny`, `implicitDeny` or `depends`, not `alowed`; did you mean `allowed`?",
	}},
	{"scenario", request(`"unknown": ["resource"], "expect": 5`), []string{"2:101 wrongType: `expect` must be a string or an object, not a number"}},
	{"scenario", request(`"resource": "*", "expect": {"determining": ["A"]}`), []string{
		"2:93 missingMember: `decision` is missing",
		"2:110 wrongForm: an entry of `determining` can't be `A`; write a policy's name, `#`, and the statement's Sid or its index from 0, as in `DenyS3#NoS3`",
	}},
	{"scenario", request(`"resource": "*", "context": {"a": null, "b": [[]]}`), []string{
		"2:100 wrongType: `a` must be a string, a number, a boolean or a list, not null",
		"2:112 wrongType: an entry of `b` must be a string, a number or a boolean, not a list",
	}},
	{"identityPolicy", `{"Version": "2012-10-18", "Id": "x", "Statment": []}`, []string{
		"1:0 missingMember: `Statement` is missing",
		"1:12 notOneOf: `Version` must be `2012-10-17` or `2008-10-17`, not `2012-10-18`; did you mean `2012-10-17`?",
		"1:26 notAllowed: this kind of policy has no `Id`; remove it",
		"1:37 unknownMember: unknown member `Statment`; did you mean `Statement`?",
	}},
	{"identityPolicy", `{"Statement": 5}`, []string{"1:14 wrongType: `Statement` must be an object or a list, not a number"}},
	{"identityPolicy", `{"Statement": ["x"]}`, []string{"1:15 wrongType: an entry of `Statement` must be an object, not a string"}},
	{"identityPolicy", statement(``), []string{
		"2:0 missingMember: `Action` or `NotAction` is missing",
		"2:0 missingMember: `Effect` is missing; write `\"Effect\": \"Allow\"` or `\"Effect\": \"Deny\"`",
		"2:0 missingMember: `Resource` or `NotResource` is missing",
	}},
	{"identityPolicy", statement(`"Effect": "allow", "Action": "s3", "NotAction": [], "Resource": ["b"], "Principal": "*", "Sid": "a b"`), []string{
		"2:11 notOneOf: `Effect` must be `Allow` or `Deny`, not `allow`; did you mean `Allow`?",
		"2:30 wrongForm: `Action` can't be `s3`; write the service before the action, as in `s3:GetObject`, or `*`",
		"2:36 notBoth: `Action` and `NotAction` exclude each other; remove one",
		"2:66 wrongForm: an entry of `Resource` can't be `b`; write an ARN, `arn:…`, or `*`",
		"2:72 notAllowed: this kind of policy names no principal, it applies to whatever it is attached to; remove it",
		"2:97 wrongForm: `Sid` can't be `a b`; use letters and digits, or leave `Sid` out",
	}},
	{"sessionPolicy", statement(`"Effect": "Deny", "NotAction": "*", "NotResource": [], "Condition": {"StringEqual": {"a": "b"}, "NullIfExists": {}, "Bool": {"a b": null, "k": [{}]}}`), []string{
		"2:70 unknownMember: unknown condition operator `StringEqual`; did you mean `StringEquals`?",
		"2:97 unknownMember: unknown condition operator `NullIfExists`",
		"2:126 unknownMember: unknown condition key `a b`",
		"2:133 wrongType: `a b` must be a string, a number, a boolean or a list, not null",
		"2:145 wrongType: an entry of `k` must be a string, a number or a boolean, not an object",
	}},
	{"trustPolicy", statement(`"Effect": "Allow", "Action": ["sts:AssumeRole", "s3:GetObject"], "Principal": "*", "Resource": "*"`), []string{
		"2:49 wrongForm: an entry of `Action` can't be `s3:GetObject`; a trust policy names `sts:AssumeRole…` actions only",
		"2:79 wrongForm: a trust policy can't trust `\"*\"`; write `{\"AWS\": \"*\"}` and narrow it with a condition",
		"2:84 notAllowed: a trust policy has no `Resource`: the role itself is the resource",
	}},
	{"trustPolicy", statement(`"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": ["arn:aws:iam::111122223333:user/*"], "Service": "*", "User": "a", "Federated": ["x"]}`), []string{
		"2:70 wrongForm: an entry of `AWS` can't be `arn:aws:iam::111122223333:user/*`; write an account number, the ARN of a user, a role or a session without wildcards, or `*`",
		"2:118 wrongForm: `Service` can't be `*`; write a service principal, as in `ec2.amazonaws.com`",
		"2:123 unknownMember: unknown member `User`",
		"2:150 wrongForm: an entry of `Federated` can't be `x`; write the ARN of a SAML or OIDC provider",
	}},
	{"resourcePolicy", statement(`"Effect": "Allow", "Action": "s3:*", "NotPrincipal": {"AWS": [], "Federated": "accounts.google.com"}`), []string{
		"2:11 wrongForm: `NotPrincipal` goes with `\"Effect\": \"Deny\"` only; list who is allowed in `Principal`",
		"2:79 wrongForm: `Federated` principals stand in trust policies only; name the role that they assume",
	}},
	{"resourcePolicy", statement(`"Effect": "Allow", "Action": "s3:*", "Principal": ["*"]`), []string{
		"2:51 wrongForm: a principal is `\"*\"` or an object, not a list; write `{\"AWS\": [ ]}` around the list",
	}},
	{"resourceControlPolicy", statement(`"Effect": "Allow", "Action": "*", "Principal": {"AWS": "*"}, "Resource": "*"`), []string{
		"2:11 wrongForm: a resource control policy can only deny; `RCPFullAWSAccess`, which is always attached, allows",
		"2:30 wrongForm: `Action` can't be `*`; name the service, as in `s3:*`",
		"2:48 notOneOf: the principal of a resource control policy is `\"*\"`; narrow it with a condition",
	}},
	{"serviceControlPolicy", `{"Version": "2008-10-17", "Statement": []}`, []string{"1:12 wrongForm: policies of an organization need version `2012-10-17`"}},
	{"vpcEndpointPolicy", statement(`"Effect": "Allow", "Action": []`), []string{
		"2:0 missingMember: `Principal` or `NotPrincipal` is missing",
		"2:0 missingMember: `Resource` or `NotResource` is missing",
	}},
}

func TestBrokenDocuments(t *testing.T) {
	for _, c := range broken {
		if got := checkText(t, c.schema, c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s %s\n got %s\nwant %s", c.schema, c.text, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
	}
}

// Everything that AWS's grammar leaves open must pass (S-002, S-009, S-010, S-013, S-019).
var unusual = []struct{ schema, text string }{
	{"identityPolicy", `{"Statement": []}`},
	{"identityPolicy", statement(`"Effect": "Allow", "Action": [], "Resource": []`)},
	{"permissionsBoundary", statement(`"Sid": "Sid1", "Effect": "Allow", "NotAction": "a:b", "NotResource": "arn:aws:sqs", "Condition": {}`)},
	{"sessionPolicy", statement(`"Effect": "Allow", "Action": "S*:get, put", "Resource": "**", "Condition": {"ForAllValues:StringNotEqualsIgnoreCaseIfExists": {"k": []}, "ForAnyValue:Null": {"k": true}, "NumericLessThan": {"k": [1, "2", 3.5]}}`)},
	{"serviceControlPolicy", statement(`"Sid": "any thing", "Effect": "Allow", "NotAction": "iam:*", "Resource": "arn:aws:s3:::*", "Condition": {"DateGreaterThanEquals": {}}`)},
	{"resourceControlPolicy", statement(`"Effect": "Deny", "Principal": "*", "Action": ["s3:*"], "NotResource": "*"`)},
	{"resourcePolicy", `{"Version": "2008-10-17", "Id": "", "Statement": {"Sid": "", "Effect": "Deny", "NotPrincipal": {"Service": "sns.amazonaws.com"}, "Action": "ecr:*"}}`},
	{"resourcePolicy", statement(`"Effect": "Allow", "Principal": [], "Action": "s3:*", "Resource": "*"`)},
	{"resourcePolicy", statement(`"Effect": "Allow", "Principal": {"Federated": []}, "Action": "*"`)},
	{"resourcePolicy", statement(`"Effect": "Allow", "Principal": {}, "Action": "s3:*", "Resource": "*"`)},
	{"resourcePolicy", statement(`"Effect": "Allow", "Principal": {"AWS": ["*", "111122223333", "AIDAEXAMPLEEXAMPLE01", "arn:aws:sts::111122223333:assumed-role/R/s"], "CanonicalUser": []}, "Action": "s3:*"`)},
	{"trustPolicy", `{"Id": "x", "Statement": {"Effect": "Allow", "Principal": {"AWS": "*", "Federated": ["accounts.google.com", "arn:aws:iam::1:saml-provider/P"]}, "NotAction": "STS:TagSession"}}`},
	{"vpcEndpointPolicy", statement(`"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"`)},
	{"scenario", scenarioOf(`"$schema": "", "source": "", "policies": {}, "identities": [], "resources": [], "vpcEndpoints": [{"id": "v", "type": "Gateway"}], "requests": []`)},
	{"scenario", request(`"parameters": {"RoleName": "r"}, "context": {"a": [], "b": [1, true, "x"]}, "session": {"policies": [], "tags": {"a": ""}, "name": "n", "user": "u"}, "expect": "denied"`)},
	{"scenario", request(`"unknown": ["resource"], "expect": {"decision": "depends"}`)},
}

func TestUnusualDocumentsPass(t *testing.T) {
	for _, c := range unusual {
		if got := checkText(t, c.schema, c.text); got != nil {
			t.Errorf("%s %s\n%s", c.schema, c.text, strings.Join(got, "\n"))
		}
	}
}

func TestCheckPanicsOnAnUnknownSchema(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a schema that does not exist was accepted")
		}
	}()
	Check("nothing", &source.Node{Kind: source.Object})
}

// Compiling and checking are safe and the same from many goroutines at once.
func TestCheckIsSafeForConcurrentUse(t *testing.T) {
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for _, c := range broken {
				file := source.NewFile("test.json", c.text)
				root, _ := source.Parse(file, len(c.text))
				if got := Check(c.schema, root); len(got) != len(c.want) {
					t.Errorf("%s: %v", c.text, got)
				}
			}
		})
	}
	group.Wait()
}
