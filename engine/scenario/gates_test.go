package scenario_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// evaluate runs a whole scenario.
func evaluate(text string, traced ...int) scenario.Result {
	return scenario.Decode(source.NewFile("scenario", text), nil).Run(iam.Options{}, traced)
}

func TestTheBoundaryCard(t *testing.T) {
	const principal = "arn:aws:iam::111122223333:user/U"
	statement := func(effect, action, principal string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"` + effect + `",` + principal + `"Action":"` + action + `","Resource":"*"}]}`
	}
	for _, test := range []struct {
		name               string
		identity, boundary string // statements' effect and action; empty: no such policy
		bucket             string
		owner              string
		want               string
		decision           iam.Decision
		says               string
	}{
		{"both", "Allow s3:*", "Allow s3:*", "", "", "match match", iam.Allowed, "Both must allow, and both do. The boundary alone grants nothing."},
		{"identity alone", "Allow s3:*", "Allow ec2:*", "", "", "match noMatch", iam.ImplicitDeny, "beyond the boundary an Allow has no effect"},
		{"boundary alone", "Allow ec2:*", "Allow s3:*", "", "", "noMatch match", iam.ImplicitDeny, "the boundary alone grants nothing"},
		{"neither", "Allow ec2:*", "Allow ec2:*", "", "", "noMatch noMatch", iam.ImplicitDeny, "would still grant nothing"},
		{"no boundary", "Allow s3:*", "", "", "", "match match", iam.Allowed, "There is no permissions boundary"},
		{"the boundary denies", "Allow s3:*", "Deny s3:*", `"Principal":{"AWS":"` + principal + `"},`, "", "match noMatch", iam.ExplicitDeny, "That always acts"},
		{"the bucket names the user", "", "Allow ec2:*", `"Principal":{"AWS":"` + principal + `"},`, "", "noMatch noMatch around", iam.Allowed, "merely leaves out does not limit such a grant"},
		{"the bucket names the user, the boundary allows", "", "Allow s3:*", `"Principal":{"AWS":"` + principal + `"},`, "", "noMatch match around", iam.Allowed, "What grants here is a resource-based policy"},
		{"the bucket names the account", "", "Allow s3:*", `"Principal":{"AWS":"111122223333"},`, "", "noMatch match", iam.ImplicitDeny, "the boundary alone grants nothing"},
		{"another account's bucket", "Allow s3:*", "Allow ec2:*", `"Principal":{"AWS":"` + principal + `"},`, "444455556666", "match noMatch", iam.ImplicitDeny, "Across accounts the boundary limits whoever"},
	} {
		t.Run(test.name, func(t *testing.T) {
			policies, identity, resources := []string{}, `{"arn":"`+principal+`"`, ""
			add := func(name, text, principal string) {
				effect, action, _ := strings.Cut(text, " ")
				policies = append(policies, `"`+name+`":`+statement(effect, action, principal))
			}
			if test.identity != "" {
				add("I", test.identity, "")
				identity += `,"policies":["I"]`
			}
			if test.boundary != "" {
				add("B", test.boundary, "")
				identity += `,"boundary":"B"`
			}
			if test.bucket != "" {
				add("R", "Allow s3:*", test.bucket)
				resources = `"resources":[{"arn":"arn:aws:s3:::b","policy":"R"` + owner(test.owner) + `}],`
			}
			text := `{"version":1,"policies":{` + strings.Join(policies, ",") + `},"identities":[` + identity + `}],` + resources +
				`"requests":[{"principal":"` + principal + `","action":"s3:GetObject","resource":"arn:aws:s3:::b/k"}]}`
			result := evaluate(text)
			if len(result.Results) != 1 {
				t.Fatalf("no result: %v", result.Problems)
			}
			r := result.Results[0]
			got := r.Boundary.Identity.String() + " " + r.Boundary.Boundary.String()
			if r.Boundary.Around {
				got += " around"
			}
			if got != test.want || r.Decision != test.decision || !strings.Contains(r.Boundary.Reason, test.says) {
				t.Errorf("%s, %s: %s\nwant %s, %s: %s", got, r.Decision, r.Boundary.Reason, test.want, test.decision, test.says)
			}
			if r.Boundary.Present != (test.boundary != "") {
				t.Errorf("present: %v", r.Boundary.Present)
			}
		})
	}
}

func owner(account string) string {
	if account == "" {
		return ""
	}
	return `,"account":"` + account + `"`
}

func TestEveryGateSaysWhatItDoes(t *testing.T) {
	paths, err := filepath.Glob("../../content/scenarios/*/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, r := range evaluate(string(text)).Results {
			if len(r.Gates) < 8 {
				t.Errorf("%s, request %d: %d gates", path, i, len(r.Gates))
			}
			for _, gate := range r.Gates {
				if gate.Reason == "" {
					t.Errorf("%s, request %d: %s, %s, gives no reason", path, i, gate.Gate, gate.State)
				}
			}
		}
	}
}

func TestGatesComeWithTheTrace(t *testing.T) {
	text := `{"version":1,"requests":[{"principal":"anonymous","action":"s3:GetObject","resource":"arn:aws:s3:::b/k"},{"principal":"anonymous","action":"s3:GetObject","resource":"arn:aws:s3:::b/k"}]}`
	result := evaluate(text, 1)
	if first, second := result.Results[0], result.Results[1]; len(first.Gates) != 0 || len(second.Gates) == 0 || second.Boundary != nil {
		t.Errorf("gates: %v without a trace, %v with; boundary of an anonymous caller: %v", first.Gates, second.Gates, second.Boundary)
	}
}
