package policy

import (
	"strconv"
	"strings"

	"fenceline/engine/condition"
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// prefixed offers the service that an action lacks, where that is obvious: from
// a wrong separator, or because all others of the list have the same.
func prefixed(e *Element, value Text) []source.Fix {
	var p source.Problem
	if at := strings.IndexAny(value.Value, "./; "); at > 0 && at < len(value.Value)-1 && !strings.ContainsAny(value.Value[at+1:], "./; ") {
		if service := value.Value[:at]; service == strings.ToLower(service) && strings.IndexFunc(service, notAlphanumeric) < 0 {
			return p.Write(value.Span, service+":"+value.Value[at+1:]).Fixes
		}
	}
	common := ""
	for _, other := range e.Values {
		prefix, _, ok := strings.Cut(other.Value, ":")
		switch {
		case !ok:
		case common == "":
			common = prefix
		case common != prefix:
			return nil
		}
	}
	if common == "" || value.Value == "" {
		return nil
	}
	return p.Write(value.Span, common+":"+value.Value).Fixes
}

// split offers a list for several actions in one text, and what stands between
// spaces for one.
func split(e *Element, value Text) []source.Fix {
	names := strings.FieldsFunc(value.Value, func(r rune) bool { return strings.ContainsRune(", \t\r\n", r) })
	for i, name := range names {
		if name != "*" && strings.Count(name, ":") != 1 {
			return nil
		}
		names[i] = source.Quote(name)
	}
	text := strings.Join(names, ", ")
	switch {
	case len(names) == 0:
		return nil
	case len(names) > 1 && e.Span == value.Span:
		text = "[" + text + "]"
	}
	title := "Write `" + source.Clip(strings.Trim(names[0], `"`)) + "`"
	if len(names) > 1 {
		title = "Write the " + strconv.Itoa(len(names)) + " actions as a list"
	}
	return []source.Fix{{Title: title + changing, Edits: []source.Edit{{Span: value.Span, Text: text}}}}
}

// otherService offers the nearest service that RCPs cover.
func otherService(value Text, prefix string) []source.Fix {
	near := source.Nearest(prefix, iam.RCPServices())
	if near == "" {
		return nil
	}
	var p source.Problem
	return p.Write(value.Span, near+strings.TrimPrefix(value.Value, prefix)).Fixes
}

// asARN offers the ARN that a resource obviously means.
func asARN(value Text) []source.Fix {
	text := strings.TrimSpace(value.Value)
	meant := ""
	switch rest, isURL := strings.CutPrefix(text, "s3://"); {
	case isURL && rest != "":
		meant = "arn:aws:s3:::" + rest
	case text != "" && strings.Trim(text, "*") == "", text != value.Value && strings.HasPrefix(text, "arn:"):
		meant = text
	case len(text) > 4 && strings.EqualFold(text[:4], "arn:"):
		meant = "arn:" + text[4:]
	case strings.HasPrefix(text, "aws:") && strings.Count(text, ":") >= 4:
		meant = "arn:" + text
	default:
		return nil
	}
	var p source.Problem
	return p.Write(value.Span, meant).Fixes
}

// lowerService offers the ARN with its service in lower case.
func lowerService(value Text, parts []string) []source.Fix {
	at := len(parts[0]) + len(parts[1]) + 2
	text := value.Value[:at] + strings.ToLower(parts[2]) + value.Value[at+len(parts[2]):]
	return []source.Fix{{Title: "Write `" + source.Clip(text) + "`" + changing, Edits: []source.Edit{{Span: value.Span, Text: source.Quote(text)}}}}
}

// stringEdits write numbers and booleans as strings.
func stringEdits(nodes []*source.Node) []source.Edit {
	var edits []source.Edit
	for _, n := range nodes {
		if n.Kind == source.Number || n.Kind == source.Bool {
			edits = append(edits, source.Edit{Span: n.Span, Text: source.Quote(n.Text)})
		}
	}
	return edits
}

// withoutSpaces offers a condition key without white space.
func withoutSpaces(keys *source.Node, m *source.Member) []source.Fix {
	plain := strings.Join(strings.Fields(m.Key), "")
	for i := range keys.Members {
		if strings.EqualFold(keys.Members[i].Key, plain) {
			return nil
		}
	}
	if plain == "" {
		return nil
	}
	var p source.Problem
	return p.Write(m.KeySpan, plain).Fixes
}

// readable offers a value that the operator can read: without spaces around it,
// in lower case, or with the month and day that a year lacks.
func readable(op condition.Operator, value Text) []source.Fix {
	trimmed := strings.TrimSpace(value.Value)
	for _, text := range []string{trimmed, strings.ToLower(trimmed), trimmed + "-01-01"} {
		if text != value.Value && op.ValueProblem(text) == "" {
			return []source.Fix{{Title: "Write `" + source.Clip(text) + "`" + changing, Edits: []source.Edit{{Span: value.Span, Text: source.Quote(text)}}}}
		}
	}
	return nil
}

// lookalikes are characters that word processors put in the place of others, as
// they stand in JSON strings.
var lookalikes = map[rune]string{'‘': "'", '’': "'", '“': `\"`, '”': `\"`, '–': "-", '—': "-", '−': "-", '…': "...", '\u200b': "", '\ufeff': "", '\u2028': " ", '\u2029': " ", '\u2003': " ", '\u202f': " "}

// plainCharacter offers what a character was probably meant to be.
func plainCharacter(at int, r rune, size int) []source.Fix {
	plain, ok := lookalikes[r]
	if !ok {
		return nil
	}
	title := "Write `" + plain + "`"
	if strings.TrimSpace(plain) == "" {
		title = "Remove the invisible character"
	}
	return []source.Fix{{Title: title, Edits: []source.Edit{{Span: source.Span{Start: at, End: at + size}, Text: plain}}}}
}
