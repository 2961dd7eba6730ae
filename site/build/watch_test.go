package main

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestASavedTextIsServedAndItsDefectsAreTold(t *testing.T) {
	root := newTree(t)
	putFile(t, root, "site/src/service.ts", "export {};")
	w := &watch{repository: root, changed: make(chan struct{}), files: map[string][]byte{
		"licences.txt": nil, "exercises/sample/index.html": nil,
	}}
	get := func() string {
		out := httptest.NewRecorder()
		w.ServeHTTP(out, httptest.NewRequest("GET", "/lessons/01-sample/", nil))
		return out.Body.String()
	}
	before := stateOf(root, watchedTexts)
	for _, step := range []struct{ old, next, want string }{
		{"title: A sample", "title: A sample", "<h1>A sample of everything</h1>"},
		{"title: A sample", "title: A new sample", "<h1>A new sample of everything</h1>"},
		{"minutes: 5", "minutes: <five", sampleName + ":4:10: invalidField: `minutes` is a number from 1 to 60, not `&lt;five`"},
		{"minutes: <five", "minutes: 5", "<h1>A new sample of everything</h1>"},
	} {
		replaceIn(t, root, sampleName, step.old, step.next)
		changed := w.changed
		err := w.build(false)
		if (err != nil) != strings.Contains(step.want, "invalidField") {
			t.Errorf("%s: got %v", step.next, err)
		}
		if page := get(); !strings.Contains(page, step.want) || !strings.Contains(page, `<script defer src="/reload.js"></script>`) {
			t.Errorf("%s: the page lacks %s:\n%s", step.next, step.want, page)
		}
		select {
		case <-changed:
		default:
			t.Errorf("%s: no page was told", step.next)
		}
	}
	if stateOf(root, watchedTexts) == before {
		t.Error("saving is not seen")
	}
}
