package calls

import (
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// kind is the form of a parameter's value.
type kind uint8

const (
	text     kind = iota
	flag          // true or false
	number        // a number
	list          // texts
	tags          // [ { "Key": …, "Value": … } ]
	arns          // [ { "arn": … } ]
	document      // a policy document, as a text or an object
	profile       // { "Arn": … } or { "Name": … }
	anything      // has no part in what is decided or changed
)

var kindWords = [...]string{
	"a string", "true or false", "a number", "a list of strings", "a list of `{ \"Key\": …, \"Value\": … }`", "a list of `{ \"arn\": … }`",
	"a policy document, an object or its text", "`{ \"Name\": … }` or `{ \"Arn\": … }`", "",
}

// parameter is one of an operation's parameters.
type parameter struct {
	name     string
	kind     kind
	required bool
	layer    iam.Layer // of a document
}

var kindsByName = map[string]kind{"text": text, "flag": flag, "number": number, "list": list, "tags": tags, "arns": arns, "profile": profile, "any": anything}

// takes reads a list of parameters: `Name` for a text, `Name!` for one that is
// required, `Name:kind` for one of another form; a document's kind is the
// layer as which it is checked.
func takes(spec string) []parameter {
	var list []parameter
	for word := range strings.FieldsSeq(spec) {
		name, form, _ := strings.Cut(word, ":")
		p := parameter{name: strings.TrimSuffix(name, "!"), required: strings.HasSuffix(name, "!")}
		if layer, ok := iam.ParseLayer(form); ok {
			p.kind, p.layer = document, layer
		} else if form != "" {
			p.kind = kindsByName[form]
		}
		list = append(list, p)
	}
	return list
}

// Input is a call to decode.
type Input struct {
	Action    string
	Kind      iam.PrincipalKind
	Principal string
	// Region is the one that the request's context gives; of use to services that have Regions.
	Region     string
	Parameters *source.Node
	// File is the text in which the parameters stand.
	File *source.File
}

// Decode reads a call. What is wrong with its form is reported; nil is answered
// for what can't be carried out. The policy documents among the parameters get
// their names from the library.
func Decode(in Input, library *Library, report *source.Report) *Call {
	o := operations[strings.ToLower(in.Action)]
	switch {
	case in.Parameters.Kind != source.Object:
		report.Error(codeWrongType, in.Parameters.Span, "`parameters` is an object, not "+in.Parameters.Kind.String())
		return nil
	case o == nil:
		report.Error(codeUnknownCall, in.Parameters.Span, "`"+source.Clip(in.Action)+"` is no call that is known here by its parameters; write `resource` and `context` in their place"+source.DidYouMean(in.Action, Actions()))
		return nil
	}
	c := &Call{operation: o, region: in.Region, parameters: in.Parameters, documents: map[string]*Document{}}
	c.caller = caller{kind: in.Kind, arn: in.Principal}
	if a, ok := arn.Parse(in.Principal); ok {
		c.caller.partition, c.caller.account = a.Partition, a.Account
	}
	d := decoder{call: c, report: report}
	if !d.callerFits(in) || !d.decode() {
		return nil
	}
	d.documents(in.File, library)
	return c
}

// decoder reads the parameters of a call.
type decoder struct {
	call   *Call
	report *source.Report
	broken bool
}

func (d *decoder) wrong(code string, n *source.Node, message string) {
	d.report.Error(code, n.Span, message)
	d.broken = true
}

// callerFits holds to callers of an account where the ARN is made of theirs,
// and to a Region where the service has them.
func (d *decoder) callerFits(in Input) bool {
	c := d.call
	service, name, _ := strings.Cut(strings.ToLower(c.operation.action), ":")
	switch {
	case c.caller.account == "" && name != "assumerole":
		d.wrong(codeNotForThisPrincipal, in.Parameters, "`"+c.operation.action+"` is called by a principal of an account; write `resource` and `context` in place of `parameters`")
	case service != "iam" && service != "sts" && c.region == "":
		d.wrong(codeMissingRegion, in.Parameters, "the call's ARNs need its Region, which is no parameter; write `\"context\": { \"aws:RequestedRegion\": \"eu-central-1\" }`")
	}
	return !d.broken
}

// decode holds the parameters to their names and forms.
func (d *decoder) decode() bool {
	known := make([]string, len(d.call.operation.parameters))
	for i, p := range d.call.operation.parameters {
		known[i] = p.name
		value := d.call.parameters.Get(p.name)
		switch {
		case value != nil:
			d.form(&p, value)
		case p.required:
			at := source.Span{Start: d.call.parameters.Span.Start, End: d.call.parameters.Span.Start + 1}
			d.wrong(codeMissingMember, &source.Node{Span: at}, "`"+d.call.operation.action+"` needs the parameter `"+p.name+"`")
		}
	}
	for i := range d.call.parameters.Members {
		d.known(&d.call.parameters.Members[i], known)
	}
	return !d.broken
}

func (d *decoder) known(m *source.Member, known []string) {
	for _, name := range known {
		if name == m.Key {
			return
		}
	}
	hint := source.DidYouMean(m.Key, known)
	switch {
	case hint != "":
	case len(known) == 0:
		hint = "; it takes none"
	default:
		hint = "; there are `" + strings.Join(known, "`, `") + "`"
	}
	d.broken = true
	p := d.report.Error(codeUnknownParameter, m.KeySpan, "`"+d.call.operation.action+"` has no parameter `"+source.Clip(m.Key)+"` that is known here"+hint)
	if near := source.Nearest(m.Key, known); near != "" && d.call.parameters.Get(near) == nil {
		p.Write(m.KeySpan, near)
	}
}

// form holds a value to its parameter's form.
func (d *decoder) form(p *parameter, value *source.Node) {
	fits := true
	switch p.kind {
	case text:
		fits = value.Kind == source.String
	case flag:
		fits = value.Kind == source.Bool
	case number:
		fits = value.Kind == source.Number
	case document:
		fits = value.Kind == source.String || value.Kind == source.Object
	case profile:
		fits = value.Kind == source.Object && onlyTexts(value, "Name", "Arn") && len(value.Members) == 1
	case list, tags, arns:
		fits = value.Kind == source.Array
		for _, item := range value.Items {
			fits = fits && itemFits(p.kind, item)
		}
	}
	if !fits {
		d.wrong(codeWrongType, value, "`"+p.name+"` is "+kindWords[p.kind])
	}
}

func itemFits(of kind, item *source.Node) bool {
	switch of {
	case tags:
		return item.Kind == source.Object && onlyTexts(item, "Key", "Value") && item.Get("Key") != nil
	case arns:
		return item.Kind == source.Object && onlyTexts(item, "arn") && item.Get("arn") != nil
	}
	return item.Kind == source.String
}

// onlyTexts says whether an object's members are texts of these names.
func onlyTexts(n *source.Node, names ...string) bool {
	for i := range n.Members {
		m := &n.Members[i]
		known := false
		for _, name := range names {
			known = known || name == m.Key
		}
		if !known || m.Value.Kind != source.String {
			return false
		}
	}
	return true
}

// get is the text of a parameter, empty for none.
func (c *Call) get(name string) string { return textOf(c.parameters.Get(name)) }

func (c *Call) has(name string) bool { return c.parameters.Get(name) != nil }

// texts are the entries of a list.
func (c *Call) texts(name string) []string {
	var texts []string
	if n := c.parameters.Get(name); n != nil {
		for _, item := range n.Items {
			texts = append(texts, textOf(item))
		}
	}
	return texts
}

func textOf(n *source.Node) string {
	if n == nil {
		return ""
	}
	return n.Text
}

// Reference is a policy that a call names by its ARN, and as what it will act.
type Reference struct {
	Node  *source.Node
	Layer iam.Layer
}

// References lists the policies that the call would bring into play.
func (c *Call) References() []Reference {
	var list []Reference
	add := func(n *source.Node, layer iam.Layer) {
		if n != nil {
			list = append(list, Reference{n, layer})
		}
	}
	add(c.parameters.Get("PermissionsBoundary"), iam.PermissionsBoundary)
	if strings.HasPrefix(c.operation.action, "iam:Attach") {
		add(c.parameters.Get("PolicyArn"), iam.IdentityPolicy)
	}
	if n := c.parameters.Get("PolicyArns"); n != nil {
		for _, item := range n.Items {
			add(item.Get("arn"), iam.SessionPolicy)
		}
	}
	return list
}

// Parameter is a parameter of a call, for programs that help to write one.
type Parameter struct {
	Name string `json:"name"`
	// Form is "text", "flag", "number", "list", "tags", "arns", "document", "profile" or "any".
	Form     string `json:"form"`
	Required bool   `json:"required,omitempty"`
}

// Parameters are those of all calls that are known, by their actions.
func Parameters() map[string][]Parameter {
	all := map[string][]Parameter{}
	for _, o := range operations {
		list := []Parameter{}
		for _, p := range o.parameters {
			form := "text"
			for name, kind := range kindsByName {
				if kind == p.kind {
					form = name
				}
			}
			if p.kind == document {
				form = "document"
			}
			list = append(list, Parameter{p.name, form, p.required})
		}
		all[o.action] = list
	}
	return all
}
