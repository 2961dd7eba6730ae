package eval_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// gates evaluates with a trace and tells the evaluation as gates.
func (g *generated) gates() (eval.Verdict, []eval.Gate) {
	request, trace := eval.NewRequest(g.request), &eval.Trace{}
	verdict := eval.Evaluate(&g.layers, request, g.options, trace)
	return verdict, eval.Gates(&g.layers, request, g.options, verdict, trace)
}

func TestGatesTellTheDecision(t *testing.T) {
	forEach(t, 3000, func(t *testing.T, g *generated, _ *rand.Rand) {
		verdict, gates := g.gates()
		open := true
		var deciding []eval.Gate
		for _, gate := range gates {
			open = open && !(gate.Needed && gate.State == eval.Shut)
			if gate.Decides {
				deciding = append(deciding, gate)
			}
		}
		wanted := 1
		if verdict.Reason == eval.BothAccountsGrant {
			wanted = 2
		}
		switch {
		case open != (verdict.Decision == iam.Allowed):
			t.Fatalf("%s, but the gates say %v: %v\n%s", verdict.Decision, open, gates, g.describe())
		case len(deciding) != wanted:
			t.Fatalf("%d gates decide: %v\n%s", len(deciding), gates, g.describe())
		case verdict.Decision == iam.ExplicitDeny && deciding[0].Layer != iam.NoLayer:
			t.Fatalf("an explicit deny is decided at %v\n%s", deciding[0], g.describe())
		case verdict.Decision == iam.ImplicitDeny && (deciding[0].Layer != verdict.By || deciding[0].State != eval.Shut):
			t.Fatalf("denied by %s, the gate is %v\n%s", verdict.By, deciding[0], g.describe())
		case verdict.Decision == iam.Allowed && !slices.ContainsFunc(deciding, func(gate eval.Gate) bool { return gate.Layer == verdict.By }):
			t.Fatalf("allowed by %s, the gates are %v\n%s", verdict.By, deciding, g.describe())
		}
	})
}

func TestGatesStandInTheOrderOfEvaluation(t *testing.T) {
	forEach(t, 300, func(t *testing.T, g *generated, _ *rand.Rand) {
		_, gates := g.gates()
		gates = slices.DeleteFunc(gates, func(gate eval.Gate) bool { return gate.Layer <= iam.Service })
		if !slices.IsSortedFunc(gates, func(a, b eval.Gate) int { return int(a.Layer) - int(b.Layer) }) {
			t.Fatalf("out of order: %v\n%s", gates, g.describe())
		}
	})
}

// row writes gates shortly: name=state, in brackets where the answer did
// without, with a star where it was settled.
func row(gates []eval.Gate) string {
	var parts []string
	for _, gate := range gates {
		name := gate.Layer.String()
		if gate.Layer == iam.NoLayer {
			name = "deny"
		}
		if gate.Side != eval.BothSides {
			name = gate.Side.String() + ":" + name
		}
		part := name + "=" + gate.State.String()
		if gate.Decides {
			part += "*"
		}
		if !gate.Needed {
			part = "(" + part + ")"
		}
		parts = append(parts, part)
	}
	return strings.NewReplacer("Policy", "", "serviceControl", "scp", "resourceControl", "rcp", "permissionsBoundary", "boundary", "vpcEndpoint", "endpoint").
		Replace(strings.Join(parts, " "))
}

func TestGates(t *testing.T) {
	allow := func(action, principal string) string {
		if principal != "" {
			principal = `"Principal":` + principal + `,`
		}
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",` + principal + `"Action":"` + action + `","Resource":"*"}]}`
	}
	deny := strings.Replace(allow("s3:*", ""), "Allow", "Deny", 1)
	user := &iam.Principal{Kind: iam.User, ARN: userArn, Account: accountA, Partition: "aws"}
	assumed := &iam.Principal{Kind: iam.RoleSession, ARN: session, Role: roleArn, Account: accountA, Partition: "aws"}
	for _, test := range []struct {
		name                                  string
		caller                                *iam.Principal
		owner                                 string
		identity, boundary, resource, service string
		want                                  string
	}{
		{"a silent boundary stops", user, accountA, allow("s3:*", ""), allow("ec2:*", ""), "", "",
			"deny=open rcp=absent scp=absent endpoint=absent resource=absent identity=open boundary=shut* (session=absent)"},
		{"a silent SCP stops before the boundary", user, accountA, allow("s3:*", ""), allow("ec2:*", ""), "", allow("ec2:*", ""),
			"deny=open rcp=absent scp=shut* (endpoint=absent) (resource=absent) (identity=open) (boundary=shut) (session=absent)"},
		{"a boundary's Deny is found first", user, accountA, allow("s3:*", ""), deny, "", "",
			"deny=shut* (rcp=absent) (scp=absent) (endpoint=absent) (resource=absent) (identity=open) (boundary=shut) (session=absent)"},
		{"a grant to the user goes round a silent boundary", user, accountA, "", allow("ec2:*", ""), allow("s3:*", `{"AWS":"`+userArn+`"}`), "",
			"deny=open rcp=absent scp=absent endpoint=absent resource=open* (identity=shut) (boundary=shut) (session=absent)"},
		{"a grant to the role does not", assumed, accountA, "", allow("ec2:*", ""), allow("s3:*", `{"AWS":"`+roleArn+`"}`), "",
			"deny=open rcp=absent scp=absent endpoint=absent resource=open (identity=shut) boundary=shut* (session=absent)"},
		{"a policy that names the account leaves it to the identity", user, accountA, allow("s3:*", ""), "", allow("s3:*", `{"AWS":"`+accountA+`"}`), "",
			"deny=open rcp=absent scp=absent endpoint=absent resource=aside identity=open* boundary=absent session=absent"},
		{"two accounts both allow", user, accountB, allow("s3:*", ""), "", allow("s3:*", `{"AWS":"`+accountA+`"}`), "",
			"deny=open resource:rcp=absent caller:scp=absent endpoint=absent resource:resource=open* caller:identity=open* caller:boundary=absent caller:session=absent"},
		{"two accounts evaluate each for itself", user, accountB, allow("s3:*", ""), allow("ec2:*", ""), "", "",
			"deny=open resource:rcp=absent caller:scp=absent endpoint=absent resource:resource=shut* caller:identity=open caller:boundary=shut (caller:session=absent)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := &generated{}
			g.request = eval.Request{
				Principal: test.caller, Action: "s3:GetObject", Resource: "arn:aws:s3:::b/k", Account: test.owner, Context: &iam.Context{},
			}
			g.layers.Identity = []eval.Attached{}
			for layer, at := range map[iam.Layer]struct {
				text string
				list *[]eval.Attached
			}{
				iam.IdentityPolicy:      {test.identity, &g.layers.Identity},
				iam.PermissionsBoundary: {test.boundary, &g.layers.Boundary},
				iam.ResourcePolicy:      {test.resource, &g.layers.Resource},
			} {
				if at.text != "" {
					*at.list = g.attach(at.text, layer)
				}
			}
			if test.service != "" {
				g.layers.SCP = []eval.Level{{At: "r-abcd", Policies: g.attach(test.service, iam.ServiceControlPolicy)}}
			}
			if _, gates := g.gates(); row(gates) != test.want {
				t.Errorf("got  %s\nwant %s", row(gates), test.want)
			}
		})
	}
}
