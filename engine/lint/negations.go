package lint

import "fenceline/engine/iam"

var notActionInAllow = Check{
	Code: "notActionInAllow", Rule: "S-046",
	Title: "An Allow of everything but a list of actions",
	find: func(s *statement) {
		if s.allows() && s.Action.Not && s.document.Layer != iam.ServiceControlPolicy {
			s.warn(s.Action.Span, "this allows every action that is not listed, of every service the resources belong to, also those AWS adds later")
		}
	},
}

var notResourceInAllow = Check{
	Code: "notResourceInAllow", Rule: "S-065",
	Title: "An Allow on everything but a list of resources",
	find: func(s *statement) {
		if s.allows() && s.Resource != nil && s.Resource.Not {
			s.warn(s.Resource.Span, "this allows the actions on every resource that is not listed, in every service they cover")
		}
	},
}

var denyNotPrincipal = Check{
	Code: "denyNotPrincipal", Rule: "S-104",
	Title: "A Deny with `NotPrincipal`",
	find: func(s *statement) {
		if !s.allows() && s.Principal != nil && s.Principal.Not {
			s.warn(s.Principal.Span, "this always hits a user or role that has a permissions boundary, and spares others only if their account is listed too; write `\"Principal\": \"*\"` with `ArnNotEquals` on `aws:PrincipalArn`")
		}
	},
}
