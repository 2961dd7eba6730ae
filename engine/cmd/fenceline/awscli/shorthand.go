// Package awscli reads arguments and writes answers as the AWS CLI does, for
// commands that take its place.
//
// https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters.html
package awscli

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Errorf is an error in the AWS CLI's words, which begin with a capital.
func Errorf(format string, a ...any) error { return message(fmt.Sprintf(format, a...)) }

type message string

func (m message) Error() string { return string(m) }

// maxNesting bounds lists and structures within each other.
const maxNesting = 20

// ParseShorthand reads the shorthand syntax: `Name=value,List=a,b,Other=[c,d],
// Structure={Name=value}`. A value is a string, a []any or a map[string]any; a
// list of one that is written without brackets is a string.
//
// https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html
func ParseShorthand(text string) (map[string]any, error) {
	s := &shorthand{text: text}
	found := map[string]any{}
	for {
		if err := s.member(found, s.values); err != nil {
			return nil, err
		}
		if s.space(); s.atEnd() {
			return found, nil
		}
		if err := s.expect(','); err != nil {
			return nil, err
		}
	}
}

// shorthand is a text that is being read.
type shorthand struct {
	text string
	at   int
	deep int
}

func (s *shorthand) atEnd() bool { return s.at >= len(s.text) }

func (s *shorthand) has(c byte) bool { return !s.atEnd() && s.text[s.at] == c }

func (s *shorthand) space() {
	s.at += len(s.text[s.at:]) - len(strings.TrimLeftFunc(s.text[s.at:], unicode.IsSpace))
}

// wrong is the AWS CLI's message, with a caret under the place.
func (s *shorthand) wrong(expected string) error {
	received := "EOF"
	if !s.atEnd() {
		r, _ := utf8.DecodeRuneInString(s.text[s.at:])
		received = string(r)
	}
	line := s.text[strings.LastIndexByte(s.text[:s.at], '\n')+1 : s.at]
	return Errorf("Expected: '%s', received: '%s' for input:\n%s\n%s^", expected, received, s.text, strings.Repeat(" ", utf8.RuneCountInString(line)))
}

// expect takes a character with the white space around it.
func (s *shorthand) expect(c byte) error {
	s.space()
	if !s.has(c) {
		return s.wrong(string(c))
	}
	s.at++
	s.space()
	return nil
}

// member reads `Name=value` into a structure, which must not have it yet.
func (s *shorthand) member(into map[string]any, value func() (any, error)) error {
	from := s.at
	for !s.atEnd() && isNameByte(s.text[s.at]) {
		s.at++
	}
	name := s.text[from:s.at]
	if name == "" {
		return s.wrong("a parameter's name")
	}
	if _, twice := into[name]; twice {
		return Errorf("Second instance of key \"%s\" encountered for input:\n%s\n%s^", name, s.text, strings.Repeat(" ", utf8.RuneCountInString(s.text[:from])))
	}
	if err := s.expect('='); err != nil {
		return err
	}
	v, err := value()
	into[name] = v
	return err
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// values reads a list in brackets, a structure, or values up to the next name.
func (s *shorthand) values() (any, error) {
	if s.has('[') || s.has('{') {
		return s.nested()
	}
	first, err := s.word(true)
	if err != nil {
		return nil, err
	}
	list := []any{first}
	for {
		back := s.at
		if s.space(); !s.has(',') {
			break
		}
		s.at++
		s.space()
		next, err := s.word(false)
		s.space()
		if err != nil || !s.atEnd() && !s.has(',') { // it is the next name
			s.at = back
			break
		}
		list = append(list, next)
	}
	if len(list) == 1 {
		return first, nil
	}
	return list, nil
}

// nested reads a list in brackets, a structure, or one value.
func (s *shorthand) nested() (any, error) {
	if s.deep++; s.deep > maxNesting {
		return nil, s.wrong("less nesting")
	}
	defer func() { s.deep-- }()
	switch {
	case s.has('['):
		list := []any{}
		err := s.between('[', ']', func() error {
			item, err := s.nested()
			list = append(list, item)
			return err
		})
		return list, err
	case s.has('{'):
		members := map[string]any{}
		err := s.between('{', '}', func() error { return s.member(members, s.nested) })
		return members, err
	}
	return s.word(true)
}

// between reads items with commas between them, in brackets.
func (s *shorthand) between(open, shut byte, item func() error) error {
	if err := s.expect(open); err != nil {
		return err
	}
	for !s.has(shut) {
		if s.atEnd() {
			return s.wrong(string(shut))
		}
		if err := item(); err != nil {
			return err
		}
		if s.space(); s.has(shut) {
			break
		}
		if err := s.expect(','); err != nil {
			return err
		}
	}
	s.at++
	return nil
}

// word reads one value, in quotes or without; a first one may be empty, and may
// hold `=`, by which a later one would be a name.
func (s *shorthand) word(first bool) (string, error) {
	if s.has('\'') || s.has('"') {
		return s.quoted(s.text[s.at])
	}
	ends := "\"',="
	if first {
		ends = "\"',]}"
	}
	if s.atEnd() || strings.IndexByte("\"',=[{", s.text[s.at]) >= 0 {
		if first {
			return "", nil
		}
		return "", s.wrong("a value")
	}
	var word strings.Builder
	for !s.atEnd() {
		if strings.HasPrefix(s.text[s.at:], `\,`) {
			s.at++
		} else if strings.IndexByte(ends, s.text[s.at]) >= 0 {
			break
		}
		word.WriteByte(s.text[s.at])
		s.at++
	}
	return strings.TrimRightFunc(word.String(), unicode.IsSpace), nil
}

// quoted reads a value in quotes, in which a backslash keeps a quote or itself.
func (s *shorthand) quoted(quote byte) (string, error) {
	from := s.at
	var word strings.Builder
	for s.at++; !s.atEnd(); s.at++ {
		switch c := s.text[s.at]; {
		case c == quote:
			s.at++
			return word.String(), nil
		case c == '\\' && s.at+1 < len(s.text) && (s.text[s.at+1] == quote || s.text[s.at+1] == '\\'):
			s.at++
			word.WriteByte(s.text[s.at])
		default:
			word.WriteByte(c)
		}
	}
	s.at = from
	return "", s.wrong("a closing quote")
}
