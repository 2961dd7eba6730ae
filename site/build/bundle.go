package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// modules are the entry points that share chunks: pages load the first ones
// themselves, and `import()` cuts off what is only loaded when it is needed.
var modules = []string{
	"src/page.ts", "src/start.ts", "src/worker.ts", "src/embed.ts", "src/account.ts", "src/search.ts", "src/exercise.ts",
	"styles/page.css", "styles/account.css", "styles/course.css", "styles/exercise.css", "styles/reference.css",
}

// classics are scripts that stand alone: each runs before any module does, or where none can.
var classics = []string{"src/theme.ts", "src/old.ts"}

// output is a file that the bundler made.
type output struct {
	content []byte
	// imports and lazy are the outputs that it needs at once, and those that it loads later.
	imports, lazy []string
}

// bundles are the outputs by their path in the site.
type bundles struct {
	outputs map[string]output
	// entries are the outputs of the entry points, and of what `import()` names: `src/page.ts` → `assets/page-….js`.
	entries map[string]string
	// packages are the npm packages in the outputs.
	packages []string
}

// bundle makes the scripts and styles of the site, under names that change with their content.
func bundle(repository string) (*bundles, error) {
	runtime, err := wasmExec()
	if err != nil {
		return nil, err
	}
	b := &bundles{outputs: map[string]output{}, entries: map[string]string{}}
	shared := options(repository, modules...)
	shared.Splitting = true
	shared.Format = api.FormatESModule
	shared.Alias = map[string]string{"wasm_exec": runtime}
	if err := b.add(shared); err != nil {
		return nil, err
	}
	for _, entry := range classics {
		alone := options(repository, entry)
		alone.Format = api.FormatIIFE
		alone.Target = api.ES5
		if err := b.add(alone); err != nil {
			return nil, err
		}
	}
	for _, entry := range slices.Concat(modules, classics) {
		if b.entries[entry] == "" {
			return nil, fmt.Errorf("bundle: %s made nothing", entry)
		}
	}
	return b, nil
}

func options(repository string, entries ...string) api.BuildOptions {
	return api.BuildOptions{
		AbsWorkingDir:     filepath.Join(repository, "site"),
		EntryPoints:       entries,
		EntryNames:        "[name]-[hash]",
		ChunkNames:        "chunk-[hash]",
		Outdir:            "assets",
		Bundle:            true,
		Target:            api.ES2022,
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsNone,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		MinifyWhitespace:  true,
		Metafile:          true,
	}
}

// metafile is esbuild's account of a build, as far as it is read here.
type metafile struct {
	Inputs  map[string]json.RawMessage
	Outputs map[string]struct {
		EntryPoint string
		Imports    []struct {
			Path, Kind string
			External   bool
		}
	}
}

// add runs a build and files what it made.
func (b *bundles) add(options api.BuildOptions) error {
	result := api.Build(options)
	if len(result.Errors) > 0 {
		messages := api.FormatMessages(result.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage})
		return errors.New(strings.Join(messages, "\n"))
	}
	var meta metafile
	if err := json.Unmarshal([]byte(result.Metafile), &meta); err != nil {
		return err
	}
	contents := map[string][]byte{}
	for _, file := range result.OutputFiles {
		contents["assets/"+filepath.Base(file.Path)] = file.Contents
	}
	for name, made := range meta.Outputs {
		one := output{content: contents[name]}
		if one.content == nil {
			return fmt.Errorf("bundle: %s has no content", name)
		}
		for _, link := range made.Imports {
			switch {
			case link.External:
				return fmt.Errorf("bundle: %s imports %s from elsewhere", name, link.Path)
			case link.Kind == "dynamic-import":
				one.lazy = append(one.lazy, link.Path)
			default:
				one.imports = append(one.imports, link.Path)
			}
		}
		b.outputs[name] = one
		if made.EntryPoint != "" {
			b.entries[made.EntryPoint] = name
		}
	}
	b.packages = append(b.packages, meta.packages()...)
	return nil
}

// withImports are outputs and everything that they import at once, in the order in which they are found.
func (b *bundles) withImports(names ...string) []string {
	var all []string
	for len(names) > 0 {
		name := names[0]
		names = names[1:]
		if !slices.Contains(all, name) {
			all = append(all, name)
			names = append(names, b.outputs[name].imports...)
		}
	}
	return all
}

// without are the outputs of a list that are not in another one.
func without(list, other []string) []string {
	return slices.DeleteFunc(list, func(name string) bool { return slices.Contains(other, name) })
}

// later are the outputs that are loaded only when something asks for them, but for those in now.
func (b *bundles) later(now []string) []string {
	var all []string
	for _, one := range b.outputs {
		for _, name := range b.withImports(one.lazy...) {
			if !slices.Contains(now, name) && !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	slices.Sort(all)
	return all
}

// packageName finds the npm package in an input's path: `lit`, `@codemirror/view`.
var packageName = regexp.MustCompile(`(?:^|/)node_modules/((?:@[^/]+/)?[^/]+)/`)

// packages lists the npm packages that a build is made of.
func (m metafile) packages() []string {
	var names []string
	for input := range m.Inputs {
		if match := packageName.FindStringSubmatch(input); match != nil && !slices.Contains(names, match[1]) {
			names = append(names, match[1])
		}
	}
	return names
}
