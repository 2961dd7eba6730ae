package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// addService files the service worker, which keeps everything else that was
// filed so far and that a page shows or loads: it knows each file's hash.
func (s *site) addService() error {
	files := map[string]string{}
	for name, content := range s.files {
		if !keptOffline(name) {
			continue
		}
		sum := sha256.Sum256(content)
		files[addressOf(name)] = base64.StdEncoding.EncodeToString(sum[:])
	}
	list, err := json.Marshal(files) // in the order of their names
	if err != nil {
		return err
	}
	script, err := os.ReadFile(filepath.Join(s.repository, "site/src/service.ts"))
	if err != nil {
		return err
	}
	// Each script has a cache of its own, also where only the script changed.
	version := sha256.Sum256(append(script, list...))
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:     filepath.Join(s.repository, "site"),
		EntryPoints:       []string{"src/service.ts"},
		Outdir:            "out",
		Bundle:            true,
		Format:            api.FormatIIFE,
		Target:            api.ES2022,
		Charset:           api.CharsetUTF8,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		MinifyWhitespace:  true,
		Define: map[string]string{
			"siteFiles":   string(list),
			"siteVersion": `"` + hex.EncodeToString(version[:6]) + `"`,
		},
	})
	if len(result.Errors) > 0 {
		messages := api.FormatMessages(result.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage})
		return errors.New(strings.Join(messages, "\n"))
	}
	s.files["service.js"] = result.OutputFiles[0].Contents
	return nil
}

// keptOffline says whether the service worker keeps a file: not what only
// programs fetch, nor the page that says that there is none.
func keptOffline(name string) bool {
	switch {
	case name == notFoundPage, name == "robots.txt", name == "sitemap.xml", name == feedName, strings.HasPrefix(name, "schemas/"):
		return false
	}
	return true
}

// addressOf is the path in the site of a file; a folder's page has the folder's.
func addressOf(name string) string {
	return "/" + strings.TrimSuffix(name, "index.html")
}
