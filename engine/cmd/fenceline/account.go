package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"fenceline/engine/intake"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// described is an account as files describe it: one scenario file, or what AWS's
// commands printed.
type described struct {
	name, text string          // of the scenario file
	printed    *intake.Account // nil for a scenario file
}

// describe reads the files that describe an account. What is not used of AWS's
// outputs goes to standard error.
func (c *console) describe(files []string) (*described, error) {
	if len(files) == 0 {
		return nil, errors.New("`--account FILE` is needed, a scenario file or what `aws iam get-account-authorization-details` prints: AWS has the account, here is only what files say")
	}
	d, reader := &described{}, intake.NewAccountReader()
	for _, name := range files {
		if err := c.describeBy(d, reader, name); err != nil {
			return nil, err
		}
	}
	if d.name != "" && len(files) > 1 {
		return nil, errors.New("`" + d.name + "` is a scenario file, which describes an account alone; give no other file with it")
	}
	if d.name != "" {
		return d, nil
	}
	d.printed = reader.Finish()
	c.unused(d.printed)
	if a := d.printed; len(a.Identities)+len(a.Policies)+len(a.Resources) == 0 && a.Organization == nil {
		return nil, errors.New("`" + strings.Join(files, "`, `") + "` describes no account; give a scenario file, or what `aws iam get-account-authorization-details` prints")
	}
	return d, nil
}

// pieceSize is how much of a file is read at once.
const pieceSize = 1 << 20

// describeBy reads one of the files. AWS's outputs are read in pieces, as they
// may be large.
func (c *console) describeBy(d *described, reader *intake.AccountReader, name string) error {
	file, err := c.open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	in := bufio.NewReaderSize(file, pieceSize)
	if beginning, err := in.Peek(4096); err != nil && !errors.Is(err, io.EOF) {
		return err
	} else if scenario.Begins(string(beginning)) {
		text, err := io.ReadAll(io.LimitReader(in, maxRead))
		d.name, d.text = name, string(text)
		return err
	}
	piece := make([]byte, pieceSize)
	for {
		n, err := io.ReadFull(in, piece)
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return err
		}
		reader.Read(name, string(piece[:n]), last)
		if last {
			return nil
		}
	}
}

// open opens a file, or standard input for "-".
func (c *console) open(name string) (io.ReadCloser, error) {
	if name == "-" {
		return io.NopCloser(c.stdin), nil
	}
	return os.Open(name)
}

// unused says what of AWS's outputs is not in the account, and what that leaves
// open.
func (c *console) unused(a *intake.Account) {
	for _, u := range a.Unused {
		fmt.Fprintf(c.stderr, "%s:%d:0: unused: note: %s\n", u.File, u.Line, u.Why)
	}
	if a.MoreUnused > 0 {
		fmt.Fprintf(c.stderr, "fenceline: %s that %s not used\n", plural(a.MoreUnused, "more part"), isOrAre(a.MoreUnused))
	}
	c.notes(a.Notes)
}

func isOrAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

func (c *console) notes(notes []string) {
	for _, note := range notes {
		fmt.Fprintln(c.stderr, "fenceline: "+note)
	}
}

// decode reads a scenario that was asked for. One that has errors is reported.
func (c *console) decode(name, text string, policies []scenario.NamedText) (*scenario.Scenario, error) {
	s := c.checker.Decode(source.NewFile(name, text), policies)
	if policies == nil && s.Broken() || s.Invalid {
		c.report(name, s.Problems, source.Error)
		return nil, errors.New("`" + name + "` is not valid as a scenario")
	}
	return s, nil
}
