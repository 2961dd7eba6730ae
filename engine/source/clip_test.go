package source_test

import (
	"strings"
	"testing"

	"fenceline/engine/source"
)

func TestClipCutsBetweenCharacters(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{strings.Repeat("a", 40), strings.Repeat("a", 40)},
		{strings.Repeat("a", 41), strings.Repeat("a", 40) + "…"},
		{"a" + strings.Repeat("€", 20), "a" + strings.Repeat("€", 13) + "…"},
		{strings.Repeat("\xb8", 50), strings.Repeat("\xb8", 36) + "…"}, // no UTF-8
	} {
		if got := source.Clip(test.text); got != test.want {
			t.Errorf("Clip(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}
