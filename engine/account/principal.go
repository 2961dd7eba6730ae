package account

import (
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// Session is what was passed when a session was made.
type Session struct {
	Policies []string
	Tags     []Tag
	// Name is the session's; the default is "session".
	Name string
	// User is the name of the user who made a federated user's session.
	User string
}

// DefaultSessionName names sessions that the scenario doesn't name.
const DefaultSessionName = "session"

// ParsePrincipal reads a request's principal. The wrong ones are answered with
// what is wrong.
func ParsePrincipal(text, action string) (kind iam.PrincipalKind, wrong string) {
	a, isARN := arn.Parse(text)
	switch {
	case text == "anonymous":
		return iam.Anonymous, ""
	case isARN:
		return parseARNPrincipal(&a)
	case isProviderName(text, action):
		return iam.IdentityProvider, ""
	case isServiceName(text):
		return iam.ServicePrincipal, ""
	}
	return 0, "`" + text + "` is no principal; write the ARN of a user, role, session or root user, a service such as `ec2.amazonaws.com`, an identity provider, or `anonymous`"
}

// isProviderName tells a built-in provider; the one that looks like a service
// is a provider where it federates.
func isProviderName(text, action string) bool {
	for _, provider := range iam.BuiltInProviders() {
		if text == provider {
			return !strings.HasSuffix(text, ".amazonaws.com") || strings.HasPrefix(strings.ToLower(action), "sts:assumerolewith")
		}
	}
	return false
}

func isServiceName(text string) bool {
	return !strings.ContainsAny(text, " \t:/*") && (strings.HasSuffix(text, ".amazonaws.com") || strings.HasSuffix(text, ".amazonaws.com.cn"))
}

func parseARNPrincipal(a *arn.ARN) (iam.PrincipalKind, string) {
	kind, name, _ := strings.Cut(a.Resource, "/")
	text := "`" + a.Text + "`"
	switch {
	case a.Partition == "" || a.Region != "":
		return 0, text + " is not written as a principal's ARN; write `arn:aws:iam::ACCOUNT:user/NAME` for one"
	case !arn.IsAccount(a.Account):
		return 0, text + " has no account id of twelve digits"
	case strings.ContainsAny(a.Resource, "*?"):
		return 0, text + " has a wildcard; a request has one principal"
	case a.Service == "iam" && a.Resource == "root":
		return iam.Root, ""
	case strings.Trim(name, "/") == "" || strings.HasSuffix(name, "/"):
		return 0, text + " names nobody"
	case a.Service == "iam" && kind == "user":
		return iam.User, ""
	case a.Service == "iam" && kind == "role":
		return iam.RoleSession, ""
	case a.Service == "iam" && (kind == "saml-provider" || kind == "oidc-provider"):
		return iam.IdentityProvider, ""
	case a.Service == "sts" && kind == "federated-user":
		return iam.FederatedUser, ""
	case a.Service == "sts" && kind == "assumed-role" && strings.Count(name, "/") == 1:
		return iam.RoleSession, ""
	case a.Service == "sts" && kind == "assumed-role":
		return 0, text + " names no session; write `…:assumed-role/ROLE/SESSION`"
	case kind == "group":
		return 0, "a group can't make requests; write one of its users"
	}
	return 0, text + " is no principal; write the ARN of a user, role, session or root user"
}

// principal builds the caller of a request whose principal has been parsed.
// The identity is whose policies he has, nil when the account doesn't list it.
func (a *Account) principal(text string, kind iam.PrincipalKind, session *Session) (*iam.Principal, *Identity) {
	p := &iam.Principal{Kind: kind, ARN: text}
	parsed, ok := arn.Parse(text)
	if !ok || kind == iam.IdentityProvider {
		return p, nil
	}
	p.Account, p.Partition = parsed.Account, parsed.Partition
	var identity *Identity
	switch kind {
	case iam.User:
		identity = a.identities[text]
	case iam.RoleSession:
		identity = a.session(p, &parsed, session)
	case iam.FederatedUser:
		identity = a.federatedUser(p, session)
	}
	if identity != nil {
		p.UniqueID = identity.UniqueID
	}
	return p, identity
}

// session fills in the ARNs of a role's session, from the role's or its own.
func (a *Account) session(p *iam.Principal, parsed *arn.ARN, session *Session) *Identity {
	if parsed.Service == "iam" {
		name := DefaultSessionName
		if session != nil && session.Name != "" {
			name = session.Name
		}
		p.Role = parsed.Text
		p.ARN = "arn:" + parsed.Partition + ":sts::" + parsed.Account + ":assumed-role/" + LastSegment(parsed.Resource) + "/" + name
	} else {
		roleName := strings.Split(parsed.Resource, "/")[1]
		p.Role = "arn:" + parsed.Partition + ":iam::" + parsed.Account + ":role/" + roleName
		if identity := a.byName[nameKey(parsed.Account, "role", roleName)]; identity != nil {
			p.Role = identity.ARN
		}
	}
	p.ServiceLinked = eval.IsServiceLinked(p.Role)
	return a.identities[p.Role]
}

func (a *Account) federatedUser(p *iam.Principal, session *Session) *Identity {
	if session == nil || session.User == "" {
		return nil
	}
	if identity := a.byName[nameKey(p.Account, "user", session.User)]; identity != nil {
		p.Parent = identity.ARN
		return identity
	}
	p.Parent = "arn:" + p.Partition + ":iam::" + p.Account + ":user/" + session.User
	return nil
}
