package catalogue

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"fenceline/engine/order"
)

// The text is made of lines, service after service; FirstLine and a line about
// its source come first. What the first character of a line says:
//
//	#PREFIX NAME           a service begins
//	?KEY KEY …             its condition keys: a letter for the type, then the
//	                       name, which has no prefix where that is the service's
//	@NAME⇥ARN⇥ARN…⇥KEYS    a resource type with its keys
//	=USES|KEYS|DEPENDENT   what some of its actions have: resource types, the
//	                       required ones with `!`, keys and dependent actions
//	NOUN VERB VERB …       actions, each a verb with the letter of its access
//	                       level and the number of its line with `=`
//
// Keys, resource types and lines with `=` go by their numbers from 0 in their
// service, 0 being left out behind a verb. An ARN of the usual form is written
// from its resource component on. `GetObject` is the verb `Get` of the noun
// `Object`: that nouns are written once is what makes the text small.

// FirstLine begins a catalogue's text.
const FirstLine = "fenceline catalogue 1, made by `./build.sh catalogue`"

// Bounds of what is read.
const (
	MaxBytes   = 2 << 20
	maxActions = 60_000
	maxName    = 128
)

// typeLetters are the types of keys by their letters in the text.
var typeLetters = map[byte]string{
	's': "String", 'a': "ARN", 'b': "Bool", 'd': "Date", 'n': "Numeric", 'i': "IPAddress",
	'S': "ArrayOfString", 'A': "ArrayOfARN", 'B': "ArrayOfBool",
}

// TypeLetter is the letter of a key's type in the text; false where it has none.
func TypeLetter(name string) (byte, bool) {
	for letter, known := range typeLetters {
		if known == name {
			return letter, true
		}
	}
	return 0, false
}

// usual is the begin of the ARN templates of a service that are shortened.
func usual(prefix string) string { return "arn:${Partition}:" + prefix + ":${Region}:${Account}:" }

// Shorten is a template as the text has it.
func Shorten(template, prefix string) string { return strings.TrimPrefix(template, usual(prefix)) }

// Read reads a catalogue's text.
func Read(text string) (*Catalogue, error) {
	if len(text) > MaxBytes {
		return nil, errors.New("the catalogue has " + strconv.Itoa(len(text)) + " bytes; at most " + strconv.Itoa(MaxBytes) + " are read")
	}
	r := reader{c: &Catalogue{}}
	for r.line = 1; text != ""; r.line++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		if wrong := r.take(line); wrong != "" {
			return nil, errors.New("line " + strconv.Itoa(r.line) + " of the catalogue: " + wrong)
		}
	}
	if r.service.Prefix == "" {
		return nil, errors.New("the catalogue has no service")
	}
	if wrong := r.close(); wrong != "" {
		return nil, errors.New("line " + strconv.Itoa(r.line) + " of the catalogue: " + wrong)
	}
	return r.c, nil
}

// reader reads a text line by line.
type reader struct {
	c       *Catalogue
	line    int
	service Service
	shapes  []Action // what the service's actions have beside name and level
	actions []written
	names   []byte // of the service's actions, one behind the other
}

// written is an action before its service is whole. It has no pointers, so that
// many of them are sorted quickly.
type written struct {
	start, end uint32 // of its name
	shape      uint16
	access     AccessLevel
}

// take reads one line and says what is wrong with it.
func (r *reader) take(line string) string {
	switch {
	case r.line == 1:
		if line != FirstLine {
			return "it is not `" + FirstLine + "`"
		}
		return ""
	case r.line == 2:
		return r.source(line)
	case line == "":
		return "it is empty"
	case line[0] == '#':
		return r.begin(line[1:])
	case r.service.Prefix == "":
		return "no service has begun"
	case line[0] == '?':
		return r.keys(line[1:])
	case line[0] == '@':
		return r.resource(line[1:])
	case line[0] == '=':
		return r.shape(line[1:])
	}
	return r.verbs(line)
}

func (r *reader) source(line string) string {
	name, date, ok := strings.Cut(line, ", data of ")
	if !ok || name == "" {
		return "it does not say `PACKAGE, data of DATE`"
	}
	r.c.Source, r.c.Date = name, date
	return ""
}

// begin ends the service before and begins the next one.
func (r *reader) begin(line string) string {
	if wrong := r.close(); wrong != "" {
		return wrong
	}
	prefix, name, _ := strings.Cut(line, " ")
	if n := len(r.c.Services); prefix == "" || strings.ToLower(prefix) != prefix || n > 0 && r.c.Services[n-1].Prefix >= prefix {
		return "services are in lower case and in order"
	}
	r.service = Service{Prefix: prefix, Name: name}
	return ""
}

// close sorts the actions of the service that was read, and files it.
func (r *reader) close() string {
	if r.service.Prefix == "" {
		return ""
	}
	names := string(r.names)
	if !isASCII(names) {
		return "the names of actions are ASCII"
	}
	lowers := strings.ToLower(names)
	order.By(r.actions, func(a, b written) int {
		return strings.Compare(lowers[a.start:a.end], lowers[b.start:b.end])
	})
	actions := make([]Action, len(r.actions))
	for i, a := range r.actions {
		actions[i] = r.shapes[a.shape]
		actions[i].Name, actions[i].lower, actions[i].Access = names[a.start:a.end], lowers[a.start:a.end], a.access
		if i > 0 && actions[i].lower == actions[i-1].lower {
			return "`" + r.service.Prefix + "` has the action `" + actions[i].Name + "` twice"
		}
	}
	r.service.Actions = actions
	r.c.Services = append(r.c.Services, r.service)
	r.actions, r.names, r.shapes = r.actions[:0], r.names[:0], r.shapes[:0]
	return ""
}

func (r *reader) keys(line string) string {
	r.service.Keys = slices.Grow(r.service.Keys, strings.Count(line, " ")+1)
	for key := range strings.SplitSeq(line, " ") {
		if len(key) < 2 || typeLetters[key[0]] == "" {
			return "a key has a letter for its type and a name"
		}
		name := key[1:]
		if name[0] == ':' {
			name = r.service.Prefix + name
		}
		known := Key{name, typeLetters[key[0]]}
		if r.service.Keys = append(r.service.Keys, known); key[1] != ':' && !strings.HasPrefix(name, "aws:") {
			r.c.foreign = append(r.c.foreign, known)
		}
	}
	return ""
}

func (r *reader) resource(line string) string {
	parts := strings.Split(line, "\t")
	if len(parts) < 3 || parts[0] == "" || len(r.shapes) > 0 {
		return "a resource type has a name, ARNs and keys, and stands before all actions"
	}
	t := ResourceType{Name: parts[0], ARNs: parts[1 : len(parts)-1]}
	for i, template := range t.ARNs {
		if !strings.HasPrefix(template, "arn:") {
			t.ARNs[i] = usual(r.service.Prefix) + template
		}
	}
	var wrong string
	if t.Keys, wrong = r.keyNames(parts[len(parts)-1]); wrong != "" {
		return wrong
	}
	r.service.Resources = append(r.service.Resources, t)
	return ""
}

// keyNames are the names of keys that are listed by number.
func (r *reader) keyNames(list string) ([]string, string) {
	if list == "" {
		return nil, ""
	}
	names := make([]string, 0, strings.Count(list, " ")+1)
	for number := range strings.SplitSeq(list, " ") {
		at, ok := index(number, len(r.service.Keys))
		if !ok {
			return nil, "the service has no key number " + number
		}
		names = append(names, r.service.Keys[at].Name)
	}
	return names, ""
}

// index reads a number below n.
func index(number string, n int) (int, bool) {
	at, err := strconv.ParseUint(number, 10, 16)
	return int(at), err == nil && int(at) < n
}

func (r *reader) shape(line string) string {
	uses, rest, _ := strings.Cut(line, "|")
	keys, dependent, ok := strings.Cut(rest, "|")
	if !ok {
		return "it has no three parts"
	}
	var shape Action
	var wrong string
	if shape.Keys, wrong = r.keyNames(keys); wrong != "" {
		return wrong
	}
	if dependent != "" {
		shape.Dependent = strings.Split(dependent, " ")
	}
	if shape.Resources, wrong = r.uses(uses); wrong != "" {
		return wrong
	}
	r.shapes = append(r.shapes, shape)
	return ""
}

// uses are the resource types that are listed by number.
func (r *reader) uses(list string) ([]ResourceUse, string) {
	if list == "" {
		return nil, ""
	}
	uses := make([]ResourceUse, 0, strings.Count(list, " ")+1)
	for number := range strings.SplitSeq(list, " ") {
		number, required := strings.CutSuffix(number, "!")
		at, ok := index(number, len(r.service.Resources))
		if !ok {
			return nil, "the service has no resource type number " + number
		}
		uses = append(uses, ResourceUse{&r.service.Resources[at], required})
	}
	return uses, ""
}

// verbs reads the actions of a noun.
func (r *reader) verbs(line string) string {
	noun, rest, _ := strings.Cut(line, " ")
	for verb := range strings.SplitSeq(rest, " ") {
		if wrong := r.action(noun, verb); wrong != "" {
			return wrong
		}
	}
	return ""
}

func (r *reader) action(noun, verb string) string {
	number := len(verb)
	for number > 0 && verb[number-1] >= '0' && verb[number-1] <= '9' {
		number--
	}
	if number == 0 {
		return "an action has a verb, a level and a number"
	}
	level := strings.IndexByte(accessLetters, verb[number-1])
	shape, ok := 0, len(r.shapes) > 0
	if verb[number:] != "" {
		shape, ok = index(verb[number:], len(r.shapes))
	}
	verb = verb[:number-1]
	switch {
	case level < 0:
		return "`" + verb + "` has no access level"
	case !ok:
		return "the service has no line with `=` of that number"
	case len(noun)+len(verb) == 0 || len(noun)+len(verb) > maxName:
		return "an action's name has 1 to " + strconv.Itoa(maxName) + " bytes"
	case r.c.actions == maxActions:
		return "there are too many actions"
	}
	r.c.actions++
	start := len(r.names)
	r.names = append(append(r.names, verb...), noun...)
	r.actions = append(r.actions, written{uint32(start), uint32(len(r.names)), uint16(shape), AccessLevel(level)})
	return ""
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}
