package words

import (
	"slices"
	"strings"

	"fenceline/engine/iam"
)

// elementTexts are the meanings of elements, with the kinds of policy that don't
// have them (table T-A1).
var elementTexts = []struct {
	name, in, text, rule string
	notIn                []iam.Layer
}{
	{"Version", "document", "The version of the policy language. Only with 2012-10-17 are `${…}` variables.", "S-003", nil},
	{"Id", "document", "A name for the policy, where a service keeps one. It never affects a decision.", "S-013", []iam.Layer{iam.IdentityPolicy, iam.PermissionsBoundary, iam.SessionPolicy, iam.ServiceControlPolicy, iam.ResourceControlPolicy}},
	{"Statement", "document", "The list of statements. Each one that matches the whole request has its effect; their order does not matter.", "S-002", nil},
	{"Sid", "statement", "A name for the statement, unique in its policy. It never affects a decision.", "S-012", nil},
	{"Effect", "statement", "What the statement does to requests that it matches: Allow or Deny.", "S-011", nil},
	{"Principal", "statement", "Who the statement is about. Only policies on resources have it; elsewhere it is whoever has the policy.", "S-086", withoutPrincipal},
	{"NotPrincipal", "statement", "Everyone but those listed. AWS advises against it; write Principal with a condition on aws:PrincipalArn.", "S-101", append([]iam.Layer{iam.TrustPolicy, iam.ResourceControlPolicy}, withoutPrincipal...)},
	{"Action", "statement", "The actions that the statement is about, each as service:Operation, with * and ? as wildcards.", "S-042", nil},
	{"NotAction", "statement", "Every action but those listed, of every service that the resources belong to.", "S-046", []iam.Layer{iam.ResourceControlPolicy}},
	{"Resource", "statement", "The ARNs that the statement is about, with * and ? as wildcards.", "S-052", []iam.Layer{iam.TrustPolicy}},
	{"NotResource", "statement", "Every resource but those listed.", "S-065", []iam.Layer{iam.TrustPolicy}},
	{"Condition", "statement", "Tests on the request's context. All operators and all keys must hold; of a key's values one is enough.", "S-111", nil},
}

var withoutPrincipal = []iam.Layer{iam.IdentityPolicy, iam.PermissionsBoundary, iam.SessionPolicy, iam.ServiceControlPolicy}

func elements() []Element {
	var list []Element
	for _, e := range elementTexts {
		element := Element{Word: Word{e.name, e.text, []string{e.rule}, guide + "reference_policies_elements_" + strings.ToLower(e.name) + ".html"}, In: e.in}
		for _, layer := range iam.PolicyLayers() {
			if !slices.Contains(e.notIn, layer) {
				element.Layers = append(element.Layers, layer)
			}
		}
		list = append(list, element)
	}
	return list
}

const elementsPage = guide + "reference_policies_elements_"

// values are those of elements that have few.
var values = map[string][]Word{
	"Effect": {
		{"Allow", "Grants what the statement matches, unless something else denies it. A boundary's or an SCP's Allow grants nothing by itself.", []string{"S-011"}, elementsPage + "effect.html"},
		{"Deny", "Forbids what the statement matches. No Allow anywhere overrides it.", []string{"S-163"}, elementsPage + "effect.html"},
	},
	"Version": {
		{"2012-10-17", "The current version of the language, with policy variables.", []string{"S-003"}, elementsPage + "version.html"},
		{"2008-10-17", "The old version: `${…}` is plain text.", []string{"S-005"}, elementsPage + "version.html"},
	},
}

// principals are the forms of a principal.
var principals = []Word{
	{"AWS", "An account, user, role, session or federated user of AWS, by account id or ARN; `*` is everyone.", []string{"S-086", "S-087"}, elementsPage + "principal.html"},
	{"Service", "An AWS service that calls by itself, `ec2.amazonaws.com` for one.", []string{"S-094"}, elementsPage + "principal.html"},
	{"Federated", "An identity provider, in trust policies: the ARN of a SAML or OIDC provider, or `accounts.google.com` and its like.", []string{"S-095"}, elementsPage + "principal.html"},
	{"CanonicalUser", "An S3 canonical user id, which stands for an account.", []string{"S-096"}, elementsPage + "principal.html"},
}

// variables are policy variables that people use most, and the escapes.
var variables = []Word{
	{"${aws:username}", "The name of the IAM user who asks.", variableRules, variablesPage},
	{"${aws:userid}", "The unique id of the caller.", variableRules, variablesPage},
	{"${aws:PrincipalAccount}", "The account of the caller.", variableRules, variablesPage},
	{"${aws:PrincipalOrgID}", "The organization of the caller.", variableRules, variablesPage},
	{"${aws:PrincipalTag/KEY}", "The value of a tag of the caller; write the tag's key for KEY.", variableRules, variablesPage},
	{"${aws:PrincipalTag/KEY, 'none'}", "The same, with what stands there where the caller has no such tag.", variableRules, variablesPage},
	{"${aws:RequestTag/KEY}", "The value of a tag that the request sends.", variableRules, variablesPage},
	{"${aws:ResourceAccount}", "The account that owns the resource.", variableRules, variablesPage},
	{"${aws:SourceIp}", "The caller's public address.", variableRules, variablesPage},
	{"${aws:SourceVpce}", "The VPC endpoint that the request came through.", variableRules, variablesPage},
	{"${*}", "A plain asterisk.", variableRules, variablesPage},
	{"${?}", "A plain question mark.", variableRules, variablesPage},
	{"${$}", "A plain dollar sign.", variableRules, variablesPage},
}

var variableRules = []string{"S-071"}

const variablesPage = guide + "reference_policies_variables.html"
