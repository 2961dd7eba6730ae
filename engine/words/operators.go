package words

import "fenceline/engine/condition"

const operatorsPage = guide + "reference_policies_elements_condition_operators.html#"

// families are what is common to the operators of a family.
var families = map[condition.Family]struct {
	kind, anchor string
	rules        []string
}{
	condition.StringExact:   {"text", "Conditions_String", []string{"S-130"}},
	condition.StringFold:    {"text", "Conditions_String", []string{"S-133"}},
	condition.StringPattern: {"text", "Conditions_String", []string{"S-132"}},
	condition.Numeric:       {"number", "Conditions_Numeric", []string{"S-134"}},
	condition.Date:          {"date", "Conditions_Date", []string{"S-136"}},
	condition.Bool:          {"bool", "Conditions_Boolean", []string{"S-138"}},
	condition.Binary:        {"binary", "Conditions_BinaryEquals", []string{"S-139"}},
	condition.IP:            {"address", "Conditions_IPAddress", []string{"S-140"}},
	condition.ARN:           {"arn", "Conditions_ARN", []string{"S-142"}},
	condition.Null:          {"any", "Conditions_Null", []string{"S-120"}},
}

var operatorTexts = map[string]string{
	"StringEquals":              "The key is one of the values, letter by letter. Wildcards are plain characters.",
	"StringNotEquals":           "The key is none of the values, or is missing.",
	"StringEqualsIgnoreCase":    "The key is one of the values, whatever their case.",
	"StringNotEqualsIgnoreCase": "The key is none of the values, whatever their case, or is missing.",
	"StringLike":                "The key matches one of the patterns, in which * stands for any text and ? for one character.",
	"StringNotLike":             "The key matches none of the patterns, or is missing.",
	"NumericEquals":             "The key is one of the numbers.",
	"NumericNotEquals":          "The key is none of the numbers, or is missing.",
	"NumericLessThan":           "The key is less than the number.",
	"NumericLessThanEquals":     "The key is the number or less.",
	"NumericGreaterThan":        "The key is greater than the number.",
	"NumericGreaterThanEquals":  "The key is the number or greater.",
	"DateEquals":                "The key is one of the instants.",
	"DateNotEquals":             "The key is none of the instants, or is missing.",
	"DateLessThan":              "The key is before the instant.",
	"DateLessThanEquals":        "The key is the instant or before it.",
	"DateGreaterThan":           "The key is after the instant.",
	"DateGreaterThanEquals":     "The key is the instant or after it.",
	"Bool":                      "The key is true, or is false. A missing key is neither.",
	"BinaryEquals":              "The key has the same bytes as one of the values, which are base64.",
	"IpAddress":                 "The address lies in one of the blocks.",
	"NotIpAddress":              "The address lies in none of the blocks, or is missing.",
	"ArnEquals":                 "The ARN matches one of the patterns, part by part. It is the same as ArnLike.",
	"ArnLike":                   "The ARN matches one of the patterns, part by part.",
	"ArnNotEquals":              "The ARN matches none of the patterns, or is missing. It is the same as ArnNotLike.",
	"ArnNotLike":                "The ARN matches none of the patterns, or is missing.",
	"Null":                      "Whether the key is missing: \"true\" wants it missing, \"false\" wants it there.",
}

const manyValuesPage = guide + "reference_policies_condition-single-vs-multi-valued-context-keys.html"

// modifiers stand before and behind an operator.
var modifiers = []Word{
	{"ForAllValues:", "Every value of the key must hold. It also holds when the key is missing, so an Allow needs a Null test beside it.", []string{"S-122"}, manyValuesPage},
	{"ForAnyValue:", "At least one value of the key must hold.", []string{"S-123"}, manyValuesPage},
	{"IfExists", "The operator also holds when the key is missing.", []string{"S-119"}, operatorsPage + "Conditions_IfExists"},
}
