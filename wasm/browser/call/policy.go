//go:build account

package call

import (
	"fenceline/engine/intake"
	"fenceline/engine/scenario"
)

// accountPolicyQuestion is a call for one policy of the account, by its name.
type accountPolicyQuestion struct {
	named
	Name string `json:"name"`
}

// heldPolicy answers it: the document, what is wrong with it, and the
// identities that have it in some way, by ARN.
type heldPolicy struct {
	Document document           `json:"document"`
	Problems []scenario.Problem `json:"problems"`
	UsedBy   []string           `json:"usedBy"`
}

func accountPolicy(in accountPolicyQuestion) (*heldPolicy, error) {
	account, err := heldAccount()
	if err != nil {
		return nil, err
	}
	p := account.Policy(in.Name)
	if p == nil {
		return nil, &failure{CodeNotHeld, "the account has no policy `" + in.Name + "`"}
	}
	out := &heldPolicy{Document: newDocument(p), Problems: []scenario.Problem{}, UsedBy: orEmpty(account.UsersOf(p))}
	wish := intake.Wish{Targets: []string{p.Owner}}
	if len(out.UsedBy) > 0 {
		wish.Principals = out.UsedBy[:1]
	}
	part, _ := account.Excerpt(wish)
	for _, found := range part.Decode().Problems {
		if found.Policy == p.Name {
			out.Problems = append(out.Problems, found)
		}
	}
	return out, nil
}
