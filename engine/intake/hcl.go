package intake

import (
	"strings"

	"fenceline/engine/source"
)

// hcl reads the literal values of Terraform's language: objects, lists,
// strings, numbers, and references, for which placeholders stand. It is no
// reader of the whole language: operators, calls and loops end it.
type hcl struct {
	text     string
	at       int
	template *template
}

// space skips white space and comments.
func (p *hcl) space() {
	for p.at < len(p.text) {
		rest := p.text[p.at:]
		switch {
		case strings.IndexByte(" \t\r\n", rest[0]) >= 0:
			p.at++
		case rest[0] == '#' || strings.HasPrefix(rest, "//"):
			p.skipTo("\n")
		case strings.HasPrefix(rest, "/*"):
			p.skipTo("*/")
		default:
			return
		}
	}
}

func (p *hcl) skipTo(mark string) {
	if i := strings.Index(p.text[p.at:], mark); i >= 0 {
		p.at += i + len(mark)
		return
	}
	p.at = len(p.text)
}

// take skips one character when it is the next.
func (p *hcl) take(c byte) bool {
	p.space()
	if p.at < len(p.text) && p.text[p.at] == c {
		p.at++
		return true
	}
	return false
}

// value reads one value; it is nil where it can't.
func (p *hcl) value(depth int) *source.Node {
	p.space()
	if p.at >= len(p.text) || depth > source.MaxDepth {
		return nil
	}
	switch c := p.text[p.at]; {
	case c == '{':
		return p.object(depth + 1)
	case c == '[':
		return p.list(depth + 1)
	case c == '"':
		if s, ok := p.quoted(); ok {
			return text(s)
		}
		return nil
	}
	return p.word()
}

func (p *hcl) object(depth int) *source.Node {
	p.at++
	n := &source.Node{Kind: source.Object}
	for !p.take('}') {
		key, ok := p.key()
		if !ok || !p.take('=') && !p.take(':') {
			return nil
		}
		value := p.value(depth)
		if value == nil || !p.ends('}') {
			return nil
		}
		n.Members = append(n.Members, source.Member{Key: key, Value: value})
	}
	return n
}

// ends says whether a member or element ends here; objects' members may end
// with their line.
func (p *hcl) ends(closing byte) bool {
	line := p.at
	if p.take(',') || p.at < len(p.text) && p.text[p.at] == closing {
		return true
	}
	return closing == '}' && strings.Contains(p.text[line:p.at], "\n")
}

func (p *hcl) list(depth int) *source.Node {
	p.at++
	n := &source.Node{Kind: source.Array}
	for !p.take(']') {
		value := p.value(depth)
		if value == nil || !p.ends(']') {
			return nil
		}
		n.Items = append(n.Items, value)
	}
	return n
}

func (p *hcl) key() (string, bool) {
	p.space()
	if p.at < len(p.text) && p.text[p.at] == '"' {
		return p.quoted()
	}
	start := p.at
	for p.at < len(p.text) && isWordByte(p.text[p.at]) {
		p.at++
	}
	return p.text[start:p.at], p.at > start
}

func isWordByte(c byte) bool {
	return c == '_' || c == '-' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// quoted reads a string at its quote, with the values for its references.
func (p *hcl) quoted() (string, bool) {
	var b strings.Builder
	for i := p.at + 1; i < len(p.text); i++ {
		rest := p.text[i:]
		switch c := p.text[i]; {
		case c == '"':
			p.at = i + 1
			return b.String(), true
		case c == '\n':
			return "", false
		case c == '\\' && i+1 < len(p.text):
			i++
			b.WriteByte(unescaped(p.text[i]))
		case strings.HasPrefix(rest, "$${") || strings.HasPrefix(rest, "%%{"):
			b.WriteString(rest[1:3])
			i += 2
		case referenceEnd(rest) > 0:
			end := referenceEnd(rest)
			b.WriteString(p.template.variable(rest[2:end]))
			i += end
		default:
			b.WriteByte(c)
		}
	}
	return "", false
}

func unescaped(c byte) byte {
	switch c {
	case 'n':
		return '\n'
	case 't':
		return '\t'
	case 'r':
		return '\r'
	}
	return c
}

// word reads a literal or a reference.
func (p *hcl) word() *source.Node {
	start := p.at
	for p.at < len(p.text) && (isWordByte(p.text[p.at]) || p.text[p.at] == '.') {
		p.at++
	}
	word := p.text[start:p.at]
	if p.at < len(p.text) && p.text[p.at] == '[' { // an element: data.x.y[0].arn
		if end := strings.IndexAny(p.text[p.at:], ",\n"); end > 0 {
			word += p.text[p.at : p.at+end]
			p.at += end
		}
	}
	switch {
	case word == "":
		return nil
	case word == "true" || word == "false":
		return &source.Node{Kind: source.Bool, Text: word}
	case word == "null":
		return &source.Node{Kind: source.Null}
	case strings.Trim(word, "0123456789") == "" && (word == "0" || word[0] != '0'):
		return &source.Node{Kind: source.Number, Text: word}
	case !strings.Contains(word, "."):
		return nil
	}
	return text(p.template.expression(strings.TrimSpace(word)))
}
