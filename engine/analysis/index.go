package analysis

import (
	"sort"
	"strings"

	"fenceline/engine/catalogue"
	"fenceline/engine/eval"
)

// Index lists actions so that those which a pattern names are found without a
// look at each. It is immutable and safe for concurrent use.
type Index struct {
	// Actions stand as in the catalogue: service after service, by their names in
	// lower case.
	Actions []Action

	services []service
	byPrefix map[string]int
	types    []*catalogue.ResourceType
}

// Action is an action of the index.
type Action struct {
	// Name is the action with its service, "s3:GetObject".
	Name   string
	Access catalogue.AccessLevel

	lower string  // the name without its service, in lower case
	types []int32 // the types of resources that it is for; none: it takes `*` alone
}

// service is a run of the actions.
type service struct {
	prefix      string // in lower case
	first, next int
}

// NewIndex prepares a catalogue.
func NewIndex(c *catalogue.Catalogue) *Index {
	x := &Index{byPrefix: map[string]int{}}
	if c == nil {
		return x
	}
	for i := range c.Services {
		x.add(&c.Services[i])
	}
	return x
}

func (x *Index) add(s *catalogue.Service) {
	first := len(x.Actions)
	ids := map[*catalogue.ResourceType]int32{}
	for i := range s.Actions {
		a := &s.Actions[i]
		action := Action{Name: s.Prefix + ":" + a.Name, Access: a.Access, lower: strings.ToLower(a.Name)}
		for _, use := range a.Resources {
			id, known := ids[use.Type]
			if !known {
				id = int32(len(x.types))
				ids[use.Type] = id
				x.types = append(x.types, use.Type)
			}
			action.types = append(action.types, id)
		}
		x.Actions = append(x.Actions, action)
	}
	prefix := strings.ToLower(s.Prefix)
	x.byPrefix[prefix] = len(x.services)
	x.services = append(x.services, service{prefix, first, len(x.Actions)})
}

// each visits the actions that a pattern names (S-042).
func (x *Index) each(p *eval.ActionPattern, visit func(action int)) {
	if p.All {
		for i := range x.Actions {
			visit(i)
		}
		return
	}
	if p.Service.IsLiteral() {
		if at, ok := x.byPrefix[p.Service.Prefix()]; ok {
			x.inService(&x.services[at], p, visit)
		}
		return
	}
	for i := range x.services {
		if s := &x.services[i]; p.Service.Match(s.prefix) {
			x.inService(s, p, visit)
		}
	}
}

// inService visits the actions of one service: those that begin as the pattern
// does stand together.
func (x *Index) inService(s *service, p *eval.ActionPattern, visit func(action int)) {
	actions, prefix := x.Actions[s.first:s.next], p.Name.Prefix()
	from := sort.Search(len(actions), func(i int) bool { return actions[i].lower >= prefix })
	for i := from; i < len(actions) && strings.HasPrefix(actions[i].lower, prefix); i++ {
		if p.Name.Match(actions[i].lower) {
			visit(s.first + i)
		}
	}
}

// fitting says for every type of resource whether an ARN may be one of it.
func (x *Index) fitting(arn string) []bool {
	fits := make([]bool, len(x.types))
	for i, t := range x.types {
		fits[i] = t.Fits(arn)
	}
	return fits
}
