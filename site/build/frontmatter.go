package main

import (
	"strconv"
	"strings"
	"time"

	"fenceline/engine/source"
)

// frontMatter is what a lesson says of itself before its text.
type frontMatter struct {
	Title, Question string
	Minutes         int
	// Changed is the day of the last change that readers are told of, if any.
	Changed string
}

// fields are the names that front matter has; the first three are needed.
var fields = []string{"title", "question", "minutes", "changed"}

// frontMatterOf reads the lines between the two `---` at the beginning of a
// text, and answers the text with them blank, so that places stay.
func frontMatterOf(file *source.File, found *problems) (frontMatter, []byte) {
	text := []byte(file.Text)
	end := frontMatterEnd(file.Text)
	if end < 0 {
		found.at(file, 0, "noFrontMatter", "a lesson begins with a line `---`, lines `title: …`, `question: …`, `minutes: …`, and a line `---`")
		return frontMatter{}, text
	}
	var matter frontMatter
	seen := map[string]bool{}
	offset := len("---\n")
	for line := range strings.Lines(file.Text[offset : end-len("---\n")]) {
		matter.read(file, found, seen, offset, strings.TrimRight(line, "\r\n"))
		offset += len(line)
	}
	for _, name := range fields[:3] {
		if !seen[name] {
			found.at(file, 0, "missingField", "the front matter has no `"+name+": …`")
		}
	}
	for i := range end {
		if text[i] != '\n' {
			text[i] = ' '
		}
	}
	return matter, text
}

// frontMatterEnd is where the text after it begins, or -1.
func frontMatterEnd(text string) int {
	if !strings.HasPrefix(text, "---\n") {
		return -1
	}
	at := strings.Index(text[3:], "\n---\n")
	if at < 0 {
		return -1
	}
	return 3 + at + len("\n---\n")
}

// read takes one line.
func (m *frontMatter) read(file *source.File, found *problems, seen map[string]bool, offset int, line string) {
	if strings.TrimSpace(line) == "" {
		return
	}
	name, value, isPair := strings.Cut(line, ":")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	switch {
	case !isPair || value == "":
		found.at(file, offset, "invalidField", "a line of the front matter is `name: value`")
		return
	case seen[name]:
		found.at(file, offset, "duplicateField", "`"+name+"` is there twice")
	}
	seen[name] = true
	at := offset + strings.Index(line, value)
	switch name {
	case "title":
		m.Title = value
	case "question":
		m.Question = value
	case "minutes":
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > 60 {
			found.at(file, at, "invalidField", "`minutes` is a number from 1 to 60, not `"+value+"`")
		}
		m.Minutes = n
	case "changed":
		if _, err := time.Parse(time.DateOnly, value); err != nil {
			found.at(file, at, "invalidField", "`changed` is a day as `2026-11-26`, not `"+value+"`")
			return
		}
		m.Changed = value
	default:
		found.at(file, offset, "unknownField", "front matter has no `"+name+"`"+source.DidYouMean(name, fields))
	}
}
