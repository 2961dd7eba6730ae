package simulate

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
	"fenceline/engine/eval"
	"fenceline/engine/source"
	"fenceline/engine/wildcard"
)

// attachment is an attached policy as PolicyExclusionList sees it.
type attachment struct {
	policy     string
	kind, name string // of what it is attached to
	account    string
}

// exclude leaves out the policies that the call excludes. A policy that a
// scenario calls by a plain name may be inline or managed there: it goes with
// either. One whose name has its owner's in front is inline.
func (s *subject) exclude(list []PolicyIdentifier, identity *account.Identity, broken *[]string) *Error {
	for i := range list {
		if wrong := list[i].wrong(); wrong != "" {
			return invalid("PolicyExclusionList: " + wrong)
		}
		switch found := 0; list[i].PolicyType {
		case "permission-boundary":
			s.layers.Boundary = nil
			*broken = slices.DeleteFunc(*broken, func(name string) bool { return name == identity.Boundary && !slices.Contains(identity.Policies, name) })
		case "scp":
			s.layers.SCP = nil
		case "rcp": // RCPs are not simulated (S-328)
		default:
			s.layers.Identity = slices.DeleteFunc(s.layers.Identity, func(p eval.Attached) bool {
				matches := list[i].matches(s.attachment(identity, p.Name, p.Via))
				if matches {
					found++
				}
				return matches
			})
			*broken = slices.DeleteFunc(*broken, func(name string) bool {
				matches := list[i].matches(s.attachment(identity, name, ""))
				if matches {
					found++
				}
				return matches
			})
			if found == 0 {
				s.notes = append(s.notes, "PolicyExclusionList: entry "+list[i].words()+" matches no attached policy")
			}
		}
	}
	return nil
}

func (s *subject) attachment(identity *account.Identity, policy, via string) attachment {
	kind, owner := s.kind, identity.ARN
	if via != "" {
		kind, owner = "group", via
	}
	parsed, _ := arn.Parse(owner)
	return attachment{policy, kind, account.LastSegment(parsed.Resource), parsed.Account}
}

// wrong says what is wrong with an identifier.
func (p *PolicyIdentifier) wrong() string {
	given := 0
	for _, has := range []bool{p.PolicyType != "", p.PolicyArn != "", p.InlinePolicyIdentifier != nil} {
		if has {
			given++
		}
	}
	inline := p.InlinePolicyIdentifier
	switch {
	case given != 1:
		return "an entry has exactly one of `PolicyType`, `PolicyArn` and `InlinePolicyIdentifier`"
	case p.PolicyType != "" && !slices.Contains(policyTypes, p.PolicyType):
		return "there is no type `" + source.Clip(p.PolicyType) + "`; there are `" + strings.Join(policyTypes, "`, `") + "`"
	case p.PolicyArn != "" && !isManaged(p.PolicyArn):
		return "`" + source.Clip(p.PolicyArn) + "` is not the ARN of a managed policy; write `arn:aws:iam::aws:policy/NAME`, or `InlinePolicyIdentifier` for an inline one"
	case inline != nil && (inline.PolicyName == "" || inline.AttachmentName == "" || !slices.Contains([]string{"user", "group", "role"}, inline.AttachmentType)):
		return "`InlinePolicyIdentifier` has a `PolicyName`, an `AttachmentType` (`user`, `group` or `role`) and an `AttachmentName`"
	}
	return ""
}

// policyTypes are AWS's, in its order.
var policyTypes = []string{"inline", "aws-managed", "user-managed", "permission-boundary", "scp", "rcp"}

func isManaged(text string) bool {
	a, ok := arn.Parse(text)
	return ok && a.Service == "iam" && strings.HasPrefix(a.Resource, "policy/")
}

func (p *PolicyIdentifier) words() string {
	switch {
	case p.PolicyType != "":
		return "`" + p.PolicyType + "`"
	case p.PolicyArn != "":
		return "`" + source.Clip(p.PolicyArn) + "`"
	}
	return "`" + source.Clip(p.InlinePolicyIdentifier.PolicyName) + "`"
}

// matches says whether a policy attached to an identity is meant. The names
// may have wildcards.
func (p *PolicyIdentifier) matches(a attachment) bool {
	managed, isManaged := arn.Parse(a.policy)
	name, isInline := inlineName(a.policy)
	if !isInline {
		name = a.policy
	}
	switch {
	case p.PolicyType == "inline":
		return !isManaged
	case isInline && p.InlinePolicyIdentifier == nil:
		return false
	case p.PolicyType == "user-managed":
		return !isManaged || managed.Account != "aws"
	case p.PolicyType == "aws-managed":
		return isManaged && managed.Account == "aws"
	case p.PolicyArn != "":
		text := a.policy
		if !isManaged {
			wanted, _ := arn.Parse(p.PolicyArn)
			text = "arn:" + wanted.Partition + ":iam::" + a.account + ":policy/" + a.policy
		}
		return matches(p.PolicyArn, text)
	}
	inline := p.InlinePolicyIdentifier
	return !isManaged && inline.AttachmentType == a.kind && inline.PolicyName == name && matches(inline.AttachmentName, a.name)
}

func matches(pattern, text string) bool {
	compiled := wildcard.Parse(pattern)
	return compiled.Match(text)
}
