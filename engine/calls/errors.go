package calls

import "strconv"

// Failure is the error with which AWS refuses to carry out a call that is
// allowed.
type Failure struct {
	// Code is AWS's, "NoSuchEntity" for one.
	Code string `json:"code"`
	// Message is its sentence.
	Message string `json:"message"`
}

// AWS decides first and looks for the entity then: who may not delete a role
// does not learn from the error whether it is there.
//
// UNDOCUMENTED: that order (U-35), and where AWS's pages name only an error's code,
// its sentence.
//
// https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html

func noSuch(sentence string) *Failure { return &Failure{"NoSuchEntity", sentence} }

func noIdentity(kind, name string) *Failure {
	return noSuch("The " + kind + " with name " + name + " cannot be found.")
}

func noInline(kind, name string) *Failure {
	return noSuch("The " + kind + " policy with name " + name + " cannot be found.")
}

func noPolicy(arn string) *Failure { return noSuch("Policy " + arn + " was not found.") }

func notAttachable(arn string) *Failure {
	return noSuch("Policy " + arn + " does not exist or is not attachable.")
}

func noBoundary(arn string) *Failure {
	return noSuch("Scope ARN: " + arn + " does not exist or is not attachable.")
}

func noVersion(arn, version string) *Failure {
	return noSuch("Policy " + arn + " version " + version + " does not exist or is not attachable.")
}

func noProfile(name string) *Failure {
	return noSuch("Instance Profile " + name + " cannot be found.")
}

func existsAlready(kind, name string) *Failure {
	return &Failure{"EntityAlreadyExists", kind + " with name " + name + " already exists."}
}

func policyExistsAlready(name string) *Failure {
	return &Failure{"EntityAlreadyExists", "A policy called " + name + " already exists. Duplicate names are not allowed."}
}

func profileExistsAlready(name string) *Failure {
	return &Failure{"EntityAlreadyExists", "Instance Profile " + name + " already exists."}
}

func conflict(sentence string) *Failure { return &Failure{"DeleteConflict", sentence} }

func mustFirst(what string) *Failure {
	return conflict("Cannot delete entity, must " + what + " first.")
}

func beyond(quota string, most int) *Failure {
	return &Failure{"LimitExceeded", "Cannot exceed quota for " + quota + ": " + strconv.Itoa(most)}
}

func tooLong(most int, whose string) *Failure {
	return &Failure{"LimitExceeded", "Maximum policy size of " + strconv.Itoa(most) + " bytes exceeded for " + whose}
}

func invalid(sentence string) *Failure { return &Failure{"ValidationError", sentence} }

func invalidName(member string) *Failure {
	return invalid("The specified value for " + member + " is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-")
}

func invalidLength(member string, most int) *Failure {
	return invalid("1 validation error detected: Value at '" + member + "' failed to satisfy constraint: Member must have length between 1 and " + strconv.Itoa(most))
}

func protected(name string) *Failure {
	return &Failure{"UnmodifiableEntity", "Cannot perform the operation on the protected role '" + name + "' - this role is only modifiable by AWS"}
}

func invalidInput(sentence string) *Failure { return &Failure{"InvalidInput", sentence} }
