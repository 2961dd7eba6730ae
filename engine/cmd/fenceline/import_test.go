package main

import (
	"strings"
	"testing"
)

func TestAnImportedAccountIsAScenarioFile(t *testing.T) {
	status, file, stderr := simulated(t, nil, "import", dumpFile)
	if status != 0 || !strings.Contains(stderr, "CloudWatchAgent") || !strings.Contains(stderr, "unused: note: ") {
		t.Fatalf("status %d, standard error\n%s", status, stderr)
	}
	seedAnswer(t, file, "21", "21", "-") // as a scenario file has it, by its layout there
	const asked = `"requests": [
    { "principal": "` + alex + `", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "expect": { "decision": "explicitDeny", "determining": ["user/Alex/DenyS3#NoS3"] } },
    { "principal": "` + alex + `", "action": "ec2:RunInstances", "resource": "*", "expect": "allowed" },
    { "principal": "arn:aws:iam::111122223333:user/contractors/Blake", "action": "dynamodb:Query", "resource": "arn:aws:dynamodb:eu-central-1:111122223333:table/Books", "expect": "allowed" },
    { "principal": "arn:aws:iam::111122223333:role/LogShipper", "action": "s3:GetObject", "resource": "*" } ]`
	evaluated := strings.Replace(file, `"requests": []`, asked, 1)
	status, stdout, stderr := call(t, "", map[string]string{"account.json": evaluated}, "eval", "account.json")
	compare(t, output{status, stdout, stderr}, output{0, `the document of .*CloudWatchAgentServerPolicy. is missing(.|\n)*4 requests, 3 of 3 as expected`, `^account.json:\d+:\d+: missingPolicy: .*\n$`})
}

func TestAnExcerptIsImportedOfAPrincipal(t *testing.T) {
	status, file, stderr := simulated(t, nil, "import", "--principal", alex, dumpFile)
	if status != 0 || !strings.Contains(file, `"user/Alex/DenyS3": {`) || strings.Contains(file, "Blake") || strings.Contains(stderr, "missingPolicy") {
		t.Errorf("status %d, standard output\n%s\nstandard error\n%s", status, file, stderr)
	}
	seedAnswer(t, file, "21", "21", "-")
	status, file, stderr = simulated(t, nil, "import", "--principal", strings.Replace(alex, "Alex", "Alec", 1), dumpFile)
	compare(t, output{status, file, stderr}, output{2, `^$`, "has no `.*Alec`; did you mean `.*Alex`"})
}

func TestWhatCannotBeImportedIsTold(t *testing.T) {
	broken := strings.Replace(dump(t), `"Effect": "Deny"`, `"Effect": "deny"`, 1)
	wrong := strings.Replace(dump(t), `"PolicyDocument": {`, `"PolicyDocument": "no policy", "Other": {`, 1)
	for _, test := range []struct {
		name, text     string
		status         int
		stdout, stderr string
	}{
		{"a policy with an error", broken, 1, `"Effect": "deny"`, "scenario:\\d+:\\d+: invalidEffect: "},
		{"a document that is none", wrong, 0, `"user/Alex/DenyS3": null`, "the document of `user/Alex/DenyS3` is no JSON object; it is missing in the file"},
		{"a scenario", good, 2, `^$`, "is a scenario file already"},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, stdout, stderr := call(t, "", map[string]string{"a.json": test.text}, "import", "a.json")
			compare(t, output{status, stdout, stderr}, output{test.status, test.stdout, test.stderr})
		})
	}
}
