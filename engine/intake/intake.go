// Package intake reads what people have at hand when a permission is in
// question: an access-denied message, a CloudTrail event, a policy as an AWS
// tool prints it. It says what a text is and gives what a scenario needs of
// it. What the text does not settle becomes a note or an unknown, never a
// guess.
package intake

import (
	"strconv"
	"strings"

	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// MaxBytes is the size of the largest text that is read.
const MaxBytes = 4 << 20

// Kind says what a text is.
type Kind string

const (
	// None: nothing in the text is known here; a problem says what can be pasted.
	None Kind = "none"
	// Policies: one policy document or more.
	Policies Kind = "policies"
	// Requests: one request or more, of a message, an event or a decoded message.
	Requests Kind = "requests"
	// Scenario: a scenario file.
	Scenario Kind = "scenario"
)

// Result is what was found in a text.
type Result struct {
	Kind Kind `json:"kind"`
	// Source names the shape in a word that stays the same, "message" or
	// "get-policy-version" for one.
	Source   string   `json:"source"`
	Policies []Policy `json:"policies"`
	Requests []Asked  `json:"requests"`
	// Text is the scenario's, where the text is one.
	Text     string    `json:"text,omitempty"`
	Notes    []string  `json:"notes"`
	Problems []Problem `json:"problems"`
}

// Policy is a policy document that was found.
type Policy struct {
	Name string `json:"name"`
	// Layer is the kind of policy, NoLayer where its shape does not tell.
	Layer iam.Layer `json:"layer,omitempty"`
	// Text is the document: as it was typed when the text was nothing else,
	// else formatted.
	Text string `json:"text"`
	// Bare says that the text was the document and nothing else.
	Bare     bool    `json:"bare"`
	AttachTo *Target `json:"attachTo,omitempty"`
}

// Target is what a policy is attached to, as far as the text says.
type Target struct {
	// Kind is "user", "group", "role", "resource" or "endpoint".
	Kind string `json:"kind"`
	Name string `json:"name,omitempty"`
	ARN  string `json:"arn,omitempty"`
}

// Asked is a request that was found, with what is said of its decision.
type Asked struct {
	Request Request `json:"request"`
	// Identity is the ARN of the user or role who asked; a role session's
	// message does not show the path of its role.
	Identity string `json:"identity,omitempty"`
	// Layer is the kind of policy that denied, NoLayer when none is named.
	Layer iam.Layer `json:"layer,omitempty"`
	// Denied and Explicit say how the request ended; neither is set when the
	// text does not tell.
	Denied   bool `json:"denied"`
	Explicit bool `json:"explicit"`
	// Policy is the ARN of the policy that denied, where it is named.
	Policy string   `json:"policy,omitempty"`
	Notes  []string `json:"notes"`
}

// Request is a request as a scenario file writes it.
type Request struct {
	Name      string `json:"name"`
	Principal string `json:"principal"`
	Action    string `json:"action"`
	Resource  string `json:"resource,omitempty"`
	// Context has strings and lists of strings.
	Context map[string]any `json:"context,omitempty"`
	Unknown []string       `json:"unknown,omitempty"`
	Session *Session       `json:"session,omitempty"`
	Expect  *Expect        `json:"expect,omitempty"`
}

// Session is what a request's session says of itself.
type Session struct {
	User string `json:"user,omitempty"`
}

// Expect is the decision that the text reports.
type Expect struct {
	Decision  string    `json:"decision"`
	DecidedBy iam.Layer `json:"decidedBy,omitempty"`
}

// Problem is what keeps a text, or a part of it, from being read.
type Problem struct {
	Message string          `json:"message"`
	Start   source.Position `json:"start"`
	End     source.Position `json:"end"`
}

// maxNested is how many wrappings are taken off a text: a string in a string.
const maxNested = 4

// maxFound is how many policies or requests are taken from one text.
const maxFound = 200

// Import says what a text is and takes from it what a scenario needs.
func Import(text string) Result {
	file := source.NewFile("pasted", text)
	r := &reader{file: file, result: Result{Kind: None, Policies: []Policy{}, Requests: []Asked{}, Notes: []string{}, Problems: []Problem{}}}
	switch {
	case len(text) > MaxBytes:
		r.problem(source.Span{}, "the text has "+strconv.Itoa(len(text))+" bytes; at most "+strconv.Itoa(MaxBytes)+" are read")
	case strings.TrimSpace(text) == "":
		r.problem(source.Span{}, "the text is empty; "+whatToPaste)
	default:
		r.read(text, 0)
	}
	return r.finish()
}

// whatToPaste is the end of a message about a text that is nothing known.
const whatToPaste = "paste a policy, the output of an AWS command that prints one, an access-denied message, a CloudTrail event or a scenario"

// reader collects what a text holds.
type reader struct {
	file   *source.File
	result Result
	seen   map[string]bool // texts of policies that were taken
	full   bool            // maxFound was met
}

func (r *reader) problem(span source.Span, message string) {
	r.result.Problems = append(r.result.Problems, Problem{message, r.file.Position(span.Start), r.file.Position(span.End)})
}

// note adds a note once.
func (r *reader) note(text string) { r.result.Notes = addOnce(r.result.Notes, text) }

func addOnce(list []string, text string) []string {
	for _, known := range list {
		if known == text {
			return list
		}
	}
	return append(list, text)
}

// from names the text's shape; the outermost name stays.
func (r *reader) from(name string) {
	if r.result.Source == "" {
		r.result.Source = name
	}
}

func (r *reader) found() bool {
	return len(r.result.Policies)+len(r.result.Requests) > 0 || r.result.Text != ""
}

func (r *reader) finish() Result {
	switch {
	case r.result.Text != "":
		r.result.Kind = Scenario
	case len(r.result.Policies) > 0:
		r.result.Kind = Policies
	case len(r.result.Requests) > 0:
		r.result.Kind = Requests
	case len(r.result.Problems) == 0:
		r.problem(source.Span{}, "nothing in the text is known here; "+whatToPaste)
	}
	if r.full {
		r.note("The text holds more; the first " + strconv.Itoa(maxFound) + " were taken.")
	}
	return r.result
}

// read tries the shapes of a text in the order in which they can be told
// apart.
func (r *reader) read(text string, depth int) {
	trimmed := strings.TrimSpace(strings.TrimPrefix(text, "\ufeff"))
	if depth > maxNested || trimmed == "" {
		return
	}
	switch {
	case strings.HasPrefix(strings.ToUpper(trimmed), "%7B"), strings.HasPrefix(strings.ToUpper(trimmed), "%5B"):
		r.readEncoded(trimmed, depth)
	case strings.IndexByte(`{["`, trimmed[0]) >= 0 && r.readJSON(text, depth):
	case r.readDenials(trimmed):
	case r.readTerraform(text):
	case r.readEscaped(trimmed, depth):
	case r.readInside(trimmed, depth):
	default:
		r.readVague(trimmed)
	}
}
