package main

import (
	"encoding/json"
	"errors"
	"html/template"
	"slices"

	"fenceline/engine/scenario"
)

// playground is what the playground's page shows: the addresses that its
// script needs, and the first scenario as it stands without any script.
type playground struct {
	First       string
	Title       string
	Description template.HTML
	Policies    []policyText
	Result      scenario.RequestResult
	Verdict     verdict
}

func (s *site) playPage(a *assets, examples []example) (page, error) {
	at := slices.IndexFunc(examples, func(e example) bool { return e.name == firstScenario })
	if at < 0 {
		return page{}, errors.New("content has no " + firstScenario)
	}
	first := examples[at]
	stored, err := json.Marshal(map[string]any{"workspace": first.workspace, "result": first.result})
	if err != nil {
		return page{}, err
	}
	description, err := markdown(first.workspace.description)
	if err != nil {
		return page{}, err
	}
	result := first.result.Results[first.workspace.Selected]
	return page{
		assets:      a,
		Path:        "/play/",
		Title:       "Fenceline: a playground for AWS IAM evaluation",
		Description: summary,
		Module:      a.Play,
		Imports:     a.PlayImports,
		Body: playground{
			First:       s.addHashed("first.json", stored),
			Title:       first.workspace.title,
			Description: description,
			Policies:    first.workspace.Policies,
			Result:      result,
			Verdict:     verdicts[result.Decision],
		},
	}, nil
}
