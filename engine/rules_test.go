package engine_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every rule number that the code cites stands in SEMANTICS.md.
func TestCitedRulesExist(t *testing.T) {
	rules, err := os.ReadFile("SEMANTICS.md")
	if err != nil {
		t.Fatal(err)
	}
	cited := 0
	number := regexp.MustCompile(`\bS-\d{3}\b`)
	err = filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, rule := range number.FindAllString(string(text), -1) {
			cited++
			if !strings.Contains(string(rules), "**"+rule+"**") {
				t.Errorf("%s cites %s, which SEMANTICS.md does not have", path, rule)
			}
		}
		return err
	})
	if err != nil || cited < 100 {
		t.Errorf("%d citations, %v", cited, err)
	}
}
