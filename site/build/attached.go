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
	ARN, ID, Boundary, Trust, Policy string
	Policies, Groups, SCPs, RCPs     []string
	Units, Accounts                  []holder
	Session                          struct{ Policies []string }
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
	members := map[string][]string{}
	for _, h := range s.Identities {
		for _, group := range h.Groups {
			members[group] = append(members[group], afterColon(h.ARN))
		}
	}
	for _, h := range s.Identities {
		who := afterColon(h.ARN)
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
	note(iam.ServiceControlPolicy, h.ID, h.SCPs...)
	note(iam.ResourceControlPolicy, h.ID, h.RCPs...)
	for _, below := range append(h.Units, h.Accounts...) {
		below.attached(note)
	}
}

// afterColon is an ARN without what stands before the resource: "role/App".
func afterColon(arn string) string { return arn[strings.LastIndex(arn, ":")+1:] }
