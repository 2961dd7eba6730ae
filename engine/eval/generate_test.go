package eval_test

import (
	"encoding/json"
	"runtime"
	"strings"
	"testing"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// The generator turns bytes into an evaluation: a caller, a request, and
// policies in every layer, written as JSON and decoded like anyone's. Its
// world is small, so that patterns, principals and values often nearly meet.

// choices draws decisions from bytes; when they run out every answer is 0.
type choices struct {
	data []byte
}

func (c *choices) below(n int) int {
	if len(c.data) == 0 {
		return 0
	}
	b := c.data[0]
	c.data = c.data[1:]
	return int(b) % n
}

// one is true once in n.
func (c *choices) one(n int) bool { return c.below(n) == n-1 }

func pick[T any](c *choices, list ...T) T { return list[c.below(len(list))] }

const (
	accountA  = "111122223333"
	accountB  = "444455556666"
	userArn   = "arn:aws:iam::111122223333:user/team/Alice"
	userID    = "AIDAEXAMPLEEXAMPLE01"
	roleArn   = "arn:aws:iam::111122223333:role/app/Worker"
	roleID    = "AROAEXAMPLEEXAMPLE01"
	session   = "arn:aws:sts::111122223333:assumed-role/Worker/s1"
	federated = "arn:aws:sts::111122223333:federated-user/Fay"
	rootArn   = "arn:aws:iam::111122223333:root"
	provider  = "arn:aws:iam::111122223333:saml-provider/Idp"
	lambda    = "lambda.amazonaws.com"
	canonical = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"
	linked    = "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX"
)

// generated is an evaluation with the JSON that it was made from.
type generated struct {
	layers  eval.Layers
	request eval.Request
	options iam.Options
	texts   []string
	unknown []string // the keys that are declared unknown
}

// caller makes a principal of any kind.
func (c *choices) caller() *iam.Principal {
	p := &iam.Principal{Account: accountA, Partition: "aws"}
	switch c.below(10) {
	case 0, 1:
		p.Kind, p.ARN = iam.User, userArn
		p.UniqueID = pick(c, "", userID)
	case 2, 3:
		p.Kind, p.ARN, p.Role = iam.RoleSession, session, roleArn
		p.UniqueID = pick(c, "", roleID)
	case 4:
		p.Kind, p.ARN, p.Role, p.ServiceLinked = iam.RoleSession, "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForX/s1", linked, true
	case 5:
		p.Kind, p.ARN = iam.FederatedUser, federated
		p.Parent = pick(c, userArn, "")
		p.UniqueID = pick(c, "", userID)
	case 6:
		p.Kind, p.ARN = iam.Root, rootArn
	case 7:
		return &iam.Principal{Kind: iam.ServicePrincipal, ARN: lambda}
	case 8:
		return &iam.Principal{Kind: iam.Anonymous, ARN: "anonymous"}
	case 9:
		return &iam.Principal{Kind: iam.IdentityProvider, ARN: pick(c, provider, "accounts.google.com")}
	}
	p.Canonical = pick(c, "", canonical)
	if c.one(20) {
		p.Partition = "aws-cn"
		p.ARN = strings.Replace(p.ARN, "arn:aws:", "arn:aws-cn:", 1)
		p.Role = strings.Replace(p.Role, "arn:aws:", "arn:aws-cn:", 1)
		p.Parent = strings.Replace(p.Parent, "arn:aws:", "arn:aws-cn:", 1)
	}
	return p
}

var generatedActions = []string{
	"s3:GetObject", "s3:GetObject", "s3:PutObject", "s3:ListAllMyBuckets", "ec2:StopInstances", "logs:DescribeLogStreams",
	"iam:PassRole", "iam:GetRole", "iam:CreatePolicyVersion", "sts:AssumeRole", "sts:TagSession", "sts:GetCallerIdentity",
	"sts:GetSessionToken", "sts:GetFederationToken", "kms:Decrypt", "kms:CreateAlias",
}

var generatedResources = []string{
	"arn:aws:s3:::bucket/key/a", "arn:aws:s3:::bucket/Alice", "arn:aws:s3:::bucket", "*",
	"arn:aws:ec2:eu-central-1:111122223333:instance/i-1", "arn:aws:sqs:us-east-1:111122223333:q",
	"arn:aws:logs:us-east-1:111122223333:log-group:app", "arn:aws:logs:us-east-1:111122223333:log-group:app:*",
	"arn:aws:logs:us-east-1:111122223333:log-group:app:log-stream:s",
	"arn:aws:iam::aws:policy/ReadOnly", "arn:aws:iam::111122223333:role/aws-reserved/sso/R", "arn:aws:kms:us-east-1:111122223333:alias/aws/s3",
	"arn:aws:iam::111122223333:role/app/Worker", "arn:aws-cn:s3:::bucket/key/a", "arn:aws:s3:::bucket/${aws:username}", "arn:aws:s3:::a*b?c",
}

// target chooses action and resource, and the rules of the resource's kind.
func (c *choices) target() (action, resource string, kind eval.ResourceKind) {
	switch c.below(6) {
	case 4:
		return pick(c, "sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRole"), pick(c, roleArn, "arn:aws:iam::444455556666:role/Other"), eval.RoleTrust
	case 5:
		return pick(c, "kms:Decrypt", "kms:ReEncryptFrom"), "arn:aws:kms:us-east-1:111122223333:key/k1", eval.KMSKey
	case 0, 1:
		return "s3:GetObject", generatedResources[c.below(3)], eval.Ordinary
	}
	return pick(c, generatedActions...), pick(c, generatedResources...), eval.Ordinary
}

// mutate turns a text into a pattern that may match it, or nearly.
func (c *choices) mutate(s string) string {
	for range c.below(3) {
		if s == "" {
			break
		}
		i := c.below(len(s))
		j := min(len(s), i+c.below(6))
		switch c.below(9) {
		case 0, 1:
			s = s[:i] + "*" + s[j:]
		case 2:
			s = s[:i] + "?" + s[min(len(s), i+1):]
		case 3:
			s = s[:i] + "*"
		case 4:
			s = s[:i] + strings.ToUpper(s[i:j]) + s[j:]
		case 5:
			s = s[:i] + s[j:]
		case 6:
			s = s[:i] + "?" + s[i:]
		case 7:
			s = s[:i] + s[i:j] + s[i:]
		case 8:
			s += pick(c, "*", "?", "/*", ":*", "x")
		}
	}
	return s
}

// actionPattern is a pattern near an action.
func (c *choices) actionPattern(action string) string {
	switch c.below(8) {
	case 0, 1, 2:
		return action
	case 3:
		return "*"
	case 4:
		return strings.Split(action, ":")[0] + ":*"
	case 5:
		return pick(c, generatedActions...)
	}
	return c.mutate(action)
}

// resourcePattern is a pattern near a resource.
func (c *choices) resourcePattern(resource string) string {
	switch c.below(10) {
	case 0, 1:
		return resource
	case 2, 3:
		return "*"
	case 4:
		return pick(c, "arn:aws:s3:::*", "arn:aws:s3:::bucket/*", "arn:aws:s3", "arn:aws:s3:*", "arn:aws:*", "arn:aws:sqs:us-*-1:111122223333:q",
			"arn:aws:sqs:us-*:q", "arn:aws:sqs:*", "arn:aws:sqs:us-*:111122223333:?", "arn:aws:logs:*:*:log-group:app:*", "arn:aws:logs:*:*:log-group:app:log-stream:*")
	case 5:
		return pick(c, "arn:aws:s3:::bucket/${aws:username}", "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'key'}/*", "arn:aws:s3:::bucket/${aws:username, 'Alice'}",
			"arn:aws:s3:::${*}", "arn:aws:s3:::a${*}b${?}c", "arn:aws:s3:::bucket/${AWS:UserName}*", "arn:aws:s3:::bucket/${aws:TagKeys}", "arn:aws:s3:::bucket/${$}{aws:username}",
			"arn:aws:s3:::${s3:prefix}")
	case 6:
		return pick(c, generatedResources...)
	}
	return c.mutate(resource)
}

var generatedPrincipals = []struct{ kind, value string }{
	{"AWS", "*"}, {"AWS", accountA}, {"AWS", rootArn}, {"AWS", userArn}, {"AWS", roleArn}, {"AWS", session}, {"AWS", federated},
	{"AWS", userID}, {"AWS", roleID}, {"AWS", accountB}, {"AWS", "arn:aws:iam::444455556666:user/Else"}, {"AWS", linked},
	{"AWS", "arn:aws-cn:iam::111122223333:root"}, {"AWS", "arn:aws:iam::111122223333:user/alice"}, {"AWS", "arn:aws:iam::111122223333:role/Worker"},
	{"AWS", "arn:aws:sts::111122223333:assumed-role/Worker/s2"}, {"AWS", "arn:aws-cn:iam::111122223333:role/app/Worker"},
	{"Service", lambda}, {"Service", "ec2.amazonaws.com"}, {"Federated", provider}, {"Federated", "accounts.google.com"}, {"CanonicalUser", canonical},
}

// near are the principals of generatedPrincipals that name a caller of the kind.
func near(kind iam.PrincipalKind) []int {
	return map[iam.PrincipalKind][]int{
		iam.User: {1, 2, 3, 7, 21}, iam.RoleSession: {1, 2, 4, 5, 8, 11}, iam.FederatedUser: {1, 3, 6, 7},
		iam.Root: {1, 2, 21}, iam.ServicePrincipal: {17}, iam.Anonymous: {0}, iam.IdentityProvider: {19, 20},
	}[kind]
}

// principal writes the value of a Principal element.
func (c *choices) principal(p *iam.Principal) any {
	if c.one(6) {
		return "*"
	}
	object := map[string][]string{}
	for range 1 + c.below(3) {
		entry := generatedPrincipals[pick(c, near(p.Kind)...)]
		if c.one(3) {
			entry = pick(c, generatedPrincipals...)
		}
		object[entry.kind] = append(object[entry.kind], entry.value)
	}
	return object
}

// contextKey is a key with the values that requests and policies give it.
type contextKey struct {
	name   string
	list   bool
	values []string
}

var generatedKeys = []contextKey{
	{"aws:username", false, []string{"Alice", "alice", "Bob", "", "A*", "key/a", "Al:ce", "ſ"}},
	{"aws:PrincipalTag/team", false, []string{"key", "red", "*", "Red", "k?y"}},
	{"s3:prefix", false, []string{"bucket", "home/Alice/x", "home/", "", "b*", "ü"}},
	{"aws:TagKeys", true, []string{"a", "b", "A", "", "c*"}},
	{"aws:CurrentTime", false, []string{"2026-06-01T00:00:00Z", "2026-06-01", "1780272000", "2026-06-01T02:00:00+02:00", "2026-06-01T00:00:00.5Z", "2026-06", "soon", "2026-02-30", "-5", "2026-06-01T00:00:00", "2026", "2026-05-31T24:00:00Z"}},
	{"aws:MultiFactorAuthAge", false, []string{"60", "3600", "60.0", "6e1", "-1", "+60", "0.1", "", "1e400", "x", "60.00000000000000000001", ".5", "5.", "0x10", "1_0"}},
	{"aws:MultiFactorAuthPresent", false, []string{"true", "false", "True", "FALSE", "1", ""}},
	{"aws:SourceIp", false, []string{"10.0.0.1", "10.0.0.0/8", "10.1.2.3/8", "2001:db8::1", "2001:db8::/32", "::ffff:10.0.0.1", "10.0.0.256", "0.0.0.0/0", "::/0", "010.0.0.1", "10.0.0.1/33", "::ffff:10.0.0.0/104", "10.0.0.1/32", "fe80::1%eth0"}},
	{"aws:SourceArn", false, []string{"arn:aws:sns:us-east-1:111122223333:topic", "arn:aws:sns:*:111122223333:*", "arn:aws:sns:*", "*", "arn:aws:sns:us-east-1:*:t?pic", "arn:aws:s3:::bucket", "topic", "arn:aws:sns:us-east-1:111122223333:topic:sub", "arn:*:*:*:*:*", "arn:aws:sns:us-*:topic"}},
	{"custom:Binary", false, []string{"QUJD", "QUJE", "QUI=", "QUI", "!", ""}},
	{"aws:SourceVpce", false, []string{"vpce-1", "vpce-2"}},
}

// families are the keys whose values suit an operator.
func families(base string) []int {
	switch {
	case strings.HasPrefix(base, "Numeric"):
		return []int{5}
	case strings.HasPrefix(base, "Date"):
		return []int{4}
	case strings.Contains(base, "Ip"):
		return []int{7}
	case strings.HasPrefix(base, "Arn"):
		return []int{8}
	case base == "Bool":
		return []int{6}
	case base == "BinaryEquals":
		return []int{9}
	}
	return []int{0, 1, 2, 3, 3, 10}
}

var generatedBases = []string{
	"StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike",
	"NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals",
	"DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals",
	"Bool", "BinaryEquals", "IpAddress", "NotIpAddress", "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "Null",
}

// operator chooses among the 27 operators, their quantifiers and IfExists.
func (c *choices) operator() (name, base string) {
	base = pick(c, generatedBases...)
	name = pick(c, "", "", "ForAllValues:", "ForAnyValue:") + base
	if base != "Null" && c.one(3) {
		name += "IfExists"
	}
	return name, base
}

// conditionValue is a policy value near one of the key's.
func (c *choices) conditionValue(base string, key contextKey) any {
	if base == "Null" {
		return pick[any](c, "true", "false", true, false)
	}
	value := pick(c, key.values...)
	if base != "Bool" && !strings.HasPrefix(base, "String") && !strings.HasPrefix(base, "Arn") {
		if c.one(10) && value != "" {
			return c.mutate(value)
		}
		return value
	}
	switch c.below(8) {
	case 0:
		return c.mutate(value)
	case 1:
		return pick(c, "${aws:username}", "home/${aws:username}/*", "${aws:PrincipalTag/team, 'key'}", "${*}", "${s3:prefix}", "${aws:TagKeys, 'a'}", "A${*}", "${aws:MultiFactorAuthPresent}",
			"arn:aws:sns:us-east-1:${aws:PrincipalTag/team, '111122223333'}:topic", "arn:aws:sns:*:111122223333:${s3:prefix, 'topic'}", "${aws:SourceArn}", "${$}", "${?}")
	case 2:
		return pick[any](c, true, false, 60, "*", "?", "")
	}
	return value
}

// condition adds operators on keys to a condition block.
func (c *choices) condition(block map[string]map[string]any) {
	name, base := c.operator()
	key := generatedKeys[pick(c, families(base)...)]
	if c.one(6) {
		key = pick(c, generatedKeys...)
	}
	var values []any
	for range pick(c, 1, 1, 2, 3, 0) {
		values = append(values, c.conditionValue(base, key))
	}
	if block[name] == nil {
		block[name] = map[string]any{}
	}
	spelled := pick(c, key.name, key.name, strings.ToUpper(key.name))
	if len(values) == 1 && c.one(2) {
		block[name][spelled] = values[0]
		return
	}
	if values == nil {
		values = []any{}
	}
	block[name][spelled] = values
}

// statement writes one statement of a policy of the layer.
func (c *choices) statement(layer iam.Layer, g *generated) map[string]any {
	s := map[string]any{"Effect": "Allow"}
	if c.one(4) || layer == iam.ResourceControlPolicy {
		s["Effect"] = "Deny"
	}
	if layer.HasPrincipal() {
		name := "Principal"
		if s["Effect"] == "Deny" && c.one(3) && layer != iam.TrustPolicy && layer != iam.ResourceControlPolicy {
			name = "NotPrincipal"
		}
		s[name] = c.principal(g.request.Principal)
		if layer == iam.ResourceControlPolicy {
			s[name] = "*"
		}
	}
	action := "Action"
	if c.one(6) && layer != iam.ResourceControlPolicy {
		action = "NotAction"
	}
	var actions []string
	for range pick(c, 1, 1, 2, 0) {
		actions = append(actions, c.actionPattern(g.request.Action))
	}
	if layer == iam.TrustPolicy || layer == iam.ResourceControlPolicy {
		actions = []string{pick(c, g.request.Action, "sts:AssumeRole", strings.ToLower(g.request.Action))}
	}
	s[action] = append([]string{}, actions...)
	if layer != iam.TrustPolicy {
		resource := pick(c, "Resource", "Resource", "Resource", "NotResource")
		resources := []string{}
		for range pick(c, 1, 1, 2, 0) {
			resources = append(resources, c.resourcePattern(g.request.Resource))
		}
		s[resource] = resources
	}
	if c.one(2) {
		block := map[string]map[string]any{}
		for range pick(c, 1, 1, 2) {
			c.condition(block)
		}
		s["Condition"] = block
	}
	return s
}

// policy writes and decodes a policy; a document with errors is left out.
func (c *choices) policy(layer iam.Layer, g *generated) []eval.Attached {
	document := map[string]any{}
	if version := pick(c, "2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17", ""); version != "" {
		document["Version"] = version
	}
	if layer == iam.ServiceControlPolicy || layer == iam.ResourceControlPolicy {
		document["Version"] = "2012-10-17"
	}
	statements := []any{}
	if (layer == iam.ServiceControlPolicy || layer == iam.VPCEndpointPolicy || layer == iam.PermissionsBoundary) && c.one(2) {
		s := map[string]any{"Effect": "Allow", "Action": "*", "Resource": "*"}
		if layer.HasPrincipal() {
			s["Principal"] = "*"
		}
		statements = append(statements, s)
	}
	for range pick(c, 1, 1, 2, 3) {
		statements = append(statements, c.statement(layer, g))
	}
	document["Statement"] = statements
	text, err := json.Marshal(document)
	if err != nil {
		panic(err)
	}
	return g.attach(string(text), layer)
}

// attach decodes a policy, and leaves it out when it has errors.
func (g *generated) attach(text string, layer iam.Layer) []eval.Attached {
	decoded, problems := policy.Decode(source.NewFile("p", text), layer)
	if source.HasErrors(problems) {
		return nil
	}
	g.texts = append(g.texts, layer.String()+": "+text)
	return []eval.Attached{{Name: "p", Policy: eval.Compile(decoded)}}
}

// context fills in some of the keys, and declares a few unknown.
func (c *choices) context(g *generated, unknowns int) *iam.Context {
	context := &iam.Context{}
	for _, k := range generatedKeys {
		state := c.below(5)
		switch {
		case state == 0:
			continue
		case state == 1 && len(g.unknown) < unknowns:
			g.unknown = append(g.unknown, k.name)
			context.Set(&iam.Key{Name: k.name, Origin: iam.NotKnown})
			continue
		}
		context.Set(c.known(k))
	}
	return context
}

// known is a key with values: a list for a multivalued key, and now and then for any.
func (c *choices) known(k contextKey) *iam.Key {
	key := &iam.Key{Name: k.name, Origin: iam.Given, Values: []string{pick(c, k.values...)}}
	if k.list || c.one(12) {
		key.List = true
		key.Values = nil
		for range c.below(4) {
			key.Values = append(key.Values, pick(c, k.values...))
		}
	}
	return key
}

// levels writes an organization's path: RCPs have the one that allows everything.
func (c *choices) levels(layer iam.Layer, g *generated) []eval.Level {
	levels := []eval.Level{}
	for i := range c.below(3) {
		level := eval.Level{At: string(rune('a' + i))}
		if layer == iam.ResourceControlPolicy || !c.one(4) {
			level.Policies = append(level.Policies, g.full(layer)...)
		}
		if c.one(2) {
			level.Policies = append(level.Policies, c.policy(layer, g)...)
		}
		levels = append(levels, level)
	}
	return levels
}

// full is the policy that allows everything, FullAWSAccess or its like.
func (g *generated) full(layer iam.Layer) []eval.Attached {
	text := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`
	if layer == iam.ResourceControlPolicy {
		text = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`
	}
	document, _ := policy.Decode(source.NewFile("full", text), layer)
	return []eval.Attached{{Name: "full", Policy: eval.Compile(document)}}
}

// policies is a layer that is absent, present and silent, or has policies.
func (c *choices) policies(layer iam.Layer, g *generated, most int) []eval.Attached {
	if c.one(3) {
		return nil
	}
	list := []eval.Attached{}
	for range 1 + c.below(most) {
		list = append(list, c.policy(layer, g)...)
	}
	return list
}

// generate makes a whole evaluation; only the policies that can meet such a
// caller and resource are there (section 0.2, "gather").
func generate(data []byte, unknowns int) *generated {
	c := &choices{data: data}
	g := &generated{}
	p := c.caller()
	g.request.Principal = p
	g.request.Action, g.request.Resource, g.request.Kind = c.target()
	g.request.Account = pick(c, accountA, accountA, accountA, accountB)
	g.options.BoundaryLimitsTrustedUser = c.one(8)
	g.options.ForAnyValueIfExistsNeedsKey = c.one(8)
	g.request.Context = c.context(g, unknowns)
	if unknowns > 0 && c.one(6) {
		g.request.ResourceUnknown = true
	}
	hasIdentity := p.InAccount() && p.Kind != iam.Root
	if p.Kind == iam.Root && c.one(3) { // S-235
		g.layers.Session = c.policies(iam.SessionPolicy, g, 1)
	}
	if hasIdentity {
		g.layers.Identity = c.policies(iam.IdentityPolicy, g, 2)
		if !p.ServiceLinked {
			g.layers.Boundary = c.policies(iam.PermissionsBoundary, g, 1)
		}
		if p.Kind != iam.User {
			g.layers.Session = c.policies(iam.SessionPolicy, g, 2)
		}
	}
	if p.InAccount() && !p.ServiceLinked && c.one(3) {
		g.layers.SCP = c.levels(iam.ServiceControlPolicy, g)
	}
	if !p.ServiceLinked && c.one(3) {
		g.layers.RCP = c.levels(iam.ResourceControlPolicy, g)
	}
	if c.one(4) {
		g.layers.Endpoint = c.policies(iam.VPCEndpointPolicy, g, 1)
		g.layers.Gateway = c.one(2)
	}
	layer := iam.ResourcePolicy
	if g.request.Kind == eval.RoleTrust {
		layer = iam.TrustPolicy
	}
	g.layers.Resource = c.policies(layer, g, 1)
	return g
}

// describe shows an evaluation in a failing test's message.
func (g *generated) describe() string {
	var b strings.Builder
	p := g.request.Principal
	b.WriteString("caller " + p.ARN + " role " + p.Role + " parent " + p.Parent + " id " + p.UniqueID + " partition " + p.Partition + "\n")
	b.WriteString(g.request.Action + " on " + g.request.Resource + " of " + g.request.Account + "\n")
	for _, k := range g.request.Context.Keys() {
		values, _ := json.Marshal(k.Values)
		b.WriteString("  " + k.Name + " " + k.Origin.String() + " " + string(values))
		if k.List {
			b.WriteString(" list")
		}
		b.WriteString("\n")
	}
	for _, text := range g.texts {
		b.WriteString(text + "\n")
	}
	if g.layers.Boundary != nil {
		b.WriteString("has a boundary\n")
	}
	if g.layers.Session != nil {
		b.WriteString("has a session policy\n")
	}
	if g.layers.Endpoint != nil {
		b.WriteString("comes through an endpoint\n")
	}
	return b.String()
}

// rounds is how often a randomized test runs: less under js/wasm, which is slow.
func rounds(n int) int {
	if runtime.GOARCH == "wasm" {
		return n / 20
	}
	return n
}

// seeds gives a fuzz target texts from a generator of fixed seed.
func seeds(f *testing.F, count, size int) {
	random := newRandom(1)
	for range rounds(count) {
		data := make([]byte, size)
		random.Read(data)
		f.Add(data)
	}
}

func lower(s string) string { return strings.ToLower(s) }

// anything is a key with any value, or absent.
func (c *choices) anything(k contextKey) *iam.Key {
	if c.one(4) {
		return &iam.Key{Name: k.name, Origin: iam.Absent}
	}
	return c.known(k)
}
