package change

import (
	"strings"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// statement is a statement as the request met it, in the text where it stands.
type statement struct {
	*eval.StatementTrace
	layer  *eval.LayerTrace
	policy *eval.Attached
	node   *source.Node // nil for a built-in policy, whose text can't be edited
	list   *source.Node // of all statements, nil when it stands alone
	text   *text
}

// statements lists those of every layer, in the trace's order.
func (f *finder) statements() []*statement {
	if f.met != nil {
		return f.met
	}
	f.met = []*statement{}
	for i := range f.now.Trace.Layers {
		layer := &f.now.Trace.Layers[i]
		for j := range layer.Policies {
			p := &layer.Policies[j]
			text, node := f.policyText(p.Attached.Name)
			for k := range p.Statements {
				s := &statement{StatementTrace: &p.Statements[k], layer: layer, policy: p.Attached, text: text}
				s.node, s.list = statementNode(node, s.Statement.Index)
				f.met = append(f.met, s)
			}
		}
	}
	return f.met
}

// policyText is a policy's text with its tree; both are nil for a built-in one.
func (f *finder) policyText(name string) (*text, *source.Node) {
	root := f.scenario.PolicyTree(name)
	if root == nil || name == "" {
		return nil, nil
	}
	t := newText(name, f.scenario.PolicyFile(name), root)
	if f.scenario.IsInCall(name) { // it is edited where the call has it
		t.policy, t.whole = "", f.scenario.File()
		t.offset, _ = f.scenario.PolicyOffset(name)
	}
	return t, root
}

// statementNode finds a statement in its document; the list is nil when it
// stands in none.
func statementNode(root *source.Node, index int) (node, list *source.Node) {
	statements := root.Get("Statement")
	switch {
	case statements == nil:
		return nil, nil
	case statements.Kind == source.Array:
		return statements.Items[index], statements
	}
	return statements, nil
}

// name is how people are told of a statement: "`Sid` in `Policy`".
func (s *statement) name() string { return s.place() + " in `" + s.policy.Name + "`" }

func (s *statement) place() string {
	if s.Statement.Sid != "" {
		return "`" + s.Statement.Sid + "`"
	}
	return "statement " + number(s.Statement.Index+1)
}

// shared says whether the policy is not the caller's or the resource's own.
func (s *statement) shared() bool { return shared(s.layer.Layer, s.policy) }

func shared(layer iam.Layer, p *eval.Attached) bool {
	switch layer {
	case iam.ServiceControlPolicy, iam.ResourceControlPolicy, iam.VPCEndpointPolicy:
		return true
	}
	return p.Via != ""
}

// failures counts what keeps a statement from matching: elements, and conditions.
func (s *statement) failures() (elements, conditions int) {
	for _, outcome := range []iam.Outcome{s.Action, s.Principal, s.Resource} {
		if outcome == iam.NoMatch || outcome == iam.Unknown {
			elements++
		}
	}
	for i := range s.Conditions {
		if s.Conditions[i].Outcome != iam.Match {
			conditions++
		}
	}
	return elements, conditions
}

// match proposes what makes a statement match, when one element or nothing but
// conditions stand against it.
func (f *finder) match(s *statement, want wanted) []part {
	elements, conditions := s.failures()
	switch {
	case elements == 0:
		return append(f.satisfy(s, want), f.admit(s, conditions)...)
	case elements > 1 || conditions > 0 || s.node == nil:
		return nil
	case s.Action == iam.NoMatch:
		return f.cover(s, Action, &s.Statement.Action, f.now.Request.Action)
	case s.Principal == iam.NoMatch:
		return f.name(s)
	case s.Resource == iam.NoMatch:
		return f.cover(s, Resource, s.Statement.Resource, f.now.Request.Resource)
	}
	return nil
}

// cover makes Action or Resource cover a value: by adding it, or taking it out
// of the Not form.
func (f *finder) cover(s *statement, kind Kind, element *policy.Element, value string) []part {
	node := s.node.Get(elementName(kind, element))
	cause := "the `" + elementName(kind, element) + "` of " + s.name() + " does not cover `" + value + "`"
	if element.Not {
		return s.takeOut(kind, element, value, cause)
	}
	if !plain(value) {
		return nil
	}
	return []part{{
		kind: kind, reach: ofEntries, cause: cause, wide: s.shared() || f.widens(s, kind),
		title: "Add `" + value + "` to the " + plural(kind) + " of " + s.name(),
		edits: s.text.addItem(node, value),
	}}
}

// widens says whether an entry of this kind would do more than its value says,
// as the statement's other element has a star in the entry that matches.
func (f *finder) widens(s *statement, kind Kind) bool {
	other, entry, exact := s.Statement.Resource, s.ResourceEntry, f.now.Request.Resource
	if kind == Resource {
		other, entry, exact = &s.Statement.Action, s.ActionEntry, f.now.Request.Action
	}
	switch {
	case other == nil || exact == "*":
		return false
	case entry < 0:
		return true // a Not form
	}
	return strings.HasSuffix(other.Values[entry].Value, ":*") || other.Values[entry].Value == "*"
}

// takeOut takes the entries out that match a value, if they are equal to it and
// others remain.
func (s *statement) takeOut(kind Kind, element *policy.Element, value, cause string) []part {
	for i := range element.Values {
		if entry := &element.Values[i]; strings.EqualFold(entry.Value, value) && len(element.Values) > 1 {
			return []part{s.without(kind, element, i, cause)}
		}
	}
	return nil
}

// without is a part that takes entry i out of Action or Resource.
func (s *statement) without(kind Kind, element *policy.Element, i int, cause string) part {
	name := elementName(kind, element)
	of := "the " + plural(kind)
	if element.Not {
		of = "the `" + name + "`"
	}
	return part{
		kind: kind, reach: s.lessReach(), cause: cause, wide: s.shared(),
		title: "Take `" + element.Values[i].Value + "` out of " + of + " of " + s.name(),
		edits: s.text.removeItem(s.node.Get(name), i),
	}
}

// lessReach is that of a statement which covers less: a Deny gives way last.
func (s *statement) lessReach() reach {
	if s.Statement.Effect == iam.Deny {
		return ofDenies
	}
	return ofEntries
}

// unmatch proposes what keeps a statement from matching.
func (f *finder) unmatch(s *statement, want wanted) []part {
	parts := f.violate(s, want)
	if s.node == nil {
		return parts
	}
	cause := s.cause()
	parts = append(parts, f.refuse(s)...)
	parts = append(parts, f.uncover(s, Action, &s.Statement.Action, s.ActionEntry, f.now.Request.Action, cause)...)
	if s.Statement.Resource != nil && !f.now.Request.ResourceUnknown {
		parts = append(parts, f.uncover(s, Resource, s.Statement.Resource, s.ResourceEntry, f.now.Request.Resource, cause)...)
	}
	parts = append(parts, s.unname(cause)...)
	if s.list != nil && len(s.list.Items) > 1 {
		parts = append(parts, part{
			kind: Statement, reach: max(s.lessReach(), ofStatements), cause: cause, wide: true,
			title: "Remove " + s.place() + " from `" + s.policy.Name + "`",
			edits: s.text.removeItem(s.list, s.Statement.Index),
		})
	}
	return parts
}

// cause says what a matching statement does.
func (s *statement) cause() string {
	if s.Statement.Effect == iam.Deny {
		return s.name() + " denies the request, and nothing overrides an explicit deny"
	}
	return s.name() + " allows the request"
}

// uncover makes Action or Resource cover a value no more: by taking the entry
// out that does, by adding the value to the Not form, or, where everything is
// denied, by excepting it.
func (f *finder) uncover(s *statement, kind Kind, element *policy.Element, entry int, value, cause string) []part {
	name := elementName(kind, element)
	switch {
	case element.Not && plain(value):
		return []part{{
			kind: kind, reach: s.lessReach(), cause: cause, wide: s.shared(),
			title: "Add `" + value + "` to the `" + name + "` of " + s.name(),
			edits: s.text.addItem(s.node.Get(name), value),
		}}
	case element.Not || entry < 0:
		return nil
	case len(element.Values) > 1:
		return []part{s.without(kind, element, entry, cause)}
	case kind == Resource && s.Statement.Effect == iam.Deny && element.Values[0].Value == "*" && plain(value):
		member := s.text.member(s.node, "Resource")
		return []part{{
			kind: Resource, reach: ofDenies, cause: cause, wide: s.shared(),
			title: "Except `" + value + "` from the resources of " + s.name(),
			edits: s.text.replace(source.Span{Start: member.KeySpan.Start, End: member.Value.Span.End}, `"NotResource"`+s.text.colon+source.Quote(value)),
		}}
	}
	return nil
}

// elementName is "Action" or "Resource", or its Not form.
func elementName(kind Kind, element *policy.Element) string {
	name := "Action"
	if kind == Resource {
		name = "Resource"
	}
	if element.Not {
		return "Not" + name
	}
	return name
}

// plain says whether a value means itself alone, as an entry of a policy:
// wildcards are never offered.
func plain(value string) bool { return value != "" && !strings.ContainsAny(value, "*?$") }
