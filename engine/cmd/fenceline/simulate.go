package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jmespath/go-jmespath"

	"fenceline/engine/account"
	"fenceline/engine/cmd/fenceline/awscli"
	"fenceline/engine/iam"
	"fenceline/engine/intake"
	"fenceline/engine/scenario"
	"fenceline/engine/simulate"
	"fenceline/engine/source"
)

// Exit statuses of the commands that stand in for the AWS CLI's: its own.
//
// https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-returncodes.html
const (
	exitUsage   = 252 // the call is off, or a parameter is
	exitService = 254 // the service would have answered an error
)

// simulation is the command line of `aws iam simulate-custom-policy` and
// `simulate-principal-policy`, by their parameters' names.
type simulation struct {
	PolicyInputList                    []string `sep:"none" placeholder:"POLICY" help:"Identity-based policies, JSON or file://PATH."`
	PermissionsBoundaryPolicyInputList []string `sep:"none" placeholder:"POLICY" help:"The permissions boundary."`
	ActionNames                        []string `sep:"none" placeholder:"ACTION" help:"Actions, s3:GetObject for one."`
	ResourceArns                       []string `sep:"none" placeholder:"ARN" help:"Resources; all (*) by default."`
	ResourcePolicy                     string   `placeholder:"POLICY" help:"The policy that the resources have."`
	ResourceOwner                      string   `placeholder:"ARN" help:"The account that owns resources whose ARN does not say so, arn:aws:iam::ACCOUNT:root."`
	CallerArn                          string   `placeholder:"ARN" help:"The IAM user who calls."`
	ContextEntries                     []string `sep:"none" placeholder:"ENTRY" help:"Context keys: ContextKeyName=NAME,ContextKeyValues=VALUE,ContextKeyType=TYPE, or JSON."`
	ResourceHandlingOption             string   `placeholder:"SCENARIO" help:"An EC2 scenario whose resources must be given."`
	MaxItems                           *int     `placeholder:"N" help:"Print that many results; NextToken then tells where to go on."`
	StartingToken                      string   `placeholder:"TOKEN" help:"Go on where NextToken tells."`
	PageSize                           *int     `placeholder:"N" help:"Of no effect here."`
	NoPaginate                         bool     `help:"Answer as the API does, one page with IsTruncated and Marker."`
	Marker                             string   `placeholder:"MARKER" help:"Answer as the API does, from there on."`
	Output                             string   `default:"json" placeholder:"FORMAT" help:"json or text."`
	Query                              string   `placeholder:"JMESPATH" help:"What of the answer to print."`
	CliInputJson                       string   `placeholder:"JSON" help:"The parameters as JSON or file://PATH; arguments win over it."`
	GenerateCliSkeleton                string   `placeholder:"input" help:"Print an empty --cli-input-json."`
	Debug                              bool     `help:"Say which options are without effect here."`

	ignored
}

// ignored are options of the AWS CLI that mean nothing without AWS.
type ignored struct {
	Profile           string `hidden:""`
	Region            string `hidden:""`
	EndpointUrl       string `hidden:""`
	CaBundle          string `hidden:""`
	CliReadTimeout    string `hidden:""`
	CliConnectTimeout string `hidden:""`
	CliBinaryFormat   string `hidden:""`
	CliErrorFormat    string `hidden:""`
	NoVerifySsl       bool   `hidden:""`
	NoSignRequest     bool   `hidden:""`
	NoCliPager        bool   `hidden:""`
	CliAutoPrompt     bool   `hidden:""`
	NoCliAutoPrompt   bool   `hidden:""`
}

// customCommand is simulate-custom-policy.
type customCommand struct {
	simulation
	OrderedOrganizationPolicyInputList []string `sep:"none" placeholder:"LEVEL" help:"SCPs of each level from the root to the account."`
}

// principalCommand is simulate-principal-policy.
type principalCommand struct {
	simulation
	PolicySourceArn     string   `placeholder:"ARN" help:"The user, group or role whose policies to simulate."`
	PolicyExclusionList []string `sep:"none" placeholder:"POLICY" help:"Attached policies to leave out."`
	Account             []string `sep:"none" placeholder:"FILE" help:"Where the account is described: a scenario file, or what aws iam get-account-authorization-details and other commands print; - is standard input."`
}

// simulations are the commands that stand in for the AWS CLI's.
var simulations = map[string]simulate.Operation{"simulate-custom-policy": simulate.Custom, "simulate-principal-policy": simulate.Principal}

// simulationLists are their flags that take several words.
var simulationLists = []string{
	"policy-input-list", "permissions-boundary-policy-input-list", "ordered-organization-policy-input-list", "policy-exclusion-list",
	"action-names", "resource-arns", "context-entries", "account",
}

// asAWS brings arguments that the AWS CLI takes into the form that is parsed
// here, and says whether one of the simulations is called.
func asAWS(args []string) ([]string, bool) {
	if simulations[called(args)] == "" {
		return args, false
	}
	args = awscli.Split(args, simulationLists)
	for i := range args {
		switch {
		case args[i] == "--generate-cli-skeleton" && (i+1 == len(args) || strings.HasPrefix(args[i+1], "-")):
			args[i] += "=input"
		case i > 0 && args[i-1] == "--color" || strings.HasPrefix(args[i], "--color="):
			args[i] = strings.NewReplacer("on", "always", "off", "never").Replace(args[i])
		}
	}
	return args, true
}

// called is the name of the command that is called.
func called(args []string) string {
	i := slices.IndexFunc(args, func(arg string) bool { return !strings.HasPrefix(arg, "-") })
	if i > 0 && args[i-1] == "--color" {
		i++
	}
	if i < 0 || i >= len(args) {
		return ""
	}
	return args[i]
}

// runSimulation answers a call as the AWS CLI would.
func (c *console) runSimulation(op simulate.Operation, given *arguments) int {
	custom, principal := &given.SimulateCustomPolicy, &given.SimulatePrincipalPolicy
	common := &custom.simulation
	if op == simulate.Principal {
		common = &principal.simulation
	}
	if common.Debug {
		io.WriteString(c.stderr, "fenceline: --profile, --region, --endpoint-url and the like are without effect: nothing is asked of AWS\n")
	}
	if common.GenerateCliSkeleton != "" {
		return c.skeleton(op, common.GenerateCliSkeleton)
	}
	call, err := c.simulatedCall(op, custom, principal)
	if err != nil {
		return c.misused(err)
	}
	var a *account.Account
	if op == simulate.Principal {
		if a, err = c.loadAccount(call, principal.Account); err != nil {
			return c.misused(err)
		}
	}
	answer, wrong := c.answer(op, call, a, common)
	if wrong != nil {
		fmt.Fprintf(c.stderr, "\nAn error occurred (%s) when calling the %s operation: %s\n", wrong.Code, op, wrong.Message)
		return exitService
	}
	if err := c.printAnswer(answer, common.Output, common.Query); err != nil {
		return c.misused(err)
	}
	return exitOK
}

func (c *console) misused(err error) int {
	fmt.Fprintf(c.stderr, "\nfenceline: %s\n", err)
	return exitUsage
}

// skeleton prints what --cli-input-json takes.
func (c *console) skeleton(op simulate.Operation, of string) int {
	if of != "input" {
		return c.misused(errors.New("`--generate-cli-skeleton` prints `input`, not `" + source.Clip(of) + "`"))
	}
	without := []string{"OrderedOrganizationPolicyInputList"}
	if op == simulate.Custom {
		without = []string{"PolicySourceArn", "PolicyExclusionList"}
	}
	c.json4(awscli.Skeleton(simulate.Call{}, without...))
	return exitOK
}

// loadAccount reads the account that simulate-principal-policy asks about. Of
// what AWS's commands printed, only what the call meets is made ready.
func (c *console) loadAccount(call *simulate.Call, files []string) (*account.Account, error) {
	d, err := c.describe(files)
	if err != nil {
		return nil, err
	}
	name, text, policies := d.name, d.text, []scenario.NamedText(nil)
	if d.printed != nil {
		part, _ := d.printed.Excerpt(intake.Wish{
			Principals: []string{call.PolicySourceArn, call.CallerArn}, Targets: append([]string{"*"}, call.ResourceArns...), ByARN: true,
		})
		name, text, policies = "account", part.Scenario, laidOut(part.Policies)
	}
	s, err := c.decode(name, text, policies)
	if err != nil {
		return nil, err
	}
	return s.Account(), nil
}

// laidOut is documents as the AWS CLI lays JSON out. How AWS keeps them, by
// which it counts lines and columns, its outputs don't tell (S-325).
func laidOut(policies []scenario.NamedText) []scenario.NamedText {
	for i := range policies {
		var text bytes.Buffer
		if err := json.Indent(&text, []byte(policies[i].Text), "", "    "); err == nil {
			policies[i].Text = text.String()
		}
	}
	return policies
}

// paginated is what the AWS CLI puts together from several pages.
type paginated struct {
	EvaluationResults []simulate.EvaluationResult
	NextToken         string `json:",omitempty"`
}

// answer is what the AWS CLI would put together from the API's pages: all of
// them up to --max-items, or the one that is asked for.
func (c *console) answer(op simulate.Operation, call *simulate.Call, a *account.Account, common *simulation) (any, *simulate.Error) {
	raw := common.NoPaginate || call.Marker != ""
	most := call.MaxItems
	if !raw {
		call.Marker, call.MaxItems = common.StartingToken, simulate.MostMaxItems
		if most > 0 {
			call.MaxItems = min(most, simulate.MostMaxItems)
		}
	}
	all := paginated{EvaluationResults: []simulate.EvaluationResult{}}
	for {
		page, wrong := simulate.Run(op, call, a, iam.Options{})
		if wrong != nil {
			return nil, wrong
		}
		for _, note := range page.Notes {
			fmt.Fprintln(c.stderr, "fenceline: "+note)
		}
		if raw {
			return page, nil
		}
		all.EvaluationResults = append(all.EvaluationResults, page.EvaluationResults...)
		left := most - len(all.EvaluationResults)
		if !page.IsTruncated || most > 0 && left <= 0 {
			all.NextToken = page.Marker
			return all, nil
		}
		call.Marker = page.Marker
		if most > 0 {
			call.MaxItems = min(left, simulate.MostMaxItems)
		}
	}
}

// printAnswer prints an answer, or what the query finds in it.
func (c *console) printAnswer(answer any, output, query string) error {
	if output != "json" && output != "text" {
		return errors.New("`--output` is `json` or `text`, not `" + source.Clip(output) + "`")
	}
	if query == "" && output == "json" {
		c.json4(answer)
		return nil
	}
	parts := []any{answer}
	if all, ok := answer.(paginated); ok && output == "text" && all.NextToken != "" {
		// As text the token comes after the results, and is asked the query as they are.
		parts = []any{paginated{EvaluationResults: all.EvaluationResults}, map[string]any{"NextToken": map[string]any{"NextToken": all.NextToken}}}
	}
	for _, part := range parts {
		value, err := find(query, part)
		if err != nil {
			return err
		}
		if output == "json" {
			c.json4(value)
		} else {
			awscli.WriteText(c.stdout, value)
		}
	}
	return nil
}

// find is what a query finds in an answer, or all of it.
func find(query string, answer any) (any, error) {
	value, err := plain(answer)
	if err != nil || query == "" {
		return value, err
	}
	found, err := jmespath.Search(query, value)
	if err != nil {
		return nil, fmt.Errorf("bad value for `--query`: %w", err)
	}
	return found, nil
}

// plain is a value as maps and lists.
func plain(value any) (any, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var found any
	return found, json.Unmarshal(text, &found)
}

// json4 prints JSON as the AWS CLI indents it.
func (c *console) json4(document any) {
	encoder := json.NewEncoder(c.stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "    ")
	if err := encoder.Encode(document); err != nil {
		panic(err) // the types are ours and always encode
	}
}
