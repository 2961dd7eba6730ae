package main

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"fenceline/engine/iam"
	"fenceline/engine/source"
	"fenceline/engine/words"
)

// referenceProblem is a problem as the engine reports it.
type referenceProblem struct {
	Verdict verdict
	Place   string
	Message template.HTML
	Code    string
}

// difference is a text as it should be, beside the one before.
type difference struct {
	Title template.HTML
	Label string
	Lines []differenceLine
}

// differenceLine is a line that stays, goes or comes; Sign says which.
type differenceLine struct{ Sign, Says, Text string }

var severities = map[source.Severity]verdict{
	source.Error:   {"✖", "Error", "deny"},
	source.Warning: {"▲", "Warning", "depends"},
	source.Note:    {"●", "Note", "none"},
}

func findingEntries() ([]referenceEntry, error) {
	var entries []referenceEntry
	for _, finding := range words.Findings() {
		sections, err := findingSections(finding)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", finding.Name, err)
		}
		entries = append(entries, referenceEntry{Word: finding.Word, Title: finding.Title, Group: groupTitle(finding.Group), Sections: sections})
	}
	return entries, nil
}

func groupTitle(name string) string {
	for _, group := range words.FindingGroups {
		if group.Name == name {
			return group.Title
		}
	}
	return name
}

func findingSections(f words.Finding) ([]referenceSection, error) {
	text, span := f.Example.Text()
	problem, err := theProblem(f, text, span)
	if err != nil {
		return nil, err
	}
	marked := strings.NewReplacer("«", "\x00", "»", "\x00").Replace(f.Example.Marked)
	parts := strings.Split(marked, "\x00")
	what := template.HTML("<p>In a scenario file:</p>")
	if f.Example.Layer != iam.NoLayer {
		what = template.HTML("<p>As ") + template.HTML(strings.Fields(aKind(f.Example.Layer))[0]+" ") + layerLink(f.Example.Layer) + template.HTML(":</p>")
	}
	example := referenceSection{
		ID: "example", Title: "An example", Text: what,
		Code: &markedText{"Example policy", visible(parts[0]), visible(parts[1]), visible(parts[2]), parts[1] == ""},
		Problems: []referenceProblem{{
			Verdict: severities[problem.Severity], Place: place(text, span), Message: sentence(problem.Message), Code: f.Name,
		}},
	}
	if f.Example.Times > 0 {
		example.Note = inline(fmt.Sprintf("`…` stands for %d times `%s`.", f.Example.Times, f.Example.Pad))
	}
	instead := referenceSection{ID: "instead", Title: "What to write instead", Text: "<p>" + inline(f.Instead) + "</p>"}
	if instead.Diffs, err = betterTexts(f, text, problem); err != nil {
		return nil, err
	}
	sections := []referenceSection{example, {ID: "why", Title: "Why it matters", Text: "<p>" + inline(f.Why) + "</p>"}, instead}
	if f.Example.Layer != iam.NoLayer {
		sections = append(sections, severitySection(f, text, span))
	}
	return sections, nil
}

// theProblem is what the engine reports of an example: exactly the finding, at
// its place, and beside it only what the example names.
func theProblem(f words.Finding, text string, span source.Span) (source.Problem, error) {
	var found *source.Problem
	for _, p := range f.Example.Report(f.Example.Layer, text) {
		switch {
		case p.Code == f.Name && p.Span == span:
			found = &p
		case !slices.Contains(f.Example.With, p.Code):
			return p, fmt.Errorf("the engine also reports %s, %s", p.Code, p.Message)
		}
	}
	if found == nil {
		return source.Problem{}, fmt.Errorf("the engine does not report it at the marked place of %.300s", text)
	}
	return *found, nil
}

// betterTexts are the example with each fix that the engine offers, or as the table rewrites it;
// each is held to its promise.
func betterTexts(f words.Finding, text string, problem source.Problem) ([]difference, error) {
	if f.Example.Times > 0 {
		return nil, nil
	}
	var list []difference
	add := func(title template.HTML, better string) error {
		for _, p := range f.Example.Report(f.Example.Layer, better) {
			if p.Code == f.Name {
				return fmt.Errorf("it is still in %s", better)
			}
		}
		list = append(list, difference{title, fmt.Sprintf("Difference %d", len(list)+1), compare(text, better)})
		return nil
	}
	for _, fix := range problem.Fixes {
		if err := add(inline("The engine offers: "+fix.Title+"."), fix.Apply(text)); err != nil {
			return nil, err
		}
	}
	if better := f.Example.Better(); better != "" {
		if err := add("The example, rewritten:", better); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// severitySection says how the example is taken as each kind of policy.
func severitySection(f words.Finding, text string, span source.Span) referenceSection {
	table := &referenceTable{Label: "The example as each kind of policy", Columns: []template.HTML{"As", code(f.Name)}}
	for _, layer := range iam.PolicyLayers() {
		table.Rows = append(table.Rows, referenceRow{Head: layerLink(layer), Cells: []referenceCell{takenAs(f, layer, text, span)}})
	}
	return referenceSection{ID: "kinds", Title: "In which policies", Table: table,
		Text: "<p>The same text, read as each kind of policy. With an error a policy is not evaluated, and requests that meet it are denied.</p>"}
}

// takenAs is how severe the finding is in the example as a kind of policy, or
// what the example is refused for before it is looked for.
func takenAs(f words.Finding, layer iam.Layer, text string, span source.Span) referenceCell {
	var others []string
	for _, p := range f.Example.Report(layer, text) {
		if p.Code == f.Name && p.Span == span {
			v := severities[p.Severity]
			return referenceCell{Verdict: &v}
		}
		if link := string(linkTo("findings", p.Code, code(p.Code))); p.Severity == source.Error && !slices.Contains(others, link) {
			others = append(others, link)
		}
	}
	if len(others) > 0 {
		return referenceCell{Text: template.HTML("refused for another reason: " + strings.Join(others, ", "))}
	}
	return referenceCell{Text: "not reported"}
}

// place is where a problem stands, as the page says it.
func place(text string, span source.Span) string {
	at := source.NewFile("policy", text).Position(span.Start)
	return fmt.Sprintf("line %d, column %d", at.Line, at.Column+1)
}

// visible writes what no eye sees as a sign of its own.
func visible(text string) string {
	return strings.NewReplacer("\uFEFF", "U+FEFF", "\t", "→").Replace(text)
}

// compare marks the lines that differ between two texts: all but the longest
// list of lines that both have in the same order.
func compare(before, after string) []differenceLine {
	old, new := strings.Split(before, "\n"), strings.Split(after, "\n")
	// common[i][j] is how many lines old[i:] and new[j:] have in common.
	common := make([][]int, len(old)+1)
	for i := range common {
		common[i] = make([]int, len(new)+1)
	}
	for i := len(old) - 1; i >= 0; i-- {
		for j := len(new) - 1; j >= 0; j-- {
			if common[i][j] = max(common[i+1][j], common[i][j+1]); old[i] == new[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	var lines []differenceLine
	for i, j := 0, 0; i < len(old) || j < len(new); {
		switch {
		case i < len(old) && j < len(new) && old[i] == new[j]:
			lines = append(lines, differenceLine{" ", "", visible(old[i])})
			i, j = i+1, j+1
		case j == len(new) || i < len(old) && common[i+1][j] >= common[i][j+1]:
			lines = append(lines, differenceLine{"−", "removed: ", visible(old[i])})
			i++
		default:
			lines = append(lines, differenceLine{"+", "added: ", visible(new[j])})
			j++
		}
	}
	return lines
}
