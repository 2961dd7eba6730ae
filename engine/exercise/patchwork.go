package exercise

import (
	"strings"

	"fenceline/engine/source"
)

// patchwork is a text that is put together from pieces of a file, and knows for
// each of its places where in the file that is.
type patchwork struct {
	file   *source.File
	text   strings.Builder
	pieces []piece
}

// piece begins at an offset of the patchwork; what is not of the file stands
// at the end of the piece before it.
type piece struct {
	at   int
	span source.Span
}

// take adds a piece of the file.
func (p *patchwork) take(span source.Span) {
	p.pieces = append(p.pieces, piece{p.text.Len(), span})
	p.text.WriteString(p.file.Slice(span))
}

// write adds a text of our own.
func (p *patchwork) write(text string) { p.text.WriteString(text) }

// origin is where in the file a place of the patchwork comes from.
func (p *patchwork) origin(offset int) int {
	at := 0
	for _, one := range p.pieces {
		if one.at > offset {
			break
		}
		at = min(one.span.Start+offset-one.at, one.span.End)
	}
	return at
}
