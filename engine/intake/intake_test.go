package intake_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"fenceline/engine/iam"
	"fenceline/engine/intake"
)

// only is the one request of a text.
func only(t *testing.T, text string) intake.Asked {
	t.Helper()
	result := intake.Import(text)
	if result.Kind != intake.Requests || len(result.Requests) != 1 {
		t.Fatalf("%s with %d requests, want one: %+v", result.Kind, len(result.Requests), result.Problems)
	}
	return result.Requests[0]
}

const (
	alice  = "arn:aws:iam::111122223333:user/Alice"
	worker = "arn:aws:sts::111122223333:assumed-role/Worker/run-1"
)

func TestMessages(t *testing.T) {
	for _, c := range []struct {
		name, text                  string
		principal, action, resource string
		layer                       iam.Layer
		decision                    string
	}{
		{"the command line", "\nAn error occurred (AccessDenied) when calling the CreateUser operation: User: " + worker + " is not authorized to perform: iam:CreateUser on resource: " + alice + " because no permissions boundary allows the iam:CreateUser action\n",
			worker, "iam:CreateUser", alice, iam.PermissionsBoundary, "implicitDeny"},
		{"an SDK for Java", "com.amazonaws.services.s3.model.AmazonS3Exception: User: " + alice + " is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/my file.txt\" because no identity-based policy allows the s3:GetObject action (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: X; S3 Extended Request ID: Y=; Proxy: null)",
			alice, "s3:GetObject", "arn:aws:s3:::b/my file.txt", iam.IdentityPolicy, "implicitDeny"},
		{"an SDK without a reason", "User: " + alice + " is not authorized to perform: sns:Publish on resource: arn:aws:sns:eu-west-1:111122223333:t (Service: Sns, Status Code: 403, Request ID: X)",
			alice, "sns:Publish", "arn:aws:sns:eu-west-1:111122223333:t", iam.NoLayer, "denied"},
		{"an error of S3 in XML", "<?xml version=\"1.0\"?>\n<Error><Code>AccessDenied</Code><Message>User: " + worker + " is not authorized to perform: s3:PutObject on resource: &quot;arn:aws:s3:::b/k&quot; with an explicit deny in a resource-based policy</Message><RequestId>1</RequestId></Error>",
			worker, "s3:PutObject", "arn:aws:s3:::b/k", iam.ResourcePolicy, "explicitDeny"},
		{"an error in JSON", `{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"User: ` + alice + ` is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:eu-central-1:111122223333:table/Books because no resource-based policy allows the dynamodb:GetItem action"}`,
			alice, "dynamodb:GetItem", "arn:aws:dynamodb:eu-central-1:111122223333:table/Books", iam.ResourcePolicy, "implicitDeny"},
		{"JSON in a line of a log", `2026-01-02T03:04:05Z ERROR {\"message\":\"User: ` + alice + ` is not authorized to perform: s3:GetObject on resource: \\\"arn:aws:s3:::b/k\\\" with an explicit deny in an identity-based policy\"}`,
			alice, "s3:GetObject", "arn:aws:s3:::b/k", iam.IdentityPolicy, "explicitDeny"},
		{"a service control policy that is named", "User: " + alice + " is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:us-east-1:111122223333:instance/* with an explicit deny in a service control policy: arn:aws:organizations::999999999999:policy/o-example/service_control_policy/p-12345678.",
			alice, "ec2:RunInstances", "arn:aws:ec2:us-east-1:111122223333:instance/*", iam.ServiceControlPolicy, "explicitDeny"},
		{"a service control policy that is not named", "User: " + alice + " is not authorized to perform: ec2:DescribeInstances with an explicit deny in a service control policy",
			alice, "ec2:DescribeInstances", "*", iam.ServiceControlPolicy, "denied"},
		{"a role trust policy", "User: " + alice + " is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/R with an explicit deny in the role trust policy",
			alice, "sts:AssumeRole", "arn:aws:iam::444455556666:role/R", iam.TrustPolicy, "explicitDeny"},
		{"a misprint of a session policy", "User: " + worker + " is not authorized to perform: s3:ListAllMyBuckets with an explicit deny in a sessions policy",
			worker, "s3:ListAllMyBuckets", "*", iam.SessionPolicy, "explicitDeny"},
		{"an endpoint policy", "User: " + alice + " is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:us-east-1:111122223333:q because no VPC endpoint policy allows the sqs:SendMessage action",
			alice, "sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:q", iam.VPCEndpointPolicy, "implicitDeny"},
		{"an endpoint policy beside another", "User: " + alice + " is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:us-east-1:111122223333:q with an explicit deny in a VPC endpoint policy transitively through a service control policy",
			alice, "sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:q", iam.VPCEndpointPolicy, "explicitDeny"},
		{"a resource control policy", "User: " + alice + " is not authorized to perform: s3:GetObject on resource: \"arn:aws:s3:::b/k\" with an explicit deny in a resource control policy: arn:aws:organizations::1:policy/o-e/resource_control_policy/p-1",
			alice, "s3:GetObject", "arn:aws:s3:::b/k", iam.ResourceControlPolicy, "explicitDeny"},
		{"EC2 with an encoded rest", "An error occurred (UnauthorizedOperation) when calling the StopInstances operation: You are not authorized to perform this operation. User: " + alice + " is not authorized to perform: ec2:StopInstances on resource: arn:aws:ec2:us-east-1:111122223333:instance/i-0abc because no identity-based policy allows the ec2:StopInstances action. Encoded authorization failure message: AbC_dEf",
			alice, "ec2:StopInstances", "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc", iam.IdentityPolicy, "implicitDeny"},
		{"an older message of IAM", "User: " + alice + " is not authorized to perform: iam:DeleteUser on resource: user Bob",
			alice, "iam:DeleteUser", "arn:aws:iam::111122223333:user/Bob", iam.NoLayer, "denied"},
		{"an anonymous caller", "User: anonymous is not authorized to perform: es:ESHttpGet because no resource-based policy allows the es:ESHttpGet action",
			"anonymous", "es:ESHttpGet", "*", iam.ResourcePolicy, "implicitDeny"},
		{"lines broken by a terminal", "An error occurred (AccessDenied) when calling the DeleteRole operation: User:\n  " + alice + " is not authorized to\n  perform: iam:DeleteRole on resource: arn:aws:iam::111122223333:role/R\n  because no permissions boundary allows the iam:DeleteRole action",
			alice, "iam:DeleteRole", "arn:aws:iam::111122223333:role/R", iam.PermissionsBoundary, "implicitDeny"},
		{"a console", "Access denied\nYou don't have permission to iam:ListRoles. To request access, copy the following text and send it to your AWS administrator.\nUser: " + worker + "\nAction: iam:ListRoles\nOn resource(s): arn:aws:iam::111122223333:role/\nContext: no session policy allows the iam:ListRoles action",
			worker, "iam:ListRoles", "arn:aws:iam::111122223333:role/", iam.SessionPolicy, "implicitDeny"},
		{"a console with the service apart", "User: " + alice + "\nService: ec2\nAction: DescribeInstances\nOn resource(s): *\nContext: no identity-based policy allows the action",
			alice, "ec2:DescribeInstances", "*", iam.IdentityPolicy, "implicitDeny"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := only(t, c.text)
			got := a.Request
			if got.Principal != c.principal || got.Action != c.action || got.Resource != c.resource {
				t.Errorf("read %q %q %q", got.Principal, got.Action, got.Resource)
			}
			if a.Layer != c.layer || !a.Denied || got.Expect == nil || got.Expect.Decision != c.decision || got.Expect.DecidedBy != c.layer {
				t.Errorf("layer %s, expected %+v", a.Layer, got.Expect)
			}
		})
	}
}

func TestWhatMessagesLeaveOpen(t *testing.T) {
	key := only(t, "User: "+alice+" is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access")
	if key.Request.Resource != "" || strings.Join(key.Request.Unknown, "") != "resource" || key.Layer != iam.NoLayer || len(key.Notes) < 2 {
		t.Errorf("got %+v", key)
	}
	silent := only(t, "User: "+alice+" is not authorized to perform: ec2:StopInstances")
	if silent.Request.Resource != "" || strings.Join(silent.Request.Unknown, "") != "resource" {
		t.Errorf("without resource and reason: %+v", silent.Request)
	}
	if policy := only(t, "User: "+alice+" is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::b/k with an explicit deny in an identity-based policy: arn:aws:iam::111122223333:policy/P").Policy; policy != "arn:aws:iam::111122223333:policy/P" {
		t.Errorf("policy %q", policy)
	}
	session := only(t, "User: "+worker+" is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::b/k")
	if session.Identity != "arn:aws:iam::111122223333:role/Worker" || session.Request.Name != "Worker may not call s3:GetObject" {
		t.Errorf("identity %q, name %q", session.Identity, session.Request.Name)
	}
}

func TestSeveralMessages(t *testing.T) {
	one := "User: " + alice + " is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::b/k because no identity-based policy allows the s3:GetObject action\n"
	two := strings.ReplaceAll(one, "GetObject", "PutObject")
	if got := intake.Import(one + two + one).Requests; len(got) != 2 || got[1].Request.Action != "s3:PutObject" {
		t.Errorf("got %+v", got)
	}
}

func TestWhatIsMissingIsSaid(t *testing.T) {
	for _, c := range []struct{ name, text, says string }{
		{"nothing", " \n", "paste a policy"},
		{"prose", "Dear administrator, it does not work.", "paste a policy"},
		{"an encoded message", "An error occurred (UnauthorizedOperation) when calling the RunInstances operation: You are not authorized to perform this operation. Encoded authorization failure message: AbC", "decode-authorization-message"},
		{"a message that names nobody", "An error occurred (AccessDenied) when calling the GetObject operation: Access Denied", "CloudTrail event"},
		{"a federated caller", "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity", "CloudTrail event"},
		{"get-policy", `{"Policy":{"PolicyName":"P","Arn":"arn:aws:iam::111122223333:policy/P","DefaultVersionId":"v3","AttachmentCount":1}}`, "get-policy-version --policy-arn arn:aws:iam::111122223333:policy/P --version-id v3"},
		{"attached policies", `{"AttachedPolicies":[{"PolicyName":"P","PolicyArn":"arn:aws:iam::111122223333:policy/P"}]}`, "get-policy-version"},
		{"a tag policy", `{"Policy":{"PolicySummary":{"Name":"T","Type":"TAG_POLICY"},"Content":"{\"tags\":{}}"}}`, "TAG_POLICY"},
		{"a policy made of Terraform blocks", "data \"aws_iam_policy_document\" \"d\" {\n  statement {\n    actions = [\"s3:*\"]\n  }\n}", "terraform show -json"},
		{"a call inside jsonencode", "resource \"aws_iam_policy\" \"p\" {\n  policy = jsonencode(merge(local.a, local.b))\n}", "terraform show -json"},
		{"broken JSON", `{"Version": "2012-10-17", "Statement": [}`, ""},
		{"broken encoding", `%7B%2`, "hexadecimal"},
		{"size", strings.Repeat(" ", intake.MaxBytes+1), "at most"},
		{"other JSON", `{"a": 1}`, "paste a policy"},
	} {
		t.Run(c.name, func(t *testing.T) {
			result := intake.Import(c.text)
			if result.Kind != intake.None || len(result.Problems) == 0 || !strings.Contains(result.Problems[0].Message, c.says) {
				t.Errorf("%s: %+v", result.Kind, result.Problems)
			}
		})
	}
}

func TestABrokenPlaceIsShown(t *testing.T) {
	result := intake.Import("{\n  \"PolicyName\" \"P\"\n}")
	if len(result.Problems) == 0 || result.Problems[0].Start.Line != 2 {
		t.Errorf("got %+v, want a problem in line 2", result.Problems)
	}
}

const document = `{"Version":"2012-10-17","Statement":[{"Sid":"One","Effect":"Allow","Action":"s3:*","Resource":"*"}]}`

// quoted is a text as a JSON string.
func quoted(t *testing.T, text string) string {
	t.Helper()
	out, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestPolicyShapes(t *testing.T) {
	text := quoted(t, document)
	bucket := quoted(t, `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}`)
	trust := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}`
	percent := strings.NewReplacer(`{`, "%7B", `}`, "%7D", `"`, "%22", ":", "%3A", ",", "%2C", "[", "%5B", "]", "%5D").Replace(document)
	for _, c := range []struct {
		name, text, source, policy string
		layer                      iam.Layer
		target                     string
	}{
		{"get-policy-version", `{"PolicyVersion":{"Document":` + document + `,"VersionId":"v1","IsDefaultVersion":true,"CreateDate":"2026-01-01"}}`, "get-policy-version", "One", iam.NoLayer, ""},
		{"get-policy-version, encoded", `{"PolicyVersion":{"Document":"` + percent + `","VersionId":"v1"}}`, "get-policy-version", "One", iam.NoLayer, ""},
		{"get-role-policy", `{"RoleName":"R","PolicyName":"P","PolicyDocument":` + document + `}`, "get-role-policy", "P", iam.IdentityPolicy, "role R"},
		{"get-user-policy", `{"UserName":"U","PolicyName":"P","PolicyDocument":` + document + `}`, "get-user-policy", "P", iam.IdentityPolicy, "user U"},
		{"get-group-policy", `{"GroupName":"G","PolicyName":"P","PolicyDocument":` + document + `}`, "get-group-policy", "P", iam.IdentityPolicy, "group G"},
		{"get-role", `{"Role":{"Path":"/x/","RoleName":"R","Arn":"arn:aws:iam::111122223333:role/x/R","AssumeRolePolicyDocument":` + trust + `}}`, "get-role", "R-trust", iam.TrustPolicy, "role R arn:aws:iam::111122223333:role/x/R"},
		{"get-bucket-policy", `{"Policy":` + bucket + `}`, "get-bucket-policy", "Pasted", iam.ResourcePolicy, ""},
		{"get-key-policy", `{"Policy":` + bucket + `,"PolicyName":"default"}`, "get-key-policy", "Pasted", iam.ResourcePolicy, ""},
		{"describe-policy", `{"Policy":{"PolicySummary":{"Id":"p-1","Name":"NoLeaving","Type":"SERVICE_CONTROL_POLICY","AwsManaged":false},"Content":` + text + `}}`, "describe-policy", "NoLeaving", iam.ServiceControlPolicy, ""},
		{"describe-policy of an RCP", `{"Policy":{"PolicySummary":{"Name":"Fence","Type":"RESOURCE_CONTROL_POLICY"},"Content":` + text + `}}`, "describe-policy", "Fence", iam.ResourceControlPolicy, ""},
		{"a topic", `{"Attributes":{"Policy":` + bucket + `,"TopicArn":"arn:aws:sns:us-east-1:111122223333:t"}}`, "json", "t", iam.ResourcePolicy, "resource  arn:aws:sns:us-east-1:111122223333:t"},
		{"an endpoint", `{"VpcEndpoints":[{"VpcEndpointId":"vpce-1","PolicyDocument":` + text + `}]}`, "describe-vpc-endpoints", "vpce-1", iam.VPCEndpointPolicy, "endpoint vpce-1"},
		{"percent-encoded", percent, "percent-encoded", "One", iam.NoLayer, ""},
		{"a JSON string", text, "json-string", "One", iam.NoLayer, ""},
		{"a string in a string", quoted(t, text), "json-string", "One", iam.NoLayer, ""},
		{"quotes still escaped", strings.Trim(text, `"`), "json-string", "One", iam.NoLayer, ""},
		{"a statement", `{"Sid":"S","Effect":"Deny","Action":"*","Resource":"*"}`, "statement", "S", iam.NoLayer, ""},
		{"statements", `[{"Effect":"Deny","NotAction":"iam:*","Resource":"*"},{"Effect":"Allow","Action":"*","Resource":"*"}]`, "statements", "Pasted", iam.NoLayer, ""},
		{"with its command", "$ aws iam get-role-policy --role-name R --policy-name P\n{\"RoleName\":\"R\",\"PolicyName\":\"P\",\"PolicyDocument\":" + document + "}\n$ ", "get-role-policy", "P", iam.IdentityPolicy, "role R"},
		{"a here document", "resource \"aws_iam_role_policy\" \"p\" {\n  policy = <<-EOF\n    " + document + "\n  EOF\n}", "terraform", "p", iam.IdentityPolicy, ""},
		{"a Terraform string", "resource \"aws_iam_policy\" \"p\" {\n  policy = " + text + "\n}", "terraform", "p", iam.NoLayer, ""},
		{"jsonencode", "resource \"aws_iam_role\" \"worker\" {\n  assume_role_policy = jsonencode({\n    Version = \"2012-10-17\" # the only one\n    Statement = [\n      { Effect = \"Allow\", Principal = { Service = \"ec2.amazonaws.com\" }, Action = \"sts:AssumeRole\" },\n    ]\n  })\n}", "terraform", "worker-trust", iam.TrustPolicy, "role worker"},
		{"terraform show", `{"format_version":"1.2","planned_values":{"root_module":{"resources":[{"type":"aws_s3_bucket_policy","name":"p","values":{"bucket":"b","policy":` + bucket + `}}]}},"prior_state":{"values":{"root_module":{"resources":[{"type":"aws_iam_policy","name":"q","values":{"policy":` + text + `}}]}}}}`, "terraform-show", "p", iam.ResourcePolicy, "resource  arn:aws:s3:::b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			result := intake.Import(c.text)
			if result.Kind != intake.Policies || len(result.Policies) != 1 {
				t.Fatalf("%s with %d policies, want one: %+v", result.Kind, len(result.Policies), result.Problems)
			}
			p := result.Policies[0]
			if result.Source != c.source || p.Name != c.policy || p.Layer != c.layer || p.Bare {
				t.Errorf("source %s, name %s, layer %s", result.Source, p.Name, p.Layer)
			}
			if got := target(p.AttachTo); got != c.target {
				t.Errorf("attached to %q, want %q", got, c.target)
			}
			if !json.Valid([]byte(p.Text)) || !strings.Contains(p.Text, "\n  \"Statement\": [\n") && !strings.Contains(p.Text, "\n  \"Statement\": {") {
				t.Errorf("the text is %s", p.Text)
			}
		})
	}
}

func target(a *intake.Target) string {
	if a == nil {
		return ""
	}
	return strings.TrimRight(a.Kind+" "+a.Name+" "+a.ARN, " ")
}

func TestABareDocumentStaysAsTyped(t *testing.T) {
	typed := "\n" + strings.Replace(document, `"Effect"`, `  "Effect"`, 1) + "\n\n"
	p := intake.Import(typed).Policies
	if len(p) != 1 || !p[0].Bare || p[0].Text != typed {
		t.Errorf("got %+v", p)
	}
	trailing := strings.Replace(document, "]}", "],}", 1)
	if p := intake.Import(trailing).Policies; len(p) != 1 || p[0].Text != trailing {
		t.Errorf("a comma too many is the editor's to show: %+v", p)
	}
}

func TestPolicyVariablesOfTerraform(t *testing.T) {
	body := strings.Replace(document, `"Resource":"*"`, `"Resource":"arn:aws:s3:::b/$${aws:username}/*"`, 1)
	for _, text := range []string{body, "policy = <<EOF\n" + body + "\nEOF\n", "policy = jsonencode(" + body + ")", `{"PolicyDocument":` + body + `}`} {
		p := intake.Import(text).Policies
		if len(p) != 1 || !strings.Contains(p[0].Text, `"arn:aws:s3:::b/${aws:username}/*"`) {
			t.Errorf("%s became %+v", text, p)
		}
	}
}

func TestTerraformReferencesBecomePlaceholders(t *testing.T) {
	result := intake.Import(`policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = [aws_s3_bucket.logs.arn, "${aws_s3_bucket.logs.arn}/*", var.extra] }] })`)
	if len(result.Policies) != 1 || len(result.Notes) == 0 || !strings.Contains(result.Notes[0], "PLACEHOLDER-var.extra") {
		t.Fatalf("got %+v", result)
	}
	for _, want := range []string{`"arn:aws:s3:::placeholder-logs"`, `"arn:aws:s3:::placeholder-logs/*"`, `"PLACEHOLDER-var.extra"`} {
		if !strings.Contains(result.Policies[0].Text, want) {
			t.Errorf("no %s in %s", want, result.Policies[0].Text)
		}
	}
}

func TestCloudFormation(t *testing.T) {
	result := intake.Import(`{"AWSTemplateFormatVersion":"2010-09-09","Resources":{
		"Bucket":{"Type":"AWS::S3::Bucket"},
		"Role":{"Type":"AWS::IAM::Role","Properties":{
			"AssumeRolePolicyDocument":{"Statement":[{"Effect":"Allow","Principal":{"AWS":{"Fn::Sub":"arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}},"Action":"sts:AssumeRole"}]},
			"Policies":[{"PolicyName":"Read","PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":[
				{"Fn::Join":["/",[{"Fn::GetAtt":["Bucket","Arn"]},"*"]]},{"Fn::Sub":"arn:aws:s3:::home/${!aws:username}/*"},{"Fn::GetAtt":"Other.Arn"}]}]}}]}},
		"Boundary":{"Type":"AWS::IAM::ManagedPolicy","Properties":{"PolicyDocument":{"Statement":{"Effect":"Allow","Action":"*","Resource":{"Ref":"Param"}}}}},
		"Public":{"Type":"AWS::S3::BucketPolicy","Properties":{"Bucket":{"Ref":"Bucket"},"PolicyDocument":{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}}}}}`)
	var got []string
	for _, p := range result.Policies {
		got = append(got, p.Name+" "+p.Layer.String())
	}
	if want := "Role-trust trustPolicy, Read identityPolicy, Boundary , Public resourcePolicy"; strings.Join(got, ", ") != want {
		t.Fatalf("got %q, want %q", strings.Join(got, ", "), want)
	}
	all := result.Policies[0].Text + result.Policies[1].Text + result.Policies[2].Text
	for _, want := range []string{`"arn:aws:iam::111122223333:root"`, `"arn:aws:s3:::placeholder-bucket/*"`, `"arn:aws:s3:::home/${aws:username}/*"`, `"arn:aws:PLACEHOLDER:us-east-1:111122223333:Other"`, `"PLACEHOLDER-Param"`} {
		if !strings.Contains(all, want) {
			t.Errorf("no %s in %s", want, all)
		}
	}
	if len(result.Notes) != 1 || !strings.Contains(result.Notes[0], "PLACEHOLDER-Param") {
		t.Errorf("notes %q", result.Notes)
	}
}

func TestAccountDetailsGiveThePoliciesInForce(t *testing.T) {
	old := strings.Replace(document, "One", "Old", 1)
	result := intake.Import(`{"UserDetailList":[{"UserName":"U","Arn":"arn:aws:iam::111122223333:user/U","UserPolicyList":[{"PolicyName":"Inline","PolicyDocument":` + document + `}]}],
		"Policies":[{"PolicyName":"Managed","PolicyVersionList":[{"VersionId":"v2","IsDefaultVersion":true,"Document":` + document + `},{"VersionId":"v1","IsDefaultVersion":false,"Document":` + old + `}]}]}`)
	var got []string
	for _, p := range result.Policies {
		got = append(got, p.Name+" "+target(p.AttachTo))
	}
	if strings.Join(got, ", ") != "Inline user U arn:aws:iam::111122223333:user/U, Managed " {
		t.Errorf("got %q", got)
	}
}

func TestAScenario(t *testing.T) {
	text, err := os.ReadFile("../../content/scenarios/mfa/mfa.json")
	if err != nil {
		t.Fatal(err)
	}
	if got := intake.Import(string(text)); got.Kind != intake.Scenario || got.Text != string(text) {
		t.Errorf("got %s", got.Kind)
	}
}

// TestHostileTexts holds the work to the size of the text: each of these would
// take minutes if something were looked for again and again.
func TestHostileTexts(t *testing.T) {
	for _, piece := range []string{
		"is not authorized to perform: a:b ", "User: arn:x is not authorized to perform: a:b on resource: c ", "<<X\n", "<< ", `"{\"`, "jsonencode(", "${", `"${`, "{", "[",
		`User: arn:x is not authorized to perform: a:b on resource: \"`, "%7B",
	} {
		intake.Import(strings.Repeat(piece, (1<<19)/len(piece)))
		intake.Import("<<EOF\n" + strings.Repeat(piece, (1<<18)/len(piece)))
	}
}
