package intake

import (
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// readJSON reads a text that begins like JSON. It is false when it is none.
func (r *reader) readJSON(text string, depth int) bool {
	file := source.NewFile("pasted", text)
	root, problems := source.Parse(file, MaxBytes)
	if root == nil {
		return r.refuse(text, depth, problems)
	}
	if root.Kind == source.String {
		r.from("json-string")
		r.read(root.Text, depth+1)
		return true
	}
	if depth == 0 && isDocument(root) {
		r.takeBare(text, root)
		return true
	}
	if source.HasErrors(problems) {
		r.report(problems, depth)
	}
	r.readTree(root, text)
	return r.found() || len(r.result.Problems) > 0
}

// refuse reports why a text is not JSON, unless another shape may still be
// found in it.
func (r *reader) refuse(text string, depth int, problems []source.Problem) bool {
	if depth > 0 || strings.Contains(text, notAuthorized) || strings.HasPrefix(text, `{\`) || strings.HasPrefix(text, `[{\`) {
		return false
	}
	r.report(problems, depth)
	return true
}

// report takes the parser's problems over. Their places are those of the
// pasted text only where nothing was unwrapped before.
func (r *reader) report(problems []source.Problem, depth int) {
	for _, p := range problems {
		if p.Severity != source.Error {
			continue
		}
		span := p.Span
		if depth > 0 {
			span = source.Span{}
		}
		r.problem(span, p.Message)
	}
}

// readTree says what a JSON value is.
func (r *reader) readTree(root *source.Node, text string) {
	switch {
	case isDocument(root):
		r.take(root, owner{})
	case isScenario(root):
		r.from("scenario")
		r.result.Text = text
	case r.readEvents(root):
		r.from("cloudtrail")
	case r.readDecoded(root):
		r.from("decoded-message")
	case r.readStatements(root):
	case isTemplate(root):
		r.from("cloudformation")
		r.readTemplate(root)
	default:
		r.from(shapeOf(root))
		r.walk(root, owner{})
		r.noteBoundary(root.Get("Role"))
		r.noteBoundary(root.Get("User"))
		r.readMessages(root)
	}
	if !r.found() && len(r.result.Problems) == 0 {
		r.missing(root)
	}
}

// isScenario tells a scenario file by its own members.
func isScenario(n *source.Node) bool {
	version := n.Get("version")
	if n.Kind != source.Object || version == nil || version.Kind != source.Number {
		return false
	}
	for _, member := range []string{"requests", "identities", "policies"} {
		if n.Get(member) != nil {
			return n.Get("Records") == nil
		}
	}
	return false
}

// isDocument says whether a value is a policy document.
func isDocument(n *source.Node) bool {
	statements := n.Get("Statement")
	if n == nil || n.Kind != source.Object || statements == nil {
		return false
	}
	return statements.Kind == source.Object || statements.Kind == source.Array
}

func isStatement(n *source.Node) bool {
	return n.Kind == source.Object && isString(n.Get("Effect")) && (n.Get("Action") != nil || n.Get("NotAction") != nil)
}

func isString(n *source.Node) bool { return n != nil && n.Kind == source.String }

// str is a string member's text, empty when there is none.
func str(n *source.Node, path ...string) string {
	for _, key := range path {
		n = n.Get(key)
	}
	if n == nil || n.Kind == source.Object || n.Kind == source.Array || n.Kind == source.Null {
		return ""
	}
	return n.Text
}

// takeBare takes a document that is the whole text, as it was typed.
func (r *reader) takeBare(text string, root *source.Node) {
	r.from("document")
	p := Policy{Name: nameOf(root, ""), Layer: layerOf(root), Text: text, Bare: true}
	if plain := withoutDollars(text); plain != text {
		p.Text, p.Bare = plain, false
		r.note(dollars)
	}
	r.result.Policies = append(r.result.Policies, p)
}

const dollars = "`$${…}` is how Terraform writes a policy variable; it became `${…}`."

// withoutDollars writes policy variables as policies do.
func withoutDollars(text string) string { return strings.ReplaceAll(text, "$${", "${") }

// readStatements wraps statements that stand alone into a document.
func (r *reader) readStatements(root *source.Node) bool {
	switch {
	case isStatement(root):
		r.from("statement")
		r.note("A statement alone is no policy; it was put into a document.")
	case root.Kind == source.Array && len(root.Items) > 0 && everyStatement(root.Items):
		r.from("statements")
		r.note("A list of statements is no policy; it was put into a document.")
	default:
		return false
	}
	document := &source.Node{Kind: source.Object, Members: []source.Member{
		{Key: "Version", Value: text("2012-10-17")}, {Key: "Statement", Value: root},
	}}
	r.take(document, owner{})
	return true
}

func everyStatement(items []*source.Node) bool {
	for _, item := range items {
		if !isStatement(item) {
			return false
		}
	}
	return true
}

func text(s string) *source.Node { return &source.Node{Kind: source.String, Text: s} }

// owner is what encloses a document: whose it is, as far as is known.
type owner struct {
	name   string
	layer  iam.Layer
	target *Target
}

// take adds a document, formatted, once.
func (r *reader) take(document *source.Node, o owner) {
	if len(r.result.Policies) >= maxFound {
		r.full = true
		return
	}
	p := Policy{Name: nameOf(document, o.name), Layer: o.layer, Text: print(document), AttachTo: o.target}
	if p.Layer == iam.NoLayer {
		p.Layer = layerOf(document)
	}
	if plain := withoutDollars(p.Text); plain != p.Text {
		p.Text = plain
		r.note(dollars)
	}
	key := p.Name + "\x00" + p.Layer.String() + "\x00" + p.Text
	if r.seen[key] {
		return
	}
	if r.seen == nil {
		r.seen = map[string]bool{}
	}
	r.seen[key] = true
	r.result.Policies = append(r.result.Policies, p)
}

// nameOf is a policy's name: what the text calls it, else its Id or a Sid.
func nameOf(document *source.Node, given string) string {
	if given != "" {
		return given
	}
	if id := str(document, "Id"); id != "" {
		return id
	}
	statements := document.Get("Statement")
	if statements != nil && len(statements.Items) > 0 {
		statements = statements.Items[0]
	}
	if sid := str(statements, "Sid"); sid != "" {
		return sid
	}
	return "Pasted"
}

// layerOf is the kind of policy where a document alone tells: only policies on
// resources name principals (S-016), and of these only trust policies name no
// resource.
func layerOf(document *source.Node) iam.Layer {
	statements := document.Get("Statement")
	if statements == nil {
		return iam.NoLayer
	}
	layer := iam.NoLayer
	for _, s := range append([]*source.Node{statements}, statements.Items...) {
		if s.Get("Principal") == nil && s.Get("NotPrincipal") == nil {
			continue
		}
		if s.Get("Resource") != nil || s.Get("NotResource") != nil || !onlySTS(s.Get("Action")) {
			return iam.ResourcePolicy
		}
		layer = iam.TrustPolicy
	}
	return layer
}

// onlySTS says whether an Action element names only actions of AWS STS.
func onlySTS(action *source.Node) bool {
	if action == nil {
		return false
	}
	list := action.Items
	if action.Kind == source.String {
		list = []*source.Node{action}
	}
	for _, item := range list {
		if _, ok := cutFold(item.Text, "sts:"); !ok {
			return false
		}
	}
	return len(list) > 0
}

// member says what a member of an AWS tool's output holds.
type member struct {
	layer iam.Layer
	// suffix tells the policy from others of the same owner.
	suffix string
}

// documentMembers are the members in which AWS's tools, CloudFormation and
// Terraform print documents.
var documentMembers = map[string]member{
	"AssumeRolePolicyDocument": {iam.TrustPolicy, "-trust"},
	"assume_role_policy":       {iam.TrustPolicy, "-trust"},
	"PolicyDocument":           {},
	"Document":                 {},
	"Policy":                   {iam.ResourcePolicy, ""},
	"ResourcePolicy":           {iam.ResourcePolicy, ""},
	"policyText":               {iam.ResourcePolicy, ""},
	"KeyPolicy":                {iam.ResourcePolicy, ""},
	"Content":                  {},
	"DecodedMessage":           {},
	"policy":                   {},
	"content":                  {},
	"json":                     {},
	"inline_policy":            {iam.IdentityPolicy, ""},
	"access_policies":          {iam.ResourcePolicy, ""},
}

// walk looks for documents in the output of a tool, whichever its shape.
func (r *reader) walk(n *source.Node, o owner) {
	switch n.Kind {
	case source.Object:
		if planned := n.Get("planned_values"); planned != nil { // terraform show -json says the same more than once
			r.walk(planned, o)
			return
		}
		o = o.inside(n)
		for i := range n.Members {
			r.walkMember(&n.Members[i], o)
		}
	case source.Array:
		for _, item := range n.Items {
			if str(item, "IsDefaultVersion") != "false" { // of a list of versions, only one is in force
				r.walk(item, o)
			}
		}
	}
}

func (r *reader) walkMember(m *source.Member, o owner) {
	document := documentIn(m.Value)
	if document == nil {
		r.walk(m.Value, o)
		return
	}
	facts, known := documentMembers[m.Key]
	if !known && m.Value.Kind == source.String {
		return // some other text that happens to hold a document
	}
	if facts.layer != iam.NoLayer && (o.layer == iam.NoLayer || facts.layer == iam.TrustPolicy) {
		o.layer = facts.layer
	}
	if o.name != "" {
		o.name += facts.suffix
	}
	if o.layer == iam.TrustPolicy && o.target == nil {
		o.target = &Target{Kind: "role", Name: strings.TrimSuffix(o.name, facts.suffix)}
	}
	r.take(document, o)
}

// documentIn is the document that a value is, or holds as a string, escaped or
// percent-encoded.
func documentIn(n *source.Node) *source.Node {
	if isDocument(n) {
		return n
	}
	if n.Kind != source.String {
		return nil
	}
	inner := strings.TrimSpace(n.Text)
	if strings.HasPrefix(strings.ToUpper(inner), "%7B") {
		inner, _ = percentDecode(inner)
	}
	if !strings.HasPrefix(inner, "{") {
		return nil
	}
	root, problems := source.Parse(source.NewFile("document", inner), MaxBytes)
	if root == nil || source.HasErrors(problems) || !isDocument(root) {
		return nil
	}
	return root
}

// inside learns from an object whose documents its members are.
func (o owner) inside(n *source.Node) owner {
	switch {
	case str(n, "RoleName") != "":
		o.setIdentity("role", str(n, "RoleName"), str(n, "Arn"))
	case str(n, "UserName") != "":
		o.setIdentity("user", str(n, "UserName"), str(n, "Arn"))
	case str(n, "GroupName") != "":
		o.setIdentity("group", str(n, "GroupName"), str(n, "Arn"))
	case str(n, "VpcEndpointId") != "":
		o.name, o.layer, o.target = str(n, "VpcEndpointId"), iam.VPCEndpointPolicy, &Target{Kind: "endpoint", Name: str(n, "VpcEndpointId")}
	case strings.HasPrefix(str(n, "type"), "aws_"):
		o = terraformOwner(str(n, "type"), str(n, "name"), n)
	}
	for _, member := range []string{"TopicArn", "QueueArn", "ARN"} {
		if text := str(n, member); text != "" {
			o.layer, o.target = iam.ResourcePolicy, &Target{Kind: "resource", ARN: text}
			o.name = afterLast(text)
		}
	}
	if name := str(n, "PolicySummary", "Name"); name != "" {
		o.name, o.layer = name, organizationLayer(str(n, "PolicySummary", "Type"))
	}
	if name := str(n, "PolicyName"); name != "" && name != "default" {
		o.name = name
	}
	return o
}

// setIdentity notes whose documents follow. Those that stand beside a policy's
// name are inline.
func (o *owner) setIdentity(kind, name, arnText string) {
	*o = owner{name: name, layer: iam.IdentityPolicy, target: &Target{Kind: kind, Name: name, ARN: arnText}}
}

func organizationLayer(kind string) iam.Layer {
	switch kind {
	case "SERVICE_CONTROL_POLICY", "":
		return iam.ServiceControlPolicy
	case "RESOURCE_CONTROL_POLICY":
		return iam.ResourceControlPolicy
	}
	return iam.NoLayer
}

// afterLast is what stands behind an ARN's last colon or slash.
func afterLast(text string) string {
	return text[strings.LastIndexAny(text, ":/")+1:]
}

// shapeOf names the command whose output a value is.
func shapeOf(n *source.Node) string {
	switch {
	case n.Get("PolicyVersion") != nil:
		return "get-policy-version"
	case n.Get("RoleName") != nil:
		return "get-role-policy"
	case n.Get("UserName") != nil:
		return "get-user-policy"
	case n.Get("GroupName") != nil:
		return "get-group-policy"
	case n.Get("Role") != nil:
		return "get-role"
	case n.Get("Policy").Get("PolicySummary") != nil:
		return "describe-policy"
	case isString(n.Get("Policy")) && n.Get("PolicyName") != nil:
		return "get-key-policy"
	case isString(n.Get("Policy")) && n.Get("RevisionId") != nil:
		return "get-policy"
	case isString(n.Get("Policy")):
		return "get-bucket-policy"
	case n.Get("VpcEndpoints") != nil:
		return "describe-vpc-endpoints"
	case n.Get("planned_values") != nil || n.Get("format_version") != nil:
		return "terraform-show"
	case n.Get("UserDetailList") != nil || n.Get("RoleDetailList") != nil:
		return "get-account-authorization-details"
	}
	return "json"
}

// readMessages looks for access-denied messages in the strings of a value, as
// error bodies hold them.
func (r *reader) readMessages(n *source.Node) {
	if r.found() {
		return
	}
	if n.Kind == source.String && strings.Contains(n.Text, notAuthorized) {
		r.readDenials(n.Text)
	}
	for _, item := range n.Items {
		r.readMessages(item)
	}
	for i := range n.Members {
		r.readMessages(n.Members[i].Value)
	}
}

// missing says what to run when an output names policies without printing them.
func (r *reader) missing(root *source.Node) {
	p := root.Get("Policy")
	switch {
	case str(p, "DefaultVersionId") != "":
		r.problem(root.Span, "`get-policy` prints no document; run `aws iam get-policy-version --policy-arn "+str(p, "Arn")+" --version-id "+str(p, "DefaultVersionId")+"` and paste that")
	case str(root, "PermissionsBoundaryArn") != "":
		r.problem(root.Span, "this names the boundary but not its document; run `aws iam get-policy --policy-arn "+str(root, "PermissionsBoundaryArn")+"`, then `get-policy-version` with the version that it names")
	case root.Get("AttachedPolicies") != nil:
		r.problem(root.Span, "this lists policies but not their documents; run `aws iam get-policy-version` for each and paste what it prints")
	case organizationLayer(str(p, "PolicySummary", "Type")) == iam.NoLayer && p.Get("Content") != nil:
		r.problem(root.Span, "a policy of type `"+str(p, "PolicySummary", "Type")+"` takes no part in authorisation")
	}
}

// noteBoundary says how to get the boundary that an identity's description names.
func (r *reader) noteBoundary(n *source.Node) {
	if boundary := str(n, "PermissionsBoundary", "PermissionsBoundaryArn"); boundary != "" {
		r.note("It has the permissions boundary `" + boundary + "`, whose document is not in this output: `aws iam get-policy-version --policy-arn " + boundary + " --version-id v1` prints it (the version in force is the one that `get-policy` names).")
	}
}

// partitionOf is an ARN's partition, `aws` when it is none.
func partitionOf(text string) string {
	if a, ok := arn.Parse(text); ok && a.Partition != "" {
		return a.Partition
	}
	return "aws"
}
