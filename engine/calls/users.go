package calls

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
)

// maxGroups is in how many groups a user is at most (S-031).
const maxGroups = 10

var userOperations = []operation{
	{action: "iam:CreateUser", takes: "UserName! Path PermissionsBoundary Tags:tags", noun: &user, on: created,
		keys: []*derivation{&boundaryRequested, &ofTags}, tagging: "iam:TagUser", apply: createUser},
	{action: "iam:DeleteUser", takes: "UserName!", noun: &user, on: existing, apply: deleteUser},
	{action: "iam:GetUser", takes: "UserName", noun: &user, on: self, there: selfThere},
	{action: "iam:ListUsers", takes: listing, lists: "user", on: below},
	{action: "iam:ListGroupsForUser", takes: "UserName! Marker MaxItems:number", noun: &user, on: existing, there: there},
}

// listing are the parameters of operations that list what an account has.
const listing = "PathPrefix Marker MaxItems:number"

// self is the user whom the call names, or else the caller.
func self(s *step) string {
	if !s.has("UserName") && strings.Contains(s.caller.arn, ":user/") {
		return s.caller.arn
	}
	if !s.has("UserName") {
		return "*"
	}
	return s.arnOf(&user)
}

// selfThere refuses a user who is not there, and a caller who is none.
func selfThere(s *step) *Failure {
	if s.has("UserName") {
		return there(s)
	}
	return s.isUser()
}

func (s *step) isUser() *Failure {
	if a, _ := arn.Parse(s.caller.arn); !strings.HasPrefix(a.Resource, "user/") && a.Resource != "root" {
		return invalid("Must specify userName when calling with non-User credentials")
	}
	return nil
}

func createUser(s *step) *Failure { return s.create(User, nil) }

// create makes a user, group or role.
func (s *step) create(kind Kind, finish func(*account.Identity) *Failure) *Failure {
	n := s.operation.noun
	if failure := s.checkName(n.parameter, n.length); failure != nil {
		return failure
	}
	identity := &account.Identity{ARN: created(s)}
	var failure *Failure
	switch tags := tagsOf(s.parameters.Get("Tags")); {
	case s.state.holder(identity.ARN) != "":
		return existsAlready(n.title, s.name())
	default:
		if identity.Tags, failure = s.retagged(nil, tags, true); failure != nil {
			return failure
		}
	}
	if finish != nil {
		if failure := finish(identity); failure != nil {
			return failure
		}
	}
	words := ""
	if boundary := s.get("PermissionsBoundary"); boundary != "" {
		if identity.Boundary, failure = s.boundary(boundary); failure != nil {
			return failure
		}
		words = " with the boundary `" + boundary + "`"
	} else if n.kind != "group" {
		words = " without a boundary"
	}
	s.state.change().Add(identity)
	s.state.claim(identity.ARN)
	s.changed(kind, Added, identity.ARN, "the "+s.shown()+" is made"+words)
	return nil
}

func deleteUser(s *step) *Failure {
	identity, failure := s.changeable(&user)
	switch {
	case failure != nil:
		return failure
	case len(identity.Policies) > 0:
		return s.mustDropPolicies(identity)
	case len(identity.Groups) > 0:
		return mustFirst("remove users from group")
	}
	return s.remove(identity, User)
}

// mustDropPolicies is why an identity that has policies can't be deleted.
func (s *step) mustDropPolicies(identity *account.Identity) *Failure {
	for _, name := range identity.Policies {
		if !isInlineName(name, identity) {
			return mustFirst("detach all policies")
		}
	}
	return mustFirst("delete policies")
}

// remove deletes an identity that nothing holds any more.
func (s *step) remove(identity *account.Identity, kind Kind) *Failure {
	s.state.change().Remove(identity)
	s.state.release(identity.ARN)
	s.changed(kind, Removed, identity.ARN, "the "+s.shown()+" is deleted")
	return nil
}

// retagged are tags with others set; of IAM's identities their keys ignore case.
func (s *step) retagged(before, set []account.Tag, ignoreCase bool) ([]account.Tag, *Failure) {
	same := func(a, b string) bool { return a == b || ignoreCase && strings.EqualFold(a, b) }
	for i, tag := range set {
		switch {
		case tag.Key == "" || len(tag.Key) > 128 || len(tag.Value) > 256:
			return nil, invalid("1 validation error detected: a tag's key must have length between 1 and 128, its value at most 256")
		case strings.HasPrefix(strings.ToLower(tag.Key), "aws:"):
			return nil, invalidInput("Tag keys that begin with aws: are reserved for system use.")
		case slices.ContainsFunc(set[:i], func(t account.Tag) bool { return same(t.Key, tag.Key) }):
			return nil, invalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.")
		}
	}
	after := slices.Clone(before)
	for _, tag := range set {
		after = slices.DeleteFunc(after, func(t account.Tag) bool { return same(t.Key, tag.Key) })
		after = append(after, tag)
	}
	if len(after) > 50 {
		return nil, &Failure{"LimitExceeded", "The number of tags has reached the maximum limit of 50."}
	}
	return after, nil
}
