package source

import "strings"

// Nearest is the word of the list that word is most likely a slip of: equal
// but for case, or at a small edit distance. It is empty when none is near.
func Nearest(word string, among []string) string {
	best, bestDistance := "", 1+len(word)/3
	for _, candidate := range among {
		if strings.EqualFold(word, candidate) {
			return candidate
		}
		if d := Distance(strings.ToLower(word), strings.ToLower(candidate), bestDistance); d < bestDistance {
			best, bestDistance = candidate, d
		}
	}
	return best
}

// DidYouMean is the end of a message that suggests the nearest word: "; did
// you mean `X`?", or nothing.
func DidYouMean(word string, among []string) string {
	if near := Nearest(word, among); near != "" {
		return "; did you mean `" + near + "`?"
	}
	return ""
}

// Distance counts the insertions, deletions, replacements and swaps of
// neighbours between two words, and gives up with limit once it is reached.
func Distance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit || len(a) > 64 || len(b) > 64 {
		return limit
	}
	var two, one, now [65]int
	for j := range len(b) + 1 {
		one[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		for j := 1; j <= len(b); j++ {
			change := one[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			now[j] = min(change, one[j]+1, now[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				now[j] = min(now[j], two[j-2]+1)
			}
		}
		two, one = one, now
	}
	return min(limit, one[len(b)])
}
