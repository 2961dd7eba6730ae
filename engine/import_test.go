package engine_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fenceline/engine"
	"fenceline/engine/iam"
	"fenceline/engine/intake"
	"fenceline/engine/scenario"
)

// TestEveryDenialIsReadBack writes AWS's message for each denied request of
// the published scenarios and the vectors, and reads it again.
func TestEveryDenialIsReadBack(t *testing.T) {
	files, err := filepath.Glob("../content/scenarios/*/*.json")
	if err != nil {
		t.Fatal(err)
	}
	denials := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range engine.Evaluate(engine.Input{Scenario: string(text)}).Results {
			denials += readBack(t, &r)
		}
	}
	for _, v := range loadVectors(t) {
		var g given
		if err := json.Unmarshal(v.Given, &g); err != nil {
			t.Fatal(err)
		}
		if v.Kind == "request" {
			denials += readBack(t, g.evaluate(t))
		}
	}
	if denials < 100 {
		t.Errorf("%d denials were read back; there are more", denials)
	}
}

// readBack reads a denied result's message, bare and as tools wrap it, and
// counts it.
func readBack(t *testing.T, r *scenario.RequestResult) int {
	t.Helper()
	if r.Message == "" {
		return 0
	}
	body, err := json.Marshal(map[string]string{"message": r.Message})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		r.Message, string(body),
		"An error occurred (AccessDenied) when calling the X operation: " + r.Message + "\n",
		r.Message + " (Service: X, Status Code: 403, Request ID: 1)",
		"<Error><Code>AccessDenied</Code><Message>" + r.Message + "</Message></Error>",
	} {
		found := engine.Import(text)
		if len(found.Requests) != 1 {
			t.Errorf("%d requests in %q", len(found.Requests), text)
			continue
		}
		checkReadBack(t, text, r, &found.Requests[0])
	}
	return 1
}

func checkReadBack(t *testing.T, text string, r *scenario.RequestResult, a *intake.Asked) {
	t.Helper()
	caller, _, _ := strings.Cut(strings.TrimPrefix(r.Message, "User: "), " is not authorized")
	layer := r.DecidedBy
	if layer == iam.Service { // the message then has no reason (S-301)
		layer = iam.NoLayer
	}
	action, wanted := r.Action, r.Resource
	if r.Call != nil {
		for _, need := range r.Call.Needs {
			if need.Decides { // the message is about it
				action, wanted = need.Action, need.Resource
			}
		}
	}
	resource := a.Request.Resource == wanted
	if !strings.Contains(r.Message, " on resource: ") {
		resource = a.Request.Resource == "*" || slices.Contains(a.Request.Unknown, "resource")
	}
	if a.Request.Principal != caller || a.Request.Action != action || !resource || a.Layer != layer {
		t.Errorf("%q became %+v by %s", text, a.Request, a.Layer)
	}
	if explicit := r.Decision == iam.ExplicitDeny && layer != iam.NoLayer; a.Explicit != explicit {
		t.Errorf("%q: explicit is %t", text, a.Explicit)
	}
}
