package main

import (
	"bytes"
	"html/template"
	"regexp"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// section is a heading of the second level.
type section struct{ ID, Title string }

// ruleNumber is what a rule, a table or an open question is known by: S-042, T-D1, X-07, U-12.
var ruleNumber = regexp.MustCompile(`\b(?:[SXU]-\d{2,3}|T-[A-Z]\d[a-z]?)\b`)

// document renders a Markdown text with tables: what defines a rule is an
// anchor of the rule's number, what mentions one links there, and a table
// scrolls by itself. The last functions are shown the text's tree.
func document(source []byte, looks ...func(ast.Node)) (template.HTML, []section, error) {
	m := goldmark.New(
		goldmark.WithExtensions(extension.Table),
		goldmark.WithParserOptions(parser.WithAutoHeadingID()),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(scrollingTables{}, 100))),
	)
	root := m.Parser().Parse(text.NewReader(source))
	defined := anchor(root, source)
	link(root, source, func(t *ast.Text, number string, start int) string {
		target := defined[number]
		if target == nil || holds(target, t) && start == lineStart(target, source) {
			return ""
		}
		return "#" + number
	})
	for _, look := range looks {
		look(root)
	}
	var out bytes.Buffer
	err := m.Renderer().Render(&out, source, root)
	return template.HTML(out.String()), sections(root, source), err
}

// anchor gives each rule the id of its number, where its definition stands: at
// the beginning of a list item, of a paragraph or of a table's row.
func anchor(root ast.Node, source []byte) map[string]ast.Node {
	defined := map[string]ast.Node{}
	each(root, func(n ast.Node) {
		holder := n.Parent()
		if n.Kind() != ast.KindEmphasis && n.Kind() != ast.KindText || holder == nil || holder.FirstChild() != n {
			return
		}
		if n.Kind() == ast.KindText && holder.Kind() != tables.KindTableCell {
			return
		}
		words := plainText(n, source)
		at := ruleNumber.FindIndex(words)
		if at == nil || at[0] != 0 {
			return
		}
		number := string(words[:at[1]])
		// A table's row defines what is listed nowhere else.
		if defined[number] == nil && isFirst(holder) {
			defined[number] = holder
			// The text of a list's item has no element of its own.
			if holder.Kind() == ast.KindTextBlock {
				holder = holder.Parent()
			}
			holder.SetAttributeString("id", []byte(number))
		}
	})
	return defined
}

// isFirst tells a definition from a mention further on in a row.
func isFirst(holder ast.Node) bool {
	return holder.Kind() != tables.KindTableCell || holder.PreviousSibling() == nil
}

// addresser says where the link of a number leads that begins at a byte of a
// text; where it answers nothing, there is no link.
type addresser func(t *ast.Text, number string, start int) string

// link makes links of the numbers that are mentioned.
func link(root ast.Node, source []byte, address addresser) {
	var mentions []*ast.Text
	each(root, func(n ast.Node) {
		if t, ok := n.(*ast.Text); ok && !inside(n, ast.KindLink) && !inside(n, ast.KindCodeSpan) && !inside(n, ast.KindHeading) {
			mentions = append(mentions, t)
		}
	})
	for _, t := range mentions {
		linkIn(t, source, address)
	}
}

// linkIn splits one text at the numbers in it.
func linkIn(t *ast.Text, source []byte, address addresser) {
	parent, from := t.Parent(), t.Segment.Start
	for _, at := range ruleNumber.FindAllIndex(t.Segment.Value(source), -1) {
		start, stop := t.Segment.Start+at[0], t.Segment.Start+at[1]
		number := string(source[start:stop])
		destination := address(t, number, start)
		if destination == "" {
			continue
		}
		if start > from {
			parent.InsertBefore(parent, t, ast.NewTextSegment(text.NewSegment(from, start)))
		}
		l := ast.NewLink()
		l.Destination = []byte(destination)
		l.SetPos(start)
		l.AppendChild(l, ast.NewTextSegment(text.NewSegment(start, stop)))
		parent.InsertBefore(parent, t, l)
		from = stop
	}
	t.Segment = text.NewSegment(from, t.Segment.Stop)
}

// lineStart is where the first text of a node begins.
func lineStart(n ast.Node, source []byte) int {
	for c := n.FirstChild(); c != nil; c = c.FirstChild() {
		if t, ok := c.(*ast.Text); ok {
			return t.Segment.Start
		}
	}
	return -1
}

// holds says whether a node is inside another.
func holds(outer, n ast.Node) bool {
	for ; n != nil; n = n.Parent() {
		if n == outer {
			return true
		}
	}
	return false
}

// inside says whether a node is in one of a kind.
func inside(n ast.Node, kind ast.NodeKind) bool {
	for n = n.Parent(); n != nil; n = n.Parent() {
		if n.Kind() == kind {
			return true
		}
	}
	return false
}

func sections(root ast.Node, source []byte) []section {
	var list []section
	each(root, func(n ast.Node) {
		heading, ok := n.(*ast.Heading)
		if !ok || heading.Level != 2 {
			return
		}
		id, _ := heading.AttributeString("id")
		name, _ := id.([]byte)
		list = append(list, section{string(name), string(plainText(n, source))})
	})
	return list
}

// each visits a node and all in it.
func each(root ast.Node, visit func(ast.Node)) {
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			visit(n)
		}
		return ast.WalkContinue, nil
	})
}

// plainText is the text in a node, without its marks.
func plainText(n ast.Node, source []byte) []byte {
	var out []byte
	each(n, func(n ast.Node) {
		if t, ok := n.(*ast.Text); ok {
			out = append(out, t.Segment.Value(source)...)
			if t.SoftLineBreak() {
				out = append(out, ' ')
			}
		}
	})
	return out
}

// lead is a text's first paragraph without its marks.
func lead(source []byte) string {
	root := goldmark.DefaultParser().Parse(text.NewReader(source))
	if root.FirstChild() == nil {
		return ""
	}
	return string(plainText(root.FirstChild(), source))
}

// scrollingTables renders a table in a region that scrolls sideways, which a
// keyboard can reach.
type scrollingTables struct{}

// RegisterFuncs is part of goldmark's renderer.NodeRenderer.
func (scrollingTables) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(tables.KindTable, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			w.WriteString("</table>\n</div>\n")
			return ast.WalkContinue, nil
		}
		w.WriteString(`<div class="scroll" tabindex="0" role="group" aria-label="Table"><table`)
		html.RenderAttributes(w, n, nil)
		w.WriteString(">\n")
		return ast.WalkContinue, nil
	})
	r.Register(tables.KindTableCell, tableCell)
}

// alignments are the classes of cells that a text aligns: inline styles are not for this site.
var alignments = map[tables.Alignment]string{tables.AlignCenter: "align-center", tables.AlignRight: "align-right"}

// tableCell renders a cell; an empty one above a column is no heading.
func tableCell(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	tag, scope := "td", ""
	if n.Parent().Kind() == tables.KindTableHeader && n.HasChildren() {
		tag, scope = "th", ` scope="col"`
	}
	if !entering {
		w.WriteString("</" + tag + ">\n")
		return ast.WalkContinue, nil
	}
	w.WriteString("<" + tag + scope)
	if class := alignments[n.(*tables.TableCell).Alignment]; class != "" {
		w.WriteString(` class="` + class + `"`)
	}
	html.RenderAttributes(w, n, nil)
	w.WriteString(">")
	return ast.WalkContinue, nil
}
