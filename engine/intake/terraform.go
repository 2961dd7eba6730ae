package intake

import (
	"strings"

	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// maxTerraform and maxTries bound the search for documents in text that may
// hold anything.
const (
	maxTerraform = 512 << 10
	maxTries     = 1000
)

// readTerraform takes the documents out of Terraform's own language: here
// documents, strings, and calls of jsonencode.
func (r *reader) readTerraform(text string) bool {
	if len(text) > maxTerraform || !strings.Contains(text, "<<") && !strings.Contains(text, "jsonencode(") && !strings.Contains(text, `"{\"`) {
		return false
	}
	t := &template{types: map[string]string{}}
	at := 0
	for range maxTries {
		start, end, document := nextDocument(text, at, t)
		if start < 0 {
			break
		}
		at = end
		if document != nil {
			r.from("terraform")
			r.take(document, terraformBlock(text, start))
		}
	}
	if !r.found() {
		return false
	}
	r.placeholders(t.left)
	return true
}

// nextDocument finds what may be a document from a place on, and answers where
// it stands; the document is nil where it is none. A start of -1 says that
// there is nothing more.
func nextDocument(text string, at int, t *template) (start, end int, document *source.Node) {
	start = -1
	var read func(*hcl) *source.Node
	for _, form := range []struct {
		mark string
		read func(*hcl) *source.Node
	}{{"<<", (*hcl).hereDocument}, {"jsonencode(", (*hcl).encoded}, {`"{\"`, (*hcl).literal}} {
		if i := strings.Index(text[at:], form.mark); i >= 0 && (start < 0 || at+i < start) {
			start, read = at+i, form.read
		}
	}
	if start < 0 {
		return -1, len(text), nil
	}
	p := &hcl{text: text, at: start, template: t}
	if document = read(p); document == nil {
		return start, start + 2, nil
	}
	return start, p.at, document
}

// encoded reads a call of jsonencode.
func (p *hcl) encoded() *source.Node {
	p.at += len("jsonencode(")
	if value := p.value(0); value != nil && isDocument(value) {
		return value
	}
	return nil
}

// literal reads a document in a string.
func (p *hcl) literal() *source.Node {
	text, ok := p.quoted()
	if !ok {
		return nil
	}
	return parsed(text)
}

// hereDocument reads `<<EOF` or `<<-EOF` to its end.
func (p *hcl) hereDocument() *source.Node {
	head, body, ok := strings.Cut(p.text[p.at:], "\n")
	word := strings.Trim(strings.TrimPrefix(strings.TrimPrefix(head, "<<"), "-"), " \t\r\"'")
	if !ok || word == "" || strings.ContainsAny(word, " \t({[") {
		return nil
	}
	p.at += len(head) + 1
	for begin := p.at; len(body) > 0; {
		line, rest, _ := strings.Cut(body, "\n")
		if strings.TrimSpace(line) == word {
			document := parsed(p.template.interpolate(p.text[begin:p.at]))
			p.at += len(line)
			return document
		}
		p.at, body = min(len(p.text), p.at+len(line)+1), rest
	}
	return nil
}

// parsed is the document that a text is.
func parsed(text string) *source.Node {
	root, problems := source.Parse(source.NewFile("document", text), MaxBytes)
	if root == nil || source.HasErrors(problems) || !isDocument(root) {
		return nil
	}
	return root
}

// terraformBlock is the block that a place in a text lies in: the last one
// that begins before it.
func terraformBlock(text string, at int) owner {
	start := strings.LastIndex(text[:at], "resource \"")
	if start < 0 {
		return owner{}
	}
	parts := strings.SplitN(text[start:at], `"`, 5)
	if len(parts) < 5 {
		return owner{}
	}
	o := terraformOwner(parts[1], parts[3], nil)
	if strings.Contains(lastLine(text[:at]), "assume_role_policy") {
		o.layer = iam.TrustPolicy
		o.name += "-trust"
	}
	return o
}

func lastLine(text string) string {
	lines := strings.Split(text, "\n")
	for i := len(lines) - 1; i >= 0; i-- {
		if strings.Contains(lines[i], "=") {
			return lines[i]
		}
	}
	return ""
}

// terraformOwner says whose the documents in a Terraform resource are.
func terraformOwner(kind, name string, resource *source.Node) owner {
	o := owner{name: name}
	values := resource.Get("values")
	if given := str(values, "name"); given != "" {
		o.name = given
	}
	switch kind {
	case "aws_iam_policy", "aws_iam_policy_document":
	case "aws_iam_role":
		o.layer, o.target = iam.IdentityPolicy, &Target{Kind: "role", Name: o.name}
	case "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy":
		o.layer = iam.IdentityPolicy
		of := strings.TrimSuffix(strings.TrimPrefix(kind, "aws_iam_"), "_policy")
		if whose := str(values, of); whose != "" {
			o.target = &Target{Kind: of, Name: whose}
		}
	case "aws_organizations_policy":
		o.layer = organizationLayer(str(values, "type"))
	case "aws_vpc_endpoint", "aws_vpc_endpoint_policy":
		o.layer = iam.VPCEndpointPolicy
	default:
		o.layer = iam.ResourcePolicy
		if bucket := str(values, "bucket"); bucket != "" {
			o.target = &Target{Kind: "resource", ARN: "arn:aws:s3:::" + bucket}
		}
	}
	return o
}

// interpolate takes references out of a template string and keeps what
// Terraform was told to keep: `$${aws:username}`.
func (t *template) interpolate(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		rest := text[i:]
		switch {
		case strings.HasPrefix(rest, "$${") || strings.HasPrefix(rest, "%%{"):
			b.WriteString(rest[1:3])
			i += 2
		case referenceEnd(rest) > 0:
			end := referenceEnd(rest)
			b.WriteString(t.variable(rest[2:end]))
			i += end
		default:
			b.WriteByte(text[i])
		}
	}
	return b.String()
}

// referenceEnd is where a `${…}` at the beginning of a text closes, or 0.
func referenceEnd(text string) int {
	if !strings.HasPrefix(text, "${") {
		return 0
	}
	return max(0, strings.IndexByte(text[:min(len(text), 512)], '}'))
}

// variable is what stands for `${name}`. A colon tells a policy variable that
// Terraform was not told to keep.
func (t *template) variable(name string) string {
	if strings.Contains(name, ":") && !strings.Contains(name, "?") {
		return "${" + name + "}"
	}
	return t.expression(strings.TrimSpace(name))
}

// expression is what stands for an expression of Terraform.
func (t *template) expression(text string) string {
	switch {
	case strings.HasSuffix(text, ".account_id"):
		return t.reference("AWS::AccountId")
	case strings.Contains(text, "aws_region."):
		return t.reference("AWS::Region")
	case strings.HasSuffix(text, ".partition"):
		return "aws"
	case strings.HasSuffix(text, ".arn"):
		parts := strings.Split(text, ".")
		value := exampleARN(parts[0], parts[max(0, len(parts)-2)])
		t.leave(value)
		return value
	}
	return t.placeholder(strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || strings.ContainsRune("._-", c) {
			return c
		}
		return '-'
	}, text))
}
