package scenario_test

import (
	"testing"

	"fenceline/engine/iam"
)

// TestUnknownKeysFoundByFuzzing are cases in which a value that settles a
// decision is easily overlooked.
func TestUnknownKeysFoundByFuzzing(t *testing.T) {
	allow := func(resource, condition string) string {
		return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"` + resource + `","Condition":` + condition + `}]}`
	}
	a := []openKey{{name: "x:a"}}
	for _, test := range []struct {
		name, policy string
		open         []openKey
		want         iam.Decision
	}{
		{"an escaped star is the value `*`", allow("*", `{"StringEquals":{"x:a":"${*}"},"StringNotLike":{"x:a":""}}`), a, iam.Depends},
		{"an escaped star in a pattern", allow("*", `{"StringLike":{"x:a":"a${*}b*"},"StringNotEquals":{"x:a":"a*b"}}`), a, iam.Depends},
		{"a number so large that the next smaller one is out of reach", allow("*", `{"NumericLessThan":{"x:a":100000000000000000}}`), a, iam.Depends},
		{"no number lies between neighbours", allow("*", `{"NumericLessThan":{"x:a":100000000000000001},"NumericGreaterThan":{"x:a":100000000000000000}}`), a, iam.Depends},
		{"only a spelling in mixed case will do", allow("*", `{"StringEqualsIgnoreCase":{"x:a":"ab"},"StringLike":{"x:a":"A*"},"StringNotLike":{"x:a":"*B"}}`), a, iam.Depends},
		{"an instant between two seconds", allow("*", `{"DateGreaterThan":{"x:a":"2026-01-01T00:00:00Z"},"DateLessThan":{"x:a":"2026-01-01T00:00:01Z"}}`), a, iam.Depends},
		{
			"two keys that have to fit each other and the resource",
			allow("arn:aws:s3:::bucket/a${x:b}*", `{"StringLike":{"x:b":"${x:a}*"}}`), []openKey{{name: "x:a"}, {name: "x:b"}}, iam.Depends,
		},
		{
			"a value that is neither listed nor the empty text",
			`{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ForAnyValue:StringEqualsIfExists":{"x:a":"a"}}},` +
				`{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ForAllValues:StringEquals":{"x:a":"a"}}}]}`, a, iam.Depends,
		},
		{
			"a key that has to begin with what another one is",
			allow("*", `{"StringEquals":{"x:a":""},"StringEqualsIgnoreCase":{"x:b":"${x:a}*"}}`), []openKey{{name: "x:a"}, {name: "x:b"}}, iam.Depends,
		},
		{"no value is two at once", allow("*", `{"StringEquals":{"x:a":"a"},"StringLike":{"x:a":"b*"}}`), a, iam.ImplicitDeny},
		{"no address is of both families", allow("*", `{"IpAddress":{"x:a":"0.0.0.0/0"},"NotIpAddress":{"x:a":["0.0.0.0/0","::/0"]}}`), a, iam.ImplicitDeny},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := &openCase{policy: test.policy, resource: "arn:aws:s3:::bucket/ab", given: map[string]string{}, open: test.open}
			result := c.run(t, true)
			if result == nil {
				t.Fatal("the scenario has problems")
			}
			if result.Decision != test.want {
				t.Errorf("%s, want %s (depends on %v, notes %v)", result.Decision, test.want, result.DependsOn, result.Notes)
			}
		})
	}
}
