package call

import (
	"strings"

	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// formatting is a call that lays a JSON text out afresh.
type formatting struct {
	named
	Text string `json:"text"`
}

// formatted answers it. A text that is no JSON stays as it is.
type formatted struct {
	Text      string `json:"text"`
	Formatted bool   `json:"formatted"`
}

// formatText puts every member and every entry on a line of its own. What the
// text says stays as it is written: order, repeated names, numbers and escapes.
func formatText(in formatting) formatted {
	file := source.NewFile("text", in.Text)
	root, problems := source.Parse(file, scenario.MaxBytes)
	for _, p := range problems {
		if p.Code != source.DuplicateKey {
			return formatted{Text: in.Text} // no JSON as it stands
		}
	}
	if root == nil {
		return formatted{Text: in.Text}
	}
	var out strings.Builder
	layOut(&out, file, root, "\n")
	return formatted{out.String(), true}
}

// layOut writes a value; the line that it begins on is indented already.
func layOut(out *strings.Builder, file *source.File, n *source.Node, line string) {
	switch {
	case len(n.Members) > 0:
		out.WriteByte('{')
		for i := range n.Members {
			m := &n.Members[i]
			next(out, i, line)
			out.WriteString(file.Slice(m.KeySpan))
			out.WriteString(": ")
			layOut(out, file, m.Value, line+"  ")
		}
		out.WriteString(line + "}")
	case len(n.Items) > 0:
		out.WriteByte('[')
		for i, item := range n.Items {
			next(out, i, line)
			layOut(out, file, item, line+"  ")
		}
		out.WriteString(line + "]")
	case n.Kind == source.Object:
		out.WriteString("{}")
	case n.Kind == source.Array:
		out.WriteString("[]")
	default:
		out.WriteString(file.Slice(n.Span))
	}
}

// next begins the line of a member or an entry.
func next(out *strings.Builder, i int, line string) {
	if i > 0 {
		out.WriteByte(',')
	}
	out.WriteString(line + "  ")
}
