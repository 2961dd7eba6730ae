package change

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// settle is a part that gives context keys values, each where the scenario has
// it: in the request, or as a tag.
func (f *finder) settle(settings []setting, cause string) []part {
	p := part{kind: Context, reach: ofRequest, cause: cause}
	var ofContext []setting
	var titles []string
	for _, s := range settings {
		if parameter := f.now.ParameterOf(strings.ToLower(s.name)); parameter != "" && !given(f.now.Request, s.name) {
			p.edits = append(p.edits, f.setParameter(parameter, s)...)
			titles = append(titles, parameterTitle(parameter, s))
			continue
		}
		node, tag := f.tagged(s.name)
		if node == nil {
			ofContext = append(ofContext, s)
			continue
		}
		p.kind, p.reach = Tag, ofTags
		p.edits = append(p.edits, f.setTag(node, tag, s)...)
		titles = append(titles, tagTitle(node, tag, s))
	}
	if len(ofContext) > 0 {
		p.edits = append(p.edits, f.setContext(ofContext)...)
		titles = append(titles, contextTitle(ofContext))
	}
	p.title = joined(titles)
	return []part{p}
}

// setParameter edits a parameter of the request's call.
func (f *finder) setParameter(name string, s setting) []scenario.TextEdit {
	t, parameters := f.own(), f.requestNode().Get("parameters")
	m := memberFold(parameters, name)
	switch {
	case m != nil && s.absent:
		return t.removeMember(parameters, m.Key)
	case m != nil:
		return t.replace(m.Value.Span, source.Quote(s.value))
	case s.absent:
		return nil
	}
	return t.addMember(parameters, name, jsonText(s.value))
}

func parameterTitle(name string, s setting) string {
	if s.absent {
		return "Remove the parameter `" + name + "` from the call"
	}
	return "Set the parameter `" + name + "` of the call to `" + s.value + "`"
}

// own is the scenario's own text.
func (f *finder) own() *text {
	if f.scenarioText == nil {
		f.scenarioText = newText("", f.scenario.File(), f.scenario.Tree())
	}
	return f.scenarioText
}

func (f *finder) requestNode() *source.Node {
	return f.scenario.Tree().Get("requests").Items[f.index]
}

// setContext edits the request's context, and what it says is unknown.
func (f *finder) setContext(settings []setting) []scenario.TextEdit {
	t, request := f.own(), f.requestNode()
	context, unknown := request.Get("context"), request.Get("unknown")
	var edits []scenario.TextEdit
	var added []source.Member
	var settled []int // entries of unknown
	for _, s := range settings {
		if unknown != nil {
			if at := itemFold(unknown, s.name); at >= 0 {
				settled = append(settled, at)
			}
		}
		m := memberFold(context, s.name)
		switch {
		case m != nil && s.absent:
			edits = append(edits, t.removeMember(context, m.Key)...)
		case m != nil:
			edits = append(edits, t.replace(m.Value.Span, t.valueLike(m.Value, s))...)
		case !s.absent:
			added = append(added, member(s.name, s.node()))
		}
	}
	return append(edits, t.addContext(request, added, settled)...)
}

// addContext adds members to a request's context, which there may be none of
// yet, and takes entries out of what is unknown.
func (t *text) addContext(request *source.Node, added []source.Member, settled []int) []scenario.TextEdit {
	context, unknown := request.Get("context"), request.Get("unknown")
	all := unknown != nil && len(settled) == len(unknown.Items)
	var edits []scenario.TextEdit
	switch {
	case len(added) == 0:
	case context != nil:
		edits = t.addMembers(context, added)
	case all: // the one member comes in the other's place
		whole := source.Quote("context") + t.colon + t.write(jsonObject(added...), "", false)
		m := memberFold(request, "unknown")
		return t.replace(source.Span{Start: m.KeySpan.Start, End: m.Value.Span.End}, whole)
	default:
		edits = t.addAfter(request, lastOf(request, "resource", "action", "principal"), []source.Member{member("context", jsonObject(added...))})
	}
	switch {
	case len(settled) == 0:
		return edits
	case all:
		return append(edits, t.removeMember(request, "unknown")...)
	case len(settled) == 1:
		return append(edits, t.removeItem(unknown, settled[0])...)
	}
	left := &source.Node{Kind: source.Array}
	for i, item := range unknown.Items {
		if !slices.Contains(settled, i) {
			left.Items = append(left.Items, item)
		}
	}
	return append(edits, t.replace(unknown.Span, t.write(left, "", false))...)
}

// lastOf is the index of the first of the names that the object has, else of
// its last member.
func lastOf(object *source.Node, names ...string) int {
	for _, name := range names {
		for i := range object.Members {
			if object.Members[i].Key == name {
				return i
			}
		}
	}
	return len(object.Members) - 1
}

func memberFold(object *source.Node, name string) *source.Member {
	if object == nil {
		return nil
	}
	for i := range object.Members {
		if strings.EqualFold(object.Members[i].Key, name) {
			return &object.Members[i]
		}
	}
	return nil
}

func itemFold(list *source.Node, name string) int {
	return slices.IndexFunc(list.Items, func(n *source.Node) bool { return strings.EqualFold(n.Text, name) })
}

// node is the setting's value as JSON.
func (s *setting) node() *source.Node {
	if s.list {
		return jsonTexts(s.value)
	}
	return jsonText(s.value)
}

// valueLike writes a setting as the value before was written.
func (t *text) valueLike(before *source.Node, s setting) string {
	if s.list || before.Kind == source.Array {
		return t.write(jsonTexts(s.value), "", false)
	}
	return like(t.file.Slice(before.Span), s.value)
}

// tagged finds whose tag a key is: that of the caller's identity, or of the
// resource, where the scenario lists them.
func (f *finder) tagged(key string) (node *source.Node, tag string) {
	family, tag, ok := strings.Cut(key, "/")
	if !ok {
		return nil, ""
	}
	family = strings.ToLower(family)
	switch {
	case given(f.now.Request, key):
		return nil, "" // the request's own word wins
	case family == "aws:principaltag":
		if session := f.now.Request.Session; session == nil || len(session.Tags) == 0 {
			node = f.listed("identities", f.identity())
		}
	case strings.HasSuffix(family, ":resourcetag"):
		if node = f.listed("resources", f.now.Request.Resource); node == nil {
			node = f.listed("identities", f.now.Request.Resource)
		}
	}
	return node, tag
}

func given(r *account.Request, key string) bool {
	return slices.ContainsFunc(r.Context, func(k iam.Key) bool { return strings.EqualFold(k.Name, key) })
}

// identity is the ARN of the identity whose policies the caller has.
func (f *finder) identity() string {
	switch p := f.now.Resolved.Request.Principal; p.Kind {
	case iam.User:
		return p.ARN
	case iam.RoleSession:
		return p.Role
	case iam.FederatedUser:
		return p.Parent
	}
	return ""
}

// listed finds an entry of the scenario by its ARN.
func (f *finder) listed(where, arn string) *source.Node {
	list := f.scenario.Tree().Get(where)
	if list == nil || arn == "" {
		return nil
	}
	for _, item := range list.Items {
		if n := item.Get("arn"); n != nil && n.Text == arn {
			return item
		}
	}
	return nil
}

// setTag edits a tag of an identity or resource.
func (f *finder) setTag(node *source.Node, tag string, s setting) []scenario.TextEdit {
	t, tags := f.own(), node.Get("tags")
	m := memberFold(tags, tag)
	switch {
	case m != nil && s.absent:
		return t.removeMember(tags, m.Key)
	case m != nil:
		return t.replace(m.Value.Span, source.Quote(s.value))
	case s.absent:
		return nil
	case tags != nil:
		return t.addMember(tags, tag, jsonText(s.value))
	}
	return t.addMember(node, "tags", jsonObject(textMember(tag, s.value)))
}
