// Package engine evaluates AWS IAM requests: who may do what on which
// resource, and why. It is the library's front door; the rooms below it hold
// the parts.
//
// Evaluate runs a scenario, one JSON text with policies, identities and
// requests. Validate checks a single policy. Both are pure: they read no
// clock, file or network, keep no state, may be called concurrently, and
// answer the same for the same input.
package engine

import (
	"fenceline/engine/catalogue"
	"fenceline/engine/change"
	"fenceline/engine/iam"
	"fenceline/engine/intake"
	"fenceline/engine/lint"
	"fenceline/engine/redact"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// Result answers a scenario.
type Result = scenario.Result

// NamedText is a policy's text under its name.
type NamedText = scenario.NamedText

// Options switch the readings on which AWS's documents disagree.
type Options = iam.Options

// Catalogue lists AWS's services, actions, resource types and condition keys.
// The engine has none of its own; package catalogue/data holds its text.
type Catalogue = catalogue.Catalogue

// ReadCatalogue reads a catalogue's text.
func ReadCatalogue(text string) (*Catalogue, error) { return catalogue.Read(text) }

// Input is a scenario to evaluate.
type Input struct {
	// Scenario is the text of a scenario file, at most scenario.MaxBytes.
	Scenario string
	// Policies stand in for the scenario's policies of the same name, and add
	// to them. A broken text among them leaves requests that don't meet it
	// decided.
	Policies []NamedText
	// Without names policies to leave out: they are treated as attached to
	// nothing. Names that no policy has are ignored.
	Without []string
	// Trace lists the requests, by index, that are wanted in full, with their
	// words and rules, layers, nearest statements, context, and the context keys
	// that they lack; nil means all.
	Trace []int
	// Options are the switchable readings; the zero value takes the defaults.
	Options Options
	// Catalogue, if there is one, is where the policies' actions and keys are
	// looked up, for more problems that are no errors. It changes no decision.
	Catalogue *Catalogue
}

// Evaluate decides every request of a scenario. A request that has errors
// itself is denied and says why; the others stand. When the rest of the
// scenario, or a policy that stands in its text, has errors, the result has
// problems and no decisions.
func Evaluate(in Input) Result {
	s := scenario.Decode(source.NewFile("scenario", in.Scenario), in.Policies, in.Without...)
	s.Consult(in.Catalogue)
	return s.Run(in.Options, in.Trace)
}

// Change is a change of a scenario's texts that flips a decision.
type Change = change.Change

// MostChanges is how many changes are answered at most.
const MostChanges = change.Most

// Changes answers up to three of the smallest changes that flip the decision
// of the request with that index, each tried on the texts themselves. There are
// none for a request that can't be evaluated, and for one that no policy
// decides. Trace is not looked at.
func Changes(in Input, request int) []Change {
	s := scenario.Decode(source.NewFile("scenario", in.Scenario), in.Policies, in.Without...)
	return change.Find(s, request, in.Options)
}

// Continuation is a scenario that goes on in the middle of another.
type Continuation = scenario.Continuation

// Continue answers the scenario as it stands before the request with that
// index: its account is as the calls before have left it, and its requests are
// those from there on. It is false for a scenario that has no decisions. Trace
// is not looked at.
func Continue(in Input, request int) (Continuation, bool) {
	s := scenario.Decode(source.NewFile("scenario", in.Scenario), in.Policies, in.Without...)
	return s.Continued(request, in.Options)
}

// Validate checks a policy's text as one of a kind: identityPolicy,
// permissionsBoundary and so on. The policy is valid when no problem is an
// error. With a catalogue, which may be nil, actions and keys are looked up.
func Validate(layer iam.Layer, text string, options Options, c *Catalogue) []scenario.Problem {
	file := source.NewFile("policy", text)
	return scenario.Place(file, lint.Decode(file, layer, options, c))
}

// Imported says what a pasted text is.
type Imported = intake.Result

// Import reads what people have at hand: an access-denied message, a CloudTrail
// event, policies as AWS's tools print them, a scenario.
func Import(text string) Imported { return intake.Import(text) }

// Redacted is a scenario without what identifies, and what was replaced.
type Redacted = redact.Output

// Redact replaces account ids, e-mail and IP addresses and other ids of a
// scenario and its policies by fake ones, with names also the names in ARNs.
// Every decision stays as it was.
func Redact(scenario string, policies []NamedText, names bool) Redacted {
	return redact.Redact(redact.Input{Scenario: scenario, Policies: policies, Names: names})
}

// Account is what AWS's commands said of one AWS account or more.
type Account = intake.Account

// ReadAccount reads the outputs of AWS's commands, of
// get-account-authorization-details first of all, under the names of their
// files. Large ones are better read in pieces, by an intake.AccountReader.
func ReadAccount(texts []NamedText) *Account { return intake.ReadAccount(texts) }
