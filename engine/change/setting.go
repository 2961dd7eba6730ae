package change

import (
	"iter"
	"net/netip"
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/condition"
	"fenceline/engine/iam"
	"fenceline/engine/worlds"
)

// setting is a value that a context key could have, or its absence.
type setting struct {
	name   string // as written
	value  string
	list   bool // the key holds a list
	absent bool
}

func has(list []setting, lower string) bool {
	return slices.ContainsFunc(list, func(s setting) bool { return strings.EqualFold(s.name, lower) })
}

// key is the setting as part of a context.
func (s *setting) key() *iam.Key {
	if s.absent {
		return &iam.Key{Name: s.name, Origin: iam.Absent}
	}
	return &iam.Key{Name: s.name, Values: []string{s.value}, List: s.list, Origin: iam.Given}
}

// with is the request with a setting.
func (f *finder) with(value setting) *account.Request {
	r := *f.now.Request
	r.Context = slices.DeleteFunc(slices.Clone(r.Context), func(k iam.Key) bool { return strings.EqualFold(k.Name, value.name) })
	r.Context = append(r.Context, *value.key())
	return &r
}

// settable says whether a key can be changed where the scenario has it. What
// follows from who asks and on what is not the request's to say; tags are
// changed where they stand.
func (f *finder) settable(lower string) bool {
	if node, _ := f.tagged(lower); node != nil {
		return true
	}
	if f.now.Derives(lower) {
		return f.now.ParameterOf(lower) != "" // else it follows from more than one parameter, or from the target
	}
	key := f.now.Resolved.Request.Context.Get(lower)
	if key == nil {
		return worlds.CanHave(lower, f.now.Resolved.Request.Principal)
	}
	return key.Origin != iam.Derived || lower == "aws:securetransport"
}

// maxValues bounds how many values of one key are looked at.
const maxValues = 32

// values are settings of a key to look at, those that people would write first:
// what the policy names, absence, and only then whatever brings out another
// outcome.
func (f *finder) values(s *statement, tests []int, spelled string) iter.Seq[setting] {
	context := f.now.Resolved.Request.Context
	lower := strings.ToLower(spelled)
	empty := f.setting(s, tests, lower, spelled)
	return func(yield func(setting) bool) {
		for _, values := range []func(*statement, []int) []string{f.named, f.witnesses} {
			list := values(s, tests)
			for _, value := range list[:min(len(list), maxValues)] {
				next := empty
				next.value, next.absent = value, value == absence
				if next.absent && (iam.IsAlwaysPresent(lower) || context.Get(lower) == nil) {
					continue
				}
				if !yield(next) {
					return
				}
			}
		}
	}
}

// absence stands for no value in a list of values.
const absence = "\x00"

// setting is one of a key with its spelling and form, still without a value.
func (f *finder) setting(s *statement, tests []int, lower, spelled string) setting {
	value := setting{name: spelled, list: iam.IsMultivalued(lower)}
	if key := f.now.Resolved.Request.Context.Get(lower); key != nil {
		value.name, value.list = key.Name, value.list || key.List
	}
	for _, i := range tests {
		value.list = value.list || s.Tests()[i].Quantifier != condition.One
	}
	return value
}

// named are the values that the tests name, patterns as their shortest text,
// and absence behind them.
func (f *finder) named(s *statement, tests []int) []string {
	var values []string
	context := f.now.Resolved.Request.Context
	for _, i := range tests {
		c, test := &s.Statement.Conditions[i], &s.Tests()[i]
		for n := range c.Values {
			values = append(values, example(test.Family, resolved(test, c, n, context)))
		}
		if test.Family == condition.Bool {
			values = append(values, "true", "false")
		}
	}
	values = slices.DeleteFunc(values, func(v string) bool { return v == "" })
	return append(values, absence)
}

// example is a value that a policy's value of that family is met by.
func example(family condition.Family, value string) string {
	switch family {
	case condition.StringPattern, condition.ARN:
		return strings.NewReplacer("*", "", "?", "x").Replace(value)
	case condition.IP:
		if block, err := netip.ParsePrefix(value); err == nil && !block.IsSingleIP() {
			return block.Masked().Addr().Next().String()
		}
	case condition.Null:
		return condition.Placeholder
	}
	return value
}

// witnesses are values that bring out every outcome of the tests.
func (f *finder) witnesses(s *statement, tests []int) []string {
	if !f.spend(costOfOutcomes) {
		return nil
	}
	var list []*condition.Test
	dates := false
	for _, i := range tests {
		list = append(list, &s.Tests()[i])
		dates = dates || s.Tests()[i].Family == condition.Date
	}
	values, _ := condition.Witnesses(list, f.now.Resolved.Request.Context)
	if dates {
		values = append(slices.DeleteFunc(values, func(v string) bool { return v == "0" }), "0") // 1970 is nobody's first thought
		for i := range values {
			values[i] = date(values[i])
		}
	}
	return values
}
