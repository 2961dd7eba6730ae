package scenario

import (
	"strconv"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/arn"
	"fenceline/engine/calls"
	"fenceline/engine/iam"
	"fenceline/engine/source"
	"fenceline/engine/worlds"
)

// request is a request of the file with what it expects.
type request struct {
	name string
	account.Request
	isCall bool        // it has parameters
	call   *calls.Call // nil where they are wrong
	expect *expectation
	span   source.Span
	wrong  string // what is wrong with it first, empty when nothing is
}

// expectation is what a scenario says should come out.
type expectation struct {
	written     any // as it goes into the result
	decision    string
	decidedBy   string
	determining []statementName
	hasList     bool
}

// statementName is POLICY#SID or POLICY#INDEX.
type statementName struct{ policy, statement string }

// request decodes one entry; every entry becomes a request, so that results
// stand in the places of their requests.
func (d *decoder) request(n *source.Node) {
	r := request{span: n.Span}
	if d.object(n, "a request", "name", "principal", "action", "resource", "context", "unknown", "session", "expect", "parameters") {
		d.requestMembers(n, &r)
	}
	d.requests = append(d.requests, r)
}

func (d *decoder) requestMembers(n *source.Node, r *request) {
	r.name = d.text(n, "name")
	r.Action = d.required(n, "action", "\"s3:GetObject\"")
	d.checkAction(n, r.Action)
	r.Principal = d.required(n, "principal", "\"arn:aws:iam::111122223333:user/NAME\"")
	if r.Principal != "" {
		var wrong string
		if r.Kind, wrong = account.ParsePrincipal(r.Principal, r.Action); wrong != "" {
			d.report.Error(codeInvalidPrincipal, n.Get("principal").Span, wrong)
		}
	}
	d.context(n, &r.Request)
	d.unknown(n, &r.Request)
	d.requestResource(n, &r.Request)
	r.Session = d.session(n, &r.Request)
	d.call(n, r)
	r.expect = d.expect(n.Get("expect"))
}

func (d *decoder) checkAction(n *source.Node, action string) {
	service, name, ok := strings.Cut(action, ":")
	switch {
	case action == "":
	case strings.ContainsAny(action, "*?"):
		d.report.Error(codeInvalidAction, n.Get("action").Span, "a request has one action, without wildcards")
	case !ok || service == "" || name == "" || strings.ContainsAny(action, " \t\r\n,"):
		d.report.Error(codeInvalidAction, n.Get("action").Span, "`"+source.Clip(action)+"` is no action; write `service:Operation`, `s3:GetObject` for one")
	}
}

func (d *decoder) requestResource(n *source.Node, r *account.Request) {
	r.Resource = d.text(n, "resource")
	switch {
	case r.ResourceUnknown:
	case n.Get("resource") == nil && n.Get("parameters") == nil:
		d.required(n, "resource", "\"*\"")
	case r.Resource == "" || r.Resource == "*":
		if n.Get("resource") != nil && r.Resource == "" {
			d.required(n, "resource", "\"*\"")
		}
	default:
		if _, ok := arn.Parse(r.Resource); !ok {
			d.report.Error(codeInvalidARN, n.Get("resource").Span, "`"+source.Clip(r.Resource)+"` is no ARN; write `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`, or `*` for an action that has no resource")
		}
	}
}

// context decodes the given keys. Keys that differ by case only are one; for
// tags AWS leaves open what that means (S-116).
func (d *decoder) context(n *source.Node, r *account.Request) {
	value := n.Get("context")
	if value == nil {
		return
	}
	if value.Kind != source.Object {
		d.report.Error(codeWrongType, value.Span, "`context` is an object of context keys, not "+value.Kind.String())
		return
	}
	seen := map[string]bool{}
	for i := range value.Members {
		m := &value.Members[i]
		lower := strings.ToLower(m.Key)
		switch {
		case !strings.Contains(m.Key, ":"):
			d.report.Error(codeInvalidKey, m.KeySpan, "`"+source.Clip(m.Key)+"` is no context key; write `aws:SourceIp` for one")
		case seen[lower] && strings.Contains(m.Key, "/"):
			d.report.Warn(codeSameTagKey, m.KeySpan, "`"+source.Clip(m.Key)+"` stands twice but for case; AWS does not say what then counts, here the key has both values")
		case seen[lower]:
			d.report.Error(codeDuplicateKey, m.KeySpan, "`"+source.Clip(m.Key)+"` stands twice, key names ignore case; keep one, with a list for several values")
		}
		seen[lower] = true
		key := iam.Key{Name: m.Key, Origin: iam.Given}
		if m.Value.Kind == source.Array {
			key.List, key.Values = true, []string{}
			for _, item := range m.Value.Items {
				d.contextValue(&key, item)
			}
		} else {
			d.contextValue(&key, m.Value)
		}
		r.Context = append(r.Context, key)
	}
}

func (d *decoder) contextValue(key *iam.Key, n *source.Node) {
	switch n.Kind {
	case source.String, source.Number, source.Bool:
		key.Values = append(key.Values, n.Text)
	default:
		d.report.Error(codeWrongType, n.Span, "a context value is a string, number or boolean, or a list of these, not "+n.Kind.String())
	}
}

// unknown decodes the names of what is not known.
func (d *decoder) unknown(n *source.Node, r *account.Request) {
	given := map[string]bool{}
	for i := range r.Context {
		given[strings.ToLower(r.Context[i].Name)] = true
	}
	for _, item := range d.texts(n, "unknown") {
		lower := strings.ToLower(item.Text)
		switch {
		case item.Text == worlds.Resource:
			r.ResourceUnknown = true
		case !strings.Contains(item.Text, ":"):
			d.report.Error(codeInvalidKey, item.Span, "`"+source.Clip(item.Text)+"` is neither a context key nor `resource`"+source.DidYouMean(item.Text, []string{worlds.Resource})).Meant(item.Span, item.Text, []string{worlds.Resource})
		case given[lower]:
			d.report.Error(codeContradiction, item.Span, "`context` gives `"+source.Clip(item.Text)+"` a value; keep it there or under `unknown`")
		default:
			given[lower] = true
			r.Context = append(r.Context, iam.Key{Name: item.Text, Origin: iam.NotKnown})
		}
	}
}

func (d *decoder) session(n *source.Node, r *account.Request) *account.Session {
	value := n.Get("session")
	if value == nil || !d.object(value, "`session`", "policies", "tags", "name", "user") {
		return nil
	}
	s := &account.Session{
		Policies: d.useList(value, "policies", iam.SessionPolicy), Tags: d.tags(value, true),
		Name: d.text(value, "name"), User: d.text(value, "user"),
	}
	switch r.Kind {
	case iam.RoleSession:
		a, _ := arn.Parse(r.Principal)
		if s.Name != "" && a.Service == "sts" && account.LastSegment(a.Resource) != s.Name {
			remove(d.report.Error(codeContradiction, value.Get("name").Span, "the principal names the session `"+source.Clip(account.LastSegment(a.Resource))+"`; remove `name`"), value, "name")
		}
	case iam.FederatedUser, iam.Root, 0:
	default:
		remove(d.report.Error(codeNotForThisPrincipal, value.Span, "only sessions of roles, federated users and root users have a `session`; remove it"), n, "session")
	}
	if s.User != "" && r.Kind != iam.FederatedUser && r.Kind != 0 {
		remove(d.report.Error(codeNotForThisPrincipal, value.Get("user").Span, "only a federated user has a `user` who made the session; remove it"), value, "user")
	}
	if len(s.Policies) > 11 {
		d.report.Warn(codeTooMany, value.Get("policies").Span, "a session takes one inline policy and ten managed ones at most") // S-027
	}
	return s
}

var decisions = []string{"allowed", "denied", "explicitDeny", "implicitDeny", "depends"}

func (d *decoder) expect(n *source.Node) *expectation {
	switch {
	case n == nil:
		return nil
	case n.Kind == source.String:
		d.checkDecision(n)
		return &expectation{written: n.Text, decision: n.Text}
	case n.Kind != source.Object:
		d.report.Error(codeWrongType, n.Span, "`expect` is a decision such as `\"allowed\"`, or an object with `decision`, not "+n.Kind.String())
		return nil
	}
	d.object(n, "`expect`", "decision", "decidedBy", "determining")
	e := &expectation{decision: d.required(n, "decision", "\"allowed\""), decidedBy: d.text(n, "decidedBy")}
	if isString(n.Get("decision")) {
		d.checkDecision(n.Get("decision"))
	}
	if _, ok := iam.ParseLayer(e.decidedBy); !ok && isString(n.Get("decidedBy")) {
		d.report.Error(codeInvalidValue, n.Get("decidedBy").Span, "no layer is called `"+source.Clip(e.decidedBy)+"`"+source.DidYouMean(e.decidedBy, layerNames())).Meant(n.Get("decidedBy").Span, e.decidedBy, layerNames())
	}
	written := &Expected{DecidedBy: e.decidedBy, Decision: e.decision}
	if n.Get("determining") != nil {
		e.hasList = true
		list := []string{}
		for _, item := range d.texts(n, "determining") {
			list = append(list, item.Text)
			d.determining(e, item)
		}
		written.Determining = &list
	}
	e.written = written
	return e
}

func (d *decoder) checkDecision(n *source.Node) {
	for _, decision := range decisions {
		if decision == n.Text {
			return
		}
	}
	d.report.Error(codeInvalidValue, n.Span, "`"+source.Clip(n.Text)+"` is no decision"+unknownHint(n.Text, decisions)).Meant(n.Span, n.Text, decisions)
}

func isString(n *source.Node) bool { return n != nil && n.Kind == source.String }

func layerNames() []string {
	names := []string{iam.Service.String()}
	for _, layer := range iam.PolicyLayers() {
		names = append(names, layer.String())
	}
	return names
}

func (d *decoder) determining(e *expectation, n *source.Node) {
	hash := strings.LastIndexByte(n.Text, '#')
	if hash < 0 {
		d.report.Error(codeInvalidValue, n.Span, "a determining statement is written `POLICY#SID`, or `POLICY#INDEX` counting from 0")
		return
	}
	name := statementName{n.Text[:hash], n.Text[hash+1:]}
	if d.byName[name.policy] == nil && d.documents[name.policy] == nil {
		d.unknownPolicy(&source.Node{Text: name.policy, Span: n.Span})
	}
	e.determining = append(e.determining, name)
}

// names says whether a statement is the one that is named.
func (n statementName) names(s *StatementRef) bool {
	return n.policy == s.Policy && (n.statement == s.Sid && s.Sid != "" || n.statement == strconv.Itoa(s.Index))
}

// met says whether a result is as expected.
func (e *expectation) met(r *RequestResult) bool {
	decision := r.Decision.String()
	denied := r.Decision == iam.ExplicitDeny || r.Decision == iam.ImplicitDeny
	if e.decision != decision && !(e.decision == "denied" && denied) || r.Error != "" {
		return false
	}
	if e.decidedBy != "" && e.decidedBy != r.DecidedBy.String() {
		return false
	}
	return !e.hasList || e.sameStatements(r.Determining)
}

// sameStatements compares as sets.
func (e *expectation) sameStatements(list []StatementRef) bool {
	for i := range list {
		found := false
		for _, name := range e.determining {
			found = found || name.names(&list[i])
		}
		if !found {
			return false
		}
	}
	for _, name := range e.determining {
		found := false
		for i := range list {
			found = found || name.names(&list[i])
		}
		if !found {
			return false
		}
	}
	return true
}
