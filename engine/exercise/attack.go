package exercise

import (
	"slices"
	"strings"

	"fenceline/engine/scenario"
	"fenceline/engine/source"
	"fenceline/engine/wildcard"
)

// proveAttack tries the start, the solution and the wrong requests.
func (p *prover) proveAttack(root *source.Node) {
	start := p.requests[len(p.requests)-1]
	p.soundAttack(root.Get("attack"), start)
	if through, ok := p.gets(start); ok && through {
		p.report.Error("startPasses", start.Span, "the request gets through before anything is changed; there is nothing to do")
	}
	p.onlyAllowed(start, p.Solution.request)
	if through, ok := p.gets(p.Solution.request); ok && !through {
		p.report.Error("solutionFails", p.Solution.request.Span, "the solution does not get through: "+p.became)
	}
	for i := range p.Wrong {
		w := &p.Wrong[i]
		p.onlyAllowed(start, w.request)
		if through, ok := p.gets(w.request); ok && through {
			p.report.Error("wrongPasses", w.request.Span, "this request gets through: "+p.became)
		}
	}
}

// soundAttack holds what is said of the request to the request.
func (p *prover) soundAttack(n, start *source.Node) {
	if len(p.Attack.Allowed) == 0 {
		p.report.Error("emptyValue", n.Get("allowed").Span, "nothing may be changed; name what of the request the learner changes")
	}
	for i := range p.Attack.Then {
		p.soundRequest(&p.Attack.Then[i])
		if c := &p.Attack.Then[i]; c.Hidden {
			p.report.Error("notInAttack", c.says.Span, "what must hold once the request is done is never hidden; it tells what to reach")
		}
	}
	if p.Attack.fixed == nil {
		return
	}
	for _, m := range p.Attack.fixed.Members {
		switch {
		case !same(m.Value, start.Get(m.Key)):
			p.report.Error("contradiction", m.Value.Span, "the scenario's last request has another `"+source.Clip(m.Key)+"`")
		case slices.Contains(p.Attack.Allowed, m.Key):
			p.report.Error("contradiction", m.KeySpan, "`"+source.Clip(m.Key)+"` can't both be fixed and be changed")
		}
	}
}

// onlyAllowed holds an answer to the members that may be changed.
func (p *prover) onlyAllowed(start, request *source.Node) {
	for _, member := range []string{"principal", "action", "resource", "context", "session", "parameters", "unknown"} {
		if slices.Contains(p.Attack.Allowed, member) || same(start.Get(member), request.Get(member)) {
			continue
		}
		span := opening(request)
		if n := request.Get(member); n != nil {
			span = n.Span
		}
		p.report.Error("notAllowed", span, "the learner can't change `"+member+"`; keep that of the scenario's last request, or add it to `allowed`")
	}
}

// gets says whether a request gets through in the place of the scenario's last
// one, and whether all that must hold then does.
func (p *prover) gets(request *source.Node) (through, ok bool) {
	for _, member := range []string{"expect"} {
		if n := request.Get(member); n != nil {
			p.report.Error("notInAttack", n.Span, "a request of an attack has no `"+member+"`; `wants` says it")
			return false, false
		}
	}
	asked := p.asked()
	at := len(asked) - 1
	asked[at] = expecting(request, nil, p.Attack.wants)
	asked = append(asked, posedChecks(p.Attack.Then)...)
	result, problems := p.evaluate(Answer{}, asked)
	p.add(problems)
	if len(problems) > 0 || len(result.Results) != len(asked) {
		return false, false
	}
	last, then := &result.Results[at], result.Results[at+1:]
	for i := range result.Results[at:] {
		if r := &result.Results[at+i]; r.Error != "" {
			p.report.Error("notEvaluated", request.Span, "the request can't be evaluated: "+r.Error)
			return false, false
		}
	}
	if request == p.requests[at] {
		for i := range then {
			p.Attack.Then[i].Start = then[i]
		}
	}
	p.became = decided(last)
	failed := failing(then)
	for _, i := range failed {
		p.became += "; then `" + p.Attack.Then[i].Says + "` fails: " + decided(&then[i])
	}
	return *last.Met && p.Attack.Hits(last) && len(failed) == 0, true
}

// Hits says whether a request is about what the attack is about.
func (a *Attempted) Hits(r *scenario.RequestResult) bool {
	return matches(strings.ToLower(a.Action), strings.ToLower(r.Action)) && matches(a.Resource, r.Resource)
}

// matches is true for an empty pattern.
func matches(pattern, text string) bool {
	compiled := wildcard.Parse(pattern)
	return pattern == "" || compiled.Match(text)
}

// same compares two values; what is absent is only like what is absent.
func same(a, b *source.Node) bool {
	if a == nil || b == nil {
		return a == b
	}
	if a.Kind != b.Kind || a.Text != b.Text || len(a.Items) != len(b.Items) || len(a.Members) != len(b.Members) {
		return false
	}
	for i := range a.Items {
		if !same(a.Items[i], b.Items[i]) {
			return false
		}
	}
	for i := range a.Members {
		if !same(a.Members[i].Value, b.Get(a.Members[i].Key)) {
			return false
		}
	}
	return true
}
