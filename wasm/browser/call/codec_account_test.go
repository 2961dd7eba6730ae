//go:build account

package call

func init() {
	codecFile, codecTag = "codec_account.go", "account"
	runs["accountAdd"] = accountAdd
	runs["accountAsk"] = askWho
	runs["accountClear"] = accountClear
	runs["accountDone"] = accountDone
	runs["accountPolicy"] = accountPolicy
	runs["accountPrincipal"] = accountPrincipal
	runs["accountScenario"] = accountScenario
}
