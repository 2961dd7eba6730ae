package calls

import (
	"strings"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
)

// What is not modelled of services' calls.
const (
	outside     = "what the service itself then makes is no part of the account here; condition keys of the service beyond those that are shown must be given in the context"
	ec2Resource = "EC2 asks for each resource that an instance takes; where the call does not name it, a star stands for its id"
)

// serviceOperations are calls of other services that hand over a role (S-215).
var serviceOperations = []operation{
	{action: "ec2:RunInstances", takes: "ImageId! InstanceType KeyName MinCount:number MaxCount:number SubnetId SecurityGroupIds:list IamInstanceProfile:profile UserData ClientToken DryRun:flag EbsOptimized:flag DisableApiTermination:flag InstanceInitiatedShutdownBehavior Monitoring:any MetadataOptions:any Placement:any CreditSpecification:any CpuOptions:any BlockDeviceMappings:any",
		on: newInstance, keys: []*derivation{&profileKey, &instanceType}, needs: instanceNeeds, apply: withProfile, note: outside + "; " + ec2Resource},
	{action: "ec2:AssociateIamInstanceProfile", takes: "IamInstanceProfile!:profile InstanceId!", on: instanceNamed,
		keys: []*derivation{&profileKey}, needs: passProfile, apply: withProfile, note: outside},
	{action: "lambda:CreateFunction", takes: "FunctionName! Role! Runtime Handler Code:any Description Timeout:number MemorySize:number Publish:flag PackageType Architectures:list Environment:any VpcConfig:any Layers:list TracingConfig:any KMSKeyArn EphemeralStorage:any",
		on: function, passes: "Role", to: "lambda.amazonaws.com", needs: passTo, apply: mustTrust, note: outside},
	{action: "lambda:UpdateFunctionConfiguration", takes: "FunctionName! Role Runtime Handler Description Timeout:number MemorySize:number Environment:any VpcConfig:any Layers:list TracingConfig:any KMSKeyArn EphemeralStorage:any",
		on: function, passes: "Role", to: "lambda.amazonaws.com", needs: passTo, apply: mustTrust, note: outside},
	{action: "cloudformation:CreateStack", takes: "StackName! RoleARN TemplateBody TemplateURL Parameters:any Capabilities:list OnFailure DisableRollback:flag TimeoutInMinutes:number",
		on: stack, passes: "RoleARN", to: "cloudformation.amazonaws.com", needs: passTo, apply: mustTrust, note: outside},
	{action: "cloudformation:UpdateStack", takes: "StackName! RoleARN TemplateBody TemplateURL UsePreviousTemplate:flag Parameters:any Capabilities:list DisableRollback:flag",
		on: stack, passes: "RoleARN", to: "cloudformation.amazonaws.com", needs: passTo, apply: mustTrust, note: outside},
}

// regional is an ARN of the caller's account in the call's Region.
func (s *step) regional(service, resource string) string {
	return "arn:" + s.caller.partition + ":" + service + ":" + s.region + ":" + s.caller.account + ":" + resource
}

func newInstance(s *step) string { return s.regional("ec2", "instance/*") }

func instanceNamed(s *step) string { return s.regional("ec2", "instance/"+s.get("InstanceId")) }

func function(s *step) string {
	if name := s.get("FunctionName"); strings.HasPrefix(name, "arn:") {
		return name
	}
	return s.regional("lambda", "function:"+s.get("FunctionName"))
}

func stack(s *step) string {
	if name := s.get("StackName"); strings.HasPrefix(name, "arn:") {
		return name
	}
	return s.regional("cloudformation", "stack/"+s.get("StackName")+"/*")
}

var instanceType = derivation{[]string{"ec2:instancetype", "ec2:region"}, func(s *step) []iam.Key {
	return append(key("ec2:InstanceType", s.get("InstanceType")), key("ec2:Region", s.region)...)
}, []string{"InstanceType"}}

// instanceNeeds are the resources that a new instance takes, each decided for
// itself (S-161), and the role that it gets.
//
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
func instanceNeeds(s *step) []Check {
	region := key("ec2:Region", s.region)
	var checks []Check
	add := func(resource string) { checks = append(checks, Check{"ec2:RunInstances", resource, region}) }
	id := func(parameter string) string {
		if text := s.get(parameter); text != "" {
			return text
		}
		return "*"
	}
	add("arn:" + s.caller.partition + ":ec2:" + s.region + "::image/" + id("ImageId")) // an image's ARN has no account
	add(s.regional("ec2", "network-interface/*"))
	if groups := s.texts("SecurityGroupIds"); len(groups) > 0 {
		for _, group := range groups {
			add(s.regional("ec2", "security-group/"+group))
		}
	} else {
		add(s.regional("ec2", "security-group/*"))
	}
	add(s.regional("ec2", "subnet/"+id("SubnetId")))
	add(s.regional("ec2", "volume/*"))
	if name := s.get("KeyName"); name != "" {
		add(s.regional("ec2", "key-pair/"+name))
	}
	return append(checks, passProfile(s)...)
}

// passProfile is the role in the instance profile that the call names.
//
// UNDOCUMENTED: that iam:AssociatedResourceArn of an instance which is not there
// yet has a star in place of its id (U-37).
func passProfile(s *step) []Check {
	_, role := s.profileRole("IamInstanceProfile")
	if role == "" || eval.IsServiceLinked(role) {
		return nil
	}
	return []Check{passRole(role, "ec2.amazonaws.com", s.operation.on(s))}
}

// withProfile refuses a profile that is not there or holds no role.
func withProfile(s *step) *Failure {
	n := s.parameters.Get("IamInstanceProfile")
	if n == nil {
		return nil
	}
	which, named := textOf(n.Get("Arn")), "arn"
	if which == "" {
		which, named = textOf(n.Get("Name")), "name"
	}
	switch profile, role := s.profileRole("IamInstanceProfile"); {
	case profile == "":
		return &Failure{"InvalidParameterValue", "Value (" + which + ") for parameter iamInstanceProfile." + named + " is invalid. Invalid IAM Instance Profile " + named}
	case role == "":
		return &Failure{"InvalidParameterValue", "IAM Instance Profile \"" + profile + "\" has no associated IAM Roles"}
	case !s.state.trusts(role, "ec2.amazonaws.com"):
		s.note("the role's trust policy does not let `ec2.amazonaws.com` assume it, so the instance gets no credentials (S-219)")
	}
	return nil
}

// passTo is the role that the operation hands to a service.
func passTo(s *step) []Check {
	if role := s.get(s.operation.passes); role != "" && !eval.IsServiceLinked(role) {
		return []Check{passRole(role, s.operation.to, s.operation.on(s))}
	}
	return nil
}

// mustTrust is S-219: a role that does not trust the service is of no use to it.
func mustTrust(s *step) *Failure {
	role, service := s.get(s.operation.passes), s.operation.to
	switch {
	case role == "" || s.state.trusts(role, service):
		return nil
	case service == "lambda.amazonaws.com":
		return &Failure{"InvalidParameterValueException", "The role defined for the function cannot be assumed by Lambda."}
	}
	return invalid("Role " + role + " is invalid or cannot be assumed")
}
