package source

import (
	"slices"
	"strings"

	"fenceline/engine/order"
)

// Edit puts Text in the place of a span; an empty span is a place between
// characters.
type Edit struct {
	Span
	Text string
}

// Fix is a mechanical way to be rid of a problem. Title says what it does, also
// when that changes what the text means; the edits don't overlap.
type Fix struct {
	Title string
	Edits []Edit
}

// Apply is the text with the edits made.
func (f Fix) Apply(text string) string {
	edits := slices.Clone(f.Edits)
	order.By(edits, func(a, b Edit) int { return b.Start - a.Start })
	for _, e := range edits {
		text = text[:e.Start] + e.Text + text[e.End:]
	}
	return text
}

// Fix adds a fix; without edits it adds nothing.
func (p *Problem) Fix(title string, edits ...Edit) *Problem {
	if len(edits) > 0 {
		p.Fixes = append(p.Fixes, Fix{title, edits})
	}
	return p
}

// Write adds the fix that writes a JSON string in a span's place.
func (p *Problem) Write(span Span, text string) *Problem {
	return p.Fix("Write `"+Clip(text)+"`", Edit{span, Quote(text)})
}

// Meant adds the fix that writes the word that is nearest to a wrong one, if
// one is near.
func (p *Problem) Meant(span Span, wrong string, among []string) *Problem {
	if near := Nearest(wrong, among); near != "" {
		p.Write(span, near)
	}
	return p
}

// Moved is the problem delta bytes further on.
func (p Problem) Moved(delta int) Problem {
	p.Span = p.Span.Moved(delta)
	fixes := make([]Fix, 0, len(p.Fixes))
	for _, fix := range p.Fixes {
		moved := Fix{Title: fix.Title}
		for _, e := range fix.Edits {
			moved.Edits = append(moved.Edits, Edit{e.Span.Moved(delta), e.Text})
		}
		fixes = append(fixes, moved)
	}
	p.Fixes = fixes
	return p
}

// Remove is the edit that takes out an object's member with its comma.
func (n *Node) Remove(m *Member) Edit {
	i := slices.IndexFunc(n.Members, func(other Member) bool { return other.KeySpan == m.KeySpan })
	span := Span{m.KeySpan.Start, m.Value.Span.End}
	switch {
	case i+1 < len(n.Members):
		span.End = n.Members[i+1].KeySpan.Start
	case i > 0:
		span.Start = n.Members[i-1].Value.Span.End
	}
	return Edit{Span: span}
}

// Insert is the edit that puts a member, as JSON, before the first one of an
// object; text is that of the object's file.
func (n *Node) Insert(text, member string) Edit {
	at := n.Span.Start + 1
	if len(n.Members) == 0 {
		return Edit{Span{at, at}, " " + member}
	}
	first := n.Members[0].KeySpan.Start
	between := text[at:first]
	if strings.Trim(between, " \t\r\n") != "" || between == "" {
		between = " "
	}
	return Edit{Span{first, first}, member + "," + between}
}

// Quote writes a text as a JSON string.
func Quote(text string) string {
	const hex = "0123456789abcdef"
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ':
			b.WriteString(`\u00`)
			b.WriteByte(hex[r>>4])
			b.WriteByte(hex[r&15])
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
