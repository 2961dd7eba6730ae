package awscli

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// WriteText writes a value that came from JSON as `--output text` does: a line
// for each structure and list of scalars, fields in the order of their names
// with tabs between them, the name of what holds them first.
//
// https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-output-format.html
func WriteText(w io.Writer, value any) { writeText(w, value, "", nil) }

func writeText(w io.Writer, value any, name string, fields []string) {
	switch v := value.(type) {
	case map[string]any:
		writeStructure(w, v, name, fields)
	case []any:
		writeList(w, v, name)
	default:
		fmt.Fprintln(w, scalar(v))
	}
}

// writeStructure writes the scalars as a line, then all else below it; with
// fields given each of them has a column, be it empty.
func writeStructure(w io.Writer, members map[string]any, name string, fields []string) {
	names := slices.Sorted(maps.Keys(members))
	if fields == nil {
		fields = slices.DeleteFunc(slices.Clone(names), func(n string) bool { return !isScalar(members[n]) })
	}
	var line []string
	for _, field := range fields {
		if value, ok := members[field]; ok {
			line = append(line, scalar(value))
		} else {
			line = append(line, "")
		}
	}
	if len(line) > 0 {
		if name != "" {
			line = slices.Insert(line, 0, strings.ToUpper(name))
		}
		fmt.Fprintln(w, strings.Join(line, "\t"))
	}
	for _, n := range names {
		if !slices.Contains(fields, n) {
			writeText(w, members[n], n, nil)
		}
	}
}

// writeList writes a list: structures with the same columns, scalars on a line
// or, under a name, on one each.
func writeList(w io.Writer, items []any, name string) {
	var scalars []string
	fields := []string{}
	structures := false
	for _, item := range items {
		if members, ok := item.(map[string]any); ok {
			structures = true
			for field, value := range members {
				if isScalar(value) && !slices.Contains(fields, field) {
					fields = append(fields, field)
				}
			}
		} else if isScalar(item) {
			scalars = append(scalars, scalar(item))
		}
	}
	slices.Sort(fields)
	if !structures {
		fields = nil
		writeScalars(w, scalars, name)
	}
	for _, item := range items {
		if structures || !isScalar(item) {
			writeText(w, item, name, fields)
		}
	}
}

func writeScalars(w io.Writer, scalars []string, name string) {
	if name == "" && len(scalars) > 0 {
		fmt.Fprintln(w, strings.Join(scalars, "\t"))
		return
	}
	for _, text := range scalars {
		fmt.Fprintln(w, strings.ToUpper(name)+"\t"+text)
	}
}

func isScalar(value any) bool {
	switch value.(type) {
	case map[string]any, []any:
		return false
	}
	return true
}

// scalar is a value in Python's words, which scripts know.
func scalar(value any) string {
	switch v := value.(type) {
	case nil:
		return "None"
	case bool:
		if v {
			return "True"
		}
		return "False"
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}
