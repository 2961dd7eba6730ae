package main

import (
	"bytes"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"fenceline/engine/source"
)

// reference is a link of a page with the place where it was written.
type reference struct {
	file   *source.File
	offset int
	// page is the file of the page that has the link, as `lessons/03-mfa/index.html`.
	page, href string
}

// refer notes a link that the lesson's page will have.
func (w *writing) refer(offset int, href string) {
	*w.references = append(*w.references, reference{w.file, offset, fileOf(w.path), href})
}

// linkPlaces notes where the links of a lesson are written.
type linkPlaces struct{ *writing }

// Transform is part of goldmark's parser.ASTTransformer.
func (c linkPlaces) Transform(root *ast.Document, _ text.Reader, _ parser.Context) {
	for _, one := range referencesIn(root, c.file, c.path) {
		c.refer(one.offset, one.href)
		if at, err := url.Parse(one.href); err != nil || !isSitePath(at) && !isSecure(at) {
			c.fault(one.offset, "invalidLink", "a link is a path of the site that begins with `/`, an anchor `#…`, or an address with `https:`, not `"+source.Clip(one.href)+"`")
		}
	}
}

func isSitePath(at *url.URL) bool {
	return at.Scheme == "" && at.Host == "" && (strings.HasPrefix(at.Path, "/") || at.Path == "" && at.Fragment != "")
}

func isSecure(at *url.URL) bool { return at.Scheme == "https" && at.Host != "" }

// referencesIn are the links of a text, for the page with an address.
func referencesIn(root ast.Node, file *source.File, address string) []reference {
	var list []reference
	each(root, func(n ast.Node) {
		switch one := n.(type) {
		case *ast.Link:
			list = append(list, reference{file, max(one.Pos(), 0), fileOf(address), string(one.Destination)})
		case *ast.Image:
			list = append(list, reference{file, max(one.Pos(), 0), fileOf(address), string(one.Destination)})
		}
	})
	return list
}

// anchors are the ids of a page; mentions are its links.
type anchors struct {
	ids      map[string]bool
	mentions []mention
}

// mention is a link in a page's own text.
type mention struct {
	href   string
	offset int
}

// checkLinks tells of links and anchors of the whole site that lead nowhere.
func (s *site) checkLinks() {
	pages := map[string]*anchors{}
	for _, name := range sortedKeys(s.files) {
		if path.Ext(name) == ".html" {
			pages[name] = s.anchorsOf(name)
		}
	}
	for _, name := range sortedKeys(pages) {
		for _, one := range pages[name].mentions {
			if message := s.whyBroken(pages, name, one.href); message != "" {
				s.tellBroken(name, one, message)
			}
		}
	}
}

// tellBroken tells of a broken link where it was written, if that is known, else in its page.
func (s *site) tellBroken(page string, one mention, message string) {
	known := false
	for _, r := range s.references {
		if r.page == page && r.href == one.href {
			s.found.at(r.file, r.offset, "brokenLink", message)
			known = true
		}
	}
	if !known {
		s.found.at(source.NewFile(page, string(s.files[page])), one.offset, "brokenLink", message)
	}
}

// anchorsOf reads a page; two elements with one id are a problem.
func (s *site) anchorsOf(name string) *anchors {
	out := &anchors{ids: map[string]bool{}}
	offset := 0
	reader := html.NewTokenizer(bytes.NewReader(s.files[name]))
	for kind := reader.Next(); kind != html.ErrorToken; kind = reader.Next() {
		at := offset
		offset += len(reader.Raw())
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		token := reader.Token()
		for _, a := range token.Attr {
			switch {
			case a.Key == "id" && out.ids[a.Val]:
				s.found.at(source.NewFile(name, string(s.files[name])), at, "duplicateAnchor", "two elements of the page have the id `"+a.Val+"`")
			case a.Key == "id":
				out.ids[a.Val] = true
			case a.Key == "href" && token.Data == "a", a.Key == "src" && token.Data == "img":
				out.mentions = append(out.mentions, mention{a.Val, at})
			}
		}
	}
	return out
}

// whyBroken says what is wrong with a link of a page, or nothing.
func (s *site) whyBroken(pages map[string]*anchors, page, href string) string {
	at, err := url.Parse(href)
	if err != nil {
		return "`" + source.Clip(href) + "` is no address"
	}
	if at.Scheme != "" || at.Host != "" {
		return ""
	}
	target := page
	if at.Path != "" {
		target = fileOf(at.Path)
	}
	if _, exists := s.files[target]; !exists {
		return "the site has nothing at `" + source.Clip(at.Path) + "`" + source.DidYouMean(at.Path, addresses(pages))
	}
	switch {
	case at.Fragment == "" || pages[target] == nil || pages[target].ids[at.Fragment]:
		return ""
	case target == "play/index.html":
		return s.brokenWork(at.Fragment)
	}
	return "`" + addressOf(target) + "` has no anchor `" + source.Clip(at.Fragment) + "`" + source.DidYouMean(at.Fragment, sortedKeys(pages[target].ids))
}

// brokenWork says what is wrong with what a link opens in the playground.
func (s *site) brokenWork(fragment string) string {
	parts, err := url.ParseQuery(fragment)
	name := parts.Get("scenario")
	if err != nil || name == "" {
		return "" // a link that carries its work itself, or a fresh start
	}
	count, exists := s.requests[name+".json"]
	if !exists {
		return "there is no scenario `" + source.Clip(name) + "`" + source.DidYouMean(name, sortedKeys(s.requests))
	}
	if !parts.Has("request") {
		return ""
	}
	if request, err := strconv.Atoi(parts.Get("request")); err != nil || request < 0 || request >= count {
		return "the scenario `" + name + "` has no request " + parts.Get("request")
	}
	return ""
}

// fileOf is the file of an address of the site.
func fileOf(address string) string {
	name := strings.TrimPrefix(address, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	return name
}

// addresses are those of pages.
func addresses(pages map[string]*anchors) []string {
	list := sortedKeys(pages)
	for i, name := range list {
		list[i] = addressOf(name)
	}
	return slices.DeleteFunc(list, func(address string) bool { return address == "/"+notFoundPage })
}
