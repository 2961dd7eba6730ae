package intake

import (
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
	"fenceline/engine/source"
)

// entity is a user, group or role, as far as it is read.
type entity struct {
	kind, arn, account, name, uniqueID string

	at       Place
	mark     uint64   // of the text that described it
	attached []string // ARNs of managed policies
	inline   []*policyFact
	boundary string // an ARN
	trust    *policyFact
	groups   []string // names
	tags     []account.Tag
	known    knowledge
	assumed  bool // that it exists follows from something else
}

// knowledge says what is known of an entity. What is not known is missing,
// never empty.
type knowledge uint8

const (
	knowsAttached knowledge = 1 << iota
	knowsInline
	knowsGroups
	knowsBoundary // and the tags
	knowsAll      = knowsAttached | knowsInline | knowsGroups | knowsBoundary
)

// identities are the users, groups and roles that were read.
type identities struct {
	list   []*entity
	byName map[string]*entity // by account, kind and name, which are unique
	named  map[string][]*entity
	// pending are outputs that name an identity without its account.
	pending []later
}

// later is what an output says of an identity that is found when all is read.
type later struct {
	kind, name string
	at         Place
	apply      func(*entity)
}

func (i *identities) init() {
	i.byName, i.named = map[string]*entity{}, map[string][]*entity{}
}

// identity is the entity of an ARN, new where it was not read before; nil, with
// a word on it, where the text is none.
func (r *AccountReader) identity(kind, text string, at Place) *entity {
	a, ok := arn.Parse(text)
	found, path, _ := strings.Cut(a.Resource, "/")
	name := account.LastSegment(path)
	if !ok || a.Partition == "" || a.Service != "iam" || a.Region != "" || !arn.IsAccount(a.Account) || found != kind || name == "" {
		r.unusedAt(at, "`"+source.Clip(text)+"` is not the ARN of a "+kind+"; it is not read")
		return nil
	}
	key := a.Account + ":" + kind + "/" + name
	if e := r.identities.byName[key]; e != nil {
		if e.arn != text {
			r.unusedAt(e.at, "`"+source.Clip(e.arn)+"` has another path at "+at.String()+", which counts")
			e.arn = r.keep(text)
		}
		return e
	}
	if len(r.identities.list) >= maxIdentities {
		r.onceUnused("identities", at, "more users, groups and roles than are read; those from here on are not")
		return nil
	}
	e := &entity{kind: kind, arn: r.keep(text), account: r.keep(a.Account), name: r.keep(name), at: at}
	r.identities.list = append(r.identities.list, e)
	r.identities.byName[r.keep(key)] = e
	r.identities.named[e.kind+"/"+e.name] = append(r.identities.named[e.kind+"/"+e.name], e)
	return e
}

// String writes a place as messages do.
func (p Place) String() string {
	if p.File == "" {
		return "line " + itoa(p.Line)
	}
	return "`" + p.File + "` line " + itoa(p.Line)
}

// detail reads an element of get-account-authorization-details, which says all
// of an identity.
func (r *AccountReader) detail(kind string, n *source.Node, at Place) {
	e := r.identity(kind, str(n, "Arn"), at)
	if e == nil {
		return
	}
	mark := fingerprint(n)
	if e.known&knowsAll == knowsAll && e.mark != mark {
		r.unusedAt(e.at, "`"+source.Clip(e.arn)+"` is described otherwise at "+at.String()+", which counts")
	}
	*e = entity{kind: e.kind, arn: e.arn, account: e.account, name: e.name, at: at, mark: mark, known: knowsAll}
	r.describe(e, n, at)
	e.attached = r.attachedOf(n.Get("AttachedManagedPolicies"))
	for _, member := range []string{"UserPolicyList", "GroupPolicyList", "RolePolicyList"} {
		r.inlineOf(e, n.Get(member), at)
	}
	for _, name := range items(n.Get("GroupList")) {
		e.groups = append(e.groups, r.keep(name.Text))
	}
	if len(items(n.Get("InstanceProfileList"))) > 0 {
		r.onceUnused("InstanceProfileList", at, "`InstanceProfileList`: instance profiles take no part in decisions; they are not used")
	}
	r.strange(n, at)
}

// describe reads what all descriptions of an identity have.
func (r *AccountReader) describe(e *entity, n *source.Node, at Place) {
	for _, member := range []string{"UserId", "GroupId", "RoleId"} {
		if id := str(n, member); id != "" {
			e.uniqueID = r.keep(id)
		}
	}
	if boundary := str(n, "PermissionsBoundary", "PermissionsBoundaryArn"); boundary != "" {
		e.boundary = r.keep(boundary)
	}
	if trust := n.Get("AssumeRolePolicyDocument"); trust != nil && e.kind == "role" {
		e.trust = r.policyText(trust, r.within(at, trust))
	}
	if tags := n.Get("Tags"); tags != nil {
		e.tags = r.tagsOf(tags, at)
	}
	e.assumed = false
}

// tagsOf reads tags; keys of IAM's ignore case.
func (r *AccountReader) tagsOf(n *source.Node, at Place) []account.Tag {
	var tags []account.Tag
	for _, item := range items(n) {
		tag := account.Tag{Key: r.keep(str(item, "Key")), Value: r.keep(str(item, "Value"))}
		for _, other := range tags {
			if strings.EqualFold(other.Key, tag.Key) {
				r.unusedAt(at, "the tag `"+source.Clip(tag.Key)+"` stands twice; the first counts")
				tag.Key = ""
				break
			}
		}
		if tag.Key != "" {
			tags = append(tags, tag)
		}
	}
	return tags
}

// attachedOf reads a list of managed policies. One without an ARN stays in the
// list, by its name, and will be missing.
func (r *AccountReader) attachedOf(n *source.Node) []string {
	var arns []string
	for _, item := range items(n) {
		text := str(item, "PolicyArn")
		if text == "" {
			text = "policy without an ARN: " + str(item, "PolicyName")
		}
		arns = append(arns, r.keep(text))
	}
	return arns
}

// inlineOf reads a list of inline policies.
func (r *AccountReader) inlineOf(e *entity, n *source.Node, at Place) {
	for _, item := range items(n) {
		document := item.Get("PolicyDocument")
		r.addInline(e, str(item, "PolicyName"), r.policyText(document, r.within(at, document)))
	}
}

// addInline gives an identity an inline policy; one of the same name is
// replaced.
func (r *AccountReader) addInline(e *entity, name string, p *policyFact) {
	p.name = r.keep(name)
	for i := range e.inline {
		if e.inline[i].name == name {
			e.inline[i] = p
			return
		}
	}
	e.inline = append(e.inline, p)
}

// irrelevant are members of descriptions that take no part in decisions, and
// those that are read.
var irrelevant = map[string]bool{}

func init() {
	for _, name := range strings.Fields(`Path UserName UserId Arn CreateDate UserPolicyList GroupList AttachedManagedPolicies
		PermissionsBoundary Tags GroupName GroupId GroupPolicyList RoleName RoleId AssumeRolePolicyDocument InstanceProfileList
		RolePolicyList RoleLastUsed Description MaxSessionDuration PasswordLastUsed PolicyName PolicyId DefaultVersionId
		AttachmentCount PermissionsBoundaryUsageCount IsAttachable UpdateDate PolicyVersionList`) {
		irrelevant[name] = true
	}
}

// strange lists members that nothing here knows.
func (r *AccountReader) strange(n *source.Node, at Place) {
	for i := range n.Members {
		if key := n.Members[i].Key; !irrelevant[key] {
			r.onceUnused("member "+key, at, "`"+source.Clip(key)+"` is not known here; it is not used, here and wherever else it stands")
		}
	}
}

// fingerprint tells two descriptions apart.
func fingerprint(n *source.Node) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	hash := uint64(offset)
	var walk func(n *source.Node)
	add := func(text string) {
		for i := 0; i < len(text); i++ {
			hash = (hash ^ uint64(text[i])) * prime
		}
		hash = (hash ^ 0xff) * prime
	}
	walk = func(n *source.Node) {
		hash = (hash ^ uint64(n.Kind)) * prime
		add(n.Text)
		for _, item := range n.Items {
			walk(item)
		}
		for i := range n.Members {
			add(n.Members[i].Key)
			walk(n.Members[i].Value)
		}
	}
	walk(n)
	return hash
}
