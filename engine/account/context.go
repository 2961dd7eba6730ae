package account

import (
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/iam"
)

// contextBuilder fills in the keys that the scenario settles and every request
// carries. It invents nothing else (S-292).
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
type contextBuilder struct {
	account *Account
	context *iam.Context
}

func (b *contextBuilder) set(name string, values ...string) {
	b.context.Set(&iam.Key{Name: name, Values: values})
}

func (b *contextBuilder) setList(name string, values ...string) {
	b.context.Set(&iam.Key{Name: name, Values: values, List: true})
}

// principal fills in the caller's keys (tables T-B1 and T-G1).
func (b *contextBuilder) principal(p *iam.Principal, identity *Identity, session *Session) {
	switch p.Kind {
	case iam.IdentityProvider:
		return
	case iam.ServicePrincipal:
		b.set("aws:PrincipalIsAWSService", "true")
		b.set("aws:PrincipalServiceName", p.ARN)
		return
	case iam.Anonymous: // S-237
		b.set("aws:PrincipalType", "Anonymous")
		b.set("aws:userid", "anonymous")
		b.set("aws:PrincipalAccount", "anonymous")
		return
	}
	b.set("aws:PrincipalIsAWSService", "false")
	b.set("aws:PrincipalAccount", p.Account)
	b.named(p)
	b.tags("aws:PrincipalTag/", principalTags(identity, session))
	if path := b.account.orgPath(p.Account); path != "" {
		b.set("aws:PrincipalOrgID", b.account.Organization.ID)
		b.setList("aws:PrincipalOrgPaths", path)
	}
}

// named fills in what goes by the kind of caller.
func (b *contextBuilder) named(p *iam.Principal) {
	b.set("aws:PrincipalArn", p.ARN)
	switch p.Kind {
	case iam.Root:
		b.set("aws:PrincipalType", "Account")
		b.set("aws:userid", p.Account)
	case iam.User:
		b.set("aws:PrincipalType", "User")
		b.set("aws:username", LastSegment(p.ARN))
		if p.UniqueID != "" {
			b.set("aws:userid", p.UniqueID)
		}
	case iam.RoleSession:
		b.set("aws:PrincipalArn", p.Role) // S-100
		b.set("aws:PrincipalType", "AssumedRole")
		if p.UniqueID != "" {
			b.set("aws:userid", p.UniqueID+":"+LastSegment(p.ARN))
		}
	case iam.FederatedUser:
		b.set("aws:PrincipalType", "FederatedUser")
		b.set("aws:userid", p.Account+":"+LastSegment(p.ARN))
	}
}

// principalTags are the identity's tags, session tags winning (S-212).
func principalTags(identity *Identity, session *Session) []Tag {
	var tags []Tag
	if session != nil {
		tags = append(tags, session.Tags...)
	}
	if identity == nil {
		return tags
	}
	own := len(tags)
	for _, tag := range identity.Tags {
		if !hasTag(tags[:own], tag.Key) {
			tags = append(tags, tag)
		}
	}
	return tags
}

func hasTag(tags []Tag, key string) bool {
	for i := range tags {
		if strings.EqualFold(tags[i].Key, key) {
			return true
		}
	}
	return false
}

// tags sets a family of keys, one for each tag. Tags whose keys differ by case
// only make one key with several values.
//
// UNDOCUMENTED: S-116.
func (b *contextBuilder) tags(prefix string, tags []Tag) {
	for _, tag := range tags {
		Merge(b.context, &iam.Key{Name: prefix + tag.Key, Values: []string{tag.Value}}, iam.Derived)
	}
}

// Merge adds a key, or its values to those of a key of the same origin whose
// name differs by case only (S-116).
func Merge(context *iam.Context, key *iam.Key, origin iam.Origin) {
	key.Origin = origin
	if old := context.Get(strings.ToLower(key.Name)); old != nil && old.Origin == origin && old.Name != key.Name {
		values := append(append([]string{}, old.Values...), key.Values...)
		key = &iam.Key{Name: old.Name, Values: values, List: true, Origin: origin}
	}
	context.Set(key)
}

// resource fills in the keys of the resource and its owner, as far as they are
// known.
func (b *contextBuilder) resource(target *target) {
	if target.ownerKnown {
		b.set("aws:ResourceAccount", target.owner)
		if path := b.account.orgPath(target.owner); path != "" {
			b.set("aws:ResourceOrgID", b.account.Organization.ID)
			b.setList("aws:ResourceOrgPaths", path)
		}
	}
	b.tags("aws:ResourceTag/", target.tags)
	if service := target.arn.Service; service != "" && hasOwnTagKey(&target.arn) {
		b.tags(service+":ResourceTag/", target.tags)
	}
}

// hasOwnTagKey says whether a resource's tags go by its service's own key as
// well; in IAM those of users and roles alone do (S-252).
func hasOwnTagKey(a *arn.ARN) bool {
	return a.Service != "iam" || strings.HasPrefix(a.Resource, "user/") || strings.HasPrefix(a.Resource, "role/")
}

// globalServices run in one Region, which requests to them carry.
var globalServices = map[string]bool{
	"iam": true, "organizations": true, "account": true, "route53": true, "route53domains": true, "cloudfront": true,
	"shield": true, "waf": true, "support": true, "budgets": true, "ce": true, "cur": true,
}

// request fills in the keys of the call itself.
func (b *contextBuilder) request(action string, resource *arn.ARN, given []iam.Key) {
	service, _, _ := strings.Cut(strings.ToLower(action), ":")
	switch {
	case resource.Region != "":
		b.set("aws:RequestedRegion", resource.Region)
	case globalServices[service]:
		b.set("aws:RequestedRegion", "us-east-1")
	}
	b.set("aws:SecureTransport", "true")
	b.context.Set(viaService(given))
}

// viaService derives whether a service makes the call with the caller's
// credentials (S-232); where that depends on a key that is not known, so does it.
//
// UNDOCUMENTED: that a direct call has the key.
func viaService(given []iam.Key) *iam.Key {
	via := &iam.Key{Name: "aws:ViaAWSService", Values: []string{"false"}}
	for i := range given {
		switch {
		case !strings.HasPrefix(strings.ToLower(given[i].Name), "aws:calledvia"):
		case len(given[i].Values) > 0:
			return &iam.Key{Name: via.Name, Values: []string{"true"}}
		case given[i].Origin == iam.NotKnown:
			via = &iam.Key{Name: via.Name, Origin: iam.NotKnown}
		}
	}
	return via
}
