package wildcard

import (
	"slices"
	"unicode"
)

// maxWork bounds the search for witnesses: states times characters to try
// times tokens to step.
const maxWork = 4_000_000

// Witnesses finds, for every combination of the patterns that some text
// matches and the rest do not, one such text. It answers false when there are
// too many to look through; the texts found are then not all.
func Witnesses(patterns [][]Token) ([]string, bool) {
	w := &witnessSearch{patterns: distinct(patterns)}
	w.collectAlphabet()
	if w.literal() {
		return w.literals(), true
	}
	w.seen, w.found = map[string]bool{}, map[string]bool{}
	w.collectMoves()
	w.maxStates = maxWork / (len(w.alphabet) * w.tokens())
	return w.run()
}

type witnessSearch struct {
	patterns [][]Token
	alphabet []rune
	seen     map[string]bool // states
	found    map[string]bool // combinations
	key      []byte          // room for a state's key

	moves     []moves // of each character of the alphabet
	stars     []uint64
	maxStates int
}

// moves say where every pattern goes with one character, a bit for each of its
// states: which states the character leads on from, and in which it may stay.
// They are the words of all patterns, one after the other.
type moves struct{ on, stay []uint64 }

// distinct leaves out patterns that stand there already: they match together.
func distinct(patterns [][]Token) [][]Token {
	var kept [][]Token
	for _, tokens := range patterns {
		if !slices.ContainsFunc(kept, func(other []Token) bool { return slices.Equal(tokens, other) }) {
			kept = append(kept, tokens)
		}
	}
	return kept
}

// literal says whether no pattern has a wildcard.
func (w *witnessSearch) literal() bool {
	return !slices.ContainsFunc(w.patterns, func(tokens []Token) bool {
		return slices.ContainsFunc(tokens, func(t Token) bool { return t < 0 })
	})
}

// literals are the witnesses of patterns without wildcards: every one is its
// own only text, and a short text that is none of them stands for the rest.
func (w *witnessSearch) literals() []string {
	texts := make([]string, 0, len(w.patterns)+1)
	for _, tokens := range w.patterns {
		texts = append(texts, Text(tokens))
	}
	rest := ""
	for i := 0; slices.Contains(texts, rest); i++ {
		rest = string(w.alphabet[i])
	}
	return append(texts, rest)
}

// tokens counts the tokens of all patterns, and an end for each.
func (w *witnessSearch) tokens() int {
	count := 1
	for _, tokens := range w.patterns {
		count += len(tokens) + 1
	}
	return count
}

// witnessState is where every pattern may stand after a text: the words of the
// patterns, one after the other.
type witnessState struct {
	text string
	now  []uint64
}

// words is how many words a pattern's states take.
func words(tokens []Token) int { return len(tokens)/64 + 1 }

// start is the state before any character.
func (w *witnessSearch) start() witnessState {
	var s witnessState
	for _, tokens := range w.patterns {
		now := make([]uint64, words(tokens))
		now[0] = 1
		skipStars(tokens, now)
		s.now = append(s.now, now...)
	}
	return s
}

// collectAlphabet takes every character of the patterns, and one that is in none.
func (w *witnessSearch) collectAlphabet() {
	in := map[rune]bool{':': true}
	w.alphabet = []rune{}
	for _, tokens := range w.patterns {
		for _, t := range tokens {
			if t >= 0 && !in[rune(t)] {
				in[rune(t)] = true
				w.alphabet = append(w.alphabet, rune(t))
			}
		}
	}
	for other := 'x'; ; other = nextLetter(other) {
		if !in[other] {
			w.alphabet = append(w.alphabet, other, ':')
			return
		}
	}
}

// nextLetter walks through the letters, so that witnesses can be read.
func nextLetter(r rune) rune {
	for {
		r++
		if unicode.IsLetter(r) {
			return r
		}
	}
}

func (w *witnessSearch) run() ([]string, bool) {
	start := w.start()
	var texts []string
	queue := []witnessState{start}
	next := make([]uint64, len(start.now))
	w.visit(start.now)
	for len(queue) > 0 {
		state := queue[0]
		queue = queue[1:]
		if w.isNew(&state) {
			texts = append(texts, state.text)
		}
		for i, r := range w.alphabet {
			copy(next, state.now)
			w.step(next, &w.moves[i])
			if !w.visit(next) {
				continue
			}
			if len(w.seen) > w.maxStates {
				return texts, false
			}
			queue = append(queue, witnessState{state.text + string(r), slices.Clone(next)})
		}
	}
	return texts, true
}

// visit says whether a state was not seen before.
func (w *witnessSearch) visit(now []uint64) bool {
	w.key = w.key[:0]
	for _, word := range now {
		for shift := 0; shift < 64; shift += 8 {
			w.key = append(w.key, byte(word>>shift))
		}
	}
	if w.seen[string(w.key)] {
		return false
	}
	w.seen[string(w.key)] = true
	return true
}

// collectMoves finds the moves of every character, and the states from which
// a star leads on without one.
func (w *witnessSearch) collectMoves() {
	total := 0
	for _, tokens := range w.patterns {
		total += words(tokens)
	}
	w.stars = make([]uint64, total)
	w.moves = make([]moves, len(w.alphabet))
	for i, r := range w.alphabet {
		m := moves{make([]uint64, total), make([]uint64, total)}
		w.each(func(word int, bit uint64, t Token) {
			star := t == Star || t == InnerStar
			switch {
			case star && (t == Star || r != ':'):
				m.stay[word] |= bit
			case !star && one(t, r):
				m.on[word] |= bit
			}
			if star {
				w.stars[word] |= bit
			}
		})
		w.moves[i] = m
	}
}

// each visits every token of every pattern with its place among the states.
func (w *witnessSearch) each(visit func(word int, bit uint64, t Token)) {
	first := 0
	for _, tokens := range w.patterns {
		for i, t := range tokens {
			visit(first+i/64, 1<<(i%64), t)
		}
		first += words(tokens)
	}
}

// step moves every pattern over one character. The last state of a pattern
// leads nowhere, so that nothing runs over into the next one.
func (w *witnessSearch) step(now []uint64, m *moves) {
	carry := uint64(0)
	for i := range now {
		on := now[i] & m.on[i]
		now[i] = now[i]&m.stay[i] | on<<1 | carry
		carry = on >> 63
	}
	for more := true; more; { // every state passes the stars before it, which match nothing
		more, carry = false, 0
		for i := range now {
			past := now[i] & w.stars[i]
			next := now[i] | past<<1 | carry
			carry = past >> 63
			more = more || next != now[i]
			now[i] = next
		}
	}
}

// isNew says whether this combination of matches was not seen before.
func (w *witnessSearch) isNew(s *witnessState) bool {
	combination := make([]byte, len(w.patterns))
	now := s.now
	for i, tokens := range w.patterns {
		combination[i] = byte(now[len(tokens)/64] >> (len(tokens) % 64) & 1)
		now = now[words(tokens):]
	}
	key := string(combination)
	if w.found[key] {
		return false
	}
	w.found[key] = true
	return true
}
