package account

import (
	"maps"
	"slices"
	"strings"

	"fenceline/engine/arn"
)

// Copy is the account to be changed by calls: its identities and the lists and
// indices are its own, all else is shared. It knows what Index made.
func (a *Account) Copy() *Account {
	c := *a
	c.Identities = make([]*Identity, len(a.Identities))
	for i, identity := range a.Identities {
		own := *identity
		own.Policies, own.Groups, own.Tags = slices.Clone(own.Policies), slices.Clone(own.Groups), slices.Clone(own.Tags)
		c.Identities[i] = &own
	}
	c.Resources, c.Policies = slices.Clone(a.Resources), maps.Clone(a.Policies)
	c.Index()
	return &c
}

// Add adds an identity of a name that the account does not have yet.
func (a *Account) Add(identity *Identity) {
	a.Identities = append(a.Identities, identity)
	a.index(identity)
}

// Remove takes an identity out.
func (a *Account) Remove(identity *Identity) {
	a.Identities = slices.DeleteFunc(a.Identities, func(other *Identity) bool { return other == identity })
	delete(a.identities, identity.ARN)
	parsed, _ := arn.Parse(identity.ARN)
	kind, _, _ := strings.Cut(parsed.Resource, "/")
	delete(a.byName, nameKey(parsed.Account, kind, LastSegment(parsed.Resource)))
}

// Named finds a `user`, `group` or `role` of an account by its name, whatever
// its path, or answers nil.
func (a *Account) Named(account, kind, name string) *Identity {
	return a.byName[nameKey(account, kind, name)]
}

// Resource finds a listed resource by its ARN, or answers nil.
func (a *Account) Resource(arn string) *Resource { return a.resources[arn] }

// TagResource gives a resource that is no identity its tags. It is listed where
// it is not yet, and no longer where nothing else is to be said of it.
func (a *Account) TagResource(arn string, tags []Tag) {
	changed := Resource{ARN: arn}
	at := slices.IndexFunc(a.Resources, func(r *Resource) bool { return r.ARN == arn })
	if at < 0 {
		at = len(a.Resources)
		a.Resources = append(a.Resources, nil)
	} else {
		changed = *a.Resources[at]
	}
	changed.Tags = tags
	if len(tags) == 0 && changed.Policy == "" && changed.Account == "" {
		a.Resources = slices.Delete(a.Resources, at, at+1)
		delete(a.resources, arn)
		return
	}
	a.Resources[at] = &changed
	a.resources[arn] = &changed
}
