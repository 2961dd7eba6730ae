package eval_test

import (
	"regexp"
	"strings"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
)

// refToken is one character of a pattern, after its variables were filled in.
type refToken struct {
	kind byte // 'l' for a literal character, '*', '?'
	char rune
	text bool // whether it stands in the policy's own text
}

// refActionElement is S-042 over a list, and S-045.
func refActionElement(e *policy.Element, action string) bool {
	matched := false
	for _, v := range e.Values {
		matched = matched || refActionMatch(v.Value, action)
	}
	return len(e.Values) > 0 && matched != e.Not // S-010 for an empty list
}

// refActionMatch is actionMatch of B.5 (S-041 to S-044).
func refActionMatch(pattern, action string) bool {
	if pattern == "*" {
		return true
	}
	prefix, name, found := strings.Cut(pattern, ":")
	service, verb, _ := strings.Cut(action, ":")
	return found && refGlobFold(prefix, service) && refGlobFold(name, verb)
}

func refGlobFold(pattern, s string) bool {
	quoted := regexp.QuoteMeta(pattern)
	quoted = strings.ReplaceAll(strings.ReplaceAll(quoted, `\*`, `.*`), `\?`, `.`)
	return regexp.MustCompile(`(?is)^` + quoted + `$`).MatchString(s)
}

// resourceElement is S-067 and S-065; a trust policy has no resources.
func (ref *reference) resourceElement(d *policy.Document, e *policy.Element) bool {
	if e == nil {
		return true
	}
	matched := false
	for _, v := range e.Values {
		matched = matched || ref.resourceText(d, v.Value)
	}
	return len(e.Values) > 0 && matched != e.Not // S-010 for an empty list
}

// resourceText matches one pattern against the resource, in both forms of a
// bare log group (S-068).
func (ref *reference) resourceText(d *policy.Document, pattern string) bool {
	for _, form := range refForms(ref.request.Resource) {
		if refResourceMatch(d, pattern, form, ref.request) {
			return true
		}
	}
	return false
}

var refLogGroup = regexp.MustCompile(`(?s)^(arn:[^:]*:logs:[^:]*:[^:]*:log-group:[^:]*)(:\*)?$`)

// refForms is S-068.
func refForms(resource string) []string {
	if m := refLogGroup.FindStringSubmatch(resource); m != nil {
		return []string{m[1], m[1] + ":log-stream:"}
	}
	return []string{resource}
}

// refResourceMatch is resourceMatch of B.5.
func refResourceMatch(d *policy.Document, p, v string, r *eval.Request) bool {
	if p != "" && strings.Trim(p, "*") == "" { // S-051, and what reduces to it
		return true
	}
	if !strings.HasPrefix(p, "arn:") { // S-064
		return false
	}
	pads := d.Layer == iam.IdentityPolicy || d.Layer == iam.PermissionsBoundary // S-060 to S-062
	if v == "*" {
		return refNoResource(p, r.Action, pads)
	}
	tokens, ok := refExpand(p, d.Variables, true, r.Context)
	if !ok { // S-077
		return false
	}
	parts := refSplit(tokens)
	return refByComponent(parts, v, pads) || refByText(parts, v)
}

// refNoResource is S-047 with the exception of S-048.
func refNoResource(p, action string, pads bool) bool {
	parts := strings.SplitN(p, ":", 6)
	service := strings.ToLower(strings.Split(action, ":")[0])
	for pads && len(parts) < 6 {
		parts = append(parts, "*")
	}
	return len(parts) == 6 && parts[5] != "" && strings.Trim(parts[5], "*") == "" && parts[2] == service
}

// refByComponent is A of resourceMatch: each component by itself.
func refByComponent(parts [][]refToken, v string, pads bool) bool {
	for pads && len(parts) < 6 {
		parts = append(parts, []refToken{{kind: '*'}})
	}
	values := strings.SplitN(v, ":", 6)
	if len(parts) != 6 || len(values) != 6 {
		return false
	}
	for i := range parts {
		if !regexp.MustCompile(refRegexp(parts[i], `(?s).`, `(?s).*`)).MatchString(values[i]) {
			return false
		}
	}
	return true
}

// refByText is B of resourceMatch: a star at the end of a component spills over
// the colons that follow (S-055).
func refByText(parts [][]refToken, v string) bool {
	expression := `(?s)^`
	for i, part := range parts {
		if i > 0 {
			expression += ":"
		}
		for j, t := range part {
			switch {
			case t.kind == 'l':
				expression += regexp.QuoteMeta(string(t.char))
			case t.kind == '?' && i == 5:
				expression += `.`
			case t.kind == '?': // S-056
				expression += `[^:]`
			case i == 5 || j == len(part)-1:
				expression += `.*`
			default:
				expression += `[^:]*`
			}
		}
	}
	return regexp.MustCompile(expression + `$`).MatchString(v)
}

// refRegexp writes tokens as an anchored expression.
func refRegexp(tokens []refToken, one, many string) string {
	expression := ""
	for _, t := range tokens {
		switch t.kind {
		case 'l':
			expression += regexp.QuoteMeta(string(t.char))
		case '?':
			expression += "(?:" + one + ")"
		case '*':
			expression += "(?:" + many + ")"
		}
	}
	return `^(?:` + expression + `)$`
}

// refSplit splits at the first five colons of the policy's own text (S-053, B.5).
func refSplit(tokens []refToken) [][]refToken {
	return refSplitWhere(tokens, func(t refToken) bool { return t.text })
}

// refSplitWhere splits at the first five literal colons that qualify.
func refSplitWhere(tokens []refToken, qualifies func(refToken) bool) [][]refToken {
	parts := [][]refToken{nil}
	for _, t := range tokens {
		if t.kind == 'l' && t.char == ':' && qualifies(t) && len(parts) < 6 {
			parts = append(parts, nil)
			continue
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], t)
	}
	return parts
}

// refVariable is an escape, or a key with an optional default (S-071, S-080).
var refVariable = regexp.MustCompile(`(?s)\$\{(?:([*?$])|([^\s,'{}*?$][^\s,'{}]*)(?: *, *'([^']*)')?)\}`)

// refExpand reads a pattern and fills in its variables (S-071 to S-082); false
// when one of them can't be resolved.
func refExpand(text string, variables, wild bool, context *iam.Context) ([]refToken, bool) {
	var tokens []refToken
	plain := func(s string) {
		for _, c := range s {
			t := refToken{'l', c, true}
			if wild && (c == '*' || c == '?') {
				t.kind = byte(c)
			}
			tokens = append(tokens, t)
		}
	}
	literal := func(s string) { // S-079
		for _, c := range s {
			tokens = append(tokens, refToken{'l', c, false})
		}
	}
	if !variables { // S-082
		plain(text)
		return tokens, true
	}
	last := 0
	for _, m := range refVariable.FindAllStringSubmatchIndex(text, -1) {
		plain(text[last:m[0]])
		last = m[1]
		if m[2] >= 0 { // S-080
			literal(text[m[2]:m[3]])
			continue
		}
		value, ok := refLookup(text[m[4]:m[5]], context)
		switch {
		case ok:
			literal(value)
		case m[6] >= 0: // S-076
			literal(text[m[6]:m[7]])
		default:
			return nil, false
		}
	}
	plain(text[last:])
	return tokens, true
}

// refLookup is the value of a single-valued key (S-074, S-075).
func refLookup(name string, context *iam.Context) (string, bool) {
	for _, key := range context.Keys() {
		if strings.EqualFold(key.Name, name) && !key.List && len(key.Values) == 1 {
			return key.Values[0], true
		}
	}
	return "", false
}

// refLiteral is the text of tokens that have no wildcards.
func refLiteral(tokens []refToken) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteRune(t.char)
	}
	return b.String()
}
