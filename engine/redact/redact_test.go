package redact_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fenceline/engine/iam"
	"fenceline/engine/redact"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// published are the texts of the site's scenarios.
func published(tb testing.TB) map[string]string {
	tb.Helper()
	texts := map[string]string{}
	err := filepath.WalkDir("../../content/scenarios", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".json" {
			return err
		}
		text, err := os.ReadFile(path)
		texts[path] = string(text)
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	if len(texts) < 10 {
		tb.Fatalf("found %d scenarios, want ten and more", len(texts))
	}
	return texts
}

// realistic puts values like those of real accounts where the published
// scenarios have examples.
var realistic = strings.NewReplacer(
	"111122223333", "230948572011", "444455556666", "781236540981", "999999999999", "560981237745", "123456789012", "650918273645",
	"o-exampleorgid", "o-a1b2c3d4e5", "r-abcd", "r-q7x2", "ou-abcd-11111111", "ou-q7x2-k3j9d0s2", "ou-abcd-", "ou-q7x2-",
	"203.0.113.", "18.196.77.", "192.0.2.", "3.120.5.", "198.51.100.", "52.29.140.", "2001:db8:", "2a05:d014:",
	"vpce-0a1b2c3d", "vpce-0f3c9b7a", "i-1234567890abcdef0", "i-0d9e8c7b6a5f4e3d2", "EXAMPLEEXAMPLE", "Q3ZK7W2PLM8XN5", "example.com", "corp-mail.io",
)

func TestRedactionKeepsEveryDecision(t *testing.T) {
	for path, text := range published(t) {
		for _, names := range []bool{false, true} {
			in := redact.Input{Scenario: realistic.Replace(text), Names: names}
			out := redact.Redact(in)
			if len(out.Replaced) == 0 {
				t.Errorf("%s: nothing was replaced", path)
			}
			sameDecisions(t, path, in, out)
			gone(t, out)
			if again := redact.Redact(redact.Input{Scenario: out.Scenario, Policies: out.Policies, Names: names}); again.Scenario != out.Scenario || len(again.Replaced) > 0 {
				t.Errorf("%s: redacting again replaces %v", path, again.Replaced)
			}
			for _, leftover := range []string{"230948572011", "781236540981", "560981237745", "650918273645", "o-a1b2c3d4e5", "q7x2", "18.196.77.", "3.120.5.", "52.29.140.", "Q3ZK7W2PLM8XN5", "corp-mail", "0f3c9b7a"} {
				if strings.Contains(out.Scenario, leftover) {
					t.Errorf("%s: %s is left; notes %q", path, leftover, out.Notes)
				}
			}
		}
	}
}

// sameDecisions compares decision, layer and determining statements, told by
// their places.
func sameDecisions(t *testing.T, name string, in redact.Input, out redact.Output) {
	t.Helper()
	before := scenario.Decode(source.NewFile("s", in.Scenario), in.Policies).Run(iam.Options{}, nil).Results
	after := scenario.Decode(source.NewFile("s", out.Scenario), out.Policies).Run(iam.Options{}, nil).Results
	if len(before) != len(after) {
		t.Fatalf("%s: %d results became %d", name, len(before), len(after))
	}
	for i := range before {
		if before[i].Decision != after[i].Decision || before[i].DecidedBy != after[i].DecidedBy || !slices.Equal(statements(&before[i]), statements(&after[i])) {
			t.Errorf("%s, request %d: %s by %s %v became %s by %s %v", name, i, before[i].Decision, before[i].DecidedBy, statements(&before[i]), after[i].Decision, after[i].DecidedBy, statements(&after[i]))
		}
	}
}

func statements(r *scenario.RequestResult) []string {
	var list []string
	for _, d := range r.Determining {
		list = append(list, strings.Join([]string{string(rune('0' + d.Index)), d.Effect.String(), d.Sid}, " "))
	}
	slices.Sort(list)
	return list
}

// gone holds what was replaced to standing nowhere any more.
func gone(t *testing.T, out redact.Output) {
	t.Helper()
	for _, r := range out.Replaced {
		if r.Count < 1 || r.From == r.To {
			t.Errorf("%+v", r)
		}
		for _, text := range append([]scenario.NamedText{{Text: out.Scenario}}, out.Policies...) {
			if r.Kind != redact.Name && stands(text.Name+"\n"+text.Text, r.From) {
				t.Errorf("%s is left in %s", r.From, text.Text)
			}
		}
	}
}

// stands looks for a value that is no part of a longer word.
func stands(text, value string) bool {
	for i := 0; ; {
		at := strings.Index(text[i:], value)
		if at < 0 {
			return false
		}
		start, end := i+at, i+at+len(value)
		if (start == 0 || !joins(text[start-1])) && (end == len(text) || !joins(text[end])) {
			return true
		}
		i = start + 1
	}
}

func joins(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.IndexByte(`-_.:/%+\`, c) >= 0 || c >= 0x80
}

func TestReplacements(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"an account", `{"a":"arn:aws:iam::230948572011:root","b":230948572011}`, `{"a":"arn:aws:iam::111122223333:root","b":111122223333}`},
		{"accounts of examples", `{"a":"123456789012 111122223333 999999999999"}`, ``},
		{"a fake that stands already", `["230948572011","111122223333"]`, `["444455556666","111122223333"]`},
		{"longer numbers", `["2309485720111","a230948572011"]`, ``},
		{"access keys", `"AKIAQ3ZK7W2PLM8XN5AB ASIAQ3ZK7W2PLM8XN5AB"`, `"AKIAEXAMPLE000000001 ASIAEXAMPLE000000001"`},
		{"a key of an example", `"AKIAIOSFODNN7EXAMPLE"`, ``},
		{"the id of a session", `"AROAQ3ZK7W2PLM8XN5ABC:alice@corp-mail.io"`, `"AROAEXAMPLE0000000001:person1@example.com"`},
		{"people of one domain", `["a@corp.io","*@corp.io","b@corp.io","c@other.io"]`, `["person1@example.com","*@example.com","person2@example.com","person3@example.org"]`},
		{"what is too long for a domain", `"a@b.` + strings.Repeat("l", 300) + ` a@b.co"`, `"a@b.` + strings.Repeat("l", 300) + ` person1@example.com"`},
		{"an address of an example", `"alice@example.com"`, ``},
		{"an organization", `"o-a1b2c3d4e5/r-q7x2/ou-q7x2-k3j9d0s2/ou-q7x2-*"`, `"o-ex00000001/r-ex02/ou-ex02-ex000003/ou-ex02-*"`},
		{"what only looks like one", `"for-abce my-vpc o-short"`, ``},
		{"ids of resources", `"vpce-0f3c9b7a vpc-0d9e8c7b6a5f4e3d2"`, `"vpce-00000001 vpc-00000000000000001"`},
		{"addresses of one network", `["18.196.77.8","18.196.77.0/24","18.196.77.128/25","3.120.5.9/32"]`, `["192.0.2.8","192.0.2.0/24","192.0.2.128/25","198.51.100.9/32"]`},
		{"addresses that are nobody's", `["10.1.2.3","192.168.0.0/16","203.0.113.7","0.0.0.0/0","::/0","127.0.0.1","fd00::1","100.64.0.1"]`, ``},
		{"a range that is too large", `["18.196.0.0/16","18.196.77.8","3.120.5.9"]`, `["18.196.0.0/16","18.196.77.8","192.0.2.9"]`},
		{"IPv6", `["2a05:d014:1:2::5","2a05:d014:1::/48"]`, `["2001:db8:1:2::5","2001:db8:1::/48"]`},
		{"escapes", `"\u0032\u003309\u00348572011 \n230948572011\ud83d\ude00"`, `"111122223333 \n111122223333\ud83d\ude00"`},
		{"broken JSON", `{"a": "230948572011`, `{"a": "111122223333`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.want == "" {
				c.want = c.text
			}
			if got := redact.Redact(redact.Input{Scenario: c.text}); got.Scenario != c.want {
				t.Errorf("got  %s\nwant %s\n%v", got.Scenario, c.want, got.Notes)
			}
		})
	}
}

func TestNames(t *testing.T) {
	text := `{"a":"arn:aws:iam::111122223333:user/team/Alice","b":"Alice","c":"arn:aws:s3:::acme-logs/home/Alice/x","d":"arn:aws:s3:::acme-*","e":"arn:aws:iam::aws:policy/AdministratorAccess","f":"arn:aws:s3:::acme-logs/home/${aws:username}/*"}`
	want := `{"a":"arn:aws:iam::111122223333:user/alpha/Bravo","b":"Bravo","c":"arn:aws:s3:::charlie-delta/home/Bravo/x","d":"arn:aws:s3:::charlie-*","e":"arn:aws:iam::aws:policy/AdministratorAccess","f":"arn:aws:s3:::charlie-delta/home/${aws:username}/*"}`
	if got := redact.Redact(redact.Input{Scenario: text, Names: true}); got.Scenario != want {
		t.Errorf("got  %s\nwant %s", got.Scenario, want)
	}
	if got := redact.Redact(redact.Input{Scenario: text}); got.Scenario != text {
		t.Errorf("names were replaced unasked: %s", got.Scenario)
	}
	cut := `["arn:aws:iam::111122223333:role/Deploy*","arn:aws:iam::111122223333:role/DeployWeb-one"]`
	if got := redact.Redact(redact.Input{Scenario: cut, Names: true}); got.Scenario != `["arn:aws:iam::111122223333:role/Deploy*","arn:aws:iam::111122223333:role/DeployWeb-alpha"]` || len(got.Notes) != 2 {
		t.Errorf("a word that a wildcard cuts: %s %q", got.Scenario, got.Notes)
	}
}

// TestAValueThatAPatternCutsStays has an account that only its first digits
// let in.
func TestAValueThatAPatternCutsStays(t *testing.T) {
	text := `{"version":1,"title":"t","policies":{"P":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringLike":{"aws:PrincipalAccount":"2309*"}}}]}},
		"identities":[{"arn":"arn:aws:iam::230948572011:user/U","policies":["P"]},{"arn":"arn:aws:iam::781236540981:user/V"}],
		"requests":[{"principal":"arn:aws:iam::230948572011:user/U","action":"s3:ListAllMyBuckets","resource":"*"}]}`
	in := redact.Input{Scenario: text}
	out := redact.Redact(in)
	sameDecisions(t, "cut", in, out)
	if len(out.Replaced) != 1 || out.Replaced[0].From != "781236540981" || !strings.Contains(strings.Join(out.Notes, ""), "230948572011") {
		t.Errorf("replaced %v, notes %q", out.Replaced, out.Notes)
	}
}

func TestPoliciesApartAreRedactedInStep(t *testing.T) {
	out := redact.Redact(redact.Input{
		Scenario: `{"version":1,"title":"t","identities":[{"arn":"arn:aws:iam::230948572011:user/U","policies":["Of 230948572011"]}],"requests":[{"principal":"arn:aws:iam::230948572011:user/U","action":"s3:ListAllMyBuckets","resource":"*"}]}`,
		Policies: []scenario.NamedText{{Name: "Of 230948572011", Text: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`}},
	})
	if out.Policies[0].Name != "Of 111122223333" || !strings.Contains(out.Scenario, `"Of 111122223333"`) || out.Replaced[0].Count != 4 {
		t.Errorf("got %+v", out)
	}
}

// FuzzRedact redacts any text: valid JSON stays valid with the same shape,
// doing it again changes nothing, and nothing that is listed is left.
func FuzzRedact(f *testing.F) {
	for _, text := range published(f) {
		if len(text) < 6000 {
			f.Add(realistic.Replace(text), true)
		}
	}
	for _, text := range []string{
		`"230948572011"`, `"o-a1b2c3d4e5/r-q7x2/ou-q7x2-k3j9d0s2"`, `["18.196.77.8","18.196.0.0/16","2a05:d014::/32","::ffff:18.1.2.3"]`, `"a@b.co *@b.co @b.co a@b.co@c.co"`,
		`"\u0032309485720\u0031\u0031"`, `"\ud83d\u0032"`, `{"230948572011":230948572011}`, `"vpce-0f3c9b7a-r-q7x2-ou-q7x2-"`, "\"\\", `"arn:aws:iam::230948572011:role/a*b/${c"`, `"AKIAAAAAAAAAAAAAAAAA"`,
	} {
		f.Add(text, false)
	}
	f.Fuzz(func(t *testing.T, text string, names bool) {
		if len(text) > 1<<14 {
			return
		}
		in := redact.Input{Scenario: text, Names: names}
		out := redact.Redact(in)
		if json.Valid([]byte(text)) && !json.Valid([]byte(out.Scenario)) {
			t.Fatalf("%q became %q", text, out.Scenario)
		}
		gone(t, out)
		if again := redact.Redact(redact.Input{Scenario: out.Scenario, Names: names}); again.Scenario != out.Scenario {
			t.Fatalf("%q became %q, and then %q", text, out.Scenario, again.Scenario)
		}
		sameDecisions(t, "fuzz", in, out)
	})
}
