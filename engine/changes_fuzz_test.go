package engine_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"fenceline/engine"
)

// pieces are the JSON tokens that are exchanged.
var pieces = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|[-0-9.eE+]+|true|false|null`)

// exchanged puts pieces of a text in other pieces' places, and some of the
// words below, three bytes of edits for each.
func exchanged(text string, edits []byte) string {
	words := []string{
		`"Allow"`, `"Deny"`, `"*"`, `"s3:*"`, `"Action"`, `"NotAction"`, `"Resource"`, `"NotResource"`, `"é😀"`, `""`, `[]`, `{}`,
		`["a", "b"]`, `"${aws:username}"`, `"StringNotEquals"`, `"Null"`, `"aws:PrincipalTag/team"`, `"unknown"`, `"anonymous"`, `"\u0041\n"`,
	}
	for ; len(edits) >= 3 && json.Valid([]byte(text)); edits = edits[3:] {
		found := pieces.FindAllStringIndex(text, -1)
		if len(found) == 0 {
			return text
		}
		to := found[(int(edits[0])<<8|int(edits[1]))%len(found)]
		by := words[int(edits[2])%len(words)]
		if edits[2]%2 == 0 {
			from := found[(int(edits[1])<<8|int(edits[2])*7)%len(found)]
			by = text[from[0]:from[1]]
		}
		text = text[:to[0]] + by + text[to[1]:]
	}
	return text
}

// FuzzChanges holds the changes of any scenario, also of one whose policies are
// given apart, to what they say.
func FuzzChanges(f *testing.F) {
	for i, text := range seeds(f) {
		f.Add(text, []byte{})
		f.Add(text, []byte{byte(i), 1, 3, byte(3 * i), 40, 6, 0, byte(7 * i), 5})
	}
	f.Fuzz(fuzzChanges)
}

// TestChangesOfExchangedTokens is FuzzChanges over fixed mutations.
func TestChangesOfExchangedTokens(t *testing.T) {
	count := 12
	if runtime.GOARCH == "wasm" { // which is slow
		count = 1
	}
	for i, text := range seeds(t) {
		for j := range count {
			fuzzChanges(t, text, []byte{byte(i & 1), byte(31*j + 7*i), byte(5 * j), byte(j & 1), byte(11*i + 13*j), byte(i + 3*j), 0, byte(97 * j), byte(j)})
		}
	}
}

// seeds are small shipped scenarios without white space, some with, and one
// with everything in it.
func seeds(tb testing.TB) []string {
	tb.Helper()
	var texts []string
	for _, text := range shipped(tb) {
		if len(text) > 6<<10 { // trying every request of a large one many times takes too long
			continue
		}
		var dense bytes.Buffer
		if err := json.Compact(&dense, []byte(text)); err != nil {
			tb.Fatal(err)
		}
		texts = append(texts, dense.String(), text)
	}
	slices.Sort(texts)
	oneBroken := strings.Replace(manyLayers, `"name": "e", `, `, "name": "e" `, 1)
	return append(texts, manyLayers, oneBroken)
}

// manyLayers has a policy of most kinds, conditions, tags and unknown keys.
const manyLayers = `{ "version": 1, "policies": {
    "Own": { "Version": "2012-10-17", "Statement": [
      { "Sid": "Team", "Effect": "Allow", "Action": ["s3:Get*", "sts:AssumeRole"], "Resource": "*", "Condition": { "StringEquals": { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" }, "IpAddressIfExists": { "aws:SourceIp": "203.0.113.0/24" } } },
      { "Sid": "NoDelete", "Effect": "Deny", "NotAction": ["s3:Get*", "sts:*", "sqs:*"], "Resource": "*", "Condition": { "BoolIfExists": { "aws:MultiFactorAuthPresent": "false" } } } ] },
    "Edge": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": ["s3:*", "sqs:*"], "Resource": ["arn:aws:s3:::b/*", "arn:aws:sqs:*"] } },
    "Bucket": { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "AWS": ["444455556666", "arn:aws:iam::111122223333:user/ana"] }, "Action": "s3:PutObject", "Resource": "arn:aws:s3:::b/*" }] },
    "Trust": { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }] },
    "Guard": { "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Action": ["s3:DeleteBucket", "s3:PutObject"], "Resource": "*", "Condition": { "StringNotEquals": { "aws:RequestedRegion": ["eu-central-1"] } } }] } },
  "identities": [
    { "arn": "arn:aws:iam::111122223333:user/ana", "policies": ["Own"], "groups": ["arn:aws:iam::111122223333:group/g"], "boundary": "Edge", "tags": { "team": "blue" } },
    { "arn": "arn:aws:iam::111122223333:group/g" },
    { "arn": "arn:aws:iam::111122223333:role/r", "policies": [], "trust": "Trust" } ],
  "resources": [ { "arn": "arn:aws:s3:::b", "policy": "Bucket" }, { "arn": "arn:aws:s3:::b/k", "tags": { "team": "red" } } ],
  "organization": { "id": "o-x", "root": { "id": "r-x", "accounts": [{ "id": "111122223333", "scps": ["FullAWSAccess", "Guard"] }] } },
  "requests": [
    { "name": "a", "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "unknown": ["aws:SourceIp"] },
    { "name": "b", "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:PutObject", "resource": "arn:aws:s3:::b/x", "context": { "aws:MultiFactorAuthPresent": "false", "aws:RequestedRegion": "us-east-1" } },
    { "name": "c", "principal": "arn:aws:iam::111122223333:role/r", "action": "sqs:SendMessage", "resource": "arn:aws:sqs:eu-central-1:444455556666:q", "session": { "policies": ["Edge"] } },
    { "name": "d", "principal": "arn:aws:iam::111122223333:user/ana", "action": "sts:AssumeRole", "resource": "arn:aws:iam::111122223333:role/r", "unknown": ["aws:SourceIp", "aws:MultiFactorAuthPresent"] },
    { "name": "f", "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:PutObject", "unknown": ["resource"] },
    { "name": "e", "principal": "lambda.amazonaws.com", "action": "sts:AssumeRole", "resource": "arn:aws:iam::111122223333:role/r" } ] }`

func fuzzChanges(t *testing.T, text string, edits []byte) {
	if len(text) > 1<<14 || len(edits) > 24 {
		return
	}
	in := engine.Input{Scenario: exchanged(text, edits)}
	checkChanges(t, in)
	checkChanges(t, givenApart(in))
}

// givenApart is an input with the policies of its file beside it, and the file
// without them.
func givenApart(in engine.Input) engine.Input {
	var file map[string]json.RawMessage
	var policies map[string]json.RawMessage
	if json.Unmarshal([]byte(in.Scenario), &file) != nil || json.Unmarshal(file["policies"], &policies) != nil {
		return in
	}
	for name, text := range policies {
		in.Policies = append(in.Policies, engine.NamedText{Name: name, Text: string(text)})
	}
	slices.SortFunc(in.Policies, func(a, b engine.NamedText) int { return strings.Compare(a.Name, b.Name) })
	delete(file, "policies")
	if out, err := json.Marshal(file); err == nil {
		in.Scenario = string(out)
	}
	return in
}
