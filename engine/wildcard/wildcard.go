// Package wildcard matches the patterns of IAM policies: `*` for any run of
// characters, `?` for exactly one. Matching is anchored at both ends (S-042,
// S-052, S-132), works on characters rather than bytes, and takes time linear
// in the text for a given pattern, however many stars it has.
package wildcard

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Token is a character of a pattern, or one of the wildcards below.
type Token rune

const (
	// Star matches any run of characters, also none.
	Star Token = -1 - iota
	// Quest matches exactly one character.
	Quest
	// InnerStar is a Star that does not cross a colon (S-055).
	InnerStar
	// InnerQuest is a Quest that is not a colon (S-056).
	InnerQuest
)

// Pattern is a compiled pattern. It is immutable; the zero value matches the
// empty text alone.
type Pattern struct {
	tokens []Token
	// prefix and suffix are the literal ends, for a quick no.
	prefix, suffix string
	literal        bool // prefix is the whole pattern
	any            bool // nothing but stars
	prefixOnly     bool // a literal and one Star behind it
}

// Parse reads `*` and `?` as wildcards and everything else as itself.
func Parse(text string) Pattern {
	switch wild := strings.IndexAny(text, "*?"); {
	case wild < 0:
		return Pattern{literal: true, prefix: text}
	case wild == len(text)-1 && text[wild] == '*':
		return Pattern{prefixOnly: true, any: wild == 0, prefix: text[:wild]}
	}
	return New(Tokens(nil, text))
}

// Tokens appends the tokens of a pattern's text.
func Tokens(to []Token, text string) []Token {
	to = slices.Grow(to, len(text))
	for _, r := range text {
		switch r {
		case '*':
			to = append(to, Star)
		case '?':
			to = append(to, Quest)
		default:
			to = append(to, Token(r))
		}
	}
	return to
}

// LiteralTokens appends a text's characters, none of them a wildcard (S-079).
func LiteralTokens(to []Token, text string) []Token {
	for _, r := range text {
		to = append(to, Token(r))
	}
	return to
}

// New compiles tokens, which it keeps.
func New(tokens []Token) Pattern {
	p := Pattern{tokens: tokens}
	head := 0
	for head < len(tokens) && tokens[head] >= 0 {
		head++
	}
	p.prefix = Text(tokens[:head])
	if head == len(tokens) {
		p.literal = true
		return p
	}
	tail := len(tokens)
	for tokens[tail-1] >= 0 {
		tail--
	}
	p.suffix = Text(tokens[tail:])
	p.prefixOnly = head == len(tokens)-1 && tokens[head] == Star
	p.any = head == 0 && allStars(tokens)
	return p
}

// Text writes tokens as a text, wildcards as `*` and `?`.
func Text(tokens []Token) string {
	var b strings.Builder
	b.Grow(len(tokens))
	for _, t := range tokens {
		switch t {
		case Star, InnerStar:
			t = '*'
		case Quest, InnerQuest:
			t = '?'
		}
		b.WriteRune(rune(t))
	}
	return b.String()
}

func allStars(tokens []Token) bool {
	for _, t := range tokens {
		if t != Star {
			return false
		}
	}
	return len(tokens) > 0
}

// MatchesAll says whether the pattern is made of stars alone.
func (p *Pattern) MatchesAll() bool { return p.any }

// IsLiteral says whether the pattern has no wildcard.
func (p *Pattern) IsLiteral() bool { return p.literal }

// Prefix is what every text that matches begins with.
func (p *Pattern) Prefix() string { return p.prefix }

// TokenList is the tokens of a pattern that New made, not to be changed.
func (p *Pattern) TokenList() []Token { return p.tokens }

// Inner appends tokens with their wildcards kept from crossing colons; a star
// at the very end is left as it is, as it may spill over (S-055).
func Inner(to, tokens []Token) []Token {
	for i, t := range tokens {
		switch {
		case t == Quest:
			t = InnerQuest
		case t == Star && i < len(tokens)-1:
			t = InnerStar
		}
		to = append(to, t)
	}
	return to
}

// Match says whether the pattern matches the whole text.
func (p *Pattern) Match(s string) bool {
	switch {
	case p.any:
		return true
	case p.literal:
		return s == p.prefix
	case p.prefixOnly:
		return strings.HasPrefix(s, p.prefix)
	case len(s) < len(p.prefix)+len(p.suffix) || !strings.HasPrefix(s, p.prefix) || !strings.HasSuffix(s, p.suffix):
		return false
	}
	return MatchTokens(p.tokens, s)
}

// MatchTokens matches tokens against a whole text.
func MatchTokens(tokens []Token, s string) bool {
	for _, t := range tokens {
		if t == InnerStar {
			return matchStates(tokens, s)
		}
	}
	return matchGreedy(tokens, s)
}

// matchGreedy needs to remember one star only: as every star may take any
// text, the last one can make up for all before it.
func matchGreedy(tokens []Token, s string) bool {
	t, i := 0, 0
	star, retry := -1, 0
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case t < len(tokens) && tokens[t] == Star:
			star, retry = t, i
			t++
		case t < len(tokens) && one(tokens[t], r):
			t++
			i += size
		case star >= 0:
			_, size = utf8.DecodeRuneInString(s[retry:])
			retry += size
			t, i = star+1, retry
		default:
			return false
		}
	}
	for t < len(tokens) && tokens[t] == Star {
		t++
	}
	return t == len(tokens)
}

// one says whether a token that stands for one character may stand for r.
func one(t Token, r rune) bool {
	switch t {
	case Quest:
		return true
	case InnerQuest:
		return r != ':'
	}
	return t == Token(r)
}

// matchStates follows all ways through the tokens at once, a bit each. Stars
// that stop at colons need it.
func matchStates(tokens []Token, s string) bool {
	var room [8]uint64
	var now []uint64
	if words := len(tokens)/64 + 1; words > len(room) {
		now = make([]uint64, words)
	} else {
		now = room[:words]
	}
	now[0] = 1
	skipStars(tokens, now)
	for _, r := range s {
		if !step(tokens, now, r) {
			return false
		}
	}
	return now[len(tokens)/64]>>(len(tokens)%64)&1 == 1
}

// step moves every state over one character and says whether any is left.
func step(tokens []Token, now []uint64, r rune) bool {
	alive := false
	for t := len(tokens); t >= 0; t-- {
		stays, comes := false, false
		if t < len(tokens) && now[t/64]>>(t%64)&1 == 1 {
			stays = tokens[t] == Star || tokens[t] == InnerStar && r != ':'
		}
		if t > 0 && now[(t-1)/64]>>((t-1)%64)&1 == 1 {
			comes = one(tokens[t-1], r)
		}
		if stays || comes {
			now[t/64] |= 1 << (t % 64)
			alive = true
		} else {
			now[t/64] &^= 1 << (t % 64)
		}
	}
	skipStars(tokens, now)
	return alive
}

// skipStars lets every state pass the stars before it, which match nothing.
func skipStars(tokens []Token, now []uint64) {
	for t, token := range tokens {
		if (token == Star || token == InnerStar) && now[t/64]>>(t%64)&1 == 1 {
			now[(t+1)/64] |= 1 << ((t + 1) % 64)
		}
	}
}
