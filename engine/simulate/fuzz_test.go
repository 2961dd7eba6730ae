package simulate_test

import (
	"strings"
	"testing"

	"fenceline/engine/iam"
	"fenceline/engine/simulate"
)

// FuzzRun simulates any policy: it never panics and never answers what the
// simulator has no word for, and the statements that it names lie in the text.
func FuzzRun(f *testing.F) {
	f.Add(allowS3, "s3:GetObject", object, "aws:SourceIp", "10.0.0.1", "ip")
	f.Add(withMFA, "s3:PutObject", "*", "aws:MultiFactorAuthPresent", "true", "boolean")
	f.Add(`{"Statement":{"Effect":"Deny","NotAction":"a:b","NotResource":"arn:*:*"}}`, "iam:X", "arn:a:b:c:d:e", "a:bcd", "2030-01-01", "dateList")
	f.Add("{\r\n\t\"Statement\": [ {\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"},\n{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"ü\"}]}", "sts:AssumeRole", app, "a:bcd", "1e9", "numeric")
	f.Add("0", strings.Repeat("\xb8", 41), "0", "0", "0", "0")
	f.Fuzz(func(t *testing.T, policy, action, resource, key, value, kind string) {
		c := simulate.Call{PolicyInputList: []string{policy}, ActionNames: []string{action}, ResourceArns: []string{resource, object},
			ContextEntries: []simulate.ContextEntry{{ContextKeyName: key, ContextKeyValues: []string{value}, ContextKeyType: kind}}}
		answer, err := simulate.Run(simulate.Custom, &c, nil, iam.Options{})
		if err != nil {
			if err.Code == "" || err.Message == "" {
				t.Fatalf("error %+v", err)
			}
			return
		}
		result := answer.EvaluationResults[0]
		if d := result.EvalDecision; d != "allowed" && d != "explicitDeny" && d != "implicitDeny" || len(result.ResourceSpecificResults) != 2 {
			t.Fatalf("answer %+v", result)
		}
		lines := strings.Split(policy, "\n")
		for _, s := range result.MatchedStatements {
			for _, at := range []simulate.Position{s.StartPosition, s.EndPosition} {
				if at.Line < 1 || at.Line > len(lines) || at.Column < 1 || at.Column > len([]rune(lines[at.Line-1]))+1 {
					t.Fatalf("%+v is not in %q", at, policy)
				}
			}
		}
	})
}
