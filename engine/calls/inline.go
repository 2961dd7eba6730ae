package calls

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
)

// maxInline is how long the inline policies of an identity may be together (S-030).
var maxInline = map[string]int{"user": 2048, "group": 5120, "role": 10240}

func inlineOperations() []operation {
	var all []operation
	for _, n := range []noun{user, group, role} {
		var keys []derivation
		if n.kind != "group" { // S-243, S-244
			keys = []derivation{boundaryAttached(n)}
		}
		which := takes(n.parameter + "! PolicyName!")
		all = append(all,
			operation{action: "iam:Put" + n.title + "Policy", takes: takes(n.parameter + "! PolicyName! PolicyDocument!:identityPolicy"), on: existing(n), keys: keys,
				apply: func(s *step) *Failure { return s.putInline(n) }},
			operation{action: "iam:Delete" + n.title + "Policy", takes: which, on: existing(n), keys: keys, apply: func(s *step) *Failure { return s.deleteInline(n) }},
			operation{action: "iam:Get" + n.title + "Policy", takes: which, on: existing(n), reads: func(s *step) *Failure { return s.inlineThere(n) }},
			operation{action: "iam:List" + n.title + "Policies", takes: takes(n.parameter + "! Marker MaxItems:number"), on: existing(n), reads: there(n)},
		)
	}
	return all
}

// inlinePrefix begins the names of the documents that are an identity's inline
// policies.
func inlinePrefix(identity *account.Identity) string {
	a, _ := arn.Parse(identity.ARN)
	kind, name, _ := strings.Cut(a.Resource, "/")
	return kind + "/" + lastSegment(name) + "/"
}

func isInlineName(name string, identity *account.Identity) bool {
	return strings.HasPrefix(name, inlinePrefix(identity))
}

// inline is the index of an identity's inline policy, or -1. Of a scenario's own
// documents nobody knows whether they are inline or managed; one that this
// identity alone has may be either.
func (s *step) inline(identity *account.Identity) int {
	name := s.get("PolicyName")
	own := inlinePrefix(identity) + name
	at := slices.IndexFunc(identity.Policies, func(has string) bool { return has == own || strings.HasPrefix(has, own+" (") })
	if at >= 0 {
		return at
	}
	at = slices.Index(identity.Policies, name)
	if at >= 0 && s.state.arns[name] == "" && s.holders(name) == 1 {
		return at
	}
	return -1
}

// holders counts the identities that have a document.
func (s *step) holders(name string) int {
	count := 0
	for _, identity := range s.state.Account.Identities {
		if slices.Contains(identity.Policies, name) || identity.Boundary == name {
			count++
		}
	}
	return count
}

func (s *step) inlineThere(n noun) *Failure {
	identity := s.named(n)
	switch {
	case identity == nil:
		return noIdentity(n.kind, s.get(n.parameter))
	case s.inline(identity) < 0:
		return noInline(n.kind, s.get("PolicyName"))
	}
	return nil
}

func (s *step) putInline(n noun) *Failure {
	if failure := s.checkName("PolicyName", 128); failure != nil {
		return failure
	}
	document := s.documents["PolicyDocument"]
	identity, failure := s.changeable(n)
	if failure != nil {
		return failure
	}
	if failure := document.malformed(); failure != nil {
		return failure
	}
	at := s.inline(identity)
	if s.inlineSize(identity, at)+document.size() > maxInline[n.kind] {
		return tooLong(maxInline[n.kind], n.kind+" "+s.get(n.parameter))
	}
	s.state.compile(document.Name, iam.IdentityPolicy)
	manner, words := Added, "has the inline policy `"
	if at >= 0 {
		if identity.Policies[at] == document.Name {
			return nil
		}
		identity.Policies[at] = document.Name
		manner, words = Changed, "has another inline policy `"
	} else {
		identity.Policies = append(identity.Policies, document.Name)
	}
	s.changed(Inline, manner, identity.ARN, "the "+n.kind+" `"+s.get(n.parameter)+"` "+words+s.get("PolicyName")+"`")
	return nil
}

// inlineSize is how much an identity's inline policies have, but for one.
func (s *step) inlineSize(identity *account.Identity, but int) int {
	total := 0
	for i, name := range identity.Policies {
		if i == but || !isInlineName(name, identity) {
			continue
		}
		if file, root := s.state.texts.Text(name); root != nil {
			total += policy.Size(file.Slice(root.Span))
		}
	}
	return total
}

func (s *step) deleteInline(n noun) *Failure {
	identity, failure := s.changeable(n)
	if failure != nil {
		return failure
	}
	at := s.inline(identity)
	if at < 0 {
		return noInline(n.kind, s.get("PolicyName"))
	}
	identity.Policies = slices.Delete(identity.Policies, at, at+1)
	s.changed(Inline, Removed, identity.ARN, "the "+n.kind+" `"+s.get(n.parameter)+"` no longer has the inline policy `"+s.get("PolicyName")+"`")
	return nil
}
