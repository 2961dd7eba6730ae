package main

import (
	"encoding/json"
	"errors"
	"html/template"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fenceline/engine/source"
)

// task is an exercise as a lesson names it: the exercise's page has the rest.
type task struct{ Name, Title, Kind, Address string }

// kinds say what each kind of exercise asks for.
var kinds = map[string]string{
	"predict": "predict the decisions",
	"repair":  "repair a policy",
	"write":   "write a policy",
	"attack":  "find a way through",
	"spot":    "find the statement that decides",
}

// exercise is a block that leads to an exercise, by its name.
func (f fence) exercise() template.HTML {
	var tasks []task
	for _, line := range f.lines {
		name := strings.TrimSpace(line.text)
		if name == "" {
			continue
		}
		one, err := f.taskOf(name)
		switch {
		case errors.Is(err, fs.ErrNotExist) || !filepath.IsLocal(name):
			f.fault(line.offset, "unknownExercise", "there is no `content/exercises/"+source.Clip(name)+".json`"+source.DidYouMean(name, f.exercises()))
		case err != nil:
			f.fault(line.offset, "brokenExercise", "the exercise `"+name+"` can't be read: "+err.Error())
		default:
			f.refer(line.offset, one.Address)
			tasks = append(tasks, one)
		}
	}
	if len(f.lines) == 0 {
		f.fault(f.offset, "missingOption", "an exercise is named by a line with its name")
	}
	return f.markup("exercises", tasks)
}

// taskOf reads what a lesson says of an exercise.
func (w *writing) taskOf(name string) (task, error) {
	text, err := os.ReadFile(filepath.Join(w.repository, "content/exercises", name+".json"))
	if err != nil {
		return task{}, err
	}
	var read struct{ Title, Kind string }
	err = json.Unmarshal(text, &read)
	return task{name, read.Title, kinds[read.Kind], "/exercises/" + name + "/"}, err
}

// exercises are the names of all exercises.
func (w *writing) exercises() []string {
	files, _ := filepath.Glob(filepath.Join(w.repository, "content/exercises/*.json"))
	for i, file := range files {
		files[i] = strings.TrimSuffix(filepath.Base(file), ".json")
	}
	return files
}
