package engine_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"fenceline/engine"
	"fenceline/engine/change"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// place finds the byte of a line and column by counting, and holds the
// position's own offset to it.
func place(t *testing.T, text string, at source.Position) int {
	t.Helper()
	rest, offset := text, 0
	for line := 1; line < at.Line; line++ {
		end := strings.IndexByte(rest, '\n') + 1
		if end == 0 {
			t.Fatalf("%+v lies below the text", at)
		}
		rest, offset = rest[end:], offset+end
	}
	for range at.Column {
		_, size := utf8.DecodeRuneInString(rest)
		rest, offset = rest[size:], offset+size
	}
	if offset != at.Offset {
		t.Fatalf("%+v is at %d", at, offset)
	}
	return offset
}

// applied edits an input from the ends of its texts, with no help of the
// engine. Edited policies of the file are then given apart, as the page gives them.
func applied(t *testing.T, in engine.Input, c *engine.Change) engine.Input {
	t.Helper()
	whole := scenario.Decode(source.NewFile("s", in.Scenario), in.Policies)
	in.Policies = slices.Clone(in.Policies)
	for i, e := range slices.Backward(c.Edits) {
		if i > 0 {
			if before := c.Edits[i-1]; before.Policy == e.Policy && (e.Start.Offset < before.End.Offset || e.Start.Offset <= before.Start.Offset) {
				t.Fatalf("edits overlap, or are not in order: %+v", c.Edits)
			}
		}
		if e.Policy == "" {
			in.Scenario = replaced(t, in.Scenario, e)
			continue
		}
		at := slices.IndexFunc(in.Policies, func(n engine.NamedText) bool { return n.Name == e.Policy })
		if at < 0 {
			at = len(in.Policies)
			in.Policies = append(in.Policies, engine.NamedText{Name: e.Policy, Text: whole.PolicyFile(e.Policy).Text})
		}
		in.Policies[at].Text = replaced(t, in.Policies[at].Text, e)
	}
	for _, added := range c.Policies {
		if whole.HasPolicy(added.Name) {
			t.Fatalf("the new policy %q exists already", added.Name)
		}
		in.Policies = append(in.Policies, engine.NamedText(added))
	}
	return in
}

func replaced(t *testing.T, text string, e scenario.TextEdit) string {
	t.Helper()
	start, end := place(t, text, e.Start), 0
	if end = place(t, text, e.End); end < start {
		t.Fatalf("the edit %+v ends before it begins", e)
	}
	if text[start:end] == e.Text {
		t.Fatalf("the edit %+v changes nothing", e)
	}
	return text[:start] + e.Text + text[end:]
}

// checkChanges holds every change that is offered for a scenario to what it
// says: applied by other means it leaves valid texts, gives the decision, and
// changes the other requests that it names and no more. It answers how many
// requests are denied, and for how many of them there are changes.
func checkChanges(t *testing.T, in engine.Input) (denied, offered int) {
	t.Helper()
	in.Trace = []int{}
	before := engine.Evaluate(in)
	for i := range before.Results {
		changes := engine.Changes(in, i)
		if len(changes) > engine.MostChanges {
			t.Fatalf("%d changes", len(changes))
		}
		for n := range changes {
			checkChange(t, in, &before, i, &changes[n])
		}
		if d := before.Results[i].Decision; d == iam.ImplicitDeny || d == iam.ExplicitDeny {
			denied++
			offered += min(len(changes), 1)
		}
	}
	return denied, offered
}

func checkChange(t *testing.T, in engine.Input, before *engine.Result, i int, c *engine.Change) {
	t.Helper()
	edited := applied(t, in, c)
	for _, p := range edited.Policies {
		if slices.ContainsFunc(c.Edits, func(e scenario.TextEdit) bool { return e.Policy == p.Name }) && !json.Valid([]byte(p.Text)) {
			t.Fatalf("%s: this is no JSON any more: %s", c.Title, p.Text)
		}
	}
	if json.Valid([]byte(in.Scenario)) && !json.Valid([]byte(edited.Scenario)) { // another request may be broken before
		t.Fatalf("%s: this is no JSON any more: %s", c.Title, edited.Scenario)
	}
	after := engine.Evaluate(edited)
	if len(before.Results) < 20 { // of more, running all of them twice says nothing new
		checkEdited(t, in, c, &after)
	}
	if len(after.Results) != len(before.Results) {
		t.Fatalf("%s: nothing is decided any more: %+v", c.Title, after.Problems)
	}
	if got := &after.Results[i]; got.Decision != c.Decision || got.Error != "" {
		t.Fatalf("%s: request %d is %s %s, not %s", c.Title, i, got.Decision, got.Error, c.Decision)
	}
	if was := before.Results[i].Decision; (was == iam.Allowed) == (c.Decision == iam.Allowed) && was != iam.Depends || c.Decision == iam.Depends {
		t.Fatalf("%s: from %s to %s is no flip", c.Title, was, c.Decision)
	}
	also := []change.Also{}
	for n := range after.Results {
		if from, to := before.Results[n].Decision, after.Results[n].Decision; n != i && from != to {
			also = append(also, change.Also{Request: n, Name: after.Results[n].Name, From: from, To: to})
		}
	}
	if !slices.Equal(also, c.Also) {
		t.Fatalf("%s: also %+v, not %+v", c.Title, also, c.Also)
	}
	checkWords(t, c)
}

// checkEdited holds what the engine makes of a change, reading only what is
// new, to what it makes of the edited texts.
func checkEdited(t *testing.T, in engine.Input, c *engine.Change, want *engine.Result) {
	t.Helper()
	s := scenario.Decode(source.NewFile("s", in.Scenario), in.Policies)
	var added []scenario.NamedText
	for _, p := range c.Policies {
		added = append(added, scenario.NamedText(p))
	}
	got := s.Edited(c.Edits, added).Run(in.Options, []int{})
	if a, b := text(t, got.Results), text(t, want.Results); a != b {
		t.Fatalf("%s: with what did not change taken over\n%s\nread anew\n%s", c.Title, a, b)
	}
	if len(got.Problems) != len(want.Problems) {
		t.Fatalf("%s: problems %+v, read anew %+v", c.Title, got.Problems, want.Problems)
	}
}

func text(t *testing.T, v any) string {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// checkWords holds a change to what is said of all of them.
func checkWords(t *testing.T, c *engine.Change) {
	t.Helper()
	if c.Title == "" || !strings.HasSuffix(c.Why, ".") || len(c.Edits) == 0 || c.Policies == nil || c.Also == nil {
		t.Fatalf("incomplete: %+v", c)
	}
	for _, added := range c.Policies {
		if strings.Contains(added.Text, `"Principal": "*"`) || strings.Contains(added.Text, `"Action": "*"`) {
			t.Fatalf("%s: %s", c.Title, added.Text)
		}
	}
	for _, e := range c.Edits {
		if strings.Contains(e.Text, `"Principal": "*"`) {
			t.Fatalf("%s: %+v", c.Title, e)
		}
	}
}
