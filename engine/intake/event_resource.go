package intake

import (
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/source"
	"fenceline/engine/worlds"
)

// noResource is said when an event does not settle its resource.
const noResource = "The event does not settle the resource: write its ARN, or `*` if the action has none."

// resource finds what the call was about: in the parameters, else in the
// event's own list of resources.
func (e *event) resource() {
	parameters := e.node.Get("requestParameters")
	switch text := e.fromParameters(parameters); {
	case text != "":
		e.Request.Resource = text
	case e.fromList():
	default:
		e.unknownResource(noResource)
	}
}

func (e *event) fromParameters(p *source.Node) string {
	switch e.service {
	case "s3":
		return e.s3(p)
	case "iam":
		return e.iam(p)
	case "ec2":
		return e.ec2(p)
	case "dynamodb":
		return e.dynamodb(p)
	case "lambda":
		return e.lambda(p)
	case "sqs":
		return e.queue(str(p, "queueUrl"))
	case "kms":
		return e.kmsKey(str(p, "keyId"))
	case "ssm":
		if name := str(p, "name"); name != "" && strings.HasSuffix(e.operation, "Parameter") {
			return e.named("ssm", "parameter/"+strings.TrimPrefix(name, "/"))
		}
	}
	return e.namedARN(p)
}

// arnMembers are parameters that name by ARN what an operation is about.
var arnMembers = map[string][]string{
	"sts": {"roleArn"}, "sns": {"topicArn"}, "states": {"stateMachineArn", "executionArn"}, "secretsmanager": {"secretId"},
}

func (e *event) namedARN(p *source.Node) string {
	for _, member := range arnMembers[e.service] {
		if text := str(p, member); isARN(text) {
			return text
		}
	}
	return ""
}

// named is an ARN in the event's region and account, empty where they are not
// known.
func (e *event) named(service, resource string) string {
	if e.region == "" || e.account == "" {
		return ""
	}
	return "arn:" + e.partition + ":" + service + ":" + e.region + ":" + e.account + ":" + resource
}

func (e *event) s3(p *source.Node) string {
	bucket, key := str(p, "bucketName"), str(p, "key")
	switch {
	case e.operation == "ListBuckets":
		return "*"
	case bucket == "" || strings.Contains(bucket, ":"):
		return ""
	case e.operation == "DeleteObjects":
		e.note("The event does not name the objects to delete; write the ARN of one.")
		return ""
	case key != "":
		return "arn:" + e.partition + ":s3:::" + bucket + "/" + key
	}
	return "arn:" + e.partition + ":s3:::" + bucket
}

// iam reads the parameters of IAM's operations. Where several are named, the
// first of these is what the operation is about.
func (e *event) iam(p *source.Node) string {
	for _, member := range []string{"policyArn", "sAMLProviderArn", "openIDConnectProviderArn", "policySourceArn"} {
		if text := str(p, member); text != "" && !named(p, "instanceProfileName", "groupName", "roleName", "userName") {
			return text
		}
	}
	for _, kind := range []struct{ member, kind, create string }{
		{"instanceProfileName", "instance-profile", "CreateInstanceProfile"}, {"groupName", "group", "CreateGroup"},
		{"roleName", "role", "CreateRole"}, {"userName", "user", "CreateUser"}, {"policyName", "policy", "CreatePolicy"},
	} {
		name := str(p, kind.member)
		if name == "" || e.account == "" || kind.kind == "policy" && e.operation != kind.create {
			continue
		}
		path := str(p, "path")
		if path == "" {
			path = "/"
		}
		if e.operation != kind.create {
			e.note("The event names the " + kind.kind + " `" + name + "` without its path; write the path into the resource if it has one.")
		}
		return "arn:" + e.partition + ":iam::" + e.account + ":" + kind.kind + path + name
	}
	return ""
}

func named(p *source.Node, members ...string) bool {
	for _, member := range members {
		if str(p, member) != "" {
			return true
		}
	}
	return false
}

// ec2 reads the instances that an operation is about. The Describe operations
// know no resources.
//
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policies-ec2-console.html
func (e *event) ec2(p *source.Node) string {
	if strings.HasPrefix(e.operation, "Describe") {
		return "*"
	}
	if e.operation == "RunInstances" {
		return ""
	}
	id := str(p, "instanceId")
	if list := p.Get("instancesSet").Get("items"); id == "" && list != nil && len(list.Items) > 0 {
		id = str(list.Items[0], "instanceId")
		if len(list.Items) > 1 {
			e.note("The call was about several instances, and each is decided by itself; this is the first.")
		}
	}
	switch {
	case id != "":
		return e.named("ec2", "instance/"+id)
	case str(p, "volumeId") != "":
		return e.named("ec2", "volume/"+str(p, "volumeId"))
	case str(p, "groupId") != "" && strings.Contains(e.operation, "SecurityGroup"):
		return e.named("ec2", "security-group/"+str(p, "groupId"))
	}
	return ""
}

func (e *event) dynamodb(p *source.Node) string {
	table, index := str(p, "tableName"), str(p, "indexName")
	if table == "" {
		return ""
	}
	if !isARN(table) {
		table = e.named("dynamodb", "table/"+table)
	}
	if index != "" && table != "" && (e.operation == "Query" || e.operation == "Scan") {
		return table + "/index/" + index
	}
	return table
}

func (e *event) lambda(p *source.Node) string {
	name, qualifier := str(p, "functionName"), str(p, "qualifier")
	switch {
	case name == "":
		return ""
	case !isARN(name) && strings.Contains(name, ":"): // ACCOUNT:function:NAME and NAME:QUALIFIER look alike
		return ""
	case !isARN(name):
		name = e.named("lambda", "function:"+name)
	}
	if qualifier != "" && name != "" {
		return name + ":" + qualifier
	}
	return name
}

// queue turns the address of an SQS queue into its ARN.
func (e *event) queue(address string) string {
	parts := strings.Split(address, "/") // https://sqs.REGION.amazonaws.com/ACCOUNT/NAME
	if len(parts) != 5 || !arn.IsAccount(parts[3]) || e.region == "" {
		return ""
	}
	return "arn:" + e.partition + ":sqs:" + e.region + ":" + parts[3] + ":" + parts[4]
}

// kmsKey is a KMS key's ARN; an alias does not say which key it stands for.
func (e *event) kmsKey(id string) string {
	switch {
	case isARN(id) && strings.Contains(id, ":key/"):
		return id
	case id == "" || strings.Contains(id, "/") || strings.Contains(id, ":"):
		return ""
	}
	return e.named("kms", "key/"+id)
}

// fromList takes the one resource that the event lists.
func (e *event) fromList() bool {
	list := e.node.Get("resources")
	if list == nil {
		return false
	}
	var found []string
	for _, item := range list.Items {
		for _, member := range []string{"ARN", "arn"} {
			if text := str(item, member); isARN(text) && len(found) < 10 {
				found = addOnce(found, text)
			}
		}
	}
	switch len(found) {
	case 0:
		return false
	case 1:
		e.Request.Resource = found[0]
		return true
	}
	e.unknownResource("The event lists several resources (`" + strings.Join(found, "`, `") + "`); write the one that the action is about.")
	e.Request.Unknown = addOnce(e.Request.Unknown, worlds.Resource)
	return true
}
