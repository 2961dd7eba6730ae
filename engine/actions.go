package engine

import (
	"errors"

	"fenceline/engine/analysis"
	"fenceline/engine/catalogue"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// ActionIndex lists AWS's actions, prepared for Actions.
type ActionIndex = analysis.Index

// IndexActions prepares a catalogue.
func IndexActions(c *catalogue.Catalogue) *ActionIndex { return analysis.NewIndex(c) }

// ActionTable is what a principal may do with every action of an index.
type ActionTable = analysis.Table

// Actions decides every action of the index for the request of the scenario
// with that number: for its principal, session, resource and context, whatever
// its own action is, after the calls before it. With open, context keys that policies name, and that
// nothing settles, are taken as not known rather than as absent. The error says
// why nothing can be decided.
func Actions(in Input, x *ActionIndex, request int, open bool) (ActionTable, error) {
	s := scenario.Decode(source.NewFile("scenario", in.Scenario), in.Policies, in.Without...)
	m, wrong := s.Moment(request, in.Options)
	if m == nil {
		return ActionTable{}, errors.New(wrong)
	}
	return analysis.Actions(m, x, analysis.Question{Request: m.Request, Open: open}), nil
}
