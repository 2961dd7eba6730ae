package scenario_test

import (
	"slices"
	"testing"

	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// apply makes a fix's edits by their offsets.
func apply(text string, fix scenario.Fix) string {
	for _, e := range slices.Backward(fix.Edits) {
		text = text[:e.Start.Offset] + e.Text + text[e.End.Offset:]
	}
	return text
}

// A fix of a scenario's problem is about the text that the problem is about.
func TestFixesOfScenarios(t *testing.T) {
	const user = `"arn:aws:iam::111122223333:user/u"`
	ask := func(members string) string {
		return `{ "version": 1, "requests": [{ "principal": ` + user + `, "action": "s3:GetObject", "resource": "*"` + members + ` }] }`
	}
	for _, test := range []struct{ text, policy, title, fixed string }{
		{`{ "requests": [] }`, "", "Add `\"version\": 1`", `{ "version": 1, "requests": [] }`},
		{`{ "version": "1" }`, "", "Write `1`", `{ "version": 1 }`},
		{`{ "version": 1, "polcies": {} }`, "", "Write `policies`", `{ "version": 1, "policies": {} }`},
		{`{ "version": 1, }`, "", "Remove the comma", `{ "version": 1 }`},
		{ask(`, "expect": "alowed"`), "", "Write `allowed`", ask(`, "expect": "allowed"`)},
		{ask(`, "expect": { "decision": "allowed", "decidedBy": "identityPolcy" }`), "", "Write `identityPolicy`", ask(`, "expect": { "decision": "allowed", "decidedBy": "identityPolicy" }`)},
		{ask(`, "session": { "name": "x" }`), "", "Remove `session`", ask(``)},
		{ask(`, "unknown": ["resorce"]`), "", "Write `resource`", ask(`, "unknown": ["resource"]`)},
		{`{ "version": 1, "policies": { "Read": {"Statement":[]} }, "identities": [{ "arn": ` + user + `, "policies": ["Raed"] }] }`, "", "Write `Read`",
			`{ "version": 1, "policies": { "Read": {"Statement":[]} }, "identities": [{ "arn": ` + user + `, "policies": ["Read"] }] }`},
		{`{ "version": 1, "vpcEndpoints": [{ "id": "v", "type": "gateway" }] }`, "", "Write `Gateway`", `{ "version": 1, "vpcEndpoints": [{ "id": "v", "type": "Gateway" }] }`},
		{"{ \"version\": 1, \"policies\": {\n \"P\": {\"Version\": \"2012-10-17\", \"Statement\": [] ,} } }", "P", "Remove the comma", `{"Version": "2012-10-17", "Statement": [] }`},
		{"{ \"version\": 1, \"policies\": {\n \"é\": {\"Version\": \"2012-10-17\", \"statement\": []} } }", "é", "Write `Statement`", `{"Version": "2012-10-17", "Statement": []}`},
	} {
		s := scenario.Decode(source.NewFile("s", test.text), nil)
		var titles []string
		got := ""
		for _, p := range s.Problems {
			for _, fix := range p.Fixes {
				titles = append(titles, fix.Title)
				if fix.Title != test.title || p.Policy != test.policy {
					continue
				}
				got = apply(test.text, fix)
				if p.Policy != "" {
					got = apply(s.PolicyFile(p.Policy).Text, fix)
				}
			}
		}
		if got != test.fixed {
			t.Errorf("%s\n has %q\n got %s\nwant %s", test.text, titles, got, test.fixed)
		}
	}
}
