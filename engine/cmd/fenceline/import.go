package main

import (
	"errors"
	"fmt"
	"io"

	"fenceline/engine/intake"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// importCommand writes what AWS's commands printed as a scenario file.
type importCommand struct {
	Principal []string `sep:"none" placeholder:"ARN" help:"Only what this user, group or role meets; again for another."`
	Files     []string `arg:"" name:"file" help:"What aws iam get-account-authorization-details and other commands print; - is standard input."`
}

// importAccount prints an account as one scenario file. What would keep that
// from being evaluated is told.
func (c *console) importAccount(in *importCommand) int {
	d, err := c.describe(in.Files)
	if err != nil {
		return complain(c.stderr, err)
	}
	if d.printed == nil {
		return complain(c.stderr, errors.New("`"+d.name+"` is a scenario file already"))
	}
	part, err := chosen(d.printed, in.Principal)
	if err != nil {
		return complain(c.stderr, err)
	}
	file, unwritable := part.File()
	if len(file) > scenario.MaxBytes {
		return complain(c.stderr, fmt.Errorf("the scenario file would have %d bytes, of which %d are read at most; say with `--principal ARN` whose policies are wanted", len(file), scenario.MaxBytes))
	}
	c.notes(part.Notes)
	for _, name := range unwritable {
		c.notes([]string{"the document of `" + source.Clip(name) + "` is no JSON object; it is missing in the file"})
	}
	s := c.checker.Decode(source.NewFile("scenario", file), nil)
	c.report("scenario", s.Problems, source.Error)
	if _, err := io.WriteString(c.stdout, file); err != nil {
		return complain(c.stderr, err)
	}
	if s.Broken() {
		return exitUnmet
	}
	return exitOK
}

// chosen is the whole account, or what some of its principals meet.
func chosen(a *intake.Account, principals []string) (intake.Excerpt, error) {
	if len(principals) == 0 {
		return a.Whole(), nil
	}
	for _, text := range principals {
		if a.PrincipalOf(text) == nil {
			var arns []string
			for _, i := range a.Identities {
				arns = append(arns, i.ARN)
			}
			return intake.Excerpt{}, errors.New("the account has no `" + source.Clip(text) + "`" + source.DidYouMean(text, arns))
		}
	}
	part, _ := a.Excerpt(intake.Wish{Principals: principals}) // without requests none can be wrong
	return part, nil
}
