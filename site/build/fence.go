package main

import (
	"html/template"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"fenceline/engine/source"
)

// fence is a fenced block of a lesson.
type fence struct {
	*writing
	// offset is where the words after ``` are, language the first of them and info the others.
	offset     int
	language   string
	infoOffset int
	info       string
	lines      []textLine
}

// textLine is a line of a block, with its place.
type textLine struct {
	offset int
	text   string
}

// blocks are what a fence with such a first word becomes; other fences are code.
var blocks = map[string]func(fence) template.HTML{
	"scenario": fence.scenario,
	"picture":  fence.picture,
	"overlap":  fence.overlap,
	"results":  fence.results,
	"exercise": fence.exercise,
}

// fences puts what the fenced blocks mean in their place.
type fences struct{ *writing }

// Transform is part of goldmark's parser.ASTTransformer.
func (c fences) Transform(root *ast.Document, reader text.Reader, _ parser.Context) {
	var found []*ast.FencedCodeBlock
	each(root, func(n ast.Node) {
		if block, ok := n.(*ast.FencedCodeBlock); ok {
			found = append(found, block)
		}
	})
	for _, block := range found {
		one := c.read(block, reader.Source())
		meaning := blocks[one.language]
		if meaning == nil {
			meaning = fence.code
		}
		block.Parent().ReplaceChild(block.Parent(), block, &finished{markup: meaning(one)})
	}
}

// read takes a block apart.
func (c fences) read(block *ast.FencedCodeBlock, markdown []byte) fence {
	out := fence{writing: c.writing, offset: block.Pos()}
	if block.Info != nil {
		out.offset = block.Info.Segment.Start
		words := strings.TrimSpace(string(block.Info.Segment.Value(markdown)))
		out.language, out.info, _ = strings.Cut(words, " ")
		out.info = strings.TrimSpace(out.info)
		out.infoOffset = out.offset + len(words) - len(out.info)
	}
	for _, line := range block.Lines().Sliced(0, block.Lines().Len()) {
		out.lines = append(out.lines, textLine{line.Start, strings.TrimRight(string(line.Value(markdown)), "\r\n")})
	}
	return out
}

// text is the block's text.
func (f fence) text() string {
	var out strings.Builder
	for _, line := range f.lines {
		out.WriteString(line.text + "\n")
	}
	return out.String()
}

// option is the value of a key in a block, with its place.
type option struct {
	offset int
	value  string
}

// options reads a block of lines `key: value`. What follows a ` #` is a remark.
func (f fence) options(known ...string) map[string]option {
	out := map[string]option{known[0]: {offset: f.offset}} // where it is missing, the block itself is its place
	for _, line := range f.lines {
		words, _, _ := strings.Cut(line.text, " #")
		if strings.TrimSpace(words) == "" {
			continue
		}
		key, value, isPair := strings.Cut(words, ":")
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		switch {
		case !isPair || value == "":
			f.fault(line.offset, "invalidOption", "a line of a `"+f.language+"` block is `key: value`")
			continue
		case !slices.Contains(known, key):
			f.fault(line.offset, "unknownOption", "a `"+f.language+"` block has no `"+key+"`"+source.DidYouMean(key, known))
			continue
		case out[key].value != "":
			f.fault(line.offset, "duplicateOption", "`"+key+"` is there twice")
		}
		out[key] = option{line.offset + strings.LastIndex(words, value), value}
	}
	return out
}

// list are the words of an option that holds several, each with its place.
func (o option) list() []option {
	var out []option
	at := 0
	for word := range strings.FieldsFuncSeq(o.value, func(r rune) bool { return r == ',' || r == ' ' }) {
		at += strings.Index(o.value[at:], word)
		out = append(out, option{o.offset + at, word})
		at += len(word)
	}
	return out
}
