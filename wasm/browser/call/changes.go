package call

import "fenceline/engine"

// changing is a call that looks for the nearest changes to one request's
// decision.
type changing struct {
	named
	Scenario string   `json:"scenario"`
	Policies []policy `json:"policies"`
	Without  []string `json:"without"`
	Request  int      `json:"request"`
}

// changed is its answer.
type changed struct {
	Changes []engine.Change `json:"changes"`
}

func changes(in changing) changed {
	return changed{engine.Changes(engine.Input{Scenario: in.Scenario, Policies: texts(in.Policies), Without: in.Without}, in.Request)}
}
