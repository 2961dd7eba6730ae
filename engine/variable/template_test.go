package variable

import (
	"testing"

	"fenceline/engine/iam"
	"fenceline/engine/wildcard"
)

func TestMalformedVariables(t *testing.T) {
	for _, text := range []string{
		"${", "a${b", "${}", "${ }", "${aws:username }", "${aws: username}", "${\faws:username}", "${a\x00b}", "${a${b}}", "${a*}",
		"${a,}", "${a, b}", "${a, 'b}", "${a, 'b' }", "${a 'b'}", `${"a"}`,
	} {
		if _, wrong := Parse(text, true); wrong == "" {
			t.Errorf("%q is accepted", text)
		}
	}
}

func TestResolve(t *testing.T) {
	context := &iam.Context{}
	for _, key := range []iam.Key{
		{Name: "aws:username", Values: []string{"a*b"}}, {Name: "aws:Empty", Values: []string{""}},
		{Name: "aws:TagKeys", Values: []string{"x"}, List: true}, {Name: "aws:Hidden", Origin: iam.NotKnown},
	} {
		context.Set(&key)
	}
	for _, test := range []struct {
		text, want string
		outcome    iam.Outcome
	}{
		{"plain", "plain", iam.Match},
		{"home/${aws:username}/x", "home/a*b/x", iam.Match},
		{"${AWS:UserName}", "a*b", iam.Match},
		{"${aws:username, 'nobody'}", "a*b", iam.Match},
		{"${aws:none, 'no body'}!", "no body!", iam.Match},
		{"${aws:none,'x'}", "x", iam.Match},
		{"${aws:none, ''}", "", iam.Match},
		{"${aws:Empty, 'x'}", "", iam.Match},
		{"${aws:TagKeys, 'x'}", "x", iam.Match},
		{"${aws:TagKeys}", "", iam.NoMatch},
		{"${aws:none}", "", iam.NoMatch},
		{"${aws:Hidden}", "", iam.Unknown},
		{"${*}${?}${$}{}", "*?${}", iam.Match},
	} {
		template, wrong := Parse(test.text, true)
		if wrong != "" {
			t.Errorf("%s: %s", test.text, wrong)
			continue
		}
		tokens, outcome := template.Resolve(nil, context)
		if outcome != test.outcome || outcome == iam.Match && wildcard.Text(tokens) != test.want {
			t.Errorf("%s is %q (%s), want %q (%s)", test.text, wildcard.Text(tokens), outcome, test.want, test.outcome)
		}
	}
}

// No wildcard comes in through a value or an escape (S-079, S-080).
func TestValuesAreLiteral(t *testing.T) {
	context := &iam.Context{}
	context.Set(&iam.Key{Name: "aws:username", Values: []string{"*"}})
	template, _ := Parse("home/${aws:username}/${*}/*", true)
	tokens, _ := template.Resolve(nil, context)
	for text, want := range map[string]bool{"home/*/*/x": true, "home/ana/*/x": false, "home/*/y/x": false} {
		if got := wildcard.MatchTokens(tokens, text); got != want {
			t.Errorf("%s: %t", text, got)
		}
	}
}
