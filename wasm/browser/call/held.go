//go:build account

package call

import "fenceline/engine/intake"

// Codes of failures of the calls about an account.
const (
	// CodeNoAccount: nothing is held; give the texts (again).
	CodeNoAccount = "noAccount"
	// CodeNotHeld: the account does not have what was asked for.
	CodeNotHeld = "notHeld"
)

// holding is the account that these calls are about. It stays here between the
// calls, since it is too large to travel with each; it is gone when the program
// ends, and the page then gives the texts again. Calls run one after the other.
type holding struct {
	reader  *intake.AccountReader
	read    int64 // bytes
	account *intake.Account
}

var held holding

// heldAccount is the account that was put together last.
func heldAccount() (*intake.Account, error) {
	if held.account == nil {
		return nil, &failure{CodeNoAccount, "no account is held; read one first"}
	}
	return held.account, nil
}

// pointed writes what is answered by its address.
func pointed[T any](write func([]byte, *T) []byte) func([]byte, **T) []byte {
	return func(b []byte, v **T) []byte { return write(b, *v) }
}
