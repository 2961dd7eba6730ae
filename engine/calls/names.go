package calls

import (
	"strings"
	"unicode/utf8"

	"fenceline/engine/account"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// iamARN is an ARN of the caller's account.
func (c *Call) iamARN(resource string) string {
	return "arn:" + c.caller.partition + ":iam::" + c.caller.account + ":" + resource
}

// path is the one that the call asks for.
func (c *Call) path() string {
	if path := c.get("Path"); path != "" {
		return path
	}
	return "/"
}

// noun is a kind of identity with the parameter that names one.
type noun struct {
	kind      string // as in ARNs
	parameter string
	title     string // as in AWS's sentences
	length    int    // of the longest name
}

var (
	user  = noun{"user", "UserName", "User", 64}
	group = noun{"group", "GroupName", "Group", 128}
	role  = noun{"role", "RoleName", "Role", 64}
)

// named finds the identity that the call names, or answers nil.
//
// UNDOCUMENTED: that calls find an identity by the exact spelling only, although
// names are unique ignoring case (U-36).
func (s *step) named(n *noun) *account.Identity {
	return s.state.Account.Named(s.caller.account, n.kind, s.get(n.parameter))
}

// name is that of the identity that the operation is about.
func (s *step) name() string { return s.get(s.operation.noun.parameter) }

// shown is how people are told of it: "role `App`".
func (s *step) shown() string { return s.operation.noun.kind + " `" + s.name() + "`" }

// created is the ARN of the identity that the call would make.
func created(s *step) string { return s.iamARN(s.operation.noun.kind + s.path() + s.name()) }

// existing is the ARN of the identity that the call names.
//
// UNDOCUMENTED: that of one that is not there is asked for without a path (U-36).
func existing(s *step) string { return s.arnOf(s.operation.noun) }

func (s *step) arnOf(n *noun) string {
	if identity := s.named(n); identity != nil {
		return identity.ARN
	}
	return s.iamARN(n.kind + "/" + s.get(n.parameter))
}

// noResource is for operations that have none (S-047).
func noResource(*step) string { return "*" }

// below is the resource of operations that list a kind of what an account has.
func below(s *step) string {
	prefix := s.get("PathPrefix")
	if prefix == "" {
		prefix = "/"
	}
	return s.iamARN(s.operation.lists + prefix)
}

// there refuses an identity that is not there.
func there(s *step) *Failure {
	if s.named(s.operation.noun) == nil {
		return noIdentity(s.operation.noun.kind, s.name())
	}
	return nil
}

// changeable finds the identity that the call is to change.
func (s *step) changeable(n *noun) (*account.Identity, *Failure) {
	identity := s.named(n)
	switch {
	case identity == nil:
		return nil, noIdentity(n.kind, s.get(n.parameter))
	case eval.IsServiceLinked(identity.ARN):
		return nil, protected(s.get(n.parameter))
	}
	s.state.change() // identities of the copy are others
	return s.named(n), nil
}

// isName says whether a text has only the characters of IAM's names.
func isName(text string) bool {
	for _, r := range text {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("_+=,.@-", r)) {
			return false
		}
	}
	return text != ""
}

// parameterWord is how AWS's sentences name a parameter: "roleName".
func parameterWord(parameter string) string {
	return strings.ToLower(parameter[:1]) + parameter[1:]
}

// checkName holds a new name and its path to IAM's rules.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
func (s *step) checkName(parameter string, most int) *Failure {
	name, path := s.get(parameter), s.path()
	switch {
	case utf8.RuneCountInString(name) > most || name == "":
		return invalidLength(parameterWord(parameter), most)
	case !isName(name):
		return invalidName(parameterWord(parameter))
	case !strings.HasPrefix(path, "/") || !strings.HasSuffix(path, "/") || len(path) > 512 || strings.ContainsFunc(path, func(r rune) bool { return r < '!' || r > '~' }):
		return invalid("The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.")
	}
	return nil
}

// boundaryRequested is the key for the boundary that the call asks for, and
// boundaryAttached for the one that its target has (S-245).
var boundaryRequested = derivation{[]string{"iam:permissionsboundary"}, func(s *step) []iam.Key {
	return key("iam:PermissionsBoundary", s.get("PermissionsBoundary"))
}, []string{"PermissionsBoundary"}}

var boundaryAttached = derivation{[]string{"iam:permissionsboundary"}, func(s *step) []iam.Key {
	identity := s.named(s.operation.noun)
	if identity == nil || identity.Boundary == "" {
		return nil
	}
	return key("iam:PermissionsBoundary", s.state.arnOf(identity.Boundary, identity.ARN))
}, nil}

// ofPolicyARN is S-249.
var ofPolicyARN = derivation{[]string{"iam:policyarn"}, func(s *step) []iam.Key {
	return key("iam:PolicyARN", s.get("PolicyArn"))
}, []string{"PolicyArn"}}

// ofTags are the keys for the tags that the call sends, and ofTagKeys for those
// that it takes off (S-252).
var ofTags = derivation{[]string{"aws:requesttag/", "aws:tagkeys"}, func(s *step) []iam.Key {
	return tagKeys(tagsOf(s.parameters.Get("Tags")))
}, nil}

var ofTagKeys = derivation{[]string{"aws:tagkeys"}, func(s *step) []iam.Key {
	return listKey("aws:TagKeys", s.texts("TagKeys"))
}, nil}

func tagKeys(tags []account.Tag) []iam.Key {
	var keys []iam.Key
	var names []string
	for _, tag := range tags {
		keys = append(keys, iam.Key{Name: "aws:RequestTag/" + tag.Key, Values: []string{tag.Value}})
		names = append(names, tag.Key)
	}
	return append(keys, listKey("aws:TagKeys", names)...)
}

// listKey is a key with several values; without one it is none.
func listKey(name string, values []string) []iam.Key {
	if len(values) == 0 {
		return nil
	}
	return []iam.Key{{Name: name, Values: values, List: true}}
}
