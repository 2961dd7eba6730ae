package lint

import (
	"slices"
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/catalogue"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// Lookup runs the checks that need a catalogue, over one document after the
// other. It bounds what they do together, and is not safe for concurrent use.
type Lookup struct {
	catalogue *catalogue.Catalogue
	// left is how many actions may still be looked at.
	left  int
	known map[string]pattern
}

// pattern is what the catalogue says of an action's text.
type pattern struct {
	listed        bool // it matches something
	resourceTypes bool // something that it matches has resource types
}

// mostLooks is how many actions are looked at, which takes a browser a few
// tenths of a second.
const mostLooks = 500_000

// notLookedUp is the code of what says that this was too much.
const notLookedUp = "notLookedUp"

// NewLookup looks up in a catalogue. Without one nothing is found.
func NewLookup(c *catalogue.Catalogue) *Lookup {
	return &Lookup{catalogue: c, left: mostLooks, known: map[string]pattern{}}
}

// Find runs the checks over a document that was decoded without errors.
func (l *Lookup) Find(document *policy.Document) []source.Problem {
	if l.catalogue == nil || len(document.Statements) == 0 {
		return nil
	}
	found := run(document, iam.Options{}, l, consulting())
	if l.left <= 0 {
		found = append(found, source.Problem{
			Code: notLookedUp, Severity: source.Note, Span: document.Statements[0].Span,
			Message: "the policies have more patterns than are looked up in AWS's list of actions; some of this one's are not checked against it",
		})
	}
	return found
}

// spend takes from what may be looked at, and says whether there was enough.
func (l *Lookup) spend(looks int) bool {
	l.left -= looks
	return l.left > 0
}

// pattern looks an action's text up. It is false where too much was looked up
// already, so that nothing is known of it.
func (l *Lookup) pattern(text string) (pattern, bool) {
	if known, ok := l.known[text]; ok {
		return known, true
	}
	if l.left <= 0 {
		return pattern{}, false
	}
	var found pattern
	for _, action := range l.catalogue.Matching(text) {
		found.listed = true
		if len(action.Resources) > 0 {
			found.resourceTypes = true
			break
		}
	}
	if !found.resourceTypes { // else the search ended early
		l.spend(l.cost(text))
	}
	l.known[text] = found
	return found, true
}

// cost is how many actions a search by a text looks at.
func (l *Lookup) cost(text string) int {
	prefix, name, _ := strings.Cut(text, ":")
	switch service := l.catalogue.Service(prefix); {
	case hasWildcard(prefix):
		return l.catalogue.Actions()
	case service != nil && hasWildcard(name):
		return len(service.Actions)
	}
	return 1
}

// costOfNear is what a search for near names takes, counted as actions looked at.
const costOfNear = 5_000

// mostOffered is how many near names are offered for an unknown one.
const mostOffered = 3

var unknownAction = Check{
	Code: "unknownAction", Rule: "S-042",
	Title: "A pattern that matches no action that AWS lists",
	find: func(s *statement) {
		for _, value := range s.Action.Values {
			if s.strange(value.Value) {
				s.tellUnknown(value)
			}
		}
	},
}

// strange says whether an action's text can match, but matches nothing listed.
// What can't match at all is told already (S-044).
func (s *statement) strange(text string) bool {
	if text == "*" || strings.ContainsAny(text, ", \t\r\n$") || strings.Count(text, ":") != 1 {
		return false
	}
	found, ok := s.lookup.pattern(text)
	return ok && !found.listed
}

func (s *statement) tellUnknown(value policy.Text) {
	prefix, name, _ := strings.Cut(value.Value, ":")
	service := s.lookup.catalogue.Service(prefix)
	near := s.near(value.Value, prefix, service == nil)
	var what string
	switch {
	case service != nil && hasWildcard(name):
		what = "`" + source.Clip(value.Value) + "` matches no action of " + service.Name
	case service != nil:
		what = service.Name + " has no action `" + source.Clip(name) + "`"
	case hasWildcard(prefix):
		what = "`" + source.Clip(value.Value) + "` matches no action of any service"
	default:
		what = "no service has the prefix `" + source.Clip(prefix) + "`"
	}
	what += ", as AWS listed them on " + s.lookup.catalogue.Date
	if len(near) > 0 {
		what += "; did you mean `" + near[0] + "`?"
	}
	problem := s.warn(value.Span, what)
	for _, name := range near {
		problem.Fixes = append(problem.Fixes, changing("Write `"+name+"`", value.Span, source.Quote(name)))
	}
}

// near are the actions that an unknown one may be meant to be, and that the
// policy may name.
func (s *statement) near(text, prefix string, noService bool) []string {
	if !s.lookup.spend(costOfNear) {
		return nil
	}
	var near []string
	if !hasWildcard(text) {
		near = s.lookup.catalogue.Like(text, 2*mostOffered)
	} else if noService && !hasWildcard(prefix) {
		if other := s.lookup.catalogue.Nearest(prefix); other != "" {
			near = []string{other + text[len(prefix):]}
		}
	}
	near = slices.DeleteFunc(near, func(name string) bool { return !s.mayName(name) })
	return near[:min(len(near), mostOffered)]
}

// mayName says whether the kind of policy takes an action (S-022, S-024).
func (s *statement) mayName(action string) bool {
	prefix, _, _ := strings.Cut(action, ":")
	switch s.document.Layer {
	case iam.ResourceControlPolicy:
		return iam.SupportsRCP(prefix)
	case iam.TrustPolicy:
		return false // those that it takes are listed
	}
	return !s.strange(action)
}

// carried are keys of one service that requests to every other carry as well,
// since they stand in the caller's credentials.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
var carried = []string{
	"ec2:roledelivery", "ec2:sourceinstancearn", "glue:credentialissuingservice", "glue:roleassumedby",
	"lambda:sourcefunctionarn", "sts:sourceidentity",
}

var unknownKey = Check{
	Code: "unknownKey", Rule: "S-297",
	Title: "A condition key that AWS lists for none of the actions",
	find: func(s *statement) {
		seen := map[source.Span]bool{}
		for i := range s.tests {
			t := &s.tests[i]
			prefix, _, ok := strings.Cut(t.lower, ":")
			if !ok || seen[t.Key.Span] || t.lower == "aws:arn" || strings.ContainsAny(prefix, "./") || prefix == "saml" || slices.Contains(carried, t.lower) {
				continue // providers of identities have keys that nobody lists
			}
			seen[t.Key.Span] = true
			s.checkKey(t)
		}
	},
}

func (s *statement) checkKey(t *test) {
	key, known := s.lookup.catalogue.Key(t.Key.Value)
	switch {
	case known && iam.IsGlobal(t.lower):
	case !known:
		problem := s.note(t.Key.Span, "AWS listed no condition key `"+source.Clip(t.Key.Value)+"` on "+s.lookup.catalogue.Date+", and no request has one that does not exist")
		if near := s.nearKey(t.Key.Value); near != "" {
			problem.Message += "; did you mean `" + near + "`?"
			problem.Fixes = []source.Fix{changing("Write `"+near+"`", t.Key.Span, source.Quote(near))}
		}
	case !s.anyHas(t.Key.Value):
		s.note(t.Key.Span, "AWS listed `"+key.Name+"` for none of these actions on "+s.lookup.catalogue.Date+"; a request of theirs lacks it")
	}
}

// nearKey is a key like an unknown one: a global one, or one of the service
// that its prefix names.
func (s *statement) nearKey(name string) string {
	prefix, _, _ := strings.Cut(name, ":")
	var names []string
	if strings.EqualFold(prefix, "aws") {
		for _, facts := range iam.GlobalKeys() {
			if !facts.Family {
				names = append(names, facts.Name)
			}
		}
	} else if service := s.lookup.catalogue.Service(prefix); service != nil {
		for _, key := range service.Keys {
			if !key.Family() {
				names = append(names, key.Name)
			}
		}
	}
	return source.Nearest(name, names)
}

// anyHas says whether an action of the statement may have the key. Those of
// every service, and those that are left open, may.
func (s *statement) anyHas(key string) bool {
	if s.Action.Not {
		return true
	}
	listed := false
	for _, value := range s.Action.Values {
		if prefix, _, _ := strings.Cut(value.Value, ":"); hasWildcard(prefix) {
			return true
		}
		if !s.lookup.spend(10 * s.lookup.cost(value.Value)) {
			return true
		}
		for service, action := range s.lookup.catalogue.Matching(value.Value) {
			listed = true
			if !service.Knows(key) {
				break
			}
			if action.Has(key) {
				return true
			}
		}
	}
	return !listed // what nobody lists is told as such
}

var needsStar = Check{
	Code: "needsStar", Rule: "S-047",
	Title: "An action without resource types on ARNs, which it never matches",
	find: func(s *statement) {
		if s.Resource == nil || s.Resource.Not || s.Action.Not || len(s.Resource.Values) == 0 {
			return
		}
		var without []policy.Text
		for _, value := range s.Action.Values {
			if s.withoutResource(value.Value) {
				without = append(without, value)
			}
		}
		for _, value := range without {
			problem := s.warn(value.Span, "`"+source.Clip(value.Value)+"` works on no resource that has an ARN, so it matches on `*` alone and never here; write it in a statement with `\"Resource\": \"*\"`")
			if len(without) == len(s.Action.Values) {
				problem.Fixes = []source.Fix{changing("Write `\"Resource\": \"*\"`", s.Resource.Span, `"*"`)}
			}
		}
	},
}

// withoutResource says whether all actions that a text matches have no resource
// types, and the statement's resources match none of them (S-047, S-048).
func (s *statement) withoutResource(text string) bool {
	if prefix, _, _ := strings.Cut(text, ":"); hasWildcard(prefix) || s.reachesAll(prefix) {
		return false
	}
	found, ok := s.lookup.pattern(text)
	return ok && found.listed && !found.resourceTypes
}

// reachesAll says whether one of the resources is `*`, or reduces to it for
// actions of a service.
func (s *statement) reachesAll(service string) bool {
	pad := s.document.Layer == iam.IdentityPolicy || s.document.Layer == iam.PermissionsBoundary // S-060 to S-062
	return slices.ContainsFunc(s.Resource.Values, func(value policy.Text) bool {
		pattern := arn.Compile(value.Value, pad)
		return strings.Trim(value.Value, "*") == "" || pattern.ReducesToService(strings.ToLower(service))
	})
}
