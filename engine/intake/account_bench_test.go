package intake_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"fenceline/engine/iam"
	"fenceline/engine/intake"
)

// dump writes what get-account-authorization-details prints for an account of
// so many principals: half users in groups, half roles with trust, boundary and
// inline policies, with managed policies to make up the size.
func dump(principals, size int) string {
	var b strings.Builder
	document := func(indent string, i int) string {
		return strings.ReplaceAll(fmt.Sprintf(`{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "Objects%d",
            "Effect": "Allow",
            "Action": [
                "s3:GetObject",
                "s3:PutObject",
                "dynamodb:Query"
            ],
            "Resource": "arn:aws:s3:::bucket-%d/*",
            "Condition": {
                "StringEquals": {
                    "aws:PrincipalTag/team": "team-%d"
                }
            }
        },
        {
            "Effect": "Deny",
            "Action": "s3:DeleteBucket",
            "Resource": "*"
        }
    ]
}`, i, i, i%50), "\n", "\n"+indent)
	}
	fill := max(1, size/principals/900)
	b.WriteString("{\n    \"UserDetailList\": [")
	for i := range principals / 2 {
		fmt.Fprintf(&b, "%s\n        {\n            \"Path\": \"/\",\n            \"UserName\": \"user-%d\",\n            \"UserId\": \"AIDAEXAMPLE%08d\",\n            \"Arn\": \"arn:aws:iam::111122223333:user/user-%d\",\n            \"CreateDate\": \"2024-01-01T00:00:00+00:00\",\n            \"UserPolicyList\": [", comma(i), i, i, i)
		for j := range fill {
			fmt.Fprintf(&b, "%s\n                {\n                    \"PolicyName\": \"own-%d\",\n                    \"PolicyDocument\": %s\n                }", comma(j), j, document("                    ", i))
		}
		fmt.Fprintf(&b, "\n            ],\n            \"GroupList\": [\"group-%d\"],\n            \"AttachedManagedPolicies\": [{\"PolicyName\": \"managed-%d\", \"PolicyArn\": \"arn:aws:iam::111122223333:policy/managed-%d\"}],\n            \"Tags\": [{\"Key\": \"team\", \"Value\": \"team-%d\"}]\n        }", i%50, i%200, i%200, i%50)
	}
	b.WriteString("\n    ],\n    \"GroupDetailList\": [")
	for i := range 50 {
		fmt.Fprintf(&b, "%s\n        {\n            \"Path\": \"/\",\n            \"GroupName\": \"group-%d\",\n            \"GroupId\": \"AGPAEXAMPLE%08d\",\n            \"Arn\": \"arn:aws:iam::111122223333:group/group-%d\",\n            \"GroupPolicyList\": [],\n            \"AttachedManagedPolicies\": [{\"PolicyName\": \"managed-%d\", \"PolicyArn\": \"arn:aws:iam::111122223333:policy/managed-%d\"}]\n        }", comma(i), i, i, i, i, i)
	}
	b.WriteString("\n    ],\n    \"RoleDetailList\": [")
	for i := range principals - principals/2 {
		fmt.Fprintf(&b, "%s\n        {\n            \"Path\": \"/\",\n            \"RoleName\": \"role-%d\",\n            \"RoleId\": \"AROAEXAMPLE%08d\",\n            \"Arn\": \"arn:aws:iam::111122223333:role/role-%d\",\n            \"AssumeRolePolicyDocument\": {\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"Service\": \"ec2.amazonaws.com\"}, \"Action\": \"sts:AssumeRole\"}]},\n            \"InstanceProfileList\": [],\n            \"RolePolicyList\": [", comma(i), i, i, i)
		for j := range fill {
			fmt.Fprintf(&b, "%s\n                {\n                    \"PolicyName\": \"own-%d\",\n                    \"PolicyDocument\": %s\n                }", comma(j), j, document("                    ", i))
		}
		b.WriteString("\n            ],\n            \"AttachedManagedPolicies\": [],\n            \"PermissionsBoundary\": {\"PermissionsBoundaryType\": \"Policy\", \"PermissionsBoundaryArn\": \"arn:aws:iam::111122223333:policy/managed-0\"}\n        }")
	}
	b.WriteString("\n    ],\n    \"Policies\": [")
	for i := range 200 {
		fmt.Fprintf(&b, "%s\n        {\n            \"PolicyName\": \"managed-%d\",\n            \"Arn\": \"arn:aws:iam::111122223333:policy/managed-%d\",\n            \"DefaultVersionId\": \"v1\",\n            \"PolicyVersionList\": [\n                {\n                    \"Document\": %s,\n                    \"VersionId\": \"v1\",\n                    \"IsDefaultVersion\": true\n                }\n            ]\n        }", comma(i), i, i, document("                    ", i))
	}
	b.WriteString("\n    ]\n}\n")
	return b.String()
}

func comma(i int) string {
	if i > 0 {
		return ","
	}
	return ""
}

// readInPieces feeds a text as the page does.
func readInPieces(text string) *intake.AccountReader {
	const piece = 1 << 20
	r := intake.NewAccountReader()
	for at := 0; at < len(text); at += piece {
		r.Read("dump.json", text[at:min(at+piece, len(text))], at+piece >= len(text))
	}
	return r
}

// A large account is read whole, and asking about one principal of it takes
// only what that one meets.
func TestALargeAccount(t *testing.T) {
	const principals = 1000
	a := readInPieces(dump(principals, 5<<20)).Finish()
	if len(a.Identities) != principals+50 || len(a.Unused) != 0 {
		t.Fatalf("%d identities, not used: %v", len(a.Identities), a.Unused)
	}
	e, _ := a.Excerpt(intake.Wish{Principals: []string{"arn:aws:iam::111122223333:user/user-7"}})
	s := e.Decode()
	if s.Broken() || len(e.Policies) > 20 || len(e.Scenario) > 4000 {
		t.Errorf("%d policies and %d bytes: %v", len(e.Policies), len(e.Scenario), s.Problems)
	}
	same(t, "role-3", decisions(t, a, "arn:aws:iam::111122223333:role/role-3", "s3:DeleteBucket arn:aws:s3:::bucket-3"), []string{"explicitDeny by identityPolicy"})
}

// BenchmarkAccount reads a dump of 50 MB with 5,000 principals in pieces of a
// megabyte, and says what stays in memory.
func BenchmarkAccount(b *testing.B) {
	text := dump(5000, 50<<20)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	var a *intake.Account
	for b.Loop() {
		a = readInPieces(text).Finish()
	}
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if len(a.Identities) != 5050 {
		b.Fatalf("%d identities", len(a.Identities))
	}
	a = nil
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(before.HeapAlloc-after.HeapAlloc)/(1<<20), "MB-kept")
}

// BenchmarkExcerpt takes one principal out of such an account and decides a
// request of it.
func BenchmarkExcerpt(b *testing.B) {
	a := readInPieces(dump(5000, 5<<20)).Finish()
	b.ReportAllocs()
	for b.Loop() {
		e, _ := a.Excerpt(intake.Wish{Requests: `[{"principal": "arn:aws:iam::111122223333:user/user-2400", "action": "s3:GetObject", "resource": "arn:aws:s3:::bucket-1/k"}]`})
		e.Decode().Run(iam.Options{}, nil)
	}
}
