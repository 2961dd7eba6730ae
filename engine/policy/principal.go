package policy

import (
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

var principalTypes = []string{"AWS", "Service", "Federated", "CanonicalUser"}

// principal decodes Principal or NotPrincipal and holds it to table T-A1.
func (d *decoder) principal(s *Statement, n *source.Node, seen map[string]*source.Member) {
	m, not := d.pair(n, seen, "Principal")
	switch {
	case !d.layer.HasPrincipal():
		if m != nil {
			d.Error(codeElementNotAllowed, m.KeySpan, d.kind()+" has no `"+m.Key+"`, it applies to whoever has it; remove it").Fix("Remove `"+m.Key+"`", n.Remove(m)) // S-016
		}
		return
	case m == nil:
		d.Error(codeMissingPrincipal, opening(n), d.kind()+" needs a `Principal`; write who the statement is about").Fixes = d.addPrincipal(n)
		return
	case not:
		d.checkNotPrincipal(s, n, m)
	}
	s.Principal = &Principal{Not: not, Span: m.Value.Span}
	d.entries(s.Principal, m)
	d.checkForLayer(s.Principal, m)
}

// checkNotPrincipal is S-101 and S-105.
func (d *decoder) checkNotPrincipal(s *Statement, n *source.Node, m *source.Member) {
	switch {
	case d.layer == iam.TrustPolicy || d.layer == iam.ResourceControlPolicy:
		d.Error(codeElementNotAllowed, m.KeySpan, d.kind()+" has no `NotPrincipal`; write `Principal`").Fixes = d.everyone(n, m)
	case s.Effect == iam.Allow:
		d.Error(codeNotPrincipalWithAllow, m.KeySpan, "`NotPrincipal` with `Allow` would let in everyone else, anonymous callers too; write `Principal`, or `Deny`")
	}
}

// entries reads `*` or the object of principals (S-086).
func (d *decoder) entries(p *Principal, m *source.Member) {
	n := m.Value
	switch {
	case n.Kind == source.String && n.Text == "*":
		p.Entries = []PrincipalEntry{{"AWS", Text{"*", n.Span}}}
	case n.Kind == source.String:
		d.Error(codeInvalidPrincipal, n.Span, "`"+m.Key+"` is `\"*\"` or an object; write `{ \""+d.typeOf(n.Text)+"\": \""+source.Clip(n.Text)+"\" }`").
			Fix("Write it under `"+d.typeOf(n.Text)+"`", source.Edit{Span: n.Span, Text: d.typed(n)})
	case n.Kind == source.Array && len(n.Items) == 0:
		d.Warn(codeEmptyList, n.Span, "an empty `"+m.Key+"` makes the statement match nothing")
	case n.Kind != source.Object:
		d.Error(codeWrongType, n.Span, "`"+m.Key+"` is `\"*\"` or an object such as `{ \"AWS\": … }`, not "+n.Kind.String()).Fixes = d.typedList(n)
	default:
		d.typedEntries(p, m)
	}
}

// typeOf guesses the key under which a principal belongs.
func (d *decoder) typeOf(text string) string {
	switch {
	case strings.Contains(text, ":saml-provider/") || strings.Contains(text, ":oidc-provider/"):
		return "Federated"
	case strings.HasSuffix(text, ".amazonaws.com"):
		return "Service"
	}
	return "AWS"
}

func (d *decoder) typedEntries(p *Principal, m *source.Member) {
	for i := range m.Value.Members {
		member := &m.Value.Members[i]
		if indexOf(principalTypes, member.Key) < 0 {
			d.Error(codeInvalidPrincipalType, member.KeySpan, "a principal is not of type `"+source.Clip(member.Key)+"`"+suggest(member.Key, principalTypes)).Fixes = rename(m.Value, member, principalTypes)
			continue
		}
		for _, text := range d.texts(member.Value, member.Key) {
			p.Entries = append(p.Entries, PrincipalEntry{member.Key, text})
			d.checkEntry(member.Key, text)
		}
	}
	if len(p.Entries) == 0 && !source.HasErrors(d.Problems) {
		d.Warn(codeEmptyList, m.Value.Span, "an empty `"+m.Key+"` makes the statement match nothing")
	}
}

func (d *decoder) checkEntry(kind string, text Text) {
	switch kind {
	case "AWS":
		if wrong := awsPrincipalProblem(text.Value); wrong != "" {
			d.Error(codeInvalidPrincipal, text.Span, wrong)
		}
	case "Service":
		d.checkService(text)
	case "Federated":
		d.checkFederated(text)
	case "CanonicalUser":
		d.Warn(codeCanonicalUser, text.Span, "whose account a canonical user id stands for can't be told here, so it matches nobody; write the account's id")
	}
}

var idPrefixes = []string{"AIDA", "AROA"}

// awsPrincipalProblem is S-087 to S-093, S-098 and S-099: empty for an account,
// a user, role, session or federated user, a unique id, or `*`.
func awsPrincipalProblem(text string) string {
	quoted := "`" + source.Clip(text) + "`"
	if text == "*" || arn.IsAccount(text) {
		return ""
	}
	for _, prefix := range idPrefixes {
		if strings.HasPrefix(text, prefix) && len(text) >= 16 && strings.IndexFunc(text, notAlphanumeric) < 0 {
			return ""
		}
	}
	a, ok := arn.Parse(text)
	switch {
	case strings.ContainsAny(text, "*?"):
		return "a principal has no partial wildcards; write names out, or `\"*\"` with a condition on `aws:PrincipalArn` in place of " + quoted
	case !ok:
		return quoted + " is no AWS principal; write an account id of twelve digits, or the ARN of a user, role or session"
	case !arn.IsAccount(a.Account) && a.Account != "cloudfront":
		return quoted + " has no account id of twelve digits"
	}
	return principalKindProblem(&a, quoted)
}

func principalKindProblem(a *arn.ARN, quoted string) string {
	kind, name, _ := strings.Cut(a.Resource, "/")
	switch {
	case a.Service == "iam" && a.Resource == "root":
		return ""
	case name == "":
		return quoted + " names no user, role or session"
	case a.Service == "iam" && (kind == "user" || kind == "role"):
		return ""
	case a.Service == "sts" && kind == "assumed-role" && strings.Contains(name, "/"):
		return ""
	case a.Service == "sts" && kind == "federated-user":
		return ""
	case kind == "group":
		return "a group is no principal; name its users, or the account"
	case kind == "instance-profile":
		return "an instance profile is no principal; name its role"
	case kind == "saml-provider" || kind == "oidc-provider":
		return "an identity provider stands under `Federated`, not `AWS`"
	}
	return quoted + " is no AWS principal; write the ARN of a user, role or session"
}

// checkService is S-094.
func (d *decoder) checkService(text Text) {
	switch {
	case strings.ContainsAny(text.Value, "*?"):
		d.Error(codeInvalidPrincipal, text.Span, "a service principal has no wildcards; write `ec2.amazonaws.com` for one")
	case !strings.Contains(text.Value, ".") || strings.ContainsAny(text.Value, " \t\r\n/:"):
		d.Error(codeInvalidPrincipal, text.Span, "`"+source.Clip(text.Value)+"` is no service principal; write `ec2.amazonaws.com` for one")
	}
}

// checkFederated is S-095.
func (d *decoder) checkFederated(text Text) {
	a, ok := arn.Parse(text.Value)
	provider := ok && a.Service == "iam" && (strings.HasPrefix(a.Resource, "saml-provider/") || strings.HasPrefix(a.Resource, "oidc-provider/"))
	switch {
	case d.layer != iam.TrustPolicy:
		d.Error(codeInvalidPrincipal, text.Span, "`Federated` principals stand in role trust policies only; name the role that they assume")
	case !provider && indexOf(iam.BuiltInProviders(), text.Value) < 0:
		d.Error(codeInvalidPrincipal, text.Span, "`"+source.Clip(text.Value)+"` is no identity provider; write the ARN of a SAML or OIDC provider"+source.DidYouMean(text.Value, iam.BuiltInProviders()))
	}
}

// checkForLayer is what RCPs and trust policies ask of a principal (S-022, S-024).
func (d *decoder) checkForLayer(p *Principal, m *source.Member) {
	bare := m.Value.Kind == source.String && m.Value.Text == "*"
	switch {
	case p.Not:
	case d.layer == iam.ResourceControlPolicy && !bare:
		d.Error(codeInvalidPrincipal, m.Value.Span, "a resource control policy is about everyone; write `\"Principal\": \"*\"` and narrow it with a condition").
			Fix("Write `\"*\"`"+changing, source.Edit{Span: m.Value.Span, Text: `"*"`})
	case d.layer == iam.TrustPolicy && bare:
		d.Error(codeInvalidPrincipal, m.Value.Span, "IAM refuses a bare `\"*\"` in a trust policy; write `{ \"AWS\": \"*\" }` with a condition, or name who is trusted").
			Fix("Write `{ \"AWS\": \"*\" }`, everyone", source.Edit{Span: m.Value.Span, Text: `{ "AWS": "*" }`})
	}
}
