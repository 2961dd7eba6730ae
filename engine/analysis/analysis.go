// Package analysis answers questions over many requests: what a principal may
// do with every action there is, and which principals may do one thing.
//
// It decides nothing itself. Actions that no statement and no rule of AWS tells
// apart are decided alike, so one of them is decided, by the same evaluation as
// any single request, for all of them.
package analysis

import (
	"fenceline/engine/account"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
)

// Question is a request without its action.
type Question struct {
	// Request says who asks, of which resource and in which context; its action
	// is not looked at. A resource `*` is `*` for every action; any other meets
	// the actions that are for its type alone, and so does one that is not known.
	// Actions that are for no resource are asked on `*` (S-047).
	Request account.Request
	// Open takes context keys that policies name, and that nothing settles, as not
	// known rather than as absent.
	Open bool
}

// NotAsked is in place of a class for an action that is not for the resource.
const NotAsked = -1

// Table is the answer for every action of an index.
type Table struct {
	Classes []Class `json:"classes"`
	// Of are the actions' classes, in the index's order, or NotAsked.
	Of []int `json:"of"`
}

// Class are actions that are decided alike, for the same reasons.
type Class struct {
	// Actions is how many there are.
	Actions int `json:"actions"`
	// Resource is what they were asked on, empty when it is not known.
	Resource  string       `json:"resource"`
	Decision  iam.Decision `json:"decision"`
	DecidedBy iam.Layer    `json:"decidedBy,omitempty"`
	// Error says why they could not be decided; they are then denied (S-239).
	Error       string                  `json:"error,omitempty"`
	Determining []scenario.StatementRef `json:"determining"`
	// DependsOn names the keys, and `resource`, that decide when the decision
	// depends; Terms are then what they must be.
	DependsOn []string `json:"dependsOn"`
	// Never says that they are denied whatever is not known, be it explicitly in
	// one case and implicitly in the other.
	Never bool `json:"never"`
	// Inexact says that not every possibility could be tried: the answer may be
	// more certain than this.
	Inexact bool   `json:"inexact,omitempty"`
	Terms   []Term `json:"terms"`
	// Says is what each layer that is there makes of them by itself.
	Says []Says `json:"says"`
}

// Says is what one layer, all levels of it together, says by itself: match
// where it allows and does not deny.
type Says struct {
	Layer   iam.Layer   `json:"layer"`
	Outcome iam.Outcome `json:"outcome"`
}

// Term is a statement that applies only where what is not known is as it says.
type Term struct {
	scenario.StatementRef
	// At is the organization's level, for SCPs and RCPs.
	At string `json:"at,omitempty"`
	// Text says when it applies: "the resource matches `…`, and `aws:SourceIp` is …".
	Text string `json:"text"`
}
