// Package account knows who has which policies: identities with their groups,
// boundaries and trust, resources, endpoints and the organization. Resolve
// finds the policies that meet a request and the context that follows.
package account

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/order"
)

// Account is everything that a request is decided against. Despite its name it
// may hold identities and resources of several accounts. It must not be
// changed after Index.
type Account struct {
	Identities   []*Identity
	Resources    []*Resource
	Endpoints    []*Endpoint
	Organization *Organization
	// Policies are the compiled documents, by name and the kind as which they
	// are used. A use that is missing could not be decoded.
	Policies map[Use]*eval.Policy

	identities map[string]*Identity // by ARN
	byName     map[string]*Identity // users and roles by nameKey
	resources  map[string]*Resource
}

// Use is a policy in one of its roles.
type Use struct {
	Name  string
	Layer iam.Layer
}

// Tag is a key and value; lists of them keep their order.
type Tag struct{ Key, Value string }

// Identity is an IAM user, group or role. Policies are named.
type Identity struct {
	ARN      string
	Policies []string
	Groups   []string
	Boundary string
	Trust    string
	UniqueID string
	Tags     []Tag
}

// Resource carries a policy, tags, or an owner that its ARN doesn't show.
type Resource struct {
	ARN     string
	Account string
	Policy  string
	Tags    []Tag
}

// Endpoint is a VPC endpoint; without a policy it lets everything pass (S-221).
type Endpoint struct {
	ID      string
	Policy  string
	Gateway bool
}

// Organization is an AWS Organizations tree, flattened: the nodes from the
// root down to each account.
type Organization struct {
	ID         string
	Management string
	Root       *Node
	Paths      map[string][]*Node // by account id, the account's own node last
}

// Node is the root, a unit or an account with the policies attached to it.
type Node struct {
	ID         string
	SCPs, RCPs []string
}

// Index prepares the account for Resolve.
func (a *Account) Index() {
	a.identities = make(map[string]*Identity, len(a.Identities))
	a.byName = make(map[string]*Identity, len(a.Identities))
	a.resources = make(map[string]*Resource, len(a.Resources))
	for _, identity := range a.Identities {
		a.index(identity)
	}
	for _, resource := range a.Resources {
		a.resources[resource.ARN] = resource
	}
}

func (a *Account) index(identity *Identity) {
	a.identities[identity.ARN] = identity
	if parsed, ok := arn.Parse(identity.ARN); ok {
		kind, _, _ := strings.Cut(parsed.Resource, "/")
		a.byName[nameKey(parsed.Account, kind, LastSegment(parsed.Resource))] = identity
	}
}

// nameKey is unique because IAM's names are, whatever their paths.
func nameKey(account, kind, name string) string { return account + ":" + kind + "/" + name }

// LastSegment is the name at the end of a path, "Reader" of "role/app/Reader".
func LastSegment(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// Identity finds a user, group or role by its ARN, or answers nil.
func (a *Account) Identity(arn string) *Identity { return a.identities[arn] }

// Uses lists the policies that could be decoded, in a fixed order.
func (a *Account) Uses() []Use {
	uses := slices.Collect(maps.Keys(a.Policies))
	order.By(uses, func(x, y Use) int {
		return cmp.Or(strings.Compare(x.Name, y.Name), cmp.Compare(x.Layer, y.Layer))
	})
	return uses
}

// attached lists policies under their names; those that could not be decoded
// are answered apart.
func (a *Account) attached(to []eval.Attached, names []string, layer iam.Layer, via string, broken *[]string) []eval.Attached {
	for _, name := range names {
		if policy := a.Policies[Use{name, layer}]; policy != nil {
			to = append(to, eval.Attached{Name: name, Via: via, Policy: policy})
		} else {
			*broken = append(*broken, name)
		}
	}
	return to
}

// path is the organization's nodes above an account and its own; nil when it
// is in no organization or is the management account.
func (a *Account) path(account string) []*Node {
	if a.Organization == nil || account == a.Organization.Management {
		return nil
	}
	return a.Organization.Paths[account]
}

// orgPath is the value of aws:PrincipalOrgPaths and its like: the nodes above
// an account, "o-a/r-b/ou-c/" (S-296). It is empty outside the organization.
func (a *Account) orgPath(account string) string {
	o := a.Organization
	if o == nil {
		return ""
	}
	path := o.Paths[account]
	if path == nil {
		if account != o.Management {
			return ""
		}
		return o.ID + "/" + o.Root.ID + "/"
	}
	text := o.ID + "/"
	for _, node := range path[:len(path)-1] {
		text += node.ID + "/"
	}
	return text
}
