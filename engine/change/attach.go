package change

import (
	"slices"
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/managed"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// holder is what has a list of policies, in the scenario's own text.
type holder struct {
	node   *source.Node
	member string
	name   string // in titles
}

// holder finds what gives the request the policies of a layer: the caller's
// identity or group, a node of the organization, or the session. The node is
// nil when the scenario does not list it.
func (f *finder) holder(layer iam.Layer, at, via string) holder {
	switch layer {
	case iam.IdentityPolicy:
		owner := f.identity()
		if via != "" {
			owner = via
		}
		return holder{f.listed("identities", owner), "policies", "`" + owner + "`"}
	case iam.ServiceControlPolicy:
		return holder{f.orgNode(at), "scps", "`" + last(at) + "`"}
	case iam.ResourceControlPolicy:
		return holder{f.orgNode(at), "rcps", "`" + last(at) + "`"}
	case iam.SessionPolicy:
		return holder{f.requestNode().Get("session"), "policies", "the session"}
	}
	return holder{}
}

func last(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// orgNode finds a node of the organization by its path.
func (f *finder) orgNode(path string) *source.Node {
	node := f.scenario.Tree().Get("organization").Get("root")
	for _, id := range strings.Split(path, "/")[1:] {
		var below *source.Node
		for _, list := range []string{"units", "accounts"} {
			if n := node.Get(list); n != nil {
				for _, item := range n.Items {
					if child := item.Get("id"); child != nil && child.Text == id {
						below = item
					}
				}
			}
		}
		node = below
	}
	return node
}

// hold edits a holder to have one policy more.
func (t *text) hold(h holder, policy string) []scenario.TextEdit {
	if list := h.node.Get(h.member); list != nil {
		return t.addItem(list, policy)
	}
	if h.member == "scps" { // an absent list means the default (S-188)
		return t.addMember(h.node, h.member, jsonTexts(managed.FullAWSAccess, policy))
	}
	return t.addMember(h.node, h.member, jsonTexts(policy))
}

// attach proposes policies that the layer's holder doesn't have: those of the
// scenario, and where it has none to which a statement could be added, a new one.
func (f *finder) attach(layer *eval.LayerTrace, effect iam.Effect) []part {
	if layer.Layer != iam.IdentityPolicy && layer.Layer != iam.ServiceControlPolicy && layer.Layer != iam.SessionPolicy {
		return nil
	}
	h := f.holder(layer.Layer, layer.At, "")
	cause := f.layerCause(layer.Layer, layer.At, effect)
	var parts []part
	if h.node != nil {
		for _, name := range f.attachable(layer) {
			parts = append(parts, part{
				kind: Attachment, reach: ofAttachments, cause: cause,
				title: "Attach `" + name + "` to " + h.name, edits: f.own().hold(h, name),
			})
		}
	}
	if slices.ContainsFunc(layer.Policies, func(p eval.PolicyTrace) bool { return f.scenario.PolicyTree(p.Attached.Name) != nil }) {
		return parts
	}
	return append(parts, f.newPolicy(layer.Layer, effect, cause, h.name, func(name string) []scenario.TextEdit {
		switch {
		case h.node != nil:
			return f.own().hold(h, name)
		case layer.Layer == iam.IdentityPolicy && f.identity() != "":
			return f.enlist("identities", jsonObject(textMember("arn", f.identity()), member("policies", jsonTexts(name))))
		}
		return nil
	})...)
}

// attachable are the scenario's policies that could be attached in a layer and
// are not: those used there already elsewhere, and those that nothing uses.
func (f *finder) attachable(layer *eval.LayerTrace) []string {
	var names []string
	for _, text := range f.scenario.Texts() {
		fits := len(text.Layers) == 0 || slices.Contains(text.Layers, layer.Layer)
		attached := slices.ContainsFunc(layer.Policies, func(p eval.PolicyTrace) bool { return p.Attached.Name == text.Policy })
		if text.Policy != "" && fits && !attached && f.scenario.Sound(text.Policy) && !f.scenario.LeftOut(text.Policy) && len(names) < maxPolicies {
			names = append(names, text.Policy)
		}
	}
	return names
}

// newPolicy proposes a policy of exactly this request, which edits attach.
func (f *finder) newPolicy(layer iam.Layer, effect iam.Effect, cause, to string, edits func(name string) []scenario.TextEdit) []part {
	statement, words, ok := f.exactly(layer, effect)
	if !ok {
		return nil
	}
	name := f.freeName(layer, effect)
	attached := edits(name)
	if attached == nil {
		return nil
	}
	document := jsonObject(textMember("Version", "2012-10-17"), member("Statement", &source.Node{Kind: source.Array, Items: []*source.Node{statement}}))
	t := text{colon: ": ", newline: "\n", unit: "  "}
	return []part{{
		kind: Attachment, reach: ofAttachments, cause: cause, edits: attached, adds: effect.String(),
		title:    "Attach a new policy that " + words + " to " + to,
		policies: []scenario.NamedText{{Name: name, Text: t.write(document, "", true)}},
	}}
}

// purposes end the names of new policies that are not an identity's.
var purposes = map[iam.Layer]string{
	iam.ServiceControlPolicy: "InAccount", iam.SessionPolicy: "InSession", iam.ResourcePolicy: "OnResource", iam.TrustPolicy: "Trust",
}

// freeName names a new policy after what it does.
func (f *finder) freeName(layer iam.Layer, effect iam.Effect) string {
	_, operation, _ := strings.Cut(f.now.Request.Action, ":")
	wish := effect.String() + operation + purposes[layer]
	name := wish
	for n := 2; f.scenario.HasPolicy(name); n++ {
		name = wish + number(n)
	}
	return name
}

// enlist adds an entry to one of the scenario's lists.
func (f *finder) enlist(list string, entry *source.Node) []scenario.TextEdit {
	tree := f.scenario.Tree()
	if n := tree.Get(list); n != nil {
		return f.own().addNode(n, entry)
	}
	return f.own().addAfter(tree, lastOf(tree, "identities", "policies", "source", "description", "title", "version"),
		[]source.Member{member(list, &source.Node{Kind: source.Array, Items: []*source.Node{entry}})})
}

// detach takes the policy of a statement off what has it. A boundary stays.
func (f *finder) detach(s *statement) []part {
	if s.layer.Layer == iam.ResourcePolicy {
		return f.detachFromResource(s)
	}
	h := f.holder(s.layer.Layer, s.layer.At, s.policy.Via)
	list := h.node.Get(h.member)
	if list == nil || s.layer.Layer == iam.ServiceControlPolicy && s.Statement.Effect == iam.Allow {
		return nil
	}
	at := slices.IndexFunc(list.Items, func(n *source.Node) bool { return n.Text == s.policy.Name })
	if at < 0 {
		return nil
	}
	return []part{s.detached(h.name, f.own().removeItem(list, at))}
}

// detached is a part that takes the statement's whole policy off something.
func (s *statement) detached(from string, edits []scenario.TextEdit) part {
	p := part{
		kind: Attachment, reach: ofAttachments, cause: s.cause(), wide: true,
		title: "Detach `" + s.policy.Name + "` from " + from, edits: edits,
	}
	if s.list != nil && len(s.list.Items) > 1 { // more than what is in the way goes
		p.reach = ofDenies
	}
	return p
}

// detachFromResource takes the policy off the resource, or off its bucket; a
// KMS key always has one (S-200).
func (f *finder) detachFromResource(s *statement) []part {
	node, owner := f.entryOf("resources", f.now.Request.Resource)
	if node.Get("policy") == nil || f.now.Resolved.Request.Kind != eval.Ordinary {
		return nil
	}
	return []part{s.detached("`"+owner+"`", f.own().removeMember(node, "policy"))}
}

// missing lists the layers that the request needs and does not meet: a policy
// of the resource where the caller's own don't suffice, and a federated user's
// session policy (S-172).
func (f *finder) missing() []obstacle {
	var list []obstacle
	add := func(layer iam.Layer, parts []part) {
		list = append(list, obstacle{parts: parts, opens: func(after *scenario.Inspection) bool { return opened(after, layer, "") }})
	}
	r, layers := f.now.Resolved.Request, f.now.Resolved.Layers
	foreign := !r.Principal.InAccount() || r.Principal.Account != r.Account
	if len(layers.Resource) == 0 && (foreign || r.Kind != eval.Ordinary) && r.Resource != "*" && !r.ResourceUnknown {
		layer := iam.ResourcePolicy
		if r.Kind == eval.RoleTrust {
			layer = iam.TrustPolicy
		}
		add(layer, f.newResourcePolicy(layer))
	}
	if session := f.requestNode().Get("session"); r.Principal.Kind == iam.FederatedUser && layers.Session == nil && session != nil {
		h := holder{session, "policies", "the session"}
		add(iam.SessionPolicy, f.newPolicy(iam.SessionPolicy, iam.Allow, f.layerCause(iam.SessionPolicy, "", iam.Allow), h.name,
			func(name string) []scenario.TextEdit { return f.own().hold(h, name) }))
	}
	return list
}

// newResourcePolicy puts a policy on the resource, or on the bucket of an
// object; a role gets a trust policy.
func (f *finder) newResourcePolicy(layer iam.Layer) []part {
	where, key := "resources", "policy"
	if layer == iam.TrustPolicy {
		where, key = "identities", "trust"
	}
	node, owner := f.entryOf(where, f.now.Request.Resource)
	if node.Get(key) != nil { // it is left out for now
		return nil
	}
	return f.newPolicy(layer, iam.Allow, f.layerCause(layer, "", iam.Allow), "`"+owner+"`", func(name string) []scenario.TextEdit {
		if node != nil {
			return f.own().addMember(node, key, jsonText(name))
		}
		return f.enlist(where, jsonObject(textMember("arn", owner), textMember(key, name)))
	})
}

// entryOf finds the entry that has the policy of a resource: its own, or that
// of the bucket of an object, whose ARN is answered also where neither is listed.
func (f *finder) entryOf(where, resource string) (*source.Node, string) {
	node := f.listed(where, resource)
	if bucket, ok := bucketOf(resource); ok && node == nil {
		return f.listed(where, bucket), bucket
	}
	return node, resource
}

// bucketOf is the bucket of an S3 object.
func bucketOf(object string) (string, bool) {
	a, ok := arn.Parse(object)
	bucket, _, isObject := strings.Cut(a.Resource, "/")
	return strings.TrimSuffix(object, a.Resource) + bucket, ok && a.Service == "s3" && isObject && a.Region == "" && a.Account == ""
}
