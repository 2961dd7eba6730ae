package exercise

import (
	"slices"
	"strconv"
	"strings"

	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// prover holds an exercise to what it promises.
type prover struct {
	*Exercise
	report source.Report
	became string // what an attack's last request came to
}

func (p *prover) prove(root *source.Node) {
	if !p.start() {
		return
	}
	switch p.Kind {
	case Repair, Write:
		p.proveChecks(root)
	case Attack:
		p.proveAttack(root)
	case Predict:
		p.provePredict()
	case Spot:
		p.proveSpot()
	}
}

// start decides the scenario as it stands; false where that can't be done.
func (p *prover) start() bool {
	result, problems := p.evaluate(Answer{}, p.asked())
	p.add(problems)
	p.Result = result
	if len(problems) > 0 {
		return false
	}
	if len(p.requests) == 0 && !p.edits() {
		p.report.Error("noRequests", p.scenario.Span, "the scenario asks nothing; `"+p.Kind+"` is about its requests")
		return false
	}
	sound := true
	for i := range result.Results {
		r := &result.Results[i]
		if r.Error != "" {
			p.report.Error("notEvaluated", p.requests[i].Span, "the request can't be evaluated: "+r.Error)
			sound = false
		} else if r.Met != nil && !*r.Met {
			p.report.Error("unmet", p.requests[i].Get("expect").Span, "the engine decides otherwise: "+decided(r))
		}
	}
	return sound
}

func (p *prover) add(problems []source.Problem) {
	for _, problem := range problems {
		p.report.Add(problem)
	}
}

// proveChecks tries the start, the solution and the wrong answers on the checks.
func (p *prover) proveChecks(root *source.Node) {
	if !p.soundChecks(root) || !p.soundAnswers(root) {
		return
	}
	start, ok := p.try(Answer{})
	if !ok {
		return
	}
	for i := range start {
		p.Checks[i].Start = start[i]
	}
	if len(failing(start)) == 0 {
		p.report.Error("startPasses", root.Get("checks").Span, "every check passes before anything is edited; there is nothing to do")
	}
	if results, ok := p.try(p.Solution); ok {
		for _, i := range failing(results) {
			p.report.Error("solutionFails", p.Solution.node.Span, "the solution fails the check `"+p.Checks[i].Says+"`: "+decided(&results[i]))
		}
	}
	for i := range p.Wrong {
		p.proveFails(&p.Wrong[i])
	}
}

// soundChecks holds the checks to being told apart and shown.
func (p *prover) soundChecks(root *source.Node) bool {
	before := len(p.report.Problems)
	if len(p.Checks) == 0 {
		p.report.Error("emptyValue", root.Get("checks").Span, "there is no check; write what must hold")
	}
	visible := false
	for i := range p.Checks {
		c := &p.Checks[i]
		visible = visible || !c.Hidden
		if p.check(c.Says) != c {
			p.report.Error("duplicateCheck", c.says.Span, "two checks say `"+source.Clip(c.Says)+"`; wrong answers name checks by what they say")
		}
		p.soundRequest(c)
	}
	if !visible && len(p.Checks) > 0 {
		p.report.Error("allHidden", root.Get("checks").Span, "every check is hidden; show the learner what to reach")
	}
	return len(p.report.Problems) == before
}

// soundRequest holds a check's request to what a check leaves to it.
func (p *prover) soundRequest(c *Check) {
	for _, member := range []string{"name", "expect"} {
		if n := c.request.Get(member); n != nil {
			p.report.Error("notInCheck", n.Span, "the request of a check has no `"+member+"`; the check itself says it")
		}
	}
}

// soundAnswers holds the policies of answers to those that a learner may edit.
func (p *prover) soundAnswers(root *source.Node) bool {
	before := len(p.report.Problems)
	for _, n := range items(root, "editable") {
		if p.scenario.Get("policies").Get(n.Text) == nil {
			p.report.Error("unknownPolicy", n.Span, "the scenario has no policy `"+source.Clip(n.Text)+"`"+source.DidYouMean(n.Text, policyNames(p.scenario)))
		}
	}
	answers := []Answer{p.Solution}
	for i := range p.Wrong {
		answers = append(answers, p.Wrong[i].Answer)
	}
	for _, a := range answers {
		for _, m := range a.places {
			if !slices.Contains(p.Editable, m.Key) {
				p.report.Error("notEditable", m.KeySpan, "the learner can't edit the policy `"+source.Clip(m.Key)+"`"+source.DidYouMean(m.Key, p.Editable))
			}
		}
	}
	return len(p.report.Problems) == before
}

// try decides the checks with an answer's policies; false where they can't all be decided.
func (p *prover) try(answer Answer) ([]scenario.RequestResult, bool) {
	requests := append(p.asked(), posedChecks(p.Checks)...)
	result, problems := p.evaluate(answer, requests)
	p.add(problems)
	if len(problems) > 0 || len(result.Results) != len(requests) {
		return nil, false
	}
	results := result.Results[len(p.requests):]
	for i := range results {
		if results[i].Error != "" {
			p.report.Error("notEvaluated", p.Checks[i].request.Span, "the request can't be evaluated: "+results[i].Error)
			return nil, false
		}
	}
	return results, true
}

// proveFails holds a wrong answer to the checks that it says it fails.
func (p *prover) proveFails(w *Wrong) {
	for i, says := range w.Fails {
		if p.check(says) == nil {
			p.report.Error("unknownCheck", w.fails.Items[i].Span, "no check says `"+source.Clip(says)+"`"+source.DidYouMean(says, p.sayings()))
		}
	}
	if len(w.Fails) == 0 {
		p.report.Error("emptyValue", w.fails.Span, "a wrong answer fails a check; name it by what it says")
	}
	results, ok := p.try(w.Answer)
	if !ok {
		return
	}
	failed := failing(results)
	for _, i := range failed {
		if !slices.Contains(w.Fails, p.Checks[i].Says) {
			p.report.Error("alsoFails", w.fails.Span, "the answer also fails the check `"+p.Checks[i].Says+"`: "+decided(&results[i]))
		}
	}
	for i, says := range w.Fails {
		if c := p.check(says); c != nil && !slices.ContainsFunc(failed, func(at int) bool { return &p.Checks[at] == c }) {
			p.report.Error("wrongPasses", w.fails.Items[i].Span, "the answer passes this check")
		}
	}
}

func (p *prover) sayings() []string {
	var list []string
	for i := range p.Checks {
		list = append(list, p.Checks[i].Says)
	}
	return list
}

// failing are the indices of the results that are not as expected.
func failing(results []scenario.RequestResult) []int {
	var list []int
	for i := range results {
		if results[i].Met == nil || !*results[i].Met {
			list = append(list, i)
		}
	}
	return list
}

// decided is what a request came to, for a message.
func decided(r *scenario.RequestResult) string {
	words := []string{r.Decision.String()}
	if layer := r.DecidedBy.String(); layer != "" {
		words = append(words, "by "+layer)
	}
	for i, s := range r.Determining {
		if i == 0 {
			words = append(words, "("+s.Policy+"#"+strconv.Itoa(s.Index)+")")
		}
	}
	return strings.Join(words, " ")
}

func policyNames(scenario *source.Node) []string {
	var names []string
	if policies := scenario.Get("policies"); policies != nil {
		for _, m := range policies.Members {
			names = append(names, m.Key)
		}
	}
	return names
}
