package schemas

import (
	"os"
	"path/filepath"
	"testing"

	"fenceline/engine/source"
)

// knownScenarios is how many scenario files there are at least; fewer means
// that some went missing.
const knownScenarios = 21

func TestScenariosAreValid(t *testing.T) {
	files, err := filepath.Glob("../content/scenarios/*/*.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < knownScenarios {
		t.Fatalf("%d scenarios, want at least %d", len(files), knownScenarios)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(name), func(t *testing.T) { checkScenario(t, source.NewFile(name, string(text))) })
	}
}

func checkScenario(t *testing.T, file *source.File) {
	root, problems := source.Parse(file, len(file.Text))
	if root == nil {
		t.Fatal(problems)
	}
	problems = append(problems, Check("scenario", root)...)
	used := attachments(root)
	for _, m := range members(root.Get("policies")) {
		if len(used[m.Key]) == 0 {
			t.Errorf("policy %s is attached to nothing", m.Key)
		}
		for layer := range used[m.Key] {
			problems = append(problems, Check(layer, m.Value)...)
		}
	}
	for _, p := range problems {
		t.Error(line(file, p))
	}
}

// attachments says as which layers a scenario uses each policy.
func attachments(root *source.Node) map[string]map[string]bool {
	used := map[string]map[string]bool{}
	use := func(layer string, names *source.Node) {
		list := items(names)
		if names != nil && names.Kind == source.String {
			list = []*source.Node{names}
		}
		for _, name := range list {
			if used[name.Text] == nil {
				used[name.Text] = map[string]bool{}
			}
			used[name.Text][layer] = true
		}
	}
	for _, n := range items(root.Get("identities")) {
		use("identityPolicy", n.Get("policies"))
		use("permissionsBoundary", n.Get("boundary"))
		use("trustPolicy", n.Get("trust"))
	}
	for _, n := range items(root.Get("resources")) {
		use("resourcePolicy", n.Get("policy"))
	}
	for _, n := range items(root.Get("vpcEndpoints")) {
		use("vpcEndpointPolicy", n.Get("policy"))
	}
	for _, n := range items(root.Get("requests")) {
		use("sessionPolicy", n.Get("session").Get("policies"))
	}
	attachTree(use, root.Get("organization").Get("root"))
	return used
}

func attachTree(use func(layer string, names *source.Node), n *source.Node) {
	if n == nil {
		return
	}
	use("serviceControlPolicy", n.Get("scps"))
	use("resourceControlPolicy", n.Get("rcps"))
	for _, below := range append(items(n.Get("units")), items(n.Get("accounts"))...) {
		attachTree(use, below)
	}
}

func items(n *source.Node) []*source.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

func members(n *source.Node) []source.Member {
	if n == nil {
		return nil
	}
	return n.Members
}
