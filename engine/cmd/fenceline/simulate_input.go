package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"fenceline/engine/cmd/fenceline/awscli"
	"fenceline/engine/simulate"
	"fenceline/engine/source"
)

// simulatedCall puts a call together from --cli-input-json and the arguments,
// which win.
func (c *console) simulatedCall(op simulate.Operation, custom *customCommand, principal *principalCommand) (*simulate.Call, error) {
	common := &custom.simulation
	if op == simulate.Principal {
		common = &principal.simulation
	}
	call := &simulate.Call{}
	if common.CliInputJson != "" {
		if err := c.inputJSON(call, common.CliInputJson); err != nil {
			return nil, err
		}
	}
	for _, list := range []struct {
		name  string
		words []string
		into  any
	}{
		{"PolicyInputList", common.PolicyInputList, &call.PolicyInputList},
		{"PermissionsBoundaryPolicyInputList", common.PermissionsBoundaryPolicyInputList, &call.PermissionsBoundaryPolicyInputList},
		{"OrderedOrganizationPolicyInputList", custom.OrderedOrganizationPolicyInputList, &call.OrderedOrganizationPolicyInputList},
		{"PolicyExclusionList", principal.PolicyExclusionList, &call.PolicyExclusionList},
		{"ActionNames", common.ActionNames, &call.ActionNames},
		{"ResourceArns", common.ResourceArns, &call.ResourceArns},
		{"ContextEntries", common.ContextEntries, &call.ContextEntries},
	} {
		if err := c.list(list.name, list.words, list.into); err != nil {
			return nil, awscli.Errorf("Error parsing parameter '%s': %s", flagOf(list.name), err)
		}
	}
	for _, text := range []struct {
		name, word string
		into       *string
	}{
		{"PolicySourceArn", principal.PolicySourceArn, &call.PolicySourceArn},
		{"ResourcePolicy", common.ResourcePolicy, &call.ResourcePolicy},
		{"ResourceOwner", common.ResourceOwner, &call.ResourceOwner},
		{"CallerArn", common.CallerArn, &call.CallerArn},
		{"ResourceHandlingOption", common.ResourceHandlingOption, &call.ResourceHandlingOption},
		{"Marker", common.Marker, &call.Marker},
	} {
		if err := c.text(text.word, text.into); err != nil {
			return nil, awscli.Errorf("Error parsing parameter '%s': %s", flagOf(text.name), err)
		}
	}
	if common.MaxItems != nil {
		call.MaxItems = *common.MaxItems
	}
	return call, checkCall(op, call, common)
}

// checkCall is what the AWS CLI checks before it asks AWS.
func checkCall(op simulate.Operation, call *simulate.Call, common *simulation) error {
	var missing []string
	if op == simulate.Principal && call.PolicySourceArn == "" {
		missing = append(missing, "--policy-source-arn")
	}
	if op == simulate.Custom && len(call.PolicyInputList) == 0 {
		missing = append(missing, "--policy-input-list")
	}
	if len(call.ActionNames) == 0 {
		missing = append(missing, "--action-names")
	}
	switch {
	case op == simulate.Custom && (call.PolicySourceArn != "" || len(call.PolicyExclusionList) > 0):
		return errors.New("`PolicySourceArn` and `PolicyExclusionList` are parameters of simulate-principal-policy")
	case op == simulate.Principal && len(call.OrderedOrganizationPolicyInputList) > 0:
		return errors.New("`OrderedOrganizationPolicyInputList` is a parameter of simulate-custom-policy; the SCPs here are the account's")
	case len(missing) > 0:
		return errors.New("the following arguments are required: " + strings.Join(missing, ", "))
	case common.NoPaginate && (common.StartingToken != "" || common.PageSize != nil):
		return awscli.Errorf("Cannot specify --no-paginate along with pagination arguments: --starting-token, --page-size")
	case common.MaxItems != nil && *common.MaxItems < 1 || common.PageSize != nil && *common.PageSize < 1:
		return errors.New("`--max-items` and `--page-size` are numbers from 1")
	}
	return nil
}

// paramFile is a parameter's text, or that of the file which it names.
func (c *console) paramFile(word string) (string, error) {
	for _, prefix := range []string{"file://", "fileb://"} {
		if path, ok := strings.CutPrefix(word, prefix); ok {
			text, err := c.read(path)
			if err != nil {
				return "", awscli.Errorf("Unable to load paramfile %s: %s", word, err)
			}
			return text, nil
		}
	}
	return word, nil
}

// flagOf is a parameter's flag, "--action-names" for ActionNames.
func flagOf(name string) string {
	var flag strings.Builder
	flag.WriteByte('-')
	for _, r := range name {
		if r >= 'A' && r <= 'Z' {
			flag.WriteByte('-')
		}
		flag.WriteRune(r)
	}
	return strings.ToLower(flag.String())
}

// text reads a parameter that is given; without words it stays as it is.
func (c *console) text(word string, into *string) error {
	if word == "" {
		return nil
	}
	text, err := c.paramFile(word)
	*into = text
	return err
}

// list reads the words of a list: texts, structures in shorthand or JSON, or
// the whole list as JSON. Without words it stays as it is.
func (c *console) list(name string, words []string, into any) error {
	if len(words) == 0 {
		return nil
	}
	var items []any
	_, texts := into.(*[]string)
	for _, word := range words {
		word, err := c.paramFile(word)
		if err != nil {
			return err
		}
		trimmed := strings.TrimSpace(word)
		switch {
		case len(words) == 1 && strings.HasPrefix(trimmed, "["):
			value, err := decodeJSON(trimmed)
			if err != nil {
				return err
			}
			return awscli.Fill(into, name, value, false)
		case texts:
			items = append(items, word)
		case strings.HasPrefix(trimmed, "{"):
			value, err := decodeJSON(trimmed)
			if err != nil {
				return err
			}
			items = append(items, value)
		default:
			value, err := awscli.ParseShorthand(word)
			if err != nil {
				return err
			}
			items = append(items, value)
		}
	}
	return awscli.Fill(into, name, items, true)
}

// inputJSON reads --cli-input-json.
func (c *console) inputJSON(call *simulate.Call, word string) error {
	text, err := c.paramFile(word)
	if err != nil {
		return awscli.Errorf("Error parsing parameter 'cli-input-json': %s", err)
	}
	value, err := decodeJSON(text)
	if err != nil {
		return awscli.Errorf("Error parsing parameter 'cli-input-json': %s", err)
	}
	if err := awscli.Fill(call, "", value, false); err != nil {
		return awscli.Errorf("Parameter validation failed:\n%s", err)
	}
	return nil
}

func decodeJSON(text string) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, awscli.Errorf("Invalid JSON: %s\nJSON received: %s", err, source.Clip(text))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, awscli.Errorf("Invalid JSON: more than one value\nJSON received: %s", source.Clip(text))
	}
	return value, nil
}
