// Package source reads JSON texts into trees in which every key and value
// knows its place, and turns byte offsets into lines and columns.
package source

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Span is a range of bytes of a text, End exclusive.
type Span struct{ Start, End int }

// Position is a place in a text: Line counts from 1; Column counts characters
// (Unicode code points) of the line from 0; Offset counts bytes from 0. A line
// ends with LF, or CR LF.
type Position struct {
	Line   int `json:"line"`
	Column int `json:"column"`
	Offset int `json:"offset"`
}

// File is a named text with an index of its lines.
type File struct {
	Name  string
	Text  string
	lines []int // offset of each line's first byte
	wide  bool  // some character has more than one byte
}

// NewFile indexes a text. It is safe for concurrent use afterwards.
func NewFile(name, text string) *File {
	f := &File{Name: name, Text: text, lines: make([]int, 1, 1+strings.Count(text, "\n"))}
	f.wide = utf8.RuneCountInString(text) != len(text)
	for at := 0; ; {
		next := strings.IndexByte(text[at:], '\n')
		if next < 0 {
			return f
		}
		at += next + 1
		f.lines = append(f.lines, at)
	}
}

// Position converts a byte offset; one outside the text is moved to its nearest end.
func (f *File) Position(offset int) Position {
	offset = max(0, min(offset, len(f.Text)))
	line := sort.SearchInts(f.lines, offset+1)
	start := f.lines[line-1]
	column := offset - start
	if f.wide {
		column = utf8.RuneCountInString(f.Text[start:offset])
	}
	return Position{Line: line, Column: column, Offset: offset}
}

// Slice is the text of a span.
func (f *File) Slice(s Span) string { return f.Text[s.Start:s.End] }

// Line is the text of the line with that number, from 1, without its end.
func (f *File) Line(number int) string {
	if number < 1 || number > len(f.lines) {
		return ""
	}
	line := f.Text[f.lines[number-1]:]
	if end := strings.IndexByte(line, '\n'); end >= 0 {
		line = line[:end]
	}
	return strings.TrimSuffix(line, "\r")
}
