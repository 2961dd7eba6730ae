// Package exercise reads exercises and proves them: that the start fails, that
// the solution passes, and that each wrong answer fails exactly as it says.
// The engine decides all of it; nothing is taken from the file's word.
//
// An exercise is a file of its own (schemas/exercise.schema.json) that holds a
// scenario. What is found wrong has its place in that file.
package exercise

import (
	"slices"

	"fenceline/engine/contract"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
	"fenceline/schemas"
)

// The kinds of exercises: what the learner does.
const (
	Predict = "predict" // says what is decided, and by which layer
	Repair  = "repair"  // edits policies until every check passes
	Write   = "write"   // the same, from next to nothing
	Attack  = "attack"  // edits the request until it gets through
	Spot    = "spot"    // points at the statement that decides
)

// Exercise is a decoded exercise. It must not be changed.
type Exercise struct {
	Kind, Title, Lesson, Goal, Locked, Why, Learned string
	Editable                                        []string
	Checks                                          []Check
	Attack                                          Attempted
	Hints                                           []string
	Solution                                        Answer
	Wrong                                           []Wrong
	// Result is the scenario as it stands, with every request traced.
	Result scenario.Result

	file     *source.File
	scenario *source.Node
	requests []*source.Node
	checker  contract.Checker
}

// Check is something that must hold in repair and write, or once an attack is done.
type Check struct {
	Says, Failed string
	Hidden       bool
	// Start is what its request comes to before anything is edited.
	Start scenario.RequestResult

	says, request, expect *source.Node
	text                  string
}

// Attempted is what an attack may change, and what counts as getting through.
type Attempted struct {
	Allowed  []string
	Says     string
	Action   string // a pattern; empty for any action
	Resource string // a pattern; empty for any resource
	// Then is what must hold once the request is done.
	Then         []Check
	wants, fixed *source.Node
}

// Answer is policies for repair and write, a request for attack.
type Answer struct {
	// Policies are the documents that change, as written.
	Policies []scenario.NamedText
	// Request is the whole request, as written.
	Request string

	node, request *source.Node
	places        []source.Member // of the policies
}

// Wrong is an answer that people give, and what to tell them.
type Wrong struct {
	Answer
	Says, Feedback string
	Fails          []string
	Choices        []Choice

	fails *source.Node
}

// Choice is an answer to predict or to spot.
type Choice struct {
	Request             int
	Decision, DecidedBy string
	Policy              string
	Index               int

	node *source.Node
}

// Scenario is the text of its scenario.
func (e *Exercise) Scenario() string { return e.file.Slice(e.scenario.Span) }

// MaxBytes is the size of the largest exercise that is read.
const MaxBytes = scenario.MaxBytes

// Read decodes an exercise and proves it. What is wrong with it has its place
// in the file; an exercise that has errors is not one to show, and is nil where
// it can't be read.
func Read(file *source.File) (*Exercise, []source.Problem) {
	root, problems := source.Parse(file, MaxBytes)
	if root == nil || source.HasErrors(problems) {
		return nil, problems
	}
	if problems = schemas.Check("exercise", root); len(problems) > 0 {
		return nil, problems
	}
	d := decoder{Exercise: &Exercise{file: file}}
	d.exercise(root)
	d.own(root)
	if source.HasErrors(d.report.Problems) {
		return nil, source.SortProblems(d.report.Problems)
	}
	p := prover{Exercise: d.Exercise}
	p.prove(root)
	return d.Exercise, source.SortProblems(p.report.Problems)
}

// edits says whether the kind is one in which policies are edited.
func (e *Exercise) edits() bool { return e.Kind == Repair || e.Kind == Write }

// check is the check that says so, or nil.
func (e *Exercise) check(says string) *Check {
	at := slices.IndexFunc(e.Checks, func(c Check) bool { return c.Says == says })
	if at < 0 {
		return nil
	}
	return &e.Checks[at]
}

// Request is the text of one of the scenario's requests.
func (e *Exercise) Request(i int) string { return e.file.Slice(e.requests[i].Span) }

// Request is the text of the check's request.
func (c *Check) Request() string { return c.text }
