package source_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"fenceline/engine/source"
)

// FuzzParse holds the reader to the standard library's: the same texts are
// JSON, with the same values; every span lies in its parent's; and positions
// are what a naive count gives.
func FuzzParse(f *testing.F) {
	for _, text := range parseSeeds {
		f.Add(text)
	}
	f.Fuzz(checkParse)
}

var parseSeeds = []string{
	``, ` `, `{}`, `[]`, `null`, `true`, `nul`, `-0`, `01`, `1.`, `1e`, `1e+5`, `-`, `1.5E-3`, `.5`, `+1`, `0x1`, `NaN`,
	`{"a":1}`, `{"a":1,}`, `[1,]`, `[,1]`, `[1 2]`, `{"a" 1}`, `{"a":1 "b":2}`, `{a:1}`, `{'a':1}`, `{"a":1,"a":2}`,
	"{\r\n\t\"é\": [\"ü\",\r\n\t\t\"😀\" ]\r\n}", "{\n\"a\"\r:\t\"\x7f\" }", "[\"\t\"]", "[\"\n\"]", "\"\x00\"", "\ufeff{}", "\xff", "[\"\xff\"]",
	`"A"`, `"😀"`, `"\ud83d"`, `"\ud83dA"`, `"\ude00"`, `"\u00g1"`, `"\u12`, `"\q"`, `"\`, `"abc`, `"\/\b\f\n\r\t\"\\"`, `"\u0000"`,
	"// c\n{}", "/* c */ {}", "# c\n{}", "{} x", `{}{}`, `True`, `[[[[]]]]`, `{"":{"":{}}}`, "[\"\u2028\"]", "[1]\u00a0", `"\U0041"`, `[1,2,3,"a",{"b":null}]`,
	strings.Repeat("[", 64) + strings.Repeat("]", 64), strings.Repeat("[", 65) + strings.Repeat("]", 65), `{"a":[1,{"b":"c\nd"}],"é":false}`,
	`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`,
}

func checkParse(t *testing.T, text string) {
	file := source.NewFile("f", text)
	root, problems := source.Parse(file, 1<<16)
	checkProblems(t, file, problems)
	checkPositions(t, file)
	accepted := root != nil && len(problems) == 0
	if valid := json.Valid([]byte(text)); accepted != valid && !stricter(text, problems) {
		t.Fatalf("accepted: %t, but JSON: %t: %q %v", accepted, valid, text, problems)
	}
	if root == nil {
		if len(problems) == 0 {
			t.Fatalf("no tree and no problem: %q", text)
		}
		return
	}
	checkSpans(t, file, root, source.Span{Start: 0, End: len(text)})
	if !accepted {
		return
	}
	var want any
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&want); err != nil {
		t.Fatal(err)
	}
	if got := marshal(t, plain(root)); got != marshal(t, want) {
		t.Fatalf("read as %s, but the value is %s", got, marshal(t, want))
	}
}

// stricter lists what the reader refuses and the standard library lets pass:
// repeated names, depth, size, and texts that are not wholly Unicode.
func stricter(text string, problems []source.Problem) bool {
	for _, p := range problems {
		switch p.Code {
		case "duplicateKey", "tooDeep", "tooLarge":
			return true
		case "encoding":
			return !utf8.ValidString(text)
		case "badEscape": // half of a surrogate pair
			return strings.Contains(strings.ToLower(text), `\ud`)
		}
	}
	return false
}

func checkProblems(t *testing.T, file *source.File, problems []source.Problem) {
	t.Helper()
	for _, p := range problems {
		if p.Code == "" || p.Message == "" || p.Span.Start < 0 || p.Span.Start > p.Span.End || p.Span.End > len(file.Text) {
			t.Fatalf("problem %+v of a text of %d bytes", p, len(file.Text))
		}
		if !utf8.ValidString(p.Message) && utf8.ValidString(file.Text) {
			t.Fatalf("message cut in a character: %q", p.Message)
		}
	}
}

// checkSpans looks at a tree: every node inside its parent, in order, and its
// text what its span says.
func checkSpans(t *testing.T, file *source.File, n *source.Node, outer source.Span) {
	t.Helper()
	if n == nil || !n.Span.Within(outer) || n.Span.Start > n.Span.End {
		t.Fatalf("node %+v reaches out of %v in %q", n, outer, file.Text)
	}
	last := n.Span.Start
	inside := func(s source.Span) {
		if s.Start < last {
			t.Fatalf("span %v stands before %d in %q", s, last, file.Text)
		}
		last = s.End
	}
	for _, item := range n.Items {
		inside(item.Span)
		checkSpans(t, file, item, n.Span)
	}
	for _, m := range n.Members {
		inside(m.KeySpan)
		inside(m.Value.Span)
		checkSpans(t, file, m.Value, n.Span)
		if got := unquote(file.Slice(m.KeySpan)); got != m.Key {
			t.Fatalf("key %q stands at %q", m.Key, file.Slice(m.KeySpan))
		}
	}
	switch n.Kind {
	case source.String:
		if got := unquote(file.Slice(n.Span)); got != n.Text {
			t.Fatalf("text %q stands at %q", n.Text, file.Slice(n.Span))
		}
	case source.Number, source.Bool:
		if file.Slice(n.Span) != n.Text {
			t.Fatalf("literal %q stands at %q", n.Text, file.Slice(n.Span))
		}
	}
}

func unquote(literal string) string {
	var s string
	if err := json.Unmarshal([]byte(literal), &s); err != nil {
		return "not a string: " + literal
	}
	return s
}

// checkPositions counts lines and columns character by character.
func checkPositions(t *testing.T, file *source.File) {
	t.Helper()
	if !utf8.ValidString(file.Text) {
		return
	}
	line, column := 1, 0
	for offset, r := range file.Text {
		want := source.Position{Line: line, Column: column, Offset: offset}
		if got := file.Position(offset); got != want {
			t.Fatalf("offset %d of %q is at %+v, want %+v", offset, file.Text, got, want)
		}
		column++
		if r == '\n' {
			line, column = line+1, 0
		}
	}
	want := source.Position{Line: line, Column: column, Offset: len(file.Text)}
	if got := file.Position(len(file.Text) + 3); got != want {
		t.Fatalf("the end of %q is at %+v, want %+v", file.Text, got, want)
	}
	if got := file.Position(-3); got != (source.Position{Line: 1}) {
		t.Fatalf("before the start is at %+v", got)
	}
	for i, want := range strings.Split(file.Text, "\n") {
		if got := file.Line(i + 1); got != strings.TrimSuffix(want, "\r") {
			t.Fatalf("line %d of %q is %q", i+1, file.Text, got)
		}
	}
}

// plain is a tree as the standard library would read it.
func plain(n *source.Node) any {
	switch n.Kind {
	case source.Bool:
		return n.Text == "true"
	case source.Number:
		return json.Number(n.Text)
	case source.String:
		return n.Text
	case source.Array:
		list := make([]any, len(n.Items))
		for i, item := range n.Items {
			list[i] = plain(item)
		}
		return list
	case source.Object:
		object := map[string]any{}
		for _, m := range n.Members {
			object[m.Key] = plain(m.Value)
		}
		return object
	}
	return nil
}

func marshal(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
