package change

import (
	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// maxPolicies is to how many policies of a layer a statement is tried to be
// added, and how many policies are tried to be attached.
const maxPolicies = 8

// grant proposes a statement of exactly this request, in a policy that the
// layer has.
func (f *finder) grant(layer *eval.LayerTrace, effect iam.Effect) []part {
	statement, words, ok := f.exactly(layer.Layer, effect)
	if !ok {
		return nil
	}
	var parts []part
	for i := range layer.Policies {
		name := layer.Policies[i].Attached.Name
		t, root := f.policyText(name)
		if root == nil || root.Get("Statement") == nil || len(parts) == maxPolicies {
			continue
		}
		parts = append(parts, part{
			kind: Statement, reach: ofStatements, cause: f.layerCause(layer.Layer, layer.At, effect), adds: effect.String(),
			wide:  shared(layer.Layer, layer.Policies[i].Attached),
			title: "Add a statement that " + words + " to `" + name + "`",
			edits: t.addStatement(root.Get("Statement"), statement),
		})
	}
	return parts
}

// exactly is a statement about this request and no other, with the words for
// it: "allows `s3:GetObject` on `arn:…`". It is false where there is none: the
// resource is not known, or the caller can't be named alone.
func (f *finder) exactly(layer iam.Layer, effect iam.Effect) (*source.Node, string, bool) {
	r := f.now.Request
	if r.ResourceUnknown || r.Resource != "*" && !plain(r.Resource) || layer == iam.ResourceControlPolicy {
		return nil, "", false
	}
	verb := map[iam.Effect]string{iam.Allow: "allows", iam.Deny: "denies"}[effect]
	words := verb + " `" + r.Action + "` on `" + r.Resource + "`"
	statement := jsonObject(textMember("Effect", effect.String()))
	if layer.HasPrincipal() {
		kind, value, ok := f.entry()
		if !ok || !plain(value) {
			return nil, "", false
		}
		words += " for `" + value + "`"
		statement.Members = append(statement.Members, member("Principal", jsonObject(textMember(kind, value))))
	}
	statement.Members = append(statement.Members, textMember("Action", r.Action))
	if layer != iam.TrustPolicy {
		statement.Members = append(statement.Members, textMember("Resource", r.Resource))
	}
	return statement, words, true
}

// addStatement adds a statement to those of a policy, or to the one that stands
// without a list.
func (t *text) addStatement(statements, statement *source.Node) []scenario.TextEdit {
	if statements.Kind == source.Array {
		return t.addNode(statements, statement)
	}
	space := t.colon[1:]
	written := t.write(statement, t.indent(statements.Span.Start), t.isTall(statements))
	edits := t.insert(statements.Span.Start, "["+space)
	return append(edits, t.insert(statements.Span.End, ","+space+written+space+"]")...)
}

// layerCause says what a layer does not do, or why a Deny is enough.
func (f *finder) layerCause(layer iam.Layer, at string, effect iam.Effect) string {
	if effect == iam.Deny {
		return "an explicit deny overrides every allow"
	}
	cause := "no " + layer.Words() + " allows `" + f.now.Request.Action + "` on `" + f.now.Request.Resource + "`"
	if at != "" {
		cause += " at `" + at + "`"
	}
	return cause
}
