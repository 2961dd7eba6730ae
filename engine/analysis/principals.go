package analysis

import (
	"fenceline/engine/account"
	"fenceline/engine/iam"
	"fenceline/engine/scenario"
)

// PrincipalAnswer is what one principal may do.
type PrincipalAnswer struct {
	Principal   string                  `json:"principal"`
	Decision    iam.Decision            `json:"decision"`
	DecidedBy   iam.Layer               `json:"decidedBy,omitempty"`
	Error       string                  `json:"error,omitempty"`
	Determining []scenario.StatementRef `json:"determining"`
	DependsOn   []string                `json:"dependsOn"`
	Inexact     bool                    `json:"inexact,omitempty"`
	Terms       []Term                  `json:"terms"`
}

// PrincipalAnswers are those of some of an account's users and roles.
type PrincipalAnswers struct {
	Answers []PrincipalAnswer `json:"answers"`
	// Next is where to go on, and Of how many users and roles there are; Next is
	// Of at the end.
	Next int `json:"next"`
	Of   int `json:"of"`
}

// Principals decides one request for the users and roles of the account, each
// in the place of its principal: at most so many, from the given one on. Roles
// ask as a session of theirs.
func Principals(m *scenario.Moment, r account.Request, from, most int) PrincipalAnswers {
	people := m.Account().People()
	from = min(max(from, 0), len(people))
	out := PrincipalAnswers{Answers: []PrincipalAnswer{}, Next: min(from+max(most, 0), len(people)), Of: len(people)}
	for _, identity := range people[from:out.Next] {
		request := r
		request.Principal, request.Session = identity.ARN, nil
		request.Kind, _ = account.ParsePrincipal(identity.ARN, r.Action)
		out.Answers = append(out.Answers, answerOf(m, &request))
	}
	return out
}

func answerOf(m *scenario.Moment, r *account.Request) PrincipalAnswer {
	a := PrincipalAnswer{Principal: r.Principal, Determining: []scenario.StatementRef{}, DependsOn: []string{}, Terms: []Term{}}
	found, ok := m.Ask(m.Account().Caller(r), r)
	if !ok {
		a.Error = m.Unreadable(found.Resolved.Broken)
		return a
	}
	a.Decision, a.DecidedBy, a.Inexact = found.Verdict.Decision, found.Verdict.By, found.Inexact
	a.Determining = found.Determining()
	a.DependsOn = append(a.DependsOn, found.DependsOn...)
	if a.Decision == iam.Depends {
		a.Terms = terms(found)
	}
	return a
}
