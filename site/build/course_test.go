package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"fenceline/engine/source"
)

// newTree copies what the pages are made from, with the sample as the only
// lesson, so that a test can break it.
func newTree(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	for from, to := range map[string]string{
		"../../content/scenarios": "content/scenarios",
		"../../content/accounts":  "content/accounts",
		"../../content/pages":     "content/pages",
		"../templates":            "site/templates",
		"testdata/lessons":        "content/lessons",
		"testdata/exercises":      "content/exercises",
	} {
		if err := os.CopyFS(filepath.Join(root, to), os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
	}
	rules, err := os.ReadFile("../../engine/SEMANTICS.md")
	if err != nil {
		t.Fatal(err)
	}
	putFile(t, root, "engine/SEMANTICS.md", string(rules))
	return root
}

const sampleName = "content/lessons/01-sample.md"

func readFile(t *testing.T, root, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func putFile(t *testing.T, root, name, text string) {
	t.Helper()
	file := filepath.Join(root, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// replaceIn changes one place of a file, which must be there.
func replaceIn(t *testing.T, root, name, old, next string) {
	t.Helper()
	text := readFile(t, root, name)
	if strings.Count(text, old) != 1 {
		t.Fatalf("%s has %q %d times", name, old, strings.Count(text, old))
	}
	putFile(t, root, name, strings.Replace(text, old, next, 1))
}

// contentOf builds the pages of a tree, without what they load.
func contentOf(root string) (*site, error) {
	s := newSite(root, "")
	for _, name := range []string{"licences.txt", "exercises/sample/index.html"} {
		s.files[name] = nil // others make them
	}
	return s, s.addContent(&assets{})
}

func TestALessonShowsAllThatItCanHave(t *testing.T) {
	s, err := contentOf(newTree(t))
	if err != nil {
		t.Fatal(err)
	}
	page := string(s.files["lessons/01-sample/index.html"])
	for _, want := range []string{
		`<h1>A sample of everything</h1>`,
		`Does a page show all that a lesson can have?</p>`,
		`<h2 id="the-boundary"><a href="#the-boundary" class="permalink">The boundary</a></h2>`,
		`(<a href="/rules/#S-166">S-166</a>)`,
		`src="/scenarios/frankfurt/frankfurt-application.json" request="3" edit="DynamoDB_Boundary_Frankfurt" view="request,policies,verdict,explanation"`,
		`<textarea readonly aria-label="Policy DynamoDB_Boundary_Frankfurt"`,
		`<span class="cause">no permissions boundary allows it</span>`,
		`<a class="claimed" href="/scenarios/mfa/mfa-deny/#request-`,
		`Denied explicitly</span> (by an identity-based policy)</a>.`,
		`<ol class="told">`,
		"<div class=\"overlap-area in-identity\">\n<p class=\"hint\">The policies alone: beyond the boundary, no effect</p>\n<ul>\n<li><a href=\"/play/#scenario=boundary/boundary&amp;request=1\">",
		"<div class=\"overlap-area in-boundary\">\n<p class=\"hint\">The boundary alone: it grants nothing</p>\n</div>",
		`<figcaption><a href="/scenarios/gates/picture/">One request, and every policy that can meet it</a></figcaption>
<fenceline-picture class="playground">`,
		`<pre class="code" role="group" aria-label="permissions boundary"><code><span class="p">{</span>`,
		`<span class="c1"> # a remark`,
		`<li data-exercise="sample"><a href="/exercises/sample/">What does the user get?</a>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%s\nis not in\n%s", want, page)
		}
	}
	if list := string(s.files["lessons/index.html"]); !strings.Contains(list, `<h2><a href="/lessons/01-sample/">A sample of everything</a></h2>`) {
		t.Errorf("the list lacks the lesson:\n%s", list)
	}
}

func TestDeletingADenyOfALessonsScenarioFailsAtTheLessonsLine(t *testing.T) {
	root := newTree(t)
	replaceIn(t, root, "content/scenarios/mfa/mfa-deny.json", `"Effect": "Deny"`, `"Effect": "Allow"`)
	_, err := contentOf(root)
	if err == nil {
		t.Fatal("the pages were built")
	}
	line := lineOf(t, readFile(t, root, sampleName), "Without a second factor")
	want := sampleName + ":" + line + ":119: wrongVerdict: for the request `UserMFA, long-term access key in the CLI: terminate an instance` the engine decides `allowed by identityPolicy`, not `explicitDeny by identityPolicy`"
	if !strings.Contains(err.Error(), want) {
		t.Errorf("want %s in\n%v", want, err)
	}
	if !strings.Contains(err.Error(), "content/scenarios/mfa/mfa-deny.json:") {
		t.Errorf("the scenario's own expectation is not told of:\n%v", err)
	}
}

func TestEverythingThatIsWrongIsToldAtItsPlace(t *testing.T) {
	for _, c := range []struct{ name, old, next, place, code string }{
		{"a wrong expectation", "expect: implicitDeny", "expect: allowed", "expect: |allowed", "wrongVerdict"},
		{"a wrong expectation of a picture", "expect: denied", "expect: allowed", "gates/picture.json\nexpect: |allowed", "wrongVerdict"},
		{"a drawing without a boundary", "boundary/boundary.json\nrequests: 1, 0", "mfa/mfa.json\nrequests: 0", "mfa.json\nrequests: |0", "noBoundary"},
		{"an unknown decision", "expect: implicitDeny", "expect: implicitDenied", "expect: |implicitDenied", "unknownDecision"},
		{"an unknown layer", "by permissionsBoundary", "by permissionBoundary", "by |permissionBoundary", "unknownLayer"},
		{"an unknown scenario", "file: frankfurt/frankfurt-application.json", "file: frankfurt/frankfurt-aplication.json", "file: |frankfurt/frankfurt-aplication", "unknownScenario"},
		{"an unknown request by its index", "request: 3 ", "request: 33 ", "request: |33", "unknownRequest"},
		{"an unknown request by its name", "request: 3 ", "request: Put it ", "request: |Put it", "unknownRequest"},
		{"an unknown request in the text", "mfa/mfa.json#0", "mfa/mfa.json#99", "mfa/mfa.json#|99", "unknownRequest"},
		{"an unknown scenario in the text", "mfa/mfa.json#0", "mfa/no.json#0", "{{verdict |mfa/no.json#0", "unknownScenario"},
		{"a verdict that is none", "{{verdict mfa/mfa.json#0: allowed}}", "{{verdict mfa/mfa.json}}", "|{{verdict mfa/mfa.json}}", "invalidVerdict"},
		{"requests that are not there", "requests: 0-1, 3", "requests: 0-1, 99", "requests: 0-1, |99", "unknownRequest"},
		{"requests that are no numbers", "requests: 0-1, 3", "requests: all", "requests: |all", "invalidOption"},
		{"a part that a scenario lacks", "view: steps", "view: step", "view: |step", "unknownView"},
		{"a policy that the scenario lacks", "edit: DynamoDB_Boundary_Frankfurt", "edit: DynamoDB_Boundary", "edit: |DynamoDB_Boundary", "unknownPolicy"},
		{"an option that blocks lack", "expect: implicitDeny by", "expects: implicitDeny by", "|expects:", "unknownOption"},
		{"an option without a value", "view: steps", "view", "|view\n", "invalidOption"},
		{"an option twice", "view: steps", "file: mfa/mfa.json", "|file: mfa/mfa.json", "duplicateOption"},
		{"a block without its scenario", "file: mfa/mfa-deny.json\n", "", "```|results", "missingOption"},
		{"a broken policy", `"Effect": "Allow", "Action"`, `"Effect": "Permit", "Action"`, `"Effect": |"Permit"`, "invalidEffect"},
		{"a policy that is no JSON", `"dynamodb:*", "Resource": "*" }`, `"dynamodb:*", "Resource": }`, `"Resource": |}`, ""},
		{"an unknown kind of policy", "policy=permissionsBoundary", "policy=boundary", "```json |policy=boundary", "unknownLayer"},
		{"an unknown language", "```hcl", "```terraform", "```|terraform", "unknownLanguage"},
		{"Terraform that can't be read", "= aws_iam_policy.boundary.arn", "= aws_iam_policy.boundary.", "aws_iam_policy.boundary.|\n", "invalidHCL"},
		{"an unknown exercise", "```exercise\nsample", "```exercise\nsimple", "```exercise\n|simple", "unknownExercise"},
		{"a page that is not there", "/rules/#S-163", "/rule/#S-163", "|[the rules](/rule/", "brokenLink"},
		{"an anchor that is not there", "/rules/#S-163", "/rules/#S-9163", "|[the rules](", "brokenLink"},
		{"an anchor of the page itself", "(#decisions)", "(#decision)", "|[the table](", "brokenLink"},
		{"a rule that is not there", "(S-169)", "(S-999)", "(|S-999", "brokenLink"},
		{"a request that is not there in a link", "/rules/#S-163", "/play/#scenario=mfa/mfa&request=99", "|[the rules](", "brokenLink"},
		{"a relative link", "/rules/#S-163", "rules.html", "|[the rules](", "invalidLink"},
		{"HTML", "A policy:", "A <b>policy</b>:", "A |<b>policy", "rawMarkup"},
		{"a heading with a link", "## Code", "## [Code](/rules/)", "## |[Code]", "linkInHeading"},
		{"a heading of the first level", "## Code", "# Code", "# |Code", "firstHeading"},
		{"no title", "title: A sample of everything\n", "", "|---\nquestion", "missingField"},
		{"an unknown field", "changed: 2026", "change: 2026", "|change: 2026", "unknownField"},
		{"a day that is none", "changed: 2026-11-26", "changed: 2026-13-26", "changed: |2026-13", "invalidField"},
		{"minutes that are none", "minutes: 5", "minutes: five", "minutes: |five", "invalidField"},
		{"no front matter", "---\ntitle: A", "title: A", "|title: A", "noFrontMatter"},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := newTree(t)
			replaceIn(t, root, sampleName, c.old, c.next)
			_, err := contentOf(root)
			list, ok := problemsIn(err)
			if !ok {
				t.Fatalf("got %v", err)
			}
			text := readFile(t, root, sampleName)
			at := strings.Index(text, strings.Replace(c.place, "|", "", 1))
			if at < 0 {
				t.Fatalf("%q is not in the lesson", c.place)
			}
			want := placeIn(text, at+strings.Index(c.place, "|"))
			found := false
			for _, p := range list {
				found = found || strings.HasPrefix(p.Error(), sampleName+":"+want+": "+c.code)
			}
			if !found {
				t.Errorf("want %s %s in\n%v", want, c.code, err)
			}
		})
	}
}

func TestAllProblemsAreToldAtOnceInOrder(t *testing.T) {
	root := newTree(t)
	replaceIn(t, root, sampleName, "(S-169)", "(S-999)")
	replaceIn(t, root, sampleName, "minutes: 5", "minutes: 500")
	replaceIn(t, root, sampleName, "```exercise\nsample", "```exercise\nsimple")
	replaceIn(t, root, "content/pages/help.md", "[The rules](/rules/)", "[The rules](/ruls/)")
	replaceIn(t, root, "content/scenarios/mfa/mfa.json", `"version": 1`, `"version": 1, "extra": 2`)
	_, err := contentOf(root)
	var codes []string
	list, _ := problemsIn(err)
	for _, p := range list {
		codes = append(codes, filepath.Base(p.file)+" "+p.code)
	}
	want := "01-sample.md invalidField, 01-sample.md brokenLink, 01-sample.md unknownExercise, help.md brokenLink, mfa.json unknownMember"
	if got := strings.Join(codes, ", "); got != want {
		t.Errorf("got  %s\nwant %s\n%v", got, want, err)
	}
}

func TestLessonsAreListedInTheFeedAndTheSitemap(t *testing.T) {
	s, err := contentOf(newTree(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		feedName:      "<updated>2026-11-26T00:00:00Z</updated>",
		"sitemap.xml": "<loc>https://fenceline.dev/lessons/01-sample/</loc>\n  <lastmod>2026-11-26</lastmod>",
		"robots.txt":  "Sitemap: https://fenceline.dev/sitemap.xml",
	} {
		if !strings.Contains(string(s.files[name]), want) {
			t.Errorf("%s lacks %s:\n%s", name, want, s.files[name])
		}
	}
}

func TestALessonCanBeEditedWhereThatIsKnown(t *testing.T) {
	root := newTree(t)
	for edit, want := range map[string]bool{"": false, "https://git.example/edit/": true} {
		s := newSite(root, edit)
		s.files["licences.txt"], s.files["exercises/sample/index.html"] = nil, nil
		if err := s.addContent(&assets{}); err != nil {
			t.Fatal(err)
		}
		page := string(s.files["lessons/01-sample/index.html"])
		if got := strings.Contains(page, `<a href="https://git.example/edit/content/lessons/01-sample.md">`); got != want {
			t.Errorf("with %q: got %v", edit, got)
		}
	}
}

// placeIn is LINE:COLUMN of a byte of a text.
func placeIn(text string, offset int) string {
	line := strings.Count(text[:offset], "\n") + 1
	column := len([]rune(text[strings.LastIndexByte(text[:offset], '\n')+1:offset])) + 1
	return strconv.Itoa(line) + ":" + strconv.Itoa(column)
}

func lineOf(t *testing.T, text, words string) string {
	t.Helper()
	at := strings.Index(text, words)
	if at < 0 {
		t.Fatalf("%q is not in the text", words)
	}
	line, _, _ := strings.Cut(placeIn(text, at), ":")
	return line
}

// FuzzLesson holds that any text becomes a page or problems with places in it,
// and that none becomes markup that the site does not make itself.
func FuzzLesson(f *testing.F) {
	sample, err := os.ReadFile("testdata/lessons/01-sample.md")
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range []string{
		string(sample), "", "---", "---\n---\n", "---\ntitle\n---\n# x", "{{verdict a#b: c}}", "{{verdict mfa/mfa.json#0: allowed}}{{",
		"```scenario\nfile: mfa/mfa.json\nview: \n```", "- ```results\n  file: mfa/mfa.json\n  requests: 1-\n  ```", "```json policy=\n{\n```", "```",
		"| a |\n|:-:|\n| {{verdict mfa/mfa.json#0: denied}} \\| |", "## [a](b)\n##\n<b>\n<!-- c", "S-169 ![S-1](S-169)", "> ```exercise\n> ../x\n",
	} {
		f.Add(text)
	}
	templates, err := templatesOf("../..")
	if err != nil {
		f.Fatal(err)
	}
	text, err := os.ReadFile("../../content/scenarios/mfa/mfa.json")
	if err != nil {
		f.Fatal(err)
	}
	mfa, err := newExample("scenarios/mfa/mfa.json", text)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var found problems
		var references []reference
		c := &course{repository: "testdata", templates: templates, examples: map[string]example{"mfa/mfa.json": mfa}, found: &found, references: &references}
		made, err := c.lesson(source.NewFile("content/lessons/01-x.md", text))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Count(text, "\n") + 1
		for _, p := range found.sorted() {
			if p.line < 1 || p.line > lines || p.column < 1 {
				t.Errorf("a place that is not in the text: %v", p)
			}
		}
		for _, defect := range defectsOfPage([]byte(made.Content)) {
			// Markdown may nest a link's text in a heading's link, which is told.
			if !strings.HasPrefix(defect, "<a> in <a>") {
				t.Errorf("%s in\n%s", defect, made.Content)
			}
		}
	})
}
