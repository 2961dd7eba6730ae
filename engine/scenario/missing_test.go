package scenario_test

import (
	"strings"
	"testing"

	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// A policy that is referred to and not at hand is no empty one: who meets it is
// denied, and everyone else gets his decision.
func TestAMissingPolicyDeniesOnlyThoseWhoMeetIt(t *testing.T) {
	const text = `{ "version": 1, "policies": { "All": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } }MORE },
		"identities": [
			{ "arn": "arn:aws:iam::111122223333:user/A", "policies": ["All", "Gone"] },
			{ "arn": "arn:aws:iam::111122223333:user/B", "policies": ["All"] } ],
		"requests": [
			{ "principal": "arn:aws:iam::111122223333:user/A", "action": "s3:GetObject", "resource": "*" },
			{ "principal": "arn:aws:iam::111122223333:user/B", "action": "s3:GetObject", "resource": "*" } ] }`
	for name, s := range map[string]*scenario.Scenario{
		"in the file": scenario.Decode(source.NewFile("s", strings.Replace(text, "MORE", `, "Gone": null`, 1)), nil),
		"apart":       scenario.Decode(source.NewFile("s", strings.Replace(text, "MORE", "", 1)), []scenario.NamedText{{Name: "Gone", Text: scenario.Missing}}),
	} {
		result := s.Run(iam.Options{}, nil)
		if len(result.Results) != 2 || len(result.Problems) != 1 {
			t.Fatalf("%s: %d results, problems %v", name, len(result.Results), result.Problems)
		}
		if p := result.Problems[0]; p.Code != "missingPolicy" || p.Policy != "Gone" || p.Severity != source.Error {
			t.Errorf("%s: problem %+v", name, p)
		}
		a, b := result.Results[0], result.Results[1]
		if a.Decision != iam.ImplicitDeny || !strings.Contains(a.Error, "the document of `Gone` is missing") {
			t.Errorf("%s: A is %s, %q", name, a.Decision, a.Error)
		}
		if b.Decision != iam.Allowed || b.Error != "" {
			t.Errorf("%s: B is %s, %q", name, b.Decision, b.Error)
		}
		if _, ok := s.Decide(0, iam.Options{}); ok {
			t.Errorf("%s: the request that meets it is decided", name)
		}
	}
}
