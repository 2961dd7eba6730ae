package main

import (
	"strings"
	"testing"
)

func TestReportFailsOverBudget(t *testing.T) {
	files := map[string]compressedFile{"a": {brotli: make([]byte, 60)}, "b": {brotli: make([]byte, 50)}}
	for _, c := range []struct {
		limit int
		fails bool
	}{{109, true}, {110, false}} {
		var out strings.Builder
		err := report(&out, files, []budget{{"both", []string{"a", "b"}, c.limit}})
		if (err != nil) != c.fails {
			t.Errorf("limit %d: got error %v", c.limit, err)
		}
		if !strings.Contains(out.String(), "0.1 a\n") {
			t.Errorf("the report does not list the files:\n%s", out.String())
		}
	}
}

func TestCompressedCopiesAreWholeAndCached(t *testing.T) {
	files := map[string][]byte{"a": []byte(strings.Repeat("fence line ", 100))}
	folder := t.TempDir()
	for range 2 {
		out, err := compressAll(files, folder)
		if err != nil {
			t.Fatal(err)
		}
		if !decompressesTo(out["a"].brotli, files["a"]) {
			t.Error("the Brotli copy is not the file")
		}
	}
	calls := 0
	if _, err := cached(folder, files["a"], func([]byte) ([]byte, error) { calls++; return nil, nil }); err != nil || calls != 0 {
		t.Errorf("compressed again %d times, error %v", calls, err)
	}
}
