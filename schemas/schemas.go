// Package schemas is the published contract of what a person writes and what a
// program answers: JSON Schemas (2020-12) of the scenario file, of its result,
// and of every kind of policy. It embeds them, and checks parsed texts against
// them with messages in plain words at the places of the text.
//
// The schemas say what can be said of a document's structure. Some defects
// they can't express, and leave to the engine: a member or Sid that stands
// twice, condition keys that differ only by case, characters and sizes that
// AWS refuses, which actions and services exist, incomplete ARNs, the form of
// policy variables, and in a scenario whether names are defined and fit the
// thing that uses them. They never refuse a policy that the engine accepts.
package schemas

import (
	"embed"
	"io/fs"
	"slices"
	"strings"

	"fenceline/engine/source"
)

// FS has every schema as a file, NAME.schema.json.
//
//go:embed *.schema.json
var FS embed.FS

// base is where the schemas are published; their ids begin with it.
const base = "https://fenceline.dev/schemas/"

const suffix = ".schema.json"

// Names lists the schemas, sorted: "scenario", "result", "changes", "exercise", "policy" for
// what all policies share, and each kind of policy by the name of its layer.
func Names() []string {
	files, err := fs.Glob(FS, "*"+suffix)
	if err != nil {
		panic(err) // the pattern is constant and well formed
	}
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = strings.TrimSuffix(file, suffix)
	}
	return names
}

// ID is the address of the schema of that name.
func ID(name string) string { return base + name + suffix }

// Check validates a parsed document against the schema of that name and
// answers problems in plain words at the places of the text, in their order.
// Only the first of several members with one name is looked at. It panics when
// there is no such schema.
func Check(schema string, root *source.Node) []source.Problem {
	failure := loaded.validate(schema, value(root))
	if failure == nil {
		return nil
	}
	r := reporter{root: root}
	r.walk(failure)
	slices.SortStableFunc(r.problems, func(a, b source.Problem) int { return strings.Compare(a.Message, b.Message) })
	return source.SortProblems(r.problems)
}
