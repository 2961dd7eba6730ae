package intake

import (
	"slices"

	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// File is the excerpt as one scenario file, its policies inside. Documents that
// are no JSON objects can't stand there: they are missing in the file, and their
// policies named.
func (e *Excerpt) File() (file string, unwritable []string) {
	if len(e.Policies) == 0 {
		return e.Scenario, nil
	}
	root, _ := source.Parse(source.NewFile("", e.Scenario), len(e.Scenario))
	policies := &source.Node{Kind: source.Object}
	for _, p := range e.Policies {
		document, problems := source.Parse(source.NewFile("", p.Text), policy.MaxBytes)
		if document == nil || source.HasErrors(problems) || document.Kind != source.Object && document.Kind != source.Null {
			unwritable = append(unwritable, p.Name)
			document = &source.Node{Kind: source.Null}
		}
		policies.Members = append(policies.Members, source.Member{Key: p.Name, Value: document})
	}
	at := slices.IndexFunc(root.Members, func(m source.Member) bool { return m.Key == "identities" })
	root.Members = slices.Insert(root.Members, at, source.Member{Key: "policies", Value: policies})
	return print(root) + "\n", unwritable
}
