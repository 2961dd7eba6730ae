package main

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fenceline/engine/analysis"
	"fenceline/engine/catalogue"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
)

// actionsAnswer is what `fenceline actions` prints as JSON.
type actionsAnswer struct {
	Version   int          `json:"version"`
	Principal string       `json:"principal"`
	Resource  string       `json:"resource"` // empty when it is not known
	Rows      []actionRow  `json:"rows"`
	Counts    actionCounts `json:"counts"`
}

// actionRow is one action with its decision.
type actionRow struct {
	Action     string           `json:"action"`
	Access     string           `json:"accessLevel"`
	Resource   string           `json:"resource"`
	Decision   iam.Decision     `json:"decision"`
	DecidedBy  iam.Layer        `json:"decidedBy,omitempty"`
	Statements []statementPlace `json:"statements"`
	DependsOn  []string         `json:"dependsOn"`
	Terms      []termPlace      `json:"terms"`
	Inexact    bool             `json:"inexact,omitempty"`
	Error      string           `json:"error,omitempty"`
}

// statementPlace is a statement that decides. Its line is that of the scenario
// file, where one is named, else that of the policy's own text.
type statementPlace struct {
	scenario.StatementRef
	File string `json:"file,omitempty"`
	Line int    `json:"line"`
}

// termPlace is a statement that applies where what is not known is as it says.
type termPlace struct {
	statementPlace
	At   string `json:"at,omitempty"` // the organization's level
	Text string `json:"text"`
}

// actionCounts counts the rows; NotAsked are the actions that are for other
// resources.
type actionCounts struct {
	Actions      int            `json:"actions"`
	Allowed      int            `json:"allowed"`
	Depends      int            `json:"depends"`
	ExplicitDeny int            `json:"explicitDeny"`
	ImplicitDeny int            `json:"implicitDeny"`
	RefusedBy    map[string]int `json:"refusedBy"`
	Of           int            `json:"of"`
	NotAsked     int            `json:"notAsked"`
}

func (n *actionCounts) add(class *analysis.Class) {
	n.Actions++
	switch class.Decision {
	case iam.Allowed:
		n.Allowed++
		return
	case iam.Depends:
		n.Depends++
		return
	case iam.ExplicitDeny:
		n.ExplicitDeny++
	default:
		n.ImplicitDeny++
	}
	if class.DecidedBy != iam.NoLayer {
		n.RefusedBy[class.DecidedBy.String()]++
	}
}

// answer is the rows that are wanted, and their counts.
func (in *actionsCommand) answer(s *scenario.Scenario, c *catalogue.Catalogue, x *analysis.Index, table *analysis.Table) *actionsAnswer {
	answer := &actionsAnswer{Version: 1, Principal: in.Principal, Resource: in.Resource, Rows: []actionRow{}, Counts: actionCounts{RefusedBy: map[string]int{}}}
	if in.Resource == "" && !in.AnyResource {
		answer.Resource = "*"
	}
	statements, terms := make([][]statementPlace, len(table.Classes)), make([][]termPlace, len(table.Classes))
	for i := range table.Classes {
		statements[i], terms[i] = placesOf(s, table.Classes[i].Determining), termsOf(s, table.Classes[i].Terms)
	}
	for i, at := range table.Of {
		action := &x.Actions[i]
		if prefix, _, _ := strings.Cut(action.Name, ":"); len(in.Service) > 0 && !slices.Contains(in.Service, prefix) {
			continue
		}
		if at == analysis.NotAsked {
			answer.Counts.NotAsked++
			continue
		}
		answer.Counts.Of++
		if class := &table.Classes[at]; in.shows(action.Access, class) {
			answer.Counts.add(class)
			answer.Rows = append(answer.Rows, actionRow{
				Action: action.Name, Access: action.Access.String(), Resource: class.Resource, Decision: class.Decision, DecidedBy: class.DecidedBy,
				Statements: statements[at], DependsOn: class.DependsOn, Terms: terms[at], Inexact: class.Inexact, Error: class.Error,
			})
		}
	}
	return answer
}

// placesOf finds the lines of statements.
func placesOf(s *scenario.Scenario, refs []scenario.StatementRef) []statementPlace {
	list := make([]statementPlace, len(refs))
	for i := range refs {
		list[i] = placeOf(s, &refs[i])
	}
	return list
}

func termsOf(s *scenario.Scenario, terms []analysis.Term) []termPlace {
	list := make([]termPlace, len(terms))
	for i := range terms {
		list[i] = termPlace{placeOf(s, &terms[i].StatementRef), terms[i].At, terms[i].Text}
	}
	return list
}

func placeOf(s *scenario.Scenario, ref *scenario.StatementRef) statementPlace {
	if offset, ok := s.PolicyOffset(ref.Policy); ok {
		return statementPlace{*ref, s.File().Name, s.File().Position(ref.Start.Offset + offset).Line}
	}
	return statementPlace{*ref, "", ref.Start.Line}
}

// words names the statement with its place.
func (p *statementPlace) words() string {
	name := statementName(&p.StatementRef)
	if p.File != "" {
		return name + " (" + p.File + ":" + strconv.Itoa(p.Line) + ")"
	}
	return name + " (line " + strconv.Itoa(p.Line) + ")"
}

// printActions writes rows for people, service after service.
func (c *console) printActions(answer *actionsAnswer, known *catalogue.Catalogue) {
	resource := answer.Resource
	if resource == "" {
		resource = "an unknown resource"
	}
	fmt.Fprintln(c.stdout, c.paint.strong(answer.Principal)+c.paint.faint("  on "+resource))
	for rows := answer.Rows; len(rows) > 0; {
		prefix, _, _ := strings.Cut(rows[0].Action, ":")
		end, widest := 0, 0
		for end < len(rows) && strings.HasPrefix(rows[end].Action, prefix+":") {
			widest = max(widest, len(rows[end].Action))
			end++
		}
		fmt.Fprintf(c.stdout, "\n%s %s\n", c.paint.strong(known.Service(prefix).Name), c.paint.faint("("+prefix+")"))
		for i := range rows[:end] {
			c.action(&rows[i], widest)
		}
		rows = rows[end:]
	}
	fmt.Fprintln(c.stdout)
	c.sumActions(&answer.Counts)
}

// action writes one row in columns.
func (c *console) action(row *actionRow, widest int) {
	const decided = len("implicitDeny")
	line := "  " + c.decision(row.Decision) + strings.Repeat(" ", decided-len(row.Decision.String())+2) + row.Action
	var grounds []string
	if row.DecidedBy != iam.NoLayer {
		grounds = append(grounds, "by "+row.DecidedBy.String())
	}
	for i := range row.Statements {
		grounds = append(grounds, row.Statements[i].words())
	}
	if len(row.DependsOn) > 0 {
		grounds = append(grounds, "depends on "+strings.Join(row.DependsOn, ", "))
	}
	for i := range row.Terms {
		grounds = append(grounds, row.Terms[i].words()+" where "+row.Terms[i].Text)
	}
	if row.Inexact {
		grounds = append(grounds, "not everything could be tried")
	}
	if row.Error != "" {
		grounds = append(grounds, c.paint.wrong(row.Error))
	}
	if len(grounds) > 0 {
		line += strings.Repeat(" ", widest-len(row.Action)+2) + strings.Join(grounds, "  ")
	}
	fmt.Fprintln(c.stdout, line)
}

// sumActions writes the counts.
func (c *console) sumActions(n *actionCounts) {
	shown := plural(n.Actions, "action")
	if n.Actions < n.Of {
		shown += " of " + strconv.Itoa(n.Of)
	}
	fmt.Fprintf(c.stdout, "%s: %d allowed, %d depending, %d explicitly denied, %d implicitly denied\n", shown, n.Allowed, n.Depends, n.ExplicitDeny, n.ImplicitDeny)
	var refused []string
	for _, layer := range append([]iam.Layer{iam.Service}, iam.PolicyLayers()...) {
		if count := n.RefusedBy[layer.String()]; count > 0 {
			refused = append(refused, strconv.Itoa(count)+" by "+layer.String())
		}
	}
	if len(refused) > 0 {
		fmt.Fprintln(c.stdout, "denied: "+strings.Join(refused, ", "))
	}
	if n.NotAsked > 0 {
		fmt.Fprintf(c.stdout, "%s not asked: not for this resource\n", plural(n.NotAsked, "action"))
	}
}

// actionsCSV writes rows in the columns that the page writes.
func (c *console) actionsCSV(answer *actionsAnswer) {
	out := csv.NewWriter(c.stdout)
	out.UseCRLF = true
	write := func(cells ...string) {
		for i := range cells {
			cells[i] = csvCell(cells[i])
		}
		_ = out.Write(cells) // what standard output refuses is nobody's to mend
	}
	write("action", "accessLevel", "resource", "answer", "decision", "decidedBy", "statements", "dependsOn", "terms")
	for i := range answer.Rows {
		row := &answer.Rows[i]
		resource, decision := row.Resource, row.Decision.String()
		if resource == "" {
			resource = "unknown"
		}
		if row.Error != "" {
			decision = ""
		}
		write(row.Action, row.Access, resource, answerOf(row), decision, row.DecidedBy.String(), row.names(), strings.Join(row.DependsOn, " "), row.terms())
	}
	out.Flush()
}

// csvCell keeps a spreadsheet from taking a cell for a formula.
func csvCell(text string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " \t\r\n"))
	if strings.ContainsRune("=+-@＝＋－＠", first) || strings.HasPrefix(text, "\t") || strings.HasPrefix(text, "\r") {
		return "'" + text
	}
	return text
}

// answerOf is how an action comes out, whatever is not known.
func answerOf(row *actionRow) string {
	switch row.Decision {
	case iam.Allowed:
		return "always"
	case iam.Depends:
		return "depends"
	}
	return "never"
}

func (row *actionRow) names() string {
	var names []string
	for i := range row.Statements {
		names = append(names, statementName(&row.Statements[i].StatementRef))
	}
	return strings.Join(names, " ")
}

func (row *actionRow) terms() string {
	var terms []string
	for i := range row.Terms {
		terms = append(terms, statementName(&row.Terms[i].StatementRef)+" where "+strings.ReplaceAll(row.Terms[i].Text, "`", ""))
	}
	return strings.Join(terms, "; ")
}
