package call

import (
	"encoding/json"
	"testing"
)

func TestImportSaysWhatATextIs(t *testing.T) {
	in, err := json.Marshal(importing{named{"import"}, "User: arn:aws:iam::111122223333:user/U is not authorized to perform: iam:CreateUser because no permissions boundary allows the iam:CreateUser action"})
	if err != nil {
		t.Fatal(err)
	}
	a := decode(t, Answer(string(in)))
	var found struct {
		Kind     string
		Requests []struct {
			Layer   string
			Request struct{ Action string }
		}
	}
	if err := json.Unmarshal(a.Answer, &found); err != nil {
		t.Fatal(err)
	}
	if !a.OK || found.Kind != "requests" || len(found.Requests) != 1 || found.Requests[0].Layer != "permissionsBoundary" || found.Requests[0].Request.Action != "iam:CreateUser" {
		t.Errorf("got %s", a.Answer)
	}
}
