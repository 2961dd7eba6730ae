package eval

import "fenceline/engine/iam"

// GateState is what a gate does with a request.
type GateState uint8

const (
	_ GateState = iota
	// Open: the request passes.
	Open
	// Shut: the request stops here.
	Shut
	// Absent: there is nothing here that limits.
	Absent
	// Aside: the resource's policy does not grant, and in the caller's own
	// account it need not (S-165).
	Aside
	// Unsettled: it depends on something that is not known.
	Unsettled
)

var gateStates = [...]string{"invalid", "open", "shut", "absent", "aside", "unknown"}

// String is "open", "shut", "absent", "aside" or "unknown".
func (s GateState) String() string { return gateStates[s] }

// MarshalText writes String.
func (s GateState) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Side says whose account a gate belongs to when caller and resource are of
// different accounts, which must both allow (S-225).
type Side uint8

const (
	// BothSides: the gate belongs to neither account alone, or there is but one.
	BothSides Side = iota
	// CallerSide: the caller's account.
	CallerSide
	// ResourceSide: the resource's account.
	ResourceSide
)

var sideNames = [...]string{"", "caller", "resource"}

// String is "", "caller" or "resource".
func (s Side) String() string { return sideNames[s] }

// MarshalText writes String.
func (s Side) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Gate is one step of the evaluation, in AWS's order (S-164).
type Gate struct {
	// Layer is NoLayer for the search for explicit denies.
	Layer iam.Layer
	// At is the organization's node, for SCPs and RCPs.
	At    string
	Side  Side
	State GateState
	// Class is how the resource's policy names the caller where it does.
	Class Class
	// Denies says that a Deny of the layer itself matches.
	Denies bool
	// Needed says that the answer needed this gate: nothing before it had settled the request.
	Needed bool
	// Decides marks the gate that settled the request; where both accounts grant, one in each.
	Decides bool
}

// gatekeeper puts the gates of one request together.
type gatekeeper struct {
	query
	facts   facts
	layers  *Layers
	verdict Verdict
	gates   []Gate
}

// Gates tells a recorded evaluation as a row of gates, in AWS's order. The
// verdict is the request's; it may know more than the trace, where something
// is unknown and every possibility was tried.
func Gates(l *Layers, r *Request, options iam.Options, v Verdict, trace *Trace) []Gate {
	k := gatekeeper{query: query{Request: r, options: options}, facts: trace.facts(), layers: l, verdict: v}
	k.first()
	k.levels(iam.ResourceControlPolicy, ResourceSide, trace)
	k.levels(iam.ServiceControlPolicy, CallerSide, trace)
	k.add(iam.VPCEndpointPolicy, BothSides, k.limit(iam.VPCEndpointPolicy, l.Endpoint))
	k.add(k.resourceLayer(), ResourceSide, k.resource())
	k.gates[len(k.gates)-1].Class = k.facts.classesThat(iam.Match)
	k.add(iam.IdentityPolicy, CallerSide, k.own())
	k.add(iam.PermissionsBoundary, CallerSide, k.limit(iam.PermissionsBoundary, l.Boundary))
	k.add(iam.SessionPolicy, CallerSide, k.sessionState())
	k.need()
	k.decide()
	return k.gates
}

// facts are what the layers said, as far as the trace shows it.
func (t *Trace) facts() facts {
	f := newFacts()
	for i := range t.Layers {
		layer := &t.Layers[i]
		f.allow[layer.Layer] = f.allow[layer.Layer].And(layer.Allow)
		f.deny[layer.Layer] = f.deny[layer.Layer].Or(layer.Deny)
		if layer.Layer != iam.ResourcePolicy && layer.Layer != iam.TrustPolicy {
			continue
		}
		for j := range layer.Policies {
			for k := range layer.Policies[j].Statements {
				if s := &layer.Policies[j].Statements[k]; s.Statement.Effect == iam.Allow {
					f.grant(s.Class, s.Outcome)
				}
			}
		}
	}
	return f
}

// first are the search for explicit denies and, where there is one, the rule
// of the service itself, in the order that the rule asks for.
func (k *gatekeeper) first() {
	explicit, _ := k.facts.explicit()
	denies := Gate{State: stateOf(explicit.Not()), Denies: explicit == iam.Match}
	rule, ok := k.serviceRule()
	service := Gate{Layer: iam.Service, State: Open}
	if rule.verdict.Decision != iam.Allowed {
		service.State = Shut
	}
	switch {
	case !ok:
		k.gates = append(k.gates, denies)
	case rule.denyFirst:
		k.gates = append(k.gates, denies, service)
	default:
		k.gates = append(k.gates, service, denies)
	}
}

// levels are the gates of an organization's nodes, all of which must allow (S-181).
func (k *gatekeeper) levels(layer iam.Layer, side Side, trace *Trace) {
	before := len(k.gates)
	for i := range trace.Layers {
		if t := &trace.Layers[i]; t.Layer == layer {
			k.add(layer, side, stateOf(t.Allow))
			gate := &k.gates[len(k.gates)-1]
			gate.At, gate.Denies = t.At, t.Deny == iam.Match
		}
	}
	if len(k.gates) == before {
		k.add(layer, side, Absent)
	}
}

func (k *gatekeeper) add(layer iam.Layer, side Side, state GateState) {
	if !k.across() {
		side = BothSides
	}
	k.gates = append(k.gates, Gate{Layer: layer, Side: side, State: state, Denies: k.facts.deny[layer] == iam.Match})
}

// across says whether two accounts must both allow (S-225).
func (k *gatekeeper) across() bool { return k.Principal.InAccount() && !k.sameAccount() }

func stateOf(allows iam.Outcome) GateState {
	switch allows {
	case iam.Match:
		return Open
	case iam.NoMatch:
		return Shut
	}
	return Unsettled
}

// classesThat are the classes of an outcome.
func (f *facts) classesThat(outcome iam.Outcome) Class {
	set := Class(0)
	for i := range f.classes {
		if f.classes[i] == outcome {
			set |= 1 << i
		}
	}
	return set
}

// limit is the state of a layer that is there or doesn't limit.
func (k *gatekeeper) limit(layer iam.Layer, policies []Attached) GateState {
	if policies == nil {
		return Absent
	}
	return stateOf(k.facts.allow[layer])
}

// sessionState is that of the session policy; a federated user must have one (S-172).
func (k *gatekeeper) sessionState() GateState {
	if k.Principal.Kind == iam.FederatedUser && k.layers.Session == nil {
		return Shut
	}
	return k.limit(iam.SessionPolicy, k.layers.Session)
}

// own is the state of the caller's own policies; a root user has none and
// needs none (S-179, S-227), and callers of no account have none.
func (k *gatekeeper) own() GateState {
	if k.Principal.Kind == iam.Root || !k.Principal.InAccount() {
		return Absent
	}
	return stateOf(k.identity(&k.facts, k.layers))
}

// resource is the state of the resource's policy: it must let in a caller of
// another account or of none (S-225, S-236), and whoever asks for a KMS key or
// a role (S-200, S-205). Otherwise it may grant, and need not (S-165).
func (k *gatekeeper) resource() GateState {
	classes := Direct | Any
	if k.Principal.InAccount() {
		classes |= ByRole | ByParent
	}
	if k.across() || k.sameAccount() && k.Kind != Ordinary {
		classes |= ByAccount
	}
	named := k.facts.named(classes)
	if k.crossesPartition() {
		named = iam.NoMatch // S-229
	}
	if state := stateOf(named); state != Shut || !k.sameAccount() || k.Kind != Ordinary {
		return state
	}
	if len(k.layers.Resource) == 0 {
		return Absent
	}
	return Aside
}

// around says whether the resource's policy grants by itself in the caller's
// own account: it then goes round what boundary, session policy and identity
// policies merely leave out (table T-D1, rows 1, 3, 4, 6, 8, 9).
func (k *gatekeeper) around() bool {
	return k.sameAccount() && k.alone(&k.facts) == iam.Match
}

// spared says whether the answer does without a gate, wherever it comes from.
func (k *gatekeeper) spared(layer iam.Layer) bool {
	switch layer {
	case iam.IdentityPolicy:
		return !k.Principal.InAccount() || k.around() || k.sameAccount() && k.facts.named(Direct|ByRole|ByParent) == iam.Match
	case iam.PermissionsBoundary, iam.SessionPolicy:
		return !k.Principal.InAccount() || k.around()
	}
	return false
}

// need marks the gates before which nothing had settled the request. Two
// accounts evaluate it independently, each up to its own shut gate.
func (k *gatekeeper) need() {
	var settled [len(sideNames)]bool
	for i := range k.gates {
		gate := &k.gates[i]
		gate.Needed = !settled[BothSides] && !settled[gate.Side] && !k.spared(gate.Layer)
		if gate.Needed && (gate.State == Shut || gate.Layer == iam.Service) {
			settled[gate.Side] = true
		}
	}
}

// decide marks the gates that settled the request.
func (k *gatekeeper) decide() {
	switch {
	case k.verdict.Decision == iam.Depends:
	case k.verdict.Reason == ExplicitDeny:
		k.settles(iam.NoLayer)
	case k.verdict.Reason == BothAccountsGrant:
		k.settles(k.resourceLayer())
		k.settles(iam.IdentityPolicy)
	default:
		k.settles(k.verdict.By)
	}
}

// settles marks the first gate of a layer that the answer needed; of a denial, the first that does not let pass.
func (k *gatekeeper) settles(layer iam.Layer) {
	for i := range k.gates {
		gate := &k.gates[i]
		passed := k.verdict.Decision != iam.Allowed && gate.State == Open
		if gate.Layer == layer && gate.Needed && !passed {
			gate.Decides = true
			return
		}
	}
}

// Intersection is what the caller's policies and his boundary say of a
// request: both must allow (S-169).
type Intersection struct {
	// Present says that there is a boundary; Boundary is Match where there is none.
	Present            bool
	Identity, Boundary iam.Outcome
	// Around says that the resource's policy grants, whatever boundary and
	// identity leave out.
	Around bool
	// Across says that the resource is another account's, where nothing goes
	// round the boundary (S-228).
	Across bool
	// Denies says that the boundary denies explicitly, which always acts (S-170).
	Denies bool
}

// Intersect answers for callers who can have a boundary (S-170, S-172): users, role sessions but
// for service-linked ones, and the sessions of users.
func Intersect(l *Layers, r *Request, options iam.Options, trace *Trace) (Intersection, bool) {
	switch kind := r.Principal.Kind; {
	case kind != iam.User && kind != iam.RoleSession && kind != iam.FederatedUser, r.Principal.ServiceLinked:
		return Intersection{}, false
	}
	k := gatekeeper{query: query{Request: r, options: options}, facts: trace.facts(), layers: l}
	says := func(layer iam.Layer, allow iam.Outcome) iam.Outcome { return allow.And(k.facts.deny[layer].Not()) }
	return Intersection{
		Present:  l.Boundary != nil,
		Identity: says(iam.IdentityPolicy, k.identity(&k.facts, l)),
		Boundary: says(iam.PermissionsBoundary, k.facts.allow[iam.PermissionsBoundary]),
		Around:   k.around() && k.facts.deny[iam.PermissionsBoundary] != iam.Match,
		Across:   k.across(),
		Denies:   k.facts.deny[iam.PermissionsBoundary] == iam.Match,
	}, true
}
