package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"strings"

	"fenceline/engine"
	"fenceline/engine/catalogue/data"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
)

// account and the callers of the reference's examples.
const (
	ownAccount   = "111122223333"
	otherAccount = "444455556666"
	alex         = "arn:aws:iam::" + ownAccount + ":user/Alex"
	blake        = "arn:aws:iam::" + ownAccount + ":user/Blake"
)

// object is a JSON object that the examples put together.
type object = map[string]any

// ask decides the requests of a scenario; one with errors is a fault of the reference.
func ask(parts object) (scenario.Result, error) {
	parts["version"], parts["title"] = 1, "An example"
	text, err := json.Marshal(parts)
	if err != nil {
		return scenario.Result{}, err
	}
	result := engine.Evaluate(engine.Input{Scenario: string(text)})
	var faults []error
	for _, p := range result.Problems {
		if p.Severity.String() == "error" {
			faults = append(faults, fmt.Errorf("%s %s: %s", p.Policy, p.Code, p.Message))
		}
	}
	for _, r := range result.Results {
		if r.Error != "" {
			faults = append(faults, errors.New(r.Error))
		}
	}
	if len(result.Results) == 0 {
		faults = append(faults, errors.New("no decisions"))
	}
	return result, errors.Join(faults...)
}

// decisionCell is a decision with its cause.
func decisionCell(r scenario.RequestResult) referenceCell {
	v := verdictOf(r)
	return referenceCell{&v, template.HTML(template.HTMLEscapeString(decidedBy(r)))}
}

// validated checks an example policy and says what the engine reports of it.
func validated(layer iam.Layer, text string) (template.HTML, error) {
	problems := engine.Validate(layer, text, iam.Options{}, data.Catalogue())
	if len(problems) == 0 {
		return "The engine finds nothing to report in it.", nil
	}
	var list []string
	for _, p := range problems {
		if p.Severity.String() == "error" {
			return "", fmt.Errorf("the example is refused: %s, %s", p.Code, p.Message)
		}
		list = append(list, string(linkTo("findings", p.Code, code(p.Code))))
	}
	return template.HTML("The engine reports in it: " + strings.Join(list, ", ") + "."), nil
}

// exampleRequest is a request on an example.
type exampleRequest struct {
	// Says what is particular about it; a caller and a resource that are left out are the example's.
	Says                        template.HTML
	Principal, Action, Resource string
	Context                     object
}

// exampleSection shows a policy, what the engine reports of it, and what it decides.
func exampleSection(layer iam.Layer, policy string, parts object, requests []exampleRequest) (referenceSection, error) {
	report, err := validated(layer, policy)
	if err != nil {
		return referenceSection{}, err
	}
	var asked []object
	for i, r := range requests {
		one := object{"name": fmt.Sprint(i), "principal": r.Principal, "action": r.Action, "resource": r.Resource}
		if r.Context != nil {
			one["context"] = r.Context
		}
		asked = append(asked, one)
	}
	parts["requests"] = asked
	result, err := ask(parts)
	if err != nil {
		return referenceSection{}, err
	}
	table := &referenceTable{Label: "Decisions of the example", Columns: []template.HTML{"Request", "Decision", "Why"}}
	for i, r := range result.Results {
		table.Rows = append(table.Rows, referenceRow{Head: requests[i].Says, Cells: []referenceCell{decisionCell(r), {Text: inline(r.Explanation)}}})
	}
	return referenceSection{
		ID: "example", Title: "An example", Code: &markedText{Label: "Example policy", Before: policy}, Table: table,
		Text: template.HTML(fmt.Sprintf("<p>%s %s</p>", inline(capital(aKind(layer))+", decided when this page was built."), report)),
	}, nil
}

// aKind names a kind of policy: "an identity-based policy".
func aKind(layer iam.Layer) string {
	if layer == iam.IdentityPolicy {
		return "an " + layer.Words()
	}
	return "a " + layer.Words()
}
