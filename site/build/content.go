package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"fenceline/engine"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// firstScenario is what a first visit shows: a boundary that stops an action which a policy allows.
const firstScenario = "scenarios/frankfurt/frankfurt-application.json"

// example is a scenario that the site publishes.
type example struct {
	name      string
	workspace workspace
	// result is traced for the request that the page selects.
	result scenario.Result
}

// story and slug are the two names of an example in addresses.
func (e example) story() string { return path.Base(path.Dir(e.name)) }
func (e example) slug() string  { return strings.TrimSuffix(path.Base(e.name), ".json") }

// source is the address of the scenario's file, address that of its page.
func (e example) source() string  { return "/" + e.name }
func (e example) address() string { return "/" + strings.TrimSuffix(e.name, ".json") + "/" }

// open is the address that opens the playground on a request.
func (e example) open(request int) string {
	return fmt.Sprintf("/play/#scenario=%s/%s&request=%d", e.story(), e.slug(), request)
}

// telling is the scenario with another request selected, and told in full.
func (e example) telling(request int) example {
	e.workspace.Selected = request
	e.result = decide(e.workspace, []int{request})
	return e
}

// entry is a line of the published index.
type entry struct {
	// Story is the folder of scenarios that belong together.
	Story string `json:"story"`
	Title string `json:"title"`
	Path  string `json:"path"`
	// Start is the request that tells most, which the page selects.
	Start int `json:"start"`
}

// addScenarios files every scenario as it is, under its story's folder, with an index, and runs it.
func (s *site) addScenarios() ([]example, error) {
	content := os.DirFS(filepath.Join(s.repository, "content"))
	names, err := fs.Glob(content, "scenarios/*/*.json")
	if err != nil {
		return nil, err
	}
	var examples []example
	index := []entry{}
	for _, name := range names {
		text, err := fs.ReadFile(content, name)
		if err != nil {
			return nil, err
		}
		s.files[name] = text
		if defects := defectsOf(name, text); len(defects) > 0 {
			s.found = append(s.found, defects...)
			s.broken = append(s.broken, strings.TrimPrefix(name, "scenarios/"))
			continue
		}
		one, err := newExample(name, text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		s.found = append(s.found, one.unmet(text)...)
		s.requests[strings.TrimPrefix(name, "scenarios/")] = len(one.result.Results)
		index = append(index, entry{path.Base(path.Dir(name)), one.workspace.title, "/" + name, one.workspace.Selected})
		examples = append(examples, one)
	}
	s.files["scenarios/index.json"], err = json.Marshal(index)
	return examples, err
}

// defectsOf are a scenario's errors, at their places in its file.
func defectsOf(name string, text []byte) problems {
	var found problems
	for _, p := range engine.Evaluate(engine.Input{Scenario: string(text), Trace: []int{}}).Problems {
		if p.Severity == source.Error {
			found = append(found, problem{"content/" + name, p.InFile.Line, p.InFile.Column + 1, p.Code, p.Message})
		}
	}
	return found
}

// unmet are the expectations of a scenario that are not met, each at its place.
func (e example) unmet(text []byte) problems {
	file := source.NewFile("content/"+e.name, string(text))
	tree, _ := source.Parse(file, scenario.MaxBytes)
	var found problems
	for i, r := range e.result.Results {
		if r.Met != nil && !*r.Met {
			expect := tree.Get("requests").Items[i].Get("expect")
			found.at(file, expect.Span.Start, "notAsExpected", "for the request `"+r.Name+"` the engine decides "+decided(r)+", or by other statements than those expected")
		}
	}
	return found
}

func newExample(name string, text []byte) (example, error) {
	w, err := open(text)
	if err != nil {
		return example{}, err
	}
	all := decide(w, nil)
	if len(all.Results) == 0 {
		return example{}, fmt.Errorf("the scenario has no results: %+v", all.Problems)
	}
	w.Selected = telling(all.Results)
	return example{name, w, decide(w, []int{w.Selected})}, nil
}

// decide is the engine's answer on exactly the texts that the page shows.
func decide(w workspace, trace []int) scenario.Result {
	texts := make([]engine.NamedText, len(w.Policies))
	for i, p := range w.Policies {
		texts[i] = engine.NamedText{Name: p.Name, Text: p.Text}
	}
	return engine.Evaluate(engine.Input{Scenario: w.Scenario, Policies: texts, Trace: trace})
}

// telling picks the request to show first: one that a boundary stops, else one
// that the value of a condition key decides, else the first. A story, in which
// calls change the account, is told from its beginning.
func telling(results []scenario.RequestResult) int {
	if slices.ContainsFunc(results, func(r scenario.RequestResult) bool { return r.Call != nil }) {
		return 0
	}
	for _, tells := range []func(scenario.RequestResult) bool{stoppedByBoundary, decidedByValue} {
		for i, result := range results {
			if tells(result) {
				return i
			}
		}
	}
	return 0
}

func stoppedByBoundary(r scenario.RequestResult) bool {
	return r.DecidedBy == iam.PermissionsBoundary && r.Decision != iam.Allowed
}

func decidedByValue(r scenario.RequestResult) bool {
	for _, layer := range r.Layers {
		for _, policy := range layer.Policies {
			for _, statement := range policy.Statements {
				if readsPresentKey(statement) {
					return true
				}
			}
		}
	}
	return false
}

// readsPresentKey says whether all that is left to decide a statement is a key that the request has.
func readsPresentKey(s scenario.StatementResult) bool {
	if s.Action.Outcome != iam.Match || s.Resource != nil && s.Resource.Outcome != iam.Match {
		return false
	}
	for _, c := range s.Conditions {
		if c.RequestState == "present" {
			return true
		}
	}
	return false
}

// workspace is what the page works on: each policy's text, and the scenario's without them.
type workspace struct {
	Scenario    string       `json:"scenario"`
	Policies    []policyText `json:"policies"`
	Selected    int          `json:"selected"`
	Without     []string     `json:"without"`
	title       string
	description string
}

type policyText struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// open splits a scenario file as the page does, keeping the order of everything.
func open(file []byte) (workspace, error) {
	whole, err := members(file)
	if err != nil {
		return workspace{}, err
	}
	w := workspace{Without: []string{}}
	var rest bytes.Buffer
	for _, m := range whole {
		switch m.name {
		case "policies":
			policies, err := members(m.value)
			if err != nil {
				return workspace{}, err
			}
			for _, p := range policies {
				w.Policies = append(w.Policies, policyText{p.name, indent(p.value)})
			}
			continue
		case "title":
			err = json.Unmarshal(m.value, &w.title)
		case "description":
			err = json.Unmarshal(m.value, &w.description)
		}
		if err != nil {
			return workspace{}, err
		}
		name, err := json.Marshal(m.name)
		if err != nil {
			return workspace{}, err
		}
		if rest.Len() > 0 {
			rest.WriteByte(',')
		}
		rest.Write(name)
		rest.WriteByte(':')
		rest.Write(m.value)
	}
	w.Scenario = indent([]byte("{" + rest.String() + "}"))
	return w, nil
}

// member is a name and a value of a JSON object.
type member struct {
	name  string
	value json.RawMessage
}

// members reads an object's members in their order.
func members(object []byte) ([]member, error) {
	decoder := json.NewDecoder(bytes.NewReader(object))
	if open, err := decoder.Token(); err != nil || open != json.Delim('{') {
		return nil, fmt.Errorf("want a JSON object, got %v, %w", open, err)
	}
	var list []member
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		m := member{name: name.(string)}
		if err := decoder.Decode(&m.value); err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, nil
}

// indent writes valid JSON as the page does.
func indent(value []byte) string {
	var out bytes.Buffer
	if err := json.Indent(&out, value, "", "  "); err != nil {
		panic(err) // what a decoder accepted is valid
	}
	return out.String()
}
