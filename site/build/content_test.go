package main

import (
	"testing"

	"fenceline/engine/iam"
	"fenceline/engine/scenario"
)

func TestOpenKeepsOrderAndTexts(t *testing.T) {
	w, err := open([]byte(`{"version":1,"policies":{"B":{"x":[]},"A":{"n":1.0}},"title":"T","requests":[]}`))
	if err != nil {
		t.Fatal(err)
	}
	if want := "{\n  \"version\": 1,\n  \"title\": \"T\",\n  \"requests\": []\n}"; w.Scenario != want {
		t.Errorf("got %s, want %s", w.Scenario, want)
	}
	want := []policyText{{"B", "{\n  \"x\": []\n}"}, {"A", "{\n  \"n\": 1.0\n}"}}
	if len(w.Policies) != 2 || w.Policies[0] != want[0] || w.Policies[1] != want[1] || w.title != "T" {
		t.Errorf("got %+v", w)
	}
	for _, broken := range []string{``, `[]`, `{"policies":[]}`, `{"title":1}`, `{"a":`} {
		if _, err := open([]byte(broken)); err == nil {
			t.Errorf("%s: opened", broken)
		}
	}
}

func TestTheTellingRequestIsShown(t *testing.T) {
	plain := scenario.RequestResult{Decision: iam.Allowed, DecidedBy: iam.IdentityPolicy}
	bounded := scenario.RequestResult{Decision: iam.ImplicitDeny, DecidedBy: iam.PermissionsBoundary}
	valued := scenario.RequestResult{Layers: []scenario.LayerResult{{Policies: []scenario.PolicyResult{{
		Statements: []scenario.StatementResult{{
			Action:     scenario.ElementResult{Outcome: iam.Match},
			Conditions: []scenario.ConditionResult{{RequestState: "present"}},
		}},
	}}}}}
	for _, c := range []struct {
		results []scenario.RequestResult
		want    int
	}{
		{[]scenario.RequestResult{plain, plain}, 0},
		{[]scenario.RequestResult{plain, valued}, 1},
		{[]scenario.RequestResult{plain, valued, bounded}, 2},
	} {
		if got := telling(c.results); got != c.want {
			t.Errorf("got %d, want %d", got, c.want)
		}
	}
}
