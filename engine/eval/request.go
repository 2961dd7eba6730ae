package eval

import (
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/iam"
)

// ResourceKind tells resources with rules of their own from ordinary ones.
type ResourceKind uint8

const (
	// Ordinary resources share: an identity or a resource policy may grant (S-165).
	Ordinary ResourceKind = iota
	// KMSKey needs its key policy to allow, or to delegate (S-200).
	KMSKey
	// RoleTrust is a role that is to be assumed; its trust policy must allow, or delegate (S-205).
	RoleTrust
)

// Request is one (principal, action, resource) with its context, prepared for
// evaluation. It must not be changed once it is made.
type Request struct {
	Principal *iam.Principal
	Action    string
	// Resource is an ARN, or `*` for actions that have no resource (S-047).
	Resource string
	// ResourceUnknown says that the resource is not known; Resource is then ignored.
	ResourceUnknown bool
	// Account owns the resource.
	Account string
	Kind    ResourceKind
	Context *iam.Context

	service, name string    // of the action, in lower case
	forms         []arn.ARN // the resource, in every form that a pattern may match
}

// NewRequest prepares a request.
func NewRequest(r Request) *Request {
	r.service, r.name, _ = strings.Cut(strings.ToLower(r.Action), ":")
	r.forms = nil
	if a, ok := arn.Parse(r.Resource); ok && !r.ResourceUnknown {
		r.forms = forms(a)
	}
	if r.Context == nil {
		r.Context = &iam.Context{}
	}
	return &r
}

// forms is S-068: a bare log group matches as such, and as its empty log stream.
//
// UNDOCUMENTED: measured on AWS.
func forms(a arn.ARN) []arn.ARN {
	name, isGroup := strings.CutPrefix(a.Resource, "log-group:")
	name = strings.TrimSuffix(name, ":*")
	if a.Service != "logs" || !isGroup || strings.Contains(name, ":") {
		return []arn.ARN{a}
	}
	bare := strings.TrimSuffix(a.Text, ":*")
	group, _ := arn.Parse(bare)
	streams, _ := arn.Parse(bare + ":log-stream:")
	return []arn.ARN{group, streams}
}

// crossesPartition says whether caller and resource live in different
// partitions, between which nothing can be granted (S-229).
func (r *Request) crossesPartition() bool {
	return len(r.forms) > 0 && r.Principal.Partition != "" && r.forms[0].Partition != r.Principal.Partition
}

// sameAccount says whether caller and resource are of one account.
func (r *Request) sameAccount() bool {
	return r.Principal.InAccount() && r.Principal.Account == r.Account && !r.crossesPartition()
}

// Layers are the policies that meet a request. A nil list means that there is
// no such layer; an empty one that it is there and silent.
type Layers struct {
	Identity []Attached
	// Boundary, Resource and Endpoint have one policy at most; Resource's
	// document says whether it is a resource policy or a trust policy.
	Boundary, Resource, Endpoint []Attached
	Session                      []Attached
	SCP, RCP                     []Level
	// Gateway says that the endpoint is a gateway endpoint, where an account
	// principal means its root user alone (S-025).
	Gateway bool
}

// Attached is a policy in its place.
type Attached struct {
	Name string
	// Via is the group through which a user has the policy.
	Via    string
	Policy *Policy
}

// Level is a node of an organization with the policies attached to it.
type Level struct {
	At       string
	Policies []Attached
}
