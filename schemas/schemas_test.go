package schemas

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"fenceline/engine/change"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// raw is an embedded schema as plain JSON values.
func raw(t *testing.T, name string) map[string]any {
	t.Helper()
	text, err := FS.ReadFile(name + suffix)
	if err != nil {
		t.Fatal(err)
	}
	var schema map[string]any
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return schema
}

func TestNamesCoverEveryLayer(t *testing.T) {
	want := []string{"changes", "exercise", "policy", "result", "scenario"}
	for _, layer := range iam.PolicyLayers() {
		want = append(want, layer.String())
	}
	slices.Sort(want)
	if got := Names(); !slices.Equal(got, want) {
		t.Errorf("Names() = %q, want %q", got, want)
	}
}

// Compiling holds each schema to the meta-schema of the draft it names.
func TestEverySchemaIsValid(t *testing.T) {
	for _, name := range Names() {
		schema := raw(t, name)
		if got := schema["$schema"]; got != "https://json-schema.org/draft/2020-12/schema" {
			t.Errorf("%s: $schema is %v", name, got)
		}
		if got := schema["$id"]; got != ID(name) {
			t.Errorf("%s: $id is %v, want %s", name, got, ID(name))
		}
		loaded.schema(name) // panics when it does not compile
	}
}

// eachSchema visits a schema and every schema inside it.
func eachSchema(path string, schema map[string]any, visit func(path string, schema map[string]any)) {
	visit(path, schema)
	for keyword, v := range schema {
		switch keyword {
		case "properties", "$defs":
			for name, sub := range v.(map[string]any) {
				eachSchema(path+"/"+keyword+"/"+name, sub.(map[string]any), visit)
			}
		case "items", "propertyNames", "if", "then", "else", "not", "additionalProperties":
			if sub, ok := v.(map[string]any); ok {
				eachSchema(path+"/"+keyword, sub, visit)
			}
		case "allOf", "anyOf":
			for _, sub := range v.([]any) {
				eachSchema(path+"/"+keyword, sub.(map[string]any), visit)
			}
		}
	}
}

// Editors show descriptions beside what is written.
func TestEveryPropertyIsDescribed(t *testing.T) {
	for _, name := range Names() {
		eachSchema(name, raw(t, name), func(path string, schema map[string]any) {
			properties, _ := schema["properties"].(map[string]any)
			for property, sub := range properties {
				if text, _ := sub.(map[string]any)["description"].(string); text == "" {
					t.Errorf("%s: property %s has no description", path, property)
				}
			}
		})
	}
}

// The messages know exactly these keywords.
func TestSchemasUseOnlyKeywordsThatMessagesKnow(t *testing.T) {
	known := strings.Fields(`$schema $id $ref $defs title description default examples errorMessage patternErrorMessage
		type const enum pattern required properties additionalProperties propertyNames items maxItems
		not anyOf allOf if then else`)
	for _, name := range Names() {
		eachSchema(name, raw(t, name), func(path string, schema map[string]any) {
			for keyword := range schema {
				if !slices.Contains(known, keyword) {
					t.Errorf("%s: keyword %s", path, keyword)
				}
			}
			needsWords(t, path, schema)
		})
	}
}

// needsWords checks that a schema has the words that its keywords need when they fail.
func needsWords(t *testing.T, path string, schema map[string]any) {
	has := func(keyword string) bool { _, ok := schema[keyword]; return ok }
	if strings.HasSuffix(path, "/propertyNames") {
		if !has("title") {
			t.Errorf("%s: no title to call a name by", path)
		}
		return
	}
	if has("pattern") && !has("patternErrorMessage") {
		t.Errorf("%s: a pattern without words", path)
	}
	not, _ := schema["not"].(map[string]any)
	if (has("maxItems") || has("not") && not["required"] == nil) && !has("errorMessage") {
		t.Errorf("%s: a rule without words", path)
	}
}

// The result's schema and the engine's Go types describe the same thing.
func TestResultSchemaDescribesTheGoTypes(t *testing.T) {
	schema := raw(t, "result")
	compare(t, schema, schema, reflect.TypeFor[scenario.Result](), "result")
}

// So does that of changes, each of them and all kinds.
func TestChangesSchemaDescribesTheGoTypes(t *testing.T) {
	schema := raw(t, "changes")
	defs := schema["$defs"].(map[string]any)
	compare(t, schema, defs["change"].(map[string]any), reflect.TypeFor[change.Change](), "change")
	properties := defs["change"].(map[string]any)["properties"].(map[string]any)
	kinds := rule{schema: properties["kind"].(map[string]any)}.strings("enum")
	for kind := change.Context; kind <= change.Attachment; kind++ {
		if !slices.Contains(kinds, kind.String()) {
			t.Errorf("no kind %s", kind)
		}
	}
	if want := int(change.Attachment) + 1; len(kinds) != want {
		t.Errorf("%d kinds, want %d", len(kinds), want)
	}
	if most := schema["properties"].(map[string]any)["changes"].(map[string]any)["maxItems"]; most != float64(change.Most) {
		t.Errorf("at most %v changes, want %d", most, change.Most)
	}
}

// compare holds a schema to a Go type and to the types inside it.
func compare(t *testing.T, root, schema map[string]any, typ reflect.Type, path string) {
	if ref, ok := schema["$ref"].(string); ok {
		schema = root["$defs"].(map[string]any)[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
	}
	switch typ.Kind() {
	case reflect.Pointer:
		compare(t, root, schema, typ.Elem(), path)
	case reflect.Slice:
		wantType(t, schema, path, "array")
		compare(t, root, schema["items"].(map[string]any), typ.Elem(), path+"[]")
	case reflect.Struct:
		compareStruct(t, root, schema, typ, path)
	case reflect.String:
		if schema["enum"] == nil {
			wantType(t, schema, path, "string")
		}
	case reflect.Bool:
		wantType(t, schema, path, "boolean")
	case reflect.Int:
		if schema["const"] == nil {
			wantType(t, schema, path, "integer")
		}
	}
}

func wantType(t *testing.T, schema map[string]any, path, want string) {
	t.Helper()
	if schema["type"] != want {
		t.Errorf("%s: type %v, want %s", path, schema["type"], want)
	}
}

func compareStruct(t *testing.T, root, schema map[string]any, typ reflect.Type, path string) {
	properties := schema["properties"].(map[string]any)
	var names, required []string
	for _, field := range reflect.VisibleFields(typ) {
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "-" || field.Anonymous || !field.IsExported() {
			continue
		}
		names = append(names, name)
		if options != "omitempty" {
			required = append(required, name)
		}
		sub, ok := properties[name].(map[string]any)
		if !ok {
			t.Errorf("%s: no property %s", path, name)
			continue
		}
		compare(t, root, sub, field.Type, path+"."+name)
	}
	if len(properties) != len(names) {
		t.Errorf("%s: %d properties, the type has %d", path, len(properties), len(names))
	}
	if got := (rule{schema: schema}).strings("required"); !sameSet(got, required) {
		t.Errorf("%s: required %q, want %q", path, got, required)
	}
}

func sameSet(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// The enumerations of the result are those of the engine.
func TestResultSchemaKnowsEveryName(t *testing.T) {
	defs := raw(t, "result")["$defs"].(map[string]any)
	enum := func(name string) []string { return rule{schema: defs[name].(map[string]any)}.strings("enum") }
	layers := []string{iam.Service.String()}
	for _, layer := range iam.PolicyLayers() {
		layers = append(layers, layer.String())
	}
	for name, want := range map[string][]string{
		"layer":    layers,
		"decision": {iam.Allowed.String(), iam.ExplicitDeny.String(), iam.ImplicitDeny.String(), iam.Depends.String()},
		"outcome":  {iam.Match.String(), iam.NoMatch.String(), iam.Unknown.String()},
		"effect":   {iam.Allow.String(), iam.Deny.String()},
	} {
		if got := enum(name); !sameSet(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	severity := defs["problem"].(map[string]any)["properties"].(map[string]any)["severity"].(map[string]any)
	want := []string{source.Error.String(), source.Warning.String(), source.Note.String()}
	if got := (rule{schema: severity}).strings("enum"); !sameSet(got, want) {
		t.Errorf("severity: %q, want %q", got, want)
	}
}
