package calls

import (
	"strconv"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// Texts are the policy documents that a scenario has, in its file, given apart
// or in its calls.
type Texts interface {
	// Text is a document by its name; the root is nil for one that can't be used.
	Text(name string) (*source.File, *source.Node)
	// Standing is the name of the document that stands for a managed policy from
	// the beginning, empty for none.
	Standing(arn string) string
}

// Beginning is what an account has before any call, beside its identities.
type Beginning struct {
	Sessions []Assumed
	Profiles []Profile
}

// Assumed is a session with what it was made with.
type Assumed struct {
	ARN string
	account.Session
	// Transitive are the keys of the tags that are passed on to sessions which
	// the session makes.
	Transitive     []string
	SourceIdentity string
}

// Profile is an instance profile; it holds one role at most, whose ARN is Role.
type Profile struct{ ARN, Role string }

// State is an account while calls change it. The account that it begins with
// stays as it is; the first change makes a copy. It is not safe for concurrent
// use.
type State struct {
	// Account is the account as it is now.
	Account *account.Account

	texts    Texts
	own      bool // Account is a copy
	policies map[string]*managed
	profiles map[string]*Profile
	sessions map[string]*Assumed
	arns     map[string]string // of managed policies, by the names of their documents
	names    map[string]string // ARNs of what has a name that is unique in its account, ignoring case
}

// managed is a managed policy whose versions are known; nil in State.policies
// for one that was deleted.
type managed struct {
	arn      string
	versions []version
	standing int // the id of the default version
	next     int
}

type version struct {
	id       int
	document string
}

func (v *version) name() string { return "v" + strconv.Itoa(v.id) }

// NewState is the state before any call.
func NewState(a *account.Account, begin Beginning, texts Texts) *State {
	s := &State{
		Account: a, texts: texts, policies: map[string]*managed{}, profiles: map[string]*Profile{},
		sessions: map[string]*Assumed{}, arns: map[string]string{}, names: make(map[string]string, len(a.Identities)),
	}
	for _, identity := range a.Identities {
		s.claim(identity.ARN)
	}
	for _, session := range begin.Sessions {
		s.sessions[session.ARN] = &session
	}
	for _, profile := range begin.Profiles {
		s.profiles[profile.ARN] = &profile
		s.claim(profile.ARN)
	}
	return s
}

// uniqueName is by what IAM tells names apart: account, kind and name, whatever
// the path and the case.
func uniqueName(text string) string {
	a, _ := arn.Parse(text)
	kind, name, _ := strings.Cut(a.Resource, "/")
	return a.Account + ":" + kind + "/" + strings.ToLower(lastSegment(name))
}

// claim and release keep the names that are taken; holder is the ARN of what has
// the name that an ARN asks for, empty for a free one.
func (s *State) claim(text string)         { s.names[uniqueName(text)] = text }
func (s *State) release(text string)       { delete(s.names, uniqueName(text)) }
func (s *State) holder(text string) string { return s.names[uniqueName(text)] }

// change answers the account to be changed.
func (s *State) change() *account.Account {
	if !s.own {
		s.Account, s.own = s.Account.Copy(), true
	}
	return s.Account
}

// SessionOf is the session that a call made and a later request uses, with the
// condition keys that it carries; nil where there is none of that principal.
func (s *State) SessionOf(principal string) (*account.Session, []iam.Key) {
	made := s.sessions[principal]
	if made == nil {
		return nil, nil
	}
	return &made.Session, key("aws:SourceIdentity", made.SourceIdentity)
}

// policy finds a managed policy, or answers nil.
func (s *State) policy(text string) *managed {
	if p, known := s.policies[text]; known {
		return p
	}
	name := s.texts.Standing(text)
	if name == "" {
		return nil
	}
	p := &managed{arn: text, versions: []version{{1, name}}, standing: 1, next: 2}
	s.policies[text] = p
	return p
}

// document is the name of a policy's default version.
func (p *managed) document() string { return p.versions[p.at(p.standing)].document }

// at is the index of a version, or -1.
func (p *managed) at(id int) int {
	for i := range p.versions {
		if p.versions[i].id == id {
			return i
		}
	}
	return -1
}

// ofVersion is the index of a version by its name, "v1", or -1.
func (p *managed) ofVersion(name string) int {
	for i := range p.versions {
		if p.versions[i].name() == name {
			return i
		}
	}
	return -1
}

// arnOf is the ARN of the managed policy whose document an identity of an
// account has under a name.
func (s *State) arnOf(document string, identity string) string {
	if text := s.arns[document]; text != "" {
		return text
	}
	if strings.HasPrefix(document, "arn:") {
		return document
	}
	a, _ := arn.Parse(identity)
	return "arn:" + a.Partition + ":iam::" + a.Account + ":policy/" + document
}

// compile prepares a document to be used as a kind of policy. One that can't be
// used so is left out, and who meets it is denied (S-239).
func (s *State) compile(name string, layer iam.Layer) {
	use := account.Use{Name: name, Layer: layer}
	if s.Account.Policies[use] != nil {
		return
	}
	file, root := s.texts.Text(name)
	if root == nil {
		return
	}
	document, problems := policy.DecodeTree(file, root, layer)
	if source.HasErrors(problems) {
		return
	}
	s.change().Policies[use] = eval.Compile(document)
}

// setDefault makes a version the one that counts, wherever the policy is (S-028).
func (s *State) setDefault(p *managed, id int) {
	before := p.document()
	p.standing = id
	after := p.document()
	if before == after {
		return
	}
	for _, identity := range s.change().Identities {
		for i, name := range identity.Policies {
			if name == before && s.arnOf(name, identity.ARN) == p.arn {
				s.compile(after, iam.IdentityPolicy)
				identity.Policies[i] = after
			}
		}
		if identity.Boundary == before && s.arnOf(before, identity.ARN) == p.arn {
			s.compile(after, iam.PermissionsBoundary)
			identity.Boundary = after
		}
	}
}

// attachments counts the identities that have a policy, and those whose
// boundary it is.
func (s *State) attachments(p *managed) int {
	count, name := 0, p.document()
	for _, identity := range s.Account.Identities {
		if s.arnOf(name, identity.ARN) != p.arn {
			continue
		}
		for _, has := range identity.Policies {
			if has == name {
				count++
			}
		}
		if identity.Boundary == name {
			count++
		}
	}
	return count
}

// trusts says whether a role lets a service assume it (S-210).
func (s *State) trusts(role, service string) bool {
	r := account.Request{Kind: iam.ServicePrincipal, Principal: service, Action: "sts:AssumeRole", Resource: role}
	resolved := s.Account.Resolve(&r)
	if len(resolved.Broken) > 0 {
		return false
	}
	return eval.Evaluate(resolved.Layers, resolved.Request, iam.Options{}, nil).Decision == iam.Allowed
}
