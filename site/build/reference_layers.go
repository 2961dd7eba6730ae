package main

import (
	"encoding/json"
	"fmt"
	"html/template"
	"slices"

	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/words"
)

const (
	appRole    = "arn:aws:iam::" + ownAccount + ":role/App"
	appSession = "arn:aws:sts::" + ownAccount + ":assumed-role/App/session"
	targetRole = "arn:aws:iam::" + ownAccount + ":role/Target"
	endpoint   = "vpce-0a1b2c3d"
)

// layerState is what a policy of the layer says of the request.
type layerState uint8

const (
	layerAbsent layerState = iota
	layerAllows
	layerSilent
	layerDenies
)

var layerStates = map[layerState]template.HTML{
	layerAbsent: "without such a policy", layerAllows: "it allows", layerSilent: "it is silent", layerDenies: "it denies",
}

// layerCase is what stands beside the layer in question.
type layerCase struct {
	says template.HTML
	// granted says that the caller's own policies allow; names whom the resource's policy is about.
	granted bool
	names   string
	// across says that the resource is another account's.
	across bool
}

// casesOf are the circumstances in which a layer is shown.
func casesOf(layer iam.Layer) []layerCase {
	switch layer {
	case iam.ResourcePolicy:
		return []layerCase{
			{says: "it is about the session; the caller's own policies allow", granted: true, names: appSession},
			{says: "it is about the session; the caller's own policies are silent", names: appSession},
			{says: "it is about the account; the caller's own policies allow", granted: true, names: ownAccount},
			{says: "it is about the account; the caller's own policies are silent", names: ownAccount},
			{says: "another account's resource; the caller's own policies allow", granted: true, names: appSession, across: true},
			{says: "another account's resource; the caller's own policies are silent", names: appSession, across: true},
		}
	case iam.TrustPolicy:
		return []layerCase{
			{says: "it is about the session; the caller's own policies allow", granted: true, names: appSession},
			{says: "it is about the session; the caller's own policies are silent", names: appSession},
			{says: "it is about the account; the caller's own policies allow", granted: true, names: ownAccount},
			{says: "it is about the account; the caller's own policies are silent", names: ownAccount},
		}
	case iam.IdentityPolicy:
		return []layerCase{
			{says: "nothing else grants"}, {says: "the resource's policy lets the session in", names: appSession},
			{says: "another account's resource, whose policy lets the role in", names: appRole, across: true},
		}
	}
	return []layerCase{
		{says: "the caller's own policies allow", granted: true}, {says: "nothing grants"},
		{says: "only the resource's policy grants, to the role", names: appRole},
		{says: "only the resource's policy grants, to the session", names: appSession},
	}
}

// statesOf are what a policy of the layer can say: an RCP can't allow (S-024),
// and no role is without its trust policy.
func statesOf(layer iam.Layer) []layerState {
	switch layer {
	case iam.ResourceControlPolicy:
		return []layerState{layerAbsent, layerSilent, layerDenies}
	case iam.TrustPolicy:
		return []layerState{layerAllows, layerSilent, layerDenies}
	}
	return []layerState{layerAbsent, layerAllows, layerSilent, layerDenies}
}

func layerEntries() ([]referenceEntry, error) {
	var entries []referenceEntry
	for _, layer := range words.Layers() {
		matrix, order, err := layerSections(layer)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", layer.Name, err)
		}
		entries = append(entries, referenceEntry{Word: layer.Word, Title: capital(layer.Layer.Words()), Sections: []referenceSection{
			{ID: "who", Title: "Who has one, and how", List: []template.HTML{
				"<strong>Who:</strong> " + inline(layer.Has), "<strong>Where it attaches:</strong> " + inline(layer.Attaches),
				"<strong>Its name in results:</strong> " + code(layer.Name),
			}},
			matrix, order,
		}})
	}
	return entries, nil
}

// layerSections are a small request decided in every state of the layer, and its place among the gates.
func layerSections(layer words.Layer) (matrix, order referenceSection, err error) {
	table := &referenceTable{Label: "Decisions by what the " + layer.Layer.Words() + " says", Columns: []template.HTML{"Beside it"}}
	states := statesOf(layer.Layer)
	for _, state := range states {
		table.Columns = append(table.Columns, layerStates[state])
	}
	for i, one := range casesOf(layer.Layer) {
		row := referenceRow{Head: one.says}
		for j, state := range states {
			result, err := ask(layerScenario(layer.Layer, one, state))
			if err != nil {
				return matrix, order, fmt.Errorf("%s, %s: %w", one.says, layerStates[state], err)
			}
			row.Cells = append(row.Cells, decisionCell(result.Results[0]))
			if i == 0 && j == len(states)-1 {
				order = orderSection(layer.Layer, result.Results[0].Gates)
			}
		}
		table.Rows = append(table.Rows, row)
	}
	what := "reads an object of a bucket"
	if layer.Layer == iam.TrustPolicy {
		what = "assumes another role of the account"
	}
	text := "<p>A session of a role " + what + ". Each cell was decided by the engine when this page was built.</p>"
	return referenceSection{ID: "says", Title: "What its Allow, its silence and its Deny do", Text: template.HTML(text), Table: table}, order, nil
}

// orderSection is the row of gates in which the engine tells the request.
func orderSection(layer iam.Layer, gates []scenario.GateResult) referenceSection {
	section := referenceSection{ID: "order", Title: "Where it stands in the evaluation", Ordered: true,
		Text: `<p>The steps of this request, in AWS's order. A Deny of any kind of policy acts in the first one. Where the endpoint policy stands, AWS doesn't say (<a href="/rules/#S-311">S-311</a>).</p>`}
	for i, gate := range gates {
		if i > 0 && gates[i-1].Gate == gate.Gate {
			continue // a further level of the organization
		}
		other, ok := iam.ParseLayer(gate.Gate)
		switch {
		case !ok:
			section.List = append(section.List, "search for explicit denies, in every policy")
		case other == layer:
			section.List = append(section.List, template.HTML("<strong>"+template.HTMLEscapeString(layer.Words())+"</strong>"))
		case slices.Contains(iam.PolicyLayers(), other):
			section.List = append(section.List, layerLink(other))
		}
	}
	return section
}

// layerScenario asks one request of a role's session, with the layer in one state.
func layerScenario(layer iam.Layer, c layerCase, state layerState) object {
	action, resource, owner := "s3:GetObject", reportsObject, ownAccount
	if layer == iam.TrustPolicy {
		action, resource = "sts:AssumeRole", targetRole
	}
	if c.across {
		owner = otherAccount
	}
	policies := object{}
	attach := func(name string, document any) string {
		policies[name] = document
		return name
	}
	role := object{"arn": appRole, "policies": []string{}}
	if c.granted {
		role["policies"] = []string{attach("Own", statementOf("Allow", action, ""))}
	}
	request := object{"principal": appRole, "action": action, "resource": resource, "context": object{}}
	bucket := object{"arn": reportsBucket, "account": owner}
	if c.names != "" && layer != iam.ResourcePolicy && layer != iam.TrustPolicy {
		bucket["policy"] = attach("OfTheResource", statementOf("Allow", action, c.names))
	}
	parts := object{"policies": policies, "resources": []object{bucket}, "identities": []object{role}, "requests": []object{request}}
	if state != layerAbsent {
		put(layer, attach("Example", layerDocument(layer, action, c.names, state)), parts, role, bucket, request)
	}
	return parts
}

// put attaches the example where its layer has it.
func put(layer iam.Layer, name string, parts, role, bucket, request object) {
	switch layer {
	case iam.IdentityPolicy:
		role["policies"] = []string{name}
	case iam.PermissionsBoundary:
		role["boundary"] = name
	case iam.SessionPolicy:
		request["session"] = object{"policies": []string{name}}
	case iam.ResourcePolicy:
		bucket["policy"] = name
	case iam.TrustPolicy:
		parts["identities"] = []object{role, {"arn": targetRole, "trust": name}}
	case iam.VPCEndpointPolicy:
		request["context"] = object{"aws:SourceVpce": endpoint}
		parts["vpcEndpoints"] = []object{{"id": endpoint, "policy": name}}
	case iam.ServiceControlPolicy, iam.ResourceControlPolicy:
		own := object{"id": ownAccount}
		member := "scps"
		if layer == iam.ResourceControlPolicy {
			member = "rcps"
		}
		own[member] = []string{name}
		parts["organization"] = object{"id": "o-exampleorgid", "managementAccount": "999999999999", "root": object{"id": "r-abcd", "accounts": []object{own}}}
	}
}

// layerDocument is a policy of the layer that says this of the action.
func layerDocument(layer iam.Layer, action, names string, state layerState) any {
	principal := ""
	switch layer {
	case iam.ResourceControlPolicy, iam.VPCEndpointPolicy:
		principal = "*"
	case iam.ResourcePolicy, iam.TrustPolicy:
		principal = names
	}
	another := "s3:PutObject"
	if layer == iam.TrustPolicy {
		another = "sts:TagSession"
	}
	switch {
	case state == layerDenies:
		return statementOf("Deny", action, principal)
	case state == layerAllows:
		return statementOf("Allow", action, principal)
	case layer == iam.ResourceControlPolicy:
		return statementOf("Deny", another, principal)
	}
	return statementOf("Allow", another, principal)
}

// statementOf is a policy with one statement, on everything; a trust policy has no resource.
func statementOf(effect, action, principal string) json.RawMessage {
	statement := object{"Effect": effect, "Action": action}
	switch principal {
	case "":
	case "*":
		statement["Principal"] = "*"
	default:
		statement["Principal"] = object{"AWS": principal}
	}
	if principal == "" || action[:3] != "sts" {
		statement["Resource"] = "*"
	}
	text, err := json.Marshal(object{"Version": "2012-10-17", "Statement": []object{statement}})
	if err != nil {
		panic(err) // strings are valid JSON
	}
	return text
}
