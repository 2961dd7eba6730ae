// Package arn reads Amazon Resource Names and matches patterns of them.
//
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
package arn

import "strings"

// ARN is a name split at its first five colons (S-053).
type ARN struct {
	Text                                          string
	Partition, Service, Region, Account, Resource string
}

// Parse splits a full ARN. It is false for anything without the prefix `arn`
// or with fewer than six components.
func Parse(text string) (ARN, bool) {
	parts, n := split(text)
	if n < 6 || parts[0] != "arn" {
		return ARN{Text: text}, false
	}
	return ARN{text, parts[1], parts[2], parts[3], parts[4], parts[5]}, true
}

// String is the ARN as it was parsed.
func (a *ARN) String() string { return a.Text }

// component answers by number from 0; number 0 is always `arn`.
func (a *ARN) component(i int) string {
	switch i {
	case 0:
		return "arn"
	case 1:
		return a.Partition
	case 2:
		return a.Service
	case 3:
		return a.Region
	case 4:
		return a.Account
	}
	return a.Resource
}

// split cuts at the first five colons and counts the components.
func split(text string) (parts [6]string, n int) {
	for n < 5 {
		colon := strings.IndexByte(text, ':')
		if colon < 0 {
			break
		}
		parts[n] = text[:colon]
		text = text[colon+1:]
		n++
	}
	parts[n] = text
	return parts, n + 1
}

// IsAccount says whether text is an account id: twelve digits.
func IsAccount(text string) bool {
	if len(text) != 12 {
		return false
	}
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}
