package words

import "fenceline/engine/iam"

// Layer is a kind of policy, as a step of the evaluation.
type Layer struct {
	Word
	Layer iam.Layer
	// Has says who has such a policy, Attaches how it gets there.
	Has, Attaches string
}

var layerTexts = map[iam.Layer]Layer{
	iam.ResourceControlPolicy: {
		Word:     Word{Text: "A resource control policy limits what anybody may do with the resources of an organization's accounts. It grants nothing, and all that you write into it denies.", Rules: []string{"S-191", "S-192", "S-193", "S-194", "S-195", "S-197"}, URL: sources["RCP"]},
		Has:      "The accounts of an organization but for its management account, for resources of the services that such policies cover.",
		Attaches: "To the organization's root, to units and to accounts. `RCPFullAWSAccess`, which allows everything, is attached to each of them and stays there.",
	},
	iam.ServiceControlPolicy: {
		Word:     Word{Text: "A service control policy is a ceiling for the users, roles and root users of an organization's accounts. It grants nothing: what it allows, another policy must grant.", Rules: []string{"S-180", "S-181", "S-182", "S-184", "S-185", "S-187", "S-188"}, URL: sources["SCP"]},
		Has:      "The member accounts of an organization, with their root users. The management account and service-linked roles are not limited.",
		Attaches: "To the organization's root, to units and to accounts, where `FullAWSAccess` stands by default. At each level on the way down some policy must allow.",
	},
	iam.VPCEndpointPolicy: {
		Word:     Word{Text: "An endpoint policy limits what may be done through a VPC endpoint, whoever asks and whosever the resource is. It grants nothing.", Rules: []string{"S-220", "S-221", "S-222", "S-223"}, URL: sources["PL"]},
		Has:      "Interface and gateway endpoints of services that support it. A request meets it when it comes through the endpoint.",
		Attaches: "To the endpoint, one policy each. Where none was written, the default one allows everything.",
	},
	iam.ResourcePolicy: {
		Word:     Word{Text: "A resource-based policy stands on the resource and says who may do what with it. In the caller's own account it can grant by itself; across accounts both sides must allow.", Rules: []string{"S-165", "S-174", "S-175", "S-176", "S-200", "S-225", "S-226"}, URL: sources["NETB"]},
		Has:      "Resources of services that have such policies: buckets, queues, topics, keys, functions, secrets and more.",
		Attaches: "To the resource, one policy each, by calls of its service such as `s3:PutBucketPolicy`.",
	},
	iam.TrustPolicy: {
		Word:     Word{Text: "A trust policy is the resource-based policy of a role and says who may assume it. Without its Allow nobody does, administrators included.", Rules: []string{"S-205", "S-206", "S-207", "S-208", "S-209", "S-022"}, URL: sources["TRUSTUPD"]},
		Has:      "Every IAM role.",
		Attaches: "To the role, exactly one, when it is made and by `iam:UpdateAssumeRolePolicy`.",
	},
	iam.IdentityPolicy: {
		Word:     Word{Text: "Identity-based policies say what the user, group or role that has them may do. All those of a caller count together: one Allow grants, one Deny denies.", Rules: []string{"S-165", "S-166", "S-167", "S-168", "S-225"}, URL: sources["POL"]},
		Has:      "IAM users, with those of their groups, and IAM roles. The root user of an account has none and needs none.",
		Attaches: "Managed policies are attached to users, groups and roles; inline policies are written into one of them.",
	},
	iam.PermissionsBoundary: {
		Word:     Word{Text: "A permissions boundary is a managed policy that sets the most which identity-based policies can grant to a user or role. It grants nothing by itself.", Rules: []string{"S-169", "S-170", "S-174", "S-175", "S-026"}, URL: sources["PB"]},
		Has:      "IAM users and roles, one each. Groups and service-linked roles can't have one.",
		Attaches: "As the boundary of the user or role, when it is made or by `iam:PutUserPermissionsBoundary` and `iam:PutRolePermissionsBoundary`.",
	},
	iam.SessionPolicy: {
		Word:     Word{Text: "A session policy is passed when a session of a role or of a federated user is made, and limits that session. It grants nothing by itself.", Rules: []string{"S-171", "S-172", "S-173", "S-027"}, URL: sources["POL"]},
		Has:      "Sessions of `sts:AssumeRole` and its like that were given one, and those of `sts:GetFederationToken`.",
		Attaches: "As a parameter of the call: one inline policy, and the ARNs of managed ones. It can't be changed afterwards.",
	},
}

// Layers lists the kinds of policy, in the order of evaluation.
func Layers() []Layer {
	var list []Layer
	for _, layer := range iam.PolicyLayers() {
		one := layerTexts[layer]
		one.Name, one.Layer = layer.String(), layer
		list = append(list, one)
	}
	return list
}
