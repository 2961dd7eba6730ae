package policy_test

import (
	"encoding/json"
	"testing"

	"fenceline/engine/iam"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// FuzzPolicyDecode decodes any text as any kind of policy: it answers a
// document and problems, whose spans lie inside each other and the text; and a
// document without errors, written back and decoded again, is the same.
func FuzzPolicyDecode(f *testing.F) {
	for _, text := range policySeeds {
		for layer := range iam.PolicyLayers() {
			f.Add(text, byte(layer))
		}
	}
	f.Fuzz(checkDecode)
}

var policySeeds = []string{
	`{"Version":"2012-10-17","Statement":[{"Sid":"A1","Effect":"Allow","Action":["s3:Get*","s3:List?"],"Resource":"arn:aws:s3:::b/${aws:username, 'x'}/*","Condition":{"StringLike":{"aws:PrincipalTag/team":["a","b*"]},"Bool":{"aws:SecureTransport":true},"NumericLessThan":{"x:y":5}}},{"Effect":"Deny","NotAction":"iam:*","NotResource":["arn:aws:s3"]}]}`,
	`{"Version":"2012-10-17","Id":"i","Statement":{"Effect":"Deny","NotPrincipal":{"AWS":["111122223333","arn:aws:iam::111122223333:user/A"]},"Action":"*","Resource":"*"}}`,
	`{"Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com","AWS":"*","Federated":"accounts.google.com"},"Action":"sts:AssumeRole"}]}`,
	`{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"Null":{"aws:SourceVpce":"true"},"ForAllValues:StringNotEqualsIfExists":{"aws:TagKeys":[]}}}]}`,
	`{"Version":"2008-10-17","Statement":[{"Effect":"allow","Principal":{"CanonicalUser":"x","aws":"1"},"Action":[],"Resource":[],"Condition":{}}]}`,
	`{"Statement":[{"Effect":"Allow","Action":"*","Action":"*","Resource":null,"Condition":{"StringEquals":{"a":{}},"a":[]}},7,{}],"X":1}`,
	`[]`, `""`, `"{\"Statement\":[]}"`, `{`, ``, `{"Statement":[]}`, `{"Statement":{"Effect":"Allow","Action":"é","Resource":"arn:aws:s3:::😀"}}`,
	"{\r\n \"Version\": \"2012-10-17\", // x\r\n \"Statement\": [{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"${x}\",}]}",
	`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::${"}]}`,
	`{"a":1 "":2,"":3,"b" 4}`, // the last problem makes the text unreadable, the first ones are still in order
}

func checkDecode(t *testing.T, text string, kind byte) {
	layers := iam.PolicyLayers()
	layer := layers[int(kind)%len(layers)]
	file := source.NewFile("p", text)
	document, problems := policy.Decode(file, layer)
	if document == nil || document.Layer != layer || document.File != file {
		t.Fatalf("document %+v", document)
	}
	for i, p := range problems {
		if p.Code == "" || p.Message == "" || p.Span.Start < 0 || p.Span.Start > p.Span.End || p.Span.End > len(text) {
			t.Fatalf("problem %+v of a text of %d bytes", p, len(text))
		}
		if i > 0 && p.Span.Start < problems[i-1].Span.Start {
			t.Fatalf("problems out of order: %v", problems)
		}
	}
	checkDocument(t, document)
	if source.HasErrors(problems) {
		return
	}
	written := write(t, document, text)
	again, problems := policy.Decode(source.NewFile("p", written), layer)
	if source.HasErrors(problems) {
		t.Fatalf("%q was written as %q, which has problems: %v", text, written, problems)
	}
	if first, second := write(t, document, text), write(t, again, written); first != second {
		t.Fatalf("%q decodes as %s, then as %s", text, first, second)
	}
}

// checkDocument looks at the places: in order, nested, and of the right text.
func checkDocument(t *testing.T, d *policy.Document) {
	t.Helper()
	last := 0
	for i := range d.Statements {
		s := &d.Statements[i]
		if s.Index != i || s.Span.Start < last || s.Span.End > len(d.File.Text) || s.Span.Start > s.Span.End {
			t.Fatalf("statement %d has index %d and stands at %v, the one before ends at %d", i, s.Index, s.Span, last)
		}
		last = s.Span.End
		checkElement(t, d, s, &s.Action)
		if s.Resource != nil {
			checkElement(t, d, s, s.Resource)
		}
		if s.Principal != nil {
			within(t, d, s.Principal.Span, s.Span)
			for _, entry := range s.Principal.Entries {
				checkText(t, d, entry.Text, s.Principal.Span)
			}
		}
		for j := range s.Conditions {
			c := &s.Conditions[j]
			within(t, d, c.OperatorSpan, s.Span)
			within(t, d, c.Span, s.Span)
			checkText(t, d, c.Key, c.Span)
			for _, v := range c.Values {
				checkText(t, d, v, c.Span)
			}
		}
	}
}

func checkElement(t *testing.T, d *policy.Document, s *policy.Statement, e *policy.Element) {
	t.Helper()
	if e.Span == (source.Span{}) {
		return // the element is missing, which was reported
	}
	within(t, d, e.Span, s.Span)
	for _, v := range e.Values {
		checkText(t, d, v, e.Span)
	}
}

func within(t *testing.T, d *policy.Document, inner, outer source.Span) {
	t.Helper()
	if !inner.Within(outer) || inner.Start > inner.End {
		t.Fatalf("%v (%q) is not inside %v", inner, d.File.Slice(inner), outer)
	}
}

func checkText(t *testing.T, d *policy.Document, text policy.Text, outer source.Span) {
	t.Helper()
	within(t, d, text.Span, outer)
	var value any
	literal := d.File.Slice(text.Span)
	if json.Unmarshal([]byte(literal), &value) != nil {
		return // a defective number, which was reported
	}
	if s, isString := value.(string); isString && s != text.Value || !isString && literal != text.Value {
		t.Fatalf("%q stands at %q", text.Value, literal)
	}
}

// write writes a document back as JSON; Version is the one thing that it does
// not hold itself.
func write(t *testing.T, d *policy.Document, text string) string {
	t.Helper()
	var head struct{ Version string }
	if err := json.Unmarshal([]byte(text), &head); err != nil {
		t.Fatalf("accepted %q: %v", text, err)
	}
	object := map[string]any{}
	if head.Version != "" {
		object["Version"] = head.Version
	}
	statements := []any{}
	for i := range d.Statements {
		statements = append(statements, writeStatement(&d.Statements[i]))
	}
	object["Statement"] = statements
	written, err := json.Marshal(object)
	if err != nil {
		t.Fatal(err)
	}
	return string(written)
}

func writeStatement(s *policy.Statement) map[string]any {
	object := map[string]any{"Effect": s.Effect.String(), s.ActionName(): texts(s.Action.Values)}
	if s.Sid != "" {
		object["Sid"] = s.Sid
	}
	if s.Resource != nil {
		object[s.ResourceName()] = texts(s.Resource.Values)
	}
	if s.Principal != nil {
		object[s.PrincipalName()] = writePrincipal(s.Principal)
	}
	if len(s.Conditions) > 0 {
		block := map[string]map[string]any{}
		for _, c := range s.Conditions {
			if block[c.Operator] == nil {
				block[c.Operator] = map[string]any{}
			}
			block[c.Operator][c.Key.Value] = texts(c.Values)
		}
		object["Condition"] = block
	}
	return object
}

// writePrincipal writes a bare `*` as such, since two kinds of policy tell it
// from a list with one star.
func writePrincipal(p *policy.Principal) any {
	if len(p.Entries) == 1 && p.Entries[0].Span == p.Span {
		return "*"
	}
	object := map[string][]string{}
	for _, entry := range p.Entries {
		object[entry.Type] = append(object[entry.Type], entry.Value)
	}
	return object
}

func texts(values []policy.Text) []string {
	list := []string{}
	for _, v := range values {
		list = append(list, v.Value)
	}
	return list
}
