package exercise

import (
	"slices"

	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// posed is a request that is put to the scenario.
type posed func(*patchwork)

// asIs is a request as it stands in the file.
func asIs(n *source.Node) posed {
	return func(p *patchwork) { p.take(n.Span) }
}

// expecting is a request with a name and an expectation from elsewhere in the
// file; the name may be nil.
func expecting(request, name, expect *source.Node) posed {
	return func(p *patchwork) {
		p.take(source.Span{Start: request.Span.Start, End: request.Span.End - 1})
		if name != nil {
			p.write(`, "name": `)
			p.take(name.Span)
		}
		p.write(`, "expect": `)
		p.take(expect.Span)
		p.write("}")
	}
}

// posedChecks are the requests of checks.
func posedChecks(checks []Check) []posed {
	var list []posed
	for _, c := range checks {
		list = append(list, expecting(c.request, c.says, c.expect))
	}
	return list
}

// asked are the scenario's own requests.
func (e *Exercise) asked() []posed {
	var list []posed
	for _, n := range e.requests {
		list = append(list, asIs(n))
	}
	return list
}

// pose puts the scenario together with other requests in the place of its own.
func (e *Exercise) pose(requests []posed) *patchwork {
	p := &patchwork{file: e.file}
	whole := e.scenario.Span
	before, after := source.Span{Start: whole.Start, End: whole.End - 1}, source.Span{Start: whole.End - 1, End: whole.End}
	own := e.scenario.Get("requests")
	if own != nil {
		before.End, after.Start = own.Span.Start+1, own.Span.End-1
	}
	p.take(before)
	if own == nil {
		p.write(`, "requests": [`)
	}
	for i, request := range requests {
		if i > 0 {
			p.write(", ")
		}
		request(p)
	}
	if own == nil {
		p.write("]")
	}
	p.take(after)
	return p
}

// evaluate decides requests with an answer's policies in the place of the
// scenario's, and answers what is wrong as it stands in the exercise's file.
func (e *Exercise) evaluate(answer Answer, requests []posed) (scenario.Result, []source.Problem) {
	p := e.pose(requests)
	s := e.checker.Decode(source.NewFile("scenario", p.text.String()), answer.Policies)
	var found []source.Problem
	for _, problem := range s.Problems {
		if problem.Severity == source.Error {
			found = append(found, e.placed(p, answer, problem))
		}
	}
	return s.Run(iam.Options{}, nil), found
}

// placed is a problem of a posed scenario, in the exercise's file.
func (e *Exercise) placed(p *patchwork, answer Answer, problem scenario.Problem) source.Problem {
	span := source.Span{Start: p.origin(problem.InFile.Offset), End: p.origin(problem.InFile.Offset + problem.End.Offset - problem.Start.Offset)}
	at := slices.IndexFunc(answer.places, func(m source.Member) bool { return m.Key == problem.Policy })
	if problem.Policy != "" && at >= 0 {
		span = source.Span{Start: problem.Start.Offset, End: problem.End.Offset}.Moved(answer.places[at].Value.Span.Start)
	}
	message := problem.Message
	if problem.Policy != "" {
		message = "in the policy `" + source.Clip(problem.Policy) + "`: " + message
	}
	return source.Problem{Code: problem.Code, Message: message, Span: span}
}
