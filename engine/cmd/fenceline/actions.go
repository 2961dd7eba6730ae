package main

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"fenceline/engine/account"
	"fenceline/engine/analysis"
	"fenceline/engine/arn"
	"fenceline/engine/catalogue"
	"fenceline/engine/catalogue/data"
	"fenceline/engine/iam"
	"fenceline/engine/intake"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// actionsCommand asks what one principal may do, of all that AWS has.
type actionsCommand struct {
	Account     []string `sep:"none" required:"" placeholder:"FILE" help:"Where the account is described: a scenario file, as it is before any call, or what aws iam get-account-authorization-details and other commands print; - is standard input."`
	Principal   string   `required:"" placeholder:"ARN" help:"Who asks, as a request of a scenario has it."`
	Resource    string   `xor:"resource" placeholder:"ARN" help:"The resource; actions that are not for its type are left out. Without it all actions are asked on *."`
	AnyResource bool     `xor:"resource" help:"Take the resource as not known."`
	Context     []string `sep:"none" placeholder:"KEY=VALUE" help:"A context key; again for another value of it."`
	Open        bool     `help:"Take the keys that policies name, and that nothing settles, as not known rather than as absent."`
	Option      []string `help:"Take another reading where AWS's pages disagree: ${options}." placeholder:"NAME"`
	Service     []string `placeholder:"PREFIX" help:"Only the actions of these services, s3 for one."`
	Access      []string `enum:"list,read,tagging,write,permissions" placeholder:"LEVEL" help:"Only actions of these levels: ${enum}."`
	Decision    []string `enum:"allowed,depends,denied" placeholder:"DECISION" help:"Only actions that come out so: ${enum}."`
	By          string   `placeholder:"LAYER" help:"Only what this layer decides: service, ${layers}."`
	JSON        bool     `xor:"form" help:"Print rows and counts as JSON."`
	CSV         bool     `name:"csv" xor:"form" help:"Print the rows as CSV."`
}

// actionLists are its flags that take several words.
var actionLists = []string{"account", "context"}

// actions decides every action for one principal.
func (c *console) actions(in *actionsCommand, options iam.Options) int {
	if err := in.check(); err != nil {
		return complain(c.stderr, err)
	}
	s, err := c.asked(in)
	if err != nil {
		return complain(c.stderr, err)
	}
	m, wrong := s.Moment(0, options)
	if m == nil {
		return complain(c.stderr, errors.New(wrong))
	}
	if !known(m.Account(), in.Principal) {
		c.notes([]string{"the account has no `" + source.Clip(in.Principal) + "`, so no policies of it are known"})
	}
	known := data.Catalogue()
	index := analysis.NewIndex(known)
	table := analysis.Actions(m, index, analysis.Question{Request: m.Request, Open: in.Open})
	answer := in.answer(s, known, index, &table)
	switch {
	case in.JSON:
		c.json(answer)
	case in.CSV:
		c.actionsCSV(answer)
	default:
		c.printActions(answer, known)
	}
	return exitOK
}

// check finds what is wrong with the call.
func (in *actionsCommand) check() error {
	for i, prefix := range in.Service {
		service := data.Catalogue().Service(prefix)
		if service == nil {
			var prefixes []string
			for i := range data.Catalogue().Services {
				prefixes = append(prefixes, data.Catalogue().Services[i].Prefix)
			}
			return errors.New("AWS lists no service `" + source.Clip(prefix) + "`" + source.DidYouMean(prefix, prefixes))
		}
		in.Service[i] = service.Prefix
	}
	if _, ok := iam.ParseLayer(in.By); !ok && in.By != "" {
		layers := append([]string{iam.Service.String()}, policyTypes()...)
		return errors.New("no layer is called `" + source.Clip(in.By) + "`" + source.DidYouMean(in.By, layers))
	}
	return nil
}

// asked is the account as a scenario whose first request is the question's.
func (c *console) asked(in *actionsCommand) (*scenario.Scenario, error) {
	request, err := in.request()
	if err != nil {
		return nil, err
	}
	d, err := c.describe(in.Account)
	if err != nil {
		return nil, err
	}
	if d.printed == nil {
		s, err := c.decode(d.name, d.text, nil)
		if err != nil {
			return nil, err
		}
		return c.checker.Decode(source.NewFile(d.name, withFirst(s, request)), nil), nil
	}
	wish := intake.Wish{Requests: "[" + request + "]"}
	if in.AnyResource { // it may be any that the account lists
		for _, resource := range d.printed.Resources {
			wish.Targets = append(wish.Targets, resource.ARN)
		}
	}
	part, problems := d.printed.Excerpt(wish)
	if len(problems) > 0 {
		return nil, errors.New(problems[0].Message)
	}
	c.notes(part.Notes)
	return c.checker.Decode(source.NewFile("account", part.Scenario), part.Policies), nil
}

// request is the question as a scenario's request; its action is not looked at.
func (in *actionsCommand) request() (string, error) {
	request := map[string]any{"principal": in.Principal, "action": "s3:GetObject"}
	switch {
	case in.AnyResource:
		request["unknown"] = []string{"resource"}
	case in.Resource != "":
		request["resource"] = in.Resource
	default:
		request["resource"] = "*"
	}
	context, err := contextOf(in.Context)
	if err != nil {
		return "", err
	}
	if len(context) > 0 {
		request["context"] = context
	}
	text, err := json.Marshal(request)
	return string(text), err
}

// contextOf reads KEY=VALUE; a key that stands again, in any case, has several
// values.
func contextOf(entries []string) (map[string]any, error) {
	context, spelled := map[string]any{}, map[string]string{}
	for _, entry := range entries {
		key, value, ok := strings.Cut(entry, "=")
		if !ok || key == "" {
			return nil, errors.New("`" + source.Clip(entry) + "` is no context key with a value; write `KEY=VALUE`, `aws:SourceIp=203.0.113.7` for one")
		}
		lower := strings.ToLower(key)
		if first := spelled[lower]; first != "" {
			key = first
		}
		spelled[lower] = key
		switch before := context[key].(type) {
		case nil:
			context[key] = value
		case string:
			context[key] = []string{before, value}
		case []string:
			context[key] = append(before, value)
		}
	}
	return context, nil
}

// withFirst is a scenario's text with a request put before all others, on the
// line where they begin: no other line becomes another.
func withFirst(s *scenario.Scenario, request string) string {
	text, requests := s.File().Text, s.Tree().Get("requests")
	if requests == nil {
		edit := s.Tree().Insert(text, `"requests": [`+request+`]`)
		return source.Fix{Edits: []source.Edit{edit}}.Apply(text)
	}
	at := requests.Span.Start + 1
	if len(requests.Items) > 0 {
		request += ","
	}
	return text[:at] + request + text[at:]
}

// known says whether the account lists a user or role, or a session's role.
// Others, services for one, have no policies of their own.
func known(a *account.Account, principal string) bool {
	parsed, ok := arn.Parse(principal)
	parts := strings.Split(parsed.Resource, "/")
	kind := parts[0]
	if !ok || len(parts) < 2 || kind != "user" && kind != "role" && kind != "assumed-role" {
		return true
	}
	name := parts[len(parts)-1]
	if kind == "assumed-role" {
		kind, name = "role", parts[1]
	}
	return a.Identity(principal) != nil || a.Named(parsed.Account, kind, name) != nil
}

// shows says whether the answer to an action is wanted.
func (in *actionsCommand) shows(access catalogue.AccessLevel, class *analysis.Class) bool {
	level := strings.ToLower(strings.Fields(access.String())[0])
	decision := class.Decision.String()
	if class.Decision != iam.Allowed && class.Decision != iam.Depends {
		decision = "denied"
	}
	return (len(in.Access) == 0 || slices.Contains(in.Access, level)) &&
		(len(in.Decision) == 0 || slices.Contains(in.Decision, decision)) &&
		(in.By == "" || class.DecidedBy.String() == in.By)
}
