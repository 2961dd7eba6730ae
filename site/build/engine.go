package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// inlining keeps the program small where that costs little: Go's runtime alone
// inlines, since allocating is what an evaluation does most. Inlining elsewhere
// makes the program larger than its budget and hardly quicker.
var inlining = []string{"-gcflags=all=-l", "-gcflags=runtime=", "-gcflags=internal/runtime/...="}

// accountTag makes the program of the account's page: the engine with the calls
// that read an account, which the playground need not download.
const accountTag = "account"

// buildEngine compiles the engine for the browser. The flags make the program
// the same bytes wherever it is built, and small.
func buildEngine(repository, tags string) ([]byte, error) {
	folder, err := os.MkdirTemp("", "fenceline-engine-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	target := filepath.Join(folder, "engine.wasm")
	arguments := slices.Concat([]string{"build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-tags=" + tags}, inlining,
		[]string{"-o", target, "./wasm/browser"})
	command := exec.Command("go", arguments...)
	command.Dir = repository
	command.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if output, err := command.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("compile the engine: %w\n%s", err, output)
	}
	return os.ReadFile(target)
}

// wasmExec is the path of the script that starts a Go program in JavaScript;
// it must come from the toolchain that built the program.
func wasmExec() (string, error) {
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOROOT: %w", err)
	}
	return filepath.Join(strings.TrimSpace(string(root)), "lib/wasm/wasm_exec.js"), nil
}
