package worlds

import (
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/condition"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/variable"
	"fenceline/engine/wildcard"
)

// play is what the undecided statements of a request ask: their tests, and
// their resource patterns.
type play struct {
	context    *iam.Context
	resource   string
	tests      []*condition.Test
	resources  []pattern
	endpoints  []string       // whose policies may come in with aws:SourceVpce
	candidates []string       // listed resources that the request may be about
	decisions  []iam.Decision // with all keys open, for each resource and endpoint
	variants   []*account.Resolved
	anyone     bool // the resource is not known
}

// pattern is an entry of Resource in an undecided statement.
type pattern struct {
	text      string
	variables bool
	pad       bool
}

// inPlay evaluates the request with everything open and collects what its
// undecided statements ask.
func (s *search) inPlay(r *account.Request) *play {
	p := &play{resource: r.Resource, anyone: r.ResourceUnknown}
	variants := []account.Request{*r}
	if r.ResourceUnknown {
		p.candidates = s.listed(r)
		for _, resource := range p.candidates {
			variant := *r
			variant.Resource, variant.ResourceUnknown = resource, false
			variants = append(variants, variant)
		}
	}
	if slices.ContainsFunc(r.Context, func(k iam.Key) bool {
		return k.Origin == iam.NotKnown && strings.EqualFold(k.Name, "aws:SourceVpce")
	}) {
		for _, endpoint := range s.account.Endpoints {
			p.endpoints = append(p.endpoints, endpoint.ID)
			variant := *r
			variant.Context = append(slices.Clone(r.Context), iam.Key{Name: "aws:SourceVpce", Values: []string{endpoint.ID}, Origin: iam.Given})
			variants = append(variants, variant)
		}
	}
	for i := range variants {
		resolved := s.account.Resolve(&variants[i])
		var trace eval.Trace
		verdict := eval.Evaluate(resolved.Layers, resolved.Request, s.options, &trace)
		p.decisions = append(p.decisions, verdict.Decision)
		p.variants = append(p.variants, resolved)
		if i == 0 {
			p.context = resolved.Request.Context
		}
		p.collect(&trace, r.ResourceUnknown)
	}
	return p
}

// certain says whether the decision needs no values tried: with all keys open
// it is the same already, whichever endpoint the request comes through.
func (p *play) certain() bool {
	return p.decisions[0] != iam.Depends && len(slices.Compact(slices.Clone(p.decisions))) == 1
}

func (p *play) collect(trace *eval.Trace, allResources bool) {
	for i := range trace.Layers {
		for j := range trace.Layers[i].Policies {
			document := trace.Layers[i].Policies[j].Attached.Policy.Document
			for k := range trace.Layers[i].Policies[j].Statements {
				t := &trace.Layers[i].Policies[j].Statements[k]
				if t.Outcome != iam.Unknown && !(allResources && t.Action == iam.Match) {
					continue
				}
				tests := t.Tests()
				for n := range tests {
					p.tests = append(p.tests, &tests[n])
				}
				if t.Statement.Resource != nil {
					pad := document.Layer == iam.IdentityPolicy || document.Layer == iam.PermissionsBoundary
					for _, entry := range t.Statement.Resource.Values {
						p.resources = append(p.resources, pattern{entry.Value, document.Variables, pad})
					}
				}
			}
		}
	}
}

// asksOfResource says whether an undecided statement asks for a key that comes
// with the resource: of an unknown one not every value is tried.
func (p *play) asksOfResource() bool {
	return slices.ContainsFunc(p.tests, func(t *condition.Test) bool {
		return comesWithResource(t.Key) && p.context.Get(t.Key) == nil
	})
}

// comesWithResource says whether a key, in lower case, follows from the resource.
func comesWithResource(lower string) bool {
	return lower == "aws:requestedregion" || strings.HasPrefix(lower, "aws:resource") || strings.Contains(lower, ":resourcetag/")
}

// neverAllowed says whether the request is denied with all that is not known
// left open, whichever of the listed resources it is about: no statement can
// then come to its help. With an unknown resource every pattern that is not `*`
// is open, and every key that comes with a resource.
func (p *play) neverAllowed(options iam.Options) bool {
	keys := p.resourceKeys()
	for _, variant := range p.variants {
		request := *variant.Request
		if p.anyone {
			request.ResourceUnknown = true
			request.Context = request.Context.Clone()
			for _, name := range keys {
				request.Context.Set(&iam.Key{Name: name, Origin: iam.NotKnown})
			}
		}
		verdict := eval.Evaluate(variant.Layers, eval.NewRequest(request), options, nil)
		if verdict.Decision == iam.Allowed || verdict.Decision == iam.Depends && verdict.Reason != eval.DeniedAnyway {
			return false
		}
	}
	return true
}

// resourceKeys are the keys that statements ask for and that come with the
// resource, where that is not known; those that the request settles are not
// among them.
func (p *play) resourceKeys() []string {
	if !p.anyone {
		return nil
	}
	var names []string
	add := func(name string) {
		lower := strings.ToLower(name)
		if given := p.context.Get(lower); comesWithResource(lower) && (given == nil || given.Origin == iam.Derived && lower != "aws:requestedregion") {
			names = append(names, name)
		}
	}
	for _, t := range p.tests {
		add(t.Key)
		for _, name := range t.Variables(nil) {
			add(name)
		}
	}
	for i := range p.resources {
		if template, ok := p.resources[i].template(); ok {
			for _, name := range template.Names(nil) {
				add(name)
			}
		}
	}
	return names
}

// names says whether an undecided statement asks for the key.
func (p *play) names(lower string) bool {
	return slices.ContainsFunc(p.tests, func(t *condition.Test) bool {
		return t.Key == lower || t.Uses(lower)
	}) || slices.ContainsFunc(p.resources, func(r pattern) bool {
		template, ok := r.template()
		return ok && template.Uses(lower)
	})
}

// template reads the pattern's variables; false when it has none.
func (r *pattern) template() (variable.Template, bool) {
	if !r.variables || !strings.Contains(r.text, "${") {
		return variable.Template{}, false
	}
	template, wrong := variable.Parse(r.text, true)
	return template, wrong == "" && template.HasVariables()
}

// addKey finds the values to try for a key.
func (s *search) addKey(name string, p *play) {
	lower := strings.ToLower(name)
	var tests []*condition.Test
	quantified := iam.IsMultivalued(lower)
	for _, t := range p.tests {
		if t.Key == lower {
			tests = append(tests, t)
			quantified = quantified || t.Quantifier != condition.One
		}
	}
	values, exact := condition.Witnesses(tests, p.context)
	if iam.IsBool(lower) {
		values, exact = []string{"true", "false"}, true
	}
	solutions, linked := p.solutions(lower)
	values = append(append(values, solutions...), p.fitting(tests)...)
	exact = exact && !linked
	if lower == "aws:sourcevpce" {
		values = append(values, p.endpoints...)
	}
	slices.Sort(values)
	values = slices.Compact(values)
	u := unknown{name: name}
	if !iam.IsAlwaysPresent(lower) {
		u.choices = append(u.choices, choice{})
	}
	for _, value := range values {
		u.choices = append(u.choices, keyChoice(name, value))
	}
	if quantified {
		sets, all := subsets(values)
		exact = exact && all
		for _, set := range sets {
			u.choices = append(u.choices, choice{key: &iam.Key{Name: name, Values: set, List: true, Origin: iam.Given}})
		}
	}
	s.exact = s.exact && exact
	decidesOfOthers := lower == "aws:sourcevpce" || strings.HasPrefix(lower, "aws:calledvia") && p.names("aws:viaawsservice")
	if p.names(lower) || decidesOfOthers {
		s.unknowns = append(s.unknowns, u)
	}
}

func keyChoice(name, value string) choice {
	return choice{key: &iam.Key{Name: name, Values: []string{value}, Origin: iam.Given}}
}

// solutions are the values with which a variable would make a pattern match.
// They are linked when the pattern's own key is open: then only some of its
// values are matched.
func (p *play) solutions(key string) (values []string, linked bool) {
	for _, t := range p.tests {
		if tested := p.context.Get(t.Key); tested != nil && !tested.Unknown() {
			values = t.Solutions(values, key, tested.Values, p.context)
		} else if t.Uses(key) {
			linked = linked || t.Key != key
			values = append(values, condition.Placeholder)
			values = t.Solutions(values, key, p.ownValues(t.Key), p.context)
		}
	}
	return append(values, p.resourceSolutions(key)...), linked
}

// resourceSolutions are those of the resource patterns.
func (p *play) resourceSolutions(key string) []string {
	var values []string
	for i := range p.resources {
		if template, ok := p.resources[i].template(); ok && template.Uses(key) {
			values = append(values, variable.Solve(&template, key, p.resource, p.context)...)
			values = append(values, condition.Placeholder)
		}
	}
	return values
}

// fitting are values that pass the tests, or don't, when other open keys that
// the tests name as variables have values of their own.
func (p *play) fitting(tests []*condition.Test) []string {
	var values []string
	for _, t := range tests {
		for _, name := range t.Variables(nil) {
			lower := strings.ToLower(name)
			if lower == t.Key || !p.context.Get(lower).Unknown() {
				continue
			}
			for _, value := range p.ownValues(lower) {
				context := p.context.Clone()
				context.Set(&iam.Key{Name: name, Values: []string{value}})
				more, _ := condition.Witnesses(tests, context)
				values = append(values, more...)
			}
		}
	}
	return values
}

// ownValues are the values of an open key that its own tests and the resource
// patterns ask for.
func (p *play) ownValues(key string) []string {
	var tests []*condition.Test
	for _, t := range p.tests {
		if t.Key == key {
			tests = append(tests, t)
		}
	}
	values, _ := condition.Witnesses(tests, p.context)
	return append(values, p.resourceSolutions(key)...)
}

// fewValues is up to how many values all sets of them are tried.
const fewValues = 4

// subsets lists the sets of values, the empty one and those of two and more:
// all of them while there are few, else pairs and the whole.
func subsets(values []string) ([][]string, bool) {
	sets := [][]string{{}}
	if len(values) <= fewValues {
		for mask := 3; mask < 1<<len(values); mask++ {
			var set []string
			for i, value := range values {
				if mask>>i&1 == 1 {
					set = append(set, value)
				}
			}
			if len(set) > 1 {
				sets = append(sets, set)
			}
		}
		return sets, true
	}
	for i := range values {
		for j := range i {
			sets = append(sets, []string{values[j], values[i]})
		}
	}
	return append(sets, values), false
}

func (r *pattern) tokens(context *iam.Context) []wildcard.Token {
	if r.variables {
		if template, wrong := variable.Parse(r.text, true); wrong == "" {
			return template.Fill(context, condition.Placeholder)
		}
	}
	return wildcard.Tokens(nil, r.text)
}
