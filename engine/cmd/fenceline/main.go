// Command fenceline evaluates scenario files, checks policies, reads what AWS's
// commands print of an account, and answers calls of AWS's policy simulator.
package main

import (
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/fatih/color"

	"fenceline/engine/cmd/fenceline/awscli"
	"fenceline/engine/iam"
)

// Exit statuses, the larger one winning over several files.
const (
	exitOK    = 0 // valid, and everything as expected
	exitUnmet = 1 // an expectation not met, or an error in a policy
	exitWrong = 2 // not a valid scenario, not readable, or the call is off
)

// arguments is the command line.
type arguments struct {
	Color string `help:"Colour the output: ${enum}." enum:"auto,always,never" default:"auto"`

	Eval struct {
		JSON    bool     `help:"Print the result as JSON, one document a file." xor:"output"`
		Changes bool     `help:"Print the nearest changes that would flip a decision which denies, or is not as expected." xor:"output"`
		Option  []string `help:"Take another reading where AWS's pages disagree: ${options}." placeholder:"NAME"`
		Files   []string `arg:"" name:"file" help:"Scenario files; - is standard input."`
	} `cmd:"" help:"Run scenarios and print each decision with its reason and its place."`

	Validate struct {
		JSON   bool     `help:"Print the findings as JSON, one document a file."`
		Type   string   `help:"The kind of policy: ${layers}." required:"" placeholder:"LAYER"`
		Option []string `help:"Check more: scpBefore2025." placeholder:"NAME"`
		Files  []string `arg:"" name:"file" help:"Policy documents; - is standard input."`
	} `cmd:"" help:"Check bare policy documents: grammar, what the kind allows, and findings."`

	Prove struct {
		Files []string `arg:"" name:"file" help:"Exercises; - is standard input."`
	} `cmd:"" help:"Prove exercises: the start fails, the solution passes, each wrong answer fails as it says."`

	Actions actionsCommand `cmd:"" help:"Print what a principal may do with every action that AWS has."`

	Import importCommand `cmd:"" help:"Print what AWS's commands said of an account as one scenario file."`

	SimulateCustomPolicy    customCommand    `cmd:"" help:"Answer as aws iam simulate-custom-policy does, with its arguments."`
	SimulatePrincipalPolicy principalCommand `cmd:"" help:"Answer as aws iam simulate-principal-policy does, about the account of a file."`
}

// options are the switchable readings, by name.
var options = map[string]func(*iam.Options){
	"boundaryLimitsTrustedUser":   func(o *iam.Options) { o.BoundaryLimitsTrustedUser = true },
	"forAnyValueIfExistsNeedsKey": func(o *iam.Options) { o.ForAnyValueIfExistsNeedsKey = true },
	"scpBefore2025":               func(o *iam.Options) { o.SCPBefore2025 = true },
}

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is main with its surroundings given; it answers the exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var given arguments
	helped := false
	parser, err := kong.New(&given, kong.Name("fenceline"), kong.Writers(stdout, stderr),
		kong.Description("What an AWS permission really allows, and why.\n\nExit status 0: valid, and every expectation met; 1: an expectation not met, or an error in a policy; 2: not a valid scenario, not readable, or the call is off; simulate-… ends as the AWS CLI does: 252 for a wrong call, 254 for an error of the service. Problems go to standard error as FILE:LINE:COLUMN: CODE: message, lines counted from 1, columns in characters from 0."),
		kong.Vars{"options": "boundaryLimitsTrustedUser, forAnyValueIfExistsNeedsKey", "layers": strings.Join(policyTypes(), ", ")},
		kong.Exit(func(int) { helped = true }))
	if err != nil {
		return complain(stderr, err)
	}
	args, simulates := asAWS(args)
	if called(args) == "actions" {
		args = awscli.Split(args, actionLists)
	}
	command, err := parser.Parse(args)
	if helped {
		return exitOK
	}
	if err != nil {
		complain(stderr, err)
		if simulates {
			return exitUsage
		}
		return exitWrong
	}
	c := &console{stdin: stdin, stdout: stdout, stderr: stderr, paint: painter(given.Color)}
	if op, ok := simulations[command.Command()]; ok {
		return c.runSimulation(op, &given)
	}
	chosen, err := chooseOptions(slices.Concat(given.Eval.Option, given.Validate.Option, given.Actions.Option))
	if err != nil {
		return complain(stderr, err)
	}
	switch called(strings.Fields(command.Command())) {
	case "validate":
		return c.validate(given.Validate.Type, chosen, given.Validate.JSON, given.Validate.Files)
	case "prove":
		return c.prove(given.Prove.Files)
	case "actions":
		return c.actions(&given.Actions, chosen)
	case "import":
		return c.importAccount(&given.Import)
	}
	c.changes = given.Eval.Changes
	return c.eval(chosen, given.Eval.JSON, given.Eval.Files)
}

func complain(stderr io.Writer, err error) int {
	io.WriteString(stderr, "fenceline: "+err.Error()+"; see `fenceline --help`\n")
	return exitWrong
}

func chooseOptions(names []string) (iam.Options, error) {
	var chosen iam.Options
	for _, name := range names {
		set, ok := options[name]
		if !ok {
			return chosen, errors.New("no option is called `" + name + "`")
		}
		set(&chosen)
	}
	return chosen, nil
}

// policyTypes are the names that --type takes.
func policyTypes() []string {
	var names []string
	for _, layer := range iam.PolicyLayers() {
		names = append(names, layer.String())
	}
	return names
}

// palette paints text for people.
type palette struct {
	allow, deny, depends, strong, faint, wrong func(a ...any) string
}

func painter(when string) palette {
	switch when {
	case "always":
		color.NoColor = false
	case "never":
		color.NoColor = true
	}
	paint := func(attributes ...color.Attribute) func(a ...any) string {
		return color.New(attributes...).SprintFunc()
	}
	return palette{
		allow: paint(color.FgBlue, color.Bold), deny: paint(color.FgYellow, color.Bold), depends: paint(color.FgMagenta, color.Bold),
		strong: paint(color.Bold), faint: paint(color.Faint), wrong: paint(color.FgRed, color.Bold),
	}
}
