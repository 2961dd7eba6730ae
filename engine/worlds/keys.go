package worlds

import (
	"strings"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// CanHave says whether a caller of this kind may have the key at all (tables
// T-B1 and T-G1).
func CanHave(lower string, caller *iam.Principal) bool {
	switch lower {
	case "aws:username":
		return caller.Kind == iam.User
	case "aws:principalservicename", "aws:principalservicenameslist",
		"aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths":
		return caller.Kind == iam.ServicePrincipal // S-236
	case "aws:multifactorauthpresent", "aws:multifactorauthage":
		return caller.InAccount() // S-277
	}
	if strings.HasPrefix(lower, "aws:principal") {
		return caller.InAccount()
	}
	return true
}

// Absent are the keys that policies of the trace name and the request
// lacks, as first spelled, without those that such a caller never has.
func Absent(r *eval.Request, trace *eval.Trace) []string {
	var names []string
	seen := map[string]bool{}
	add := func(name string) {
		lower := strings.ToLower(name)
		if !seen[lower] && r.Context.Get(lower) == nil && CanHave(lower, r.Principal) {
			names = append(names, name)
		}
		seen[lower] = true
	}
	for i := range trace.Layers {
		trace.Layers[i].Keys(add)
	}
	return names
}
