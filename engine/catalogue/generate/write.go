package main

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fenceline/engine/catalogue"
)

// write makes the text, in the form that catalogue.Read tells.
func write(r *reference) (string, error) {
	var out strings.Builder
	fmt.Fprintf(&out, "%s\n%s %s, data of %s\n", catalogue.FirstLine, r.name, r.version, r.date)
	for i := range r.services {
		w := writer{service: &r.services[i], out: &out}
		if err := w.write(); err != nil {
			return "", fmt.Errorf("%s: %w", w.prefix, err)
		}
	}
	return out.String(), nil
}

// writer writes one service.
type writer struct {
	*service
	out *strings.Builder
}

func (w *writer) write() error {
	fmt.Fprintf(w.out, "#%s %s\n", w.prefix, w.name)
	for _, part := range []func() error{w.writeKeys, w.writeResources, w.writeActions} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) writeKeys() error {
	for i, key := range w.keys {
		letter, ok := catalogue.TypeLetter(key.Type)
		if !ok || strings.ContainsAny(key.Key, " \t\n") {
			return fmt.Errorf("the key %q of type %q can't be written", key.Key, key.Type)
		}
		name := key.Key
		if own, ok := strings.CutPrefix(name, w.prefix+":"); ok {
			name = ":" + own
		}
		w.out.WriteByte("? "[min(i, 1)])
		w.out.WriteByte(letter)
		w.out.WriteString(name)
	}
	if len(w.keys) > 0 {
		w.out.WriteByte('\n')
	}
	return nil
}

func (w *writer) writeResources() error {
	for _, r := range w.resources {
		keys, err := w.numbers(r.ConditionKeys)
		if err != nil {
			return err
		}
		templates := strings.Split(r.ARN, ", ")
		for i, template := range templates {
			if !strings.HasPrefix(template, "arn:") || strings.ContainsAny(template+r.Key, "\t\n") {
				return fmt.Errorf("the resource type %q with %q can't be written", r.Key, template)
			}
			templates[i] = catalogue.Shorten(template, w.prefix)
		}
		fmt.Fprintf(w.out, "@%s\t%s\t%s\n", r.Key, strings.Join(templates, "\t"), keys)
	}
	return nil
}

// numbers are the numbers of keys, in order.
func (w *writer) numbers(names []string) (string, error) {
	var numbers []int
	for _, name := range names {
		at := slices.IndexFunc(w.keys, func(k key) bool { return strings.EqualFold(k.Key, name) })
		if at < 0 {
			return "", fmt.Errorf("no key is called %q", name)
		}
		numbers = append(numbers, at)
	}
	slices.Sort(numbers)
	var list []string
	for _, number := range slices.Compact(numbers) {
		list = append(list, strconv.Itoa(number))
	}
	return strings.Join(list, " "), nil
}

// accessLetters are the levels by the package's names.
var accessLetters = map[string]string{
	"List": "L", "Read": "R", "Write": "W", "Tagging, Write": "T", "Permissions management, Write": "P",
}

// firstWord is the verb that begins an action's name.
var firstWord = regexp.MustCompile(`^([A-Z][a-z0-9]+|[a-z0-9]+)`)

// verb is an action of a noun.
type verb struct{ noun, verb, shape string }

// writeActions writes what actions have in common, the most frequent first,
// and the actions by their nouns.
func (w *writer) writeActions() error {
	shapes, verbs := map[string]int{}, make([]verb, 0, len(w.actions))
	for i := range w.actions {
		a := &w.actions[i]
		letter, ok := accessLetters[a.AccessLevel]
		if !ok || strings.ContainsAny(a.Name, " \t\n") {
			return fmt.Errorf("the action %q of level %q can't be written", a.Name, a.AccessLevel)
		}
		shape, err := w.shape(a)
		if err != nil {
			return err
		}
		shapes[shape]++
		first := firstWord.FindString(a.Name)
		verbs = append(verbs, verb{a.Name[len(first):], first + letter, shape})
	}
	order := byCount(shapes)
	for _, shape := range order {
		w.out.WriteString("=" + shape + "\n")
	}
	w.writeVerbs(verbs, order)
	return nil
}

// shape is a line of what actions have beside name and level.
func (w *writer) shape(a *action) (string, error) {
	var uses []string
	keys := slices.Clone(a.ConditionKeys)
	for _, u := range a.ResourceTypes {
		at := slices.IndexFunc(w.resources, func(r resource) bool { return strings.EqualFold(r.Key, u.Name) })
		if at < 0 {
			return "", fmt.Errorf("no resource type is called %q", u.Name)
		}
		mark := ""
		if u.Required {
			mark = "!"
		}
		uses = append(uses, strconv.Itoa(at)+mark)
		keys = append(keys, u.ConditionKeys...)
	}
	numbers, err := w.numbers(keys)
	return strings.Join(uses, " ") + "|" + numbers + "|" + strings.Join(a.DependentActions, " "), err
}

// byCount orders by how often something stands, then by itself.
func byCount(counts map[string]int) []string {
	var order []string
	for one := range counts {
		order = append(order, one)
	}
	slices.SortFunc(order, func(a, b string) int {
		return cmp.Or(counts[b]-counts[a], strings.Compare(a, b))
	})
	return order
}

func (w *writer) writeVerbs(verbs []verb, shapes []string) {
	slices.SortFunc(verbs, func(a, b verb) int {
		return cmp.Or(strings.Compare(a.noun, b.noun), strings.Compare(a.verb, b.verb))
	})
	for i, v := range verbs {
		switch {
		case i == 0:
			w.out.WriteString(v.noun)
		case verbs[i-1].noun != v.noun:
			w.out.WriteString("\n" + v.noun)
		}
		w.out.WriteString(" " + v.verb)
		if at := slices.Index(shapes, v.shape); at > 0 {
			w.out.WriteString(strconv.Itoa(at))
		}
	}
	if len(verbs) > 0 {
		w.out.WriteByte('\n')
	}
}
