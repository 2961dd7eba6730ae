// Package lint finds what is legal in a policy but probably not meant. Each
// check is a file of its own.
package lint

import (
	"strings"

	"fenceline/engine/catalogue"
	"fenceline/engine/condition"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// Check is one kind of finding.
type Check struct {
	// Code names it, for ever.
	Code string
	// Title says in a line what is found.
	Title string
	// Rule is the semantics rule behind it.
	Rule string
	find func(s *statement)
}

// Checks lists all checks, in the order in which they run.
func Checks() []Check { return append(plain(), consulting()...) }

// Codes lists the codes under which this package reports.
func Codes() []string {
	codes := []string{notLookedUp}
	for _, check := range Checks() {
		codes = append(codes, check.Code)
	}
	return codes
}

// plain are the checks that look at nothing but the document.
func plain() []Check {
	return []Check{
		forAllValuesInAllow, setOperatorOnSingleValue, missingSetOperator, wildcardInEquals, sensitiveWildcard,
		unsupportedKey, mfaAllowLeaks, mfaDenyLeaks, notActionInAllow, notResourceInAllow, denyNotPrincipal,
		variableWithoutVersion, endpointWildcard, oldSCP,
	}
}

// consulting are the checks that look things up in the catalogue.
func consulting() []Check { return []Check{unknownAction, unknownKey, needsStar} }

// Decode decodes a policy and, when it has no errors, adds what Find finds, and
// what a Lookup does in a catalogue, which may be nil.
func Decode(file *source.File, layer iam.Layer, options iam.Options, c *catalogue.Catalogue) []source.Problem {
	document, problems := policy.Decode(file, layer)
	if !source.HasErrors(problems) {
		problems = append(problems, Find(document, options)...)
		problems = append(problems, NewLookup(c).Find(document)...)
	}
	return source.SortProblems(problems)
}

// Find runs the checks that need no catalogue over a document that was decoded
// without errors.
func Find(document *policy.Document, options iam.Options) []source.Problem {
	return run(document, options, nil, plain())
}

func run(document *policy.Document, options iam.Options, lookup *Lookup, checks []Check) []source.Problem {
	var report source.Report
	for i := range document.Statements {
		s := &statement{Statement: &document.Statements[i], document: document, options: options, lookup: lookup, report: &report}
		for _, c := range document.Statements[i].Conditions {
			if op, wrong := condition.ParseOperator(c.Operator); wrong == "" {
				s.tests = append(s.tests, test{c, op, strings.ToLower(c.Key.Value)})
			}
		}
		for _, check := range checks {
			s.code = check.Code
			check.find(s)
		}
	}
	return source.SortProblems(report.Problems)
}

// statement is a statement under the checks' eyes.
type statement struct {
	*policy.Statement
	document *policy.Document
	options  iam.Options
	lookup   *Lookup
	tests    []test
	code     string
	report   *source.Report
}

// test is a condition with its operator read and its key in lower case.
type test struct {
	policy.Condition
	condition.Operator
	lower string
}

func (s *statement) warn(span source.Span, message string) *source.Problem {
	return s.report.Warn(s.code, span, message)
}

func (s *statement) note(span source.Span, message string) *source.Problem {
	return s.report.Add(source.Problem{Code: s.code, Severity: source.Note, Message: message, Span: span})
}

// operator offers other operators for a test. It offers none where the present
// one has other keys as well, or the new one stands in the statement already.
func (s *statement) operator(t *test, names ...string) []source.Fix {
	var fixes []source.Fix
	text := s.document.File.Slice(s.Span)
	for i := range s.tests {
		if other := &s.tests[i]; other.OperatorSpan == t.OperatorSpan && other.Key.Span != t.Key.Span {
			return nil
		}
	}
	for _, name := range names {
		if !strings.Contains(text, source.Quote(name)) {
			fixes = append(fixes, changing("Write `"+name+"`", t.OperatorSpan, source.Quote(name)))
		}
	}
	return fixes
}

// changing is a fix after which the policy means something else, and says so.
func changing(title string, span source.Span, text string) source.Fix {
	return source.Fix{Title: title + ", which changes the meaning", Edits: []source.Edit{{Span: span, Text: text}}}
}

func (s *statement) allows() bool { return s.Effect == iam.Allow }

// hasWildcard says whether a value has `*` or `?`.
func hasWildcard(value string) bool { return strings.ContainsAny(value, "*?") }
