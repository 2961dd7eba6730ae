package change

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fenceline/engine/source"
)

// titles joins those of several parts: "Add … , and attach …".
func titles(parts []part) string {
	list := make([]string, len(parts))
	for i, p := range parts {
		list[i] = p.title
	}
	return joined(list)
}

// causes makes one sentence of several clauses, each once.
func causes(parts []part) string {
	text := parts[0].cause
	for _, p := range parts[1:] {
		if !strings.Contains(text, p.cause) {
			text += "; " + p.cause
		}
	}
	return first(text, unicode.ToUpper) + "."
}

// first changes the first letter.
func first(text string, to func(rune) rune) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(to(r)) + text[size:]
}

// joined joins sentences of which each but the first goes on.
func joined(list []string) string {
	text := list[0]
	for _, more := range list[1:] {
		text += ", and " + first(more, unicode.ToLower)
	}
	return text
}

// contextTitle says what to set in the request.
func contextTitle(settings []setting) string {
	var list []string
	for _, s := range settings {
		if s.absent {
			list = append(list, "Leave `"+s.name+"` out of the request")
		} else {
			list = append(list, "Set `"+s.name+"` to `"+s.value+"` in the request")
		}
	}
	return joined(list)
}

func tagTitle(node *source.Node, tag string, s setting) string {
	owner := "`" + node.Get("arn").Text + "`"
	if s.absent {
		return "Take the tag `" + tag + "` off " + owner
	}
	return "Set the tag `" + tag + "` of " + owner + " to `" + s.value + "`"
}

// plural is what the entries of an element are called.
func plural(kind Kind) string {
	if kind == Resource {
		return "resources"
	}
	return "actions"
}
