package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fenceline/engine/scenario"
)

// call runs the command line on files that it writes, FILE.json in the arguments.
func call(t *testing.T, stdin string, files map[string]string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i, arg := range args {
		if strings.HasSuffix(arg, ".json") {
			args[i] = filepath.Join(dir, arg)
		}
	}
	var out, wrong strings.Builder
	status = run(args, strings.NewReader(stdin), &out, &wrong)
	return status, strings.ReplaceAll(out.String(), dir+"/", ""), strings.ReplaceAll(wrong.String(), dir+"/", "")
}

// output is what a call answered, or patterns of what it should.
type output struct {
	status         int
	stdout, stderr string
}

func compare(t *testing.T, got, want output) {
	t.Helper()
	if got.status != want.status {
		t.Errorf("status %d, want %d", got.status, want.status)
	}
	if !regexp.MustCompile(want.stdout).MatchString(got.stdout) {
		t.Errorf("standard output is\n%s", got.stdout)
	}
	if !regexp.MustCompile(want.stderr).MatchString(got.stderr) {
		t.Errorf("standard error is\n%s", got.stderr)
	}
}

const good = `{
  "version": 1,
  "policies": {
    "P": {
      "Version": "2012-10-17",
      "Statement": [ { "Sid": "Read", "Effect": "Allow", "Action": "s3:Get*", "Resource": "*",
        "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } } } ]
    }
  },
  "identities": [ { "arn": "arn:aws:iam::111122223333:user/ana", "policies": ["P"] } ],
  "requests": [ { "name": "ana reads", "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject",
    "resource": "arn:aws:s3:::b/k", "expect": "implicitDeny" } ]
}`

const calls = `{
  "version": 1,
  "policies": { "P": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Action": "iam:CreateRole", "Resource": "*" } ] },
    "T": { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" } ] } },
  "identities": [ { "arn": "arn:aws:iam::111122223333:user/ana", "policies": ["P"] }, { "arn": "arn:aws:iam::111122223333:role/Q", "trust": "T" } ],
  "requests": [
    { "principal": "arn:aws:iam::111122223333:user/ana", "action": "iam:CreateRole", "parameters": { "RoleName": "R", "AssumeRolePolicyDocument":
      { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" } ] } } },
    { "principal": "arn:aws:iam::111122223333:user/ana", "action": "iam:CreateRole", "parameters": { "RoleName": "R", "AssumeRolePolicyDocument":
      { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" } ] } } },
    { "principal": "arn:aws:iam::111122223333:user/ana", "action": "iam:CreateRole", "parameters": { "RoleName": "S", "Tags": [ { "Key": "a", "Value": "b" } ], "AssumeRolePolicyDocument":
      { "Version": "2012-10-17", "Statement": [ { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" } ] } } } ]
}`

func TestEval(t *testing.T) {
	unmet := strings.Replace(good, `"implicitDeny"`, `"allowed"`, 1)
	broken := strings.Replace(good, `"Effect": "Allow"`, `"Effect": "allow"`, 1)
	for _, test := range []struct {
		name           string
		files          map[string]string
		args           []string
		status         int
		stdout, stderr string // patterns
	}{
		{"as expected", map[string]string{"a.json": good}, []string{"eval", "a.json"}, 0, `implicitDeny by identityPolicy  ana reads`, `^$`},
		{"shows the place", map[string]string{"a.json": good}, []string{"eval", "a.json"}, 0,
			`--> a.json:7:33\n +7 \|         "Condition": \{ "Bool": \{ "aws:MultiFactorAuthPresent": "true" \} \} \} \]\n +\| {34}\^{36} nearest: P#Read`, `^$`},
		{"says what became of a call", map[string]string{"a.json": calls}, []string{"eval", "a.json"}, 0,
			`(?s)→ the role .R. is made without a boundary.*the call fails: EntityAlreadyExists  Role with name R already exists\..*needs iam:TagRole on arn:aws:iam::111122223333:role/S: ✖ implicitDeny`, `^$`},
		{"unmet", map[string]string{"a.json": unmet}, []string{"eval", "a.json"}, 1, `not as expected: allowed`, `^$`},
		{"broken", map[string]string{"a.json": broken}, []string{"eval", "a.json"}, 2, `not valid as a scenario\n    --> a.json:6:48\n    6 \|.*\n +\| {49}\^{7} error: `, "^a.json:6:48: invalidEffect: `Effect` is `Allow` or `Deny`"},
		{"a wrong request", map[string]string{"a.json": strings.Replace(good, `"s3:GetObject"`, `"s3"`, 1)}, []string{"eval", "a.json"}, 2, `0 requests, 0 of 0 as expected`, `^a.json:11:\d+: invalidAction: `},
		{"a wrong request as JSON", map[string]string{"a.json": strings.Replace(good, `"s3:GetObject"`, `"s3"`, 1)}, []string{"eval", "--json", "a.json"}, 2, `"results": ?\[\]`, `invalidAction`},
		{"one of two broken", map[string]string{"a.json": broken, "b.json": good}, []string{"eval", "a.json", "b.json"}, 2, `1 request, 1 of 1`, `a.json:6:48`},
		{"broken and unmet", map[string]string{"a.json": broken, "b.json": unmet}, []string{"eval", "a.json", "b.json"}, 2, `1 request, 0 of 1`, `a.json`},
		{"unreadable", nil, []string{"eval", "none.json"}, 2, `0 requests`, `none.json:1:0: unreadable: `},
		{"no JSON", map[string]string{"a.json": "{"}, []string{"eval", "a.json"}, 2, ``, `^a.json:1:0: syntax: `},
		{"no files", nil, []string{"eval"}, 2, `^$`, `fenceline: `},
		{"unknown flag", nil, []string{"eval", "--no-such"}, 2, `^$`, `--no-such`},
		{"unknown option", nil, []string{"eval", "--option", "x", "-"}, 2, `^$`, "no option is called `x`"},
		{"option", map[string]string{"a.json": good}, []string{"eval", "--option", "forAnyValueIfExistsNeedsKey", "a.json"}, 0, ``, `^$`},
		{"help", nil, []string{"--help"}, 0, `eval`, `^$`},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, stdout, stderr := call(t, "", test.files, test.args...)
			compare(t, output{status, stdout, stderr}, output{test.status, test.stdout, test.stderr})
		})
	}
}

func TestEvalJSONPrintsADocumentForEachFileInOrder(t *testing.T) {
	files := map[string]string{"a.json": good, "b.json": "[]", "c.json": good}
	status, stdout, _ := call(t, good, files, "eval", "--json", "a.json", "b.json", "none.json", "-")
	if status != 2 {
		t.Errorf("status %d", status)
	}
	decoder := json.NewDecoder(strings.NewReader(stdout))
	for i, want := range []int{1, 0, 0, 1} {
		var document struct {
			Version  int
			Results  []json.RawMessage
			Problems []scenario.Problem
		}
		if err := json.Unmarshal(raw(t, decoder), &document); err == nil && (len(document.Results) != want || document.Version != 1) {
			t.Errorf("document %d has %d results, want %d", i, len(document.Results), want)
		}
	}
	if decoder.More() {
		t.Error("more documents than files")
	}
}

func raw(t *testing.T, decoder *json.Decoder) json.RawMessage {
	t.Helper()
	var document json.RawMessage
	if err := decoder.Decode(&document); err != nil {
		t.Fatal(err)
	}
	return document
}

func TestValidate(t *testing.T) {
	const policy = `{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } }`
	for _, test := range []struct {
		name, policy, kind string
		status             int
		stdout, stderr     string
	}{
		{"valid", policy, "identityPolicy", 0, `valid as identity-based policy`, `^$`},
		{"wrong kind", policy, "resourcePolicy", 1, `not valid as resource-based policy`, `^p.json:1:40: missingPrincipal: `},
		{"a warning only", strings.Replace(policy, `"Version": "2012-10-17", `, "", 1), "identityPolicy", 0, `warning: without`, `^p.json:1:0: missingVersion: warning: `},
		{"an action that AWS does not list", strings.Replace(policy, "s3:*", "s3:GetObjcet", 1), "identityPolicy", 0, `valid as identity-based policy`, "^p.json:1:71: unknownAction: warning: Amazon S3 has no action `GetObjcet`.*did you mean `s3:GetObject`"},
		{"no such kind", policy, "identitypolicies", 2, `^$`, "did you mean `identityPolicy`"},
		{"the service is no kind", policy, "service", 2, `^$`, "no kind of policy is called `service`"},
		{"broken", `{"Version" "2012-10-17"}`, "identityPolicy", 1, `not valid`, `^p.json:1:1: syntax: `},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, stdout, stderr := call(t, "", map[string]string{"p.json": test.policy}, "validate", "--type", test.kind, "p.json")
			compare(t, output{status, stdout, stderr}, output{test.status, test.stdout, test.stderr})
		})
	}
}

// With --changes a decision that denies, or is not as expected, is followed by
// what would flip it.
func TestEvalPrintsChangesWhenAsked(t *testing.T) {
	two := strings.Replace(good, `"expect": "implicitDeny" } ]`, `"expect": "implicitDeny" },
    { "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k" } ]`, 1)
	withMFA := strings.Replace(good, `"expect": "implicitDeny"`, `"context": { "aws:MultiFactorAuthPresent": "true" }, "expect": "allowed"`, 1)
	unmet := strings.Replace(withMFA, `"expect": "allowed"`, `"expect": "implicitDeny"`, 1)
	const first = "\n    ✔ allowed by this change: Set `aws:MultiFactorAuthPresent` to `true` in the request\n"
	for _, test := range []struct {
		name, text string
		args       []string
		status     int
		want       string // a pattern
		absent     string
	}{
		{"denied", good, []string{"--changes"}, 0, first, "also"},
		{"denied, what else changes", two, []string{"--changes"}, 0, "by this change: Add a statement .*\n      also implicitDeny → allowed: request 2\n", ""},
		{"allowed as expected", withMFA, []string{"--changes"}, 0, "allowed by identityPolicy", "by this change"},
		{"allowed and not expected", unmet, []string{"--changes"}, 1, "✖ implicitDeny by this change: Set `aws:MultiFactorAuthPresent` to `false` in the request", ""},
		{"not asked", good, nil, 0, "implicitDeny by identityPolicy", "by this change"},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, stdout, stderr := call(t, "", map[string]string{"a.json": test.text}, append([]string{"eval", "a.json"}, test.args...)...)
			compare(t, output{status, stdout, stderr}, output{test.status, test.want, `^$`})
			if test.absent != "" && strings.Contains(stdout, test.absent) {
				t.Errorf("%q is in\n%s", test.absent, stdout)
			}
		})
	}
	status, stdout, stderr := call(t, "", map[string]string{"a.json": good}, "eval", "--json", "--changes", "a.json")
	compare(t, output{status, stdout, stderr}, output{2, `^$`, "can't be used together"})
}

func TestColourOnlyWhenAsked(t *testing.T) {
	_, plain, _ := call(t, "", map[string]string{"a.json": good}, "eval", "a.json")
	_, coloured, _ := call(t, "", map[string]string{"a.json": good}, "--color=always", "eval", "a.json")
	if strings.Contains(plain, "\x1b[") || !strings.Contains(coloured, "\x1b[") {
		t.Errorf("plain %q, coloured %q", plain, coloured)
	}
}

func TestProve(t *testing.T) {
	exercise, err := os.ReadFile("../../../content/exercises/let-the-application-read.json")
	if err != nil {
		t.Fatal(err)
	}
	text := string(exercise)
	broken := strings.Replace(text, `"dynamodb:DeleteItem"],`, `"dynamodb:DeleteItem", "dynamodb:GetItem"],`, 1)
	for _, c := range []struct {
		name, text string
		want       output
	}{
		{"a sound exercise", text, output{exitOK, `^e.json: repair, proved with 3 wrong answers\n$`, `^$`}},
		{"a start that passes", broken, output{exitWrong, `^$`, `^e.json:\d+:12: startPasses: every check passes before anything is edited`}},
		{"no JSON", "{", output{exitWrong, `^$`, `^e.json:1:\d+: \w+: `}},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, stdout, stderr := call(t, "", map[string]string{"e.json": c.text}, "prove", "e.json")
			compare(t, output{status, stdout, stderr}, c.want)
		})
	}
}
