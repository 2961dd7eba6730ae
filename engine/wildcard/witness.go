package wildcard

import "unicode"

// maxWork bounds the search for witnesses: states times characters to try
// times tokens to step.
const maxWork = 4_000_000

// Witnesses finds, for every combination of the patterns that some text
// matches and the rest do not, one such text. It answers false when there are
// too many to look through; the texts found are then not all.
func Witnesses(patterns [][]Token) ([]string, bool) {
	w := &witnessSearch{patterns: patterns, seen: map[string]bool{}, found: map[string]bool{}}
	w.collectAlphabet()
	w.maxStates = maxWork / (len(w.alphabet) * w.tokens())
	return w.run()
}

type witnessSearch struct {
	patterns [][]Token
	alphabet []rune
	seen     map[string]bool // states
	found    map[string]bool // combinations

	maxStates int
}

// tokens counts the tokens of all patterns, and an end for each.
func (w *witnessSearch) tokens() int {
	count := 1
	for _, tokens := range w.patterns {
		count += len(tokens) + 1
	}
	return count
}

// witnessState is where every pattern may stand after a text.
type witnessState struct {
	text string
	now  [][]uint64
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
	start := witnessState{now: make([][]uint64, len(w.patterns))}
	for i, tokens := range w.patterns {
		start.now[i] = make([]uint64, len(tokens)/64+1)
		start.now[i][0] = 1
		skipStars(tokens, start.now[i])
	}
	var texts []string
	queue := []witnessState{start}
	w.seen[stateKey(start.now)] = true
	for len(queue) > 0 {
		state := queue[0]
		queue = queue[1:]
		if w.isNew(&state) {
			texts = append(texts, state.text)
		}
		for _, r := range w.alphabet {
			next := w.step(&state, r)
			key := stateKey(next.now)
			if w.seen[key] {
				continue
			}
			if len(w.seen) >= w.maxStates {
				return texts, false
			}
			w.seen[key] = true
			queue = append(queue, next)
		}
	}
	return texts, true
}

func (w *witnessSearch) step(s *witnessState, r rune) witnessState {
	next := witnessState{text: s.text + string(r), now: make([][]uint64, len(s.now))}
	for i, tokens := range w.patterns {
		next.now[i] = append([]uint64(nil), s.now[i]...)
		step(tokens, next.now[i], r)
	}
	return next
}

// isNew says whether this combination of matches was not seen before.
func (w *witnessSearch) isNew(s *witnessState) bool {
	combination := make([]byte, len(w.patterns))
	for i, tokens := range w.patterns {
		combination[i] = byte(s.now[i][len(tokens)/64] >> (len(tokens) % 64) & 1)
	}
	key := string(combination)
	if w.found[key] {
		return false
	}
	w.found[key] = true
	return true
}

func stateKey(now [][]uint64) string {
	var key []byte
	for _, words := range now {
		for _, word := range words {
			for shift := 0; shift < 64; shift += 8 {
				key = append(key, byte(word>>shift))
			}
		}
	}
	return string(key)
}
