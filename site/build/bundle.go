package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// bundles are the scripts and styles of the page.
type bundles struct {
	page, worker, styles []byte
	// packages are the npm packages in them.
	packages []string
}

func bundle(repository string) (bundles, error) {
	runtime, err := wasmExec()
	if err != nil {
		return bundles{}, err
	}
	var b bundles
	for _, part := range []struct {
		entry string
		into  *[]byte
	}{
		{"src/page.ts", &b.page},
		{"src/worker.ts", &b.worker},
		{"styles/page.css", &b.styles},
	} {
		var packages []string
		if *part.into, packages, err = bundleOne(repository, part.entry, runtime); err != nil {
			return bundles{}, err
		}
		b.packages = append(b.packages, packages...)
	}
	return b, nil
}

// bundleOne answers a bundle and the npm packages in it.
func bundleOne(repository, entry, runtime string) ([]byte, []string, error) {
	result := api.Build(api.BuildOptions{
		AbsWorkingDir:     filepath.Join(repository, "site"),
		EntryPoints:       []string{entry},
		Outdir:            "out",
		Bundle:            true,
		Format:            api.FormatESModule,
		Target:            api.ES2022,
		Charset:           api.CharsetUTF8,
		LegalComments:     api.LegalCommentsNone,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		MinifyWhitespace:  true,
		Metafile:          true,
		Alias:             map[string]string{"wasm_exec": runtime},
	})
	if len(result.Errors) > 0 {
		messages := api.FormatMessages(result.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage})
		return nil, nil, errors.New(strings.Join(messages, "\n"))
	}
	if len(result.OutputFiles) != 1 {
		return nil, nil, fmt.Errorf("bundle %s: got %d files, want one", entry, len(result.OutputFiles))
	}
	packages, err := packagesIn(result.Metafile)
	return result.OutputFiles[0].Contents, packages, err
}
