package change

import (
	"cmp"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/order"
	"fenceline/engine/scenario"
)

// finder looks for changes of one request's decision.
type finder struct {
	scenario *scenario.Scenario
	index    int
	options  iam.Options
	now      *scenario.Inspection
	found    []found

	trials   int
	effort   int // that is left
	deciding int // what deciding the request costs

	met          []*statement // of statements, once they were asked for
	scenarioText *text        // of own, likewise
}

// obstacle is something between the request and the wanted decision, with
// parts each of which would take it away.
type obstacle struct {
	parts []part
	// opens, unless nil, says whether it is out of the way.
	opens func(after *scenario.Inspection) bool
}

// maxCombined is how many obstacles one change takes away, and perObstacle how
// many parts of each are then tried together.
const (
	maxCombined = 3
	perObstacle = 4
)

// search tries every part alone, and only where none is enough two and then
// three of them, each for another obstacle.
func (f *finder) search(want wanted, obstacles []obstacle) {
	before := len(f.found)
	tried := map[string]bool{}
	for _, o := range obstacles {
		for _, p := range o.parts {
			if !tried[p.title] {
				tried[p.title] = true
				f.try(want, p)
			}
		}
	}
	if len(f.found) > before || len(obstacles) < 2 {
		return
	}
	for i := range obstacles {
		f.shorten(&obstacles[i])
	}
	for size := 2; size <= maxCombined && len(f.found) == before; size++ {
		f.combine(want, obstacles, nil, size)
	}
}

// shorten keeps the least parts of an obstacle that take it away.
func (f *finder) shorten(o *obstacle) {
	order.By(o.parts, func(a, b part) int {
		return cmp.Or(cmp.Compare(a.reach, b.reach), cmp.Compare(a.size(), b.size()))
	})
	var kept []part
	for _, p := range o.parts {
		if len(kept) < perObstacle && f.takesAway(o, p) {
			kept = append(kept, p)
		}
	}
	o.parts = kept
}

func (f *finder) takesAway(o *obstacle, p part) bool {
	if o.opens == nil {
		return true
	}
	after := f.after([]part{p})
	if after == nil {
		return false
	}
	seen, ok := after.Inspect(f.index, f.options)
	return ok && o.opens(seen)
}

// combine tries one part of each of so many obstacles.
func (f *finder) combine(want wanted, obstacles []obstacle, parts []part, size int) {
	if len(parts) == size {
		f.try(want, parts...)
		return
	}
	for i := range obstacles {
		for _, p := range obstacles[i].parts {
			f.combine(want, obstacles[i+1:], append(parts[:len(parts):len(parts)], p), size)
		}
	}
}

// try edits the scenario and keeps what comes out as wanted.
func (f *finder) try(want wanted, parts ...part) {
	after := f.after(parts)
	if after == nil {
		return
	}
	if decision, ok := after.Decide(f.index, f.options); ok && want(decision) {
		f.found = append(f.found, found{parts: parts, after: after, decision: decision})
	}
}

// after is the scenario with parts applied, nil when they don't fit together,
// break a text, or too much was tried already.
func (f *finder) after(parts []part) *scenario.Scenario {
	edits, policies := together(parts)
	if !apart(edits) || !f.spendTrial(edits) {
		return nil
	}
	after := f.scenario.Edited(edits, policies)
	for _, e := range edits {
		if e.Policy != "" && !after.Sound(e.Policy) {
			return nil
		}
	}
	for _, added := range policies {
		if !after.Sound(added.Name) {
			return nil
		}
	}
	return after
}

// toAllow lists what stands in the way of an allow: each Deny that matches,
// and each layer that is silent.
func (f *finder) toAllow() []obstacle {
	var list []obstacle
	for _, s := range f.statements() {
		if s.Statement.Effect == iam.Deny && s.Outcome != iam.NoMatch {
			list = append(list, obstacle{parts: append(f.unmatch(s, allowed), f.detach(s)...)})
		}
	}
	for i := range f.now.Trace.Layers {
		if layer := &f.now.Trace.Layers[i]; layer.Allow != iam.Match {
			list = append(list, f.silent(layer))
		}
	}
	list = append(list, f.missing()...)
	return append(list, obstacle{parts: f.known(allowed)})
}

// silent is a layer that does not allow.
func (f *finder) silent(layer *eval.LayerTrace) obstacle {
	o := obstacle{opens: func(after *scenario.Inspection) bool { return opened(after, layer.Layer, layer.At) }}
	for _, s := range f.statements() {
		if s.layer == layer && s.Statement.Effect == iam.Allow {
			o.parts = append(o.parts, f.match(s, allowed)...)
		}
	}
	o.parts = append(o.parts, f.grant(layer, iam.Allow)...)
	o.parts = append(o.parts, f.attach(layer, iam.Allow)...)
	return o
}

// opened says whether a layer, at its level, allows.
func opened(after *scenario.Inspection, layer iam.Layer, at string) bool {
	for i := range after.Trace.Layers {
		if l := &after.Trace.Layers[i]; l.Layer == layer && l.At == at {
			return l.Allow == iam.Match
		}
	}
	return false
}

// toDeny lists ways to a deny; each is enough by itself, or it is not offered.
func (f *finder) toDeny() []obstacle {
	o := obstacle{parts: f.known(denied)}
	for _, s := range f.statements() {
		switch {
		case s.Statement.Effect == iam.Deny && s.Outcome != iam.Match:
			o.parts = append(o.parts, f.match(s, denied)...)
		case s.Statement.Effect == iam.Allow && s.Outcome != iam.NoMatch:
			o.parts = append(o.parts, f.unmatch(s, denied)...)
			o.parts = append(o.parts, f.detach(s)...)
		}
	}
	for i := range f.now.Trace.Layers {
		o.parts = append(o.parts, f.grant(&f.now.Trace.Layers[i], iam.Deny)...)
		o.parts = append(o.parts, f.attach(&f.now.Trace.Layers[i], iam.Deny)...)
	}
	return []obstacle{o}
}
