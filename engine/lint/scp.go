package lint

import (
	"strings"

	"fenceline/engine/iam"
)

// oldSCP holds an SCP to what the language took before September 2025, for
// organizations whose tools still do (S-190). It runs only when asked for.
var oldSCP = Check{
	Code: "scpBefore2025", Rule: "S-190",
	Title: "What SCPs did not take before September 2025",
	find: func(s *statement) {
		if !s.options.SCPBefore2025 || s.document.Layer != iam.ServiceControlPolicy {
			return
		}
		if s.allows() {
			s.oldAllow()
		}
		if s.Resource != nil && s.Resource.Not {
			s.warn(s.Resource.Span, "before September 2025 an SCP had no `NotResource`")
		}
		for _, action := range s.Action.Values {
			if hasWildcard(strings.TrimSuffix(action.Value, "*")) {
				s.warn(action.Span, "before September 2025 an SCP's action had a wildcard only at its end")
			}
		}
	},
}

// oldAllow is what an Allow had to be: on `*`, without condition or NotAction.
func (s *statement) oldAllow() {
	if s.Action.Not {
		s.warn(s.Action.Span, "before September 2025 an SCP that allows had no `NotAction`")
	}
	if len(s.Conditions) > 0 {
		s.warn(s.Conditions[0].Span, "before September 2025 an SCP that allows had no condition")
	}
	if s.Resource == nil || s.Resource.Not {
		return
	}
	for _, resource := range s.Resource.Values {
		if resource.Value != "*" {
			s.warn(resource.Span, "before September 2025 an SCP that allows had `\"Resource\": \"*\"` only")
		}
	}
}
