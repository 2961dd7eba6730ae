package redact

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"fenceline/engine/order"
)

// span is a part of a text.
type span struct{ start, end int }

// names finds the words of which the names in ARNs are made. Words are
// replaced, not whole names, so that `app-*` goes on matching `app-web`.
type names struct {
	full    map[string]bool // whole names
	cut     map[string]bool // words that a wildcard cuts, in lower case
	chosen  map[string]string
	skipped bool
}

func (n *names) notes() []string {
	switch {
	case n == nil:
		return nil
	case n.skipped:
		return []string{"Words of names that a wildcard cuts in two stay.", "Titles and descriptions may name things as well; read them before you share."}
	}
	return []string{"Titles and descriptions may name things as well; read them before you share."}
}

// arns calls back with the ARNs of a text.
func arns(text string, visit func(start, end int)) {
	for i := 0; ; {
		at := strings.Index(text[i:], "arn:")
		if at < 0 {
			return
		}
		start := i + at
		end := start
		for end < len(text) && strings.IndexByte(" \t\r\n\"'`,;", text[end]) < 0 {
			end++
		}
		if start == 0 || !isAlnum(text[start-1]) {
			visit(start, end)
		}
		i = max(end, start+4)
	}
}

// nameSpan is the part of an ARN that people chose, if it is of a kind that
// names somebody or a bucket; whole are the names in it.
func nameSpan(arn string) (part span, whole []span) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[4] == "aws" {
		return span{}, nil
	}
	resource := parts[5]
	offset := len(arn) - len(resource)
	kind, rest, ok := strings.Cut(resource, "/")
	part = span{offset + len(kind) + 1, len(arn)}
	switch {
	case parts[2] == "s3":
		part = span{offset, offset + len(kind)}
		return part, []span{part}
	case !ok || strings.HasPrefix(rest, "aws-service-role/") || strings.HasPrefix(rest, "aws-reserved/"):
		return span{}, nil
	case parts[2] == "iam" && slices.Contains([]string{"user", "role", "group", "policy", "instance-profile"}, kind):
		return part, []span{{part.start + strings.LastIndexByte(rest, '/') + 1, part.end}}
	case parts[2] == "sts" && (kind == "assumed-role" || kind == "federated-user"):
		if slash := strings.IndexByte(rest, '/'); slash >= 0 {
			return part, []span{{part.start, part.start + slash}, {part.start + slash + 1, part.end}}
		}
		return part, []span{part}
	}
	return span{}, nil
}

// collect learns the names of a text.
func (n *names) collect(text string) {
	arns(text, func(start, end int) {
		arn := text[start:end]
		part, whole := nameSpan(arn)
		for _, w := range whole {
			if name := arn[w.start:w.end]; name != "" && !strings.ContainsAny(name, "*?${}") {
				n.full[name] = true
			}
		}
		for _, w := range words(arn, part) {
			before, after := w.start > part.start && isWild(arn[w.start-1]), w.end < part.end && isWild(arn[w.end])
			if before || after {
				if n.cut == nil {
					n.cut = map[string]bool{}
				}
				n.cut[strings.ToLower(arn[w.start:w.end])] = true
			}
		}
	})
}

func isWild(c byte) bool { return c == '*' || c == '?' }

// words are the words with a letter in a part of a text, policy variables left
// out.
func words(text string, part span) []span {
	var list []span
	for i := part.start; i < part.end; {
		if strings.HasPrefix(text[i:], "${") {
			if end := strings.IndexByte(text[i:], '}'); end > 0 {
				i += end
			}
		}
		end := min(wordEnd(text, i), part.end)
		if end > i+1 && !isDigits(text[i:end]) {
			list = append(list, span{i, end})
		}
		i = max(i, end) + 1
	}
	return list
}

// spans are the words of a text that belong to names.
func (n *names) spans(text string) []span {
	if n == nil {
		return nil
	}
	if n.full[text] {
		return words(text, span{0, len(text)})
	}
	var list []span
	arns(text, func(start, end int) {
		arn := text[start:end]
		part, _ := nameSpan(arn)
		found := words(arn, part)
		found = append(found, n.segments(arn, part)...)
		for _, w := range found {
			list = append(list, span{start + w.start, start + w.end})
		}
	})
	order.By(list, func(a, b span) int { return a.start - b.start })
	return slices.Compact(list)
}

// segments are the words of an ARN's other segments that are names elsewhere,
// as in `home/alice/*`.
func (n *names) segments(arn string, part span) []span {
	var list []span
	for i := 0; i < len(arn); {
		end := i
		for end < len(arn) && arn[end] != '/' && arn[end] != ':' {
			end++
		}
		if i >= part.end && n.full[arn[i:end]] {
			list = append(list, words(arn, span{i, end})...)
		}
		i = end + 1
	}
	return list
}

// alphabet are the words that stand for words.
var alphabet = []string{
	"alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india", "juliett", "kilo", "lima", "mike",
	"november", "oscar", "papa", "quebec", "romeo", "sierra", "tango", "uniform", "victor", "whiskey", "xray", "yankee", "zulu",
}

// isFakeWord tells the words that fake chooses.
func isFakeWord(lower string) bool {
	return slices.Contains(alphabet, strings.TrimRight(lower, "0123456789"))
}

// fake is the word that stands for a word, in the same case. Words that a
// wildcard cuts stay, and with them those that it may cut out of them.
func (n *names) fake(c *chooser, word string) string {
	lower := strings.ToLower(word)
	if isFakeWord(lower) {
		return ""
	}
	for cut := range n.cut {
		if strings.HasPrefix(lower, cut) || strings.HasSuffix(lower, cut) {
			n.skipped = true
			return ""
		}
	}
	if n.chosen == nil {
		n.chosen = map[string]string{}
	}
	if n.chosen[lower] == "" {
		n.chosen[lower] = c.fromAlphabet()
	}
	return inCaseOf(n.chosen[lower], word)
}

func (c *chooser) fromAlphabet() string {
	for {
		i := c.next["alphabet"]
		c.next["alphabet"]++
		word := alphabet[i%len(alphabet)]
		if round := i / len(alphabet); round > 0 {
			word += strconv.Itoa(round + 1)
		}
		if !c.words[word] {
			return word
		}
	}
}

func inCaseOf(fake, word string) string {
	switch {
	case strings.ToUpper(word) == word:
		return strings.ToUpper(fake)
	case unicode.IsUpper(rune(word[0])):
		return strings.ToUpper(fake[:1]) + fake[1:]
	}
	return fake
}
