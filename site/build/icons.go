package main

import (
	"encoding/json"
	"os"
	"path/filepath"
)

// icons are the paths of the mark in its forms. The PNG files are made from
// site/styles/icon.svg by the script site/styles/icons.mjs, which draws them in
// Chromium, and are committed, so that a build needs no browser.
type icons struct{ vector, large string }

// manifestIcon is an icon of the web app manifest.
type manifestIcon struct {
	Source  string `json:"src"`
	Sizes   string `json:"sizes"`
	Type    string `json:"type"`
	Purpose string `json:"purpose,omitempty"`
}

// addIcons files the icons, and the manifest with which the site is installed.
func (s *site) addIcons() (icons, error) {
	var failure error
	file := func(name string) string {
		content, err := os.ReadFile(filepath.Join(s.repository, "site/styles", name))
		if err != nil {
			failure = err
			return ""
		}
		return s.addHashed(name, content)
	}
	vector := file("icon.svg")
	png := []manifestIcon{
		{"/" + file("icon-192.png"), "192x192", "image/png", ""},
		{"/" + file("icon-512.png"), "512x512", "image/png", ""},
		{"/" + file("icon-maskable-512.png"), "512x512", "image/png", "maskable"},
	}
	large := png[1].Source
	if failure != nil {
		return icons{}, failure
	}
	manifest, err := json.MarshalIndent(map[string]any{
		"name":             "Fenceline: a playground for AWS IAM evaluation",
		"short_name":       "Fenceline",
		"description":      summary,
		"lang":             "en",
		"id":               "/play/",
		"start_url":        "/play/",
		"scope":            "/",
		"display":          "standalone",
		"background_color": paper.light,
		"theme_color":      paper.light,
		"icons":            append([]manifestIcon{{"/" + vector, "any", "image/svg+xml", ""}}, png...),
	}, "", "  ")
	s.files["manifest.webmanifest"] = manifest
	return icons{vector, large}, err
}
