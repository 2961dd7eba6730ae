package simulate

// Answer is the answer to a call, in the API's shape.
//
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
type Answer struct {
	EvaluationResults []EvaluationResult
	IsTruncated       bool
	Marker            string `json:",omitempty"`
	// Notes are what the call gave and nothing came of.
	Notes []string `json:"-"`
}

// EvaluationResult is what one action came to, over all resources (S-322).
type EvaluationResult struct {
	EvalActionName   string
	EvalResourceName string
	EvalDecision     string
	// MatchedStatements are those that determine the decision (S-323).
	MatchedStatements []Statement
	// MissingContextValues are the keys that the policies name and the call
	// lacks; with ResourceArns each ResourceSpecificResult has its own (S-326).
	MissingContextValues              []string
	OrganizationsDecisionDetail       *OrganizationsDecisionDetail       `json:",omitempty"`
	PermissionsBoundaryDecisionDetail *PermissionsBoundaryDecisionDetail `json:",omitempty"`
	// EvalDecisionDetails has a decision for each type of policy, across
	// accounts; it is empty within one, and nil without ResourceArns (S-329).
	EvalDecisionDetails     map[string]string        `json:",omitzero"`
	ResourceSpecificResults []ResourceSpecificResult `json:",omitempty"`
}

// ResourceSpecificResult is what the action came to on one resource.
type ResourceSpecificResult struct {
	EvalResourceName                  string
	EvalResourceDecision              string
	MatchedStatements                 []Statement
	MissingContextValues              []string
	EvalDecisionDetails               map[string]string                  `json:",omitempty"`
	PermissionsBoundaryDecisionDetail *PermissionsBoundaryDecisionDetail `json:",omitempty"`
}

// Statement is a statement in the text of its policy (S-324, S-325).
type Statement struct {
	SourcePolicyId   string
	SourcePolicyType string
	StartPosition    Position
	EndPosition      Position
}

// Position is a place in a text; both count from 1.
type Position struct{ Line, Column int }

// OrganizationsDecisionDetail says what the SCPs say (S-328).
type OrganizationsDecisionDetail struct{ AllowedByOrganizations bool }

// PermissionsBoundaryDecisionDetail says what the boundary says (S-327).
type PermissionsBoundaryDecisionDetail struct{ AllowedByPermissionsBoundary bool }
