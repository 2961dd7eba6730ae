package eval

import "fenceline/engine/iam"

// each calls f with every layer that is there, in the order of evaluation.
func (l *Layers) each(f func(layer iam.Layer, at string, policies []Attached)) {
	one := func(layer iam.Layer, policies []Attached) {
		if policies != nil {
			f(layer, "", policies)
		}
	}
	for i := range l.RCP {
		f(iam.ResourceControlPolicy, l.RCP[i].At, l.RCP[i].Policies)
	}
	for i := range l.SCP {
		f(iam.ServiceControlPolicy, l.SCP[i].At, l.SCP[i].Policies)
	}
	one(iam.VPCEndpointPolicy, l.Endpoint)
	if len(l.Resource) > 0 {
		f(l.Resource[0].Policy.Document.Layer, "", l.Resource)
	}
	one(iam.IdentityPolicy, l.Identity)
	one(iam.PermissionsBoundary, l.Boundary)
	one(iam.SessionPolicy, l.Session)
}

// Each calls f with every policy of every layer.
func (l *Layers) Each(f func(*Policy)) {
	l.each(func(_ iam.Layer, _ string, policies []Attached) {
		for i := range policies {
			f(policies[i].Policy)
		}
	})
}

// facts are what the layers said, as far as the decision needs it. A layer
// that is not there has an Allow of Match: it does not limit.
type facts struct {
	deny, allow [iam.LayerCount]iam.Outcome
	classes     [len(classNames)]iam.Outcome // of the resource's policy, by class
}

// newFacts are those of no layer at all.
func newFacts() facts {
	var f facts
	for i := range f.allow {
		f.deny[i], f.allow[i] = iam.NoMatch, iam.Match
	}
	for i := range f.classes {
		f.classes[i] = iam.NoMatch
	}
	return f
}

// gather evaluates every layer.
func (q *query) gather(f *facts, l *Layers) {
	if q.trace != nil {
		q.trace.reserve(l)
	}
	l.each(func(layer iam.Layer, at string, policies []Attached) {
		q.layer(f, layer, at, policies)
	})
}

// layer evaluates one layer, or one level of it: its statements are or-ed
// (S-168), levels are and-ed (S-181).
func (q *query) layer(f *facts, layer iam.Layer, at string, policies []Attached) {
	allow, deny := iam.NoMatch, iam.NoMatch
	var traces []PolicyTrace
	if q.trace != nil {
		traces = make([]PolicyTrace, len(policies))
	}
	grants := layer == iam.ResourcePolicy || layer == iam.TrustPolicy
	for i := range policies {
		p := policies[i].Policy
		if traces != nil {
			traces[i] = PolicyTrace{&policies[i], take(&q.trace.statements, len(p.statements))}
		}
		for j := range p.statements {
			s := &p.statements[j]
			isDeny := s.source.Effect == iam.Deny
			if traces == nil && !isDeny && !grants && allow == iam.Match {
				continue // nobody asks which statement allowed
			}
			var t *StatementTrace
			if traces != nil {
				t = &traces[i].Statements[j]
			}
			outcome, class := q.statement(s, layer, t)
			if isDeny {
				deny = deny.Or(outcome)
				continue
			}
			allow = allow.Or(outcome)
			if grants {
				f.grant(class, outcome)
			}
		}
	}
	f.allow[layer] = f.allow[layer].And(allow)
	f.deny[layer] = f.deny[layer].Or(deny)
	if traces != nil {
		q.trace.Layers = append(q.trace.Layers, LayerTrace{layer, at, allow, deny, traces})
	}
}

// grant notes every class by which an Allow statement names the caller.
func (f *facts) grant(set Class, outcome iam.Outcome) {
	for i := range f.classes {
		if set>>i&1 == 1 {
			f.classes[i] = f.classes[i].Or(outcome)
		}
	}
}

// named is whether the resource's policy grants by one of the classes.
func (f *facts) named(set Class) iam.Outcome {
	outcome := iam.NoMatch
	for i := range f.classes {
		if set>>i&1 == 1 {
			outcome = outcome.Or(f.classes[i])
		}
	}
	return outcome
}
