package calls

import (
	"strconv"
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// Document is a policy document among a call's parameters.
type Document struct {
	// Name is under which results show it: the policy's, where no other text has it.
	Name string
	File *source.File
	Root *source.Node // nil when it can't be read
	// Layer is the kind of policy as which the call stores it.
	Layer iam.Layer
	// Problems are those of its own text.
	Problems []source.Problem
	// Parameter is the one that holds it.
	Parameter string
	// Span is the parameter's value. Inside says that the document stands there
	// itself, so that its places are those from the span's start.
	Span   source.Span
	Inside bool

	owner string // whose it is
}

// Library gives the documents of a scenario's calls their names, so that every
// text of one owner has one name and no two texts have the same.
type Library struct {
	// Taken says which names other documents have.
	Taken func(name string) bool

	byName map[string]*Document
}

// add finds a free name, or the one that the same text of the same owner has.
func (l *Library) add(d *Document, name string) {
	if l.byName == nil {
		l.byName = map[string]*Document{}
	}
	d.Name = name
	for n := 2; ; n++ {
		old := l.byName[d.Name]
		if old != nil && old.owner == d.owner && old.File.Text == d.File.Text {
			return
		}
		if old == nil && !l.Taken(d.Name) {
			l.byName[d.Name] = d
			return
		}
		d.Name = name + " (" + strconv.Itoa(n) + ")"
	}
}

// documents reads the policy documents among the parameters.
func (d *decoder) documents(file *source.File, library *Library) {
	for _, p := range d.call.operation.parameters {
		value := d.call.parameters.Get(p.name)
		if p.kind != document || value == nil {
			continue
		}
		doc := &Document{Layer: p.layer, Parameter: p.name, Span: value.Span, Inside: value.Kind == source.Object}
		inner := value.Text
		if doc.Inside {
			inner = file.Slice(value.Span)
		}
		name, owner := d.call.nameOf(p.layer)
		doc.File, doc.owner = source.NewFile(name, inner), owner
		library.add(doc, name)
		doc.File.Name = doc.Name
		doc.Root, doc.Problems = source.Parse(doc.File, policy.MaxBytes)
		if doc.Root != nil {
			_, found := policy.DecodeTree(doc.File, doc.Root, p.layer)
			doc.Problems = source.SortProblems(append(doc.Problems, found...))
		}
		d.call.documents[p.name] = doc
	}
}

// nameOf is the name that a call's document would have, and whose it is.
func (c *Call) nameOf(layer iam.Layer) (name, owner string) {
	switch {
	case layer == iam.SessionPolicy:
		session := c.get("RoleSessionName")
		role, _ := arn.Parse(c.get("RoleArn"))
		if session == "" {
			return "federated-user/" + c.get("Name") + " policy", c.caller.arn
		}
		return "assumed-role/" + lastSegment(role.Resource) + "/" + session + " policy", c.get("RoleArn")
	case layer == iam.TrustPolicy:
		return "role/" + c.get("RoleName") + " trust", c.caller.account
	case c.has("PolicyArn"):
		return lastSegment(c.get("PolicyArn")), c.get("PolicyArn")
	case c.has("UserName"):
		return "user/" + c.get("UserName") + "/" + c.get("PolicyName"), c.caller.account
	case c.has("GroupName"):
		return "group/" + c.get("GroupName") + "/" + c.get("PolicyName"), c.caller.account
	case c.has("RoleName"):
		return "role/" + c.get("RoleName") + "/" + c.get("PolicyName"), c.caller.account
	}
	return c.get("PolicyName"), c.iamARN("policy" + c.path() + c.get("PolicyName"))
}

func lastSegment(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// malformed is AWS's refusal of a document, nil for one that it takes.
func (d *Document) malformed() *Failure {
	for _, p := range d.Problems {
		if p.Severity == source.Error && p.Code != "tooLong" {
			return &Failure{"MalformedPolicyDocument", "The policy document was malformed: " + p.Message}
		}
	}
	return nil
}

// size is how many characters of a document count (S-029).
func (d *Document) size() int { return policy.Size(d.File.Slice(d.Root.Span)) }
