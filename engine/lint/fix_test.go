package lint_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fenceline/engine/catalogue/data"
	"fenceline/engine/iam"
	"fenceline/engine/lint"
	"fenceline/engine/source"
)

// wrap puts members into a statement of a policy.
func wrap(members string) string {
	return `{"Version":"2012-10-17","Statement":[{` + members + `}]}`
}

const rest = `,"Action":"s3:GetObject","Resource":"*"`

// Each broken text has a fix for its problem, and with it the text is as it
// should be.
func TestFixes(t *testing.T) {
	const identity, boundary, scp, rcp, trust, bucket = iam.IdentityPolicy, iam.PermissionsBoundary, iam.ServiceControlPolicy, iam.ResourceControlPolicy, iam.TrustPolicy, iam.ResourcePolicy
	allow := func(members string) string { return wrap(`"Effect":"Allow"` + members) }
	deny := func(members string) string { return wrap(`"Effect":"Deny"` + members) }
	when := func(condition string) string { return rest + `,"Condition":` + condition }
	for _, test := range []struct {
		layer              iam.Layer
		text, title, fixed string
	}{
		{identity, allow(rest + `,`), "Remove the comma", allow(rest)},
		{identity, wrap(`"Effect":"Allow" "Action":"s3:GetObject","Resource":"*"`), "Add the comma", strings.Replace(allow(rest), `","A`, `", "A`, 1)},
		{identity, wrap(`"Effect":"Allow",,"Action":"s3:GetObject","Resource":"*"`), "Remove the comma", allow(rest)},
		{identity, wrap(`"Effect":"Allow";"Action":"s3:GetObject","Resource":"*"`), "Write `,`", allow(rest)},
		{identity, "{ // all\n" + allow(rest)[1:], "Remove the comment", "{ \n" + allow(rest)[1:]},
		{identity, allow(`/* x */` + rest), "Remove the comment", allow(rest)},
		{identity, strings.ReplaceAll(allow(rest), `"`, `'`), "Write all strings in double quotes", allow(rest)},
		{identity, wrap(`"Effect":'Allow'` + rest), "Write this string in double quotes", allow(rest)},
		{identity, wrap(`"Effect":“Allow”` + rest), "Write this string in double quotes", allow(rest)},
		{identity, wrap(`'Effect':"Allow"` + rest), "Write this string in double quotes", allow(rest)},
		{identity, wrap(`Effect:"Allow"` + rest), "Write `\"Effect\"`", allow(rest)},
		{identity, wrap(`"Effect":Allow` + rest), "Write `\"Allow\"`", allow(rest)},
		{identity, allow(`,"Action":s3:GetObject,"Resource":"*"`), "Write `\"s3:GetObject\"`", allow(rest)},
		{identity, wrap(`"Effect" "Allow"` + rest), "Add the colon", strings.Replace(allow(rest), `"Effect":`, `"Effect": `, 1)},
		{identity, wrap(`"Effect"="Allow"` + rest), "Write `:`", allow(rest)},
		{identity, "{\"Version\":\"2012-10-17\",\n\"Statement\":{\"Effect\":\"Allow,\n" + rest[1:] + "}}", "Close the string", "{\"Version\":\"2012-10-17\",\n\"Statement\":{\"Effect\":\"Allow\",\n" + rest[1:] + "}}"},
		{identity, strings.TrimSuffix(allow(rest), "]}"), "Add `]}` at the end", strings.TrimSuffix(allow(rest), "]}") + "\n]}"},
		{identity, strings.Replace(allow(rest), "}]}", "]}", 1), "Add `}` before it", allow(rest)},
		{identity, allow(rest) + "}", "Remove what follows the document", allow(rest)},
		{identity, allow(`,"Sid":"A"` + rest + `,"Sid":"B"`), "Remove the second `Sid`", allow(`,"Sid":"A"` + rest)},
		{identity, allow(when(`{"Bool":{"aws:SecureTransport":True}}`)), "Write `true`", allow(when(`{"Bool":{"aws:SecureTransport":true}}`))},
		{identity, "\ufeff" + allow(rest), "Remove the byte order mark", allow(rest)},
		{identity, allow(`,"Action":"s3:GetObject","Resource":"arn:aws:s3:::b\d"`), `Write ` + "`\\\\`", allow(`,"Action":"s3:GetObject","Resource":"arn:aws:s3:::b\\d"`)},
		{identity, "[" + allow(rest) + "]", "Write the object without the list", allow(rest)},
		{identity, source.Quote(allow(rest)), "Write the policy itself", allow(rest)},

		{identity, `{"Statement":{"Effect":"Allow"` + rest + `}}`, "Add `\"Version\": \"2012-10-17\"`", `{"Version": "2012-10-17", "Statement":{"Effect":"Allow"` + rest + `}}`},
		{identity, "{\n  \"Statement\":[]}", "Add `\"Version\": \"2012-10-17\"`", "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\":[]}"},
		{identity, strings.Replace(allow(rest), "2012", "2021", 1), "Write `2012-10-17`", allow(rest)},
		{identity, strings.Replace(allow(rest), "2012", "2008", 1), "Write `2012-10-17`, which changes the meaning", allow(rest)},
		{identity, strings.Replace(allow(rest), "Version", "version", 1), "Write `Version`", allow(rest)},
		{identity, strings.Replace(allow(rest), "Statement", "Statements", 1), "Write `Statement`", allow(rest)},
		{identity, wrap(`"effect":"Allow"` + rest), "Write `Effect`", allow(rest)},
		{identity, wrap(`"Effect":"allow"` + rest), "Write `Allow`", allow(rest)},
		{identity, wrap(rest[1:]), "Add `\"Effect\": \"Deny\"`", `{"Version":"2012-10-17","Statement":[{"Effect": "Deny", ` + rest[1:] + `}]}`},
		{identity, allow(`,"Action":"s3:GetObject"`), "Add `\"Resource\": \"*\"`, every resource", wrap(`"Resource": "*", "Effect":"Allow","Action":"s3:GetObject"`)},
		{identity, allow(rest + `,"NotAction":"s3:*"`), "Remove `NotAction`, which changes the meaning", allow(rest)},
		{identity, allow(`,"Sid":"My policy"` + rest), "Write `Mypolicy`", allow(`,"Sid":"Mypolicy"` + rest)},
		{identity, allow(`,"Sid":5` + rest), "Write `5`", allow(`,"Sid":"5"` + rest)},
		{identity, allow(`,"Sid":""` + rest), "Remove `Sid`", allow(rest)},
		{identity, wrap(`"Sid":"A","Effect":"Allow"` + rest + `},{"Sid":"A","Effect":"Allow"` + rest), "Write `A2`", wrap(`"Sid":"A","Effect":"Allow"` + rest + `},{"Sid":"A2","Effect":"Allow"` + rest)},
		{identity, `{"Id":"x",` + allow(rest)[1:], "Remove `Id`", allow(rest)},
		{identity, allow(`,"Action":["s3:GetObject","PutObject"],"Resource":"*"`), "Write `s3:PutObject`", allow(`,"Action":["s3:GetObject","s3:PutObject"],"Resource":"*"`)},
		{identity, allow(`,"Action":"s3.GetObject","Resource":"*"`), "Write `s3:GetObject`", allow(rest)},
		{identity, allow(`,"Action":"s3:GetObject, s3:PutObject","Resource":"*"`), "Write the 2 actions as a list, which changes the meaning", allow(`,"Action":["s3:GetObject", "s3:PutObject"],"Resource":"*"`)},
		{identity, allow(`,"Action":" s3:GetObject","Resource":"*"`), "Write `s3:GetObject`, which changes the meaning", allow(rest)},
		{identity, allow(`,"Action":"s3:GetObject","Resource":"s3://b/k"`), "Write `arn:aws:s3:::b/k`", allow(`,"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/k"`)},
		{identity, allow(`,"Action":"s3:GetObject","Resource":"ARN:aws:s3:::b"`), "Write `arn:aws:s3:::b`", allow(`,"Action":"s3:GetObject","Resource":"arn:aws:s3:::b"`)},
		{scp, deny(`,"Action":"s3:GetObject","Resource":"arn:aws:s3"`), "Write `arn:aws:s3:*:*:*`", deny(`,"Action":"s3:GetObject","Resource":"arn:aws:s3:*:*:*"`)},
		{identity, allow(`,"Action":"s3:GetObject","Resource":"arn:aws:S3:::b"`), "Write `arn:aws:s3:::b`, which changes the meaning", allow(`,"Action":"s3:GetObject","Resource":"arn:aws:s3:::b"`)},
		{identity, allow(`,"Action":"s3:GetObject","Resource":"arn:aws:s3:::a–b"`), "Write `-`", allow(`,"Action":"s3:GetObject","Resource":"arn:aws:s3:::a-b"`)},

		{identity, allow(when(`{"StringEqual":{"aws:username":"x"}}`)), "Write `StringEquals`", allow(when(`{"StringEquals":{"aws:username":"x"}}`))},
		{identity, allow(when(`{"stringequals":{"aws:username":"x"}}`)), "Write `StringEquals`", allow(when(`{"StringEquals":{"aws:username":"x"}}`))},
		{identity, allow(when(`{"NullIfExists":{"aws:username":"true"}}`)), "Write `Null`", allow(when(`{"Null":{"aws:username":"true"}}`))},
		{identity, allow(when(`[{"StringEquals":{"aws:username":"x"}}]`)), "Write the object without the list", allow(when(`{"StringEquals":{"aws:username":"x"}}`))},
		{identity, allow(when(`{}`)), "Remove `Condition`", allow(rest)},
		{identity, allow(when(`{"StringEquals":{}}`)), "Remove `StringEquals`", allow(when(`{}`))},
		{identity, allow(when(`{"StringEquals":{"aws:username":["x"],"aws:UserName":"y"}}`)), "Keep one `aws:username` with all values", allow(when(`{"StringEquals":{"aws:username":["x", "y"]}}`))},
		{identity, allow(when(`{"StringEquals":{"aws:username ":"x"}}`)), "Write `aws:username`", allow(when(`{"StringEquals":{"aws:username":"x"}}`))},
		{identity, allow(when(`{"StringEquals":{"aws:username":["x",5,true]}}`)), "Write all values as strings", allow(when(`{"StringEquals":{"aws:username":["x","5","true"]}}`))},
		{identity, allow(when(`{"DateLessThan":{"aws:CurrentTime":"2026"}}`)), "Write `2026-01-01`, which changes the meaning", allow(when(`{"DateLessThan":{"aws:CurrentTime":"2026-01-01"}}`))},
		{identity, allow(when(`{"IpAddress":{"aws:SourceIp":" 203.0.113.0/24"}}`)), "Write `203.0.113.0/24`, which changes the meaning", allow(when(`{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}}`))},

		{boundary, allow(`,"Principal":"*"` + rest), "Remove `Principal`", allow(rest)},
		{scp, deny(`,"NotPrincipal":{"AWS":"111122223333"}` + rest), "Remove `NotPrincipal`", deny(rest)},
		{trust, allow(`,"Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole","Resource":"*"`), "Remove `Resource`", allow(`,"Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"`)},
		{trust, allow(`,"Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRol"`), "Write `sts:AssumeRole`", allow(`,"Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"`)},
		{trust, allow(`,"Principal":"*","Action":"sts:AssumeRole"`), "Write `{ \"AWS\": \"*\" }`, everyone", allow(`,"Principal":{ "AWS": "*" },"Action":"sts:AssumeRole"`)},
		{bucket, allow(`,"Principal":"arn:aws:iam::111122223333:root"` + rest), "Write it under `AWS`", allow(`,"Principal":{ "AWS": "arn:aws:iam::111122223333:root" }` + rest)},
		{bucket, allow(`,"Principal":["111122223333","444455556666"]` + rest), "Write them under `AWS`", allow(`,"Principal":{ "AWS": ["111122223333","444455556666"] }` + rest)},
		{bucket, allow(`,"Principal":{"aws":"111122223333"}` + rest), "Write `AWS`", allow(`,"Principal":{"AWS":"111122223333"}` + rest)},
		{bucket, allow(`,"Principal":{"AWS":111122223333}` + rest), "Write `111122223333`", allow(`,"Principal":{"AWS":"111122223333"}` + rest)},
		{rcp, allow(`,"Principal":"*"` + rest), "Write `Deny`, which changes the meaning", deny(`,"Principal":"*"` + rest)},
		{rcp, deny(rest), "Add `\"Principal\": \"*\"`", wrap(`"Principal": "*", "Effect":"Deny"` + rest)},
		{rcp, deny(`,"NotPrincipal":{"AWS":"111122223333"}` + rest), "Write `\"Principal\": \"*\"`, which changes the meaning", deny(`,"Principal": "*"` + rest)},

		{identity, allow(when(`{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}}`)), "Write `Bool`, which changes the meaning", allow(when(`{"Bool":{"aws:MultiFactorAuthPresent":"true"}}`))},
		{identity, deny(when(`{"Bool":{"aws:MultiFactorAuthPresent":"false"}}`)), "Write `BoolIfExists`, which changes the meaning", deny(when(`{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}`))},
		{identity, deny(when(`{"StringEquals":{"aws:TagKeys":"x"}}`)), "Write `ForAnyValue:StringEquals`, which changes the meaning", deny(when(`{"ForAnyValue:StringEquals":{"aws:TagKeys":"x"}}`))},
		{identity, deny(when(`{"ForAllValues:StringEqualsIfExists":{"aws:username":"x"}}`)), "Write `StringEqualsIfExists`, which changes the meaning", deny(when(`{"StringEqualsIfExists":{"aws:username":"x"}}`))},
		{identity, allow(when(`{"ForAllValues:StringEquals":{"aws:TagKeys":"x"}}`)), "Ask for the key with `Null`, which changes the meaning", allow(when(`{"Null": { "aws:TagKeys": "false" }, "ForAllValues:StringEquals":{"aws:TagKeys":"x"}}`))},
		{identity, allow(when(`{"StringNotEqualsIfExists":{"aws:username":"x*"}}`)), "Write `StringNotLikeIfExists`, which changes the meaning", allow(when(`{"StringNotLikeIfExists":{"aws:username":"x*"}}`))},
		{identity, allow(when(`{"ArnLike":{"aws:ARN":"arn:aws:iam::111122223333:role/x"}}`)), "Write `aws:PrincipalArn`, which changes the meaning", allow(when(`{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/x"}}`))},
	} {
		var titles []string
		got := ""
		for _, p := range lint.Decode(source.NewFile("p", test.text), test.layer, iam.Options{}, data.Catalogue()) {
			for _, fix := range p.Fixes {
				titles = append(titles, p.Code+": "+fix.Title)
				if fix.Title == test.title && got == "" {
					got = fix.Apply(test.text)
				}
			}
		}
		if got != test.fixed {
			t.Errorf("%s %s\n has %q\n got %s\nwant %s", test.layer, test.text, titles, got, test.fixed)
		}
		checkFixes(t, test.text, test.layer)
	}
}

// revealing are the problems because of which an element is not looked into.
// What else is wrong with it is found when they are gone.
var revealing = map[string]bool{"unknownElement": true, "unknownOperator": true, "invalidPrincipalType": true, "conflictingElements": true}

// checkFixes holds every fix of a text to its promise: the problem is gone from
// its place, and no Error is new, but for what was hidden in what could not be
// read.
func checkFixes(t *testing.T, text string, layer iam.Layer) {
	t.Helper()
	root, _ := source.Parse(source.NewFile("p", text), 1<<20)
	readable := root != nil && root.Kind == source.Object
	found := lint.Decode(source.NewFile("p", text), layer, iam.Options{}, data.Catalogue())
	for _, p := range found {
		for _, fix := range p.Fixes {
			checkEdits(t, text, fix)
			fixed := fix.Apply(text)
			after := lint.Decode(source.NewFile("p", fixed), layer, iam.Options{}, data.Catalogue())
			if at, ok := moved(p.Span.Start, fix); ok {
				for _, q := range after {
					if q.Code == p.Code && q.Span.Start == at && q.Message == p.Message {
						t.Fatalf("%s of %s\n%s\nis still there: %s\n%s", fix.Title, p.Code, text, q.Message, fixed)
					}
				}
			}
			if before, now := errors(found), errors(after); readable && !revealing[p.Code] && len(now) > len(before) {
				t.Fatalf("%s of %s (%s)\n%s\nhas %v, with it\n%s\nhas %v", fix.Title, p.Code, layer, text, before, fixed, now)
			}
		}
	}
}

func checkEdits(t *testing.T, text string, fix source.Fix) {
	t.Helper()
	last := 0
	for _, e := range fix.Edits {
		if fix.Title == "" || e.Start < last || e.Start > e.End || e.End > len(text) {
			t.Fatalf("the fix %+v of %q", fix, text)
		}
		last = e.End
	}
}

// moved is where a place is after a fix; false where its text is gone.
func moved(at int, fix source.Fix) (int, bool) {
	shift := 0
	for _, e := range fix.Edits {
		switch {
		case e.End <= at && e.Start < at || e.Start == at && e.End == at:
			shift += len(e.Text) - (e.End - e.Start)
		case e.Start < at:
			return 0, false
		}
	}
	return at + shift, true
}

func errors(problems []source.Problem) []string {
	var list []string
	for _, p := range problems {
		if p.Severity == source.Error {
			list = append(list, fmt.Sprintf("%d %s: %s", p.Span.Start, p.Code, p.Message))
		}
	}
	return list
}

// mutations are what a slip of a hand or of the mind makes of a token.
var mutations = []func(token string) string{
	func(s string) string { return "" },
	func(s string) string { return s + s },
	strings.ToLower,
	strings.ToUpper,
	func(s string) string { return strings.ReplaceAll(s, `"`, `'`) },
	func(s string) string { return strings.Trim(s, `"`) },
	func(s string) string { return strings.TrimSuffix(s, `"`) },
	func(s string) string { return strings.TrimPrefix(s, `"`) },
	func(s string) string { return s + "," },
	func(s string) string { return s + " // x\n" },
	func(s string) string { return "[" + s + "]" },
	func(s string) string { return "{" + s + "}" },
	func(s string) string { return strings.Replace(s, "s", "", 1) },
	func(s string) string { return strings.Replace(s, "e", "ee", 1) },
	func(s string) string { return strings.Replace(s, ":", ".", 1) },
	func(s string) string { return strings.Replace(s, ":", ", ", 1) },
	func(s string) string { return "“" + strings.Trim(s, `"`) + "”" },
	func(s string) string { return strings.Replace(s, "-", "–", 1) },
	func(s string) string { return strings.Replace(s, `"`, `"\`, 1) },
	func(s string) string { return strings.Replace(s, `"`, "\"\t", 1) },
	func(s string) string { return `"NotPrincipal"` },
	func(s string) string { return `"Effect"` },
	func(s string) string { return `"Version"` },
	func(s string) string { return `"*"` },
	func(s string) string { return `5` },
}

var token = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|[-0-9.eE+]+|true|false|null|[\[\]{},:]`)

// mutate changes the nth token of a text.
func mutate(text string, nth, mutation int) string {
	found := token.FindAllStringIndex(text, -1)
	if len(found) == 0 {
		return text
	}
	at := found[nth%len(found)]
	return text[:at[0]] + mutations[mutation%len(mutations)](text[at[0]:at[1]]) + text[at[1]:]
}

// sound are policies without errors, one of each kind.
var sound = map[iam.Layer]string{
	iam.IdentityPolicy:        `{"Version":"2012-10-17","Statement":[{"Sid":"A1","Effect":"Allow","Action":["s3:Get*","s3:ListBucket"],"Resource":"arn:aws:s3:::b/${aws:username}/*","Condition":{"StringLike":{"aws:PrincipalTag/team":["a","b*"]},"Bool":{"aws:SecureTransport":true}}},{"Sid":"B","Effect":"Deny","NotAction":"iam:*","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"},"ForAllValues:StringEquals":{"aws:TagKeys":["x"]}}}]}`,
	iam.PermissionsBoundary:   "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": {\n    \"Effect\": \"Allow\",\n    \"Action\": [\"s3:*\", \"dynamodb:*\"],\n    \"Resource\": \"*\"\n  }\n}",
	iam.SessionPolicy:         `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::*"}]}`,
	iam.ServiceControlPolicy:  `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotAction":["iam:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1","eu-central-1"]},"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/Admin"}}}]}`,
	iam.ResourceControlPolicy: `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-x"},"Null":{"aws:SourceVpce":"true"}}}]}`,
	iam.ResourcePolicy:        `{"Version":"2012-10-17","Id":"i","Statement":{"Effect":"Allow","Principal":{"AWS":["111122223333","arn:aws:iam::111122223333:user/A"],"Service":"sns.amazonaws.com"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*","Condition":{"IpAddress":{"aws:SourceIp":"203.0.113.0/24"},"DateLessThan":{"aws:CurrentTime":"2026-01-31T00:00:00Z"}}}}`,
	iam.TrustPolicy:           `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111122223333:saml-provider/p"},"Action":["sts:AssumeRoleWithSAML","sts:TagSession"],"Condition":{"NumericLessThan":{"x:y":5}}}]}`,
	iam.VPCEndpointPolicy:     `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`,
}

// Every token of every kind of policy, changed in every way.
func TestFixesOfSlips(t *testing.T) {
	for layer, text := range sound {
		if wrong := errors(lint.Decode(source.NewFile("p", text), layer, iam.Options{}, data.Catalogue())); len(wrong) > 0 {
			t.Fatalf("%s: %v", layer, wrong)
		}
		for nth := range token.FindAllString(text, -1) {
			for mutation := range mutations {
				checkFixes(t, mutate(text, nth, mutation), layer)
			}
		}
	}
}

// FuzzFix changes tokens of any policy and holds the fixes to their promise.
// Only with one change is every Error that is left known to be old.
func FuzzFix(f *testing.F) {
	for layer, text := range sound {
		f.Add(text, byte(layer), uint16(3), byte(1))
		f.Add(text, byte(layer), uint16(7), byte(9))
	}
	shipped, err := filepath.Glob("../managed/policies/*.json")
	if err != nil || len(shipped) == 0 {
		f.Fatal("no shipped policies", err)
	}
	for _, name := range shipped {
		text, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text), byte(iam.IdentityPolicy), uint16(20), byte(4))
	}
	f.Fuzz(func(t *testing.T, text string, kind byte, nth uint16, mutation byte) {
		if len(text) > 1<<13 {
			return
		}
		layers := iam.PolicyLayers()
		layer := layers[int(kind)%len(layers)]
		if len(errors(lint.Decode(source.NewFile("p", text), layer, iam.Options{}, data.Catalogue()))) > 0 {
			return
		}
		checkFixes(t, mutate(text, int(nth), int(mutation)), layer)
	})
}
