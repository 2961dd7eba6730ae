package words

import (
	"slices"
	"strconv"
	"strings"

	"fenceline/engine/calls"
	"fenceline/engine/catalogue/data"
	"fenceline/engine/iam"
	"fenceline/engine/lint"
	"fenceline/engine/policy"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// Finding is a code under which problems of a policy are reported: what is
// found, why it matters and what to write instead. The codes are the engine's;
// how severe a problem is, the engine says of each.
type Finding struct {
	Word
	// Title says in a line what is found.
	Title string
	// Group is what the code is about, a key of FindingGroups.
	Group string
	// Why says why it matters, Instead what to write.
	Why, Instead string
	Example      Example
}

// Example is a policy with a finding, or a scenario file where it has no layer.
type Example struct {
	Layer iam.Layer
	// Marked is its text; « and » stand round the place that is reported,
	// and … for Times copies of Pad, with the number of the copy for #.
	Marked string
	Pad    string
	Times  int
	// Right is what to write at that place, and Whole the whole policy rewritten,
	// where the engine offers no fix by itself.
	Right, Whole string
	// With are codes that are reported beside it.
	With []string
	// Before2025 holds an SCP to the older language.
	Before2025 bool
}

// FindingGroups are what codes are about, in order.
var FindingGroups = []struct{ Name, Title string }{
	{"json", "The text as JSON"},
	{"grammar", "The language of policies"},
	{"meaning", "Legal, but hardly meant"},
	{"catalogue", "Against AWS's list of actions and keys"},
	{"scenario", "The scenario file"},
}

// Findings lists every code that the engine reports of a policy or of a
// scenario file, each once.
func Findings() []Finding {
	var list []Finding
	seen := map[string]bool{}
	for _, group := range []struct {
		name  string
		codes []string
	}{
		{"json", source.Codes()},
		{"grammar", policy.Codes()},
		{"", lint.Codes()},
		{"scenario", scenario.Codes()},
		{"scenario", calls.Codes()},
	} {
		for _, code := range group.codes {
			if !seen[code] {
				list = append(list, newFinding(code, group.name))
			}
			seen[code] = true
		}
	}
	slices.SortStableFunc(list, func(a, b Finding) int { return groupIndex(a.Group) - groupIndex(b.Group) })
	return list
}

func newFinding(code, group string) Finding {
	meaning := findingTexts[code]
	if group == "" {
		group = "meaning"
		if meaning.looksUp {
			group = "catalogue"
		}
	}
	f := Finding{
		Word:  Word{code, meaning.text, meaning.rules, sources[meaning.page]},
		Title: meaning.title, Group: group, Why: meaning.why, Instead: meaning.instead, Example: meaning.example,
	}
	for _, check := range lint.Checks() {
		if check.Code == code {
			f.Title = check.Title
			f.Rules = append([]string{check.Rule}, f.Rules...)
		}
	}
	return f
}

func groupIndex(name string) int {
	for i, group := range FindingGroups {
		if group.Name == name {
			return i
		}
	}
	return len(FindingGroups)
}

// Text is the policy's text, and the place in it that is reported.
func (e Example) Text() (string, source.Span) {
	before, rest, _ := strings.Cut(e.Marked, "«")
	marked, after, _ := strings.Cut(rest, "»")
	before, marked = e.fill(before), e.fill(marked)
	return before + marked + e.fill(after), source.Span{Start: len(before), End: len(before) + len(marked)}
}

func (e Example) fill(text string) string {
	if e.Times == 0 || !strings.Contains(text, "…") {
		return text
	}
	var pad strings.Builder
	for i := range e.Times {
		pad.WriteString(strings.ReplaceAll(e.Pad, "#", strconv.Itoa(i+1)))
	}
	return strings.ReplaceAll(text, "…", pad.String())
}

// Better is the policy as it should be, where the engine has no fix for it;
// empty where there is nothing to show.
func (e Example) Better() string {
	switch {
	case e.Whole != "":
		return e.Whole
	case e.Right != "":
		text, span := e.Text()
		return text[:span.Start] + e.Right + text[span.End:]
	}
	return ""
}

// Report is what the engine reports of a text as a policy of a layer, with
// lookups in the catalogue, or as a scenario file.
func (e Example) Report(layer iam.Layer, text string) []source.Problem {
	if layer != iam.NoLayer {
		return lint.Decode(source.NewFile("policy", text), layer, iam.Options{SCPBefore2025: e.Before2025}, data.Catalogue())
	}
	var list []source.Problem
	for _, p := range scenario.Decode(source.NewFile("scenario", text), nil).Problems {
		// Places in a policy count from its own beginning.
		shift := p.InFile.Offset - p.Start.Offset
		one := source.Problem{Code: p.Code, Severity: p.Severity, Message: p.Message, Span: source.Span{Start: p.InFile.Offset, End: p.End.Offset + shift}}
		for _, fix := range p.Fixes {
			edits := make([]source.Edit, len(fix.Edits))
			for i, edit := range fix.Edits {
				edits[i] = source.Edit{Span: source.Span{Start: edit.Start.Offset + shift, End: edit.End.Offset + shift}, Text: edit.Text}
			}
			one.Fix(fix.Title, edits...)
		}
		list = append(list, one)
	}
	return list
}

// findingText is what the engine's tables don't say of a code.
type findingText struct {
	title, text, why, instead string
	rules                     []string
	page                      string // a source code
	looksUp                   bool   // it looks things up in the catalogue
	example                   Example
}

var findingTexts = merged(jsonFindings, grammarFindings, statementFindings, conditionFindings, meaningFindings, catalogueFindings, scenarioFindings)

func merged(tables ...map[string]findingText) map[string]findingText {
	all := map[string]findingText{}
	for _, table := range tables {
		for code, text := range table {
			all[code] = text
		}
	}
	return all
}

// policyWith is a policy with one statement of these members.
func policyWith(members ...string) string {
	return "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": {\n    " + strings.Join(members, ",\n    ") + "\n  }\n}"
}

const (
	allows     = `"Effect": "Allow"`
	denies     = `"Effect": "Deny"`
	reads      = `"Action": "s3:GetObject"`
	lists      = `"Action": "s3:ListBucket"`
	everything = `"Resource": "*"`
	objects    = `"Resource": "arn:aws:s3:::reports/*"`
	bucket     = `"Resource": "arn:aws:s3:::reports"`
)
