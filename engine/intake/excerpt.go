package intake

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// Excerpt is a part of an account as a scenario: its file, with requests where
// any were asked for, and the policies' texts apart.
type Excerpt struct {
	Scenario string
	Policies []scenario.NamedText
	// Notes say what was left out.
	Notes []string
}

// Decode reads the excerpt's scenario.
func (e *Excerpt) Decode() *scenario.Scenario {
	return scenario.Decode(source.NewFile("account", e.Scenario), e.Policies)
}

// Wish is what an excerpt is to hold.
type Wish struct {
	Title string
	// Principals are the identities that make requests, by ARN; what they meet
	// comes with them.
	Principals []string
	// Targets are resources that are asked about: a role that may be assumed, a
	// bucket with a policy.
	Targets []string
	// Requests is a JSON list of requests as scenario files write them. Their
	// principals and resources count as wished.
	Requests string
	// ByARN names customer managed policies by their ARNs.
	ByARN bool
}

// maxResources is up to how many resources are in an excerpt that asks for none
// in particular.
const maxResources = 50

// Whole is the account as one scenario without requests. For a large one it is
// a large text, which scenario.MaxBytes may refuse: an Excerpt holds what one
// principal meets.
func (a *Account) Whole() Excerpt {
	p := part{account: a, identities: a.Identities, resources: a.Resources, endpoints: a.Endpoints}
	if a.Organization != nil {
		for id := range a.Organization.nodes {
			p.accounts = append(p.accounts, id)
		}
	}
	return p.excerpt("Imported account", nil)
}

// Excerpt is what some principals and targets meet, alone: their identities
// with groups and policies, the resources, and the organization above them. It
// is false where requests can't be read.
func (a *Account) Excerpt(w Wish) (Excerpt, []Problem) {
	requests, problems := readRequests(w.Requests)
	if len(problems) > 0 {
		return Excerpt{}, problems
	}
	p := part{account: a, endpoints: a.Endpoints, byARN: w.ByARN}
	for _, text := range w.Principals {
		p.principal(text)
	}
	targets := slices.Clone(w.Targets)
	for _, n := range items(requests) {
		p.principal(str(n, "principal"))
		if user := str(n, "session", "user"); user != "" {
			p.principal("arn:" + partitionOf(str(n, "principal")) + ":iam::" + accountIn(str(n, "principal")) + ":user/" + user)
		}
		for _, name := range items(n.Get("session").Get("policies")) {
			if held := a.byName[name.Text]; held != nil {
				p.passed = append(p.passed, held)
			}
		}
		targets = append(targets, str(n, "resource"))
	}
	for _, target := range targets {
		p.target(target)
	}
	if len(targets) == 0 {
		p.allResources()
	}
	title := w.Title
	if title == "" && len(p.identities) > 0 {
		title = "What " + p.identities[0].Name + " may do"
	}
	return p.excerpt(title, requests), nil
}

// readRequests reads a list of requests.
func readRequests(text string) (*source.Node, []Problem) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	file := source.NewFile("requests", text)
	root, found := source.Parse(file, MaxBytes)
	var problems []Problem
	for _, p := range found {
		if p.Severity == source.Error {
			problems = append(problems, Problem{p.Message, file.Position(p.Span.Start), file.Position(p.Span.End)})
		}
	}
	if len(problems) == 0 && root.Kind != source.Array {
		problems = append(problems, Problem{"requests are a list, not " + root.Kind.String(), file.Position(0), file.Position(len(text))})
	}
	return root, problems
}

// part is a part of an account.
type part struct {
	account    *Account
	identities []*Identity
	resources  []*HeldResource
	endpoints  []*HeldEndpoint
	accounts   []string // and other nodes, by id
	passed     []*Held  // to sessions
	notes      []string
	byARN      bool
}

// principal adds an identity, or a session's, with its groups.
func (p *part) principal(text string) {
	if i := p.account.PrincipalOf(text); i != nil {
		p.identity(i)
		return
	}
	if id := accountIn(text); arn.IsAccount(id) {
		p.inAccount(id)
	}
}

// PrincipalOf is the identity behind a request's principal: a session's role, a
// user's or role's own ARN, whatever its path. It is nil where there is none.
func (a *Account) PrincipalOf(text string) *Identity {
	if i := a.byARN[text]; i != nil {
		return i
	}
	parsed, ok := arn.Parse(text)
	if !ok {
		return nil
	}
	parts := strings.Split(parsed.Resource, "/")
	kind, name := parts[0], parts[len(parts)-1]
	if parsed.Service == "sts" && kind == "assumed-role" && len(parts) == 3 {
		kind, name = "role", parts[1]
	}
	for _, i := range a.Identities {
		if i.Account == parsed.Account && i.Kind == kind && i.Name == name {
			return i
		}
	}
	return nil
}

func (p *part) identity(i *Identity) {
	if slices.Contains(p.identities, i) {
		return
	}
	p.identities = append(p.identities, i)
	p.inAccount(i.Account)
	for _, group := range i.Groups {
		if g := p.account.byARN[group]; g != nil {
			p.identity(g)
		}
	}
}

func (p *part) inAccount(id string) {
	if id != "" && !slices.Contains(p.accounts, id) {
		p.accounts = append(p.accounts, id)
	}
}

// target adds what a resource is: a role or user, or a resource with a policy.
func (p *part) target(text string) {
	if i := p.account.byARN[text]; i != nil {
		p.identity(i)
		return
	}
	bucket, _, _ := strings.Cut(text, "/")
	for _, r := range p.account.Resources {
		if (r.ARN == text || r.ARN == bucket) && !slices.Contains(p.resources, r) {
			p.resources = append(p.resources, r)
			p.inAccount(accountIn(r.ARN))
		}
	}
	p.inAccount(accountIn(text))
}

// allResources adds every resource with a policy, unless they are many.
func (p *part) allResources() {
	if len(p.account.Resources) > maxResources {
		p.notes = append(p.notes, "The account has "+itoa(len(p.account.Resources))+" resources with policies; they are left out. Requests that name a resource bring its policy along.")
		return
	}
	p.resources = p.account.Resources
	for _, r := range p.resources {
		p.inAccount(accountIn(r.ARN))
	}
}

// excerpt writes the part as a scenario.
func (p *part) excerpt(title string, requests *source.Node) Excerpt {
	if requests == nil {
		requests = &source.Node{Kind: source.Array}
	}
	w := scenarioWriter{byARN: p.byARN}
	root := object("version", &source.Node{Kind: source.Number, Text: "1"}, "title", text(title))
	root.Members = append(root.Members, source.Member{Key: "identities", Value: list(p.identities, w.identity)})
	if len(p.resources) > 0 {
		root.Members = append(root.Members, source.Member{Key: "resources", Value: list(p.resources, w.resource)})
	}
	if len(p.endpoints) > 0 {
		root.Members = append(root.Members, source.Member{Key: "vpcEndpoints", Value: list(p.endpoints, w.endpoint)})
	}
	if o := p.account.Organization; o != nil {
		root.Members = append(root.Members, source.Member{Key: "organization", Value: w.organization(o, p.accounts)})
	}
	root.Members = append(root.Members, source.Member{Key: "requests", Value: requests})
	list(p.passed, w.name)
	return Excerpt{print(root) + "\n", w.texts(), p.notes}
}

// scenarioWriter writes an account's parts in a scenario's terms, and collects
// the policies that they use.
type scenarioWriter struct {
	used  []*Held
	has   map[*Held]bool
	byARN bool
}

// name is a policy's name, which is then used.
func (w *scenarioWriter) name(p *Held) *source.Node {
	if !w.has[p] {
		if w.has == nil {
			w.has = map[*Held]bool{}
		}
		w.has[p] = true
		w.used = append(w.used, p)
	}
	return text(w.nameOf(p))
}

func (w *scenarioWriter) nameOf(p *Held) string {
	if w.byARN && p.Origin == CustomerManaged {
		return p.ARN
	}
	return p.Name
}

// texts are the documents that were used, as a scenario takes them apart from
// its file. Those that ship with the engine need no text.
func (w *scenarioWriter) texts() []scenario.NamedText {
	list := make([]scenario.NamedText, 0, len(w.used))
	for _, p := range w.used {
		if !p.BuiltIn {
			list = append(list, scenario.NamedText{Name: w.nameOf(p), Text: p.Text})
		}
	}
	return list
}

func (w *scenarioWriter) identity(i *Identity) *source.Node {
	n := object("arn", text(i.ARN))
	add := func(key string, value *source.Node) {
		n.Members = append(n.Members, source.Member{Key: key, Value: value})
	}
	if len(i.Groups) > 0 {
		add("groups", list(i.Groups, text))
	}
	if len(i.Policies) > 0 {
		add("policies", list(i.Policies, w.name))
	}
	if i.Boundary != nil {
		add("boundary", w.name(i.Boundary))
	}
	if i.Trust != nil {
		add("trust", w.name(i.Trust))
	}
	if i.UniqueID != "" {
		add("uniqueId", text(i.UniqueID))
	}
	if len(i.Tags) > 0 && i.Kind != "group" {
		add("tags", tagsObject(i.Tags))
	}
	return n
}

func tagsObject(tags []account.Tag) *source.Node {
	n := &source.Node{Kind: source.Object}
	for _, tag := range tags {
		n.Members = append(n.Members, source.Member{Key: tag.Key, Value: text(tag.Value)})
	}
	return n
}

func (w *scenarioWriter) resource(r *HeldResource) *source.Node {
	return object("arn", text(r.ARN), "policy", w.name(r.Policy))
}

func (w *scenarioWriter) endpoint(e *HeldEndpoint) *source.Node {
	n := object("id", text(e.ID))
	if e.Policy != nil {
		n.Members = append(n.Members, source.Member{Key: "policy", Value: w.name(e.Policy)})
	}
	if e.Gateway {
		n.Members = append(n.Members, source.Member{Key: "type", Value: text("Gateway")})
	}
	return n
}

// organization writes the tree as far as it is above some accounts.
func (w *scenarioWriter) organization(o *Organization, accounts []string) *source.Node {
	n := object("id", text(o.ID))
	if o.Management != "" {
		n.Members = append(n.Members, source.Member{Key: "managementAccount", Value: text(o.Management)})
	}
	keep := map[string]bool{}
	for _, id := range accounts {
		for _, node := range o.Path(id) {
			keep[node.ID] = true
		}
	}
	n.Members = append(n.Members, source.Member{Key: "root", Value: w.node(o.Root, keep)})
	return n
}

func (w *scenarioWriter) node(o *OrganizationNode, keep map[string]bool) *source.Node {
	n := object("id", text(o.ID))
	add := func(key string, value *source.Node) {
		n.Members = append(n.Members, source.Member{Key: key, Value: value})
	}
	if o.Name != "" {
		add("name", text(o.Name))
	}
	if !o.Default {
		add("scps", list(o.SCPs, w.name))
	}
	if len(o.RCPs) > 0 {
		add("rcps", list(o.RCPs, w.name))
	}
	kept := func(nodes []*OrganizationNode) []*OrganizationNode {
		return slices.DeleteFunc(slices.Clone(nodes), func(child *OrganizationNode) bool { return !keep[child.ID] })
	}
	below := func(child *OrganizationNode) *source.Node { return w.node(child, keep) }
	if units := kept(o.Units); len(units) > 0 {
		add("units", list(units, below))
	}
	if accounts := kept(o.Accounts); len(accounts) > 0 {
		add("accounts", list(accounts, below))
	}
	return n
}

// object is an object of names and values in turn.
func object(members ...any) *source.Node {
	n := &source.Node{Kind: source.Object}
	for i := 0; i < len(members); i += 2 {
		n.Members = append(n.Members, source.Member{Key: members[i].(string), Value: members[i+1].(*source.Node)})
	}
	return n
}

func list[T any](from []T, node func(T) *source.Node) *source.Node {
	n := &source.Node{Kind: source.Array}
	for _, item := range from {
		n.Items = append(n.Items, node(item))
	}
	return n
}
