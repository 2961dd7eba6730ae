package policy

import (
	"strings"

	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// Decode reads a text as a policy of that layer's kind. It goes on after a
// problem, so that every one of them is answered. With an Error among them the
// document must not be evaluated (S-239); it is then whatever could be read.
func Decode(file *source.File, layer iam.Layer) (*Document, []source.Problem) {
	root, problems := source.Parse(file, MaxBytes)
	if root == nil {
		return &Document{File: file, Layer: layer}, source.SortProblems(problems)
	}
	document, found := DecodeTree(file, root, layer)
	return document, source.SortProblems(append(problems, found...))
}

// DecodeTree is Decode for a text that has been parsed already.
func DecodeTree(file *source.File, root *source.Node, layer iam.Layer) (*Document, []source.Problem) {
	d := &decoder{file: file, layer: layer, document: &Document{File: file, Layer: layer}}
	d.run(root)
	return d.document, source.SortProblems(d.Problems)
}

type decoder struct {
	file     *source.File
	layer    iam.Layer
	document *Document
	source.Report
	sids map[string]bool
}

// kind names the kind of policy in messages: "an identity-based policy".
func (d *decoder) kind() string {
	article := "a "
	if d.layer == iam.IdentityPolicy {
		article = "an "
	}
	return article + d.layer.Words()
}

// isIAM says whether IAM itself stores this kind of policy, by its own rules
// for Sids and characters (S-012, S-021).
func (d *decoder) isIAM() bool {
	switch d.layer {
	case iam.IdentityPolicy, iam.PermissionsBoundary, iam.SessionPolicy, iam.TrustPolicy:
		return true
	}
	return false
}

var documentMembers = []string{"Version", "Id", "Statement"}

// run decodes the document (S-001 to S-003).
func (d *decoder) run(root *source.Node) {
	if root.Kind != source.Object {
		d.Error(codeNotAnObject, root.Span, "a policy is a JSON object, `{ \"Version\": \"2012-10-17\", \"Statement\": [ … ] }`, not "+root.Kind.String()+encodedHint(root)).Fixes = d.unwrapped(root)
		return
	}
	d.checkText(root)
	var version, statement *source.Node
	for i := range root.Members {
		m := &root.Members[i]
		switch m.Key {
		case "Version":
			version = m.Value
		case "Id":
			d.id(root, m)
		case "Statement":
			statement = m.Value
		default:
			d.Error(codeUnknownElement, m.KeySpan, "a policy has no element `"+source.Clip(m.Key)+"`"+suggest(m.Key, documentMembers)).Fixes = rename(root, m, documentMembers)
		}
	}
	d.version(root, version)
	if statement == nil {
		d.Error(codeMissingStatement, opening(root), "`Statement` is missing; write `\"Statement\": [ { \"Effect\": … } ]`")
		return
	}
	d.statements(statement)
}

// opening is the place of an object's opening brace.
func opening(n *source.Node) source.Span {
	return source.Span{Start: n.Span.Start, End: n.Span.Start + 1}
}

// encodedHint recognises a policy that was pasted as a string.
func encodedHint(n *source.Node) string {
	text := strings.TrimSpace(n.Text)
	switch {
	case n.Kind != source.String:
		return ""
	case strings.HasPrefix(text, "{"):
		return "; this string holds an encoded policy, write the object itself"
	case strings.HasPrefix(text, "%7B"):
		return "; this string holds a percent-encoded policy, decode it first"
	}
	return ""
}

// suggest ends a message on an unknown name: what was meant, or what there is.
func suggest(name string, known []string) string {
	if near := source.DidYouMean(name, known); near != "" {
		return near
	}
	return "; there are " + list(known)
}

// list writes names as "`A`, `B` and `C`".
func list(names []string) string {
	var b strings.Builder
	for i, name := range names {
		switch {
		case i > 0 && i == len(names)-1:
			b.WriteString(" and ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString("`" + name + "`")
	}
	return b.String()
}

// version is S-003 to S-005 and the Version row of table T-A1.
func (d *decoder) version(root, version *source.Node) {
	organizations := d.layer == iam.ServiceControlPolicy || d.layer == iam.ResourceControlPolicy
	switch {
	case version == nil:
		d.Warn(codeMissingVersion, opening(root), "without `Version` policy variables are plain text; write `\"Version\": \"2012-10-17\"`").Fixes = d.addVersion(root)
	case version.Kind != source.String || version.Text != "2012-10-17" && version.Text != "2008-10-17":
		d.Error(codeInvalidVersion, version.Span, "`Version` is the version of the policy language, not yours; write `\"2012-10-17\"`").Write(version.Span, "2012-10-17")
	case version.Text == "2012-10-17":
		d.document.Variables = true
	case organizations:
		d.Error(codeInvalidVersion, version.Span, d.kind()+" needs version `2012-10-17`").Write(version.Span, "2012-10-17")
	default:
		d.Warn(codeOldVersion, version.Span, "with version `2008-10-17` policy variables are plain text; write `\"2012-10-17\"`").
			Fix("Write `2012-10-17`"+changing, source.Edit{Span: version.Span, Text: `"2012-10-17"`})
	}
}

// id is S-013.
func (d *decoder) id(root *source.Node, m *source.Member) {
	switch d.layer {
	case iam.ResourcePolicy, iam.TrustPolicy, iam.VPCEndpointPolicy:
		if m.Value.Kind != source.String {
			d.Error(codeWrongType, m.Value.Span, "`Id` is a string, not "+m.Value.Kind.String()).Fixes = asText(m.Value)
		}
	default:
		d.Error(codeElementNotAllowed, m.KeySpan, d.kind()+" has no `Id`; remove it").Fix("Remove `Id`", root.Remove(m))
	}
}

// statements is S-002.
func (d *decoder) statements(n *source.Node) {
	switch n.Kind {
	case source.Object:
		d.statement(n)
	case source.Array:
		if len(n.Items) == 0 {
			d.Warn(codeEmptyStatement, n.Span, "an empty list of statements has no effect")
		}
		for _, item := range n.Items {
			if item.Kind != source.Object {
				d.Error(codeWrongType, item.Span, "a statement is an object, not "+item.Kind.String())
				continue
			}
			d.statement(item)
		}
	default:
		d.Error(codeWrongType, n.Span, "`Statement` is an object or a list of objects, not "+n.Kind.String())
	}
}

var statementMembers = []string{
	"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
}

// statement decodes one statement and checks which elements its kind of
// policy has (table T-A1).
func (d *decoder) statement(n *source.Node) {
	s := Statement{Index: len(d.document.Statements), Span: n.Span}
	seen := map[string]*source.Member{}
	for i := range n.Members {
		m := &n.Members[i]
		switch {
		case indexOf(statementMembers, m.Key) < 0:
			d.Error(codeUnknownElement, m.KeySpan, "a statement has no element `"+source.Clip(m.Key)+"`"+suggest(m.Key, statementMembers)).Fixes = rename(n, m, statementMembers)
		case seen[m.Key] == nil:
			seen[m.Key] = m
		}
	}
	d.sid(&s, n, seen["Sid"])
	d.effect(&s, n, seen["Effect"])
	d.principal(&s, n, seen)
	d.action(&s, n, seen)
	d.resource(&s, n, seen)
	if m := seen["Condition"]; m != nil {
		d.condition(&s, n, m)
	}
	d.document.Statements = append(d.document.Statements, s)
}

func indexOf(names []string, name string) int {
	for i, n := range names {
		if n == name {
			return i
		}
	}
	return -1
}

// sid is S-012.
func (d *decoder) sid(s *Statement, n *source.Node, m *source.Member) {
	switch {
	case m == nil:
		return
	case m.Value.Kind != source.String:
		d.Error(codeWrongType, m.Value.Span, "`Sid` is a string, not "+m.Value.Kind.String()).Fixes = asText(m.Value)
		return
	}
	s.Sid = m.Value.Text
	if d.sids == nil {
		d.sids = map[string]bool{}
	}
	repeated := d.sids[s.Sid]
	d.sids[s.Sid] = true
	switch {
	case !d.isIAM():
		if repeated {
			d.Warn(codeRepeatedSid, m.Value.Span, "the Sid `"+source.Clip(s.Sid)+"` stands twice; give each statement its own").Write(m.Value.Span, d.freeSid(s.Sid))
		}
	case s.Sid == "":
		d.Error(codeInvalidSid, m.Value.Span, "an empty `Sid`; remove it or write a name").Fix("Remove `Sid`", n.Remove(m))
	case strings.IndexFunc(s.Sid, notAlphanumeric) >= 0:
		d.Error(codeInvalidSid, m.Value.Span, "the Sid `"+source.Clip(s.Sid)+"` may have letters A–Z, a–z and digits only"+sidSuggestion(s.Sid)).Fixes = d.plainSid(m.Value)
	case repeated:
		d.Error(codeRepeatedSid, m.Value.Span, "the Sid `"+source.Clip(s.Sid)+"` stands twice in this policy; give each statement its own").Write(m.Value.Span, d.freeSid(s.Sid))
	}
}

func notAlphanumeric(r rune) bool {
	return !(r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9')
}

func sidSuggestion(sid string) string {
	plain := alphanumeric(sid)
	if plain == "" {
		return ""
	}
	return "; write `" + source.Clip(plain) + "`"
}

// alphanumeric is a text without what a Sid may not have.
func alphanumeric(text string) string {
	return strings.Map(func(r rune) rune {
		if notAlphanumeric(r) {
			return -1
		}
		return r
	}, text)
}

// effect is S-011 and, for RCPs, S-024.
func (d *decoder) effect(s *Statement, n *source.Node, m *source.Member) {
	if m == nil {
		d.Error(codeMissingEffect, opening(n), "`Effect` is missing; write `\"Effect\": \"Allow\"` or `\"Effect\": \"Deny\"`").Fixes = d.addEffect(n)
		return
	}
	switch {
	case m.Value.Kind == source.String && m.Value.Text == "Allow":
		s.Effect = iam.Allow
	case m.Value.Kind == source.String && m.Value.Text == "Deny":
		s.Effect = iam.Deny
	default:
		d.Error(codeInvalidEffect, m.Value.Span, "`Effect` is `Allow` or `Deny`, exactly so"+source.DidYouMean(m.Value.Text, []string{"Allow", "Deny"})).Meant(m.Value.Span, m.Value.Text, []string{"Allow", "Deny"})
	}
	if d.layer == iam.ResourceControlPolicy && s.Effect == iam.Allow {
		d.Error(codeEffectNotAllowed, m.Value.Span, "a resource control policy only denies; write `\"Deny\"`, `RCPFullAWSAccess` allows already").
			Fix("Write `Deny`"+changing, source.Edit{Span: m.Value.Span, Text: `"Deny"`})
	}
}

// pair picks the one of an element and its Not form that stands in the
// statement, and reports both standing (S-014).
func (d *decoder) pair(n *source.Node, seen map[string]*source.Member, name string) (m *source.Member, not bool) {
	plain, negated := seen[name], seen["Not"+name]
	if plain != nil && negated != nil {
		d.Error(codeConflictingElements, negated.KeySpan, "a statement has `"+name+"` or `Not"+name+"`, not both; remove one").
			Fix("Remove `Not"+name+"`"+changing, n.Remove(negated)).Fix("Remove `"+name+"`"+changing, n.Remove(plain))
	}
	if plain != nil {
		return plain, false
	}
	return negated, negated != nil
}

// texts reads a string or a list of strings (S-009).
func (d *decoder) texts(n *source.Node, element string) []Text {
	switch n.Kind {
	case source.String:
		return []Text{{n.Text, n.Span}}
	case source.Array:
		list := make([]Text, 0, len(n.Items))
		for _, item := range n.Items {
			if item.Kind != source.String {
				d.Error(codeWrongType, item.Span, "`"+element+"` is a list of strings; this is "+item.Kind.String()).Fixes = accountText(item)
				continue
			}
			list = append(list, Text{item.Text, item.Span})
		}
		return list
	}
	d.Error(codeWrongType, n.Span, "`"+element+"` is a string or a list of strings, not "+n.Kind.String()).Fixes = accountText(n)
	return nil
}
