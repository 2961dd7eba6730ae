package eval_test

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// The combiner alone: every layer has one abstract Allow and one abstract Deny,
// each of which matches, does not, or is unknown. The rule below is the few
// lines of section 0.2 over truth values; where something is unknown, it is
// asked with every assignment of it.

// side is what one layer says.
type side struct {
	there       bool
	allow, deny iam.Outcome
}

// abstract is a request reduced to what the rule asks.
type abstract struct {
	kind   iam.PrincipalKind
	same   bool // caller and resource are of one account
	target eval.ResourceKind
	class  string // how the resource's policy names the caller
	sides  map[iam.Layer]side
}

// combine is section 0.2, with ok telling the truth of an outcome.
func (a *abstract) combine(ok func(iam.Layer, iam.Effect) bool) iam.Decision {
	allows := func(l iam.Layer) bool { return a.sides[l].there && ok(l, iam.Allow) }
	passes := func(l iam.Layer) bool { return !a.sides[l].there || ok(l, iam.Allow) }
	if a.kind == iam.Root && a.target == eval.RoleTrust { // step 0, S-205
		return iam.ImplicitDeny
	}
	for layer, s := range a.sides {
		if s.there && ok(layer, iam.Deny) {
			return iam.ExplicitDeny
		}
	}
	if !passes(iam.ResourceControlPolicy) || !passes(iam.ServiceControlPolicy) || !passes(iam.VPCEndpointPolicy) {
		return iam.ImplicitDeny
	}
	rb := ""
	if allows(iam.ResourcePolicy) {
		rb = a.class
	}
	id, pb, sp := allows(iam.IdentityPolicy), passes(iam.PermissionsBoundary), passes(iam.SessionPolicy)
	if a.kind == iam.FederatedUser && !a.sides[iam.SessionPolicy].there {
		sp = false
	}
	granted := false
	switch inAccount := (&iam.Principal{Kind: a.kind}).InAccount(); {
	case !inAccount:
		granted = rb == "direct" || rb == "any"
	case a.same:
		granted = rb == "direct" || rb == "any" || (rb == "role" || rb == "parent-user") && pb && sp ||
			id && pb && sp && (a.target == eval.Ordinary || rb == "account") ||
			a.kind == iam.Root && a.target == eval.Ordinary
	default:
		granted = (id || a.kind == iam.Root) && pb && sp && rb != ""
	}
	if granted {
		return iam.Allowed
	}
	return iam.ImplicitDeny
}

// decide asks the rule with every assignment of what is unknown.
func (a *abstract) decide() iam.Decision {
	type slot struct {
		layer  iam.Layer
		effect iam.Effect
	}
	var open []slot
	for _, layer := range iam.PolicyLayers() {
		s := a.sides[layer]
		if s.there && s.allow == iam.Unknown {
			open = append(open, slot{layer, iam.Allow})
		}
		if s.there && s.deny == iam.Unknown {
			open = append(open, slot{layer, iam.Deny})
		}
	}
	var answer iam.Decision
	for mask := range 1 << len(open) {
		one := a.combine(func(layer iam.Layer, effect iam.Effect) bool {
			for i, s := range open {
				if s == (slot{layer, effect}) {
					return mask>>i&1 == 1
				}
			}
			if effect == iam.Deny {
				return a.sides[layer].deny == iam.Match
			}
			return a.sides[layer].allow == iam.Match
		})
		if mask > 0 && one != answer {
			return iam.Depends
		}
		answer = one
	}
	return answer
}

// classNames are the principals that name each kind of caller, by class.
var classEntries = map[iam.PrincipalKind]map[string]string{
	iam.User:             {"direct": `{"AWS":"` + userArn + `"}`, "any": `{"AWS":"*"}`, "account": `{"AWS":"` + accountA + `"}`},
	iam.RoleSession:      {"direct": `{"AWS":"` + session + `"}`, "any": `{"AWS":"*"}`, "account": `{"AWS":"` + accountA + `"}`, "role": `{"AWS":"` + roleArn + `"}`},
	iam.FederatedUser:    {"direct": `{"AWS":"` + federated + `"}`, "any": `{"AWS":"*"}`, "account": `{"AWS":"` + accountA + `"}`, "parent-user": `{"AWS":"` + userArn + `"}`},
	iam.Root:             {"direct": `{"AWS":"` + accountA + `"}`, "any": `{"AWS":"*"}`},
	iam.ServicePrincipal: {"direct": `{"Service":"` + lambda + `"}`},
}

var classCallers = map[iam.PrincipalKind]*iam.Principal{
	iam.User:             {Kind: iam.User, ARN: userArn, Account: accountA, Partition: "aws"},
	iam.RoleSession:      {Kind: iam.RoleSession, ARN: session, Role: roleArn, Account: accountA, Partition: "aws"},
	iam.FederatedUser:    {Kind: iam.FederatedUser, ARN: federated, Parent: userArn, Account: accountA, Partition: "aws"},
	iam.Root:             {Kind: iam.Root, ARN: rootArn, Account: accountA, Partition: "aws"},
	iam.ServicePrincipal: {Kind: iam.ServicePrincipal, ARN: lambda},
}

// evaluate asks the engine, with statements that come out as the sides say.
func (a *abstract) evaluate() eval.Verdict {
	g := &generated{}
	g.request = eval.Request{Principal: classCallers[a.kind], Action: "s3:GetObject", Resource: "arn:aws:s3:::b/k", Account: accountB, Kind: a.target, Context: &iam.Context{}}
	switch a.target {
	case eval.KMSKey:
		g.request.Action, g.request.Resource = "kms:Decrypt", "arn:aws:kms:us-east-1:111122223333:key/k"
	case eval.RoleTrust:
		g.request.Action, g.request.Resource = "sts:AssumeRole", roleArn
	}
	if a.same {
		g.request.Account = accountA
	}
	resource := iam.ResourcePolicy
	if a.target == eval.RoleTrust {
		resource = iam.TrustPolicy
	}
	g.layers.Identity = a.attach(g, iam.IdentityPolicy, iam.IdentityPolicy)
	g.layers.Boundary = a.attach(g, iam.PermissionsBoundary, iam.PermissionsBoundary)
	g.layers.Session = a.attach(g, iam.SessionPolicy, iam.SessionPolicy)
	g.layers.Endpoint = a.attach(g, iam.VPCEndpointPolicy, iam.VPCEndpointPolicy)
	g.layers.Resource = a.attach(g, iam.ResourcePolicy, resource)
	if list := a.attach(g, iam.ServiceControlPolicy, iam.ServiceControlPolicy); list != nil {
		g.layers.SCP = []eval.Level{{At: "r", Policies: list}}
	}
	if list := a.attach(g, iam.ResourceControlPolicy, iam.ResourceControlPolicy); list != nil {
		g.layers.RCP = []eval.Level{{At: "r", Policies: append(list, g.full(iam.ResourceControlPolicy)...)}}
	}
	return g.decide()
}

// attach writes the policy of one side; kind is the kind that it is decoded as.
func (a *abstract) attach(g *generated, layer, kind iam.Layer) []eval.Attached {
	s := a.sides[layer]
	if !s.there {
		return nil
	}
	statement := func(effect iam.Effect, outcome iam.Outcome) string {
		text := `{"Effect":"` + effect.String() + `","Action":["s3:*","kms:*","sts:*"]`
		if kind == iam.TrustPolicy {
			text = `{"Effect":"` + effect.String() + `","Action":"sts:*"`
		} else {
			text += `,"Resource":"*"`
		}
		switch {
		case kind == iam.ResourceControlPolicy || kind == iam.VPCEndpointPolicy:
			text += `,"Principal":"*"`
		case layer == iam.ResourcePolicy && effect == iam.Deny:
			text += `,"Principal":` + classEntries[a.kind]["direct"]
		case layer == iam.ResourcePolicy:
			text += `,"Principal":` + classEntries[a.kind][a.class]
		}
		key := "x:" + layer.String() + effect.String()
		switch outcome {
		case iam.NoMatch:
			text += `,"Condition":{"Null":{"` + key + `":"false"}}`
		case iam.Unknown:
			g.request.Context.Set(&iam.Key{Name: key, Origin: iam.NotKnown})
			text += `,"Condition":{"StringEquals":{"` + key + `":"yes"}}`
		}
		return text + `}`
	}
	text := `{"Version":"2012-10-17","Statement":[` + statement(iam.Deny, s.deny)
	if layer != iam.ResourceControlPolicy {
		text += "," + statement(iam.Allow, s.allow)
	}
	attached := g.attach(text+`]}`, kind)
	if attached == nil {
		panic("not a valid policy: " + text)
	}
	return attached
}

// drawAbstract makes an abstract request; most Denies don't match, so that the
// other steps have their turn.
func drawAbstract(random *rand.Rand) *abstract {
	kinds := []iam.PrincipalKind{iam.User, iam.RoleSession, iam.FederatedUser, iam.Root, iam.ServicePrincipal}
	a := &abstract{kind: kinds[random.IntN(len(kinds))], same: random.IntN(3) > 0, sides: map[iam.Layer]side{}}
	a.target = eval.ResourceKind(random.IntN(3))
	if a.kind == iam.FederatedUser && a.target == eval.RoleTrust {
		a.target = eval.Ordinary // STS lets no federated user call it
	}
	classes := []string{"direct", "any", "account", "role", "parent-user"}
	for a.class == "" || classEntries[a.kind][a.class] == "" {
		a.class = classes[random.IntN(len(classes))]
	}
	outcomes := []iam.Outcome{iam.Match, iam.Match, iam.NoMatch, iam.Unknown}
	denials := []iam.Outcome{iam.NoMatch, iam.NoMatch, iam.NoMatch, iam.NoMatch, iam.NoMatch, iam.NoMatch, iam.NoMatch, iam.Match, iam.Unknown}
	for _, layer := range iam.PolicyLayers() {
		s := side{random.IntN(3) > 0, outcomes[random.IntN(len(outcomes))], denials[random.IntN(len(denials))]}
		if layer == iam.ResourceControlPolicy {
			s.allow = iam.Match // S-193
		}
		s.there = s.there && a.canHave(layer)
		a.sides[layer] = s
	}
	return a
}

// canHave is the applicability part of section 0.2.
func (a *abstract) canHave(layer iam.Layer) bool {
	switch layer {
	case iam.TrustPolicy: // stands under ResourcePolicy here
		return false
	case iam.IdentityPolicy, iam.PermissionsBoundary:
		return a.kind != iam.Root && a.kind != iam.ServicePrincipal
	case iam.SessionPolicy:
		return a.kind == iam.RoleSession || a.kind == iam.FederatedUser
	case iam.ServiceControlPolicy:
		return a.kind != iam.ServicePrincipal
	}
	return true
}

func (a *abstract) describe() string {
	text := "kind " + strconv.Itoa(int(a.kind)) + " same account " + strconv.FormatBool(a.same) + " target " + strconv.Itoa(int(a.target)) + " class " + a.class + "\n"
	for _, layer := range iam.PolicyLayers() {
		if s := a.sides[layer]; s.there {
			text += "  " + layer.String() + ": allow " + s.allow.String() + ", deny " + s.deny.String() + "\n"
		}
	}
	return text
}

func TestTheCombinerIsSectionZeroTwo(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	seen := map[iam.Decision]int{}
	for range rounds(6000) {
		a := drawAbstract(random)
		want := a.decide()
		seen[want]++
		if got := a.evaluate(); got.Decision != want {
			t.Fatalf("engine: %s by %s; section 0.2: %s\n%s", got.Decision, got.By, want, a.describe())
		}
	}
	for _, decision := range []iam.Decision{iam.Allowed, iam.ExplicitDeny, iam.ImplicitDeny, iam.Depends} {
		if seen[decision] < rounds(300) {
			t.Errorf("%d of the requests were %s; want more", seen[decision], decision)
		}
	}
}
