package redact

import (
	"slices"
	"strconv"
	"strings"

	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// maxTries bounds how often a scenario is decided to find the values that a
// decision depends on.
const maxTries = 60

// keepDecisions leaves out of the plan what would change a decision: a value
// whose spelling a pattern cuts, for one.
func (p *plan) keepDecisions(in Input) {
	before := decide(in)
	if p.keeps(in, before) {
		return
	}
	all, order := p.fakes, p.order
	kept := map[value]string{}
	tries := 0
	for _, kind := range kinds {
		var group []value
		for _, v := range order {
			if v.kind == kind {
				group = append(group, v)
			}
		}
		p.keepGroup(in, before, group, all, kept, &tries)
	}
	if p.fakes = kept; !p.keeps(in, before) {
		p.fakes = map[value]string{}
		p.note("The decisions depend on how the values are spelled; nothing was replaced.")
	}
}

// keepGroup adds the values of one kind that can be replaced, together if that
// keeps the decisions, else one by one.
func (p *plan) keepGroup(in Input, before *scenario.Result, group []value, all, kept map[value]string, tries *int) {
	try := func(values ...value) bool {
		if *tries++; *tries > maxTries {
			return false
		}
		p.fakes = map[value]string{}
		for v, fake := range kept {
			p.fakes[v] = fake
		}
		for _, v := range values {
			p.fakes[v] = all[v]
		}
		return p.keeps(in, before)
	}
	if len(group) == 0 {
		return
	}
	if try(group...) {
		for _, v := range group {
			kept[v] = all[v]
		}
		return
	}
	for _, v := range group {
		if len(group) > 1 && try(v) {
			kept[v] = all[v]
			continue
		}
		p.note("`" + v.text + "` stays: a decision depends on how it is spelled.")
	}
}

// keeps says whether the plan changes nothing that was decided.
func (p *plan) keeps(in Input, before *scenario.Result) bool {
	renamed := func(name string) string { return p.plain(name, map[value]int{}) }
	same := func(name string) string { return name }
	out := p.output(in)
	after := decide(Input{Scenario: out.Scenario, Policies: out.Policies})
	return outcome(before, renamed) == outcome(after, same)
}

func decide(in Input) *scenario.Result {
	result := scenario.Decode(source.NewFile("scenario", in.Scenario), in.Policies).Run(iam.Options{}, []int{})
	return &result
}

// outcome is what was decided as one text: each decision, by which layer and
// statements, and which problems there are.
func outcome(result *scenario.Result, name func(string) string) string {
	var lines []string
	for i := range result.Results {
		r := &result.Results[i]
		words := []string{r.Decision.String(), r.DecidedBy.String(), strconv.FormatBool(r.Error != ""), strconv.Itoa(len(r.DependsOn))}
		if r.Met != nil {
			words = append(words, strconv.FormatBool(*r.Met))
		}
		for _, d := range r.Determining {
			words = append(words, name(d.Policy)+"#"+strconv.Itoa(d.Index)+d.Effect.String())
		}
		slices.Sort(words)
		lines = append(lines, strconv.Itoa(i)+" "+strings.Join(words, " "))
	}
	for _, problem := range result.Problems {
		lines = append(lines, name(problem.Policy)+" "+problem.Code+" "+problem.Severity.String())
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
