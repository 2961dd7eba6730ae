// Package variable fills in policy variables.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
package variable

import (
	"slices"
	"strings"
	"unicode"

	"fenceline/engine/iam"
	"fenceline/engine/source"
	"fenceline/engine/wildcard"
)

// Template is a text with policy variables.
type Template struct {
	Parts []Part
}

// Part is a run of literal tokens, or a variable when Key is not empty.
type Part struct {
	Tokens []wildcard.Token
	// Key is the context key in lower case (S-074), Name as it is written.
	Key, Name  string
	Default    string
	HasDefault bool
}

// Parse reads the variables of a text (S-071) and its escapes `${*}`,
// `${?}`, `${$}` (S-080). With wild, `*` and `?` outside them are wildcards.
// A malformed variable is answered as a message (S-083).
func Parse(text string, wild bool) (Template, string) {
	t := Template{Parts: make([]Part, 0, 3)}
	literal := func(run string) []wildcard.Token {
		if wild {
			return wildcard.Tokens(nil, run)
		}
		return wildcard.LiteralTokens(nil, run)
	}
	add := func(tokens []wildcard.Token) {
		if last := len(t.Parts) - 1; last >= 0 && t.Parts[last].Key == "" {
			t.Parts[last].Tokens = append(t.Parts[last].Tokens, tokens...)
		} else if len(tokens) > 0 {
			t.Parts = append(t.Parts, Part{Tokens: tokens})
		}
	}
	for {
		start := strings.Index(text, "${")
		if start < 0 {
			add(literal(text))
			return t, ""
		}
		add(literal(text[:start]))
		part, length, wrong := variable(text[start:])
		if wrong != "" {
			return t, wrong
		}
		text = text[start+length:]
		if part.Key == "" {
			add(part.Tokens)
		} else {
			t.Parts = append(t.Parts, part)
		}
	}
}

// variable reads a text that begins with `${` and answers the part, how many
// bytes it takes, or what is wrong.
func variable(text string) (Part, int, string) {
	if len(text) >= 4 && text[3] == '}' && strings.IndexByte("*?$", text[2]) >= 0 {
		return Part{Tokens: []wildcard.Token{wildcard.Token(text[2])}}, 4, ""
	}
	end := strings.IndexAny(text, "},")
	if end < 0 {
		return Part{}, 0, "the policy variable `" + source.Clip(text) + "` has no closing brace; write `${key}`"
	}
	key := text[2:end]
	switch {
	case key == "":
		return Part{}, 0, "an empty policy variable `${}`; write `${aws:username}` for one, or `${$}{}` for the characters themselves"
	case strings.IndexFunc(key, func(r rune) bool { return r <= ' ' || unicode.IsSpace(r) }) >= 0:
		return Part{}, 0, "the policy variable `" + source.Clip(text[:end+1]) + "` has white space in its key; write `${key}` or `${key, 'default'}`"
	case strings.ContainsAny(key, "${'\"*?"):
		return Part{}, 0, "`" + source.Clip(key) + "` in the policy variable `" + source.Clip(text[:end+1]) + "` is no context key"
	}
	part := Part{Key: strings.ToLower(key), Name: key}
	if text[end] == '}' {
		return part, end + 1, ""
	}
	rest := strings.TrimLeft(text[end+1:], " ")
	closing := -1
	if strings.HasPrefix(rest, "'") {
		closing = strings.Index(rest[1:], "'")
	}
	if closing < 0 || !strings.HasPrefix(rest[closing+2:], "}") {
		return Part{}, 0, "the default of the policy variable `" + source.Clip(text) + "` stands in single quotes before the closing brace; write `${" + key + ", 'default'}`"
	}
	part.Default, part.HasDefault = rest[1:closing+1], true
	return part, len(text) - len(rest) + closing + 3, ""
}

// HasVariables says whether the template needs a request to be filled in.
func (t *Template) HasVariables() bool {
	for i := range t.Parts {
		if t.Parts[i].Key != "" {
			return true
		}
	}
	return false
}

// Tokens are the tokens of a template without variables.
func (t *Template) Tokens() []wildcard.Token {
	if len(t.Parts) == 0 {
		return nil
	}
	return t.Parts[0].Tokens
}

// Resolve appends the template's tokens with the variables filled in from the
// context. Match says that it could be; NoMatch that a variable has no single
// value and no default, so that the text can match nothing (S-077, S-078);
// Unknown that a variable's key is not known.
func (t *Template) Resolve(to []wildcard.Token, context *iam.Context) ([]wildcard.Token, iam.Outcome) {
	outcome := iam.Match
	for i := range t.Parts {
		part := &t.Parts[i]
		if part.Key == "" {
			to = append(to, part.Tokens...)
			continue
		}
		key := context.Get(part.Key)
		switch {
		case key.Unknown():
			outcome = outcome.And(iam.Unknown)
		case key != nil && !key.List && len(key.Values) == 1: // S-079: no wildcard comes in through a value
			to = wildcard.LiteralTokens(to, key.Values[0])
		case part.HasDefault: // S-076; a list counts as missing, S-075
			to = wildcard.LiteralTokens(to, part.Default)
		default:
			return to, iam.NoMatch
		}
	}
	return to, outcome
}

// Names appends the context keys that the template's variables name, as written.
func (t *Template) Names(to []string) []string {
	for i := range t.Parts {
		if t.Parts[i].Key != "" {
			to = append(to, t.Parts[i].Name)
		}
	}
	return to
}

// Uses says whether a variable names the key, given in lower case.
func (t *Template) Uses(lower string) bool {
	return slices.ContainsFunc(t.Parts, func(p Part) bool { return p.Key == lower && lower != "" })
}

// Fill is the template's tokens with a placeholder for each variable that has
// no single known value.
func (t *Template) Fill(context *iam.Context, placeholder string) []wildcard.Token {
	var tokens []wildcard.Token
	for i := range t.Parts {
		one := Template{Parts: t.Parts[i : i+1]}
		filled, outcome := one.Resolve(nil, context)
		if outcome != iam.Match {
			filled = wildcard.LiteralTokens(nil, placeholder)
		}
		tokens = append(tokens, filled...)
	}
	return tokens
}

// maxSolutions bounds what Solve answers.
const maxSolutions = 8

// Solve finds values of a key with which the template matches a text, the
// shortest first; other variables without a value may stand for anything.
func Solve(t *Template, key, text string, context *iam.Context) []string {
	if len(text) > 512 {
		return nil
	}
	var found []string
	for length := 0; length <= len(text) && len(found) < maxSolutions; length++ {
		for start := 0; start+length <= len(text) && len(found) < maxSolutions; start++ {
			value := text[start : start+length]
			if t.matchesWith(key, value, text, context) && !slices.Contains(found, value) {
				found = append(found, value)
			}
		}
	}
	return found
}

func (t *Template) matchesWith(key, value, text string, context *iam.Context) bool {
	var tokens []wildcard.Token
	for i := range t.Parts {
		one := Template{Parts: t.Parts[i : i+1]}
		if t.Parts[i].Key == key {
			tokens = wildcard.LiteralTokens(tokens, value)
			continue
		}
		filled, outcome := one.Resolve(nil, context)
		if outcome != iam.Match {
			filled = []wildcard.Token{wildcard.Star}
		}
		tokens = append(tokens, filled...)
	}
	return wildcard.MatchTokens(tokens, text)
}
