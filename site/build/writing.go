package main

import (
	"bytes"
	"html/template"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"fenceline/engine/source"
)

// writing is a lesson's text on its way to a page. What is wrong with it is
// collected, so that an author sees everything at once.
type writing struct {
	*course
	file *source.File
	// path is the page's address, for the links that it has.
	path string
}

// fault notes a problem at a byte of the text.
func (w *writing) fault(offset int, code, message string) {
	w.found.at(w.file, offset, code, message)
}

// constructs are what lessons have beyond Markdown, a file each.
func (w *writing) constructs() []parser.ASTTransformer {
	return []parser.ASTTransformer{
		rawMarkup{w},
		fences{w},
		permalinks{w},
		numberLinks{w},
		linkPlaces{w}, // after everything that makes links
	}
}

// render makes the text's markup and lists its sections.
func (w *writing) render(markdown []byte) (template.HTML, []section, error) {
	var transformers []util.PrioritizedValue
	for i, one := range w.constructs() {
		transformers = append(transformers, util.Prioritized(one, 1000+i))
	}
	m := goldmark.New(
		goldmark.WithExtensions(extension.Table),
		goldmark.WithParserOptions(
			parser.WithAutoHeadingID(),
			parser.WithInlineParsers(util.Prioritized(verdictParser{w}, 100)),
			parser.WithASTTransformers(transformers...),
		),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(
			util.Prioritized(scrollingTables{}, 100),
			util.Prioritized(finishedRenderer{}, 100),
		)),
	)
	context := parser.NewContext()
	for _, taken := range pageIDs {
		context.IDs().Put([]byte(taken))
	}
	root := m.Parser().Parse(text.NewReader(markdown), parser.WithContext(context))
	var out bytes.Buffer
	err := m.Renderer().Render(&out, markdown, root)
	return template.HTML(out.String()), sections(root, markdown), err
}

// pageIDs are the ids that the frame of a page has already.
var pageIDs = []string{"content", "lacking", "unstarted"}

// finished is a block whose markup is made already; finishedWords are such words in a line.
type finished struct {
	ast.BaseBlock
	markup template.HTML
}

type finishedWords struct {
	ast.BaseInline
	markup template.HTML
}

var (
	kindFinished      = ast.NewNodeKind("Finished")
	kindFinishedWords = ast.NewNodeKind("FinishedWords")
)

// Kind is part of goldmark's ast.Node.
func (*finished) Kind() ast.NodeKind { return kindFinished }

// Dump is part of goldmark's ast.Node.
func (n *finished) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Kind is part of goldmark's ast.Node.
func (*finishedWords) Kind() ast.NodeKind { return kindFinishedWords }

// Dump is part of goldmark's ast.Node.
func (n *finishedWords) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// finishedRenderer writes finished markup as it is.
type finishedRenderer struct{}

// RegisterFuncs is part of goldmark's renderer.NodeRenderer.
func (finishedRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(kindFinished, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			w.WriteString(string(n.(*finished).markup) + "\n")
		}
		return ast.WalkContinue, nil
	})
	r.Register(kindFinishedWords, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			w.WriteString(string(n.(*finishedWords).markup))
		}
		return ast.WalkContinue, nil
	})
}

// rawMarkup tells of HTML in a text: pages don't show it, and nothing is left out in silence.
type rawMarkup struct{ *writing }

// Transform is part of goldmark's parser.ASTTransformer.
func (c rawMarkup) Transform(root *ast.Document, _ text.Reader, _ parser.Context) {
	each(root, func(n ast.Node) {
		offset := -1
		switch raw := n.(type) {
		case *ast.RawHTML:
			offset = raw.Segments.At(0).Start
		case *ast.HTMLBlock:
			offset = raw.Pos()
			if raw.Lines().Len() > 0 {
				offset = raw.Lines().At(0).Start
			}
		default:
			return
		}
		c.fault(offset, "rawMarkup", "lessons take no HTML; write Markdown, or put `<…>` into backquotes")
	})
}
