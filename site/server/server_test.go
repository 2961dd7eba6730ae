package server

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

var files = fstest.MapFS{
	"index.html":            {Data: []byte("page")},
	"index.html.br":         {Data: []byte("page in Brotli")},
	"index.html.gz":         {Data: []byte("page in gzip")},
	"assets/engine-12.wasm": {Data: []byte("engine")},
	"scenarios/index.json":  {Data: []byte("[]")},
	"play/index.html":       {Data: []byte("page")},
	"service.js":            {Data: []byte("worker")},
	"manifest.webmanifest":  {Data: []byte("{}")},
	"404.html":              {Data: []byte("what to do")},
	"404.html.br":           {Data: []byte("what to do, in Brotli")},
	"notes.md":              {Data: []byte("a type that is not served")},
}

func get(t *testing.T, method, target string, headers map[string]string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	for k, v := range headers {
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	New(files).ServeHTTP(w, r)
	return w.Result()
}

func TestEncodingIsNegotiated(t *testing.T) {
	for accept, want := range map[string]string{
		"":                          "",
		"gzip, deflate, br, zstd":   "br",
		"gzip":                      "gzip",
		"br;q=0, gzip;q=0.5":        "gzip",
		"br; q=0.0, gzip; q=0":      "",
		"identity":                  "",
		"BR":                        "br",
		"gzip;q=1.0, identity;q=.5": "gzip",
	} {
		got := get(t, "GET", "/", map[string]string{"Accept-Encoding": accept}).Header.Get("Content-Encoding")
		if got != want {
			t.Errorf("Accept-Encoding %q: got %q, want %q", accept, got, want)
		}
	}
}

func TestTypesAndCaching(t *testing.T) {
	for target, want := range map[string][2]string{
		"/":                      {"text/html; charset=utf-8", "no-cache"},
		"/assets/engine-12.wasm": {"application/wasm", "public, max-age=31536000, immutable"},
		"/scenarios/index.json":  {"application/json", "no-cache"},
		"/play/":                 {"text/html; charset=utf-8", "no-cache"},
		"/service.js":            {"text/javascript; charset=utf-8", "no-cache"},
		"/manifest.webmanifest":  {"application/manifest+json", "no-cache"},
	} {
		h := get(t, "GET", target, nil).Header
		if got := [2]string{h.Get("Content-Type"), h.Get("Cache-Control")}; got != want {
			t.Errorf("%s: got %q, want %q", target, got, want)
		}
	}
}

func TestOnlyTheSiteIsServed(t *testing.T) {
	for target, want := range map[string]int{
		"/none.html": 404, "/notes.md": 404, "/assets": 404, "/assets/": 404, "/../go.mod": 404,
	} {
		if got := get(t, "GET", target, nil).StatusCode; got != want {
			t.Errorf("%s: got %d, want %d", target, got, want)
		}
	}
	if got := get(t, "POST", "/", nil).StatusCode; got != http.StatusMethodNotAllowed {
		t.Errorf("POST: got %d", got)
	}
}

func TestAFoldersAddressEndsInASlash(t *testing.T) {
	for target, want := range map[string]string{"/play": "/play/", "/play?a=b": "/play/", "/nowhere": ""} {
		r := get(t, "GET", target, nil)
		if got := r.Header.Get("Location"); got != want || (r.StatusCode == http.StatusPermanentRedirect) != (want != "") {
			t.Errorf("%s: got %d to %q, want %q", target, r.StatusCode, got, want)
		}
	}
}

func TestNothingThereIsAPageThatSaysSo(t *testing.T) {
	r := get(t, "GET", "/none", map[string]string{"If-None-Match": "*"})
	body, err := io.ReadAll(r.Body)
	if r.StatusCode != http.StatusNotFound || string(body) != "what to do" || err != nil {
		t.Errorf("got %d, %q, %v", r.StatusCode, body, err)
	}
	if got := get(t, "GET", "/none", map[string]string{"Accept-Encoding": "br"}).Header.Get("Content-Encoding"); got != "br" {
		t.Errorf("got encoding %q", got)
	}
	if got := get(t, "GET", "/404.html", nil).StatusCode; got != http.StatusOK {
		t.Errorf("the page itself: got %d", got)
	}
}

func TestUnchangedPagesAreNotSentAgain(t *testing.T) {
	tag := get(t, "GET", "/", nil).Header.Get("ETag")
	if got := get(t, "GET", "/", map[string]string{"If-None-Match": tag}).StatusCode; got != http.StatusNotModified {
		t.Errorf("got %d", got)
	}
	if got := get(t, "GET", "/", map[string]string{"If-None-Match": tag, "Accept-Encoding": "br"}).StatusCode; got != http.StatusOK {
		t.Errorf("another encoding is another representation: got %d", got)
	}
}

func TestEveryAnswerIsClosed(t *testing.T) {
	for _, target := range []string{"/", "/none.html", "/assets/engine-12.wasm"} {
		h := get(t, "GET", target, nil).Header
		csp := h.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "require-trusted-types-for 'script'") {
			t.Errorf("%s: policy %q", target, csp)
		}
		if h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: types may be guessed", target)
		}
	}
}
