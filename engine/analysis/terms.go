package analysis

import (
	"fenceline/engine/eval"
	"fenceline/engine/explain"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
)

// terms lists the statements that may apply or not, in the layers whose own
// answer hangs on them.
func terms(found *scenario.Inspection) []Term {
	list := []Term{}
	for i := range found.Trace.Layers {
		layer := &found.Trace.Layers[i]
		for j := range layer.Policies {
			p := &layer.Policies[j]
			for k := range p.Statements {
				t := &p.Statements[k]
				if t.Outcome == iam.Unknown && hangs(layer, t.Statement.Effect) {
					list = append(list, Term{found.Ref(layer.Layer, p, t), layer.At, explain.Term(t)})
				}
			}
		}
	}
	return list
}

// hangs says whether a layer's allow, or its deny, is open.
func hangs(layer *eval.LayerTrace, effect iam.Effect) bool {
	if effect == iam.Deny {
		return layer.Deny == iam.Unknown
	}
	return layer.Allow == iam.Unknown
}
