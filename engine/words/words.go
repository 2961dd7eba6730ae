// Package words says what the words of a policy mean, for editors: elements,
// operators, condition keys, variables and values, and the rules that the
// engine cites. What is legal comes from the engine's own tables; here are only
// meanings and AWS's pages.
package words

import (
	"fenceline/engine/calls"
	"fenceline/engine/condition"
	"fenceline/engine/iam"
)

// Word is a name with its meaning.
type Word struct {
	Name string `json:"name"`
	// Text is the meaning in a sentence.
	Text string `json:"text"`
	// Rules are numbers of SEMANTICS.md.
	Rules []string `json:"rules,omitempty"`
	URL   string   `json:"url"`
}

// Element is an element of a policy.
type Element struct {
	Word
	// In is "document" or "statement".
	In string `json:"in"`
	// Layers are the kinds of policy that have it.
	Layers []iam.Layer `json:"layers"`
}

// Operator is a condition operator without set operator and IfExists.
type Operator struct {
	Word
	// Type is what it compares: text, arn, number and so on.
	Type string `json:"type"`
	// IfExists: it has a form that also holds when the key is missing.
	IfExists bool `json:"ifExists"`
}

// Key is a condition key, or a family of them whose name ends in a slash.
type Key struct {
	Word
	Type string `json:"type"`
	// Many: it may have several values.
	Many bool `json:"many,omitempty"`
	// Always: every request has it.
	Always bool `json:"always,omitempty"`
	// When says which requests have it.
	When string `json:"when,omitempty"`
}

// Words are all words that an editor offers and explains.
type Words struct {
	Elements   []Element         `json:"elements"`
	Operators  []Operator        `json:"operators"`
	Modifiers  []Word            `json:"modifiers"`
	Keys       []Key             `json:"keys"`
	Variables  []Word            `json:"variables"`
	Principals []Word            `json:"principals"`
	Values     map[string][]Word `json:"values"`
	// Calls are the parameters of the calls that are known, by action.
	Calls map[string][]calls.Parameter `json:"calls"`
}

// All collects the words.
func All() Words {
	return Words{
		Elements: elements(), Operators: operators(), Modifiers: modifiers, Keys: keys(),
		Variables: variables, Principals: principals, Values: values, Calls: calls.Parameters(),
	}
}

// operators puts meanings to the engine's table.
func operators() []Operator {
	list := make([]Operator, 0, len(condition.Bases()))
	for _, base := range condition.Bases() {
		family := families[base.Family]
		list = append(list, Operator{
			Word: Word{base.Name, operatorTexts[base.Name], family.rules, operatorsPage + family.anchor},
			Type: family.kind, IfExists: base.Family != condition.Null,
		})
	}
	return list
}

// keys puts meanings to the engine's table, and adds those of services.
func keys() []Key {
	list := make([]Key, 0, len(iam.GlobalKeys())+len(serviceKeys))
	for _, facts := range iam.GlobalKeys() {
		meaning := keyTexts[facts.Name]
		list = append(list, Key{
			Word: Word{facts.Name, meaning.text, meaning.rules, keyPage(facts.Name)},
			Type: facts.Type.String(), Many: facts.Many, Always: facts.Always, When: meaning.when,
		})
	}
	return append(list, serviceKeys...)
}
