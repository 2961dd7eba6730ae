package source

import "slices"

// Kind is the kind of a JSON value.
type Kind uint8

const (
	// Null is the JSON literal null.
	Null Kind = iota
	// Bool is true or false.
	Bool
	// Number is a JSON number.
	Number
	// String is a JSON string.
	String
	// Array is a JSON array.
	Array
	// Object is a JSON object.
	Object
)

var kindNames = [...]string{"null", "a boolean", "a number", "a string", "a list", "an object"}

// String names the kind with its article, as messages want it: "a list".
func (k Kind) String() string { return kindNames[k] }

// Node is a JSON value with its place in the text.
type Node struct {
	Kind Kind
	Span Span
	// Text is the decoded text of a String, the literal of a Number or Bool.
	Text string
	// Items are the elements of an Array.
	Items []*Node
	// Members are the members of an Object, as written, repeats included.
	Members []Member
}

// Member is one name and value of an object.
type Member struct {
	Key     string
	KeySpan Span
	Value   *Node
}

// Get is the value of an object's first member of that name, or nil.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for i := range n.Members {
		if n.Members[i].Key == key {
			return n.Members[i].Value
		}
	}
	return nil
}

// has says whether an object has a member of that name.
func (n *Node) has(key string) bool { return n.Get(key) != nil }

// PathTo is the way to the innermost value at an offset, by the names of
// members and the indices of items; a member's name leads to its value. It is
// empty at the root, and where there is nothing.
func (n *Node) PathTo(offset int) []any {
	var path []any
	for n != nil {
		var next *Node
		if i := slices.IndexFunc(n.Members, func(m Member) bool { return m.KeySpan.has(offset) || m.Value.Span.has(offset) }); i >= 0 {
			path, next = append(path, n.Members[i].Key), n.Members[i].Value
		} else if i := slices.IndexFunc(n.Items, func(item *Node) bool { return item.Span.has(offset) }); i >= 0 {
			path, next = append(path, i), n.Items[i]
		}
		n = next
	}
	return path
}

// Rebase moves every span of the tree by delta bytes. It makes the places of
// a document that is part of a larger text relative to the document's own.
func (n *Node) Rebase(delta int) {
	n.Span = n.Span.Moved(delta)
	for _, item := range n.Items {
		item.Rebase(delta)
	}
	for i := range n.Members {
		n.Members[i].KeySpan = n.Members[i].KeySpan.Moved(delta)
		n.Members[i].Value.Rebase(delta)
	}
}

// Within says whether s lies inside outer.
func (s Span) Within(outer Span) bool { return outer.Start <= s.Start && s.End <= outer.End }

// has says whether an offset lies inside the span.
func (s Span) has(offset int) bool { return s.Start <= offset && offset < s.End }

// Moved is the span delta bytes further on.
func (s Span) Moved(delta int) Span { return Span{s.Start + delta, s.End + delta} }
