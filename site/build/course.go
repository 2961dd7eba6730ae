package main

import (
	"fmt"
	"html/template"
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"

	"fenceline/engine/source"
)

// course is what lessons are made with and checked against.
type course struct {
	repository string
	templates  *template.Template
	// examples are the scenarios by their names below content/scenarios; broken are those that can't be run.
	examples   map[string]example
	broken     []string
	found      *problems
	references *[]reference
	failure    error
}

// lesson is a page of the course.
type lesson struct {
	frontMatter
	Path, Source string
	// Number counts the lessons from 1.
	Number   int
	Content  template.HTML
	Sections []section
}

// lessonPage is what the page of a lesson shows.
type lessonPage struct {
	lesson
	Count          int
	Previous, Next *lesson
	// Edit is where the lesson's text can be changed, if that is known.
	Edit string
}

// lessonName is the name of a lesson's file: its place in the course and a word or more.
var lessonName = regexp.MustCompile(`^\d\d-[a-z0-9]+(?:-[a-z0-9]+)*\.md$`)

// lessonPages are the page of each lesson, and the one that lists them.
func (s *site) lessonPages(a *assets, examples []example) ([]pageFile, error) {
	c := &course{
		repository: s.repository, templates: s.templates, broken: s.broken,
		examples: map[string]example{}, found: &s.found, references: &s.references,
	}
	for _, e := range examples {
		c.examples[strings.TrimPrefix(e.name, "scenarios/")] = e
	}
	lessons, err := c.lessons()
	if err != nil {
		return nil, err
	}
	s.lessons = lessons
	var pages []pageFile
	for i := range lessons {
		body := lessonPage{lesson: lessons[i], Count: len(lessons)}
		if i > 0 {
			body.Previous = &lessons[i-1]
		}
		if i+1 < len(lessons) {
			body.Next = &lessons[i+1]
		}
		if s.edit != "" {
			body.Edit = s.edit + body.Source
		}
		one := page{assets: a, Path: body.Path, Title: body.Title + " · Fenceline", Description: body.Question, Article: true, Sheet: a.CourseStyles, Module: a.Embed, Imports: a.EmbedImports, Body: body}
		pages = append(pages, pageFile{fileOf(body.Path), "lesson.html", one})
	}
	return append(pages, pageFile{"lessons/index.html", "lessons.html", page{
		assets: a, Path: "/lessons/", Title: "The course · Fenceline", Sheet: a.CourseStyles,
		Description: "Lessons on AWS IAM evaluation and permissions boundaries. Each answers one question, with scenarios that run.",
		Body:        lessons,
	}}), nil
}

// lessons reads all lessons in their order.
func (c *course) lessons() ([]lesson, error) {
	content := os.DirFS(c.repository)
	names, err := fs.Glob(content, "content/lessons/*.md")
	if err != nil {
		return nil, err
	}
	var list []lesson
	for _, name := range names {
		text, err := fs.ReadFile(content, name)
		if err != nil {
			return nil, err
		}
		one, err := c.lesson(source.NewFile(name, string(text)))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		one.Number = len(list) + 1
		list = append(list, one)
	}
	return list, nil
}

// lesson makes one.
func (c *course) lesson(file *source.File) (lesson, error) {
	base := path.Base(file.Name)
	if !lessonName.MatchString(base) {
		c.found.at(file, 0, "invalidName", "a lesson's file is called as `03-mfa.md`: two digits, then words of small letters with hyphens")
	}
	matter, markdown := frontMatterOf(file, c.found)
	w := &writing{course: c, file: file, path: "/lessons/" + strings.TrimSuffix(base, ".md") + "/"}
	content, sections, err := w.render(markdown)
	if err == nil {
		err = c.failure
	}
	return lesson{
		frontMatter: matter, Path: w.path, Source: file.Name, Content: content, Sections: sections,
	}, err
}

// markup is what a template makes. A template that fails fails the build.
func (c *course) markup(name string, data any) template.HTML {
	var out strings.Builder
	if err := c.templates.ExecuteTemplate(&out, name, data); err != nil && c.failure == nil {
		c.failure = err
	}
	return template.HTML(strings.TrimSpace(out.String()))
}
