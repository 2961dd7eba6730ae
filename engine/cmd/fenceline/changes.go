package main

import (
	"fmt"

	"fenceline/engine/change"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
)

// worthChanging says whether changes are printed for a request: it is denied,
// or not decided as expected.
func worthChanging(r *scenario.RequestResult) bool {
	denied := r.Decision == iam.ImplicitDeny || r.Decision == iam.ExplicitDeny
	return denied || r.Met != nil && !*r.Met
}

// nearest prints changes that would flip a decision, with what else they would
// decide otherwise.
func (c *console) nearest(changes []change.Change) {
	for i := range changes {
		found := &changes[i]
		c.indented(c.decision(found.Decision) + " by this change: " + found.Title)
		for _, also := range found.Also {
			name := also.Name
			if name == "" {
				name = fmt.Sprint("request ", also.Request+1)
			}
			fmt.Fprintln(c.stdout, "      "+c.paint.faint(fmt.Sprintf("also %s → %s: %s", also.From, also.To, name)))
		}
	}
}
