package exercise

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"fenceline/engine/source"
)

// knownExercises is how many exercises there are at least; fewer means that
// some went missing.
const knownExercises = 51

// read answers what is wrong with an exercise as LINE:COLUMN: CODE: MESSAGE.
func read(name, text string) []string {
	file := source.NewFile(name, text)
	_, problems := Read(file)
	var lines []string
	for _, p := range problems {
		at := file.Position(p.Span.Start)
		lines = append(lines, fmt.Sprintf("%d:%d: %s: %s", at.Line, at.Column, p.Code, p.Message))
	}
	return lines
}

func TestExercisesAreProved(t *testing.T) {
	files, err := filepath.Glob("../../content/exercises/*.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < knownExercises {
		t.Fatalf("%d exercises, want at least %d", len(files), knownExercises)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".json"), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range read(name, string(text)) {
				t.Error(filepath.Base(name) + ":" + line)
			}
		})
	}
}

// content is a real exercise.
func content(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile("../../content/exercises/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const (
	reads, writes, attacks = "let-the-application-read", "a-fence-for-customer-x", "rewrite-the-boundary"
	older, predicts, spots = "escape-older-version", "frankfurt-four-requests", "who-denies-alex"
)

// Each mistake is made in a real exercise: the first text in it is replaced.
func TestMistakesAreFoundAtTheirPlace(t *testing.T) {
	for _, c := range []struct{ name, exercise, from, to, want string }{
		{"a start that passes", reads, `"dynamodb:DeleteItem"],`, `"dynamodb:DeleteItem", "dynamodb:GetItem"],`, `startPasses: every check passes before anything is edited`},
		{"a solution that fails", reads, `"expect": "allowed"`, `"expect": "explicitDeny"`, "solutionFails: the solution fails the check `The application can read an item of its table`: allowed by identityPolicy"},
		{"a wrong answer that fails more than it says", reads, "\"fails\": [\n        \"The application can't delete the table\",", `"fails": [`, "alsoFails: the answer also fails the check `The application can't delete the table`: allowed"},
		{"a wrong answer that fails less than it says", reads, `"fails": ["The application can't delete the table"]`, `"fails": ["The application can't delete the table", "The application can still put items into it"]`, "wrongPasses: the answer passes this check"},
		{"a wrong answer that names no check", reads, `"fails": ["The application can't delete the table"]`, `"fails": ["The application can't delete the tabel"]`, "unknownCheck: no check says `The application can't delete the tabel`; did you mean `The application can't delete the table`?"},
		{"a policy that can't be edited", reads, `"editable": ["DynamoDB_Boundary_Frankfurt"]`, `"editable": ["MyTestApp_DDB_Permissions"]`, "notEditable: the learner can't edit the policy `DynamoDB_Boundary_Frankfurt`"},
		{"a policy that is not there", reads, `"editable": ["DynamoDB_Boundary_Frankfurt"]`, `"editable": ["DynamoDB_Boundary_Frankfurt", "Other"]`, "unknownPolicy: the scenario has no policy `Other`"},
		{"an unknown member", reads, `"goal":`, `"gaol":`, "unknownMember: unknown member `gaol`; did you mean `goal`?"},
		{"a broken policy in the start", reads, `"Effect": "Allow"`, `"Effect": "Alow"`, "in the policy `DynamoDB_Boundary_Frankfurt`"},
		{"a broken policy in an answer", writes, "\"solution\": {\n    \"policies\": {\n      \"Customer-X-Boundary\": {\n        \"Version\": \"2012-10-17\"", "\"solution\": {\n    \"policies\": {\n      \"Customer-X-Boundary\": {\n        \"Version\": \"2012-10-18\"", "in the policy `Customer-X-Boundary`"},
		{"a broken request in a check", writes, `"action": "s3:ListBucket"`, `"action": "s3:List*"`, "wrongForm: `action` can't be `s3:List*`"},
		{"a missing wrong answer", reads, `"wrong": [`, `"wrong": [], "learnt": [`, "unknownMember"},
		{"a check that stands twice", writes, `"The instances can list the customer's bucket"`, `"The instances can read the customer's objects"`, "duplicateCheck"},
		{"an attack that gets through from the start", attacks, "\"action\": \"iam:DeleteRolePermissionsBoundary\",\n        \"resource\": \"arn:aws:iam::111122223333:role/MyTestAppRole\"", "\"action\": \"iam:CreatePolicyVersion\", \"resource\": \"arn:aws:iam::111122223333:policy/DynamoDB_Boundary_Frankfurt\"", "startPasses: the request gets through before anything is changed"},
		{"an attack on another target", attacks, `"action": "iam:*"`, `"action": "s3:*"`, "solutionFails: the solution does not get through: allowed by identityPolicy"},
		{"an attack that changes what is fixed", attacks, `["action", "resource"]`, `["action"]`, "notAllowed: the learner can't change `resource`"},
		{"a wrong request that gets through", attacks, `"action": "iam:DeletePolicy",`, `"action": "iam:SetDefaultPolicyVersion",`, "wrongPasses: this request gets through: allowed by identityPolicy"},
		{"an attack that is not worth anything", older, `"VersionId": "v1" }`, `"VersionId": "v2" }`, "solutionFails: the solution does not get through: allowed by identityPolicy (Employee_Policy#0); then `The application creates a user` fails: implicitDeny by permissionsBoundary"},
		{"a wrong request that is worth something", older, "\"VersionId\": \"v2\" }\n      },\n      \"feedback\": \"The call", "\"VersionId\": \"v1\" }\n      },\n      \"feedback\": \"The call", "wrongPasses: this request gets through: allowed by identityPolicy"},
		{"what must hold then is hidden", older, `"says": "The application creates a user",`, `"says": "The application creates a user", "hidden": true,`, "notInAttack: what must hold once the request is done is never hidden"},
		{"what must hold then has a name", older, `"action": "iam:CreateUser",`, `"action": "iam:CreateUser", "name": "x",`, "notInCheck: the request of a check has no `name`"},
		{"a wrong prediction that is right", predicts, `"decision": "allowed"`, `"decision": "implicitDeny"`, "wrongPasses: the engine says the same: implicitDeny by identityPolicy"},
		{"a prediction of no request", predicts, `"request": 2`, `"request": 4`, "unknownRequest"},
		{"an expectation that the engine does not share", predicts, `"name": "Read an item from it",`, `"name": "Read an item from it", "expect": "allowed",`, "unmet: the engine decides otherwise: implicitDeny by permissionsBoundary"},
		{"checks in a prediction", predicts, `"hints":`, `"checks": [], "editable": ["A"], "hints":`, "notForThisKind: an exercise of the kind `predict` has no `editable`"},
		{"a wrong statement that decides", spots, `"index": 1`, `"index": 1 }, { "policy": "DenyS3", "index": 1`, "wrongPasses: this statement decides"},
		{"a statement that is not there", spots, `"index": 1`, `"index": 7`, "unknownStatement: `Guardrails` has no statement with that `index`; it has 2, counted from 0"},
		{"two hints", spots, `"hints": [`, `"hints": ["a", "b"], "x": [`, "unknownMember"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := content(t, c.exercise)
			if !strings.Contains(text, c.from) {
				t.Fatalf("%s has no %s", c.exercise, c.from)
			}
			got := read(c.exercise, strings.Replace(text, c.from, c.to, 1))
			for _, line := range got {
				if strings.Contains(line, c.want) {
					return
				}
			}
			t.Errorf("got %q, want one with %q", got, c.want)
		})
	}
}

// A mistake has its place in the file, also in an answer's policy.
func TestProblemsHaveTheirLine(t *testing.T) {
	text := content(t, writes)
	from := strings.LastIndex(text, `"Effect": "Deny"`)
	got := read(writes, text[:from]+`"Effect": "Never"`+text[from+len(`"Effect": "Deny"`):])
	want := fmt.Sprintf("%d:", strings.Count(text[:from], "\n")+1)
	if len(got) == 0 || !strings.HasPrefix(got[0], want) {
		t.Errorf("got %q, want a problem at line %s", got, want)
	}
}

// No text makes reading panic, and a problem lies in the file.
func FuzzRead(f *testing.F) {
	for _, name := range []string{reads, writes, attacks, older, predicts, spots} {
		text := content(f, name)
		f.Add(text)
		f.Add(strings.Replace(text, `"scenario"`, `"scenaro"`, 1))
		f.Add(regexp.MustCompile(`"requests": \[`).ReplaceAllString(text, `"requests": [{},`))
		f.Add(strings.ReplaceAll(text, `"policies": {`, `"policies": {"A": {}, `))
	}
	f.Add("{}")
	f.Fuzz(func(t *testing.T, text string) {
		file := source.NewFile("fuzz.json", text)
		e, problems := Read(file)
		for _, p := range problems {
			if p.Span.Start < 0 || p.Span.End < p.Span.Start || p.Span.End > len(text) {
				t.Errorf("%s: %s lies at %v of %d", p.Code, p.Message, p.Span, len(text))
			}
		}
		if e == nil && len(problems) == 0 {
			t.Error("neither an exercise nor a problem")
		}
	})
}
