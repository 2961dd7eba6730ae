package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
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
		flag  string
		words []string
		into  any
	}{
		{"--policy-input-list", common.PolicyInputList, &call.PolicyInputList},
		{"--permissions-boundary-policy-input-list", common.PermissionsBoundaryPolicyInputList, &call.PermissionsBoundaryPolicyInputList},
		{"--ordered-organization-policy-input-list", custom.OrderedOrganizationPolicyInputList, &call.OrderedOrganizationPolicyInputList},
		{"--policy-exclusion-list", principal.PolicyExclusionList, &call.PolicyExclusionList},
		{"--action-names", common.ActionNames, &call.ActionNames},
		{"--resource-arns", common.ResourceArns, &call.ResourceArns},
		{"--context-entries", common.ContextEntries, &call.ContextEntries},
	} {
		if len(list.words) == 0 {
			continue
		}
		if err := c.list(list.words, list.into); err != nil {
			return nil, fmt.Errorf("Error parsing parameter '%s': %w", list.flag, err)
		}
	}
	for _, one := range []struct {
		flag, word string
		into       *string
	}{
		{"--policy-source-arn", principal.PolicySourceArn, &call.PolicySourceArn},
		{"--resource-policy", common.ResourcePolicy, &call.ResourcePolicy},
		{"--resource-owner", common.ResourceOwner, &call.ResourceOwner},
		{"--caller-arn", common.CallerArn, &call.CallerArn},
		{"--resource-handling-option", common.ResourceHandlingOption, &call.ResourceHandlingOption},
		{"--marker", common.Marker, &call.Marker},
	} {
		if one.word == "" {
			continue
		}
		text, err := c.paramFile(one.word)
		if err != nil {
			return nil, fmt.Errorf("Error parsing parameter '%s': %w", one.flag, err)
		}
		*one.into = text
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
	case len(missing) > 0:
		return errors.New("the following arguments are required: " + strings.Join(missing, ", "))
	case common.NoPaginate && (common.StartingToken != "" || common.PageSize != nil):
		return errors.New("Cannot specify --no-paginate along with pagination arguments: --starting-token, --page-size")
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
				return "", fmt.Errorf("Unable to load paramfile %s: %w", word, err)
			}
			return text, nil
		}
	}
	return word, nil
}

// list reads the words of a list: texts, structures in shorthand or JSON, or
// the whole list as JSON.
func (c *console) list(words []string, into any) error {
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
			return awscli.Fill(into, value, false)
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
	return awscli.Fill(into, items, true)
}

// inputJSON reads --cli-input-json.
func (c *console) inputJSON(call *simulate.Call, word string) error {
	text, err := c.paramFile(word)
	if err != nil {
		return fmt.Errorf("Error parsing parameter 'cli-input-json': %w", err)
	}
	value, err := decodeJSON(text)
	if err != nil {
		return fmt.Errorf("Error parsing parameter 'cli-input-json': %w", err)
	}
	if err := awscli.Fill(call, value, false); err != nil {
		return fmt.Errorf("Parameter validation failed:\n%w", err)
	}
	return nil
}

func decodeJSON(text string) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, fmt.Errorf("Invalid JSON: %w\nJSON received: %s", err, source.Clip(text))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("Invalid JSON: more than one value\nJSON received: %s", source.Clip(text))
	}
	return value, nil
}
