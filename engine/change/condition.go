package change

import (
	"strings"

	"fenceline/engine/condition"
	"fenceline/engine/explain"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// satisfy proposes values of context keys with which all conditions of a
// statement hold.
func (f *finder) satisfy(s *statement, want wanted) []part {
	settings, causes := []setting{}, []string{}
	for i := range s.Conditions {
		test := &s.Tests()[i]
		if s.Conditions[i].Outcome == iam.Match || has(settings, test.Key) {
			continue
		}
		value, ok := f.fitting(s, test.Key, want, iam.Match)
		if !ok {
			return nil
		}
		settings = append(settings, value)
		causes = append(causes, f.conditionCause(s, i))
	}
	if len(settings) == 0 {
		return nil
	}
	return f.settle(settings, strings.Join(causes, ", and "))
}

// violate proposes for each context key of a statement a value with which some
// condition fails.
func (f *finder) violate(s *statement, want wanted) []part {
	var parts []part
	var seen []setting
	for i := range s.Conditions {
		test := &s.Tests()[i]
		if has(seen, test.Key) {
			continue
		}
		if value, ok := f.fitting(s, test.Key, want, iam.NoMatch); ok {
			seen = append(seen, value)
			parts = append(parts, f.settle([]setting{value}, s.cause())...)
		}
	}
	return parts
}

// fitting finds a value of a key with which the statement's tests of it come
// out as wished: all match, or some does not. Of several it takes the first
// that flips the decision by itself.
func (f *finder) fitting(s *statement, key string, want wanted, wish iam.Outcome) (setting, bool) {
	tests := testsOf(s, key)
	now := f.now.Resolved.Request.Context
	spelled := s.Statement.Conditions[tests[0]].Key.Value
	if !f.settable(key) {
		return setting{}, false
	}
	var first setting
	some := false
	for value := range f.values(s, tests, spelled) {
		context := now.Clone()
		context.Set(value.key())
		if outcome(s, tests, context, f.options) != wish {
			continue
		}
		if !f.spend(f.deciding) {
			break
		}
		if decision, ok := f.now.DecideAs(f.with(value)); ok && want(decision) {
			return value, true
		}
		if !some {
			first, some = value, true
		}
	}
	return first, some
}

// testsOf are the statement's tests of a key, by their number.
func testsOf(s *statement, key string) []int {
	var list []int
	for i := range s.Tests() {
		if s.Tests()[i].Key == key {
			list = append(list, i)
		}
	}
	return list
}

// outcome is that of some of the statement's tests together.
func outcome(s *statement, tests []int, context *iam.Context, options iam.Options) iam.Outcome {
	all := iam.Match
	for _, i := range tests {
		all = all.And(s.Tests()[i].Evaluate(context, options, nil))
	}
	return all
}

// conditionCause says what condition i made of the request.
func (f *finder) conditionCause(s *statement, i int) string {
	c, test := &s.Statement.Conditions[i], &s.Tests()[i]
	context := f.now.Resolved.Request.Context
	values := make([]string, len(c.Values))
	for n := range c.Values {
		values[n] = resolved(test, c, n, context)
	}
	return "in " + s.place() + " of `" + s.policy.Name + "` " + explain.Condition(test, c.Key.Value, context.Get(test.Key), values, s.Conditions[i].Outcome)
}

// resolved is a policy value with its variables filled in, as far as they can be.
func resolved(test *condition.Test, c *policy.Condition, n int, context *iam.Context) string {
	if text, ok := test.Resolved(n, context); ok {
		return text
	}
	return c.Values[n].Value
}

// admit makes the one condition that fails hold for the request as it is, by
// its values.
func (f *finder) admit(s *statement, failing int) []part {
	if failing != 1 || s.node == nil {
		return nil
	}
	for i := range s.Conditions {
		if s.Conditions[i].Outcome == iam.NoMatch {
			return f.value(s, i, true, f.conditionCause(s, i))
		}
	}
	return nil
}

// refuse makes conditions that hold fail for the request as it is, by their
// values.
func (f *finder) refuse(s *statement) []part {
	var parts []part
	for i := range s.Conditions {
		if s.Conditions[i].Outcome == iam.Match {
			parts = append(parts, f.value(s, i, false, s.cause())...)
		}
	}
	return parts
}

// value adds the request's value to those of a condition, or takes the one out
// that it equals: what a condition that is to hold wants when it is positive,
// one that is to fail when it is negated, and the other way round.
func (f *finder) value(s *statement, i int, hold bool, cause string) []part {
	c, test := &s.Statement.Conditions[i], &s.Tests()[i]
	list := s.node.Get("Condition").Get(c.Operator).Get(c.Key.Value)
	key := f.now.Resolved.Request.Context.Get(test.Key)
	if list == nil || key.Missing() || key.Unknown() || len(key.Values) != 1 || test.Family == condition.Null {
		return nil
	}
	at := "the values of `" + c.Key.Value + "` in " + s.name()
	value := key.Values[0]
	if hold == test.Negated {
		return s.removeValue(list, c, i, at, cause)
	}
	p := part{kind: Condition, reach: ofEntries, cause: cause, wide: s.shared() || test.Family == condition.Bool}
	switch {
	case !plain(value):
		return nil
	case test.Family == condition.Bool && len(c.Values) == 1:
		p.title = "Replace `" + c.Values[0].Value + "` by `" + value + "` in " + at
		p.edits = s.text.replace(c.Values[0].Span, like(s.text.file.Slice(c.Values[0].Span), value))
	case test.Comparison == condition.Equal:
		p.title = "Add `" + value + "` to " + at
		p.edits = s.text.addItem(list, value)
	case test.Comparison == condition.LessOrEqual || test.Comparison == condition.GreaterOrEqual:
		last := len(c.Values) - 1
		p.title = "Replace `" + c.Values[last].Value + "` by `" + value + "` in " + at
		p.edits = s.text.replace(c.Values[last].Span, like(s.text.file.Slice(c.Values[last].Span), value))
	default:
		return nil
	}
	return []part{p}
}

// like writes a value as a string where the one before is one.
func like(before, value string) string {
	if strings.HasPrefix(before, `"`) {
		return source.Quote(value)
	}
	return bare(value)
}

// bare writes a number or boolean as such, and anything else as a string.
func bare(value string) string {
	n, problems := source.Parse(source.NewFile("", value), 1<<10)
	if n != nil && len(problems) == 0 && (n.Kind == source.Number || n.Kind == source.Bool) {
		return value
	}
	return source.Quote(value)
}

// removeValue takes the matching value of a condition out, where others remain.
func (s *statement) removeValue(list *source.Node, c *policy.Condition, i int, at, cause string) []part {
	if list.Kind != source.Array || len(list.Items) < 2 {
		return nil
	}
	for n, outcome := range s.Conditions[i].Values {
		if outcome == iam.Match {
			return []part{{
				kind: Condition, reach: s.lessReach(), cause: cause, wide: s.shared(),
				title: "Take `" + c.Values[n].Value + "` out of " + at,
				edits: s.text.removeItem(list, n),
			}}
		}
	}
	return nil
}
