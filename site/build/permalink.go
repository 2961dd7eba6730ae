package main

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// permalinks makes each heading a link to itself, so that its address can be copied.
type permalinks struct{ *writing }

// Transform is part of goldmark's parser.ASTTransformer.
func (c permalinks) Transform(root *ast.Document, _ text.Reader, _ parser.Context) {
	each(root, func(n ast.Node) {
		heading, ok := n.(*ast.Heading)
		if !ok {
			return
		}
		if heading.Level == 1 {
			c.fault(placeOf(heading), "firstHeading", "the title is the page's heading; headings in a lesson begin with `##`")
		}
		if heading.ChildCount() == 0 {
			c.fault(placeOf(heading), "emptyHeading", "a heading needs words")
			return
		}
		each(heading, func(n ast.Node) {
			switch n.Kind() {
			case ast.KindLink, ast.KindAutoLink, ast.KindImage, kindFinishedWords:
				c.fault(placeOf(heading), "linkInHeading", "a heading is a link to itself; it can have no other link or verdict in it")
			}
		})
		id, _ := heading.AttributeString("id")
		name, _ := id.([]byte)
		link := ast.NewLink()
		link.Destination = append([]byte("#"), name...)
		link.SetAttributeString("class", []byte("permalink"))
		link.SetPos(placeOf(heading))
		for child := heading.FirstChild(); child != nil; child = heading.FirstChild() {
			link.AppendChild(link, child)
		}
		heading.AppendChild(heading, link)
	})
}

// placeOf is where a block's text begins.
func placeOf(n ast.Node) int {
	if n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	return max(n.Pos(), 0)
}
