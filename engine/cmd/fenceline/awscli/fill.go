package awscli

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Fill puts the value of a parameter, or without a name those of all, into a
// structure whose fields have the parameters' names. In shorthand one string
// stands for a list of one. What the structure doesn't take is answered in the
// AWS CLI's words.
func Fill(target any, name string, value any, shorthand bool) error {
	return (&filler{shorthand}).fill(reflect.ValueOf(target).Elem(), value, name)
}

type filler struct{ shorthand bool }

func (f *filler) fill(target reflect.Value, value any, path string) error {
	switch target.Kind() {
	case reflect.Pointer:
		target.Set(reflect.New(target.Type().Elem()))
		return f.fill(target.Elem(), value, path)
	case reflect.String:
		text, ok := value.(string)
		if !ok {
			return wrongType(path, value, "<class 'str'>")
		}
		target.SetString(text)
	case reflect.Int:
		number, err := strconv.Atoi(fmt.Sprint(value))
		if _, isNumber := value.(json.Number); err != nil || !isNumber && !f.shorthand {
			return wrongType(path, value, "<class 'int'>")
		}
		target.SetInt(int64(number))
	case reflect.Slice:
		return f.list(target, value, path)
	case reflect.Struct:
		return f.structure(target, value, path)
	}
	return nil
}

func (f *filler) list(target reflect.Value, value any, path string) error {
	items, ok := value.([]any)
	if !ok && f.shorthand {
		items, ok = []any{value}, true
	}
	if !ok {
		return wrongType(path, value, "<class 'list'>, <class 'tuple'>")
	}
	list := reflect.MakeSlice(target.Type(), len(items), len(items))
	for i := range items {
		if err := f.fill(list.Index(i), items[i], fmt.Sprintf("%s[%d]", path, i)); err != nil {
			return err
		}
	}
	target.Set(list)
	return nil
}

func (f *filler) structure(target reflect.Value, value any, path string) error {
	members, ok := value.(map[string]any)
	if !ok {
		return wrongType(path, value, "<class 'dict'>")
	}
	var names []string
	for i := range target.NumField() {
		names = append(names, target.Type().Field(i).Name)
	}
	for name := range members {
		if !target.FieldByName(name).IsValid() {
			return Errorf("Unknown parameter in %s: \"%s\", must be one of: %s", inputAt(path), name, strings.Join(names, ", "))
		}
	}
	for _, name := range names {
		if member, ok := members[name]; ok {
			if err := f.fill(target.FieldByName(name), member, strings.TrimPrefix(path+"."+name, ".")); err != nil {
				return err
			}
		}
	}
	return nil
}

func inputAt(path string) string {
	if path == "" {
		return "input"
	}
	return path
}

var classes = map[reflect.Kind]string{
	reflect.String: "str", reflect.Slice: "list", reflect.Map: "dict", reflect.Bool: "bool",
}

func wrongType(path string, value any, valid string) error {
	class := "NoneType"
	if value != nil {
		class = classes[reflect.TypeOf(value).Kind()]
	}
	if _, isNumber := value.(json.Number); isNumber {
		class = "int"
	}
	return Errorf("Invalid type for parameter %s, value: %s, type: <class '%s'>, valid types: %s", inputAt(path), python(value), class, valid)
}

// python is a value as Python prints it, as far as it can be wrong here.
func python(value any) string {
	items, isList := value.([]any)
	if !isList {
		return scalar(value)
	}
	words := make([]string, len(items))
	for i := range items {
		words[i] = python(items[i])
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// Skeleton is an empty structure to fill in, as a value for JSON: texts are
// empty, lists have one item. Fields that are left out by name are not in it.
func Skeleton(example any, without ...string) any {
	return skeleton(reflect.TypeOf(example), without)
}

func skeleton(t reflect.Type, without []string) any {
	switch t.Kind() {
	case reflect.Pointer:
		return skeleton(t.Elem(), nil)
	case reflect.Slice:
		return []any{skeleton(t.Elem(), nil)}
	case reflect.Int:
		return 0
	case reflect.Struct:
		var members Members
		for i := range t.NumField() {
			if field := t.Field(i); !slices.Contains(without, field.Name) {
				members = append(members, Member{field.Name, skeleton(field.Type, nil)})
			}
		}
		return members
	}
	return ""
}

// Members is an object that keeps the order of its members.
type Members []Member

// Member is one of them.
type Member struct {
	Name  string
	Value any
}

// MarshalJSON writes the object.
func (m Members) MarshalJSON() ([]byte, error) {
	text := []byte{'{'}
	for i := range m {
		if i > 0 {
			text = append(text, ',')
		}
		value, err := json.Marshal(m[i].Value)
		if err != nil {
			return nil, err
		}
		text = append(append(append(text, strconv.Quote(m[i].Name)...), ':'), value...)
	}
	return append(text, '}'), nil
}
