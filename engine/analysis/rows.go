package analysis

import (
	"fenceline/engine/account"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// rows say for every action which statements name it, a bit for each.
type rows struct {
	bits  []uint64
	words int // of one action
}

// rowsOf finds the actions that the statements of policies name.
func (x *Index) rowsOf(policies []*eval.Policy) rows {
	statements := 0
	for _, p := range policies {
		statements += p.Statements()
	}
	r := rows{words: (statements + 63) / 64}
	r.bits = make([]uint64, r.words*len(x.Actions))
	at := 0
	for _, p := range policies {
		for i := range p.Statements() {
			x.mark(&r, p, i, at)
			at++
		}
	}
	return r
}

// mark sets a statement's bit at the actions that it names; NotAction names
// all but those of its list (S-045).
func (x *Index) mark(r *rows, p *eval.Policy, statement, bit int) {
	word, mask := bit/64, uint64(1)<<(bit%64)
	patterns, not := p.Actions(statement)
	if len(patterns) == 0 {
		return
	}
	for i := range patterns {
		x.each(&patterns[i], func(action int) { r.bits[action*r.words+word] |= mask })
	}
	if not {
		for i := word; i < len(r.bits); i += r.words {
			r.bits[i] ^= mask
		}
	}
}

// row is one action's bits.
func (r *rows) row(action int) []uint64 { return r.bits[action*r.words : (action+1)*r.words] }

// inPlay lists the policies that requests of a caller may meet, each once: the
// caller's own, those of the resources, and what guards them. The resources
// are those given; with anyResource also all that the account lists, since a
// resource that is not known may be any of them. Trust policies of roles that
// are not given are left out: they govern actions of STS, which are told apart
// by name.
func inPlay(a *account.Account, resolved []*account.Resolved, anyResource bool) []*eval.Policy {
	var list []*eval.Policy
	seen := map[*eval.Policy]bool{}
	add := func(p *eval.Policy) {
		if p != nil && !seen[p] {
			seen[p] = true
			list = append(list, p)
		}
	}
	for _, r := range resolved {
		r.Layers.Each(add)
	}
	for _, use := range a.Uses() {
		guards := use.Layer == iam.ResourceControlPolicy || use.Layer == iam.VPCEndpointPolicy
		if guards || anyResource && use.Layer == iam.ResourcePolicy {
			add(a.Policies[use])
		}
	}
	return list
}
