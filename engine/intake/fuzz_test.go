package intake_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fenceline/engine/intake"
	"fenceline/engine/source"
)

// published are the texts of the site's scenarios.
func published(tb testing.TB) []string {
	tb.Helper()
	var texts []string
	err := filepath.WalkDir("../../content/scenarios", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".json" {
			return err
		}
		text, err := os.ReadFile(path)
		texts = append(texts, string(text))
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	if len(texts) < 10 {
		tb.Fatalf("found %d scenarios, want ten and more", len(texts))
	}
	return texts
}

// FuzzImport reads any text: it never panics, says the same twice, and what it
// finds has what is needed.
func FuzzImport(f *testing.F) {
	for _, text := range published(f)[:4] {
		f.Add(text)
	}
	for _, text := range []string{
		"", "{", `"{\"Statement\":[]}"`, "%7B%22Statement%22:[]%7D", document, "[" + document + "]", `{\"Statement\":[]}`,
		"User: " + alice + " is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/k\" with an explicit deny in a service control policy: arn:x",
		"User: " + alice + "\nAction: iam:X\nContext: no identity-based policy allows",
		eventOf("s3.amazonaws.com", "GetObject", session, `"requestParameters":{"bucketName":"b","key":"k"},"errorCode":"AccessDenied","errorMessage":"x is not authorized to perform: s3:X"`),
		`{"Resources":{"A":{"Type":"AWS::X::Y","Properties":{"PolicyDocument":{"Statement":[{"Resource":{"Fn::Sub":"${A.Arn}${!x}${"}},{"Fn::Join":["",[]]}]}}}}}`,
		"policy = jsonencode({ Statement = [{ Effect : \"Allow\", a = b.c[0].arn, n = 1, t = true, x = null, s = \"${a}$${b}\\n\" }] })", "<<EOF\n{}\nEOF\n", "<<-\"X\"\n{\"Statement\":{}}\nX",
		`{"allowed":false,"context":{"principal":{"arn":"a"},"action":"b","conditions":{"items":[{"key":"a:b","values":{"items":[{"value":1}]}}]}}}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		result := intake.Import(text)
		if again := intake.Import(text); quoted(t, flat(result)) != quoted(t, flat(again)) {
			t.Fatalf("two answers to %q", text)
		}
		if (result.Kind == intake.None) != (len(result.Policies)+len(result.Requests) == 0 && result.Text == "") || result.Kind == intake.None && len(result.Problems) == 0 {
			t.Fatalf("%s with %d policies, %d requests and %d problems: %q", result.Kind, len(result.Policies), len(result.Requests), len(result.Problems), text)
		}
		for _, p := range result.Policies {
			if p.Name == "" || !p.Bare && !parses(p.Text) {
				t.Fatalf("policy %+v of %q", p, text)
			}
		}
		for _, p := range result.Problems {
			if p.Message == "" || p.Start.Offset > p.End.Offset || p.End.Offset > len(text) {
				t.Fatalf("problem %+v of %q", p, text)
			}
		}
	})
}

// flat is a result as comparable text.
func flat(r intake.Result) string {
	var b strings.Builder
	b.WriteString(string(r.Kind) + r.Source + r.Text + strings.Join(r.Notes, "\n"))
	for _, p := range r.Policies {
		b.WriteString(p.Name + p.Layer.String() + p.Text)
	}
	for _, a := range r.Requests {
		b.WriteString(a.Request.Name + a.Request.Principal + a.Request.Resource + strings.Join(a.Notes, "\n"))
	}
	return b.String()
}

func parses(text string) bool {
	root, problems := source.Parse(source.NewFile("p", text), 1<<30)
	for _, p := range problems {
		if p.Severity == source.Error && p.Code != "duplicateKey" {
			return false
		}
	}
	return root != nil
}
