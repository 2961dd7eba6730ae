package awscli_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"fenceline/engine/cmd/fenceline/awscli"
)

func TestShorthandIsReadAsTheAWSCLIReadsIt(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`a=b`, `{"a":"b"}`},
		{`a=b,c=d`, `{"a":"b","c":"d"}`},
		{`a=b,c,d=e`, `{"a":["b","c"],"d":"e"}`},
		{`a=b, c , d=e`, `{"a":["b","c"],"d":"e"}`},
		{`a=`, `{"a":""}`},
		{`a=,b=c`, `{"a":"","b":"c"}`},
		{`a=[b,c],d=[]`, `{"a":["b","c"],"d":[]}`},
		{`a={b=c,d=[e,{f=g}]}`, `{"a":{"b":"c","d":["e",{"f":"g"}]}}`},
		{`ContextKeyName='aws:CurrentTime',ContextKeyValues='2019-04-25T11:00:00Z',ContextKeyType=date`,
			`{"ContextKeyName":"aws:CurrentTime","ContextKeyType":"date","ContextKeyValues":"2019-04-25T11:00:00Z"}`},
		{`a="b, c",d='it\'s',e="\\"`, `{"a":"b, c","d":"it's","e":"\\"}`},
		{`a=b\,c`, `{"a":"b,c"}`},
		{`a=b=c`, `{"a":"b=c"}`},
		{`a=b c `, `{"a":"b c"}`},
		{"a=b,\nc=d", `{"a":"b","c":"d"}`},
		{`a=arn:aws:s3:::b/*,arn:aws:s3:::c/${x`, `{"a":["arn:aws:s3:::b/*","arn:aws:s3:::c/${x"]}`},
		{`a=b,'c',"d"`, `{"a":["b","c","d"]}`},
	} {
		found, err := awscli.ParseShorthand(test.text)
		if err != nil {
			t.Errorf("%s: %v", test.text, err)
			continue
		}
		if got, _ := json.Marshal(found); string(got) != test.want {
			t.Errorf("%s is read as %s, want %s", test.text, got, test.want)
		}
	}
}

func TestWrongShorthandIsShownWithItsPlace(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"a", "Expected: '=', received: 'EOF' for input:\na\n ^"},
		{"", "Expected: 'a parameter's name', received: 'EOF' for input:\n\n^"},
		{"a=b,=c", "Expected: 'a parameter's name', received: '=' for input:\na=b,=c\n    ^"},
		{"x=1,\na=b,c==d\"", "Expected: ',', received: '=' for input:\nx=1,\na=b,c==d\"\n      ^"},
		{`a='b`, "Expected: 'a closing quote', received: ''' for input:\na='b\n  ^"},
		{"a=[b", "Expected: ',', received: 'EOF' for input:\na=[b\n    ^"},
		{"a=b,a=c", "Second instance of key \"a\" encountered for input:\na=b,a=c\n    ^"},
		{"a=" + strings.Repeat("[", 30), "Expected: 'less nesting'"},
	} {
		if found, err := awscli.ParseShorthand(test.text); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: read %v, error\n%v\nwant\n%s", test.text, found, err, test.want)
		}
	}
}

// FuzzParseShorthand reads any text: it never panics, and quoted values come
// back as they were.
func FuzzParseShorthand(f *testing.F) {
	for _, text := range []string{"", "a=b", "a=b,c,d=[e,{f=g}]", `a='b\'',c="d"`, "a=b\\,c", "a=\xff,ü=x", "a=[[[[", "a=b,c=", "x"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found, err := awscli.ParseShorthand(text)
		if err == nil && len(found) == 0 || err != nil && err.Error() == "" {
			t.Fatalf("%q is read as %v, error %v", text, found, err)
		}
		quoted := "a='" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(text) + "',b=c"
		if found, err = awscli.ParseShorthand(quoted); err != nil || found["a"] != text || found["b"] != "c" {
			t.Fatalf("%q is read as %v, error %v", quoted, found, err)
		}
	})
}

func TestListsTakeAllWordsUpToTheNextFlag(t *testing.T) {
	for _, test := range []struct{ args, want string }{
		{"do --names a b --other c", "do --names=a --names=b --other c"},
		{"do --names a --names b", "do --names=a --names=b"},
		{"do --names=a b --flag", "do --names=a --names=b --flag"},
		{"do --other x --names a", "do --other x --names=a"},
		{"do --names --flag", "do --names --flag"},
		{"do --names", "do --names"},
	} {
		if got := strings.Join(awscli.Split(strings.Fields(test.args), []string{"names"}), " "); got != test.want {
			t.Errorf("%s is split into %s, want %s", test.args, got, test.want)
		}
	}
}

type parameters struct {
	Names  []string
	Number int
	Inner  *inner
	Inners []inner
}

type inner struct{ Text string }

func TestFillTakesWhatAStructureTakes(t *testing.T) {
	for _, test := range []struct {
		value     string
		shorthand bool
		want      string
	}{
		{`{"Names":["a"],"Number":3,"Inner":{"Text":"x"},"Inners":[{},{"Text":"y"}]}`, false, `{"Names":["a"],"Number":3,"Inner":{"Text":"x"},"Inners":[{"Text":""},{"Text":"y"}]}`},
		{`{"Names":"a","Number":"3"}`, true, `{"Names":["a"],"Number":3,"Inner":null,"Inners":null}`},
		{`{"Names":"a"}`, false, `Invalid type for parameter Names, value: a, type: <class 'str'>, valid types: <class 'list'>, <class 'tuple'>`},
		{`{"Names":[1]}`, false, `Invalid type for parameter Names[0], value: 1, type: <class 'int'>, valid types: <class 'str'>`},
		{`{"Number":"3"}`, false, `Invalid type for parameter Number, value: 3, type: <class 'str'>, valid types: <class 'int'>`},
		{`{"Inners":[{"text":"x"}]}`, false, `Unknown parameter in Inners[0]: "text", must be one of: Text`},
		{`{"Inners":[null]}`, false, `Invalid type for parameter Inners[0], value: None, type: <class 'NoneType'>, valid types: <class 'dict'>`},
		{`[true]`, false, `Invalid type for parameter input, value: [True], type: <class 'list'>, valid types: <class 'dict'>`},
	} {
		decoder := json.NewDecoder(strings.NewReader(test.value))
		decoder.UseNumber()
		var value any
		if err := decoder.Decode(&value); err != nil {
			t.Fatal(err)
		}
		var p parameters
		got := ""
		if err := awscli.Fill(&p, "", value, test.shorthand); err != nil {
			got = err.Error()
		} else {
			text, _ := json.Marshal(p)
			got = string(text)
		}
		if got != test.want {
			t.Errorf("%s gives\n%s\nwant\n%s", test.value, got, test.want)
		}
	}
}

func TestTheSkeletonKeepsTheOrderOfFields(t *testing.T) {
	text, err := json.Marshal(awscli.Skeleton(parameters{}, "Inner"))
	if want := `{"Names":[""],"Number":0,"Inners":[{"Text":""}]}`; err != nil || string(text) != want {
		t.Errorf("skeleton is %s, error %v", text, err)
	}
	var again parameters
	if err := json.Unmarshal(text, &again); err != nil || !reflect.DeepEqual(again.Names, []string{""}) {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestTextHasALineForEachStructure(t *testing.T) {
	for _, test := range []struct{ value, want string }{
		{`"a"`, "a\n"},
		{`null`, "None\n"},
		{`["a",true,3,null]`, "a\tTrue\t3\tNone\n"},
		{`[["a","b"],["c"]]`, "a\tb\nc\n"},
		{`{"B":"b","A":false,"C":["x","y"],"D":{"E":1.5}}`, "False\tb\nC\tx\nC\ty\nD\t1.5\n"},
		{`{"Rows":[{"A":"1"},{"B":"2","In":[{"X":"x"}]}]}`, "ROWS\t1\t\nROWS\t\t2\nIN\tx\n"},
		{`{"Empty":[],"None":{}}`, ""},
	} {
		var value any
		if err := json.Unmarshal([]byte(test.value), &value); err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		awscli.WriteText(&out, value)
		if out.String() != test.want {
			t.Errorf("%s is written as\n%q\nwant\n%q", test.value, out.String(), test.want)
		}
	}
}
