package lint_test

import (
	"regexp"
	"strings"
	"testing"

	"fenceline/engine/catalogue/data"
	"fenceline/engine/iam"
	"fenceline/engine/lint"
	"fenceline/engine/source"
)

func codes(text string, layer iam.Layer) string {
	var found []string
	for _, p := range lint.Decode(source.NewFile("policy", text), layer, iam.Options{SCPBefore2025: true}, data.Catalogue()) {
		found = append(found, p.Code)
	}
	return strings.Join(found, " ")
}

func statement(members string) string {
	return `{"Version":"2012-10-17","Statement":{` + members + `}}`
}

// Every check is listed with a policy that it finds and one that it leaves.
func TestChecks(t *testing.T) {
	const allow = `"Effect":"Allow","Action":"s3:*","Resource":"*"`
	const deny = `"Effect":"Deny","Action":"s3:*","Resource":"*"`
	condition := func(effect, condition string) string { return statement(effect + `,"Condition":` + condition) }
	covered := map[string]bool{}
	for _, test := range []struct {
		code       string
		layer      iam.Layer
		bad, right string
	}{
		{"forAllValuesInAllow", iam.IdentityPolicy, condition(allow, `{"ForAllValues:StringEquals":{"aws:TagKeys":"a"}}`),
			condition(allow, `{"ForAllValues:StringEquals":{"aws:TagKeys":"a"},"Null":{"aws:TagKeys":"false"}}`)},
		{"setOperatorOnSingleValue", iam.IdentityPolicy, condition(deny, `{"ForAllValues:StringEquals":{"aws:username":"a"}}`), condition(deny, `{"StringEquals":{"aws:username":"a"}}`)},
		{"missingSetOperator", iam.IdentityPolicy, condition(deny, `{"StringEquals":{"aws:TagKeys":"a"}}`), condition(deny, `{"ForAnyValue:StringEquals":{"aws:TagKeys":"a"}}`)},
		{"wildcardInEquals", iam.IdentityPolicy, condition(allow, `{"StringEquals":{"aws:username":"a*"}}`), condition(allow, `{"StringEquals":{"aws:username":"a${*}"}}`)},
		{"sensitiveWildcard", iam.IdentityPolicy, condition(allow, `{"StringLike":{"aws:SourceVpce":"vpce-*"}}`), condition(allow, `{"StringLike":{"aws:SourceVpce":"vpce-1"}}`)},
		{"unsupportedKey", iam.IdentityPolicy, condition(allow, `{"ArnLike":{"aws:ARN":"*"}}`), condition(allow, `{"ArnLike":{"aws:PrincipalArn":"*"}}`)},
		{"mfaAllowLeaks", iam.IdentityPolicy, condition(allow, `{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}}`), condition(allow, `{"Bool":{"aws:MultiFactorAuthPresent":"true"}}`)},
		{"mfaDenyLeaks", iam.IdentityPolicy, condition(deny, `{"Bool":{"aws:MultiFactorAuthPresent":"false"}}`), condition(deny, `{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}`)},
		{"notActionInAllow", iam.IdentityPolicy, statement(`"Effect":"Allow","NotAction":"iam:*","Resource":"*"`), statement(`"Effect":"Deny","NotAction":"iam:*","Resource":"*"`)},
		{"notResourceInAllow", iam.IdentityPolicy, statement(`"Effect":"Allow","Action":"s3:*","NotResource":"arn:aws:s3:::b"`), statement(`"Effect":"Deny","Action":"s3:*","NotResource":"arn:aws:s3:::b"`)},
		{"denyNotPrincipal", iam.ResourcePolicy, statement(deny + `,"NotPrincipal":{"AWS":"111122223333"}`), statement(deny + `,"Principal":{"AWS":"111122223333"}`)},
		{"variableWithoutVersion", iam.IdentityPolicy, strings.Replace(condition(allow, `{"StringEquals":{"s3:prefix":"${aws:username}"}}`), "2012", "2008", 1),
			condition(allow, `{"StringEquals":{"s3:prefix":"${aws:username}"}}`)},
		{"endpointWildcard", iam.VPCEndpointPolicy, condition(allow+`,"Principal":"*"`, `{"StringLike":{"aws:PrincipalOrgPaths/x":"ab*"}}`),
			condition(allow+`,"Principal":"*"`, `{"StringLike":{"aws:PrincipalOrgPaths/x":"abcdef*"}}`)},
		{"unknownAction", iam.IdentityPolicy, statement(`"Effect":"Allow","Action":"s3:GetObjcet","Resource":"*"`), statement(`"Effect":"Allow","Action":"S3:getobject","Resource":"*"`)},
		{"unknownKey", iam.IdentityPolicy, condition(allow, `{"StringEquals":{"s3:prefx":"a"}}`), condition(allow, `{"StringEquals":{"s3:prefix":"a"}}`)},
		{"needsStar", iam.IdentityPolicy, statement(`"Effect":"Allow","Action":"ec2:DescribeInstances","Resource":"arn:aws:ec2:*:*:instance/*"`), statement(`"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"arn:aws:s3:::*"`)},
		{"scpBefore2025", iam.ServiceControlPolicy, statement(`"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::b"`), statement(allow)},
	} {
		covered[test.code] = true
		if got := codes(test.bad, test.layer); !strings.Contains(got, test.code) {
			t.Errorf("%s is not found in %s: %s", test.code, test.bad, got)
		}
		if got := codes(test.right, test.layer); strings.Contains(got, test.code) {
			t.Errorf("%s is found in %s", test.code, test.right)
		}
	}
	for _, check := range lint.Checks() {
		if !covered[check.Code] {
			t.Errorf("%s has no example", check.Code)
		}
		if check.Title == "" || !regexp.MustCompile(`^S-\d{3}$`).MatchString(check.Rule) {
			t.Errorf("%s: title %q, rule %q", check.Code, check.Title, check.Rule)
		}
	}
}
