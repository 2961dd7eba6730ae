package worlds

import (
	"strings"

	"fenceline/engine/iam"
)

// lists are the multivalued global keys and those of STS (S-295).
var lists = map[string]bool{
	"aws:calledvia": true, "aws:principalorgpaths": true, "aws:principalservicenameslist": true,
	"aws:resourceorgpaths": true, "aws:sourceorgpaths": true, "aws:tagkeys": true, "aws:vpceorgpaths": true,
	"sts:transitivetagkeys": true, "sts:identitytokenaudience": true, "sts:requestcontextproviders": true,
}

func isList(lower string) bool { return lists[lower] }

// booleans are the global keys of type Bool (table T-G1).
var booleans = map[string]bool{
	"aws:principalisawsservice": true, "aws:assumedroot": true, "aws:multifactorauthpresent": true,
	"aws:viaawsservice": true, "aws:viaawsmcpservice": true, "aws:ismcpserviceaction": true, "aws:securetransport": true,
}

func isBoolean(lower string) bool { return booleans[lower] }

// always are the keys that every request has (table T-G1).
var always = map[string]bool{
	"aws:currenttime": true, "aws:epochtime": true, "aws:requestedregion": true, "aws:securetransport": true,
	"aws:useragent": true, "aws:principalaccount": true, "aws:principaltype": true, "aws:userid": true,
	"aws:viaawsservice": true,
}

func alwaysPresent(lower string) bool { return always[lower] }

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
