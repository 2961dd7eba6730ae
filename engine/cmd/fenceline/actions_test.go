package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"fenceline/engine"
	"fenceline/engine/catalogue/data"
	"fenceline/engine/scenario"
)

const (
	mfaFile = "../../../content/scenarios/mfa/mfa.json"
	userMFA = "arn:aws:iam::111122223333:user/UserMFA"
)

// TestEveryActionIsDecidedAsItIsAlone holds the rows to the decisions of single
// requests, and the counts to those of the rows.
func TestEveryActionIsDecidedAsItIsAlone(t *testing.T) {
	for _, test := range []struct {
		name, file, who string
		services        []string
		args            []string
		asked           string // of each request, besides principal and action
	}{
		{"on *", seedFile, alex, []string{"s3", "ec2"}, nil, ""},
		{"with context", mfaFile, userMFA, []string{"ec2"}, []string{"--context", "aws:MultiFactorAuthPresent=true"}, `, "context": {"aws:MultiFactorAuthPresent": "true"}`},
		{"without", mfaFile, userMFA, []string{"ec2"}, nil, ""},
		{"not knowing", mfaFile, userMFA, []string{"ec2"}, []string{"--open", "--any-resource"}, `, "unknown": ["aws:MultiFactorAuthPresent"RESOURCE]`},
	} {
		t.Run(test.name, func(t *testing.T) {
			args := append([]string{"actions", "--json", "--account", test.file, "--principal", test.who, "--service", strings.Join(test.services, ",")}, test.args...)
			status, stdout, stderr := simulated(t, nil, args...)
			if status != 0 || stderr != "" {
				t.Fatalf("status %d, standard error %q", status, stderr)
			}
			var answer printedActions
			if err := json.Unmarshal([]byte(stdout), &answer); err != nil {
				t.Fatal(err)
			}
			listed := 0
			for _, service := range test.services {
				listed += len(data.Catalogue().Service(service).Actions)
			}
			if len(answer.Rows) != listed {
				t.Errorf("%d rows of %d actions", len(answer.Rows), listed)
			}
			counts := map[string]int{}
			for i, r := range alone(t, test.file, test.who, test.asked, &answer) {
				row := &answer.Rows[i]
				counts[r.Decision.String()]++
				if row.Decision != r.Decision.String() || row.DecidedBy != r.DecidedBy.String() || len(row.Statements) != len(r.Determining) {
					t.Errorf("%s is %s by %q; alone it is %s by %q", row.Action, row.Decision, row.DecidedBy, r.Decision, r.DecidedBy)
				}
			}
			n := answer.Counts
			if n.Actions != listed || n.Allowed != counts["allowed"] || n.Depends != counts["depends"] || n.ExplicitDeny != counts["explicitDeny"] || n.ImplicitDeny != counts["implicitDeny"] {
				t.Errorf("counted %+v, alone they are %v", n, counts)
			}
		})
	}
}

// printedActions is what is printed as JSON.
type printedActions struct {
	Rows []struct {
		Action, Resource, Decision, DecidedBy string
		Statements                            []struct {
			Policy, Sid, File string
			Line              int
		}
	}
	Counts actionCounts
}

// alone evaluates every row as a request of the scenario.
func alone(t *testing.T, file, who, asked string, answer *printedActions) []scenario.RequestResult {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var root map[string]any
	if err := json.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	var requests []json.RawMessage
	for i := range answer.Rows {
		row := &answer.Rows[i]
		on, unknown := fmt.Sprintf(`, "resource": %q`, row.Resource), ""
		if row.Resource == "" {
			on, unknown = "", `, "resource"`
		}
		requests = append(requests, json.RawMessage(fmt.Sprintf(`{"principal": %q, "action": %q%s%s}`, who, row.Action, on, strings.Replace(asked, "RESOURCE", unknown, 1))))
	}
	root["requests"] = requests
	given, _ := json.Marshal(root)
	result := engine.Evaluate(engine.Input{Scenario: string(given)})
	if len(result.Results) != len(requests) {
		t.Fatalf("%d results of %d requests: %v", len(result.Results), len(requests), result.Problems)
	}
	return result.Results
}

func TestActionsArePrintedWithTheirCauses(t *testing.T) {
	mfa := func(args ...string) []string {
		return append([]string{"actions", "--account", mfaFile, "--principal", userMFA}, args...)
	}
	const file = `\.\./\.\./\.\./content/scenarios/mfa/mfa\.json:\d+`
	for _, test := range []struct {
		name           string
		args           []string
		status         int
		stdout, stderr string
	}{
		{"grouped, with places", mfa("--service", "ec2", "--decision", "allowed"), 0,
			`^` + userMFA + `  on \*\n\nAmazon EC2 \(ec2\)\n  ✔ allowed       ec2:DescribeInstances  by identityPolicy  StopNeedsMFA#LookAround \(` + file + `\)\n\n1 action of \d+: 1 allowed, 0 depending, 0 explicitly denied, 0 implicitly denied\n$`, `^$`},
		{"what depends", mfa("--service", "ec2", "--open", "--decision", "depends", "--any-resource"), 0,
			"on an unknown resource\n(.|\n)*  \\? depends       ec2:StopInstances       depends on aws:MultiFactorAuthPresent  StopNeedsMFA#\\S+ \\(" + file + "\\) where .*aws:MultiFactorAuthPresent", `^$`},
		{"by level and layer", mfa("--service", "s3", "--access", "list,tagging", "--by", "identityPolicy"), 0, `denied: \d+ by identityPolicy\n$`, `^$`},
		{"by a layer that decides nothing", mfa("--by", "permissionsBoundary"), 0, `\n0 actions of \d+: 0 allowed`, `^$`},
		{"for a resource", mfa("--service", "s3", "--resource", "arn:aws:s3:::b/k"), 0, `s3:GetObject (.|\n)*\d+ actions not asked: not for this resource\n$`, `^$`},
		{"of somebody who is not there", mfa("--principal", strings.Replace(userMFA, "MFA", "X", 1), "--service", "sqs"), 0, `0 allowed`, "^fenceline: the account has no `.*UserX`, so no policies of it are known\n$"},
		{"of a dump", []string{"actions", "--account", dumpFile, "--principal", alex, "--service", "s3"}, 0, `explicitDeny  s3:GetObject +by identityPolicy  user/Alex/DenyS3#NoS3 \(line 4\)`, `in no organization`},
		{"who meets what is missing", []string{"actions", "--account", dumpFile, "--principal", "arn:aws:iam::111122223333:role/LogShipper", "--service", "sqs"}, 0, "implicitDeny  sqs:SendMessage +the document of `.*CloudWatchAgentServerPolicy` is missing", `in no organization`},
		{"an unknown service", mfa("--service", "sqss"), 2, `^$`, "AWS lists no service `sqss`; did you mean `sqs`"},
		{"an unknown layer", mfa("--by", "identitypolicy"), 2, `^$`, "no layer is called `identitypolicy`; did you mean `identityPolicy`"},
		{"no context", mfa("--context", "x"), 2, `^$`, "`x` is no context key with a value"},
		{"an unknown context key", mfa("--context", "x=1"), 2, `^$`, "`x` is no context key"},
		{"no ARN", mfa("--resource", "b"), 2, `^$`, "`b` is no ARN"},
		{"a group", []string{"actions", "--account", dumpFile, "--principal", "arn:aws:iam::111122223333:group/Admins"}, 2, `^$`, "a group can't make requests"},
		{"two resources", mfa("--resource", "*", "--any-resource"), 2, `^$`, "can't be used together"},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, stdout, stderr := simulated(t, nil, test.args...)
			compare(t, output{status, stdout, stderr}, output{test.status, test.stdout, test.stderr})
		})
	}
}

func TestActionsAreWrittenAsATable(t *testing.T) {
	status, stdout, _ := simulated(t, nil, "actions", "--account", mfaFile, "--principal", userMFA, "--service", "ec2", "--open", "--decision", "allowed", "--decision", "depends", "--csv")
	rows, err := csv.NewReader(strings.NewReader(stdout)).ReadAll()
	if status != 0 || err != nil || len(rows) < 3 || !strings.Contains(stdout, "\r\n") {
		t.Fatalf("status %d, %v\n%s", status, err, stdout)
	}
	if got := strings.Join(rows[0], ","); got != "action,accessLevel,resource,answer,decision,decidedBy,statements,dependsOn,terms" {
		t.Errorf("the head is %s", got)
	}
	if got := strings.Join(rows[1], "|"); got != "ec2:DescribeInstances|List|*|always|allowed|identityPolicy|StopNeedsMFA#LookAround||" {
		t.Errorf("the first row is %s", got)
	}
	if csvCell(" =1") != "' =1" || csvCell("s3:Get") != "s3:Get" {
		t.Error("a cell may be a formula")
	}
}

// A context key that stands again, in any case, has several values.
func TestContextKeysTakeSeveralValues(t *testing.T) {
	context, err := contextOf([]string{"aws:TagKeys=a", "aws:SourceIp=10.0.0.1", "aws:tagkeys=b=c", "aws:TagKeys="})
	got, _ := json.Marshal(context)
	if want := `{"aws:SourceIp":"10.0.0.1","aws:TagKeys":["a","b=c",""]}`; err != nil || string(got) != want {
		t.Errorf("%s, %v; want %s", got, err, want)
	}
}
