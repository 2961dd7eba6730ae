package call

import (
	"encoding/json"
	"strings"
	"testing"

	"fenceline/engine/source"
)

type tagged struct {
	OK     bool `json:"ok"`
	Answer json.RawMessage
	Error  struct{ Code, Message string }
}

func decode(t *testing.T, text string) tagged {
	t.Helper()
	var a tagged
	if err := json.Unmarshal([]byte(text), &a); err != nil {
		t.Fatalf("the answer is not JSON: %v\n%s", err, text)
	}
	return a
}

func TestBadCallsFail(t *testing.T) {
	for _, c := range []struct{ name, text, code string }{
		{"empty", ``, CodeBadCall},
		{"not JSON", `{"call":`, CodeBadCall},
		{"unknown call", `{"call":"other"}`, CodeBadCall},
		{"no object", `"evaluate"`, CodeBadCall},
		{"no name", `{"scenario":""}`, CodeBadCall},
		{"a name that is no text", `{"call":1}`, CodeBadCall},
		{"another call's member", `{"call":"evaluate","request":1}`, CodeBadCall},
		{"broken off after the name", `{"call":"evaluate","scenario":"`, CodeBadCall},
		{"unknown member", `{"call":"evaluate","policy":1}`, CodeBadCall},
		{"text after the call", `{"call":"evaluate"} {}`, CodeBadCall},
		{"nesting", strings.Repeat("[", 5000), CodeTooDeep},
		{"nesting after an escaped quote", `{"call":"\"` + `","x":` + strings.Repeat("[", 5), CodeTooDeep},
		{"size", strings.Repeat(" ", MaxBytes+1), CodeTooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := decode(t, Answer(c.text))
			if a.OK || a.Error.Code != c.code || a.Error.Message == "" {
				t.Errorf("got %+v, want a failure with code %s", a, c.code)
			}
		})
	}
}

func TestBracketsInTextsAreNotNesting(t *testing.T) {
	in, err := json.Marshal(map[string]any{"call": "evaluate", "scenario": strings.Repeat("[", 5000)})
	if err != nil {
		t.Fatal(err)
	}
	if a := decode(t, Answer(string(in))); !a.OK {
		t.Errorf("got %+v; a broken scenario is an answer with problems, not a bad call", a)
	}
}

func TestAPanicIsAFailure(t *testing.T) {
	a := decode(t, respond(`{"call":"boom"}`, map[string]handler{
		"boom": func([]byte, *source.Node) ([]byte, error) { panic("boom") },
	}))
	if a.OK || a.Error.Code != CodePanic || a.Error.Message != "boom" {
		t.Errorf("got %+v, want the panic as a failure", a)
	}
}

func TestEvaluateDecides(t *testing.T) {
	in, err := json.Marshal(evaluation{
		named: named{"evaluate"},
		Scenario: `{"version":1,"title":"t",
			"identities":[{"arn":"arn:aws:iam::111122223333:user/U","policies":["P"]}],
			"requests":[{"name":"r","principal":"arn:aws:iam::111122223333:user/U","action":"s3:ListAllMyBuckets","resource":"*"}]}`,
		Policies: []policy{{"P", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`}},
	})
	if err != nil {
		t.Fatal(err)
	}
	a := decode(t, Answer(string(in)))
	var result struct{ Results []struct{ Decision string } }
	if err := json.Unmarshal(a.Answer, &result); err != nil {
		t.Fatal(err)
	}
	if !a.OK || len(result.Results) != 1 || result.Results[0].Decision != "allowed" {
		t.Errorf("got %s", a.Answer)
	}
}

func TestEvaluateLeavesPoliciesOut(t *testing.T) {
	const scenario = `{"version":1,"identities":[{"arn":"arn:aws:iam::111122223333:user/U","policies":["P"]}],
		"requests":[{"principal":"arn:aws:iam::111122223333:user/U","action":"s3:ListAllMyBuckets","resource":"*"}]}`
	for _, test := range []struct {
		without  []string
		decision string
	}{{nil, "allowed"}, {[]string{"P"}, "implicitDeny"}} {
		in, err := json.Marshal(evaluation{
			named: named{"evaluate"}, Scenario: scenario, Without: test.without,
			Policies: []policy{{"P", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`}},
		})
		if err != nil {
			t.Fatal(err)
		}
		a := decode(t, Answer(string(in)))
		if !strings.Contains(string(a.Answer), `"decision":"`+test.decision+`"`) {
			t.Errorf("without %v: got %s", test.without, a.Answer)
		}
	}
}

func TestTheNameMayStandAnywhere(t *testing.T) {
	for _, text := range []string{`{"call":"evaluate","scenario":"{}"}`, `{"policies":[],"scenario":"{}","call":"evaluate"}`} {
		if a := decode(t, Answer(text)); !a.OK {
			t.Errorf("%s: got %+v", text, a)
		}
	}
}

func TestAnUnknownCallNamesThoseThatAre(t *testing.T) {
	a := decode(t, Answer(`{"call":"evaluat"}`))
	for name := range handlers {
		if !strings.Contains(a.Error.Message, "`"+name+"`") {
			t.Errorf("%q does not name %s", a.Error.Message, name)
		}
	}
}
