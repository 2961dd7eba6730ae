package intake

import (
	"strings"

	"fenceline/engine/source"
)

// prefixes are the event sources whose actions have another service prefix.
var prefixes = map[string]string{
	"monitoring":              "cloudwatch",
	"email":                   "ses",
	"tagging":                 "tag",
	"streams.dynamodb":        "dynamodb",
	"metering.marketplace":    "aws-marketplace",
	"entitlement.marketplace": "aws-marketplace",
	"models.lex":              "lex",
	"runtime.lex":             "lex",
	"runtime.sagemaker":       "sagemaker",
	"ingestion.timestream":    "timestream",
	"query.timestream":        "timestream",
}

// servicePrefix is the prefix of an event source's actions. It has a dot where
// it is not known.
func servicePrefix(eventSource string) string {
	name := strings.TrimSuffix(eventSource, ".amazonaws.com")
	if prefix, ok := prefixes[name]; ok {
		return prefix
	}
	return name
}

// operation is an event's name without the date that Lambda and CloudFront
// put behind it.
func operation(service, name string) string {
	if service != "lambda" && service != "cloudfront" {
		return name
	}
	end := len(name)
	for end > 0 && (name[end-1] >= '0' && name[end-1] <= '9' || name[end-1] == '_') {
		end--
	}
	if end > 0 && end < len(name) && name[end-1] == 'v' { // a version behind the date: 20150331v2
		if date := strings.TrimRight(name[:end-1], "0123456789"); len(name[:end-1])-len(date) == 8 {
			return date
		}
	}
	if digits := strings.ReplaceAll(name[end:], "_", ""); len(digits) != 8 {
		return name
	}
	return name[:end]
}

// renamed are the operations that need a permission of another name, by
// service.
//
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
var renamed = map[string]map[string]string{
	"lambda": {"Invoke": "InvokeFunction"},
	"s3": {
		"ListBuckets":                        "ListAllMyBuckets",
		"HeadBucket":                         "ListBucket",
		"ListObjects":                        "ListBucket",
		"ListObjectsV2":                      "ListBucket",
		"ListObjectVersions":                 "ListBucketVersions",
		"ListMultipartUploads":               "ListBucketMultipartUploads",
		"ListParts":                          "ListMultipartUploadParts",
		"HeadObject":                         "GetObject",
		"SelectObjectContent":                "GetObject",
		"DeleteObjects":                      "DeleteObject",
		"CopyObject":                         "PutObject",
		"UploadPart":                         "PutObject",
		"UploadPartCopy":                     "PutObject",
		"CreateMultipartUpload":              "PutObject",
		"CompleteMultipartUpload":            "PutObject",
		"PostObject":                         "PutObject",
		"GetBucketEncryption":                "GetEncryptionConfiguration",
		"PutBucketEncryption":                "PutEncryptionConfiguration",
		"DeleteBucketEncryption":             "PutEncryptionConfiguration",
		"GetBucketLifecycle":                 "GetLifecycleConfiguration",
		"GetBucketLifecycleConfiguration":    "GetLifecycleConfiguration",
		"PutBucketLifecycle":                 "PutLifecycleConfiguration",
		"PutBucketLifecycleConfiguration":    "PutLifecycleConfiguration",
		"DeleteBucketLifecycle":              "PutLifecycleConfiguration",
		"GetBucketReplication":               "GetReplicationConfiguration",
		"PutBucketReplication":               "PutReplicationConfiguration",
		"DeleteBucketReplication":            "PutReplicationConfiguration",
		"GetBucketAccelerateConfiguration":   "GetAccelerateConfiguration",
		"PutBucketAccelerateConfiguration":   "PutAccelerateConfiguration",
		"GetBucketCors":                      "GetBucketCORS",
		"PutBucketCors":                      "PutBucketCORS",
		"DeleteBucketCors":                   "PutBucketCORS",
		"DeleteBucketTagging":                "PutBucketTagging",
		"GetPublicAccessBlock":               "GetBucketPublicAccessBlock",
		"PutPublicAccessBlock":               "PutBucketPublicAccessBlock",
		"DeletePublicAccessBlock":            "PutBucketPublicAccessBlock",
		"DeleteBucketPublicAccessBlock":      "PutBucketPublicAccessBlock",
		"GetBucketNotificationConfiguration": "GetBucketNotification",
		"PutBucketNotificationConfiguration": "PutBucketNotification",
		"GetObjectLockConfiguration":         "GetBucketObjectLockConfiguration",
		"PutObjectLockConfiguration":         "PutBucketObjectLockConfiguration",
	},
}

// ofVersions are the permissions of S3 that have a twin for a named version.
var ofVersions = map[string]string{
	"GetObject": "GetObjectVersion", "DeleteObject": "DeleteObjectVersion", "GetObjectAcl": "GetObjectVersionAcl",
	"PutObjectAcl": "PutObjectVersionAcl", "GetObjectTagging": "GetObjectVersionTagging",
	"PutObjectTagging": "PutObjectVersionTagging", "DeleteObjectTagging": "DeleteObjectVersionTagging",
}

// permission is the name of the permission that an operation needs.
func permission(service, operation string, parameters *source.Node) string {
	name := operation
	if other, ok := renamed[service][operation]; ok {
		name = other
	}
	if service == "s3" && str(parameters, "versionId") != "" {
		if twin, ok := ofVersions[name]; ok {
			return twin
		}
	}
	return name
}

// unsettled says, for operations that need more permissions than one or one of
// another kind, what to look at.
func unsettled(service, operation string) string {
	switch service + ":" + operation {
	case "s3:CopyObject", "s3:UploadPartCopy":
		return "A copy needs `s3:GetObject` on its source as well; add a request for it."
	case "dynamodb:TransactGetItems", "dynamodb:TransactWriteItems", "dynamodb:ExecuteStatement", "dynamodb:BatchExecuteStatement", "dynamodb:ExecuteTransaction":
		return "`" + operation + "` needs the permissions of what it does to each item (`dynamodb:GetItem`, `dynamodb:PutItem` and so on); correct the action."
	case "ec2:RunInstances":
		return "`ec2:RunInstances` is checked for the instance and for each thing that it uses (image, subnet, security group, volume); add a request for each."
	}
	switch service {
	case "signin":
		return "Signing in to the console is no action of IAM; no policy is asked for it."
	case "apigateway":
		return "The actions of API Gateway are HTTP methods (`apigateway:GET`), not the operations of its events; correct the action."
	}
	return ""
}
