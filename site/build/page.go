package main

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"path/filepath"
	"strings"

	"github.com/yuin/goldmark"
)

// origin is where the site is at home: what other sites and search engines are told.
const origin = "https://fenceline.dev"

const summary = "Edit IAM policies and see which layer of AWS's evaluation decides, and why. Everything runs in your browser."

// notFoundPage is what the server answers where there is nothing.
const notFoundPage = "404.html"

// scheme is a colour in both themes.
type scheme struct{ light, dark string }

// paper is the token --paper, for the browser's own frame round the page.
var paper = scheme{"#fbfaf6", "#16181a"}

// page is what every template is given.
type page struct {
	*assets
	// Path is the page's address, which links carry.
	Path        string
	Title       string
	Description string
	// Module is the page's script, if it has one, and Imports what that imports at once.
	Module  string
	Imports []string
	// Sheet is the styles that only pages of its kind need, if there are any.
	Sheet string
	// Article says that the page is one for itself, to those who show a link to it.
	Article bool
	// Feed is the path of the course's feed, if there is one.
	Feed string
	// Body is what only this page's template shows.
	Body any
}

// Canonical is the page's whole address.
func (p page) Canonical() string { return origin + p.Path }

// Picture is the whole address of what other sites show beside a link.
func (p page) Picture() string { return origin + p.Large }

// Light is the colour of the page's ground in the light theme.
func (p page) Light() string { return paper.light }

// Dark is that in the dark theme.
func (p page) Dark() string { return paper.dark }

// Current says whether the page is in a part of the site, for its navigation.
func (p page) Current(part string) bool { return strings.HasPrefix(p.Path, part) }

// templatesOf reads the templates.
func templatesOf(repository string) (*template.Template, error) {
	return template.New("").Funcs(templateFuncs).ParseGlob(filepath.Join(repository, "site/templates/*.html"))
}

// addPages files every page.
func (s *site) addPages(a *assets, examples []example) error {
	var err error
	if s.templates, err = templatesOf(s.repository); err != nil {
		return err
	}
	play, err := s.playPage(a, examples)
	if err != nil {
		return err
	}
	pages := []pageFile{
		{"index.html", "play.html", play},
		{"play/index.html", "play.html", play},
		{notFoundPage, "missing.html", page{assets: a, Path: "/404", Title: "There is no such page", Description: summary}},
	}
	for _, more := range []func(*assets, []example) ([]pageFile, error){
		s.scenarioPages, s.textPages, s.accountPage, s.referencePages, s.exercisePages, s.lessonPages,
	} {
		made, err := more(a, examples)
		if err != nil {
			return err
		}
		pages = append(pages, made...)
	}
	for _, one := range pages {
		if err := s.addPage(one); err != nil {
			return err
		}
	}
	search, err := s.searchPage(a)
	if err != nil {
		return err
	}
	if err := s.addPage(search); err != nil {
		return err
	}
	s.checkLinks()
	return errors.Join(s.addFeed(), s.addSitemap())
}

// pageFile is a page, where it is filed, and the template that makes it.
type pageFile struct {
	name, template string
	page           page
}

func (s *site) addPage(one pageFile) error {
	if s.hasFeed() {
		one.page.Feed = feedName
	}
	var out bytes.Buffer
	if err := s.templates.ExecuteTemplate(&out, one.template, one.page); err != nil {
		return fmt.Errorf("page %s: %w", one.name, err)
	}
	s.files[one.name] = out.Bytes()
	return nil
}

// markdown renders a text of ours; goldmark leaves out raw HTML.
func markdown(text string) (template.HTML, error) {
	var out bytes.Buffer
	err := goldmark.Convert([]byte(text), &out)
	return template.HTML(out.String()), err
}
