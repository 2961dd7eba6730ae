package policy

import "fenceline/engine/source"

// The codes under which decoding a policy reports problems, besides those of
// reading its text. They are stable; package words says what each means.
const (
	codeActionNotAllowed      = "actionNotAllowed"
	codeCanonicalUser         = "canonicalUser"
	codeCharacterNotAllowed   = "characterNotAllowed"
	codeConflictingElements   = "conflictingElements"
	codeDuplicateKey          = source.DuplicateKey
	codeEffectNotAllowed      = "effectNotAllowed"
	codeElementNotAllowed     = "elementNotAllowed"
	codeEmptyCondition        = "emptyCondition"
	codeEmptyList             = "emptyList"
	codeEmptyStatement        = "emptyStatement"
	codeIncompleteARN         = "incompleteARN"
	codeInvalidAction         = "invalidAction"
	codeInvalidEffect         = "invalidEffect"
	codeInvalidKey            = "invalidKey"
	codeInvalidPrincipal      = "invalidPrincipal"
	codeInvalidPrincipalType  = "invalidPrincipalType"
	codeInvalidResource       = "invalidResource"
	codeInvalidSid            = "invalidSid"
	codeInvalidVariable       = "invalidVariable"
	codeInvalidVersion        = "invalidVersion"
	codeMissingAction         = "missingAction"
	codeMissingEffect         = "missingEffect"
	codeMissingPrincipal      = "missingPrincipal"
	codeMissingResource       = "missingResource"
	codeMissingStatement      = "missingStatement"
	codeMissingVersion        = "missingVersion"
	codeMixedTypes            = "mixedTypes"
	codeNotAnObject           = "notAnObject"
	codeNotPrincipalWithAllow = "notPrincipalWithAllow"
	codeOldVersion            = "oldVersion"
	codeRepeatedSid           = "repeatedSid"
	codeServiceCase           = "serviceCase"
	codeSeveralBooleans       = "severalBooleans"
	codeTooLong               = "tooLong"
	codeUnknownElement        = "unknownElement"
	codeUnknownOperator       = "unknownOperator"
	codeUnmatchableAction     = "unmatchableAction"
	codeUnreadableValue       = "unreadableValue"
	codeVariableNotSupported  = "variableNotSupported"
	codeWildcardInARN         = "wildcardInARN"
	codeWrongType             = "wrongType"
)

// Codes lists them, from the document to what stands in it.
func Codes() []string {
	return []string{
		codeNotAnObject, codeWrongType, codeUnknownElement, codeElementNotAllowed, codeConflictingElements, codeDuplicateKey,
		codeTooLong, codeCharacterNotAllowed,
		codeMissingVersion, codeOldVersion, codeInvalidVersion, codeMissingStatement, codeEmptyStatement,
		codeInvalidSid, codeRepeatedSid, codeMissingEffect, codeInvalidEffect, codeEffectNotAllowed,
		codeMissingPrincipal, codeInvalidPrincipal, codeInvalidPrincipalType, codeNotPrincipalWithAllow, codeCanonicalUser,
		codeMissingAction, codeInvalidAction, codeUnmatchableAction, codeActionNotAllowed,
		codeMissingResource, codeInvalidResource, codeIncompleteARN, codeWildcardInARN, codeServiceCase,
		codeEmptyList, codeEmptyCondition, codeUnknownOperator, codeInvalidKey, codeUnreadableValue, codeMixedTypes, codeSeveralBooleans,
		codeVariableNotSupported, codeInvalidVariable,
	}
}
