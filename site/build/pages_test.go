package main

import (
	"bytes"
	"path"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// void are the elements that have no end.
var void = map[string]bool{"area": true, "base": true, "br": true, "col": true, "hr": true, "img": true, "input": true, "link": true, "meta": true, "wbr": true}

func TestEveryPageIsBalancedAndHasNothingInline(t *testing.T) {
	s, err := contentOf(newTree(t))
	if err != nil {
		t.Fatal(err)
	}
	pages := 0
	for name, content := range s.files {
		if path.Ext(name) == ".html" && len(content) > 0 {
			pages++
			for _, defect := range defectsOfPage(content) {
				t.Errorf("%s: %s", name, defect)
			}
		}
	}
	if pages < 30 {
		t.Errorf("only %d pages", pages)
	}
}

func TestDefectsOfPagesAreFound(t *testing.T) {
	for page, want := range map[string]string{
		`<p>a<b>c</p></b>`:                 "</p> ends <b>",
		`<p>`:                              "<p> has no end",
		`<p style="a">x</p>`:               "inline style",
		`<p onclick="a">x</p>`:             "inline onclick",
		`<script>1</script>`:               "inline script",
		`<p><ul></ul></p>`:                 "<ul> in <p>",
		`<a href="/"><a href="/"></a></a>`: "<a> in <a>",
	} {
		if got := strings.Join(defectsOfPage([]byte(page)), "; "); !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %q", page, got, want)
		}
	}
}

// defectsOfPage finds what a browser would mend in silence or the policy of the site forbids.
func defectsOfPage(content []byte) []string {
	var defects, open []string
	reader := html.NewTokenizer(bytes.NewReader(content))
	for {
		kind := reader.Next()
		token := reader.Token()
		switch kind {
		case html.ErrorToken:
			for _, name := range open {
				defects = append(defects, "<"+name+"> has no end")
			}
			return defects
		case html.TextToken:
			if len(open) > 0 && open[len(open)-1] == "script" && strings.TrimSpace(token.Data) != "" {
				defects = append(defects, "inline script")
			}
		case html.StartTagToken:
			defects = append(defects, misplaced(token, open)...)
			if !void[token.Data] {
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			last := len(open) - 1
			if last < 0 || open[last] != token.Data {
				defects = append(defects, "</"+token.Data+"> ends <"+strings.Join(open[max(last, 0):], "")+">")
				continue
			}
			open = open[:last]
		}
	}
}

// misplaced finds what an element can't have or can't be in.
func misplaced(token html.Token, open []string) []string {
	var defects []string
	for _, a := range token.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			defects = append(defects, "inline "+a.Key)
		}
	}
	for _, outer := range open {
		isBlock := strings.Contains(" ul ol dl div p pre table figure blockquote h1 h2 h3 section ", " "+token.Data+" ")
		if outer == "a" && token.Data == "a" || outer == "p" && isBlock {
			defects = append(defects, "<"+token.Data+"> in <"+outer+">")
		}
	}
	return defects
}
