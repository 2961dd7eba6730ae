package engine_test

import (
	"fmt"

	"fenceline/engine"
	"fenceline/engine/catalogue/data"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/intake"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// A boundary limits what the identity's policies grant.
func ExampleEvaluate() {
	result := engine.Evaluate(engine.Input{Scenario: `{
	  "version": 1,
	  "policies": {
	    "Everything": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } },
	    "OnlyS3": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } }
	  },
	  "identities": [ { "arn": "arn:aws:iam::111122223333:user/ana", "policies": ["Everything"], "boundary": "OnlyS3" } ],
	  "requests": [
	    { "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject", "resource": "arn:aws:s3:::bucket/key" },
	    { "principal": "arn:aws:iam::111122223333:user/ana", "action": "iam:CreateUser", "resource": "arn:aws:iam::111122223333:user/new" }
	  ]
	}`})
	for _, r := range result.Results {
		fmt.Println(r.Action, r.Decision, "by", r.DecidedBy)
	}
	fmt.Println(result.Results[1].Message)
	// Output:
	// s3:GetObject allowed by identityPolicy
	// iam:CreateUser implicitDeny by permissionsBoundary
	// User: arn:aws:iam::111122223333:user/ana is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::111122223333:user/new because no permissions boundary allows the iam:CreateUser action
}

// A key that is not known makes a decision depend only when it truly does.
func ExampleEvaluate_unknown() {
	result := engine.Evaluate(engine.Input{Scenario: `{
	  "version": 1,
	  "policies": { "FromOffice": { "Version": "2012-10-17", "Statement": {
	    "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } } } } },
	  "identities": [ { "arn": "arn:aws:iam::111122223333:user/ana", "policies": ["FromOffice"] } ],
	  "requests": [
	    { "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:ListAllMyBuckets", "resource": "*", "unknown": ["aws:SourceIp"] },
	    { "principal": "arn:aws:iam::111122223333:user/ana", "action": "ec2:DescribeInstances", "resource": "*", "unknown": ["aws:SourceIp"] }
	  ]
	}`})
	for _, r := range result.Results {
		fmt.Println(r.Action, r.Decision, r.DependsOn)
	}
	// Output:
	// s3:ListAllMyBuckets depends [aws:SourceIp]
	// ec2:DescribeInstances implicitDeny []
}

// Changes says what to edit for another decision. A boundary grants nothing:
// it is widened only as far as the identity's policies allow already.
func ExampleChanges() {
	changes := engine.Changes(engine.Input{Scenario: `{
	  "version": 1,
	  "policies": {
	    "Everything": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } },
	    "OnlyS3": { "Version": "2012-10-17", "Statement": { "Sid": "S3", "Effect": "Allow", "Action": "s3:*", "Resource": "*" } }
	  },
	  "identities": [ { "arn": "arn:aws:iam::111122223333:user/ana", "policies": ["Everything"], "boundary": "OnlyS3" } ],
	  "requests": [
	    { "principal": "arn:aws:iam::111122223333:user/ana", "action": "iam:CreateUser", "resource": "arn:aws:iam::111122223333:user/new" }
	  ]
	}`}, 0)
	first := changes[0]
	fmt.Println(first.Title)
	fmt.Println(first.Why)
	for _, e := range first.Edits {
		fmt.Printf("%s %d:%d %s\n", e.Policy, e.Start.Line, e.Start.Column, e.Text)
	}
	// Output:
	// Add `iam:CreateUser` to the actions of `S3` in `OnlyS3`
	// The `Action` of `S3` in `OnlyS3` does not cover `iam:CreateUser`.
	// OnlyS3 1:84 ["s3:*", "iam:CreateUser"]
}

// Every problem has a place, a stable code, and says what to write instead.
func ExampleValidate() {
	problems := engine.Validate(iam.IdentityPolicy, `{
  "Version": "2012-10-17",
  "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*",
    "Condition": { "StringEqual": { "aws:username": "ana" } } }
}`, engine.Options{}, nil)
	for _, p := range problems {
		fmt.Printf("%d:%d %s: %s\n", p.Start.Line, p.Start.Column, p.Code, p.Message)
	}
	// Output:
	// 4:19 unknownOperator: unknown condition operator `StringEqual`; did you mean `StringEquals`?
}

// With a catalogue, Validate also looks actions and keys up.
func ExampleReadCatalogue() {
	c, err := engine.ReadCatalogue(data.Text)
	if err != nil {
		panic(err)
	}
	problems := engine.Validate(iam.IdentityPolicy, `{
  "Version": "2012-10-17",
  "Statement": { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "arn:aws:s3:::reports" }
}`, engine.Options{}, c)
	for _, p := range problems {
		fmt.Printf("%d:%d %s: %s\n", p.Start.Line, p.Start.Column, p.Code, p.Message)
	}
	// Output:
	// 3:46 needsStar: `s3:ListAllMyBuckets` works on no resource that has an ARN, so it matches on `*` alone and never here; write it in a statement with `"Resource": "*"`
}

// Programs that decide many requests compile policies once.
func Example_compiled() {
	document, problems := policy.Decode(source.NewFile("readers", `{"Version": "2012-10-17", "Statement": {
	  "Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::reports/*"}}`), iam.IdentityPolicy)
	if source.HasErrors(problems) {
		panic(problems)
	}
	layers := &eval.Layers{Identity: []eval.Attached{{Name: "readers", Policy: eval.Compile(document)}}}
	ana := &iam.Principal{Kind: iam.User, ARN: "arn:aws:iam::111122223333:user/ana", Account: "111122223333", Partition: "aws"}
	for _, key := range []string{"reports/2026.csv", "salaries/2026.csv"} {
		request := eval.NewRequest(eval.Request{Principal: ana, Action: "s3:GetObject", Resource: "arn:aws:s3:::" + key, Account: "111122223333"})
		fmt.Println(key, eval.Evaluate(layers, request, iam.Options{}, nil).Decision)
	}
	// Output:
	// reports/2026.csv allowed
	// salaries/2026.csv implicitDeny
}

func ExampleReadAccount() {
	account := engine.ReadAccount([]engine.NamedText{{Name: "account.json", Text: `{
		"UserDetailList": [ {
			"UserName": "Alex", "Arn": "arn:aws:iam::111122223333:user/Alex", "GroupList": [], "AttachedManagedPolicies": [
				{ "PolicyName": "AdministratorAccess", "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess" } ],
			"UserPolicyList": [ { "PolicyName": "DenyS3", "PolicyDocument": {
				"Version": "2012-10-17", "Statement": { "Effect": "Deny", "Action": "s3:*", "Resource": "*" } } } ] } ] }`}})
	part, _ := account.Excerpt(intake.Wish{Requests: `[
		{ "principal": "arn:aws:iam::111122223333:user/Alex", "action": "s3:ListAllMyBuckets", "resource": "*" },
		{ "principal": "arn:aws:iam::111122223333:user/Alex", "action": "ec2:RunInstances", "resource": "*" } ]`})
	for _, r := range engine.Evaluate(engine.Input{Scenario: part.Scenario, Policies: part.Policies}).Results {
		fmt.Println(r.Action, r.Decision, r.Determining[0].Policy)
	}
	// Output:
	// s3:ListAllMyBuckets explicitDeny user/Alex/DenyS3
	// ec2:RunInstances allowed arn:aws:iam::aws:policy/AdministratorAccess
}
