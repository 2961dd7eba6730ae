package main

import (
	"slices"
	"strings"

	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// claim is what a lesson says that the engine decides: `implicitDeny by permissionsBoundary`.
type claim struct {
	decision string
	// layer is NoLayer where the claim names none.
	layer iam.Layer
}

// decisions are the words for them; `denied` is either of the two denies, as in scenario files.
var decisions = []string{iam.Allowed.String(), iam.ExplicitDeny.String(), iam.ImplicitDeny.String(), iam.Depends.String(), "denied"}

// claim reads one.
func (w *writing) claim(written option) (claim, bool) {
	decision, layer, hasLayer := strings.Cut(written.value, " by ")
	out := claim{decision: strings.TrimSpace(decision)}
	if !slices.Contains(decisions, out.decision) {
		w.fault(written.offset, "unknownDecision", "`"+source.Clip(out.decision)+"` is no decision; it is one of `"+strings.Join(decisions, "`, `")+"`"+source.DidYouMean(out.decision, decisions))
		return out, false
	}
	if !hasLayer {
		return out, true
	}
	layer = strings.TrimSpace(layer)
	var ok bool
	if out.layer, ok = iam.ParseLayer(layer); !ok {
		at := written.offset + strings.LastIndex(written.value, layer)
		w.fault(at, "unknownLayer", "`"+source.Clip(layer)+"` is no layer"+source.DidYouMean(layer, deciders())+"; the layers are `"+strings.Join(deciders(), "`, `")+"`")
	}
	return out, ok
}

// deciders are the names of what can decide.
func deciders() []string {
	names := []string{iam.Service.String()}
	for _, layer := range iam.PolicyLayers() {
		names = append(names, layer.String())
	}
	return names
}

// check compares a claim with what the engine decides.
func (w *writing) check(written option, r scenario.RequestResult) {
	c, ok := w.claim(written)
	if !ok || c.holds(r) {
		return
	}
	w.fault(written.offset, "wrongVerdict", "for the request `"+r.Name+"` the engine decides "+decided(r)+", not `"+written.value+"`")
}

// holds says whether the engine decides as claimed.
func (c claim) holds(r scenario.RequestResult) bool {
	denied := r.Decision == iam.ExplicitDeny || r.Decision == iam.ImplicitDeny
	return r.Error == "" && (c.decision == r.Decision.String() || c.decision == "denied" && denied) &&
		(c.layer == iam.NoLayer || c.layer == r.DecidedBy)
}

// decided is a decision as a claim writes it.
func decided(r scenario.RequestResult) string {
	switch {
	case r.Error != "":
		return "nothing: " + r.Error
	case r.DecidedBy == iam.NoLayer:
		return "`" + r.Decision.String() + "`"
	}
	return "`" + r.Decision.String() + " by " + r.DecidedBy.String() + "`"
}
