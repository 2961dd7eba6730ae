package main

import (
	"fmt"
	"html/template"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// verdictParser reads verdicts in running text:
// `{{verdict FILE#REQUEST: DECISION by LAYER}}`.
type verdictParser struct{ *writing }

// writtenVerdict is such a verdict; a request's name may have colons in it.
var writtenVerdict = regexp.MustCompile(`^\{\{verdict\s+([^\s#]+)#(.+?):\s*([A-Za-z]+(?:\s+by\s+\w+)?)\s*\}\}`)

// twoBraces begin what could only be meant as a verdict.
var twoBraces = regexp.MustCompile(`^\{\{\s*\w`)

// Trigger is part of goldmark's parser.InlineParser.
func (verdictParser) Trigger() []byte { return []byte{'{'} }

// Parse is part of goldmark's parser.InlineParser.
func (p verdictParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	at := writtenVerdict.FindSubmatchIndex(line)
	if at == nil {
		if twoBraces.Match(line) {
			p.fault(segment.Start, "invalidVerdict", "a verdict is written on one line as `{{verdict FILE#REQUEST: DECISION by LAYER}}`")
		}
		return nil
	}
	group := func(n int) option {
		return option{segment.Start + at[2*n], string(line[at[2*n]:at[2*n+1]])}
	}
	block.Advance(at[1])
	return &finishedWords{markup: p.verdict(group(1), group(2), group(3))}
}

// claimedVerdict is the engine's verdict on a request, in running text.
type claimedVerdict struct {
	Verdict verdict
	Cause   string
	Request string
	Address string
}

// verdict checks one and writes what the engine decides.
func (w *writing) verdict(file, request, claim option) template.HTML {
	e, ok := w.example(file)
	if !ok {
		return ""
	}
	at, ok := w.request(e, request)
	if !ok {
		return ""
	}
	r := e.result.Results[at]
	w.check(claim, r)
	return w.markup("claimed", claimedVerdict{verdictOf(r), decidedBy(r), r.Name, fmt.Sprintf("%s#request-%d", e.address(), at)})
}
