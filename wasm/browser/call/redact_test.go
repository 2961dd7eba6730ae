package call

import (
	"encoding/json"
	"testing"
)

func TestRedactReplacesInScenarioAndPolicies(t *testing.T) {
	in, err := json.Marshal(redaction{named: named{"redact"}, Scenario: `{"a":"230948572011"}`, Policies: []policy{{"P", `"230948572011"`}}})
	if err != nil {
		t.Fatal(err)
	}
	a := decode(t, Answer(string(in)))
	want := `{"scenario":"{\"a\":\"111122223333\"}","policies":[{"name":"P","text":"\"111122223333\""}],"replaced":[{"kind":"account","from":"230948572011","to":"111122223333","count":2}],"notes":[]}`
	if !a.OK || string(a.Answer) != want {
		t.Errorf("got  %s\nwant %s", a.Answer, want)
	}
}
