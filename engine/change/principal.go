package change

import (
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// entry is how a policy names the request's caller: the type and the value.
// A role is named for its sessions. It is false for a caller who can't be named
// alone.
func (f *finder) entry() (kind, value string, ok bool) {
	switch p := f.now.Resolved.Request.Principal; p.Kind {
	case iam.User, iam.Root, iam.FederatedUser:
		return "AWS", p.ARN, true
	case iam.RoleSession:
		return "AWS", p.Role, true
	case iam.ServicePrincipal:
		return "Service", p.ARN, true
	case iam.IdentityProvider:
		return "Federated", p.ARN, true
	}
	return "", "", false
}

// name adds the caller to the principals of a statement.
func (f *finder) name(s *statement) []part {
	node := s.node.Get("Principal")
	kind, value, ok := f.entry()
	if !ok || node == nil || node.Kind != source.Object || !plain(value) {
		return nil
	}
	edits := s.text.addMember(node, kind, jsonText(value))
	if list := node.Get(kind); list != nil {
		edits = s.text.addItem(list, value)
	}
	return []part{{
		kind: Principal, reach: ofEntries, wide: f.widens(s, Action),
		title: "Add `" + value + "` to the principals of " + s.name(),
		cause: "the `Principal` of " + s.name() + " does not name `" + value + "`",
		edits: edits,
	}}
}

// unname takes the entry out that names the caller, if others remain.
func (s *statement) unname(cause string) []part {
	p := s.Statement.Principal
	if p == nil || p.Not || s.PrincipalEntry < 0 {
		return nil
	}
	entry := &p.Entries[s.PrincipalEntry]
	list := s.node.Get("Principal").Get(entry.Type)
	if list == nil || list.Kind != source.Array || len(list.Items) < 2 {
		return nil
	}
	for i, item := range list.Items {
		if item.Span == entry.Span {
			return []part{{
				kind: Principal, reach: s.lessReach(), cause: cause, wide: s.shared(),
				title: "Take `" + entry.Value + "` out of the principals of " + s.name(),
				edits: s.text.removeItem(list, i),
			}}
		}
	}
	return nil
}
