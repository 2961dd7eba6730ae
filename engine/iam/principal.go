package iam

// PrincipalKind is the kind of a caller.
type PrincipalKind uint8

const (
	_ PrincipalKind = iota
	// User is an IAM user.
	User
	// RoleSession is a session of a role.
	RoleSession
	// FederatedUser is a GetFederationToken session of a user.
	FederatedUser
	// Root is an account's root user.
	Root
	// ServicePrincipal is an AWS service calling as itself.
	ServicePrincipal
	// Anonymous is a caller without credentials.
	Anonymous
	// IdentityProvider is a federated principal that calls sts:AssumeRoleWith….
	IdentityProvider
)

// Principal is a caller.
type Principal struct {
	Kind PrincipalKind
	// ARN is the caller's own: of the user, the session, the root user; for a
	// service its name, for a provider its ARN or host name, else "anonymous".
	ARN string
	// Account is the caller's, empty for services, providers and anonymous callers.
	Account string
	// Partition is the ARN's, "aws" for one, empty where there is none.
	Partition string
	// Role is the ARN of a session's role.
	Role string
	// Parent is the ARN of the user who made a federated user's session, if known.
	Parent string
	// UniqueID is the id of the user, the session's role or the federated user's
	// parent, where known (S-099).
	UniqueID string
	// Canonical is the S3 canonical id of the caller's account, where known (S-096).
	Canonical string
	// ServiceLinked marks sessions of service-linked roles (S-233).
	ServiceLinked bool
}

// InAccount says whether the caller belongs to an account.
func (p *Principal) InAccount() bool {
	switch p.Kind {
	case User, RoleSession, FederatedUser, Root:
		return true
	}
	return false
}
