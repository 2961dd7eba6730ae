package scenario

import (
	"cmp"
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// Continuation is a scenario that goes on in the middle of another.
type Continuation struct {
	// Scenario is its text: the account as the calls before have left it, and the
	// requests that are still to come.
	Scenario string
	// Policies are texts that can't stand in the scenario's, being no JSON.
	Policies []NamedText
	// Notes are what a scenario can't say of the account.
	Notes []string
}

// Continued is the scenario as it stands before request i: what the calls up to
// there have changed is in the account, and the requests from i on are the
// scenario's own. False says that the scenario can't be run.
func (s *Scenario) Continued(i int, options iam.Options) (Continuation, bool) {
	if s.Invalid || s.brokenInside() || i < 0 || i > len(s.requests) {
		return Continuation{}, false
	}
	c := &continuation{runner: s.at(i, options), names: map[string]string{}}
	c.out.Policies, c.out.Notes = []NamedText{}, []string{}
	c.chooseNames()
	c.write(i)
	return c.out, true
}

// continuation writes the text of a scenario that goes on.
type continuation struct {
	*runner
	out   Continuation
	names map[string]string // of documents, by those that they had
	gone  []string          // documents of policies that were deleted
	text  strings.Builder
}

// chooseNames finds a name for each document that calls brought in: that by
// which a managed policy is found by its ARN.
func (c *continuation) chooseNames() {
	if c.state == nil {
		return
	}
	inUse := c.inUse()
	for _, m := range c.state.Managed() {
		standing := c.Standing(m.ARN)
		if standing != "" && m.Document != "" && m.Document != standing && inUse[standing] {
			c.names[standing] = standing + " before" // a session still has what the policy was (U-40)
		}
		switch {
		case m.Document == "":
			c.gone = append(c.gone, standing)
		case standing != "":
			c.names[m.Document] = standing
		default:
			c.names[m.Document] = c.managedName(m.ARN)
		}
		if m.Others > 0 {
			c.out.Notes = append(c.out.Notes, "a scenario has one version of a policy: of `"+m.ARN+"` it is the default one, the others are left out")
		}
	}
}

// managedName is by what a policy that a call made is found later: its name
// where the path is `/` and nothing else is called so, else its ARN.
func (c *continuation) managedName(text string) string {
	a, _ := arn.Parse(text)
	name := strings.TrimPrefix(a.Resource, "policy/")
	if strings.Contains(name, "/") || c.byName[name] != nil {
		return text
	}
	return name
}

func (c *continuation) name(document string) string { return cmp.Or(c.names[document], document) }

// write writes the scenario's members in their order, and those that it lacks
// before the requests.
func (c *continuation) write(from int) {
	written := map[string]bool{}
	c.text.WriteString("{")
	for i := range c.tree.Members {
		m := &c.tree.Members[i]
		if m.Key == "requests" {
			c.missing(written)
		}
		c.member(m.Key, m.Value, from)
		written[m.Key] = true
	}
	if !written["requests"] {
		c.missing(written)
	}
	c.text.WriteString("\n}\n")
	c.out.Scenario = c.text.String()
}

var changing = []string{"policies", "identities", "resources", "sessions", "instanceProfiles"}

func (c *continuation) missing(written map[string]bool) {
	for _, key := range changing {
		if !written[key] {
			c.member(key, nil, 0)
			written[key] = true
		}
	}
}

// member writes one member; the value is nil for one that the scenario lacks.
func (c *continuation) member(key string, value *source.Node, from int) {
	switch key {
	case "policies":
		c.put(key, '{', c.policyEntries())
	case "identities":
		c.put(key, '[', each(c.account.Identities, c.identity))
	case "resources":
		c.put(key, '[', each(c.account.Resources, c.resource))
	case "sessions":
		c.put(key, '[', c.sessionEntries())
	case "instanceProfiles":
		c.put(key, '[', c.profileEntries())
	case "requests":
		entries := []string{}
		for _, item := range value.Items[min(from, len(value.Items)):] {
			entries = append(entries, reindented(c.requestText(item), "    "))
		}
		c.comma()
		c.list(key, '[', entries)
	default:
		c.comma()
		c.text.WriteString("\n  " + source.Quote(key) + ": " + c.file.Slice(value.Span))
	}
}

// requestText is a request as it stands, but for the names of the documents that
// it expects statements of.
func (c *continuation) requestText(n *source.Node) string {
	var text strings.Builder
	at := n.Span.Start
	for _, item := range items(n.Get("expect").Get("determining")) {
		document, statement, ok := strings.Cut(item.Text, "#")
		if name := c.name(document); ok && name != document {
			text.WriteString(c.file.Slice(source.Span{Start: at, End: item.Span.Start}))
			text.WriteString(source.Quote(name + "#" + statement))
			at = item.Span.End
		}
	}
	text.WriteString(c.file.Slice(source.Span{Start: at, End: n.Span.End}))
	return text.String()
}

// items are those of a list; none where it is not there.
func items(list *source.Node) []*source.Node {
	if list == nil {
		return nil
	}
	return list.Items
}

func (c *continuation) comma() {
	if c.text.Len() > 1 {
		c.text.WriteString(",")
	}
}

// put writes a list or an object that is left out when it is empty.
func (c *continuation) put(key string, open byte, entries []string) {
	if len(entries) > 0 {
		c.comma()
		c.list(key, open, entries)
	}
}

func (c *continuation) list(key string, open byte, entries []string) {
	c.text.WriteString("\n  " + source.Quote(key) + ": " + string(open))
	for i, entry := range entries {
		if i > 0 {
			c.text.WriteString(",")
		}
		c.text.WriteString("\n    " + entry)
	}
	if len(entries) > 0 {
		c.text.WriteString("\n  ")
	}
	c.text.WriteString(string(open + 2)) // the closing one of both kinds
}

func each[T any](list []T, write func(T) string) []string {
	entries := make([]string, len(list))
	for i := range list {
		entries[i] = write(list[i])
	}
	return entries
}

// policyEntries are the documents: the scenario's own, then those of calls that
// something has or that are managed policies.
func (c *continuation) policyEntries() []string {
	var entries []string
	write := func(name string, file *source.File, root *source.Node) {
		if root == nil {
			c.out.Policies = append(c.out.Policies, NamedText{name, file.Text})
			return
		}
		entries = append(entries, source.Quote(name)+": "+reindented(file.Slice(root.Span), "    "))
	}
	inUse := c.inUse()
	replaced := map[string]string{} // documents that stand for others, by the others' names
	for document, name := range c.names {
		replaced[name] = document
	}
	for _, p := range c.policies {
		if slices.Contains(c.gone, p.name) && !inUse[p.name] {
			continue
		}
		if document := replaced[p.name]; document != "" && document != p.name {
			file, root := c.Text(document)
			write(p.name, file, root)
			if before := c.names[p.name]; before != "" {
				write(before, p.file, p.root)
			}
			continue
		}
		root := p.root
		if source.HasErrors(p.parsing) {
			root = nil
		}
		write(p.name, p.file, root)
	}
	for _, name := range sorted(c.documents) {
		if out := c.name(name); c.byName[out] == nil && (inUse[name] || c.names[name] != "") {
			write(out, c.documents[name].File, c.documents[name].Root)
		}
	}
	return entries
}

func sorted[T any](byName map[string]T) []string {
	names := make([]string, 0, len(byName))
	for name := range byName {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// inUse are the documents that something in the account has.
func (c *continuation) inUse() map[string]bool {
	used := map[string]bool{}
	add := func(names ...string) {
		for _, name := range names {
			used[name] = true
		}
	}
	for _, identity := range c.account.Identities {
		add(identity.Policies...)
		add(identity.Boundary, identity.Trust)
	}
	for _, resource := range c.account.Resources {
		add(resource.Policy)
	}
	for _, endpoint := range c.account.Endpoints {
		add(endpoint.Policy)
	}
	eachNode(c.account.Organization, func(node *account.Node) { add(node.SCPs...); add(node.RCPs...) })
	if c.state != nil {
		for _, session := range c.state.Sessions() {
			add(session.Policies...)
		}
	}
	return used
}

// fields writes an object's members, those without a value left out.
type fields struct{ list []string }

func (f *fields) text(key, value string) {
	if value != "" {
		f.list = append(f.list, source.Quote(key)+": "+source.Quote(value))
	}
}

func (f *fields) texts(key string, values []string) {
	if len(values) > 0 {
		f.list = append(f.list, source.Quote(key)+": ["+strings.Join(each(values, source.Quote), ", ")+"]")
	}
}

func (f *fields) tags(tags []account.Tag) {
	if len(tags) > 0 {
		written := each(tags, func(t account.Tag) string { return source.Quote(t.Key) + ": " + source.Quote(t.Value) })
		f.list = append(f.list, "\"tags\": { "+strings.Join(written, ", ")+" }")
	}
}

func (f *fields) object() string { return "{ " + strings.Join(f.list, ", ") + " }" }

func (c *continuation) identity(identity *account.Identity) string {
	f := &fields{}
	f.text("arn", identity.ARN)
	f.texts("policies", each(identity.Policies, c.name))
	f.texts("groups", identity.Groups)
	f.text("boundary", c.name(identity.Boundary))
	f.text("trust", identity.Trust)
	f.text("uniqueId", identity.UniqueID)
	f.tags(identity.Tags)
	return f.object()
}

func (c *continuation) resource(resource *account.Resource) string {
	f := &fields{}
	f.text("arn", resource.ARN)
	f.text("account", resource.Account)
	f.text("policy", resource.Policy)
	f.tags(resource.Tags)
	return f.object()
}

func (c *continuation) sessionEntries() []string {
	var entries []string
	if c.state == nil {
		return nil
	}
	for _, session := range c.state.Sessions() {
		f := &fields{}
		f.text("arn", session.ARN)
		f.texts("policies", each(session.Policies, c.name))
		f.tags(session.Tags)
		f.text("user", session.User)
		f.texts("transitiveTagKeys", session.Transitive)
		f.text("sourceIdentity", session.SourceIdentity)
		if len(f.list) > 1 { // of one that was made with nothing there is nothing to say
			entries = append(entries, f.object())
		}
	}
	return entries
}

func (c *continuation) profileEntries() []string {
	var entries []string
	if c.state == nil {
		return nil
	}
	for _, profile := range c.state.Profiles() {
		f := &fields{}
		f.text("arn", profile.ARN)
		f.text("role", profile.Role)
		entries = append(entries, f.object())
	}
	return entries
}

// reindented moves the lines of a value so that its last one begins with an
// indentation.
func reindented(text, indent string) string {
	end := strings.LastIndexByte(text, '\n')
	if end < 0 {
		return text
	}
	last := text[end+1:]
	before := last[:len(last)-len(strings.TrimLeft(last, " \t"))]
	lines := strings.Split(text, "\n")
	for i := 1; i < len(lines); i++ {
		lines[i] = indent + strings.TrimPrefix(lines[i], before)
	}
	return strings.Join(lines, "\n")
}
