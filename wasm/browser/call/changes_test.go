package call

import (
	"encoding/json"
	"testing"
)

func TestChangesFlipADecision(t *testing.T) {
	for _, test := range []struct {
		without []string
		want    string // the first title
	}{
		{nil, "Add `s3:ListAllMyBuckets` to the actions of statement 1 in `P`"},
		{[]string{"P"}, "Attach a new policy that allows `s3:ListAllMyBuckets` on `*` to `arn:aws:iam::111122223333:user/U`"},
	} {
		in, err := json.Marshal(changing{
			named: named{"changes"}, Without: test.without,
			Scenario: `{"version":1,"identities":[{"arn":"arn:aws:iam::111122223333:user/U","policies":["P"]}],
			"requests":[{"principal":"arn:aws:iam::111122223333:user/U","action":"s3:ListAllMyBuckets","resource":"*"}]}`,
			Policies: []policy{{"P", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"}]}`}},
		})
		if err != nil {
			t.Fatal(err)
		}
		a := decode(t, Answer(string(in)))
		var got struct{ Changes []struct{ Title string } }
		if err := json.Unmarshal(a.Answer, &got); err != nil {
			t.Fatal(err)
		}
		if !a.OK || len(got.Changes) == 0 || got.Changes[0].Title != test.want {
			t.Errorf("without %v: got %s", test.without, a.Answer)
		}
	}
}

func TestNoChangesAreAList(t *testing.T) {
	if got := Answer(`{"call":"changes","scenario":"{","request":7}`); got != `{"ok":true,"answer":{"changes":[]}}` {
		t.Errorf("got %s", got)
	}
}
