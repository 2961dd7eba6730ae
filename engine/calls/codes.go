package calls

// The codes under which the parameters of calls report problems. They are
// stable; package words says what each means.
const (
	codeUnknownCall         = "unknownCall"
	codeUnknownParameter    = "unknownParameter"
	codeMissingMember       = "missingMember"
	codeWrongType           = "wrongType"
	codeMissingRegion       = "missingRegion"
	codeNotForThisPrincipal = "notForThisPrincipal"
)

// Codes lists them.
func Codes() []string {
	return []string{
		codeUnknownCall, codeUnknownParameter, codeMissingMember, codeWrongType, codeMissingRegion, codeNotForThisPrincipal,
	}
}
