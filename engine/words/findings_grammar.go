package words

import "fenceline/engine/iam"

// grammarFindings are about the document and the members of statements.
var grammarFindings = map[string]findingText{
	"notAnObject": {
		title: "A policy that is no JSON object", page: "GRAM", rules: []string{"S-001"},
		text:    "The text is JSON, but a list, a string or another value where a policy's object should stand.",
		why:     "AWS's commands print policies in lists and as encoded strings; what they print is not the policy itself.",
		instead: "Take the object out of the list or the string.",
		example: Example{Layer: iam.IdentityPolicy, Marked: "«[" + policyWith(allows, reads, objects) + "]»"},
	},
	"wrongType": {
		title: "A value of the wrong JSON type", page: "GRAM", rules: []string{"S-002", "S-009", "S-018"},
		text:    "An element has a number, a list, an object or another value where the grammar has a different one.",
		why:     "AWS refuses the policy.",
		instead: "Write the type that the message names, mostly a string in double quotes or a list of them.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(`"Sid": «1»`, allows, reads, objects)},
	},
	"unknownElement": {
		title: "An element that policies don't have", page: "GRAM", rules: []string{"S-001", "S-020"},
		text:    "The policy or a statement has a member whose name is none of the grammar's. Case counts.",
		why:     "AWS refuses the policy; and what the member was to say, a condition for one, would not be in force.",
		instead: "Write the element that was meant, or remove it.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, `«"Actions"»: "s3:GetObject"`, objects), With: []string{"missingAction"}},
	},
	"elementNotAllowed": {
		title: "An element that this kind of policy doesn't have", page: "GRAM", rules: []string{"S-015", "S-016"},
		text:    "The element exists, but not in this kind of policy: a `Principal` in an identity-based policy, a `Resource` in a trust policy.",
		why:     "AWS refuses the policy. Each kind already knows what the element would say: a policy of a user is about that user.",
		instead: "Remove the element, or attach the document where it belongs.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, `«"Principal"»: "*"`, reads, objects)},
	},
	"conflictingElements": {
		title: "An element beside its opposite", page: "GRAM", rules: []string{"S-014"},
		text:    "A statement has both an element and its Not form.",
		why:     "AWS refuses the policy, since what it would mean together is not defined.",
		instead: "Keep one of the two. What should be left out of an Allow goes into a statement that denies.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, `"Action": "s3:*"`, `«"NotAction"»: "s3:DeleteObject"`, objects)},
	},
	"tooLong": {
		title: "More characters than AWS takes", page: "QUO", rules: []string{"S-029", "S-030"},
		text:    "The policy has more characters than this kind may have. Where AWS takes more in some places or on request, it is a warning.",
		why:     "AWS refuses to save it, often at the end of a deployment.",
		instead: "Shorten it with wildcards, or split it into two policies. A boundary can't be split: a user or role has one.",
		example: Example{Layer: iam.PermissionsBoundary, Marked: "«{»" + policyWith(allows, `"Action": [… "s3:PutObject"]`, objects)[1:], Pad: `"s3:GetObject", `, Times: 450},
	},
	"characterNotAllowed": {
		title: "A character that IAM doesn't store", page: "GRAM", rules: []string{"S-021"},
		text:    "The policy has a character beyond U+00FF: a long dash, a curly quote, a letter of many languages.",
		why:     "IAM refuses the policy. Word processors and chats put such characters in the place of plain ones.",
		instead: "Write the plain character. In a pattern, `?` stands for one that can't be written.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, reads, `"Resource": "arn:aws:s3:::reports«–»2026/*"`)},
	},
	"missingVersion": {
		title: "A policy without `Version`", page: "VER", rules: []string{"S-004"},
		text:    "The policy has no `Version`. It is legal, and policy variables are plain text in it.",
		why:     "`${aws:username}` then matches only those very characters: an Allow stops working, and a Deny stops denying.",
		instead: "Write `\"Version\": \"2012-10-17\"`.",
		example: Example{Layer: iam.IdentityPolicy, Marked: "«{»\n  \"Statement\": {\n    " + allows + ",\n    " + reads + ",\n    " + objects + "\n  }\n}"},
	},
	"oldVersion": {
		title: "The version of 2008", page: "VER", rules: []string{"S-005"},
		text:    "The policy has the older version of the language, in which policy variables are plain text.",
		why:     "A variable that someone adds later does nothing, and nobody says so.",
		instead: "Write `\"Version\": \"2012-10-17\"`. It changes what `${…}` in the policy means, if there is any.",
		example: Example{Layer: iam.IdentityPolicy, Marked: "{\n  \"Version\": «\"2008-10-17\"»,\n  \"Statement\": {\n    " + allows + ",\n    " + reads + ",\n    " + objects + "\n  }\n}"},
	},
	"invalidVersion": {
		title: "A version that the language doesn't have", page: "VER", rules: []string{"S-003"},
		text:    "`Version` is none of the two versions of the policy language. It is not the date of the policy.",
		why:     "AWS refuses the policy.",
		instead: "Write `\"2012-10-17\"`.",
		example: Example{Layer: iam.IdentityPolicy, Marked: "{\n  \"Version\": «\"2026-11-26\"»,\n  \"Statement\": {\n    " + allows + ",\n    " + reads + ",\n    " + objects + "\n  }\n}"},
	},
	"missingStatement": {
		title: "A policy without `Statement`", page: "GRAM", rules: []string{"S-002"},
		text:    "The policy has no `Statement`.",
		why:     "AWS refuses the policy. It could neither allow nor deny anything.",
		instead: "Write a statement, with `Effect`, `Action` and `Resource`.",
		example: Example{Layer: iam.IdentityPolicy, Marked: "«{»\n  \"Version\": \"2012-10-17\"\n}", Whole: policyWith(allows, reads, objects)},
	},
	"emptyStatement": {
		title: "A list of statements with none in it", page: "GRAM", rules: []string{"S-002"},
		text:    "`Statement` is an empty list.",
		why:     "The policy has no effect. As a boundary or an SCP it lets nothing pass, since nothing in it allows.",
		instead: "Write a statement, or take the policy away.",
		example: Example{Layer: iam.IdentityPolicy, Marked: "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": «[]»\n}", Whole: policyWith(allows, reads, objects)},
	},
	"invalidSid": {
		title: "A `Sid` that IAM doesn't take", page: "SID", rules: []string{"S-012"},
		text:    "In IAM a `Sid` has letters A–Z and a–z and digits only, and at least one of them.",
		why:     "IAM refuses the policy. Other services take more characters, so a statement copied from a bucket policy may fail here.",
		instead: "Write it without spaces and marks.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(`"Sid": «"Read reports"»`, allows, reads, objects)},
	},
	"repeatedSid": {
		title: "One `Sid` on two statements", page: "SID", rules: []string{"S-012"},
		text:    "Two statements of the policy have the same `Sid`. In policies of other services it is a warning.",
		why:     "IAM refuses the policy; elsewhere it can't be told which of the two a message means.",
		instead: "Give each statement its own name.",
		example: Example{Layer: iam.IdentityPolicy, Marked: `{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "Reports", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/*" },
    { "Sid": «"Reports"», "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::reports" }
  ]
}`},
	},
	"missingEffect": {
		title: "A statement without `Effect`", page: "EFF", rules: []string{"S-011"},
		text:    "A statement says neither that it allows nor that it denies.",
		why:     "AWS refuses the policy; there is no effect that is taken by default.",
		instead: "Write `\"Effect\": \"Allow\"` or `\"Effect\": \"Deny\"`.",
		example: Example{Layer: iam.IdentityPolicy, Marked: "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": «{»\n    " + reads + ",\n    " + objects + "\n  }\n}"},
	},
	"invalidEffect": {
		title: "An `Effect` that is neither Allow nor Deny", page: "EFF", rules: []string{"S-011"},
		text:    "`Effect` is exactly `Allow` or `Deny`; case counts.",
		why:     "AWS refuses the policy.",
		instead: "Write `\"Allow\"` or `\"Deny\"`.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(`"Effect": «"allow"»`, reads, objects)},
	},
	"effectNotAllowed": {
		title: "A resource control policy that allows", page: "RCPSYN", rules: []string{"S-024", "S-193"},
		text:    "A statement of a resource control policy has `Allow`. Those that you write may only deny.",
		why:     "AWS refuses the policy. `RCPFullAWSAccess`, which is always attached, allows everything already.",
		instead: "Write what is forbidden, with `Deny`.",
		example: Example{Layer: iam.ResourceControlPolicy, Marked: policyWith(`"Effect": «"Allow"»`, `"Principal": "*"`, reads, everything)},
	},
}
