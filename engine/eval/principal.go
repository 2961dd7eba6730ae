package eval

import (
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
)

// Class is how a Principal element names a caller (section B.5 of the rules).
type Class uint8

const (
	// Direct: by the caller's own ARN, id or name.
	Direct Class = 1 << iota
	// Any: by `*`.
	Any
	// ByRole: a session by its role (S-091).
	ByRole
	// ByParent: a federated user by the user who made the session (S-093).
	ByParent
	// ByAccount: by the account, which delegates (S-088).
	ByAccount
)

var classNames = [...]string{"direct", "any", "role", "parent-user", "account"}

// String names the strongest class of a set: direct, any, role, parent-user,
// account or none.
func (c Class) String() string {
	for i, name := range classNames {
		if c>>i&1 == 1 {
			return name
		}
	}
	return "none"
}

// classes is the set of ways in which a statement's Principal names the caller,
// and the entry that gave the strongest; -1 when none does.
func classes(p *policy.Principal, caller *iam.Principal, trust, bounded bool) (Class, int) {
	if p.Not {
		if spared(p, caller, trust, bounded) {
			return 0, -1
		}
		return Any, -1
	}
	set, entry := Class(0), -1
	for i := range p.Entries {
		class := entryClass(&p.Entries[i], caller, trust)
		if class != 0 && (set == 0 || class < set&-set) {
			entry = i
		}
		set |= class
	}
	return set, entry
}

// entryClass matches one entry (S-086 to S-097).
func entryClass(e *policy.PrincipalEntry, caller *iam.Principal, trust bool) Class {
	switch e.Type {
	case "Service":
		return when(caller.Kind == iam.ServicePrincipal && caller.ARN == e.Value, Direct)
	case "Federated":
		return when(caller.Kind == iam.IdentityProvider && caller.ARN == e.Value, Direct)
	case "CanonicalUser":
		return when(caller.Canonical != "" && caller.Canonical == e.Value, accountClass(caller))
	}
	switch {
	case e.Value == "*": // S-097; S-022 for trust policies
		return when(!trust || caller.InAccount(), Any)
	case !caller.InAccount():
		return 0
	case namesAccount(e.Value, caller):
		return accountClass(caller)
	}
	return namedClass(e.Value, caller)
}

func when(condition bool, class Class) Class {
	if condition {
		return class
	}
	return 0
}

// accountClass is S-088 and, for the root user, S-089.
func accountClass(caller *iam.Principal) Class {
	if caller.Kind == iam.Root {
		return Direct
	}
	return ByAccount
}

// namesAccount is S-087; an ARN of another partition names another account (S-229).
func namesAccount(value string, caller *iam.Principal) bool {
	if arn.IsAccount(value) {
		return value == caller.Account
	}
	a, ok := arn.Parse(value)
	return ok && a.Service == "iam" && a.Resource == "root" && a.Account == caller.Account && a.Partition == caller.Partition
}

// namedClass is S-090 to S-093 and S-099.
func namedClass(value string, caller *iam.Principal) Class {
	own := value == caller.ARN
	byID := caller.UniqueID != "" && value == caller.UniqueID
	switch caller.Kind {
	case iam.User:
		return when(own || byID, Direct)
	case iam.RoleSession:
		if own {
			return Direct
		}
		return when(value == caller.Role || byID, ByRole)
	case iam.FederatedUser:
		if own {
			return Direct
		}
		return when(caller.Parent != "" && value == caller.Parent || byID, ByParent)
	}
	return 0
}

// spared says whether NotPrincipal leaves the caller out: every identity of
// his chain must be listed, and neither a caller with a boundary nor an
// anonymous one is ever spared (S-102 to S-104).
//
// UNDOCUMENTED: which identities AWS checks (U-06); the parent's boundary (U-18).
func spared(p *policy.Principal, caller *iam.Principal, trust, bounded bool) bool {
	var listed Class
	for i := range p.Entries {
		listed |= entryClass(&p.Entries[i], caller, trust)
	}
	switch {
	case bounded || caller.Kind == iam.Anonymous:
		return false
	case listed&Any != 0:
		return true
	case caller.Kind == iam.User || caller.Kind == iam.FederatedUser:
		return listed&ByAccount != 0 && listed&(Direct|ByParent) != 0
	case caller.Kind == iam.RoleSession:
		return listed&ByAccount != 0 && listed&ByRole != 0
	}
	return listed&Direct != 0
}

// IsServiceLinked says whether a role's ARN is that of a service-linked role.
func IsServiceLinked(role string) bool { return strings.Contains(role, ":role/aws-service-role/") }
