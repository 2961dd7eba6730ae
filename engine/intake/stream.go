package intake

import (
	"strconv"
	"strings"

	"fenceline/engine/source"
)

// stream cuts JSON texts that come in pieces into the values that stand at
// their top: members of objects, and the elements of lists that are members.
// Of a text it keeps no more than the value that is not complete yet, so that
// a text of any size is read with little memory. Each value is parsed by
// itself.
type stream struct {
	text string // what is left of the pieces, from the value that is read now
	at   int    // how far it was looked at
	line int    // the line of text[0], from 1
	to   sink

	state   streamState
	listed  bool   // the objects stand in a list
	key     string // of the member that is read now
	started bool   // a value is being looked at
	skipped bool   // it is too large, and its beginning is gone
	depth   int
	quoted  bool
	escaped bool
	first   int // the line on which a value began that is skipped
}

// sink takes what a stream finds. Texts are parts of larger ones: what is kept
// of them must be copied.
type sink interface {
	line(text string, line int) // between two objects
	begin(line int)             // of an object
	// element is one of a member that is a list; the file is its own text, which
	// begins on that line.
	element(key string, n *source.Node, file *source.File, line int)
	member(key string, n *source.Node, line int)
	end()
	unusable(line int, why string) // a part that can't be read
}

// streamState is what may come next.
type streamState uint8

const (
	between   streamState = iota // an object, or a line of something else
	inObject                     // a name or the end
	afterName                    // a colon
	inMember                     // a value
	inList                       // an element or the end
	dead                         // nothing: what comes can't be told
)

// feed reads a piece; with last nothing follows.
func (s *stream) feed(piece string, last bool) {
	if s.line == 0 {
		s.line = 1
		piece = strings.TrimPrefix(piece, "\ufeff")
	}
	s.text += piece
	for s.state != dead && s.step(last) {
	}
	switch {
	case !last:
	case s.state == dead:
	case s.state != between || s.listed:
		s.fail("the text ends here, inside a value; what should follow is not there, get the whole output")
	}
	if s.state == dead {
		s.text, s.at = "", 0
	}
	if last {
		*s = stream{to: s.to}
	}
}

// drop forgets the text up to where the next value begins.
func (s *stream) drop(to int) {
	s.line += strings.Count(s.text[:to], "\n")
	s.text, s.at = s.text[to:], 0
}

// fail gives up on the rest of a text: where one value ends can't be told, nor
// can what follows.
func (s *stream) fail(why string) bool {
	s.to.unusable(s.line+strings.Count(s.text[:min(s.at, len(s.text))], "\n"), why)
	if s.state != between {
		s.to.end()
	}
	s.state, s.listed = dead, false
	return false
}

// step reads one token; false says that more text is needed.
func (s *stream) step(last bool) bool {
	if !s.started {
		s.drop(len(s.text) - len(strings.TrimLeft(s.text, " \t\r\n")))
	}
	if s.text == "" {
		return false
	}
	c := s.text[0]
	switch {
	case s.started:
		return s.value(last)
	case s.state == between:
		return s.between(c, last)
	case c == ',' && s.state != afterName && s.state != inMember:
		s.drop(1)
	case s.state == inObject && c == '}':
		s.drop(1)
		s.state = between
		s.to.end()
	case s.state == inObject && c == '"':
		return s.value(last)
	case s.state == afterName && c == ':':
		s.drop(1)
		s.state = inMember
	case s.state == inMember && c == '[':
		s.drop(1)
		s.state = inList
		s.to.member(s.key, &source.Node{Kind: source.Array}, s.line)
	case s.state == inList && c == ']':
		s.drop(1)
		s.state = inObject
	case (s.state == inMember || s.state == inList) && (c == '{' || c == '[' || c == '"' || c == '-' || isLetterOrDigit(c)):
		return s.value(last)
	default:
		return s.fail("this is no JSON; nothing is read from here on")
	}
	return true
}

func isLetterOrDigit(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// maxLine bounds a line between objects.
const maxLine = 64 << 10

// between reads what stands outside of objects: a list's brackets, or a line of
// something else, such as the command that printed what follows.
func (s *stream) between(c byte, last bool) bool {
	switch {
	case c == '{':
		s.to.begin(s.line)
		s.drop(1)
		s.state = inObject
		return true
	case c == '[' && !s.listed, c == ']' && s.listed:
		s.listed = c == '['
		s.drop(1)
		return true
	case c == ',' && s.listed:
		s.drop(1)
		return true
	}
	end := strings.IndexByte(s.text, '\n')
	switch {
	case end < 0 && len(s.text) > maxLine:
		return s.fail("this is no JSON; nothing is read from here on")
	case end < 0 && !last:
		return false
	case end < 0:
		end = len(s.text)
	}
	s.to.line(strings.TrimRight(s.text[:end], "\r"), s.line)
	s.drop(end)
	return true
}

// value looks for the end of the value that the text begins with.
func (s *stream) value(last bool) bool {
	s.started = true
	end, ok := s.valueEnd()
	switch {
	case !ok && last && s.depth == 0 && !s.quoted:
		end = len(s.text)
	case !ok:
		if len(s.text) > MaxBytes {
			s.skip()
		}
		return false
	}
	text, line, skipped := s.text[:end], s.line, s.skipped
	if skipped {
		line = s.first
	}
	s.started, s.skipped = false, false
	s.take(text, line, skipped)
	s.drop(end)
	return true
}

// skip forgets the beginning of a value that is too large to be read.
func (s *stream) skip() {
	if !s.skipped {
		s.first = s.line
	}
	s.skipped = true
	s.line += strings.Count(s.text, "\n")
	s.text, s.at = "", 0
}

// valueEnd goes on to the end of the value, from where it was looked at last.
func (s *stream) valueEnd() (int, bool) {
	for ; s.at < len(s.text); s.at++ {
		c := s.text[s.at]
		switch {
		case s.escaped:
			s.escaped = false
		case s.quoted && c == '\\':
			s.escaped = true
		case c == '"':
			if s.quoted = !s.quoted; !s.quoted && s.depth == 0 {
				return s.at + 1, true
			}
		case s.quoted:
		case c == '{' || c == '[':
			s.depth++
		case (c == '}' || c == ']') && s.depth > 0:
			if s.depth--; s.depth == 0 {
				return s.at + 1, true
			}
		case s.depth == 0 && strings.IndexByte(",}] \t\r\n:", c) >= 0:
			return s.at, true
		}
	}
	return 0, false
}

// take parses a complete value and hands it on.
func (s *stream) take(text string, line int, skipped bool) {
	state := s.state
	switch state {
	case inMember:
		s.state = inObject
	case inObject:
		s.state, s.key = afterName, ""
	}
	if skipped || len(text) > MaxBytes {
		s.to.unusable(line, "this value has more than "+strconv.Itoa(MaxBytes)+" bytes, more than any principal or policy; it is not read")
		return
	}
	file := source.NewFile("", text)
	n, problems := source.Parse(file, MaxBytes)
	for _, p := range problems {
		if p.Severity == source.Error {
			s.to.unusable(line+file.Position(p.Span.Start).Line-1, p.Message)
			return
		}
	}
	switch state {
	case inObject:
		s.key = strings.Clone(n.Text)
	case inMember:
		s.to.member(s.key, n, line)
	case inList:
		s.to.element(s.key, n, file, line)
	}
}
