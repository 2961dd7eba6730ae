package iam

import (
	"maps"
	"slices"
	"strings"
)

// Origin says where a context key's values come from.
type Origin uint8

const (
	// Derived: the engine filled it in from the scenario.
	Derived Origin = iota
	// Given: the request's context names it.
	Given
	// NotKnown: the request declares it unknown; it may have any value, or be absent.
	NotKnown
	// Absent: it is certain that the request lacks it, whatever could be derived.
	Absent
)

var originNames = [...]string{"derived", "request", "unknown", "absent"}

// String is "derived", "request", "unknown" or "absent".
func (o Origin) String() string { return originNames[o] }

// Key is a context key with its values.
type Key struct {
	// Name is the key as written, "aws:PrincipalTag/team".
	Name   string
	Values []string
	// List says that the key was given as a list: a policy variable can't use it (S-075).
	List   bool
	Origin Origin
}

// Missing says whether the key counts as absent where one value is wanted: it
// has none (table T-C1).
func (k *Key) Missing() bool { return k == nil || k.Origin != NotKnown && len(k.Values) == 0 }

// Unknown says whether the key is declared unknown.
func (k *Key) Unknown() bool { return k != nil && k.Origin == NotKnown }

// Context is a request's context: its keys, whose names ignore case (S-115).
// The zero value is empty and ready to use. Reading is safe for concurrent use.
type Context struct {
	keys map[string]*Key
}

// Set puts a key, in place of one of the same name; a key of origin Absent
// leaves none of that name.
func (c *Context) Set(key *Key) {
	if key.Origin == Absent {
		delete(c.keys, strings.ToLower(key.Name))
		return
	}
	if c.keys == nil {
		c.keys = map[string]*Key{}
	}
	c.keys[strings.ToLower(key.Name)] = key
}

// Get finds a key by its name in lower case, or answers nil.
func (c *Context) Get(lower string) *Key { return c.keys[lower] }

// Clone copies the context; the keys themselves are shared.
func (c *Context) Clone() *Context {
	return &Context{keys: maps.Clone(c.keys)}
}

// Keys lists all keys, sorted by name ignoring case.
func (c *Context) Keys() []*Key {
	names := make([]string, 0, len(c.keys))
	for name := range c.keys {
		names = append(names, name)
	}
	slices.Sort(names)
	list := make([]*Key, len(names))
	for i, name := range names {
		list[i] = c.keys[name]
	}
	return list
}
