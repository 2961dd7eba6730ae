package main

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fenceline/engine/condition"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
	"fenceline/engine/words"
)

// referenceFiles are the rendered pages of the reference by their address.
func referenceFiles(t *testing.T) map[string]string {
	t.Helper()
	s := &site{repository: "../..", files: map[string][]byte{}}
	pages, err := s.referencePages(&assets{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	templates, err := templatesOf("../..")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, one := range pages {
		var out bytes.Buffer
		if err := templates.ExecuteTemplate(&out, one.template, one.page); err != nil {
			t.Fatal(err)
		}
		files["/"+strings.TrimSuffix(one.name, "index.html")] = out.String()
	}
	return files
}

func TestEverythingOfTheEnginesTablesHasAPage(t *testing.T) {
	files := referenceFiles(t)
	want := []string{referencePath}
	for _, base := range condition.Bases() {
		want = append(want, referencePath+"operators/"+base.Name+"/")
	}
	for _, name := range append(policy.DocumentElements(), policy.StatementElements()...) {
		want = append(want, referencePath+"elements/"+name+"/")
	}
	for _, layer := range iam.PolicyLayers() {
		want = append(want, referencePath+"layers/"+layer.String()+"/")
	}
	for _, finding := range words.Findings() {
		want = append(want, referencePath+"findings/"+finding.Name+"/")
	}
	for _, path := range want {
		if files[path] == "" {
			t.Errorf("there is no page %s", path)
		}
		if !strings.Contains(files[referencePath], `href="`+path+`"`) && path != referencePath {
			t.Errorf("the index does not lead to %s", path)
		}
	}
	if len(files) != len(want) {
		t.Errorf("%d pages, want %d", len(files), len(want))
	}
}

func TestThePagesOfTheReferenceHoldTogether(t *testing.T) {
	files := referenceFiles(t)
	href := regexp.MustCompile(` href="(/reference/[^"#]*)`)
	id := regexp.MustCompile(` id="([^"]+)"`)
	for path, text := range files {
		for _, link := range href.FindAllStringSubmatch(text, -1) {
			if files[link[1]] == "" {
				t.Errorf("%s leads to %s, which is nowhere", path, link[1])
			}
		}
		var ids []string
		for _, match := range id.FindAllStringSubmatch(text, -1) {
			if slices.Contains(ids, match[1]) {
				t.Errorf("%s has two anchors %s", path, match[1])
			}
			ids = append(ids, match[1])
		}
		if strings.Contains(text, "ZgotmplZ") || strings.Contains(text, "&amp;lt;") || strings.Contains(text, "`") {
			t.Errorf("%s has text that is not as it should be", path)
		}
	}
}

// row is the cells of a table's row, by its head, as text.
func row(t *testing.T, page, head string) []string {
	t.Helper()
	tags := regexp.MustCompile(`<[^>]*>`)
	page = strings.NewReplacer("&#39;", "'", "&#34;", `"`).Replace(page)
	for _, one := range regexp.MustCompile(`<tr><th scope="row">(.*?)</tr>`).FindAllStringSubmatch(page, -1) {
		cells := strings.Split(one[1], "<td>")
		for i := range cells {
			cells[i] = strings.TrimSpace(tags.ReplaceAllString(strings.ReplaceAll(cells[i], "<br>", ", "), ""))
		}
		if cells[0] == head {
			return cells[1:]
		}
	}
	t.Errorf("no row %q", head)
	return nil
}

// The tables say what the rules say: a few of each kind, from SEMANTICS.md.
func TestTheTablesSayWhatTheRulesSay(t *testing.T) {
	files := referenceFiles(t)
	for _, c := range []struct {
		path, head string
		want       []string
	}{
		{"operators/StringLike/", "missing", []string{"does not hold", "holds", "holds", "does not hold", "holds"}},                          // S-117 to S-119, S-122, S-123
		{"operators/StringEquals/", `"green-1"`, []string{"does not hold", "does not hold", "does not hold", "does not hold", "holds"}},      // S-131
		{"operators/StringNotLike/", `"blue", "red"`, []string{"does not hold", "does not hold", "does not hold", "holds", "does not hold"}}, // S-124, S-126
		{"operators/Null/", "missing", []string{"holds", "does not hold", "holds", "does not hold"}},                                         // S-120, S-121
		{"operators/NotIpAddress/", `"198.51.100.7"`, []string{"holds", "holds", "holds", "holds", "does not hold"}},
		{"layers/permissionsBoundary/", "the caller's own policies allow", []string{"✓ Allowed, by an identity-based policy", "✓ Allowed, by an identity-based policy", "✖ Denied implicitly, no permissions boundary allows it", "✖ Denied explicitly, by a permissions boundary"}},                       // S-169, S-170
		{"layers/permissionsBoundary/", "only the resource's policy grants, to the session", []string{"✓ Allowed, by a resource-based policy", "✓ Allowed, by a resource-based policy", "✓ Allowed, by a resource-based policy", "✖ Denied explicitly, by a permissions boundary"}},                        // S-176
		{"layers/serviceControlPolicy/", "nothing grants", []string{"✖ Denied implicitly, no identity-based policy allows it", "✖ Denied implicitly, no identity-based policy allows it", "✖ Denied implicitly, no service control policy allows it", "✖ Denied explicitly, by a service control policy"}}, // S-187
		{"layers/trustPolicy/", "it is about the account; the caller's own policies are silent", []string{"✖ Denied implicitly, no identity-based policy allows it", "✖ Denied implicitly, no role trust policy allows it", "✖ Denied explicitly, by a role trust policy"}},                                // S-205, S-207
	} {
		if got := row(t, files[referencePath+c.path], c.head); !slices.Equal(got, c.want) {
			t.Errorf("%s, %s: %q, want %q", c.path, c.head, got, c.want)
		}
	}
}

func TestADifferenceKeepsWhatBothHave(t *testing.T) {
	var got strings.Builder
	for _, line := range compare("a\nb\nc\nd", "a\nx\nc\nd\ne") {
		got.WriteString(line.Sign + line.Text + "|")
	}
	if want := " a|−b|+x| c| d|+e|"; got.String() != want {
		t.Errorf("got %s, want %s", got.String(), want)
	}
}

func TestTextsOfTheReferenceNeverBecomeMarkup(t *testing.T) {
	if got := inline("a `<b>` & <i> of S-042"); got != `a <code>&lt;b&gt;</code> &amp; &lt;i&gt; of <a href="/rules/#S-042">S-042</a>` {
		t.Errorf("got %s", got)
	}
}
