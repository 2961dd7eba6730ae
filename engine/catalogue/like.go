package catalogue

import (
	"slices"
	"strings"

	"fenceline/engine/source"
)

// Like lists up to n actions that an unknown one may be a slip of, the
// likeliest first: near names of its service, then its name in other services.
func (c *Catalogue) Like(action string, n int) []string {
	prefix, name, ok := strings.Cut(action, ":")
	if c == nil || !ok || n <= 0 {
		return nil
	}
	var list []string
	service := c.Service(prefix)
	if service == nil {
		service = c.Service(source.Nearest(prefix, c.prefixes()))
	}
	if service != nil {
		list = service.near(name)
	}
	for i := range c.Services {
		if s := &c.Services[i]; s != service {
			if a := s.Action(name); a != nil {
				list = append(list, s.Prefix+":"+a.Name)
			}
		}
	}
	return list[:min(n, len(list))]
}

// near lists the service's actions with names near another one, the nearest first.
func (s *Service) near(name string) []string {
	lower, limit := strings.ToLower(name), 1+len(name)/3
	type candidate struct {
		name     string
		distance int
	}
	var found []candidate
	for i := range s.Actions {
		a := &s.Actions[i]
		if d := source.Distance(lower, a.lower, limit); d < limit {
			found = append(found, candidate{s.Prefix + ":" + a.Name, d})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return a.distance - b.distance })
	list := make([]string, len(found))
	for i := range found {
		list[i] = found[i].name
	}
	return list
}

// prefixes lists the services.
func (c *Catalogue) prefixes() []string {
	list := make([]string, len(c.Services))
	for i := range c.Services {
		list[i] = c.Services[i].Prefix
	}
	return list
}
