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
	"strings"

	"fenceline/engine"
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

// request is a call as it is written.
type request struct {
	Call     string   `json:"call"`
	Scenario string   `json:"scenario"`
	Policies []policy `json:"policies"`
	Trace    []int    `json:"trace"`
}

type policy struct {
	Name string `json:"name"`
	Text string `json:"text"`
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
	return respond(text, evaluate)
}

func respond(text string, run func(request) any) (out string) {
	defer func() {
		if cause := recover(); cause != nil {
			out = marshal(answer{Error: &failure{CodePanic, fmt.Sprint(cause)}})
		}
	}()
	in, err := read(text)
	if err != nil {
		return marshal(answer{Error: asFailure(err)})
	}
	return marshal(answer{OK: true, Answer: run(in)})
}

func evaluate(in request) any {
	texts := make([]engine.NamedText, len(in.Policies))
	for i, p := range in.Policies {
		texts[i] = engine.NamedText{Name: p.Name, Text: p.Text}
	}
	return engine.Evaluate(engine.Input{Scenario: in.Scenario, Policies: texts, Trace: in.Trace})
}

// read decodes a call, after a look at its size and depth: a decoder that
// recurses must never meet a nesting that its stack can't hold.
func read(text string) (request, error) {
	if len(text) > MaxBytes {
		return request{}, &failure{CodeTooLarge, fmt.Sprintf("the call has %d bytes; at most %d are read", len(text), MaxBytes)}
	}
	if deeper(text, MaxDepth) {
		return request{}, &failure{CodeTooDeep, fmt.Sprintf("the call nests deeper than %d levels", MaxDepth)}
	}
	var in request
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&in); err != nil {
		return request{}, err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return request{}, errors.New("text follows the call")
	}
	if in.Call != "evaluate" {
		return request{}, fmt.Errorf("unknown call `%s`; it is `evaluate`", in.Call)
	}
	return in, nil
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
