package source

import (
	"strings"
	"unicode/utf8"
)

// otherQuotes are the characters that people take for quotation marks, with
// those that close them.
var otherQuotes = map[rune]string{'\'': "'", '‘': "’‘", '’': "’", '“': "”“", '”': "”", '`': "`", '´': "´"}

// otherQuoted finds a string in quotes that are not JSON's at a place: its span
// and the text in it. It ends on its line.
func otherQuoted(text string, at int) (Span, string, bool) {
	open, size := utf8.DecodeRuneInString(text[at:])
	closing, ok := otherQuotes[open]
	if !ok {
		return Span{}, "", false
	}
	var inner strings.Builder
	for i := at + size; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '\n' || r == '\r':
			return Span{}, "", false
		case strings.ContainsRune(closing, r):
			return Span{at, i + size}, inner.String(), true
		case r == '\\' && i+1 < len(text) && text[i+1] != '\n' && text[i+1] != '\r':
			i++ // what is escaped stands for itself
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		inner.WriteRune(r)
		i += size
	}
	return Span{}, "", false
}

// requote answers the edits that write JSON's quotes around strings in others,
// from a place on: the first one, and all of them.
func requote(text string, at int) (first, all []Edit) {
	for i := at; i < len(text); i++ {
		if text[i] == '"' {
			i = afterString(text, i) - 1
			continue
		}
		if !utf8.RuneStart(text[i]) {
			continue
		}
		span, inner, ok := otherQuoted(text, i)
		if ok {
			all = append(all, Edit{span, Quote(inner)})
			i = span.End - 1
		} else if r, _ := utf8.DecodeRuneInString(text[i:]); otherQuotes[r] != "" {
			break // one that doesn't close: what follows can't be told
		}
		if len(all) == 0 || len(all) >= maxProblems {
			break
		}
	}
	return all[:min(1, len(all))], all
}

// afterString is the place behind the string that opens at a place, or behind
// its line where it does not close.
func afterString(text string, at int) int {
	for i := at + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"', '\n':
			return i + 1
		}
	}
	return len(text)
}
