package main

import (
	"bytes"
	_ "embed" // for the script that loads a page again
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing/fstest"
	"time"

	"fenceline/site/server"
)

//go:embed reload.js
var reloadScript string

// How often the texts are looked at.
const lookEvery = 300 * time.Millisecond

// What is looked at: texts make pages, sources make what pages load.
var (
	watchedTexts   = []string{"content", "site/templates", "engine/SEMANTICS.md"}
	watchedSources = []string{"site/src", "site/styles"}
)

// watch serves the site as its texts are now. A page in a browser loads again
// when one is saved; what is wrong with them is told here and in the page.
type watch struct {
	repository, edit string

	mutex   sync.Mutex
	handler http.Handler
	version string
	changed chan struct{} // closed when the version changes

	// What stands between builds: the assets, with the files that are theirs.
	assets     assets
	files      map[string][]byte
	compressed map[string]compressedFile
}

func newWatch(repository, edit string) (*watch, error) {
	w := &watch{repository: repository, edit: edit, changed: make(chan struct{})}
	return w, w.makeAssets()
}

// makeAssets compiles and bundles what pages load.
func (w *watch) makeAssets() error {
	s := newSite(w.repository, w.edit)
	made, err := s.addAssets()
	if err != nil {
		return err
	}
	compressed, err := compressAll(s.files, filepath.Join(w.repository, cacheFolder))
	if err != nil {
		return err
	}
	w.assets, w.files, w.compressed = *made, s.files, compressed
	return nil
}

// follow builds again whenever something was saved.
func (w *watch) follow() {
	texts, sources := stateOf(w.repository, watchedTexts), stateOf(w.repository, watchedSources)
	for {
		time.Sleep(lookEvery)
		nowTexts, nowSources := stateOf(w.repository, watchedTexts), stateOf(w.repository, watchedSources)
		if nowTexts != texts || nowSources != sources {
			began := time.Now()
			err := w.build(nowSources != sources)
			if err != nil {
				fmt.Fprintln(os.Stderr, tell(err))
			} else {
				fmt.Printf("built in %d ms\n", time.Since(began).Milliseconds())
			}
			texts, sources = nowTexts, nowSources
		}
	}
}

// build makes the site afresh, or the page that says why it can't be made.
func (w *watch) build(withAssets bool) error {
	files, err := w.site(withAssets)
	if err != nil {
		files = w.brokenSite(err)
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.handler = server.New(files)
	w.version = fmt.Sprint(time.Now().UnixNano())
	close(w.changed)
	w.changed = make(chan struct{})
	return err
}

// site makes all files.
func (w *watch) site(withAssets bool) (fstest.MapFS, error) {
	if withAssets {
		if err := w.makeAssets(); err != nil {
			return nil, err
		}
	}
	s := newSite(w.repository, w.edit)
	s.files = maps.Clone(w.files)
	given := w.assets
	if err := s.addContent(&given); err != nil {
		return nil, err
	}
	for name, content := range s.files {
		if strings.HasSuffix(name, ".html") {
			s.files[name] = reloading(content)
		}
	}
	s.files["reload.js"] = []byte(reloadScript)
	if err := s.addService(); err != nil {
		return nil, err
	}
	fresh := maps.Clone(s.files)
	for name := range w.files {
		delete(fresh, name)
	}
	compressed, err := w.compress(fresh)
	if err != nil {
		return nil, err
	}
	maps.Copy(compressed, w.compressed)
	return inMemory(compressed), nil
}

// compress makes copies as they are published, at first; after a text was saved nobody wants to wait for them.
func (w *watch) compress(files map[string][]byte) (map[string]compressedFile, error) {
	if w.version == "" {
		return compressAll(files, filepath.Join(w.repository, cacheFolder))
	}
	out := map[string]compressedFile{}
	for name, content := range files {
		out[name] = compressedFile{plain: content}
	}
	return out, nil
}

// reloading is a page that loads again.
func reloading(content []byte) []byte {
	return bytes.Replace(content, []byte("</head>"), []byte("<script defer src=\"/reload.js\"></script>\n</head>"), 1)
}

var brokenPage = template.Must(template.New("broken").Parse(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>The site can't be built</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/{{.Styles}}">
</head>
<body>
<main class="prose wide">
<h1>The site can't be built</h1>
<p>This page loads again when a text is saved.</p>
<pre>{{.Told}}</pre>
</main>
</body>
</html>
`))

// brokenSite answers every page with what is wrong.
func (w *watch) brokenSite(err error) fstest.MapFS {
	var out bytes.Buffer
	if err := brokenPage.Execute(&out, map[string]string{"Styles": w.assets.Styles, "Told": tell(err)}); err != nil {
		panic(err) // the template is ours, and the buffer takes everything
	}
	files := inMemory(w.compressed)
	files[notFoundPage] = &fstest.MapFile{Data: reloading(out.Bytes())}
	files["reload.js"] = &fstest.MapFile{Data: []byte(reloadScript)}
	return files
}

func inMemory(files map[string]compressedFile) fstest.MapFS {
	out := fstest.MapFS{}
	for name, file := range files {
		for suffix, content := range map[string][]byte{"": file.plain, ".br": file.brotli, ".gz": file.gzip} {
			if suffix == "" || content != nil {
				out[name+suffix] = &fstest.MapFile{Data: content}
			}
		}
	}
	return out
}

// ServeHTTP answers with the last site, and tells pages when there is another one.
func (w *watch) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/reload" {
		w.tellVersions(out, r)
		return
	}
	w.mutex.Lock()
	handler := w.handler
	w.mutex.Unlock()
	handler.ServeHTTP(out, r)
}

// tellVersions sends the version that there is, and each one after it.
func (w *watch) tellVersions(out http.ResponseWriter, r *http.Request) {
	out.Header().Set("Content-Type", "text/event-stream")
	out.Header().Set("Cache-Control", "no-store")
	for {
		w.mutex.Lock()
		version, changed := w.version, w.changed
		w.mutex.Unlock()
		fmt.Fprintf(out, "data: %s\n\n", version)
		if err := http.NewResponseController(out).Flush(); err != nil {
			return
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
	}
}

// stateOf changes whenever a file in these places does.
func stateOf(repository string, places []string) string {
	var out strings.Builder
	for _, place := range places {
		filepath.WalkDir(filepath.Join(repository, place), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return nil // a file may go while one looks
			}
			if info, err := entry.Info(); err == nil {
				fmt.Fprintln(&out, path, info.Size(), info.ModTime().UnixNano())
			}
			return nil
		})
	}
	return out.String()
}
