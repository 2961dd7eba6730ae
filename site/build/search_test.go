package main

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestPagesAreCutIntoPartsWithAnAnchor(t *testing.T) {
	root, err := html.Parse(strings.NewReader(`<header>no</header><main><h1>Page</h1><p>Lead <em>one</em>.</p><nav>no</nav>
<h2 id="a"><a href="#a">First</a></h2><p>Alpha (<a href="/">S-002</a>).</p>
<ul><li id="S-001"><strong>S-001</strong> beta</li><li>gamma</li></ul>
<table><tr><td id="X-01">X-01</td><td>delta</td></tr></table>
<fenceline-playground>no</fenceline-playground></main>`))
	if err != nil {
		t.Fatal(err)
	}
	want := []searched{
		{"/p/", "Page", "Page", "Rule", "Lead one."},
		{"/p/#a", "First", "Page", "Rule", "Alpha (S-002). gamma"},
		{"/p/#S-001", "S-001", "Page", "Rule", "S-001 beta"},
		{"/p/#X-01", "X-01", "Page", "Rule", "X-01 delta"},
	}
	if got := partsOf(root, searched{Address: "/p/", Part: "Rule"}); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestLessonsAndEveryRuleAreSearched(t *testing.T) {
	s, err := contentOf(newTree(t))
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.searchedTexts()
	if err != nil {
		t.Fatal(err)
	}
	byAddress := map[string]string{}
	for _, one := range list {
		if byAddress[one.Address] != "" {
			t.Errorf("%s is there twice", one.Address)
		}
		byAddress[one.Address] = one.Text
	}
	if text := byAddress["/lessons/01-sample/#code"]; !strings.Contains(text, "Terraform that uses it") {
		t.Errorf("the lesson's section is %q", text)
	}
	for _, number := range []string{"S-001", "S-169", "X-01"} {
		if text := byAddress["/rules/#"+number]; !strings.HasPrefix(text, number) {
			t.Errorf("%s is %q", number, text)
		}
	}
}
