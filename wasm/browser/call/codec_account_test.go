//go:build account

package call

func init() {
	accountRuns = map[string]any{
		"accountAdd":       accountAdd,
		"accountAsk":       askWho,
		"accountClear":     accountClear,
		"accountDone":      accountDone,
		"accountPolicy":    accountPolicy,
		"accountPrincipal": accountPrincipal,
		"accountScenario":  accountScenario,
	}
}
