// Package managed holds the policies that AWS itself makes and that scenarios
// refer to without an entry of their own.
//
// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html
package managed

import (
	_ "embed" // for the texts below
	"slices"
)

var (
	//go:embed policies/AdministratorAccess.json
	administratorAccess string
	//go:embed policies/AmazonEC2RoleforSSM.json
	amazonEC2RoleforSSM string
	//go:embed policies/AmazonSSMManagedInstanceCore.json
	amazonSSMManagedInstanceCore string
	//go:embed policies/FullAWSAccess.json
	fullAWSAccess string
	//go:embed policies/RCPFullAWSAccess.json
	rcpFullAWSAccess string
)

// FullAWSAccess is the SCP that AWS attaches to every node of an organization
// at first (S-188).
const FullAWSAccess = "FullAWSAccess"

// RCPFullAWSAccess is the RCP that is attached to every node and can't be
// detached (S-193).
const RCPFullAWSAccess = "RCPFullAWSAccess"

// entry is a policy that ships with the engine.
type entry struct {
	name string
	text *string
}

var entries = []entry{
	{FullAWSAccess, &fullAWSAccess},
	{RCPFullAWSAccess, &rcpFullAWSAccess},
	{"arn:aws:iam::aws:policy/AdministratorAccess", &administratorAccess},
	{"arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore", &amazonSSMManagedInstanceCore}, // v2 of 2019-05-23
	{"arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM", &amazonEC2RoleforSSM},      // v8 of 2019-01-24
}

// Lookup finds a policy's text by the ARN of an AWS managed policy, or the
// name of one of Organizations' own.
func Lookup(name string) (text string, ok bool) {
	i := slices.IndexFunc(entries, func(e entry) bool { return e.name == name })
	if i < 0 {
		return "", false
	}
	return *entries[i].text, true
}

// Names lists what Lookup finds.
func Names() []string {
	names := make([]string, len(entries))
	for i := range entries {
		names[i] = entries[i].name
	}
	return names
}
