package source

import (
	"slices"
	"strings"
)

// replace is the fix that writes a text, as it stands, in a span's place.
func replace(span Span, text string) Fix {
	return Fix{"Write `" + Clip(text) + "`", []Edit{{span, text}}}
}

// dropRest is offered where only brackets and separators follow the document.
func (p *parser) dropRest() []Fix {
	rest := p.text[p.at:]
	if strings.Trim(rest, "]},; \t\r\n") != "" {
		return nil
	}
	return []Fix{{"Remove what follows the document", []Edit{{Span: Span{p.at, len(p.text)}}}}}
}

// dropComment is offered for a comment that ends.
func (p *parser) dropComment(start int, ends bool) []Fix {
	if !ends && strings.HasPrefix(p.text[start:], "/*") {
		return nil
	}
	return []Fix{{"Remove the comment", []Edit{{Span: Span{start, p.at}}}}}
}

// requote is offered for a string in quotes that are not JSON's, and for all
// that follow it.
func (p *parser) requote(at int) []Fix {
	first, all := requote(p.text, at)
	if len(all) == 0 {
		return nil
	}
	fixes := []Fix{{"Write this string in double quotes", first}}
	if len(all) > 1 {
		fixes = slices.Insert(fixes, 0, Fix{"Write all strings in double quotes", all})
	}
	return fixes
}

// quoteWord puts a bare word in quotes, up to where the value seems to end.
func (p *parser) quoteWord(span Span) Fix {
	word := p.text[span.Start:span.End]
	for _, literal := range []string{"true", "false", "null"} {
		if strings.EqualFold(word, literal) {
			return replace(span, literal)
		}
	}
	for span.End < len(p.text) && !strings.ContainsRune(" \t\r\n,]}[{\"'", rune(p.text[span.End])) {
		span.End++
	}
	text := p.text[span.Start:span.End]
	return Fix{"Write `" + Clip(Quote(text)) + "`", []Edit{{span, Quote(text)}}}
}

// quoteName puts a member's name in double quotes.
func (p *parser) quoteName(at int) []Fix {
	if !isWord(p.text[at]) {
		return p.requote(at)
	}
	end := at
	for end < len(p.text) && (isWord(p.text[end]) || p.text[end] == ':' && end+1 < len(p.text) && isWord(p.text[end+1])) {
		end++
	}
	return []Fix{replace(Span{at, end}, Quote(p.text[at:end]))}
}

// closeAll writes the brackets that are missing at the end.
func (p *parser) closeAll() Fix {
	missing := slices.Clone(p.closings)
	slices.Reverse(missing)
	return Fix{"Add `" + string(missing) + "` at the end", []Edit{{Span{len(p.text), len(p.text)}, "\n" + string(missing)}}}
}

// separate mends what stands where a comma or a closing bracket should.
func (p *parser) separate(closing byte) []Fix {
	here := Span{p.at, p.at + 1}
	switch c := p.text[p.at]; {
	case c == ';':
		return []Fix{replace(here, ",")}
	case c != ']' && c != '}':
		return nil
	case len(p.closings) > 1 && p.closings[len(p.closings)-2] == c:
		return []Fix{{"Add `" + string(closing) + "` before it", []Edit{{Span{p.at, p.at}, string(closing)}}}}
	}
	return []Fix{replace(here, string(closing))}
}

// addColon mends a name that no colon follows.
func (p *parser) addColon(end int) []Fix {
	switch {
	case p.dead || p.at >= len(p.text):
		return nil
	case p.text[p.at] == '=':
		return []Fix{replace(Span{p.at, p.at + 1}, ":")}
	case strings.ContainsRune("\"[{", rune(p.text[p.at])) || isWord(p.text[p.at]):
		return []Fix{{"Add the colon", []Edit{{Span{end, end}, ":"}}}}
	}
	return nil
}

// closeString closes a string at the end of its line, before the brackets and
// the comma that end the line.
func (p *parser) closeString(start, end int) []Fix {
	if line := strings.IndexAny(p.text[start:end], "\r\n"); line >= 0 {
		end = start + line
	}
	at := start + 1 + len(strings.TrimRight(p.text[start+1:end], "]},; \t"))
	if strings.HasSuffix(p.text[:at], `\`) {
		return nil
	}
	return []Fix{{"Close the string", []Edit{{Span{at, at}, `"`}}}}
}
