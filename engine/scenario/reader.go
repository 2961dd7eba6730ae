package scenario

import (
	"slices"
	"strings"

	"fenceline/engine/source"
)

// reader takes a scenario's tree apart and collects what is wrong with it.
type reader struct{ report source.Report }

// object holds a value to being an object that has no other members than the
// known ones.
func (r *reader) object(n *source.Node, what string, known ...string) bool {
	if n == nil {
		return false
	}
	if n.Kind != source.Object {
		r.report.Error(codeWrongType, n.Span, what+" is an object, not "+n.Kind.String())
		return false
	}
	for i := range n.Members {
		if key := n.Members[i].Key; !slices.Contains(known, key) {
			r.report.Error(codeUnknownMember, n.Members[i].KeySpan, "unknown member `"+source.Clip(key)+"`"+unknownHint(key, known)).Fixes = rename(n, &n.Members[i], known)
		}
	}
	return true
}

// rename offers the nearest known name for a member, unless it is taken.
func rename(n *source.Node, m *source.Member, known []string) []source.Fix {
	near := source.Nearest(m.Key, known)
	if near == "" || n.Get(near) != nil {
		return nil
	}
	var p source.Problem
	return p.Write(m.KeySpan, near).Fixes
}

// remove adds the fix that takes out a member.
func remove(p *source.Problem, n *source.Node, member string) {
	for i := range n.Members {
		if n.Members[i].Key == member {
			p.Fix("Remove `"+member+"`", n.Remove(&n.Members[i]))
			return
		}
	}
}

func unknownHint(key string, known []string) string {
	if near := source.DidYouMean(key, known); near != "" {
		return near
	}
	return "; there are `" + strings.Join(known, "`, `") + "`"
}

// text reads a string member; it is empty when absent.
func (r *reader) text(n *source.Node, member string) string {
	value := n.Get(member)
	if value == nil {
		return ""
	}
	if value.Kind != source.String {
		r.report.Error(codeWrongType, value.Span, "`"+member+"` is a string, not "+value.Kind.String())
		return ""
	}
	return value.Text
}

// required is text for a member that must be there and not empty.
func (r *reader) required(n *source.Node, member, example string) string {
	value := n.Get(member)
	if value == nil {
		r.report.Error(codeMissingMember, source.Span{Start: n.Span.Start, End: n.Span.Start + 1}, "`"+member+"` is missing; write `\""+member+"\": "+example+"`")
		return ""
	}
	text := r.text(n, member)
	if text == "" && value.Kind == source.String {
		r.report.Error(codeEmptyValue, value.Span, "`"+member+"` is empty; write "+example)
	}
	return text
}

// items reads a list member; it is nil when absent.
func (r *reader) items(n *source.Node, member string) []*source.Node {
	value := n.Get(member)
	if value == nil {
		return nil
	}
	if value.Kind != source.Array {
		r.report.Error(codeWrongType, value.Span, "`"+member+"` is a list, not "+value.Kind.String())
		return nil
	}
	return value.Items
}

// texts reads a list of strings, as nodes.
func (r *reader) texts(n *source.Node, member string) []*source.Node {
	var list []*source.Node
	for _, item := range r.items(n, member) {
		if item.Kind != source.String {
			r.report.Error(codeWrongType, item.Span, "`"+member+"` is a list of strings; this is "+item.Kind.String())
			continue
		}
		list = append(list, item)
	}
	return list
}
