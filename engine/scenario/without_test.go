package scenario_test

import (
	"strings"
	"testing"

	"fenceline/engine/iam"
	"fenceline/engine/scenario"
	"fenceline/engine/source"
)

// everywhere is a scenario in which one request meets a policy of every kind.
// ALLOW stands for whatever lets everything pass, so that what else is left out
// doesn't matter.
const everywhere = `{ "version": 1, "policies": {
    "identity": ALLOW, "grouped": ALLOW, "boundary": ALLOW, "session": ALLOW, "scp": ALLOW, "rcp": DENY, "endpoint": OPEN, "bucket": OPEN, "trust": TRUST },
  "identities": [
    { "arn": "arn:aws:iam::111122223333:user/ana", "policies": ["identity"], "groups": ["arn:aws:iam::111122223333:group/g"], "boundary": "boundary" },
    { "arn": "arn:aws:iam::111122223333:group/g", "policies": ["grouped"] },
    { "arn": "arn:aws:iam::111122223333:role/r", "policies": ["identity"], "trust": "trust" } ],
  "resources": [ { "arn": "arn:aws:s3:::b", "account": "111122223333", "policy": "bucket" } ],
  "vpcEndpoints": [ { "id": "vpce-1", "policy": "endpoint" } ],
  "organization": { "id": "o-x", "root": { "id": "r-x", "scps": ["scp", "FullAWSAccess"], "rcps": ["rcp"], "accounts": [ { "id": "111122223333" } ] } },
  "requests": [
    { "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": { "aws:SourceVpce": "vpce-1" } },
    { "principal": "arn:aws:iam::111122223333:role/r", "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "session": { "policies": ["session"] } },
    { "principal": "arn:aws:iam::111122223333:user/ana", "action": "sts:AssumeRole", "resource": "arn:aws:iam::111122223333:role/r" } ] }`

func everywhereText() string {
	const version = `{ "Version": "2012-10-17", "Statement": { "Effect": `
	return strings.NewReplacer(
		"ALLOW", version+`"Allow", "Action": "*", "Resource": "*" } }`,
		"DENY", version+`"Deny", "Principal": "*", "Action": "s3:DeleteBucket", "Resource": "*" } }`,
		"OPEN", version+`"Allow", "Principal": "*", "Action": "*", "Resource": "*" } }`,
		"TRUST", version+`"Allow", "Principal": { "AWS": "111122223333" }, "Action": "sts:AssumeRole" } }`,
	).Replace(everywhere)
}

// inPlay lists the layers and policies that requests meet.
func inPlay(results []scenario.RequestResult) map[string]bool {
	met := map[string]bool{}
	for _, r := range results {
		for _, layer := range r.Layers {
			met[layer.Layer.String()] = true
			for _, p := range layer.Policies {
				met["#"+p.Policy] = true
			}
		}
	}
	return met
}

// A policy that is left out meets no request, whatever had it; everything else
// stays as it was, its problems and places too.
func TestWithoutAPolicy(t *testing.T) {
	file := source.NewFile("s", everywhereText())
	whole := scenario.Decode(file, nil).Run(iam.Options{}, nil)
	all := inPlay(whole.Results)
	alone := map[string]string{
		"boundary": "permissionsBoundary", "session": "sessionPolicy", "rcp": "", "scp": "", "endpoint": "vpcEndpointPolicy",
		"bucket": "", "trust": "trustPolicy", "grouped": "", "identity": "", "FullAWSAccess": "",
	}
	for name, layer := range alone {
		result := scenario.Decode(file, nil, name).Run(iam.Options{}, nil)
		met := inPlay(result.Results)
		if !all["#"+name] || met["#"+name] || layer != "" && (!all[layer] || met[layer]) {
			t.Errorf("without %s the requests meet %v", name, met)
		}
		for other := range all {
			if strings.HasPrefix(other, "#") && other != "#"+name && !met[other] {
				t.Errorf("without %s, %s is gone, too", name, other[1:])
			}
		}
		if marshal(t, result.Policies) != marshal(t, whole.Policies) || marshal(t, result.Problems) != marshal(t, whole.Problems) {
			t.Errorf("without %s the uses are %v, the problems %v", name, result.Policies, result.Problems)
		}
	}
}

func TestWithoutUnknownOrUndetachablePolicies(t *testing.T) {
	file := source.NewFile("s", everywhereText())
	whole := marshal(t, scenario.Decode(file, nil).Run(iam.Options{}, nil))
	if got := marshal(t, scenario.Decode(file, nil, "none", "", "RCPFullAWSAccess").Run(iam.Options{}, nil)); got != whole {
		t.Errorf("got %s\nwant %s", got, whole)
	}
}

// Leaving out a boundary lets through what only it held back, and leaving out
// a broken policy lets its requests be decided.
func TestWithoutWhatHeldBack(t *testing.T) {
	text := strings.Replace(everywhereText(), `"boundary": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "*"`, `"boundary": { "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "ec2:*"`, 1)
	text = strings.Replace(text, `"Principal": "*", "Action": "*"`, `"Principal": "*", "NotAction": "s3:*"`, 1)
	file := source.NewFile("s", text)
	broken := []scenario.NamedText{{Name: "identity", Text: "{"}}
	for _, test := range []struct {
		texts   []scenario.NamedText
		without []string
		want    iam.Decision
		failed  bool
	}{
		{nil, nil, iam.ImplicitDeny, false},
		{nil, []string{"boundary", "endpoint"}, iam.Allowed, false},
		{broken, []string{"boundary", "endpoint"}, iam.ImplicitDeny, true},
		{broken, []string{"boundary", "endpoint", "identity"}, iam.Allowed, false},
	} {
		r := scenario.Decode(file, test.texts, test.without...).Run(iam.Options{}, nil).Results[0]
		if r.Decision != test.want || (r.Error != "") != test.failed {
			t.Errorf("without %v: %s by %s %s", test.without, r.Decision, r.DecidedBy, r.Error)
		}
	}
}
