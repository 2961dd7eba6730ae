package catalogue

import (
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/wildcard"
)

// Fits says whether an ARN may be that of a resource of the type: whatever
// stands in a template's places, none of them crosses a colon before the
// resource component, and a bucket's name has no slash.
func (t *ResourceType) Fits(text string) bool {
	a, ok := arn.Parse(text)
	if !ok {
		return false
	}
	for _, template := range t.ARNs {
		parts := strings.SplitN(template, ":", 6)
		otherService := len(parts) == 6 && !strings.Contains(parts[2], "${") && parts[2] != a.Service
		inBucket := len(parts) == 6 && parts[5] == "${BucketName}" && strings.Contains(a.Resource, "/")
		if otherService || inBucket {
			continue
		}
		if like := arn.CompileLike(wildcard.Tokens(nil, filled(template))); like.Match(text) {
			return true
		}
	}
	return false
}

// Fill is a template with what is known put in its places: partition, Region
// and account. Others stay, and so do these where nothing is given.
func Fill(template, partition, region, account string) string {
	for _, place := range [...][2]string{{"${Partition}", partition}, {"${Region}", region}, {"${Account}", account}} {
		if place[1] != "" {
			template = strings.ReplaceAll(template, place[0], place[1])
		}
	}
	return template
}
