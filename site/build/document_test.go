package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestEveryRuleHasItsAnchor(t *testing.T) {
	source, err := os.ReadFile("../../engine/SEMANTICS.md")
	if err != nil {
		t.Fatal(err)
	}
	content, sections, err := document(source)
	if err != nil {
		t.Fatal(err)
	}
	rules := regexp.MustCompile(`(?m)^- \*\*([SX]-\d{2,3})\*\*`).FindAllStringSubmatch(string(source), -1)
	if len(rules) < 250 || len(sections) < 8 {
		t.Errorf("found %d rules and %d sections", len(rules), len(sections))
	}
	for _, rule := range rules {
		if !strings.Contains(string(content), `<li id="`+rule[1]+`">`) {
			t.Errorf("%s has no anchor on its item", rule[1])
		}
	}
	seen := map[string]bool{}
	for _, id := range regexp.MustCompile(` id="([^"]+)"`).FindAllStringSubmatch(string(content), -1) {
		if seen[id[1]] {
			t.Errorf("two anchors are called %s", id[1])
		}
		seen[id[1]] = true
	}
	for _, link := range regexp.MustCompile(` href="#([^"]+)"`).FindAllStringSubmatch(string(content), -1) {
		if !seen[link[1]] {
			t.Errorf("a link leads to %s, which is nowhere", link[1])
		}
	}
}

func TestMentionsOfRulesAreLinks(t *testing.T) {
	content, _, err := document([]byte("- **S-001** as S-002 and S-001 say, not `S-002` or S-999\n- **S-002** is S-001\n\n" +
		"| # | what |\n|---|---|\n| X-01 | see S-001 |\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<li id="S-001"><strong>S-001</strong> as <a href="#S-002">S-002</a> and <a href="#S-001">S-001</a> say, not <code>S-002</code> or S-999</li>`,
		`<li id="S-002"><strong>S-002</strong> is <a href="#S-001">S-001</a></li>`,
		`<td id="X-01">X-01</td>`,
		`<td>see <a href="#S-001">S-001</a></td>`,
		`<div class="scroll" tabindex="0" role="group"`,
	} {
		if !strings.Contains(string(content), want) {
			t.Errorf("%s\nis not in\n%s", want, content)
		}
	}
}

func TestTablesHaveHeadingsAndNoInlineStyles(t *testing.T) {
	content, _, err := document([]byte("| | allowed | of |\n|---|:-:|--:|\n| one | yes | 2 |\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<tr>\n<td></td>\n", `<th scope="col" class="align-center">allowed</th>`, `<td class="align-right">2</td>`} {
		if !strings.Contains(string(content), want) {
			t.Errorf("%s\nis not in\n%s", want, content)
		}
	}
}

func TestMarkupInTextsStaysText(t *testing.T) {
	for _, source := range []string{"<script>alert(1)</script>", "a <img src=x onerror=alert(1)> b", "[x](javascript:alert(1))"} {
		content, _, err := document([]byte(source))
		if err != nil || regexp.MustCompile(`<script|<img|javascript:`).MatchString(string(content)) {
			t.Errorf("%s became %s, %v", source, content, err)
		}
	}
}

func TestTheLeadIsTheFirstParagraphAsText(t *testing.T) {
	got := lead([]byte("Allows `\"Principal\": \"*\"` to *all*\nof them.\n\nMore."))
	if want := `Allows "Principal": "*" to all of them.`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := lead(nil); got != "" {
		t.Errorf("got %q of nothing", got)
	}
}
