// Package call is the engine's one entry for programs that speak JSON: a call
// goes in as text, and a tagged answer comes out as text. Nothing is thrown.
//
// The engine checks texts by itself here. The JSON Schemas, which refuse
// nothing that the engine accepts, stay outside: their library would add a
// third to what a browser downloads.
package call

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fenceline/engine/source"
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

// handler appends the answer of a call to b.
type handler func(b []byte, call *source.Node) ([]byte, error)

// handle makes a handler of a function over a call's members, which a struct
// has: it embeds named and has a field for each other member.
func handle[In, Out any](read func(*In, *source.Node, string) error, run func(In) Out, write func([]byte, *Out) []byte) handler {
	return handleOr(read, func(in In) (Out, error) { return run(in), nil }, write)
}

// handleOr is handle for a function that can fail.
func handleOr[In, Out any](read func(*In, *source.Node, string) error, run func(In) (Out, error), write func([]byte, *Out) []byte) handler {
	return func(b []byte, call *source.Node) ([]byte, error) {
		var in In
		if err := read(&in, call, "call"); err != nil {
			return nil, err
		}
		out, err := run(in)
		if err != nil {
			return nil, err
		}
		return write(b, &out), nil
	}
}

// named is the member that every call has.
type named struct {
	Call string `json:"call"`
}

// failure is what a call is answered that can't be: the answer is tagged,
// {"ok":true,"answer":…} when all is well, {"ok":false,"error":…} when not.
type failure struct{ Code, Message string }

func (f *failure) Error() string { return f.Message }

// Answer runs one call. A panic of the engine becomes a failure.
func Answer(text string) string {
	return respond(text, handlers)
}

func respond(text string, handlers map[string]handler) (out string) {
	defer func() {
		if cause := recover(); cause != nil {
			out = failed(&failure{CodePanic, causeOf(cause)})
		}
	}()
	b := append(make([]byte, 0, len(text)), `{"ok":true,"answer":`...)
	b, err := dispatch(b, text, handlers)
	if err != nil {
		return failed(asFailure(err))
	}
	return string(append(b, '}'))
}

// failed writes a failure.
func failed(f *failure) string {
	b := writeString([]byte(`{"ok":false,"error":{"code":`), f.Code)
	b = writeString(append(b, `,"message":`...), f.Message)
	return string(append(b, '}', '}'))
}

// causeOf is what a panic says.
func causeOf(cause any) string {
	switch c := cause.(type) {
	case error:
		return c.Error()
	case string:
		return c
	}
	return "the engine stopped without a reason"
}

// dispatch runs the handler that a call names, after a look at the call's
// depth: a reader that recurses must never meet a nesting that its stack can't
// hold.
func dispatch(b []byte, text string, handlers map[string]handler) ([]byte, error) {
	if len(text) > MaxBytes {
		return nil, &failure{CodeTooLarge, "the call has " + strconv.Itoa(len(text)) + " bytes; at most " + strconv.Itoa(MaxBytes) + " are read"}
	}
	if deeper(text, MaxDepth) {
		return nil, &failure{CodeTooDeep, "the call nests deeper than " + strconv.Itoa(MaxDepth) + " levels"}
	}
	call, problems := source.Parse(source.NewFile("call", text), MaxBytes)
	if source.HasErrors(problems) {
		return nil, errors.New("the call is no JSON: " + problems[0].Message)
	}
	if call.Kind != source.Object {
		return nil, errors.New("a call is an object")
	}
	name := call.Get("call")
	if name == nil || name.Kind != source.String {
		return nil, errors.New("the call has no `call` that names it")
	}
	run, ok := handlers[name.Text]
	if !ok {
		return nil, errors.New("unknown call `" + source.Clip(name.Text) + "`; calls are " + list(handlers))
	}
	return run(b, call)
}

// list writes the names of calls, in order.
func list(handlers map[string]handler) string {
	names := slices.Sorted(maps.Keys(handlers))
	for i, name := range names {
		names[i] = "`" + name + "`"
	}
	return strings.Join(names, ", ")
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
