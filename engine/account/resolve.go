package account

import (
	"slices"
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// Request is a request as it was written.
type Request struct {
	Kind      iam.PrincipalKind
	Principal string
	Action    string
	Resource  string
	// ResourceUnknown says that the resource is not known.
	ResourceUnknown bool
	// Context are the given keys; those of origin NotKnown have no values.
	Context []iam.Key
	// Derived are keys that follow from a call's parameters; given ones win.
	Derived []iam.Key
	Session *Session
}

// Resolved is a request with the policies that meet it.
type Resolved struct {
	Request *eval.Request
	Layers  *eval.Layers
	// Notes are what was assumed, or can't be told.
	Notes []string
	// Broken are the policies that meet the request and could not be decoded.
	Broken []string
}

// Caller is what follows from who asks alone: who it is, the context keys and
// the policies that all requests of the same principal and session meet. It
// must not be changed.
type Caller struct {
	principal *iam.Principal
	identity  *Identity
	context   *iam.Context
	layers    eval.Layers
	broken    []string
}

// Caller finds what the requests of one principal, of a session that is passed
// with the request, have in common.
func (a *Account) Caller(r *Request) *Caller {
	c := &Caller{context: &iam.Context{}}
	c.principal, c.identity = a.principal(r.Principal, r.Kind, r.Session)
	b := contextBuilder{a, c.context}
	b.principal(c.principal, c.identity, r.Session)
	a.ownLayers(c, r.Session)
	// Service-linked roles meet no SCPs (S-185), nor do callers other than those of an account (S-186).
	if !c.principal.ServiceLinked && c.principal.InAccount() {
		c.layers.SCP = a.levels(c.principal.Account, iam.ServiceControlPolicy, &c.broken)
	}
	return c
}

// Resolve finds what a request is decided by.
func (a *Account) Resolve(r *Request) *Resolved { return a.ResolveOf(a.Caller(r), r) }

// ResolveOf is Resolve for a request of a caller who is known already.
func (a *Account) ResolveOf(c *Caller, r *Request) *Resolved {
	target := a.target(r, c.principal)
	layers := c.layers
	out := &Resolved{Layers: &layers, Broken: slices.Clone(c.broken)}
	context := a.context(r, c.context, target)
	out.Request = eval.NewRequest(eval.Request{
		Principal: c.principal, Action: r.Action, Resource: r.Resource, ResourceUnknown: r.ResourceUnknown,
		Account: target.owner, Kind: target.kind, Context: context,
	})
	a.resourceLayer(out, target)
	a.endpoint(out, context)
	if !c.principal.ServiceLinked && meetsRCPs(r.Action, &target.arn) { // S-195
		layers.RCP = a.levels(target.owner, iam.ResourceControlPolicy, &out.Broken)
	}
	a.notes(out, r, c.principal, c.identity, target)
	return out
}

// target is what a request is about.
type target struct {
	arn        arn.ARN
	kind       eval.ResourceKind
	owner      string
	ownerKnown bool
	policy     string
	tags       []Tag
}

// target finds the resource's owner, policy and tags.
func (a *Account) target(r *Request, caller *iam.Principal) *target {
	t := &target{}
	if r.ResourceUnknown {
		t.owner = caller.Account
		return t
	}
	t.arn, _ = arn.Parse(r.Resource)
	t.kind = KindOf(&t.arn, r.Action)
	if arn.IsAccount(t.arn.Account) {
		t.owner = t.arn.Account
	}
	entry := a.resources[r.Resource]
	if entry != nil {
		t.tags = entry.Tags
	} else if bucket, ok := bucketOf(&t.arn); ok {
		entry = a.resources[bucket]
	}
	if entry != nil {
		t.policy = entry.Policy
		if entry.Account != "" {
			t.owner = entry.Account
		}
	}
	if identity := a.identities[r.Resource]; identity != nil && t.tags == nil {
		t.tags = identity.Tags
	}
	if t.kind == eval.RoleTrust {
		t.policy = ""
		if identity := a.identities[r.Resource]; identity != nil {
			t.policy = identity.Trust
		}
	}
	t.ownerKnown = t.owner != ""
	if !t.ownerKnown {
		t.owner = caller.Account // UNDOCUMENTED: U-31
	}
	return t
}

// KindOf tells resources with rules of their own, as the action meets them.
func KindOf(a *arn.ARN, action string) eval.ResourceKind {
	service, _, _ := strings.Cut(strings.ToLower(action), ":")
	switch {
	case service == "sts" && a.Service == "iam" && strings.HasPrefix(a.Resource, "role/"):
		return eval.RoleTrust
	case service == "kms" && a.Service == "kms" && strings.HasPrefix(a.Resource, "key/"):
		return eval.KMSKey
	}
	return eval.Ordinary
}

// bucketOf is the ARN of the bucket that holds an S3 object.
func bucketOf(a *arn.ARN) (string, bool) {
	bucket, _, isObject := strings.Cut(a.Resource, "/")
	if a.Service != "s3" || a.Region != "" || a.Account != "" || !isObject {
		return "", false
	}
	return strings.TrimSuffix(a.Text, a.Resource) + bucket, true
}

// context adds the keys of the resource and the call to the caller's, and lets
// what the request gives win.
func (a *Account) context(r *Request, callers *iam.Context, target *target) *iam.Context {
	b := contextBuilder{a, callers.Clone()}
	b.resource(target)
	b.request(r.Action, &target.arn, r.Context)
	for i := range r.Derived {
		key := r.Derived[i]
		Merge(b.context, &key, iam.Derived)
	}
	for i := range r.Context {
		key := r.Context[i]
		Merge(b.context, &key, key.Origin)
	}
	return b.context
}

// ownLayers are the layers that the caller brings: identity, boundary, session.
func (a *Account) ownLayers(c *Caller, session *Session) {
	l, identity := &c.layers, c.identity
	switch c.principal.Kind {
	case iam.User, iam.RoleSession, iam.FederatedUser:
		l.Identity = []eval.Attached{}
	case iam.Root:
	default:
		return
	}
	if session != nil && len(session.Policies) > 0 { // S-173; S-235 for root sessions
		l.Session = a.attached([]eval.Attached{}, session.Policies, iam.SessionPolicy, "", &c.broken)
	}
	if identity == nil {
		return
	}
	l.Identity = a.attached(l.Identity, identity.Policies, iam.IdentityPolicy, "", &c.broken)
	for _, name := range identity.Groups { // S-167
		if group := a.identities[name]; group != nil {
			l.Identity = a.attached(l.Identity, group.Policies, iam.IdentityPolicy, group.ARN, &c.broken)
		}
	}
	if identity.Boundary != "" {
		l.Boundary = a.attached([]eval.Attached{}, []string{identity.Boundary}, iam.PermissionsBoundary, "", &c.broken)
	}
}

func (a *Account) resourceLayer(out *Resolved, target *target) {
	if target.policy == "" {
		return
	}
	layer := iam.ResourcePolicy
	if target.kind == eval.RoleTrust {
		layer = iam.TrustPolicy
	}
	out.Layers.Resource = a.attached(nil, []string{target.policy}, layer, "", &out.Broken)
}

// endpoint finds the endpoint that the request came through (S-220).
func (a *Account) endpoint(out *Resolved, context *iam.Context) {
	key := context.Get("aws:sourcevpce")
	if key.Missing() || key.Unknown() {
		return
	}
	for _, endpoint := range a.Endpoints {
		if endpoint.ID == key.Values[0] && endpoint.Policy != "" {
			out.Layers.Endpoint = a.attached([]eval.Attached{}, []string{endpoint.Policy}, iam.VPCEndpointPolicy, "", &out.Broken)
			out.Layers.Gateway = endpoint.Gateway
		}
	}
}

// meetsRCPs is S-192 and the exemptions of S-195 that a request shows.
func meetsRCPs(action string, resource *arn.ARN) bool {
	service, name, _ := strings.Cut(strings.ToLower(action), ":")
	awsKey := resource.Service == "kms" && strings.HasPrefix(resource.Resource, "alias/aws/")
	return iam.SupportsRCP(service) && !(service == "kms" && (name == "retiregrant" || awsKey))
}

func (a *Account) levels(account string, layer iam.Layer, broken *[]string) []eval.Level {
	var levels []eval.Level
	at := ""
	for _, node := range a.path(account) {
		at = strings.TrimPrefix(at+"/"+node.ID, "/")
		names := node.SCPs
		if layer == iam.ResourceControlPolicy {
			names = node.RCPs
		}
		levels = append(levels, eval.Level{At: at, Policies: a.attached([]eval.Attached{}, names, layer, "", broken)})
	}
	return levels
}

// notes say what was assumed and what the engine does not model.
func (a *Account) notes(out *Resolved, r *Request, caller *iam.Principal, identity *Identity, target *target) {
	note := func(text string) { out.Notes = append(out.Notes, text) }
	switch {
	case r.ResourceUnknown:
		note("the resource is not known; it is taken to be one of the caller's account that AWS does not own, or one that the scenario lists")
	case !target.ownerKnown && caller.InAccount() && r.Resource != "*":
		note("the ARN does not show who owns the resource; the caller's account is taken to be the owner")
	}
	switch caller.Kind {
	case iam.User, iam.RoleSession:
		if identity == nil {
			note("the scenario does not list the principal's identity, so it has no policies of its own")
		}
	case iam.FederatedUser:
		if identity == nil {
			note("the scenario does not list the user who made the session (`session.user`), so the session has no policies of its user")
		}
	}
	switch {
	case target.kind == eval.KMSKey && target.policy == "":
		note("every KMS key has a key policy; the scenario gives none for this key, so nothing lets the caller in (S-200)")
	case target.kind == eval.RoleTrust && target.policy == "":
		note("the scenario gives no trust policy for this role, so nothing lets the caller in (S-205)")
	case target.kind == eval.KMSKey:
		note("KMS grants are not modelled; a grant could allow what the key policy does not (S-204)")
	case target.arn.Service == "s3":
		note("S3 access control lists and Block Public Access are not modelled (S-238)")
	}
}
