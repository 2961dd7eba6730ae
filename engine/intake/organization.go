package intake

import (
	"slices"
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/iam"
	"fenceline/engine/managed"
	"fenceline/engine/source"
)

// organizationFacts are what AWS Organizations' commands said.
type organizationFacts struct {
	id, management string
	root           *nodeFact
	enabled        map[string]bool // types of policies, where list-roots told
	nodes          map[string]*nodeFact
	order          []*nodeFact
	policies       map[string]*organizationPolicy
	policyOrder    []*organizationPolicy
	listed         map[iam.Layer]bool // list-policies told all of that kind
}

// nodeFact is the root, a unit or an account. Its parent is empty where no
// output tells it.
type nodeFact struct {
	id, name, parent string
	at               Place
	attached         map[iam.Layer][]string // ids of policies
	told             map[iam.Layer]bool     // attached is all there is
}

// organizationPolicy is an SCP or RCP.
type organizationPolicy struct {
	id, name string
	layer    iam.Layer
	fact     *policyFact // nil as long as the document is not given
	targets  []string
	told     bool  // targets is all there is
	at       Place // where it was met first
}

func (f *organizationFacts) init() {
	f.nodes, f.policies, f.listed = map[string]*nodeFact{}, map[string]*organizationPolicy{}, map[iam.Layer]bool{}
}

// any says whether anything was told of an organization.
func (f *organizationFacts) any() bool { return f.id != "" || len(f.order) > 0 || len(f.policies) > 0 }

// node is the node of an id, new where it was not met before.
func (r *AccountReader) node(id string, at Place) *nodeFact {
	f := &r.organization
	if n := f.nodes[id]; n != nil {
		return n
	}
	n := &nodeFact{id: r.keep(id), at: at, attached: map[iam.Layer][]string{}, told: map[iam.Layer]bool{}}
	f.nodes[n.id] = n
	f.order = append(f.order, n)
	return n
}

// belongs notes a node's parent.
func (r *AccountReader) belongs(n *nodeFact, parent string, at Place) {
	switch {
	case parent == "":
	case n.parent != "" && n.parent != parent:
		r.unusedAt(at, "`"+n.id+"` is in `"+n.parent+"` by one output and in `"+source.Clip(parent)+"` by this one; the first counts")
	default:
		n.parent = r.keep(parent)
		r.node(parent, at)
	}
}

// isNode says whether a text is the id of a root, a unit or an account.
func isNode(id string) bool {
	parts := strings.Split(id, "-")
	switch {
	case arn.IsAccount(id):
		return true
	case strings.Trim(id, "0123456789abcdefghijklmnopqrstuvwxyz-") != "":
		return false
	}
	return parts[0] == "r" && len(parts) == 2 || parts[0] == "ou" && len(parts) == 3
}

// nodeIn finds the id of a node in what a file's name says.
func nodeIn(text string) string {
	parts := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune("-_ .", c) })
	for i, part := range parts {
		switch {
		case arn.IsAccount(part):
			return part
		case part == "r" && i+1 < len(parts):
			return "r-" + parts[i+1]
		case part == "ou" && i+2 < len(parts):
			return "ou-" + parts[i+1] + "-" + parts[i+2]
		}
	}
	return ""
}

func (r *AccountReader) describeOrganization(root *source.Node, at Place) {
	n, f := root.Get("Organization"), &r.organization
	id := str(n, "Id")
	switch {
	case !isOrganization(id):
		r.unusedAt(at, "`"+source.Clip(id)+"` is no id of an organization")
	case f.id != "" && f.id != id:
		r.unusedAt(at, "this is another organization than `"+f.id+"`; one is read")
	default:
		f.id = r.keep(id)
		if management := str(n, "MasterAccountId"); arn.IsAccount(management) {
			f.management = r.keep(management)
		}
	}
}

func isOrganization(id string) bool {
	rest, ok := strings.CutPrefix(id, "o-")
	return ok && rest != "" && strings.Trim(rest, "0123456789abcdefghijklmnopqrstuvwxyz") == ""
}

func (r *AccountReader) roots(root *source.Node, at Place) {
	f := &r.organization
	for _, n := range items(root.Get("Roots")) {
		if !isNode(str(n, "Id")) {
			r.unusedAt(at, "`"+source.Clip(str(n, "Id"))+"` is no id of a root")
			continue
		}
		f.root = r.node(str(n, "Id"), r.place(n.Span.Start))
		f.root.name = r.keep(str(n, "Name"))
		f.enabled = map[string]bool{}
		for _, kind := range items(n.Get("PolicyTypes")) {
			f.enabled[r.keep(str(kind, "Type"))] = str(kind, "Status") == "ENABLED"
		}
		r.organizationOf(str(n, "Arn"))
	}
}

// organizationOf learns the organization's id and management account from one
// of its ARNs: `arn:aws:organizations::MANAGEMENT:root/o-ID/r-ID`.
func (r *AccountReader) organizationOf(text string) {
	a, ok := arn.Parse(text)
	parts := strings.Split(a.Resource, "/")
	if f := &r.organization; ok && f.id == "" && len(parts) > 1 && isOrganization(parts[1]) && arn.IsAccount(a.Account) {
		f.id, f.management = r.keep(parts[1]), r.keep(a.Account)
	}
}

// parentOf is the node whose children an output lists, which only the command
// tells.
func (r *AccountReader) parentOf(command string) string {
	return nodeIn(r.origin().about("parent-id", command))
}

func (r *AccountReader) unitsForParent(root *source.Node, at Place) {
	parent := r.parentOf("list-organizational-units-for-parent")
	if parent == "" {
		r.unusedAt(at, "this output does not say which parent's units it lists; write the command's line, with `--parent-id`, before it, or call the file `list-organizational-units-for-parent-ID.json`")
	}
	for _, n := range items(root.Get("OrganizationalUnits")) {
		r.unitNode(n, parent, r.place(n.Span.Start))
	}
}

func (r *AccountReader) unit(root *source.Node, at Place) {
	r.unitNode(root.Get("OrganizationalUnit"), "", at)
}

func (r *AccountReader) unitNode(n *source.Node, parent string, at Place) {
	r.namedNode(n, parent, at, isNode, "id of a unit")
}

// namedNode reads a unit or an account: which ids it may have, and what such an id is called.
func (r *AccountReader) namedNode(n *source.Node, parent string, at Place, isID func(string) bool, what string) {
	id := str(n, "Id")
	if !isID(id) {
		r.unusedAt(at, "`"+source.Clip(id)+"` is no "+what)
		return
	}
	node := r.node(id, at)
	node.name = r.keep(str(n, "Name"))
	r.belongs(node, parent, at)
	r.organizationOf(str(n, "Arn"))
}

// accounts reads list-accounts, or list-accounts-for-parent where that is told.
func (r *AccountReader) accounts(root *source.Node, at Place) {
	parent := r.parentOf("list-accounts-for-parent")
	for _, n := range items(root.Get("Accounts")) {
		r.accountNode(n, parent, r.place(n.Span.Start))
	}
}

func (r *AccountReader) describeAccount(root *source.Node, at Place) {
	r.accountNode(root.Get("Account"), "", at)
}

func (r *AccountReader) accountNode(n *source.Node, parent string, at Place) {
	r.namedNode(n, parent, at, arn.IsAccount, "account id")
}

func (r *AccountReader) parents(root *source.Node, at Place) {
	child := nodeIn(r.origin().about("child-id", "list-parents"))
	list := items(root.Get("Parents"))
	if child == "" || len(list) != 1 || !isNode(str(list[0], "Id")) {
		r.unusedAt(at, "this output does not say whose parent it names; write the command's line, with `--child-id`, before it, or call the file `list-parents-ID.json`")
		return
	}
	r.belongs(r.node(child, at), str(list[0], "Id"), at)
}

func (r *AccountReader) children(root *source.Node, at Place) {
	parent := r.parentOf("list-children")
	if parent == "" {
		r.unusedAt(at, "this output does not say whose children it lists; write the command's line, with `--parent-id`, before it, or call the file `list-children-ID.json`")
		return
	}
	for _, n := range items(root.Get("Children")) {
		if id := str(n, "Id"); isNode(id) {
			r.belongs(r.node(id, at), parent, at)
		}
	}
}

// layerOfType is the kind of policy that a type of Organizations' is.
func layerOfType(kind string) iam.Layer {
	if kind == "" {
		return iam.NoLayer
	}
	return organizationLayer(kind)
}

// policyOf is the SCP or RCP that an output sums up; nil for other kinds, which
// take no part in decisions.
func (r *AccountReader) policyOf(n *source.Node, at Place) *organizationPolicy {
	id, layer := str(n, "Id"), layerOfType(str(n, "Type"))
	if layer == iam.NoLayer || id == "" {
		r.onceUnused("type "+str(n, "Type"), at, "a policy of type `"+source.Clip(str(n, "Type"))+"` takes no part in authorisation")
		return nil
	}
	f := &r.organization
	p := f.policies[id]
	if p == nil {
		p = &organizationPolicy{id: r.keep(id), at: at}
		f.policies[p.id] = p
		f.policyOrder = append(f.policyOrder, p)
	}
	p.layer = layer
	if name := str(n, "Name"); name != "" {
		p.name = r.keep(name)
	}
	r.organizationOf(str(n, "Arn"))
	return p
}

func (r *AccountReader) describePolicy(root *source.Node, at Place) {
	n := root.Get("Policy")
	if p := r.policyOf(n.Get("PolicySummary"), at); p != nil {
		p.fact = r.policyText(n.Get("Content"), at)
		p.fact.arn = r.keep(str(n, "PolicySummary", "Arn"))
	}
}

// organizationPolicies reads list-policies, or list-policies-for-target where
// that is told.
func (r *AccountReader) organizationPolicies(list []*source.Node, at Place) {
	var found []*organizationPolicy
	layer := r.filter()
	for _, n := range list {
		if p := r.policyOf(n, at); p != nil {
			found = append(found, p)
			layer = p.layer
		}
	}
	target := nodeIn(r.origin().about("target-id", "list-policies-for-target"))
	switch {
	case layer == iam.NoLayer && len(list) == 0:
		r.unusedAt(at, "an empty list does not say which kind of policy it lists; write the command's line, with `--filter`, before it")
	case layer == iam.NoLayer:
	case target != "":
		node := r.node(target, at)
		node.attached[layer], node.told[layer] = nil, true
		for _, p := range found {
			node.attached[layer] = append(node.attached[layer], p.id)
		}
	case r.origin().command == "list-policies-for-target":
		r.unusedAt(at, "this output does not say what the policies are attached to; write the command's line, with `--target-id`, before it, or call the file `list-policies-for-target-ID-scp.json`")
	case r.origin().command == "list-policies":
		r.organization.listed[layer] = true
	}
}

// filter is the kind of policy that the command asked for.
func (r *AccountReader) filter() iam.Layer {
	o := r.origin()
	if o.options != nil {
		return layerOfType(o.options["filter"])
	}
	lower := strings.ToLower(o.subject)
	switch {
	case strings.Contains(lower, "scp"), strings.Contains(lower, "service_control_policy"):
		return iam.ServiceControlPolicy
	case strings.Contains(lower, "rcp"), strings.Contains(lower, "resource_control_policy"):
		return iam.ResourceControlPolicy
	}
	return iam.NoLayer
}

func (r *AccountReader) targets(root *source.Node, at Place) {
	id := r.origin().about("policy-id", "list-targets-for-policy")
	if !strings.HasPrefix(id, "p-") {
		r.unusedAt(at, "this output does not say which policy's targets it lists; write the command's line, with `--policy-id`, before it, or call the file `list-targets-for-policy-ID.json`")
		return
	}
	f := &r.organization
	p := f.policies[id]
	if p == nil {
		p = &organizationPolicy{id: r.keep(id), at: at}
		f.policies[p.id] = p
		f.policyOrder = append(f.policyOrder, p)
	}
	p.told = true
	for _, n := range items(root.Get("Targets")) {
		if target := str(n, "TargetId"); isNode(target) {
			p.targets = append(p.targets, r.node(target, r.place(n.Span.Start)).id)
		}
	}
}

// settlePolicies lists the policies whose kind no output told: they can't be
// attached.
func (r *AccountReader) settlePolicies() {
	for _, p := range r.organization.policyOrder {
		if p.layer == iam.NoLayer {
			r.unusedAt(p.at, "nothing tells which kind of policy `"+p.id+"` is; run `aws organizations describe-policy --policy-id "+p.id+"`")
		}
	}
}

// settleAttachments puts the targets of policies to the nodes. Where the
// targets of every policy of a kind are told, and list-policies told them all,
// all nodes' policies of that kind are.
func (f *organizationFacts) settleAttachments() {
	complete := map[iam.Layer]bool{iam.ServiceControlPolicy: f.listed[iam.ServiceControlPolicy], iam.ResourceControlPolicy: f.listed[iam.ResourceControlPolicy]}
	for _, p := range f.policyOrder {
		if !p.told {
			complete[p.layer] = false
		}
		for _, target := range p.targets {
			if node := f.nodes[target]; !node.told[p.layer] && !slices.Contains(node.attached[p.layer], p.id) {
				node.attached[p.layer] = append(node.attached[p.layer], p.id)
			}
		}
	}
	for _, node := range f.order {
		for layer, all := range complete {
			node.told[layer] = node.told[layer] || all
		}
	}
}

// builtInName is the name of an SCP or RCP that AWS itself attaches.
func (p *organizationPolicy) builtInName() string {
	switch p.id {
	case "p-FullAWSAccess":
		return managed.FullAWSAccess
	case "p-RCPFullAWSAccess":
		return managed.RCPFullAWSAccess
	}
	return ""
}
