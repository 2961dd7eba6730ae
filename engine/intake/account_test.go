package intake_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"fenceline/engine/iam"
	"fenceline/engine/intake"
	"fenceline/engine/scenario"
)

// seed is what get-account-authorization-details prints for the account of the
// policy simulator's story.
func seed(tb testing.TB) string {
	tb.Helper()
	data, err := os.ReadFile("../../content/accounts/simulator.json")
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

func read(texts ...string) *intake.Account {
	named := make([]scenario.NamedText, len(texts))
	for i, text := range texts {
		named[i] = scenario.NamedText{Name: fmt.Sprintf("page-%d.json", i), Text: text}
	}
	return intake.ReadAccount(named)
}

// decisions asks for actions of one principal and answers what came out, in the
// form `decision by layer`, or the error.
func decisions(t *testing.T, a *intake.Account, principal string, asked ...string) []string {
	t.Helper()
	var requests []string
	for _, ask := range asked {
		action, resource, _ := strings.Cut(ask, " ")
		requests = append(requests, fmt.Sprintf(`{"principal": %q, "action": %q, "resource": %q}`, principal, action, resource))
	}
	e, problems := a.Excerpt(intake.Wish{Requests: "[" + strings.Join(requests, ",") + "]"})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	s := e.Decode()
	result := s.Run(iam.Options{}, nil)
	if len(result.Results) != len(asked) {
		t.Fatalf("%d results for %d requests: %+v\n%s", len(result.Results), len(asked), result.Problems, e.Scenario)
	}
	var got []string
	for _, r := range result.Results {
		if r.Error != "" {
			got = append(got, r.Error)
			continue
		}
		got = append(got, r.Decision.String()+" by "+r.DecidedBy.String())
	}
	return got
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

const (
	alex  = "arn:aws:iam::111122223333:user/Alex"
	app   = "arn:aws:iam::111122223333:role/MyTestAppRole"
	blake = "arn:aws:iam::111122223333:user/contractors/Blake"
)

// percentEncoded is a dump with its documents as the interface itself answers
// them.
func percentEncoded(tb testing.TB, text string) string {
	tb.Helper()
	var root any
	if err := json.Unmarshal([]byte(text), &root); err != nil {
		tb.Fatal(err)
	}
	var walk func(v any) any
	walk = func(v any) any {
		switch v := v.(type) {
		case []any:
			for i := range v {
				v[i] = walk(v[i])
			}
		case map[string]any:
			if v["Statement"] != nil {
				data, _ := json.Marshal(v)
				return strings.ReplaceAll(url.QueryEscape(string(data)), "+", "%20")
			}
			for key := range v {
				v[key] = walk(v[key])
			}
		}
		return v
	}
	data, err := json.Marshal(walk(root))
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

// pages cuts a dump into pages as the interface does.
func pages(tb testing.TB, text string) []string {
	tb.Helper()
	var root map[string][]json.RawMessage
	if err := json.Unmarshal([]byte(text), &root); err != nil {
		tb.Fatal(err)
	}
	var list []string
	for _, member := range []string{"UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"} {
		for _, element := range root[member] {
			page := map[string]any{"UserDetailList": []any{}, "GroupDetailList": []any{}, "RoleDetailList": []any{}, "Policies": []any{}, "IsTruncated": true, "Marker": "AAA"}
			page[member] = []any{element}
			data, _ := json.MarshalIndent(page, "", "    ")
			list = append(list, string(data))
		}
	}
	last := len(list) - 1
	list[last] = strings.Replace(strings.Replace(list[last], `"IsTruncated": true`, `"IsTruncated": false`, 1), `"Marker": "AAA",`, "", 1)
	return list
}

func TestTheSeedAccountIsReadHoweverItIsPrinted(t *testing.T) {
	text := seed(t)
	parts := pages(t, text)
	var unmarked []string
	for _, part := range parts {
		unmarked = append(unmarked, strings.TrimSpace(part))
	}
	for name, given := range map[string][]string{
		"as the command line prints it": {text},
		"with a mark before it":         {"\ufeff" + text},
		"percent-encoded":               {percentEncoded(t, text)},
		"in pages, each a file":         parts,
		"in pages, one after another":   {"$ aws iam get-account-authorization-details\n" + strings.Join(parts, "\n")},
		"in pages, as a list":           {"[" + strings.Join(unmarked, ",\n") + "]"},
	} {
		t.Run(name, func(t *testing.T) {
			a := read(given...)
			for _, u := range a.Unused {
				if !strings.Contains(u.Why, "instance profiles") {
					t.Errorf("not used: %s: %s", u.Place, u.Why)
				}
			}
			if len(a.Identities) != 7 || !slices.Equal(a.IDs, []string{"111122223333"}) {
				t.Errorf("%d identities of %v", len(a.Identities), a.IDs)
			}
			same(t, "Alex", decisions(t, a, alex, "s3:GetObject arn:aws:s3:::b/k", "ec2:RunInstances *", "iam:CreateUser arn:aws:iam::111122223333:user/x"),
				[]string{"explicitDeny by identityPolicy", "allowed by identityPolicy", "allowed by identityPolicy"})
			table := "arn:aws:dynamodb:eu-central-1:111122223333:table/Books"
			same(t, "the application", decisions(t, a, app, "dynamodb:PutItem "+table, "dynamodb:GetItem "+table, "dynamodb:PutItem "+strings.Replace(table, "eu-central-1", "us-east-1", 1)),
				[]string{"allowed by identityPolicy", "implicitDeny by permissionsBoundary", "implicitDeny by permissionsBoundary"})
			same(t, "Blake, through a group", decisions(t, a, blake, "dynamodb:PutItem "+table, "s3:GetObject arn:aws:s3:::b/k"),
				[]string{"allowed by identityPolicy", "implicitDeny by identityPolicy"})
		})
	}
}

func TestPoliciesSayWhereTheyComeFrom(t *testing.T) {
	a := read(seed(t))
	for _, want := range []struct {
		name, arn, owner, version string
		origin                    intake.Origin
		line                      int
	}{
		{"user/Alex/DenyS3", "", alex, "", intake.Inline, 12},
		{"arn:aws:iam::aws:policy/AdministratorAccess", "arn:aws:iam::aws:policy/AdministratorAccess", "", "v1", intake.AWSManaged, 225},
		{"MyTestApp_DDB_Permissions", "arn:aws:iam::111122223333:policy/MyTestApp_DDB_Permissions", "", "v2", intake.CustomerManaged, 254},
		{"DynamoDB_Boundary_Frankfurt", "arn:aws:iam::111122223333:policy/DynamoDB_Boundary_Frankfurt", "", "v1", intake.CustomerManaged, 299},
		{"role/MyTestAppRole (trust policy)", "", app, "", intake.Trust, 95},
	} {
		p := a.Policy(want.name)
		if p == nil {
			t.Errorf("there is no %s", want.name)
			continue
		}
		if p.ARN != want.arn || p.Owner != want.owner || p.Version != want.version || p.Origin != want.origin || p.Missing != "" || p.Place != (intake.Place{File: "page-0.json", Line: want.line}) {
			t.Errorf("%+v, want %+v", p, want)
		}
	}
	if text := a.Policy("user/Alex/DenyS3").Text; !strings.HasPrefix(text, "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Sid\": \"NoS3\"") {
		t.Errorf("the text is %s", text)
	}
}

func TestAPolicyThatIsNotGivenIsMissingAndTheOthersDecide(t *testing.T) {
	a := read(seed(t))
	const agent = "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"
	if p := a.Policy(agent); p == nil || p.Text != scenario.Missing || !strings.Contains(p.Missing, "get-policy-version --policy-arn "+agent) {
		t.Fatalf("%+v", p)
	}
	same(t, "who has it", decisions(t, a, "arn:aws:iam::111122223333:role/LogShipper", "logs:PutLogEvents *"),
		[]string{"the document of `" + agent + "` is missing, so the request is denied; write it to see the decision"})
	whole := a.Whole()
	s := whole.Decode()
	if s.Invalid {
		t.Errorf("the whole account is no scenario: %+v", s.Problems)
	}
	for _, p := range s.Problems {
		if p.Code != "missingPolicy" && p.Severity.String() == "error" {
			t.Errorf("%+v", p)
		}
	}
}

// A dump of one kind alone leaves groups and policies out; that is not the same
// as having none.
func TestAFilteredDumpLeavesNothingEmpty(t *testing.T) {
	var root map[string]any
	if err := json.Unmarshal([]byte(seed(t)), &root); err != nil {
		t.Fatal(err)
	}
	users, _ := json.Marshal(map[string]any{"UserDetailList": root["UserDetailList"], "GroupDetailList": []any{}, "RoleDetailList": []any{}, "Policies": []any{}})
	a := read(string(users))
	group := a.Identity("arn:aws:iam::111122223333:group/Admins")
	if group == nil || !group.Assumed || len(group.Policies) != 2 {
		t.Fatalf("%+v", group)
	}
	same(t, "Alex", decisions(t, a, alex, "ec2:RunInstances *"),
		[]string{"the document of `group/Admins (attached policies)`, `group/Admins (inline policies)` is missing, so the request is denied; write it to see the decision"})
	if boundary := a.Identity(blake).Boundary; boundary == nil || boundary.Text != scenario.Missing {
		t.Errorf("Blake's boundary is %+v", boundary)
	}
}

func TestPiecesOfAnySizeAreTheSameAsTheWhole(t *testing.T) {
	text := "aws iam get-account-authorization-details\n" + seed(t) + percentEncoded(t, seed(t))
	want := read(text)
	for _, size := range []int{1, 7, 1000} {
		r := intake.NewAccountReader()
		for at := 0; at < len(text); at += size {
			r.Read("page-0.json", text[at:min(at+size, len(text))], at+size >= len(text))
		}
		got := r.Finish()
		if got.Whole().Scenario != want.Whole().Scenario || len(got.Unused) != len(want.Unused) || got.Policy("MyTestApp_DDB_Permissions").Place != want.Policy("MyTestApp_DDB_Permissions").Place {
			t.Errorf("in pieces of %d: %v, want %v", size, got.Unused, want.Unused)
		}
	}
}

// What is in no account is listed with its place.
func TestWhatIsNotUsedIsListed(t *testing.T) {
	user := func(members string) string {
		return `{"UserDetailList": [` + "\n" + `{"Arn": "` + alex + `", "AttachedManagedPolicies": [], "GroupList": []` + members + `}]}`
	}
	for _, c := range []struct{ name, text, want string }{
		{"an unknown member", user(`, "Vault": 1`), "2 `Vault` is not known here; it is not used, here and wherever else it stands"},
		{"a text that is cut off", `{"UserDetailList": [` + "\n" + `{"Arn": "` + alex + `"`, "2 the text ends here, inside a value"},
		{"an ARN that is none", `{"UserDetailList": [{"Arn": "arn:aws:iam::1:user/x"}]}`, "1 `arn:aws:iam::1:user/x` is not the ARN of a user"},
		{"a page that is not the last", `{"UserDetailList": [], "IsTruncated": true, "Marker": "x"}`, "1 this page of `get-account-authorization-details` says that more follows"},
		{"YAML", "UserDetailList:\n- Arn: x\n", "1 `UserDetailList:` is neither JSON nor a command of the AWS CLI; get the output with `--output json`"},
		{"a policy alone", `{"Version": "2012-10-17", "Statement": []}`, "1 a policy alone does not say whose it is"},
		{"an output of something else", "\n{\"Buckets\": []}", "2 the output with `Buckets` is not read here"},
		{"no JSON inside", "{\"UserDetailList\": [\n{\"Arn\": \"x\"},\n oops]}", "3 `oops` is no JSON value"},
		{"a wrong value", user(`, "Tags": [{"Key": "a", "Value": 'x'}]`), "2 strings stand in double quotes"},
		{"a list without an owner", `{"AttachedPolicies": []}`, "1 this output does not say whose policies it lists"},
		{"a description twice, otherwise", user("") + "\n" + user(`, "UserId": "AIDA"`), "2 `" + alex + "` is described otherwise at `page-0.json` line 4, which counts"},
		{"a tag twice", user(`, "Tags": [{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}]`), "2 the tag `A` stands twice"},
		{"a value that is too large", user(`, "Tags": [{"Key": "a", "Value": "` + strings.Repeat("x", intake.MaxBytes) + `"}]`), "2 this value has more than"},
		{"a member beside the lists", `{"UserDetailList": [],` + "\n" + `"Extra": 1}`, "2 `Extra` is not known here; it is not used"},
		{"a scenario", `{"version": 1, "requests": []}`, "1 a scenario is no account"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := read(c.text)
			var got []string
			for _, u := range a.Unused {
				got = append(got, fmt.Sprintf("%d %s", u.Line, u.Why))
			}
			if !slices.ContainsFunc(got, func(line string) bool { return strings.HasPrefix(line, c.want) }) {
				t.Errorf("not used: %q, want %q", got, c.want)
			}
		})
	}
}

func TestASecondAccountKeepsNamesApart(t *testing.T) {
	other := strings.ReplaceAll(seed(t), "111122223333", "444455556666")
	a := read(seed(t), other)
	if len(a.IDs) != 2 || len(a.Identities) != 14 {
		t.Fatalf("%v with %d identities", a.IDs, len(a.Identities))
	}
	for _, name := range []string{"111122223333:user/Alex/DenyS3", "444455556666:user/Alex/DenyS3", "arn:aws:iam::444455556666:policy/DynamoDB_Boundary_Frankfurt"} {
		if a.Policy(name) == nil {
			t.Errorf("no policy is called %s", name)
		}
	}
	same(t, "the other Alex", decisions(t, a, strings.Replace(alex, "111122223333", "444455556666", 1), "ec2:RunInstances *"), []string{"allowed by identityPolicy"})
}

// What was put together once can be added to.
func TestMoreIsReadAfterwards(t *testing.T) {
	r := intake.NewAccountReader()
	r.Read("seed.json", seed(t), true)
	first := r.Finish()
	const agent = "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy"
	r.Read("more.txt", "aws iam get-policy-version --policy-arn "+agent+" --version-id v3\n"+
		`{"PolicyVersion": {"Document": `+allowAll+`, "VersionId": "v3", "IsDefaultVersion": true}}`, true)
	second := r.Finish()
	if first.Policy(agent).Missing == "" || second.Policy(agent).Missing != "" || second.Policy(agent).Version != "v3" {
		t.Errorf("first %+v, then %+v", first.Policy(agent), second.Policy(agent))
	}
	if len(first.Unused) != len(second.Unused) {
		t.Errorf("not used: %v, then %v", first.Unused, second.Unused)
	}
	same(t, "who has it", decisions(t, second, "arn:aws:iam::111122223333:role/LogShipper", "logs:PutLogEvents *"), []string{"allowed by identityPolicy"})
}

// A request brings along what it names: the role that is assumed, and the
// policies that are passed to a session.
func TestARequestBringsAlongWhatItNames(t *testing.T) {
	a := read(seed(t))
	e, problems := a.Excerpt(intake.Wish{Requests: `[
		{"principal": "ec2.amazonaws.com", "action": "sts:AssumeRole", "resource": "` + app + `"},
		{"principal": "arn:aws:sts::111122223333:assumed-role/MyTestAppRole/i-1", "action": "dynamodb:PutItem", "resource": "arn:aws:dynamodb:eu-central-1:111122223333:table/Books",
		 "session": {"policies": ["user/Alex/DenyS3"]}}]`})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	var got []string
	result := e.Decode().Run(iam.Options{}, nil)
	for _, r := range result.Results {
		got = append(got, r.Decision.String()+" by "+r.DecidedBy.String()+r.Error)
	}
	same(t, "decisions", got, []string{"allowed by trustPolicy", "implicitDeny by sessionPolicy"})
	if len(result.Problems) > 0 {
		t.Errorf("%+v", result.Problems)
	}
}
