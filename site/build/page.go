package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"html/template"
	"path/filepath"
	"slices"

	"github.com/yuin/goldmark"

	"fenceline/engine/iam"
	"fenceline/engine/scenario"
)

// playground is what the page's template shows: the addresses that its script
// needs, and the first scenario as it stands without any script.
type playground struct {
	Assets      assets
	First       string
	Title       string
	Description template.HTML
	Policies    []policyText
	Result      scenario.RequestResult
	Verdict     verdict
}

// verdict is a decision in words, with the class that colours it.
type verdict struct{ Sign, Words, Tone string }

var verdicts = map[iam.Decision]verdict{
	iam.Allowed:      {"✓", "Allowed", "allow"},
	iam.ExplicitDeny: {"✖", "Denied explicitly", "deny"},
	iam.ImplicitDeny: {"✖", "Denied implicitly", "deny"},
	iam.Depends:      {"?", "Depends", "depends"},
}

func (s *site) addPages(a assets, examples []example) error {
	at := slices.IndexFunc(examples, func(e example) bool { return e.name == firstScenario })
	if at < 0 {
		return errors.New("content has no " + firstScenario)
	}
	first := examples[at]
	stored, err := json.Marshal(map[string]any{"workspace": first.workspace, "result": first.result})
	if err != nil {
		return err
	}
	var description bytes.Buffer
	if err := goldmark.Convert([]byte(first.workspace.description), &description); err != nil {
		return err
	}
	result := first.result.Results[first.workspace.Selected]
	return s.addPage("index.html", playground{
		Assets:      a,
		First:       s.addHashed("first.json", stored),
		Title:       first.workspace.title,
		Description: template.HTML(description.String()), // goldmark leaves out raw HTML
		Policies:    first.workspace.Policies,
		Result:      result,
		Verdict:     verdicts[result.Decision],
	})
}

func (s *site) addPage(name string, data any) error {
	t, err := template.ParseFiles(filepath.Join(s.repository, "site/templates/page.html"))
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := t.Execute(&out, data); err != nil {
		return err
	}
	s.files[name] = out.Bytes()
	return nil
}
