package simulate

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// viaCall marks policies that the call gives, where others name a group.
const viaCall = "call"

// compile reads a policy's text as one of a kind. AWS's size limits for
// attached policies do not hold for simulated ones.
func compile(name, text string, layer iam.Layer) (*eval.Policy, *Error) {
	if size := utf8.RuneCountInString(text); size > MaxText {
		return nil, invalid(fmt.Sprintf("%s has %d characters; a policy may have %d here", name, size, MaxText))
	}
	document, problems := policy.Decode(source.NewFile(name, text), layer)
	problems = slices.DeleteFunc(problems, func(p source.Problem) bool { return p.Severity != source.Error || p.Code == "tooLong" })
	if len(problems) == 0 {
		return eval.Compile(document), nil
	}
	at, more := document.File.Position(problems[0].Span.Start), ""
	if len(problems) > 1 {
		more = fmt.Sprintf(" (and %d more)", len(problems)-1)
	}
	return nil, invalid(fmt.Sprintf("%s is no valid %s: line %d, column %d: %s%s", name, layer.Words(), at.Line, at.Column+1, problems[0].Message, more))
}

// inputs compiles a list of policies under AWS's names for them,
// "PolicyInputList.1" for one (S-324).
func inputs(list string, texts []string, layer iam.Layer) ([]eval.Attached, *Error) {
	attached := make([]eval.Attached, 0, len(texts))
	for i, text := range texts {
		name := fmt.Sprintf("%s.%d", list, i+1)
		compiled, err := compile(name, text, layer)
		if err != nil {
			return nil, err
		}
		attached = append(attached, eval.Attached{Name: name, Via: viaCall, Policy: compiled})
	}
	return attached, nil
}

// boundary compiles the boundary that the call gives; nil means none.
func boundary(c *Call) ([]eval.Attached, *Error) {
	switch len(c.PermissionsBoundaryPolicyInputList) {
	case 0:
		return nil, nil
	case 1:
		return inputs("PermissionsBoundaryPolicyInputList", c.PermissionsBoundaryPolicyInputList, iam.PermissionsBoundary)
	}
	return nil, invalid("PermissionsBoundaryPolicyInputList has several policies; an identity has one permissions boundary")
}

// maxLevels is how many nodes an account has at most, itself among them (S-032).
const maxLevels = 7

// organization compiles the SCPs that the call gives, from the root to the
// account. A level without any allows nothing, as in an organization.
func organization(c *Call) ([]eval.Level, *Error) {
	const list = "OrderedOrganizationPolicyInputList"
	if len(c.OrderedOrganizationPolicyInputList) > maxLevels {
		return nil, invalid(fmt.Sprintf("%s has %d levels; there are %d at most, from the root to the account", list, len(c.OrderedOrganizationPolicyInputList), maxLevels))
	}
	var levels []eval.Level
	for i, level := range c.OrderedOrganizationPolicyInputList {
		at := fmt.Sprintf("%s.%d", list, i+1)
		policies, err := inputs(at+".ServiceControlPolicyInputList", level.ServiceControlPolicyInputList, iam.ServiceControlPolicy)
		if err != nil {
			return nil, err
		}
		levels = append(levels, eval.Level{At: at, Policies: policies})
	}
	return levels, nil
}
