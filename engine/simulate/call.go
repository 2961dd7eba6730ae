// Package simulate answers calls of IAM's policy simulator, SimulateCustomPolicy
// and SimulatePrincipalPolicy, as AWS answers them. It is what the engine's
// evaluation is not: only what the call gives is simulated, no key that the call
// leaves out is filled in but for the caller's own, and nothing is unknown.
//
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulateCustomPolicy.html
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
package simulate

// Operation is a call of the simulator, by its name in the API.
type Operation string

const (
	// Custom simulates the policies that the call itself gives.
	Custom Operation = "SimulateCustomPolicy"
	// Principal simulates the policies of a user, group or role.
	Principal Operation = "SimulatePrincipalPolicy"
)

// Call is a call with its parameters, by their names in the API; an empty one
// was not given (S-330). Those that only one of the operations has say so.
type Call struct {
	// PolicySourceArn names the user, group or role; of Principal alone.
	PolicySourceArn                    string              `json:",omitempty"`
	PolicyInputList                    []string            `json:",omitempty"`
	PermissionsBoundaryPolicyInputList []string            `json:",omitempty"`
	OrderedOrganizationPolicyInputList []OrganizationLevel `json:",omitempty"` // of Custom alone
	PolicyExclusionList                []PolicyIdentifier  `json:",omitempty"` // of Principal alone
	ActionNames                        []string            `json:",omitempty"`
	ResourceArns                       []string            `json:",omitempty"`
	ResourcePolicy                     string              `json:",omitempty"`
	ResourceOwner                      string              `json:",omitempty"`
	CallerArn                          string              `json:",omitempty"`
	ContextEntries                     []ContextEntry      `json:",omitempty"`
	ResourceHandlingOption             string              `json:",omitempty"`
	MaxItems                           int                 `json:",omitempty"`
	Marker                             string              `json:",omitempty"`
}

// OrganizationLevel is the root, a unit or the account with its SCPs.
type OrganizationLevel struct {
	ServiceControlPolicyInputList []string `json:",omitempty"`
}

// ContextEntry is a context key with its values.
type ContextEntry struct {
	ContextKeyName   string   `json:",omitempty"`
	ContextKeyValues []string `json:",omitempty"`
	ContextKeyType   string   `json:",omitempty"`
}

// PolicyIdentifier says which policies to leave out, by exactly one of its
// members.
//
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_PolicyIdentifier.html
type PolicyIdentifier struct {
	PolicyType             string                  `json:",omitempty"`
	PolicyArn              string                  `json:",omitempty"`
	InlinePolicyIdentifier *InlinePolicyIdentifier `json:",omitempty"`
}

// InlinePolicyIdentifier is an inline policy and what it is attached to.
type InlinePolicyIdentifier struct {
	PolicyName     string `json:",omitempty"`
	AttachmentType string `json:",omitempty"`
	AttachmentName string `json:",omitempty"`
}

// MaxText is how many characters AWS takes as one policy.
const MaxText = 131072

// Error is an answer of the service that something is wrong. Code is AWS's:
// InvalidInput, NoSuchEntity or PolicyEvaluation.
type Error struct{ Code, Message string }

// Error is the message under its code.
func (e *Error) Error() string { return e.Code + ": " + e.Message }

func invalid(message string) *Error { return &Error{"InvalidInput", message} }
