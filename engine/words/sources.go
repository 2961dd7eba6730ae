package words

import "strings"

const (
	guide  = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
	iamAPI = "https://docs.aws.amazon.com/IAM/latest/APIReference/"
	orgs   = "https://docs.aws.amazon.com/organizations/latest/userguide/"
	kms    = "https://docs.aws.amazon.com/kms/latest/developerguide/"
)

// sources are the pages behind the source codes of SEMANTICS.md. The one that
// stands for our own inference has none.
var sources = map[string]string{
	"GRAM": guide + "reference_policies_grammar.html",
	"VER":  elementsPage + "version.html", "SID": elementsPage + "sid.html", "EFF": elementsPage + "effect.html",
	"PRIN": elementsPage + "principal.html", "NPRIN": elementsPage + "notprincipal.html",
	"ACT": elementsPage + "action.html", "NACT": elementsPage + "notaction.html",
	"RES": elementsPage + "resource.html", "NRES": elementsPage + "notresource.html", "COND": elementsPage + "condition.html",
	"OPS": guide + "reference_policies_elements_condition_operators.html",
	"MV":  manyValuesPage,
	"MKV": guide + "reference_policies_condition-logic-multiple-context-keys-or-values.html",
	"VAR": variablesPage,
	"IDS": guide + "reference_identifiers.html",

	"EVAL": guide + "reference_policies_evaluation-logic.html",
	"ENF":  guide + "reference_policies_evaluation-logic_policy-eval-denyallow.html",
	"SA":   guide + "reference_policies_evaluation-logic_policy-eval-basics.html",
	"XA":   guide + "reference_policies_evaluation-logic-cross-account.html",
	"POL":  guide + "access_policies.html", "PB": guide + "access_policies_boundaries.html",
	"XACC": guide + "access_policies-cross-account-resource-access.html",
	"NETB": guide + "access_policies_identity-vs-resource.html",
	"GLOB": keysPage, "IAMK": iamKeysPage,
	"QUO": guide + "reference_iam-quotas.html", "OQUO": orgs + "orgs_reference_limits.html",
	"MSG": guide + "troubleshoot_access-denied.html",
	"SIM": guide + "access_policies_testing-policies.html", "SIMAPI": iamAPI + "API_SimulatePrincipalPolicy.html",
	"MFA": keysPage + "#condition-keys-multifactorauthpresent", "MFAAPI": guide + "id_credentials_mfa_configure-api-require.html",

	"PASS": guide + "id_roles_use_passrole.html", "TRUSTUPD": guide + "id_roles_update-role-trust-policy.html",
	"FED": guide + "id_credentials_temp_control-access_getfederationtoken.html",
	"SLR": guide + "id_roles_create-service-linked-role.html", "FAS": guide + "access_forward_access_sessions.html",
	"ROOT": guide + "id_root-user.html", "STS": "https://docs.aws.amazon.com/STS/latest/APIReference/welcome.html",
	"SCP": orgs + "orgs_manage_policies_scps.html", "SCPEV": orgs + "orgs_manage_policies_scps_evaluation.html", "SCPSYN": orgs + "orgs_manage_policies_scps_syntax.html",
	"RCP": orgs + "orgs_manage_policies_rcps.html", "RCPEV": orgs + "orgs_manage_policies_rcps_evaluation.html", "RCPSYN": orgs + "orgs_manage_policies_rcps_syntax.html",
	"KMS": kms + "key-policies.html",
	"PL":  "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
	"S3":  "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html",
	"AA":  guide + "access-analyzer-reference-policy-checks.html",
	"SAR": authorization + "reference_policies_actions-resources-contextkeys.html",

	"BLOG-DEL": "https://aws.amazon.com/blogs/security/delegate-permission-management-to-developers-using-iam-permissions-boundaries/",
	"BLOG-SCP": "https://aws.amazon.com/blogs/security/unlock-new-possibilities-aws-organizations-service-control-policy-now-supports-full-iam-language/",
	"BK":       "https://github.com/benkehoe/permissions-boundary-test",
	"CC":       "https://github.com/cloud-copilot/iam-simulate",
	"TF4248":   "https://github.com/hashicorp/terraform-provider-aws/pull/4248",
	"RHINO":    "https://github.com/RhinoSecurityLabs/AWS-IAM-Privilege-Escalation",
	"BF":       "https://github.com/BishopFox/iam-vulnerable",
	"PATH":     "https://pathfinding.cloud/",
	"DPE":      "https://github.com/aws-samples/data-perimeter-policy-examples",
	"PRIV":     "https://www.privoit.com/resources/permission-boundaries",
	ownSource:  "",
}

// ownSource is the code of the engine's own inference.
const ownSource = "INF"

// sourceURLs are the pages of the source codes that a text names, without
// repeats, in the order of the text.
func sourceURLs(text string) []string {
	var urls []string
	seen := map[string]bool{}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool {
		return r != '-' && !(r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z')
	}) {
		if url := sources[word]; url != "" && !seen[url] {
			seen[url] = true
			urls = append(urls, url)
		}
	}
	return urls
}
