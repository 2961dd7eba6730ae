package scenario

import (
	"fenceline/engine/eval"
	"fenceline/engine/explain"
	"fenceline/engine/iam"
)

// explicitDeny is the name of the gate that no layer has: the search for
// explicit denies.
const explicitDeny = "explicitDeny"

// gates tells the evaluation as a row of gates, and how boundary and identity
// go together.
func (w *writer) gates(out *RequestResult, l *eval.Layers, options iam.Options, v eval.Verdict, trace *eval.Trace) {
	for _, gate := range eval.Gates(l, w.request, options, v, trace) {
		name := gate.Layer.String()
		if gate.Layer == iam.NoLayer {
			name = explicitDeny
		}
		out.Gates = append(out.Gates, GateResult{
			Gate: name, At: gate.At, Side: gate.Side.String(), State: gate.State,
			Needed: gate.Needed, Decides: gate.Decides, Reason: explain.Gate(w.request, l, gate, v),
		})
	}
	if both, ok := eval.Intersect(l, w.request, options, trace); ok {
		out.Boundary = &BoundaryResult{
			Present: both.Present, Identity: both.Identity, Boundary: both.Boundary,
			Around: both.Around, Reason: explain.Intersection(both, v),
		}
	}
}
