package call

import "fenceline/engine"

// evaluation is a call that decides every request of a scenario. Policies
// stand in for those of the same name, and those named by Without are left out;
// Trace lists the requests whose layers are wanted.
type evaluation struct {
	named
	Scenario string   `json:"scenario"`
	Policies []policy `json:"policies"`
	Without  []string `json:"without"`
	Trace    []int    `json:"trace"`
}

// policy is a policy's text under its name.
type policy struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

func evaluate(in evaluation) engine.Result {
	return engine.Evaluate(engine.Input{Scenario: in.Scenario, Policies: texts(in.Policies), Without: in.Without, Trace: in.Trace, Catalogue: known})
}

// texts are a call's policies as the engine takes them.
func texts(policies []policy) []engine.NamedText {
	texts := make([]engine.NamedText, len(policies))
	for i, p := range policies {
		texts[i] = engine.NamedText(p)
	}
	return texts
}
