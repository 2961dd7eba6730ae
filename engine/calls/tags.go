package calls

import (
	"slices"
	"strings"

	"fenceline/engine/account"
)

// tagged is something that carries tags (S-252); groups don't.
type tagged struct {
	title     string
	parameter string
	on        func(s *step) string
	there     func(s *step) *Failure
	identity  bool
}

func tagOperations() []operation {
	var all []operation
	for _, t := range []tagged{
		{"User", "UserName", existing(user), there(user), true},
		{"Role", "RoleName", existing(role), there(role), true},
		{"Policy", "PolicyArn", policyNamed, policyThere, false},
		{"InstanceProfile", "InstanceProfileName", profileNamed, profileThere, false},
	} {
		all = append(all,
			operation{action: "iam:Tag" + t.title, takes: takes(t.parameter + "! Tags!:tags"), on: t.on, keys: []derivation{ofTags},
				apply: func(s *step) *Failure { return s.tag(&t) }},
			operation{action: "iam:Untag" + t.title, takes: takes(t.parameter + "! TagKeys!:list"), on: t.on, keys: []derivation{ofTagKeys},
				apply: func(s *step) *Failure { return s.untag(&t) }},
			operation{action: "iam:List" + t.title + "Tags", takes: takes(t.parameter + "! Marker MaxItems:number"), on: t.on, reads: t.there},
		)
	}
	return all
}

// tagOnCreate is the permission that a call takes which makes something with tags.
//
// UNDOCUMENTED: measured on AWS; the reference names no dependent action.
func tagOnCreate(action string, on func(s *step) string) func(s *step) []Check {
	return func(s *step) []Check {
		sent := tagsOf(s.parameters.Get("Tags"))
		if len(sent) == 0 {
			return nil
		}
		return []Check{{action, on(s), tagKeys(sent)}}
	}
}

// tagsAt are the tags of what an ARN names.
func (s *step) tagsAt(text string) []account.Tag {
	if identity := s.state.Account.Identity(text); identity != nil {
		return identity.Tags
	}
	if resource := s.state.Account.Resource(text); resource != nil {
		return resource.Tags
	}
	return nil
}

func (s *step) setTags(text string, tags []account.Tag) {
	a := s.state.change()
	if identity := a.Identity(text); identity != nil {
		identity.Tags = tags
		return
	}
	a.TagResource(text, tags)
}

func (s *step) tag(t *tagged) *Failure {
	if failure := t.there(s); failure != nil {
		return failure
	}
	text, sent := t.on(s), tagsOf(s.parameters.Get("Tags"))
	before := s.tagsAt(text)
	after, failure := s.retagged(before, sent, t.identity)
	if failure != nil {
		return failure
	}
	if slices.Equal(before, after) {
		return nil
	}
	s.setTags(text, after)
	words := make([]string, len(sent))
	for i, tag := range sent {
		words[i] = "`" + tag.Key + "` = `" + tag.Value + "`"
	}
	s.changed(Tags, Changed, text, "the tags of `"+lastSegment(text)+"` have "+strings.Join(words, ", "))
	return nil
}

func (s *step) untag(t *tagged) *Failure {
	if failure := t.there(s); failure != nil {
		return failure
	}
	text, names := t.on(s), s.texts("TagKeys")
	before := s.tagsAt(text)
	after := slices.DeleteFunc(slices.Clone(before), func(tag account.Tag) bool {
		return slices.ContainsFunc(names, func(name string) bool {
			return name == tag.Key || t.identity && strings.EqualFold(name, tag.Key)
		})
	})
	if len(after) == len(before) {
		return nil
	}
	s.setTags(text, after)
	s.changed(Tags, Changed, text, "the tags of `"+lastSegment(text)+"` no longer have `"+strings.Join(names, "`, `")+"`")
	return nil
}
