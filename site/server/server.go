// Package server serves a built site from its precompressed files, with the
// headers that keep it closed: nothing runs, loads or frames but the site's own.
package server

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// ContentSecurityPolicy lets the page run its own scripts and WebAssembly, and
// nothing else; script sinks take only what the two named policies made.
const ContentSecurityPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; " +
	"connect-src 'self'; style-src 'self'; img-src 'self' data:; manifest-src 'self'; base-uri 'none'; form-action 'none'; " +
	"frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types fenceline lit-html"

// types by extension: the machine's own table must not matter.
var types = map[string]string{
	".html":        "text/html; charset=utf-8",
	".css":         "text/css; charset=utf-8",
	".js":          "text/javascript; charset=utf-8",
	".json":        "application/json",
	".txt":         "text/plain; charset=utf-8",
	".xml":         "application/xml; charset=utf-8",
	".atom":        "application/atom+xml; charset=utf-8",
	".svg":         "image/svg+xml",
	".png":         "image/png",
	".wasm":        "application/wasm",
	".webmanifest": "application/manifest+json",
}

// missing is the page for addresses where there is nothing.
const missing = "404.html"

// New serves the files of a built site.
func New(files fs.FS) http.Handler { return handler{files} }

type handler struct{ files fs.FS }

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	closeDoors(w.Header())
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "405: this site only answers GET and HEAD", http.StatusMethodNotAllowed)
		return
	}
	name := fileName(r.URL.Path)
	if found := h.send(w, r, name, http.StatusOK); found {
		return
	}
	if h.isFolder(r.URL.Path) {
		http.Redirect(w, r, path.Clean(r.URL.Path)+"/", http.StatusPermanentRedirect)
		return
	}
	if found := h.send(w, r, missing, http.StatusNotFound); !found {
		http.Error(w, "404: there is no such page", http.StatusNotFound)
	}
}

// send answers with a file, if it is one that is served.
func (h handler) send(w http.ResponseWriter, r *http.Request, name string, status int) bool {
	contentType, known := types[path.Ext(name)]
	content, encoding, err := h.read(name, r.Header.Values("Accept-Encoding"))
	if err != nil || !known {
		return false
	}
	header := w.Header()
	header.Set("Content-Type", contentType)
	header.Set("Vary", "Accept-Encoding")
	if encoding != "" {
		header.Set("Content-Encoding", encoding)
	}
	header.Set("Cache-Control", cacheControl(name))
	sum := sha256.Sum256(content)
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	if status == http.StatusOK {
		header.Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return true
		}
	}
	header.Set("Content-Length", strconv.Itoa(len(content)))
	w.WriteHeader(status)
	if r.Method == http.MethodGet {
		w.Write(content)
	}
	return true
}

// isFolder says whether a path that lacks its last slash is a folder with a page.
func (h handler) isFolder(urlPath string) bool {
	if strings.HasSuffix(urlPath, "/") {
		return false
	}
	_, err := fs.Stat(h.files, fileName(urlPath+"/"))
	return err == nil
}

func closeDoors(h http.Header) {
	h.Set("Content-Security-Policy", ContentSecurityPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
}

// fileName is the file of a URL path; a path that ends in a slash is a folder's page.
func fileName(urlPath string) string {
	clean := strings.TrimPrefix(path.Clean("/"+urlPath), "/")
	if clean == "" || strings.HasSuffix(urlPath, "/") {
		return path.Join(clean, "index.html")
	}
	return clean
}

// read picks the smallest copy that the browser takes.
func (h handler) read(name string, accept []string) (content []byte, encoding string, err error) {
	accepted := accepts(strings.Join(accept, ","))
	for _, copy := range []struct{ encoding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if !accepted[copy.encoding] {
			continue
		}
		if content, err := fs.ReadFile(h.files, name+copy.suffix); err == nil {
			return content, copy.encoding, nil
		}
	}
	content, err = fs.ReadFile(h.files, name)
	return content, "", err
}

// accepts reads an Accept-Encoding header; q=0 refuses an encoding.
func accepts(header string) map[string]bool {
	out := map[string]bool{}
	for item := range strings.SplitSeq(header, ",") {
		name, parameter, _ := strings.Cut(strings.ToLower(strings.TrimSpace(item)), ";")
		q, isQ := strings.CutPrefix(strings.ReplaceAll(parameter, " ", ""), "q=")
		weight, err := strconv.ParseFloat(q, 64)
		out[strings.TrimSpace(name)] = !isQ || err == nil && weight > 0
	}
	return out
}

// cacheControl keeps assets, whose names change with their content, for ever.
func cacheControl(name string) string {
	if strings.HasPrefix(name, "assets/") {
		return "public, max-age=31536000, immutable"
	}
	return "no-cache"
}
