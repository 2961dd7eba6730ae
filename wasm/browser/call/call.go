// Package call is the engine's one entry for programs that speak JSON: a call
// goes in as text, and a tagged answer comes out as text. Nothing is thrown.
//
// The engine checks texts by itself here. The JSON Schemas, which refuse
// nothing that the engine accepts, stay outside: their library would add a
// third to what a browser downloads.
package call

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// MaxBytes and MaxDepth bound a call, whatever it holds. Texts travel as JSON
// strings, so that a call itself is flat.
const (
	MaxBytes = 32 << 20
	MaxDepth = 4
)

// Codes of failures. They are stable.
const (
	CodeBadCall  = "badCall"
	CodeTooLarge = "tooLarge"
	CodeTooDeep  = "tooDeep"
	CodePanic    = "panic"
)

// handlers run the calls, by name. Each is in a file of its own, and reads the
// call's text itself.
var handlers = map[string]handler{
	"accountAdd":       handleOr(accountAdd),
	"accountClear":     handleOr(accountClear),
	"accountDone":      handleOr(accountDone),
	"accountPolicy":    handleOr(accountPolicy),
	"accountPrincipal": handleOr(accountPrincipal),
	"accountScenario":  handleOr(accountScenario),
	"changes":          handle(changes),
	"evaluate":         handle(evaluate),
	"format":           handle(format),
	"import":           handle(importText),
	"managed":          handle(managedPolicies),
	"redact":           handle(redactTexts),
}

// handler answers the text of a call.
type handler func(text string) (any, error)

// handle makes a handler of a function over a call's members: T is a struct
// that embeds named and has a field for each other member.
func handle[T any](run func(T) any) handler {
	return handleOr(func(in T) (any, error) { return run(in), nil })
}

// handleOr is handle for a function that can fail.
func handleOr[T any](run func(T) (any, error)) handler {
	return func(text string) (any, error) {
		var in T
		if err := read(text, &in); err != nil {
			return nil, err
		}
		return run(in)
	}
}

// named is the member that every call has.
type named struct {
	Call string `json:"call"`
}

// answer is tagged: Answer when OK, Error when not.
type answer struct {
	OK     bool     `json:"ok"`
	Answer any      `json:"answer,omitempty"`
	Error  *failure `json:"error,omitempty"`
}

type failure struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (f *failure) Error() string { return f.Message }

// Answer runs one call. A panic of the engine becomes a failure.
func Answer(text string) string {
	return respond(text, handlers)
}

func respond(text string, handlers map[string]handler) (out string) {
	defer func() {
		if cause := recover(); cause != nil {
			out = marshal(answer{Error: &failure{CodePanic, fmt.Sprint(cause)}})
		}
	}()
	result, err := dispatch(text, handlers)
	if err != nil {
		return marshal(answer{Error: asFailure(err)})
	}
	return marshal(answer{OK: true, Answer: result})
}

// dispatch runs the handler that a call names, after a look at the call's size
// and depth: a decoder that recurses must never meet a nesting that its stack
// can't hold.
func dispatch(text string, handlers map[string]handler) (any, error) {
	if len(text) > MaxBytes {
		return nil, &failure{CodeTooLarge, fmt.Sprintf("the call has %d bytes; at most %d are read", len(text), MaxBytes)}
	}
	if deeper(text, MaxDepth) {
		return nil, &failure{CodeTooDeep, fmt.Sprintf("the call nests deeper than %d levels", MaxDepth)}
	}
	name, err := nameOf(text)
	if err != nil {
		return nil, err
	}
	run, ok := handlers[name]
	if !ok {
		return nil, fmt.Errorf("unknown call `%s`; calls are %s", name, list(handlers))
	}
	return run(text)
}

// nameOf reads a call's name. It stops there: the page writes it first, and
// the texts that follow are read once, by the call's handler.
func nameOf(text string) (string, error) {
	decoder := json.NewDecoder(strings.NewReader(text))
	if start, err := decoder.Token(); err != nil {
		return "", err
	} else if start != json.Delim('{') {
		return "", errors.New("a call is an object")
	}
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return "", err
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return "", err
		}
		if key == "call" {
			var name string
			err := json.Unmarshal(value, &name)
			return name, err
		}
	}
	return "", errors.New("the call has no `call` that names it")
}

// list writes the names of calls, in order.
func list(handlers map[string]handler) string {
	names := slices.Sorted(maps.Keys(handlers))
	for i, name := range names {
		names[i] = "`" + name + "`"
	}
	return strings.Join(names, ", ")
}

// read decodes a call into its members. Members that it doesn't have are
// refused.
func read(text string, in any) error {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(in); err != nil {
		return err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return errors.New("text follows the call")
	}
	return nil
}

// deeper says whether brackets outside strings nest deeper than limit.
func deeper(text string, limit int) bool {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > limit {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}

func asFailure(err error) *failure {
	var f *failure
	if errors.As(err, &f) {
		return f
	}
	return &failure{CodeBadCall, err.Error()}
}

func marshal(a answer) string {
	out, err := json.Marshal(a)
	if err != nil {
		panic(err)
	}
	return string(out)
}
