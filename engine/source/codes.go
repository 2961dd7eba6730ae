package source

// The codes under which reading a text reports problems. They are stable.
const (
	// DuplicateKey is the code of a name that stands twice in an object.
	DuplicateKey = "duplicateKey"
	// TooManyProblems is the code of the last problem of a text that has more than
	// are reported.
	TooManyProblems = "tooManyProblems"

	codeAfterEnd         = "afterEnd"
	codeBadEscape        = "badEscape"
	codeComment          = "comment"
	codeControlCharacter = "controlCharacter"
	codeEmpty            = "empty"
	codeEncoding         = "encoding"
	codeMissingComma     = "missingComma"
	codeSyntax           = "syntax"
	codeTooDeep          = "tooDeep"
	codeTooLarge         = "tooLarge"
	codeTrailingComma    = "trailingComma"
)

// Codes lists the codes of problems with a text as JSON.
func Codes() []string {
	return []string{
		codeEmpty, codeEncoding, codeTooLarge, codeTooDeep, codeSyntax, codeMissingComma, codeTrailingComma, codeComment,
		codeAfterEnd, codeBadEscape, codeControlCharacter, DuplicateKey, TooManyProblems,
	}
}
