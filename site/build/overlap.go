package main

import (
	"html/template"

	"fenceline/engine/iam"
	"fenceline/engine/scenario"
)

// overlap is a drawing of which requests identity-based policies and a
// permissions boundary allow: two areas that overlap.
type overlap struct {
	Title, Address string
	// Areas are those that the policies alone, both, and the boundary alone allow, and what neither does.
	Areas [4]overlapArea
}

// overlapArea is a part of the drawing.
type overlapArea struct {
	Class, Words string
	Rows         []requestRow
}

// overlap is a block that draws them for some of a scenario's requests.
func (f fence) overlap() template.HTML {
	e, chosen, choice, ok := f.requestsOf()
	if !ok {
		return ""
	}
	out := overlap{Title: e.workspace.title, Address: e.address(), Areas: [4]overlapArea{
		{Class: "identity", Words: "The policies alone: beyond the boundary, no effect"},
		{Class: "both", Words: "Both"},
		{Class: "boundary", Words: "The boundary alone: it grants nothing"},
		{Class: "neither", Words: "Neither"},
	}}
	for _, row := range rows(e, chosen) {
		at, ok := areaOf(e.telling(row.Index).result.Results[row.Index].Boundary)
		if !ok {
			f.fault(choice.offset, "noBoundary", "the caller of the request `"+row.Name+"` has no permissions boundary, or it is not known what the request meets; choose requests for which both are settled")
			continue
		}
		out.Areas[at].Rows = append(out.Areas[at].Rows, row)
	}
	return f.markup("overlap", out)
}

// areaOf is the index of the area that a request lies in.
func areaOf(b *scenario.BoundaryResult) (int, bool) {
	if b == nil || !b.Present || b.Identity == iam.Unknown || b.Boundary == iam.Unknown {
		return 0, false
	}
	identity, boundary := b.Identity == iam.Match, b.Boundary == iam.Match
	switch {
	case identity && boundary:
		return 1, true
	case identity:
		return 0, true
	case boundary:
		return 2, true
	}
	return 3, true
}
