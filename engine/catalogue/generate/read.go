package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// reference is the package's content.
type reference struct {
	name, version, date, licence string
	services                     []service
}

// service is one service of the package.
type service struct {
	prefix, name string
	actions      []action
	resources    []resource
	keys         []key
}

type action struct {
	Name             string
	AccessLevel      string
	ResourceTypes    []use
	ConditionKeys    []string
	DependentActions []string
}

type use struct {
	Name          string
	Required      bool
	ConditionKeys []string
}

type resource struct {
	Key           string
	ARN           string
	ConditionKeys []string
}

type key struct{ Key, Type string }

// read reads the package in a folder.
func read(folder string) (*reference, error) {
	var about struct{ Name, Version, UpdatedAt string }
	if err := decode(&about, folder, "package.json"); err != nil {
		return nil, err
	}
	licence, err := os.ReadFile(filepath.Join(folder, "LICENSE.txt"))
	if err != nil {
		return nil, err
	}
	date, _, _ := strings.Cut(about.UpdatedAt, "T")
	r := &reference{name: about.Name, version: about.Version, date: date, licence: string(licence)}
	var names map[string]string
	if err := decode(&names, folder, "data/serviceNames.json"); err != nil {
		return nil, err
	}
	var prefixes []string
	if err := decode(&prefixes, folder, "data/services.json"); err != nil {
		return nil, err
	}
	slices.Sort(prefixes)
	for _, prefix := range prefixes {
		s := service{prefix: prefix, name: names[prefix]}
		if s.actions, err = sorted(folder, "actions", prefix, func(a action) string { return a.Name }); err != nil {
			return nil, err
		}
		if s.resources, err = sorted(folder, "resourceTypes", prefix, func(r resource) string { return r.Key }); err != nil {
			return nil, err
		}
		if s.keys, err = sorted(folder, "conditionKeys", prefix, func(k key) string { return k.Key }); err != nil {
			return nil, err
		}
		r.services = append(r.services, s)
	}
	return r, nil
}

func decode(into any, folder, name string) error {
	text, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
	if err != nil {
		return err
	}
	return json.Unmarshal(text, into)
}

// sorted reads the entries that one of the package's folders has of a service.
func sorted[T any](folder, kind, prefix string, name func(T) string) ([]T, error) {
	var byName map[string]T
	if err := decode(&byName, folder, "data/"+kind+"/"+prefix+".json"); err != nil {
		return nil, err
	}
	entries := make([]T, 0, len(byName))
	for _, entry := range byName {
		entries = append(entries, entry)
	}
	slices.SortFunc(entries, func(a, b T) int { return strings.Compare(name(a), name(b)) })
	return entries, nil
}
