package scenario

import "fenceline/engine/source"

// The codes under which a scenario file reports problems, besides those of its
// text, its policies and its calls. They are stable; package words says what
// each means.
const (
	codeUnknownVersion              = "unknownVersion"
	codeUnknownMember               = "unknownMember"
	codeMissingMember               = "missingMember"
	codeWrongType                   = "wrongType"
	codeEmptyValue                  = "emptyValue"
	codeInvalidValue                = "invalidValue"
	codeInvalidARN                  = "invalidARN"
	codeDuplicateARN                = "duplicateARN"
	codeInvalidAccount              = "invalidAccount"
	codeInvalidId                   = "invalidId"
	codeDuplicateId                 = "duplicateId"
	codeDuplicateKey                = source.DuplicateKey
	codeTooDeep                     = "tooDeep"
	codeTooMany                     = "tooMany"
	codeUnknownPolicy               = "unknownPolicy"
	codeMissingPolicy               = "missingPolicy"
	codeUnknownGroup                = "unknownGroup"
	codeNotForThisIdentity          = "notForThisIdentity"
	codeBoundaryOnGroup             = "boundaryOnGroup"
	codeBoundaryOnServiceLinkedRole = "boundaryOnServiceLinkedRole"
	codeInvalidPrincipal            = "invalidPrincipal"
	codeNotForThisPrincipal         = "notForThisPrincipal"
	codeInvalidAction               = "invalidAction"
	codeInvalidKey                  = "invalidKey"
	codeSameTagKey                  = "sameTagKey"
	codeContradiction               = "contradiction"
)

// Codes lists them.
func Codes() []string {
	return []string{
		codeUnknownVersion, codeUnknownMember, codeMissingMember, codeWrongType, codeEmptyValue, codeInvalidValue,
		codeInvalidARN, codeDuplicateARN, codeInvalidAccount, codeInvalidId, codeDuplicateId, codeDuplicateKey, codeTooDeep,
		codeTooMany, codeUnknownPolicy, codeMissingPolicy, codeUnknownGroup, codeNotForThisIdentity, codeBoundaryOnGroup,
		codeBoundaryOnServiceLinkedRole, codeInvalidPrincipal, codeNotForThisPrincipal, codeInvalidAction, codeInvalidKey,
		codeSameTagKey, codeContradiction,
	}
}
