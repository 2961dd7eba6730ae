package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// exerciseSite is a site whose only content is one exercise.
func exerciseSite(t *testing.T, text string) *site {
	t.Helper()
	s := &site{repository: t.TempDir(), files: map[string][]byte{}}
	folder := filepath.Join(s.repository, "content/exercises")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "one.json"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return s
}

func exerciseText(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../content/exercises/who-denies-alex.json")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestABrokenExerciseFailsTheBuildAtItsPlace(t *testing.T) {
	text := exerciseText(t)
	deny := `"Sid": "NoS3",
            "Effect": "Deny"`
	if !strings.Contains(text, deny) {
		t.Fatal("the exercise has no statement NoS3")
	}
	s := exerciseSite(t, strings.Replace(text, deny, strings.Replace(deny, "Deny", "Allow", 1), 1))
	_, err := s.readExercises()
	if err == nil || !strings.HasPrefix(err.Error(), "content/exercises/one.json:") || !strings.Contains(err.Error(), "wrongPasses: this statement decides") {
		t.Errorf("got %v", err)
	}
}

func TestAnExerciseIsAPageThatReadsWithoutAScript(t *testing.T) {
	list, err := exerciseSite(t, exerciseText(t)).readExercises()
	if err != nil {
		t.Fatal(err)
	}
	one := list[0]
	if one.Path() != "/exercises/one/" || len(one.Hash) != 16 || one.Deciding != "statement 2 of DenyS3, NoS3" || len(one.Hints) != 3 {
		t.Errorf("got %+v", one)
	}
	if got := string(one.Hints[1].Text); !strings.Contains(got, `(<a href="/rules/#S-163">S-163</a>)`) {
		t.Errorf("a rule's number is no link in %s", got)
	}
	if got := one.Policies[0].Attached; len(got) != 1 || got[0] != "identity-based policy of group/Admins with user/Alex in it" {
		t.Errorf("got %q", got)
	}
	if one.Requests[0].Verdict.Words != "Denied explicitly" {
		t.Errorf("got %+v", one.Requests[0])
	}
}

func TestRulesAreNotLinkedInCodeAndLinks(t *testing.T) {
	got := withRules("S-001, `S-002` and [S-003](/rules/#S-003)")
	if want := "[S-001](/rules/#S-001), `S-002` and [S-003](/rules/#S-003)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
