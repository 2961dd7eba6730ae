package intake

import (
	"slices"
	"strings"

	"fenceline/engine/iam"
	"fenceline/engine/managed"
	"fenceline/engine/scenario"
)

// Organization is an organization as it was read.
type Organization struct {
	ID, Management string
	Root           *OrganizationNode
	parents        map[string]*OrganizationNode // of units and accounts, by id
	nodes          map[string]*OrganizationNode
}

// OrganizationNode is the root, a unit or an account with its policies. Default
// says that no SCPs can be attached, so that AWS's own alone counts.
type OrganizationNode struct {
	ID, Name        string
	SCPs, RCPs      []*Held
	Default         bool
	Units, Accounts []*OrganizationNode
}

// Path is the nodes from the root down to an account, which stands last; nil
// where the organization does not have it.
func (o *Organization) Path(id string) []*OrganizationNode {
	node := o.nodes[id]
	if node == nil {
		return nil
	}
	path := []*OrganizationNode{node}
	for parent := o.parents[id]; parent != nil; parent = o.parents[parent.ID] {
		path = append(path, parent)
	}
	slices.Reverse(path)
	return path
}

// maxUnits is how deep units nest (S-032).
const maxUnits = 5

// treeBuilder puts the organization together. Where an account is, and what is
// attached, is missing when no output tells it: nothing that meets it is then
// decided.
type treeBuilder struct {
	*builder
	policies map[string]*Held // SCPs and RCPs, by id
	children map[string][]*nodeFact
}

func (b *builder) tree() {
	f := &b.AccountReader.organization
	if !f.any() {
		return
	}
	t := treeBuilder{b, map[string]*Held{}, map[string][]*nodeFact{}}
	o := &Organization{ID: f.id, Management: f.management, parents: map[string]*OrganizationNode{}, nodes: map[string]*OrganizationNode{}}
	if o.ID == "" {
		o.ID = "o-unknown"
	}
	b.Organization = o
	for _, n := range f.order {
		t.children[n.parent] = append(t.children[n.parent], n)
	}
	root := t.root()
	o.Root = t.node(root)
	o.nodes[o.Root.ID] = o.Root
	if f.id == "" {
		o.Root.SCPs = []*Held{t.missing(o.Root.ID, "service control policies", iam.ServiceControlPolicy, "aws organizations describe-organization")}
	}
	t.below(o.Root, 1)
	t.misplaced()
}

// root is the node that is above all, as it was read or as the ids tell.
func (t *treeBuilder) root() *nodeFact {
	f := &t.AccountReader.organization
	if f.root != nil {
		return f.root
	}
	for _, n := range f.order {
		if strings.HasPrefix(n.id, "r-") {
			return n
		}
	}
	id := "r-unknown"
	for _, n := range f.order {
		if parts := strings.Split(n.id, "-"); parts[0] == "ou" {
			id = "r-" + parts[1]
			break
		}
	}
	return &nodeFact{id: id}
}

// below adds what is in a node.
func (t *treeBuilder) below(parent *OrganizationNode, depth int) {
	for _, f := range t.children[parent.ID] {
		if strings.HasPrefix(f.id, "r-") || t.Organization.nodes[f.id] != nil || strings.HasPrefix(f.id, "ou-") && depth > maxUnits {
			continue
		}
		n := t.node(f)
		t.Organization.nodes[n.ID], t.Organization.parents[n.ID] = n, parent
		if strings.HasPrefix(n.ID, "ou-") {
			parent.Units = append(parent.Units, n)
			t.below(n, depth+1)
		} else {
			parent.Accounts = append(parent.Accounts, n)
		}
	}
}

// misplaced puts the accounts whose place is not told below the root, with a
// missing policy for what is above them.
func (t *treeBuilder) misplaced() {
	o := t.Organization
	add := func(id, name string) {
		if o.nodes[id] != nil || id == o.Management {
			return
		}
		n := &OrganizationNode{ID: id, Name: name}
		how := "aws organizations list-parents --child-id " + t.highest(id)
		n.SCPs = []*Held{t.missing(id, "service control policies above it", iam.ServiceControlPolicy, how)}
		n.RCPs = []*Held{t.missing(id, "resource control policies above it", iam.ResourceControlPolicy, how)}
		o.nodes[id], o.parents[id] = n, o.Root
		o.Root.Accounts = append(o.Root.Accounts, n)
	}
	for _, f := range t.AccountReader.organization.order {
		if !strings.ContainsAny(f.id, "-") {
			add(f.id, f.name)
		}
	}
	for _, id := range t.IDs {
		add(id, "")
	}
}

// highest is the node above an account above which nothing is told.
func (t *treeBuilder) highest(id string) string {
	for range maxUnits {
		n := t.AccountReader.organization.nodes[id]
		if n == nil || n.parent == "" {
			break
		}
		id = n.parent
	}
	return id
}

// node is a node with its policies.
func (t *treeBuilder) node(f *nodeFact) *OrganizationNode {
	n := &OrganizationNode{ID: f.id, Name: f.name}
	enabled := t.AccountReader.organization.enabled
	n.Default = enabled != nil && !enabled["SERVICE_CONTROL_POLICY"]
	if !n.Default {
		n.SCPs = t.attached(f, iam.ServiceControlPolicy, "SERVICE_CONTROL_POLICY", "service control policies")
	}
	if enabled == nil || enabled["RESOURCE_CONTROL_POLICY"] {
		n.RCPs = t.attached(f, iam.ResourceControlPolicy, "RESOURCE_CONTROL_POLICY", "resource control policies")
	}
	return n
}

func (t *treeBuilder) attached(f *nodeFact, layer iam.Layer, kind, words string) []*Held {
	var list []*Held
	for _, id := range f.attached[layer] {
		list = append(list, t.policy(t.AccountReader.organization.policies[id]))
	}
	if !f.told[layer] {
		list = append(list, t.missing(f.id, words, layer, "aws organizations list-policies-for-target --target-id "+f.id+" --filter "+kind))
	}
	return list
}

// missing stands for policies of a node that no output told.
func (t *treeBuilder) missing(id, words string, layer iam.Layer, how string) *Held {
	name := id + " (" + words + ")"
	h := &Held{Name: name, long: name, Origin: originOf(layer), Owner: id, Text: scenario.Missing, Missing: how}
	t.Policies = append(t.Policies, h)
	return h
}

// policy is an SCP or RCP.
func (t *treeBuilder) policy(p *organizationPolicy) *Held {
	if h := t.policies[p.id]; h != nil {
		return h
	}
	name := p.name
	if name == "" {
		name = p.id
	}
	h := &Held{Name: name, long: name + " (" + p.id + ")", Origin: originOf(p.layer), Text: scenario.Missing}
	switch builtIn := p.builtInName(); {
	case builtIn != "":
		h.Name, h.long, h.BuiltIn = builtIn, builtIn, true
		h.Text, _ = managed.Lookup(builtIn)
	case p.fact != nil:
		h.Text, h.Place, h.ARN = p.fact.text, p.fact.at, p.fact.arn
	}
	if h.Text == scenario.Missing {
		h.Missing = "aws organizations describe-policy --policy-id " + p.id
	}
	t.policies[p.id] = h
	t.Policies = append(t.Policies, h)
	return h
}
