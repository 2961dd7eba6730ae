package policy

import (
	"strings"

	"fenceline/engine/iam"
	"fenceline/engine/source"
	"fenceline/engine/variable"
)

// resource decodes Resource or NotResource (S-017).
func (d *decoder) resource(s *Statement, n *source.Node, seen map[string]*source.Member) {
	m, not := d.pair(n, seen, "Resource")
	switch {
	case d.layer == iam.TrustPolicy:
		if m != nil {
			d.Error(codeElementNotAllowed, m.KeySpan, "a role trust policy has no `"+m.Key+"`, it is about its own role; remove it").Fix("Remove `"+m.Key+"`", n.Remove(m))
		}
		return
	case m == nil && d.layer == iam.ResourcePolicy:
		d.Warn(codeMissingResource, opening(n), "without `Resource` the statement is taken to be about the resource that has the policy; most services require it")
		return
	case m == nil:
		d.Error(codeMissingResource, opening(n), "`Resource` is missing; write `\"Resource\": \"*\"` or ARNs").Fixes = d.add(n, "Resource", `"*"`, "Add `\"Resource\": \"*\"`, every resource")
		return
	}
	s.Resource = &Element{Not: not, Values: d.texts(m.Value, m.Key), Span: m.Value.Span}
	if m.Value.Kind == source.Array && len(m.Value.Items) == 0 {
		d.Warn(codeEmptyList, m.Value.Span, "an empty `"+m.Key+"` makes the statement match nothing")
	}
	for _, value := range s.Resource.Values {
		d.checkResource(value)
	}
}

// checkResource is S-060 to S-064, and S-072 and S-083 for variables.
func (d *decoder) checkResource(value Text) {
	text := value.Value
	switch {
	case text != "" && strings.Trim(text, "*") == "":
		return
	case !strings.HasPrefix(text, "arn:"):
		d.Error(codeInvalidResource, value.Span, "the resource `"+source.Clip(text)+"` is no ARN; write `arn:…` or `*`").Fixes = asARN(value)
		return
	}
	if d.document.Variables && strings.Contains(text, "${") {
		d.checkVariables(value)
	}
	parts := strings.SplitN(beforeVariables(text), ":", 6)
	if len(parts) < 6 {
		d.checkShort(value, len(parts))
	}
	d.checkSegments(value, parts)
}

// beforeVariables cuts a text at its first variable.
func beforeVariables(text string) string {
	before, _, _ := strings.Cut(text, "${")
	return before
}

// checkVariables holds variables to the resource component and to their form.
func (d *decoder) checkVariables(value Text) {
	if strings.Count(beforeVariables(value.Value), ":") < 5 {
		d.Error(codeVariableNotSupported, value.Span, "a policy variable may stand only behind the fifth colon of an ARN; write `*` in the parts before")
		return
	}
	if _, wrong := variable.Parse(value.Value, true); wrong != "" {
		d.Error(codeInvalidVariable, value.Span, wrong)
	}
}

// checkShort is about an ARN with fewer than six components.
//
// UNDOCUMENTED: policy types other than identity and session (S-062, U-04).
func (d *decoder) checkShort(value Text, parts int) {
	text := source.Clip(value.Value)
	missing := strings.Repeat(":*", 6-parts)
	switch d.layer {
	case iam.IdentityPolicy, iam.PermissionsBoundary:
		d.Warn(codeIncompleteARN, value.Span, "the ARN `"+text+"` is incomplete; AWS reads it as `"+text+missing+"`").Write(value.Span, value.Value+missing)
	case iam.SessionPolicy, iam.ResourceControlPolicy:
		d.Error(codeIncompleteARN, value.Span, "the ARN `"+text+"` is incomplete; write `"+text+missing+"`").Write(value.Span, value.Value+missing)
	case iam.ServiceControlPolicy:
		if !strings.HasSuffix(value.Value, "*") {
			d.Error(codeIncompleteARN, value.Span, "the ARN `"+text+"` is incomplete; write `"+text+missing+"`").Write(value.Span, value.Value+missing)
		}
	default:
		if !strings.HasSuffix(value.Value, "*") {
			d.Warn(codeIncompleteARN, value.Span, "the ARN `"+text+"` is incomplete and matches nothing; write `"+text+missing+"`").
				Fix("Write `"+source.Clip(value.Value+missing)+"`"+changing, source.Edit{Span: value.Span, Text: source.Quote(value.Value + missing)})
		}
	}
}

// checkSegments warns of what AWS advises against (S-063) and of what can't match.
func (d *decoder) checkSegments(value Text, parts []string) {
	for i, name := range []string{"", "partition", "service"} {
		if i >= len(parts) || i == 0 {
			continue
		}
		switch {
		case strings.ContainsAny(parts[i], "*?") && i < len(parts)-1:
			d.Warn(codeWildcardInARN, value.Span, "a wildcard in the "+name+" of an ARN; AWS advises to write it out")
		case i == 2 && parts[i] != strings.ToLower(parts[i]):
			d.Warn(codeServiceCase, value.Span, "services in ARNs are lower case; `"+source.Clip(parts[i])+"` matches nothing, write `"+source.Clip(strings.ToLower(parts[i]))+"`").Fixes = lowerService(value, parts)
		}
	}
}
