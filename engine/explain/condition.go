package explain

import (
	"strings"

	"fenceline/engine/condition"
	"fenceline/engine/iam"
)

// Condition says what one operator made of its key. The values are the
// policy's, with variables filled in.
func Condition(test *condition.Test, name string, key *iam.Key, values []string, outcome iam.Outcome) string {
	quotedName := "`" + name + "`"
	truth := map[iam.Outcome]string{iam.Match: "true", iam.NoMatch: "false", iam.Unknown: "unknown"}[outcome]
	switch {
	case key.Unknown():
		return quotedName + " is not known"
	case key == nil:
		return quotedName + " is absent from the request, which makes `" + test.String() + "` " + truth
	case test.Family == condition.Null:
		return quotedName + " is present in the request, which makes `" + test.String() + "` " + truth
	case len(key.Values) == 0:
		return quotedName + " is present without a value, which makes `" + test.String() + "` " + truth
	case test.Quantifier == condition.One && len(key.Values) > 1:
		return quotedName + " has several values, which `" + test.Name + "` without `ForAllValues:` or `ForAnyValue:` does not match"
	}
	link := map[iam.Outcome]string{
		iam.Match: ", and the policy ", iam.NoMatch: ", but the policy ", iam.Unknown: ", and it is not known whether that fits: the policy ",
	}[outcome]
	return "the request's " + quotedName + " is " + some(key.Values) + link + wants(test) + " " + some(values)
}

// wants says what the operator asks of the values.
func wants(test *condition.Test) string {
	verbs := map[condition.Family]string{
		condition.StringPattern: "a match of", condition.ARN: "a match of", condition.IP: "an address in",
		condition.Numeric: "a number", condition.Date: "a time",
	}
	verb := verbs[test.Family]
	if test.Comparison != condition.Equal {
		verb += map[condition.Comparison]string{
			condition.Less: " below", condition.LessOrEqual: " of at most",
			condition.Greater: " above", condition.GreaterOrEqual: " of at least",
		}[test.Comparison]
	}
	if test.Negated {
		return strings.TrimSpace("excludes " + verb)
	}
	return strings.TrimSpace("wants " + verb)
}

// some lists up to four values.
func some(values []string) string {
	const most = 4
	if len(values) == 0 {
		return "nothing"
	}
	if len(values) > most {
		return quoted(values[:most]) + " …"
	}
	return quoted(values)
}
