package call

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

func TestManagedNamesWhatShips(t *testing.T) {
	a := decode(t, Answer(`{"call":"managed"}`))
	var answer shippedAnswer
	if err := json.Unmarshal(a.Answer, &answer); err != nil {
		t.Fatal(err)
	}
	if !a.OK || answer.Text != "" || !slices.Contains(answer.Names, "FullAWSAccess") {
		t.Fatalf("got %+v", answer)
	}
	for _, name := range answer.Names {
		one := decode(t, Answer(`{"call":"managed","name":"`+name+`"}`))
		if !one.OK || !strings.Contains(string(one.Answer), "Statement") {
			t.Errorf("%s: got %s", name, one.Answer)
		}
	}
}

func TestAManagedPolicyThatDoesNotShipHasNoText(t *testing.T) {
	a := decode(t, Answer(`{"call":"managed","name":"arn:aws:iam::aws:policy/None"}`))
	if !a.OK || strings.Contains(string(a.Answer), `"text"`) {
		t.Errorf("got %s", a.Answer)
	}
}
