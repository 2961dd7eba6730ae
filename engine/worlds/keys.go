package worlds

import (
	"strings"

	"fenceline/engine/iam"
)

// canHave says whether a caller of this kind may have the key at all (tables
// T-B1 and T-G1).
func canHave(lower string, caller *iam.Principal) bool {
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
