// Package policy decodes policy documents: the grammar of every policy type,
// with a place on each element and a problem for each thing AWS would refuse.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
package policy

import (
	"slices"

	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// MaxBytes is the size of the largest text that is read as a policy. AWS's own
// limits are far lower and depend on the type (S-030).
const MaxBytes = 1 << 20

// Document is a decoded policy. It is immutable.
type Document struct {
	File  *source.File
	Layer iam.Layer
	// Variables says whether `${…}` is a policy variable: only with Version
	// 2012-10-17 (S-004, S-005).
	Variables  bool
	Statements []Statement
}

// Statement is one statement of a document.
type Statement struct {
	Index  int
	Sid    string
	Effect iam.Effect
	Span   source.Span
	// Principal is nil where the policy type has none.
	Principal *Principal
	Action    Element
	// Resource is nil in trust policies, and where a service's own policies leave it out.
	Resource   *Element
	Conditions []Condition
}

// Text is a string of the document with its place.
type Text struct {
	Value string
	Span  source.Span
}

// Element is Action or Resource, or its Not form.
type Element struct {
	Not    bool
	Values []Text
	Span   source.Span // of the whole value
}

// Principal is the Principal element, or NotPrincipal.
type Principal struct {
	Not     bool
	Entries []PrincipalEntry
	Span    source.Span
}

// PrincipalEntry is one principal; Type is its key, "AWS" also for a bare `*`.
type PrincipalEntry struct {
	Type string
	Text
}

// Condition is one operator on one key.
type Condition struct {
	// Operator is as written, "ForAnyValue:StringLikeIfExists" for one.
	Operator     string
	OperatorSpan source.Span
	Key          Text
	Values       []Text
	Span         source.Span // from the key to the end of its values
}

// name is the element's name as written.
func (e *Element) name(plain string) string {
	if e.Not {
		return "Not" + plain
	}
	return plain
}

// ActionName is "Action" or "NotAction".
func (s *Statement) ActionName() string { return s.Action.name("Action") }

// ResourceName is "Resource" or "NotResource".
func (s *Statement) ResourceName() string { return s.Resource.name("Resource") }

// PrincipalName is "Principal" or "NotPrincipal".
func (s *Statement) PrincipalName() string {
	if s.Principal.Not {
		return "NotPrincipal"
	}
	return "Principal"
}

// DocumentElements lists the elements of a policy.
func DocumentElements() []string { return slices.Clone(documentMembers) }

// StatementElements lists the elements of a statement.
func StatementElements() []string { return slices.Clone(statementMembers) }

// PrincipalTypes lists the keys of a Principal.
func PrincipalTypes() []string { return slices.Clone(principalTypes) }
