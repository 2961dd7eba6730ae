package main

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"fenceline/engine/iam"
)

// ruleOrQuoted is a rule's number, or what no number is looked for in: code and links.
var ruleOrQuoted = regexp.MustCompile("`[^`]*`|\\[[^\\]]*\\]\\([^)]*\\)|" + ruleNumber.String())

// layerWords names a layer that is written as text.
func layerWords(written string) string {
	if layer, ok := iam.ParseLayer(written); ok {
		return layer.Words()
	}
	return written
}

// holder is who or what has policies in a scenario.
type holder struct {
	ARN, ID, Name, Boundary, Trust, Policy string
	Policies, Groups, SCPs, RCPs           []string
	Units, Accounts                        []holder
	Session                                struct{ Policies []string }
}

// attachments say of each policy as what it is attached, and to whom, a line each kind.
func attachments(scenario []byte) (map[string][]string, error) {
	var s struct {
		Identities, Resources, VPCEndpoints, Requests []holder
		Organization                                  struct{ Root holder }
	}
	if err := json.Unmarshal(scenario, &s); err != nil {
		return nil, err
	}
	worn := map[string][]string{}
	note := func(layer iam.Layer, who string, names ...string) {
		kind := layer.Words() + " of "
		for _, name := range names {
			lines := worn[name]
			at := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, kind) })
			switch {
			case name == "":
			case at >= 0:
				lines[at] += ", " + who
			default:
				worn[name] = append(lines, kind+who)
			}
		}
	}
	accounts := map[string]bool{}
	for _, h := range s.Identities {
		accounts[accountIn(h.ARN)] = true
	}
	called := func(arn string) string {
		if len(accounts) > 1 {
			return afterColon(arn) + " of account " + accountIn(arn)
		}
		return afterColon(arn)
	}
	members := map[string][]string{}
	for _, h := range s.Identities {
		for _, group := range h.Groups {
			members[group] = append(members[group], called(h.ARN))
		}
	}
	for _, h := range s.Identities {
		who := called(h.ARN)
		if in := members[h.ARN]; len(in) > 0 {
			who += " with " + strings.Join(in, ", ") + " in it"
		}
		note(iam.IdentityPolicy, who, h.Policies...)
		note(iam.PermissionsBoundary, who, h.Boundary)
		note(iam.TrustPolicy, who, h.Trust)
	}
	for _, h := range s.Resources {
		note(iam.ResourcePolicy, h.ARN, h.Policy)
	}
	for _, h := range s.VPCEndpoints {
		note(iam.VPCEndpointPolicy, h.ID, h.Policy)
	}
	for _, h := range s.Requests {
		note(iam.SessionPolicy, "a request's session", h.Session.Policies...)
	}
	s.Organization.Root.attached(note)
	return worn, nil
}

// attached notes the policies of an organization's node and of those below it.
func (h holder) attached(note func(layer iam.Layer, who string, names ...string)) {
	who := h.level()
	note(iam.ServiceControlPolicy, who, h.SCPs...)
	note(iam.ResourceControlPolicy, who, h.RCPs...)
	for _, below := range append(h.Units, h.Accounts...) {
		below.attached(note)
	}
}

// level tells a node of the organization by its kind, and a unit by its name.
func (h holder) level() string {
	switch {
	case strings.HasPrefix(h.ID, "r-"):
		return "the root"
	case !strings.HasPrefix(h.ID, "ou-"):
		return "account " + h.ID
	case h.Name != "":
		return "unit " + h.Name
	}
	return "unit " + h.ID
}

// accountIn is the account in an ARN.
func accountIn(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 {
		return ""
	}
	return parts[4]
}

// afterColon is an ARN without what stands before the resource: "role/App".
func afterColon(arn string) string { return arn[strings.LastIndex(arn, ":")+1:] }
