package calls

import (
	"slices"
	"strings"

	"fenceline/engine/account"
)

// tagOperations are for what carries tags (S-252); groups don't. What makes
// something with tags takes the permission to tag it besides.
//
// UNDOCUMENTED: measured on AWS; the reference names no dependent action (U-38).
var tagOperations = []operation{
	{action: "iam:TagUser", takes: "UserName! Tags!:tags", noun: &user, on: existing, there: there, keys: []*derivation{&ofTags}, apply: tag},
	{action: "iam:UntagUser", takes: "UserName! TagKeys!:list", noun: &user, on: existing, there: there, keys: []*derivation{&ofTagKeys}, apply: untag},
	{action: "iam:ListUserTags", takes: "UserName! Marker MaxItems:number", noun: &user, on: existing, there: there},
	{action: "iam:TagRole", takes: "RoleName! Tags!:tags", noun: &role, on: existing, there: there, keys: []*derivation{&ofTags}, apply: tag},
	{action: "iam:UntagRole", takes: "RoleName! TagKeys!:list", noun: &role, on: existing, there: there, keys: []*derivation{&ofTagKeys}, apply: untag},
	{action: "iam:ListRoleTags", takes: "RoleName! Marker MaxItems:number", noun: &role, on: existing, there: there},
	{action: "iam:TagPolicy", takes: "PolicyArn! Tags!:tags", on: policyNamed, there: policyThere, keys: []*derivation{&ofTags}, apply: tag},
	{action: "iam:UntagPolicy", takes: "PolicyArn! TagKeys!:list", on: policyNamed, there: policyThere, keys: []*derivation{&ofTagKeys}, apply: untag},
	{action: "iam:ListPolicyTags", takes: "PolicyArn! Marker MaxItems:number", on: policyNamed, there: policyThere},
	{action: "iam:TagInstanceProfile", takes: "InstanceProfileName! Tags!:tags", on: profileNamed, there: profileThere, keys: []*derivation{&ofTags}, apply: tag},
	{action: "iam:UntagInstanceProfile", takes: "InstanceProfileName! TagKeys!:list", on: profileNamed, there: profileThere, keys: []*derivation{&ofTagKeys}, apply: untag},
	{action: "iam:ListInstanceProfileTags", takes: "InstanceProfileName! Marker MaxItems:number", on: profileNamed, there: profileThere},
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

func tag(s *step) *Failure {
	if failure := s.operation.there(s); failure != nil {
		return failure
	}
	text, sent := s.operation.on(s), tagsOf(s.parameters.Get("Tags"))
	before := s.tagsAt(text)
	after, failure := s.retagged(before, sent, s.operation.noun != nil)
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

func untag(s *step) *Failure {
	if failure := s.operation.there(s); failure != nil {
		return failure
	}
	text, names := s.operation.on(s), s.texts("TagKeys")
	before := s.tagsAt(text)
	after := slices.DeleteFunc(slices.Clone(before), func(tag account.Tag) bool {
		return slices.ContainsFunc(names, func(name string) bool {
			return name == tag.Key || s.operation.noun != nil && strings.EqualFold(name, tag.Key)
		})
	})
	if len(after) == len(before) {
		return nil
	}
	s.setTags(text, after)
	s.changed(Tags, Changed, text, "the tags of `"+lastSegment(text)+"` no longer have `"+strings.Join(names, "`, `")+"`")
	return nil
}
