package iam

import (
	"slices"
	"strings"
)

// RCPServicesDate is the month in which the list of RCPServices was read.
const RCPServicesDate = "2026-11"

// rcpServices are the services that RCPs cover, by action prefix, sorted (S-192).
//
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
var rcpServices = []string{
	"aoss", "appconfig", "appstream", "autoscaling", "autoscaling-plans", "budgets", "clouddirectory", "cloudfront",
	"cloudsearch", "cloudtrail-data", "codeartifact", "codebuild", "codecommit", "codepipeline", "cognito-identity",
	"cognito-idp", "comprehend", "comprehendmedical", "compute-optimizer", "cost-optimization-hub", "dax", "dsql",
	"dynamodb", "ecr", "ecr-public", "events", "firehose", "fis", "fms", "gamelift", "health", "inspector-scan",
	"kendra", "kinesisvideo", "kms", "logs", "memorydb", "networkmonitor", "notifications", "opensearch",
	"pca-connector-ad", "personalize", "polly", "pricing", "resource-groups", "rolesanywhere", "s3", "secretsmanager",
	"servicediscovery", "signin", "sqs", "sts", "support", "swf", "textract", "timestream-influxdb", "transcribe",
	"transfer", "translate", "wafv2", "workspaces", "xray",
}

// RCPServices lists the services that resource control policies cover.
func RCPServices() []string { return slices.Clone(rcpServices) }

// BuiltInProviders are the identity providers that have no ARN (S-095).
func BuiltInProviders() []string {
	return []string{"cognito-identity.amazonaws.com", "www.amazon.com", "graph.facebook.com", "accounts.google.com"}
}

// SupportsRCP says whether resource control policies cover a service, by its
// action prefix in any case.
func SupportsRCP(service string) bool {
	_, found := slices.BinarySearch(rcpServices, strings.ToLower(service))
	return found
}
