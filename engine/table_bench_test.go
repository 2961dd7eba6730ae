package engine_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"fenceline/engine"
)

// BenchmarkTable decides what a page asks with each key: 50 requests against
// 20 policies with conditions, one of the requests in full, as JSON.
func BenchmarkTable(b *testing.B) {
	scenario, policies := table(50, 20)
	b.ReportAllocs()
	for b.Loop() {
		result := engine.Evaluate(engine.Input{Scenario: scenario, Policies: policies, Trace: []int{0}})
		if len(result.Problems) > 0 {
			b.Fatal(result.Problems)
		}
		if _, err := json.Marshal(result); err != nil {
			b.Fatal(err)
		}
	}
}

// table makes a role with policies, the last of them its boundary, and requests by it.
func table(requests, policies int) (string, []engine.NamedText) {
	names := make([]string, policies)
	texts := make([]engine.NamedText, policies)
	for i := range texts {
		names[i] = fmt.Sprintf(`"P%d"`, i)
		texts[i] = engine.NamedText{Name: fmt.Sprintf("P%d", i), Text: tablePolicy(i)}
	}
	asked := make([]string, requests)
	for i := range asked {
		asked[i] = fmt.Sprintf(`{"principal":"arn:aws:iam::111122223333:role/R","action":"s3:GetObject","resource":"arn:aws:s3:::b%d/k"}`, i%policies)
	}
	return fmt.Sprintf(`{"version":1,"identities":[{"arn":"arn:aws:iam::111122223333:role/R","policies":[%s],"boundary":%s}],"requests":[%s]}`,
		strings.Join(names[:policies-1], ","), names[policies-1], strings.Join(asked, ",")), texts
}

func tablePolicy(number int) string {
	statements := make([]string, 4)
	for i := range statements {
		statements[i] = fmt.Sprintf(`{"Sid":"S%d","Effect":"Allow","Action":["s3:Get*","dynamodb:GetItem%d"],"Resource":"arn:aws:s3:::b%d/*",`+
			`"Condition":{"StringEquals":{"aws:RequestedRegion":["eu-central-1","eu-west-%d"]},"Bool":{"aws:MultiFactorAuthPresent":"true"}}}`, i, i, number, i)
	}
	return `{"Version":"2012-10-17","Statement":[` + strings.Join(statements, ",") + `]}`
}
