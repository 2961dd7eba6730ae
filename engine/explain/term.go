package explain

import (
	"strings"

	"fenceline/engine/condition"
	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
)

// Term says what must hold of what is not known for a statement to apply: "the
// resource matches `…`, and `aws:SourceIp` is an address in `…`".
func Term(t *eval.StatementTrace) string {
	var parts []string
	if t.Resource == iam.Unknown {
		verb := "the resource matches "
		if t.Statement.Resource.Not {
			verb = "the resource matches none of "
		}
		parts = append(parts, verb+either(t.Statement.Resource.Values, t.Statement.Resource.Not))
	}
	tests := t.Tests()
	for i := range t.Conditions {
		if t.Conditions[i].Outcome == iam.Unknown {
			parts = append(parts, conditionTerm(&tests[i], t.Conditions[i].Condition))
		}
	}
	return strings.Join(parts, ", and ")
}

// either lists up to four values, any of which does; with all, none may.
func either(values []policy.Text, all bool) string {
	const most = 4
	names := make([]string, 0, most)
	for i := range values {
		if i == most {
			break
		}
		names = append(names, "`"+values[i].Value+"`")
	}
	link := " or "
	if all {
		link = ", "
	}
	text := strings.Join(names, link)
	if len(values) > most {
		text += " …"
	}
	return text
}

// conditionTerm says what a condition wants of its key.
func conditionTerm(test *condition.Test, c *policy.Condition) string {
	key := "`" + c.Key.Value + "`"
	if test.Family == condition.Null {
		return key + " is " + presence(c)
	}
	text := key + " " + is(test) + either(c.Values, test.Negated)
	switch test.Quantifier {
	case condition.ForAll:
		text = "every value of " + text + ", or it has none" // S-122
	case condition.ForAny:
		text = "some value of " + text
	}
	if test.IfExists && test.Quantifier != condition.ForAll {
		text += ", or it is absent" // S-119
	}
	return text
}

// presence is what Null wants (S-120).
func presence(c *policy.Condition) string {
	states := []string{}
	for i := range c.Values {
		state := "present"
		if strings.EqualFold(c.Values[i].Value, "true") {
			state = "absent"
		}
		states = append(states, state)
	}
	return strings.Join(states, " or ")
}

// is says how the key's value must compare. A negated operator holds without
// the key, too (S-118).
func is(test *condition.Test) string {
	switch test.Family {
	case condition.StringPattern, condition.ARN:
		return negated(test, "matches ", "matches none of ")
	case condition.IP:
		return negated(test, "is in ", "is in none of ")
	case condition.StringFold:
		return negated(test, "is, ignoring case, ", "is, ignoring case, none of ")
	}
	return negated(test, "is ", "is none of ") + map[condition.Comparison]string{
		condition.Less: "below ", condition.LessOrEqual: "at most ",
		condition.Greater: "above ", condition.GreaterOrEqual: "at least ",
	}[test.Comparison]
}

func negated(test *condition.Test, plain, not string) string {
	if test.Negated {
		return not
	}
	return plain
}
