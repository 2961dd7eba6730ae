// Package explain turns a verdict and its trace into words: AWS's own
// access-denied sentence, the rules that settled the decision, and plain
// sentences for a learner.
package explain

import (
	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// Message is the sentence with which AWS would refuse the request (S-301 to
// S-305), empty when it is not refused. AWS's services vary in it; where a
// rule of the service itself refuses, no reason follows.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
func Message(r *eval.Request, v eval.Verdict) string {
	if v.Decision != iam.ExplicitDeny && v.Decision != iam.ImplicitDeny {
		return ""
	}
	text := "User: " + r.Principal.ARN + " is not authorized to perform: " + r.Action
	if !r.ResourceUnknown && r.Resource != "*" {
		text += " on resource: " + r.Resource
	}
	switch {
	case v.By == iam.Service || v.By == iam.NoLayer:
		return text
	case v.Decision == iam.ExplicitDeny:
		return text + " with an explicit deny in " + article(v.By) + v.By.Words()
	}
	return text + " because no " + v.By.Words() + " allows the " + r.Action + " action"
}

// article is S-305, and "the" before the one trust policy there is (S-304).
func article(layer iam.Layer) string {
	switch layer {
	case iam.IdentityPolicy:
		return "an "
	case iam.TrustPolicy:
		return "the "
	}
	return "a "
}
