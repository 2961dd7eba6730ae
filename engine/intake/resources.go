package intake

import (
	"slices"
	"strings"

	"fenceline/engine/arn"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// resourceFact is a resource with its policy, and how it is told whose policy
// it is.
type resourceFact struct {
	arn, by string
	policy  *policyFact
}

// endpointFact is a VPC endpoint; without a policy it lets everything pass.
type endpointFact struct {
	id      string
	gateway bool
	policy  *policyFact
}

// addResource files a resource; of two policies of one resource the later
// counts.
func (r *AccountReader) addResource(text, by string, policy *policyFact) {
	for _, other := range r.resources {
		if other.arn == text {
			if other.policy.text != policy.text {
				r.unusedAt(other.policy.at, "`"+source.Clip(text)+"` has another policy at "+policy.at.String()+", which counts")
			}
			other.policy, other.by = policy, by
			return
		}
	}
	r.resources = append(r.resources, &resourceFact{r.keep(text), by, policy})
}

// resourcePolicy reads a policy that is printed alone, as get-bucket-policy,
// get-key-policy and others do. Which resource has it, the command tells, or
// the resources that the document names.
func (r *AccountReader) resourcePolicy(root *source.Node, at Place) {
	p := r.policyText(root.Get("Policy"), at)
	o := r.origin()
	if bucket := o.about("bucket", "get-bucket-policy"); bucket != "" {
		r.addResource("arn:aws:s3:::"+bucket, "the command or the file's name", p)
		return
	}
	if key := o.about("key-id", "get-key-policy"); key != "" || isKeyPolicy(root) {
		r.keyPolicy(key, p)
		return
	}
	switch found := resourcesIn(p.text); len(found) {
	case 1:
		r.addResource(found[0], "the resources that the policy names", p)
	case 0:
		r.unusedAt(at, "the policy names no resource by which it can be told whose it is; write the command's line before it")
	default:
		r.unusedAt(at, "the policy names `"+found[0]+"` and `"+found[1]+"`, so it can't be told which of them has it; write the command's line before it")
	}
}

// isKeyPolicy tells get-key-policy, whose resources say nothing.
func isKeyPolicy(root *source.Node) bool { return str(root, "PolicyName") == "default" }

func (r *AccountReader) keyPolicy(key string, p *policyFact) {
	if text := keyIn(key); text != "" {
		r.addResource(text, "the command or the file's name", p)
		return
	}
	r.unusedAt(p.at, "a key policy does not say which key has it; write the command's line, with the key's ARN as `--key-id`, before it, or call the file `get-key-policy-REGION-ACCOUNT-KEY.json`")
}

// keyIn is the ARN of a key, as it is or as a file's name can say it:
// `eu-central-1-111122223333-1234abcd-12ab-34cd-56ef-1234567890ab`.
func keyIn(text string) string {
	if a, ok := arn.Parse(text); ok {
		if a.Service == "kms" && strings.HasPrefix(a.Resource, "key/") {
			return text
		}
		return ""
	}
	parts := strings.FieldsFunc(text, func(c rune) bool { return c == '-' || c == '_' || c == ' ' })
	for i, part := range parts {
		if !arn.IsAccount(part) || i < 3 {
			continue
		}
		region, key := strings.Join(parts[i-3:i], "-"), strings.TrimPrefix(strings.Join(parts[i+1:], "-"), "key-")
		if i > 3 && parts[i-4] == "us" && (parts[i-3] == "gov" || parts[i-3] == "iso" || parts[i-3] == "isob") {
			region = "us-" + region
		}
		if len(key) >= 32 {
			return "arn:" + partitionOfRegion(region) + ":kms:" + region + ":" + part + ":key/" + key
		}
	}
	return ""
}

func partitionOfRegion(region string) string {
	switch {
	case strings.HasPrefix(region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		return "aws-us-gov"
	}
	return "aws"
}

// resourcesIn are the resources that a document names, a bucket in place of its
// objects. One with a wildcard tells nothing.
func resourcesIn(text string) []string {
	root, problems := source.Parse(source.NewFile("", text), MaxBytes)
	if root == nil || source.HasErrors(problems) {
		return nil
	}
	var found []string
	for _, statement := range append([]*source.Node{root.Get("Statement")}, items(root.Get("Statement"))...) {
		resource := statement.Get("Resource")
		if resource == nil {
			continue
		}
		for _, n := range append([]*source.Node{resource}, resource.Items...) {
			a, ok := arn.Parse(n.Text)
			if bucket, _, _ := strings.Cut(a.Resource, "/"); a.Service == "s3" && a.Region == "" {
				a.Text = "arn:" + a.Partition + ":s3:::" + bucket
			}
			if ok && !strings.ContainsAny(a.Text, "*?$") && !contains(found, a.Text) {
				found = append(found, a.Text)
			}
		}
	}
	return found
}

// secretPolicy reads get-resource-policy of AWS Secrets Manager, which names
// the secret.
func (r *AccountReader) secretPolicy(root *source.Node, at Place) {
	p := r.policyText(root.Get("ResourcePolicy"), at)
	if _, ok := arn.Parse(str(root, "ARN")); ok {
		r.addResource(str(root, "ARN"), "the output", p)
		return
	}
	r.unusedAt(at, "the policy does not say which resource has it")
}

// attributes reads get-queue-attributes and get-topic-attributes.
func (r *AccountReader) attributes(root *source.Node, at Place) {
	n := root.Get("Attributes")
	text := str(n, "QueueArn") + str(n, "TopicArn")
	policy := n.Get("Policy")
	switch {
	case policy == nil || str(policy) == "":
		r.unusedAt(at, "these attributes hold no `Policy`; ask for all of them (`--attribute-names All`), or the resource has none")
		return
	case text == "":
		if found := resourcesIn(r.documentText(policy)); len(found) == 1 {
			text = found[0]
		}
	}
	if _, ok := arn.Parse(text); !ok {
		r.unusedAt(at, "these attributes name no `QueueArn`; ask for all of them (`--attribute-names All`)")
		return
	}
	r.addResource(text, "the output", r.policyText(policy, at))
}

func (r *AccountReader) vpcEndpoints(root *source.Node, _ Place) {
	for _, n := range items(root.Get("VpcEndpoints")) {
		id := str(n, "VpcEndpointId")
		if id == "" || slices.ContainsFunc(r.endpoints, func(e *endpointFact) bool { return e.id == id }) {
			r.unusedAt(r.place(n.Span.Start), "the endpoint `"+source.Clip(id)+"` has no id of its own; it is not read")
			continue
		}
		e := &endpointFact{id: r.keep(id), gateway: str(n, "VpcEndpointType") == "Gateway"}
		if document := n.Get("PolicyDocument"); document != nil {
			e.policy = r.policyText(document, r.place(n.Span.Start))
			if e.policy.text == scenario.Missing {
				e.policy = nil
			}
		}
		r.endpoints = append(r.endpoints, e)
	}
}
