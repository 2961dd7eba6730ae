package policy

import (
	"strconv"
	"unicode/utf8"

	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// limit is how large a document of a kind may be, in characters (S-030). Over
// usual AWS takes it in some places or on request only, over most nowhere.
type limit struct {
	usual, most int
	usualWords  string
	// spaces says that white space counts (S-029).
	spaces bool
}

// limits are AWS's quotas as of LimitsDate.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
var limits = map[iam.Layer]limit{
	iam.IdentityPolicy:        {6144, 10240, "a managed policy may have 6,144; only the inline policies of a role may have more", false},
	iam.PermissionsBoundary:   {6144, 6144, "", false},
	iam.SessionPolicy:         {2048, 6144, "an inline session policy may have 2,048; only a managed one may have more", false},
	iam.TrustPolicy:           {2048, 8192, "a trust policy may have 2,048 unless the quota was raised", false},
	iam.ServiceControlPolicy:  {10240, 10240, "", true},
	iam.ResourceControlPolicy: {5120, 5120, "", true},
	iam.ResourcePolicy:        {20480, 32768, "a bucket policy may have 20,480; some services allow more", false},
	iam.VPCEndpointPolicy:     {20480, 20480, "", true},
}

// LimitsDate is the month in which the limits were read.
const LimitsDate = "2026-11"

// checkText is S-021 and S-029 to S-030.
func (d *decoder) checkText(root *source.Node) {
	text := d.file.Slice(root.Span)
	if d.isIAM() {
		d.checkCharacters(root.Span.Start, text)
	}
	limit := limits[d.layer]
	all, dense := sizes(text)
	switch {
	case dense > limit.most, d.layer == iam.VPCEndpointPolicy && all > limit.most:
		size := dense
		if limit.spaces {
			size = all
		}
		d.Error(codeTooLong, opening(root), d.kind()+" may have "+thousands(limit.most)+" characters, this one has "+thousands(size)+"; split it or shorten it")
	case limit.spaces && all > limit.most:
		d.Warn(codeTooLong, opening(root), "with its white space this policy has "+thousands(all)+" characters of "+thousands(limit.most)+"; save it without")
	case dense > limit.usual:
		d.Warn(codeTooLong, opening(root), "this policy has "+thousands(dense)+" characters; "+limit.usualWords)
	}
}

// checkCharacters is S-021, for the text as it stands; escapes are plain ASCII.
func (d *decoder) checkCharacters(offset int, text string) {
	const beyond = 0xC4 // the least first byte of a character beyond U+00FF
	for i := range len(text) {
		if text[i] >= beyond {
			r, size := utf8.DecodeRuneInString(text[i:])
			d.Error(codeCharacterNotAllowed, source.Span{Start: offset + i, End: offset + i + size},
				"IAM stores no character beyond U+00FF; replace `"+string(r)+"`").Fixes = plainCharacter(offset+i, r, size)
			return
		}
	}
}

// sizes counts a text's characters, and those that are not insignificant white space.
func sizes(text string) (all, dense int) {
	inString, escaped := false, false
	for i := range len(text) {
		c := text[i]
		if !utf8.RuneStart(c) {
			continue
		}
		all++
		switch {
		case escaped:
			escaped = false
		case inString && c == '\\':
			escaped = true
		case c == '"':
			inString = !inString
		case !inString && (c == ' ' || c == '\t' || c == '\n' || c == '\r'):
			continue
		}
		dense++
	}
	return all, dense
}

// thousands writes a number as messages do: 10,240.
func thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// Size is how many characters of a document IAM counts, white space outside
// strings left out (S-029).
func Size(text string) int {
	_, dense := sizes(text)
	return dense
}
