//go:build account

package call

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// asked runs a call and reads its answer.
func asked(t *testing.T, in any, out any) tagged {
	t.Helper()
	text, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	a := decode(t, Answer(string(text)))
	if out != nil {
		if !a.OK {
			t.Fatalf("%s failed: %+v", text[:min(len(text), 200)], a.Error)
		}
		if err := json.Unmarshal(a.Answer, out); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

type calling map[string]any

const alexARN = "arn:aws:iam::111122223333:user/Alex"

// holdSeed gives the seed account in pieces, and answers the inventory.
func holdSeed(t *testing.T) inventory {
	t.Helper()
	data, err := os.ReadFile("../../../content/accounts/simulator.json")
	if err != nil {
		t.Fatal(err)
	}
	asked(t, calling{"call": "accountClear"}, &struct{}{})
	text := string(data)
	var got struct{ Bytes, Identities, Policies int }
	const piece = 1000
	for at := 0; at < len(text); at += piece {
		end := min(at+piece, len(text))
		asked(t, calling{"call": "accountAdd", "name": "seed.json", "text": text[at:end], "more": end < len(text), "after": at}, &got)
	}
	if got.Bytes != len(text) || got.Identities != 7 {
		t.Errorf("read %+v of %d bytes", got, len(text))
	}
	var all inventory
	asked(t, calling{"call": "accountDone"}, &all)
	return all
}

func TestAnAccountIsHeldBetweenCalls(t *testing.T) {
	all := holdSeed(t)
	if len(all.Principals) != 7 || len(all.Unused) != 1 || all.Accounts[0].ID != "111122223333" {
		t.Fatalf("%+v", all)
	}
	missing := 0
	for _, p := range all.Principals {
		if p.Missing {
			missing++
		}
	}
	if missing != 1 {
		t.Errorf("%d principals lack a document, want one", missing)
	}
	alex := all.Principals[0]
	if alex.ARN != alexARN || all.Policies[alex.Has[0]].Name != "user/Alex/DenyS3" || all.Principals[alex.Groups[0]].ARN != "arn:aws:iam::111122223333:group/Admins" || alex.Tags[0] != "team=platform" {
		t.Errorf("%+v", alex)
	}
}

func TestAPrincipalIsToldWithItsPoliciesOrigins(t *testing.T) {
	holdSeed(t)
	var p principal
	asked(t, calling{"call": "accountPrincipal", "arn": alexARN}, &p)
	want := []attachment{{"user/Alex/DenyS3", "inline", ""}, {"arn:aws:iam::aws:policy/AdministratorAccess", "attached", "arn:aws:iam::111122223333:group/Admins"}}
	if len(p.Policies) != 2 || p.Policies[0] != want[0] || p.Policies[1] != want[1] {
		t.Errorf("%+v", p.Policies)
	}
	if len(p.Documents) != 2 || p.Documents[0].Place == nil || !strings.Contains(p.Documents[0].Text, "NoS3") || len(p.Problems) != 0 {
		t.Errorf("%+v, problems %+v", p.Documents, p.Problems)
	}
	if a := asked(t, calling{"call": "accountPrincipal", "arn": "arn:aws:iam::111122223333:user/Nobody"}, nil); a.OK || a.Error.Code != CodeNotHeld {
		t.Errorf("%+v", a)
	}
}

func TestAnExcerptIsEvaluatedAsItIs(t *testing.T) {
	holdSeed(t)
	var part excerpt
	asked(t, calling{"call": "accountScenario", "principal": alexARN, "requests": `[{"principal": "` + alexARN + `", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"}]`}, &part)
	var result struct {
		Results []struct{ Decision, DecidedBy string }
	}
	asked(t, calling{"call": "evaluate", "scenario": part.Scenario, "policies": part.Policies}, &result)
	if len(result.Results) != 1 || result.Results[0].Decision != "explicitDeny" {
		t.Errorf("%+v", result)
	}
	if a := asked(t, calling{"call": "accountScenario", "requests": `{`}, nil); a.OK || a.Error.Code != CodeBadCall {
		t.Errorf("%+v", a)
	}
}

func TestWithoutAnAccountTheCallsSaySo(t *testing.T) {
	asked(t, calling{"call": "accountClear"}, &struct{}{})
	for _, c := range []calling{{"call": "accountDone"}, {"call": "accountPrincipal", "arn": alexARN}, {"call": "accountScenario"}} {
		if a := asked(t, c, nil); a.OK || a.Error.Code != CodeNoAccount {
			t.Errorf("%v: %+v", c, a)
		}
	}
	if a := asked(t, calling{"call": "accountAdd", "name": "x", "text": "{", "after": 7}, nil); a.OK || a.Error.Code != CodeNoAccount {
		t.Errorf("a piece after others that are not held: %+v", a)
	}
	if a := asked(t, calling{"call": "accountAdd", "name": "x", "text": strings.Repeat(" ", maxPiece+1)}, nil); a.OK || a.Error.Code != CodeTooLarge {
		t.Errorf("%+v", a)
	}
}

func TestAPolicyIsToldWithWhoHasIt(t *testing.T) {
	holdSeed(t)
	var p struct {
		Document document
		Problems []struct{ Code string }
		UsedBy   []string
	}
	asked(t, calling{"call": "accountPolicy", "name": "DynamoDB_Boundary_Frankfurt"}, &p)
	if len(p.UsedBy) != 2 || p.Document.Version != "v1" || !strings.Contains(p.Document.Text, "DynamoDBInFrankfurt") || len(p.Problems) != 0 {
		t.Errorf("%+v", p)
	}
	text := `aws s3api get-bucket-policy --bucket b
{"Policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Alow\",\"Principal\":\"*\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::b/*\"}]}"}`
	asked(t, calling{"call": "accountAdd", "name": "more.txt", "text": text, "after": held.read}, &struct{}{})
	var all inventory
	asked(t, calling{"call": "accountDone"}, &all)
	if len(all.Resources) != 1 || all.Resources[0].ARN != "arn:aws:s3:::b" {
		t.Fatalf("%+v, not used: %+v", all.Resources, all.Unused)
	}
	asked(t, calling{"call": "accountPolicy", "name": all.Resources[0].Policy}, &p)
	if len(p.Problems) != 1 || len(p.UsedBy) != 0 {
		t.Errorf("%+v", p)
	}
}
