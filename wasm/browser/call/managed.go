package call

import "fenceline/engine/managed"

// shipped is a call for the policies that ship with the engine: their names,
// and the text of the one that Name asks for.
type shipped struct {
	named
	Name string `json:"name"`
}

// shippedAnswer has no Text where none was asked for or none ships.
type shippedAnswer struct {
	Names []string `json:"names"`
	Text  string   `json:"text,omitempty"`
}

func managedPolicies(in shipped) shippedAnswer {
	text, _ := managed.Lookup(in.Name)
	return shippedAnswer{Names: managed.Names(), Text: text}
}
