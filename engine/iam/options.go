package iam

// Options switch the readings on which AWS's documents disagree. The zero
// value takes the default of each.
type Options struct {
	// BoundaryLimitsTrustedUser makes a user's silent boundary block a role
	// whose trust policy names the user, as one page says (S-208); by default a
	// user named by ARN is not limited by a silent boundary.
	BoundaryLimitsTrustedUser bool
	// ForAnyValueIfExistsNeedsKey makes ForAnyValue:…IfExists false for a
	// missing key, as measured elsewhere (S-127); by default it is true, as the
	// operators page says.
	ForAnyValueIfExistsNeedsKey bool
	// SCPBefore2025 warns of what SCPs did not take before September 2025
	// (S-190); evaluation is the same.
	SCPBefore2025 bool
}
