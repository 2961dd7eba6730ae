package explain

import (
	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// Gate says in a sentence what a gate does with the request.
func Gate(r *eval.Request, l *eval.Layers, g eval.Gate, v eval.Verdict) string {
	switch {
	case g.Layer == iam.NoLayer:
		return explicitGate(g, v)
	case g.Layer == iam.Service:
		return serviceGate(g, v)
	case g.Denies:
		return "A Deny statement matches. What denies explicitly allows nothing."
	case g.State == eval.Unsettled:
		return "Whether it lets the request pass depends on what is not known."
	}
	switch g.Layer {
	case iam.ResourcePolicy, iam.TrustPolicy:
		return resourceGate(r, l, g)
	case iam.IdentityPolicy:
		return ownGate(r, g)
	case iam.SessionPolicy:
		if g.State == eval.Shut && l.Session == nil {
			return "A federated user's session without a session policy has none of its user's permissions."
		}
	}
	return limitWords[g.Layer][g.State]
}

// limitWords are the sentences of the layers that only limit.
var limitWords = map[iam.Layer]map[eval.GateState]string{
	iam.ResourceControlPolicy: {
		eval.Open:   "A resource control policy attached here allows it, as RCPFullAWSAccess always does.",
		eval.Shut:   "No resource control policy attached here allows it.",
		eval.Absent: "No resource control policy meets this request: nothing limits here.",
	},
	iam.ServiceControlPolicy: {
		eval.Open:   "A service control policy attached here allows it. It grants nothing by itself.",
		eval.Shut:   "No service control policy attached here allows it, and every level must.",
		eval.Absent: "No service control policy meets this request: nothing limits here.",
	},
	iam.VPCEndpointPolicy: {
		eval.Open:   "The endpoint's policy allows it. It grants nothing by itself.",
		eval.Shut:   "The endpoint's policy does not allow it.",
		eval.Absent: "The request comes through no endpoint with a policy: nothing limits here.",
	},
	iam.PermissionsBoundary: {
		eval.Open:   "The permissions boundary allows it. It grants nothing by itself.",
		eval.Shut:   "The permissions boundary does not allow it. What lies beyond it, no policy of the identity can grant.",
		eval.Absent: "There is no permissions boundary: nothing limits here.",
	},
	iam.SessionPolicy: {
		eval.Open:   "The session policy allows it. It grants nothing by itself.",
		eval.Shut:   "The session policy does not allow it.",
		eval.Absent: "There is no session policy: nothing limits here.",
	},
}

func explicitGate(g eval.Gate, v eval.Verdict) string {
	switch g.State {
	case eval.Open:
		return "No Deny statement of any policy matches."
	case eval.Unsettled:
		return "Whether a Deny statement matches depends on what is not known."
	}
	if v.Reason != eval.ExplicitDeny {
		return "A Deny statement matches."
	}
	return "A Deny statement of the " + v.By.Words() + " matches. No Allow overrides it."
}

func serviceGate(g eval.Gate, v eval.Verdict) string {
	if v.By == iam.Service {
		return fixedParagraphs[v.Reason]
	}
	if g.State == eval.Open {
		return "A rule of the service lets the request pass."
	}
	return "A rule of the service refuses the request, whatever the policies say."
}

func resourceGate(r *eval.Request, l *eval.Layers, g eval.Gate) string {
	across := r.Principal.InAccount() && r.Principal.Account != r.Account
	none := len(l.Resource) == 0
	switch {
	case g.State == eval.Absent:
		return "There is no policy on the resource. In the caller's own account it is not needed: an identity-based policy may allow."
	case g.State == eval.Aside:
		return "The policy on the resource does not grant it. In the caller's own account an identity-based policy may."
	case g.State == eval.Shut && none:
		return "There is no policy on the resource that lets the caller in."
	case g.State == eval.Shut && r.Kind != eval.Ordinary && !across:
		return "It neither names the caller nor leaves the decision to the account's identity-based policies."
	case g.State == eval.Shut:
		return "The policy on the resource does not let the caller in."
	case across:
		return "The policy on the resource lets the caller in. The caller's own account must allow it, too."
	case !r.Principal.InAccount():
		return "The policy on the resource lets the caller in, who needs nothing else."
	case g.Class&(eval.Direct|eval.Any) != 0:
		return "The policy on the resource names the caller directly, or everyone. That is enough by itself."
	case g.Class&(eval.ByRole|eval.ByParent) != 0:
		return "The policy on the resource names the caller's role or user. No identity-based policy is needed; boundary and session policy still limit."
	}
	return "It leaves the decision to the account's identity-based policies."
}

func ownGate(r *eval.Request, g eval.Gate) string {
	switch {
	case r.Principal.Kind == iam.Root:
		return "A root user has no identity-based policies and needs none."
	case !r.Principal.InAccount():
		return "This caller has no identity-based policies: only the policy on the resource speaks for it."
	case g.State == eval.Open:
		return "An identity-based policy allows it."
	}
	return "No identity-based policy allows it."
}

// Intersection says in a sentence or two how the caller's policies and his
// permissions boundary go together.
func Intersection(x eval.Intersection, v eval.Verdict) string {
	switch {
	case !x.Present:
		return "There is no permissions boundary: nothing limits the identity's policies here. An empty boundary would be something else, it allows nothing."
	case x.Denies:
		return "The boundary denies it explicitly. That always acts, also on what a resource-based policy grants."
	case x.Identity == iam.Unknown || x.Boundary == iam.Unknown:
		return "Both must allow. Whether they do depends on what is not known."
	case x.Around && x.Boundary == iam.NoMatch:
		return "The boundary does not allow it, but a resource-based policy of the same account names the caller directly, or everyone. What a boundary merely leaves out does not limit such a grant; an explicit Deny in the boundary would."
	case x.Boundary == iam.NoMatch && x.Identity == iam.Match:
		return "The identity's policies allow it and the boundary does not. Both must allow: beyond the boundary an Allow has no effect." + nothingRound(x)
	case x.Boundary == iam.NoMatch:
		return "Neither allows it. Both must; a boundary that allowed it would still grant nothing." + nothingRound(x)
	case x.Identity == iam.NoMatch && v.Decision == iam.Allowed:
		return "The boundary allows it but grants nothing. What grants here is a resource-based policy, for which no identity-based policy is needed."
	case x.Identity == iam.NoMatch:
		return "The boundary allows it, but the boundary alone grants nothing: an identity-based policy must allow it, too."
	case v.Decision == iam.Allowed:
		return "Both must allow, and both do. The boundary alone grants nothing."
	}
	return "Both must allow, and both do. Something else stops the request."
}

// nothingRound adds that across accounts the boundary limits whoever is named (S-228).
func nothingRound(x eval.Intersection) string {
	if x.Across {
		return " Across accounts the boundary limits whoever the resource-based policy names."
	}
	return ""
}
