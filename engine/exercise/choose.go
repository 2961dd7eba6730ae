package exercise

import (
	"slices"
	"strconv"

	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// provePredict holds the wrong predictions to being wrong.
func (p *prover) provePredict() {
	for i := range p.Wrong {
		for _, c := range p.Wrong[i].Choices {
			p.provePrediction(c)
		}
	}
}

func (p *prover) provePrediction(c Choice) {
	switch {
	case c.Policy != "" || c.Index >= 0:
		p.report.Error("notForThisKind", c.node.Span, "a prediction is of a `request` and its `decision`; `policy` and `index` are for `spot`")
	case c.Request < 0 || c.Request >= len(p.requests):
		p.report.Error("unknownRequest", c.node.Span, "a prediction names its `request`, counted from 0; the scenario has "+strconv.Itoa(len(p.requests)))
	case c.Decision == "":
		p.report.Error("missingMember", opening(c.node), "`decision` is missing; write what is wrongly predicted")
	case c.DecidedBy != "" && !denies(c.Decision):
		p.report.Error("notForThisKind", c.node.Get("decidedBy").Span, "only a denial is asked for its layer; remove `decidedBy`")
	case c.right(&p.Result.Results[c.Request]):
		p.report.Error("wrongPasses", c.node.Span, "the engine says the same: "+decided(&p.Result.Results[c.Request]))
	}
}

func denies(decision string) bool {
	return decision == iam.ExplicitDeny.String() || decision == iam.ImplicitDeny.String()
}

// right says whether a prediction is the engine's decision; one without a layer is about the decision alone.
func (c *Choice) right(r *scenario.RequestResult) bool {
	if c.Decision != r.Decision.String() {
		return false
	}
	return c.DecidedBy == "" || c.DecidedBy == r.DecidedBy.String()
}

// Deciding are the statements that are right in spot: those that settle the
// request, or for an implicit deny those that came nearest to allowing it in the
// layer that refused.
func Deciding(r *scenario.RequestResult) []scenario.StatementRef {
	if len(r.Determining) > 0 {
		return r.Determining
	}
	var near []scenario.StatementRef
	for _, n := range r.Nearest {
		near = append(near, n.StatementRef)
	}
	return near
}

// proveSpot holds the wrong statements to being there and to deciding nothing.
func (p *prover) proveSpot() {
	last := len(p.requests) - 1
	deciding := Deciding(&p.Result.Results[last])
	if len(deciding) == 0 {
		p.report.Error("nothingToSpot", p.requests[last].Span, "no statement decides the last request or comes near it; ask for the decision with `predict`")
		return
	}
	if !slices.ContainsFunc(deciding, func(s scenario.StatementRef) bool { return p.scenario.Get("policies").Get(s.Policy) != nil }) {
		p.report.Error("nothingToSpot", p.requests[last].Span, "the statement that decides is in `"+deciding[0].Policy+"`, which the scenario does not list; write the document under `policies`")
	}
	for i := range p.Wrong {
		for _, c := range p.Wrong[i].Choices {
			p.proveStatement(c, deciding)
		}
	}
}

func (p *prover) proveStatement(c Choice, deciding []scenario.StatementRef) {
	document := p.scenario.Get("policies").Get(c.Policy)
	switch {
	case c.Request >= 0 || c.Decision != "" || c.DecidedBy != "":
		p.report.Error("notForThisKind", c.node.Span, "spot is answered with a `policy` and the `index` of a statement; `request` and `decision` are for `predict`")
	case document == nil:
		p.report.Error("unknownPolicy", c.node.Span, "the scenario has no policy `"+source.Clip(c.Policy)+"`"+source.DidYouMean(c.Policy, policyNames(p.scenario)))
	case c.Index < 0 || c.Index >= statements(document):
		p.report.Error("unknownStatement", c.node.Span, "`"+source.Clip(c.Policy)+"` has no statement with that `index`; it has "+strconv.Itoa(statements(document))+", counted from 0")
	case slices.ContainsFunc(deciding, func(s scenario.StatementRef) bool { return s.Policy == c.Policy && s.Index == c.Index }):
		p.report.Error("wrongPasses", c.node.Span, "this statement decides, so pointing at it is right")
	}
}

// statements counts those of a policy document.
func statements(document *source.Node) int {
	n := document.Get("Statement")
	switch {
	case n == nil:
		return 0
	case n.Kind == source.Array:
		return len(n.Items)
	}
	return 1
}
