//go:build !bootstrap

package call

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"fenceline/engine"
	"fenceline/engine/catalogue/data"
)

// sameJSON holds a writer to encoding/json, where lists and objects are compared
// as values.
func sameJSON[T any](t *testing.T, what string, value T, write func([]byte, *T) []byte) {
	t.Helper()
	want, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var got, wanted any
	text := write(nil, &value)
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatalf("%s: %v\n%s", what, err, text)
	}
	if err := json.Unmarshal(want, &wanted); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, wanted) {
		t.Errorf("%s:\n got %s\nwant %s", what, text, want)
	}
}

func TestAnswersAreWrittenAsEncodingJSONWritesThem(t *testing.T) {
	files, err := filepath.Glob("../../../content/scenarios/*/*.json")
	if err != nil || len(files) < 10 {
		t.Fatalf("found %d scenarios: %v", len(files), err)
	}
	x := engine.IndexActions(data.Catalogue())
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		in := engine.Input{Scenario: string(text), Catalogue: data.Catalogue()}
		sameJSON(t, file, engine.Evaluate(in), writeScenarioResult)
		broken := engine.Input{Scenario: strings.ReplaceAll(string(text), "Effect", "Efect\x01\xff<"), Catalogue: data.Catalogue()}
		sameJSON(t, file+", broken", engine.Evaluate(broken), writeScenarioResult)
		sameJSON(t, file, changed{engine.Changes(in, 0)}, writeChanged)
		sameJSON(t, file, redactTexts(redaction{Scenario: string(text), Names: true}), writeRedacted)
		if table, err := engine.Actions(in, x, 0, true); err == nil {
			sameJSON(t, file, table, writeAnalysisTable)
		}
	}
}

func TestImportsAreWrittenAsEncodingJSONWritesThem(t *testing.T) {
	for _, text := range []string{
		"", "{", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`,
		"User: arn:aws:iam::111122223333:user/U is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/k\" with an explicit deny in an identity-based policy",
		`{"eventVersion":"1.08","eventSource":"s3.amazonaws.com","eventName":"GetObject","awsRegion":"eu-central-1","sourceIPAddress":"203.0.113.1","errorCode":"AccessDenied",
			"userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/U","accountId":"111122223333","userName":"U"},"requestParameters":{"bucketName":"b","key":"k"}}`,
	} {
		sameJSON(t, text, importText(importing{Text: text}), writeIntakeResult)
	}
}

func TestStringsAreWrittenWhole(t *testing.T) {
	for _, text := range []string{"", "a\"b\\c\n\t\r\x00\x1f", "ünïcödé \u2028 \U0001F512", "broken \xff\xc3", "<&>"} {
		var got string
		if err := json.Unmarshal(writeString(nil, text), &got); err != nil {
			t.Fatal(err)
		}
		if want := strings.ToValidUTF8(text, "\ufffd"); got != want && got != strings.ReplaceAll(text, "\xff\xc3", "\ufffd\ufffd") {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
