package engine_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"fenceline/engine"
)

// knownScenarios is how many scenario files there are at least.
const knownScenarios = 21

// shipped are the scenarios of the site, by file name.
func shipped(tb testing.TB) map[string]string {
	tb.Helper()
	files, err := filepath.Glob("../content/scenarios/*/*.json")
	if err != nil {
		tb.Fatal(err)
	}
	if len(files) < knownScenarios {
		tb.Fatalf("%d scenarios, there were %d", len(files), knownScenarios)
	}
	texts := map[string]string{}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		texts[filepath.Base(name)] = string(text)
	}
	return texts
}

// unhelped are the shipped requests that are denied and for which no change is
// offered: a rule of the service itself denies them, or a session that an
// earlier call made without a session policy would need one.
var unhelped = map[string]int{"frankfurt-assume-role.json": 1, "chaining.json": 1, "federated-user.json": 2}

func TestChangesOfShippedScenariosDoWhatTheySay(t *testing.T) {
	denied, offered := 0, 0
	for name, text := range shipped(t) {
		if runtime.GOARCH == "wasm" && len(text) > 8<<10 { // which is slow
			continue
		}
		t.Run(name, func(t *testing.T) {
			d, o := checkChanges(t, engine.Input{Scenario: text})
			if d-o != unhelped[name] {
				t.Errorf("%d of %d denied requests have no change, want %d", d-o, d, unhelped[name])
			}
			denied, offered = denied+d, offered+o
		})
	}
	t.Logf("%d of %d denied requests have a change", offered, denied)
}

func TestChangesOfVectorsDoWhatTheySay(t *testing.T) {
	denied, offered, count := 0, 0, 0
	for _, v := range loadVectors(t) {
		if v.Kind != "request" {
			continue
		}
		t.Run(v.ID, func(t *testing.T) {
			var g given
			if err := json.Unmarshal(v.Given, &g); err != nil {
				t.Fatal(err)
			}
			for _, indent := range []string{"", "  "} {
				text, err := json.MarshalIndent(g.scenario(), "", indent)
				if err != nil {
					t.Fatal(err)
				}
				d, o := checkChanges(t, engine.Input{Scenario: string(text)})
				if d > o {
					t.Logf("no change: %s", v.Title)
				}
				denied, offered, count = denied+d, offered+o, count+1
			}
		})
	}
	if count < 100 {
		t.Errorf("only %d vectors are requests", count)
	}
	t.Logf("%d of %d denied requests have a change", offered, denied)
}

// wideScenario is one of many policies and requests, all of one role.
func wideScenario(policies, requests int) engine.Input {
	const role = "arn:aws:iam::111122223333:role/app"
	var in engine.Input
	var names, asked []string
	for i := range policies {
		name := fmt.Sprint("P", i)
		names = append(names, `"`+name+`"`)
		in.Policies = append(in.Policies, engine.NamedText{Name: name, Text: fmt.Sprintf(`{ "Version": "2012-10-17", "Statement": [
  { "Sid": "Read", "Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": ["arn:aws:s3:::bucket-%[1]d", "arn:aws:s3:::bucket-%[1]d/*"],
    "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" }, "IpAddress": { "aws:SourceIp": ["203.0.113.0/24", "198.51.100.0/24"] } } },
  { "Sid": "Write", "Effect": "Allow", "Action": ["dynamodb:PutItem", "dynamodb:UpdateItem"], "Resource": "arn:aws:dynamodb:eu-central-1:111122223333:table/app-%[1]d" },
  { "Sid": "Never", "Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "arn:aws:s3:::bucket-%[1]d" } ] }`, i)})
	}
	for i := range requests {
		action := []string{"s3:GetObject", "s3:DeleteBucket", "dynamodb:DeleteItem", "s3:PutObject"}[i%4]
		asked = append(asked, fmt.Sprintf(`{ "name": "r%[1]d", "principal": "%[2]s", "action": "%[3]s", "resource": "arn:aws:s3:::bucket-%[4]d/key", "context": { "aws:SourceIp": "192.0.2.1" } }`, i, role, action, i%20))
	}
	in.Scenario = `{ "version": 1, "identities": [{ "arn": "` + role + `", "policies": [` + strings.Join(names[:policies-1], ", ") + `], "boundary": "` +
		fmt.Sprint("P", policies-1) + `" }], "requests": [` + strings.Join(asked, ",\n") + `] }`
	return in
}

func TestChangesOfAWideScenario(t *testing.T) {
	if denied, offered := checkChanges(t, wideScenario(6, 8)); denied == 0 || offered < denied {
		t.Errorf("%d of %d denied requests have a change", offered, denied)
	}
}

// The search is bounded: of a large scenario less is found, and of the largest
// nothing, in about the time that reading it takes.
func TestTheSearchForChangesIsBounded(t *testing.T) {
	if got := engine.Changes(wideScenario(6, 50), 0); len(got) == 0 {
		t.Errorf("%d changes of a scenario of 50 requests", len(got))
	}
	large := wideScenario(6, 20000)
	if len(large.Scenario) > 4<<20 {
		t.Fatalf("%d bytes are not read at all", len(large.Scenario))
	}
	if got := engine.Changes(large, 0); len(got) > 0 {
		t.Errorf("%d changes of one of 20000 requests; is the effort still bounded?", len(got))
	}
}

func BenchmarkChanges(b *testing.B) {
	b.Run("shipped", func(b *testing.B) {
		in := engine.Input{Scenario: shipped(b)["frankfurt-employee.json"]}
		for b.Loop() {
			engine.Changes(in, 9)
		}
	})
	b.Run("50 requests and 20 policies", func(b *testing.B) {
		in := wideScenario(20, 50)
		for i := 0; b.Loop(); i++ {
			engine.Changes(in, i%50)
		}
	})
}
