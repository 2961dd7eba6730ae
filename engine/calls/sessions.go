package calls

import (
	"slices"
	"strconv"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// What a session policy and a session may have at most (S-027, S-031).
const (
	maxSessionPolicy   = 2048
	maxSessionPolicies = 10
	maxChained         = 3600 // seconds of a session that a session made (S-214)
)

var sessionOperations = []operation{
	{action: "sts:AssumeRole", takes: "RoleArn! RoleSessionName! Policy:sessionPolicy PolicyArns:arns Tags:tags TransitiveTagKeys:list ExternalId SourceIdentity SerialNumber TokenCode DurationSeconds:number",
		on: roleToAssume, keys: ofSession, needs: sessionNeeds, apply: assumeRole},
	{action: "sts:GetFederationToken", takes: "Name! Policy:sessionPolicy PolicyArns:arns Tags:tags DurationSeconds:number", on: federatedUser,
		keys: []*derivation{&ofTags}, needs: sessionNeeds, apply: getFederationToken},
	{action: "sts:GetSessionToken", takes: "DurationSeconds:number SerialNumber TokenCode", on: noResource, keys: []*derivation{&mfa}, apply: getSessionToken},
	{action: "sts:GetCallerIdentity", on: noResource},
}

func roleToAssume(s *step) string {
	if _, ok := arn.Parse(s.get("RoleArn")); !ok {
		return "*"
	}
	return s.get("RoleArn")
}

func federatedUser(s *step) string {
	return "arn:" + s.caller.partition + ":sts::" + s.caller.account + ":federated-user/" + s.get("Name")
}

// ofSession are the keys of AssumeRole (S-253).
var ofSession = []*derivation{&sessionKeys, &ofTags, &mfa}

var sessionKeys = derivation{
	[]string{"sts:rolesessionname", "sts:externalid", "sts:sourceidentity", "sts:durationseconds", "sts:transitivetagkeys"},
	func(s *step) []iam.Key {
		var keys []iam.Key
		for _, name := range []string{"RoleSessionName", "ExternalId", "SourceIdentity", "DurationSeconds"} {
			keys = append(keys, key("sts:"+name, s.get(name))...)
		}
		return append(keys, listKey("sts:TransitiveTagKeys", s.texts("TransitiveTagKeys"))...)
	},
	[]string{"RoleSessionName", "ExternalId", "SourceIdentity"},
}

// mfa says that the caller gave a code of his device, which is taken to be
// right; its age follows from nothing that a call says (S-278, S-279). Devices
// belong to users. A request may have the key without a code, from credentials
// that were made with one, so that it does not follow from the parameters alone.
var mfa = derivation{nil, func(s *step) []iam.Key {
	if s.caller.kind != iam.User || s.get("SerialNumber") == "" || s.get("TokenCode") == "" {
		return nil
	}
	return key("aws:MultiFactorAuthPresent", "true")
}, nil}

// sessionNeeds are the permissions for session tags and a source identity (S-212).
func sessionNeeds(s *step) []Check {
	var checks []Check
	if n := s.parameters.Get("Tags"); n != nil && len(n.Items) > 0 {
		checks = append(checks, Check{"sts:TagSession", s.operation.on(s), s.derived()})
	}
	if s.get("SourceIdentity") != "" {
		checks = append(checks, Check{"sts:SetSourceIdentity", s.operation.on(s), s.derived()})
	}
	return checks
}

// checkDevice holds a call to giving both of device and code, or neither.
func (s *step) checkDevice() *Failure {
	if (s.get("SerialNumber") == "") != (s.get("TokenCode") == "") {
		return &Failure{"AccessDenied", "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."}
	}
	if s.get("SerialNumber") != "" && s.caller.kind != iam.User {
		return &Failure{"AccessDenied", "MultiFactorAuthentication failed, unable to validate MFA code"}
	}
	return nil
}

// checkDuration holds the seconds that a session is asked for to their bounds.
func (s *step) checkDuration(most int) *Failure {
	text := s.get("DurationSeconds")
	if text == "" {
		return nil
	}
	seconds, err := strconv.Atoi(text)
	switch {
	case err != nil || seconds < 900:
		return invalid("1 validation error detected: Value '" + source.Clip(text) + "' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900")
	case seconds > most && most == maxChained:
		return invalid("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.")
	case seconds > most:
		return invalid("1 validation error detected: Value '" + text + "' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to " + strconv.Itoa(most))
	}
	return nil
}

// sessionName holds a session's name to its form.
func (s *step) sessionName(parameter string, most int) *Failure {
	name := s.get(parameter)
	if len(name) < 2 || len(name) > most || !isName(name) {
		return invalid("1 validation error detected: Value '" + source.Clip(name) + "' at '" + parameterWord(parameter) + "' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]{2," + strconv.Itoa(most) + "}")
	}
	return nil
}

// made reads what a session is made with; the policies are of an account.
func (s *step) made(owner string) (*Assumed, *Failure) {
	made := &Assumed{SourceIdentity: s.get("SourceIdentity"), Transitive: s.texts("TransitiveTagKeys")}
	if document := s.documents["Policy"]; document != nil {
		if failure := document.malformed(); failure != nil {
			return nil, failure
		}
		if document.size() > maxSessionPolicy {
			return nil, invalid("1 validation error detected: Value at 'policy' failed to satisfy constraint: Member must have length less than or equal to " + strconv.Itoa(maxSessionPolicy))
		}
		s.state.compile(document.Name, iam.SessionPolicy)
		made.Policies = append(made.Policies, document.Name)
	}
	if failure := s.sessionPolicies(made, owner); failure != nil {
		return nil, failure
	}
	var failure *Failure
	made.Tags, failure = s.retagged(nil, tagsOf(s.parameters.Get("Tags")), true)
	return made, failure
}

// sessionPolicies are the managed ones.
//
// UNDOCUMENTED: that the session keeps them as they are now (U-40).
func (s *step) sessionPolicies(made *Assumed, owner string) *Failure {
	n := s.parameters.Get("PolicyArns")
	if n == nil {
		return nil
	}
	if len(n.Items) > maxSessionPolicies {
		return invalid("1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member must have length less than or equal to " + strconv.Itoa(maxSessionPolicies))
	}
	for _, item := range n.Items {
		text := textOf(item.Get("arn"))
		a, _ := arn.Parse(text)
		p := s.state.policy(text)
		if p == nil || a.Account != owner && a.Account != "aws" {
			return notAttachable(text)
		}
		s.state.compile(p.document(), iam.SessionPolicy)
		made.Policies = append(made.Policies, p.document())
	}
	return nil
}

func assumeRole(s *step) *Failure {
	role, _ := arn.Parse(s.get("RoleArn"))
	before := s.state.sessions[s.caller.arn]
	most := 43200
	if s.caller.kind == iam.RoleSession {
		most = maxChained
	}
	for _, failure := range []*Failure{s.sessionName("RoleSessionName", 64), s.checkDevice(), s.checkDuration(most)} {
		if failure != nil {
			return failure
		}
	}
	made, failure := s.made(role.Account)
	if failure != nil {
		return failure
	}
	if failure := s.chain(made, before); failure != nil {
		return failure
	}
	name := "arn:" + role.Partition + ":sts::" + role.Account + ":assumed-role/" + lastSegment(role.Resource) + "/" + s.get("RoleSessionName")
	s.begin(name, made)
	return nil
}

// chain passes on what a session before has that is to last (S-212).
//
// UNDOCUMENTED: the sentences of these errors.
func (s *step) chain(made, before *Assumed) *Failure {
	for _, name := range made.Transitive {
		if !hasTag(made.Tags, name) {
			return invalid("The specified transitive tag key must be included in the requested tags.")
		}
	}
	if before == nil {
		return nil
	}
	for _, name := range before.Transitive {
		if hasTag(made.Tags, name) {
			return invalid("The tag " + name + " is transitive and can't be set again in a session that is chained.")
		}
	}
	for _, tag := range before.Tags {
		if slices.ContainsFunc(before.Transitive, func(name string) bool { return strings.EqualFold(name, tag.Key) }) {
			made.Tags = append(made.Tags, tag)
			made.Transitive = append(made.Transitive, tag.Key)
		}
	}
	switch {
	case before.SourceIdentity == "":
	case made.SourceIdentity != "" && made.SourceIdentity != before.SourceIdentity:
		return invalid("The source identity can't be changed in a session that is chained.")
	default:
		made.SourceIdentity = before.SourceIdentity
	}
	return nil
}

func hasTag(tags []account.Tag, key string) bool {
	return slices.ContainsFunc(tags, func(t account.Tag) bool { return strings.EqualFold(t.Key, key) })
}

// begin keeps a session for the requests that are made with it.
func (s *step) begin(name string, made *Assumed) {
	made.ARN = name
	s.state.sessions[name] = made
	words := "the session `" + name + "` begins"
	if len(made.Policies) > 0 {
		words += ", limited by its session policies"
	}
	s.changed(Session, Added, name, words)
}

func getFederationToken(s *step) *Failure {
	for _, failure := range []*Failure{s.sessionName("Name", 32), s.checkDuration(129600)} {
		if failure != nil {
			return failure
		}
	}
	made, failure := s.made(s.caller.account)
	if failure != nil {
		return failure
	}
	if s.caller.kind == iam.User {
		made.User = lastSegment(s.caller.arn)
	}
	s.begin(federatedUser(s), made)
	return nil
}

// getSessionToken makes credentials of the caller himself.
func getSessionToken(s *step) *Failure {
	for _, failure := range []*Failure{s.checkDevice(), s.checkDuration(129600)} {
		if failure != nil {
			return failure
		}
	}
	s.note("requests with the new credentials are the user's own, and their context has `aws:MultiFactorAuthPresent`; it is given there")
	return nil
}
