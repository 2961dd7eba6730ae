package engine_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// rooms are the core's packages in the order of their imports: each imports
// only those that stand before it. The engine itself comes last.
var rooms = []string{
	"order", "source", "wildcard", "arn", "iam", "catalogue", "variable", "condition", "policy", "eval", "account", "calls", "worlds",
	"explain", "lint", "managed", "scenario", "analysis", "change", "intake", "redact", "",
}

// tooLarge are packages that would make the browser's program large, or let
// the engine reach beyond its input.
var tooLarge = []string{"encoding/json", "reflect", "regexp", "net/http", "fmt", "os", "math/rand", "math/rand/v2", "syscall/js"}

const module = "fenceline/engine"

func roomPath(room string) string { return strings.TrimSuffix(module+"/"+room, "/") }

// goPackage is what the go command says of a package.
type goPackage struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

// listed asks the go command for the rooms and all packages of the engine.
func listed(t *testing.T) map[string]goPackage {
	t.Helper()
	if runtime.GOOS == "js" || runtime.GOOS == "wasip1" {
		t.Skip("imports are checked where programs can be started; js/wasm can't")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("imports are checked with the go command, which is not there: ", err)
	}
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,Deps", module+"/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	packages := map[string]goPackage{}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages[p.ImportPath] = p
	}
}

func TestTheCoreDoesWithoutLargePackages(t *testing.T) {
	packages := listed(t)
	for _, room := range rooms {
		p, ok := packages[roomPath(room)]
		if !ok {
			t.Errorf("there is no package %s", roomPath(room))
			continue
		}
		for _, large := range tooLarge {
			if slices.Contains(p.Deps, large) {
				t.Errorf("%s depends on %s", p.ImportPath, large)
			}
		}
		if slices.Contains(p.Imports, "time") { // embedding brings it in below, where nobody asks for the hour
			t.Errorf("%s imports time: the engine has no clock", p.ImportPath)
		}
	}
}

func TestImportsPointOneWay(t *testing.T) {
	packages := listed(t)
	for i, room := range rooms {
		for _, path := range packages[roomPath(room)].Imports {
			if path != module && !strings.HasPrefix(path, module+"/") {
				continue
			}
			at := slices.Index(rooms, strings.TrimPrefix(strings.TrimPrefix(path, module), "/"))
			if at < 0 || at >= i {
				t.Errorf("%s imports %s, which does not come before it", roomPath(room), path)
			}
		}
	}
}
