package iam

import "strings"

// KeyType is the type of a global condition key's values.
type KeyType uint8

const (
	// TextKey holds a string.
	TextKey KeyType = iota
	// ARNKey holds an ARN.
	ARNKey
	// BoolKey holds true or false.
	BoolKey
	// NumericKey holds a number.
	NumericKey
	// DateKey holds a date.
	DateKey
	// AddressKey holds an IP address.
	AddressKey
)

var keyTypeNames = [...]string{"text", "arn", "bool", "number", "date", "address"}

// String is "text", "arn", "bool", "number", "date" or "address".
func (t KeyType) String() string { return keyTypeNames[t] }

// KeyFacts is what AWS documents of a global key.
type KeyFacts struct {
	// Name is AWS's spelling. That of a family ends in a slash (S-294).
	Name   string
	Family bool
	Type   KeyType
	// Many: it may have several values (S-295).
	Many bool
	// Always: every request has it.
	Always bool
	// Sensitive: it should not be matched with wildcards (S-150).
	Sensitive bool
}

// keys are the global condition keys and those of STS with several values
// (table T-G1).
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
var keys = [...]KeyFacts{
	{Name: "aws:PrincipalArn", Type: ARNKey},
	{Name: "aws:PrincipalAccount", Always: true, Sensitive: true},
	{Name: "aws:PrincipalOrgID", Sensitive: true},
	{Name: "aws:PrincipalOrgPaths", Many: true},
	{Name: "aws:PrincipalTag/", Family: true},
	{Name: "aws:PrincipalIsAWSService", Type: BoolKey},
	{Name: "aws:PrincipalServiceName"},
	{Name: "aws:PrincipalServiceNamesList", Many: true},
	{Name: "aws:PrincipalType", Always: true},
	{Name: "aws:userid", Always: true},
	{Name: "aws:username"},
	{Name: "aws:AssumedRoot", Type: BoolKey},
	{Name: "aws:FederatedProvider"},
	{Name: "aws:TokenIssueTime", Type: DateKey},
	{Name: "aws:SignInSessionArn", Type: ARNKey},
	{Name: "aws:MultiFactorAuthPresent", Type: BoolKey},
	{Name: "aws:MultiFactorAuthAge", Type: NumericKey},
	{Name: "aws:SourceIdentity"},
	{Name: "aws:ChatbotSourceArn", Type: ARNKey},
	{Name: "aws:Ec2InstanceSourceVpc"},
	{Name: "aws:Ec2InstanceSourcePrivateIPv4", Type: AddressKey},
	{Name: "aws:ViaCustomerDomain"},
	{Name: "aws:SourceIp", Type: AddressKey},
	{Name: "aws:VpcSourceIp", Type: AddressKey},
	{Name: "aws:SourceVpc", Sensitive: true},
	{Name: "aws:SourceVpce", Sensitive: true},
	{Name: "aws:SourceVpcArn", Type: ARNKey},
	{Name: "aws:VpceAccount", Sensitive: true},
	{Name: "aws:VpceOrgID", Sensitive: true},
	{Name: "aws:VpceOrgPaths", Many: true},
	{Name: "aws:ResourceAccount", Sensitive: true},
	{Name: "aws:ResourceOrgID", Sensitive: true},
	{Name: "aws:ResourceOrgPaths", Many: true},
	{Name: "aws:ResourceTag/", Family: true},
	{Name: "aws:CalledVia", Many: true},
	{Name: "aws:CalledViaFirst"},
	{Name: "aws:CalledViaLast"},
	{Name: "aws:ViaAWSService", Type: BoolKey, Always: true},
	{Name: "aws:CalledViaAWSMCP"},
	{Name: "aws:ViaAWSMCPService", Type: BoolKey},
	{Name: "aws:IsMcpServiceAction", Type: BoolKey},
	{Name: "aws:CurrentTime", Type: DateKey, Always: true},
	{Name: "aws:EpochTime", Type: DateKey, Always: true},
	{Name: "aws:referer"},
	{Name: "aws:RequestedRegion", Always: true},
	{Name: "aws:RequestTag/", Family: true},
	{Name: "aws:TagKeys", Many: true},
	{Name: "aws:SecureTransport", Type: BoolKey, Always: true},
	{Name: "aws:SourceAccount", Sensitive: true},
	{Name: "aws:SourceArn", Type: ARNKey},
	{Name: "aws:SourceOrgID", Sensitive: true},
	{Name: "aws:SourceOrgPaths", Many: true},
	{Name: "aws:UserAgent", Always: true},
	{Name: "sts:TransitiveTagKeys", Many: true},
	{Name: "sts:IdentityTokenAudience", Many: true},
	{Name: "sts:RequestContextProviders", Many: true},
}

// GlobalKeys lists the global condition keys.
func GlobalKeys() []KeyFacts { return keys[:] }

// byLower finds keys by their names in lower case.
var byLower = func() map[string]*KeyFacts {
	index := make(map[string]*KeyFacts, len(keys))
	for i := range keys {
		index[strings.ToLower(keys[i].Name)] = &keys[i]
	}
	return index
}()

// FactsOf is what AWS documents of a global key, in lower case, or of the
// family that it is of.
func FactsOf(lower string) (KeyFacts, bool) {
	facts := factsOf(lower)
	return facts, facts.Name != ""
}

// factsOf finds a key, in lower case, or the family it is of.
func factsOf(lower string) KeyFacts {
	name := lower
	if slash := strings.IndexByte(lower, '/'); slash >= 0 {
		name = lower[:slash+1]
	}
	if facts := byLower[name]; facts != nil && facts.Family == (len(lower) > len(name)) {
		return *facts
	}
	return KeyFacts{}
}

// IsGlobal says whether a key, in lower case, is in the table.
func IsGlobal(lower string) bool { return factsOf(lower).Name != "" }

// IsMultivalued says whether a key, in lower case, may have several values.
func IsMultivalued(lower string) bool { return factsOf(lower).Many }

// IsSingleValued says whether a key, in lower case, is known to have one value
// at most, as the tag families have (S-294).
func IsSingleValued(lower string) bool {
	facts := factsOf(lower)
	return facts.Name != "" && !facts.Many
}

// IsBool says whether a key, in lower case, holds true or false.
func IsBool(lower string) bool { return factsOf(lower).Type == BoolKey }

// IsAlwaysPresent says whether every request has the key, in lower case.
func IsAlwaysPresent(lower string) bool { return factsOf(lower).Always }

// IsSensitive says whether AWS advises against wildcards in the key's values.
func IsSensitive(lower string) bool { return factsOf(lower).Sensitive }
