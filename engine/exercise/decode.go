package exercise

import (
	"slices"
	"strconv"
	"strings"

	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// decoder fills in an exercise from a tree that its schema accepted, and finds
// what the schema can't say.
type decoder struct {
	*Exercise
	report source.Report
}

func (d *decoder) exercise(root *source.Node) {
	d.Kind, d.Title, d.Lesson = text(root, "kind"), text(root, "title"), text(root, "lesson")
	d.Goal, d.Locked, d.Why, d.Learned = text(root, "goal"), text(root, "locked"), text(root, "why"), text(root, "learned")
	d.scenario = root.Get("scenario")
	d.requests = items(d.scenario, "requests")
	d.Editable, d.Hints = texts(root, "editable"), texts(root, "hints")
	d.Checks = d.checks(items(root, "checks"))
	if n := root.Get("attack"); n != nil {
		d.Attack = Attempted{
			Allowed: texts(n, "allowed"), Says: text(n, "says"), wants: n.Get("wants"), fixed: n.Get("fixed"),
			Action: text(n.Get("target"), "action"), Resource: text(n.Get("target"), "resource"),
			Then: d.checks(items(n, "then")),
		}
	}
	if n := root.Get("solution"); n != nil {
		d.Solution = d.answer(n)
	}
	for _, n := range items(root, "wrong") {
		d.wrong(n)
	}
}

func (d *decoder) checks(list []*source.Node) []Check {
	var checks []Check
	for _, n := range list {
		checks = append(checks, Check{
			Says: text(n, "says"), Failed: text(n, "failed"), Hidden: text(n, "hidden") == "true",
			says: n.Get("says"), request: n.Get("request"), expect: n.Get("expect"), text: d.file.Slice(n.Get("request").Span),
		})
	}
	return checks
}

func (d *decoder) answer(n *source.Node) Answer {
	a := Answer{node: n, request: n.Get("request")}
	if a.request != nil {
		a.Request = d.file.Slice(a.request.Span)
	}
	if policies := n.Get("policies"); policies != nil {
		a.places = policies.Members
	}
	for _, m := range a.places {
		a.Policies = append(a.Policies, scenario.NamedText{Name: m.Key, Text: d.file.Slice(m.Value.Span)})
	}
	return a
}

func (d *decoder) wrong(n *source.Node) {
	w := Wrong{Answer: d.answer(n), Says: text(n, "says"), Feedback: text(n, "feedback"), Fails: texts(n, "fails"), fails: n.Get("fails")}
	for _, one := range items(n, "answers") {
		w.Choices = append(w.Choices, Choice{
			Request: number(one, "request"), Decision: text(one, "decision"), DecidedBy: text(one, "decidedBy"),
			Policy: text(one, "policy"), Index: number(one, "index"), node: one,
		})
	}
	d.Wrong = append(d.Wrong, w)
}

// own are the members that a kind has and the others have not.
var own = map[string][]string{
	Predict: {}, Spot: {},
	Repair: {"editable", "checks", "solution"}, Write: {"editable", "checks", "solution"},
	Attack: {"attack", "solution"},
}

// own holds the exercise to the members of its kind.
func (d *decoder) own(root *source.Node) {
	for _, member := range []string{"editable", "checks", "attack", "solution"} {
		wanted := slices.Contains(own[d.Kind], member)
		n := root.Get(member)
		switch {
		case wanted && n == nil:
			d.missing(root, member, "`"+d.Kind+"` has one")
		case !wanted && n != nil && len(n.Members) > 0:
			d.foreign(n, member)
		case !wanted && n != nil && n.Kind == source.Array:
			d.foreign(n, member)
		}
	}
	d.wantsText(root, "title", "goal", "why", "learned")
	d.answers(root)
	if len(d.Hints) < 3 {
		d.report.Error("missingHint", root.Get("hints").Span, "there are three hints: where to look, which rule it is about, nearly the answer; this has "+strconv.Itoa(len(d.Hints)))
	}
	if len(d.Wrong) < 2 {
		d.report.Error("missingWrong", root.Get("wrong").Span, "at least two wrong answers have their own feedback; this has "+strconv.Itoa(len(d.Wrong)))
	}
}

func (d *decoder) wantsText(n *source.Node, names ...string) {
	for _, name := range names {
		if value := n.Get(name); value != nil && strings.TrimSpace(value.Text) == "" {
			d.report.Error("emptyValue", value.Span, "`"+name+"` is empty; write a text for the learner")
		}
	}
}

func (d *decoder) missing(n *source.Node, member, why string) {
	d.report.Error("missingMember", opening(n), "`"+member+"` is missing; an exercise of the kind "+why)
}

func (d *decoder) foreign(n *source.Node, member string) {
	d.report.Error("notForThisKind", n.Span, "an exercise of the kind `"+d.Kind+"` has no `"+member+"`; remove it")
}

// answers holds the solution and the wrong answers to what the kind is answered with.
func (d *decoder) answers(root *source.Node) {
	form := map[string]string{Repair: "policies", Write: "policies", Attack: "request", Predict: "answers", Spot: "answers"}[d.Kind]
	if n := root.Get("solution"); n != nil && form != "answers" {
		d.form(n, form, "policies", "request")
	}
	for _, n := range items(root, "wrong") {
		d.form(n, form, "policies", "request", "answers")
		d.wantsText(n, "says", "feedback")
		if fails := n.Get("fails"); fails != nil && !d.edits() {
			d.foreign(fails, "fails")
		} else if fails == nil && d.edits() {
			d.missing(n, "fails", "`"+d.Kind+"` says which checks a wrong answer fails")
		}
	}
}

// form holds an answer to one of the ways to write one.
func (d *decoder) form(n *source.Node, wanted string, ways ...string) {
	for _, way := range ways {
		value := n.Get(way)
		switch {
		case way == wanted && value == nil:
			d.missing(n, way, "`"+d.Kind+"` is answered with them")
		case way == wanted && len(value.Members)+len(value.Items) == 0:
			d.report.Error("emptyValue", value.Span, "`"+way+"` is empty; write the answer")
		case way != wanted && value != nil:
			d.foreign(value, way)
		}
	}
}

// text is a scalar member as text; empty when absent.
func text(n *source.Node, member string) string {
	if value := n.Get(member); value != nil {
		return value.Text
	}
	return ""
}

// number is a member that counts from 0; absent, it is -1.
func number(n *source.Node, member string) int {
	value, err := strconv.Atoi(text(n, member))
	if err != nil {
		return -1
	}
	return value
}

func items(n *source.Node, member string) []*source.Node {
	if value := n.Get(member); value != nil {
		return value.Items
	}
	return nil
}

func texts(n *source.Node, member string) []string {
	var list []string
	for _, item := range items(n, member) {
		list = append(list, item.Text)
	}
	return list
}

// opening is the place of an object's opening brace.
func opening(n *source.Node) source.Span {
	return source.Span{Start: n.Span.Start, End: n.Span.Start + 1}
}
