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

// keyFacts is what AWS documents of a global key.
type keyFacts struct {
	Type KeyType
	// Many: it may have several values (S-295).
	Many bool
	// Always: every request has it.
	Always bool
	// Sensitive: it should not be matched with wildcards (S-150).
	Sensitive bool
}

// globalKeys are the global condition keys and those of STS with several
// values, in lower case (table T-G1).
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
var globalKeys = map[string]keyFacts{
	"aws:principalarn":                 {Type: ARNKey},
	"aws:principalaccount":             {Always: true, Sensitive: true},
	"aws:principalorgid":               {Sensitive: true},
	"aws:principalorgpaths":            {Many: true},
	"aws:principalisawsservice":        {Type: BoolKey},
	"aws:principalservicename":         {},
	"aws:principalservicenameslist":    {Many: true},
	"aws:principaltype":                {Always: true},
	"aws:userid":                       {Always: true},
	"aws:username":                     {},
	"aws:assumedroot":                  {Type: BoolKey},
	"aws:federatedprovider":            {},
	"aws:tokenissuetime":               {Type: DateKey},
	"aws:signinsessionarn":             {Type: ARNKey},
	"aws:multifactorauthpresent":       {Type: BoolKey},
	"aws:multifactorauthage":           {Type: NumericKey},
	"aws:sourceidentity":               {},
	"aws:chatbotsourcearn":             {Type: ARNKey},
	"aws:ec2instancesourcevpc":         {},
	"aws:ec2instancesourceprivateipv4": {Type: AddressKey},
	"aws:viacustomerdomain":            {},
	"aws:sourceip":                     {Type: AddressKey},
	"aws:vpcsourceip":                  {Type: AddressKey},
	"aws:sourcevpc":                    {Sensitive: true},
	"aws:sourcevpce":                   {Sensitive: true},
	"aws:sourcevpcarn":                 {Type: ARNKey},
	"aws:vpceaccount":                  {Sensitive: true},
	"aws:vpceorgid":                    {Sensitive: true},
	"aws:vpceorgpaths":                 {Many: true},
	"aws:resourceaccount":              {Sensitive: true},
	"aws:resourceorgid":                {Sensitive: true},
	"aws:resourceorgpaths":             {Many: true},
	"aws:calledvia":                    {Many: true},
	"aws:calledviafirst":               {},
	"aws:calledvialast":                {},
	"aws:viaawsservice":                {Type: BoolKey, Always: true},
	"aws:calledviaawsmcp":              {},
	"aws:viaawsmcpservice":             {Type: BoolKey},
	"aws:ismcpserviceaction":           {Type: BoolKey},
	"aws:currenttime":                  {Type: DateKey, Always: true},
	"aws:epochtime":                    {Type: DateKey, Always: true},
	"aws:referer":                      {},
	"aws:requestedregion":              {Always: true},
	"aws:tagkeys":                      {Many: true},
	"aws:securetransport":              {Type: BoolKey, Always: true},
	"aws:sourceaccount":                {Sensitive: true},
	"aws:sourcearn":                    {Type: ARNKey},
	"aws:sourceorgid":                  {Sensitive: true},
	"aws:sourceorgpaths":               {Many: true},
	"aws:useragent":                    {Always: true},
	"sts:transitivetagkeys":            {Many: true},
	"sts:identitytokenaudience":        {Many: true},
	"sts:requestcontextproviders":      {Many: true},
}

// IsMultivalued says whether a key, in lower case, may have several values.
func IsMultivalued(lower string) bool { return globalKeys[lower].Many }

// IsSingleValued says whether a key, in lower case, is known to have one value
// at most, as the tag families have (S-294).
func IsSingleValued(lower string) bool {
	facts, known := globalKeys[lower]
	return known && !facts.Many || isTag(lower)
}

func isTag(lower string) bool {
	return strings.HasPrefix(lower, "aws:principaltag/") || strings.HasPrefix(lower, "aws:requesttag/") || strings.HasPrefix(lower, "aws:resourcetag/")
}

// IsBool says whether a key, in lower case, holds true or false.
func IsBool(lower string) bool { return globalKeys[lower].Type == BoolKey }

// IsAlwaysPresent says whether every request has the key, in lower case.
func IsAlwaysPresent(lower string) bool { return globalKeys[lower].Always }

// IsSensitive says whether AWS advises against wildcards in the key's values.
func IsSensitive(lower string) bool { return globalKeys[lower].Sensitive }
