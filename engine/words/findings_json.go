package words

import (
	"fenceline/engine/iam"
	"fenceline/engine/policy"
)

// jsonFindings are about the text before it is read as a policy.
var jsonFindings = map[string]findingText{
	"empty": {
		title: "A text without anything in it", page: "GRAM", rules: []string{"S-001"},
		text:    "The text is empty, or has nothing but white space.",
		why:     "A policy is a JSON object. An empty text is none, and AWS refuses to save it.",
		instead: "Write a policy with at least one statement, or take the attachment away if there should be no policy.",
		example: Example{Layer: iam.IdentityPolicy, Marked: "«»", Right: policyWith(allows, reads, objects)},
	},
	"encoding": {
		title: "Bytes that are no UTF-8 text", page: "GRAM", rules: []string{"S-021"},
		text:    "The text begins with a byte order mark, is UTF-16 or compressed, or holds bytes that are no UTF-8.",
		why:     "JSON is UTF-8 without a byte order mark. Editors hide the mark, so the file looks right and is refused nevertheless.",
		instead: "Save the file as UTF-8 without BOM. What is compressed must be unpacked first.",
		example: Example{Layer: iam.IdentityPolicy, Marked: "«\uFEFF»" + policyWith(allows, reads, objects)},
	},
	"tooLarge": {
		title: "A text larger than any policy", page: "QUO", rules: []string{"S-030"},
		text:    "The text is larger than is read as a policy.",
		why:     "AWS's own limits are far lower, so a text of this size is something else.",
		instead: "Give the policy alone. What holds many policies, a dump of an account for one, is read by the account's page.",
		example: Example{Layer: iam.IdentityPolicy, Marked: "«»" + policyWith(`"Sid": "…"`, allows, reads, objects), Pad: "x", Times: policy.MaxBytes},
	},
	"tooDeep": {
		title: "Nesting that no policy needs", page: "GRAM", rules: []string{"S-018"},
		text:    "Lists and objects stand in each other more deeply than is read.",
		why:     "A policy needs seven levels. Deeper texts are a mistake, or made to break programs that read them.",
		instead: "Look for the first bracket that should have been closed.",
		example: Example{Layer: iam.IdentityPolicy, Marked: "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": …«[»\n}", Pad: "[", Times: 63},
	},
	"syntax": {
		title: "A place where the text is no JSON", page: "GRAM", rules: []string{"S-001"},
		text:    "At this place the text can't be read as JSON any further: a quote, a bracket, a comma or a colon is missing or of the wrong kind.",
		why:     "Nothing behind the place can be trusted, so nothing of the policy is evaluated.",
		instead: "Mend the place that is marked; where one change makes it JSON again, the engine offers it.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(`"Effect": «'»Allow'`, reads, objects)},
	},
	"missingComma": {
		title: "A comma that is missing", page: "GRAM", rules: []string{"S-001"},
		text:    "Two members of an object, or two entries of a list, stand beside each other without a comma.",
		why:     "It is no JSON, and AWS refuses the policy.",
		instead: "Add the comma behind the first of the two.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows+"«»\n    "+reads, objects)},
	},
	"trailingComma": {
		title: "A comma before a closing bracket", page: "GRAM", rules: []string{"S-001"},
		text:    "A comma stands behind the last member of an object or the last entry of a list.",
		why:     "JavaScript allows it, JSON does not, and AWS refuses the policy.",
		instead: "Remove the comma.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, reads, objects+"«,»")},
	},
	"comment": {
		title: "A comment", page: "GRAM", rules: []string{"S-001"},
		text:    "A comment stands in the text, after `//` or `#`, or between `/*` and `*/`.",
		why:     "JSON has no comments, and AWS refuses the policy.",
		instead: "Say what a statement is for in its `Sid`, and remove the comment.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, "«// only reports»\n    "+reads, objects)},
	},
	"afterEnd": {
		title: "Text after the end of the policy", page: "GRAM", rules: []string{"S-001"},
		text:    "Something follows the bracket that closes the policy.",
		why:     "A text is one JSON object. What follows is read by nobody, or the object was closed too early.",
		instead: "Remove what follows, or the bracket that closes too early.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, reads, objects) + "\n«}»"},
	},
	"badEscape": {
		title: "A backslash that begins no escape", page: "GRAM", rules: []string{"S-001"},
		text:    "A backslash in a string is followed by what is no escape of JSON, or by the number of no character.",
		why:     "JSON knows few escapes. A backslash from a path of Windows or a regular expression is none of them.",
		instead: "Write `\\\\` for a backslash itself.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, reads, `"Resource": "arn:aws:s3:::reports/a«\d»"`)},
	},
	"controlCharacter": {
		title: "A control character inside a string", page: "GRAM", rules: []string{"S-021"},
		text:    "A tab or another control character stands inside a string as itself.",
		why:     "JSON wants it as an escape. Mostly it came from a table or a terminal and belongs nowhere.",
		instead: "Remove it, or write its escape, `\\t` for a tab.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, reads, "\"Resource\": \"arn:aws:s3:::reports/«\t»a\"")},
	},
	"duplicateKey": {
		title: "A name that stands twice", page: "GRAM", rules: []string{"S-007", "S-008"},
		text:    "An object has two members of the same name, or a condition operator has one key in two spellings.",
		why:     "Parsers disagree on which of the two counts. What one of them checked may not be what another one enforces.",
		instead: "Keep one name, with all values in its list.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, reads, `«"Action"»: "s3:PutObject"`, objects)},
	},
	"tooManyProblems": {
		title: "More problems than are listed", page: "GRAM", rules: []string{"S-239"},
		text:    "The text has more problems of one severity than are reported.",
		why:     "So many have mostly one cause, and the first of them shows it best.",
		instead: "Mend the first ones; the others are reported then, if there are any left.",
		example: Example{Layer: iam.IdentityPolicy, Marked: policyWith(allows, `"Action": […«"GetObject"»]`, objects), Pad: `"GetObject", `, Times: 100, With: []string{"invalidAction"}},
	},
}
