package main

import (
	"encoding/json"
	"fmt"
	"io"

	"fenceline/engine/catalogue/data"
	"fenceline/engine/contract"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// console runs commands over files.
type console struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	paint          palette
	checker        contract.Checker
	changes        bool // print the nearest changes, too
}

// maxRead bounds what is read of a file; larger ones are refused by what was read.
const maxRead = 64 << 20

// read reads a file, or standard input for "-".
func (c *console) read(name string) (string, error) {
	in, err := c.open(name)
	if err != nil {
		return "", err
	}
	defer in.Close()
	data, err := io.ReadAll(io.LimitReader(in, maxRead))
	return string(data), err
}

// eval runs scenario files.
func (c *console) eval(options iam.Options, asJSON bool, files []string) int {
	status, tally := exitOK, tally{}
	for _, name := range files {
		text, err := c.read(name)
		if err != nil {
			status = max(status, c.unreadable(name, err, asJSON))
			continue
		}
		s := c.checker.Decode(source.NewFile(name, text), nil)
		result := s.Run(options, nil)
		c.report(name, result.Problems, source.Error)
		if s.Broken() {
			result.Results = result.Results[:0] // those of a file with errors prove nothing
			status = exitWrong
		} else if !tally.add(&result) {
			status = max(status, exitUnmet)
		}
		switch {
		case asJSON:
			c.json(result)
		case s.Broken():
			c.printBroken(name, s, result.Problems)
		default:
			c.print(name, s, &result, options)
		}
	}
	if !asJSON {
		c.sum(&tally)
	}
	return status
}

// validation is what validate prints of a file as JSON.
type validation struct {
	Version  int                `json:"version"`
	File     string             `json:"file"`
	Type     string             `json:"type"`
	Valid    bool               `json:"valid"`
	Problems []scenario.Problem `json:"problems"`
}

// validate checks policy documents.
func (c *console) validate(kind string, options iam.Options, asJSON bool, files []string) int {
	layer, ok := iam.ParseLayer(kind)
	if !ok || layer == iam.Service {
		return complain(c.stderr, fmt.Errorf("no kind of policy is called `%s`%s", kind, source.DidYouMean(kind, policyTypes())))
	}
	c.checker.Catalogue = data.Catalogue()
	status := exitOK
	for _, name := range files {
		text, err := c.read(name)
		if err != nil {
			status = max(status, c.unreadable(name, err, false))
			if asJSON {
				c.json(validation{1, name, kind, false, []scenario.Problem{unreadable(err)}})
			}
			continue
		}
		file := source.NewFile(name, text)
		found := c.checker.Validate(file, layer, options)
		problems, valid := scenario.Place(file, found), !source.HasErrors(found)
		if !valid {
			status = max(status, exitUnmet)
		}
		c.report(name, problems, source.Note)
		if asJSON {
			c.json(validation{1, name, kind, valid, problems})
		} else {
			c.printValidation(name, file, layer, valid, problems)
		}
	}
	return status
}

// report writes problems to standard error, up to the given severity.
func (c *console) report(name string, problems []scenario.Problem, upTo source.Severity) {
	for _, p := range problems {
		if p.Severity > upTo {
			continue
		}
		message := p.Message
		if p.Severity != source.Error {
			message = p.Severity.String() + ": " + message
		}
		fmt.Fprintf(c.stderr, "%s:%d:%d: %s: %s\n", name, p.InFile.Line, p.InFile.Column, p.Code, message)
	}
}

// unreadable reports a file that can't be read; as JSON it still has its document.
func (c *console) unreadable(name string, err error, asJSON bool) int {
	p := unreadable(err)
	c.report(name, []scenario.Problem{p}, source.Error)
	if asJSON {
		c.json(scenario.Result{Version: 1, Results: []scenario.RequestResult{}, Problems: []scenario.Problem{p}, Policies: []scenario.PolicyUse{}})
	}
	return exitWrong
}

func unreadable(err error) scenario.Problem {
	return scenario.Problem{Code: "unreadable", Message: err.Error(), InFile: source.Position{Line: 1}, Start: source.Position{Line: 1}, End: source.Position{Line: 1}}
}

func (c *console) json(document any) {
	encoder := json.NewEncoder(c.stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(document); err != nil {
		panic(err) // the types are ours and always encode
	}
}
