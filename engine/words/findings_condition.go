package words

import "fenceline/engine/iam"

// conditionFindings are about conditions and variables.
var conditionFindings = map[string]findingText{
	"emptyCondition": {
		title: "A condition that sets none", page: "COND", rules: []string{"S-010"},
		text:    "`Condition`, or an operator in it, is an empty object.",
		why:     "The statement holds without any condition. If one was to stand there, it is not in force.",
		instead: "Write the condition, or remove the element.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, reads, objects, `"Condition": «{}»`)},
	},
	"unknownOperator": {
		title: "A condition operator that doesn't exist", page: "OPS", rules: []string{"S-113", "S-114"},
		text:    "The name of an operator is none of AWS's. Case counts.",
		why:     "AWS refuses the policy.",
		instead: "Write one of the operators that are listed in this reference.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, reads, objects, `"Condition": { «"StringEqual"»: { "aws:PrincipalTag/team": "blue" } }`)},
	},
	"invalidKey": {
		title: "A condition key with spaces", page: "GLOB", rules: []string{"S-018"},
		text:    "The name of a condition key is empty or has white space in it.",
		why:     "No request has such a key, so the condition is decided by a key that is always missing.",
		instead: "Write the key without spaces, `aws:SourceIp` for one.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, reads, objects, `"Condition": { "IpAddress": { «"aws: SourceIp"»: "203.0.113.0/24" } }`)},
	},
	"unreadableValue": {
		title: "A value that the operator can't read", page: "OPS", rules: []string{"S-145"},
		text:    "A condition value is no number, date, address, truth value or base64 where the operator compares such.",
		why:     "It matches nothing: a positive operator never holds by it, and a negated one always does.",
		instead: "Write the value as the operator reads it.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, reads, objects, `"Condition": { "IpAddress": { "aws:SourceIp": «"203.0.113.0-255"» } }`), Right: `"203.0.113.0/24"`},
	},
	"mixedTypes": {
		title: "Values of several JSON types", page: "GRAM", rules: []string{"S-019"},
		text:    "The values of one condition key are numbers, booleans and strings side by side.",
		why:     "AWS's validation calls it an error. Compared are the texts.",
		instead: "Write all of them as strings.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, lists, bucket, `"Condition": { "NumericEquals": { "s3:max-keys": «[10, "20"]» } }`)},
	},
	"severalBooleans": {
		title: "`Bool` with several values", page: "OPS", rules: []string{"S-138"},
		text:    "`Bool` has more than one value.",
		why:     "With true and false both listed the condition holds for either, and asks only that the key be there.",
		instead: "Write one value; to ask for the key's presence, write `Null`.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, reads, objects, `"Condition": { "Bool": { "aws:SecureTransport": «["true", "false"]» } }`), Right: `"true"`},
	},
	"variableNotSupported": {
		title: "A policy variable where there is none", page: "VAR", rules: []string{"S-072", "S-073"},
		text:    "`${…}` stands where the language has no policy variables: in an action, in the first five parts of an ARN, or as a value of an operator that takes none.",
		why:     "It is compared as it stands, so that an Allow grants nothing and a Deny doesn't deny. In the first parts of an ARN AWS refuses it.",
		instead: "Write the value, or compare text: string and ARN operators take variables.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, lists, bucket, `"Condition": { "NumericLessThan": { "s3:max-keys": «"${aws:PrincipalTag/limit}"» } }`), Right: `"100"`},
	},
	"invalidVariable": {
		title: "A policy variable that can't be read", page: "VAR", rules: []string{"S-071", "S-083"},
		text:    "A policy variable lacks its closing brace, has no key, white space in its key, or a default without quotes.",
		why:     "AWS's validation calls it an error, and some of it is refused; here all of it is.",
		instead: "Write `${key}`, or `${key, 'default'}`. The characters themselves are `${$}{`.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, lists, bucket, `"Condition": { "StringEquals": { "s3:prefix": «"${aws:username"» } }`), Right: `"${aws:username}"`},
	},
}
