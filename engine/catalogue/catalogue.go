// Package catalogue knows AWS's services: their actions, resource types and
// condition keys, as the Service Authorization Reference lists them. It reads
// them from a text of its own and embeds none; package data holds that text for
// programs that can carry it.
//
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference.html
package catalogue

import (
	"iter"
	"slices"
	"strings"

	"fenceline/engine/iam"
	"fenceline/engine/wildcard"
)

// Catalogue lists AWS's services and actions. It is immutable; nil knows
// nothing and answers so.
type Catalogue struct {
	// Services are sorted by their prefixes.
	Services []Service
	// Source names the package that the data was taken from, with its version.
	Source string
	// Date is the day of the data, 2026-01-31 for one.
	Date string

	actions int
	foreign []Key // keys that services list, of neither their own prefix nor aws:
}

// Actions is how many actions there are.
func (c *Catalogue) Actions() int {
	if c == nil {
		return 0
	}
	return c.actions
}

// Service is what an action's prefix stands for.
type Service struct {
	Prefix, Name string
	// Actions are sorted by their names in lower case.
	Actions   []Action
	Resources []ResourceType
	// Keys are the condition keys that AWS lists for the service, among them
	// some global ones.
	Keys []Key
}

// Action is one action of a service.
type Action struct {
	// Name has no prefix: `GetObject`.
	Name   string
	Access AccessLevel
	// Resources are the types that the action works on. An action without any is
	// granted on `*` alone (S-047).
	Resources []ResourceUse
	// Keys are the action's condition keys as AWS writes them: `s3:x-amz-acl`,
	// `aws:ResourceTag/${TagKey}`. Those of its resource types stand with them.
	Keys []string
	// Dependent are the actions that AWS says it needs as well: `iam:PassRole`.
	// Data of some days lists them for few actions, or none.
	Dependent []string

	lower string
}

// ResourceUse is a resource type as an action uses it.
type ResourceUse struct {
	Type *ResourceType
	// Required: a grant of the action must name a resource of the type.
	Required bool
}

// ResourceType is a kind of resource.
type ResourceType struct {
	Name string
	// ARNs are templates: `arn:${Partition}:s3:::${BucketName}/${KeyName}`.
	ARNs []string
	Keys []string
}

// Key is a condition key with its type: String, ARN, Bool, Date, Numeric,
// IPAddress, or ArrayOfString and its like for several values.
type Key struct{ Name, Type string }

// AccessLevel is what AWS says an action does.
type AccessLevel uint8

const (
	// AccessList: it shows that resources are there.
	AccessList AccessLevel = iota
	// AccessRead: it shows what is in them.
	AccessRead
	// AccessTagging: it changes tags alone.
	AccessTagging
	// AccessWrite: it changes resources.
	AccessWrite
	// AccessPermissions: it changes who may do what.
	AccessPermissions
)

var accessNames = [...]string{"List", "Read", "Tagging", "Write", "Permissions management"}

// accessLetters are the levels in the text.
const accessLetters = "LRTWP"

// String is AWS's name of the level.
func (a AccessLevel) String() string { return accessNames[a] }

// Letter is the level's letter: L, R, T, W or P.
func (a AccessLevel) Letter() byte { return accessLetters[a] }

// Service finds a service by its prefix in any case, or answers nil.
func (c *Catalogue) Service(prefix string) *Service {
	if c == nil {
		return nil
	}
	at, found := slices.BinarySearchFunc(c.Services, strings.ToLower(prefix), func(s Service, prefix string) int {
		return strings.Compare(s.Prefix, prefix)
	})
	if !found {
		return nil
	}
	return &c.Services[at]
}

// Action finds an action of the service by its name in any case, or answers nil.
func (s *Service) Action(name string) *Action {
	at, found := slices.BinarySearchFunc(s.Actions, strings.ToLower(name), func(a Action, lower string) int {
		return strings.Compare(a.lower, lower)
	})
	if !found {
		return nil
	}
	return &s.Actions[at]
}

// Action finds an action by its whole name in any case, `s3:GetObject` for one.
// Both answers are nil where there is none.
func (c *Catalogue) Action(name string) (*Service, *Action) {
	prefix, name, _ := strings.Cut(name, ":")
	service := c.Service(prefix)
	if service == nil {
		return nil, nil
	}
	action := service.Action(name)
	if action == nil {
		return nil, nil
	}
	return service, action
}

// Matching goes through the actions that a pattern of a policy matches, in
// order (S-041 to S-043).
func (c *Catalogue) Matching(pattern string) iter.Seq2[*Service, *Action] {
	prefix, name, ok := strings.Cut(strings.ToLower(pattern), ":")
	if !ok && pattern == "*" {
		name = "*"
	}
	services := wildcard.Parse(prefix)
	return func(yield func(*Service, *Action) bool) {
		if c == nil || !ok && pattern != "*" {
			return
		}
		for s := range c.Services {
			if service := &c.Services[s]; services.Match(service.Prefix) && !service.matching(name, yield) {
				return
			}
		}
	}
}

// matching yields the service's actions that a pattern in lower case matches,
// until it is told to stop, and says whether it was not.
func (s *Service) matching(pattern string, yield func(*Service, *Action) bool) bool {
	if !strings.ContainsAny(pattern, "*?") {
		action := s.Action(pattern)
		return action == nil || yield(s, action)
	}
	compiled := wildcard.Parse(pattern)
	for i := range s.Actions {
		if a := &s.Actions[i]; compiled.Match(a.lower) && !yield(s, a) {
			return false
		}
	}
	return true
}

// Key finds a condition key by its name in any case: a global one, one that
// some service lists, or one of a family, `aws:RequestTag/team` for one. The
// answer has AWS's spelling.
func (c *Catalogue) Key(name string) (Key, bool) {
	lower := strings.ToLower(name)
	if key, ok := globalKey(lower); ok {
		return key, true
	}
	if c == nil {
		return Key{}, false
	}
	prefix, _, _ := strings.Cut(lower, ":")
	if s := c.Service(prefix); s != nil {
		if key, ok := s.key(lower); ok {
			return key, true
		}
	}
	return keyIn(c.foreign, lower)
}

// Has says whether AWS lists a condition key, in any case, for the action or for
// a resource type of it.
func (a *Action) Has(key string) bool {
	lower := strings.ToLower(key)
	fits := func(name string) bool { return keyFits(name, lower) }
	return slices.ContainsFunc(a.Keys, fits) || slices.ContainsFunc(a.Resources, func(use ResourceUse) bool {
		return slices.ContainsFunc(use.Type.Keys, fits)
	})
}

// Knows says whether AWS lists a condition key, in any case, for the service.
func (s *Service) Knows(key string) bool {
	_, ok := s.key(strings.ToLower(key))
	return ok
}

// key finds a key of the service by its name in lower case.
func (s *Service) key(lower string) (Key, bool) { return keyIn(s.Keys, lower) }

func keyIn(keys []Key, lower string) (Key, bool) {
	for _, key := range keys {
		if keyFits(key.Name, lower) {
			return key, true
		}
	}
	return Key{}, false
}

// keyFits says whether a name, in lower case, is a key as AWS writes it, in
// which a place stands for any text.
func keyFits(key, lower string) bool {
	place := placeIn(key)
	switch {
	case place < 0:
		return strings.EqualFold(key, lower)
	case len(lower) <= place || !strings.EqualFold(key[:place], lower[:place]):
		return false
	case strings.IndexByte(key, '$') < 0:
		return true
	}
	pattern := wildcard.Parse(strings.ToLower(filled(key)))
	return pattern.Match(lower)
}

// placeIn is where the part of a key begins that is any text, or -1: AWS writes
// `${TagKey}`, `<key>`, `tag-key` behind the slash, or nothing there.
func placeIn(key string) int {
	if at := strings.IndexAny(key, "$<"); at >= 0 {
		return at
	}
	if family := strings.TrimSuffix(key, "tag-key"); strings.HasSuffix(family, "/") {
		return len(family)
	}
	return -1
}

// filled is a template with a star in the place of each `${…}`.
func filled(template string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "${")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		b.WriteByte('*')
		_, template, _ = strings.Cut(rest, "}")
	}
}

// typeNames are AWS's names of the types that the engine tells apart.
var typeNames = [...]string{
	iam.TextKey: "String", iam.ARNKey: "ARN", iam.BoolKey: "Bool", iam.NumericKey: "Numeric", iam.DateKey: "Date", iam.AddressKey: "IPAddress",
}

// Family says whether the key stands for many, of which each has a text of its
// own behind the name: a tag's key for one.
func (k Key) Family() bool { return placeIn(k.Name) >= 0 }

// Kind is the key's type as the engine tells types apart, and whether the key
// has several values.
func (k Key) Kind() (kind iam.KeyType, many bool) {
	name, many := strings.CutPrefix(k.Type, "ArrayOf")
	return iam.KeyType(max(0, slices.Index(typeNames[:], name))), many
}

// globalKey finds a key of table T-G1 by its name in lower case.
func globalKey(lower string) (Key, bool) {
	facts, ok := iam.FactsOf(lower)
	if !ok {
		return Key{}, false
	}
	key := Key{facts.Name, typeNames[facts.Type]}
	if facts.Family {
		key.Name += "${TagKey}"
	}
	if facts.Many {
		key.Type = "ArrayOf" + key.Type
	}
	return key, true
}
