package intake

import (
	"strings"

	"fenceline/engine/iam"
	"fenceline/engine/source"
)

// isTemplate tells a CloudFormation template.
func isTemplate(n *source.Node) bool {
	resources := n.Get("Resources")
	if resources == nil || resources.Kind != source.Object {
		return false
	}
	for i := range resources.Members {
		if strings.Contains(str(resources.Members[i].Value, "Type"), "::") {
			return true
		}
	}
	return false
}

// readTemplate takes the policies of a template's resources.
//
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html
func (r *reader) readTemplate(root *source.Node) {
	resources := root.Get("Resources")
	t := &template{types: map[string]string{}}
	for i := range resources.Members {
		t.types[resources.Members[i].Key] = str(resources.Members[i].Value, "Type")
	}
	for i := range resources.Members {
		m := &resources.Members[i]
		properties := m.Value.Get("Properties")
		if properties == nil {
			continue
		}
		r.walk(t.settle(properties), templateOwner(m.Key, t.types[m.Key], properties))
	}
	r.placeholders(t.left)
}

// placeholders says what stands where a value is known only when the
// infrastructure is built.
func (r *reader) placeholders(left []string) {
	if len(left) == 0 {
		return
	}
	const most = 8
	shown := left
	more := ""
	if len(left) > most {
		shown, more = left[:most], " and others"
	}
	r.note("Placeholders stand for values that are known only once the infrastructure is built; replace them: `" + strings.Join(shown, "`, `") + "`" + more + ".")
}

// templateOwner says whose the documents in a resource's properties are.
func templateOwner(id, kind string, properties *source.Node) owner {
	o := owner{name: id}
	switch kind {
	case "AWS::IAM::Role":
		o.layer, o.target = iam.IdentityPolicy, &Target{Kind: "role", Name: id}
	case "AWS::IAM::User":
		o.layer, o.target = iam.IdentityPolicy, &Target{Kind: "user", Name: id}
	case "AWS::IAM::Group":
		o.layer, o.target = iam.IdentityPolicy, &Target{Kind: "group", Name: id}
	case "AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::UserPolicy", "AWS::IAM::GroupPolicy":
		o.layer = iam.IdentityPolicy
	case "AWS::Organizations::Policy":
		o.layer = organizationLayer(str(properties, "Type"))
	case "AWS::EC2::VPCEndpoint":
		o.layer = iam.VPCEndpointPolicy
	}
	return o
}

// template settles intrinsic functions, as far as they are settled.
type template struct {
	types map[string]string // of the resources, by logical id
	left  []string          // placeholders
}

// settle copies a value with its functions replaced.
func (t *template) settle(n *source.Node) *source.Node {
	switch n.Kind {
	case source.Array:
		list := &source.Node{Kind: source.Array, Span: n.Span}
		for _, item := range n.Items {
			list.Items = append(list.Items, t.settle(item))
		}
		return list
	case source.Object:
		if len(n.Members) == 1 && (n.Members[0].Key == "Ref" || strings.HasPrefix(n.Members[0].Key, "Fn::")) {
			return text(t.function(n.Members[0].Key, n.Members[0].Value))
		}
		object := &source.Node{Kind: source.Object, Span: n.Span}
		for _, m := range n.Members {
			m.Value = t.settle(m.Value)
			object.Members = append(object.Members, m)
		}
		return object
	}
	return n
}

func (t *template) function(name string, argument *source.Node) string {
	switch name {
	case "Ref":
		return t.reference(argument.Text)
	case "Fn::GetAtt":
		path := argument.Text
		if argument.Kind == source.Array {
			path = joined(argument.Items, ".")
		}
		return t.reference(path)
	case "Fn::Sub":
		return t.substitute(argument)
	case "Fn::Join":
		if len(argument.Items) == 2 && argument.Items[1].Kind == source.Array {
			return joined(t.settle(argument.Items[1]).Items, argument.Items[0].Text)
		}
	}
	return t.placeholder(strings.TrimPrefix(name, "Fn::"))
}

func joined(items []*source.Node, between string) string {
	parts := make([]string, len(items))
	for i, item := range items {
		parts[i] = item.Text
	}
	return strings.Join(parts, between)
}

// substitute replaces `${Name}`, and takes the mark off `${!Literal}`.
func (t *template) substitute(argument *source.Node) string {
	pattern, values := argument.Text, (*source.Node)(nil)
	if argument.Kind == source.Array && len(argument.Items) == 2 {
		pattern, values = argument.Items[0].Text, argument.Items[1]
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(pattern, "${")
		b.WriteString(before)
		name, after, closed := strings.Cut(rest, "}")
		switch {
		case !found:
			return b.String()
		case !closed:
			b.WriteString("${" + rest)
			return b.String()
		case strings.HasPrefix(name, "!"):
			b.WriteString("${" + name[1:] + "}")
		case values.Get(name) != nil:
			b.WriteString(t.settle(values.Get(name)).Text)
		default:
			b.WriteString(t.reference(name))
		}
		pattern = after
	}
}

// pseudo are the parameters that CloudFormation sets itself.
var pseudo = map[string]string{
	"AWS::Partition": "aws", "AWS::URLSuffix": "amazonaws.com", "AWS::AccountId": exampleAccount, "AWS::Region": exampleRegion,
}

// The account and the region that stand where none is known.
const (
	exampleAccount = "111122223333"
	exampleRegion  = "us-east-1"
)

// reference is what a name stands for: a parameter that CloudFormation sets, a
// resource of the template, or its attribute.
func (t *template) reference(path string) string {
	if value, ok := pseudo[path]; ok {
		if value == exampleAccount || value == exampleRegion {
			t.leave(path + " = " + value)
		}
		return value
	}
	id, attribute, _ := strings.Cut(path, ".")
	if attribute != "Arn" {
		return t.placeholder(path)
	}
	value := exampleARN(t.types[id], id)
	t.leave(value)
	return value
}

// leave notes a placeholder; there are never more than anyone reads.
func (t *template) leave(value string) {
	if len(t.left) < 50 {
		t.left = addOnce(t.left, value)
	}
}

func (t *template) placeholder(name string) string {
	value := "PLACEHOLDER-" + strings.NewReplacer("::", "-", " ", "-").Replace(name)
	t.leave(value)
	return value
}

// exampleARN is an ARN of the form that a type of resource has.
func exampleARN(kind, id string) string {
	name := "PLACEHOLDER-" + id
	here := exampleRegion + ":" + exampleAccount + ":"
	switch kind {
	case "AWS::S3::Bucket", "aws_s3_bucket":
		return "arn:aws:s3:::" + strings.ToLower(strings.ReplaceAll(name, "_", "-"))
	case "AWS::IAM::Role", "aws_iam_role":
		return "arn:aws:iam::" + exampleAccount + ":role/" + name
	case "AWS::IAM::User", "aws_iam_user":
		return "arn:aws:iam::" + exampleAccount + ":user/" + name
	case "AWS::DynamoDB::Table", "aws_dynamodb_table":
		return "arn:aws:dynamodb:" + here + "table/" + name
	case "AWS::SQS::Queue", "aws_sqs_queue":
		return "arn:aws:sqs:" + here + name
	case "AWS::SNS::Topic", "aws_sns_topic":
		return "arn:aws:sns:" + here + name
	case "AWS::KMS::Key", "aws_kms_key":
		return "arn:aws:kms:" + here + "key/" + name
	case "AWS::Lambda::Function", "aws_lambda_function":
		return "arn:aws:lambda:" + here + "function:" + name
	case "AWS::SecretsManager::Secret", "aws_secretsmanager_secret":
		return "arn:aws:secretsmanager:" + here + "secret:" + name
	}
	return "arn:aws:PLACEHOLDER:" + here + id
}
