// Package scenario reads and runs scenario files: everything that an
// evaluation needs, what is asked, and what should come out.
package scenario

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/calls"
	"fenceline/engine/catalogue"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/lint"
	"fenceline/engine/managed"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// MaxBytes is the size of the largest scenario that is read.
const MaxBytes = 4 << 20

// Scenario is a decoded scenario file. It must not be changed; running it is
// safe for concurrent use.
type Scenario struct {
	Title    string
	Problems []Problem
	// Invalid says that the scenario itself has errors, outside its requests and
	// policies, so that nothing can be run.
	Invalid bool

	file     *source.File
	tree     *source.Node     // of the file; its policies' places are relative to their own texts
	parsing  []source.Problem // of reading the file as JSON
	account  *account.Account
	requests []request
	policies []*policyText
	byName   map[string]*policyText
	found    []source.Problem // in the file, outside its policies
	without  []string         // policies that are left out

	begun     calls.Beginning
	hasCalls  bool
	documents map[string]*calls.Document // among the calls' parameters, by name
}

// policyText is a policy document as the scenario has it.
type policyText struct {
	name   string
	file   *source.File
	offset int // of the document in the scenario file; 0 for a text given apart
	apart  bool
	root   *source.Node // nil when it can't be read
	span   source.Span  // of its value in the scenario file
	layers []iam.Layer
	broken bool
	found  []source.Problem // of all there is to it

	parsing []source.Problem // of reading a text given apart as JSON
	uses    []compiled
}

// compiled is a policy text as one kind of policy; the policy is nil when the
// text has errors as such.
type compiled struct {
	layer  iam.Layer
	policy *eval.Policy
	found  []source.Problem
}

// NamedText is a policy's text under its name.
type NamedText struct{ Name, Text string }

// Decode reads a scenario. The texts stand in for its policies of the same
// name, and add to them; one that is defective leaves the rest of the scenario
// usable. The policies named last are left out, as if nothing had them.
func Decode(file *source.File, texts []NamedText, without ...string) *Scenario {
	return decode(file, texts, without, &Scenario{})
}

// decode takes over from a scenario that was read before what is the same in
// this one.
func decode(file *source.File, texts []NamedText, without []string, before *Scenario) *Scenario {
	s := &Scenario{
		file: file, account: &account.Account{Policies: map[account.Use]*eval.Policy{}}, byName: map[string]*policyText{}, without: without,
	}
	d := &decoder{Scenario: s, before: before}
	d.library.Taken = func(name string) bool { return s.byName[name] != nil }
	if file == before.file {
		s.tree, s.parsing = before.tree, before.parsing
	} else {
		s.tree, s.parsing = source.Parse(file, MaxBytes)
	}
	if s.tree != nil {
		d.policiesOf(s.tree, texts)
		d.scenario(s.tree)
		d.compile()
		s.detach(without)
		s.account.Index()
	}
	s.settle(append(slices.Clone(s.parsing), d.report.Problems...))
	return s
}

// decoder fills in a scenario.
type decoder struct {
	reader
	*Scenario
	before  *Scenario // what was read before
	library calls.Library
}

// policiesOf collects the documents, of the file and given apart.
func (d *decoder) policiesOf(root *source.Node, texts []NamedText) {
	for _, text := range texts {
		d.addPolicy(d.apart(text))
	}
	value := root.Get("policies")
	if value == nil {
		return
	}
	if value.Kind != source.Object {
		d.report.Error(codeWrongType, value.Span, "`policies` is an object of policy documents by name, not "+value.Kind.String())
		return
	}
	for i := range value.Members {
		m := &value.Members[i]
		if d.byName[m.Key] != nil {
			continue
		}
		p := d.inFile(m)
		if strings.TrimSpace(m.Key) == "" {
			d.report.Error(codeEmptyValue, m.KeySpan, "a policy needs a name")
		}
		d.addPolicy(p)
	}
}

// apart is a text given apart.
func (d *decoder) apart(text NamedText) *policyText {
	if old := d.before.byName[text.Name]; old != nil && old.apart && old.file.Text == text.Text {
		return old.again()
	}
	p := &policyText{name: text.Name, file: source.NewFile(text.Name, text.Text), apart: true}
	p.root, p.parsing = source.Parse(p.file, policy.MaxBytes)
	p.found = slices.Clone(p.parsing)
	return p
}

// inFile is a document in the scenario file.
func (d *decoder) inFile(m *source.Member) *policyText {
	old := d.before.byName[m.Key]
	if old != nil && d.before.file == d.file && !old.apart {
		return old.again()
	}
	span := m.Value.Span
	p := &policyText{name: m.Key, file: source.NewFile(m.Key, d.file.Slice(span)), offset: span.Start, root: m.Value, span: span}
	m.Value.Rebase(-span.Start)
	if old != nil && !old.apart && old.file.Text == p.file.Text {
		p.uses = old.uses
	}
	return p
}

// again is the text before anything is known of how it is used.
func (p *policyText) again() *policyText {
	return &policyText{
		name: p.name, file: p.file, offset: p.offset, apart: p.apart, root: p.root, span: p.span,
		found: slices.Clone(p.parsing), parsing: p.parsing, uses: p.uses,
	}
}

func (d *decoder) addPolicy(p *policyText) {
	d.Scenario.policies = append(d.Scenario.policies, p)
	d.byName[p.name] = p
}

// use notes that the policy named by a node is used as a kind of policy, and
// answers the name, or nothing when there is no such policy.
func (d *decoder) use(n *source.Node, layer iam.Layer) string {
	name := n.Text
	p := d.byName[name]
	if p == nil {
		text, ok := managed.Lookup(name)
		if !ok {
			d.unknownPolicy(n)
			return ""
		}
		p = d.builtIn(name, text)
		d.byName[name] = p
	}
	if !slices.Contains(p.layers, layer) {
		p.layers = append(p.layers, layer)
	}
	return name
}

// builtIn is the text of a policy that the engine ships.
func (d *decoder) builtIn(name, text string) *policyText {
	if old := d.before.byName[name]; old != nil && !slices.Contains(d.before.policies, old) {
		return old.again()
	}
	p := &policyText{name: name, file: source.NewFile(name, text)}
	p.root, _ = source.Parse(p.file, policy.MaxBytes)
	return p
}

func (d *decoder) unknownPolicy(n *source.Node) {
	if strings.HasPrefix(n.Text, "arn:") && strings.Contains(n.Text, ":aws:policy/") {
		d.report.Error(codeUnknownPolicy, n.Span, "the AWS managed policy `"+source.Clip(n.Text)+"` does not ship with the engine; write its document under `policies` by this name")
		return
	}
	var names []string
	for _, p := range d.Scenario.policies {
		names = append(names, p.name)
	}
	d.report.Error(codeUnknownPolicy, n.Span, "no policy is called `"+source.Clip(n.Text)+"`"+source.DidYouMean(n.Text, append(names, managed.Names()...))).Meant(n.Span, n.Text, append(names, managed.Names()...))
}

// useText is use for a string member; it is empty when absent.
func (d *decoder) useText(n *source.Node, member string, layer iam.Layer) string {
	if d.text(n, member) == "" {
		return ""
	}
	return d.use(n.Get(member), layer)
}

// useList is use for a list of names.
func (d *decoder) useList(n *source.Node, member string, layer iam.Layer) []string {
	var names []string
	for _, item := range d.texts(n, member) {
		if name := d.use(item, layer); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// compile decodes and compiles every document as each kind of policy it is
// used as.
func (d *decoder) compile() {
	names := make([]string, 0, len(d.byName))
	for name := range d.byName {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		p := d.byName[name]
		layers := p.layers
		if len(layers) == 0 {
			layers = []iam.Layer{guessLayer(p.root)}
		}
		for _, layer := range layers {
			d.compileAs(p, layer)
		}
	}
}

func (d *decoder) compileAs(p *policyText, layer iam.Layer) {
	if p.root == nil {
		return
	}
	at := slices.IndexFunc(p.uses, func(c compiled) bool { return c.layer == layer })
	if at < 0 {
		at = len(p.uses)
		p.uses = append(p.uses[:at:at], d.compileText(p, layer))
	}
	p.found = append(p.found, p.uses[at].found...)
	if use := &p.uses[at]; use.policy != nil && !source.HasErrors(p.found) {
		d.account.Policies[account.Use{Name: p.name, Layer: layer}] = use.policy
	}
}

func (d *decoder) compileText(p *policyText, layer iam.Layer) compiled {
	if p.missing() {
		return compiled{layer, nil, []source.Problem{missingDocument(p)}}
	}
	asWritten := layer
	if p.name == managed.RCPFullAWSAccess && !slices.Contains(d.Scenario.policies, p) {
		asWritten = iam.ResourcePolicy // AWS's own is the one RCP that allows (S-193)
	}
	document, problems := policy.DecodeTree(p.file, p.root, asWritten)
	if source.HasErrors(problems) || source.HasErrors(p.parsing) {
		return compiled{layer, nil, problems}
	}
	problems = append(problems, lint.Find(document, iam.Options{})...)
	document.Layer = layer
	return compiled{layer, eval.Compile(document), problems}
}

// guessLayer is as what to check a policy that nothing uses: by whether it
// names principals.
func guessLayer(root *source.Node) iam.Layer {
	statements := root.Get("Statement")
	if statements == nil {
		return iam.IdentityPolicy
	}
	for _, s := range append([]*source.Node{statements}, statements.Items...) {
		if s.Get("Principal") != nil || s.Get("NotPrincipal") != nil {
			if s.Get("Resource") == nil && s.Get("NotResource") == nil {
				return iam.TrustPolicy
			}
			return iam.ResourcePolicy
		}
	}
	return iam.IdentityPolicy
}

// settle gives the policies the problems that lie in their text.
func (s *Scenario) settle(found []source.Problem) {
	for _, p := range source.SortProblems(found) {
		if owner := s.policyAt(p.Span); owner != nil {
			owner.found = append(owner.found, p.Moved(-owner.offset))
			continue
		}
		s.found = append(s.found, p)
	}
	s.list()
}

// list turns what was found into problems with their places.
func (s *Scenario) list() {
	s.Problems = []Problem{}
	for _, p := range s.found {
		s.Problems = append(s.Problems, s.ofScenario(p))
	}
	s.blame()
	for _, p := range s.policies {
		p.found = source.SortProblems(p.found)
		p.broken = source.HasErrors(p.found)
		for _, found := range p.found {
			s.Problems = append(s.Problems, s.ofPolicy(p, found))
		}
		if p.broken {
			for _, layer := range p.layers {
				delete(s.account.Policies, account.Use{Name: p.name, Layer: layer})
			}
		}
	}
}

// blame finds the requests that have errors. One that no request has to
// itself makes the scenario Invalid.
func (s *Scenario) blame() {
	s.Invalid = false
	for i := range s.requests {
		s.requests[i].wrong = ""
	}
	for _, p := range s.found {
		if p.Severity != source.Error {
			continue
		}
		r := s.requestAt(p)
		switch {
		case r == nil:
			s.Invalid = true
		case r.wrong == "":
			r.wrong = p.Message
		}
	}
}

// requestAt is the request to which a problem is confined, or nil. Where
// problems were too many to report, nobody knows what else is wrong.
func (s *Scenario) requestAt(p source.Problem) *request {
	if p.Code == source.TooManyProblems {
		return nil
	}
	for i := range s.requests {
		if r := &s.requests[i]; p.Span.Within(r.span) && p.Span.Start < r.span.End {
			return r
		}
	}
	return nil
}

// Text is a text of the scenario, to be checked by other means as well.
type Text struct {
	// Policy is the name of a policy, empty for the scenario file itself.
	Policy string
	// Layers are the kinds as which a policy is used.
	Layers []iam.Layer
	File   *source.File
}

// Texts lists the scenario file and its policies.
func (s *Scenario) Texts() []Text {
	texts := []Text{{File: s.file}}
	for _, p := range s.policies {
		texts = append(texts, Text{p.name, p.layers, p.file})
	}
	return texts
}

// Add adds problems that were found in one of the Texts by other means. Those
// at a place where a problem is known already say nothing new and are left out.
func (s *Scenario) Add(text Text, found []source.Problem) {
	known := &s.found
	if text.Policy != "" {
		known = &s.byName[text.Policy].found
	}
	*known = append(*known, New(*known, found)...)
	s.list()
}

// Consult adds what is found when the policies are looked up in a catalogue; nil
// has nothing to say.
func (s *Scenario) Consult(c *catalogue.Catalogue) {
	if c == nil {
		return
	}
	lookup := lint.NewLookup(c)
	for _, p := range s.policies {
		for i := range p.uses {
			if use := &p.uses[i]; use.policy != nil && (len(p.layers) == 0 || slices.Contains(p.layers, use.layer)) {
				p.found = append(p.found, lookup.Find(use.policy.Document)...)
			}
		}
	}
	s.list()
}

// New are the problems found that lie at no place of a known error.
func New(known, found []source.Problem) []source.Problem {
	var list []source.Problem
	for _, p := range found {
		if !slices.ContainsFunc(known, func(k source.Problem) bool {
			return k.Severity == source.Error && k.Span.Start < p.Span.End && p.Span.Start < k.Span.End
		}) {
			list = append(list, p)
		}
	}
	return list
}

// policyAt is the policy of the file in whose text a span lies.
func (s *Scenario) policyAt(span source.Span) *policyText {
	for _, p := range s.policies {
		if !p.apart && span.Within(p.span) && p.span.End > 0 {
			return p
		}
	}
	return nil
}

// Place turns what was found in a policy's text of its own into problems.
func Place(file *source.File, found []source.Problem) []Problem {
	root, _ := source.Parse(file, policy.MaxBytes)
	problems := make([]Problem, len(found))
	for i, p := range found {
		problems[i] = placed(file, root, p)
		problems[i].InFile = problems[i].Start
	}
	return problems
}

// placed is a problem of a text; the root is nil where that can't be read.
func placed(file *source.File, root *source.Node, p source.Problem) Problem {
	return Problem{
		Code: p.Code, Severity: p.Severity, Message: p.Message, Path: root.PathTo(p.Span.Start),
		Start: file.Position(p.Span.Start), End: file.Position(p.Span.End), Fixes: fixes(file, p.Fixes),
	}
}

// ofScenario is a problem of the scenario's own text.
func (s *Scenario) ofScenario(p source.Problem) Problem {
	problem := placed(s.file, s.tree, p)
	problem.InFile = problem.Start
	return problem
}

// ofPolicy is a problem of one of its policies.
func (s *Scenario) ofPolicy(policy *policyText, p source.Problem) Problem {
	problem := placed(policy.file, policy.root, p)
	problem.Policy, problem.InFile = policy.name, s.file.Position(p.Span.Start+policy.offset)
	return problem
}

// fixes gives the places of edits as positions.
func fixes(file *source.File, found []source.Fix) []Fix {
	var list []Fix
	for _, f := range found {
		fix := Fix{Title: f.Title, Edits: make([]Edit, len(f.Edits))}
		for i, e := range f.Edits {
			fix.Edits[i] = Edit{file.Position(e.Start), file.Position(e.End), e.Text}
		}
		list = append(list, fix)
	}
	return list
}

// Account is what requests are decided against; it must not be changed.
func (s *Scenario) Account() *account.Account { return s.account }

// Broken says whether the scenario or one of its policies has errors. That a
// document is missing breaks nothing: the requests that meet it say so.
func (s *Scenario) Broken() bool {
	return slices.ContainsFunc(s.Problems, func(p Problem) bool { return p.Severity == source.Error && p.Code != codeMissingPolicy })
}

// brokenInside says whether a policy in the scenario's own text has errors. One
// that is missing is no mistake of the text.
func (s *Scenario) brokenInside() bool {
	return slices.ContainsFunc(s.policies, func(p *policyText) bool { return p.broken && !p.apart && !p.missing() })
}

// PolicyFile is the text of a policy of the scenario or its calls, or of a
// built-in one; nil when there is none of that name.
func (s *Scenario) PolicyFile(name string) *source.File {
	if p := s.byName[name]; p != nil {
		return p.file
	}
	if d := s.documents[name]; d != nil {
		return d.File
	}
	return nil
}

// PolicyOffset is where in the scenario file a policy's text begins; false for
// one that is built in, was given apart, or is a text within a call's text.
func (s *Scenario) PolicyOffset(name string) (int, bool) {
	if d := s.documents[name]; d != nil && d.Inside {
		return d.Span.Start, true
	}
	p := s.byName[name]
	if p == nil || p.apart || p.span.End == 0 {
		return 0, false
	}
	return p.offset, true
}
