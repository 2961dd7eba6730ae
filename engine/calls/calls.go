// Package calls knows the calls of IAM and STS, and those of other services
// that hand over a role: which resource and which condition keys follow from a
// call's parameters, what else it needs a permission for, what it changes in
// the account, and with which error AWS refuses to carry it out.
//
// A call is decided elsewhere, by the ordinary evaluation; here it is only said
// what is to be decided. Each of AWS's operations is an entry of a table; the
// files go by what the operations are about.
//
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
// https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html
package calls

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// Call is a call as a scenario has it. It must not be changed; carrying it out
// changes a State alone.
type Call struct {
	operation  *operation
	caller     caller
	region     string
	parameters *source.Node
	documents  map[string]*Document // by the parameter that holds them
}

// caller is who calls, as far as what follows from the parameters needs it.
type caller struct {
	kind               iam.PrincipalKind
	arn                string
	partition, account string
}

// Check is something that must be allowed for a call to be carried out.
type Check struct {
	Action, Resource string
	// Derived are the condition keys that follow from the parameters.
	Derived []iam.Key
}

// Change is something that a call changed in the account.
type Change struct {
	// Kind is what changed, "role" or "boundary" for two.
	Kind Kind `json:"kind"`
	// Change is "added", "removed" or "changed".
	Change Manner `json:"change"`
	// ARN is whose it is, or which it is.
	ARN string `json:"arn"`
	// Text says it in words.
	Text string `json:"text"`
}

// Kind is a kind of what calls change.
type Kind string

// The kinds of what calls change.
const (
	User            Kind = "user"
	Group           Kind = "group"
	Role            Kind = "role"
	Policy          Kind = "policy"
	Version         Kind = "policyVersion"
	Attachment      Kind = "attachment"
	Inline          Kind = "inlinePolicy"
	Boundary        Kind = "boundary"
	Trust           Kind = "trustPolicy"
	Tags            Kind = "tags"
	Membership      Kind = "membership"
	InstanceProfile Kind = "instanceProfile"
	Session         Kind = "session"
)

// Manner is how something changed.
type Manner string

// The ways in which something changes.
const (
	Added   Manner = "added"
	Removed Manner = "removed"
	Changed Manner = "changed"
)

// Outcome is what became of a call that was allowed.
type Outcome struct {
	Changes []Change
	// Failure is why AWS does not carry it out; nothing is changed then.
	Failure *Failure
	// Notes are what is not modelled of it.
	Notes []string
}

// operation is one of AWS's operations. The tables of them are plain data; what
// several have in common is a function that asks the operation for the rest.
type operation struct {
	action string // as AWS spells it
	takes  string // its parameters, as takes reads them
	// noun is the kind of identity that it is about, nil for none.
	noun *noun
	// lists is the kind of what it lists.
	lists string
	// on is the ARN of the resource that is asked for.
	on func(s *step) string
	// keys are the condition keys that follow.
	keys []*derivation
	// tagging is the permission that tags take which are sent along.
	tagging string
	// needs are the further permissions that the call takes, nil for none.
	needs func(s *step) []Check
	// there holds AWS's error for what is not there; nil for none.
	there func(s *step) *Failure
	// apply carries it out, nil for an operation that only reads.
	apply func(s *step) *Failure
	// passes is the parameter that holds a role, and to the service that gets it.
	passes, to string
	// words say what an operation does that changes nothing here.
	words string
	// note is what is not modelled of it, whatever comes out.
	note string

	parameters []parameter
}

// derivation derives condition keys, which it names in lower case, a family by
// its prefix. The keys of some are what a parameter of the call says.
type derivation struct {
	names      []string
	keys       func(s *step) []iam.Key
	parameters []string // by name, where the key's value is the parameter's
}

// step is a call at the state that it meets.
type step struct {
	*Call
	state   *State
	changes []Change
	notes   []string
}

// Checks lists what must be allowed for the call to be carried out at a state:
// the call itself first, then what it needs besides.
func (c *Call) Checks(state *State) []Check {
	s := &step{Call: c, state: state}
	checks := []Check{{Action: c.operation.action, Resource: c.operation.on(s), Derived: s.derived()}}
	if sent := tagsOf(c.parameters.Get("Tags")); c.operation.tagging != "" && len(sent) > 0 {
		checks = append(checks, Check{c.operation.tagging, c.operation.on(s), tagKeys(sent)})
	}
	if c.operation.needs != nil {
		checks = append(checks, c.operation.needs(s)...)
	}
	return checks
}

// Apply carries out a call that is allowed.
func (c *Call) Apply(state *State) Outcome {
	s := &step{Call: c, state: state, changes: []Change{}}
	run := c.operation.apply
	if run == nil {
		run = c.operation.there
	}
	var failure *Failure
	if run != nil {
		failure = run(s)
	}
	return Outcome{s.changes, failure, s.notes}
}

// Note is what is not modelled of the call, whatever comes out; empty for
// nothing.
func (c *Call) Note() string { return c.operation.note }

// OnlyReads says whether the call can't change anything.
func (c *Call) OnlyReads() bool { return c.operation.apply == nil }

// Derives says whether a condition key, in lower case, follows from the
// parameters of such a call, be it absent from this one.
func (c *Call) Derives(lower string) bool {
	return slices.ContainsFunc(c.operation.keys, func(d *derivation) bool {
		return slices.ContainsFunc(d.names, func(name string) bool {
			return name == lower || strings.HasSuffix(name, "/") && strings.HasPrefix(lower, name)
		})
	})
}

// ParameterOf is the parameter whose value is that of a condition key, in lower
// case; empty where the key follows from more, or from none.
func (c *Call) ParameterOf(lower string) string {
	for _, d := range c.operation.keys {
		if at := slices.Index(d.names, lower); at >= 0 && at < len(d.parameters) {
			return d.parameters[at]
		}
	}
	return ""
}

// Documents are the policy documents among the call's parameters.
func (c *Call) Documents() []*Document {
	var list []*Document
	for _, p := range c.operation.parameters {
		if d := c.documents[p.name]; d != nil {
			list = append(list, d)
		}
	}
	return list
}

func (s *step) derived() []iam.Key {
	var keys []iam.Key
	for _, d := range s.operation.keys {
		keys = append(keys, d.keys(s)...)
	}
	return keys
}

// changed notes a change.
func (s *step) changed(kind Kind, change Manner, arn, text string) {
	s.changes = append(s.changes, Change{kind, change, arn, text})
}

func (s *step) note(text string) { s.notes = append(s.notes, text) }

// key is a derived condition key; without values it is none.
func key(name string, values ...string) []iam.Key {
	if len(values) == 0 || len(values) == 1 && values[0] == "" {
		return nil
	}
	return []iam.Key{{Name: name, Values: values}}
}

// operations are all that are known, by their actions in lower case.
var operations = func() map[string]*operation {
	index := map[string]*operation{}
	for _, list := range [...][]operation{
		userOperations, groupOperations, roleOperations, policyOperations, attachmentOperations, inlineOperations,
		boundaryOperations, tagOperations, profileOperations, credentialOperations, sessionOperations, serviceOperations,
	} {
		for i := range list {
			list[i].parameters = takes(list[i].takes)
			index[strings.ToLower(list[i].action)] = &list[i]
		}
	}
	return index
}()

// Known says whether an action is one whose calls are known.
func Known(action string) bool { return operations[strings.ToLower(action)] != nil }

// Actions lists the actions whose calls are known, in order.
func Actions() []string {
	list := make([]string, 0, len(operations))
	for _, o := range operations {
		list = append(list, o.action)
	}
	slices.Sort(list)
	return list
}

// tagsOf are a list of tags as a resource carries them.
func tagsOf(n *source.Node) []account.Tag {
	var tags []account.Tag
	if n == nil {
		return nil
	}
	for _, item := range n.Items {
		tags = append(tags, account.Tag{Key: item.Get("Key").Text, Value: textOf(item.Get("Value"))})
	}
	return tags
}
