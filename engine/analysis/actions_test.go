package analysis_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"

	"fenceline/engine/account"
	"fenceline/engine/analysis"
	"fenceline/engine/catalogue/data"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// The fast path decides one action for all that are like it. These tests hold
// it to the plain evaluation, action by action, over random accounts.

// principals is how many random principals are tried; actions how many actions
// of each, of which some are those that their policies name.
const (
	principals = 1000
	actions    = 40
)

func TestEveryActionIsDecidedAsItWouldBeAlone(t *testing.T) {
	x := index()
	rounds := principals
	if testing.Short() || runtime.GOOS == "js" { // where the same takes many times as long
		rounds /= 20
	}
	counts := map[iam.Decision]int{}
	for seed := range rounds {
		g := newGenerator(uint64(seed), x)
		text, question := g.scenario()
		m := decode(t, text)
		table := analysis.Actions(m, x, question)
		for range actions {
			i := g.Intn(len(x.Actions))
			if g.oneIn(2) {
				i = g.likely()
			}
			compare(t, m, x, &table, question, i, text)
			if class := table.Of[i]; class != analysis.NotAsked {
				counts[table.Classes[class].Decision]++
			}
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	t.Log(counts)
	for _, decision := range []iam.Decision{iam.Allowed, iam.ExplicitDeny, iam.ImplicitDeny, iam.Depends} {
		if counts[decision] < rounds {
			t.Errorf("%s came out %d times only: the accounts are not varied enough", decision, counts[decision])
		}
	}
}

// compare holds one action of a table to its own evaluation.
func compare(t *testing.T, m *scenario.Moment, x *analysis.Index, table *analysis.Table, q analysis.Question, i int, text string) {
	t.Helper()
	q.Request = q.Opened(m)
	request, asked := alone(x, i, q)
	if !asked {
		if table.Of[i] != analysis.NotAsked {
			t.Errorf("%s was asked on %s, which it is not for", x.Actions[i].Name, q.Request.Resource)
		}
		return
	}
	if table.Of[i] == analysis.NotAsked {
		t.Errorf("%s was not asked", x.Actions[i].Name)
		return
	}
	class := &table.Classes[table.Of[i]]
	found, ok := m.Ask(m.Account().Caller(&request), &request)
	if !ok {
		t.Fatalf("%s can't be decided: %v\n%s", x.Actions[i].Name, found.Resolved.Broken, text)
	}
	want := fmt.Sprint(found.Verdict.Decision, found.Verdict.By, found.Determining(), found.DependsOn, found.Never, found.Inexact)
	got := fmt.Sprint(class.Decision, class.DecidedBy, class.Determining, class.DependsOn, class.Never, class.Inexact)
	if got != want {
		t.Errorf("%s on %q:\n got %s\nwant %s\n%s", x.Actions[i].Name, class.Resource, got, want, text)
	}
}

// alone is the request that one action makes of a question; false where the
// action is not for its resource.
func alone(x *analysis.Index, i int, q analysis.Question) (account.Request, bool) {
	r := q.Request
	r.Action = x.Actions[i].Name
	_, action := data.Catalogue().Action(r.Action)
	switch {
	case len(action.Resources) == 0:
		r.Resource, r.ResourceUnknown = "*", false
		return r, true
	case r.ResourceUnknown || r.Resource == "*":
		return r, true
	}
	for _, use := range action.Resources {
		if use.Type.Fits(r.Resource) {
			return r, true
		}
	}
	return r, false
}

// index lists all of AWS's actions.
var index = sync.OnceValue(func() *analysis.Index { return analysis.NewIndex(data.Catalogue()) })

func decode(t testing.TB, text string) *scenario.Moment {
	t.Helper()
	s := scenario.Decode(source.NewFile("scenario", text), nil)
	for _, p := range s.Problems {
		if p.Severity == source.Error {
			t.Fatalf("%s: %s\n%s", p.Code, p.Message, text)
		}
	}
	return s.First(iam.Options{})
}

// generator makes random accounts.
type generator struct {
	*rand.Rand
	x     *analysis.Index
	named []int // actions that policies name
}

func newGenerator(seed uint64, x *analysis.Index) *generator {
	return &generator{Rand: rand.New(rand.NewPCG(seed, 7)), x: x}
}

func (g *generator) Intn(n int) int      { return g.IntN(n) }
func (g *generator) oneIn(n int) bool    { return g.IntN(n) == 0 }
func (g *generator) likely() int         { return pick(g, append(g.named, g.IntN(len(g.x.Actions)))) }
func pick[T any](g *generator, of []T) T { return of[g.IntN(len(of))] }

const (
	user   = "arn:aws:iam::111122223333:user/U"
	role   = "arn:aws:iam::111122223333:role/R"
	bucket = "arn:aws:s3:::fence"
	key    = "arn:aws:kms:eu-central-1:111122223333:key/1"
)

// services are those whose actions policies name more often: with rules of
// their own, and without.
var services = []string{"s3", "iam", "sts", "kms", "ec2", "dynamodb", "logs", "sqs", "route53"}

// action is an action, or a pattern near one.
func (g *generator) action() string {
	at := g.IntN(len(g.x.Actions))
	if !g.oneIn(4) {
		prefix := pick(g, services) + ":"
		for !strings.HasPrefix(g.x.Actions[at].Name, prefix) {
			at = g.IntN(len(g.x.Actions))
		}
	}
	g.named = append(g.named, at)
	name := g.x.Actions[at].Name
	service, rest, _ := strings.Cut(name, ":")
	cut := g.IntN(len(rest))
	switch g.IntN(9) {
	case 0:
		return service + ":*"
	case 1, 2:
		return service + ":" + rest[:cut] + "*"
	case 3:
		return strings.ToUpper(service) + ":*" + rest[cut:]
	case 4:
		return service[:1] + "*:" + rest[:cut] + "?" + rest[cut+1:]
	case 5:
		return service + ":" + rest[:cut] + "*" + rest[len(rest)-1:]
	}
	return name
}

func (g *generator) some(most int, make func() string) []string {
	list := []string{}
	for range 1 + g.IntN(most) {
		list = append(list, make())
	}
	return list
}

func (g *generator) resource() string {
	return pick(g, []string{"*", "*", bucket, bucket + "/*", bucket + "/${aws:username}/*", "arn:aws:s3:::*", key, "arn:aws:kms:*:111122223333:key/*",
		role, "arn:aws:iam::111122223333:role/*", user, "arn:aws:ec2:*:111122223333:instance/*", "arn:aws:ec2:*:*:*", "arn:aws:logs:*:111122223333:log-group:x:*"})
}

func (g *generator) condition() map[string]any {
	return pick(g, []map[string]any{
		{"Bool": map[string]any{"aws:MultiFactorAuthPresent": "true"}},
		{"BoolIfExists": map[string]any{"aws:MultiFactorAuthPresent": "false"}},
		{"StringEquals": map[string]any{"aws:RequestedRegion": "us-east-1"}},
		{"IpAddress": map[string]any{"aws:SourceIp": "203.0.113.0/24"}},
		{"StringEquals": map[string]any{"aws:PrincipalTag/team": []string{"red", "blue"}}},
		{"StringNotLike": map[string]any{"aws:ResourceTag/team": "r*"}},
		{"Null": map[string]any{"aws:RequestTag/x": "true"}},
		{"ForAnyValue:StringEquals": map[string]any{"aws:TagKeys": []string{"a"}}},
	})
}

// statement is one of an identity's policy, or of another kind.
func (g *generator) statement(kind string) map[string]any {
	s := map[string]any{"Effect": "Allow", "Action": g.some(3, g.action), "Resource": g.some(2, g.resource)}
	if g.oneIn(4) {
		s["Effect"] = "Deny"
	}
	if g.oneIn(8) {
		s["Action"] = "*"
	}
	if g.oneIn(8) && kind != "resource" && kind != "rcp" {
		s["NotAction"] = s["Action"]
		delete(s, "Action")
	}
	if g.oneIn(3) {
		s["Condition"] = g.condition()
	}
	switch kind {
	case "resource":
		s["Principal"] = pick(g, []any{"*", map[string]any{"AWS": "111122223333"}, map[string]any{"AWS": []string{user, role}}})
		s["Resource"] = []string{bucket, bucket + "/*"}
		s["Action"] = []string{"s3:Get*", "s3:PutObject", "s3:" + pick(g, []string{"*", "List*", "DeleteObject"})}
	case "rcp":
		s["Effect"], s["Principal"] = "Deny", "*"
		s["Action"] = pick(g, []string{"s3:*", "kms:Decrypt", "sts:AssumeRole", "sqs:Send*"})
	}
	return s
}

func (g *generator) policy(kind string) map[string]any {
	list := []any{}
	for range 1 + g.IntN(3) {
		list = append(list, g.statement(kind))
	}
	return map[string]any{"Version": "2012-10-17", "Statement": list}
}

// scenario is a random account and a question to ask of it.
func (g *generator) scenario() (string, analysis.Question) {
	policies := map[string]any{}
	have := func(name, kind string) []string {
		policies[name] = g.policy(kind)
		return []string{name}
	}
	trust := map[string]any{"Version": "2012-10-17", "Statement": map[string]any{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": map[string]any{"AWS": pick(g, []string{"111122223333", user})}}}
	policies["Trust"] = trust
	group := map[string]any{"arn": "arn:aws:iam::111122223333:group/G", "policies": have("G", "identity")}
	identity := map[string]any{"arn": user, "groups": []string{"arn:aws:iam::111122223333:group/G"}, "policies": append(have("P1", "identity"), have("P2", "identity")...), "tags": map[string]string{"team": "red"}}
	other := map[string]any{"arn": role, "policies": have("P3", "identity"), "trust": "Trust"}
	if g.oneIn(2) {
		identity["boundary"], other["boundary"] = have("B", "identity")[0], "B"
	}
	doc := map[string]any{"version": 1, "title": "random", "policies": policies, "identities": []any{group, identity, other}}
	resource := map[string]any{"arn": bucket, "tags": map[string]string{"team": "blue"}}
	if g.oneIn(2) {
		resource["policy"] = have("BucketPolicy", "resource")[0]
	}
	doc["resources"] = []any{resource}
	if g.oneIn(3) {
		levels := func(name string) []string { return append([]string{"FullAWSAccess"}, have(name, "identity")...) }
		rcps := []string{}
		if g.oneIn(2) {
			rcps = have("RCP", "rcp")
		}
		doc["organization"] = map[string]any{"id": "o-exampleorgid", "managementAccount": "999999999999", "root": map[string]any{
			"id": "r-abcd", "scps": levels("S1"), "rcps": rcps, "units": []any{map[string]any{"id": "ou-abcd-11111111", "name": "W", "scps": levels("S2"),
				"accounts": []any{map[string]any{"id": "111122223333", "scps": levels("S3")}}}}}}
	}
	q := g.question()
	if q.Request.Kind == iam.RoleSession && g.oneIn(2) {
		q.Request.Session = &account.Session{Policies: have("Scope", "identity")}
	}
	// A session policy is used by the question alone, so a request of the file names it, too.
	if q.Request.Session != nil {
		doc["requests"] = []any{map[string]any{"principal": role, "action": "s3:GetObject", "resource": "*", "session": map[string]any{"policies": []string{"Scope"}}}}
	}
	text, err := json.Marshal(doc)
	if err != nil {
		panic(err)
	}
	return string(text), q
}

func (g *generator) question() analysis.Question {
	q := analysis.Question{Open: g.oneIn(4)}
	r := &q.Request
	r.Principal, r.Kind = user, iam.User
	if g.oneIn(3) {
		r.Principal, r.Kind = role, iam.RoleSession
	}
	switch g.IntN(4) {
	case 0:
		r.Resource = "*"
	case 1:
		r.ResourceUnknown = true
	default:
		r.Resource = pick(g, []string{bucket, bucket + "/x", key, role, "arn:aws:ec2:eu-central-1:111122223333:instance/i-1", "arn:aws:s3:::other/y"})
	}
	if g.oneIn(2) {
		r.Context = append(r.Context, iam.Key{Name: "aws:MultiFactorAuthPresent", Values: []string{pick(g, []string{"true", "false"})}, Origin: iam.Given})
	}
	if g.oneIn(4) {
		r.Context = append(r.Context, iam.Key{Name: "aws:SourceIp", Origin: iam.NotKnown})
	}
	return q
}

func TestTheSameTableComesOutTwice(t *testing.T) {
	x := index()
	text, q := newGenerator(3, x).scenario()
	first, second := analysis.Actions(decode(t, text), x, q), analysis.Actions(decode(t, text), x, q)
	if !reflect.DeepEqual(first, second) {
		t.Error("two runs differ")
	}
}

func TestNoCatalogueNoActions(t *testing.T) {
	text, q := newGenerator(3, index()).scenario()
	if table := analysis.Actions(decode(t, text), analysis.NewIndex(nil), q); len(table.Of) != 0 || len(table.Classes) != 0 {
		t.Errorf("got %v", table)
	}
}
