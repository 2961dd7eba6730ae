package intake

import (
	"strings"

	"fenceline/engine/source"
)

// readDecoded reads what `sts decode-authorization-message` gives (S-312).
func (r *reader) readDecoded(root *source.Node) bool {
	if inner := root.Get("DecodedMessage"); isString(inner) {
		var problems []source.Problem
		if root, problems = source.Parse(source.NewFile("decoded", inner.Text), MaxBytes); root == nil || source.HasErrors(problems) {
			return false
		}
	}
	context := root.Get("context")
	if root.Get("allowed") == nil || context.Get("principal") == nil {
		return false
	}
	d := denial{principal: str(context, "principal", "arn"), action: str(context, "action"), resource: str(context, "resource"), reason: true}
	d.explicit = str(root, "explicitDeny") == "true"
	a := d.asked()
	a.Request.Context = decodedConditions(context.Get("conditions"))
	if str(root, "allowed") == "true" {
		a.Denied, a.Request.Expect = false, &Expect{Decision: "allowed"}
		a.finish()
	}
	if ids := matched(root.Get("matchedStatements")); len(ids) > 0 {
		a.note("Statements that matched: `" + strings.Join(ids, "`, `") + "`.")
	}
	a.note("The decoded message says whether the deny was explicit, not which kind of policy denied.")
	r.ask(a)
	return true
}

// legacyNames are entries of a decoded message that describe the request and
// are no condition keys.
var legacyNames = []string{"aws:region", "aws:service", "aws:resource", "aws:type", "aws:account", "aws:arn", "aws:id"}

func decodedConditions(n *source.Node) map[string]any {
	context := map[string]any{}
	for _, item := range items(n) {
		key := str(item, "key")
		if !strings.Contains(key, ":") || contains(legacyNames, strings.ToLower(key)) {
			continue
		}
		var values []string
		for _, value := range items(item.Get("values")) {
			values = append(values, str(value, "value"))
		}
		switch len(values) {
		case 0:
		case 1:
			context[key] = values[0]
		default:
			context[key] = values
		}
	}
	return context
}

// items are the elements of a list, which decoded messages wrap into `items`.
func items(n *source.Node) []*source.Node {
	if n == nil {
		return nil
	}
	if inner := n.Get("items"); inner != nil {
		n = inner
	}
	return n.Items
}

func contains(list []string, text string) bool {
	for _, item := range list {
		if item == text {
			return true
		}
	}
	return false
}

func matched(n *source.Node) []string {
	var ids []string
	for _, item := range items(n) {
		if id := str(item, "statementId"); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}
