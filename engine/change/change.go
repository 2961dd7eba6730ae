// Package change finds the nearest changes to a request's decision: the
// smallest edits of a scenario's texts that flip it. Every change has been
// tried on the texts themselves, and says what else it would decide otherwise.
//
// The search proposes, the engine disposes: what is proposed is read off the
// trace, element by element, and only what the edited scenario truly decides
// as wanted is answered. So no rule of the evaluation is repeated here; that a
// boundary or a service control policy grants nothing follows by itself.
package change

import (
	"cmp"
	"slices"

	"fenceline/engine/iam"
	"fenceline/engine/order"
	"fenceline/engine/scenario"
)

// Most is how many changes are answered.
const Most = 3

// maxWeighed is for how many changes of each kind that flip a request the
// others are decided again; those beyond are not answered.
const maxWeighed = 4

// Kind is what a change is about.
type Kind uint8

const (
	// Context is a key of the request's context, or what is not known of it.
	Context Kind = iota
	// Tag is a tag of an identity or resource.
	Tag
	// Condition is a value of a statement's condition.
	Condition
	// Action is an entry of Action or NotAction.
	Action
	// Resource is an entry of Resource or NotResource.
	Resource
	// Principal is an entry of Principal.
	Principal
	// Statement is a whole statement.
	Statement
	// Attachment is which policies something has.
	Attachment
)

var kindNames = [...]string{"context", "tag", "condition", "action", "resource", "principal", "statement", "attachment"}

// String is the kind's name in results, "context" for one.
func (k Kind) String() string { return kindNames[k] }

// MarshalText writes String.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Change is a change of a scenario's texts that flips a decision. Its JSON form
// is published as schemas/changes.schema.json.
type Change struct {
	// Kind is that of the part that reaches deepest, where there are several.
	Kind Kind `json:"kind"`
	// Title says exactly what to do, Why in a sentence what was in the way.
	Title string `json:"title"`
	Why   string `json:"why"`
	// Edits lie apart in each text, their places being those before any of them.
	Edits []scenario.TextEdit `json:"edits"`
	// Policies are new ones, which the edits attach.
	Policies []NewPolicy `json:"policies"`
	// Decision is what the request comes to.
	Decision iam.Decision `json:"decision"`
	// Also are the other requests that are then decided otherwise.
	Also []Also `json:"also"`
}

// NewPolicy is a policy that the scenario does not have yet.
type NewPolicy struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// Also is another request whose decision changes.
type Also struct {
	Request int          `json:"request"`
	Name    string       `json:"name"`
	From    iam.Decision `json:"from"`
	To      iam.Decision `json:"to"`
}

// Find answers up to three changes that flip the decision of request i, the
// nearest first: what is denied is allowed, what is allowed is denied, and what
// depends is settled either way. They are of different kinds where that is
// possible. A request that can't be evaluated has none, and so has one that no
// policy decides.
func Find(s *scenario.Scenario, i int, options iam.Options) []Change {
	now, ok := s.Inspect(i, options)
	if !ok || now.Verdict.By == iam.Service {
		return []Change{}
	}
	f := newFinder(s, i, options, now)
	switch now.Verdict.Decision {
	case iam.Allowed:
		f.search(denied, f.toDeny())
	case iam.Depends:
		f.search(allowed, f.toAllow())
		f.search(denied, f.toDeny())
	default:
		f.search(allowed, f.toAllow())
	}
	return f.best()
}

// wanted says whether a decision is what is looked for.
type wanted func(iam.Decision) bool

func allowed(d iam.Decision) bool { return d == iam.Allowed }
func denied(d iam.Decision) bool  { return d == iam.ExplicitDeny || d == iam.ImplicitDeny }

// found is a combination of parts that flips the decision.
type found struct {
	parts    []part
	after    *scenario.Scenario
	decision iam.Decision
	also     []Also
}

// best chooses among all that was found.
func (f *finder) best() []Change {
	if len(f.found) == 0 {
		return []Change{}
	}
	order.By(f.found, func(a, b found) int { return a.compare(&b) })
	f.found = fewOfEachKind(f.found)
	before := f.scenario.Decisions(f.options)
	for n := range f.found {
		if !f.spend(f.scenario.Requests() * costOfRequest) {
			f.found = f.found[:n] // what else the rest would change is not known
			break
		}
		f.weigh(&f.found[n], before)
	}
	order.By(f.found, func(a, b found) int { return a.compare(&b) })
	changes := []Change{}
	for _, n := range choose(f.found) {
		changes = append(changes, f.found[n].change())
	}
	return changes
}

// fewOfEachKind leaves out what is hardly nearer than others of its kind and
// outcome.
func fewOfEachKind(list []found) []found {
	type outcome struct {
		kind    Kind
		allowed bool
	}
	count := map[outcome]int{}
	return slices.DeleteFunc(list, func(c found) bool {
		o := outcome{c.kind(), allowed(c.decision)}
		count[o]++
		return count[o] > maxWeighed
	})
}

// weigh finds what else a change decides otherwise.
func (f *finder) weigh(c *found, before []iam.Decision) {
	c.also = []Also{}
	for n, after := range c.after.Decisions(f.options) {
		if n != f.index && after != before[n] {
			c.also = append(c.also, Also{n, f.scenario.RequestName(n), before[n], after})
		}
	}
}

// compare ranks by how many parts there are, how deep and how wide they reach,
// what else they change, and how much text.
func (c *found) compare(b *found) int {
	return cmp.Or(
		cmp.Compare(len(c.parts), len(b.parts)),
		cmp.Compare(c.reach(), b.reach()),
		cmp.Compare(c.wide(), b.wide()),
		cmp.Compare(len(c.also), len(b.also)),
		cmp.Compare(c.denies(), b.denies()),
		cmp.Compare(c.size(), b.size()),
	)
}

func (c *found) reach() reach {
	deepest := c.parts[0].reach
	for _, p := range c.parts {
		deepest = max(deepest, p.reach)
	}
	return deepest
}

// denies is 1 for what denies the request, so that it comes second.
func (c *found) denies() int {
	if allowed(c.decision) {
		return 0
	}
	return 1
}

// wide counts the parts that reach beyond the request.
func (c *found) wide() int {
	count := 0
	for _, p := range c.parts {
		if p.wide {
			count++
		}
	}
	return count
}

func (c *found) size() int {
	total := 0
	for _, p := range c.parts {
		total += p.size()
	}
	return total
}

// choose takes the first of every outcome, allowed or denied, then the first
// of every kind, and fills up with the next that is not one of those in another
// place; the order stays.
func choose(list []found) []int {
	var chosen []int
	take := func(fits func(c *found) bool) {
		for n := range list {
			if len(chosen) < Most && !slices.Contains(chosen, n) && fits(&list[n]) {
				chosen = append(chosen, n)
			}
		}
	}
	has := func(same func(c *found) bool) bool {
		return slices.ContainsFunc(chosen, func(n int) bool { return same(&list[n]) })
	}
	take(func(c *found) bool {
		return !has(func(b *found) bool { return allowed(b.decision) == allowed(c.decision) })
	})
	take(func(c *found) bool { return !has(func(b *found) bool { return b.kind() == c.kind() }) })
	take(func(c *found) bool { return !has(func(b *found) bool { return b.sameAs(c) }) })
	order.By(chosen, cmp.Compare)
	return chosen
}

// sameAs says whether two changes add the same statement in different places.
func (c *found) sameAs(b *found) bool {
	return slices.EqualFunc(c.parts, b.parts, func(p, q part) bool { return p.adds != "" && p.adds == q.adds })
}

// kind is that of the part that reaches deepest.
func (c *found) kind() Kind {
	deepest := c.parts[0]
	for _, p := range c.parts {
		if p.reach > deepest.reach {
			deepest = p
		}
	}
	return deepest.kind
}

func (c *found) change() Change {
	edits, added := together(c.parts)
	policies := make([]NewPolicy, len(added))
	for i, p := range added {
		policies[i] = NewPolicy(p)
	}
	return Change{
		Kind: c.kind(), Title: titles(c.parts), Why: causes(c.parts),
		Edits: edits, Policies: policies, Decision: c.decision, Also: c.also,
	}
}
