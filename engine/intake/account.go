package intake

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/managed"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// Account is what was read, put together: the identities of one AWS account or
// more with their policies, resources and the organization. It must not be
// changed.
type Account struct {
	// IDs are the account numbers whose identities were read.
	IDs        []string
	Identities []*Identity
	// Policies are all policies in a fixed order, under names that are unique.
	Policies  []*Held
	Resources []*HeldResource
	Endpoints []*HeldEndpoint
	// Organization is nil when nothing was told of one.
	Organization *Organization
	// Unused are the parts of what was given that are not in the account, and
	// MoreUnused is how many others there are.
	Unused     []Unused
	MoreUnused int
	Notes      []string

	byARN  map[string]*Identity
	byName map[string]*Held
}

// Identity is a user, group or role.
type Identity struct {
	// Kind is "user", "group" or "role".
	Kind, ARN, Account, Name, UniqueID string
	Groups                             []string // ARNs
	Policies                           []*Held
	Boundary, Trust                    *Held
	Tags                               []account.Tag
	Place                              Place
	// Assumed says that the identity itself was not given: that it exists follows
	// from those who are in it.
	Assumed bool
}

// Origin says what kind of policy a Held is.
type Origin string

// The kinds of policies by where they come from.
const (
	CustomerManaged      Origin = "customerManaged"
	AWSManaged           Origin = "awsManaged"
	Inline               Origin = "inline"
	Trust                Origin = "trust"
	ServiceControlPolicy Origin = "serviceControlPolicy"
	ResourceControl      Origin = "resourceControlPolicy"
	ResourceBased        Origin = "resource"
	Endpoint             Origin = "endpoint"
	// Unknown stands for policies of which not even the names are known.
	Unknown Origin = "unknown"
)

// Held is a policy of the account.
type Held struct {
	// Name is unique in the account.
	Name   string
	Origin Origin
	// ARN is the policy's own, Owner that of the identity or resource that has
	// an inline policy, a trust policy or a resource's.
	ARN, Owner, Version string
	// Text is the document, scenario.Missing when it is not at hand.
	Text string
	// Missing says what to run for a document that is missing.
	Missing string
	// BuiltIn says that the document ships with the engine.
	BuiltIn bool
	Place   Place

	long string // the name where Name would be another's
}

// HeldResource is a resource with a policy. By says how it is known whose
// policy it is.
type HeldResource struct {
	ARN, By string
	Policy  *Held
}

// HeldEndpoint is a VPC endpoint; its policy may be nil.
type HeldEndpoint struct {
	ID      string
	Gateway bool
	Policy  *Held
}

// Identity finds an identity by its ARN, or answers nil.
func (a *Account) Identity(arn string) *Identity { return a.byARN[arn] }

// Policy finds a policy by its name, or answers nil.
func (a *Account) Policy(name string) *Held { return a.byName[name] }

// Members are the users in a group.
func (a *Account) Members(group string) []*Identity {
	var list []*Identity
	for _, i := range a.Identities {
		if slices.Contains(i.Groups, group) {
			list = append(list, i)
		}
	}
	return list
}

// UsersOf are the identities that have a policy themselves, as their own,
// their boundary or their trust policy, by ARN.
func (a *Account) UsersOf(p *Held) []string {
	var list []string
	for _, i := range a.Identities {
		if i.Boundary == p || i.Trust == p || slices.Contains(i.Policies, p) {
			list = append(list, i.ARN)
		}
	}
	return list
}

// Finish puts together what was read. More can be read afterwards, and finished
// again.
func (r *AccountReader) Finish() *Account {
	before, more := len(r.unused), r.more
	r.settleVersions()
	r.settleIdentities()
	r.settlePolicies()
	r.organization.settleAttachments()
	b := builder{AccountReader: r, Account: &Account{byARN: map[string]*Identity{}, byName: map[string]*Held{}}, managed: map[string]*Held{}}
	b.assumeGroups()
	for _, e := range r.identities.list {
		b.identity(e)
	}
	b.unattached()
	for _, f := range r.resources {
		b.Resources = append(b.Resources, &HeldResource{f.arn, f.by, b.resourcePolicy(f)})
	}
	for _, f := range r.endpoints {
		b.Endpoints = append(b.Endpoints, &HeldEndpoint{f.id, f.gateway, b.endpointPolicy(f)})
	}
	b.tree()
	b.nameAll()
	b.notes()
	for _, page := range r.pages.missing() {
		r.unusedAt(page.at, "this page of `"+page.shape+"` says that more follows, which was not given; what stands there is missing")
	}
	b.Unused, b.MoreUnused = slices.Clone(r.unused), r.more
	r.unused, r.more = r.unused[:before], more
	return b.Account
}

// builder puts an account together.
type builder struct {
	*AccountReader
	*Account
	managed map[string]*Held // by ARN
}

// assumeGroups adds the groups that users are in and that were not given.
func (b *builder) assumeGroups() {
	for _, e := range slices.Clone(b.AccountReader.list) {
		for _, name := range e.groups {
			if b.group(e, name) == nil {
				b.assumeGroup(e, name)
			}
		}
	}
}

func (b *builder) group(e *entity, name string) *entity {
	return b.identities.byName[e.account+":group/"+name]
}

// assumeGroup adds a group that a user is in. Where it can't be, nobody knows
// all groups of the user.
func (b *builder) assumeGroup(e *entity, name string) {
	if name != "" && !strings.Contains(name, "/") {
		if group := b.AccountReader.identity("group", "arn:"+partitionOf(e.arn)+":iam::"+e.account+":group/"+name, e.at); group != nil {
			group.assumed = true
			return
		}
	}
	b.unusedAt(e.at, "`"+source.Clip(name)+"` is no group's name; the user's groups are not known")
	e.known &^= knowsGroups
}

// identity turns what was read of an identity into its final form.
func (b *builder) identity(e *entity) {
	i := &Identity{Kind: e.kind, ARN: e.arn, Account: e.account, Name: e.name, UniqueID: e.uniqueID, Tags: e.tags, Place: e.at, Assumed: e.assumed}
	for _, name := range e.groups {
		if group := b.group(e, name); group != nil && !slices.Contains(i.Groups, group.arn) {
			i.Groups = append(i.Groups, group.arn)
		}
	}
	for _, text := range e.attached {
		if held := b.managedPolicy(text); !slices.Contains(i.Policies, held) {
			i.Policies = append(i.Policies, held)
		}
	}
	for _, p := range e.inline {
		i.Policies = append(i.Policies, b.own(e, Inline, "/"+p.name, p))
	}
	b.unknown(e, i)
	switch {
	case e.boundary == "":
	case e.kind == "group" || eval.IsServiceLinked(e.arn): // S-233
		b.unusedAt(e.at, "`"+source.Clip(e.arn)+"` can't have a permissions boundary; it is not used")
	default:
		i.Boundary = b.managedPolicy(e.boundary)
	}
	if e.kind == "role" {
		trust := e.trust
		if trust == nil {
			trust = &policyFact{text: scenario.Missing, at: e.at}
		}
		i.Trust = b.own(e, Trust, " (trust policy)", trust)
		if i.Trust.Text == scenario.Missing {
			i.Trust.Missing = "aws iam get-role --role-name " + e.name
		}
	}
	b.Identities = append(b.Identities, i)
	b.byARN[i.ARN] = i
	if !slices.Contains(b.IDs, e.account) {
		b.IDs = append(b.IDs, e.account)
	}
}

// unknown adds a missing policy for each kind that no output told.
func (b *builder) unknown(e *entity, i *Identity) {
	missing := func(what, commands string) *Held {
		p := b.own(e, Unknown, " ("+what+")", &policyFact{text: scenario.Missing, at: e.at})
		p.Missing = commands
		return p
	}
	named := " --" + e.kind + "-name " + e.name
	if e.known&knowsAttached == 0 {
		i.Policies = append(i.Policies, missing("attached policies", "aws iam list-attached-"+e.kind+"-policies"+named))
	}
	if e.known&knowsInline == 0 {
		i.Policies = append(i.Policies, missing("inline policies", "aws iam list-"+e.kind+"-policies"+named))
	}
	if e.known&knowsGroups == 0 && e.kind == "user" {
		i.Policies = append(i.Policies, missing("policies of further groups", "aws iam list-groups-for-user"+named))
	}
	if e.known&knowsBoundary == 0 && e.kind != "group" && e.boundary == "" && !eval.IsServiceLinked(e.arn) {
		i.Boundary = missing("permissions boundary, if any", "aws iam get-"+e.kind+named)
	}
}

// own is a policy that belongs to one identity alone.
func (b *builder) own(e *entity, origin Origin, suffix string, p *policyFact) *Held {
	name := e.kind + "/" + e.name + suffix
	h := &Held{Name: name, long: e.account + ":" + name, Origin: origin, Owner: e.arn, Text: p.text, Place: p.at}
	if origin == Inline && p.text == scenario.Missing {
		h.Missing = "aws iam get-" + e.kind + "-policy --" + e.kind + "-name " + e.name + " --policy-name " + p.name
	}
	b.Policies = append(b.Policies, h)
	return h
}

// managedPolicy is the policy of an ARN: as it was read, else as it ships with
// the engine, else missing.
func (b *builder) managedPolicy(text string) *Held {
	if h := b.managed[text]; h != nil {
		return h
	}
	h := &Held{Name: account.LastSegment(text), long: text, ARN: text, Origin: CustomerManaged, Text: scenario.Missing}
	if strings.Contains(text, ":iam::aws:policy/") {
		h.Name, h.Origin = text, AWSManaged
	}
	if p := b.policyTexts.managed[text]; p != nil {
		h.Text, h.Version, h.Place = p.text, p.version, p.at
	}
	if shipped, ok := managed.Lookup(text); ok && h.Text == scenario.Missing {
		h.Text, h.BuiltIn = shipped, true
	}
	if h.Text == scenario.Missing {
		h.Missing = "aws iam get-policy-version --policy-arn " + text + " --version-id " + b.versionOf(text)
	}
	b.managed[text] = h
	b.Policies = append(b.Policies, h)
	return h
}

// versionOf is the version of a policy that is in force, or how a shell asks
// for it.
func (b *builder) versionOf(text string) string {
	if version := b.versions[text]; version != "" {
		return version
	}
	return "$(aws iam get-policy --policy-arn " + text + " --query Policy.DefaultVersionId --output text)"
}

// unattached adds the managed policies that nothing has, in the order of their
// ARNs.
func (b *builder) unattached() {
	var arns []string
	for text := range b.policyTexts.managed {
		arns = append(arns, text)
	}
	slices.Sort(arns)
	for _, text := range arns {
		b.managedPolicy(text)
	}
}

func (b *builder) resourcePolicy(f *resourceFact) *Held {
	short := afterLast(f.arn) + " (resource policy)"
	h := &Held{Name: short, long: f.arn + " (resource policy)", Origin: ResourceBased, Owner: f.arn, Text: f.policy.text, Place: f.policy.at}
	b.Policies = append(b.Policies, h)
	return h
}

func (b *builder) endpointPolicy(f *endpointFact) *Held {
	if f.policy == nil {
		return nil
	}
	h := &Held{Name: f.id, long: f.id + " (endpoint policy)", Origin: Endpoint, Owner: f.id, Text: f.policy.text, Place: f.policy.at}
	b.Policies = append(b.Policies, h)
	return h
}

// nameAll gives every policy a name of its own: the short one, unless another
// has it too.
func (b *builder) nameAll() {
	count := map[string]int{}
	for _, p := range b.Policies {
		count[p.Name]++
	}
	for _, name := range managed.Names() {
		count[name]++
	}
	for _, p := range b.Policies {
		if count[p.Name] > 1 && !p.BuiltIn && p.Name != p.long {
			p.Name = p.long
		}
		for b.byName[p.Name] != nil {
			p.Name += "'"
		}
		b.byName[p.Name] = p
	}
}

// notes say what the account does not tell.
func (b *builder) notes() {
	if b.Organization == nil && len(b.IDs) > 0 {
		b.Notes = append(b.Notes, "No output of `aws organizations` was given: the account is taken to be in no organization, and no service control policy or resource control policy is evaluated.")
	}
	for _, f := range b.Resources {
		if f.By != "the output" {
			b.Notes = append(b.Notes, "The policy at "+f.Policy.Place.String()+" is that of `"+source.Clip(f.ARN)+"`: "+f.By+" said so.")
		}
	}
}

// originOf is where the policies of the organization's levels come from.
func originOf(layer iam.Layer) Origin {
	if layer == iam.ResourceControlPolicy {
		return ResourceControl
	}
	return ServiceControlPolicy
}

// People are the users and roles whose own facts were given: those who can make
// requests.
func (a *Account) People() []*Identity {
	return slices.DeleteFunc(slices.Clone(a.Identities), func(i *Identity) bool { return i.Kind == "group" || i.Assumed })
}
