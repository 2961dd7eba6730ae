package call

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestAScenarioGoesOn(t *testing.T) {
	const user = "arn:aws:iam::111122223333:user/U"
	in, err := json.Marshal(continuing{
		named: named{"continue"}, Request: 1,
		Scenario: `{"version":1,"identities":[{"arn":"` + user + `","policies":["P"]}],
		"requests":[{"principal":"` + user + `","action":"iam:CreateUser","parameters":{"UserName":"V"}},
		{"principal":"` + user + `","action":"iam:GetUser","parameters":{"UserName":"V"}}]}`,
		Policies: []policy{{"P", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*"}]}`}, {"Broken", `{`}},
	})
	if err != nil {
		t.Fatal(err)
	}
	a := decode(t, Answer(string(in)))
	var got continued
	if err := json.Unmarshal(a.Answer, &got); err != nil {
		t.Fatal(err)
	}
	if !got.Continues || !strings.Contains(got.Scenario, "user/V") || strings.Contains(got.Scenario, "CreateUser") || len(got.Policies) != 1 || got.Policies[0].Text != "{" {
		t.Errorf("got %s", a.Answer)
	}
}

func TestNothingGoesOnInABrokenScenario(t *testing.T) {
	if got := Answer(`{"call":"continue","scenario":"{","request":7}`); got != `{"ok":true,"answer":{"continues":false,"scenario":"","policies":[],"notes":[]}}` {
		t.Errorf("got %s", got)
	}
}
