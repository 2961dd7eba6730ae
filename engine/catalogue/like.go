package catalogue

import (
	"strings"

	"fenceline/engine/order"
	"fenceline/engine/source"
)

// Like lists up to n actions that an unknown one may be a slip of, the
// likeliest first: near names of its service, else its name in other services.
func (c *Catalogue) Like(action string, n int) []string {
	prefix, name, ok := strings.Cut(action, ":")
	if c == nil || !ok || n <= 0 {
		return nil
	}
	var list []string
	service := c.Service(prefix)
	if service == nil {
		service = c.Service(c.Nearest(prefix))
	}
	if service != nil {
		list = service.near(name)
	}
	if len(list) > 0 {
		return list[:min(n, len(list))]
	}
	for i := 0; i < len(c.Services) && len(list) < n; i++ {
		if a := c.Services[i].Action(name); a != nil {
			list = append(list, c.Services[i].Prefix+":"+a.Name)
		}
	}
	return list
}

// near lists the service's actions with names near another one, the nearest
// first, and none that is much further off.
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
	order.By(found, func(a, b candidate) int { return a.distance - b.distance })
	var list []string
	for _, one := range found {
		if one.distance <= found[0].distance+1 {
			list = append(list, one.name)
		}
	}
	return list
}

// Nearest is the prefix of the service that another prefix is most likely a
// slip of; empty when none is near.
func (c *Catalogue) Nearest(prefix string) string {
	if c == nil {
		return ""
	}
	list := make([]string, len(c.Services))
	for i := range c.Services {
		list[i] = c.Services[i].Prefix
	}
	return source.Nearest(prefix, list)
}
