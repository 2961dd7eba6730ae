package main

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const dumpFile = "../../../content/accounts/simulator.json"

// dump is what get-account-authorization-details prints of the seed's account.
func dump(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(dumpFile)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// write writes a file and answers its name.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// encoded is a dump with its documents as the API itself answers them.
func encoded(t *testing.T, text string) string {
	t.Helper()
	var walk func(text json.RawMessage) json.RawMessage
	walk = func(text json.RawMessage) json.RawMessage {
		var list []json.RawMessage
		var object map[string]json.RawMessage
		switch {
		case json.Unmarshal(text, &list) == nil:
			for i := range list {
				list[i] = walk(list[i])
			}
			text, _ = json.Marshal(list)
		case json.Unmarshal(text, &object) == nil:
			for key, value := range object {
				if strings.HasSuffix(key, "Document") {
					object[key], _ = json.Marshal(strings.ReplaceAll(url.QueryEscape(string(value)), "+", "%20"))
				} else {
					object[key] = walk(value)
				}
			}
			text, _ = json.Marshal(object)
		}
		return text
	}
	return string(walk(json.RawMessage(text)))
}

// paged cuts a dump into two pages: users and groups, and the rest.
func paged(t *testing.T, text string) (first, second string) {
	t.Helper()
	var root map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &root); err != nil {
		t.Fatal(err)
	}
	page := func(more bool, members ...string) string {
		one := map[string]any{"IsTruncated": more}
		if more {
			one["Marker"] = "AAA"
		}
		for _, member := range members {
			one[member] = root[member]
		}
		out, _ := json.MarshalIndent(one, "", "    ")
		return string(out)
	}
	return page(true, "UserDetailList", "GroupDetailList"), page(false, "RoleDetailList", "Policies")
}

func TestWhatAWSPrintsOfAnAccountIsAnsweredAsAWSAnswersIt(t *testing.T) {
	text := dump(t)
	first, second := paged(t, text)
	for name, test := range map[string]struct {
		stdin string
		files []string
	}{
		"whole":                       {"", []string{dumpFile}},
		"on standard input":           {text, []string{"-"}},
		"percent-encoded":             {"", []string{write(t, "encoded.json", encoded(t, text))}},
		"in pages":                    {"", []string{write(t, "1.json", first), write(t, "2.json", second)}},
		"in pages, one after another": {first + "\n" + second, []string{"-"}},
		"larger than a piece":         {strings.Repeat(" ", 2*pieceSize-100) + text, []string{"-"}},
	} {
		t.Run(name, func(t *testing.T) {
			stderr := seedAnswer(t, test.stdin, "19", "19", test.files...) // laid out as AWS's own examples, 3:19 to 9:10 (S-325)
			if lines := strings.Count(stderr, "\n"); lines != 2 || !strings.Contains(stderr, ":0: unused: note: `InstanceProfileList`") || !strings.Contains(stderr, "in no organization") {
				t.Errorf("standard error\n%s", stderr)
			}
		})
	}
}

func TestWhatIsNotUsedOfAnAccountIsToldWithItsPlace(t *testing.T) {
	first, _ := paged(t, dump(t))
	file := write(t, "page.json", "\n"+first)
	_, _, stderr := simulated(t, nil, "simulate-principal-policy", "--account", file, "--policy-source-arn", alex, "--action-names", "s3:GetObject")
	if !strings.Contains(stderr, file+":2:0: unused: note: this page of ") || !strings.Contains(stderr, "says that more follows") {
		t.Errorf("standard error\n%s", stderr)
	}
}

// Policies of an account are told apart as AWS tells them: inline ones by their
// own names, managed ones by ARN.
func TestPoliciesOfAnAccountAreExcludedByTheirNames(t *testing.T) {
	const blake = "arn:aws:iam::111122223333:user/contractors/Blake"
	for _, test := range []struct{ name, who, action, exclude, want string }{
		{"nothing", alex, "s3:GetObject", `{"PolicyArn":"arn:aws:iam::111122223333:policy/*"}`, "explicitDeny\n"},
		{"an inline policy", alex, "s3:GetObject", `{"InlinePolicyIdentifier":{"PolicyName":"DenyS3","AttachmentType":"user","AttachmentName":"Alex"}}`, "allowed\n"},
		{"another's", alex, "s3:GetObject", `{"InlinePolicyIdentifier":{"PolicyName":"DenyS3","AttachmentType":"user","AttachmentName":"Blake"}}`, "explicitDeny\n"},
		{"inline ones", alex, "s3:GetObject", `{"PolicyType":"inline"}`, "allowed\n"},
		{"customers'", alex, "s3:GetObject", `{"PolicyType":"user-managed"}`, "explicitDeny\n"},
		{"inline ones of one who has none", blake, "dynamodb:Query", `{"PolicyType":"inline"}`, "allowed\n"},
		{"a managed one", blake, "dynamodb:Query", `{"PolicyArn":"arn:aws:iam::111122223333:policy/MyTestApp_DDB_Permissions"}`, "implicitDeny\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, stdout, stderr := simulated(t, nil, "simulate-principal-policy", "--account", dumpFile, "--policy-source-arn", test.who, "--action-names", test.action,
				"--resource-arns", "arn:aws:dynamodb:eu-central-1:111122223333:table/Books", "--policy-exclusion-list", "["+test.exclude+"]",
				"--query", "EvaluationResults[].EvalDecision", "--output", "text")
			if status != 0 || stdout != test.want {
				t.Errorf("status %d, %q, want %q; standard error\n%s", status, stdout, test.want, stderr)
			}
		})
	}
}

func TestAMissingDocumentIsAnErrorOfThoseWhoMeetIt(t *testing.T) {
	status, _, stderr := simulated(t, nil, "simulate-principal-policy", "--account", dumpFile, "--policy-source-arn", "arn:aws:iam::111122223333:role/LogShipper", "--action-names", "s3:GetObject")
	if status != exitService || !strings.Contains(stderr, "the document of `arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy` is not known") {
		t.Errorf("status %d, standard error\n%s", status, stderr)
	}
}

func TestWrongAccountsAreRefused(t *testing.T) {
	for _, test := range []struct {
		name  string
		files map[string]string
		args  []string
		want  string
	}{
		{"a scenario and more", map[string]string{"a.json": good, "b.json": "{}"}, []string{"a.json", "b.json"}, "`a.json` is a scenario file, which describes an account alone"},
		{"a scenario with errors", map[string]string{"a.json": strings.Replace(good, `"user/ana"`, ``, 1) + "x"}, []string{"a.json"}, "a.json:13:1: afterEnd: "},
		{"nothing of an account", map[string]string{"a.json": "{}"}, []string{"a.json"}, "`a.json` describes no account; give a scenario file"},
		{"no file", nil, []string{"none.json"}, "no such file"},
	} {
		t.Run(test.name, func(t *testing.T) {
			args := append(append([]string{"actions", "--account"}, test.args...), "--principal", alex)
			if status, stdout, stderr := call(t, "", test.files, args...); status != 2 || stdout != "" || !strings.Contains(stderr, test.want) {
				t.Errorf("status %d, standard output %q, standard error\n%s", status, stdout, stderr)
			}
		})
	}
}
