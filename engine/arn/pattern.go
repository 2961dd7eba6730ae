package arn

import (
	"strings"

	"fenceline/engine/wildcard"
)

// Pattern is an entry of a Resource element, compiled. It reads the pattern in
// the two ways that AWS's documentation allows, and matches when either does
// (S-055): component by component, and as one text in which a star at the end
// of a component may run on over the following colons.
type Pattern struct {
	head   [5]wildcard.Pattern // the components before the fifth colon
	tail   wildcard.Pattern    // the resource component
	byPart bool                // the reading by components applies
	short  bool                // fewer than six components as written
	runsOn bool                // the other reading may match more
	whole  wildcard.Pattern    // the other reading, where runsOn
}

// Compile compiles a pattern's text. With pad, missing components are completed
// with `*`, as AWS does in identity policies and boundaries (S-060). A pattern
// for MatchTail is compiled from its text up to the fifth colon.
func Compile(text string, pad bool) Pattern {
	parts, n := split(text)
	p := Pattern{short: n < 6, byPart: n == 6 || pad}
	for i := n; i < 6; i++ {
		parts[i] = "*"
	}
	p.runsOn = p.short
	for i := range p.head {
		p.head[i] = wildcard.Parse(parts[i])
		p.runsOn = p.runsOn || strings.HasSuffix(parts[i], "*")
	}
	p.tail = wildcard.Parse(parts[5])
	if p.runsOn {
		p.whole = wildcard.New(joinInner(components(wildcard.Tokens(nil, text)), false))
	}
	return p
}

// components splits tokens at the first five colons.
func components(tokens []wildcard.Token) [][]wildcard.Token {
	parts := make([][]wildcard.Token, 0, 6)
	start := 0
	for i, t := range tokens {
		if t == ':' && len(parts) < 5 {
			parts = append(parts, tokens[start:i:i])
			start = i + 1
		}
	}
	return append(parts, tokens[start:])
}

// Match says whether the pattern matches a full ARN.
func (p *Pattern) Match(a *ARN) bool {
	return p.byPart && p.tail.Match(a.Resource) && p.matchHead(a) || p.runsOn && p.whole.Match(a.Text)
}

// MatchTail is Match with the resource component's tokens given, which is how
// policy variables come in: they may stand only there (S-072).
func (p *Pattern) MatchTail(tail []wildcard.Token, a *ARN) bool {
	if wildcard.MatchTokens(tail, a.Resource) && p.matchHead(a) {
		return true
	}
	if !p.runsOn {
		return false
	}
	var room [256]wildcard.Token
	return wildcard.MatchTokens(append(append(room[:0], p.whole.TokenList()...), tail...), a.Text)
}

func (p *Pattern) matchHead(a *ARN) bool {
	for i := range p.head {
		if !p.head[i].Match(a.component(i)) {
			return false
		}
	}
	return true
}

// ReducesToService says whether the pattern's resource component is exactly
// `*` and its service the given one, which makes it match an action that has
// no resource types (S-048). A short pattern counts as completed only where
// its policy type completes it.
//
// UNDOCUMENTED: AWS's examples use such patterns, its reference says that only
// `*` works.
func (p *Pattern) ReducesToService(service string) bool {
	if p.short && !p.byPart {
		return false
	}
	return p.tail.MatchesAll() && p.head[2].IsLiteral() && p.head[2].Match(service)
}

// Like is a policy value of ArnEquals, ArnLike and their negations, compiled:
// six components compared one by one, no wildcard crossing a colon (S-142).
type Like struct {
	parts [6]wildcard.Pattern
	any   bool
	full  bool
}

// CompileLike compiles tokens. A pattern without six components never matches
// (S-143), but for `*` alone, which matches any ARN.
//
// UNDOCUMENTED: `*` alone under an ARN operator.
func CompileLike(tokens []wildcard.Token) Like {
	whole := wildcard.New(tokens)
	parts := components(tokens)
	like := Like{any: whole.MatchesAll(), full: len(parts) == 6}
	for i, part := range parts {
		like.parts[i] = wildcard.New(part)
	}
	return like
}

// Match says whether the pattern matches a text that is a full ARN.
func (l *Like) Match(text string) bool {
	a, ok := Parse(text)
	if !ok || !l.any && !l.full {
		return false
	}
	if l.any {
		return true
	}
	for i := range l.parts {
		if !l.parts[i].Match(a.component(i)) {
			return false
		}
	}
	return true
}

// LikeTokens are the tokens of an ARN operator's value as one text, in which
// no wildcard crosses one of the first five colons. It is false for a value
// that can match nothing.
func LikeTokens(tokens []wildcard.Token) ([]wildcard.Token, bool) {
	whole := wildcard.New(tokens)
	if whole.MatchesAll() {
		tokens = wildcard.Tokens(nil, "arn:*:*:*:*:*")
	}
	parts := components(tokens)
	if len(parts) != 6 {
		return nil, false
	}
	return joinInner(parts, true), true
}

// Readings are the texts' tokens in both readings of a resource pattern, for
// the search of witnesses.
func Readings(tokens []wildcard.Token, pad bool) [][]wildcard.Token {
	parts := components(tokens)
	readings := [][]wildcard.Token{joinInner(parts, false)}
	for pad && len(parts) < 6 {
		parts = append(parts, []wildcard.Token{wildcard.Star})
	}
	if len(parts) == 6 {
		readings = append(readings, joinInner(parts, true))
	}
	return readings
}

// joinInner joins components, wildcards of the first five kept from crossing
// colons; with strict, also a star at a component's end.
func joinInner(parts [][]wildcard.Token, strict bool) []wildcard.Token {
	var joined []wildcard.Token
	for i, part := range parts {
		if i > 0 {
			joined = append(joined, ':')
		}
		if i == 5 {
			return append(joined, part...)
		}
		joined = wildcard.Inner(joined, part)
		if last := len(joined) - 1; strict && len(part) > 0 && joined[last] == wildcard.Star {
			joined[last] = wildcard.InnerStar
		}
	}
	return joined
}
