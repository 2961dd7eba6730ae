//go:build account

package call

import (
	"strings"

	"fenceline/engine/intake"
	"fenceline/engine/scenario"
)

// accountQuestion is a call for everything on one principal.
type accountQuestion struct {
	named
	ARN string `json:"arn"`
}

// principal answers it. Policies are named; their documents are in Documents.
type principal struct {
	ARN      string       `json:"arn"`
	Kind     string       `json:"kind"`
	Name     string       `json:"name"`
	UniqueID string       `json:"uniqueId,omitempty"`
	Place    intake.Place `json:"place"`
	Assumed  bool         `json:"assumed"`
	Tags     []tag        `json:"tags"`
	Groups   []string     `json:"groups"`
	Members  []string     `json:"members"` // of a group
	Policies []attachment `json:"policies"`
	Boundary string       `json:"boundary,omitempty"`
	Trust    string       `json:"trust,omitempty"`
	Levels   []level      `json:"levels"`
	// Management says that SCPs and RCPs don't limit the account (S-184).
	Management bool       `json:"management"`
	Documents  []document `json:"documents"`
	// Problems are those of the documents.
	Problems []scenario.Problem `json:"problems"`
	Notes    []string           `json:"notes"`
}

type tag struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// attachment is a policy with the way in which the principal has it: attached,
// inline, or through a group.
type attachment struct {
	Policy string `json:"policy"`
	Way    string `json:"way"`
	Group  string `json:"group,omitempty"`
}

// level is a node of the organization above the principal's account, or that of
// the account itself.
type level struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
	Kind string `json:"kind"`
	// Default says that SCPs are not enabled, so that they limit nothing.
	Default bool     `json:"default"`
	SCPs    []string `json:"scps"`
	RCPs    []string `json:"rcps"`
}

// document is a policy with its text.
type document struct {
	Name    string        `json:"name"`
	Origin  intake.Origin `json:"origin"`
	ARN     string        `json:"arn,omitempty"`
	Owner   string        `json:"owner,omitempty"`
	Version string        `json:"version,omitempty"`
	// Text is empty where the document is missing; Missing is then what to run.
	Text    string        `json:"text"`
	Missing string        `json:"missing,omitempty"`
	BuiltIn bool          `json:"builtIn"`
	Place   *intake.Place `json:"place,omitempty"`
}

func accountPrincipal(in accountQuestion) (*principal, error) {
	account, err := heldAccount()
	if err != nil {
		return nil, err
	}
	i := account.Identity(in.ARN)
	if i == nil {
		return nil, &failure{CodeNotHeld, "the account has no `" + in.ARN + "`"}
	}
	t := teller{account: account, out: &principal{
		ARN: i.ARN, Kind: i.Kind, Name: i.Name, UniqueID: i.UniqueID, Place: i.Place, Assumed: i.Assumed,
		Tags: []tag{}, Groups: orEmpty(i.Groups), Members: []string{}, Policies: []attachment{}, Levels: []level{}, Documents: []document{},
	}}
	t.tell(i)
	return t.out, nil
}

// teller collects what is to be said of a principal.
type teller struct {
	account *intake.Account
	out     *principal
	told    map[*intake.Held]bool
}

func (t *teller) tell(i *intake.Identity) {
	for _, pair := range i.Tags {
		t.out.Tags = append(t.out.Tags, tag(pair))
	}
	t.attached(i, "")
	for _, name := range i.Groups {
		t.attached(t.account.Identity(name), name)
	}
	t.out.Boundary, t.out.Trust = t.name(i.Boundary), t.name(i.Trust)
	if i.Kind == "group" {
		for _, member := range t.account.Members(i.ARN) {
			t.out.Members = append(t.out.Members, member.ARN)
		}
	}
	t.levels(i.Account)
	part, _ := t.account.Excerpt(intake.Wish{Principals: []string{i.ARN}, Targets: []string{i.ARN}})
	t.out.Problems, t.out.Notes = part.Decode().Problems, orEmpty(part.Notes)
}

func (t *teller) attached(i *intake.Identity, group string) {
	for _, p := range i.Policies {
		way := "attached"
		if p.Origin == intake.Inline {
			way = "inline"
		}
		t.out.Policies = append(t.out.Policies, attachment{t.name(p), way, group})
	}
}

// levels are the nodes above the account, which neither SCPs nor RCPs limit
// when it is the organization's own (S-184).
func (t *teller) levels(account string) {
	o := t.account.Organization
	if o == nil {
		return
	}
	t.out.Management = account == o.Management
	for _, node := range o.Path(account) {
		line := level{ID: node.ID, Name: node.Name, Kind: nodeKind(node.ID), Default: node.Default, SCPs: []string{}, RCPs: []string{}}
		for _, p := range node.SCPs {
			line.SCPs = append(line.SCPs, t.name(p))
		}
		for _, p := range node.RCPs {
			line.RCPs = append(line.RCPs, t.name(p))
		}
		t.out.Levels = append(t.out.Levels, line)
	}
}

func nodeKind(id string) string {
	switch {
	case strings.HasPrefix(id, "r-"):
		return "root"
	case strings.HasPrefix(id, "ou-"):
		return "unit"
	}
	return "account"
}

// name is a policy's name, whose document is then told, too.
func (t *teller) name(p *intake.Held) string {
	if p == nil {
		return ""
	}
	if !t.told[p] {
		if t.told == nil {
			t.told = map[*intake.Held]bool{}
		}
		t.told[p] = true
		t.out.Documents = append(t.out.Documents, newDocument(p))
	}
	return p.Name
}

func newDocument(p *intake.Held) document {
	d := document{p.Name, p.Origin, p.ARN, p.Owner, p.Version, p.Text, p.Missing, p.BuiltIn, nil}
	if d.Text == scenario.Missing {
		d.Text = ""
	}
	if p.Place != (intake.Place{}) {
		d.Place = &p.Place
	}
	return d
}
