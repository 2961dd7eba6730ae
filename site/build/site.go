package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"fenceline/engine/catalogue/data"
)

// outputFolder holds the site; cacheFolder holds compressed copies by the hash of what they were made from.
const (
	outputFolder = "dist/site"
	cacheFolder  = "dist/cache"
)

// site is what will be written: contents by path below the output folder.
type site struct {
	repository string
	files      map[string][]byte
	// edit is the address before the name of a file at which its text can be changed; empty where none is known.
	edit      string
	templates *template.Template
	lessons   []lesson
	// broken are the scenarios that can't be run, by their names below content/scenarios,
	// requests how many requests each of the others has.
	broken   []string
	requests map[string]int
	// references are links with the places where they were written.
	references []reference
	// found is what is wrong with the texts.
	found problems
}

func newSite(repository, edit string) *site {
	return &site{repository: repository, edit: edit, files: map[string][]byte{}, requests: map[string]int{}}
}

// addContent files everything that follows from content and templates, and
// fails with all that is wrong with it.
func (s *site) addContent(a *assets) error {
	if err := s.addSchemas(); err != nil {
		return err
	}
	scenarios, err := s.addScenarios()
	if err != nil {
		return err
	}
	if err := s.addPages(a, scenarios); err != nil {
		return errors.Join(s.found.settle(), err)
	}
	return s.found.settle()
}

// checkContent tells what is wrong with the texts, without making what pages load.
func checkContent(repository string) error {
	s := newSite(repository, "")
	s.files["licences.txt"] = nil
	return s.addContent(&assets{})
}

// buildSite makes every file in memory, checks the budgets, and only then writes.
func buildSite(repository, edit string) error {
	s := newSite(repository, edit)
	assets, err := s.addAssets()
	if err != nil {
		return err
	}
	if err := s.addContent(assets); err != nil {
		return err
	}
	if err := s.addService(); err != nil {
		return err
	}
	compressed, err := compressAll(s.files, filepath.Join(repository, cacheFolder))
	if err != nil {
		return err
	}
	if err := report(os.Stdout, compressed, budgets(assets)); err != nil {
		return err
	}
	return write(filepath.Join(repository, outputFolder), compressed)
}

// assets are the paths of what pages load.
type assets struct {
	vocabulary
	// Catalogue lists AWS's actions; it is loaded when something asks for it.
	Catalogue                                       string
	Engine, Worker, Styles, Theme, Old, Icon, Large string
	// EngineBytes is the engine's size before it is compressed, which a response does not tell.
	EngineBytes int
	// Play is the playground's script; PlayImports are the modules that it needs to start, also in steps.
	Play        string
	PlayImports []string
	// Embed is the script of pages with playgrounds in them; EmbedImports are the modules that it needs at once.
	Embed        string
	EmbedImports []string
	// AccountEngine is the engine of the account's page, with its size before it is compressed.
	AccountEngine      string
	AccountEngineBytes int
	// Account is the script of the account's page; AccountImports are the modules that it needs at once.
	Account        string
	AccountImports []string
	// AccountStyles are the styles that only the account's page needs.
	AccountStyles string
	// CourseStyles are the styles that only the course and the search need.
	CourseStyles string
	// Search is the script of the search's page; SearchImports are the modules that it needs at once, Searched what it looks through.
	Search        string
	SearchImports []string
	Searched      string
	// Exercise is the script of the exercises' pages; ExerciseImports are the modules that it needs at once.
	Exercise        string
	ExerciseImports []string
	// ExerciseStyles are the styles that only these pages need.
	ExerciseStyles string
	// ReferenceStyles are the styles that only the reference's pages need.
	ReferenceStyles string
	// Editor are the code editor's modules, which the playground loads once it stands and where there is room for it.
	Editor []string
	// Later are the other modules that are loaded when something asks for them.
	Later []string
}

func (s *site) addAssets() (*assets, error) {
	engine, err := buildEngine(s.repository, "")
	if err != nil {
		return nil, err
	}
	accountEngine, err := buildEngine(s.repository, accountTag)
	if err != nil {
		return nil, err
	}
	b, err := bundle(s.repository)
	if err != nil {
		return nil, err
	}
	for name, one := range b.outputs {
		s.files[name] = one.content
	}
	if err := s.addLicences(b.packages); err != nil {
		return nil, err
	}
	icons, err := s.addIcons()
	if err != nil {
		return nil, err
	}
	vocabulary, err := s.addVocabulary()
	if err != nil {
		return nil, err
	}
	play := b.withImports(b.entries["src/page.ts"], b.entries["src/start.ts"])
	embed := b.withImports(b.entries["src/embed.ts"])
	account := b.withImports(b.entries["src/account.ts"], b.entries["src/view/account/app.ts"])
	search := b.withImports(b.entries["src/search.ts"], b.entries["src/view/search.ts"])
	exercise := b.withImports(b.entries["src/exercise.ts"])
	editor := without(b.withImports(b.entries["src/view/editor/code.ts"]), play)
	return &assets{
		vocabulary:  vocabulary,
		Catalogue:   s.addHashed("catalogue.txt", []byte(data.Text)),
		Engine:      s.addHashed("engine.wasm", engine),
		EngineBytes: len(engine),

		AccountEngine:      s.addHashed("account.wasm", accountEngine),
		AccountEngineBytes: len(accountEngine),

		Worker:          b.entries["src/worker.ts"],
		Styles:          b.entries["styles/page.css"],
		Theme:           b.entries["src/theme.ts"],
		Old:             b.entries["src/old.ts"],
		Icon:            icons.vector,
		Large:           icons.large,
		Play:            play[0],
		PlayImports:     play[1:],
		Embed:           embed[0],
		EmbedImports:    embed[1:],
		Account:         account[0],
		AccountImports:  account[1:],
		AccountStyles:   b.entries["styles/account.css"],
		CourseStyles:    b.entries["styles/course.css"],
		Search:          search[0],
		SearchImports:   search[1:],
		Editor:          editor,
		Exercise:        exercise[0],
		ExerciseImports: exercise[1:],
		ExerciseStyles:  b.entries["styles/exercise.css"],
		ReferenceStyles: b.entries["styles/reference.css"],
		Later:           b.later(slices.Concat(play, editor, account, search, exercise)),
	}, nil
}

// addHashed files an asset under a name that changes with its content, so that it can be cached for ever.
func (s *site) addHashed(name string, content []byte) string {
	sum := sha256.Sum256(content)
	extension := path.Ext(name)
	hashed := "assets/" + strings.TrimSuffix(name, extension) + "-" + hex.EncodeToString(sum[:5]) + extension
	s.files[hashed] = content
	return hashed
}

// write replaces the folder by the files, each with its compressed copies.
func write(folder string, files map[string]compressedFile) error {
	next := folder + ".next"
	if err := os.RemoveAll(next); err != nil {
		return err
	}
	for name, file := range files {
		target := filepath.Join(next, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		for suffix, content := range map[string][]byte{"": file.plain, ".br": file.brotli, ".gz": file.gzip} {
			if err := os.WriteFile(target+suffix, content, 0o644); err != nil {
				return err
			}
		}
	}
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	if err := os.Rename(next, folder); err != nil {
		return fmt.Errorf("put the site in place: %w", err)
	}
	return nil
}
