package eval

// Reason is the branch of the rule that settled a decision.
type Reason uint8

const (
	// NoReason is the zero value; no verdict has it.
	NoReason Reason = iota
	// ExplicitDeny: a Deny statement matched.
	ExplicitDeny
	// Undetermined: something unknown decides.
	Undetermined
	// DeniedAnyway: nothing allows, whatever is unknown; whether a Deny statement
	// refuses besides depends on it.
	DeniedAnyway
	// GuardSilent: an RCP level, SCP level or endpoint policy has no matching Allow.
	GuardSilent
	// ResourceGrants: the resource's policy names the caller directly or by `*`.
	ResourceGrants
	// ResourceGrantsLimited: it names the session's role or the parent user, and boundary and session policy allow.
	ResourceGrantsLimited
	// ResourceGrantsOutside: it names a service, provider or anonymous caller.
	ResourceGrantsOutside
	// IdentityGrants: the caller's own policies allow, and all that limits them.
	IdentityGrants
	// RootOwns: the root user of the account that owns the resource.
	RootOwns
	// BothAccountsGrant: the caller's and the resource's account both allow.
	BothAccountsGrant
	// ResourceSilent: the key or trust policy neither grants nor delegates.
	ResourceSilent
	// ResourceSilentAcross: the resource's account does not allow the outsider.
	ResourceSilentAcross
	// ResourceSilentOutside: no resource policy allows a caller who has only that.
	ResourceSilentOutside
	// IdentitySilent: none of the caller's own policies allows.
	IdentitySilent
	// BoundarySilent: the boundary does not allow.
	BoundarySilent
	// SessionSilent: the session policy does not allow, or a federated user has none.
	SessionSilent
	// AlwaysAllowed: the action can't be denied.
	AlwaysAllowed
	// NeedsNoPermission: the action needs no Allow.
	NeedsNoPermission
	// SessionMayNot: STS lets no session of this kind call the action.
	SessionMayNot
	// RootMayNotAssume: a root user can't assume roles.
	RootMayNotAssume
	// OwnedByAWS: the resource is AWS's own.
	OwnedByAWS
)
