package scenario_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// openKey is a key of the small world in which unknown keys are tried by brute
// force: what policies write of it, and every value that it is given.
type openKey struct {
	name      string
	operators []string
	written   []string
	universe  []string
	always    bool // never absent
	list      bool // may have several values
}

var textValues = []string{"", "a", "b", "ab", "A", "a*", "*b", "?", "*", "a?", "??b", "${x:b}", "${x:a}*", "${x:a, 'a'}", "b${x:b}", "${*}"}

var textOperators = []string{"StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase", "Null"}

var openKeys = []openKey{
	{name: "x:a", operators: textOperators, written: textValues, universe: words()},
	{name: "x:b", operators: textOperators, written: textValues, universe: words()},
	{
		name: "x:n", operators: []string{"NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericGreaterThanEquals", "Null"},
		written:  []string{"0", "1", "2", "5", "2.5", "-1"},
		universe: []string{"-2", "-1", "-0.5", "0", "0.5", "1", "1.5", "2", "2.25", "2.5", "2.75", "3", "5", "6"},
	},
	{
		name: "aws:MultiFactorAuthPresent", operators: []string{"Bool", "BoolIfExists", "Null", "StringEquals"},
		written: []string{"true", "false"}, universe: []string{"true", "false"},
	},
	{
		name: "aws:CurrentTime", operators: []string{"DateLessThan", "DateGreaterThan", "DateEquals", "DateNotEquals", "Null"}, always: true,
		written:  []string{"2026-01-01T00:00:00Z", "2026-01-02", "1767225600", "2026-01-02T00:00:01Z"},
		universe: []string{"0", "1767225599", "1767225600", "1767225601", "1767312000", "1767311999", "1767312001", "1767312002", "1900000000"},
	},
	{
		name: "aws:SourceIp", operators: []string{"IpAddress", "NotIpAddress", "Null"},
		written:  []string{"10.0.0.0/8", "10.0.0.0/30", "10.0.0.1", "2001:db8::/127", "0.0.0.0/0"},
		universe: []string{"9.255.255.255", "10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "11.0.0.0", "2001:db8::", "2001:db8::1", "2001:db8::2", "::1"},
	},
	{
		name: "aws:TagKeys", list: true, written: []string{"a", "b", "a*", "*", "", "A"}, universe: []string{"a", "b", "ab", "A", "", "c", "a*", "*"},
		operators: []string{"ForAllValues:StringEquals", "ForAnyValue:StringEquals", "ForAllValues:StringLike", "ForAnyValue:StringNotLike", "ForAllValues:StringNotEquals", "Null", "StringEquals", "ForAnyValue:StringEqualsIfExists"},
	},
}

// words are texts of up to two letters of a small alphabet, all that policies
// write, and what their variables make of those.
func words() []string {
	list := []string{"value", "vb", "abb", "bab", "aab", "Abb", "ccb", "valueb", "ccc", "bbb"}
	for _, a := range "abABc" {
		list = append(list, string(a))
		for _, b := range "abABc" {
			list = append(list, string(a)+string(b))
		}
	}
	for _, written := range []string{"", "a", "b", "ab", "A", "a*", "*b", "?", "*", "a?", "??b", "value"} {
		for _, text := range []string{written, written + "*", "b" + written} {
			list = append(list, text, strings.ToUpper(text))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// drawn takes decisions from bytes; 0 when they run out.
type drawn struct{ data []byte }

func (d *drawn) below(n int) int {
	if len(d.data) == 0 {
		return 0
	}
	b := d.data[0]
	d.data = d.data[1:]
	return int(b) % n
}

// openCase is a small scenario: a user with one policy, some keys given, and
// one or two keys that are unknown, or absent.
type openCase struct {
	policy   string
	resource string // empty when it is unknown
	given    map[string]string
	open     []openKey
}

// resourcePatterns are what policies write of the resource, openResources what
// it may be: of the caller's account, or of none in particular.
var (
	resourcePatterns = []string{
		"*", "arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket", "arn:aws:s3:::b*", "arn:aws:s3", "arn:aws:sqs:*:111122223333:q", "arn:aws:sqs:us-*:q",
		"arn:aws:s3:::*/ab", "arn:aws:s3:::bucket/?b", "arn:aws:sqs:*", "arn:aws:sqs:us-east-1:111122223333:q?", "arn:aws:s3:::*", "arn:*:*:*:*:*", "arn:aws:s3:::bucket/${*}",
	}
	openResources = []string{
		"arn:aws:s3:::bucket", "arn:aws:s3:::bucket/", "arn:aws:s3:::bucket/ab", "arn:aws:s3:::bucket/bb", "arn:aws:s3:::bucket/a", "arn:aws:s3:::bucket/*",
		"arn:aws:s3:::b", "arn:aws:s3:::b/ab", "arn:aws:s3:::c", "arn:aws:s3:::c/ab", "arn:aws:s3:::/ab", "arn:aws:s3:us-east-1:111122223333:x", "arn:aws:s3:::",
		"arn:aws:sqs:us-east-1:111122223333:q", "arn:aws:sqs:us-east-1:111122223333:qq", "arn:aws:sqs:eu-west-1:111122223333:q", "arn:aws:sqs:us-east-1:111122223333:x:q",
		"arn:aws:sqs:eu-west-1:111122223333:r", "arn:aws:sqs:us-east-1:111122223333:r", "arn:aws:sqs:us-:111122223333:q", "arn:aws:sqs::111122223333:q", "arn:aws:sqs:::q",
		"arn:aws:sqs:us-east-1::q", "arn:aws:sqs:us-east-1::r", "arn:aws:sns:us-east-1:111122223333:t", "arn:aws:iam::111122223333:user/x", "arn:aws:x:::", "arn:aws:::111122223333:",
		"arn:aws:s3:::bucket/abb/ab", "arn:aws:s3:::x/ab", "arn:aws:s3::111122223333:bucket", "arn:aws:sqs:us-x::q", "arn:aws:sqs:us-x::x:q", "arn:aws:sqs:::r",
	}
)

func drawCase(data []byte) *openCase {
	d := &drawn{data}
	c := &openCase{resource: "arn:aws:s3:::bucket/ab", given: map[string]string{}}
	first := d.below(len(openKeys))
	keys := []openKey{openKeys[first], openKeys[(first+1+d.below(len(openKeys)-1))%len(openKeys)]}
	c.open = keys[:1+d.below(2)]
	for _, key := range keys[len(c.open):] {
		if d.below(2) == 0 {
			c.given[key.name] = key.universe[d.below(len(key.universe))]
		}
	}
	var statements []any
	for range 1 + d.below(3) {
		statements = append(statements, drawStatement(d, keys))
	}
	if d.below(4) == 0 {
		c.resource = ""
		for _, s := range statements {
			statement := s.(map[string]any)
			delete(statement, "NotResource")
			delete(statement, "Resource")
			statement[[]string{"Resource", "Resource", "NotResource"}[d.below(3)]] = resourcePatterns[d.below(len(resourcePatterns))]
		}
	}
	text, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": statements})
	if err != nil {
		panic(err)
	}
	c.policy = string(text)
	return c
}

func drawStatement(d *drawn, keys []openKey) map[string]any {
	s := map[string]any{"Effect": []string{"Allow", "Allow", "Deny"}[d.below(3)], "Action": "s3:GetObject", "Resource": "*"}
	switch d.below(8) {
	case 0:
		s["Resource"] = []string{"arn:aws:s3:::bucket/${x:a}", "arn:aws:s3:::bucket/a${x:b}*"}[d.below(2)]
	case 1:
		s["NotResource"] = "arn:aws:s3:::bucket/${x:a}"
		delete(s, "Resource")
	}
	block := map[string]map[string]any{}
	for range d.below(4) {
		key := keys[d.below(len(keys))]
		operator := key.operators[d.below(len(key.operators))]
		var values []string
		for range 1 + d.below(2) {
			values = append(values, key.written[d.below(len(key.written))])
		}
		if operator == "Null" {
			values = []string{[]string{"true", "false"}[d.below(2)]}
		}
		if block[operator] == nil {
			block[operator] = map[string]any{}
		}
		block[operator][key.name] = values
	}
	if len(block) > 0 {
		s["Condition"] = block
	}
	return s
}

// states are all that an open key can be: absent (nil), each value, and for a
// key with several values the sets of up to three.
func (k *openKey) states() []*iam.Key {
	var states []*iam.Key
	if !k.always {
		states = append(states, nil)
	}
	for _, v := range k.universe {
		states = append(states, &iam.Key{Name: k.name, Values: []string{v}, List: k.list})
	}
	if !k.list {
		return states
	}
	set := func(values ...string) {
		states = append(states, &iam.Key{Name: k.name, Values: values, List: true})
	}
	set()
	for i, a := range k.universe {
		for j, b := range k.universe[:i] {
			set(a, b)
			for _, c := range k.universe[:j] {
				set(a, b, c)
			}
		}
	}
	return states
}

// dimension is one thing that is open, with all that it can be.
type dimension struct {
	name      string
	keys      []*iam.Key
	resources []string
}

func (d *dimension) size() int { return len(d.keys) + len(d.resources) }

// brute decides every world of a case, the first dimension fastest. World 0 is
// the request as it is when the open keys are absent and absence comes first.
func (c *openCase) brute(dimensions []dimension) []iam.Decision {
	document, _ := policy.Decode(source.NewFile("p", c.policy), iam.IdentityPolicy)
	layers := &eval.Layers{Identity: []eval.Attached{{Name: "p", Policy: eval.Compile(document)}}}
	size := 1
	for i := range dimensions {
		size *= dimensions[i].size()
	}
	decisions := make([]iam.Decision, size)
	for n := range decisions {
		request := eval.NewRequest(c.world(dimensions, n))
		decisions[n] = eval.Evaluate(layers, request, iam.Options{}, nil).Decision
	}
	return decisions
}

// world is the request in which everything open has one of its values.
func (c *openCase) world(dimensions []dimension, n int) eval.Request {
	request := eval.Request{
		Principal: &iam.Principal{Kind: iam.User, ARN: "arn:aws:iam::111122223333:user/A", Account: "111122223333", Partition: "aws"},
		Action:    "s3:GetObject", Resource: c.resource, Account: "111122223333", Context: &iam.Context{},
	}
	for name, value := range c.given {
		request.Context.Set(&iam.Key{Name: name, Values: []string{value}, List: name == "aws:TagKeys"})
	}
	for i := range dimensions {
		d := &dimensions[i]
		at := n % d.size()
		n /= d.size()
		switch {
		case d.resources != nil:
			request.Resource = d.resources[at]
		case d.keys[at] != nil:
			request.Context.Set(d.keys[at])
		}
	}
	return request
}

// run asks the engine, with the open keys declared unknown or left absent.
func (c *openCase) run(t *testing.T, unknown bool) *scenario.RequestResult {
	t.Helper()
	request := map[string]any{"name": "r", "principal": "arn:aws:iam::111122223333:user/A", "action": "s3:GetObject"}
	context := map[string]any{}
	for name, value := range c.given {
		context[name] = value
		if name == "aws:TagKeys" {
			context[name] = []string{value}
		}
	}
	request["context"] = context
	if unknown {
		var names []string
		for _, key := range c.open {
			names = append(names, key.name)
		}
		if c.resource == "" {
			names = append(names, "resource")
		}
		request["unknown"] = names
	}
	if c.resource != "" {
		request["resource"] = c.resource
	}
	text := marshal(t, map[string]any{
		"version": 1, "title": "t", "policies": map[string]any{"P": json.RawMessage(c.policy)},
		"identities": []any{map[string]any{"arn": "arn:aws:iam::111122223333:user/A", "policies": []string{"P"}}},
		"requests":   []any{request},
	})
	result := scenario.Decode(source.NewFile("s", text), nil).Run(iam.Options{}, nil)
	if len(result.Results) != 1 {
		return nil
	}
	return &result.Results[0]
}

// FuzzWorlds compares what the engine says of unknown and of missing keys with
// brute force over a rich universe of values.
func FuzzWorlds(f *testing.F) {
	random := rand.NewChaCha8([32]byte{5})
	count := 300
	if runtime.GOARCH == "wasm" { // which is slow
		count = 20
	}
	for range count {
		data := make([]byte, 60)
		random.Read(data)
		f.Add(data)
	}
	f.Fuzz(checkWorlds)
}

func checkWorlds(t *testing.T, data []byte) {
	c := drawCase(data)
	result := c.run(t, true)
	if result == nil {
		return // the policy has a problem
	}
	if problem := c.checkUnknown(result); problem != "" {
		t.Fatalf("unknown %s: %s\n%s\ngiven %v", c.names(), problem, c.policy, c.given)
	}
	if c.otherKeys() || c.linked() || c.resource == "" {
		return
	}
	if problem := c.checkMissing(c.run(t, false)); problem != "" {
		t.Fatalf("absent %s: %s\n%s\ngiven %v", c.names(), problem, c.policy, c.given)
	}
}

func (c *openCase) names() string {
	var names []string
	for _, key := range c.open {
		names = append(names, key.name)
	}
	return strings.Join(names, ", ")
}

// otherKeys says whether the policy names a key that is neither open nor given.
func (c *openCase) otherKeys() bool {
	for _, key := range openKeys {
		_, given := c.given[key.name]
		open := slices.ContainsFunc(c.open, func(k openKey) bool { return k.name == key.name })
		if !given && !open && strings.Contains(c.policy, key.name) {
			return true
		}
	}
	return false
}

// linked says whether the policy may compare the open keys with each other by
// a policy variable. Not every pair of values that fit is then tried: the
// decision is sound all the same, but a key may be left out of the lists.
func (c *openCase) linked() bool {
	return len(c.open) == 2 && strings.Contains(c.policy, "${x:") &&
		!slices.ContainsFunc(c.open, func(k openKey) bool { return k.name != "x:a" && k.name != "x:b" })
}

// checkUnknown: "depends" exactly when two worlds decide differently, and it
// depends on a key exactly when that key alone changes the decision somewhere.
func (c *openCase) checkUnknown(r *scenario.RequestResult) string {
	var dimensions []dimension
	for i := range c.open {
		dimensions = append(dimensions, dimension{name: c.open[i].name, keys: c.open[i].states()})
	}
	if c.resource == "" {
		dimensions = append(dimensions, dimension{name: "resource", resources: openResources})
	}
	decisions := c.brute(dimensions)
	same := !slices.ContainsFunc(decisions, func(d iam.Decision) bool { return d != decisions[0] })
	careful := slices.ContainsFunc(r.Notes, func(note string) bool { return strings.Contains(note, "possibilities") })
	deniedAnyway := strings.HasPrefix(r.Explanation, "The request is denied in any case")
	switch {
	case deniedAnyway && slices.Contains(decisions, iam.Allowed):
		return "said to be denied in any case, but some world allows"
	case r.Decision == iam.Depends && same && !careful:
		return fmt.Sprintf("depends on %v, but every world says %s", r.DependsOn, decisions[0])
	case r.Decision != iam.Depends && (!same || decisions[0] != r.Decision):
		return fmt.Sprintf("%s, but worlds say %s", r.Decision, distinct(decisions))
	case careful, c.linked():
		return ""
	}
	return eachDimension(dimensions, "changes the decision alone somewhere", r.DependsOn, func(n, at, stride int) bool {
		return decisions[n] != decisions[n-at*stride]
	})
}

// eachDimension compares which dimensions are listed with which ones some world
// speaks for; says gets a world's number, the dimension's value in it, and its
// stride, so that n-at*stride is the world with the first value instead.
func eachDimension(dimensions []dimension, what string, list []string, says func(n, at, stride int) bool) string {
	worlds := 1
	for i := range dimensions {
		worlds *= dimensions[i].size()
	}
	stride := 1
	for i := range dimensions {
		found := false
		for n := 0; n < worlds && !found; n++ {
			at := n / stride % dimensions[i].size()
			found = at > 0 && says(n, at, stride)
		}
		stride *= dimensions[i].size()
		if listed := slices.Contains(list, dimensions[i].name); listed != found {
			return fmt.Sprintf("%s listed: %t, %s: %t", dimensions[i].name, listed, what, found)
		}
	}
	return ""
}

// checkMissing: a key is listed exactly when some combination of the absent
// keys' values decides otherwise than now, and would not without the key.
func (c *openCase) checkMissing(r *scenario.RequestResult) string {
	var dimensions []dimension
	for i := range c.open {
		key := c.open[i]
		key.always = false
		dimensions = append(dimensions, dimension{name: key.name, keys: key.states()})
	}
	decisions := c.brute(dimensions)
	now := decisions[0]
	if now != r.Decision {
		return fmt.Sprintf("%s, but the world as it is says %s", r.Decision, now)
	}
	return eachDimension(dimensions, "can change the decision", r.MissingContextKeys, func(n, at, stride int) bool {
		return decisions[n] != now && decisions[n-at*stride] == now
	})
}

func distinct(decisions []iam.Decision) string {
	var names []string
	for _, d := range decisions {
		if !slices.Contains(names, d.String()) {
			names = append(names, d.String())
		}
	}
	return strings.Join(names, " and ")
}
