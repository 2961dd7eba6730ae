package main

import (
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"fenceline/engine/iam"
	"fenceline/engine/words"
)

// referencePath is where the reference stands.
const referencePath = "/reference/"

// referenceKind is a part of the reference.
type referenceKind struct {
	// Slug is its folder and its anchor in the index.
	Slug, Title string
	Entries     []referenceEntry
}

// referenceGroup are entries that stand together in the index.
type referenceGroup struct {
	Title   string
	Entries []referenceEntry
}

// Groups are the entries by their groups, in the order of the first of each.
func (k *referenceKind) Groups() []referenceGroup {
	var groups []referenceGroup
	for _, entry := range k.Entries {
		at := slices.IndexFunc(groups, func(g referenceGroup) bool { return g.Title == entry.Group })
		if at < 0 {
			at = len(groups)
			groups = append(groups, referenceGroup{Title: entry.Group})
		}
		groups[at].Entries = append(groups[at].Entries, entry)
	}
	return groups
}

// referenceEntry is a page of the reference: one operator, element, layer or finding.
type referenceEntry struct {
	words.Word
	Kind *referenceKind
	// Title is what the page is called where that is not the word itself.
	Title string
	// Group is the part of the index in which it stands.
	Group    string
	Sections []referenceSection
	// Mentions are further rules that speak of it.
	Mentions []string
}

// Path is the page's address.
func (e referenceEntry) Path() string { return referencePath + e.Kind.Slug + "/" + e.Name + "/" }

// Cited are the rules behind it, in short.
func (e referenceEntry) Cited() []string { return e.Word.Rules }

// referenceSection is a part of a page. What it has of its parts is shown in their order.
type referenceSection struct {
	ID, Title string
	Text      template.HTML
	Code      *markedText
	Table     *referenceTable
	Problems  []referenceProblem
	List      []template.HTML
	// Ordered says that the list's order counts.
	Ordered bool
	Diffs   []difference
	Note    template.HTML
}

// referenceTable is a table of what the engine answered.
type referenceTable struct {
	Label   string
	Columns []template.HTML
	Rows    []referenceRow
}

type referenceRow struct {
	Head, Detail template.HTML
	Cells        []referenceCell
}

// referenceCell is a decision with its cause, or a text.
type referenceCell struct {
	Verdict *verdict
	Text    template.HTML
}

// markedText is a text with a place marked in it.
type markedText struct {
	Label, Before, Marked, After string
	// Between says that the place lies between two characters.
	Between bool
}

// referenceBody is what a page of the reference shows.
type referenceBody struct {
	referenceEntry
	Rules map[string]template.HTML
	// Publisher says whose page the entry's link leads to.
	Publisher string
}

// referenceParts are the parts of the reference in their order.
func (s *site) referenceParts() ([]*referenceKind, error) {
	var kinds []*referenceKind
	for _, part := range []struct {
		slug, title string
		make        func() ([]referenceEntry, error)
	}{
		{"layers", "Kinds of policy, in the order of evaluation", layerEntries},
		{"elements", "Elements of a policy", elementEntries},
		{"operators", "Condition operators", operatorEntries},
		{"findings", "Findings and problems", findingEntries},
	} {
		entries, err := part.make()
		if err != nil {
			return nil, fmt.Errorf("reference, %s: %w", part.slug, err)
		}
		kind := &referenceKind{Slug: part.slug, Title: part.title, Entries: entries}
		for i := range entries {
			entries[i].Kind = kind
		}
		kinds = append(kinds, kind)
	}
	return kinds, nil
}

// referencePages are the pages of the reference, and the one that lists them.
func (s *site) referencePages(a *assets, _ []example) ([]pageFile, error) {
	kinds, err := s.referenceParts()
	if err != nil {
		return nil, err
	}
	semantics, err := os.ReadFile(filepath.Join(s.repository, "engine/SEMANTICS.md"))
	if err != nil {
		return nil, err
	}
	rules, err := words.Rules(string(semantics))
	if err != nil {
		return nil, err
	}
	lines := ruleLine.FindAllStringSubmatch(string(semantics), -1)
	pages := []pageFile{{"reference/index.html", "reference-index.html", page{
		assets: a, Sheet: a.ReferenceStyles, Path: referencePath, Title: "Reference · Fenceline",
		Description: "Every condition operator, policy element, kind of policy and finding, with what AWS's evaluation makes of it.",
		Body:        kinds,
	}}}
	for _, kind := range kinds {
		for _, entry := range kind.Entries {
			entry.Mentions = mentions(lines, entry)
			body := referenceBody{entry, map[string]template.HTML{}, publisher(entry.URL)}
			for _, number := range entry.Word.Rules {
				if rules[number].Text == "" {
					return nil, fmt.Errorf("%s cites %s, which is no rule", entry.Path(), number)
				}
				if body.Rules[number], err = unwrapped(rules[number].Text); err != nil {
					return nil, err
				}
			}
			pages = append(pages, pageFile{entry.Path()[1:] + "index.html", "reference.html", page{
				assets: a, Sheet: a.ReferenceStyles, Path: entry.Path(), Title: entry.Name + " · Reference · Fenceline", Description: plain(entry.Text), Body: body,
			}})
		}
	}
	return pages, nil
}

// unwrapped renders one paragraph without the element round it.
func unwrapped(text string) (template.HTML, error) {
	content, err := markdown(text)
	return template.HTML(strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(string(content)), "<p>"), "</p>")), err
}

// publisher says whose a page is.
func publisher(url string) string {
	if strings.HasPrefix(url, "https://docs.aws.amazon.com/") {
		return "AWS"
	}
	return "others"
}

// ruleLine is where a rule is defined.
var ruleLine = regexp.MustCompile(`(?m)^- \*\*(S-\d{3})\*\* (.*)$`)

// mentions are the rules, as ruleLine finds them, whose text has the word as code, besides those that are cited.
func mentions(rules [][]string, e referenceEntry) []string {
	name := regexp.MustCompile("`(?:[^`]*[^`A-Za-z])?" + regexp.QuoteMeta(e.Name) + "(?:[^`A-Za-z][^`]*)?`")
	var numbers []string
	for _, line := range rules {
		if strings.Contains(line[2], e.Name) && name.MatchString(line[2]) && !slices.Contains(e.Word.Rules, line[1]) {
			numbers = append(numbers, line[1])
		}
	}
	return numbers
}

// code is a name as code, linked to its page where it has one.
func code(text string) template.HTML {
	return template.HTML("<code>" + template.HTMLEscapeString(text) + "</code>")
}

// linkTo leads to a page of the reference.
func linkTo(slug, name string, label template.HTML) template.HTML {
	return template.HTML(`<a href="`+template.HTMLEscapeString(referencePath+slug+"/"+name+"/")+`">`) + label + "</a>"
}

// templateFuncs are what templates render texts of the engine with.
var templateFuncs = template.FuncMap{"inline": inline, "paragraphs": paragraphs}

// paragraphs renders a text whose paragraphs are parted by empty lines.
func paragraphs(text string) template.HTML {
	var out template.HTML
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		out += "<p>" + inline(paragraph) + "</p>"
	}
	return out
}

// inline renders a sentence with code in backquotes; numbers of rules become links.
func inline(text string) template.HTML {
	var out strings.Builder
	for i, piece := range strings.Split(text, "`") {
		escaped := template.HTMLEscapeString(piece)
		if i%2 == 1 {
			out.WriteString("<code>" + escaped + "</code>")
			continue
		}
		out.WriteString(ruleMention.ReplaceAllString(escaped, `<a href="/rules/#$0">$0</a>`))
	}
	return template.HTML(out.String())
}

var ruleMention = regexp.MustCompile(`\bS-\d{3}\b`)

// sentence makes a sentence of an engine's message.
func sentence(message string) template.HTML {
	end := "."
	if strings.HasSuffix(message, "?") {
		end = ""
	}
	return inline(capital(message) + end)
}

func capital(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// plain is a text without backquotes.
func plain(text string) string { return strings.ReplaceAll(text, "`", "") }

// layerLink names a kind of policy and leads to its page.
func layerLink(layer iam.Layer) template.HTML {
	return linkTo("layers", layer.String(), template.HTML(template.HTMLEscapeString(layer.Words())))
}
