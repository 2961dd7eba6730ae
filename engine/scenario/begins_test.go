package scenario_test

import (
	"testing"

	"fenceline/engine/scenario"
)

func TestAScenarioIsToldByItsBeginning(t *testing.T) {
	for text, want := range map[string]bool{
		`{"version": 1}`:                   true,
		"\ufeff\n { \t\"$schema\": \"x\" ": true,
		`{"identities": [`:                 true,
		`{"UserDetailList": []}`:           false,
		`{"Version": "2012-10-17"}`:        false,
		`{}`:                               false,
		`["version"]`:                      false,
		`"version"`:                        false,
		`{"version`:                        false,
		`{version: 1}`:                     false,
		``:                                 false,
	} {
		if got := scenario.Begins(text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}
