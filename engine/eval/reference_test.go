package eval_test

import (
	"regexp"
	"strings"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
)

// The reference evaluator: the rules once more, written from their text alone,
// slow and obvious. It shares the nouns with the engine and nothing else, and
// knows no unknown keys: every request that it decides is wholly known.

// reference is one request with the policies that meet it.
type reference struct {
	layers  *eval.Layers
	request *eval.Request
	options iam.Options
}

// refVerdict is a decision and the layer that settled it.
type refVerdict struct {
	Decision iam.Decision
	By       iam.Layer
}

// refDecide decides a request (section 0.2).
func refDecide(l *eval.Layers, r *eval.Request, o iam.Options) refVerdict {
	ref := &reference{layers: l, request: r, options: o}
	denied, denier := ref.explicitDeny()
	if v, settled := ref.serviceRule(denied, denier); settled { // step 0
		return v
	}
	if denied { // step 1
		return refVerdict{iam.ExplicitDeny, denier}
	}
	if guard, silent := ref.silentGuard(); silent { // steps 2 to 4
		return refVerdict{iam.ImplicitDeny, guard}
	}
	return ref.grant() // steps 5 to 7
}

// refLayer is one kind of policy with all documents of it.
type refLayer struct {
	layer     iam.Layer
	documents []eval.Attached
}

// gathered lists all documents in the order of S-164.
func (ref *reference) gathered() []refLayer {
	l := ref.layers
	list := []refLayer{
		{iam.ResourceControlPolicy, refFlatten(l.RCP)},
		{iam.ServiceControlPolicy, refFlatten(l.SCP)},
		{iam.VPCEndpointPolicy, l.Endpoint},
		{ref.resourceLayer(), l.Resource},
		{iam.IdentityPolicy, l.Identity},
		{iam.PermissionsBoundary, l.Boundary},
		{iam.SessionPolicy, l.Session},
	}
	return list
}

// resourceLayer is the resource's policy, which for a role is its trust policy.
func (ref *reference) resourceLayer() iam.Layer {
	if ref.request.Kind == eval.RoleTrust {
		return iam.TrustPolicy
	}
	return iam.ResourcePolicy
}

func refFlatten(levels []eval.Level) []eval.Attached {
	var all []eval.Attached
	for _, level := range levels {
		all = append(all, level.Policies...)
	}
	return all
}

// explicitDeny is S-163: a matching Deny in any document; the first layer of
// S-164 with one is named (S-311).
func (ref *reference) explicitDeny() (bool, iam.Layer) {
	for _, g := range ref.gathered() {
		for _, a := range g.documents {
			for i := range a.Policy.Document.Statements {
				s := &a.Policy.Document.Statements[i]
				if s.Effect == iam.Deny && ref.statementMatches(a.Policy.Document, s) {
					return true, g.layer
				}
			}
		}
	}
	return false, iam.NoLayer
}

// silentGuard is S-181, S-193 and S-220: each level of RCPs and SCPs, and the
// endpoint, needs a matching Allow.
func (ref *reference) silentGuard() (iam.Layer, bool) {
	for _, level := range ref.layers.RCP {
		if !ref.allows(level.Policies) {
			return iam.ResourceControlPolicy, true
		}
	}
	for _, level := range ref.layers.SCP {
		if !ref.allows(level.Policies) {
			return iam.ServiceControlPolicy, true
		}
	}
	if ref.layers.Endpoint != nil && !ref.allows(ref.layers.Endpoint) {
		return iam.VPCEndpointPolicy, true
	}
	return iam.NoLayer, false
}

// allows says whether some statement of some document allows (S-168).
func (ref *reference) allows(documents []eval.Attached) bool {
	for _, a := range documents {
		for i := range a.Policy.Document.Statements {
			s := &a.Policy.Document.Statements[i]
			if s.Effect == iam.Allow && ref.statementMatches(a.Policy.Document, s) {
				return true
			}
		}
	}
	return false
}

// serviceRule is step 0: S-214, S-240, and for the root user S-205.
func (ref *reference) serviceRule(denied bool, denier iam.Layer) (refVerdict, bool) {
	r, p := ref.request, ref.request.Principal
	action := strings.ToLower(r.Action)
	service := strings.Split(action, ":")[0]
	allowed := refVerdict{iam.Allowed, iam.Service}
	refused := refVerdict{iam.ImplicitDeny, iam.Service}
	switch {
	case action == "sts:getcalleridentity" && p.InAccount(): // only signed calls have an identity
		return allowed, true
	case p.Kind == iam.FederatedUser && (service == "iam" || service == "sts"):
		return refused, true
	case p.Kind == iam.RoleSession && (action == "sts:getsessiontoken" || action == "sts:getfederationtoken"):
		return refused, true
	case action == "sts:getsessiontoken" && p.InAccount(): // U-26
		if denied {
			return refVerdict{iam.ExplicitDeny, denier}, true
		}
		return allowed, true
	case p.Kind == iam.Root && r.Kind == eval.RoleTrust:
		return refused, true
	case !r.ResourceUnknown && refOwnedByAWS(service, strings.TrimPrefix(action, service+":"), r.Resource):
		if denied { // S-240: "still reported as such"
			return refVerdict{iam.ExplicitDeny, denier}, true
		}
		return refused, true
	}
	return refVerdict{}, false
}

var (
	refManagedPolicy = regexp.MustCompile(`^arn:[^:]*:iam::aws:policy/`)
	refReservedRole  = regexp.MustCompile(`^arn:[^:]*:iam::[^:]*:role/aws-reserved/`)
	refServiceAlias  = regexp.MustCompile(`^arn:[^:]*:kms:[^:]*:[^:]*:alias/aws/`)
	refReadsOnly     = regexp.MustCompile(`^(generate|get|list|simulate)`)
	refAliasChange   = regexp.MustCompile(`^(create|update|delete)alias$`)
)

// refOwnedByAWS is S-240.
func refOwnedByAWS(service, name, resource string) bool {
	switch service {
	case "iam":
		return !refReadsOnly.MatchString(name) &&
			(refManagedPolicy.MatchString(resource) || refReservedRole.MatchString(resource))
	case "kms":
		return refAliasChange.MatchString(name) && refServiceAlias.MatchString(resource)
	}
	return false
}

// grant is steps 5 to 7.
func (ref *reference) grant() refVerdict {
	var (
		r, p   = ref.request, ref.request.Principal
		here   = ref.resourceLayer()
		rb     = ref.resourceClasses()
		id     = ref.allows(ref.layers.Identity)
		pb     = ref.layers.Boundary == nil || ref.allows(ref.layers.Boundary)
		sp     = ref.sessionAllows()
		silent = func(l iam.Layer) refVerdict { return refVerdict{iam.ImplicitDeny, l} }
	)
	if !p.InAccount() { // S-210, S-211, S-236, S-237
		if rb["direct"] || rb["any"] {
			return refVerdict{iam.Allowed, here}
		}
		return silent(here)
	}
	limits := func() refVerdict { // S-169, S-171
		if !pb {
			return silent(iam.PermissionsBoundary)
		}
		return silent(iam.SessionPolicy)
	}
	if p.Account != r.Account || ref.crossesPartition() { // S-225 to S-230
		switch {
		case len(rb) == 0:
			return silent(here)
		case !id && p.Kind != iam.Root: // S-227
			return silent(iam.IdentityPolicy)
		case pb && sp: // both sides grant; the caller's is named
			return refVerdict{iam.Allowed, iam.IdentityPolicy}
		}
		return limits()
	}
	if rb["direct"] && !rb["any"] && ref.options.BoundaryLimitsTrustedUser && r.Kind == eval.RoleTrust && p.Kind == iam.User && !pb {
		return silent(iam.PermissionsBoundary) // S-208, the other reading
	}
	gate := r.Kind == eval.Ordinary || rb["account"] // S-200, S-205
	switch {
	case rb["direct"] || rb["any"]: // T-D1 rows 1, 3, 4, 6, 8, 9
		return refVerdict{iam.Allowed, here}
	case (rb["role"] || rb["parent-user"]) && pb && sp: // rows 5, 10
		return refVerdict{iam.Allowed, here}
	case id && pb && sp && gate: // rows 2, 7, 11
		return refVerdict{iam.Allowed, iam.IdentityPolicy}
	case p.Kind == iam.Root && r.Kind == eval.Ordinary && sp: // row 12; named for want of a layer of its own
		return refVerdict{iam.Allowed, iam.IdentityPolicy}
	case p.Kind == iam.Root && r.Kind == eval.Ordinary: // S-235: a session of AssumeRoot
		return limits()
	}
	switch limited := rb["role"] || rb["parent-user"]; {
	case limited:
		return limits()
	case !gate:
		return silent(here)
	case !id:
		return silent(iam.IdentityPolicy)
	}
	return limits()
}

// sessionAllows is SP of step 5; a federated user without session policies has
// no permissions of its own (S-172, S-173).
func (ref *reference) sessionAllows() bool {
	if ref.layers.Session == nil {
		return ref.request.Principal.Kind != iam.FederatedUser
	}
	return ref.allows(ref.layers.Session)
}

// resourceClasses is RB of step 5, as the set of classes over all matching
// Allow statements; none across partitions (S-229).
func (ref *reference) resourceClasses() map[string]bool {
	set := map[string]bool{}
	if ref.crossesPartition() {
		return set
	}
	for _, a := range ref.layers.Resource {
		for i := range a.Policy.Document.Statements {
			s := &a.Policy.Document.Statements[i]
			if s.Effect != iam.Allow || !ref.statementMatches(a.Policy.Document, s) {
				continue
			}
			for class := range ref.principalClasses(a.Policy.Document.Layer, s.Principal) {
				set[class] = true
			}
		}
	}
	return set
}

// crossesPartition compares the partition of the caller's ARN with the resource's.
func (ref *reference) crossesPartition() bool {
	resource := strings.Split(ref.request.Resource, ":")
	partition := ref.request.Principal.Partition
	return len(resource) >= 6 && resource[0] == "arn" && partition != "" && partition != resource[1]
}

// statementMatches: principal (if the policy type has one), action, resource
// and condition all match (end of B.5).
func (ref *reference) statementMatches(d *policy.Document, s *policy.Statement) bool {
	return ref.principalMatches(d.Layer, s) &&
		refActionElement(&s.Action, ref.request.Action) &&
		ref.resourceElement(d, s.Resource) &&
		ref.conditions(d, s.Conditions)
}

// principalMatches is S-086, and for NotPrincipal S-102 to S-104.
func (ref *reference) principalMatches(layer iam.Layer, s *policy.Statement) bool {
	if s.Principal == nil {
		return true
	}
	if !s.Principal.Not {
		return len(ref.principalClasses(layer, s.Principal)) > 0
	}
	switch {
	case len(s.Principal.Entries) == 0: // S-010, read as for Principal
		return false
	case ref.layers.Boundary != nil: // S-104, U-18
		return true
	}
	return !ref.spared(layer, s.Principal)
}

// spared is S-103: the whole chain of the caller has to be listed, an account
// being the whole account behind a gateway endpoint too. A list with `*` lists
// everybody but anonymous callers.
func (ref *reference) spared(layer iam.Layer, element *policy.Principal) bool {
	plain := *ref
	plain.layers = &eval.Layers{}
	classes := plain.principalClasses(layer, element)
	if classes["any"] {
		return ref.request.Principal.Kind != iam.Anonymous
	}
	switch ref.request.Principal.Kind {
	case iam.User:
		return classes["account"] && classes["direct"]
	case iam.RoleSession:
		return classes["account"] && classes["role"]
	case iam.FederatedUser:
		return classes["account"] && (classes["parent-user"] || classes["direct"])
	case iam.Root, iam.ServicePrincipal, iam.IdentityProvider:
		return classes["direct"]
	}
	return false // anonymous
}

// principalClasses is the procedure of B.5 over the entries of one element.
func (ref *reference) principalClasses(layer iam.Layer, element *policy.Principal) map[string]bool {
	set := map[string]bool{}
	for _, entry := range element.Entries {
		for _, class := range ref.entryClasses(layer, entry.Type, entry.Value) {
			set[class] = true
		}
	}
	return set
}

// entryClasses is how one entry names the caller.
func (ref *reference) entryClasses(layer iam.Layer, kind, entry string) []string {
	p := ref.request.Principal
	switch kind {
	case "Service": // S-094
		if p.Kind == iam.ServicePrincipal && entry == p.ARN {
			return []string{"direct"}
		}
	case "Federated": // S-095
		if p.Kind == iam.IdentityProvider && entry == p.ARN {
			return []string{"direct"}
		}
	case "CanonicalUser": // S-096
		if p.InAccount() && p.Canonical != "" && entry == p.Canonical {
			return ref.accountClass(layer)
		}
	case "AWS":
		return ref.awsClasses(layer, entry)
	}
	return nil
}

func (ref *reference) awsClasses(layer iam.Layer, entry string) []string {
	p := ref.request.Principal
	if entry == "*" { // S-097, and for trust policies S-022
		if layer == iam.TrustPolicy && !p.InAccount() {
			return nil
		}
		return []string{"any"}
	}
	if !p.InAccount() {
		return nil
	}
	if entry == p.Account || entry == "arn:"+p.Partition+":iam::"+p.Account+":root" { // S-087
		return ref.accountClass(layer)
	}
	byID := p.UniqueID != "" && entry == p.UniqueID // S-099
	switch {
	case entry == p.ARN: // S-090, S-092, S-093
		return []string{"direct"}
	case p.Kind == iam.User && byID:
		return []string{"direct"}
	case p.Kind == iam.RoleSession && (byID || entry == p.Role): // S-091
		return []string{"role"}
	case p.Kind == iam.FederatedUser && (byID || entry == p.Parent && p.Parent != ""): // S-093
		return []string{"parent-user"}
	}
	return nil
}

// accountClass is S-088, and for the root user S-089; behind a gateway endpoint
// an account is its root user alone (S-025).
func (ref *reference) accountClass(layer iam.Layer) []string {
	switch {
	case ref.request.Principal.Kind == iam.Root:
		return []string{"direct"}
	case layer == iam.VPCEndpointPolicy && ref.layers.Gateway:
		return nil
	}
	return []string{"account"}
}
