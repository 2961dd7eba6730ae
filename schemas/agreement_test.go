package schemas

import (
	"encoding/json"
	"os"
	"testing"

	"fenceline/engine/iam"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// vectors are the policies of the engine's test vectors.
func vectors(t testing.TB) []string {
	text, err := os.ReadFile("../engine/testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []struct {
		Given struct{ Policy, Boundary, ResourcePolicy json.RawMessage }
	}
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	var policies []string
	for _, v := range list {
		for _, p := range []json.RawMessage{v.Given.Policy, v.Given.Boundary, v.Given.ResourcePolicy} {
			if p != nil {
				policies = append(policies, string(p))
			}
		}
	}
	if len(policies) < 40 {
		t.Fatalf("%d policies in the vectors", len(policies))
	}
	return policies
}

// corpus is every document of these tests.
func corpus(t testing.TB) []string {
	texts := vectors(t)
	for _, c := range unusual {
		texts = append(texts, c.text)
	}
	for _, c := range broken {
		texts = append(texts, c.text)
	}
	return texts
}

// checkEveryKind checks a text as everything: nothing panics, every span lies
// inside the text, and no policy that the engine accepts is refused.
func checkEveryKind(t *testing.T, text string) {
	file := source.NewFile("test.json", text)
	root, unreadable := source.Parse(file, 1<<16)
	if root == nil {
		return
	}
	for _, name := range Names() {
		problems := Check(name, root)
		for _, p := range problems {
			if !p.Span.Within(source.Span{End: len(text)}) || p.Span.Start > p.Span.End || p.Message == "" {
				t.Errorf("%s: %s: problem %+v", name, text, p)
			}
		}
		layer, isPolicy := iam.ParseLayer(name)
		if !isPolicy || source.HasErrors(unreadable) || len(problems) == 0 {
			continue
		}
		if _, found := policy.DecodeTree(file, root, layer); !source.HasErrors(found) {
			t.Errorf("%s: %s: the engine accepts what the schema refuses: %s", name, text, line(file, problems[0]))
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, text := range corpus(f) {
		f.Add(text)
	}
	f.Fuzz(checkEveryKind)
}

// replacements are what a value of a policy may be mistaken for.
var replacements = []string{
	`null`, `true`, `1`, `""`, `"*"`, `"x"`, `"Allow"`, `"Deny"`, `"2008-10-17"`, `"s3:Get*"`, `"sts:AssumeRole"`, `"arn:aws:s3:::b"`,
	`"arn:aws:iam::111122223333:role/r"`, `"ec2.amazonaws.com"`, `"arn:aws:iam::1:saml-provider/p"`, `[]`, `{}`, `["*"]`, `[[]]`, `[{}]`, `{"AWS": "*"}`, `{"x": {}}`,
}

// names are what a member's name may be mistaken for.
var names = []string{
	`"Version"`, `"Id"`, `"Sid"`, `"Effect"`, `"Principal"`, `"NotPrincipal"`, `"Action"`, `"NotAction"`, `"Resource"`, `"NotResource"`, `"Condition"`,
	`"AWS"`, `"Service"`, `"Federated"`, `"CanonicalUser"`, `"StringLikeIfExists"`, `"ForAnyValue:Null"`, `"NullIfExists"`, `"a b"`, `""`,
}

// What the schemas let pass because the grammar leaves it open, the engine
// accepts as well.
func TestTheEngineAcceptsUnusualPolicies(t *testing.T) {
	for _, c := range unusual {
		layer, isPolicy := iam.ParseLayer(c.schema)
		if !isPolicy {
			continue
		}
		file := source.NewFile("test.json", c.text)
		_, found := policy.Decode(file, layer)
		for _, p := range found {
			if p.Severity == source.Error {
				t.Errorf("%s %s\n%s", c.schema, c.text, line(file, p))
			}
		}
	}
}

// mistakes writes the text with each value and each name exchanged in turn.
func mistakes(text string, n *source.Node, visit func(text string)) {
	exchange := func(s source.Span, by []string) {
		for _, other := range by {
			visit(text[:s.Start] + other + text[s.End:])
		}
	}
	exchange(n.Span, replacements)
	for _, item := range n.Items {
		mistakes(text, item, visit)
	}
	for i := range n.Members {
		exchange(n.Members[i].KeySpan, names)
		mistakes(text, n.Members[i].Value, visit)
	}
}

// The schemas never refuse a policy that the engine accepts, not with any one
// thing in it exchanged.
func TestSchemasRefuseOnlyWhatTheEngineRefuses(t *testing.T) {
	for _, text := range corpus(t) {
		checkEveryKind(t, text)
	}
	for _, c := range unusual {
		root, _ := source.Parse(source.NewFile("test.json", c.text), len(c.text))
		mistakes(c.text, root, func(text string) { checkEveryKind(t, text) })
	}
}
