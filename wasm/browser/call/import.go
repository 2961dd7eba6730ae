package call

import "fenceline/engine"

// importing is a call that says what a pasted text is.
type importing struct {
	named
	Text string `json:"text"`
}

func importText(in importing) engine.Imported { return engine.Import(in.Text) }
