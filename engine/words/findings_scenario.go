package words

import (
	"strings"

	"fenceline/engine/iam"
)

// scenarioWith is a scenario file with these members.
func scenarioWith(members ...string) string {
	return "{\n  \"version\": 1,\n  \"title\": \"An example\",\n  " + strings.Join(members, ",\n  ") + "\n}"
}

// inScenario is an example in a scenario file.
func inScenario(members ...string) Example {
	return Example{Layer: iam.NoLayer, Marked: scenarioWith(members...)}
}

// instead is the example with what to write at its place.
func (e Example) instead(right string) Example {
	e.Right = right
	return e
}

const (
	someone  = `"identities": [{ "arn": "arn:aws:iam::111122223333:user/Alex" }]`
	question = `"requests": [{ "principal": "arn:aws:iam::111122223333:user/Alex", "action": "s3:GetObject", "resource": "arn:aws:s3:::reports/a" }]`
)

// asking is a list of one request with these members.
func asking(members ...string) string {
	return "\"requests\": [{\n    \"principal\": \"arn:aws:iam::111122223333:user/Alex\",\n    " + strings.Join(members, ",\n    ") + "\n  }]"
}

// scenarioFindings are about the scenario file round the policies.
var scenarioFindings = map[string]findingText{
	"unknownVersion": {
		title:   "A version that the format doesn't have",
		text:    "`version` is that of the format of scenario files, of which there is one.",
		why:     "A file of another version may mean something else by the same words, so nothing of it is run.",
		instead: "Write `1`.",
		example: Example{Layer: iam.NoLayer, Marked: strings.Replace(scenarioWith(question), "1", "«2»", 1)},
	},
	"unknownMember": {
		title:   "A member that scenario files don't have",
		text:    "An object of the scenario file has a member that the format doesn't know.",
		why:     "What it was to say would be left out in silence otherwise.",
		instead: "Write the member that was meant, or remove it.",
		example: inScenario(someone, asking(`"action": "s3:GetObject"`, `"resource": "*"`, `«"contxt"»: {}`)),
	},
	"missingMember": {
		title:   "A member that is missing",
		text:    "An object of the scenario file, or a call, lacks a member that it must have.",
		why:     "Without it nothing can be decided.",
		instead: "Write the member that the message names.",
		example: inScenario(`"requests": [«{» "principal": "arn:aws:iam::111122223333:user/Alex", "resource": "*" }]`).instead(`{ "action": "s3:GetObject",`),
	},
	"emptyValue": {
		title:   "An empty text where a name is needed",
		text:    "A member of the scenario file, or the name of a policy, is an empty text.",
		why:     "Nothing can be found or attached by it.",
		instead: "Write what the message names.",
		example: inScenario(asking(`"action": «""»`, `"resource": "*"`)).instead(`"s3:ListAllMyBuckets"`),
	},
	"invalidValue": {
		title:   "A value that is none of those possible",
		text:    "A member of the scenario file takes a few words only, and has another one.",
		why:     "An expectation that nobody understands would never be held against a decision.",
		instead: "Write one of the words that the message names.",
		example: inScenario(asking(`"action": "s3:GetObject"`, `"resource": "arn:aws:s3:::reports/a"`, `"expect": «"implicitdeny"»`)),
	},
	"invalidARN": {
		title:   "An ARN of something else",
		text:    "An ARN of the scenario file is none, or not that of what should stand there.",
		why:     "Policies find the things of a scenario by their ARNs.",
		instead: "Write the ARN as AWS does.",
		example: inScenario(`"identities": [{ "arn": «"arn:aws:iam::111122223333:policy/Alex"» }]`, question).instead(`"arn:aws:iam::111122223333:user/Alex"`),
	},
	"duplicateARN": {
		title:   "One thing listed twice",
		text:    "Two entries of the scenario file have the same ARN, or names that are the same to IAM.",
		why:     "Which of the two counts would be a guess.",
		instead: "Keep one entry, with what both say.",
		example: inScenario(`"resources": [{ "arn": "arn:aws:s3:::reports", "account": "111122223333" }, { "arn": «"arn:aws:s3:::reports"» }]`, question).instead(`"arn:aws:s3:::archive"`),
	},
	"invalidAccount": {
		title:   "An account id that is none",
		text:    "An account of the scenario file is not written with twelve digits.",
		why:     "Whose a resource is decides whether one account must allow or two.",
		instead: "Write twelve digits, in quotes.",
		example: inScenario(`"resources": [{ "arn": "arn:aws:s3:::reports", "account": «"1111-2222-3333"» }]`, question).instead(`"111122223333"`),
	},
	"invalidId": {
		title:   "An id that is none",
		text:    "The organization, its root or a unit has an id with a slash or white space in it.",
		why:     "Conditions on paths in the organization compare these ids.",
		instead: "Write an id of the form that the message shows.",
		example: inScenario(`"organization": { "id": "o-exampleorgid", "managementAccount": "999999999999", "root": { "id": «"r/abcd"» } }`, question).instead(`"r-abcd"`),
	},
	"duplicateId": {
		title:   "One id listed twice",
		text:    "An endpoint or an account stands in the scenario file twice.",
		why:     "Which of the two entries counts would be a guess.",
		instead: "Keep one entry.",
		example: inScenario(`"vpcEndpoints": [{ "id": "vpce-0a1b2c3d", "policy": "Everything" }, { "id": «"vpce-0a1b2c3d"», "policy": "Everything" }]`,
			`"policies": { "Everything": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" } } }`, question).instead(`"vpce-4e5f6a7b"`),
	},
	"tooMany": {
		title: "More than AWS attaches", rules: []string{"S-031", "S-027"}, page: "QUO",
		text:    "More policies or groups are attached than AWS allows.",
		why:     "It is evaluated; AWS would refuse to attach them.",
		instead: "Attach fewer, or put several policies into one.",
		example: Example{Layer: iam.NoLayer, Marked: scenarioWith(`"organization": {
    "id": "o-exampleorgid", "managementAccount": "999999999999",
    "root": { "id": "r-abcd", "scps": «["FullAWSAccess"…]» }
  }`, question), Pad: `, "FullAWSAccess"`, Times: 10},
	},
	"unknownPolicy": {
		title:   "A policy that is nowhere",
		text:    "Something has a policy of a name that the scenario doesn't define, and that the engine doesn't ship.",
		why:     "What the policy says is not known, so nothing that meets it can be decided.",
		instead: "Write its document under `policies`, or the name that was meant.",
		example: inScenario(`"policies": { "Reader": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" } } }`,
			`"identities": [{ "arn": "arn:aws:iam::111122223333:user/Alex", "policies": [«"Readr"»] }]`, question),
	},
	"missingPolicy": {
		title: "A policy whose document is not at hand", rules: []string{"S-239"}, page: "EVAL",
		text:    "A policy of the scenario is `null`: something has it, and nobody here knows what it says.",
		why:     "It is never taken for empty. Requests that meet it are denied and say so.",
		instead: "Write its document in the place of `null`.",
		example: inScenario(`"policies": { "Reader": «null» }`, `"identities": [{ "arn": "arn:aws:iam::111122223333:user/Alex", "policies": ["Reader"] }]`, question).
			instead(`{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" } }`),
	},
	"unknownGroup": {
		title:   "A group that is nowhere",
		text:    "A user is in a group that `identities` doesn't list.",
		why:     "Which policies the user has by it is not known.",
		instead: "Add the group with its policies.",
		example: Example{Layer: iam.NoLayer, Marked: scenarioWith(`"identities": [{ "arn": "arn:aws:iam::111122223333:user/Alex", "groups": [«"arn:aws:iam::111122223333:group/Readers"»] }]`, question),
			Whole: scenarioWith(`"identities": [{ "arn": "arn:aws:iam::111122223333:user/Alex", "groups": ["arn:aws:iam::111122223333:group/Readers"] }, { "arn": "arn:aws:iam::111122223333:group/Readers" }]`, question)},
	},
	"notForThisIdentity": {
		title:   "What this kind of identity doesn't have",
		text:    "An identity has a member that belongs to another kind: groups are of users, trust policies of roles.",
		why:     "AWS has no such thing, so it could have no effect.",
		instead: "Remove it.",
		example: inScenario(`"identities": [{ "arn": "arn:aws:iam::111122223333:role/App", "groups": «[]» }]`, question),
	},
	"boundaryOnGroup": {
		title: "A boundary on a group", rules: []string{"S-170", "S-167"}, page: "PB",
		text:    "A group has a permissions boundary.",
		why:     "AWS has boundaries of users and roles only. Who relied on it for a group's members would have none.",
		instead: "Put the boundary on each user of the group.",
		example: inScenario(`"identities": [{ "arn": "arn:aws:iam::111122223333:group/Readers", "boundary": «"arn:aws:iam::aws:policy/AdministratorAccess"» }]`, question),
	},
	"boundaryOnServiceLinkedRole": {
		title: "A boundary on a service-linked role", rules: []string{"S-170", "S-233"}, page: "SLR",
		text:    "A role that a service made for itself has a permissions boundary.",
		why:     "AWS refuses to put one there.",
		instead: "Remove it. What the service may do is fixed by its role.",
		example: inScenario(`"identities": [{ "arn": "arn:aws:iam::111122223333:role/aws-service-role/ec2.amazonaws.com/Linked", "boundary": «"arn:aws:iam::aws:policy/AdministratorAccess"» }]`, question),
	},
	"notForThisPrincipal": {
		title:   "What this caller doesn't have",
		text:    "A request gives its caller a session, the maker of a session or a call that only other callers have.",
		why:     "A user signs with his own keys: a session policy beside them would limit nothing in AWS.",
		instead: "Remove it, or ask as the session of a role.",
		example: inScenario(asking(`"action": "s3:GetObject"`, `"resource": "arn:aws:s3:::reports/a"`, `"session": «{ "name": "alex" }»`)),
	},
	"sameTagKey": {
		title: "Two tags that differ by case only", rules: []string{"S-116"}, page: "COND",
		text:    "The context of a request has a tag's key twice, with different case.",
		why:     "AWS doesn't say which of them a condition then compares. Here the key has both values, and plain operators don't match it.",
		instead: "Keep one of them.",
		example: inScenario(asking(`"action": "s3:GetObject"`, `"resource": "arn:aws:s3:::reports/a"`, `"context": { "aws:PrincipalTag/team": "blue", «"aws:PrincipalTag/Team"»: "red" }`)).instead(`"aws:PrincipalTag/site"`),
	},
	"contradiction": {
		title:   "Two statements of the file that exclude each other",
		text:    "The scenario file says one thing in two ways: an owner beside an ARN that shows another, a value of a key that is declared unknown.",
		why:     "Which of them should count would be a guess.",
		instead: "Keep one of the two.",
		example: inScenario(asking(`"action": "s3:GetObject"`, `"resource": "arn:aws:s3:::reports/a"`, `"context": { "aws:SourceIp": "203.0.113.9" }`, `"unknown": [«"aws:SourceIp"»]`)).instead(`"aws:SourceVpce"`),
	},
	"unknownCall": {
		title:   "A call whose parameters are not known",
		text:    "A request has `parameters`, and its action is no call of which the engine knows them.",
		why:     "What it asks for, and on which resource, can't be derived.",
		instead: "Write `resource` and `context` in their place.",
		example: Example{Layer: iam.NoLayer, Marked: scenarioWith(asking(`"action": "s3:GetObject"`, `"parameters": «{ "Bucket": "reports" }»`)), Whole: scenarioWith(asking(`"action": "s3:GetObject"`, `"resource": "arn:aws:s3:::reports/a"`))},
	},
	"unknownParameter": {
		title:   "A parameter that the call doesn't have",
		text:    "A call has a parameter that the engine doesn't know of it.",
		why:     "It may change what is asked for, so the call is not decided without it.",
		instead: "Write the parameter as AWS's API names it, or remove it.",
		example: inScenario(asking(`"action": "iam:CreateUser"`, `"parameters": { "UserName": "Casey", «"PermissionBoundary"»: "arn:aws:iam::aws:policy/ReadOnlyAccess" }`)),
	},
	"missingRegion": {
		title:   "A call without its Region",
		text:    "A call of a service that has Regions doesn't say in which it is made.",
		why:     "The ARNs that it asks for have the Region in them.",
		instead: "Write `aws:RequestedRegion` into the request's `context`.",
		example: Example{Layer: iam.NoLayer, Marked: scenarioWith(asking(`"action": "lambda:CreateFunction"`, `"parameters": «{ "FunctionName": "report", "Role": "arn:aws:iam::111122223333:role/App" }»`)),
			Whole: scenarioWith(asking(`"action": "lambda:CreateFunction"`, `"context": { "aws:RequestedRegion": "eu-central-1" }`, `"parameters": { "FunctionName": "report", "Role": "arn:aws:iam::111122223333:role/App" }`))},
	},
}
