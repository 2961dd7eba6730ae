package eval_test

import (
	"testing"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// TestCasesFoundByComparison are single evaluations in which the engine and
// the reference once differed, or that random inputs seldom reach.
func TestCasesFoundByComparison(t *testing.T) {
	trust := func(principal string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":` + principal + `,"Action":"sts:AssumeRole"}]}`
	}
	silent := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`
	for _, test := range []struct {
		name     string
		trust    string
		boundary string
		limits   bool // the boundary limits a trusted user (S-208)
		want     refVerdict
	}{
		{"a trusted user's silent boundary does not limit", trust(`{"AWS":"` + userArn + `"}`), silent, false, refVerdict{iam.Allowed, iam.TrustPolicy}},
		{"in the other reading of S-208 it does", trust(`{"AWS":"` + userArn + `"}`), silent, true, refVerdict{iam.ImplicitDeny, iam.PermissionsBoundary}},
		{"but the trust policy must name the user for that", trust(`{"AWS":"*"}`), silent, true, refVerdict{iam.Allowed, iam.TrustPolicy}},
		{"one that names nobody refuses in either reading", trust(`{"AWS":"` + accountB + `"}`), silent, true, refVerdict{iam.ImplicitDeny, iam.TrustPolicy}},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := &generated{}
			g.request = eval.Request{
				Principal: &iam.Principal{Kind: iam.User, ARN: userArn, Account: accountA, Partition: "aws"},
				Action:    "sts:AssumeRole", Resource: roleArn, Account: accountA, Kind: eval.RoleTrust, Context: &iam.Context{},
			}
			g.options.BoundaryLimitsTrustedUser = test.limits
			g.layers.Identity = []eval.Attached{}
			g.layers.Boundary = g.attach(test.boundary, iam.PermissionsBoundary)
			g.layers.Resource = g.attach(test.trust, iam.TrustPolicy)
			verdict := g.decide()
			if got := (refVerdict{verdict.Decision, verdict.By}); got != test.want {
				t.Errorf("%s by %s, want %s by %s", got.Decision, got.By, test.want.Decision, test.want.By)
			}
			compare(t, g)
		})
	}
}
