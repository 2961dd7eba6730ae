//go:build account

package call

import (
	"strings"

	"fenceline/engine/iam"
	"fenceline/engine/intake"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// accountWho is a call that asks one thing of the account's users and roles:
// of Most of them, from one on. Request is a request as scenario files write it,
// an object without its principal. Roles ask as a session of theirs.
type accountWho struct {
	named
	Request string `json:"request"`
	From    int    `json:"from"`
	Most    int    `json:"most"`
}

// who answers it. Next is where to go on, and Of how many users and roles there
// are; at the end they are the same.
type who struct {
	Answers []whoLine `json:"answers"`
	Next    int       `json:"next"`
	Of      int       `json:"of"`
}

type whoLine struct {
	Principal   string                  `json:"principal"`
	Decision    iam.Decision            `json:"decision"`
	DecidedBy   iam.Layer               `json:"decidedBy,omitempty"`
	Error       string                  `json:"error,omitempty"`
	Determining []scenario.StatementRef `json:"determining"`
	DependsOn   []string                `json:"dependsOn"`
}

// mostAsked bounds how many are asked by one call, so that each is answered soon.
const mostAsked = 200

func askWho(in accountWho) (who, error) {
	account, err := heldAccount()
	if err != nil {
		return who{}, err
	}
	inside, ok := strings.CutPrefix(strings.TrimSpace(in.Request), "{")
	if !ok {
		return who{}, &failure{CodeBadCall, "the request is no object"}
	}
	people := account.People()
	from := min(max(in.From, 0), len(people))
	out := who{Answers: []whoLine{}, Next: min(from+min(max(in.Most, 1), mostAsked), len(people)), Of: len(people)}
	if from == out.Next {
		return out, nil
	}
	requests := make([]string, 0, out.Next-from)
	for _, identity := range people[from:out.Next] {
		requests = append(requests, `{"principal":`+source.Quote(identity.ARN)+`,`+inside)
	}
	part, problems := account.Excerpt(intake.Wish{Requests: "[" + strings.Join(requests, ",") + "]"})
	if len(problems) > 0 {
		return who{}, &failure{CodeBadCall, "the request: " + problems[0].Message}
	}
	result := part.Decode().Run(iam.Options{}, []int{})
	if len(result.Results) != len(requests) {
		return who{}, &failure{CodeBadCall, "the request: " + firstError(result.Problems)}
	}
	for i := range result.Results {
		r := &result.Results[i]
		out.Answers = append(out.Answers, whoLine{r.Principal, r.Decision, r.DecidedBy, r.Error, r.Determining, r.DependsOn})
	}
	return out, nil
}

// firstError is what keeps a scenario from being decided.
func firstError(problems []scenario.Problem) string {
	for _, p := range problems {
		if p.Severity == source.Error {
			return p.Message
		}
	}
	return "it can't be decided"
}
