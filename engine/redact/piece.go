package redact

import (
	"unicode/utf16"
	"unicode/utf8"
)

// piece is a part of a JSON text: what a string says, or what stands between
// strings.
type piece struct {
	text   string
	start  int   // in the JSON text
	origin []int // of each byte of text, where what it stands for begins; nil where nothing is escaped
}

// at is where a byte of the piece stands in the JSON text; that of its length
// is its end.
func (p *piece) at(i int) int {
	if p.origin == nil {
		return p.start + i
	}
	return p.origin[i]
}

// pieces cuts a text at its quotes. It needs no valid JSON: a string that is
// not closed is a piece as well.
func pieces(text string, visit func(piece)) {
	start, quoted, escaped := 0, false, false
	flush := func(end int) {
		switch {
		case start == end:
		case quoted && escaped:
			visit(decoded(text, start, end))
		default:
			visit(piece{text: text[start:end], start: start})
		}
	}
	for i := 0; i < len(text); i++ {
		switch {
		case quoted && text[i] == '\\':
			escaped = true
			i++
		case text[i] == '"':
			flush(i)
			start, quoted, escaped = i+1, !quoted, false
		}
	}
	flush(len(text))
}

// decoded is a string with escapes.
func decoded(text string, start, end int) piece {
	p := piece{start: start}
	var b []byte
	for i := start; i < end; {
		from := i
		var r rune
		if text[i] == '\\' && i+1 < end {
			r, i = escape(text[:end], i)
		} else {
			b = append(b, text[i])
			p.origin = append(p.origin, i)
			i++
			continue
		}
		b = utf8.AppendRune(b, r)
		for len(p.origin) < len(b) {
			p.origin = append(p.origin, from)
		}
	}
	p.origin = append(p.origin, end)
	p.text = string(b)
	return p
}

var simpleEscapes = map[byte]rune{'n': '\n', 't': '\t', 'r': '\r', 'b': '\b', 'f': '\f'}

// escape reads the escape at i and answers where it ends. One that is none
// stands for the character behind the backslash.
func escape(text string, i int) (rune, int) {
	c := text[i+1]
	if c != 'u' {
		if r, ok := simpleEscapes[c]; ok {
			return r, i + 2
		}
		r, n := utf8.DecodeRuneInString(text[i+1:])
		return r, i + 1 + n
	}
	r, ok := hex4(text, i+2)
	if !ok {
		return 'u', i + 2
	}
	if utf16.IsSurrogate(r) && i+7 < len(text) && text[i+6] == '\\' && text[i+7] == 'u' {
		if low, ok := hex4(text, i+8); ok {
			if both := utf16.DecodeRune(r, low); both != utf8.RuneError {
				return both, i + 12
			}
		}
	}
	return r, i + 6
}

func hex4(text string, i int) (rune, bool) {
	if i+4 > len(text) {
		return 0, false
	}
	var r rune
	for _, c := range []byte(text[i : i+4]) {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c >= 'a' && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case c >= 'A' && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return r, true
}
