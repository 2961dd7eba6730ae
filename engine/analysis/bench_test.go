package analysis_test

import (
	_ "embed" // for the scenario
	"testing"

	"fenceline/engine/account"
	"fenceline/engine/analysis"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// large is a principal under everything that can limit one: a boundary, three
// levels of SCPs, a session policy and a bucket policy.
//
//go:embed testdata/developer.json
var large string

// BenchmarkActions decides every action of AWS for one principal, from the
// compiled policies.
func BenchmarkActions(b *testing.B) {
	for _, c := range []struct {
		name     string
		resource string
		open     bool
	}{
		{"an object", "arn:aws:s3:::customer-x-data/a", false},
		{"resource unknown", "", false},
		{"resource and keys unknown", "", true},
	} {
		b.Run(c.name, func(b *testing.B) {
			m, x := decode(b, large), index()
			q := analysis.Question{Open: c.open, Request: account.Request{
				Principal: "arn:aws:iam::111122223333:role/Developer", Kind: iam.RoleSession, Resource: c.resource, ResourceUnknown: c.resource == "",
				Session: &account.Session{Policies: []string{"Scope"}},
			}}
			b.ReportAllocs()
			for b.Loop() {
				if table := analysis.Actions(m, x, q); len(table.Of) != len(x.Actions) {
					b.Fatal("actions are missing")
				}
			}
		})
	}
}

// BenchmarkActionsAfterEdit reads the scenario anew as well, as after an edit.
func BenchmarkActionsAfterEdit(b *testing.B) {
	x := index()
	for b.Loop() {
		s := scenario.Decode(source.NewFile("scenario", large), nil)
		analysis.Actions(s.First(iam.Options{}), x, analysis.Question{Request: account.Request{
			Principal: "arn:aws:iam::111122223333:role/Developer", Kind: iam.RoleSession, ResourceUnknown: true,
			Session: &account.Session{Policies: []string{"Scope"}},
		}})
	}
}
