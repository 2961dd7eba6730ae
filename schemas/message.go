package schemas

import (
	"encoding/json"
	"path"
	"slices"
	"strings"

	"fenceline/engine/source"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

// The codes of problems. They are stable.
const (
	unknownMember = "unknownMember" // a name that the object does not have
	missingMember = "missingMember" // a name that the object must have
	notAllowed    = "notAllowed"    // a name that this kind of document may not have
	notBoth       = "notBoth"       // two names that exclude each other
	wrongType     = "wrongType"     // a string where a list is wanted, and so on
	notOneOf      = "notOneOf"      // a value that is not among the few allowed
	wrongForm     = "wrongForm"     // a value of the right type that says the wrong thing
)

// reporter turns the validator's tree of failures into problems.
type reporter struct {
	root     *source.Node
	problems []source.Problem
}

func (r *reporter) add(code string, span source.Span, message string) {
	r.problems = append(r.problems, source.Problem{Code: code, Message: message, Span: span})
}

// walk goes down to the failures that have no deeper cause. Where several
// alternatives failed, they are one failure: the schemas use alternatives only
// for "one of these members".
func (r *reporter) walk(failure *jsonschema.ValidationError) {
	if len(failure.Causes) > 0 && path.Base(failure.KeywordLocation) != "anyOf" {
		for _, cause := range failure.Causes {
			r.walk(cause)
		}
		return
	}
	broken := loaded.rule(failure.AbsoluteKeywordLocation)
	at := locate(r.root, failure.InstanceLocation)
	if path.Base(path.Dir(failure.KeywordLocation)) == "propertyNames" {
		r.unknownName(broken, at)
		return
	}
	r.report(broken, at)
}

// report writes the problem of one broken rule. A schema's own words, its
// errorMessage, go before the general ones.
func (r *reporter) report(broken rule, at place) {
	own := broken.text("errorMessage")
	switch broken.keyword {
	case "additionalProperties":
		r.unknownMembers(broken, at)
	case "required":
		r.missingMembers(broken, at)
	case "anyOf":
		r.add(missingMember, at.opening(), list(branches(broken), "or")+" is missing")
	case "type":
		r.add(wrongType, at.node.Span, at.subject()+" must be "+join(kinds(broken), "or")+", not "+at.node.Kind.String())
	case "pattern":
		r.add(wrongForm, at.node.Span, at.subject()+" can't be "+shown(at.node)+"; "+broken.text("patternErrorMessage"))
	case "not":
		r.forbidden(broken, at)
	case "const", "enum":
		if own == "" {
			own = choice(broken, at)
		}
		r.add(notOneOf, at.node.Span, own)
	default: // maxItems; every schema that has such a keyword words it itself
		r.add(wrongForm, at.node.Span, own)
	}
}

// unknownName is a member name that has a form of its own, a condition
// operator for one.
func (r *reporter) unknownName(broken rule, at place) {
	r.add(unknownMember, at.keySpan, "unknown "+broken.text("title")+" "+quoted(at.name)+source.DidYouMean(at.name, broken.strings("examples")))
}

// unknownMembers suggests the names that are still free.
func (r *reporter) unknownMembers(broken rule, at place) {
	properties, _ := broken.schema["properties"].(map[string]any)
	var known []string
	for name := range properties {
		if member(at.node, name) == nil {
			known = append(known, name)
		}
	}
	slices.Sort(known)
	for _, m := range at.node.Members {
		if _, ok := properties[m.Key]; !ok {
			r.add(unknownMember, m.KeySpan, "unknown member "+quoted(m.Key)+source.DidYouMean(m.Key, known))
		}
	}
}

func (r *reporter) missingMembers(broken rule, at place) {
	for _, name := range broken.strings("required") {
		if member(at.node, name) == nil {
			r.add(missingMember, at.opening(), quoted(name)+" is missing"+example(broken, name))
		}
	}
}

// example ends a message on a missing member that has few possible values.
func example(broken rule, name string) string {
	properties, _ := broken.schema["properties"].(map[string]any)
	property, _ := properties[name].(map[string]any)
	var written []string
	for _, value := range allowed(property) {
		written = append(written, quoted(`"`+name+`": `+literal(value)))
	}
	if len(written) == 0 {
		return ""
	}
	return "; write " + join(written, "or")
}

// forbidden is a member that may not be there, two that exclude each other,
// or a value that is refused by name.
func (r *reporter) forbidden(broken rule, at place) {
	not, _ := broken.schema["not"].(map[string]any)
	pair := rule{schema: not}.strings("required")
	switch {
	case len(pair) > 0:
		var last source.Span
		for _, name := range pair {
			if span := member(at.node, name).KeySpan; span.Start > last.Start {
				last = span
			}
		}
		r.add(notBoth, last, list(pair, "and")+" exclude each other; remove one")
	case len(not) == 0:
		r.add(notAllowed, at.keySpan, broken.text("errorMessage"))
	default:
		r.add(wrongForm, at.node.Span, broken.text("errorMessage"))
	}
}

// choice is the message on a value that is none of the allowed ones.
func choice(broken rule, at place) string {
	values := allowed(broken.schema)
	words := make([]string, len(values))
	text := false
	for i, value := range values {
		words[i], text = value.(string)
		if !text {
			words[i] = literal(value)
		}
	}
	must := " must be "
	if len(words) > 2 {
		must = " must be one of "
	}
	message := at.subject() + must + list(words, "or") + ", not "
	if at.node.Kind == source.String && !text {
		return message + quoted(literal(at.node.Text)) // "1" is not 1
	}
	return message + shown(at.node) + source.DidYouMean(at.node.Text, words)
}

// allowed are the values of a schema's const or enum.
func allowed(schema map[string]any) []any {
	if only, ok := schema["const"]; ok {
		return []any{only}
	}
	values, _ := schema["enum"].([]any)
	return values
}

// branches are the members of which an anyOf wants one.
func branches(broken rule) []string {
	alternatives, _ := broken.schema["anyOf"].([]any)
	var names []string
	for _, alternative := range alternatives {
		schema, _ := alternative.(map[string]any)
		names = append(names, rule{schema: schema}.strings("required")...)
	}
	return names
}

var kindNames = map[string]string{
	"string": "a string", "number": "a number", "integer": "a whole number", "boolean": "a boolean",
	"array": "a list", "object": "an object", "null": "null",
}

// kinds are the types that a schema takes, in words.
func kinds(broken rule) []string {
	types := broken.strings("type")
	if one := broken.text("type"); one != "" {
		types = []string{one}
	}
	words := make([]string, len(types))
	for i, t := range types {
		words[i] = kindNames[t]
	}
	return words
}

// subject names a value in a message.
func (p place) subject() string {
	switch {
	case p.name == "" && !p.entry:
		return "the document"
	case p.name == "":
		return "an entry of the list"
	case p.entry:
		return "an entry of " + quoted(p.name)
	}
	return quoted(p.name)
}

// shown is a value as a message quotes it: a string's text, another scalar's
// literal, the kind of anything larger.
func shown(n *source.Node) string {
	switch {
	case n.Kind == source.String && n.Text == "":
		return "empty"
	case n.Kind == source.String || n.Kind == source.Number || n.Kind == source.Bool:
		return quoted(n.Text)
	}
	return n.Kind.String()
}

// literal writes a schema's value as JSON.
func literal(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // it came from JSON
	}
	return string(text)
}

func quoted(text string) string { return "`" + source.Clip(text) + "`" }

// list quotes names and joins them.
func list(names []string, last string) string {
	words := make([]string, len(names))
	for i, name := range names {
		words[i] = quoted(name)
	}
	return join(words, last)
}

// join writes "a, b or c".
func join(words []string, last string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " " + last + " " + words[n-1]
	}
}
