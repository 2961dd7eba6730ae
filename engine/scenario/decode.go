package scenario

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/managed"
	"fenceline/engine/source"
)

// members are a scenario file's.
var members = []string{
	"$schema", "version", "title", "description", "source", "policies", "identities",
	"resources", "vpcEndpoints", "organization", "sessions", "instanceProfiles", "requests",
}

// Begins says whether a text begins as a scenario file does: with an object
// whose first member is one of a scenario's. What AWS's commands print begins
// with other names.
func Begins(text string) bool {
	const space = " \t\r\n"
	text, ok := strings.CutPrefix(strings.TrimLeft(strings.TrimPrefix(text, "\ufeff"), space), "{")
	text, quoted := strings.CutPrefix(strings.TrimLeft(text, space), `"`)
	name, _, ended := strings.Cut(text, `"`)
	return ok && quoted && ended && slices.Contains(members, name)
}

// scenario decodes the file's members.
func (d *decoder) scenario(root *source.Node) {
	if !d.object(root, "a scenario", members...) {
		return
	}
	d.version(root)
	for _, member := range []string{"$schema", "description", "source"} {
		d.text(root, member)
	}
	d.Title = d.text(root, "title")
	d.identities(root)
	d.resources(root)
	d.endpoints(root)
	if n := root.Get("organization"); n != nil {
		d.organization(n)
	}
	d.sessions(root)
	d.profiles(root)
	for _, n := range d.items(root, "requests") {
		d.request(n)
	}
}

func (d *decoder) version(root *source.Node) {
	n := root.Get("version")
	switch {
	case n == nil:
		d.report.Error(codeMissingMember, source.Span{Start: root.Span.Start, End: root.Span.Start + 1}, "`version` is missing; write `\"version\": 1`").
			Fix("Add `\"version\": 1`", root.Insert(d.file.Text, `"version": 1`))
	case n.Kind != source.Number || n.Text != "1":
		d.report.Error(codeUnknownVersion, n.Span, "`version` is that of the scenario format, of which there is only `1`").
			Fix("Write `1`", source.Edit{Span: n.Span, Text: "1"})
	}
}

// identities decodes users, groups and roles.
func (d *decoder) identities(root *source.Node) {
	seen := map[string]bool{}
	var groups []*source.Node
	for _, n := range d.items(root, "identities") {
		if !d.object(n, "an identity", "arn", "policies", "groups", "boundary", "trust", "uniqueId", "tags") {
			continue
		}
		identity := &account.Identity{ARN: d.required(n, "arn", "\"arn:aws:iam::111122223333:user/NAME\""), UniqueID: d.text(n, "uniqueId")}
		kind := d.identityKind(n, identity.ARN, seen)
		identity.Policies = d.useList(n, "policies", iam.IdentityPolicy)
		identity.Tags = d.tags(n, true)
		d.onlyFor(n, kind, "boundary", "user", "role")
		d.onlyFor(n, kind, "trust", "role")
		d.onlyFor(n, kind, "groups", "user")
		d.onlyFor(n, kind, "tags", "user", "role")
		identity.Boundary = d.useText(n, "boundary", iam.PermissionsBoundary)
		if identity.Boundary != "" && eval.IsServiceLinked(identity.ARN) {
			remove(d.report.Error(codeBoundaryOnServiceLinkedRole, n.Get("boundary").Span, "a service-linked role has no permissions boundary; remove it"), n, "boundary") // S-233
		}
		identity.Trust = d.useText(n, "trust", iam.TrustPolicy)
		if kind == "user" {
			for _, group := range d.texts(n, "groups") {
				identity.Groups = append(identity.Groups, group.Text)
				groups = append(groups, group)
			}
		}
		d.count(n, identity)
		d.account.Identities = append(d.account.Identities, identity)
	}
	d.checkGroups(groups, seen)
}

// identityKind is "user", "group" or "role", or nothing for a wrong ARN.
func (d *decoder) identityKind(n *source.Node, text string, seen map[string]bool) string {
	if text == "" {
		return ""
	}
	span := n.Get("arn").Span
	a, ok := arn.Parse(text)
	kind, name, _ := strings.Cut(a.Resource, "/")
	if !ok || a.Partition == "" || a.Service != "iam" || a.Region != "" || !arn.IsAccount(a.Account) || account.LastSegment(name) == "" || kind != "user" && kind != "group" && kind != "role" {
		d.report.Error(codeInvalidARN, span, "`"+source.Clip(text)+"` is not the ARN of an IAM user, group or role")
		return ""
	}
	unique := a.Account + ":" + kind + "/" + account.LastSegment(name)
	switch {
	case seen[text]:
		d.report.Error(codeDuplicateARN, span, "`"+source.Clip(text)+"` is listed twice; keep one entry")
	case seen[unique]:
		d.report.Error(codeDuplicateARN, span, "the account has two "+kind+"s called `"+source.Clip(account.LastSegment(name))+"`; names are unique, whatever their paths")
	}
	seen[text], seen[unique] = true, true
	return kind
}

// onlyFor holds a member to the kinds of identity that have it.
func (d *decoder) onlyFor(n *source.Node, kind, member string, kinds ...string) {
	if n.Get(member) == nil || kind == "" {
		return
	}
	for _, k := range kinds {
		if k == kind {
			return
		}
	}
	code := codeNotForThisIdentity
	if member == "boundary" {
		code = codeBoundaryOnGroup
	}
	remove(d.report.Error(code, n.Get(member).Span, "a "+kind+" has no `"+member+"`; only "+strings.Join(kinds, "s and ")+"s have"), n, member)
}

// checkGroups holds the names of groups to listed ones.
func (d *decoder) checkGroups(groups []*source.Node, seen map[string]bool) {
	for _, n := range groups {
		a, ok := arn.Parse(n.Text)
		switch {
		case !ok || a.Service != "iam" || !strings.HasPrefix(a.Resource, "group/"):
			d.report.Error(codeInvalidARN, n.Span, "`"+source.Clip(n.Text)+"` is not the ARN of a group; write `arn:aws:iam::ACCOUNT:group/NAME`")
		case !seen[n.Text]:
			d.report.Error(codeUnknownGroup, n.Span, "`identities` does not list the group `"+source.Clip(n.Text)+"`; add it with its policies")
		}
	}
}

// count warns of more policies or groups than AWS allows (S-031).
func (d *decoder) count(n *source.Node, identity *account.Identity) {
	if len(identity.Groups) > 10 {
		d.report.Warn(codeTooMany, n.Get("groups").Span, "a user is in ten groups at most")
	}
	if len(identity.Policies) > 25 {
		d.report.Warn(codeTooMany, n.Get("policies").Span, "more policies than AWS lets an identity have, 25 managed ones at most for a role")
	}
}

// tags decodes an object of tags; with unique, keys may not differ by case only.
func (d *decoder) tags(n *source.Node, unique bool) []account.Tag {
	value := n.Get("tags")
	if value == nil {
		return nil
	}
	if value.Kind != source.Object {
		d.report.Error(codeWrongType, value.Span, "`tags` is an object of strings, not "+value.Kind.String())
		return nil
	}
	var tags []account.Tag
	seen := map[string]bool{}
	for i := range value.Members {
		m := &value.Members[i]
		lower := strings.ToLower(m.Key)
		switch {
		case m.Value.Kind != source.String:
			d.report.Error(codeWrongType, m.Value.Span, "a tag's value is a string, not "+m.Value.Kind.String())
			continue
		case unique && seen[lower]:
			d.report.Error(codeDuplicateKey, m.KeySpan, "tag keys of IAM identities ignore case, `"+source.Clip(m.Key)+"` stands twice; keep one")
		}
		seen[lower] = true
		tags = append(tags, account.Tag{Key: m.Key, Value: m.Value.Text})
	}
	return tags
}

func (d *decoder) resources(root *source.Node) {
	seen := map[string]bool{}
	for _, n := range d.items(root, "resources") {
		if !d.object(n, "a resource", "arn", "account", "policy", "tags") {
			continue
		}
		r := &account.Resource{ARN: d.required(n, "arn", "\"arn:aws:s3:::BUCKET\""), Account: d.text(n, "account")}
		r.Policy = d.useText(n, "policy", iam.ResourcePolicy)
		r.Tags = d.tags(n, false)
		d.checkResource(n, r, seen)
		d.account.Resources = append(d.account.Resources, r)
	}
}

func (d *decoder) checkResource(n *source.Node, r *account.Resource, seen map[string]bool) {
	if r.ARN == "" {
		return
	}
	a, ok := arn.Parse(r.ARN)
	switch {
	case !ok:
		d.report.Error(codeInvalidARN, n.Get("arn").Span, "`"+source.Clip(r.ARN)+"` is no ARN; write `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`")
	case seen[r.ARN]:
		d.report.Error(codeDuplicateARN, n.Get("arn").Span, "`"+source.Clip(r.ARN)+"` is listed twice; keep one entry")
	}
	seen[r.ARN] = true
	switch {
	case !isString(n.Get("account")):
	case !arn.IsAccount(r.Account):
		d.report.Error(codeInvalidAccount, n.Get("account").Span, "`"+source.Clip(r.Account)+"` is no account id; write twelve digits")
	case arn.IsAccount(a.Account) && a.Account != r.Account:
		remove(d.report.Error(codeContradiction, n.Get("account").Span, "the ARN says that account `"+a.Account+"` owns the resource; remove `account`"), n, "account")
	}
}

func (d *decoder) endpoints(root *source.Node) {
	seen := map[string]bool{}
	for _, n := range d.items(root, "vpcEndpoints") {
		if !d.object(n, "an endpoint", "id", "policy", "type") {
			continue
		}
		e := &account.Endpoint{ID: d.required(n, "id", "\"vpce-…\""), Policy: d.useText(n, "policy", iam.VPCEndpointPolicy)}
		switch kind := d.text(n, "type"); kind {
		case "Gateway":
			e.Gateway = true
		case "Interface":
		default:
			if !isString(n.Get("type")) {
				break
			}
			d.report.Error(codeInvalidValue, n.Get("type").Span, "`type` is `Gateway` or `Interface`"+source.DidYouMean(kind, []string{"Gateway", "Interface"})).Meant(n.Get("type").Span, kind, []string{"Gateway", "Interface"})
		}
		if seen[e.ID] && e.ID != "" {
			d.report.Error(codeDuplicateId, n.Get("id").Span, "the endpoint `"+source.Clip(e.ID)+"` is listed twice; keep one entry")
		}
		seen[e.ID] = true
		d.account.Endpoints = append(d.account.Endpoints, e)
	}
}

// organization decodes the tree and flattens it.
func (d *decoder) organization(n *source.Node) {
	if !d.object(n, "an organization", "id", "managementAccount", "root") {
		return
	}
	o := &account.Organization{ID: d.required(n, "id", "\"o-exampleorgid\""), Management: d.text(n, "managementAccount"), Paths: map[string][]*account.Node{}}
	if isString(n.Get("managementAccount")) && !arn.IsAccount(o.Management) {
		d.report.Error(codeInvalidAccount, n.Get("managementAccount").Span, "`"+source.Clip(o.Management)+"` is no account id; write twelve digits")
	}
	d.checkID(n, o.ID, "\"o-exampleorgid\"")
	root := n.Get("root")
	if root == nil {
		d.report.Error(codeMissingMember, source.Span{Start: n.Span.Start, End: n.Span.Start + 1}, "`root` is missing; write `\"root\": { \"id\": \"r-…\", … }`")
		return
	}
	if !d.object(root, "`root`", "id", "name", "scps", "rcps", "units", "accounts") {
		return
	}
	o.Root = d.node(root, "\"r-abcd\"")
	d.below(o, root, []*account.Node{o.Root})
	d.account.Organization = o
}

// maxUnits is how deep units may nest below the root (S-032).
const maxUnits = 5

// below decodes the units and accounts of a node.
func (d *decoder) below(o *account.Organization, n *source.Node, path []*account.Node) {
	for _, unit := range d.items(n, "units") {
		if !d.object(unit, "a unit", "id", "name", "scps", "rcps", "units", "accounts") {
			continue
		}
		if len(path) > maxUnits {
			d.report.Error(codeTooDeep, unit.Span, "units nest at most five levels below the root")
			continue
		}
		d.text(unit, "name")
		d.below(o, unit, append(path[:len(path):len(path)], d.node(unit, "\"ou-abcd-11111111\"")))
	}
	for _, entry := range d.items(n, "accounts") {
		if !d.object(entry, "an account", "id", "name", "scps", "rcps") {
			continue
		}
		node := d.node(entry, "\"111122223333\"")
		switch {
		case node.ID == "":
			continue
		case !arn.IsAccount(node.ID):
			d.report.Error(codeInvalidAccount, entry.Get("id").Span, "`"+source.Clip(node.ID)+"` is no account id; write twelve digits")
		case o.Paths[node.ID] != nil:
			d.report.Error(codeDuplicateId, entry.Get("id").Span, "the account `"+node.ID+"` is in the organization twice; keep one entry")
		}
		o.Paths[node.ID] = append(path[:len(path):len(path)], node)
	}
}

// checkID holds an organization's ids to being usable in paths.
func (d *decoder) checkID(n *source.Node, id, example string) {
	if strings.ContainsAny(id, "/ \t\r\n") {
		d.report.Error(codeInvalidId, n.Get("id").Span, "`"+source.Clip(id)+"` is no id; write "+example+" for one")
	}
}

// node decodes a node's id and policies. Without `scps` it has AWS's default;
// RCPFullAWSAccess is always attached (S-188, S-193).
func (d *decoder) node(n *source.Node, example string) *account.Node {
	node := &account.Node{ID: d.required(n, "id", example)}
	d.checkID(n, node.ID, example)
	if n.Get("scps") == nil {
		node.SCPs = []string{d.use(&source.Node{Text: managed.FullAWSAccess, Span: n.Span}, iam.ServiceControlPolicy)}
	}
	node.SCPs = append(node.SCPs, d.useList(n, "scps", iam.ServiceControlPolicy)...)
	node.RCPs = []string{d.use(&source.Node{Text: managed.RCPFullAWSAccess, Span: n.Span}, iam.ResourceControlPolicy)}
	for _, name := range d.useList(n, "rcps", iam.ResourceControlPolicy) {
		if name != managed.RCPFullAWSAccess {
			node.RCPs = append(node.RCPs, name)
		}
	}
	if len(node.SCPs) > 10 {
		d.report.Warn(codeTooMany, n.Get("scps").Span, "at most ten SCPs can be attached to a node")
	}
	if len(node.RCPs) > 5 {
		d.report.Warn(codeTooMany, n.Get("rcps").Span, "at most five RCPs can be attached to a node, `RCPFullAWSAccess` among them")
	}
	return node
}
