package scenario

import (
	"strings"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// Result is the answer to a whole scenario. Its JSON form is published as
// schemas/result.schema.json. Lists are never nil.
type Result struct {
	Version  int             `json:"version"`
	Results  []RequestResult `json:"results"`
	Problems []Problem       `json:"problems"`
	Policies []PolicyUse     `json:"policies"`
	// Documents are the policy documents that stand among the parameters of calls.
	Documents []CallDocument `json:"documents,omitempty"`
}

// CallDocument says where the text of a policy is that a call brings.
type CallDocument struct {
	Policy string `json:"policy"`
	// Request is the first call that has it, Parameter its parameter.
	Request   int    `json:"request"`
	Parameter string `json:"parameter"`
	// Start and End are the parameter's value in the scenario's own text. Unless it
	// is a string, positions in the policy count from there.
	Start source.Position `json:"start"`
	End   source.Position `json:"end"`
}

// PolicyUse says as which kinds of policy the scenario uses a document.
type PolicyUse struct {
	Policy string      `json:"policy"`
	Layers []iam.Layer `json:"layers"`
}

// Problem is a defect of the scenario, or of one of its policies when Policy
// names one; positions are then relative to that policy's own text.
type Problem struct {
	Code     string          `json:"code"`
	Severity source.Severity `json:"severity"`
	Policy   string          `json:"policy,omitempty"`
	Message  string          `json:"message"`
	Start    source.Position `json:"start"`
	End      source.Position `json:"end"`
	// Path is the way to the innermost value at Start: names of members and
	// indices of items; empty at the root, and in a text that is no JSON.
	Path []any `json:"path,omitempty"`
	// Fixes are mechanical ways to be rid of it, the likeliest first.
	Fixes []Fix `json:"fixes,omitempty"`
	// InFile is the start in the scenario file, whichever text Start is relative to.
	InFile source.Position `json:"-"`
}

// Fix is what to write instead. Its title says when that changes what the text
// means.
type Fix struct {
	Title string `json:"title"`
	Edits []Edit `json:"edits"`
}

// Edit puts Text between two places of the text that has the problem. The edits
// of a fix don't overlap; all places are those before any edit.
type Edit struct {
	Start source.Position `json:"start"`
	End   source.Position `json:"end"`
	Text  string          `json:"text"`
}

// RequestResult is the decision of one request, with its cause.
type RequestResult struct {
	Name      string       `json:"name"`
	Principal string       `json:"principal"`
	Action    string       `json:"action"`
	Resource  string       `json:"resource"`
	Decision  iam.Decision `json:"decision"`
	// DecidedBy is the layer that settled a deny, or whose grant sufficed; empty when the decision depends.
	DecidedBy iam.Layer `json:"decidedBy,omitempty"`
	// Error says why the request could not be evaluated; it is then denied (S-239).
	Error       string         `json:"error,omitempty"`
	Determining []StatementRef `json:"determining"`
	// Nearest are, for an implicit deny, the statements that came closest to allowing the request.
	Nearest []NearMiss `json:"nearest"`
	// Message is AWS's own sentence for a denial (S-301), empty when the request is not denied, and, like all
	// that tells why, where no trace was asked for.
	Message string `json:"message"`
	// Explanation says the same to a learner, in a few plain sentences.
	Explanation string `json:"explanation"`
	// Gates tell the evaluation as a row, in AWS's order; like Layers, empty where no trace was asked for.
	Gates []GateResult `json:"gates"`
	// Boundary is how identity and boundary go together, for callers who can have one.
	Boundary           *BoundaryResult `json:"boundary,omitempty"`
	Layers             []LayerResult   `json:"layers"`
	Context            []ContextEntry  `json:"context"`
	MissingContextKeys []string        `json:"missingContextKeys"`
	DependsOn          []string        `json:"dependsOn"`
	Rules              []string        `json:"rules"`
	// Notes are what the engine assumed or could not check.
	Notes []string `json:"notes"`
	// Call is what became of a request that is a call; nil for one that can't be evaluated.
	Call *CallResult `json:"call,omitempty"`
	// Expected is what the scenario expects, as it wrote it: a string or an *Expected. Met is nil when it expects nothing.
	Expected any   `json:"expected,omitempty"`
	Met      *bool `json:"met,omitempty"`
}

// StatementRef names a statement and its place in its policy's text.
type StatementRef struct {
	Policy string          `json:"policy"`
	Layer  iam.Layer       `json:"layer"`
	Sid    string          `json:"sid"`
	Index  int             `json:"index"`
	Effect iam.Effect      `json:"effect"`
	Start  source.Position `json:"start"`
	End    source.Position `json:"end"`
}

// NearMiss is an Allow statement that all but matched.
type NearMiss struct {
	StatementRef
	// At is the organization's level, for SCPs.
	At string `json:"at,omitempty"`
	// Failed is the one element that did not match: "principal", "action", "resource" or "condition".
	Failed string `json:"failed"`
	// Reason says what the element wanted and what the request had.
	Reason string `json:"reason"`
	// FailedStart and FailedEnd are the place of that element.
	FailedStart source.Position `json:"failedStart"`
	FailedEnd   source.Position `json:"failedEnd"`

	missingKey bool // the element is a condition on a key that the request lacks
}

// GateResult is one step of the evaluation.
type GateResult struct {
	// Gate is a layer's name, or "explicitDeny" for the search for explicit denies.
	Gate string `json:"gate"`
	// At is the path of the organization's node, for SCPs and RCPs.
	At string `json:"at,omitempty"`
	// Side is "caller" or "resource" where two accounts must both allow.
	Side  string         `json:"side,omitempty"`
	State eval.GateState `json:"state"`
	// Needed says that the answer needed the gate: nothing before it had settled the request.
	Needed bool `json:"needed"`
	// Decides marks what settled the request.
	Decides bool `json:"decides"`
	// Reason says in a sentence what the gate does.
	Reason string `json:"reason"`
}

// BoundaryResult is what the caller's policies and his boundary say; both must allow.
type BoundaryResult struct {
	// Present is false where the caller has none; Boundary is then "match".
	Present  bool        `json:"present"`
	Identity iam.Outcome `json:"identity"`
	Boundary iam.Outcome `json:"boundary"`
	// Around says that a resource-based policy grants, whatever boundary and identity leave out.
	Around bool   `json:"around"`
	Reason string `json:"reason"`
}

// LayerResult is what one layer said.
type LayerResult struct {
	Layer iam.Layer `json:"layer"`
	// At is the path of the organization's node, for SCPs and RCPs.
	At       string         `json:"at,omitempty"`
	Decision iam.Decision   `json:"decision"`
	Policies []PolicyResult `json:"policies"`
}

// PolicyResult is what one policy of a layer said.
type PolicyResult struct {
	Policy string `json:"policy"`
	// Via is the group that gives a user the policy.
	Via        string            `json:"via,omitempty"`
	Statements []StatementResult `json:"statements"`
}

// StatementResult is what one statement made of the request.
type StatementResult struct {
	Sid        string            `json:"sid"`
	Index      int               `json:"index"`
	Effect     iam.Effect        `json:"effect"`
	Outcome    iam.Outcome       `json:"outcome"`
	Start      source.Position   `json:"start"`
	End        source.Position   `json:"end"`
	Principal  *ElementResult    `json:"principal,omitempty"`
	Action     ElementResult     `json:"action"`
	Resource   *ElementResult    `json:"resource,omitempty"`
	Conditions []ConditionResult `json:"conditions"`
}

// ElementResult is what Principal, Action or Resource (or its Not form) made
// of the request. Pattern is the entry that matched; when none did, the place
// is that of the whole list.
type ElementResult struct {
	Outcome iam.Outcome `json:"outcome"`
	// Element is the element's name as written: "Action", "NotAction", …
	Element string `json:"element"`
	Pattern string `json:"pattern,omitempty"`
	// Matched is the form of the resource that matched, where it isn't the request's own (S-068).
	Matched string `json:"matched,omitempty"`
	// Class is how a principal was named: direct, any, role, parent-user, account or none.
	Class string          `json:"class,omitempty"`
	Start source.Position `json:"start"`
	End   source.Position `json:"end"`
}

// ConditionResult is what one operator made of one context key.
type ConditionResult struct {
	Operator     string          `json:"operator"`
	Key          string          `json:"key"`
	PolicyValues []string        `json:"policyValues"`
	RequestState string          `json:"requestState"` // present, absent or unknown
	RequestVals  []string        `json:"requestValues"`
	Outcome      iam.Outcome     `json:"outcome"`
	Reason       string          `json:"reason"`
	Values       []ValueResult   `json:"values"`
	Start        source.Position `json:"start"`
	End          source.Position `json:"end"`
}

// ValueResult is what one value of a condition made of the request.
type ValueResult struct {
	Value string `json:"value"`
	// Resolved is the value with its policy variables filled in, where it has any.
	Resolved string          `json:"resolved,omitempty"`
	Outcome  iam.Outcome     `json:"outcome"`
	Start    source.Position `json:"start"`
	End      source.Position `json:"end"`
}

// ContextEntry is one key of the request context as it was evaluated.
type ContextEntry struct {
	Key    string   `json:"key"`
	Values []string `json:"values"`
	// Origin is "request", "derived" or "unknown".
	Origin string `json:"origin"`
}

// Expected is what a scenario expects of a request, where it is written as an object.
type Expected struct {
	DecidedBy   string    `json:"decidedBy,omitempty"`
	Decision    string    `json:"decision"`
	Determining *[]string `json:"determining,omitempty"`
}

// String writes it for people: "allowed by identityPolicy determined by [P#0]".
func (e *Expected) String() string {
	text := e.Decision
	if e.DecidedBy != "" {
		text += " by " + e.DecidedBy
	}
	if e.Determining != nil {
		text += " determined by [" + strings.Join(*e.Determining, ", ") + "]"
	}
	return text
}
