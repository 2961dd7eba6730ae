package iam

// Layer is a kind of policy and, at once, a step of AWS's evaluation. The
// order of the constants is the order in which AWS documents the steps after
// the search for explicit denies (S-164); the endpoint policy's place is ours,
// AWS draws none (S-311).
type Layer uint8

const (
	// NoLayer: nothing in particular decided.
	NoLayer Layer = iota
	// Service: a rule of the service itself settles the request (S-214, S-240).
	Service
	// ResourceControlPolicy is an Organizations RCP (S-191).
	ResourceControlPolicy
	// ServiceControlPolicy is an Organizations SCP (S-180).
	ServiceControlPolicy
	// VPCEndpointPolicy is the policy of the endpoint that the request came through (S-220).
	VPCEndpointPolicy
	// ResourcePolicy is the policy on the resource, KMS key policies included (S-165).
	ResourcePolicy
	// TrustPolicy is a role's trust policy (S-205).
	TrustPolicy
	// IdentityPolicy is the union of the caller's own and groups' policies (S-166).
	IdentityPolicy
	// PermissionsBoundary is the ceiling of a user or role (S-169).
	PermissionsBoundary
	// SessionPolicy is what was passed when the session was made (S-171).
	SessionPolicy
)

// LayerCount is one more than the largest Layer.
const LayerCount = int(SessionPolicy) + 1

var layerNames = [LayerCount]string{
	"", "service", "resourceControlPolicy", "serviceControlPolicy", "vpcEndpointPolicy", "resourcePolicy",
	"trustPolicy", "identityPolicy", "permissionsBoundary", "sessionPolicy",
}

// String is the layer's name in scenario files and results, "identityPolicy" for one.
func (l Layer) String() string { return layerNames[l] }

// MarshalText writes String.
func (l Layer) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// PolicyLayers lists the layers that have policies, in evaluation order.
func PolicyLayers() []Layer {
	return []Layer{
		ResourceControlPolicy, ServiceControlPolicy, VPCEndpointPolicy, ResourcePolicy,
		TrustPolicy, IdentityPolicy, PermissionsBoundary, SessionPolicy,
	}
}

// ParseLayer finds a layer by its name.
func ParseLayer(name string) (Layer, bool) {
	for i, n := range layerNames {
		if i > 0 && n == name {
			return Layer(i), true
		}
	}
	return NoLayer, false
}

// HasPrincipal says whether statements of this kind of policy name principals (S-016).
func (l Layer) HasPrincipal() bool {
	switch l {
	case ResourceControlPolicy, VPCEndpointPolicy, ResourcePolicy, TrustPolicy:
		return true
	}
	return false
}

// Words is AWS's name for the kind of policy in its messages (S-304).
func (l Layer) Words() string { return layerWords[l] }

var layerWords = [LayerCount]string{
	"", "rule of the service", "resource control policy", "service control policy", "VPC endpoint policy",
	"resource-based policy", "role trust policy", "identity-based policy", "permissions boundary", "session policy",
}
