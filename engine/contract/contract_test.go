package contract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fenceline/engine"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
	"fenceline/schemas"
)

// knownScenarios is how many scenarios the content has at least.
const knownScenarios = 21

func shipped(tb testing.TB) map[string]string {
	tb.Helper()
	names, err := filepath.Glob("../../content/scenarios/*/*.json")
	if err != nil || len(names) < knownScenarios {
		tb.Fatalf("%d scenarios, there were %d (%v)", len(names), knownScenarios, err)
	}
	texts := map[string]string{}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		texts[name] = string(data)
	}
	return texts
}

// Every request of the shipped scenarios says what should come out, and it does.
func TestShippedScenariosComeOutAsExpected(t *testing.T) {
	for name, text := range shipped(t) {
		var c Checker
		result := c.Evaluate(engine.Input{Scenario: text})
		for _, p := range result.Problems {
			if p.Severity == source.Error {
				t.Errorf("%s: %s: %s", name, p.Code, p.Message)
			}
		}
		if len(result.Results) == 0 {
			t.Errorf("%s has no results", name)
		}
		for _, r := range result.Results {
			if r.Met == nil || !*r.Met {
				t.Errorf("%s: %s: %s by %s, expected %v", name, r.Name, r.Decision, r.DecidedBy, r.Expected)
			}
		}
	}
}

// What the engine answers is what the published schema of results says.
func TestResultsFitTheirSchema(t *testing.T) {
	texts := shipped(t)
	texts["broken"] = `{"version": 1, "polices": {}, "requests": [{"principal": "x", "expect": "alowed"}]}`
	texts["unknown"] = strings.Replace(texts["../../content/scenarios/mfa/mfa.json"], `"context": {`, `"unknown": ["resource", "aws:SourceIp"], "context": {`, 1)
	for name, text := range texts {
		var c Checker
		data, err := json.Marshal(c.Evaluate(engine.Input{Scenario: text}))
		if err != nil {
			t.Fatal(err)
		}
		root, problems := source.Parse(source.NewFile("result", string(data)), 64<<20)
		if source.HasErrors(problems) {
			t.Fatal(problems)
		}
		for _, p := range schemas.Check("result", root) {
			t.Errorf("%s: %s: %s", name, p.Code, p.Message)
		}
	}
}

// So are the changes that it answers.
func TestChangesFitTheirSchema(t *testing.T) {
	for name, text := range shipped(t) {
		for i := range engine.Evaluate(engine.Input{Scenario: text, Trace: []int{}}).Results {
			data, err := json.Marshal(map[string]any{"changes": engine.Changes(engine.Input{Scenario: text}, i)})
			if err != nil {
				t.Fatal(err)
			}
			root, problems := source.Parse(source.NewFile("changes", string(data)), 64<<20)
			for _, p := range append(problems, schemas.Check("changes", root)...) {
				t.Errorf("%s: request %d: %s: %s", name, i, p.Code, p.Message)
			}
		}
	}
}

// accepted says whether the engine alone, and the schemas alone, find no error.
func accepted(text string) (byEngine, bySchema bool) {
	s := scenario.Decode(source.NewFile("scenario", text), nil)
	bySchema = true
	for _, part := range s.Texts() {
		check := func(schema string, limit int) {
			root, problems := source.Parse(part.File, limit)
			if root != nil && !source.HasErrors(problems) {
				bySchema = bySchema && len(schemas.Check(schema, root)) == 0
			}
		}
		if part.Policy == "" {
			check("scenario", scenario.MaxBytes)
		}
		for _, layer := range part.Layers {
			check(layer.String(), policy.MaxBytes)
		}
	}
	return !s.Broken(), bySchema
}

// FuzzAgreement replaces a piece of a shipped scenario by another and holds
// the schemas to accept whatever the engine does.
func FuzzAgreement(f *testing.F) {
	var texts []string
	for _, text := range shipped(f) {
		if len(text) < 8000 {
			texts = append(texts, text)
		}
	}
	pieces := []string{``, `null`, `5`, `true`, `""`, `[]`, `{}`, `"*"`, `["x"]`, `{"a":"b"}`, `"allowed"`, `"resource"`, `["resource"]`,
		`"arn:aws:iam::111122223333:user/x"`, `"arn:aws:iam::111122223333:group/x"`, `"anonymous"`, `{"decision":"denied"}`, `"2008-10-17"`}
	for i := range 60 {
		f.Add(uint8(i), uint16(i*37), pieces[i%len(pieces)])
	}
	f.Fuzz(func(t *testing.T, which uint8, at uint16, piece string) {
		text := replaceValue(texts[int(which)%len(texts)], int(at), piece)
		byEngine, bySchema := accepted(text)
		if byEngine && !bySchema {
			t.Errorf("the engine accepts and the schemas refuse:\n%s", text)
		}
	})
}

// replaceValue puts a piece in place of the at-th value of a scenario.
func replaceValue(text string, at int, piece string) string {
	file := source.NewFile("scenario", text)
	root, _ := source.Parse(file, scenario.MaxBytes)
	var spans []source.Span
	var walk func(n *source.Node)
	walk = func(n *source.Node) {
		spans = append(spans, n.Span)
		for _, item := range n.Items {
			walk(item)
		}
		for i := range n.Members {
			spans = append(spans, n.Members[i].KeySpan)
			walk(n.Members[i].Value)
		}
	}
	walk(root)
	span := spans[at%len(spans)]
	return text[:span.Start] + piece + text[span.End:]
}

func TestOneMessageForOnePlace(t *testing.T) {
	text := `{"version": 1, "requests": [{"principal": "x", "action": "s3:*", "resource": 5, "expct": 1}]}`
	var c Checker
	result := c.Evaluate(engine.Input{Scenario: text})
	seen := map[source.Position]string{}
	for _, p := range result.Problems {
		if before, again := seen[p.Start]; again {
			t.Errorf("%v: both %q and %q", p.Start, before, p.Message)
		}
		seen[p.Start] = p.Message
	}
	if len(seen) != 4 {
		t.Errorf("%d problems, want 4: %v", len(seen), seen)
	}
}

// A text that was checked before is not checked again, and says the same.
func TestCheckerRemembers(t *testing.T) {
	var c Checker
	file := source.NewFile("policy", `{"Version":"2012-10-17"}`)
	first := c.Validate(file, iam.IdentityPolicy, iam.Options{})
	if len(c.remembered) != 1 || len(first) == 0 {
		t.Fatalf("remembered %d, found %v", len(c.remembered), first)
	}
	if again := c.Validate(file, iam.IdentityPolicy, iam.Options{}); len(again) != len(first) {
		t.Errorf("%v, then %v", first, again)
	}
	for range 3 * maxRemembered {
		file = source.NewFile("policy", file.Text+" ")
		c.Validate(file, iam.IdentityPolicy, iam.Options{})
	}
	if len(c.remembered) > maxRemembered {
		t.Errorf("remembers %d texts", len(c.remembered))
	}
}

func TestHostileTextsGetAProblem(t *testing.T) {
	for name, text := range map[string]string{
		"nested":       strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000),
		"nested in it": `{"version":1,"policies":{"P":` + strings.Repeat(`{"a":`, 10_000) + `1` + strings.Repeat("}", 10_000) + `}}`,
		"5 MB":         `{"version":1,"title":"` + strings.Repeat("x", 5<<20) + `"}`,
		"UTF-16":       "\xff\xfe{\x00}\x00",
		"BOM":          "\xef\xbb\xbf{\"version\":1}",
		"not UTF-8":    "{\"version\":1,\"title\":\"\xe9\"}",
		"comment":      "{\"version\":1 // one\n}",
		"comma":        `{"version":1,}`,
		"twice":        `{"version":1,"version":1}`,
		"nothing":      "",
		"surrogate":    `{"version":1,"title":"\ud800"}`,
	} {
		var c Checker
		result := c.Evaluate(engine.Input{Scenario: text})
		if len(result.Results) > 0 || len(result.Problems) == 0 || result.Problems[0].Severity != source.Error {
			t.Errorf("%s: %d results, problems %v", name, len(result.Results), result.Problems)
		}
	}
}

// BenchmarkScenario evaluates a scenario of 58 requests, as after each key
// that is typed: all decisions, one of them traced.
func BenchmarkScenario(b *testing.B) {
	data, err := os.ReadFile("../../content/scenarios/customers/customer-x.json")
	if err != nil {
		b.Fatal(err)
	}
	var c Checker
	b.ReportAllocs()
	for b.Loop() {
		c.Evaluate(engine.Input{Scenario: string(data), Trace: []int{0}})
	}
}
