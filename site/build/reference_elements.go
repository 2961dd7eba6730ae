package main

import (
	"encoding/json"
	"fmt"
	"html/template"

	"fenceline/engine/iam"
	"fenceline/engine/words"
)

// elementSample is a policy that shows an element at work.
type elementSample struct {
	layer      iam.Layer
	statements string
	// granted says that the callers' own policies allow reading the reports.
	granted  bool
	requests []exampleRequest
}

func reading(says template.HTML, resource string) exampleRequest {
	return exampleRequest{Says: says, Principal: alex, Action: "s3:GetObject", Resource: resource}
}

func acting(action string) exampleRequest {
	return exampleRequest{Says: code(action), Principal: alex, Action: action, Resource: reportsObject}
}

func as(says template.HTML, principal string) exampleRequest {
	return exampleRequest{Says: says, Principal: principal, Action: "s3:GetObject", Resource: reportsObject}
}

const readReports = `{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" }`

// elementSamples have one for each element.
var elementSamples = map[string]elementSample{
	"Version": {iam.IdentityPolicy, `{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username}/*" }`, false, []exampleRequest{
		reading("Alex reads what is Alex's", "arn:aws:s3:::home/Alex/a"), reading("Alex reads what is Blake's", "arn:aws:s3:::home/Blake/a"),
	}},
	"Id": {iam.ResourcePolicy, `{ "Effect": "Allow", "Principal": { "AWS": "` + alex + `" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" }`, false, []exampleRequest{as("Alex", alex)}},
	"Statement": {iam.IdentityPolicy, `{ "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*" },
    { "Effect": "Deny", "Action": "s3:DeleteObject", "Resource": "*" }`, false, []exampleRequest{acting("s3:GetObject"), acting("s3:DeleteObject"), acting("dynamodb:GetItem")}},
	"Sid":    {iam.IdentityPolicy, `{ "Sid": "ReadReports", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" }`, false, []exampleRequest{acting("s3:GetObject")}},
	"Effect": {iam.IdentityPolicy, readReports + ",\n    " + `{ "Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/secret/*" }`, false, []exampleRequest{reading(code("plan.txt"), reportsObject), reading(code("secret/plan.txt"), "arn:aws:s3:::reports/secret/plan.txt"), reading("in another bucket", "arn:aws:s3:::home/plan.txt")}},
	"Principal": {iam.ResourcePolicy, `{ "Effect": "Allow", "Principal": { "AWS": "` + alex + `" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" }`, false,
		[]exampleRequest{as("Alex", alex), as("Blake, of the same account", blake)}},
	"NotPrincipal": {iam.ResourcePolicy, `{ "Effect": "Deny", "NotPrincipal": { "AWS": ["` + alex + `", "arn:aws:iam::` + ownAccount + `:root"] }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" }`, true,
		[]exampleRequest{as("Alex, who is listed with the account", alex), as("Blake, whose account alone is listed", blake)}},
	"Action": {iam.IdentityPolicy, `{ "Effect": "Allow", "Action": ["s3:Get*", "s3:PutObject"], "Resource": "arn:aws:s3:::reports/*" }`, false,
		[]exampleRequest{acting("s3:GetObject"), acting("s3:GetObjectTagging"), acting("s3:PutObject"), acting("s3:DeleteObject")}},
	"NotAction": {iam.IdentityPolicy, `{ "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*" },
    { "Effect": "Deny", "NotAction": "s3:Get*", "Resource": "arn:aws:s3:::reports/*" }`, false, []exampleRequest{acting("s3:GetObject"), acting("s3:DeleteObject")}},
	"Resource": {iam.IdentityPolicy, readReports, false, []exampleRequest{
		reading(code("reports/plan.txt"), reportsObject), reading(code("reports/2026/plan.txt"), "arn:aws:s3:::reports/2026/plan.txt"), reading(code("reports-old/plan.txt"), "arn:aws:s3:::reports-old/plan.txt"),
	}},
	"NotResource": {iam.IdentityPolicy, `{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" },
    { "Effect": "Deny", "Action": "s3:GetObject", "NotResource": "arn:aws:s3:::reports/*" }`, false, []exampleRequest{reading(code("reports/plan.txt"), reportsObject), reading(code("home/plan.txt"), "arn:aws:s3:::home/plan.txt")}},
	"Condition": {iam.IdentityPolicy, `{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*",
      "Condition": {
        "IpAddress": { "aws:SourceIp": ["203.0.113.0/24", "198.51.100.0/24"] },
        "Bool": { "aws:MultiFactorAuthPresent": "true" }
      } }`, false, []exampleRequest{
		with("second block, with MFA", object{"aws:SourceIp": "198.51.100.7", "aws:MultiFactorAuthPresent": "true"}),
		with("first block, without MFA", object{"aws:SourceIp": "203.0.113.9", "aws:MultiFactorAuthPresent": "false"}),
		with("elsewhere, with MFA", object{"aws:SourceIp": "192.0.2.1", "aws:MultiFactorAuthPresent": "true"}),
	}},
}

func with(says template.HTML, context object) exampleRequest {
	r := acting("s3:GetObject")
	r.Says, r.Context = says, context
	return r
}

func elementEntries() ([]referenceEntry, error) {
	all := words.All()
	var entries []referenceEntry
	for _, element := range all.Elements {
		example, err := elementExample(element.Name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", element.Name, err)
		}
		entry := referenceEntry{Word: element.Word, Group: "Of a " + element.In, Sections: []referenceSection{kindsSection(element), example}}
		list := all.Values[element.Name]
		if element.Name == "Principal" {
			list = all.Principals
		}
		if len(list) > 0 {
			entry.Sections = append(entry.Sections, wordsSection(list))
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

// kindsSection says which kinds of policy have the element.
func kindsSection(element words.Element) referenceSection {
	table := &referenceTable{Label: "Kinds of policy", Columns: []template.HTML{"Kind of policy", "Has it"}}
	for _, layer := range iam.PolicyLayers() {
		has := template.HTML("no, it is refused: ") + linkTo("findings", "elementNotAllowed", code("elementNotAllowed"))
		for _, one := range element.Layers {
			if one == layer {
				has = "yes"
			}
		}
		table.Rows = append(table.Rows, referenceRow{Head: layerLink(layer), Cells: []referenceCell{{Text: has}}})
	}
	return referenceSection{ID: "kinds", Title: "Which policies have it", Table: table}
}

// wordsSection lists the values of an element.
func wordsSection(list []words.Word) referenceSection {
	section := referenceSection{ID: "values", Title: "What it may be"}
	for _, word := range list {
		section.List = append(section.List, code(word.Name)+template.HTML(": ")+inline(word.Text)+template.HTML(" ")+toRules(word.Rules))
	}
	return section
}

func elementExample(name string) (referenceSection, error) {
	sample, ok := elementSamples[name]
	if !ok {
		return referenceSection{}, fmt.Errorf("there is no example")
	}
	head := "\"Version\": \"2012-10-17\""
	if name == "Id" {
		head += ",\n  \"Id\": \"Reports2026\""
	}
	policy := "{\n  " + head + ",\n  \"Statement\": [\n    " + sample.statements + "\n  ]\n}"
	policies := object{"Example": json.RawMessage(policy)}
	own := []string{}
	parts := object{"policies": policies}
	if sample.layer == iam.IdentityPolicy {
		own = append(own, "Example")
	} else {
		parts["resources"] = []object{{"arn": reportsBucket, "account": ownAccount, "policy": "Example"}}
	}
	if sample.granted {
		own = append(own, "Own")
		policies["Own"] = json.RawMessage(`{"Version":"2012-10-17","Statement":` + readReports + `}`)
	}
	parts["identities"] = []object{{"arn": alex, "policies": own}, {"arn": blake, "policies": own}}
	section, err := exampleSection(sample.layer, policy, parts, sample.requests)
	if sample.granted {
		section.Text += "<p>The own policies of both users allow it.</p>"
	}
	return section, err
}
