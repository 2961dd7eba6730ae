package main

import (
	"fmt"
	"strconv"
	"strings"

	"fenceline/engine/change"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// tally counts requests over all files.
type tally struct{ requests, expected, met int }

// add counts a result and says whether every expectation is met.
func (t *tally) add(result *scenario.Result) bool {
	all := true
	for i := range result.Results {
		t.requests++
		if met := result.Results[i].Met; met != nil {
			t.expected++
			if *met {
				t.met++
			} else {
				all = false
			}
		}
	}
	return all
}

func (c *console) sum(t *tally) {
	fmt.Fprintf(c.stdout, "%s, %d of %d as expected\n", plural(t.requests, "request"), t.met, t.expected)
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// print writes a scenario's decisions for people.
func (c *console) print(name string, s *scenario.Scenario, result *scenario.Result, options iam.Options) {
	title := name
	if s.Title != "" {
		title += "  " + s.Title
	}
	fmt.Fprintln(c.stdout, c.paint.strong(title))
	for i := range result.Results {
		c.request(name, s, &result.Results[i])
		if c.changes && worthChanging(&result.Results[i]) {
			c.nearest(change.Find(s, i, options))
		}
	}
	fmt.Fprintln(c.stdout)
}

func (c *console) request(name string, s *scenario.Scenario, r *scenario.RequestResult) {
	line := "\n  " + c.decision(r.Decision)
	if r.DecidedBy != iam.NoLayer {
		line += " by " + r.DecidedBy.String()
	}
	if r.Name != "" {
		line += "  " + r.Name
	}
	fmt.Fprintln(c.stdout, line)
	if r.Met != nil && !*r.Met {
		fmt.Fprintln(c.stdout, "    "+c.paint.wrong("not as expected: "+fmt.Sprint(r.Expected)))
	}
	resource := r.Resource
	if resource == "" {
		resource = "an unknown resource"
	}
	fmt.Fprintln(c.stdout, c.paint.faint("    "+r.Principal+"  "+r.Action+"  "+resource))
	c.indented(r.Explanation, r.Message, r.Error)
	c.call(r.Call)
	for _, place := range places(r) {
		c.excerpt(name, s, &place)
	}
	if len(r.MissingContextKeys) > 0 {
		c.indented("could change with: " + strings.Join(r.MissingContextKeys, ", "))
	}
	for _, note := range r.Notes {
		c.indented("note: " + note)
	}
	if len(r.Rules) > 0 {
		fmt.Fprintln(c.stdout, c.paint.faint("    rules: "+strings.Join(r.Rules, " ")))
	}
}

// call prints what became of a call: what it changed or AWS's error, and what
// else it needed.
func (c *console) call(call *scenario.CallResult) {
	if call == nil {
		return
	}
	for i := range call.Needs {
		need := &call.Needs[i]
		c.indented("needs " + need.Action + " on " + need.Resource + ": " + c.decision(need.Decision))
	}
	for i := range call.Changes {
		c.indented(c.paint.strong("→") + " " + call.Changes[i].Text)
	}
	if call.Error != nil {
		c.indented(c.paint.wrong("the call fails: "+call.Error.Code) + "  " + call.Error.Message)
	}
}

func (c *console) indented(lines ...string) {
	for _, line := range lines {
		if line != "" {
			fmt.Fprintln(c.stdout, "    "+line)
		}
	}
}

func (c *console) decision(d iam.Decision) string {
	switch d {
	case iam.Allowed:
		return c.paint.allow("✔ allowed")
	case iam.Depends:
		return c.paint.depends("? depends")
	}
	return c.paint.deny("✖ " + d.String())
}

// spot is a place in a policy that an excerpt shows, with what to say of it.
type spot struct {
	policy     string
	start, end source.Position
	label      string
}

// places are what settled a decision: the entries by which determining
// statements matched, or the elements that failed in the nearest ones.
func places(r *scenario.RequestResult) []spot {
	var list []spot
	for i := range r.Determining {
		ref := &r.Determining[i]
		s := spot{ref.Policy, ref.Start, ref.End, statementName(ref) + " matches"}
		if action := matchedAction(r, ref); action != nil {
			s.start, s.end = action.Start, action.End
			s.label = ref.Effect.String() + ": " + statementName(ref) + " matches"
		}
		list = append(list, s)
	}
	for i := range r.Nearest {
		near := &r.Nearest[i]
		list = append(list, spot{near.Policy, near.FailedStart, near.FailedEnd, "nearest: " + statementName(&near.StatementRef) + ", but " + near.Reason})
	}
	return list
}

// statementName is POLICY#SID, or POLICY#INDEX where there is no Sid.
func statementName(s *scenario.StatementRef) string {
	if s.Sid != "" {
		return s.Policy + "#" + s.Sid
	}
	return s.Policy + "#" + strconv.Itoa(s.Index)
}

func matchedAction(r *scenario.RequestResult, ref *scenario.StatementRef) *scenario.ElementResult {
	for i := range r.Layers {
		if r.Layers[i].Layer != ref.Layer {
			continue
		}
		for j := range r.Layers[i].Policies {
			if policy := &r.Layers[i].Policies[j]; policy.Policy == ref.Policy {
				return &policy.Statements[ref.Index].Action
			}
		}
	}
	return nil
}

// excerpt shows a place as a compiler does: the line with a caret below.
func (c *console) excerpt(name string, s *scenario.Scenario, place *spot) {
	file := s.PolicyFile(place.policy)
	start, end := place.start, place.end
	where := place.policy
	if offset, ok := s.PolicyOffset(place.policy); ok {
		file = s.Texts()[0].File
		start, end = file.Position(start.Offset+offset), file.Position(end.Offset+offset)
		where = name
	}
	fmt.Fprintf(c.stdout, "    %s %s\n", c.paint.faint("-->"), c.paint.faint(fmt.Sprintf("%s:%d:%d", where, start.Line, start.Column)))
	c.caret(file, start, end, place.label)
}

// caret prints a line of the file and marks a span of it.
func (c *console) caret(file *source.File, start, end source.Position, label string) {
	const widest = 100
	line := []rune(file.Line(start.Line))
	from := min(start.Column, len(line))
	to := len(line)
	if end.Line == start.Line {
		to = min(end.Column, len(line))
	}
	if from > widest/2 && len(line) > widest {
		cut := from - widest/2
		line, from, to = line[cut:], from-cut, to-cut
	}
	if len(line) > widest {
		line, to = line[:widest], min(to, widest)
	}
	number := strconv.Itoa(start.Line)
	gutter := strings.Repeat(" ", len(number))
	blank := strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, string(line[:from]))
	fmt.Fprintf(c.stdout, "    %s | %s\n", c.paint.faint(number), string(line))
	fmt.Fprintf(c.stdout, "    %s | %s%s %s\n", gutter, blank, c.paint.strong(strings.Repeat("^", max(1, to-from))), label)
}

// printBroken shows the errors of a scenario that can't be run, in its file.
func (c *console) printBroken(name string, s *scenario.Scenario, problems []scenario.Problem) {
	fmt.Fprintln(c.stdout, c.paint.strong(name)+"  "+c.paint.deny("✖ not valid")+" as a scenario")
	file := s.Texts()[0].File
	for _, p := range problems {
		if p.Severity == source.Error {
			c.problem(name, file, p.InFile, file.Position(p.InFile.Offset+p.End.Offset-p.Start.Offset), &p)
		}
	}
	fmt.Fprintln(c.stdout)
}

// problem shows a problem at its place.
func (c *console) problem(name string, file *source.File, start, end source.Position, p *scenario.Problem) {
	fmt.Fprintf(c.stdout, "    %s\n", c.paint.faint(fmt.Sprintf("--> %s:%d:%d", name, start.Line, start.Column)))
	c.caret(file, start, end, p.Severity.String()+": "+p.Message)
}

// printValidation writes the findings of a policy for people.
func (c *console) printValidation(name string, file *source.File, layer iam.Layer, valid bool, problems []scenario.Problem) {
	verdict := c.paint.allow("✔ valid") + " as " + layer.Words()
	if !valid {
		verdict = c.paint.deny("✖ not valid") + " as " + layer.Words()
	}
	fmt.Fprintln(c.stdout, c.paint.strong(name)+"  "+verdict)
	for _, p := range problems {
		c.problem(name, file, p.Start, p.End, &p)
	}
}
