package main

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// searched is a part of a page that a search can find: what stands under a
// heading, or a rule.
type searched struct {
	Address string `json:"address"`
	Title   string `json:"title"`
	// Page is the title of the page that it is a part of.
	Page string `json:"page"`
	// Part is the part of the site: "Lesson", "Rule", …
	Part string `json:"part"`
	Text string `json:"text"`
}

// searchedParts are the parts of the site that are searched, by the beginning of their addresses.
var searchedParts = []struct{ address, part string }{
	{"/lessons/", "Lesson"},
	{"/exercises/", "Exercise"},
	{"/reference/", "Reference"},
	{"/rules/", "Rule"},
	{"/scenarios/", "Scenario"},
	{"/help/", "Help"},
	{"/account/", "Help"},
	{"/private/", "Help"},
}

// searchedTexts are what a search looks through, taken from the pages as they are.
func (s *site) searchedTexts() ([]searched, error) {
	var list []searched
	for _, one := range searchedParts {
		for _, name := range sortedKeys(s.files) {
			address := addressOf(name)
			if !strings.HasSuffix(name, ".html") || !strings.HasPrefix(address, one.address) {
				continue
			}
			root, err := html.Parse(bytes.NewReader(s.files[name]))
			if err != nil {
				return nil, err
			}
			parts := partsOf(root, searched{Address: address, Part: one.part})
			list = append(list, parts...)
		}
	}
	return list, nil
}

// addSearched files them.
func (s *site) addSearched() (string, error) {
	list, err := s.searchedTexts()
	if err != nil {
		return "", err
	}
	text, err := json.Marshal(list)
	return s.addHashed("searched.json", text), err
}

// partsOf cuts a page into the parts that have an anchor.
func partsOf(root *html.Node, page searched) []searched {
	main := find(root, func(n *html.Node) bool { return n.DataAtom == atom.Main })
	if main == nil {
		return nil
	}
	if heading := find(main, func(n *html.Node) bool { return n.DataAtom == atom.H1 }); heading != nil {
		page.Title = wordsOf(heading)
		page.Page = page.Title
	}
	list := []searched{page}
	cut(main, &list, page)
	return joined(list)
}

// joined makes one of the pieces of a part, and leaves out parts without text.
func joined(pieces []searched) []searched {
	var list []searched
	for _, piece := range pieces {
		piece.Text = strings.Join(strings.Fields(piece.Text), " ")
		at := slices.IndexFunc(list, func(one searched) bool { return one.Address == piece.Address })
		switch {
		case piece.Text == "":
		case at < 0:
			list = append(list, piece)
		default:
			list[at].Text += " " + piece.Text
		}
	}
	return list
}

// cut gathers the text of a node's children: each is of the last part that there is.
func cut(n *html.Node, list *[]searched, page searched) {
	begin := func(title, anchor, text string) {
		part := page
		part.Title, part.Address, part.Text = title, page.Address+"#"+anchor, text
		*list = append(*list, part)
	}
	for child := range n.ChildNodes() {
		rule := ruleOf(child)
		switch {
		case child.Type == html.TextNode:
			(*list)[len(*list)-1].Text += child.Data
		case child.DataAtom == atom.H1 || unsearched(child):
		case isHeading(child) && attribute(child, "id") != "":
			begin(wordsOf(child), attribute(child, "id"), "")
		case rule != "" && child.DataAtom != atom.Td: // a row's first cell is in its row
			section := (*list)[len(*list)-1]
			section.Text = ""
			begin(rule, rule, "")
			cut(child, list, page)
			*list = append(*list, section) // what follows the rule in its section
		default:
			cut(child, list, page)
		}
		if child.Type == html.ElementNode && !isInline(child) {
			(*list)[len(*list)-1].Text += " " // words of two blocks are two words
		}
	}
}

// ruleOf is the number of the rule that an element defines: by its id, or by that of a row's first cell.
func ruleOf(n *html.Node) string {
	if n.DataAtom == atom.Tr {
		n = find(n, func(cell *html.Node) bool { return cell.DataAtom == atom.Td })
	}
	if n == nil {
		return ""
	}
	id := attribute(n, "id")
	if ruleNumber.FindString(id) != id {
		return ""
	}
	return id
}

// isInline says whether an element stands in a line of text.
func isInline(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.Code, atom.Em, atom.Strong, atom.Span, atom.B, atom.I, atom.Mark:
		return true
	}
	return false
}

func isHeading(n *html.Node) bool {
	return n.DataAtom == atom.H2 || n.DataAtom == atom.H3
}

// unsearched says whether an element holds nothing to search for: what leads
// elsewhere, and the texts of scenarios.
func unsearched(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Textarea, atom.Noscript, atom.Script, atom.Button, atom.Form:
		return true
	}
	return n.Data == "fenceline-playground"
}

// find is the first node below one that is wanted.
func find(root *html.Node, wanted func(*html.Node) bool) *html.Node {
	for n := range root.Descendants() {
		if wanted(n) {
			return n
		}
	}
	return nil
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// wordsOf is the text in a node.
func wordsOf(n *html.Node) string {
	var out strings.Builder
	for child := range n.Descendants() {
		if child.Type == html.TextNode {
			out.WriteString(child.Data)
		}
	}
	return strings.Join(strings.Fields(out.String()), " ")
}

// searchPage files the page that searches, once all others are there.
func (s *site) searchPage(a *assets) (pageFile, error) {
	searched, err := s.addSearched()
	a.Searched = searched
	return pageFile{"search/index.html", "search.html", page{
		assets: a, Path: "/search/", Title: "Search · Fenceline", Sheet: a.CourseStyles,
		Description: "Search the lessons, the rules of AWS IAM evaluation, and the reference. The search runs in your browser.",
		Module:      a.Search, Imports: a.SearchImports,
	}}, err
}
