package main

import (
	"html/template"
	"slices"
	"strconv"
	"strings"

	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// views are the parts of a scenario that a lesson may show.
var views = []string{"request", "policies", "verdict", "explanation", "steps"}

// running is a scenario in a lesson: what it tells step by step, and a playground.
type running struct {
	Title, Address string
	Steps          []requestRow
	Playground     *embed
}

// scenario is a block that shows a scenario, decided.
func (f fence) scenario() template.HTML {
	options := f.options("file", "request", "view", "edit", "expect")
	e, ok := f.example(options["file"])
	if !ok {
		return ""
	}
	selected := e.workspace.Selected
	if o, given := options["request"]; given {
		if selected, ok = f.request(e, o); !ok {
			return ""
		}
	}
	e = e.telling(selected)
	if o, given := options["expect"]; given {
		f.check(o, e.result.Results[selected])
	}
	out := running{Title: e.workspace.title, Address: e.address()}
	view := f.view(options["view"], isStory(e))
	if slices.Contains(view, "steps") {
		out.Steps = rows(e, everyRequest(e))
	}
	if shown := slices.DeleteFunc(view, func(part string) bool { return part == "steps" }); len(shown) > 0 {
		one := newEmbed(e)
		one.View = shown
		one.limit(f.editable(e, options["edit"]))
		out.Playground = &one
	}
	return f.markup("running", out)
}

// picture is a block that shows how a decision is made, to play with: it begins
// with a scenario, which pages without a script show decided.
func (f fence) picture() template.HTML {
	options := f.options("file", "expect")
	e, ok := f.example(options["file"])
	if !ok {
		return ""
	}
	if o, given := options["expect"]; given {
		f.check(o, e.result.Results[e.workspace.Selected])
	}
	one := newEmbed(e)
	one.limit(nil)
	return f.markup("picture", running{Title: e.workspace.title, Address: e.address(), Playground: &one})
}

// isStory says whether a scenario has calls, which change the account.
func isStory(e example) bool {
	return slices.ContainsFunc(e.result.Results, func(r scenario.RequestResult) bool { return r.Call != nil })
}

// view reads which parts are shown; a story shows its steps, too.
func (f fence) view(o option, story bool) []string {
	if o.value == "" && !story {
		return slices.Clone(views[:4])
	}
	if o.value == "" {
		return slices.Clone(views)
	}
	var out []string
	for _, part := range o.list() {
		if !slices.Contains(views, part.value) {
			f.fault(part.offset, "unknownView", "a scenario has no part `"+part.value+"`"+source.DidYouMean(part.value, views)+"; its parts are `"+strings.Join(views, "`, `")+"`")
		}
		out = append(out, part.value)
	}
	return out
}

// editable reads the policies that a reader may change; `context` is the request's context.
func (f fence) editable(e example, o option) []string {
	known := []string{contextWord}
	var out []string
	for _, p := range e.workspace.Policies {
		known = append(known, p.Name)
	}
	for _, name := range o.list() {
		if !slices.Contains(known, name.value) {
			f.fault(name.offset, "unknownPolicy", "the scenario has no policy `"+source.Clip(name.value)+"`"+source.DidYouMean(name.value, known))
		}
		out = append(out, name.value)
	}
	return out
}

// example finds the scenario with a name such as `mfa/mfa.json`.
func (w *writing) example(name option) (example, bool) {
	if name.value == "" {
		w.fault(name.offset, "missingOption", "a scenario is named by `file: STORY/NAME.json`")
		return example{}, false
	}
	e, ok := w.examples[name.value]
	// What is wrong with a scenario itself is told at its own place.
	if !ok && !slices.Contains(w.broken, name.value) {
		w.fault(name.offset, "unknownScenario", "there is no `content/scenarios/"+name.value+"`"+source.DidYouMean(name.value, sortedKeys(w.examples)))
	}
	return e, ok
}

// request finds a request by its index, from 0, or by its name.
func (w *writing) request(e example, o option) (int, bool) {
	results := e.result.Results
	if at, err := strconv.Atoi(o.value); err == nil {
		if at < 0 || at >= len(results) {
			w.fault(o.offset, "unknownRequest", "the scenario has no request "+o.value+"; its requests are 0 to "+strconv.Itoa(len(results)-1))
			return 0, false
		}
		return at, true
	}
	var names []string
	for i, r := range results {
		if r.Name == o.value {
			return i, true
		}
		names = append(names, r.Name)
	}
	w.fault(o.offset, "unknownRequest", "the scenario has no request `"+source.Clip(o.value)+"`"+source.DidYouMean(o.value, names))
	return 0, false
}
