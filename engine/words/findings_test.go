package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fenceline/engine/calls"
	"fenceline/engine/iam"
	"fenceline/engine/lint"
	"fenceline/engine/policy"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

func report(e Example, text string) []source.Problem { return e.Report(e.Layer, text) }

func has(problems []source.Problem, code string) bool {
	return slices.ContainsFunc(problems, func(p source.Problem) bool { return p.Code == code })
}

// The engine finds in each example what it is an example of, at its place, and
// nothing else but what the example names.
func TestEveryExampleHasItsFindingAtItsPlace(t *testing.T) {
	for _, f := range Findings() {
		text, span := f.Example.Text()
		found := false
		for _, p := range report(f.Example, text) {
			switch {
			case p.Code == f.Name && p.Span == span:
				found = true
			case !slices.Contains(f.Example.With, p.Code):
				t.Errorf("%s: also %s %s at %+v, want %+v: %.200s", f.Name, p.Severity, p.Code, p.Span, span, p.Message)
			}
		}
		if !found {
			t.Errorf("%s is not reported at %+v of %.400s", f.Name, span, text)
		}
	}
}

// What is to be written instead has the finding no more, whether the engine
// offers it or the table.
func TestWhatToWriteInsteadIsBetter(t *testing.T) {
	without := map[string]bool{"tooLarge": true, "tooDeep": true, "tooLong": true, "tooManyProblems": true, "notLookedUp": true, "tooMany": true}
	for _, f := range Findings() {
		text, span := f.Example.Text()
		var better []string
		for _, p := range report(f.Example, text) {
			if p.Code == f.Name && p.Span == span {
				for _, fix := range p.Fixes {
					better = append(better, fix.Apply(text))
				}
			}
		}
		own := f.Example.Better()
		if own != "" && len(better) > 0 {
			t.Errorf("%s: the engine has a fix of its own", f.Name)
		}
		if own != "" {
			better = append(better, own)
			if source.HasErrors(report(f.Example, own)) {
				t.Errorf("%s: AWS refuses %s", f.Name, own)
			}
		}
		if len(better) == 0 && !without[f.Name] {
			t.Errorf("%s shows nothing to write instead", f.Name)
		}
		for _, text := range better {
			if has(report(f.Example, text), f.Name) {
				t.Errorf("%s is still in %s", f.Name, text)
			}
		}
	}
}

func TestEveryCodeIsExplained(t *testing.T) {
	rules, err := Rules(semantics(t))
	if err != nil {
		t.Fatal(err)
	}
	explained := map[string]bool{}
	for _, f := range Findings() {
		if explained[f.Name] {
			t.Errorf("%s is explained twice", f.Name)
		}
		explained[f.Name] = true
		for what, text := range map[string]string{"text": f.Text, "why": f.Why, "instead": f.Instead} {
			if !strings.HasSuffix(text, ".") {
				t.Errorf("%s: the %s is %q", f.Name, what, text)
			}
		}
		ours := f.Group == "scenario" // AWS says nothing of our file
		if f.Title == "" || !ours && (f.URL == "" || len(f.Rules) == 0) || groupIndex(f.Group) == len(FindingGroups) {
			t.Errorf("%s lacks a title, a page, a rule or a group: %+v", f.Name, f)
		}
		for i, rule := range f.Rules {
			if rules[rule].Text == "" || slices.Contains(f.Rules[:i], rule) {
				t.Errorf("%s cites %s, which is no rule or stands twice", f.Name, rule)
			}
		}
	}
	for _, code := range slices.Concat(source.Codes(), policy.Codes(), lint.Codes(), scenario.Codes(), calls.Codes()) {
		if !explained[code] {
			t.Errorf("%s is not explained", code)
		}
	}
	for code := range findingTexts {
		if !explained[code] {
			t.Errorf("%s is explained, and no code of the engine", code)
		}
	}
}

// Whatever is broken in any policy at hand, its code is explained.
func TestNothingElseIsReportedOfPolicies(t *testing.T) {
	explained := map[string]bool{}
	var texts []string
	for _, f := range Findings() {
		explained[f.Name] = true
		if text, _ := f.Example.Text(); len(text) < 1<<12 {
			texts = append(texts, text)
		}
	}
	for _, folder := range []string{"../managed/policies", "../eval/testdata", "../../schemas/testdata"} {
		filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".json") {
				return nil
			}
			text, err := os.ReadFile(path)
			if err == nil && len(text) < 1<<14 {
				texts = append(texts, string(text))
			}
			return err
		})
	}
	if len(texts) < 70 {
		t.Fatalf("only %d texts", len(texts))
	}
	met := map[string]bool{}
	for i, text := range texts {
		for _, broken := range []string{text, text[:len(text)*(i%7)/7], strings.Replace(text, `"s3`, `"`, 1), strings.Replace(text, `": "`, `": ["`, 1), strings.ReplaceAll(text, ":", "")} {
			for _, layer := range iam.PolicyLayers() {
				for _, p := range report(Example{Layer: layer, Before2025: true}, broken) {
					met[p.Code] = true
					if !explained[p.Code] {
						t.Errorf("%s is not explained: %s", p.Code, p.Message)
					}
				}
			}
		}
	}
	if len(met) < 50 {
		t.Errorf("only %d codes were met", len(met))
	}
}

// No code is written where it is reported: it has a name in its room's list.
func TestCodesAreNamedWhereTheyAreReported(t *testing.T) {
	reported := 0
	for _, room := range []string{"source", "policy", "lint", "calls", "scenario"} {
		names, err := filepath.Glob("../" + room + "/*.go")
		if err != nil || len(names) == 0 {
			t.Fatal(room, err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || len(call.Args) < 2 || !reports(room, call.Fun) {
					return true
				}
				reported++
				if literal, ok := call.Args[0].(*ast.BasicLit); ok {
					t.Errorf("%s reports under %s, which is no name", name, literal.Value)
				}
				return true
			})
		}
	}
	if reported < 150 {
		t.Errorf("found %d reports", reported)
	}
}

// reports says whether a function of a room reports a problem under a code.
func reports(room string, function ast.Expr) bool {
	name := ""
	switch f := function.(type) {
	case *ast.SelectorExpr:
		name = f.Sel.Name
	case *ast.Ident:
		name = f.Name
	}
	return slices.Contains([]string{"Error", "Warn", "wrong"}, name) || room == "source" && (name == "fail" || name == "problem")
}
