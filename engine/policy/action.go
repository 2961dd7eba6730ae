package policy

import (
	"strings"

	"fenceline/engine/iam"
	"fenceline/engine/source"
	"fenceline/engine/wildcard"
)

// trustActions are the actions of a role trust policy (S-022).
var trustActions = []string{
	"sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity",
	"sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext",
}

// action decodes Action or NotAction.
func (d *decoder) action(s *Statement, n *source.Node, seen map[string]*source.Member) {
	m, not := d.pair(n, seen, "Action")
	if m == nil {
		d.Error(codeMissingAction, opening(n), "`Action` is missing; write `\"Action\": \"service:Operation\"`")
		return
	}
	if not && d.layer == iam.ResourceControlPolicy {
		d.Error(codeElementNotAllowed, m.KeySpan, "a resource control policy has no `NotAction`; list the actions under `Action`")
	}
	s.Action = Element{Not: not, Values: d.texts(m.Value, m.Key), Span: m.Value.Span}
	if m.Value.Kind == source.Array && len(m.Value.Items) == 0 {
		d.Warn(codeEmptyList, m.Value.Span, "an empty `"+m.Key+"` makes the statement match nothing")
	}
	for _, value := range s.Action.Values {
		d.checkAction(&s.Action, value)
	}
}

func (d *decoder) checkAction(e *Element, value Text) {
	text := value.Value
	prefix, name, hasColon := strings.Cut(text, ":")
	switch {
	case text == "":
		d.Error(codeInvalidAction, value.Span, "an empty action; write `service:Operation` or `*`")
	case text != "*" && !hasColon:
		d.Error(codeInvalidAction, value.Span, "the action `"+source.Clip(text)+"` has no service prefix; write `service:Operation`, `s3:GetObject` for one, or `*`").Fixes = prefixed(e, value)
	case strings.ContainsAny(text, ", \t\r\n"):
		d.Warn(codeUnmatchableAction, value.Span, "`"+source.Clip(text)+"` is one action name to AWS and matches none; write a list, one action an entry").Fixes = split(e, value) // S-044
	case strings.Contains(name, ":"):
		d.Warn(codeUnmatchableAction, value.Span, "`"+source.Clip(text)+"` has a second colon; no action has")
	case strings.Contains(text, "${"):
		d.Warn(codeVariableNotSupported, value.Span, "policy variables do nothing in `Action`; this text is compared as it stands")
	}
	switch d.layer {
	case iam.TrustPolicy:
		d.checkTrustAction(value)
	case iam.ResourceControlPolicy:
		d.checkRCPAction(value, prefix, hasColon)
	}
}

// checkTrustAction is S-022.
func (d *decoder) checkTrustAction(value Text) {
	pattern := wildcard.Parse(strings.ToLower(value.Value))
	if strings.HasPrefix(strings.ToLower(value.Value), "sts:") {
		for _, action := range trustActions {
			if pattern.Match(strings.ToLower(action)) {
				return
			}
		}
	}
	d.Error(codeActionNotAllowed, value.Span, "a role trust policy may name `sts:AssumeRole…` actions only, not `"+source.Clip(value.Value)+"`"+source.DidYouMean(value.Value, trustActions)).Meant(value.Span, value.Value, trustActions)
}

// checkRCPAction is S-024 with the services of S-192.
func (d *decoder) checkRCPAction(value Text, prefix string, hasColon bool) {
	switch {
	case value.Value == "*" || strings.ContainsAny(prefix, "*?"):
		d.Error(codeActionNotAllowed, value.Span, "a resource control policy names the service of each action; write `s3:*`, not `"+source.Clip(value.Value)+"`")
	case hasColon && !iam.SupportsRCP(prefix):
		d.Error(codeActionNotAllowed, value.Span, "resource control policies do not cover the service `"+source.Clip(prefix)+"`"+source.DidYouMean(prefix, iam.RCPServices())).Fixes = otherService(value, prefix)
	}
}
