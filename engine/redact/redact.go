// Package redact takes what identifies an account, a company or a person out
// of a scenario, so that it can be shared: the same fake value wherever the
// same real one stood, of the same length and shape, and every decision as it
// was.
package redact

import (
	"slices"
	"strings"

	"fenceline/engine/order"
	"fenceline/engine/scenario"
)

// Kind is a kind of what is replaced.
type Kind string

const (
	// Account: an account id of twelve digits.
	Account Kind = "account"
	// Key: an access key id.
	Key Kind = "accessKey"
	// UniqueID: the unique id of a user, role or group (AIDA…, AROA…).
	UniqueID Kind = "uniqueId"
	// Email: an e-mail address, or the domain of one.
	Email Kind = "email"
	// Organization: an id of an organization, its root, a unit or a policy.
	Organization Kind = "organization"
	// ResourceID: an id such as vpce-0123456789abcdef0.
	ResourceID Kind = "resourceId"
	// Address: a public IP address or a range of them.
	Address Kind = "address"
	// Name: a word of the name of a user, role, group, policy or bucket.
	Name Kind = "name"
)

// kinds are in the order in which they are listed.
var kinds = []Kind{Account, Key, UniqueID, Email, Organization, ResourceID, Address, Name}

// Input is what is to be shared.
type Input struct {
	Scenario string
	Policies []scenario.NamedText
	// Names asks for the names in ARNs to be replaced as well.
	Names bool
}

// Output is the input without what identifies, and what was replaced.
type Output struct {
	Scenario string
	Policies []scenario.NamedText
	Replaced []Replacement
	Notes    []string
}

// Replacement is a value that was replaced, everywhere.
type Replacement struct {
	Kind  Kind   `json:"kind"`
	From  string `json:"from"`
	To    string `json:"to"`
	Count int    `json:"count"`
}

// Redact replaces what identifies. A value on whose very spelling a decision
// depends stays, and a note says so.
func Redact(in Input) Output {
	if size(in) > scenario.MaxBytes {
		return unchanged(in, "The texts are too large to be redacted; nothing was replaced.")
	}
	p := newPlan(in)
	if len(p.fakes) == 0 {
		return p.output(in)
	}
	p.keepDecisions(in)
	return p.output(in)
}

func size(in Input) int {
	total := len(in.Scenario)
	for _, text := range in.Policies {
		total += len(text.Name) + len(text.Text)
	}
	return total
}

func unchanged(in Input, note string) Output {
	return Output{Scenario: in.Scenario, Policies: append([]scenario.NamedText{}, in.Policies...), Replaced: []Replacement{}, Notes: []string{note}}
}

// value is a found value with its kind.
type value struct {
	kind Kind
	text string
}

// plan says what is replaced by what.
type plan struct {
	names *names
	fakes map[value]string
	order []value // of the fakes, as they were found
	notes []string
}

// newPlan looks through all texts and chooses the fake values.
func newPlan(in Input) *plan {
	p := &plan{fakes: map[value]string{}}
	if in.Names {
		p.names = &names{full: map[string]bool{}}
		each(in, func(text string) { p.names.collect(text) })
	}
	var found []value
	seen := map[value]bool{}
	each(in, func(text string) {
		p.find(text, func(kind Kind, start, end int) {
			v := value{kind, text[start:end]}
			if !seen[v] {
				seen[v] = true
				found = append(found, v)
			}
		})
	})
	p.choose(in, found)
	return p
}

// each calls back with every piece of every text, decoded.
func each(in Input, visit func(text string)) {
	pieces(in.Scenario, func(p piece) { visit(p.text) })
	for _, policy := range in.Policies {
		visit(policy.Name)
		pieces(policy.Text, func(p piece) { visit(p.text) })
	}
}

// output applies the plan.
func (p *plan) output(in Input) Output {
	out := Output{Policies: []scenario.NamedText{}, Replaced: []Replacement{}, Notes: append([]string{}, p.notes...)}
	counts := map[value]int{}
	out.Scenario = p.text(in.Scenario, counts)
	for _, policy := range in.Policies {
		out.Policies = append(out.Policies, scenario.NamedText{Name: p.plain(policy.Name, counts), Text: p.text(policy.Text, counts)})
	}
	for _, v := range p.order {
		if to, ok := p.fakes[v]; ok {
			out.Replaced = append(out.Replaced, Replacement{v.kind, v.text, to, counts[v]})
		}
	}
	order.By(out.Replaced, func(a, b Replacement) int {
		return slices.Index(kinds, a.Kind) - slices.Index(kinds, b.Kind)
	})
	return out
}

// text replaces in a JSON text and leaves everything else as it is.
func (p *plan) text(text string, counts map[value]int) string {
	var b strings.Builder
	done := 0
	pieces(text, func(piece piece) {
		p.find(piece.text, func(kind Kind, start, end int) {
			v := value{kind, piece.text[start:end]}
			to, ok := p.fakes[v]
			if !ok {
				return
			}
			counts[v]++
			b.WriteString(text[done:piece.at(start)])
			b.WriteString(to)
			done = piece.at(end)
		})
	})
	b.WriteString(text[done:])
	return b.String()
}

// plain replaces in a text that is no JSON, such as a name.
func (p *plan) plain(text string, counts map[value]int) string {
	var b strings.Builder
	done := 0
	p.find(text, func(kind Kind, start, end int) {
		v := value{kind, text[start:end]}
		if to, ok := p.fakes[v]; ok {
			counts[v]++
			b.WriteString(text[done:start] + to)
			done = end
		}
	})
	return b.String() + text[done:]
}
