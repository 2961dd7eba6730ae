package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	seedFile = "../../../content/scenarios/simulator/simulator.json"
	alex     = "arn:aws:iam::111122223333:user/Alex"
	readS3   = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}`
	mfaOnly  = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["s3:*","ec2:*"],"Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}}`
)

// simulated runs a simulation; NAME.json among the arguments' file:// paths is
// one of the files.
func simulated(t *testing.T, files map[string]string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], "file://", "file://"+dir+"/")
	}
	var out, wrong strings.Builder
	status = run(args, strings.NewReader(""), &out, &wrong)
	return status, out.String(), strings.ReplaceAll(wrong.String(), dir+"/", "")
}

const decisions = "EvaluationResults[].[EvalActionName,EvalDecision]"

// asAWSAnswers is AWS's answer on the seed's account, OWN and MANAGED being the
// columns where the two policies' statements begin.
const asAWSAnswers = `{
    "EvaluationResults": [
        {
            "EvalActionName": "s3:GetObject",
            "EvalResourceName": "*",
            "EvalDecision": "explicitDeny",
            "MatchedStatements": [
                {
                    "SourcePolicyId": "DenyS3",
                    "SourcePolicyType": "user",
                    "StartPosition": {
                        "Line": 3,
                        "Column": OWN
                    },
                    "EndPosition": {
                        "Line": 9,
                        "Column": 10
                    }
                }
            ],
            "MissingContextValues": []
        },
        {
            "EvalActionName": "ec2:RunInstances",
            "EvalResourceName": "*",
            "EvalDecision": "allowed",
            "MatchedStatements": [
                {
                    "SourcePolicyId": "AdministratorAccess",
                    "SourcePolicyType": "group",
                    "StartPosition": {
                        "Line": 3,
                        "Column": MANAGED
                    },
                    "EndPosition": {
                        "Line": 8,
                        "Column": 10
                    }
                }
            ],
            "MissingContextValues": []
        }
    ]
}
`

// seedAnswer asks what the seed asks of an account that files describe.
func seedAnswer(t *testing.T, stdin, own, managed string, files ...string) (stderr string) {
	t.Helper()
	var out, wrong strings.Builder
	args := append(append([]string{"simulate-principal-policy", "--account"}, files...), "--policy-source-arn", alex,
		"--action-names", "s3:GetObject", "ec2:RunInstances", "--resource-arns", "*", "--region", "eu-central-1", "--no-cli-pager")
	if status := run(args, strings.NewReader(stdin), &out, &wrong); status != 0 {
		t.Fatalf("status %d, standard error %q", status, wrong.String())
	}
	if want := strings.NewReplacer("OWN", own, "MANAGED", managed).Replace(asAWSAnswers); out.String() != want {
		t.Errorf("standard output is\n%s", out.String())
	}
	return wrong.String()
}

func TestTheSeedIsAnsweredAsAWSAnswersIt(t *testing.T) {
	if stderr := seedAnswer(t, "", "21", "19", seedFile); stderr != "" {
		t.Errorf("standard error %q", stderr)
	}
}

func TestSimulationsTakeTheAWSCLIsArguments(t *testing.T) {
	custom := func(args ...string) []string {
		return append([]string{"simulate-custom-policy", "--output", "text", "--query", decisions}, args...)
	}
	files := map[string]string{
		"p.json": readS3, "list.json": `[` + quote(readS3) + `,` + quote(mfaOnly) + `]`,
		"entries.json": `[{"ContextKeyName":"aws:MultiFactorAuthPresent","ContextKeyValues":["true"],"ContextKeyType":"boolean"}]`,
		"call.json":    `{"PolicyInputList":[` + quote(readS3) + `],"ActionNames":["s3:GetObject","s3:PutObject"],"ResourceArns":["arn:aws:s3:::b/k"]}`,
	}
	const mfa = "ContextKeyName=aws:MultiFactorAuthPresent,ContextKeyValues=true,ContextKeyType=boolean"
	for _, test := range []struct {
		name string
		args []string
		want string
	}{
		{"several words after a flag, before another", custom("--action-names", "s3:GetObject", "s3:PutObject", "--policy-input-list", readS3), "s3:GetObject\tallowed\ns3:PutObject\timplicitDeny\n"},
		{"a flag again", custom("--action-names", "s3:GetObject", "--policy-input-list", readS3, "--action-names", "s3:PutObject"), "s3:GetObject\tallowed\ns3:PutObject\timplicitDeny\n"},
		{"several policies", custom("--action-names", "s3:GetObject", "ec2:RunInstances", "--policy-input-list", readS3, mfaOnly, "--context-entries", mfa), "s3:GetObject\tallowed\nec2:RunInstances\tallowed\n"},
		{"a file", custom("--action-names", "s3:GetObject", "--policy-input-list", "file://p.json"), "s3:GetObject\tallowed\n"},
		{"two files", custom("--action-names", "ec2:RunInstances", "--policy-input-list", "file://p.json", mfaOnly), "ec2:RunInstances\timplicitDeny\n"},
		{"a list as JSON", custom("--action-names", `["s3:GetObject","s3:PutObject"]`, "--policy-input-list", "file://list.json"), "s3:GetObject\tallowed\ns3:PutObject\timplicitDeny\n"},
		{"context as JSON", custom("--action-names", "s3:PutObject", "--policy-input-list", mfaOnly, "--context-entries", `{"ContextKeyName":"aws:MultiFactorAuthPresent","ContextKeyValues":["true"],"ContextKeyType":"boolean"}`), "s3:PutObject\tallowed\n"},
		{"context from a file", custom("--action-names", "s3:PutObject", "--policy-input-list", mfaOnly, "--context-entries", "file://entries.json"), "s3:PutObject\tallowed\n"},
		{"two context entries in shorthand", custom("--action-names", "s3:PutObject", "--context-entries", "ContextKeyName=aws:TagKeys,ContextKeyValues=a,b,ContextKeyType=stringList", mfa, "--policy-input-list", mfaOnly), "s3:PutObject\tallowed\n"},
		{"a boundary", custom("--action-names", "s3:GetObject", "s3:PutObject", "--policy-input-list", mfaOnly, "--context-entries", mfa, "--permissions-boundary-policy-input-list", "file://p.json"), "s3:GetObject\tallowed\ns3:PutObject\timplicitDeny\n"},
		{"SCPs in shorthand", custom("--action-names", "s3:GetObject", "--policy-input-list", readS3, "--ordered-organization-policy-input-list", `ServiceControlPolicyInputList='{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ec2:*","Resource":"*"}}'`), "s3:GetObject\timplicitDeny\n"},
		{"a call as JSON", custom("--cli-input-json", "file://call.json"), "s3:GetObject\tallowed\ns3:PutObject\timplicitDeny\n"},
		{"arguments win over it", custom("--cli-input-json", "file://call.json", "--action-names", "s3:PutObject"), "s3:PutObject\timplicitDeny\n"},
		{"an exclusion in shorthand", []string{"simulate-principal-policy", "--account", seedFile, "--policy-source-arn", alex, "--action-names", "s3:GetObject", "--query", decisions, "--output", "text",
			"--policy-exclusion-list", "InlinePolicyIdentifier={PolicyName=DenyS3,AttachmentType=user,AttachmentName=Alex}"}, "s3:GetObject\tallowed\n"},
		{"options without effect", custom("--action-names", "s3:GetObject", "--policy-input-list", readS3, "--profile", "x", "--endpoint-url", "http://localhost", "--no-verify-ssl", "--color", "off", "--cli-read-timeout", "1"), "s3:GetObject\tallowed\n"},
		{"colour before the command", append([]string{"--color", "never"}, custom("--action-names", "s3:GetObject", "--policy-input-list", readS3)...), "s3:GetObject\tallowed\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, stdout, stderr := simulated(t, files, test.args...)
			if status != 0 || stderr != "" || stdout != test.want {
				t.Errorf("status %d, standard output\n%s\nwant\n%s\nstandard error %q", status, stdout, test.want, stderr)
			}
		})
	}
}

// quote is a text as a JSON string.
func quote(text string) string {
	quoted, _ := json.Marshal(text)
	return string(quoted)
}

func TestWrongSimulationsEndAsTheAWSCLIDoes(t *testing.T) {
	custom := func(args ...string) []string { return append([]string{"simulate-custom-policy"}, args...) }
	complete := func(args ...string) []string {
		return custom(append([]string{"--policy-input-list", readS3, "--action-names", "s3:GetObject"}, args...)...)
	}
	for _, test := range []struct {
		name   string
		args   []string
		status int
		want   string // in standard error
	}{
		{"a service's error", custom("--policy-input-list", "{}", "--action-names", "s3:GetObject"), 254, "\nAn error occurred (InvalidInput) when calling the SimulateCustomPolicy operation: PolicyInputList.1 is no valid identity-based policy: line 1, column 1: "},
		{"nobody", []string{"simulate-principal-policy", "--account", seedFile, "--policy-source-arn", "arn:aws:iam::111122223333:user/Bob", "--action-names", "s3:GetObject"}, 254, "\nAn error occurred (NoSuchEntity) when calling the SimulatePrincipalPolicy operation: The user with name Bob cannot be found.\n"},
		{"arguments are missing", custom("--policy-input-list", readS3), 252, "the following arguments are required: --action-names"},
		{"the source is missing", []string{"simulate-principal-policy", "--account", seedFile, "--action-names", "s3:GetObject"}, 252, "the following arguments are required: --policy-source-arn"},
		{"the account is missing", []string{"simulate-principal-policy", "--policy-source-arn", alex, "--action-names", "s3:GetObject"}, 252, "`--account FILE` is needed"},
		{"the account is no scenario", []string{"simulate-principal-policy", "--account", "simulate_test.go", "--policy-source-arn", alex, "--action-names", "s3:GetObject"}, 252, "simulate_test.go:1:0: unused: note: "},
		{"a list without words", custom("--policy-input-list", readS3, "--action-names"), 252, "--action-names: missing value"},
		{"an unknown flag", complete("--no-such"), 252, "unknown flag --no-such"},
		{"another command's flag", complete("--policy-source-arn", alex), 252, "unknown flag --policy-source-arn"},
		{"another command's parameter", custom("--cli-input-json", `{"PolicySourceArn":"x","PolicyInputList":["{}"],"ActionNames":["s3:GetObject"]}`), 252, "are parameters of simulate-principal-policy"},
		{"a file that is not there", custom("--policy-input-list", "file://none.json", "--action-names", "s3:GetObject"), 252, "Error parsing parameter '--policy-input-list': Unable to load paramfile file://none.json: "},
		{"wrong shorthand", complete("--context-entries", "ContextKeyName"), 252, "Error parsing parameter '--context-entries': Expected: '=', received: 'EOF' for input:\nContextKeyName\n              ^"},
		{"an unknown member", complete("--context-entries", "Name=x"), 252, `Unknown parameter in ContextEntries[0]: "Name", must be one of: ContextKeyName, ContextKeyValues, ContextKeyType`},
		{"no JSON", complete("--context-entries", "{"), 252, "Invalid JSON: "},
		{"two JSON values", complete("--cli-input-json", "{} {}"), 252, "Invalid JSON: more than one value"},
		{"an unknown parameter", custom("--cli-input-json", `{"X":1}`), 252, "Parameter validation failed:\nUnknown parameter in input: \"X\", must be one of: PolicySourceArn"},
		{"a query that is none", complete("--query", "["), 252, "bad value for `--query`: "},
		{"a table", complete("--output", "table"), 252, "`--output` is `json` or `text`, not `table`"},
		{"pages of none", complete("--no-paginate", "--page-size", "3"), 252, "Cannot specify --no-paginate along with pagination arguments"},
		{"no items", complete("--max-items", "0"), 252, "are numbers from 1"},
		{"a skeleton of the answer", custom("--generate-cli-skeleton", "output"), 252, "prints `input`, not `output`"},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, stdout, stderr := simulated(t, nil, test.args...)
			if status != test.status || stdout != "" || !strings.Contains(stderr, test.want) {
				t.Errorf("status %d, standard output %q, standard error\n%s\nwant\n%s", status, stdout, stderr, test.want)
			}
		})
	}
}

func TestSimulationsArePagedAsTheAWSCLIPagesThem(t *testing.T) {
	call := func(args ...string) string {
		t.Helper()
		status, stdout, stderr := simulated(t, nil, append([]string{"simulate-custom-policy", "--policy-input-list", readS3, "--action-names", "s3:GetA", "s3:GetB", "s3:GetC"}, args...)...)
		if status != 0 || stderr != "" {
			t.Fatalf("status %d, standard error %q", status, stderr)
		}
		return stdout
	}
	const query = "[EvaluationResults[].EvalActionName,NextToken,IsTruncated,Marker]"
	var token string
	for _, test := range []struct {
		args  []string
		want  string
		index int // of the token
	}{
		{nil, `[["s3:GetA","s3:GetB","s3:GetC"],null,null,null]`, 0},
		{[]string{"--page-size", "1"}, `[["s3:GetA","s3:GetB","s3:GetC"],null,null,null]`, 0},
		{[]string{"--max-items", "2"}, `[["s3:GetA","s3:GetB"],"TOKEN",null,null]`, 1},
		{[]string{"--max-items", "2", "--starting-token", "TOKEN"}, `[["s3:GetC"],null,null,null]`, 0},
		{[]string{"--no-paginate"}, `[["s3:GetA","s3:GetB","s3:GetC"],null,false,null]`, 0},
		{[]string{"--no-paginate", "--max-items", "1"}, `[["s3:GetA"],null,true,"TOKEN"]`, 3},
		{[]string{"--marker", "TOKEN", "--max-items", "1"}, `[["s3:GetB"],null,true,"TOKEN"]`, 3},
	} {
		for i := range test.args {
			test.args[i] = strings.ReplaceAll(test.args[i], "TOKEN", token)
		}
		stdout := call(append(test.args, "--query", query)...)
		var found []any
		if err := json.Unmarshal([]byte(stdout), &found); err != nil {
			t.Fatal(err)
		}
		if test.index > 0 {
			token, _ = found[test.index].(string)
			found[test.index] = "TOKEN"
			if token == "" {
				t.Errorf("%v: no token", test.args)
			}
		}
		if got, _ := json.Marshal(found); string(got) != test.want {
			t.Errorf("%v answers %s, want %s", test.args, got, test.want)
		}
	}
	if got := call("--max-items", "1", "--output", "text"); !strings.HasPrefix(got, "EVALUATIONRESULTS\ts3:GetA\tallowed\t*\n") || !strings.Contains(got, "\nNEXTTOKEN\t") {
		t.Errorf("as text\n%s", got)
	}
}

func TestTheSkeletonOfACallHasItsOwnParameters(t *testing.T) {
	_, custom, _ := simulated(t, nil, "simulate-custom-policy", "--generate-cli-skeleton")
	_, principal, _ := simulated(t, nil, "simulate-principal-policy", "--generate-cli-skeleton", "input")
	if !strings.Contains(custom, `"OrderedOrganizationPolicyInputList"`) || strings.Contains(custom, `"PolicySourceArn"`) {
		t.Errorf("simulate-custom-policy takes\n%s", custom)
	}
	if !strings.HasPrefix(principal, "{\n    \"PolicySourceArn\": \"\",\n") || strings.Contains(principal, `"OrderedOrganizationPolicyInputList"`) {
		t.Errorf("simulate-principal-policy takes\n%s", principal)
	}
}

func TestDebugSaysWhatIsWithoutEffect(t *testing.T) {
	status, stdout, stderr := simulated(t, nil, "simulate-custom-policy", "--policy-input-list", readS3, "--action-names", "s3:GetObject", "--debug", "--query", "EvaluationResults[0].EvalDecision", "--output", "text")
	if status != 0 || stdout != "allowed\n" || strings.Count(stderr, "without effect") != 1 {
		t.Errorf("status %d, standard output %q, standard error %q", status, stdout, stderr)
	}
}
