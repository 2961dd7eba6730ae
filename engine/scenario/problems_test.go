package scenario_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// Each defect of a scenario is one problem at its place, which § marks.
func TestProblemsHaveTheirPlaces(t *testing.T) {
	const group, user, role = `"arn:aws:iam::111122223333:group/g"`, `"arn:aws:iam::111122223333:user/u"`, `"arn:aws:iam::111122223333:role/r"`
	ask := func(members string) string {
		return `"requests": [{ "principal": ` + user + `, "action": "s3:GetObject", "resource": "*", ` + members + ` }]`
	}
	for _, test := range []struct{ members, code string }{
		{`§"polcies": {}`, "unknownMember"},
		{`"policies": §[]`, "wrongType"},
		{`"identities": [{ "arn": ` + user + `, "policies": [§"P"] }]`, "unknownPolicy"},
		{`"identities": [{ "arn": ` + group + `, "boundary": §"FullAWSAccess" }]`, "boundaryOnGroup"},
		{`"identities": [{ "arn": ` + user + `, "trust": §"FullAWSAccess" }]`, "notForThisIdentity"},
		{`"identities": [{ "arn": ` + role + `, "groups": §[` + group + `] }]`, "notForThisIdentity"},
		{`"identities": [{ "arn": ` + user + `, "groups": [§` + group + `] }]`, "unknownGroup"},
		{`"identities": [{ "arn": ` + user + ` }, { "arn": §` + user + ` }]`, "duplicateARN"},
		{`"identities": [{ "arn": ` + role + ` }, { "arn": §"arn:aws:iam::111122223333:role/app/r" }]`, "duplicateARN"},
		{`"identities": [{ "arn": §"arn::iam::111122223333:user/u" }]`, "invalidARN"},
		{`"identities": [{ "arn": §"arn:aws:iam:eu-west-1:111122223333:user/u" }]`, "invalidARN"},
		{`"identities": [{ "arn": "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/X", "boundary": §"arn:aws:iam::aws:policy/AdministratorAccess" }]`, "boundaryOnServiceLinkedRole"},
		{`"resources": [{ "arn": §"bucket" }]`, "invalidARN"},
		{`"resources": [{ "arn": "arn:aws:s3:::b" }, { "arn": §"arn:aws:s3:::b" }]`, "duplicateARN"},
		{`"resources": [{ "arn": "arn:aws:sqs:eu-west-1:111122223333:q", "account": §"444455556666" }]`, "contradiction"},
		{`"vpcEndpoints": [{ "id": "v", "type": §"gateway" }]`, "invalidValue"},
		{`"organization": { "id": "o-x", "root": { "id": "r", "accounts": [{ "id": §"1" }] } }`, "invalidAccount"},
		{`"organization": { "id": "o-x", "root": { "id": "r", "accounts": [{ "id": "111122223333" }, { "id": §"111122223333" }] } }`, "duplicateId"},
		{ask(`"unknown": [§"resorce"]`), "invalidKey"},
		{ask(`"unknown": [§"aws:SourceIp"], "context": { "aws:sourceip": "1.2.3.4" }`), "contradiction"},
		{ask(`"context": { "aws:SourceIp": §null }`), "wrongType"},
		{ask(`"context": { "aws:SourceIp": "a", §"aws:sourceip": "b" }`), "duplicateKey"},
		{ask(`"session": §{ "name": "x" }`), "notForThisPrincipal"},
		{ask(`"expect": §"denid"`), "invalidValue"},
		{ask(`"expect": { "decision": "allowed", "decidedBy": §"boundary" }`), "invalidValue"},
		{ask(`"expect": { "decision": "allowed", "determining": [§"P"] }`), "invalidValue"},
		{`"requests": [{ "principal": §` + group + `, "action": "s3:GetObject", "resource": "*" }]`, "invalidPrincipal"},
		{`"requests": [{ "principal": §"arn:aws:sts::111122223333:assumed-role/r", "action": "s3:GetObject", "resource": "*" }]`, "invalidPrincipal"},
		{`"requests": [{ "principal": "anonymous", "action": §"s3:Get*", "resource": "*" }]`, "invalidAction"},
		{`"requests": [{ "principal": "anonymous", "action": "s3:GetObject", "resource": §"b" }]`, "invalidARN"},
		{`"requests": [§{ "principal": "anonymous", "action": "s3:GetObject" }]`, "missingMember"},
	} {
		before, after, _ := strings.Cut(test.members, "§")
		s := scenario.Decode(source.NewFile("s", "{ \"version\": 1,\n"+before+after+"}"), nil)
		want := fmt.Sprintf("2:%d %s", len(before), test.code)
		var got []string
		for _, p := range s.Problems {
			got = append(got, fmt.Sprintf("%d:%d %s", p.Start.Line, p.Start.Column, p.Code))
		}
		if strings.Join(got, ", ") != want || !s.Broken() {
			t.Errorf("%s\n got %s\nwant %s", test.members, strings.Join(got, ", "), want)
		}
	}
}

// A request that is wrong is denied and says why; the others are decided. What
// is wrong outside of it, or can't be told, leaves nothing decided.
func TestAWrongRequestStaysAlone(t *testing.T) {
	const good = `{ "principal": "anonymous", "action": "s3:GetObject", "resource": "*", "expect": "denied" }`
	for _, test := range []struct{ requests, want string }{
		{`{ "principal": "anonymous", "action": "s3:Ge*", "resource": "*", "expect": "denied" }, ` + good, "wrong unmet, decided met"},
		{good + `, { "principal": "arn:aws:iam::1:user/x", "action": "s3:GetObject", "resource": "*" }, ` + good, "decided met, wrong, decided met"},
		{`{ "principal": "anonymous", "action": "s3:GetObject", "resource": "b" }`, "wrong"},
		{`{ "principal": "anonymous", "principal": "anonymous", "action": "s3:GetObject", "resource": "*" }, ` + good, "wrong, decided met"},
		{`{ "principal": "anonymous", "action": "s3:GetObject", "resource": "*", "session": { "policies": ["none"] } }, ` + good, "wrong, decided met"},
		{`{ "principal": "anonymous", "action": "s3:GetObject", "resource": "*", "expect": "denid" }, ` + good, "wrong unmet, decided met"},
		{`"s3:GetObject", ` + good, "wrong, decided met"},
		{`{}, ` + good, "wrong, decided met"},
		{good + ` ` + good, ""},
		{good + `, ` + good + `,`, ""},
		{`{ "principal": "anonymous", "action": "s3:GetObject", "parameters": {} }, ` + good, "wrong, decided met"},
		{`{ "principal": "anonymous", "action": "s3:GetObject", "resource": "*", "context": {` + strings.Repeat(`"x": "y", `, 110) + `"a:b": "c" } }, ` + good, ""},
	} {
		s := scenario.Decode(source.NewFile("s", `{ "version": 1, "requests": [ `+test.requests+` ] }`), []scenario.NamedText{})
		result := s.Run(iam.Options{}, nil)
		var got []string
		for _, r := range result.Results {
			word := "decided"
			if r.Error != "" {
				word = "wrong"
				if r.Decision != iam.ImplicitDeny || strings.Join(r.Rules, " ") != "S-239" {
					t.Errorf("%s: a wrong request has %s by %v", test.requests, r.Decision, r.Rules)
				}
			}
			if r.Met != nil {
				word += map[bool]string{true: " met", false: " unmet"}[*r.Met]
			}
			got = append(got, word)
		}
		if strings.Join(got, ", ") != test.want || !s.Broken() {
			t.Errorf("%s\n got %s\nwant %s", test.requests, strings.Join(got, ", "), test.want)
		}
	}
}

// The problems of a policy are relative to its own text, and know their place
// in the file; requests that don't meet a broken text given apart are decided.
func TestBrokenPolicies(t *testing.T) {
	const text = `{ "version": 1,
  "policies": {
    "P": { "Version": "2012-10-17",
      "Statement": { "Effect": "allow", "Action": "*", "Resource": "*" } } },
  "identities": [ { "arn": "arn:aws:iam::111122223333:user/ana", "policies": ["P"] } ],
  "requests": [ { "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject", "resource": "*" },
    { "principal": "arn:aws:iam::111122223333:user/ben", "action": "s3:GetObject", "resource": "*" } ] }`
	s := scenario.Decode(source.NewFile("s", text), nil)
	if len(s.Problems) != 1 || s.Problems[0].Policy != "P" || s.Problems[0].Start.Line != 2 || s.Problems[0].InFile.Line != 4 || s.Problems[0].InFile.Column != 31 {
		t.Errorf("problems %+v", s.Problems)
	}
	if results := s.Run(iam.Options{}, nil).Results; len(results) > 0 {
		t.Errorf("a file with a broken policy has %d results", len(results))
	}
	s = scenario.Decode(source.NewFile("s", text), []scenario.NamedText{{Name: "P", Text: `{ "Version": `}})
	results := s.Run(iam.Options{}, nil).Results
	if len(results) != 2 || results[0].Error == "" || results[0].Decision != iam.ImplicitDeny || results[1].Error != "" {
		t.Errorf("results %+v", results)
	}
}

// A problem's path leads through the text that it is in, a policy's own or the scenario's.
func TestPathsOfProblems(t *testing.T) {
	const text = `{ "version": 1,
  "policies": { "P": { "Version": "2012-10-17", "Statement": [ { "Effect": "allow", "Action": "*", "Resource": "*" } ] }, "": {} },
  "requests": [ { "principal": "anonymous", "action": "s3:GetObject", "resource": "*" },
    { "principal": "anonymous", "action": "nothing", "resource": "*" }, { "action": "s3:GetObject", "resource": "*" } ] }`
	want := []string{"[policies ] emptyValue", "[requests 1 action] invalidAction", "[requests 2] missingMember",
		"P [Statement 0 Effect] invalidEffect", "[] missingStatement", "[] missingVersion"}
	var got []string
	for _, p := range scenario.Decode(source.NewFile("s", text), nil).Problems {
		got = append(got, strings.TrimSpace(fmt.Sprint(p.Policy, " ", p.Path, " ", p.Code)))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
