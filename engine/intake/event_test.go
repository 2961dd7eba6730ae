package intake_test

import (
	"encoding/json"
	"strings"
	"testing"

	"fenceline/engine/iam"
	"fenceline/engine/intake"
)

const (
	user    = `"userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLE","arn":"arn:aws:iam::111122223333:user/team/Alice","accountId":"111122223333","userName":"Alice"}`
	session = `"userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:run-1","arn":"arn:aws:sts::111122223333:assumed-role/Worker/run-1","accountId":"111122223333","sessionContext":{"sessionIssuer":{"type":"Role","arn":"arn:aws:iam::111122223333:role/team/Worker","userName":"Worker"},"attributes":{"mfaAuthenticated":"true","creationDate":"2026-01-02T03:00:00Z"},"sourceIdentity":"alice"}}`
	common  = `"eventVersion":"1.10","eventTime":"2026-01-02T03:04:05Z","awsRegion":"eu-central-1","sourceIPAddress":"203.0.113.7","userAgent":"aws-cli/2","eventType":"AwsApiCall"`
)

func eventOf(source, name, who, more string) string {
	text := `{` + common + `,` + who + `,"eventSource":"` + source + `","eventName":"` + name + `"`
	if more != "" {
		text += "," + more
	}
	return text + "}"
}

func TestEvents(t *testing.T) {
	for _, c := range []struct{ name, text, principal, action, resource, decision string }{
		{"an object of S3", eventOf("s3.amazonaws.com", "GetObject", user, `"requestParameters":{"bucketName":"b","key":"a/k"},"resources":[{"type":"AWS::S3::Object","ARN":"arn:aws:s3:::b/a/k"},{"accountId":"1","type":"AWS::S3::Bucket","ARN":"arn:aws:s3:::b"}]`),
			"arn:aws:iam::111122223333:user/team/Alice", "s3:GetObject", "arn:aws:s3:::b/a/k", "allowed"},
		{"a version of an object", eventOf("s3.amazonaws.com", "HeadObject", user, `"requestParameters":{"bucketName":"b","key":"k","versionId":"v"}`), "", "s3:GetObjectVersion", "arn:aws:s3:::b/k", "allowed"},
		{"all buckets", eventOf("s3.amazonaws.com", "ListBuckets", user, `"requestParameters":null`), "", "s3:ListAllMyBuckets", "*", "allowed"},
		{"a listing", eventOf("s3.amazonaws.com", "ListObjectsV2", user, `"requestParameters":{"bucketName":"b","prefix":"home/"}`), "", "s3:ListBucket", "arn:aws:s3:::b", "allowed"},
		{"CloudWatch", eventOf("monitoring.amazonaws.com", "PutMetricData", user, ""), "", "cloudwatch:PutMetricData", "", "allowed"},
		{"SES", eventOf("email.amazonaws.com", "SendEmail", user, ""), "", "ses:SendEmail", "", "allowed"},
		{"an operation of Lambda with its date", eventOf("lambda.amazonaws.com", "UpdateFunctionCode20150331v2", user, `"requestParameters":{"functionName":"f"}`), "", "lambda:UpdateFunctionCode", "arn:aws:lambda:eu-central-1:111122223333:function:f", "allowed"},
		{"a call of Lambda", eventOf("lambda.amazonaws.com", "Invoke", user, `"requestParameters":{"functionName":"arn:aws:lambda:eu-central-1:111122223333:function:f","qualifier":"live"}`), "", "lambda:InvokeFunction", "arn:aws:lambda:eu-central-1:111122223333:function:f:live", "allowed"},
		{"CloudFront", eventOf("cloudfront.amazonaws.com", "CreateDistribution2020_05_31", user, ""), "", "cloudfront:CreateDistribution", "", "allowed"},
		{"a role session", eventOf("iam.amazonaws.com", "CreateUser", session, `"requestParameters":{"userName":"Bob","path":"/x/"},"errorCode":"AccessDenied","errorMessage":"User: arn:aws:sts::111122223333:assumed-role/Worker/run-1 is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::111122223333:user/x/Bob because no permissions boundary allows the iam:CreateUser action"`),
			"arn:aws:sts::111122223333:assumed-role/Worker/run-1", "iam:CreateUser", "arn:aws:iam::111122223333:user/x/Bob", "implicitDeny"},
		{"a message that names what the parameters don't", eventOf("ec2.amazonaws.com", "RunInstances", user, `"requestParameters":{},"errorCode":"Client.UnauthorizedOperation","errorMessage":"You are not authorized. User: arn:aws:iam::111122223333:user/team/Alice is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:eu-central-1:111122223333:subnet/subnet-1 with an explicit deny in an identity-based policy"`), "", "ec2:RunInstances", "arn:aws:ec2:eu-central-1:111122223333:subnet/subnet-1", "explicitDeny"},
		{"a refusal without words", eventOf("s3.amazonaws.com", "PutObject", user, `"requestParameters":{"bucketName":"b","key":"k"},"errorCode":"AccessDenied","errorMessage":"Access Denied"`), "", "s3:PutObject", "arn:aws:s3:::b/k", "denied"},
		{"another failure", eventOf("s3.amazonaws.com", "GetObject", user, `"requestParameters":{"bucketName":"b","key":"k"},"errorCode":"NoSuchKey"`), "", "s3:GetObject", "arn:aws:s3:::b/k", ""},
		{"a dry run", eventOf("ec2.amazonaws.com", "StopInstances", user, `"requestParameters":{"instancesSet":{"items":[{"instanceId":"i-1"}]}},"errorCode":"Client.DryRunOperation"`), "", "ec2:StopInstances", "arn:aws:ec2:eu-central-1:111122223333:instance/i-1", "allowed"},
		{"a description", eventOf("ec2.amazonaws.com", "DescribeInstances", user, `"requestParameters":{"instancesSet":{}}`), "", "ec2:DescribeInstances", "*", "allowed"},
		{"a table", eventOf("dynamodb.amazonaws.com", "GetItem", user, `"requestParameters":{"tableName":"T"}`), "", "dynamodb:GetItem", "arn:aws:dynamodb:eu-central-1:111122223333:table/T", "allowed"},
		{"an index", eventOf("dynamodb.amazonaws.com", "Query", user, `"requestParameters":{"tableName":"T","indexName":"I"}`), "", "dynamodb:Query", "arn:aws:dynamodb:eu-central-1:111122223333:table/T/index/I", "allowed"},
		{"a queue", eventOf("sqs.amazonaws.com", "PurgeQueue", user, `"requestParameters":{"queueUrl":"https://sqs.eu-central-1.amazonaws.com/444455556666/q"}`), "", "sqs:PurgeQueue", "arn:aws:sqs:eu-central-1:444455556666:q", "allowed"},
		{"a key", eventOf("kms.amazonaws.com", "Decrypt", user, `"resources":[{"ARN":"arn:aws:kms:eu-central-1:111122223333:key/k","type":"AWS::KMS::Key"}]`), "", "kms:Decrypt", "arn:aws:kms:eu-central-1:111122223333:key/k", "allowed"},
		{"an alias", eventOf("kms.amazonaws.com", "Encrypt", user, `"requestParameters":{"keyId":"alias/a"}`), "", "kms:Encrypt", "", "allowed"},
		{"a parameter", eventOf("ssm.amazonaws.com", "GetParameter", user, `"requestParameters":{"name":"/app/db"}`), "", "ssm:GetParameter", "arn:aws:ssm:eu-central-1:111122223333:parameter/app/db", "allowed"},
		{"a role that a user assumes", eventOf("sts.amazonaws.com", "AssumeRole", user, `"requestParameters":{"roleArn":"arn:aws:iam::444455556666:role/R","roleSessionName":"s","externalId":"e"}`), "", "sts:AssumeRole", "arn:aws:iam::444455556666:role/R", "allowed"},
		{"a role that a service assumes", eventOf("sts.amazonaws.com", "AssumeRole", `"userIdentity":{"type":"AWSService","invokedBy":"ec2.amazonaws.com"}`, `"requestParameters":{"roleArn":"arn:aws:iam::111122223333:role/R"}`), "ec2.amazonaws.com", "sts:AssumeRole", "arn:aws:iam::111122223333:role/R", "allowed"},
		{"the root user", eventOf("s3.amazonaws.com", "ListBuckets", `"userIdentity":{"type":"Root","arn":"arn:aws:iam::111122223333:root","accountId":"111122223333"}`, ""), "arn:aws:iam::111122223333:root", "s3:ListAllMyBuckets", "*", "allowed"},
		{"an anonymous caller", eventOf("s3.amazonaws.com", "GetObject", `"userIdentity":{"type":"AWSAccount","principalId":"","accountId":"ANONYMOUS_PRINCIPAL"}`, `"requestParameters":{"bucketName":"b","key":"k"}`), "anonymous", "s3:GetObject", "arn:aws:s3:::b/k", "allowed"},
		{"a web identity", eventOf("sts.amazonaws.com", "AssumeRoleWithWebIdentity", `"userIdentity":{"type":"WebIdentityUser","identityProvider":"accounts.google.com"}`, `"requestParameters":{"roleArn":"arn:aws:iam::111122223333:role/R"}`), "accounts.google.com", "sts:AssumeRoleWithWebIdentity", "arn:aws:iam::111122223333:role/R", "allowed"},
		{"an assertion of SAML", eventOf("sts.amazonaws.com", "AssumeRoleWithSAML", `"userIdentity":{"type":"SAMLUser","identityProvider":"http://idp/x"}`, `"requestParameters":{"roleArn":"arn:aws:iam::111122223333:role/R","principalArn":"arn:aws:iam::111122223333:saml-provider/P"}`), "arn:aws:iam::111122223333:saml-provider/P", "sts:AssumeRoleWithSAML", "arn:aws:iam::111122223333:role/R", "allowed"},
		{"another partition", eventOf("dynamodb.amazonaws.com", "GetItem", strings.ReplaceAll(user, "arn:aws:", "arn:aws-cn:"), `"requestParameters":{"tableName":"T"}`), "", "dynamodb:GetItem", "arn:aws-cn:dynamodb:eu-central-1:111122223333:table/T", "allowed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := only(t, c.text).Request
			if c.principal != "" && got.Principal != c.principal || got.Action != c.action || got.Resource != c.resource {
				t.Errorf("read %q %q %q", got.Principal, got.Action, got.Resource)
			}
			if (got.Resource == "") != (strings.Join(got.Unknown, "") == "resource") {
				t.Errorf("resource %q, unknown %q", got.Resource, got.Unknown)
			}
			decision := ""
			if got.Expect != nil {
				decision = got.Expect.Decision
			}
			if decision != c.decision {
				t.Errorf("expected %q, want %q", decision, c.decision)
			}
		})
	}
}

func TestWrappedEvents(t *testing.T) {
	one := eventOf("s3.amazonaws.com", "ListBuckets", user, "")
	two := eventOf("s3.amazonaws.com", "GetObject", user, `"requestParameters":{"bucketName":"b","key":"k"}`)
	for _, c := range []struct {
		name, text string
		count      int
	}{
		{"records", `{"Records":[` + one + `,` + two + `]}`, 2},
		{"a list", `[` + one + `,` + two + `]`, 2},
		{"EventBridge", `{"version":"0","detail-type":"AWS API Call via CloudTrail","source":"aws.s3","resources":[],"detail":` + two + `}`, 1},
		{"lookup-events", `{"Events":[{"EventId":"1","CloudTrailEvent":` + quoted(t, one) + `}]}`, 1},
	} {
		if got := intake.Import(c.text); got.Kind != intake.Requests || got.Source != "cloudtrail" || len(got.Requests) != c.count {
			t.Errorf("%s: %s from %s, %d requests", c.name, got.Kind, got.Source, len(got.Requests))
		}
	}
}

func TestTheContextOfAnEvent(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a user", eventOf("s3.amazonaws.com", "ListObjects", user, `"tlsDetails":{"tlsVersion":"TLSv1.3"},"requestParameters":{"bucketName":"b","prefix":"p/"}`),
			`{"aws:CurrentTime":"2026-01-02T03:04:05Z","aws:RequestedRegion":"eu-central-1","aws:SecureTransport":"true","aws:SourceIp":"203.0.113.7","aws:UserAgent":"aws-cli/2","s3:prefix":"p/"}`},
		{"a session", eventOf("s3.amazonaws.com", "ListBuckets", session, ""),
			`{"aws:CurrentTime":"2026-01-02T03:04:05Z","aws:MultiFactorAuthPresent":"true","aws:RequestedRegion":"eu-central-1","aws:SourceIdentity":"alice","aws:SourceIp":"203.0.113.7","aws:TokenIssueTime":"2026-01-02T03:00:00Z","aws:UserAgent":"aws-cli/2"}`},
		{"through an endpoint", strings.Replace(eventOf("s3.amazonaws.com", "ListBuckets", user, `"vpcEndpointId":"vpce-1"`), "203.0.113.7", "10.0.0.5", 1),
			`{"aws:CurrentTime":"2026-01-02T03:04:05Z","aws:RequestedRegion":"eu-central-1","aws:SourceVpce":"vpce-1","aws:UserAgent":"aws-cli/2","aws:VpcSourceIp":"10.0.0.5"}`},
		{"by a service for the caller", strings.Replace(strings.Replace(eventOf("s3.amazonaws.com", "ListBuckets", user, ""), `"userName"`, `"invokedBy":"cloudformation.amazonaws.com","userName"`, 1), "203.0.113.7", "cloudformation.amazonaws.com", 1),
			`{"aws:CurrentTime":"2026-01-02T03:04:05Z","aws:RequestedRegion":"eu-central-1","aws:UserAgent":"aws-cli/2","aws:ViaAWSService":"true"}`},
		{"for a role", eventOf("sts.amazonaws.com", "AssumeRole", user, `"requestParameters":{"roleArn":"arn:aws:iam::444455556666:role/R","roleSessionName":"s","externalId":"e"}`),
			`{"aws:CurrentTime":"2026-01-02T03:04:05Z","aws:RequestedRegion":"eu-central-1","aws:SourceIp":"203.0.113.7","aws:UserAgent":"aws-cli/2","sts:ExternalId":"e","sts:RoleSessionName":"s"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := only(t, c.text)
			got, err := json.Marshal(a.Request.Context)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if strings.Contains(c.want, "Via") && strings.Join(a.Request.Unknown, "") == "" {
				t.Error("the chain of services is not known, and that is not said")
			}
		})
	}
}

func TestWhatEventsLeaveOpenIsANote(t *testing.T) {
	for _, c := range []struct{ name, text, says string }{
		{"an unknown resource", eventOf("monitoring.amazonaws.com", "PutMetricData", user, ""), "does not settle the resource"},
		{"a caller of another account", eventOf("s3.amazonaws.com", "ListBuckets", `"userIdentity":{"type":"AWSAccount","principalId":"AROAEXAMPLE:x","accountId":"444455556666"}`, ""), "account 444455556666"},
		{"the path of a role", eventOf("iam.amazonaws.com", "DeleteRole", user, `"requestParameters":{"roleName":"R"}`), "without its path"},
		{"a copy", eventOf("s3.amazonaws.com", "CopyObject", user, `"requestParameters":{"bucketName":"b","key":"k"}`), "source"},
		{"a transaction", eventOf("dynamodb.amazonaws.com", "TransactWriteItems", user, ""), "dynamodb:PutItem"},
		{"an API of methods", eventOf("apigateway.amazonaws.com", "GetRestApis", user, ""), "HTTP methods"},
		{"several instances", eventOf("ec2.amazonaws.com", "StopInstances", user, `"requestParameters":{"instancesSet":{"items":[{"instanceId":"i-1"},{"instanceId":"i-2"}]}}`), "several instances"},
		{"several resources", eventOf("athena.amazonaws.com", "X", user, `"resources":[{"ARN":"arn:aws:a:::1"},{"ARN":"arn:aws:a:::2"}]`), "several resources"},
		{"an unknown source", eventOf("a.b.amazonaws.com", "X", user, ""), "service prefix"},
		{"another error", eventOf("s3.amazonaws.com", "ListBuckets", user, `"errorCode":"SlowDown"`), "SlowDown"},
	} {
		if notes := strings.Join(only(t, c.text).Notes, "\n"); !strings.Contains(notes, c.says) {
			t.Errorf("%s: notes %q", c.name, notes)
		}
	}
	if got := intake.Import(`{"eventType":"AwsServiceEvent","eventSource":"kms.amazonaws.com","eventName":"RotateKey","userIdentity":{"invokedBy":"AWS Internal"}}`); got.Kind != intake.None || len(got.Notes) != 1 {
		t.Errorf("an event of AWS's own: %+v", got)
	}
}

func TestADecodedMessage(t *testing.T) {
	decoded := `{"allowed":false,"explicitDeny":true,"matchedStatements":{"items":[{"statementId":"NoStop","effect":"DENY"}]},"failures":{"items":[]},
		"context":{"principal":{"id":"AROAEXAMPLE:run-1","arn":"` + worker + `"},"action":"ec2:StopInstances","resource":"arn:aws:ec2:us-east-1:111122223333:instance/i-1",
		"conditions":{"items":[{"key":"aws:Region","values":{"items":[{"value":"us-east-1"}]}},{"key":"ec2:InstanceType","values":{"items":[{"value":"t3.micro"}]}},{"key":"aws:TagKeys","values":{"items":[{"value":"a"},{"value":"b"}]}}]}}}`
	for _, text := range []string{decoded, `{"DecodedMessage":` + quoted(t, decoded) + `}`} {
		a := only(t, text)
		context, err := json.Marshal(a.Request.Context)
		if err != nil {
			t.Fatal(err)
		}
		if a.Request.Principal != worker || a.Request.Action != "ec2:StopInstances" || !a.Explicit || a.Layer != iam.NoLayer ||
			a.Request.Expect.Decision != "explicitDeny" || string(context) != `{"aws:TagKeys":["a","b"],"ec2:InstanceType":"t3.micro"}` || !strings.Contains(strings.Join(a.Notes, ""), "NoStop") {
			t.Errorf("got %+v with %s", a, context)
		}
	}
}
