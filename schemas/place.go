package schemas

import (
	"encoding/json"
	"math"
	"strconv"

	"fenceline/engine/source"
)

// value is the tree as the validator wants it.
func value(n *source.Node) any {
	switch n.Kind {
	case source.Bool:
		return n.Text == "true"
	case source.Number:
		return number(n.Text)
	case source.String:
		return n.Text
	case source.Array:
		list := make([]any, len(n.Items))
		for i, item := range n.Items {
			list[i] = value(item)
		}
		return list
	case source.Object:
		object := make(map[string]any, len(n.Members))
		for i := range n.Members {
			m := &n.Members[i]
			if _, repeated := object[m.Key]; !repeated {
				object[m.Key] = value(m.Value)
			}
		}
		return object
	}
	return nil
}

// number rounds a literal to what a float64 can hold: the validator computes
// exactly, and an exponent of a million digits would keep it busy.
func number(literal string) json.Number {
	f, err := strconv.ParseFloat(literal, 64)
	if err != nil {
		f = math.MaxFloat64
	}
	return json.Number(strconv.FormatFloat(f, 'g', -1, 64))
}

// place is a value of the text with what it is called there.
type place struct {
	node    *source.Node
	name    string      // the nearest member's name above, empty at the root
	keySpan source.Span // of that name
	entry   bool        // an entry of a list of that name
}

// locate follows a JSON pointer from the root.
func locate(root *source.Node, pointer string) place {
	p := place{node: root}
	if pointer == "" {
		return p
	}
	for _, token := range split(pointer) {
		p = p.step(token)
	}
	return p
}

func (p place) step(token string) place {
	if p.node.Kind == source.Array {
		i, err := strconv.Atoi(token)
		if err != nil || i >= len(p.node.Items) {
			return p
		}
		p.node, p.entry = p.node.Items[i], true
		return p
	}
	if m := member(p.node, token); m != nil {
		return place{node: m.Value, name: token, keySpan: m.KeySpan}
	}
	return p
}

// member is an object's first member of that name, or nil.
func member(n *source.Node, name string) *source.Member {
	for i := range n.Members {
		if n.Members[i].Key == name {
			return &n.Members[i]
		}
	}
	return nil
}

// opening is the place of an object's opening brace.
func (p place) opening() source.Span {
	return source.Span{Start: p.node.Span.Start, End: p.node.Span.Start + 1}
}
