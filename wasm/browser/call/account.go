//go:build account

package call

import (
	"strconv"

	"fenceline/engine"
	"fenceline/engine/intake"
)

// maxPiece bounds the piece of a text that one call reads, so that each is
// answered soon.
const maxPiece = 4 << 20

// accountAddition is a call that reads a piece of a text into the account. With
// More the text goes on; the piece that has no more is its last. After is how
// many bytes were read before, so that no piece is read into another account
// than that of the pieces before it.
type accountAddition struct {
	named
	Name  string `json:"name"`
	Text  string `json:"text"`
	More  bool   `json:"more"`
	After int    `json:"after"`
}

func accountAdd(in accountAddition) (intake.Read, error) {
	if len(in.Text) > maxPiece {
		return intake.Read{}, &failure{CodeTooLarge, "the piece has " + strconv.Itoa(len(in.Text)) + " bytes; at most " + strconv.Itoa(maxPiece) + " are read at once"}
	}
	if int64(in.After) != held.read {
		return intake.Read{}, &failure{CodeNoAccount, strconv.FormatInt(held.read, 10) + " bytes are read, not " + strconv.Itoa(in.After) + "; begin again"}
	}
	if held.reader == nil {
		held.reader = intake.NewAccountReader()
	}
	read := held.reader.Read(in.Name, in.Text, !in.More)
	held.read = read.Bytes
	return read, nil
}

// accountClearing is a call that forgets the account.
type accountClearing struct{ named }

// cleared says nothing more.
type cleared struct{}

func accountClear(accountClearing) (cleared, error) {
	held = holding{}
	return cleared{}, nil
}

// accountCompletion is a call that puts together what was read.
type accountCompletion struct{ named }

func accountDone(accountCompletion) (*inventory, error) {
	if held.reader == nil {
		return nil, &failure{CodeNoAccount, "nothing was read"}
	}
	held.account = held.reader.Finish()
	return newInventory(held.account), nil
}

// accountExcerpt is a call for the part of the account that a principal meets,
// as a scenario. Requests is a JSON list as scenario files have it; Targets are
// resources that are asked about.
type accountExcerpt struct {
	named
	Title     string   `json:"title"`
	Principal string   `json:"principal"`
	Targets   []string `json:"targets"`
	Requests  string   `json:"requests"`
}

type excerpt struct {
	Scenario string   `json:"scenario"`
	Policies []policy `json:"policies"`
	Notes    []string `json:"notes"`
}

func accountScenario(in accountExcerpt) (excerpt, error) {
	account, err := heldAccount()
	if err != nil {
		return excerpt{}, err
	}
	wish := intake.Wish{Title: in.Title, Targets: in.Targets, Requests: in.Requests}
	if in.Principal != "" {
		wish.Principals = []string{in.Principal}
	}
	part, problems := account.Excerpt(wish)
	if len(problems) > 0 {
		return excerpt{}, &failure{CodeBadCall, "the requests: " + problems[0].Message}
	}
	return excerpt{part.Scenario, policies(part.Policies), orEmpty(part.Notes)}, nil
}

// policies are named texts as answers have them.
func policies(texts []engine.NamedText) []policy {
	list := make([]policy, len(texts))
	for i, text := range texts {
		list[i] = policy(text)
	}
	return list
}

// orEmpty is a list that JSON writes as one.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
