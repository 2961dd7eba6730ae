package call

import (
	"slices"
	"strings"

	"fenceline/engine"
	"fenceline/engine/catalogue"
	"fenceline/engine/iam"
)

// known is the catalogue that a call brought, and index the actions in it. They
// are all that is kept between calls; those that look something up there answer
// without them, too. Calls come one after the other.
var (
	known *engine.Catalogue
	index *engine.ActionIndex
)

// loading is a call that brings the catalogue's text.
type loading struct {
	named
	Text string `json:"text"`
}

// listing is what the page needs of all services at once; it reads no
// catalogue's text itself.
type listing struct {
	Source   string    `json:"source"`
	Date     string    `json:"date"`
	Services []service `json:"services"`
}

// service has the access level of each action by its letter.
type service struct {
	Prefix  string   `json:"prefix"`
	Name    string   `json:"name"`
	Actions []string `json:"actions"`
	Access  string   `json:"access"`
}

// loadCatalogue takes the text in the place of one that was brought before; one
// that can't be read leaves that.
func loadCatalogue(in loading) (listing, error) {
	c, err := engine.ReadCatalogue(in.Text)
	if err != nil {
		return listing{}, err
	}
	known, index = c, engine.IndexActions(c)
	list := listing{Source: c.Source, Date: c.Date, Services: make([]service, len(c.Services))}
	for i := range c.Services {
		s := &c.Services[i]
		actions, access := make([]string, len(s.Actions)), make([]byte, len(s.Actions))
		for j := range s.Actions {
			actions[j], access[j] = s.Actions[j].Name, s.Actions[j].Access.Letter()
		}
		list.Services[i] = service{s.Prefix, s.Name, actions, string(access)}
	}
	return list, nil
}

// description is a call that asks what AWS says of an action, or which actions
// a pattern matches. What is given of partition, Region and account goes into
// the templates of ARNs.
type description struct {
	named
	Action    string `json:"action"`
	Partition string `json:"partition"`
	Region    string `json:"region"`
	Account   string `json:"account"`
}

// described answers it: an Action that is listed, or what a pattern Matches, or
// what an unknown name is Like. All lack where no catalogue was brought.
type described struct {
	Loaded  bool          `json:"loaded"`
	Action  *actionFacts  `json:"action,omitempty"`
	Matches *matches      `json:"matches,omitempty"`
	Service *serviceFacts `json:"service,omitempty"`
	Like    []string      `json:"like,omitempty"`
}

type serviceFacts struct {
	Prefix string `json:"prefix"`
	Name   string `json:"name"`
}

type actionFacts struct {
	// Name has the prefix, in AWS's spelling.
	Name string `json:"name"`
	// Access is AWS's name of the level.
	Access string `json:"access"`
	// Resources are empty for an action that is granted on `*` alone.
	Resources []resourceFacts `json:"resources"`
	Keys      []keyFacts      `json:"keys"`
	Dependent []string        `json:"dependent"`
}

type resourceFacts struct {
	Name     string   `json:"name"`
	Required bool     `json:"required"`
	ARNs     []string `json:"arns"`
}

// keyFacts has the type by the engine's own names: text, arn, bool and so on.
type keyFacts struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Many bool   `json:"many,omitempty"`
}

// matches are the actions of a pattern: how many, and the first ones.
type matches struct {
	Count   int      `json:"count"`
	Actions []string `json:"actions"`
}

// mostMatches is how many actions of a pattern are named.
const mostMatches = 12

func describe(in description) described {
	out := described{Loaded: known != nil}
	if known == nil {
		return out
	}
	if prefix, _, ok := strings.Cut(in.Action, ":"); ok {
		if s := known.Service(prefix); s != nil {
			out.Service = &serviceFacts{s.Prefix, s.Name}
		}
	}
	switch s, a := known.Action(in.Action); {
	case a != nil:
		out.Action = in.facts(s, a)
	case strings.ContainsAny(in.Action, "*?"):
		out.Matches = matching(in.Action)
	default:
		out.Like = known.Like(in.Action, 3)
	}
	return out
}

func matching(pattern string) *matches {
	m := &matches{Actions: []string{}}
	for s, a := range known.Matching(pattern) {
		if m.Count++; m.Count <= mostMatches {
			m.Actions = append(m.Actions, s.Prefix+":"+a.Name)
		}
	}
	return m
}

// facts is what the catalogue says of an action.
func (in *description) facts(s *catalogue.Service, a *catalogue.Action) *actionFacts {
	facts := &actionFacts{
		Name: s.Prefix + ":" + a.Name, Access: a.Access.String(), Resources: []resourceFacts{}, Keys: []keyFacts{},
		Dependent: append([]string{}, a.Dependent...),
	}
	keys := slices.Clone(a.Keys)
	for _, use := range a.Resources {
		keys = append(keys, use.Type.Keys...)
		arns := make([]string, len(use.Type.ARNs))
		for i, template := range use.Type.ARNs {
			arns[i] = catalogue.Fill(template, in.Partition, in.Region, in.Account)
		}
		facts.Resources = append(facts.Resources, resourceFacts{use.Type.Name, use.Required, arns})
	}
	slices.Sort(keys)
	for _, name := range slices.Compact(keys) {
		kind, many := typeOf(s, name)
		facts.Keys = append(facts.Keys, keyFacts{name, kind.String(), many})
	}
	return facts
}

// typeOf is the type of a service's key by the engine's own names.
func typeOf(s *catalogue.Service, name string) (iam.KeyType, bool) {
	at := slices.IndexFunc(s.Keys, func(k catalogue.Key) bool { return k.Name == name })
	if at < 0 {
		return iam.TextKey, false
	}
	return s.Keys[at].Kind()
}
