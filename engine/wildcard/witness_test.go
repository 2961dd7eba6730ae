package wildcard

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// combination says which patterns match a text.
func combination(patterns [][]Token, text string) string {
	matches := make([]byte, len(patterns))
	for i, tokens := range patterns {
		matches[i] = '-'
		if MatchTokens(tokens, text) {
			matches[i] = '+'
		}
	}
	return string(matches)
}

// textsUpTo lists every text of a few characters up to a length.
func textsUpTo(length int) []string {
	texts, last := []string{""}, []string{""}
	for range length {
		var longer []string
		for _, text := range last {
			for _, r := range "ab:q" {
				longer = append(longer, text+string(r))
			}
		}
		texts, last = append(texts, longer...), longer
	}
	return texts
}

func somePatterns(random *rand.Rand, characters string) [][]Token {
	patterns := make([][]Token, random.IntN(4))
	for i := range patterns {
		var text []byte
		for range random.IntN(4) {
			text = append(text, characters[random.IntN(len(characters))])
		}
		patterns[i] = Tokens(nil, string(text))
		if random.IntN(4) == 0 {
			patterns[i] = Inner(nil, patterns[i])
		}
	}
	return patterns
}

// Whatever combination some text brings out, one witness does, and only one.
func TestWitnessesBringOutEveryCombination(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	texts := textsUpTo(5)
	for round := range 400 {
		characters := "ab:*?"
		if round%2 == 0 {
			characters = "ab:" // without wildcards there is a shorter way
		}
		patterns := somePatterns(random, characters)
		witnesses, exact := Witnesses(patterns)
		if !exact {
			t.Fatalf("%v: not every text was looked at", patterns)
		}
		var found []string
		for _, text := range witnesses {
			found = append(found, combination(patterns, text))
		}
		slices.Sort(found)
		if len(slices.Compact(slices.Clone(found))) != len(found) {
			t.Errorf("%v: %q bring out a combination twice: %v", patterns, witnesses, found)
		}
		for _, text := range texts {
			if want := combination(patterns, text); !slices.Contains(found, want) {
				t.Fatalf("%v: no witness for %v, which %q brings out, among %q", patterns, want, text, witnesses)
			}
		}
	}
}

func TestWitnessesGiveUpOnTooMany(t *testing.T) {
	var patterns [][]Token
	for r := 'a'; r < 'a'+14; r++ {
		patterns = append(patterns, Tokens(nil, "*"+string(r)+"????????????*"))
	}
	if _, exact := Witnesses(patterns); exact {
		t.Error("all texts were looked at")
	}
}
