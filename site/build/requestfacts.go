package main

import (
	"encoding/json"
	"slices"
	"strings"

	"fenceline/engine/scenario"
)

// fact is something that a request is decided on: a title, and a text that may have several lines.
type fact struct{ Title, Text string }

// tagged is an identity or a resource of a scenario, as far as its tags go.
type tagged struct {
	ARN  string
	Tags json.RawMessage
}

// askedOf is a request as it is written.
type askedOf struct {
	Context, Parameters json.RawMessage
	Unknown             []string
	Session             struct {
		User     string
		Policies []string
		Tags     json.RawMessage
	}
}

// requestFacts are what a request is decided on, beside the policies, as
// src/model/requestFacts.ts has them: what is asked, the tags of who asks and of
// what is asked for, the session and the context. text is the request as it is
// written in a scenario that the engine has read, r its result.
func requestFacts(whole, text string, r scenario.RequestResult) []fact {
	var s struct{ Identities, Resources []tagged }
	var asked askedOf
	for text, into := range map[string]any{whole: &s, text: &asked} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			panic(err) // the engine has read it
		}
	}
	facts := []fact{
		{"Principal", r.Principal},
		{"Principal's tags", tagsOf(s.Identities, func(one string) bool { return isIdentityOf(one, r.Principal) })},
		{"Session policies", strings.Join(asked.Session.Policies, ", ")},
		{"Session tags", strings.Join(pairs(asked.Session.Tags), ", ")},
		{"Session made by", asked.Session.User},
		{"Action", r.Action},
		{"Parameters", strings.Join(pairs(asked.Parameters), "\n")},
		{"Resource", r.Resource},
		{"Resource's tags", tagsOf(s.Resources, func(one string) bool { return one == r.Resource })},
		{"Context", contextText(asked)},
	}
	return slices.DeleteFunc(facts, func(f fact) bool { return f.Text == "" })
}

// requestText is a request of a scenario as it is written there.
func requestText(whole string, at int) string {
	var s struct{ Requests []json.RawMessage }
	if err := json.Unmarshal([]byte(whole), &s); err != nil {
		panic(err) // the engine has read it
	}
	return string(s.Requests[at])
}

// contextText are the context keys of a request, a line each.
func contextText(asked askedOf) string {
	lines := pairs(asked.Context)
	for _, key := range asked.Unknown {
		lines = append(lines, key+" unknown")
	}
	return strings.Join(lines, "\n")
}

// tagsOf are the tags of the first that is meant.
func tagsOf(list []tagged, is func(arn string) bool) string {
	at := slices.IndexFunc(list, func(one tagged) bool { return is(one.ARN) })
	if at < 0 {
		return ""
	}
	return strings.Join(pairs(list[at].Tags), ", ")
}

// isIdentityOf says whether an identity is the principal, or the role of a session.
func isIdentityOf(identity, principal string) bool {
	before, session, isSession := strings.Cut(principal, ":assumed-role/")
	if !isSession {
		return identity == principal
	}
	name, _, _ := strings.Cut(session, "/")
	account, role, isRole := strings.Cut(identity, ":role/")
	return isRole && account == strings.Replace(before, ":sts:", ":iam:", 1) && role[strings.LastIndex(role, "/")+1:] == name
}

// pairs write an object's members as `key=value`, in their order.
func pairs(object json.RawMessage) []string {
	if len(object) == 0 || string(object) == "null" {
		return nil
	}
	list, err := members(object)
	if err != nil {
		panic(err) // the engine has read it
	}
	var out []string
	for _, m := range list {
		out = append(out, m.name+"="+valueText(m.value))
	}
	return out
}

// valueText is a text as it is, a list of texts in brackets, and anything else as JSON.
func valueText(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return text
	}
	var list []string
	if json.Unmarshal(value, &list) == nil {
		return "[" + strings.Join(list, ", ") + "]"
	}
	return indent(value)
}
