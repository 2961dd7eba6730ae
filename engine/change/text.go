package change

import (
	"strings"

	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// text makes edits of one text that look like the rest of it.
type text struct {
	policy  string // whose text it is, empty for the scenario's own
	file    *source.File
	colon   string // between a name and its value
	newline string
	unit    string // of indentation
	tall    bool   // lists stand on several lines
	// whole is the text in which the file's own stands at an offset, nil for one
	// that stands by itself.
	whole  *source.File
	offset int
}

func newText(policy string, file *source.File, root *source.Node) *text {
	t := &text{policy: policy, file: file, colon: ": ", newline: "\n", unit: "  "}
	if strings.Contains(file.Text, "\r\n") {
		t.newline = "\r\n"
	}
	if len(root.Members) > 0 {
		first := &root.Members[0]
		if between := file.Text[first.KeySpan.End:first.Value.Span.Start]; between == ":" {
			t.colon = between
		}
		outer, inner := t.indent(root.Span.End-1), t.indent(first.KeySpan.Start)
		if more, ok := strings.CutPrefix(inner, outer); ok && more != "" {
			t.unit = more
		}
	}
	t.tall = t.hasTallList(root)
	return t
}

// hasTallList says whether the first list of several texts stands on several
// lines.
func (t *text) hasTallList(n *source.Node) bool {
	var first *source.Node
	var walk func(n *source.Node)
	walk = func(n *source.Node) {
		if first == nil && len(n.Items) > 1 && n.Items[0].Kind == source.String {
			first = n
		}
		for _, item := range n.Items {
			walk(item)
		}
		for i := range n.Members {
			walk(n.Members[i].Value)
		}
	}
	walk(n)
	return first != nil && t.isTall(first)
}

// isTall says whether a value stands on several lines.
func (t *text) isTall(n *source.Node) bool { return strings.Contains(t.file.Slice(n.Span), "\n") }

// indent is the white space that begins the line of an offset.
func (t *text) indent(offset int) string {
	line := t.file.Text[strings.LastIndexByte(t.file.Text[:offset], '\n')+1:]
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// replace puts a text in place of a span.
func (t *text) replace(span source.Span, with string) []scenario.TextEdit {
	file := t.file
	if t.whole != nil {
		file, span = t.whole, span.Moved(t.offset)
	}
	return []scenario.TextEdit{{Policy: t.policy, Edit: scenario.Edit{Start: file.Position(span.Start), End: file.Position(span.End), Text: with}}}
}

func (t *text) insert(at int, what string) []scenario.TextEdit {
	return t.replace(source.Span{Start: at, End: at}, what)
}

// children are the places of a list's items or an object's members.
func children(n *source.Node) []source.Span {
	var spans []source.Span
	for _, item := range n.Items {
		spans = append(spans, item.Span)
	}
	for i := range n.Members {
		spans = append(spans, source.Span{Start: n.Members[i].KeySpan.Start, End: n.Members[i].Value.Span.End})
	}
	return spans
}

// separator is what stands between the children of a list or object.
func (t *text) separator(n *source.Node, spans []source.Span) string {
	if last := len(spans) - 1; last > 0 {
		return t.file.Text[spans[last-1].End:spans[last].Start]
	}
	lead := t.file.Text[n.Span.Start+1 : spans[0].Start]
	if strings.Contains(lead, "\n") {
		return "," + lead
	}
	return "," + strings.TrimPrefix(t.colon, ":")
}

// addItem adds a string to a list, or makes a list of it and the string that
// stood alone.
func (t *text) addItem(list *source.Node, value string) []scenario.TextEdit {
	if list.Kind == source.Array {
		return t.addNode(list, jsonText(value))
	}
	both := &source.Node{Kind: source.Array, Items: []*source.Node{list, jsonText(value)}}
	return t.replace(list.Span, t.write(both, t.indent(list.Span.Start), t.tall))
}

// addNode adds a value to a list.
func (t *text) addNode(list *source.Node, value *source.Node) []scenario.TextEdit {
	spans := children(list)
	if len(spans) == 0 {
		whole := &source.Node{Kind: source.Array, Items: []*source.Node{value}}
		return t.replace(list.Span, t.write(whole, t.indent(list.Span.Start), value.Kind == source.Object))
	}
	last := spans[len(spans)-1]
	tall := value.Kind == source.Object && t.isTall(list.Items[len(list.Items)-1])
	return t.insert(last.End, t.separator(list, spans)+t.write(value, t.indent(last.Start), tall))
}

// addMember adds a member at an object's end.
func (t *text) addMember(object *source.Node, key string, value *source.Node) []scenario.TextEdit {
	return t.addMembers(object, []source.Member{member(key, value)})
}

// addMembers adds members at an object's end.
func (t *text) addMembers(object *source.Node, members []source.Member) []scenario.TextEdit {
	spans := children(object)
	if len(spans) == 0 {
		whole := &source.Node{Kind: source.Object, Members: members}
		return t.replace(object.Span, t.write(whole, t.indent(object.Span.Start), false))
	}
	return t.addAfter(object, len(spans)-1, members)
}

// addAfter adds members behind the one with that index.
func (t *text) addAfter(object *source.Node, index int, members []source.Member) []scenario.TextEdit {
	spans := children(object)
	separator := t.separator(object, spans)
	var out strings.Builder
	for i := range members {
		out.WriteString(separator + source.Quote(members[i].Key) + t.colon + t.write(members[i].Value, t.indent(spans[index].Start), false))
	}
	return t.insert(spans[index].End, out.String())
}

// removeItem takes a child out of a list, with the comma and the white space
// that it leaves behind.
func (t *text) removeItem(list *source.Node, index int) []scenario.TextEdit {
	return t.removeChild(list, children(list), index)
}

// removeMember takes a member out of an object.
func (t *text) removeMember(object *source.Node, key string) []scenario.TextEdit {
	for i := range object.Members {
		if object.Members[i].Key == key {
			return t.removeChild(object, children(object), i)
		}
	}
	return nil
}

func (t *text) removeChild(n *source.Node, spans []source.Span, index int) []scenario.TextEdit {
	switch {
	case len(spans) == 1:
		return t.replace(source.Span{Start: n.Span.Start + 1, End: n.Span.End - 1}, "")
	case index == 0:
		return t.replace(source.Span{Start: spans[0].Start, End: spans[1].Start}, "")
	}
	return t.replace(source.Span{Start: spans[index-1].End, End: spans[index].End}, "")
}

// member finds a member of an object that has it.
func (t *text) member(object *source.Node, key string) *source.Member {
	for i := range object.Members {
		if object.Members[i].Key == key {
			return &object.Members[i]
		}
	}
	return nil
}
