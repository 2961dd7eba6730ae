package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"fenceline/engine/exercise"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// exerciseKinds say what each kind of exercise asks for, as a label.
var exerciseKinds = map[string]string{
	exercise.Predict: "Predict", exercise.Repair: "Repair", exercise.Write: "Write", exercise.Attack: "Attack", exercise.Spot: "Spot",
}

// exercisePage is what the page of an exercise shows.
type exercisePage struct {
	// Name is the exercise's name in addresses, Hash that of its file: progress is kept under it.
	Name, Hash, Kind, Label, Title string
	Lesson                         exerciseLesson
	Goal, Locked, Why, Learned     template.HTML
	Hints                          []exerciseHint
	Policies                       []exercisePolicy
	// Managed are policies of AWS that are attached, and say what each is attached as and to whom.
	Managed  []managedPolicy
	Requests []exerciseRequest
	Checks   []exerciseCheck
	Attack   exercise.Attempted
	// Changes says what of the request an attack may change.
	Changes  string
	Solution []policyText
	// Deciding is the statement that is right in spot, Explanation what the engine says to it.
	Deciding, Explanation string
	Wrong                 []template.HTML
	// Previous and Next are the exercises beside it, in the order of the lessons.
	Previous, Next *exerciseEntry
	// place is where the lesson names it; those that it does not name come last.
	place int
}

// Path is the page's address.
func (e exercisePage) Path() string { return "/exercises/" + e.Name + "/" }

// exerciseLesson is the lesson that an exercise belongs to; Path is empty where there is no page of it.
type exerciseLesson struct{ Name, Title, Path string }

// exerciseHint is a hint; they count from 1.
type exerciseHint struct {
	Number int
	Text   template.HTML
}

// exercisePolicy is a policy with who has it.
type exercisePolicy struct {
	policyText
	Attached []string
	Editable bool
	Rows     int
}

// managedPolicy is a policy of AWS, which the scenario names and does not hold.
type managedPolicy struct {
	Name     string
	Attached []string
}

// exerciseRequest is a request with what the engine decides.
type exerciseRequest struct {
	Name               string
	Facts              []fact
	Verdict            verdict
	Cause, Explanation string
}

// exerciseCheck is a check in words.
type exerciseCheck struct {
	Says, Expected string
	Failed         template.HTML
	Hidden         bool
	Request        exerciseRequest
}

// exerciseEntry is an exercise in the list of all; progress is kept under Hash.
type exerciseEntry struct {
	Name  string `json:"name"`
	Hash  string `json:"hash"`
	Title string `json:"title"`
}

// Path is the page's address.
func (e exerciseEntry) Path() string { return "/exercises/" + e.Name + "/" }

// exerciseList lists all exercises for their pages, which find there what is not solved yet.
const exerciseList = "exercises/index.json"

// exercisePages are the page of each exercise, and the one that lists them by lesson.
func (s *site) exercisePages(a *assets, _ []example) ([]pageFile, error) {
	exercises, err := s.readExercises()
	if err != nil {
		return nil, err
	}
	entries := make([]exerciseEntry, len(exercises))
	for i, one := range exercises {
		entries[i] = exerciseEntry{one.Name, one.Hash, one.Title}
	}
	list, err := json.Marshal(entries)
	if err != nil {
		return nil, err
	}
	s.files[exerciseList] = list
	var pages []pageFile
	var lessons []exerciseGroup
	for i, one := range exercises {
		if i > 0 {
			one.Previous = &entries[i-1]
		}
		if i+1 < len(exercises) {
			one.Next = &entries[i+1]
		}
		if len(lessons) == 0 || lessons[len(lessons)-1].Lesson != one.Lesson {
			lessons = append(lessons, exerciseGroup{Lesson: one.Lesson})
		}
		group := &lessons[len(lessons)-1]
		group.Exercises = append(group.Exercises, one)
		pages = append(pages, pageFile{"exercises/" + one.Name + "/index.html", "exercise.html", page{
			assets: a, Sheet: a.ExerciseStyles, Path: one.Path(), Title: one.Title + " · Fenceline",
			Description: one.Label + ": an exercise in AWS IAM evaluation that checks itself.",
			Module:      a.Exercise, Imports: a.ExerciseImports, Body: one,
		}})
	}
	return append(pages, pageFile{"exercises/index.html", "exercises.html", page{
		assets: a, Sheet: a.ExerciseStyles, Path: "/exercises/", Title: "Exercises · Fenceline",
		Description: "Exercises in AWS IAM evaluation that check themselves: predict decisions, repair and write policies, find the way through, spot the statement that decides.",
		Module:      a.Exercise, Imports: a.ExerciseImports, Body: lessons,
	}}), nil
}

// exerciseGroup are the exercises of a lesson.
type exerciseGroup struct {
	Lesson    exerciseLesson
	Exercises []exercisePage
}

// readExercises reads and proves every exercise, and files it as it is. One
// that is broken breaks the build; all of them are told at once.
func (s *site) readExercises() ([]exercisePage, error) {
	content := os.DirFS(filepath.Join(s.repository, "content"))
	names, err := fs.Glob(content, "exercises/*.json")
	if err != nil {
		return nil, err
	}
	var list []exercisePage
	var broken []error
	for _, name := range names {
		text, err := fs.ReadFile(content, name)
		if err != nil {
			return nil, err
		}
		file := source.NewFile("content/"+name, string(text))
		read, problems := exercise.Read(file)
		broken = append(broken, exerciseProblems(file, problems)...)
		if len(problems) > 0 {
			continue
		}
		one, err := s.newExercisePage(strings.TrimSuffix(path.Base(name), ".json"), text, read)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		s.files[name] = text
		list = append(list, one)
	}
	slices.SortStableFunc(list, func(a, b exercisePage) int {
		return cmp.Or(strings.Compare(a.Lesson.Name, b.Lesson.Name), a.place-b.place)
	})
	return list, errors.Join(broken...)
}

// exerciseProblems are problems as a build tells them; lines and columns count from 1.
func exerciseProblems(file *source.File, problems []source.Problem) []error {
	var list []error
	for _, p := range problems {
		at := file.Position(p.Span.Start)
		list = append(list, fmt.Errorf("%s:%d:%d: %s: %s", file.Name, at.Line, at.Column+1, p.Code, p.Message))
	}
	return list
}

func (s *site) newExercisePage(name string, text []byte, e *exercise.Exercise) (exercisePage, error) {
	sum := sha256.Sum256(text)
	out := exercisePage{
		Name: name, Hash: hex.EncodeToString(sum[:8]), Kind: e.Kind, Label: exerciseKinds[e.Kind], Title: e.Title,
		Attack: e.Attack, Changes: strings.Join(e.Attack.Allowed, ", "),
	}
	out.Lesson, out.place = s.exerciseLesson(e.Lesson, name)
	w, err := open([]byte(e.Scenario()))
	if err != nil {
		return out, err
	}
	worn, err := attachments([]byte(w.Scenario))
	if err != nil {
		return out, err
	}
	for _, p := range w.Policies {
		out.Policies = append(out.Policies, exercisePolicy{
			p, worn[p.Name], slices.Contains(e.Editable, p.Name), min(strings.Count(p.Text, "\n")+1, mostRows),
		})
	}
	for _, name := range sortedKeys(worn) {
		if !slices.ContainsFunc(w.Policies, func(p policyText) bool { return p.Name == name }) {
			out.Managed = append(out.Managed, managedPolicy{name, worn[name]})
		}
	}
	for i, r := range e.Result.Results {
		out.Requests = append(out.Requests, newExerciseRequest(w.Scenario, e.Request(i), r))
	}
	out.solve(e)
	return out, out.write(e, w.Scenario)
}

// solve puts in what the answer is.
func (out *exercisePage) solve(e *exercise.Exercise) {
	for _, p := range e.Solution.Policies {
		out.Solution = append(out.Solution, policyText{p.Name, indent([]byte(p.Text))})
	}
	if e.Solution.Request != "" {
		out.Solution = append(out.Solution, policyText{"Request", indent([]byte(e.Solution.Request))})
	}
	if e.Kind != exercise.Spot {
		return
	}
	last := &e.Result.Results[len(e.Result.Results)-1]
	deciding := exercise.Deciding(last)[0]
	out.Deciding = fmt.Sprintf("statement %d of %s", deciding.Index+1, deciding.Policy)
	if deciding.Sid != "" {
		out.Deciding += ", " + deciding.Sid
	}
	out.Explanation = last.Explanation
}

// write renders what its author wrote; whole is the scenario.
func (out *exercisePage) write(e *exercise.Exercise, whole string) error {
	var failure error
	say := func(text string) template.HTML {
		made, err := markdown(withRules(text))
		failure = errors.Join(failure, err)
		return made
	}
	out.Goal, out.Locked, out.Why, out.Learned = say(e.Goal), say(e.Locked), say(e.Why), say(e.Learned)
	for i, hint := range e.Hints {
		out.Hints = append(out.Hints, exerciseHint{i + 1, say(hint)})
	}
	for i := range e.Wrong {
		out.Wrong = append(out.Wrong, say(e.Wrong[i].Feedback))
	}
	checks := slices.Concat(e.Checks, e.Attack.Then)
	for i := range checks {
		c := &checks[i]
		out.Checks = append(out.Checks, exerciseCheck{
			Says: c.Says, Expected: expectedWords(c.Start.Expected), Failed: say(c.Failed), Hidden: c.Hidden,
			Request: newExerciseRequest(whole, c.Request(), c.Start),
		})
	}
	return failure
}

// withRules makes links of the numbers of rules, but not in code or links.
func withRules(text string) string {
	return ruleOrQuoted.ReplaceAllStringFunc(text, func(found string) string {
		if !ruleNumber.MatchString(found) || strings.ContainsAny(found, "`[") {
			return found
		}
		return "[" + found + "](/rules/#" + found + ")"
	})
}

// newExerciseRequest is a request of a scenario with its result; text is the request as written.
func newExerciseRequest(whole, text string, r scenario.RequestResult) exerciseRequest {
	return exerciseRequest{
		Name: r.Name, Facts: requestFacts(whole, text, r),
		Verdict: verdictOf(r), Cause: decidedBy(r), Explanation: r.Explanation,
	}
}

// expectedWords writes an expectation for people.
func expectedWords(written any) string {
	words := map[string]string{
		"allowed": "Allowed", "denied": "Denied", "explicitDeny": "Denied explicitly", "implicitDeny": "Denied implicitly", "depends": "Depends",
	}[expectedDecision(written)]
	if e, ok := written.(*scenario.Expected); ok && e.DecidedBy != "" {
		words += ", by the " + layerWords(e.DecidedBy)
	}
	return words
}

// exerciseLesson finds the lesson's title where it is written, and where in the
// lesson's text an exercise is named.
func (s *site) exerciseLesson(name, exercise string) (lesson exerciseLesson, place int) {
	lesson = exerciseLesson{Name: name, Title: strings.ToUpper(name[3:4]) + strings.ReplaceAll(name[4:], "-", " ")}
	text, err := os.ReadFile(filepath.Join(s.repository, "content/lessons", name+".md"))
	if err != nil {
		return lesson, 0
	}
	lesson.Path = "/lessons/" + name + "/"
	for line := range strings.Lines(string(text)) {
		if title, ok := strings.CutPrefix(line, "title:"); ok {
			lesson.Title = strings.TrimSpace(title)
			break
		}
	}
	if place = strings.Index(string(text), "\n"+exercise+"\n"); place < 0 {
		place = len(text)
	}
	return lesson, place
}
