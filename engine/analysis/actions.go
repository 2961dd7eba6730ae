package analysis

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/worlds"
)

// Actions decides every action of the index for one principal.
func Actions(m *scenario.Moment, x *Index, q Question) Table {
	t := tabler{Moment: m, index: x, request: q.Opened(m), byKey: map[string]int{}}
	t.caller = m.Account().Caller(&t.request)
	t.prepare()
	t.classes()
	t.decide()
	return t.table
}

// Opened is the question's request, with Open among what is not known the keys
// that the policies name and nothing settles.
func (q *Question) Opened(m *scenario.Moment) account.Request {
	if !q.Open {
		return q.Request
	}
	request := q.Request
	request.Context = slices.Clone(request.Context)
	seen := map[string]bool{}
	for _, resolved := range probes(m, m.Account().Caller(&request), &request) {
		var trace eval.Trace
		eval.Evaluate(resolved.Layers, resolved.Request, m.Options(), &trace)
		for _, name := range worlds.Absent(resolved.Request, &trace) {
			if lower := strings.ToLower(name); !seen[lower] {
				seen[lower] = true
				request.Context = append(request.Context, iam.Key{Name: name, Origin: iam.NotKnown})
			}
		}
	}
	return request
}

// probes resolve requests on `*` and on the question's resource, of actions
// that nothing names, to see which policies may be met: one of a service that
// RCPs cover, and one of STS, which meets trust policies.
func probes(m *scenario.Moment, caller *account.Caller, r *account.Request) []*account.Resolved {
	var list []*account.Resolved
	for _, on := range []target{onStar, onResource} {
		for _, action := range []string{"s3:-", "sts:-"} {
			probe := at(r, action, on)
			list = append(list, m.Account().ResolveOf(caller, &probe))
		}
	}
	return list
}

// tabler makes a table.
type tabler struct {
	*scenario.Moment
	index   *Index
	request account.Request
	caller  *account.Caller

	policies []*eval.Policy // that may be met
	rows     rows
	fits     []bool // by type of resource, whether the question's resource is one
	table    Table
	byKey    map[string]int // the classes
	first    []int          // the first action of each class
}

// target is what an action is asked on.
type target uint8

const (
	onStar target = iota
	onResource
	notAsked
)

// at is the request of an action on a target.
func at(r *account.Request, action string, on target) account.Request {
	one := *r
	one.Action = action
	if on == onStar {
		one.Resource, one.ResourceUnknown = "*", false
	}
	return one
}

// prepare finds which statements name which actions.
func (t *tabler) prepare() {
	t.policies = inPlay(t.Account(), probes(t.Moment, t.caller, &t.request), t.request.ResourceUnknown)
	t.rows = t.index.rowsOf(t.policies)
	if !t.request.ResourceUnknown && t.request.Resource != "*" {
		t.fits = t.index.fitting(t.request.Resource)
	}
}

// target is what an action is asked on.
func (t *tabler) target(a *Action) target {
	switch {
	case len(a.types) == 0 || t.fits == nil && !t.request.ResourceUnknown:
		return onStar
	case t.request.ResourceUnknown:
		return onResource
	case slices.ContainsFunc(a.types, func(id int32) bool { return t.fits[id] }):
		return onResource
	}
	return notAsked
}

// classes sorts the actions by what tells them apart: the statements that name
// them, how AWS treats them, and what they are asked on.
func (t *tabler) classes() {
	t.table.Of = make([]int, len(t.index.Actions))
	tells := t.tellsApart()
	var key, last []byte
	class := NotAsked
	for i := range t.index.services {
		s := &t.index.services[i]
		treatment := account.Treatment(s.prefix)
		for action := s.first; action < s.next; action++ {
			a := &t.index.Actions[action]
			on := t.target(a)
			if on == notAsked {
				t.table.Of[action] = NotAsked
				continue
			}
			key = append(key[:0], byte(on))
			for _, word := range t.rows.row(action) {
				for shift := 0; shift < 64; shift += 8 {
					key = append(key, byte(word>>shift))
				}
			}
			key = append(append(key, treatment...), eval.Treatment(s.prefix, a.lower)...)
			if tells(s.prefix, on) {
				key = append(append(key, ' '), s.prefix...)
			}
			if class == NotAsked || string(key) != string(last) {
				class = t.class(key, action)
				last = append(last[:0], key...)
			}
			t.table.Of[action] = class
			t.table.Classes[class].Actions++
		}
	}
}

// class finds the class of a key, or makes it.
func (t *tabler) class(key []byte, action int) int {
	if class, known := t.byKey[string(key)]; known {
		return class
	}
	class := len(t.table.Classes)
	t.byKey[string(key)] = class
	t.table.Classes = append(t.table.Classes, Class{})
	t.first = append(t.first, action)
	return class
}

// tellsApart answers whether the actions of a service must be told from those
// of others: on `*` where an ARN in a policy names the service and nothing
// more (S-048), and on a resource that is not known where the account lists
// some of the service.
func (t *tabler) tellsApart() func(service string, on target) bool {
	listed := t.Account().Services()
	star := map[string]bool{}
	for i := range t.index.services {
		prefix := t.index.services[i].prefix
		star[prefix] = slices.ContainsFunc(t.policies, func(p *eval.Policy) bool { return p.TellsServiceApart(prefix) })
	}
	return func(service string, on target) bool {
		if on == onStar {
			return star[service]
		}
		return t.request.ResourceUnknown && listed[service]
	}
}

// decide decides the first action of every class.
func (t *tabler) decide() {
	for i := range t.table.Classes {
		a := &t.index.Actions[t.first[i]]
		r := at(&t.request, a.Name, t.target(a))
		t.fill(&t.table.Classes[i], &r)
	}
}

// fill puts a decision into a class.
func (t *tabler) fill(c *Class, r *account.Request) {
	c.Determining, c.DependsOn, c.Terms, c.Says = []scenario.StatementRef{}, []string{}, []Term{}, []Says{}
	if !r.ResourceUnknown {
		c.Resource = r.Resource
	}
	found, ok := t.Ask(t.caller, r)
	if !ok {
		c.Error, c.Never = t.Unreadable(found.Resolved.Broken), true
		return
	}
	c.Decision, c.DecidedBy = found.Verdict.Decision, found.Verdict.By
	c.Determining = found.Determining()
	c.DependsOn = append(c.DependsOn, found.DependsOn...)
	c.Never, c.Inexact = found.Never, found.Inexact
	c.Says = says(found.Trace)
	if c.Decision == iam.Depends {
		c.Terms = terms(found)
	}
}

// says is what each layer makes of a request by itself.
func says(trace *eval.Trace) []Says {
	list := []Says{}
	for i := range trace.Layers {
		layer := &trace.Layers[i]
		outcome := layer.Allow.And(layer.Deny.Not())
		if last := len(list) - 1; last >= 0 && list[last].Layer == layer.Layer {
			list[last].Outcome = list[last].Outcome.And(outcome) // levels are and-ed (S-181)
			continue
		}
		list = append(list, Says{layer.Layer, outcome})
	}
	return list
}
