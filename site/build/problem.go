package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fenceline/engine/source"
)

// problem is a defect of a text that was written for the site, at its place.
// Line and column count from 1; the file is named from the repository's root.
type problem struct {
	file          string
	line, column  int
	code, message string
}

// Error is the problem as compilers write it: FILE:LINE:COLUMN: code: message.
func (p problem) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s: %s", p.file, p.line, p.column, p.code, p.message)
}

// problems are those of a whole build: one does not hide the others.
type problems []problem

// at adds a problem at a byte of a text.
func (ps *problems) at(file *source.File, offset int, code, message string) {
	place := file.Position(offset)
	*ps = append(*ps, problem{file.Name, place.Line, place.Column + 1, code, message})
}

// sorted are the problems by their places, each once.
func (ps problems) sorted() problems {
	list := slices.Clone(ps)
	slices.SortFunc(list, func(a, b problem) int {
		return cmp.Or(cmp.Compare(a.file, b.file), a.line-b.line, a.column-b.column, cmp.Compare(a.code, b.code), cmp.Compare(a.message, b.message))
	})
	return slices.Compact(list)
}

// Error tells all of them, a line each.
func (ps problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// settle is what a build fails with: nothing where there is no problem.
func (ps problems) settle() error {
	if len(ps) == 0 {
		return nil
	}
	return ps.sorted()
}

// problemsIn are the problems that an error tells, if it tells any.
func problemsIn(err error) (problems, bool) {
	var list problems
	ok := errors.As(err, &list)
	return list, ok
}
