package scenario_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// published are the scenarios of the site, without white space, so that few
// bytes of them say nothing.
func published(tb testing.TB) []string {
	tb.Helper()
	var texts []string
	err := filepath.WalkDir("../../content/scenarios", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".json" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var dense bytes.Buffer
		if err := json.Compact(&dense, text); err != nil {
			return err
		}
		texts = append(texts, dense.String())
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	if len(texts) < 10 {
		tb.Fatalf("found %d scenarios, want ten and more", len(texts))
	}
	return texts
}

// FuzzScenario reads and runs any text, and the published scenarios with
// tokens exchanged: it never panics, answers the same bytes to the same text,
// and every position lies inside the text that it is about.
func FuzzScenario(f *testing.F) {
	for i, text := range published(f) {
		f.Add(text, []byte{})
		f.Add(text, []byte{byte(i), 1, 2, byte(3 * i), 40, 5})
	}
	for _, text := range []string{
		``, `{}`, `[]`, `{"version":1,"title":"t","requests":[]}`, `{"version":1,"title":"t","policies":{"P":{}},"requests":[{}]}`,
		`{"version":1,"title":"t","requests":[{"principal":"anonymous","action":"s3:GetObject","resource":"arn:aws:s3:::b/k","unknown":["resource","aws:SourceIp"]}]}`,
		"{\"version\":1,\r\n\"title\":\"é\",\r\n\"policies\":{\"ü\":{\"Statement\":[\r\n{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{\"StringLike\":{\"aws:username\":\"😀*\"}}}]}},\"identities\":[{\"arn\":\"arn:aws:iam::111122223333:user/A\",\"policies\":[\"ü\"]}],\"requests\":[{\"principal\":\"arn:aws:iam::111122223333:user/A\",\"action\":\"s3:x\",\"resource\":\"*\"}]}",
	} {
		f.Add(text, []byte{})
	}
	f.Fuzz(checkScenario)
}

// TestScenariosWithTokensExchanged is FuzzScenario over fixed mutations.
func TestScenariosWithTokensExchanged(t *testing.T) {
	count := 30
	if runtime.GOARCH == "wasm" { // which is slow
		count = 3
	}
	for i, text := range published(t) {
		for j := range count {
			checkScenario(t, text, []byte{byte(7*i + 31*j), byte(j), byte(11*i + j), byte(j >> 1), byte(i ^ 5*j), 3})
		}
	}
}

func checkScenario(t *testing.T, text string, edits []byte) {
	if len(text) > 1<<16 {
		return
	}
	text = exchange(text, edits)
	decoded := scenario.Decode(source.NewFile("s", text), nil)
	result := decoded.Run(iam.Options{}, nil)
	first := marshal(t, result)
	if second := marshal(t, scenario.Decode(source.NewFile("s", text), nil).Run(iam.Options{}, nil)); second != first {
		t.Fatalf("two answers to one text:\n%s\n%s", first, second)
	}
	if again := marshal(t, decoded.Run(iam.Options{}, nil)); again != first {
		t.Fatalf("the second run answers otherwise:\n%s\n%s", first, again)
	}
	if decoded.Broken() && len(result.Problems) == 0 || decoded.Invalid && len(result.Results) > 0 {
		t.Fatalf("broken without a problem, or run although invalid: %s", text)
	}
	checkContinuation(t, decoded, len(result.Results))
	p := &places{t: t, scenario: decoded, text: text}
	for i := range result.Problems {
		problem := &result.Problems[i]
		p.inside(problem.Policy, problem.Start, problem.End)
		p.inside("", problem.InFile, problem.InFile)
	}
	for i := range result.Results {
		p.request(&result.Results[i])
	}
}

// checkContinuation holds what goes on in the middle of a scenario to being one
// that can be run.
func checkContinuation(t *testing.T, decoded *scenario.Scenario, requests int) {
	t.Helper()
	c, ok := decoded.Continued(requests/2, iam.Options{})
	if !ok {
		return
	}
	next := scenario.Decode(source.NewFile("c", c.Scenario), c.Policies)
	if after := next.Run(iam.Options{}, []int{}).Results; next.Invalid || len(after) != requests-requests/2 {
		t.Fatalf("%d of %d requests go on, problems %+v: %s", len(after), requests, next.Problems, c.Scenario)
	}
}

// FuzzCalls carries out calls whose parameters are exchanged: nothing panics, the
// account that they begin with stays as it is, and the same comes out again.
func FuzzCalls(f *testing.F) {
	for i := range callsOfAllKinds {
		f.Add([]byte{byte(i), 1, 2, byte(3 * i), 40, 5, 7, byte(i), 9})
	}
	f.Fuzz(func(t *testing.T, edits []byte) { checkScenario(t, callsOfAllKinds.text(), edits) })
}

// TestCallsWithTokensExchanged is FuzzCalls over fixed mutations.
func TestCallsWithTokensExchanged(t *testing.T) {
	for j := range 60 {
		checkScenario(t, callsOfAllKinds.text(), []byte{byte(31 * j), byte(j), byte(11 + j), byte(j >> 1), byte(5 * j), 3, byte(77 * j), byte(13 * j), 2})
	}
}

// callList is a story of the administrator's.
type callList []asked

func (l callList) text() string {
	var texts []string
	for _, r := range l {
		texts = append(texts, r.text())
	}
	return `{"version":1,"policies":{"All":` + allowAll + `},"identities":` + identities + `,"requests":[` + strings.Join(texts, ",") + `]}`
}

var callsOfAllKinds = callList{
	does("iam:CreatePolicy", `{"PolicyName":"P","PolicyDocument":`+allowAll+`,"Tags":[{"Key":"a","Value":"1"}]}`),
	does("iam:CreatePolicyVersion", `{"PolicyArn":"arn:aws:iam::111122223333:policy/P","PolicyDocument":"{\"Statement\":[]}","SetAsDefault":true}`),
	does("iam:CreateRole", `{"RoleName":"R","Path":"/x/","AssumeRolePolicyDocument":`+trustAll+`,"PermissionsBoundary":"arn:aws:iam::111122223333:policy/P"}`),
	does("iam:CreateGroup", `{"GroupName":"G"}`), does("iam:CreateUser", `{"UserName":"U"}`), does("iam:AddUserToGroup", `{"GroupName":"G","UserName":"U"}`),
	does("iam:AttachGroupPolicy", `{"GroupName":"G","PolicyArn":"arn:aws:iam::111122223333:policy/All"}`),
	does("iam:PutUserPolicy", `{"UserName":"U","PolicyName":"I","PolicyDocument":`+allowAll+`}`),
	does("iam:SetDefaultPolicyVersion", `{"PolicyArn":"arn:aws:iam::111122223333:policy/P","VersionId":"v1"}`),
	does("iam:CreateInstanceProfile", `{"InstanceProfileName":"R"}`), does("iam:AddRoleToInstanceProfile", `{"InstanceProfileName":"R","RoleName":"R"}`),
	{admin, "ec2:RunInstances", `{"ImageId":"ami-1","IamInstanceProfile":{"Name":"R"}}`, `,"context":{"aws:RequestedRegion":"eu-central-1"}`},
	does("sts:AssumeRole", `{"RoleArn":"arn:aws:iam::111122223333:role/x/R","RoleSessionName":"me","Policy":`+allowAll+`,"Tags":[{"Key":"a","Value":"1"}],"TransitiveTagKeys":["a"]}`),
	{"arn:aws:sts::111122223333:assumed-role/R/me", "iam:UntagPolicy", `{"PolicyArn":"arn:aws:iam::111122223333:policy/P","TagKeys":["a"]}`, ""},
	does("iam:UpdateAssumeRolePolicy", `{"RoleName":"R","PolicyDocument":`+trustEC2+`}`), does("iam:DeleteRolePermissionsBoundary", `{"RoleName":"R"}`),
	does("iam:DeletePolicyVersion", `{"PolicyArn":"arn:aws:iam::111122223333:policy/P","VersionId":"v2"}`), does("iam:DeletePolicy", `{"PolicyArn":"arn:aws:iam::111122223333:policy/P"}`),
	does("iam:DeleteUserPolicy", `{"UserName":"U","PolicyName":"I"}`), does("iam:RemoveUserFromGroup", `{"GroupName":"G","UserName":"U"}`), does("iam:DeleteUser", `{"UserName":"U"}`),
}

func TestTheSameInputGivesTheSameBytes(t *testing.T) {
	for _, text := range published(t) {
		first := ""
		for range 5 {
			answer := marshal(t, scenario.Decode(source.NewFile("s", text), nil).Run(iam.Options{}, nil))
			if first != "" && answer != first {
				t.Fatalf("two answers to one text:\n%s\n%s", first, answer)
			}
			first = answer
		}
	}
}

// token is a JSON token as the mutations see it.
var token = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|[-0-9.eE+]+|true|false|null|[\[\]{},:]`)

// exchange puts tokens in other tokens' places, two bytes of edits for each
// place and one for the token.
func exchange(text string, edits []byte) string {
	for ; len(edits) >= 3 && json.Valid([]byte(text)); edits = edits[3:] { // finding tokens in a broken text would take for ever
		found := token.FindAllStringIndex(text, -1)
		if len(found) == 0 {
			return text
		}
		to := found[(int(edits[0])<<8|int(edits[1]))%len(found)]
		from := found[(int(edits[1])<<8|int(edits[2])*7)%len(found)]
		text = text[:to[0]] + text[from[0]:from[1]] + text[to[1]:]
	}
	return text
}

// places checks positions against the texts that they are about.
type places struct {
	t        *testing.T
	scenario *scenario.Scenario
	text     string
}

// inside checks a range of a policy's text, or of the scenario's own.
func (p *places) inside(policy string, start, end source.Position) {
	p.t.Helper()
	text := p.text
	if policy != "" {
		file := p.scenario.PolicyFile(policy)
		if file == nil {
			p.t.Fatalf("no text of the policy %q in %s", policy, p.text)
		}
		text = file.Text
	}
	p.at(text, start)
	p.at(text, end)
	if start.Offset > end.Offset {
		p.t.Fatalf("%+v is behind %+v", start, end)
	}
}

// at checks one position by counting.
func (p *places) at(text string, at source.Position) {
	p.t.Helper()
	if at.Offset < 0 || at.Offset > len(text) {
		p.t.Fatalf("%+v is outside a text of %d bytes: %s", at, len(text), p.text)
	}
	before := text[:at.Offset]
	line := strings.Count(before, "\n") + 1
	column := utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	if at.Line != line || at.Column != column {
		p.t.Fatalf("%+v is line %d column %d of %q", at, line, column, text)
	}
}

func (p *places) request(r *scenario.RequestResult) {
	p.t.Helper()
	for _, s := range r.Determining {
		p.inside(s.Policy, s.Start, s.End)
	}
	for _, n := range r.Nearest {
		p.inside(n.Policy, n.Start, n.End)
		p.inside(n.Policy, n.FailedStart, n.FailedEnd)
	}
	for _, layer := range r.Layers {
		for _, policy := range layer.Policies {
			for i := range policy.Statements {
				p.statement(policy.Policy, &policy.Statements[i])
			}
		}
	}
}

func (p *places) statement(policy string, s *scenario.StatementResult) {
	p.t.Helper()
	p.inside(policy, s.Start, s.End)
	for _, element := range []*scenario.ElementResult{s.Principal, &s.Action, s.Resource} {
		if element != nil {
			p.inside(policy, element.Start, element.End)
		}
	}
	for _, c := range s.Conditions {
		p.inside(policy, c.Start, c.End)
		for _, v := range c.Values {
			p.inside(policy, v.Start, v.End)
		}
	}
}

func marshal(t *testing.T, v any) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
