package main

import (
	"encoding/json"
	"os"
	"path/filepath"

	"fenceline/engine/words"
)

// vocabulary is the paths of what the editor loads when it explains words.
type vocabulary struct{ Words, Rules string }

// addVocabulary files the meanings of a policy's words, and the rules in short.
func (s *site) addVocabulary() (vocabulary, error) {
	semantics, err := os.ReadFile(filepath.Join(s.repository, "engine/SEMANTICS.md"))
	if err != nil {
		return vocabulary{}, err
	}
	rules, err := words.Rules(string(semantics))
	if err != nil {
		return vocabulary{}, err
	}
	var v vocabulary
	for _, asset := range []struct {
		name    string
		content any
		path    *string
	}{{"words.json", words.All(), &v.Words}, {"rules.json", rules, &v.Rules}} {
		text, err := json.Marshal(asset.content)
		if err != nil {
			return vocabulary{}, err
		}
		*asset.path = s.addHashed(asset.name, text)
	}
	return v, nil
}
