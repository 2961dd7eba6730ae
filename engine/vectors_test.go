package engine_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"fenceline/engine"
	"fenceline/engine/contract"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
)

// knownVectors is how many vectors there are; a corpus that shrinks is a mistake.
const knownVectors = 170

// vector is one entry of testdata/vectors.json: the rules of SEMANTICS.md as
// examples (its section 0.1).
type vector struct {
	ID     string
	Rule   []string
	Title  string
	Kind   string
	Given  json.RawMessage
	Expect struct {
		Decision string
		By       []string
		Match    any
		Valid    bool
	}
	Source     string
	Confidence string
}

type caller struct {
	Type, Account, ARN, Role, ParentUser, Service, Federated string
	UniqueID, RoleUniqueID, Canonical                        string
	ServiceLinked                                            bool
}

// given is what a vector of any kind gives.
type given struct {
	Caller                            caller
	Action, Resource, ResourceAccount string
	Identity                          []json.RawMessage
	Groups                            map[string][]json.RawMessage
	Boundary, ResourcePolicy, VPCE    json.RawMessage
	Session                           []json.RawMessage
	SCP, RCP                          [][]json.RawMessage
	ResourceType                      string
	ManagementAccount                 bool
	Context                           map[string]any
	Condition                         json.RawMessage
	Version, Pattern, Value           string
	Principal                         json.RawMessage
	PolicyType                        string
	Policy                            json.RawMessage
}

// layersOf translates the vectors' short names.
var layersOf = map[string]string{
	"identity": "identityPolicy", "boundary": "permissionsBoundary", "session": "sessionPolicy",
	"scp": "serviceControlPolicy", "rcp": "resourceControlPolicy", "resource": "resourcePolicy",
	"role-trust": "trustPolicy", "vpce": "vpcEndpointPolicy", "root": "identityPolicy",
}

func loadVectors(t *testing.T) []vector {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []vector
	decoder := json.NewDecoder(strings.NewReader(string(data)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&list); err != nil {
		t.Fatal(err)
	}
	if len(list) < knownVectors {
		t.Fatalf("%d vectors, there were %d", len(list), knownVectors)
	}
	return list
}

func TestVectors(t *testing.T) {
	for _, v := range loadVectors(t) {
		t.Run(v.ID+" "+v.Title, func(t *testing.T) {
			var g given
			if err := json.Unmarshal(v.Given, &g); err != nil {
				t.Fatal(err)
			}
			switch v.Kind {
			case "request":
				v.checkRequest(t, &g)
			case "condition", "resource-match", "action-match":
				v.checkMatch(t, &g)
			case "principal-match":
				v.checkPrincipal(t, &g)
			case "validate":
				v.checkValid(t, &g)
			default:
				t.Fatalf("unknown kind %q", v.Kind)
			}
		})
	}
}

func (v *vector) checkRequest(t *testing.T, g *given) {
	r := g.evaluate(t)
	if r.Decision.String() != v.Expect.Decision {
		t.Fatalf("%s by %s, want %s (%s)", r.Decision, r.DecidedBy, v.Expect.Decision, strings.Join(v.Rule, " "))
	}
	if len(v.Expect.By) == 0 {
		return
	}
	var by []string
	for _, name := range v.Expect.By {
		by = append(by, layersOf[name])
		if name == "resource" {
			by = append(by, "trustPolicy")
		}
	}
	if !slices.Contains(by, r.DecidedBy.String()) {
		t.Errorf("decided by %s, want one of %v", r.DecidedBy, by)
	}
}

// checkMatch puts a condition or a pattern into the only Allow there is.
func (v *vector) checkMatch(t *testing.T, g *given) {
	statement := map[string]any{"Effect": "Allow", "Action": "*", "Resource": "*"}
	g.Caller = caller{Type: "user", Account: "111122223333", ARN: "arn:aws:iam::111122223333:user/caller"}
	if g.Action == "" {
		g.Action = "test:Operation"
	}
	switch v.Kind {
	case "condition":
		statement["Condition"] = g.Condition
	case "resource-match":
		statement["Resource"] = g.Pattern
		g.Resource, g.ResourceAccount = g.Value, "111122223333"
	case "action-match":
		statement["Action"] = g.Pattern
	}
	if g.Version == "" {
		g.Version = "2012-10-17"
	}
	policy, err := json.Marshal(map[string]any{"Version": g.Version, "Statement": statement})
	if err != nil {
		t.Fatal(err)
	}
	g.Identity = []json.RawMessage{policy}
	r := g.evaluate(t)
	got := r.Layers[0].Policies[0].Statements[0].Outcome == iam.Match
	if got != v.Expect.Match {
		t.Errorf("match is %t, want %v", got, v.Expect.Match)
	}
}

func (v *vector) checkPrincipal(t *testing.T, g *given) {
	policy, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": map[string]any{
		"Effect": "Allow", "Principal": g.Principal, "Action": "*", "Resource": "*"}})
	if err != nil {
		t.Fatal(err)
	}
	g.ResourcePolicy = policy
	g.Action, g.Resource = "s3:GetObject", "arn:aws:s3:::bucket/key"
	g.ResourceAccount = "111122223333"
	r := g.evaluate(t)
	if got := r.Layers[0].Policies[0].Statements[0].Principal.Class; got != v.Expect.Match {
		t.Errorf("class is %s, want %v", got, v.Expect.Match)
	}
}

func (v *vector) checkValid(t *testing.T, g *given) {
	layer, ok := iam.ParseLayer(layersOf[g.PolicyType])
	if !ok {
		t.Fatalf("unknown policy type %q", g.PolicyType)
	}
	valid := true
	for _, p := range engine.Validate(layer, string(g.Policy), engine.Options{}, nil) {
		valid = valid && p.Severity.String() != "error"
	}
	if valid != v.Expect.Valid {
		t.Errorf("valid is %t, want %t", valid, v.Expect.Valid)
	}
}

// evaluate turns what is given into a scenario and runs it.
func (g *given) evaluate(t *testing.T) *scenario.RequestResult {
	t.Helper()
	text, err := json.Marshal(g.scenario())
	if err != nil {
		t.Fatal(err)
	}
	input := engine.Input{Scenario: string(text)}
	result := engine.Evaluate(input)
	var checker contract.Checker
	if checked := checker.Evaluate(input); len(checked.Results) != len(result.Results) {
		t.Fatalf("the schemas refuse what the engine accepts: %+v", checked.Problems)
	}
	if len(result.Results) != 1 {
		t.Fatalf("no result: %+v", result.Problems)
	}
	return &result.Results[0]
}

// scenarioBuilder collects policies under names.
type scenarioBuilder struct{ policies map[string]json.RawMessage }

func (b *scenarioBuilder) add(name string, documents ...json.RawMessage) []string {
	names := []string{}
	for i, document := range documents {
		if len(document) > 0 {
			names = append(names, fmt.Sprintf("%s-%d", name, i))
			b.policies[names[len(names)-1]] = document
		}
	}
	return names
}

func (g *given) scenario() map[string]any {
	b := &scenarioBuilder{map[string]json.RawMessage{}}
	request := map[string]any{"principal": g.Caller.principal(), "action": g.Action, "resource": orStar(g.Resource), "context": g.context()}
	identities := g.identities(b, request)
	s := map[string]any{"version": 1, "policies": b.policies, "identities": identities, "requests": []any{request}}
	if names := b.add("resource", g.ResourcePolicy); len(names) > 0 && g.ResourceType == "role-trust" {
		s["identities"] = append(identities, map[string]any{"arn": g.Resource, "trust": names[0]})
	} else if len(names) > 0 || g.ResourceAccount != "" && g.Resource != "*" {
		resource := map[string]any{"arn": g.Resource}
		if owner := g.owner(); owner != "" {
			resource["account"] = owner
		}
		if len(names) > 0 {
			resource["policy"] = names[0]
		}
		s["resources"] = []any{resource}
	}
	if names := b.add("endpoint", g.VPCE); len(names) > 0 {
		s["vpcEndpoints"] = []any{map[string]any{"id": "vpce-1", "policy": names[0]}}
	}
	if len(g.SCP)+len(g.RCP) > 0 {
		s["organization"] = g.organization(b)
	}
	return s
}

func orStar(resource string) string {
	if resource == "" {
		return "*"
	}
	return resource
}

func (g *given) owner() string {
	if strings.Count(g.Resource, ":") >= 5 && strings.Split(g.Resource, ":")[4] != "" {
		return ""
	}
	if g.ResourceAccount != "" {
		return g.ResourceAccount
	}
	return g.Caller.Account
}

func (g *given) context() map[string]any {
	context := map[string]any{}
	for key, value := range g.Context {
		context[key] = value
	}
	if g.VPCE != nil {
		context["aws:SourceVpce"] = "vpce-1"
	}
	return context
}

func (c *caller) principal() string {
	switch c.Type {
	case "service":
		return c.Service
	case "anonymous":
		return "anonymous"
	case "federated-idp":
		return c.Federated
	}
	return c.ARN
}

// identities lists the caller's identity, and sets the request's session.
func (g *given) identities(b *scenarioBuilder, request map[string]any) []any {
	identity := map[string]any{"policies": b.add("identity", g.Identity...)}
	if names := b.add("boundary", g.Boundary); len(names) > 0 {
		identity["boundary"] = names[0]
	}
	session := map[string]any{}
	if names := b.add("session", g.Session...); len(names) > 0 {
		session["policies"] = names
	}
	switch g.Caller.Type {
	case "user":
		identity["arn"], identity["uniqueId"] = g.Caller.ARN, g.Caller.UniqueID
	case "role-session":
		identity["arn"], identity["uniqueId"] = g.Caller.Role, g.Caller.RoleUniqueID
	case "federated-user":
		identity["arn"] = g.Caller.ParentUser
		session["user"] = g.Caller.ParentUser[strings.LastIndex(g.Caller.ParentUser, "/")+1:]
	default:
		return []any{}
	}
	if len(session) > 0 {
		request["session"] = session
	}
	list := []any{identity}
	groups := []string{}
	for name, documents := range g.Groups {
		arn := "arn:aws:iam::" + g.Caller.Account + ":group/" + name
		groups = append(groups, arn)
		list = append(list, map[string]any{"arn": arn, "policies": b.add("group-"+name, documents...)})
	}
	if len(groups) > 0 {
		identity["groups"] = groups
	}
	return list
}

// organization builds the path of the one account that has SCPs or RCPs.
func (g *given) organization(b *scenarioBuilder) map[string]any {
	account := g.Caller.Account
	if len(g.RCP) > 0 && g.ResourceAccount != "" {
		account = g.ResourceAccount
	}
	levels := max(len(g.SCP), len(g.RCP), 2)
	node := map[string]any{}
	for level := levels - 1; level >= 0; level-- {
		next := map[string]any{"id": fmt.Sprintf("ou-%d", level)}
		if level < len(g.SCP) {
			next["scps"] = b.add(fmt.Sprintf("scp-%d", level), g.SCP[level]...)
		}
		if level < len(g.RCP) {
			next["rcps"] = b.rcps(level, g.RCP[level])
		}
		switch level {
		case levels - 1:
			next["id"] = account
		case levels - 2:
			next["accounts"] = []any{node}
		default:
			next["units"] = []any{node}
		}
		node = next
	}
	management := "999999999999"
	if g.ManagementAccount {
		management = account
	}
	return map[string]any{"id": "o-example", "managementAccount": management, "root": node}
}

// rcps leaves out the RCPFullAWSAccess that the vectors spell out; it is always
// attached.
func (b *scenarioBuilder) rcps(level int, documents []json.RawMessage) []string {
	var own []json.RawMessage
	for _, document := range documents {
		if !strings.Contains(string(document), `"Allow"`) {
			own = append(own, document)
		}
	}
	return b.add(fmt.Sprintf("rcp-%d", level), own...)
}
