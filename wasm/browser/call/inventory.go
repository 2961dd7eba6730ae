//go:build account

package call

import (
	"slices"

	"fenceline/engine/intake"
	"fenceline/engine/scenario"
)

// inventory is what an account holds, short: all that a list of its principals
// needs to be searched and filtered. Policies and groups are named by their
// index in the lists.
type inventory struct {
	Accounts     []accountName     `json:"accounts"`
	Principals   []principalLine   `json:"principals"`
	Policies     []policyLine      `json:"policies"`
	Resources    []resourceLine    `json:"resources"`
	Organization *organizationLine `json:"organization,omitempty"`
	Unused       []intake.Unused   `json:"unused"`
	MoreUnused   int               `json:"moreUnused"`
	Notes        []string          `json:"notes"`
}

type accountName struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
}

type principalLine struct {
	ARN    string   `json:"arn"`
	Kind   string   `json:"kind"`
	Groups []int    `json:"groups"`
	Has    []int    `json:"has"` // policies, attached or inline
	Fence  *int     `json:"boundary,omitempty"`
	Trust  *int     `json:"trust,omitempty"`
	Tags   []string `json:"tags"` // key=value
	// Assumed says that the identity itself was not given.
	Assumed bool `json:"assumed,omitempty"`
	// Missing says that a document is missing of what it, or a group of it, has.
	Missing bool `json:"missing,omitempty"`
}

type policyLine struct {
	Name   string        `json:"name"`
	Origin intake.Origin `json:"origin"`
	// Missing is the command that prints the document, where that is missing.
	Missing string `json:"missing,omitempty"`
}

// resourceLine is a resource with a policy, or a VPC endpoint.
type resourceLine struct {
	ARN    string `json:"arn"`
	By     string `json:"by"`
	Policy string `json:"policy"`
}

type organizationLine struct {
	ID         string `json:"id"`
	Management string `json:"managementAccount,omitempty"`
}

// lister writes an account as an inventory.
type lister struct {
	account  *intake.Account
	policies map[*intake.Held]int
	places   map[string]int // of principals, by ARN
}

func newInventory(a *intake.Account) *inventory {
	l := lister{a, make(map[*intake.Held]int, len(a.Policies)), make(map[string]int, len(a.Identities))}
	out := &inventory{
		Accounts: []accountName{}, Principals: make([]principalLine, len(a.Identities)), Policies: make([]policyLine, len(a.Policies)),
		Resources: []resourceLine{}, Unused: orEmpty(a.Unused), MoreUnused: a.MoreUnused, Notes: orEmpty(a.Notes),
	}
	for i, p := range a.Policies {
		l.policies[p] = i
		out.Policies[i] = policyLine{p.Name, p.Origin, p.Missing}
	}
	for i, identity := range a.Identities {
		l.places[identity.ARN] = i
	}
	for i, identity := range a.Identities {
		out.Principals[i] = l.principal(identity)
	}
	for _, r := range a.Resources {
		out.Resources = append(out.Resources, resourceLine{r.ARN, r.By, r.Policy.Name})
	}
	for _, e := range a.Endpoints {
		if e.Policy != nil {
			out.Resources = append(out.Resources, resourceLine{e.ID, "the output", e.Policy.Name})
		}
	}
	for _, id := range a.IDs {
		out.Accounts = append(out.Accounts, accountName{ID: id, Name: nodeName(a.Organization, id)})
	}
	if o := a.Organization; o != nil {
		out.Organization = &organizationLine{o.ID, o.Management}
	}
	return out
}

// nodeName is what the organization calls an account.
func nodeName(o *intake.Organization, id string) string {
	if o == nil {
		return ""
	}
	path := o.Path(id)
	if len(path) == 0 {
		return ""
	}
	return path[len(path)-1].Name
}

func (l *lister) principal(i *intake.Identity) principalLine {
	line := principalLine{ARN: i.ARN, Kind: i.Kind, Groups: []int{}, Has: []int{}, Tags: []string{}, Assumed: i.Assumed}
	for _, group := range i.Groups {
		line.Groups = append(line.Groups, l.places[group])
	}
	for _, p := range i.Policies {
		line.Has = append(line.Has, l.policies[p])
	}
	for _, tag := range i.Tags {
		line.Tags = append(line.Tags, tag.Key+"="+tag.Value)
	}
	line.Fence, line.Trust = l.place(i.Boundary), l.place(i.Trust)
	line.Missing = l.lacks(i) || slices.ContainsFunc(i.Groups, func(group string) bool { return l.lacks(l.account.Identity(group)) })
	return line
}

func (l *lister) place(p *intake.Held) *int {
	if p == nil {
		return nil
	}
	at := l.policies[p]
	return &at
}

// lacks says whether a document is missing of what an identity has.
func (l *lister) lacks(i *intake.Identity) bool {
	gone := func(p *intake.Held) bool { return p != nil && p.Text == scenario.Missing }
	return slices.ContainsFunc(i.Policies, gone) || gone(i.Boundary) || gone(i.Trust)
}
