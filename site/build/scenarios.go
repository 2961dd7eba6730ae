package main

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// storyTitles name the stories, whose scenarios belong together, in their order.
var storyTitles = []struct{ Name, Title string }{
	{"boundary", "What a permissions boundary does"},
	{"frankfurt", "An application and its boundary in Frankfurt"},
	{"customers", "Customers who share an account"},
	{"mfa", "Actions that need MFA"},
	{"simulator", "What the policy simulator shows"},
	{"gates", "How a request is decided"},
	{"conditions", "When a condition holds"},
	{"organization", "The policies of an organization"},
	{"sessions", "Sessions and what they may do"},
	{"escapes", "Ways round a badly made fence"},
}

// story is a list of scenarios under a heading.
type story struct {
	Name, Title string
	Scenarios   []scenarioPage
}

// scenarioPage is what the page of a scenario shows.
type scenarioPage struct {
	Path, Source, Title string
	Description         template.HTML
	// Lead is the description's first paragraph, as text.
	Lead     string
	Requests []requestRow
	Embed    embed
}

// requestRow is a line of the table of requests.
type requestRow struct {
	// Index counts the scenario's requests from 0.
	Index                             int
	Name, Principal, Action, Resource string
	Verdict                           verdict
	DecidedBy                         string
	Expected                          string
	// Deeds are what a call changes, each a sentence; Fails is AWS's error for one
	// that is allowed and not carried out; Needs are further permissions that are not granted.
	Deeds, Needs []string
	Fails        string
	// Met says whether the decision is as expected; where nothing is expected, it is.
	Met bool
	// Open is the address that opens the playground on this request.
	Open string
}

// embed is a playground in a page, as it stands without any script.
type embed struct {
	Source   string
	Selected int
	Requests int
	Result   scenario.RequestResult
	Verdict  verdict
	Cause    string
	Policies []embeddedPolicy
	Open     string
	// Facts are what the request is decided on.
	Facts []fact
	// Deeds are what the request changes, if it is a call.
	Deeds []string
	// View are the parts that are shown; where it is empty, all are.
	View []string
	// Context says that a reader may change the request's context.
	Context bool
}

// embeddedPolicy is a policy in it; Rows is the height of its text, and Fixed
// says that a reader can't change it.
type embeddedPolicy struct {
	policyText
	Open, Fixed bool
	Rows        int
}

// Edit lists the policies that a reader may change.
func (e embed) Edit() string {
	var names []string
	for _, p := range e.Policies {
		if !p.Fixed {
			names = append(names, p.Name)
		}
	}
	if e.Context {
		names = append(names, contextWord)
	}
	return strings.Join(names, " ")
}

// Shows says whether a part is shown.
func (e embed) Shows(part string) bool { return len(e.View) == 0 || slices.Contains(e.View, part) }

// Parts are the parts that are shown, as the page's script reads them.
func (e embed) Parts() string { return strings.Join(e.View, ",") }

// contextWord stands among the policies that may be changed for the request's context.
const contextWord = "context"

// limit lets a reader change only the policies with these names, and the context where it is among them.
func (e *embed) limit(names []string) {
	e.Context = slices.Contains(names, contextWord)
	some := len(names) < len(e.Policies)
	for i := range e.Policies {
		p := &e.Policies[i]
		p.Fixed = !slices.Contains(names, p.Name)
		p.Open = p.Open || some && !p.Fixed
	}
}

// scenarioPages are the page of each scenario, and the one that lists them.
func (s *site) scenarioPages(a *assets, examples []example) ([]pageFile, error) {
	stories := make([]story, len(storyTitles))
	for i, one := range storyTitles {
		stories[i] = story{Name: one.Name, Title: one.Title}
	}
	var pages []pageFile
	for _, e := range examples {
		at := slices.IndexFunc(stories, func(one story) bool { return one.Name == e.story() })
		if at < 0 {
			s.found.at(source.NewFile("content/"+e.name, ""), 0, "storyWithoutTitle", "the folder `"+e.story()+"` has no title; give it one among `storyTitles` in site/build/scenarios.go")
			at = len(stories)
			stories = append(stories, story{Name: e.story(), Title: e.story()})
		}
		body, err := newScenarioPage(e)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.name, err)
		}
		stories[at].Scenarios = append(stories[at].Scenarios, body)
		pages = append(pages, pageFile{strings.TrimPrefix(body.Path, "/") + "index.html", "scenario.html", page{
			assets: a, Path: body.Path, Title: body.Title + " · Fenceline", Description: body.Lead,
			Module: a.Embed, Imports: a.EmbedImports, Body: body,
		}})
	}
	return append(pages, pageFile{"scenarios/index.html", "scenarios.html", page{
		assets: a, Path: "/scenarios/", Title: "Scenarios · Fenceline",
		Description: "Decided examples of AWS IAM evaluation, each with its policies, its requests and the reason of every decision.",
		Body:        stories,
	}}), nil
}

func newScenarioPage(e example) (scenarioPage, error) {
	description, err := markdown(e.workspace.description)
	if err != nil {
		return scenarioPage{}, err
	}
	return scenarioPage{
		Path: e.address(), Source: e.source(), Title: e.workspace.title,
		Description: description, Lead: lead([]byte(e.workspace.description)), Embed: newEmbed(e),
		Requests: rows(e, everyRequest(e)),
	}, nil
}

// everyRequest are the indices of a scenario's requests.
func everyRequest(e example) []int {
	all := make([]int, len(e.result.Results))
	for i := range all {
		all[i] = i
	}
	return all
}

// rows are lines of the table of requests.
func rows(e example, requests []int) []requestRow {
	var list []requestRow
	for _, i := range requests {
		r := e.result.Results[i]
		row := requestRow{
			Index: i, Name: r.Name, Principal: r.Principal, Action: r.Action, Resource: r.Resource,
			Verdict: verdictOf(r), DecidedBy: decidedBy(r),
			Expected: expectedDecision(r.Expected), Met: r.Met == nil || *r.Met,
			Open: e.open(i),
		}
		row.tell(r.Call)
		list = append(list, row)
	}
	return list
}

// deeds are what a call changes, each a sentence.
func deeds(call *scenario.CallResult) []string {
	if call == nil {
		return nil
	}
	var list []string
	for _, c := range call.Changes {
		list = append(list, strings.ToUpper(c.Text[:1])+strings.ReplaceAll(c.Text[1:], "`", "")+".")
	}
	return list
}

// tell says what became of a call.
func (r *requestRow) tell(call *scenario.CallResult) {
	if call == nil {
		return
	}
	r.Deeds = deeds(call)
	for _, need := range call.Needs {
		if need.Decides {
			r.Needs = append(r.Needs, "It needs "+need.Action+" on "+need.Resource+", too.")
		}
	}
	if call.Error != nil {
		r.Fails = "AWS does not carry it out: " + call.Error.Code + ". " + call.Error.Message
	}
}

func newEmbed(e example) embed {
	selected := e.workspace.Selected
	result := e.result.Results[selected]
	out := embed{
		Source: e.source(), Selected: selected, Requests: len(e.result.Results), Result: result,
		Verdict: verdictOf(result), Cause: decidedBy(result), Open: e.open(selected),
		Facts: requestFacts(e.workspace.Scenario, requestText(e.workspace.Scenario, selected), result), Deeds: deeds(result.Call),
	}
	// What the decision turns on stands open, as in view/playground.ts.
	tells := map[string]bool{}
	for _, statement := range result.Determining {
		tells[statement.Policy] = true
	}
	for _, statement := range result.Nearest {
		tells[statement.Policy] = true
	}
	for _, p := range e.workspace.Policies {
		rows := min(strings.Count(p.Text, "\n")+1, mostRows)
		out.Policies = append(out.Policies, embeddedPolicy{policyText: p, Open: len(e.workspace.Policies) <= 3 || tells[p.Name], Rows: rows})
	}
	return out
}

// mostRows is the most of a policy that is seen at once, as in view/playground.ts.
const mostRows = 24

// expectedDecision reads an expectation as the scenario wrote it.
func expectedDecision(written any) string {
	switch e := written.(type) {
	case string:
		return e
	case *scenario.Expected:
		return e.Decision
	case map[string]any:
		decision, _ := e["decision"].(string)
		return decision
	}
	return ""
}
