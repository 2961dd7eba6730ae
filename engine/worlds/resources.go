package worlds

import (
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
	"fenceline/engine/condition"
	"fenceline/engine/wildcard"
)

// listed are the scenario's resources that a request of this action may be
// about: those of the action's service, and roles for STS; and of the kinds
// that are closed without a policy of their own, one that is not listed.
func (s *search) listed(r *account.Request) []string {
	service, _, _ := strings.Cut(strings.ToLower(r.Action), ":")
	var list []string
	if caller := s.account.Resolve(r).Request.Principal; caller.InAccount() {
		switch service {
		case "kms": // S-200
			list = append(list, "arn:"+caller.Partition+":kms:us-east-1:"+caller.Account+":key/"+condition.Placeholder)
		case "sts": // S-205
			list = append(list, "arn:"+caller.Partition+":iam::"+caller.Account+":role/"+condition.Placeholder)
		}
	}
	add := func(text string) {
		if a, ok := arn.Parse(text); ok && (a.Service == service || service == "sts" && strings.HasPrefix(a.Resource, "role/")) {
			list = append(list, text)
			if service == "s3" && !strings.Contains(a.Resource, "/") {
				list = append(list, text+"/"+condition.Placeholder)
			}
		}
	}
	for _, resource := range s.account.Resources {
		add(resource.ARN)
	}
	for _, identity := range s.account.Identities {
		add(identity.ARN)
	}
	return list
}

// resources finds ARNs that bring out every way in which the resource patterns
// can come out: of the caller's account or with no account in them, and those
// that are listed.
func (s *search) resources(p *play) []choice {
	caller := s.account.Resolve(s.request).Request.Principal
	partition := caller.Partition
	if partition == "" {
		partition = "aws"
	}
	universe := []string{"arn:" + partition + ":*:*::*"}
	if caller.Account != "" {
		universe = append(universe, "arn:"+partition+":*:*:"+caller.Account+":*")
	}
	var patterns [][]wildcard.Token
	for _, text := range universe {
		tokens, _ := arn.LikeTokens(wildcard.Tokens(nil, text))
		patterns = append(patterns, tokens)
	}
	seen := map[string]bool{}
	for i := range p.resources {
		if seen[p.resources[i].text] {
			continue
		}
		seen[p.resources[i].text] = true
		patterns = append(patterns, arn.Readings(p.resources[i].tokens(p.context), p.resources[i].pad)...)
	}
	texts, exact := wildcard.Witnesses(patterns)
	s.exact = s.exact && exact
	choices := []choice{}
	for _, text := range texts {
		if wildcard.MatchTokens(patterns[0], text) || len(universe) > 1 && wildcard.MatchTokens(patterns[1], text) {
			choices = append(choices, choice{resource: text})
		}
	}
	for _, text := range p.candidates {
		choices = append(choices, choice{resource: text})
	}
	return choices
}
