package schemas

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

// library compiles schemas when they are first asked for.
type library struct {
	mu       sync.Mutex
	compiler *jsonschema.Compiler
	compiled map[string]*jsonschema.Schema
	raw      map[string]any // the parsed schemas, by id
}

var loaded library

// validate checks a value; it answers nil when the value is valid.
func (l *library) validate(name string, v any) *jsonschema.ValidationError {
	err := l.schema(name).Validate(v)
	if err == nil {
		return nil
	}
	var failure *jsonschema.ValidationError
	if !errors.As(err, &failure) {
		panic(fmt.Sprintf("schemas: %s: %v", name, err)) // the schema refers to itself without end
	}
	return failure
}

// schema compiles each schema once.
func (l *library) schema(name string) *jsonschema.Schema {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.compiler == nil {
		l.load()
	}
	if l.compiled[name] == nil {
		l.compiled[name] = l.compiler.MustCompile(ID(name))
	}
	return l.compiled[name]
}

// load hands every embedded schema to the compiler. The schemas refer to each
// other by their ids, and nothing is fetched from anywhere else.
func (l *library) load() {
	l.compiler = jsonschema.NewCompiler()
	l.compiler.Draft = jsonschema.Draft2020
	l.compiler.LoadURL = func(address string) (io.ReadCloser, error) {
		return nil, fmt.Errorf("no schema %s", address)
	}
	l.compiled = map[string]*jsonschema.Schema{}
	l.raw = map[string]any{}
	for _, name := range Names() {
		l.add(name)
	}
}

func (l *library) add(name string) {
	text, err := FS.ReadFile(name + suffix)
	if err != nil {
		panic(err) // Names lists embedded files
	}
	var raw any
	if err := json.Unmarshal(text, &raw); err != nil {
		panic(fmt.Sprintf("schemas: %s: %v", name, err))
	}
	l.raw[ID(name)] = raw
	if err := l.compiler.AddResource(ID(name), bytes.NewReader(text)); err != nil {
		panic(fmt.Sprintf("schemas: %s: %v", name, err))
	}
}

// rule is the schema keyword that a value failed, with the schema that has it.
type rule struct {
	keyword string
	schema  map[string]any
}

// rule finds the keyword at an absolute location, ID#/pointer/keyword.
func (l *library) rule(location string) rule {
	id, pointer, _ := strings.Cut(location, "#")
	tokens := split(pointer)
	at := l.raw[id]
	for _, token := range tokens[:len(tokens)-1] {
		at = child(at, token)
	}
	return rule{tokens[len(tokens)-1], at.(map[string]any)}
}

// child is one step of a pointer into a schema.
func child(schema any, token string) any {
	if list, ok := schema.([]any); ok {
		i, err := strconv.Atoi(token)
		if err != nil {
			panic(err) // the validator itself counted the list
		}
		return list[i]
	}
	return schema.(map[string]any)[token]
}

// text is a string keyword of the rule's schema, or empty.
func (r rule) text(keyword string) string {
	s, _ := r.schema[keyword].(string)
	return s
}

// strings is a list of strings among the schema's keywords.
func (r rule) strings(keyword string) []string {
	list, _ := r.schema[keyword].([]any)
	var texts []string
	for _, item := range list {
		if s, ok := item.(string); ok {
			texts = append(texts, s)
		}
	}
	return texts
}

// split takes a JSON pointer in a URL's fragment apart.
func split(pointer string) []string {
	tokens := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, token := range tokens {
		if plain, err := url.PathUnescape(token); err == nil {
			token = plain
		}
		tokens[i] = strings.ReplaceAll(strings.ReplaceAll(token, "~1", "/"), "~0", "~")
	}
	return tokens
}
