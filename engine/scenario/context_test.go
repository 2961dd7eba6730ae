package scenario_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// world is a scenario in which the tests below ask single requests.
const world = `{
  "version": 1,
  "policies": {
    "All": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } },
    "NoS3": { "Version": "2012-10-17", "Statement": { "Sid": "NoS3", "Effect": "Deny", "Action": "s3:*", "Resource": "*" } },
    "NoSQS": { "Version": "2012-10-17", "Statement": { "Effect": "Deny", "Principal": "*", "Action": ["sqs:*", "kms:*"], "Resource": "*" } },
    "Reads": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "s3:GetObject", "Resource": "*" } },
    "Public": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*" } },
    "TrustAll": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "sts:*" } }
  },
  "identities": [
    { "arn": "arn:aws:iam::111122223333:user/staff/ana", "policies": ["All"], "uniqueId": "AIDAEXAMPLEEXAMPLE01", "tags": { "Team": "red", "site": "fra" } },
    { "arn": "arn:aws:iam::111122223333:role/app/Reader", "policies": ["All"], "uniqueId": "AROAEXAMPLEEXAMPLE01", "tags": { "Team": "blue", "tier": "1" }, "trust": "TrustAll" },
    { "arn": "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/Linked", "policies": ["All"] },
    { "arn": "arn:aws:iam::999999999999:user/boss", "policies": ["All"] },
    { "arn": "arn:aws:iam::444455556666:user/solo", "policies": ["All"] }
  ],
  "resources": [
    { "arn": "arn:aws:s3:::bucket", "account": "111122223333", "policy": "Public", "tags": { "level": "1" } },
    { "arn": "arn:aws:ec2:eu-central-1:111122223333:instance/i-1", "tags": { "level": "2" } },
    { "arn": "arn:aws:s3:::theirs", "account": "444455556666", "policy": "Reads" }
  ],
  "vpcEndpoints": [ { "id": "vpce-reads", "policy": "Reads" }, { "id": "vpce-gateway", "policy": "Reads", "type": "Gateway" }, { "id": "vpce-open" } ],
  "organization": { "id": "o-x", "managementAccount": "999999999999", "root": { "id": "r-x",
    "units": [ { "id": "ou-x-1", "scps": ["FullAWSAccess", "NoS3"], "rcps": ["NoSQS"], "accounts": [ { "id": "111122223333" } ] } ] } },
  "requests": [ REQUEST ]
}`

// ask decides one request of the world.
func ask(t *testing.T, request string) scenario.RequestResult {
	t.Helper()
	text := strings.Replace(world, "REQUEST", request, 1)
	result := scenario.Decode(source.NewFile("world", text), nil).Run(iam.Options{}, nil)
	if len(result.Results) != 1 {
		t.Fatalf("%s: %+v", request, result.Problems)
	}
	return result.Results[0]
}

func request(principal, action, resource, more string) string {
	return fmt.Sprintf(`{ "principal": %q, "action": %q, "resource": %q%s }`, principal, action, resource, more)
}

const (
	ana    = "arn:aws:iam::111122223333:user/staff/ana"
	reader = "arn:aws:iam::111122223333:role/app/Reader"
	linked = "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/Linked"
	boss   = "arn:aws:iam::999999999999:user/boss"
	solo   = "arn:aws:iam::444455556666:user/solo"
	root   = "arn:aws:iam::111122223333:root"
	object = "arn:aws:s3:::bucket/key"
)

// The engine fills in what the scenario settles, and nothing else.
func TestDerivedContext(t *testing.T) {
	const org = "aws:PrincipalOrgID=o-x aws:PrincipalOrgPaths=[o-x/r-x/ou-x-1/] "
	const owner = "aws:ResourceAccount=111122223333 aws:ResourceOrgID=o-x aws:ResourceOrgPaths=[o-x/r-x/ou-x-1/] "
	const call = "aws:SecureTransport=true "
	for _, test := range []struct{ name, request, want string }{
		{"user", request(ana, "ec2:DescribeInstances", "*", ""),
			"aws:PrincipalAccount=111122223333 aws:PrincipalArn=" + ana + " aws:PrincipalIsAWSService=false " + org +
				"aws:PrincipalTag/site=fra aws:PrincipalTag/Team=red aws:PrincipalType=User " + call + "aws:userid=AIDAEXAMPLEEXAMPLE01 aws:username=ana aws:ViaAWSService=false"},
		{"role session, session tags winning", request(reader, "ec2:DescribeInstances", "*", `, "session": { "name": "run", "tags": { "team": "green" } }`),
			"aws:PrincipalAccount=111122223333 aws:PrincipalArn=" + reader + " aws:PrincipalIsAWSService=false " + org +
				"aws:PrincipalTag/team=green aws:PrincipalTag/tier=1 aws:PrincipalType=AssumedRole " + call + "aws:userid=AROAEXAMPLEEXAMPLE01:run aws:ViaAWSService=false"},
		{"session by its own ARN", request("arn:aws:sts::111122223333:assumed-role/Reader/run", "ec2:DescribeInstances", "*", ""),
			"aws:PrincipalAccount=111122223333 aws:PrincipalArn=" + reader + " aws:PrincipalIsAWSService=false " + org +
				"aws:PrincipalTag/Team=blue aws:PrincipalTag/tier=1 aws:PrincipalType=AssumedRole " + call + "aws:userid=AROAEXAMPLEEXAMPLE01:run aws:ViaAWSService=false"},
		{"federated user", request("arn:aws:sts::111122223333:federated-user/carol", "ec2:DescribeInstances", "*", `, "session": { "user": "ana" }`),
			"aws:PrincipalAccount=111122223333 aws:PrincipalArn=arn:aws:sts::111122223333:federated-user/carol aws:PrincipalIsAWSService=false " + org +
				"aws:PrincipalTag/site=fra aws:PrincipalTag/Team=red aws:PrincipalType=FederatedUser " + call + "aws:userid=111122223333:carol aws:ViaAWSService=false"},
		{"root", request(root, "ec2:DescribeInstances", "*", ""),
			"aws:PrincipalAccount=111122223333 aws:PrincipalArn=" + root + " aws:PrincipalIsAWSService=false " + org +
				"aws:PrincipalType=Account " + call + "aws:userid=111122223333 aws:ViaAWSService=false"},
		{"management account", request(boss, "ec2:DescribeInstances", "*", ""),
			"aws:PrincipalAccount=999999999999 aws:PrincipalArn=" + boss + " aws:PrincipalIsAWSService=false aws:PrincipalOrgID=o-x aws:PrincipalOrgPaths=[o-x/r-x/] " +
				"aws:PrincipalType=User " + call + "aws:username=boss aws:ViaAWSService=false"},
		{"service", request("ec2.amazonaws.com", "s3:GetObject", object, ""),
			"aws:PrincipalIsAWSService=true aws:PrincipalServiceName=ec2.amazonaws.com " + owner + call + "aws:ViaAWSService=false"},
		{"anonymous", request("anonymous", "s3:GetObject", object, ""),
			"aws:PrincipalAccount=anonymous aws:PrincipalType=Anonymous " + owner + call + "aws:userid=anonymous aws:ViaAWSService=false"},
		{"identity provider", request("accounts.google.com", "sts:AssumeRoleWithWebIdentity", reader, ""),
			owner + "aws:ResourceTag/Team=blue aws:ResourceTag/tier=1 " + call + "aws:ViaAWSService=false iam:ResourceTag/Team=blue iam:ResourceTag/tier=1"},
		{"tags and Region of the resource", request(solo, "ec2:StopInstances", "arn:aws:ec2:eu-central-1:111122223333:instance/i-1", ""),
			"aws:PrincipalAccount=444455556666 aws:PrincipalArn=" + solo + " aws:PrincipalIsAWSService=false aws:PrincipalType=User aws:RequestedRegion=eu-central-1 " + owner +
				"aws:ResourceTag/level=2 " + call + "aws:username=solo aws:ViaAWSService=false ec2:ResourceTag/level=2"},
		{"global service, called by a service", request(solo, "iam:ListUsers", "*", `, "context": { "aws:CalledVia": ["cloudformation.amazonaws.com"], "aws:PRINCIPALTYPE": "Mine" }`),
			"aws:CalledVia=[cloudformation.amazonaws.com] aws:PrincipalAccount=444455556666 aws:PrincipalArn=" + solo + " aws:PrincipalIsAWSService=false aws:PRINCIPALTYPE=Mine! " +
				"aws:RequestedRegion=us-east-1 " + call + "aws:username=solo aws:ViaAWSService=true"},
	} {
		if got := contextText(ask(t, test.request)); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

// contextText writes a context in a line: lists in brackets, what the request
// gave over a derived key with an exclamation mark.
func contextText(r scenario.RequestResult) string {
	var keys []string
	for _, entry := range r.Context {
		value := strings.Join(entry.Values, " ")
		if strings.HasSuffix(entry.Key, "Paths") || strings.HasSuffix(entry.Key, "CalledVia") {
			value = "[" + value + "]"
		} else if entry.Origin == "request" {
			value += "!"
		}
		keys = append(keys, entry.Key+"="+value)
	}
	return strings.Join(keys, " ")
}

// Which policies meet a request, seen by what decides it.
func TestWhatMeetsARequest(t *testing.T) {
	const queue = "arn:aws:sqs:eu-central-1:111122223333:q"
	vpce := func(id string) string { return `, "context": { "aws:SourceVpce": "` + id + `" }` }
	for _, test := range []struct{ name, request, want string }{
		{"an SCP of a unit denies", request(ana, "s3:GetObject", object, ""), "explicitDeny serviceControlPolicy"},
		{"and the root user too", request(root, "s3:GetObject", object, ""), "explicitDeny serviceControlPolicy"},
		{"but not a service-linked role", request(linked, "s3:ListAllMyBuckets", "*", ""), "allowed identityPolicy"},
		{"nor the management account", request(boss, "s3:ListAllMyBuckets", "*", ""), "allowed identityPolicy"},
		{"nor callers from outside the organization", request(solo, "s3:GetObject", "arn:aws:s3:::theirs/k", ""), "allowed identityPolicy"},
		{"nor services", request("ec2.amazonaws.com", "s3:GetObject", object, ""), "allowed resourcePolicy"},
		{"a bucket's policy meets its objects", request("anonymous", "s3:GetObject", object, ""), "allowed resourcePolicy"},
		{"an RCP denies its account's callers", request(ana, "sqs:SendMessage", queue, ""), "explicitDeny resourceControlPolicy"},
		{"and callers from elsewhere", request(solo, "sqs:SendMessage", queue, ""), "explicitDeny resourceControlPolicy"},
		{"but not service-linked roles", request(linked, "sqs:SendMessage", queue, ""), "allowed identityPolicy"},
		{"nor on services it does not cover", request(ana, "ec2:StopInstances", "arn:aws:ec2:eu-central-1:111122223333:instance/i-1", ""), "allowed identityPolicy"},
		{"nor the retiring of a grant", request(ana, "kms:RetireGrant", "*", ""), "allowed identityPolicy"},
		{"an endpoint's policy is asked", request(boss, "s3:ListAllMyBuckets", "*", vpce("vpce-reads")), "implicitDeny vpcEndpointPolicy"},
		{"one without a policy lets pass", request(boss, "s3:ListAllMyBuckets", "*", vpce("vpce-open")), "allowed identityPolicy"},
		{"an unlisted one is not known", request(boss, "s3:ListAllMyBuckets", "*", vpce("vpce-other")), "allowed identityPolicy"},
		{"on a gateway an account is its root user alone", request(linked, "s3:GetObject", object, vpce("vpce-gateway")), "implicitDeny vpcEndpointPolicy"},
		{"on an interface endpoint all of the account", request(linked, "s3:GetObject", object, vpce("vpce-reads")), "allowed resourcePolicy"},
		{"another account's resource without a policy", request(boss, "ec2:StopInstances", "arn:aws:ec2:eu-central-1:111122223333:instance/i-1", ""), "implicitDeny resourcePolicy"},
		{"another partition", request(boss, "ec2:StopInstances", "arn:aws-cn:ec2:cn-north-1:999999999999:instance/i-1", ""), "implicitDeny resourcePolicy"},
		{"a trusting role", request(boss, "sts:AssumeRole", reader, ""), "allowed identityPolicy"},
		{"a role without a trust policy", request(ana, "sts:AssumeRole", linked, ""), "implicitDeny trustPolicy"},
		{"a root user assumes no role", request(root, "sts:AssumeRole", reader, ""), "implicitDeny service"},
		{"nobody can be denied to ask who he is", request("arn:aws:iam::444455556666:user/nobody", "sts:GetCallerIdentity", "*", ""), "allowed service"},
		{"a session token needs no permission", request("arn:aws:iam::444455556666:user/nobody", "sts:GetSessionToken", "*", ""), "allowed service"},
		{"but is not for role sessions", request(reader, "sts:GetSessionToken", "*", ""), "implicitDeny service"},
		{"a federated user can't call IAM", request("arn:aws:sts::444455556666:federated-user/x", "iam:ListUsers", "*", ""), "implicitDeny service"},
		{"AWS's own policies can't be changed", request(solo, "iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/ReadOnlyAccess", ""), "implicitDeny service"},
		{"only read", request(solo, "iam:GetPolicyVersion", "arn:aws:iam::aws:policy/ReadOnlyAccess", ""), "allowed identityPolicy"},
		{"AWS's reserved roles can't be passed", request(solo, "iam:PassRole", "arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/X", ""), "implicitDeny service"},
		{"AWS's key aliases can't be changed", request(solo, "kms:DeleteAlias", "arn:aws:kms:eu-central-1:444455556666:alias/aws/s3", ""), "implicitDeny service"},
		{"a KMS key without a key policy", request(solo, "kms:Decrypt", "arn:aws:kms:eu-central-1:444455556666:key/k", ""), "implicitDeny resourcePolicy"},
		{"an alias is an ordinary resource", request(solo, "kms:Decrypt", "arn:aws:kms:eu-central-1:444455556666:alias/mine", ""), "allowed identityPolicy"},
	} {
		r := ask(t, test.request)
		if got := r.Decision.String() + " " + r.DecidedBy.String(); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// What follows from an unknown key is not known either.
func TestUnknownKeysReachWhatFollowsFromThem(t *testing.T) {
	for _, test := range []struct{ name, request, want string }{
		{"the endpoint's policy", request(boss, "s3:ListAllMyBuckets", "*", `, "unknown": ["aws:SourceVpce"]`), "depends [aws:SourceVpce]"},
		{"an endpoint that allows too", request(linked, "s3:GetObject", object, `, "unknown": ["aws:SourceVpce"]`), "depends [aws:SourceVpce]"},
		{"a call by a service", request(solo, "ec2:StopInstances", "arn:aws:ec2:eu-central-1:444455556666:instance/i-1", `, "unknown": ["aws:CalledVia"]`), "allowed []"},
	} {
		r := ask(t, test.request)
		if got := fmt.Sprint(r.Decision, " ", r.DependsOn); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	const onlyByServices = `{ "version": 1,
	  "policies": { "P": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*",
	    "Condition": { "Bool": { "aws:ViaAWSService": "true" } } } } },
	  "identities": [ { "arn": "arn:aws:iam::444455556666:user/solo", "policies": ["P"] } ],
	  "requests": [ { "principal": "arn:aws:iam::444455556666:user/solo", "action": "s3:ListAllMyBuckets", "resource": "*", "unknown": ["aws:CalledVia"] } ] }`
	r := scenario.Decode(source.NewFile("world", onlyByServices), nil).Run(iam.Options{}, nil).Results[0]
	if got := fmt.Sprint(r.Decision, " ", r.DependsOn); got != "depends [aws:CalledVia]" {
		t.Errorf("what is allowed to services alone: %s", got)
	}
}

// What the organization's levels said is listed by path.
func TestLevelsHaveTheirPaths(t *testing.T) {
	r := ask(t, request(ana, "s3:GetObject", object, ""))
	var paths []string
	for _, layer := range r.Layers {
		if layer.Layer == iam.ServiceControlPolicy {
			paths = append(paths, layer.At+" "+layer.Decision.String())
		}
	}
	want := "r-x allowed, r-x/ou-x-1 explicitDeny, r-x/ou-x-1/111122223333 allowed"
	if got := strings.Join(paths, ", "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A result is the same bytes every time.
func TestSameInputSameBytes(t *testing.T) {
	first := ""
	for range 5 {
		data, err := json.Marshal(ask(t, request(ana, "s3:GetObject", object, "")))
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = string(data)
		}
		if first != string(data) {
			t.Fatal("the result changed")
		}
	}
}

// A decoded scenario may be run by many at once.
func TestRunIsSafeForConcurrentUse(t *testing.T) {
	text := strings.Replace(world, "REQUEST", request(ana, "s3:GetObject", object, `, "unknown": ["aws:SourceIp", "aws:SourceVpce"]`), 1)
	s := scenario.Decode(source.NewFile("world", text), nil)
	want := s.Run(iam.Options{}, nil).Results[0].Decision
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got := s.Run(iam.Options{}, nil).Results[0].Decision; got != want {
				t.Errorf("%s, alone %s", got, want)
			}
		})
	}
	group.Wait()
}
