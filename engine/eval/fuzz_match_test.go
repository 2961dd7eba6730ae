package eval_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// single is an evaluation of a user against one statement, which stands in a
// policy of the layer; everything else lets the request pass.
func single(layer iam.Layer, version string, statement map[string]any) *generated {
	g := &generated{}
	g.request = eval.Request{
		Principal: &iam.Principal{Kind: iam.User, ARN: userArn, Account: accountA},
		Action:    "s3:GetObject", Resource: "arn:aws:s3:::bucket/key", Account: accountA, Context: &iam.Context{},
	}
	statement["Effect"] = "Allow"
	if layer.HasPrincipal() {
		statement["Principal"] = "*"
	}
	document := map[string]any{"Statement": []any{statement}}
	if version != "" {
		document["Version"] = version
	}
	text, err := json.Marshal(document)
	if err != nil {
		panic(err)
	}
	attached := g.attach(string(text), layer)
	switch layer {
	case iam.IdentityPolicy:
		g.layers.Identity = attached
	case iam.PermissionsBoundary:
		g.layers.Identity, g.layers.Boundary = g.full(iam.IdentityPolicy), attached
	case iam.SessionPolicy:
		g.layers.Identity, g.layers.Session = g.full(iam.IdentityPolicy), attached
	case iam.ServiceControlPolicy:
		g.layers.Identity, g.layers.SCP = g.full(iam.IdentityPolicy), []eval.Level{{At: "r", Policies: attached}}
	case iam.VPCEndpointPolicy:
		g.layers.Identity, g.layers.Endpoint = g.full(iam.IdentityPolicy), attached
	case iam.ResourcePolicy:
		g.layers.Resource = attached
	}
	if attached == nil {
		return nil // not a valid policy
	}
	return g
}

var singleLayers = []iam.Layer{
	iam.IdentityPolicy, iam.PermissionsBoundary, iam.SessionPolicy, iam.ServiceControlPolicy, iam.VPCEndpointPolicy, iam.ResourcePolicy,
}

// FuzzResourceMatch matches one pattern with one resource. Where there are
// edits the pattern is made of the resource by them, so that most nearly match.
func FuzzResourceMatch(f *testing.F) {
	random := newRandom(3)
	for i, pattern := range resourceSeeds {
		edits := make([]byte, 12)
		random.Read(edits)
		f.Add(pattern, generatedResources[i%len(generatedResources)], []byte{}, byte(i))
		f.Add("", generatedResources[i%len(generatedResources)], edits, byte(i*7))
		f.Add("", resourceSeeds[i], edits, byte(i*5))
		f.Add(pattern, "arn:aws:s3:::bucket/Alice", []byte{}, byte(i%6))
	}
	f.Fuzz(checkResource)
}

var resourceSeeds = []string{
	"*", "**", "arn:*", "arn:aws:sqs:*", "arn:aws:sqs:us-*-1:111122223333:q", "arn:aws:sqs:us-*:q", "arn:aws:s3:::b*/k?y",
	"arn:aws:s3:::bucket/*/test/*", "arn:aws:ec2:us-*:111122223333:x", "arn:aws:s3", "arn:aws:s3:::", "arn:aws:s3:::${aws:username}", "arn:aws:s3:::${*}${?}${$}",
	"arn:aws:s3:::${aws:username, 'a:b*'}/x", "arn:*:*:*:*:*", "arn:?ws:s3:::bucket", "arn:aws:logs:us-east-1:1:log-group:app:*", "arn:aws:*:x", "arn:aws:s3:*:*:*", "arn:aws:s3:::*",
	"arn:aws:s3:::bucket/${aws:username}", "arn:aws:s3:::bucket/${aws:username, 'Bob'}", "arn:a*s:s*3:u*s:1*1:a:b:c*d", "arn:aws:s3::*:bucket", "arn:aws:s3:::bücket/😀?",
}

func checkResource(t *testing.T, pattern, value string, edits []byte, flags byte) {
	value = strings.ToValidUTF8(value, "?")
	if value != "*" && (!strings.HasPrefix(value, "arn:") || strings.Count(value, ":") < 5) {
		value = "arn:aws:s3:::" + value
	}
	if len(edits) > 0 {
		pattern = (&choices{data: edits}).mutate(value)
	}
	element := []string{"Resource", "NotResource"}[flags>>7]
	version := []string{"2012-10-17", "2008-10-17"}[flags>>6&1]
	layer := singleLayers[int(flags&63)%len(singleLayers)]
	if layer == iam.ServiceControlPolicy {
		version = "2012-10-17"
	}
	g := single(layer, version, map[string]any{"Action": "*", element: pattern})
	if g == nil {
		return
	}
	g.request.Resource = value
	for _, username := range []string{"", "Alice", "a:b", "*"} {
		if username != "" {
			g.request.Context.Set(&iam.Key{Name: "aws:username", Values: []string{username}})
		}
		compare(t, g)
	}
	for _, list := range [][]string{{"Alice"}, {"Alice", "Bob"}, {}} { // S-075: no variable reads a list
		g.request.Context.Set(&iam.Key{Name: "aws:username", Values: list, List: true})
		compare(t, g)
	}
}

// FuzzActionMatch matches one pattern with one action.
func FuzzActionMatch(f *testing.F) {
	random := newRandom(4)
	for i, action := range generatedActions {
		edits := make([]byte, 12)
		random.Read(edits)
		f.Add("", action, edits, byte(i))
		f.Add([]string{"*", "*:*", "s*:Get*", "S3:getobject", "s3:Get?bject", "s3:", ":", "?:*", "s3:Get Object", "s3:a:b"}[i%10], action, []byte{}, byte(i<<7))
	}
	f.Fuzz(checkAction)
}

func checkAction(t *testing.T, pattern, action string, edits []byte, flags byte) {
	ascii := func(r rune) rune {
		if r < ' ' || r > '~' {
			return 'x'
		}
		return r
	}
	action = strings.Map(ascii, action)
	if len(edits) > 0 {
		pattern = (&choices{data: edits}).mutate(action)
	}
	if !strings.Contains(action, ":") {
		action = "s3:" + action
	}
	element := []string{"Action", "NotAction"}[flags>>7]
	g := single(iam.IdentityPolicy, "2012-10-17", map[string]any{element: pattern, "Resource": "*"})
	if g == nil {
		return
	}
	g.request.Action = action
	compare(t, g)
}

// FuzzCondition tests one operator on one key against one context.
func FuzzCondition(f *testing.F) {
	for i, base := range generatedBases {
		key := generatedKeys[families(base)[0]]
		for j := range 8 {
			v := func(n int) string { return key.values[(i*3+j*n+n)%len(key.values)] }
			f.Add(byte(i), uint16(i*9173+j*4099), v(1), v(2), v(3), v(5))
		}
		for flags := range uint16(64) {
			f.Add(byte(i), flags*1021, "${aws:username}", "x${aws:username, 'y'}", "true", "true")
		}
	}
	f.Fuzz(checkCondition)
}

// vastExponent is a number that the reference can't write out.
var vastExponent = regexp.MustCompile(`[eE][+-]?[0-9]{5,}`)

func checkCondition(t *testing.T, base byte, flags uint16, policy1, policy2, value1, value2 string) {
	for _, text := range []*string{&policy1, &policy2, &value1, &value2} {
		*text = strings.ToValidUTF8(*text, "?") // whatever is read from JSON is
	}
	if vastExponent.MatchString(strings.Join([]string{policy1, policy2, value1, value2}, " ")) {
		return
	}
	c := &choices{data: []byte{byte(flags), byte(flags), byte(flags >> 2), byte(flags >> 4), byte(flags >> 7), byte(flags >> 9), byte(flags >> 11), byte(flags >> 12)}}
	name := generatedBases[int(base)%len(generatedBases)]
	quantifier := pick(c, "", "", "ForAllValues:", "ForAnyValue:")
	ifExists := ""
	if c.one(2) && name != "Null" {
		ifExists = "IfExists"
	}
	policyValues := [][]string{{policy1}, {policy1, policy2}, {policy1}, {}}[c.below(4)]
	layer := pick(c, iam.IdentityPolicy, iam.ResourcePolicy)
	version := pick(c, "2012-10-17", "2012-10-17", "2008-10-17", "")
	g := single(layer, version, map[string]any{
		"Action": "*", "Resource": "*",
		"Condition": map[string]any{quantifier + name + ifExists: map[string]any{"x:Key": policyValues}},
	})
	if g == nil {
		return
	}
	switch c.below(6) {
	case 0:
	case 1:
		g.request.Context.Set(&iam.Key{Name: "X:KEY", List: true})
	case 2:
		g.request.Context.Set(&iam.Key{Name: "X:key", List: true, Values: []string{value1, value2}})
	default:
		g.request.Context.Set(&iam.Key{Name: "X:key", Values: []string{value1}})
	}
	g.request.Context.Set(&iam.Key{Name: "aws:username", Values: []string{value2}, List: flags>>15 == 1})
	g.options.ForAnyValueIfExistsNeedsKey = c.one(2)
	compare(t, g)
}
