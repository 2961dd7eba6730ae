package intake

import (
	"strings"

	"fenceline/engine/source"
)

// readEncoded reads a text in which characters are percent-encoded, as the IAM
// interface answers documents.
func (r *reader) readEncoded(text string, depth int) {
	decoded, ok := percentDecode(text)
	if !ok {
		r.problem(source.Span{}, "the text begins percent-encoded, but a `%` is not followed by two hexadecimal digits; paste the whole document")
		return
	}
	r.from("percent-encoded")
	r.read(decoded, depth+1)
}

func percentDecode(text string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '%' {
			b.WriteByte(text[i])
			continue
		}
		if i+2 >= len(text) {
			return "", false
		}
		high, low := hexDigit(text[i+1]), hexDigit(text[i+2])
		if high < 0 || low < 0 {
			return "", false
		}
		b.WriteByte(byte(high<<4 | low))
		i += 2
	}
	return b.String(), true
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// readEscaped reads a document that was copied out of a string, its quotes
// still escaped.
func (r *reader) readEscaped(text string, depth int) bool {
	if !strings.HasPrefix(text, `{\`) && !strings.HasPrefix(text, `[{\`) {
		return false
	}
	return r.readJSON(`"`+text+`"`, depth)
}

// readInside reads a JSON value that stands between other text, such as the
// command that printed it.
func (r *reader) readInside(text string, depth int) bool {
	start := strings.IndexAny(text, "{[")
	end := strings.LastIndexAny(text, "}]")
	if start <= 0 && end == len(text)-1 || start < 0 || end < start || depth > 0 {
		return false
	}
	inner := text[start : end+1]
	if root, problems := source.Parse(source.NewFile("inside", inner), MaxBytes); root == nil || source.HasErrors(problems) {
		return false
	}
	return r.readJSON(inner, depth+1) && r.found()
}

// readVague names what a text is that holds too little.
func (r *reader) readVague(text string) {
	lower := strings.ToLower(text)
	switch {
	case strings.Contains(lower, "encoded authorization failure message:"):
		r.from("encoded-message")
		r.problem(source.Span{}, "the message is encoded; decode it with `aws sts decode-authorization-message --encoded-message …` and paste what that prints")
	case strings.Contains(lower, "aws_iam_policy_document"):
		r.from("terraform")
		r.problem(source.Span{}, "`aws_iam_policy_document` blocks are not read here; paste the output of `terraform show -json`, which holds the policies that they make")
	case strings.Contains(lower, "jsonencode(") || strings.Contains(lower, "resource \"aws_"):
		r.from("terraform")
		r.problem(source.Span{}, "no policy can be read from this Terraform text; paste the output of `terraform show -json`")
	case strings.Contains(lower, "not authorized") || strings.Contains(lower, "access denied") || strings.Contains(lower, "accessdenied") || strings.Contains(lower, "unauthorizedoperation"):
		r.from("message")
		r.problem(source.Span{}, "the message does not name caller and action; paste the CloudTrail event of the call, which does")
	}
}
