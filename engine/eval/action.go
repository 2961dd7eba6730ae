package eval

import (
	"strings"

	"fenceline/engine/wildcard"
)

// ActionPattern is an entry of Action, split at its first colon (S-043), in
// lower case.
type ActionPattern struct {
	// All is `*` (S-041), which has no service.
	All           bool
	Service, Name wildcard.Pattern
}

func compileAction(text string) ActionPattern {
	if text == "*" {
		return ActionPattern{All: true}
	}
	service, name, _ := strings.Cut(strings.ToLower(text), ":")
	return ActionPattern{Service: wildcard.Parse(service), Name: wildcard.Parse(name)}
}

// match is S-042; the action's parts are in lower case.
func (p *ActionPattern) match(service, name string) bool {
	return p.All || p.Service.Match(service) && p.Name.Match(name)
}

// Statements is how many statements the policy has.
func (p *Policy) Statements() int { return len(p.statements) }

// Actions are the entries of a statement's Action, or of its NotAction, not to
// be changed. A statement without any matches no action (S-010).
func (p *Policy) Actions(statement int) (patterns []ActionPattern, not bool) {
	s := &p.statements[statement]
	return s.actions, s.source.Action.Not
}

// TellsServiceApart says whether a statement matches a request on `*` by the
// action's service as well: an ARN with nothing but a star behind the service
// does (S-048).
func (p *Policy) TellsServiceApart(service string) bool {
	for i := range p.statements {
		for j := range p.statements[i].resources {
			r := &p.statements[i].resources[j]
			if !r.all && r.template == nil && r.pattern.ReducesToService(service) {
				return true
			}
		}
	}
	return false
}

// Treatment tells apart the actions that AWS treats by rules of their own,
// whatever policies say: two actions of one treatment that the same statements
// name are decided alike, on the same resource and in the same context. The
// parts are in lower case.
func Treatment(service, name string) string {
	switch service {
	case "sts": // serviceRule, and what a role's trust policy governs
		return "sts:" + name
	case "iam":
		if readsOwned(name) {
			return "iam:read"
		}
		return "iam"
	case "kms":
		if changesAlias(name) || name == "retiregrant" { // S-195, S-240
			return "kms:" + name
		}
		return "kms"
	}
	return ""
}
