package account

import (
	"fenceline/engine/arn"
	"fenceline/engine/iam"
)

// Treatment tells apart the services that are treated differently, whatever
// policies say of their actions: by whether RCPs cover them (S-192), and by
// whether they run in one Region (aws:RequestedRegion). eval.Treatment tells
// their actions apart. The service is in lower case.
func Treatment(service string) string {
	treatment := ""
	if iam.SupportsRCP(service) {
		treatment += "+rcp"
	}
	if globalServices[service] {
		treatment += "+global"
	}
	return treatment
}

// Services are those, in lower case, of the resources and identities that the
// account lists.
func (a *Account) Services() map[string]bool {
	services := map[string]bool{}
	add := func(text string) {
		if parsed, ok := arn.Parse(text); ok {
			services[parsed.Service] = true
		}
	}
	for _, resource := range a.Resources {
		add(resource.ARN)
	}
	for _, identity := range a.Identities {
		add(identity.ARN)
	}
	return services
}
