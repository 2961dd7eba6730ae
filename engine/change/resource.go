package change

import (
	"slices"
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
	"fenceline/engine/worlds"
)

// known proposes a resource for a request of which it is not known: the first
// that flips the decision, of those that the scenario lists and those that its
// policies name.
func (f *finder) known(want wanted) []part {
	if !f.now.Request.ResourceUnknown {
		return nil
	}
	for _, resource := range f.resources() {
		if !f.spend(f.deciding) {
			break
		}
		r := *f.now.Request
		r.Resource, r.ResourceUnknown = resource, false
		if decision, ok := f.now.DecideAs(&r); ok && want(decision) {
			return []part{{
				kind: Context, reach: ofRequest, cause: "the resource is not known, and the decision depends on it",
				title: "Set the resource to `" + resource + "` in the request", edits: f.setResource(resource),
			}}
		}
	}
	return nil
}

// resources lists ARNs of the action's service; a star in a policy stands for
// a name.
func (f *finder) resources() []string {
	service, _, _ := strings.Cut(strings.ToLower(f.now.Request.Action), ":")
	var list []string
	add := func(text string) {
		text = strings.NewReplacer("*", "example", "?", "x").Replace(text)
		a, ok := arn.Parse(text)
		if ok && plain(text) && (a.Service == service || service == "sts" && a.Service == "iam") && len(list) < maxValues {
			list = append(list, text)
		}
	}
	for _, where := range []string{"resources", "identities"} {
		if entries := f.scenario.Tree().Get(where); entries != nil {
			for _, item := range entries.Items {
				add(item.Get("arn").Text)
			}
		}
	}
	for _, s := range f.statements() {
		if s.Statement.Resource != nil {
			for _, value := range s.Statement.Resource.Values {
				add(value.Value)
			}
		}
	}
	return list
}

// setResource says in the request what the resource is.
func (f *finder) setResource(resource string) []scenario.TextEdit {
	t, request := f.own(), f.requestNode()
	unknown := t.member(request, "unknown")
	at := slices.IndexFunc(unknown.Value.Items, func(n *source.Node) bool { return n.Text == worlds.Resource })
	before := t.member(request, "resource")
	switch {
	case before != nil:
		return append(t.replace(before.Value.Span, source.Quote(resource)), t.addContext(request, nil, []int{at})...)
	case len(unknown.Value.Items) == 1: // the one member comes in the other's place
		return t.replace(source.Span{Start: unknown.KeySpan.Start, End: unknown.Value.Span.End}, source.Quote("resource")+t.colon+source.Quote(resource))
	}
	added := t.addAfter(request, lastOf(request, "action", "principal"), []source.Member{textMember("resource", resource)})
	return append(added, t.removeItem(unknown.Value, at)...)
}
