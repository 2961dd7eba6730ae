package main

import (
	"html/template"
	"strconv"
	"strings"
)

// resultTable is a table of a scenario's requests with their decisions.
type resultTable struct {
	Title, Address string
	Rows           []requestRow
}

// results is a block that shows what is decided of a scenario's requests.
func (f fence) results() template.HTML {
	e, list, _, ok := f.requestsOf()
	if !ok {
		return ""
	}
	return f.markup("results", resultTable{e.workspace.title, e.address(), rows(e, list)})
}

// requestsOf are the scenario of a block and the requests that it chooses, with the place of the choice.
func (f fence) requestsOf() (e example, list []int, choice option, ok bool) {
	options := f.options("file", "requests")
	if e, ok = f.example(options["file"]); !ok {
		return e, nil, choice, false
	}
	choice, given := options["requests"]
	if !given {
		return e, everyRequest(e), option{offset: f.offset}, true
	}
	return e, f.chosen(e, choice), choice, true
}

// chosen reads a choice of requests: `0-5`, or `0, 2, 4-6`.
func (f fence) chosen(e example, o option) []int {
	var list []int
	for _, part := range o.list() {
		first, last, isRange := strings.Cut(part.value, "-")
		if !isRange {
			last = first
		}
		from, err1 := strconv.Atoi(first)
		to, err2 := strconv.Atoi(last)
		switch count := len(e.result.Results); {
		case err1 != nil || err2 != nil || from > to:
			f.fault(part.offset, "invalidOption", "requests are chosen by their indices, as `0-5` or `0, 2, 4-6`, not by `"+part.value+"`")
		case to >= count:
			f.fault(part.offset, "unknownRequest", "the scenario has no request "+last+"; its requests are 0 to "+strconv.Itoa(count-1))
		default:
			for i := from; i <= to; i++ {
				list = append(list, i)
			}
		}
	}
	return list
}
