package eval_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"fenceline/engine/eval"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

// compile decodes and compiles a policy that must be valid but for its size.
func compile(tb testing.TB, layer iam.Layer, text string) *eval.Policy {
	tb.Helper()
	document, problems := policy.Decode(source.NewFile("policy", text), layer)
	for _, p := range problems {
		if p.Severity == source.Error && p.Code != "tooLong" {
			tb.Fatalf("%s: %s", p.Code, p.Message)
		}
	}
	return eval.Compile(document)
}

func attach(policies ...*eval.Policy) []eval.Attached {
	list := []eval.Attached{}
	for i, p := range policies {
		list = append(list, eval.Attached{Name: fmt.Sprint("policy-", i), Policy: p})
	}
	return list
}

func context(pairs ...string) *iam.Context {
	c := &iam.Context{}
	for i := 0; i < len(pairs); i += 2 {
		c.Set(&iam.Key{Name: pairs[i], Values: []string{pairs[i+1]}, Origin: iam.Given})
	}
	return c
}

var benchUser = &iam.Principal{
	Kind: iam.User, Account: "111122223333", Partition: "aws", ARN: "arn:aws:iam::111122223333:user/ana",
}

// oneAllow is one policy that allows.
func oneAllow(tb testing.TB) (*eval.Layers, *eval.Request) {
	p := compile(tb, iam.IdentityPolicy, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::bucket/*"}]}`)
	return &eval.Layers{Identity: attach(p)}, eval.NewRequest(eval.Request{
		Principal: benchUser, Action: "s3:GetObject", Resource: "arn:aws:s3:::bucket/reports/2026.csv", Account: "111122223333",
	})
}

// typical is ten policies with conditions and a variable, a boundary and three
// levels of SCPs, of which the last identity policy allows.
func typical(tb testing.TB) (*eval.Layers, *eval.Request) {
	var identity []*eval.Policy
	for i := range 9 {
		identity = append(identity, compile(tb, iam.IdentityPolicy, fmt.Sprintf(`{"Version":"2012-10-17","Statement":[
			{"Effect":"Allow","Action":["s3:Get*","s3:List*"],"Resource":["arn:aws:s3:::team-%d","arn:aws:s3:::team-%d/*"],
			 "Condition":{"StringEquals":{"aws:PrincipalTag/team":"team-%d"},"IpAddress":{"aws:SourceIp":["203.0.113.0/24","198.51.100.0/24"]}}},
			{"Effect":"Deny","Action":"s3:Delete*","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}]}`, i, i, i)))
	}
	identity = append(identity, compile(tb, iam.IdentityPolicy, `{"Version":"2012-10-17","Statement":[
		{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::home/${aws:username}/*",
		 "Condition":{"DateGreaterThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"},"NumericLessThan":{"aws:MultiFactorAuthAge":"3600"}}}]}`))
	boundary := compile(tb, iam.PermissionsBoundary, `{"Version":"2012-10-17","Statement":[
		{"Effect":"Allow","Action":["s3:*","dynamodb:*"],"Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":["eu-central-1","eu-west-1"]}}}]}`)
	full := compile(tb, iam.ServiceControlPolicy, `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}`)
	guard := compile(tb, iam.ServiceControlPolicy, `{"Version":"2012-10-17","Statement":[
		{"Effect":"Deny","NotAction":["iam:*","organizations:*","s3:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-central-1","eu-west-1"]}}},
		{"Effect":"Deny","Action":"s3:PutBucketPolicy","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/admin-*"}}}]}`)
	layers := &eval.Layers{Identity: attach(identity...), Boundary: attach(boundary)}
	for i := range 3 {
		layers.SCP = append(layers.SCP, eval.Level{At: fmt.Sprint("level-", i), Policies: attach(full, guard)})
	}
	return layers, eval.NewRequest(eval.Request{
		Principal: benchUser, Action: "s3:GetObject", Resource: "arn:aws:s3:::home/ana/reports/2026.csv", Account: "111122223333",
		Context: context("aws:username", "ana", "aws:PrincipalArn", benchUser.ARN, "aws:PrincipalTag/team", "team-8", "aws:SourceIp", "203.0.113.9",
			"aws:MultiFactorAuthPresent", "true", "aws:MultiFactorAuthAge", "120", "aws:CurrentTime", "2026-11-20T10:00:00Z", "aws:RequestedRegion", "eu-central-1"),
	})
}

func mustAllow(tb testing.TB, v eval.Verdict) {
	if v.Decision != iam.Allowed {
		tb.Fatalf("%s by %s", v.Decision, v.By)
	}
}

func BenchmarkOnePolicyAllow(b *testing.B) {
	layers, request := oneAllow(b)
	mustAllow(b, eval.Evaluate(layers, request, iam.Options{}, nil))
	b.ReportAllocs()
	for b.Loop() {
		eval.Evaluate(layers, request, iam.Options{}, nil)
	}
	perSecond(b)
}

func BenchmarkTenPolicies(b *testing.B) {
	layers, request := typical(b)
	mustAllow(b, eval.Evaluate(layers, request, iam.Options{}, nil))
	b.Run("untraced", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			eval.Evaluate(layers, request, iam.Options{}, nil)
		}
		perSecond(b)
	})
	b.Run("traced", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			eval.Evaluate(layers, request, iam.Options{}, &eval.Trace{})
		}
		perSecond(b)
	})
}

func perSecond(b *testing.B) {
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "decisions/s")
}

// BenchmarkStars matches a pattern of many stars that almost matches; the time
// per character must not grow with the length of the text.
func BenchmarkStars(b *testing.B) {
	p := compile(b, iam.IdentityPolicy, `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::`+strings.Repeat("*a", 40)+`*b*"}}`)
	spill := compile(b, iam.IdentityPolicy, `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:*:*:`+strings.Repeat("*a", 40)+`*b*"}}`)
	for _, length := range []int{100, 1000, 10000} {
		request := eval.NewRequest(eval.Request{Principal: benchUser, Action: "s3:GetObject", Account: "111122223333",
			Resource: "arn:aws:s3:::" + strings.Repeat("a", length)})
		for name, policy := range map[string]*eval.Policy{"inner": p, "spilling": spill} {
			layers := &eval.Layers{Identity: attach(policy)}
			b.Run(fmt.Sprint(name, "/", length), func(b *testing.B) {
				for b.Loop() {
					eval.Evaluate(layers, request, iam.Options{}, nil)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(length), "ns/char")
			})
		}
	}
}

// BenchmarkStatements decides against many statements of which none matches;
// the time per statement must not grow with their number.
func BenchmarkStatements(b *testing.B) {
	for _, count := range []int{100, 1000, 10000} {
		var statements []string
		for i := range count {
			statements = append(statements, fmt.Sprintf(`{"Effect":"Allow","Action":"s3:*Object","Resource":"arn:aws:s3:::b-%d/*"}`, i))
		}
		layers := &eval.Layers{Identity: attach(compile(b, iam.IdentityPolicy, `{"Version":"2012-10-17","Statement":[`+strings.Join(statements, ",")+`]}`))}
		_, request := oneAllow(b)
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			for b.Loop() {
				eval.Evaluate(layers, request, iam.Options{}, nil)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(count), "ns/statement")
		})
	}
}

// BenchmarkCompile decodes and compiles a policy of 6 KB.
func BenchmarkCompile(b *testing.B) {
	data, err := os.ReadFile("testdata/policy-6k.json")
	if err != nil {
		b.Fatal(err)
	}
	text := string(data)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		document, problems := policy.Decode(source.NewFile("policy", text), iam.IdentityPolicy)
		if source.HasErrors(problems) {
			b.Fatal(problems)
		}
		eval.Compile(document)
	}
}

func TestUntracedEvaluationAllocatesNothing(t *testing.T) {
	for name, build := range map[string]func(testing.TB) (*eval.Layers, *eval.Request){"one policy": oneAllow, "ten policies": typical} {
		layers, request := build(t)
		if n := testing.AllocsPerRun(100, func() { eval.Evaluate(layers, request, iam.Options{}, nil) }); n > 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}
