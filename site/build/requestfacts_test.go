package main

import (
	"testing"

	"fenceline/engine/scenario"
)

func TestRequestFacts(t *testing.T) {
	whole := `{
		"identities": [
			{"arn": "arn:aws:iam::111122223333:role/customers/App", "tags": {"customer": "x", "team": "blue"}},
			{"arn": "arn:aws:iam::444455556666:role/App", "tags": {"customer": "other"}}
		],
		"resources": [{"arn": "arn:aws:s3:::data", "tags": {"owner": "w"}}],
		"requests": [{}, {
			"context": {"aws:MultiFactorAuthPresent": "false", "aws:TagKeys": ["b", "a"], "aws:MultiFactorAuthAge": 10},
			"unknown": ["aws:SourceIp"],
			"session": {"policies": ["One", "Two"], "tags": {"customer": "y"}},
			"parameters": {"RoleName": "New", "PolicyDocument": {"Version": "2012-10-17"}}
		}]
	}`
	result := scenario.RequestResult{
		Principal: "arn:aws:sts::111122223333:assumed-role/App/alice", Action: "s3:GetObject", Resource: "arn:aws:s3:::data",
	}
	want := []fact{
		{"Principal", result.Principal},
		{"Principal's tags", "customer=x, team=blue"},
		{"Session policies", "One, Two"},
		{"Session tags", "customer=y"},
		{"Action", "s3:GetObject"},
		{"Parameters", "RoleName=New\nPolicyDocument={\n  \"Version\": \"2012-10-17\"\n}"},
		{"Resource", "arn:aws:s3:::data"},
		{"Resource's tags", "owner=w"},
		{"Context", "aws:MultiFactorAuthPresent=false\naws:TagKeys=[b, a]\naws:MultiFactorAuthAge=10\naws:SourceIp unknown"},
	}
	got := requestFacts(whole, requestText(whole, 1), result)
	if len(got) != len(want) {
		t.Fatalf("%d facts, want %d: %v", len(got), len(want), got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("fact %d is %q, want %q", i, got[i], want[i])
		}
	}
}
