package source

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxDepth is how deep a text may nest. AWS's own documents need seven levels;
// deeper nesting would threaten the small stack of a browser.
const MaxDepth = 64

// Parse reads a JSON text of at most limit bytes. It goes on after mistakes
// that leave no doubt what was meant (a comma too many, a comment, a repeated
// name) and reports each; the tree is nil when the text as a whole can't be
// read. A tree that comes with an Error must not be evaluated.
func Parse(f *File, limit int) (*Node, []Problem) {
	if problem, bad := unreadable(f.Text, limit); bad {
		return nil, []Problem{problem}
	}
	p := &parser{text: f.Text}
	root := p.document()
	return root, p.report.Problems
}

type parser struct {
	text     string
	at       int
	report   Report
	closings []byte // the brackets that are still to come, innermost last
	dead     bool   // nothing after this can be read
}

// fail reports what can't be recovered from, once.
func (p *parser) fail(code, message string, span Span, fixes ...Fix) *Node {
	if !p.dead {
		p.report.Add(Problem{Code: code, Message: message, Span: span, Fixes: fixes})
	}
	p.dead = true
	p.at = len(p.text)
	return nil
}

func (p *parser) document() *Node {
	p.space()
	if p.at == len(p.text) {
		return p.fail(codeEmpty, "the text is empty; write a JSON object, `{ }`", Span{0, len(p.text)})
	}
	root := p.value(0)
	p.space()
	if !p.dead && p.at < len(p.text) {
		p.report.Error(codeAfterEnd, Span{p.at, len(p.text)}, "text after the end of the document; remove "+p.excerpt()).Fixes = p.dropRest()
	}
	if p.dead {
		return nil
	}
	return root
}

// excerpt quotes what stands at the current place.
func (p *parser) excerpt() string {
	if p.at >= len(p.text) {
		return "the end of the text"
	}
	r, size := utf8.DecodeRuneInString(p.text[p.at:])
	if r == '`' {
		return "a backquote"
	}
	end := p.at + size
	for end < len(p.text) && end-p.at < 20 && isWord(p.text[p.at]) && isWord(p.text[end]) {
		end++
	}
	return "`" + p.text[p.at:end] + "`"
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// space skips white space, and comments with a report.
func (p *parser) space() {
	for p.at < len(p.text) {
		switch c := p.text[p.at]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			p.at++
		case c == '/' && strings.HasPrefix(p.text[p.at:], "//"), c == '#':
			p.comment("\n", 0)
		case c == '/' && strings.HasPrefix(p.text[p.at:], "/*"):
			p.comment("*/", 2)
		default:
			return
		}
	}
}

func (p *parser) comment(end string, endLength int) {
	start := p.at
	length := strings.Index(p.text[start:], end)
	p.at = len(p.text)
	if length >= 0 {
		p.at = start + length + endLength
	}
	p.report.Error(codeComment, Span{start, p.at}, "JSON has no comments; remove it").Fixes = p.dropComment(start, length >= 0)
}

func (p *parser) value(depth int) *Node {
	p.space()
	if p.at >= len(p.text) {
		return p.fail(codeSyntax, "the text ends where a value should stand", Span{p.at, p.at})
	}
	switch c := p.text[p.at]; {
	case c == '{' || c == '[':
		if depth >= MaxDepth {
			return p.fail(codeTooDeep, "nested more than "+strconv.Itoa(MaxDepth)+" levels deep; no policy needs that", Span{p.at, p.at + 1})
		}
		if c == '{' {
			return p.object(depth + 1)
		}
		return p.array(depth + 1)
	case c == '"':
		start := p.at
		text, ok := p.str()
		if !ok {
			return nil
		}
		return &Node{Kind: String, Text: text, Span: Span{start, p.at}}
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	}
	return p.word()
}

// word reads true, false and null, and knows the ways in which people write
// something else there.
func (p *parser) word() *Node {
	start := p.at
	for p.at < len(p.text) && isWord(p.text[p.at]) {
		p.at++
	}
	span := Span{start, p.at}
	switch text := p.text[start:p.at]; text {
	case "true", "false":
		return &Node{Kind: Bool, Text: text, Span: span}
	case "null":
		return &Node{Kind: Null, Span: span}
	case "True", "False", "None":
		meant := map[string]string{"True": "true", "False": "false", "None": "null"}[text]
		return p.fail(codeSyntax, "`"+text+"` is Python; write `"+meant+"`", span, replace(span, meant))
	case "":
		if p.text[start] == '\'' {
			return p.fail(codeSyntax, "strings stand in double quotes, `\"`, not single ones", Span{start, start + 1}, p.requote(start)...)
		}
		return p.fail(codeSyntax, "a value should stand here, not "+p.excerpt(), Span{start, start + 1}, p.requote(start)...)
	default:
		return p.fail(codeSyntax, "`"+text+"` is no JSON value; strings stand in double quotes", span, p.quoteWord(span))
	}
}

func (p *parser) number() *Node {
	start := p.at
	digits := func() bool {
		from := p.at
		for p.at < len(p.text) && p.text[p.at] >= '0' && p.text[p.at] <= '9' {
			p.at++
		}
		return p.at > from
	}
	if p.text[p.at] == '-' {
		p.at++
	}
	whole := p.at
	ok := digits() && (p.text[whole] != '0' || p.at == whole+1)
	if p.at < len(p.text) && p.text[p.at] == '.' {
		p.at++
		ok = digits() && ok
	}
	if p.at < len(p.text) && (p.text[p.at] == 'e' || p.text[p.at] == 'E') {
		p.at++
		if p.at < len(p.text) && (p.text[p.at] == '+' || p.text[p.at] == '-') {
			p.at++
		}
		ok = digits() && ok
	}
	span := Span{start, p.at}
	if !ok || p.at < len(p.text) && isWord(p.text[p.at]) {
		for p.at < len(p.text) && isWord(p.text[p.at]) {
			p.at++
		}
		span.End = p.at
		p.report.Error(codeSyntax, span, "`"+Clip(p.text[start:p.at])+"` is no JSON number; a text that begins with a digit stands in double quotes").Write(span, p.text[start:p.at])
	}
	return &Node{Kind: Number, Text: p.text[start:p.at], Span: span}
}

// Clip shortens a text that a message quotes; it need not be valid UTF-8.
func Clip(s string) string {
	if len(s) <= 40 {
		return s
	}
	end := 40
	for end > 40-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}

func (p *parser) array(depth int) *Node {
	node := &Node{Kind: Array, Span: Span{p.at, p.at}}
	p.list(node.Span.Start, ']', func() bool {
		item := p.value(depth)
		if item != nil {
			node.Items = append(node.Items, item)
		}
		return item != nil
	})
	node.Span.End = p.at
	return node
}

func (p *parser) object(depth int) *Node {
	node := &Node{Kind: Object, Span: Span{p.at, p.at}}
	var seen map[string]bool
	p.list(node.Span.Start, '}', func() bool {
		member, ok := p.member(depth)
		if ok {
			seen = p.checkRepeat(node, seen, member)
			node.Members = append(node.Members, member)
		}
		return ok
	})
	node.Span.End = p.at
	return node
}

// checkRepeat holds to S-007: a name stands once in an object. Small objects
// are searched, larger ones indexed in seen, which it answers.
func (p *parser) checkRepeat(object *Node, seen map[string]bool, member Member) map[string]bool {
	if len(object.Members) == fewMembers {
		seen = make(map[string]bool, 2*fewMembers)
		for i := range object.Members {
			seen[object.Members[i].Key] = true
		}
	}
	repeated := seen[member.Key]
	if seen == nil {
		repeated = object.has(member.Key)
	} else {
		seen[member.Key] = true
	}
	if repeated {
		p.report.Error(DuplicateKey, member.KeySpan, "`"+Clip(member.Key)+"` stands twice in this object; parsers disagree on which one counts, keep one").
			Fix("Remove the second `"+Clip(member.Key)+"`", Edit{Span: Span{object.Members[len(object.Members)-1].Value.Span.End, member.Value.Span.End}})
	}
	return seen
}

const fewMembers = 16

// list reads the elements of an array or object between brackets and commas.
func (p *parser) list(open int, closing byte, element func() bool) {
	p.at++
	p.closings = append(p.closings, closing)
	for comma := -1; ; {
		p.space()
		switch {
		case p.dead:
			return
		case p.at >= len(p.text):
			p.fail(codeSyntax, "the `"+p.text[open:open+1]+"` that opens here is never closed; write `"+string(closing)+"`", Span{open, open + 1}, p.closeAll())
			return
		case p.text[p.at] == closing:
			if comma >= 0 {
				p.report.Error(codeTrailingComma, Span{comma, comma + 1}, "a comma before `"+string(closing)+"`; remove it").Fix("Remove the comma", Edit{Span: Span{comma, comma + 1}})
			}
			p.closings = p.closings[:len(p.closings)-1]
			p.at++
			return
		case p.text[p.at] == ',':
			p.report.Error(codeSyntax, Span{p.at, p.at + 1}, "a comma where a value should stand; remove it").Fix("Remove the comma", Edit{Span: Span{p.at, p.at + 1}})
			p.at++
			continue
		}
		if !element() {
			return
		}
		comma = p.separator(closing)
	}
}

// separator reads the comma behind an element and answers its place, or -1.
func (p *parser) separator(closing byte) int {
	end := p.at
	p.space()
	if p.dead || p.at >= len(p.text) || p.text[p.at] == closing {
		return -1
	}
	if p.text[p.at] == ',' {
		p.at++
		return p.at - 1
	}
	switch c := p.text[p.at]; {
	case c == '"' || c == '{' || c == '[':
		p.report.Error(codeMissingComma, Span{end, end}, "a comma is missing here").Fix("Add the comma", Edit{Span{end, end}, ","})
	default:
		p.fail(codeSyntax, "`,` or `"+string(closing)+"` should stand here, not "+p.excerpt(), Span{p.at, p.at + 1}, p.separate(closing)...)
	}
	return -1
}

func (p *parser) member(depth int) (Member, bool) {
	start := p.at
	if p.text[p.at] != '"' {
		return Member{}, p.fail(codeSyntax, "a member's name in double quotes should stand here, not "+p.excerpt(), Span{start, start + 1}, p.quoteName(start)...) != nil
	}
	key, ok := p.str()
	if !ok {
		return Member{}, false
	}
	keySpan := Span{start, p.at}
	p.space()
	if p.dead || p.at >= len(p.text) || p.text[p.at] != ':' {
		return Member{}, p.fail(codeSyntax, "`:` and a value should follow the name `"+Clip(key)+"`", keySpan, p.addColon(keySpan.End)...) != nil
	}
	p.at++
	value := p.value(depth)
	return Member{Key: key, KeySpan: keySpan, Value: value}, value != nil
}

// str reads a string at a double quote.
func (p *parser) str() (string, bool) {
	start := p.at
	p.at++
	from := p.at
	for p.at < len(p.text) {
		switch c := p.text[p.at]; {
		case c == '"':
			text := p.text[from:p.at]
			p.at++
			return text, true
		case c == '\\':
			return p.escaped(start, from)
		case c < ' ':
			return p.control(start)
		default:
			p.at++
		}
	}
	p.fail(codeSyntax, "the string that opens here is never closed; write `\"`", Span{start, start + 1}, p.closeString(start, len(p.text))...)
	return "", false
}

func (p *parser) control(start int) (string, bool) {
	if p.text[p.at] == '\n' || p.text[p.at] == '\r' {
		p.fail(codeSyntax, "the string that opens here does not end on its line; write `\"`", Span{start, p.at}, p.closeString(start, p.at)...)
	} else {
		escape := Quote(p.text[p.at : p.at+1])
		p.fail(codeControlCharacter, "a control character inside a string; write it as an escape such as `\\t`", Span{p.at, p.at + 1}, replace(Span{p.at, p.at + 1}, escape[1:len(escape)-1]))
	}
	return "", false
}

// escaped goes on with a string that has escapes.
func (p *parser) escaped(start, from int) (string, bool) {
	var b strings.Builder
	b.WriteString(p.text[from:p.at])
	for p.at < len(p.text) {
		switch c := p.text[p.at]; {
		case c == '"':
			p.at++
			return b.String(), true
		case c == '\\':
			if !p.escape(&b) {
				return "", false
			}
		case c < ' ':
			return p.control(start)
		default:
			run := p.at
			for p.at < len(p.text) && p.text[p.at] >= ' ' && p.text[p.at] != '"' && p.text[p.at] != '\\' {
				p.at++
			}
			b.WriteString(p.text[run:p.at])
		}
	}
	p.fail(codeSyntax, "the string that opens here is never closed; write `\"`", Span{start, start + 1}, p.closeString(start, len(p.text))...)
	return "", false
}

var simpleEscapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func (p *parser) escape(b *strings.Builder) bool {
	start := p.at
	p.at++
	if p.at >= len(p.text) {
		return p.fail(codeSyntax, "the text ends inside a string", Span{start, p.at}) != nil
	}
	c := p.text[p.at]
	p.at++
	if plain, ok := simpleEscapes[c]; ok {
		b.WriteByte(plain)
		return true
	}
	if c != 'u' {
		p.at--
		return p.fail(codeBadEscape, "`\\` before "+p.excerpt()+" is no JSON escape; a backslash itself is written `\\\\`", Span{start, p.at + 1}, replace(Span{start, start + 1}, `\\`)) != nil
	}
	r, ok := p.hex4()
	if ok && r >= 0xD800 && r < 0xDC00 && strings.HasPrefix(p.text[p.at:], `\u`) {
		p.at += 2
		var low rune
		if low, ok = p.hex4(); ok && low >= 0xDC00 && low < 0xE000 {
			b.WriteRune((r-0xD800)<<10 + (low - 0xDC00) + 0x10000)
			return true
		}
	}
	if !ok || r >= 0xD800 && r < 0xE000 {
		return p.fail(codeBadEscape, "`"+Clip(p.text[start:min(p.at, len(p.text))])+"` names no character", Span{start, min(p.at, len(p.text))}) != nil
	}
	b.WriteRune(r)
	return true
}

func (p *parser) hex4() (rune, bool) {
	if p.at+4 > len(p.text) {
		return 0, false
	}
	n, err := strconv.ParseUint(p.text[p.at:p.at+4], 16, 32)
	if err != nil {
		return 0, false
	}
	p.at += 4
	return rune(n), true
}

// unreadable finds what keeps a text from being read at all: its size or its encoding.
func unreadable(text string, limit int) (Problem, bool) {
	problem := func(code, message string, start, end int, fixes ...Fix) (Problem, bool) {
		return Problem{Code: code, Message: message, Span: Span{start, min(end, len(text))}, Fixes: fixes}, true
	}
	switch {
	case len(text) > limit:
		return problem(codeTooLarge, "the text has "+strconv.Itoa(len(text))+" bytes; at most "+strconv.Itoa(limit)+" are read", 0, 0)
	case strings.HasPrefix(text, "\xEF\xBB\xBF"):
		return problem(codeEncoding, "the text begins with a byte order mark, which JSON does not allow; save it as UTF-8 without BOM", 0, 3, Fix{"Remove the byte order mark", []Edit{{Span: Span{0, 3}}}})
	case strings.HasPrefix(text, "\xFF\xFE"), strings.HasPrefix(text, "\xFE\xFF"):
		return problem(codeEncoding, "the text is UTF-16; save it as UTF-8", 0, 2)
	case strings.HasPrefix(text, "\x1F\x8B"):
		return problem(codeEncoding, "the text is compressed with gzip; unpack it first", 0, 2)
	case !utf8.ValidString(text):
		at := invalidAt(text)
		return problem(codeEncoding, "the byte at this place is not UTF-8; save the text as UTF-8", at, at+1)
	}
	if at := strings.IndexByte(text, 0); at >= 0 {
		return problem(codeEncoding, "the text has a zero byte; save it as UTF-8", at, at+1)
	}
	return Problem{}, false
}

func invalidAt(text string) int {
	for i, r := range text {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return i
			}
		}
	}
	return len(text)
}
