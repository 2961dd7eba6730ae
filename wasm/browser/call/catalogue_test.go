package call

import (
	"encoding/json"
	"strings"
	"testing"

	"fenceline/engine/catalogue/data"
)

// load brings the catalogue, for one test.
func load(t *testing.T) listing {
	t.Helper()
	t.Cleanup(func() { known = nil })
	text, err := json.Marshal(map[string]string{"call": "catalogue", "text": data.Text})
	if err != nil {
		t.Fatal(err)
	}
	return answerTo[listing](t, string(text))
}

func answerTo[T any](t *testing.T, call string) T {
	t.Helper()
	a := decode(t, Answer(call))
	var answer T
	if err := json.Unmarshal(a.Answer, &answer); err != nil || !a.OK {
		t.Fatalf("%.200s: %v, %+v", call, err, a.Error)
	}
	return answer
}

func TestTheCatalogueIsListedForThePage(t *testing.T) {
	list := load(t)
	if list.Source != data.Catalogue().Source || list.Date != data.Catalogue().Date || len(list.Services) != len(data.Catalogue().Services) {
		t.Errorf("%s of %s with %d services", list.Source, list.Date, len(list.Services))
	}
	for _, s := range list.Services {
		if len(s.Actions) != len(s.Access) || s.Name == "" {
			t.Errorf("%s: %d actions with %d levels", s.Prefix, len(s.Actions), len(s.Access))
		}
	}
}

func TestABadCatalogueLeavesTheOneBefore(t *testing.T) {
	if a := decode(t, Answer(`{"call":"catalogue","text":"nonsense"}`)); a.OK || a.Error.Code != CodeBadCall || !strings.Contains(a.Error.Message, "line 1 of the catalogue") {
		t.Errorf("got %+v", a)
	}
	load(t)
	Answer(`{"call":"catalogue","text":""}`)
	if d := answerTo[described](t, `{"call":"describe","action":"s3:GetObject"}`); !d.Loaded || d.Action == nil {
		t.Errorf("got %+v", d)
	}
}

func TestActionsAreDescribed(t *testing.T) {
	load(t)
	d := answerTo[described](t, `{"call":"describe","action":"DYNAMODB:putitem","partition":"aws","region":"eu-central-1","account":"111122223333"}`)
	if d.Action == nil || d.Action.Name != "dynamodb:PutItem" || d.Action.Access != "Write" || d.Service.Name != "Amazon DynamoDB" {
		t.Fatalf("got %+v", d)
	}
	table := d.Action.Resources[0]
	if table.Name != "table" || !table.Required || table.ARNs[0] != "arn:aws:dynamodb:eu-central-1:111122223333:table/${TableName}" {
		t.Errorf("got %+v", table)
	}
	found := false
	for _, key := range d.Action.Keys {
		found = found || key == keyFacts{"dynamodb:LeadingKeys", "text", true}
	}
	if !found {
		t.Errorf("got %+v", d.Action.Keys)
	}
	if d := answerTo[described](t, `{"call":"describe","action":"s3:ListAllMyBuckets"}`); d.Action == nil || len(d.Action.Resources) > 0 {
		t.Errorf("got %+v", d.Action)
	}
}

func TestPatternsAndUnknownActionsAreDescribed(t *testing.T) {
	load(t)
	if d := answerTo[described](t, `{"call":"describe","action":"s3:GetObject*"}`); d.Matches == nil || d.Matches.Count < 10 || len(d.Matches.Actions) > mostMatches || d.Matches.Actions[0] != "s3:GetObject" {
		t.Errorf("got %+v", d.Matches)
	}
	if d := answerTo[described](t, `{"call":"describe","action":"s3:GetObjcet"}`); len(d.Like) != 1 || d.Like[0] != "s3:GetObject" || d.Action != nil {
		t.Errorf("got %+v", d)
	}
	if d := answerTo[described](t, `{"call":"describe","action":""}`); !d.Loaded || d.Action != nil || d.Service != nil {
		t.Errorf("got %+v", d)
	}
}

func TestWithoutACatalogueNothingIsDescribedAndAllIsDecided(t *testing.T) {
	const scenario = `{"call":"evaluate","scenario":"{\"version\":1,\"policies\":{\"P\":{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"s3:GetObjcet\",\"Resource\":\"*\"}}},\"requests\":[]}","trace":[]}`
	if d := answerTo[described](t, `{"call":"describe","action":"s3:GetObject"}`); d.Loaded || d.Action != nil {
		t.Errorf("got %+v", d)
	}
	if a := decode(t, Answer(scenario)); strings.Contains(string(a.Answer), "unknownAction") {
		t.Errorf("got %s", a.Answer)
	}
	load(t)
	if a := decode(t, Answer(scenario)); !strings.Contains(string(a.Answer), "unknownAction") {
		t.Errorf("got %s", a.Answer)
	}
}
