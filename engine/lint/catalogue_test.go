package lint_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"fenceline/engine/catalogue/data"
	"fenceline/engine/iam"
	"fenceline/engine/lint"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// consulted are the findings of the catalogue's checks as code and message, and
// the titles of their fixes.
func consulted(text string, layer iam.Layer) string {
	var found []string
	plain := lint.Decode(source.NewFile("policy", text), layer, iam.Options{}, nil)
	for _, p := range lint.Decode(source.NewFile("policy", text), layer, iam.Options{}, data.Catalogue()) {
		if len(plain) > 0 && plain[0].Code == p.Code {
			continue
		}
		line := p.Severity.String() + " " + p.Code + ": " + p.Message
		for _, fix := range p.Fixes {
			line += " [" + fix.Title + "]"
		}
		found = append(found, line)
	}
	return strings.ReplaceAll(strings.Join(found, "\n"), data.Catalogue().Date, "DATE")
}

func TestWhatTheCatalogueDoesNotListIsTold(t *testing.T) {
	on := func(action, resource, condition string) string {
		if condition != "" {
			condition = `,"Condition":` + condition
		}
		return statement(`"Effect":"Allow","Action":` + action + `,"Resource":` + resource + condition)
	}
	const all, bucket = `"*"`, `"arn:aws:s3:::b"`
	for _, test := range []struct{ name, text, want string }{
		{"a slip of an action", on(`"s3:GetObjcet"`, all, ""), "warning unknownAction: Amazon S3 has no action `GetObjcet`, as AWS listed them on DATE; did you mean `s3:GetObject`? [Write `s3:GetObject`, which changes the meaning]"},
		{"a slip of a service", on(`"dynamo:PutItem"`, all, ""), "warning unknownAction: no service has the prefix `dynamo`, as AWS listed them on DATE; did you mean `dynamodb:PutItem`? [Write `dynamodb:PutItem`, which changes the meaning]"},
		{"a slip of a service before a wildcard", on(`"dynamo:*"`, all, ""), "warning unknownAction: no service has the prefix `dynamo`, as AWS listed them on DATE; did you mean `dynamodb:*`? [Write `dynamodb:*`, which changes the meaning]"},
		{"a pattern that matches nothing", on(`"s3:Fetch*"`, all, ""), "warning unknownAction: `s3:Fetch*` matches no action of Amazon S3, as AWS listed them on DATE"},
		{"patterns that match", on(`["*","s3:*","s3:Get*","*:Get*","iam:PassRole"]`, all, ""), ""},

		{"a slip of a global key", on(`"s3:*"`, all, `{"StringEquals":{"aws:PrincipalOrgId2":"o-1"}}`), "note unknownKey: AWS listed no condition key `aws:PrincipalOrgId2` on DATE, and no request has one that does not exist; did you mean `aws:PrincipalOrgID`? [Write `aws:PrincipalOrgID`, which changes the meaning]"},
		{"a slip of a service's key", on(`"s3:*"`, all, `{"StringEquals":{"s3:prefx":"a"}}`), "note unknownKey: AWS listed no condition key `s3:prefx` on DATE, and no request has one that does not exist; did you mean `s3:prefix`? [Write `s3:prefix`, which changes the meaning]"},
		{"a key of other actions", on(`"s3:GetObject"`, all, `{"StringEquals":{"s3:prefix":"a"}}`), "note unknownKey: AWS listed `s3:prefix` for none of these actions on DATE; a request of theirs lacks it"},
		{"a key of another service", on(`["s3:*","dynamodb:*"]`, all, `{"ArnEquals":{"iam:PolicyARN":"arn:aws:iam::aws:policy/A"}}`), "note unknownKey: AWS listed `iam:PolicyARN` for none of these actions on DATE; a request of theirs lacks it"},
		{"keys that are known", on(`["s3:ListBucket","iam:*"]`, all, `{"StringLike":{"s3:prefix":"a","aws:requesttag/team":"b","iam:ResourceTag/x":"y","ec2:SourceInstanceARN":"z","token.actions.githubusercontent.com:sub":"r"}}`), ""},
		{"a key of a resource type", on(`"ec2:TerminateInstances"`, all, `{"StringEquals":{"ec2:ResourceTag/Owner":"a"}}`), ""},
		{"a key where the service is left open", on(`"*"`, all, `{"StringEquals":{"iam:PassedToService":"a"}}`), ""},

		{"an action that needs `*`", on(`"s3:ListAllMyBuckets"`, bucket, ""), "warning needsStar: `s3:ListAllMyBuckets` works on no resource that has an ARN, so it matches on `*` alone and never here; write it in a statement with `\"Resource\": \"*\"` [Write `\"Resource\": \"*\"`, which changes the meaning]"},
		{"one among others", on(`["s3:ListBucket","s3:ListAllMyBuckets"]`, bucket, ""), "warning needsStar: `s3:ListAllMyBuckets` works on no resource that has an ARN, so it matches on `*` alone and never here; write it in a statement with `\"Resource\": \"*\"`"},
		{"a wildcard of which some have resource types", on(`"s3:List*"`, bucket, ""), ""},
		{"an ARN beside `*`", on(`"s3:ListAllMyBuckets"`, `["*","arn:aws:s3:::b"]`, ""), ""},
		{"a pattern that reduces to `*`", on(`"s3:ListAllMyBuckets"`, `"arn:aws:s3:::*"`, ""), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := consulted(test.text, iam.IdentityPolicy); got != test.want {
				t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
			}
		})
	}
}

func TestNoActionIsOfferedThatThePolicyMayNotName(t *testing.T) {
	rcp := statement(`"Effect":"Deny","Principal":"*","Action":"s3:DescribeInstances","Resource":"*"`)
	if got := consulted(rcp, iam.ResourceControlPolicy); !strings.Contains(got, "unknownAction") || strings.Contains(got, "ec2:") {
		t.Error(got)
	}
}

// However many patterns a policy has, only so many actions are looked at.
func TestLookingUpIsBounded(t *testing.T) {
	patterns := ""
	for i := range 500 {
		patterns += fmt.Sprintf(`"*:*x%d*", `, i)
	}
	text := statement(`"Effect":"Allow","Resource":"*","Action":[` + patterns + `"s3:*"]`)
	found := lint.Decode(source.NewFile("policy", text), iam.IdentityPolicy, iam.Options{}, data.Catalogue())
	if !slices.ContainsFunc(found, func(p source.Problem) bool { return p.Code == "notLookedUp" && p.Severity == source.Note }) {
		t.Errorf("%d problems, none of which says that not all was looked up: %v", len(found), found[:1])
	}
}

func BenchmarkLookup(b *testing.B) {
	text, err := os.ReadFile("../eval/testdata/policy-6k.json")
	if err != nil {
		b.Fatal(err)
	}
	document, problems := policy.Decode(source.NewFile("policy", string(text)), iam.IdentityPolicy)
	if source.HasErrors(problems) {
		b.Fatal(problems)
	}
	data.Catalogue()
	b.ReportAllocs()
	for b.Loop() {
		lint.NewLookup(data.Catalogue()).Find(document)
	}
}
