package call

import (
	"encoding/json"
	"strings"
	"testing"
)

func formatOf(t *testing.T, text string) formatted {
	t.Helper()
	in, err := json.Marshal(formatting{named{"format"}, text})
	if err != nil {
		t.Fatal(err)
	}
	var f formatted
	if err := json.Unmarshal(decode(t, Answer(string(in))).Answer, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestFormat(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"  {\"a\":1,\"b\":[true,{}]}\n", "{\n  \"a\": 1,\n  \"b\": [\n    true,\n    {}\n  ]\n}"},
		{`{"a":1.0e3,"a":0.10,"\u0041":"<\/é>"}`, "{\n  \"a\": 1.0e3,\n  \"a\": 0.10,\n  \"\\u0041\": \"<\\/é>\"\n}"},
	} {
		f := formatOf(t, test.text)
		if !f.Formatted || f.Text != test.want {
			t.Errorf("%q becomes %q", test.text, f.Text)
		}
		if again := formatOf(t, f.Text); again.Text != f.Text {
			t.Errorf("formatted twice, %q becomes %q", f.Text, again.Text)
		}
	}
}

func TestWhatIsNoJSONStays(t *testing.T) {
	for _, text := range []string{"", "{", `{"a":1,}`, "{} // x", strings.Repeat("[", 5000) + strings.Repeat("]", 5000), strings.Repeat("[", 65) + strings.Repeat("]", 65)} {
		if f := formatOf(t, text); f.Formatted || f.Text != text {
			t.Errorf("%.20q becomes %.20q", text, f.Text)
		}
	}
}

// FuzzFormat holds the layout to change white space only.
func FuzzFormat(f *testing.F) {
	for _, text := range []string{`{"a":[1,2,{"b":"c d"}],"a":null}`, `[]`, ` "x" `, `{`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		out := formatText(formatting{Text: text})
		if !out.Formatted && out.Text != text {
			t.Fatalf("%q becomes %+v", text, out)
		}
		if out.Formatted && compact(t, out.Text) != compact(t, text) {
			t.Fatalf("%q becomes %q", text, out.Text)
		}
	})
}

func compact(t *testing.T, text string) string {
	t.Helper()
	var b strings.Builder
	quoted := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '"' {
			quoted = !quoted
		}
		if quoted && c == '\\' {
			b.WriteByte(c)
			i++
			c = text[i]
		}
		if quoted || !strings.ContainsRune(" \t\r\n", rune(c)) {
			b.WriteByte(c)
		}
	}
	return b.String()
}
