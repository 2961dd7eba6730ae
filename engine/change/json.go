package change

import (
	"strconv"
	"strings"

	"fenceline/engine/source"
)

// jsonText is a string as a tree.
func jsonText(value string) *source.Node { return &source.Node{Kind: source.String, Text: value} }

// jsonTexts is a list of strings.
func jsonTexts(values ...string) *source.Node {
	n := &source.Node{Kind: source.Array}
	for _, value := range values {
		n.Items = append(n.Items, jsonText(value))
	}
	return n
}

// jsonObject is an object of members.
func jsonObject(members ...source.Member) *source.Node {
	return &source.Node{Kind: source.Object, Members: members}
}

func member(key string, value *source.Node) source.Member {
	return source.Member{Key: key, Value: value}
}

func textMember(key, value string) source.Member { return member(key, jsonText(value)) }

// write writes a tree, a tall one with its children on lines of their own;
// indent is that of the line where it begins.
func (t *text) write(n *source.Node, indent string, tall bool) string {
	switch n.Kind {
	case source.String:
		return source.Quote(n.Text)
	case source.Array, source.Object:
		return t.writeChildren(n, indent, tall)
	}
	return n.Text
}

func (t *text) writeChildren(n *source.Node, indent string, tall bool) string {
	open, end := "[", "]"
	inner := indent
	if tall {
		inner += t.unit
	}
	var children []string
	for _, item := range n.Items {
		children = append(children, t.write(item, inner, tall))
	}
	for i := range n.Members {
		m := &n.Members[i]
		children = append(children, source.Quote(m.Key)+t.colon+t.write(m.Value, inner, tall))
	}
	space := strings.TrimPrefix(t.colon, ":")
	if n.Kind == source.Object {
		open, end = "{"+space, space+"}"
	}
	switch {
	case len(children) == 0:
		return strings.TrimSpace(open) + strings.TrimSpace(end)
	case tall:
		line := t.newline + inner
		return strings.TrimSpace(open) + line + strings.Join(children, ","+line) + t.newline + indent + strings.TrimSpace(end)
	}
	return open + strings.Join(children, ","+space) + end
}

func number(n int) string { return strconv.Itoa(n) }
