package source

import (
	"fmt"
	"strings"
	"testing"
)

func TestPathTo(t *testing.T) {
	// The offset is where the bar stands.
	for _, test := range []struct{ text, want string }{
		{`|{"a":[1]}`, `[]`},
		{`{|"a":[1]}`, `[a]`},
		{`{"a|":[1]}`, `[a]`},
		{`{"a":|[1]}`, `[a]`},
		{`{"a":[|1]}`, `[a 0]`},
		{`{"a":[1,{"b":null},{"c":"|x"}]}`, `[a 2 c]`},
		{`{"a":[1,{"b":null}| ,3]}`, `[a]`},
		{`{"a":[1], |"a":2}`, `[a]`},
		{`{"a":1}|`, `[]`},
	} {
		before, after, _ := strings.Cut(test.text, "|")
		root, problems := Parse(NewFile("t", before+after), 1000)
		if root == nil {
			t.Fatal(problems)
		}
		if got := fmt.Sprint(root.PathTo(len(before))); got != test.want {
			t.Errorf("%s: got %s, want %s", test.text, got, test.want)
		}
	}
	if path := (*Node)(nil).PathTo(3); path != nil {
		t.Errorf("nothing has the path %v", path)
	}
}
