package calls

import (
	"maps"
	"slices"
)

// Managed is a managed policy that calls have made, changed or looked for.
type Managed struct {
	ARN string
	// Document is the name of its default version's text, empty when it was deleted.
	Document string
	// Others are how many versions there are beside the default one.
	Others int
}

// Managed lists the managed policies that calls have made, changed or looked
// for, by their ARNs; all others are as they were.
func (s *State) Managed() []Managed {
	var list []Managed
	for _, text := range slices.Sorted(maps.Keys(s.policies)) {
		m := Managed{ARN: text}
		if p := s.policies[text]; p != nil {
			m.Document, m.Others = p.document(), len(p.versions)-1
		}
		list = append(list, m)
	}
	return list
}

// Sessions lists the sessions that have begun, by their ARNs.
func (s *State) Sessions() []*Assumed {
	list := make([]*Assumed, 0, len(s.sessions))
	for _, text := range slices.Sorted(maps.Keys(s.sessions)) {
		list = append(list, s.sessions[text])
	}
	return list
}

// Profiles lists the instance profiles, by their ARNs.
func (s *State) Profiles() []*Profile {
	list := make([]*Profile, 0, len(s.profiles))
	for _, text := range slices.Sorted(maps.Keys(s.profiles)) {
		list = append(list, s.profiles[text])
	}
	return list
}
