package eval_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// newRandom is a source of bytes that is the same every time.
func newRandom(seed byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{seed}) }

// FuzzEvaluate holds the engine to the reference evaluator: the same decision,
// from the same layer, traced or not; and where keys or the resource are
// unknown, a decision other than "depends" is one that every value gives.
func FuzzEvaluate(f *testing.F) {
	seeds(f, 200, 600)
	f.Fuzz(func(t *testing.T, data []byte) {
		compare(t, generate(data, 0))
		g := generate(data, 2)
		if len(g.unknown) > 0 || g.request.ResourceUnknown {
			compareUnknown(t, g, data)
		}
	})
}

// TestEngineAgreesWithTheReference is FuzzEvaluate over many fixed inputs.
func TestEngineAgreesWithTheReference(t *testing.T) {
	random := newRandom(2)
	decisions := map[refVerdict]int{}
	for range rounds(3000) {
		data := make([]byte, 500)
		random.Read(data)
		g := generate(data, 0)
		compare(t, g)
		decisions[refDecide(&g.layers, &g.request, g.options)]++
		if g := generate(data, 2); len(g.unknown) > 0 || g.request.ResourceUnknown {
			compareUnknown(t, g, data)
		}
		if t.Failed() {
			return
		}
	}
	if want := rounds(20); len(decisions) < want {
		t.Errorf("the generator reached %d ways of deciding, want %d: %v", len(decisions), want, decisions)
	}
}

// compare evaluates a request that is wholly known.
func compare(t *testing.T, g *generated) {
	t.Helper()
	request := eval.NewRequest(g.request)
	verdict := eval.Evaluate(&g.layers, request, g.options, nil)
	if traced := eval.Evaluate(&g.layers, request, g.options, &eval.Trace{}); traced != verdict {
		t.Fatalf("traced %s by %s, untraced %s by %s\n%s", traced.Decision, traced.By, verdict.Decision, verdict.By, g.describe())
	}
	want := refDecide(&g.layers, &g.request, g.options)
	if got := (refVerdict{verdict.Decision, verdict.By}); got != want {
		t.Fatalf("engine: %s by %s; reference: %s by %s\n%s", got.Decision, got.By, want.Decision, want.By, g.describe())
	}
}

// compareUnknown tries concrete values for what a request leaves open.
func compareUnknown(t *testing.T, g *generated, data []byte) {
	t.Helper()
	request := eval.NewRequest(g.request)
	verdict := eval.Evaluate(&g.layers, request, g.options, nil)
	if traced := eval.Evaluate(&g.layers, request, g.options, &eval.Trace{}); traced != verdict {
		t.Fatalf("traced %s by %s, untraced %s by %s\n%s", traced.Decision, traced.By, verdict.Decision, verdict.By, g.describe())
	}
	if verdict.Decision == iam.Depends {
		return
	}
	c := &choices{data: append([]byte{}, data...)}
	for range 40 {
		world := g.request
		world.Context = g.request.Context.Clone()
		for _, k := range generatedKeys {
			if key := world.Context.Get(lower(k.name)); key.Unknown() {
				world.Context.Set(c.anything(k))
			}
		}
		if world.ResourceUnknown {
			world.ResourceUnknown = false
			world.Resource = pick(c, generatedResources...)
			if elsewhere(&world) {
				continue
			}
		}
		if got := refDecide(&g.layers, &world, g.options); got.Decision != verdict.Decision {
			t.Fatalf("engine: %s whatever the unknown is; reference: %s with\n%s", verdict.Decision, got.Decision, (&generated{request: world, texts: g.texts}).describe())
		}
	}
}

// elsewhere says whether a resource is none that an unknown one may turn out to
// be: it lies in another partition than the caller, or is AWS's own.
func elsewhere(r *eval.Request) bool {
	ref := &reference{request: r}
	service, name, _ := strings.Cut(lower(r.Action), ":")
	return ref.crossesPartition() || refOwnedByAWS(service, name, r.Resource)
}
