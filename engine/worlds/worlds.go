// Package worlds answers what a decision would be if something that is not
// known, or absent, had any value it can have. It tries values that between
// them bring out every way in which the policies can come out.
package worlds

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// maxWorlds bounds how many combinations of values are tried, and maxKeys how
// many absent keys: with two states each, more make too many combinations.
const (
	maxWorlds = 2048
	maxKeys   = 11
)

// Resource is the name of the resource among what a decision depends on.
const Resource = "resource"

// unknown is a key, or the resource, with the values to try for it.
type unknown struct {
	name    string // as written
	choices []choice
}

// choice is one value: of a key, its absence, or a resource.
type choice struct {
	key      *iam.Key // nil for an absent key
	resource string
}

// search tries the combinations of the unknowns' values.
type search struct {
	account  *account.Account
	request  *account.Request
	resolved *account.Resolved // the request as it is
	options  iam.Options
	unknowns []unknown
	exact    bool // the values stand for all there are

	verdicts []eval.Verdict // by combination, in mixed radix, the first unknown fastest
}

// run decides every combination. It answers false when there are too many.
func (s *search) run() bool {
	total := 1
	for i := range s.unknowns {
		total *= len(s.unknowns[i].choices)
		if total > maxWorlds || total == 0 {
			return false
		}
	}
	decide := s.inContext()
	if s.reachesFurther() {
		decide = s.anew
	}
	s.verdicts = make([]eval.Verdict, total)
	for n := range s.verdicts {
		s.verdicts[n] = decide(n)
	}
	return true
}

// reachesFurther says whether an unknown decides about more than the value of
// its own key: which policies meet the request, or what other keys follow.
func (s *search) reachesFurther() bool {
	return slices.ContainsFunc(s.unknowns, func(u unknown) bool {
		lower := strings.ToLower(u.name)
		return u.name == Resource || lower == "aws:sourcevpce" || strings.HasPrefix(lower, "aws:calledvia")
	})
}

// each calls f with the choice of every unknown in a combination.
func (s *search) each(combination int, f func(u *unknown, c *choice)) {
	for i := range s.unknowns {
		u := &s.unknowns[i]
		f(u, &u.choices[combination%len(u.choices)])
		combination /= len(u.choices)
	}
}

// given is the key that a choice stands for.
func (u *unknown) given(c *choice) *iam.Key {
	if c.key == nil {
		return &iam.Key{Name: u.name, Origin: iam.Absent}
	}
	return c.key
}

// inContext answers a function that decides a combination by its context alone.
func (s *search) inContext() func(combination int) eval.Verdict {
	world := *s.resolved.Request
	world.Context = s.resolved.Request.Context.Clone()
	return func(combination int) eval.Verdict {
		s.each(combination, func(u *unknown, c *choice) { world.Context.Set(u.given(c)) })
		return eval.Evaluate(s.resolved.Layers, &world, s.options, nil)
	}
}

// anew decides a combination as a request of its own.
func (s *search) anew(combination int) eval.Verdict {
	world := *s.request
	world.Context = slices.Clone(s.request.Context)
	s.each(combination, func(u *unknown, c *choice) {
		if u.name == Resource {
			world.Resource, world.ResourceUnknown = c.resource, false
			return
		}
		world.Context = slices.DeleteFunc(world.Context, func(k iam.Key) bool { return strings.EqualFold(k.Name, u.name) })
		world.Context = append(world.Context, *u.given(c))
	})
	resolved := s.account.Resolve(&world)
	return eval.Evaluate(resolved.Layers, resolved.Request, s.options, nil)
}

// matters says whether unknown i changes the decision somewhere while all
// others stay as they are.
func (s *search) matters(i int) bool {
	stride := 1
	for j := range i {
		stride *= len(s.unknowns[j].choices)
	}
	size := len(s.unknowns[i].choices)
	for n := range s.verdicts {
		if n/stride%size > 0 && s.verdicts[n].Decision != s.verdicts[n-stride].Decision {
			return true
		}
	}
	return false
}

// Answer is a decision under what is not known.
type Answer struct {
	Verdict eval.Verdict
	// DependsOn names what decides, as written, when the decision depends.
	DependsOn []string
	// Inexact says that not every possibility could be tried; the answer is
	// then Depends, and may be too careful.
	Inexact bool
}

// Never says that the request is denied whatever is not known, be it in one way
// or the other.
func (a *Answer) Never() bool {
	switch a.Verdict.Decision {
	case iam.Allowed:
		return false
	case iam.Depends:
		return a.Verdict.Reason == eval.DeniedAnyway
	}
	return true
}

// Settle decides a request that has unknown keys or an unknown resource, and
// whose own evaluation came out as Depends.
func Settle(a *account.Account, r *account.Request, resolved *account.Resolved, options iam.Options) Answer {
	s := search{account: a, request: r, resolved: resolved, options: options, exact: true}
	play := s.inPlay(r)
	answer := s.settle(r, play)
	if answer.Verdict.Decision == iam.Depends && play.neverAllowed(options) {
		answer.Verdict.Reason = eval.DeniedAnyway
	}
	return answer
}

func (s *search) settle(r *account.Request, play *play) Answer {
	for i := range r.Context {
		if r.Context[i].Origin == iam.NotKnown {
			s.addKey(r.Context[i].Name, play)
		}
	}
	if r.ResourceUnknown {
		s.unknowns = append(s.unknowns, unknown{Resource, s.resources(play)})
		s.exact = s.exact && !play.asksOfResource()
	}
	answer := Answer{Verdict: eval.Verdict{Decision: iam.Depends, Reason: eval.Undetermined}}
	if !s.run() {
		answer.Inexact = true
		for i := range s.unknowns {
			answer.DependsOn = append(answer.DependsOn, s.unknowns[i].name)
		}
		return answer
	}
	for i := range s.unknowns {
		if s.matters(i) {
			answer.DependsOn = append(answer.DependsOn, s.unknowns[i].name)
		}
	}
	if len(answer.DependsOn) == 0 {
		s.exact = s.exact || !r.ResourceUnknown && play.certain()
		return s.unanimous(answer)
	}
	return answer
}

// unanimous is the answer when every world has the same decision.
func (s *search) unanimous(answer Answer) Answer {
	if !s.exact {
		answer.Inexact = true
		for i := range s.unknowns {
			if len(s.unknowns[i].choices) > 1 {
				answer.DependsOn = append(answer.DependsOn, s.unknowns[i].name)
			}
		}
		return answer
	}
	answer.Verdict = s.verdicts[0]
	for _, verdict := range s.verdicts {
		if verdict.By != answer.Verdict.By {
			answer.Verdict.By = iam.NoLayer
		}
	}
	return answer
}

// Missing lists the absent context keys that could change the decision, alone
// or together, each as a policy spells it; and no others. Keys that a caller of
// this kind never has are left out.
func Missing(a *account.Account, r *account.Request, resolved *account.Resolved, options iam.Options, trace *eval.Trace) []string {
	s := search{account: a, request: r, resolved: resolved, options: options, exact: true}
	absent := Absent(resolved.Request, trace)
	if len(absent) == 0 {
		return nil
	}
	open := *r
	open.Context = slices.Clone(r.Context)
	for _, name := range absent {
		open.Context = append(open.Context, iam.Key{Name: name, Origin: iam.NotKnown})
	}
	play := s.inPlay(&open)
	asked := slices.DeleteFunc(absent, func(name string) bool { return !play.names(strings.ToLower(name)) })
	if len(asked) > maxKeys {
		return asked
	}
	for _, name := range asked {
		s.addKey(name, play)
	}
	s.absentFirst()
	if !s.run() {
		return asked // too many to try: all that may matter
	}
	var missing []string
	for i := range s.unknowns {
		if s.canChange(i) {
			missing = append(missing, s.unknowns[i].name)
		}
	}
	return missing
}

// absentFirst puts absence first among the choices of every key, so that
// combination 0 is the request as it is.
func (s *search) absentFirst() {
	for i := range s.unknowns {
		u := &s.unknowns[i]
		present := slices.DeleteFunc(u.choices, func(c choice) bool { return c.key == nil })
		u.choices = append([]choice{{}}, present...)
	}
}

// canChange says whether some combination decides otherwise than the request
// as it is, and would not with unknown i absent.
func (s *search) canChange(i int) bool {
	stride := 1
	for j := range i {
		stride *= len(s.unknowns[j].choices)
	}
	size := len(s.unknowns[i].choices)
	now := s.verdicts[0].Decision
	for n, verdict := range s.verdicts {
		at := n / stride % size
		if at > 0 && verdict.Decision != now && s.verdicts[n-at*stride].Decision == now {
			return true
		}
	}
	return false
}
