package call

import (
	"fenceline/engine"
	"fenceline/engine/redact"
)

// redaction is a call that takes what identifies out of a scenario and its
// policies; with Names also the names in ARNs.
type redaction struct {
	named
	Scenario string   `json:"scenario"`
	Policies []policy `json:"policies"`
	Names    bool     `json:"names"`
}

type redacted struct {
	Scenario string               `json:"scenario"`
	Policies []policy             `json:"policies"`
	Replaced []redact.Replacement `json:"replaced"`
	Notes    []string             `json:"notes"`
}

func redactTexts(in redaction) redacted {
	out := engine.Redact(in.Scenario, texts(in.Policies), in.Names)
	answer := redacted{Scenario: out.Scenario, Policies: make([]policy, len(out.Policies)), Replaced: out.Replaced, Notes: out.Notes}
	for i, p := range out.Policies {
		answer.Policies[i] = policy(p)
	}
	return answer
}
