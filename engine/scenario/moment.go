package scenario

import (
	"fenceline/engine/account"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// Moment is a scenario's account after the calls before a request, to ask what
// the scenario does not. It is not safe for concurrent use.
type Moment struct {
	run *runner
	// Request is the request of the moment, of a call as it follows from its
	// parameters.
	Request account.Request
}

// Moment is the moment of request i. Where that can't be evaluated the answer
// is nil with the reason.
func (s *Scenario) Moment(i int, options iam.Options) (*Moment, string) {
	switch {
	case s.Invalid || s.brokenInside():
		return nil, "the scenario has errors"
	case i < 0 || i >= len(s.requests):
		return nil, "the scenario has no such request"
	case s.requests[i].wrong != "":
		return nil, s.requests[i].wrong
	}
	run := s.at(i, options)
	r, _ := run.settle(&s.requests[i], false)
	return &Moment{run, *r}, ""
}

// First is the moment before any request.
func (s *Scenario) First(options iam.Options) *Moment { return &Moment{run: s.begin(options)} }

// Account is what requests are decided against. It must not be changed.
func (m *Moment) Account() *account.Account { return m.run.account }

// Options are the readings by which requests are decided.
func (m *Moment) Options() iam.Options { return m.run.options }

// Unreadable says why a request that meets policies without a usable document
// is denied.
func (m *Moment) Unreadable(names []string) string { return m.run.Unreadable(names) }

// Ask decides a request that the scenario need not have, of a caller who is
// known already, and shows how. False says that policies which it meets can't
// be read, as the inspection's Resolved tells; it is then denied (S-239).
func (m *Moment) Ask(caller *account.Caller, r *account.Request) (*Inspection, bool) {
	d := decided{resolved: m.run.account.ResolveOf(caller, r), trace: &eval.Trace{}}
	if len(d.resolved.Broken) > 0 {
		return d.inspection(r, nil, m.run), false
	}
	d.answer = m.run.answer(r, d.resolved, d.trace)
	return d.inspection(r, nil, m.run), true
}
