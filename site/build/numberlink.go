package main

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// numberLinks makes links of the numbers of rules in a lesson.
type numberLinks struct{ *writing }

// Transform is part of goldmark's parser.ASTTransformer.
func (numberLinks) Transform(root *ast.Document, reader text.Reader, _ parser.Context) {
	link(root, reader.Source(), func(_ *ast.Text, number string, _ int) string { return "/rules/#" + number })
}
