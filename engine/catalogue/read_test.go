package catalogue_test

import (
	"strings"
	"testing"

	"fenceline/engine/catalogue"
	"fenceline/engine/catalogue/data"
)

const small = catalogue.FirstLine + `
package 1, data of 2026-01-31
#a A service
?s:own saws:TagKeys
@thing	thing/${Name}	arn:aws:other	0 1
=0!|0|b:Do
=||
Thing DoW GetR1
 LookL1
#b Another one
`

func TestReadASmallText(t *testing.T) {
	c, err := catalogue.Read(small)
	if err != nil {
		t.Fatal(err)
	}
	_, a := c.Action("a:dothing")
	if a == nil || resources(a) != "thing!" || a.Keys[0] != "a:own" || a.Dependent[0] != "b:Do" || a.Access.String() != "Write" {
		t.Fatalf("a:DoThing is %+v", a)
	}
	thing := a.Resources[0].Type
	if got := strings.Join(append(thing.ARNs, thing.Keys...), " "); got != "arn:${Partition}:a:${Region}:${Account}:thing/${Name} arn:aws:other a:own aws:TagKeys" {
		t.Error(got)
	}
	if _, a := c.Action("a:Look"); a == nil || a.Access.Letter() != 'L' || len(a.Resources) > 0 {
		t.Errorf("a:Look is %+v", a)
	}
}

func TestBadTextsAreRefusedAtTheirLine(t *testing.T) {
	for _, test := range []struct{ from, to, message string }{
		{catalogue.FirstLine, "x", "line 1 of the catalogue: it is not"},
		{", data of", "", "line 2 of the catalogue: it does not say"},
		{"#b", "#a", "line 10 of the catalogue: services are in lower case and in order"},
		{"#a", "#A", "line 3 of the catalogue: services are in lower case and in order"},
		{"#a A service\n", "", "line 3 of the catalogue: no service has begun"},
		{"?s:own", "?x:own", "line 4 of the catalogue: a key has a letter"},
		{"0 1\n", "0 2\n", "line 5 of the catalogue: the service has no key number 2"},
		{"@thing", "@", "line 5 of the catalogue: a resource type has a name"},
		{"=0!", "=7!", "line 6 of the catalogue: the service has no resource type number 7"},
		{"=||", "=|", "line 7 of the catalogue: it has no three parts"},
		{"DoW", "Do", "line 8 of the catalogue: `D` has no access level"},
		{"DoW", "DoW9", "line 8 of the catalogue: the service has no line with `=` of that number"},
		{"DoW", "", "line 8 of the catalogue: an action has a verb"},
		{"Thing DoW", strings.Repeat("x", 200) + " DoW", "line 8 of the catalogue: an action's name has 1 to 128 bytes"},
		{"LookL1", "DoThingW", "line 10 of the catalogue: `a` has the action `DoThing` twice"},
		{"LookL1", "LöökL1", "line 10 of the catalogue: the names of actions are ASCII"},
		{"#b Another one", "", "line 10 of the catalogue: it is empty"},
	} {
		_, err := catalogue.Read(strings.Replace(small, test.from, test.to, 1))
		if err == nil || !strings.HasPrefix(err.Error(), test.message) {
			t.Errorf("with %q for %q: %v, not %s", test.to, test.from, err, test.message)
		}
	}
	for _, text := range []string{"", catalogue.FirstLine, strings.Repeat("x", catalogue.MaxBytes+1)} {
		if _, err := catalogue.Read(text); err == nil {
			t.Errorf("%.20q is read", text)
		}
	}
}

// FuzzRead holds what is read to its own promises.
func FuzzRead(f *testing.F) {
	f.Add(small)
	f.Add(data.Text[:20_000])
	f.Fuzz(func(t *testing.T, text string) {
		c, err := catalogue.Read(text)
		if err != nil {
			return
		}
		for _, s := range c.Services {
			if c.Service(s.Prefix) == nil {
				t.Fatalf("the service %q is not found", s.Prefix)
			}
			for i := range s.Actions {
				a := &s.Actions[i]
				if found := s.Action(a.Name); found != a {
					t.Fatalf("the action %q is not found", a.Name)
				}
				for _, use := range a.Resources {
					use.Type.Fits("arn:aws:s3:::b")
				}
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	b.ReportAllocs()
	b.SetBytes(int64(len(data.Text)))
	for b.Loop() {
		if _, err := catalogue.Read(data.Text); err != nil {
			b.Fatal(err)
		}
	}
}
