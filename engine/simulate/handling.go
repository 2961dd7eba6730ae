package simulate

import (
	"slices"
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/source"
)

// handling is a scenario of ResourceHandlingOption with the types of EC2
// resources that it needs.
type handling struct {
	option string
	needs  []string
}

// handlings are AWS's scenarios.
//
// UNDOCUMENTED: today's pages no longer name those of EC2-Classic; they are
// refused.
var handlings = []handling{
	{"EC2-VPC-InstanceStore", []string{"instance", "image", "security-group", "network-interface"}},
	{"EC2-VPC-InstanceStore-Subnet", []string{"instance", "image", "security-group", "network-interface", "subnet"}},
	{"EC2-VPC-EBS", []string{"instance", "image", "security-group", "network-interface", "volume"}},
	{"EC2-VPC-EBS-Subnet", []string{"instance", "image", "security-group", "network-interface", "subnet", "volume"}},
}

// checkHandling holds the call to having the resources of its scenario.
func checkHandling(c *Call) *Error {
	if c.ResourceHandlingOption == "" {
		return nil
	}
	i := slices.IndexFunc(handlings, func(h handling) bool { return h.option == c.ResourceHandlingOption })
	if i < 0 {
		var options []string
		for _, h := range handlings {
			options = append(options, h.option)
		}
		return invalid("ResourceHandlingOption is one of `" + strings.Join(options, "`, `") + "`, not `" + source.Clip(c.ResourceHandlingOption) + "`")
	}
	for _, need := range handlings[i].needs {
		if !slices.ContainsFunc(c.ResourceArns, func(resource string) bool {
			parsed, _ := arn.Parse(resource)
			return parsed.Service == "ec2" && strings.HasPrefix(parsed.Resource, need+"/")
		}) {
			return invalid("the scenario " + handlings[i].option + " needs a resource `arn:aws:ec2:…:" + need + "/…` in ResourceArns")
		}
	}
	return nil
}
