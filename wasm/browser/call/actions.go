package call

import (
	"errors"

	"fenceline/engine"
)

// asking is a call that decides every action of the catalogue, for one request
// of a scenario.
type asking struct {
	named
	Scenario string   `json:"scenario"`
	Policies []policy `json:"policies"`
	Without  []string `json:"without"`
	Request  int      `json:"request"`
	// Open takes keys that nothing settles as not known.
	Open bool `json:"open"`
}

func everyAction(in asking) (engine.ActionTable, error) {
	if index == nil {
		return engine.ActionTable{}, errors.New("no catalogue of actions was brought")
	}
	return engine.Actions(engine.Input{Scenario: in.Scenario, Policies: texts(in.Policies), Without: in.Without}, index, in.Request, in.Open)
}
