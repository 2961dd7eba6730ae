package scenario

import (
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
	"fenceline/engine/calls"
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// sessions decodes sessions that have begun before the first request.
func (d *decoder) sessions(root *source.Node) {
	seen := map[string]bool{}
	for _, n := range d.items(root, "sessions") {
		if !d.object(n, "a session", "arn", "policies", "tags", "user", "transitiveTagKeys", "sourceIdentity") {
			continue
		}
		s := calls.Assumed{ARN: d.required(n, "arn", "\"arn:aws:sts::111122223333:assumed-role/NAME/SESSION\""), SourceIdentity: d.text(n, "sourceIdentity")}
		s.Session = account.Session{Policies: d.useList(n, "policies", iam.SessionPolicy), Tags: d.tags(n, true), User: d.text(n, "user")}
		for _, item := range d.texts(n, "transitiveTagKeys") {
			s.Transitive = append(s.Transitive, item.Text)
		}
		d.checkSession(n, &s, seen)
		d.begun.Sessions = append(d.begun.Sessions, s)
	}
}

func (d *decoder) checkSession(n *source.Node, s *calls.Assumed, seen map[string]bool) {
	if s.ARN == "" {
		return
	}
	kind, wrong := account.ParsePrincipal(s.ARN, "")
	a, _ := arn.Parse(s.ARN)
	switch {
	case wrong != "" || a.Service != "sts":
		d.report.Error(codeInvalidARN, n.Get("arn").Span, "`"+source.Clip(s.ARN)+"` is not the ARN of a session; write `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`")
	case seen[s.ARN]:
		d.report.Error(codeDuplicateARN, n.Get("arn").Span, "`"+source.Clip(s.ARN)+"` is listed twice; keep one entry")
	case s.User != "" && kind != iam.FederatedUser:
		remove(d.report.Error(codeNotForThisPrincipal, n.Get("user").Span, "only a federated user has a `user` who made the session; remove it"), n, "user")
	}
	seen[s.ARN] = true
}

// profiles decodes instance profiles.
func (d *decoder) profiles(root *source.Node) {
	seen := map[string]bool{}
	for _, n := range d.items(root, "instanceProfiles") {
		if !d.object(n, "an instance profile", "arn", "role") {
			continue
		}
		p := calls.Profile{ARN: d.required(n, "arn", "\"arn:aws:iam::111122223333:instance-profile/NAME\""), Role: d.text(n, "role")}
		a, ok := arn.Parse(p.ARN)
		switch {
		case p.ARN == "":
		case !ok || a.Service != "iam" || !arn.IsAccount(a.Account) || !strings.HasPrefix(a.Resource, "instance-profile/"):
			d.report.Error(codeInvalidARN, n.Get("arn").Span, "`"+source.Clip(p.ARN)+"` is not the ARN of an instance profile")
		case seen[a.Account+account.LastSegment(p.ARN)]:
			d.report.Error(codeDuplicateARN, n.Get("arn").Span, "the account has two instance profiles called `"+source.Clip(account.LastSegment(p.ARN))+"`; names are unique, whatever their paths")
		}
		seen[a.Account+account.LastSegment(p.ARN)] = true
		if r, ok := arn.Parse(p.Role); isString(n.Get("role")) && (!ok || r.Service != "iam" || r.Account != a.Account || !strings.HasPrefix(r.Resource, "role/")) {
			d.report.Error(codeInvalidARN, n.Get("role").Span, "`"+source.Clip(p.Role)+"` is not the ARN of a role of the profile's account")
		}
		d.begun.Profiles = append(d.begun.Profiles, p)
	}
}
