package eval_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
)

// forEach calls a property with many generated evaluations, each wholly known.
func forEach(t *testing.T, count int, property func(t *testing.T, g *generated, random *rand.Rand)) {
	t.Helper()
	bytes := newRandom(7)
	for range rounds(count) {
		data := make([]byte, 500)
		bytes.Read(data)
		property(t, generate(data, 0), rand.New(rand.NewPCG(uint64(data[0]), uint64(data[1]))))
		if t.Failed() {
			return
		}
	}
}

func (g *generated) decide() eval.Verdict {
	return eval.Evaluate(&g.layers, eval.NewRequest(g.request), g.options, nil)
}

// policyLists are the places of single lists of policies in the layers.
func policyLists(l *eval.Layers) []*[]eval.Attached {
	return []*[]eval.Attached{&l.Identity, &l.Boundary, &l.Session, &l.Endpoint, &l.Resource}
}

// remade is the layers with every document exchanged for another.
func remade(l eval.Layers, change func(*policy.Document) *policy.Document) eval.Layers {
	all := func(list []eval.Attached) []eval.Attached {
		list = slices.Clone(list)
		for i := range list {
			list[i].Policy = eval.Compile(change(list[i].Policy.Document))
		}
		return list
	}
	for _, list := range policyLists(&l) {
		*list = all(*list)
	}
	for _, levels := range []*[]eval.Level{&l.SCP, &l.RCP} {
		*levels = slices.Clone(*levels)
		for i := range *levels {
			(*levels)[i].Policies = all((*levels)[i].Policies)
		}
	}
	return l
}

// denying adds a Deny to the layer, making the layer if there is none; false
// where such a caller can't have the layer.
func (g *generated) denying(layer iam.Layer, statement string) (eval.Layers, bool) {
	l, p := g.layers, g.request.Principal
	text := `{"Version":"2012-10-17","Statement":[{"Effect":"Deny",` + statement + `}]}`
	added := (&generated{}).attach(text, layer)
	more := func(list []eval.Attached) []eval.Attached { return append(slices.Clone(list), added...) }
	has := p.InAccount() && p.Kind != iam.Root
	switch layer {
	case iam.IdentityPolicy:
		l.Identity = more(l.Identity)
	case iam.PermissionsBoundary:
		l.Boundary = more(l.Boundary)
	case iam.SessionPolicy:
		l.Session = more(l.Session)
	case iam.ServiceControlPolicy:
		l.SCP, has = append(slices.Clone(l.SCP), eval.Level{At: "more", Policies: added}), p.InAccount()
	case iam.ResourceControlPolicy:
		l.RCP, has = append(slices.Clone(l.RCP), eval.Level{At: "more", Policies: added}), true
	case iam.VPCEndpointPolicy:
		l.Endpoint, has = more(l.Endpoint), true
	default:
		l.Resource, has = more(l.Resource), layer == iam.TrustPolicy == (g.request.Kind == eval.RoleTrust)
		has = has && (layer != iam.TrustPolicy || p.InAccount()) // S-022: `*` there is AWS principals only
	}
	return l, has && added != nil
}

// everything is a statement that matches every request, but for its effect.
func everything(layer iam.Layer) string {
	switch layer {
	case iam.TrustPolicy:
		return `"Principal":{"AWS":"*"},"Action":"sts:*"`
	case iam.ResourceControlPolicy:
		return `"Principal":"*","Action":["s3:*","sts:*","kms:*","logs:*"],"Resource":"*"`
	case iam.ResourcePolicy, iam.VPCEndpointPolicy:
		return `"Principal":"*","Action":"*","Resource":"*"`
	}
	return `"Action":"*","Resource":"*"`
}

func TestAnExplicitDenyOverridesEveryAllow(t *testing.T) {
	forEach(t, 400, func(t *testing.T, g *generated, _ *rand.Rand) {
		for _, layer := range iam.PolicyLayers() {
			l, has := g.denying(layer, everything(layer))
			if !has || layer == iam.ResourceControlPolicy && !iam.SupportsRCP(strings.Split(g.request.Action, ":")[0]) {
				continue
			}
			if layer == iam.ResourceControlPolicy && strings.HasPrefix(g.request.Action, "iam:") {
				continue
			}
			verdict := eval.Evaluate(&l, eval.NewRequest(g.request), g.options, nil)
			switch {
			case verdict.Reason == eval.AlwaysAllowed, verdict.Reason == eval.SessionMayNot, verdict.Reason == eval.RootMayNotAssume:
				// S-214, S-205: settled before any policy is asked
			case verdict.Decision != iam.ExplicitDeny:
				t.Fatalf("%s in spite of a Deny in the %s\n%s", verdict.Decision, layer, g.describe())
			}
		}
	})
}

// neverGrants takes a layer away from allowed requests: they stay allowed.
func neverGrants(t *testing.T, remove func(l *eval.Layers, p *iam.Principal) bool) {
	t.Helper()
	seen := 0
	forEach(t, 4000, func(t *testing.T, g *generated, _ *rand.Rand) {
		if g.decide().Decision != iam.Allowed {
			return
		}
		l := g.layers
		if !remove(&l, g.request.Principal) {
			return
		}
		seen++
		if verdict := eval.Evaluate(&l, eval.NewRequest(g.request), g.options, nil); verdict.Decision != iam.Allowed {
			t.Fatalf("allowed, but without the layer %s by %s\n%s", verdict.Decision, verdict.By, g.describe())
		}
	})
	if seen < rounds(15) {
		t.Errorf("only %d requests were allowed with the layer", seen)
	}
}

func TestABoundaryNeverGrants(t *testing.T) {
	neverGrants(t, func(l *eval.Layers, _ *iam.Principal) bool {
		has := l.Boundary != nil
		l.Boundary = nil
		return has
	})
}

// A federated user has nothing without a session policy, so that his counts
// as a condition rather than a limit (S-172).
func TestASessionPolicyNeverGrants(t *testing.T) {
	neverGrants(t, func(l *eval.Layers, p *iam.Principal) bool {
		has := l.Session != nil && p.Kind != iam.FederatedUser
		l.Session = nil
		return has
	})
}

func TestAServiceControlPolicyNeverGrants(t *testing.T) {
	neverGrants(t, func(l *eval.Layers, _ *iam.Principal) bool {
		has := len(l.SCP) > 0
		l.SCP = nil
		return has
	})
}

func TestAResourceControlPolicyNeverGrants(t *testing.T) {
	neverGrants(t, func(l *eval.Layers, _ *iam.Principal) bool {
		has := len(l.RCP) > 0
		l.RCP = nil
		return has
	})
}

func TestAnEndpointPolicyNeverGrants(t *testing.T) {
	neverGrants(t, func(l *eval.Layers, _ *iam.Principal) bool {
		has := l.Endpoint != nil
		l.Endpoint = nil
		return has
	})
}

func shuffled[T any](random *rand.Rand, list []T) []T {
	list = slices.Clone(list)
	random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

func TestStatementOrderIsIrrelevant(t *testing.T) {
	forEach(t, 1500, func(t *testing.T, g *generated, random *rand.Rand) {
		l := remade(g.layers, func(d *policy.Document) *policy.Document {
			other := *d
			other.Statements = shuffled(random, d.Statements)
			return &other
		})
		for _, list := range policyLists(&l) {
			*list = shuffled(random, *list)
		}
		sameVerdict(t, g, &l)
	})
}

func TestEntryOrderIsIrrelevant(t *testing.T) {
	forEach(t, 1500, func(t *testing.T, g *generated, random *rand.Rand) {
		l := remade(g.layers, func(d *policy.Document) *policy.Document {
			other := *d
			other.Statements = slices.Clone(d.Statements)
			for i := range other.Statements {
				shuffleEntries(random, &other.Statements[i])
			}
			return &other
		})
		sameVerdict(t, g, &l)
	})
}

func shuffleEntries(random *rand.Rand, s *policy.Statement) {
	s.Action.Values = shuffled(random, s.Action.Values)
	if s.Resource != nil {
		resource := *s.Resource
		resource.Values = shuffled(random, resource.Values)
		s.Resource = &resource
	}
	if s.Principal != nil {
		principal := *s.Principal
		principal.Entries = shuffled(random, principal.Entries)
		s.Principal = &principal
	}
	s.Conditions = shuffled(random, s.Conditions)
	for i := range s.Conditions {
		s.Conditions[i].Values = shuffled(random, s.Conditions[i].Values)
	}
}

func sameVerdict(t *testing.T, g *generated, l *eval.Layers) {
	t.Helper()
	before := g.decide()
	if after := eval.Evaluate(l, eval.NewRequest(g.request), g.options, nil); after != before {
		t.Fatalf("%s by %s became %s by %s\n%s", before.Decision, before.By, after.Decision, after.By, g.describe())
	}
}

func TestAddingADenyNeverTurnsADenialIntoAnAllow(t *testing.T) {
	layers := iam.PolicyLayers()
	forEach(t, 3000, func(t *testing.T, g *generated, random *rand.Rand) {
		if g.decide().Decision == iam.Allowed {
			return
		}
		layer := layers[random.IntN(len(layers))]
		statement := everything(layer)
		if random.IntN(2) == 0 {
			statement += `,"Condition":{"StringEquals":{"aws:username":"Alice"}}`
		}
		l, has := g.denying(layer, statement)
		if !has {
			return
		}
		if verdict := eval.Evaluate(&l, eval.NewRequest(g.request), g.options, nil); verdict.Decision == iam.Allowed {
			t.Fatalf("a Deny in the %s allowed it\n%s", layer, g.describe())
		}
	})
}

func TestRemovingAStatementThatDoesNotMatchChangesNothing(t *testing.T) {
	forEach(t, 1500, func(t *testing.T, g *generated, _ *rand.Rand) {
		var trace eval.Trace
		eval.Evaluate(&g.layers, eval.NewRequest(g.request), g.options, &trace)
		silent := map[*policy.Statement]bool{}
		for _, layer := range trace.Layers {
			for _, p := range layer.Policies {
				for _, s := range p.Statements {
					silent[s.Statement] = s.Outcome == iam.NoMatch
				}
			}
		}
		l := remade(g.layers, func(d *policy.Document) *policy.Document {
			other := *d
			other.Statements = nil
			for i := range d.Statements {
				if !silent[&d.Statements[i]] {
					other.Statements = append(other.Statements, d.Statements[i])
				}
			}
			return &other
		})
		sameVerdict(t, g, &l)
	})
}
