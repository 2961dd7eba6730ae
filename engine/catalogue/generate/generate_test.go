package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fenceline/engine/catalogue/data"
	"fenceline/engine/iam"
)

const root = "../../.."

// source is the package, where it is installed.
func source(t *testing.T) *reference {
	t.Helper()
	r, err := read(filepath.Join(root, packageFolder))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the catalogue is held to its npm package, which is not installed: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheCommittedCatalogueIsWhatTheGeneratorMakes(t *testing.T) {
	source(t)
	made, err := generate(filepath.Join(root, packageFolder))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range made {
		committed, err := os.ReadFile(filepath.Join(root, dataFolder, name))
		if err != nil {
			t.Fatal(err)
		}
		if string(committed) != text {
			t.Errorf("%s is not what the generator makes; run ./build.sh catalogue", name)
		}
	}
}

// What was written and read again is what the package says.
func TestTheCatalogueSaysWhatThePackageSays(t *testing.T) {
	r := source(t)
	c := data.Catalogue()
	if len(c.Services) != len(r.services) {
		t.Fatalf("%d services, not %d", len(c.Services), len(r.services))
	}
	for _, s := range r.services {
		got := c.Service(s.prefix)
		if got == nil || got.Name != s.name || len(got.Actions) != len(s.actions) || len(got.Resources) != len(s.resources) || len(got.Keys) != len(s.keys) {
			t.Fatalf("the service %s is %+v", s.prefix, got)
		}
		for i, k := range s.keys {
			if got.Keys[i].Name != k.Key || got.Keys[i].Type != k.Type {
				t.Errorf("%s: the key %+v is %+v", s.prefix, k, got.Keys[i])
			}
		}
		for i, want := range s.resources {
			have := got.Resources[i]
			if have.Name != want.Key || strings.Join(have.ARNs, ", ") != want.ARN || !sameNames(have.Keys, want.ConditionKeys) {
				t.Errorf("%s: the resource type %+v is %+v", s.prefix, want, have)
			}
		}
		for _, want := range s.actions {
			have := got.Action(want.Name)
			if have == nil || have.Name != want.Name || accessLetters[want.AccessLevel] != string(have.Access.Letter()) || !sameNames(have.Dependent, want.DependentActions) {
				t.Errorf("%s: the action %+v is %+v", s.prefix, want, have)
				continue
			}
			keys := want.ConditionKeys
			for j, u := range want.ResourceTypes {
				keys = append(keys, u.ConditionKeys...)
				if use := have.Resources[j]; !strings.EqualFold(use.Type.Name, u.Name) || use.Required != u.Required {
					t.Errorf("%s:%s: the resource type %+v is %+v", s.prefix, want.Name, u, use)
				}
			}
			if !sameNames(have.Keys, keys) {
				t.Errorf("%s:%s: the keys %q are %q", s.prefix, want.Name, keys, have.Keys)
			}
		}
	}
}

// sameNames compares lists whatever their order, their case and repeats.
func sameNames(a, b []string) bool {
	return slices.Equal(set(a), set(b))
}

func set(names []string) []string {
	lower := make([]string, len(names))
	for i, name := range names {
		lower[i] = strings.ToLower(name)
	}
	slices.Sort(lower)
	return slices.Compact(lower)
}

// The engine's list is read from AWS's page (S-192); the package reads it, too.
func TestServicesThatRCPsCoverAgree(t *testing.T) {
	source(t)
	var covered []string
	if err := decode(&covered, filepath.Join(root, packageFolder), "data/rcpSupportedServices.json"); err != nil {
		t.Fatal(err)
	}
	for _, prefix := range covered {
		if !iam.SupportsRCP(prefix) {
			t.Errorf("the package says that RCPs cover %s; S-192 does not", prefix)
		}
	}
}
