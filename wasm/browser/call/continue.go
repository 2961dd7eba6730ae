package call

import "fenceline/engine"

// continuing is a call for the scenario as it stands before one of its requests.
type continuing struct {
	named
	Scenario string   `json:"scenario"`
	Policies []policy `json:"policies"`
	Without  []string `json:"without"`
	Request  int      `json:"request"`
}

// continued is its answer. Nothing goes on in a scenario that has no decisions.
type continued struct {
	Continues bool     `json:"continues"`
	Scenario  string   `json:"scenario"`
	Policies  []policy `json:"policies"`
	Notes     []string `json:"notes"`
}

func continueScenario(in continuing) continued {
	c, ok := engine.Continue(engine.Input{Scenario: in.Scenario, Policies: texts(in.Policies), Without: in.Without}, in.Request)
	out := continued{Continues: ok, Scenario: c.Scenario, Policies: make([]policy, len(c.Policies)), Notes: append([]string{}, c.Notes...)}
	for i, p := range c.Policies {
		out.Policies[i] = policy(p)
	}
	return out
}
