package simulate

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// subject is who is simulated: a caller with the policies that limit and
// permit him.
type subject struct {
	// caller is without account and ARN where the call names nobody.
	caller *iam.Principal
	// context are the keys that the simulator fills in.
	context *iam.Context
	layers  eval.Layers
	// kind is what PolicySourceArn names: "user", "group" or "role".
	kind  string
	notes []string
}

// custom is the subject of SimulateCustomPolicy.
func custom(c *Call) (*subject, *Error) {
	if len(c.PolicyInputList) == 0 {
		return nil, invalid("PolicyInputList is empty; give a policy to simulate")
	}
	s := &subject{}
	var err *Error
	if s.layers.Identity, err = inputs("PolicyInputList", c.PolicyInputList, iam.IdentityPolicy); err != nil {
		return nil, err
	}
	if s.layers.Boundary, err = boundary(c); err != nil {
		return nil, err
	}
	if s.layers.SCP, err = organization(c); err != nil {
		return nil, err
	}
	nobody := &account.Account{}
	nobody.Index()
	return s, s.call(nobody, c.CallerArn)
}

// principal is the subject of SimulatePrincipalPolicy: what the account
// attaches to a user, group or role, what the call adds, without what it
// excludes. A boundary that the call gives takes the place of the attached one.
func principal(c *Call, a *account.Account) (*subject, *Error) {
	s := &subject{}
	identity, err := s.find(c.PolicySourceArn, a)
	if err != nil {
		return nil, err
	}
	broken := s.attach(identity, a)
	if err := s.exclude(c.PolicyExclusionList, identity, &broken); err != nil {
		return nil, err
	}
	added, err := inputs("PolicyInputList", c.PolicyInputList, iam.IdentityPolicy)
	if err != nil {
		return nil, err
	}
	s.layers.Identity = append(s.layers.Identity, added...)
	given, err := boundary(c)
	if err != nil {
		return nil, err
	}
	if given != nil {
		s.layers.Boundary = given
		broken = slices.DeleteFunc(broken, func(name string) bool { return name == identity.Boundary && !slices.Contains(identity.Policies, name) })
	}
	if len(broken) > 0 {
		return nil, &Error{"PolicyEvaluation", "the document of `" + strings.Join(slices.Compact(broken), "`, `") + "` is not known; give it with --account, or leave the policy out with PolicyExclusionList"}
	}
	caller := c.CallerArn
	if caller == "" && s.kind == "user" {
		caller = c.PolicySourceArn
	}
	if caller == "" && s.kind == "role" {
		s.resolved(a, iam.RoleSession, c.PolicySourceArn)
		return s, nil
	}
	return s, s.call(a, caller)
}

// find reads PolicySourceArn.
func (s *subject) find(text string, a *account.Account) (*account.Identity, *Error) {
	parsed, _ := arn.Parse(text)
	kind, name, _ := strings.Cut(parsed.Resource, "/")
	if parsed.Service != "iam" || !arn.IsAccount(parsed.Account) || name == "" || kind != "user" && kind != "group" && kind != "role" {
		return nil, unclear(text)
	}
	s.kind = kind
	if identity := a.Identity(text); identity != nil {
		return identity, nil
	}
	return nil, &Error{"NoSuchEntity", "The " + kind + " with name " + source.Clip(account.LastSegment(name)) + " cannot be found."}
}

// unclear is AWS's message for an ARN that is none of a user, group or role.
func unclear(text string) *Error {
	return invalid("Invalid Entity Arn: " + text + " does not clearly define entity type and name.")
}

// attach takes over the identity's policies, its groups', its boundary and its
// account's SCPs (S-331). It answers the policies whose documents are missing.
func (s *subject) attach(identity *account.Identity, a *account.Account) (broken []string) {
	kind := iam.User
	switch s.kind {
	case "role":
		kind = iam.RoleSession
	case "group":
		// A group meets no SCPs by itself, but its account does: ask for a user of the account.
		s.layers.Identity, broken = policies(identity, a)
		parsed, _ := arn.Parse(identity.ARN)
		member := strings.TrimSuffix(identity.ARN, parsed.Resource) + "user/" + account.LastSegment(parsed.Resource)
		s.layers.SCP = a.Resolve(asking(kind, member)).Layers.SCP
		return broken
	}
	resolved := a.Resolve(asking(kind, identity.ARN))
	s.layers = eval.Layers{Identity: resolved.Layers.Identity, Boundary: resolved.Layers.Boundary, SCP: resolved.Layers.SCP}
	return resolved.Broken
}

// policies are a group's, compiled.
func policies(group *account.Identity, a *account.Account) (attached []eval.Attached, broken []string) {
	attached = []eval.Attached{}
	for _, name := range group.Policies {
		if compiled := a.Policies[account.Use{Name: name, Layer: iam.IdentityPolicy}]; compiled != nil {
			attached = append(attached, eval.Attached{Name: name, Policy: compiled})
		} else {
			broken = append(broken, name)
		}
	}
	return attached, broken
}

// asking is a request by which an account is asked for a caller's policies and
// keys; it meets no resource.
func asking(kind iam.PrincipalKind, arn string) *account.Request {
	return &account.Request{Kind: kind, Principal: arn, Action: "iam:GetUser", Resource: "*"}
}

// call makes the named user the caller; nobody, where none is named.
func (s *subject) call(a *account.Account, caller string) *Error {
	if caller == "" {
		s.caller, s.context = &iam.Principal{Kind: iam.User}, &iam.Context{}
		return nil
	}
	parsed, ok := arn.Parse(caller)
	if kind, _ := account.ParsePrincipal(caller, ""); !ok || kind != iam.User {
		return invalid("CallerArn is the ARN of an IAM user, `arn:aws:iam::111122223333:user/NAME` for one, not `" + source.Clip(parsed.Text) + "`")
	}
	s.resolved(a, iam.User, caller)
	return nil
}

func (s *subject) resolved(a *account.Account, kind iam.PrincipalKind, caller string) {
	request := a.Resolve(asking(kind, caller)).Request
	management := ""
	if a.Organization != nil {
		management = a.Organization.Management
	}
	s.caller, s.context = request.Principal, filled(request.Context, management)
}
