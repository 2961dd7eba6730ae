package main

import (
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"strings"

	"github.com/yuin/goldmark/ast"

	"fenceline/engine/source"
)

// article is a page of text.
type article struct {
	// Head is the title and what stands before the first section, Content all that follows.
	Head, Content template.HTML
	// Sections are its headings, where there are enough of them to need a list.
	Sections []section
}

// textPages are the pages that are written as Markdown.
func (s *site) textPages(a *assets, _ []example) ([]pageFile, error) {
	var pages []pageFile
	for _, one := range []struct {
		source, path, title, description string
		contents                         bool
	}{
		{"engine/SEMANTICS.md", "/rules/", "The rules of AWS IAM evaluation",
			"How AWS evaluates IAM policies: numbered rules, each with its source, which the engine cites.", true},
		{"content/pages/help.md", "/help/", "Help",
			"How to read a decision, how to find the cause of an access denied, and what the keyboard does.", false},
		{"content/pages/private.md", "/private/", "Nothing you paste leaves your browser",
			"Where Fenceline evaluates policies, what it keeps, and how to check that nothing leaves your browser.", false},
	} {
		text, err := os.ReadFile(filepath.Join(s.repository, filepath.FromSlash(one.source)))
		if err != nil {
			return nil, err
		}
		file := source.NewFile(one.source, string(text))
		content, sections, err := document(text, func(root ast.Node) {
			s.references = append(s.references, referencesIn(root, file, one.path)...)
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", one.source, err)
		}
		if !one.contents {
			sections = nil
		}
		head, rest := parted(content)
		pages = append(pages, pageFile{one.path[1:] + "index.html", "text.html", page{
			assets: a, Path: one.path, Title: one.title + " · Fenceline", Description: one.description,
			Body: article{head, rest, sections},
		}})
	}
	return pages, nil
}

// parted cuts a document before its first section.
func parted(content template.HTML) (head, rest template.HTML) {
	at := strings.Index(string(content), "<h2")
	if at < 0 {
		return content, ""
	}
	return content[:at], content[at:]
}
