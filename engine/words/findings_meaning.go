package words

import "fenceline/engine/iam"

// meaningFindings are about what is legal and hardly meant; package lint has
// their titles and rules.
var meaningFindings = map[string]findingText{
	"forAllValuesInAllow": {
		page: "MV", rules: []string{"S-120"},
		text:    "An Allow has a condition with `ForAllValues`, and nothing asks for the key to be there.",
		why:     "Of no values, all hold. Who leaves the key out of the request passes the condition.",
		instead: "Add a `Null` test with `\"false\"` on the same key.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, `"Action": "dynamodb:GetItem"`, `"Resource": "arn:aws:dynamodb:*:111122223333:table/Orders"`, `"Condition": { «"ForAllValues:StringEquals"»: { "dynamodb:LeadingKeys": "blue" } }`)},
	},
	"setOperatorOnSingleValue": {
		page: "MV", rules: []string{"S-122"},
		text:    "`ForAllValues` stands before an operator on a key that has one value at most.",
		why:     "All that it adds is that the condition also holds when the key is missing. An Allow is wider by that, and few notice.",
		instead: "Write the operator alone; where a missing key shall match, write `…IfExists`.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(denies, `"Action": "s3:*"`, everything, `"Condition": { «"ForAllValues:StringEquals"»: { "aws:PrincipalOrgID": "o-exampleorgid" } }`)},
	},
	"missingSetOperator": {
		page: "MV", rules: []string{"S-123"},
		text:    "A key that may have several values is compared without `ForAllValues` or `ForAnyValue`.",
		why:     "With several values in the request the condition doesn't hold, so a Deny doesn't deny.",
		instead: "Write `ForAnyValue:` where one value is enough, `ForAllValues:` where all must hold.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(denies, `"Action": "ec2:CreateTags"`, everything, `"Condition": { «"StringEquals"»: { "aws:TagKeys": "owner" } }`)},
	},
	"wildcardInEquals": {
		page: "OPS", rules: []string{"S-132"},
		text:    "A value of `StringEquals` or its like has a `*` or `?`.",
		why:     "To these operators both are plain characters, so the condition holds only for a value that has them itself.",
		instead: "Write `StringLike`, or `StringNotLike`, for a pattern.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, reads, objects, `"Condition": { "StringEquals": { "aws:PrincipalTag/team": «"blue-*"» } }`)},
	},
	"sensitiveWildcard": {
		page:    "GLOB",
		text:    "A key that names an account, an organization, a VPC or an endpoint is compared with a pattern.",
		why:     "Such ids have no order: a pattern that covers yours covers those of strangers, too. AWS announces that it will take none.",
		instead: "Write the whole id.",
		example: Example{Layer: iam.ResourcePolicy, Marked: policyWith(allows, `"Principal": "*"`, reads, objects, `"Condition": { "StringLike": { "aws:PrincipalOrgID": «"o-*"» } }`), Right: `"o-exampleorgid"`},
	},
	"unsupportedKey": {
		page:    "GLOB",
		text:    "A condition names a key that no request has: `aws:ARN`, or a key without a prefix.",
		why:     "The key is always missing. A positive operator never holds by it, a negated one always does.",
		instead: "Write `aws:PrincipalArn` for the caller; others begin with `aws:` or a service.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, reads, objects, `"Condition": { "ArnLike": { «"aws:ARN"»: "arn:aws:iam::111122223333:role/Admin" } }`)},
	},
	"mfaAllowLeaks": {
		page: "MFA", rules: []string{"S-276", "S-277"},
		text:    "An Allow asks for MFA with `BoolIfExists`.",
		why:     "Long-term access keys send no `aws:MultiFactorAuthPresent` at all. `IfExists` lets them in without any MFA.",
		instead: "Write `Bool`, which a missing key fails.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, `"Action": "ec2:StopInstances"`, everything, `"Condition": { «"BoolIfExists"»: { "aws:MultiFactorAuthPresent": "true" } }`)},
	},
	"mfaDenyLeaks": {
		page: "MFA", rules: []string{"S-276", "S-277"},
		text:    "A Deny on requests without MFA uses `Bool`.",
		why:     "Long-term access keys send no `aws:MultiFactorAuthPresent` at all. `Bool` doesn't hold then, and the Deny spares them.",
		instead: "Write `BoolIfExists`, which holds for a missing key.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(denies, `"Action": "ec2:StopInstances"`, everything, `"Condition": { «"Bool"»: { "aws:MultiFactorAuthPresent": "false" } }`)},
	},
	"notActionInAllow": {
		page: "NACT", rules: []string{"S-045"},
		text:    "An Allow has `NotAction`: it allows every action but those that are listed.",
		why:     "On all resources that is every service of AWS, with what AWS adds later. To list `iam:*` does not keep a user from reaching IAM by other ways, `sts:AssumeRole` for one.",
		instead: "List in `Action` what is allowed. What must never be done goes into a statement that denies.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, `"NotAction": «"iam:*"»`, everything),
			Whole: policyWith(allows, `"Action": ["s3:*", "dynamodb:*"]`, everything)},
	},
	"notResourceInAllow": {
		page: "NRES", rules: []string{"S-067"},
		text:    "An Allow has `NotResource`: it allows its actions on every resource but those that are listed.",
		why:     "That is everything in every service that the actions cover, in other accounts too, where these allow it.",
		instead: "List in `Resource` what is allowed, and deny what is spared in a statement of its own.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, reads, `"NotResource": «"arn:aws:s3:::secrets/*"»`),
			Whole: policyWith(allows, reads, objects)},
	},
	"denyNotPrincipal": {
		page: "NPRIN", rules: []string{"S-101"},
		text:    "A Deny has `NotPrincipal`: it denies everyone but those listed.",
		why:     "It hits every user and role with a permissions boundary, also those that are listed; and a role is spared only when its account stands in the list as well.",
		instead: "Deny everyone, with `ArnNotEquals` or `ArnNotLike` on `aws:PrincipalArn`.",
		example: Example{Layer: iam.ResourcePolicy, Marked: policyWith(denies, `"NotPrincipal": «{ "AWS": "arn:aws:iam::111122223333:role/Admin" }»`, reads, objects),
			Whole: policyWith(denies, `"Principal": "*"`, reads, objects, `"Condition": { "ArnNotEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/Admin" } }`)},
	},
	"variableWithoutVersion": {
		page: "VAR", rules: []string{"S-005", "S-082"},
		text:    "The policy has `${…}`, and a version of the language in which it is plain text.",
		why:     "The pattern matches only those very characters: nobody reaches his folder by an Allow, and a Deny on it denies nothing.",
		instead: "Write `\"Version\": \"2012-10-17\"`.",
		example: Example{Layer: iam.IdentityPolicy, Marked: "{\n  \"Version\": \"2008-10-17\",\n  \"Statement\": {\n    " + allows + ",\n    " + reads + ",\n    \"Resource\": «\"arn:aws:s3:::home/${aws:username}/*\"»\n  }\n}",
			Whole: policyWith(allows, reads, `"Resource": "arn:aws:s3:::home/${aws:username}/*"`), With: []string{"oldVersion"}},
	},
	"endpointWildcard": {
		page:    "PL",
		text:    "A pattern in an endpoint policy has fewer than six plain characters before or after a wildcard.",
		why:     "Endpoint policies don't take shorter ones.",
		instead: "Write more of the value.",
		example: Example{Layer: iam.VPCEndpointPolicy, Marked: policyWith(allows, `"Principal": "*"`, reads, everything, `"Condition": { "StringLike": { "aws:PrincipalTag/team": «"blue*"» } }`), Right: `"blue-team-*"`},
	},
	"scpBefore2025": {
		page: "SCPSYN", rules: []string{"S-023"},
		text:    "A service control policy uses what such policies take since September 2025 only. It is reported when you ask for it.",
		why:     "Tools that are older than that refuse it.",
		instead: "Allow with `\"Resource\": \"*\"`, without condition and without `NotAction`, and write a wildcard only at an action's end.",
		example: Example{Layer: iam.ServiceControlPolicy, Marked: policyWith(allows, reads, `"Resource": «"arn:aws:s3:::reports/*"»`), Right: `"*"`, Before2025: true},
	},
}

// catalogueFindings are about what AWS lists.
var catalogueFindings = map[string]findingText{
	"unknownAction": {
		page: "SAR", rules: []string{"S-033"}, looksUp: true,
		text:    "A pattern of `Action` or `NotAction` matches no action that AWS lists, on the day that the message names.",
		why:     "IAM saves such a policy without a word. The Allow grants nothing; the Deny denies nothing.",
		instead: "Write the action as AWS spells it. It may also be newer than the list.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, `"Action": «"s3:GetObjcet"»`, objects)},
	},
	"unknownKey": {
		page: "SAR", rules: []string{"S-033"}, looksUp: true,
		text:    "A condition names a key that AWS doesn't list, or lists for none of the statement's actions.",
		why:     "Requests of these actions lack the key. A positive operator never holds by it, a negated one always does.",
		instead: "Write a key that the actions have; the editor offers them.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, lists, bucket, `"Condition": { "StringEquals": { «"s3:prefx"»: "2026/" } }`)},
	},
	"needsStar": {
		page: "SAR", rules: []string{"S-048"}, looksUp: true,
		text:    "An action that works on no resource with an ARN stands in a statement that names ARNs.",
		why:     "AWS asks for such an action on `*`, which no ARN matches. The statement never applies to it.",
		instead: "Write it in a statement of its own with `\"Resource\": \"*\"`.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, `"Action": «"ec2:DescribeInstances"»`, `"Resource": "arn:aws:ec2:*:111122223333:instance/*"`)},
	},
	"notLookedUp": {
		title: "More patterns than are looked up", page: "SAR", rules: []string{"S-042"}, looksUp: true,
		text:    "The policies have so many patterns with wildcards that not all of them are compared with AWS's list.",
		why:     "A slip in the others is not found. Decisions are not touched by it.",
		instead: "Nothing needs to be changed; check long lists in parts, if you like.",
		example: Example{Layer: iam.IdentityPolicy, Marked: "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": «{\n    " + allows + ",\n    \"Action\": [… \"s3:GetObject\"],\n    " + everything + "\n  }»\n}",
			Pad: `"*:Fetch#*", `, Times: 40, With: []string{"unknownAction"}},
	},
}
