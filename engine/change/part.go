package change

import (
	"fenceline/engine/order"
	"fenceline/engine/scenario"
)

// reach ranks what a part touches: the further down, the less it is preferred.
type reach uint8

const (
	ofRequest     reach = iota // the request alone
	ofTags                     // an identity or resource, but no policy
	ofEntries                  // an entry of a statement
	ofStatements               // a statement more
	ofAttachments              // which policies something has
	ofDenies                   // a Deny that denies less
)

// part is one thing to do. A change has one, or one for each of several things
// in the way.
type part struct {
	kind  Kind
	reach reach
	// title is imperative; cause is a clause that says what was in the way.
	title, cause string
	edits        []scenario.TextEdit
	policies     []scenario.NamedText
	// wide says that more than this request is meant: the entry stands beside a
	// star, or the policy is that of others, too.
	wide bool
	// adds are the words for a statement that is added.
	adds string
}

// size is how many bytes of text a part takes away and adds.
func (p *part) size() int {
	total := 0
	for _, e := range p.edits {
		total += e.End.Offset - e.Start.Offset + len(e.Text)
	}
	for _, added := range p.policies {
		total += len(added.Text)
	}
	return total
}

// together are the edits of several parts, in the order of the texts.
func together(parts []part) ([]scenario.TextEdit, []scenario.NamedText) {
	edits, policies := []scenario.TextEdit{}, []scenario.NamedText{}
	for _, p := range parts {
		edits = append(edits, p.edits...)
		policies = append(policies, p.policies...)
	}
	order.By(edits, func(a, b scenario.TextEdit) int {
		if a.Policy != b.Policy {
			if a.Policy < b.Policy {
				return -1
			}
			return 1
		}
		return a.Start.Offset - b.Start.Offset
	})
	return edits, policies
}

// apart says whether edits, in their order, leave no doubt about what comes
// out: none reaches into another, and no two begin at one place.
func apart(edits []scenario.TextEdit) bool {
	for i := 1; i < len(edits); i++ {
		before, after := &edits[i-1], &edits[i]
		if before.Policy == after.Policy && (after.Start.Offset < before.End.Offset || after.Start.Offset == before.Start.Offset) {
			return false
		}
	}
	return true
}
