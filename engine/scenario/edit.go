package scenario

import (
	"slices"
	"strings"

	"fenceline/engine/order"
	"fenceline/engine/source"
)

// TextEdit is an edit of one of a scenario's texts. Policy names the policy
// whose text it is, by which the places count; it is empty for the scenario's
// own text.
type TextEdit struct {
	Policy string `json:"policy,omitempty"`
	Edit
}

// Edited is the scenario with its texts changed and with more policies. What
// did not change is not read again. Edits of one text must lie apart, each
// naming a text that the scenario has; their places are those in the texts
// before any of them.
func (s *Scenario) Edited(edits []TextEdit, added []NamedText) *Scenario {
	file := s.file
	if text := edited(file.Text, "", edits); text != file.Text {
		file = source.NewFile(file.Name, text)
	}
	var texts []NamedText
	for _, p := range s.policies {
		if text := edited(p.file.Text, p.name, edits); p.apart || text != p.file.Text {
			texts = append(texts, NamedText{p.name, text})
		}
	}
	return decode(file, append(texts, added...), s.without, s)
}

// edited applies those edits that are of the named policy's text.
func edited(text, policy string, edits []TextEdit) string {
	own := slices.DeleteFunc(slices.Clone(edits), func(e TextEdit) bool { return e.Policy != policy })
	if len(own) == 0 {
		return text
	}
	order.By(own, func(a, b TextEdit) int { return a.Start.Offset - b.Start.Offset })
	var out strings.Builder
	at := 0
	for _, e := range own {
		out.WriteString(text[at:e.Start.Offset])
		out.WriteString(e.Text)
		at = e.End.Offset
	}
	out.WriteString(text[at:])
	return out.String()
}
