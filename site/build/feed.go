package main

import (
	"encoding/xml"
	"slices"
	"strings"
)

// feedName is the feed of the lessons that say when they changed.
const feedName = "feed.atom"

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary"`
}

type atomLink struct {
	Relation string `xml:"rel,attr,omitempty"`
	Address  string `xml:"href,attr"`
}

// hasFeed says whether any lesson says when it changed.
func (s *site) hasFeed() bool {
	return slices.ContainsFunc(s.lessons, func(l lesson) bool { return l.Changed != "" })
}

// addFeed files the feed, the latest change first.
func (s *site) addFeed() error {
	if !s.hasFeed() {
		return nil
	}
	feed := atomFeed{
		ID: origin + "/lessons/", Title: "Fenceline's course", Author: "Fenceline",
		Links: []atomLink{{"self", origin + "/" + feedName}, {"", origin + "/lessons/"}},
	}
	for _, l := range s.lessons {
		if l.Changed != "" {
			feed.Entries = append(feed.Entries, atomEntry{origin + l.Path, l.Title, l.Changed + "T00:00:00Z", atomLink{Address: origin + l.Path}, l.Question})
		}
	}
	slices.SortStableFunc(feed.Entries, func(a, b atomEntry) int { return strings.Compare(b.Updated, a.Updated) })
	feed.Updated = feed.Entries[0].Updated
	text, err := xml.MarshalIndent(feed, "", " ")
	s.files[feedName] = append([]byte(xml.Header), text...)
	return err
}

type sitemap struct {
	XMLName xml.Name       `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	Pages   []sitemapEntry `xml:"url"`
}

type sitemapEntry struct {
	Address string `xml:"loc"`
	Changed string `xml:"lastmod,omitempty"`
}

// addSitemap files the list of pages for search engines, and what tells them of it.
func (s *site) addSitemap() error {
	changed := map[string]string{}
	for _, l := range s.lessons {
		changed[l.Path] = l.Changed
	}
	var list sitemap
	for _, name := range sortedKeys(s.files) {
		address := addressOf(name)
		if strings.HasSuffix(name, ".html") && name != notFoundPage && name != "index.html" { // the playground's page has its own address
			list.Pages = append(list.Pages, sitemapEntry{origin + address, changed[address]})
		}
	}
	text, err := xml.MarshalIndent(list, "", " ")
	s.files["sitemap.xml"] = append([]byte(xml.Header), text...)
	s.files["robots.txt"] = []byte("User-agent: *\nAllow: /\nSitemap: " + origin + "/sitemap.xml\n")
	return err
}
