package policy

import (
	"strconv"
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// changing marks the title of a fix after which the policy means something else.
const changing = ", which changes the meaning"

// rename offers the nearest of the known names for a member.
func rename(object *source.Node, m *source.Member, known []string) []source.Fix {
	return renameTo(object, m, source.Nearest(m.Key, known))
}

// renameTo offers a name for a member, unless it stands in the object already,
// itself or as what it excludes (S-014).
func renameTo(object *source.Node, m *source.Member, name string) []source.Fix {
	twin, negated := strings.CutPrefix(name, "Not")
	if !negated {
		twin = "Not" + name
	}
	if name == "" || object.Get(name) != nil || object.Get(twin) != nil {
		return nil
	}
	var p source.Problem
	return p.Write(m.KeySpan, name).Fixes
}

// asText offers a number or boolean as a string.
func asText(n *source.Node) []source.Fix {
	if n.Kind != source.Number && n.Kind != source.Bool {
		return nil
	}
	var p source.Problem
	return p.Write(n.Span, n.Text).Fixes
}

// accountText offers an account id that is written as a number as a string.
func accountText(n *source.Node) []source.Fix {
	if !arn.IsAccount(n.Text) {
		return nil
	}
	return asText(n)
}

// add offers a member that is missing, unless one stands there that most likely
// means to be it.
func (d *decoder) add(n *source.Node, name, value, title string) []source.Fix {
	for i := range n.Members {
		if source.Nearest(n.Members[i].Key, statementMembers) == name && n.Members[i].Key != name {
			return nil
		}
	}
	return []source.Fix{{Title: title, Edits: []source.Edit{n.Insert(d.file.Text, `"`+name+`": `+value)}}}
}

func (d *decoder) addVersion(root *source.Node) []source.Fix {
	title := "Add `\"Version\": \"2012-10-17\"`"
	if strings.Contains(d.file.Slice(root.Span), "${") {
		title += changing
	}
	if source.Nearest("Version", unknown(root)) != "" {
		return nil
	}
	return []source.Fix{{Title: title, Edits: []source.Edit{root.Insert(d.file.Text, `"Version": "2012-10-17"`)}}}
}

// unknown lists the members of a document that it does not have.
func unknown(root *source.Node) []string {
	var names []string
	for i := range root.Members {
		if key := root.Members[i].Key; indexOf(documentMembers, key) < 0 {
			names = append(names, key)
		}
	}
	return names
}

// addEffect offers both effects; a resource control policy only denies (S-024).
func (d *decoder) addEffect(n *source.Node) []source.Fix {
	deny := d.add(n, "Effect", `"Deny"`, "Add `\"Effect\": \"Deny\"`")
	if d.layer == iam.ResourceControlPolicy {
		return deny
	}
	return append(d.add(n, "Effect", `"Allow"`, "Add `\"Effect\": \"Allow\"`"), deny...)
}

// addPrincipal offers the one principal that RCPs have (S-024).
func (d *decoder) addPrincipal(n *source.Node) []source.Fix {
	if d.layer != iam.ResourceControlPolicy {
		return nil
	}
	return d.add(n, "Principal", `"*"`, "Add `\"Principal\": \"*\"`")
}

// everyone offers the one principal that RCPs have for NotPrincipal.
func (d *decoder) everyone(n *source.Node, m *source.Member) []source.Fix {
	if d.layer != iam.ResourceControlPolicy || n.Get("Principal") != nil {
		return nil
	}
	span := source.Span{Start: m.KeySpan.Start, End: m.Value.Span.End}
	return []source.Fix{{Title: "Write `\"Principal\": \"*\"`" + changing, Edits: []source.Edit{{Span: span, Text: `"Principal": "*"`}}}}
}

// unwrapped offers the policy that is all of a list, or is written as a string.
func (d *decoder) unwrapped(root *source.Node) []source.Fix {
	if root.Kind == source.String && strings.HasPrefix(strings.TrimSpace(root.Text), "{") {
		return []source.Fix{{Title: "Write the policy itself", Edits: []source.Edit{{Span: root.Span, Text: root.Text}}}}
	}
	return d.onlyItem(root)
}

// onlyItem offers the one object of a list in the list's place.
func (d *decoder) onlyItem(n *source.Node) []source.Fix {
	if n.Kind != source.Array || len(n.Items) != 1 || n.Items[0].Kind != source.Object {
		return nil
	}
	return []source.Fix{{Title: "Write the object without the list", Edits: []source.Edit{{Span: n.Span, Text: d.file.Slice(n.Items[0].Span)}}}}
}

// plainSid offers a Sid without what it may not have.
func (d *decoder) plainSid(n *source.Node) []source.Fix {
	plain := alphanumeric(n.Text)
	if plain == "" {
		return nil
	}
	if d.stands(plain) {
		plain = d.freeSid(plain)
	}
	var p source.Problem
	return p.Write(n.Span, plain).Fixes
}

// freeSid is a Sid with the first number behind it that makes it the only one.
func (d *decoder) freeSid(sid string) string {
	for i := 2; ; i++ {
		if free := sid + strconv.Itoa(i); !d.stands(free) {
			return free
		}
	}
}

// stands says whether a string stands anywhere in the text.
func (d *decoder) stands(text string) bool { return strings.Contains(d.file.Text, source.Quote(text)) }

// typed is a principal under its type.
func (d *decoder) typed(n *source.Node) string {
	return `{ "` + d.typeOf(n.Text) + `": ` + d.file.Slice(n.Span) + ` }`
}

// typedList offers a list of principals under their type, where they have the same.
func (d *decoder) typedList(n *source.Node) []source.Fix {
	if n.Kind != source.Array {
		return nil
	}
	kind := ""
	for _, item := range n.Items {
		if item.Kind != source.String || kind != "" && d.typeOf(item.Text) != kind {
			return nil
		}
		kind = d.typeOf(item.Text)
	}
	return []source.Fix{{Title: "Write them under `" + kind + "`", Edits: []source.Edit{{Span: n.Span, Text: `{ "` + kind + `": ` + d.file.Slice(n.Span) + ` }`}}}}
}

// merge offers one condition key with the values of two.
func (d *decoder) merge(keys *source.Node, first, second *source.Member) []source.Fix {
	var values []string
	for _, m := range []*source.Member{first, second} {
		nodes := []*source.Node{m.Value}
		if m.Value.Kind == source.Array {
			nodes = m.Value.Items
		}
		for _, n := range nodes {
			values = append(values, d.file.Slice(n.Span))
		}
	}
	return []source.Fix{{Title: "Keep one `" + source.Clip(first.Key) + "` with all values", Edits: []source.Edit{
		{Span: first.Value.Span, Text: "[" + strings.Join(values, ", ") + "]"}, d.removeAfter(keys, second),
	}}}
}

// removeAfter is the edit that takes out a member that is not an object's
// first, with the comma before it.
func (d *decoder) removeAfter(object *source.Node, m *source.Member) source.Edit {
	end := object.Span.Start + 1
	for i := range object.Members {
		if object.Members[i].KeySpan == m.KeySpan {
			break
		}
		end = object.Members[i].Value.Span.End
	}
	return source.Edit{Span: source.Span{Start: end, End: m.Value.Span.End}}
}
