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
		if *part.into, err = bundleOne(repository, part.entry, runtime); err != nil {
			return bundles{}, err
		}
	}
	return b, nil
}

func bundleOne(repository, entry, runtime string) ([]byte, error) {
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
		Alias:             map[string]string{"wasm_exec": runtime},
	})
	if len(result.Errors) > 0 {
		messages := api.FormatMessages(result.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage})
		return nil, errors.New(strings.Join(messages, "\n"))
	}
	if len(result.OutputFiles) != 1 {
		return nil, fmt.Errorf("bundle %s: got %d files, want one", entry, len(result.OutputFiles))
	}
	return result.OutputFiles[0].Contents, nil
}
