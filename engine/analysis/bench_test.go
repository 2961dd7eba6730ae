package analysis_test

import (
	"testing"

	"fenceline/engine/account"
	"fenceline/engine/analysis"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// large is a principal under everything that can limit one: a boundary, three
// levels of SCPs, a session policy and a bucket policy.
const large = `{
  "version": 1, "title": "Every action of a developer",
  "policies": {
    "PowerUser": {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "NotAction": ["iam:*", "organizations:*", "account:*"], "Resource": "*"},
      {"Effect": "Allow", "Action": ["iam:CreateServiceLinkedRole", "iam:DeleteServiceLinkedRole", "iam:ListRoles", "organizations:DescribeOrganization", "account:ListRegions"], "Resource": "*"}]},
    "Buckets": {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetBucketLocation"], "Resource": "arn:aws:s3:::customer-x-*"},
      {"Effect": "Allow", "Action": ["s3:GetObject*", "s3:PutObject"], "Resource": "arn:aws:s3:::customer-x-*/${aws:username}/*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}},
      {"Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::audit*", "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": "audit"}}}]},
    "Roles": {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": ["iam:CreateRole", "iam:AttachRolePolicy", "iam:PutRolePolicy"], "Resource": "arn:aws:iam::111122223333:role/App*", "Condition": {"StringEquals": {"iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/Boundary"}}},
      {"Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/App*", "Condition": {"StringEquals": {"iam:PassedToService": ["ec2.amazonaws.com", "lambda.amazonaws.com"]}}},
      {"Effect": "Allow", "Action": ["iam:Get*", "iam:List*"], "Resource": "*"}]},
    "Boundary": {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Action": ["s3:*", "dynamodb:*", "lambda:*", "logs:*", "cloudwatch:*", "ec2:*", "iam:Get*", "iam:List*", "iam:PassRole", "iam:CreateRole", "sqs:*", "sns:*", "kms:*", "sts:*"], "Resource": "*"},
      {"Effect": "Deny", "Action": ["ec2:*ReservedInstances*", "ec2:*Vpn*"], "Resource": "*"},
      {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-central-1", "us-east-1"]}}}]},
    "DenyLeaving": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": ["organizations:LeaveOrganization", "account:CloseAccount"], "Resource": "*"}]},
    "NoLegacy": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": ["sdb:*", "swf:*", "glacier:Delete*"], "Resource": "*"}]},
    "Workloads": {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": ["cloudtrail:Stop*", "cloudtrail:Delete*", "guardduty:Delete*", "config:Delete*"], "Resource": "*", "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/SecurityTeam"}}}]},
    "Scope": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["s3:*", "dynamodb:*", "ec2:Describe*", "iam:*", "logs:*"], "Resource": "*"}]},
    "BucketPolicy": {"Version": "2012-10-17", "Statement": [
      {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/Developer"}, "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": ["arn:aws:s3:::customer-x-data", "arn:aws:s3:::customer-x-data/*"]},
      {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": ["arn:aws:s3:::customer-x-data", "arn:aws:s3:::customer-x-data/*"], "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}
  },
  "identities": [{"arn": "arn:aws:iam::111122223333:role/Developer", "policies": ["PowerUser", "Buckets", "Roles"], "boundary": "Boundary", "tags": {"team": "x"}}],
  "resources": [{"arn": "arn:aws:s3:::customer-x-data", "policy": "BucketPolicy"}],
  "organization": {"id": "o-exampleorgid", "managementAccount": "999999999999", "root": {"id": "r-abcd", "scps": ["FullAWSAccess", "DenyLeaving"],
    "units": [{"id": "ou-abcd-11111111", "name": "Workloads", "scps": ["NoLegacy"], "accounts": [{"id": "111122223333", "scps": ["FullAWSAccess", "Workloads"]}]}]}},
  "requests": [{"principal": "arn:aws:iam::111122223333:role/Developer", "action": "s3:GetObject", "resource": "*", "session": {"policies": ["Scope"]}}]
}`

// BenchmarkActions decides every action of AWS for one principal, from the
// compiled policies.
func BenchmarkActions(b *testing.B) {
	for _, c := range []struct {
		name     string
		resource string
		open     bool
	}{
		{"an object", "arn:aws:s3:::customer-x-data/a", false},
		{"resource unknown", "", false},
		{"resource and keys unknown", "", true},
	} {
		b.Run(c.name, func(b *testing.B) {
			s, x := decode(b, large), index()
			q := analysis.Question{Open: c.open, Request: account.Request{
				Principal: "arn:aws:iam::111122223333:role/Developer", Kind: iam.RoleSession, Resource: c.resource, ResourceUnknown: c.resource == "",
				Session: &account.Session{Policies: []string{"Scope"}},
			}}
			b.ReportAllocs()
			for b.Loop() {
				if table := analysis.Actions(s, x, q); len(table.Of) != len(x.Actions) {
					b.Fatal("actions are missing")
				}
			}
		})
	}
}

// BenchmarkActionsAfterEdit reads the scenario anew as well, as after an edit.
func BenchmarkActionsAfterEdit(b *testing.B) {
	x := index()
	for b.Loop() {
		s := scenario.Decode(source.NewFile("scenario", large), nil)
		analysis.Actions(s, x, analysis.Question{Request: account.Request{
			Principal: "arn:aws:iam::111122223333:role/Developer", Kind: iam.RoleSession, ResourceUnknown: true,
			Session: &account.Session{Policies: []string{"Scope"}},
		}})
	}
}
