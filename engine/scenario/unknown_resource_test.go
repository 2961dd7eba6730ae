package scenario_test

import (
	"testing"

	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// TestAnUnknownResourceMayBeOneWithRulesOfItsOwn: what an administrator may do
// with a resource that nobody names hangs on what kind of resource it is.
func TestAnUnknownResourceMayBeOneWithRulesOfItsOwn(t *testing.T) {
	for _, test := range []struct {
		name, action, condition string
		want                    iam.Decision
	}{
		{"an ordinary resource", "s3:GetObject", `{}`, iam.Allowed},
		{"a key needs its key policy (S-200)", "kms:Decrypt", `{}`, iam.Depends},
		{"a role needs its trust policy (S-205)", "sts:AssumeRole", `{}`, iam.Depends},
		{"its region is that of its ARN", "ec2:StopInstances", `{"StringEquals":{"aws:RequestedRegion":"us-east-1"}}`, iam.Depends},
		{"its account is that of its ARN", "ec2:StopInstances", `{"StringEquals":{"aws:ResourceAccount":"111122223333"}}`, iam.Depends},
		{"its tags are its own", "ec2:StopInstances", `{"StringEquals":{"ec2:ResourceTag/team":"red"}}`, iam.Depends},
		{"nothing matches", "ec2:StopInstances", `{"Null":{"aws:PrincipalAccount":"true"}}`, iam.ImplicitDeny},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := `{"version":1,"title":"t","policies":{"P":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":` + test.condition + `}]}},
				"identities":[{"arn":"arn:aws:iam::111122223333:user/A","policies":["P"]}],
				"requests":[{"name":"r","principal":"arn:aws:iam::111122223333:user/A","action":"` + test.action + `","unknown":["resource"]}]}`
			result := scenario.Decode(source.NewFile("s", text), nil).Run(iam.Options{}, nil)
			if len(result.Results) != 1 {
				t.Fatalf("problems: %v", result.Problems)
			}
			if r := result.Results[0]; r.Decision != test.want {
				t.Errorf("%s, want %s (depends on %v)", r.Decision, test.want, r.DependsOn)
			}
		})
	}
}
