package simulate

import (
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// matched are the statements that determine a decision (S-323): for an
// explicit deny the Denies that match; for an allow the Allows of the policies
// that grant. Those of SCPs are never listed.
//
// UNDOCUMENTED: that an identity's Allows are listed with those of a resource's
// policy that suffices, unless the boundary keeps them from granting.
func (s *simulation) matched(trace *eval.Trace, v eval.Verdict, boundaryDenies bool) []Statement {
	list := []Statement{}
	wanted := iam.Allow
	switch v.Decision {
	case iam.ExplicitDeny:
		wanted = iam.Deny
	case iam.ImplicitDeny:
		return list
	}
	for i := range trace.Layers {
		layer := &trace.Layers[i]
		switch {
		case layer.Layer == iam.ServiceControlPolicy:
			continue
		case wanted == iam.Allow && layer.Layer == iam.PermissionsBoundary:
			continue
		case wanted == iam.Allow && layer.Layer == iam.IdentityPolicy && boundaryDenies:
			continue
		}
		for j := range layer.Policies {
			for k := range layer.Policies[j].Statements {
				if t := &layer.Policies[j].Statements[k]; t.Outcome == iam.Match && t.Statement.Effect == wanted {
					list = append(list, s.statement(layer.Layer, layer.Policies[j].Attached, t.Statement))
				}
			}
		}
	}
	return list
}

// statement names a statement's policy and its place.
func (s *simulation) statement(layer iam.Layer, p *eval.Attached, statement *policy.Statement) Statement {
	start, end := place(p.Policy.Document, statement)
	return Statement{SourcePolicyId: sourceID(p.Name), SourcePolicyType: s.sourceType(layer, p), StartPosition: start, EndPosition: end}
}

// sourceID is a policy's name; a managed policy's without the rest of its ARN,
// an inline one's without its owner (S-324).
func sourceID(name string) string {
	if inline, ok := inlineName(name); ok {
		return inline
	}
	if a, ok := arn.Parse(name); ok {
		return account.LastSegment(a.Resource)
	}
	return name
}

// inlineName is the name of an inline policy that is called by its owner's kind
// and name as well, "user/Alex/DenyS3" for one, be it behind the account.
func inlineName(text string) (name string, ok bool) {
	if id, rest, found := strings.Cut(text, ":"); found && arn.IsAccount(id) {
		text = rest
	}
	parts := strings.Split(text, "/")
	if len(parts) != 3 || parts[0] != "user" && parts[0] != "group" && parts[0] != "role" {
		return "", false
	}
	return parts[2], true
}

// sourceType says where a policy comes from, in the API's words (S-324).
//
// UNDOCUMENTED: that managed policies go by what they are attached to, and
// which type those have that the call gives.
func (s *simulation) sourceType(layer iam.Layer, p *eval.Attached) string {
	switch {
	case layer == iam.ResourcePolicy || layer == iam.TrustPolicy:
		return "resource"
	case p.Via == viaCall:
		return "none"
	case layer == iam.PermissionsBoundary && strings.Contains(p.Name, ":aws:policy/"):
		return "aws-managed"
	case layer == iam.PermissionsBoundary:
		return "user-managed"
	case p.Via != "":
		return "group"
	}
	return s.kind
}

// place is a statement's in its document. It starts behind the `[` or the
// statement before it, or behind its own `{` where it stands in no list, and
// ends behind its `}`; columns are characters from 1 (S-325).
func place(d *policy.Document, statement *policy.Statement) (start, end Position) {
	from := statement.Span.Start + 1
	before := strings.TrimRight(d.File.Text[:statement.Span.Start], " \t\r\n")
	switch {
	case strings.HasSuffix(before, "["):
		from = len(before)
	case strings.HasSuffix(before, ",") && statement.Index > 0:
		from = d.Statements[statement.Index-1].Span.End
	}
	return position(d.File, from), position(d.File, statement.Span.End)
}

func position(file *source.File, offset int) Position {
	at := file.Position(offset)
	return Position{at.Line, at.Column + 1}
}
