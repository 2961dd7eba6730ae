package main

import (
	"html/template"
	"slices"
	"strings"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/alecthomas/chroma/v2/styles"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"fenceline/engine"
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// languages are those that code in a lesson may have.
var languages = []string{"json", "hcl", "bash", "text"}

// codeBlock is code on a page.
type codeBlock struct {
	// Label says what it is, for a policy.
	Label string
	Code  template.HTML
}

// code is a block of code. JSON with `policy=LAYER` is a policy, which must be
// valid, and HCL must be what Terraform can read.
func (f fence) code() template.HTML {
	if !slices.Contains(languages, f.language) {
		known := append(sortedKeys(blocks), languages...)
		f.fault(f.offset, "unknownLanguage", "a fenced block begins with one of `"+strings.Join(known, "`, `")+"`, not with `"+source.Clip(f.language)+"`"+source.DidYouMean(f.language, known))
	}
	out := codeBlock{Code: highlight(f.language, f.text())}
	if f.info != "" {
		out.Label = f.policy()
	}
	if f.language == "hcl" {
		f.readHCL()
	}
	return f.markup("code", out)
}

// policy validates the block as a policy and says which kind of policy it is.
func (f fence) policy() string {
	key, value, _ := strings.Cut(f.info, "=")
	layer, known := iam.ParseLayer(value)
	switch {
	case key != "policy" || f.language != "json":
		f.fault(f.infoOffset, "unknownOption", "after `"+f.language+"` there may only be `policy=LAYER`, and that after `json`; not `"+source.Clip(f.info)+"`")
		return ""
	case !known || layer == iam.Service:
		f.fault(f.infoOffset, "unknownLayer", "`"+source.Clip(value)+"` is no kind of policy"+source.DidYouMean(value, deciders()[1:])+"; the kinds are `"+strings.Join(deciders()[1:], "`, `")+"`")
		return ""
	}
	for _, p := range engine.Validate(layer, f.text(), engine.Options{}, nil) {
		if p.Severity == source.Error {
			f.fault(f.place(p.Start), p.Code, p.Message)
		}
	}
	return layer.Words()
}

// readHCL tells what Terraform could not read.
func (f fence) readHCL() {
	_, found := hclsyntax.ParseConfig([]byte(f.text()), "", hcl.InitialPos)
	for _, d := range found {
		at := source.Position{Line: 1}
		if d.Subject != nil {
			at = source.Position{Line: d.Subject.Start.Line, Column: d.Subject.Start.Column - 1}
		}
		f.fault(f.place(at), "invalidHCL", strings.TrimSuffix(d.Summary+": "+d.Detail, "."))
	}
}

// place is where a position of the block's text is in the lesson.
func (f fence) place(p source.Position) int {
	if len(f.lines) == 0 {
		return f.offset
	}
	line := f.lines[min(p.Line, len(f.lines))-1]
	return line.offset + len(string([]rune(line.text)[:min(p.Column, len([]rune(line.text)))]))
}

// highlight marks the words of code by classes, which the styles colour.
func highlight(language, code string) template.HTML {
	lexer := lexers.Get(language)
	if lexer == nil {
		lexer = lexers.Fallback
	}
	tokens, err := chroma.Coalesce(lexer).Tokenise(nil, code)
	var out strings.Builder
	if err == nil {
		err = html.New(html.WithClasses(true), html.PreventSurroundingPre(true)).Format(&out, styles.Fallback, tokens)
	}
	if err != nil {
		return template.HTML(template.HTMLEscapeString(code))
	}
	return template.HTML(out.String())
}
