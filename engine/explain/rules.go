package explain

import (
	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// Rules lists the numbers of the semantics rules that settled a decision, the
// decisive one first.
func Rules(r *eval.Request, l *eval.Layers, v eval.Verdict) []string {
	switch v.Reason {
	case eval.ExplicitDeny:
		return append([]string{"S-163"}, denyRules[v.By]...)
	case eval.GuardSilent:
		return guardRules[v.By]
	case eval.ResourceGrants:
		return []string{directRule(r)}
	case eval.ResourceGrantsLimited:
		return []string{byKind(r, "S-175", "S-178")}
	case eval.ResourceGrantsOutside, eval.ResourceSilentOutside:
		return []string{outsideRule(r)}
	case eval.IdentityGrants:
		return identityRules(r, l)
	case eval.BothAccountsGrant:
		return acrossRules(r)
	case eval.ResourceSilent:
		return []string{gateRule(r)}
	case eval.ResourceSilentAcross:
		return append(acrossRules(r), "S-230")
	case eval.SessionSilent:
		return []string{byKind(r, "S-171", "S-172")}
	}
	return fixedRules[v.Reason]
}

// fixedRules are those of the reasons that always have the same.
var fixedRules = map[eval.Reason][]string{
	eval.Undetermined:      {},
	eval.DeniedAnyway:      {"S-162"},
	eval.RootOwns:          {"S-179"},
	eval.IdentitySilent:    {"S-162"},
	eval.BoundarySilent:    {"S-169"},
	eval.AlwaysAllowed:     {"S-214"},
	eval.NeedsNoPermission: {"S-214"},
	eval.SessionMayNot:     {"S-214"},
	eval.RootMayNotAssume:  {"S-205"},
	eval.OwnedByAWS:        {"S-240"},
}

// denyRules say for each layer that its Deny counts.
var denyRules = map[iam.Layer][]string{
	iam.ResourceControlPolicy: {"S-194"}, iam.ServiceControlPolicy: {"S-182"}, iam.VPCEndpointPolicy: {"S-220"},
	iam.PermissionsBoundary: {"S-170"}, iam.SessionPolicy: {"S-171"}, iam.IdentityPolicy: {"S-166"},
}

var guardRules = map[iam.Layer][]string{
	iam.ResourceControlPolicy: {"S-193"}, iam.ServiceControlPolicy: {"S-181"}, iam.VPCEndpointPolicy: {"S-220"},
}

// directRule is the row of table T-D1 by which the resource's policy alone suffices.
func directRule(r *eval.Request) string {
	switch {
	case r.Kind == eval.RoleTrust:
		return "S-206"
	case r.Kind == eval.KMSKey:
		return "S-204"
	}
	switch r.Principal.Kind {
	case iam.User:
		return "S-174"
	case iam.FederatedUser:
		return "S-178"
	case iam.Root:
		return "S-089"
	}
	return "S-176"
}

// byKind picks the rule of sessions, or that of federated users.
func byKind(r *eval.Request, session, federated string) string {
	if r.Principal.Kind == iam.FederatedUser {
		return federated
	}
	return session
}

func outsideRule(r *eval.Request) string {
	switch {
	case r.Principal.Kind == iam.Anonymous:
		return "S-237"
	case r.Principal.Kind == iam.IdentityProvider:
		return "S-211"
	case r.Kind == eval.RoleTrust:
		return "S-210"
	}
	return "S-236"
}

// identityRules name the union of policies and each layer that limits it.
func identityRules(r *eval.Request, l *eval.Layers) []string {
	rules := []string{"S-166"}
	switch r.Kind {
	case eval.KMSKey:
		rules = append(rules, "S-202")
	case eval.RoleTrust:
		rules = append(rules, "S-207")
	}
	if l.Boundary != nil {
		rules = append(rules, "S-169")
	}
	if l.Session != nil {
		rules = append(rules, "S-171")
	}
	return rules
}

func acrossRules(r *eval.Request) []string {
	switch {
	case r.Kind == eval.RoleTrust:
		return []string{"S-209"}
	case r.Principal.Kind == iam.Root:
		return []string{"S-225", "S-227"}
	}
	return []string{"S-225"}
}

func gateRule(r *eval.Request) string {
	switch {
	case r.Kind == eval.RoleTrust:
		return "S-205"
	case r.Principal.Kind == iam.Root:
		return "S-201"
	}
	return "S-200"
}
