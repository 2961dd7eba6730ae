package words

import (
	"fmt"
	"regexp"
	"strings"
)

// Rule is a rule of SEMANTICS.md in short.
type Rule struct {
	// Text begins the rule in its own words.
	Text string `json:"text"`
	// Mark is D for documented by AWS, O for observed, U for uncertain; empty
	// where the rule has none.
	Mark string `json:"mark,omitempty"`
	// URLs are the pages that the rule rests on.
	URLs []string `json:"urls,omitempty"`
}

// maxRule is how many bytes of a rule are shown; its last sentence may end later.
const maxRule = 240

var (
	ruleStart = regexp.MustCompile(`^- \*\*(S-\d{3})\*\* (.*)$`)
	ruleMark  = regexp.MustCompile(`\[([DOU])\]`)
)

// Rules reads the numbered rules out of SEMANTICS.md.
func Rules(semantics string) (map[string]Rule, error) {
	rules := map[string]Rule{}
	for _, line := range strings.Split(semantics, "\n") {
		m := ruleStart.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		if _, again := rules[m[1]]; again {
			return nil, fmt.Errorf("the rule %s stands twice", m[1])
		}
		rules[m[1]] = readRule(m[2])
	}
	return rules, nil
}

// readRule takes a rule's line apart: "text — SOURCES [D]".
func readRule(line string) Rule {
	rule := Rule{}
	if mark := ruleMark.FindStringSubmatch(line); mark != nil {
		rule.Mark = mark[1]
	}
	text, from, _ := cutLast(line, " — ")
	rule.URLs = sourceURLs(from)
	if len(rule.URLs) == 0 { // the dash was part of the sentence
		text, rule.URLs = line, sourceURLs(line)
	}
	rule.Text = shorten(strings.TrimSpace(ruleMark.ReplaceAllString(text, "")))
	return rule
}

// cutLast is strings.Cut at the last place.
func cutLast(text, separator string) (before, after string, found bool) {
	if at := strings.LastIndex(text, separator); at >= 0 {
		return text[:at], text[at+len(separator):], true
	}
	return text, "", false
}

// shorten keeps whole sentences, and at least one.
func shorten(text string) string {
	if len(text) <= maxRule {
		return text
	}
	end := -1
	for at := 0; ; {
		next := strings.Index(text[at:], ". ")
		if next < 0 || end >= 0 && at+next > maxRule {
			break
		}
		end = at + next + 1
		at = end
	}
	if end < 0 {
		return text
	}
	return text[:end] + " …"
}
