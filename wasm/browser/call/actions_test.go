package call

import (
	"encoding/json"
	"strings"
	"testing"

	"fenceline/engine/catalogue/data"
)

func TestEveryActionIsDecided(t *testing.T) {
	defer func() { known, index = nil, nil }()
	ask := func(without []string) tagged {
		in, err := json.Marshal(asking{
			named: named{"actions"}, Without: without,
			Scenario: `{"version":1,"title":"t","identities":[{"arn":"arn:aws:iam::111122223333:user/U","policies":["P"]}],
				"requests":[{"principal":"arn:aws:iam::111122223333:user/U","action":"s3:GetObject","resource":"*"}]}`,
			Policies: []policy{{"P", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sqs:*","Resource":"*"}]}`}},
		})
		if err != nil {
			t.Fatal(err)
		}
		return decode(t, Answer(string(in)))
	}
	if a := ask(nil); a.OK || !strings.Contains(a.Error.Message, "catalogue") {
		t.Errorf("without a catalogue: got %+v", a)
	}
	text, err := json.Marshal(loading{named{"catalogue"}, data.Text})
	if err != nil {
		t.Fatal(err)
	}
	if a := decode(t, Answer(string(text))); !a.OK {
		t.Fatal(a.Error.Message)
	}
	allowed := func(a tagged) int {
		var table struct {
			Classes []struct {
				Actions  int
				Decision string
			}
			Of []int
		}
		if err := json.Unmarshal(a.Answer, &table); err != nil || len(table.Of) < 20000 {
			t.Fatalf("%v: %d actions", err, len(table.Of))
		}
		n := 0
		for _, c := range table.Classes {
			if c.Decision == "allowed" {
				n += c.Actions
			}
		}
		return n
	}
	sqs := len(data.Catalogue().Service("sqs").Actions)
	if n := allowed(ask(nil)); n < sqs || n > sqs+5 { // and what STS allows everyone
		t.Errorf("%d actions are allowed, SQS has %d", n, sqs)
	}
	if n := allowed(ask([]string{"P"})); n >= sqs {
		t.Errorf("%d actions are allowed without the policy", n)
	}
}
