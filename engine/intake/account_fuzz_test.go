package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"fenceline/engine/intake"
	"fenceline/engine/scenario"
)

// FuzzAccount reads any text, in pieces: it never panics, the pieces make no
// difference, and what comes out is a scenario in which no policy is missing
// without a word.
func FuzzAccount(f *testing.F) {
	texts := []string{seed(f), percentEncoded(f, seed(f)), strings.Join(pages(f, seed(f)), "\n"), shell(aUser...) + shell(organization()...)}
	for _, text := range texts {
		f.Add("dump.json", text, uint16(100))
	}
	for _, text := range []string{
		"", "[", "]", "{", `{"`, `{"a`, `{"a":`, `{"UserDetailList":[`, `{"UserDetailList":[{}]}`, "[{}{}]", `{"a":1,"a":2}`, "aws iam x \\", `{"Policies":[{"Arn":"arn:aws:iam::1:policy/P","PolicyVersionList":[{}]}]}`,
		`{"UserDetailList":[{"Arn":"arn:aws:iam::111122223333:user/a/b","GroupList":["x/y",1],"Tags":[{"Key":"K"},{"Key":"k"}],"AttachedManagedPolicies":[{}]}]}`,
		`{"RoleDetailList":[{"Arn":"arn:aws:iam::111122223333:role/aws-service-role/x/R","PermissionsBoundary":{"PermissionsBoundaryArn":"x"}}]}`,
		`{"Roots":[{"Id":"r-abcd","Arn":"arn:aws:organizations::999999999999:root/o-a/r-abcd"}]}{"Accounts":[{"Id":"111122223333"}]}`,
	} {
		f.Add("list-policies-for-target-r-abcd.json", text, uint16(3))
	}
	f.Fuzz(func(t *testing.T, name, text string, pieceSize uint16) {
		whole := intake.ReadAccount([]scenario.NamedText{{Name: name, Text: text}})
		pieces := intake.NewAccountReader()
		size := 1 + int(pieceSize)%1000
		for at := 0; at < max(len(text), 1); at += size {
			pieces.Read(name, text[at:min(at+size, len(text))], at+size >= len(text))
		}
		if a, b := told(whole), told(pieces.Finish()); a != b {
			t.Fatalf("in pieces of %d:\n%s\nas a whole:\n%s", size, b, a)
		}
		seen := map[string]bool{}
		for _, p := range whole.Policies {
			if p.Name == "" || seen[p.Name] || p.Text == "" {
				t.Fatalf("policy %+v", p)
			}
			seen[p.Name] = true
		}
		e := whole.Whole()
		s := e.Decode()
		for _, p := range s.Problems {
			if s.Invalid && p.Policy == "" {
				t.Fatalf("%+v in\n%s", p, e.Scenario)
			}
		}
	})
}

// told is an account as comparable text.
func told(a *intake.Account) string {
	var b strings.Builder
	e := a.Whole()
	b.WriteString(e.Scenario)
	for _, p := range e.Policies {
		b.WriteString(p.Name + p.Text)
	}
	for _, p := range a.Policies {
		fmt.Fprintf(&b, "%s %s %s %s\n", p.Name, p.Origin, p.Place, p.Missing)
	}
	fmt.Fprintf(&b, "%v %d %v", a.Unused, a.MoreUnused, a.Notes)
	return b.String()
}
