package explain

import (
	"strings"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// Paragraph says in a few plain sentences why the decision is what it is. For
// one that depends, dependsOn names what on.
func Paragraph(r *eval.Request, l *eval.Layers, v eval.Verdict, dependsOn []string) string {
	switch v.Reason {
	case eval.ExplicitDeny:
		return "A Deny statement in " + article(v.By) + v.By.Words() + " matches. Nothing overrides an explicit deny, whatever else allows the request."
	case eval.Undetermined:
		if v.Decision == iam.Depends {
			return "What is known does not settle it: the answer depends on " + quoted(dependsOn) + "."
		}
		return "Whatever the unknown values are, the answer is the same."
	case eval.DeniedAnyway:
		return "The request is denied in any case: nothing allows it. Whether a Deny statement refuses it as well depends on " + quoted(dependsOn) + "."
	case eval.GuardSilent:
		return guardSilent[v.By]
	case eval.IdentityGrants:
		return identityGrants(r, l)
	case eval.ResourceSilent:
		return resourceSilent(r)
	case eval.ResourceSilentAcross:
		return resourceSilentAcross(r, l)
	case eval.SessionSilent:
		return sessionSilent(r, l)
	case eval.IdentitySilent:
		return identitySilent(l)
	}
	return fixedParagraphs[v.Reason]
}

var guardSilent = map[iam.Layer]string{
	iam.ResourceControlPolicy: "No resource control policy at some level of the owner's organization allows the request.",
	iam.ServiceControlPolicy:  "At some level between the organization's root and the account no service control policy allows the request. Every level must allow it, and a service control policy grants nothing by itself.",
	iam.VPCEndpointPolicy:     "The request came through a VPC endpoint whose policy does not allow it.",
}

var fixedParagraphs = map[eval.Reason]string{
	eval.ResourceGrants:        "The policy on the resource names the caller directly, or everyone. In the resource's own account that is enough; a boundary or session policy that is merely silent does not limit it.",
	eval.ResourceGrantsLimited: "The policy on the resource names the caller's role or user. That is enough without an identity policy, but only inside the permissions boundary and the session policy, which both allow the request or are not there.",
	eval.ResourceGrantsOutside: "The policy on the resource allows the caller, who needs nothing else.",
	eval.RootOwns:              "The root user of the account that owns the resource may do everything that no policy of the resource, the endpoint or the organization denies.",
	eval.BothAccountsGrant:     "The caller's account and the resource's account both allow the request, as they must when they differ.",
	eval.ResourceSilentOutside: "Only the policy on the resource can let this caller in, and it does not.",
	eval.BoundarySilent:        "The permissions boundary does not allow the request. A boundary is a ceiling: what it does not allow, no policy of the identity can grant, and the boundary alone grants nothing.",
	eval.AlwaysAllowed:         "AWS lets everyone call this action; no policy can deny it.",
	eval.NeedsNoPermission:     "This action needs no permission; only an explicit deny could stop it.",
	eval.SessionMayNot:         "AWS does not let a session of this kind call the action, whatever the policies say.",
	eval.RootMayNotAssume:      "A root user can't assume roles, whatever the policies say.",
	eval.OwnedByAWS:            "The resource is AWS's own and can't be changed, whatever the policies allow.",
}

func identityGrants(r *eval.Request, l *eval.Layers) string {
	text := "An identity-based policy allows the request"
	switch r.Kind {
	case eval.KMSKey:
		text += ", and the key policy lets the account's identity policies decide"
	case eval.RoleTrust:
		text += ", and the trust policy lets the account's identity policies decide"
	}
	switch {
	case l.Boundary != nil && l.Session != nil:
		return text + ". The permissions boundary and the session policy allow it too, as both must."
	case l.Boundary != nil:
		return text + ", and so does the permissions boundary: both must allow, the boundary alone grants nothing."
	case l.Session != nil:
		return text + ", and so does the session policy, as it must."
	}
	return text + ", and nothing denies it."
}

func identitySilent(l *eval.Layers) string {
	if l.Boundary != nil {
		return "No identity-based policy allows the request. A permissions boundary can't make up for that: it limits, it never grants."
	}
	return "No identity-based policy allows the request, and what nothing allows is denied."
}

func resourceSilent(r *eval.Request) string {
	if r.Kind == eval.RoleTrust {
		return "The role's trust policy neither names the caller nor leaves the decision to the caller's account. Without that no identity policy helps, not even an administrator's."
	}
	return "The key policy neither names the caller nor leaves the decision to the account's identity policies. Without that no identity policy helps, not even an administrator's."
}

func resourceSilentAcross(r *eval.Request, l *eval.Layers) string {
	if len(l.Resource) == 0 {
		return "The resource belongs to another account, and no policy on the resource lets the caller in. Both accounts must allow the request."
	}
	return "The resource belongs to another account, and the policy on the resource does not let the caller in. Both accounts must allow the request."
}

func sessionSilent(r *eval.Request, l *eval.Layers) string {
	if r.Principal.Kind == iam.FederatedUser && l.Session == nil {
		return "A federated user's session that was made without a session policy has none of its user's permissions."
	}
	return "The session policy does not allow the request. It limits what the identity may do in this session, and grants nothing."
}

// quoted lists names in backquotes.
func quoted(names []string) string { return "`" + strings.Join(names, "`, `") + "`" }
