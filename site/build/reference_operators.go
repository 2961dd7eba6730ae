package main

import (
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"

	"fenceline/engine/condition"
	"fenceline/engine/iam"
	"fenceline/engine/words"
)

// operatorSample is what the operators of a family are shown with.
type operatorSample struct {
	// policy are the values in the policy, single and several what a request may have.
	policy, single []string
	several        [][]string
	// key, action and resource are of the example, whose values are example's.
	key, action, resource string
	example               []string
}

const (
	reportsObject = "arn:aws:s3:::reports/plan.txt"
	reportsBucket = "arn:aws:s3:::reports"
)

var textSample = operatorSample{
	policy: []string{"blue", "green-*"}, single: []string{"blue", "Blue", "green-1", "green-*", "red"},
	several: [][]string{{"blue", "green-*"}, {"blue", "red"}, {"red", "black"}},
	key:     "aws:PrincipalTag/team", action: "s3:GetObject", resource: reportsObject, example: []string{"blue"},
}

var operatorSamples = map[condition.Family]operatorSample{
	condition.StringExact:   textSample,
	condition.StringFold:    textSample,
	condition.StringPattern: textSample,
	condition.Numeric: {
		policy: []string{"10"}, single: []string{"5", "10", "10.0", "15", "ten"}, several: [][]string{{"5", "10"}, {"10", "15"}, {"5", "15"}},
		key: "s3:max-keys", action: "s3:ListBucket", resource: reportsBucket, example: []string{"10"},
	},
	condition.Date: {
		policy:  []string{"2026-06-30T12:00:00Z"},
		single:  []string{"2026-01-31", "2026-06-30T12:00:00Z", "2026-06-30T14:00:00+02:00", "2026-12-31T00:00:00Z", "tomorrow"},
		several: [][]string{{"2026-01-31", "2026-06-30T12:00:00Z"}, {"2026-01-31", "2026-12-31"}},
		key:     "aws:CurrentTime", action: "s3:GetObject", resource: reportsObject, example: []string{"2026-06-30T12:00:00Z"},
	},
	condition.Bool: {
		policy: []string{"true"}, single: []string{"true", "TRUE", "false", "yes"}, several: [][]string{{"true", "true"}, {"true", "false"}},
		key: "aws:MultiFactorAuthPresent", action: "s3:GetObject", resource: reportsObject, example: []string{"true"},
	},
	condition.Binary: {
		policy: []string{"cmVk", "Ymx1ZQ=="}, single: []string{"cmVk", "Ymx1ZQ==", "Z3JlZW4=", "red!"}, several: [][]string{{"cmVk", "Ymx1ZQ=="}, {"cmVk", "Z3JlZW4="}},
		key: "aws:PrincipalTag/mark", action: "s3:GetObject", resource: reportsObject, example: []string{"cmVk"},
	},
	condition.IP: {
		policy: []string{"203.0.113.0/24", "2001:db8::/32"}, single: []string{"203.0.113.9", "2001:db8::1", "198.51.100.7", "here"},
		several: [][]string{{"203.0.113.9", "2001:db8::1"}, {"203.0.113.9", "198.51.100.7"}, {"198.51.100.7", "192.0.2.1"}},
		key:     "aws:SourceIp", action: "s3:GetObject", resource: reportsObject, example: []string{"203.0.113.0/24"},
	},
	condition.ARN: {
		policy: []string{"arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::111122223333:policy/app-*"},
		single: []string{"arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::111122223333:policy/app-web", "arn:aws:iam::444455556666:policy/app-web", "app-web"},
		several: [][]string{
			{"arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::111122223333:policy/app-web"},
			{"arn:aws:iam::111122223333:policy/app-web", "arn:aws:iam::aws:policy/AdministratorAccess"},
		},
		key: "iam:PolicyARN", action: "iam:AttachUserPolicy", resource: blake, example: []string{"arn:aws:iam::aws:policy/ReadOnlyAccess"},
	},
	condition.Null: {
		policy: []string{"true"}, single: []string{"3600", ""}, several: [][]string{{"3600", "7200"}},
		key: "aws:MultiFactorAuthAge", action: "s3:GetObject", resource: reportsObject, example: []string{"false"},
	},
}

func operatorEntries() ([]referenceEntry, error) {
	var entries []referenceEntry
	bases := condition.Bases()
	for i, word := range words.All().Operators {
		base := &bases[i]
		sample := operatorSamples[base.Family]
		example, err := operatorExample(base, sample)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", base.Name, err)
		}
		word.Rules = append(slices.Clone(word.Rules), rulesOf(base)...)
		entries = append(entries, referenceEntry{
			Word: word.Word, Group: comparing(word.Type),
			Sections: []referenceSection{truthSection(base, sample), example, formsSection(word)},
		})
	}
	return entries, nil
}

// rulesOf are the rules that an operator shares with others: on missing keys, on
// several values, and on what it reads.
func rulesOf(base *condition.Base) []string {
	var rules []string
	switch base.Family {
	case condition.Null:
		return []string{"S-121"}
	case condition.StringExact, condition.StringFold:
		rules = append(rules, "S-131")
	case condition.Numeric:
		rules = append(rules, "S-135", "S-145")
	case condition.Date:
		rules = append(rules, "S-137", "S-145")
	case condition.IP:
		rules = append(rules, "S-141", "S-145")
	case condition.ARN:
		rules = append(rules, "S-143")
	case condition.Bool, condition.Binary:
		rules = append(rules, "S-145")
	}
	if base.Negated {
		return append(rules, "S-118", "S-129", "S-124", "S-126")
	}
	return append(rules, "S-117", "S-126")
}

// comparing is what operators of a type compare, as a heading.
func comparing(kind string) string {
	switch kind {
	case "arn":
		return "ARNs"
	case "bool":
		return "Truth values"
	case "binary":
		return "Bytes"
	case "address":
		return "Addresses"
	case "any":
		return "Presence"
	}
	return capital(kind) + "s"
}

// operatorColumn is an operator with the values that its column has.
type operatorColumn struct {
	condition.Operator
	values []string
}

// columns are the forms of an operator, and its opposite.
func columns(base *condition.Base, values []string) []operatorColumn {
	if base.Family == condition.Null {
		return []operatorColumn{
			{condition.Operator{Base: base}, []string{"true"}}, {condition.Operator{Base: base}, []string{"false"}},
			{condition.Operator{Base: base, Quantifier: condition.ForAll}, []string{"true"}}, {condition.Operator{Base: base, Quantifier: condition.ForAny}, []string{"true"}},
		}
	}
	list := []operatorColumn{
		{condition.Operator{Base: base}, values}, {condition.Operator{Base: base, IfExists: true}, values},
		{condition.Operator{Base: base, Quantifier: condition.ForAll}, values}, {condition.Operator{Base: base, Quantifier: condition.ForAny}, values},
	}
	if other := opposite(base); other != nil {
		list = append(list, operatorColumn{condition.Operator{Base: other}, values})
	}
	return list
}

// opposite is the operator of the same family and comparison that negates another.
func opposite(base *condition.Base) *condition.Base {
	without := func(name string) string { return strings.Replace(name, "Not", "", 1) }
	bases := condition.Bases()
	for i := range bases {
		other := &bases[i]
		if other.Family == base.Family && other.Negated != base.Negated && without(other.Name) == without(base.Name) {
			return other
		}
	}
	return nil
}

// truthSection is what the operator makes of a request's values, as the engine tests them.
func truthSection(base *condition.Base, sample operatorSample) referenceSection {
	forms := columns(base, sample.policy)
	table := &referenceTable{Label: "What " + base.Name + " makes of a request's values", Columns: []template.HTML{"The key in the request"}}
	for _, form := range forms {
		name := code(form.String())
		if base.Family == condition.Null {
			name += template.HTML(" ") + code(form.values[0])
		}
		table.Columns = append(table.Columns, name)
	}
	row := func(head template.HTML, key *iam.Key) {
		cells := make([]referenceCell, len(forms))
		for i, form := range forms {
			cells[i].Text = truth(form, key)
		}
		table.Rows = append(table.Rows, referenceRow{Head: head, Cells: cells})
	}
	row("missing", nil)
	for _, value := range sample.single {
		row(quotedValues([]string{value}), &iam.Key{Values: []string{value}})
	}
	for _, list := range append(sample.several, []string{}) {
		row(quotedValues(list), &iam.Key{Values: list, List: true})
	}
	text := template.HTML("<p>The condition's values are ") + quotedValues(sample.policy) + ". "
	note := inline("To AWS it is a mistake to compare several values without a set operator; that the condition doesn't hold then was observed (S-126).")
	if base.Family == condition.Null {
		text, note = "<p>The condition's value stands in the head of each column. ", ""
	}
	return referenceSection{ID: "truth", Title: "When it holds", Table: table, Note: note,
		Text: text + "Whether the condition holds was asked of the engine when this page was built.</p>"}
}

// truth tests a key.
func truth(form operatorColumn, key *iam.Key) template.HTML {
	var context iam.Context
	if key != nil {
		context.Set(&iam.Key{Name: "example:key", Values: key.Values, List: key.List, Origin: iam.Given})
	}
	test := condition.Compile(form.Operator, "example:key", form.values, true)
	switch test.Evaluate(&context, iam.Options{}, nil) {
	case iam.Match:
		return "<strong>holds</strong>"
	case iam.NoMatch:
		return "does not hold"
	}
	panic("the outcome of a known key is not known")
}

// quotedValues writes a request's values: "blue", "red".
func quotedValues(values []string) template.HTML {
	if len(values) == 0 {
		return "an empty list"
	}
	list := make([]string, len(values))
	for i, value := range values {
		list[i] = string(code(`"` + value + `"`))
	}
	return template.HTML(strings.Join(list, ", "))
}

// operatorExample is a policy with the operator: a positive one where it allows, a negated one where it denies.
func operatorExample(base *condition.Base, sample operatorSample) (referenceSection, error) {
	operator, effect, others := base.Name, "Allow", ""
	if base.Negated {
		effect = "Deny"
		others = fmt.Sprintf("    { \"Effect\": \"Allow\", \"Action\": %q, \"Resource\": %q },\n", sample.action, sample.resource)
	}
	value, err := json.Marshal(sample.example[0])
	if err != nil {
		return referenceSection{}, err
	}
	policy := fmt.Sprintf("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n%s    {\n      \"Effect\": %q,\n      \"Action\": %q,\n      \"Resource\": %q,\n      \"Condition\": { %q: { %q: %s } }\n    }\n  ]\n}",
		others, effect, sample.action, sample.resource, operator, sample.key, value)
	requests := []exampleRequest{{Says: template.HTML("without ") + code(sample.key), Principal: alex, Action: sample.action, Resource: sample.resource}}
	for _, value := range sample.single[:len(sample.single)-1] {
		requests = append(requests, exampleRequest{
			Says: code(sample.key) + template.HTML(" is ") + quotedValues([]string{value}), Principal: alex, Action: sample.action, Resource: sample.resource,
			Context: object{sample.key: value},
		})
	}
	return exampleSection(iam.IdentityPolicy, policy, object{
		"policies":   object{"Example": json.RawMessage(policy)},
		"identities": []object{{"arn": alex, "policies": []string{"Example"}}},
	}, requests)
}

// formsSection says what may stand round the operator.
func formsSection(word words.Operator) referenceSection {
	section := referenceSection{ID: "forms", Title: "Its forms"}
	if !word.IfExists {
		section.Text = "<p>" + inline("It has no form with `IfExists`, since it asks for the key itself. Set operators make no sense before it: with `ForAllValues` it always holds, with `ForAnyValue` never (S-121).") + "</p>"
		return section
	}
	for _, modifier := range words.All().Modifiers {
		name := modifier.Name + word.Name
		if modifier.Name == "IfExists" {
			name = word.Name + modifier.Name
		}
		section.List = append(section.List, code(name)+template.HTML(": ")+inline(modifier.Text)+template.HTML(" ")+toRules(modifier.Rules))
	}
	return section
}

// toRules leads to rules.
func toRules(numbers []string) template.HTML {
	list := make([]string, len(numbers))
	for i, number := range numbers {
		list[i] = string(inline(number))
	}
	return template.HTML(strings.Join(list, ", "))
}
