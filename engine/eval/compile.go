// Package eval decides one request against layers of compiled policies.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
package eval

import (
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/condition"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
	"fenceline/engine/variable"
	"fenceline/engine/wildcard"
)

// Policy is a document compiled for evaluation. It is immutable and safe for
// concurrent use.
type Policy struct {
	Document   *policy.Document
	statements []statement
	conditions int // in all statements together
	values     int // in all conditions together
}

// statement is a compiled statement; source is what it was made of.
type statement struct {
	source     *policy.Statement
	actions    []ActionPattern
	resources  []resourcePattern
	conditions []condition.Test
}

// Compile prepares a document that was decoded without errors.
func Compile(document *policy.Document) *Policy {
	p := &Policy{Document: document, statements: make([]statement, len(document.Statements))}
	pad := document.Layer == iam.IdentityPolicy || document.Layer == iam.PermissionsBoundary // S-060 to S-062
	for i := range document.Statements {
		s := &p.statements[i]
		s.source = &document.Statements[i]
		s.actions = make([]ActionPattern, len(s.source.Action.Values))
		for j, action := range s.source.Action.Values {
			s.actions[j] = compileAction(action.Value)
		}
		if s.source.Resource != nil {
			s.resources = make([]resourcePattern, len(s.source.Resource.Values))
			for j, resource := range s.source.Resource.Values {
				s.resources[j] = compileResource(resource.Value, document.Variables, pad)
			}
		}
		p.compileConditions(s)
	}
	return p
}

func (p *Policy) compileConditions(s *statement) {
	s.conditions = make([]condition.Test, 0, len(s.source.Conditions))
	for i := range s.source.Conditions {
		c := &s.source.Conditions[i]
		op, wrong := condition.ParseOperator(c.Operator)
		if wrong != "" {
			continue // decoding has refused the document (S-114)
		}
		values := make([]string, len(c.Values))
		for j := range c.Values {
			values[j] = c.Values[j].Value
		}
		s.conditions = append(s.conditions, condition.Compile(op, c.Key.Value, values, p.Document.Variables))
		p.conditions++
		p.values += len(values)
	}
}

// resourcePattern is an entry of Resource. A template, when there is one,
// stands in for the pattern's resource component.
type resourcePattern struct {
	all      bool
	pattern  arn.Pattern
	template *variable.Template
}

func compileResource(text string, variables, pad bool) resourcePattern {
	if text != "" && strings.Trim(text, "*") == "" {
		return resourcePattern{all: true} // S-051
	}
	if !variables || !strings.Contains(text, "${") {
		return resourcePattern{pattern: arn.Compile(text, pad)}
	}
	start := tailStart(text)
	template, wrong := variable.Parse(text[start:], true)
	if wrong != "" {
		return resourcePattern{} // decoding has refused it; it matches nothing
	}
	return resourcePattern{pattern: arn.Compile(text[:start], pad), template: &template}
}

// tailStart is where the resource component of an ARN begins.
func tailStart(text string) int {
	at := 0
	for range 5 {
		colon := strings.IndexByte(text[at:], ':')
		if colon < 0 {
			return len(text)
		}
		at += colon + 1
	}
	return at
}

// match says whether the pattern matches the request's resource, and which of
// its forms (S-068).
func (p *resourcePattern) match(r *Request) (iam.Outcome, int) {
	switch {
	case p.all:
		return iam.Match, 0
	case r.ResourceUnknown:
		return iam.Unknown, 0
	case r.Resource == "*": // S-047, S-048
		return iam.OutcomeOf(p.template == nil && p.pattern.ReducesToService(r.service)), 0
	}
	outcome := iam.NoMatch
	for i := range r.forms {
		form := p.matchARN(&r.forms[i], r.Context)
		if form == iam.Match {
			return iam.Match, i
		}
		outcome = outcome.Or(form)
	}
	return outcome, 0
}

func (p *resourcePattern) matchARN(a *arn.ARN, context *iam.Context) iam.Outcome {
	if p.template == nil {
		return iam.OutcomeOf(p.pattern.Match(a))
	}
	var room [128]wildcard.Token
	tail, outcome := p.template.Resolve(room[:0], context)
	if outcome != iam.Match {
		return outcome // S-077
	}
	return iam.OutcomeOf(p.pattern.MatchTail(tail, a))
}
