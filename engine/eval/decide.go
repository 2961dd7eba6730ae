package eval

import (
	"strings"

	"fenceline/engine/iam"
)

// Verdict is the decision and what settled it.
type Verdict struct {
	Decision iam.Decision
	// By is the layer that settled a deny, or whose grant sufficed for an
	// allow; NoLayer when the decision depends.
	By     iam.Layer
	Reason Reason
}

// Evaluate decides a request against the policies that meet it. With a nil
// trace nothing is recorded and nothing allocated.
func Evaluate(l *Layers, r *Request, options iam.Options, trace *Trace) Verdict {
	q := query{Request: r, options: options, bounded: l.Boundary != nil, gateway: l.Gateway, trace: trace}
	f := newFacts()
	q.gather(&f, l)
	return q.decide(&f, l)
}

// decide is the whole rule, in AWS's order (S-164): a rule of the service
// itself, explicit denies, then the guards that must all allow, then the grant.
func (q *query) decide(f *facts, l *Layers) Verdict {
	explicit, denier := f.explicit()
	if rule, ok := q.serviceRule(); ok {
		if rule.denyFirst && explicit == iam.Match {
			return Verdict{iam.ExplicitDeny, denier, ExplicitDeny}
		}
		if !rule.denyFirst || explicit == iam.NoMatch {
			return rule.verdict
		}
		return open(rule.verdict.Decision != iam.Allowed)
	}
	if explicit == iam.Match { // S-163
		return Verdict{iam.ExplicitDeny, denier, ExplicitDeny}
	}
	granted, verdict := q.granted(f, l)
	for _, guard := range guards {
		if f.allow[guard.By] == iam.NoMatch {
			verdict = guard
			granted = iam.NoMatch
			break
		}
		granted = granted.And(f.allow[guard.By])
	}
	if explicit == iam.Unknown || granted == iam.Unknown {
		return open(granted == iam.NoMatch)
	}
	return verdict
}

// open is the verdict where something unknown decides, be it only between two
// ways of denying.
func open(denied bool) Verdict {
	if denied {
		return Verdict{Decision: iam.Depends, Reason: DeniedAnyway}
	}
	return Verdict{Decision: iam.Depends, Reason: Undetermined}
}

// guards limit everybody whom they meet and grant nothing (S-187, S-197, S-220).
var guards = [...]Verdict{
	{iam.ImplicitDeny, iam.ResourceControlPolicy, GuardSilent},
	{iam.ImplicitDeny, iam.ServiceControlPolicy, GuardSilent},
	{iam.ImplicitDeny, iam.VPCEndpointPolicy, GuardSilent},
}

// explicit says whether some Deny matches, and the layer that is named for it.
//
// UNDOCUMENTED: which of several layers AWS names (S-311).
func (f *facts) explicit() (iam.Outcome, iam.Layer) {
	some, denier := iam.NoMatch, iam.NoLayer
	for layer, deny := range f.deny {
		if deny == iam.Match && denier == iam.NoLayer {
			denier = iam.Layer(layer)
		}
		some = some.Or(deny)
	}
	return some, denier
}

// granted asks for a grant, by the kind of caller and whose the resource is.
func (q *query) granted(f *facts, l *Layers) (iam.Outcome, Verdict) {
	switch {
	case !q.Principal.InAccount():
		return q.grantedOutside(f)
	case q.sameAccount():
		return q.grantedWithin(f, l)
	}
	return q.grantedAcross(f, l)
}

// grantedOutside is for services, anonymous callers and identity providers:
// only the resource's policy speaks for them (S-211, S-236, S-237).
func (q *query) grantedOutside(f *facts) (iam.Outcome, Verdict) {
	named := f.named(Direct | Any)
	if named == iam.Match {
		return named, Verdict{iam.Allowed, q.resourceLayer(), ResourceGrantsOutside}
	}
	return named, Verdict{iam.ImplicitDeny, q.resourceLayer(), ResourceSilentOutside}
}

// grantedWithin is for a caller of the resource's own account: a grant by the
// resource's policy or by the identity's policies (S-165), each inside what
// limits it (table T-D1).
func (q *query) grantedWithin(f *facts, l *Layers) (iam.Outcome, Verdict) {
	boundary, session := f.allow[iam.PermissionsBoundary], q.session(f, l)
	resource := q.resourceLayer()

	alone := q.alone(f)
	// Rows 5 and 10: named by role or parent user; boundary and session limit.
	limited := f.named(ByRole | ByParent)
	limitedGrant := limited.And(boundary).And(session)
	// Identity policies, which some resources must let in first (S-200, S-205).
	gate := iam.Match
	if q.Kind != Ordinary {
		gate = f.named(ByAccount)
	}
	identity := q.identity(f, l)
	own := identity.And(boundary).And(session).And(gate)

	granted := alone.Or(limitedGrant).Or(own)
	switch {
	case alone == iam.Match:
		return granted, Verdict{iam.Allowed, resource, ResourceGrants}
	case limitedGrant == iam.Match:
		return granted, Verdict{iam.Allowed, resource, ResourceGrantsLimited}
	case own == iam.Match && q.Principal.Kind == iam.Root:
		return granted, Verdict{iam.Allowed, iam.IdentityPolicy, RootOwns}
	case own == iam.Match:
		return granted, Verdict{iam.Allowed, iam.IdentityPolicy, IdentityGrants}
	case limited == iam.Match, f.named(Direct) == iam.Match:
		gate, identity = iam.Match, iam.Match // only the limits are in the way
	}
	return granted, q.refused(gate, identity, boundary, session)
}

// alone says whether the resource's policy suffices by itself: it names the
// caller directly or by `*`, and nothing silent limits (rows 1, 3, 4, 6, 8, 9).
func (q *query) alone(f *facts) iam.Outcome {
	if q.Kind == RoleTrust && q.options.BoundaryLimitsTrustedUser && q.Principal.Kind == iam.User {
		return f.named(Any).Or(f.named(Direct).And(f.allow[iam.PermissionsBoundary])) // S-208
	}
	return f.named(Direct | Any)
}

// grantedAcross is for a caller of another account: his side and the
// resource's must both allow (S-225), whatever names him (S-228).
func (q *query) grantedAcross(f *facts, l *Layers) (iam.Outcome, Verdict) {
	named := f.named(Direct | Any | ByRole | ByParent | ByAccount)
	if q.crossesPartition() {
		named = iam.NoMatch // S-229
	}
	identity, boundary, session := q.identity(f, l), f.allow[iam.PermissionsBoundary], q.session(f, l)
	granted := named.And(identity).And(boundary).And(session)
	if granted == iam.Match {
		return granted, Verdict{iam.Allowed, iam.IdentityPolicy, BothAccountsGrant}
	}
	verdict := q.refused(named, identity, boundary, session)
	if verdict.Reason == ResourceSilent {
		verdict.Reason = ResourceSilentAcross
	}
	return granted, verdict
}

// refused names the first layer, in AWS's order, that did not allow.
func (q *query) refused(resource, identity, boundary, session iam.Outcome) Verdict {
	steps := [...]struct {
		outcome iam.Outcome
		layer   iam.Layer
		reason  Reason
	}{
		{resource, q.resourceLayer(), ResourceSilent},
		{identity, iam.IdentityPolicy, IdentitySilent},
		{boundary, iam.PermissionsBoundary, BoundarySilent},
		{session, iam.SessionPolicy, SessionSilent},
	}
	for _, step := range steps {
		if step.outcome == iam.NoMatch {
			return Verdict{iam.ImplicitDeny, step.layer, step.reason}
		}
	}
	return Verdict{Decision: iam.Depends, Reason: Undetermined}
}

// identity says whether the caller's own policies allow. A root user has none
// and needs none (S-179, S-227), but for KMS keys and trust policies, where
// the account's delegation names him directly (S-089).
func (q *query) identity(f *facts, l *Layers) iam.Outcome {
	switch {
	case q.Principal.Kind == iam.Root:
		return iam.Match
	case l.Identity == nil:
		return iam.NoMatch
	}
	return f.allow[iam.IdentityPolicy]
}

// session says whether the session policy lets the request pass. A federated
// user without one has no permissions of his user (S-172).
func (q *query) session(f *facts, l *Layers) iam.Outcome {
	if q.Principal.Kind == iam.FederatedUser && l.Session == nil {
		return iam.NoMatch
	}
	return f.allow[iam.SessionPolicy]
}

// resourceLayer is the layer of the policy on the request's resource.
func (q *query) resourceLayer() iam.Layer {
	if q.Kind == RoleTrust {
		return iam.TrustPolicy
	}
	return iam.ResourcePolicy
}

// serviceDecision is what a rule of the service itself says; with denyFirst an
// explicit Deny comes before it.
type serviceDecision struct {
	verdict   Verdict
	denyFirst bool
}

// serviceRule finds such a rule: what STS lets nobody or everybody do, and
// what AWS owns.
func (q *query) serviceRule() (serviceDecision, bool) {
	refuse := func(reason Reason) Verdict { return Verdict{iam.ImplicitDeny, iam.Service, reason} }
	kind := q.Principal.Kind
	if q.service == "sts" && q.Principal.InAccount() {
		switch {
		case q.name == "getcalleridentity": // S-214
			return serviceDecision{Verdict{iam.Allowed, iam.Service, AlwaysAllowed}, false}, true
		case q.name == "getsessiontoken" && (kind == iam.User || kind == iam.Root): // UNDOCUMENTED: that a Deny works (U-26)
			return serviceDecision{Verdict{iam.Allowed, iam.Service, NeedsNoPermission}, true}, true
		case kind == iam.RoleSession && (q.name == "getsessiontoken" || q.name == "getfederationtoken"):
			return serviceDecision{refuse(SessionMayNot), false}, true
		case q.Kind == RoleTrust && kind == iam.Root: // S-205
			return serviceDecision{refuse(RootMayNotAssume), false}, true
		}
	}
	if kind == iam.FederatedUser && (q.service == "iam" || q.service == "sts") { // S-214
		return serviceDecision{refuse(SessionMayNot), false}, true
	}
	if q.ownedByAWS() {
		return serviceDecision{refuse(OwnedByAWS), true}, true
	}
	return serviceDecision{}, false
}

// freeOnOwned are the IAM actions that only read, by the start of their names.
var freeOnOwned = []string{"get", "list", "generate", "simulate"}

// readsOwned says whether an IAM action only reads.
func readsOwned(name string) bool {
	for _, prefix := range freeOnOwned {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// changesAlias says whether a KMS action changes an alias.
func changesAlias(name string) bool {
	return name == "createalias" || name == "updatealias" || name == "deletealias"
}

// ownedByAWS is S-240: what AWS owns can't be changed.
func (q *query) ownedByAWS() bool {
	if len(q.forms) == 0 {
		return false
	}
	a := &q.forms[0]
	switch q.service {
	case "iam":
		awsOwns := a.Account == "aws" && strings.HasPrefix(a.Resource, "policy/") || strings.HasPrefix(a.Resource, "role/aws-reserved/")
		return a.Service == "iam" && awsOwns && !readsOwned(q.name)
	case "kms":
		return changesAlias(q.name) && a.Service == "kms" && strings.HasPrefix(a.Resource, "alias/aws/")
	}
	return false
}
