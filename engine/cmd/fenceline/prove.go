package main

import (
	"fmt"

	"fenceline/engine/exercise"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// prove reads exercises and tells what is wrong with them.
func (c *console) prove(files []string) int {
	status := exitOK
	for _, name := range files {
		text, err := c.read(name)
		if err != nil {
			status = max(status, c.unreadable(name, err, false))
			continue
		}
		file := source.NewFile(name, text)
		read, problems := exercise.Read(file)
		c.report(name, scenario.Place(file, problems), source.Note)
		if len(problems) > 0 {
			status = max(status, exitWrong)
			continue
		}
		fmt.Fprintf(c.stdout, "%s: %s, proved with %d wrong answers\n", name, read.Kind, len(read.Wrong))
	}
	return status
}
