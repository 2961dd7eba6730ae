package words

import (
	"encoding/json"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fenceline/engine/condition"
	"fenceline/engine/iam"
	"fenceline/engine/policy"
	"fenceline/engine/source"
)

func semantics(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../SEMANTICS.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// everyWord lists the words of all kinds.
func everyWord() []Word {
	all := All()
	list := slices.Concat(all.Modifiers, all.Variables, all.Principals)
	for _, e := range all.Elements {
		list = append(list, e.Word)
	}
	for _, o := range all.Operators {
		list = append(list, o.Word)
	}
	for _, k := range all.Keys {
		list = append(list, k.Word)
	}
	for _, values := range all.Values {
		list = append(list, values...)
	}
	return list
}

func TestEveryWordIsASentenceWithRulesAndAPage(t *testing.T) {
	rules, err := Rules(semantics(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range everyWord() {
		if !strings.HasSuffix(w.Text, ".") || len(w.Text) > 160 {
			t.Errorf("%s means %q", w.Name, w.Text)
		}
		if page, err := url.Parse(w.URL); err != nil || page.Scheme != "https" || page.Host != "docs.aws.amazon.com" {
			t.Errorf("%s has the page %q", w.Name, w.URL)
		}
		for _, rule := range w.Rules {
			if rules[rule].Text == "" {
				t.Errorf("%s cites %s, which is no rule", w.Name, rule)
			}
		}
	}
}

func TestTheEnginesTablesAreInTheWords(t *testing.T) {
	all := All()
	for _, name := range append(policy.DocumentElements(), policy.StatementElements()...) {
		if !slices.ContainsFunc(all.Elements, func(e Element) bool { return e.Name == name }) {
			t.Errorf("the element %s has no meaning", name)
		}
	}
	for _, name := range policy.PrincipalTypes() {
		if !slices.ContainsFunc(all.Principals, func(w Word) bool { return w.Name == name }) {
			t.Errorf("the principal %s has no meaning", name)
		}
	}
	for _, base := range condition.Bases() {
		if operatorTexts[base.Name] == "" {
			t.Errorf("the operator %s has no meaning", base.Name)
		}
	}
	for _, facts := range iam.GlobalKeys() {
		meaning, ok := keyTexts[facts.Name]
		if !ok || facts.Always != (meaning.when == "") {
			t.Errorf("the key %s (always: %t) means %+v", facts.Name, facts.Always, meaning)
		}
	}
	if len(operatorTexts) != len(condition.Bases()) || len(keyTexts) != len(iam.GlobalKeys()) || len(all.Elements) != len(policy.DocumentElements())+len(policy.StatementElements()) {
		t.Error("there are meanings of what the engine does not have")
	}
}

func TestEveryLayerIsExplained(t *testing.T) {
	rules, err := Rules(semantics(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(layerTexts) != len(iam.PolicyLayers()) {
		t.Errorf("%d layers are explained", len(layerTexts))
	}
	for _, l := range Layers() {
		for _, text := range []string{l.Text, l.Has, l.Attaches} {
			if !strings.HasSuffix(text, ".") {
				t.Errorf("%s is explained by %q", l.Name, text)
			}
		}
		if !strings.HasPrefix(l.URL, "https://docs.aws.amazon.com/") || len(l.Rules) == 0 {
			t.Errorf("%s has the page %q and the rules %v", l.Name, l.URL, l.Rules)
		}
		for _, rule := range l.Rules {
			if rules[rule].Text == "" {
				t.Errorf("%s cites %s, which is no rule", l.Name, rule)
			}
		}
	}
}

// Each kind of policy has the elements that the words say, as its decoder sees it.
func TestElementsStandWhereTheDecoderTakesThem(t *testing.T) {
	for _, e := range All().Elements {
		for _, layer := range iam.PolicyLayers() {
			text := `{"` + e.Name + `":"x","Statement":{}}`
			if e.In == "statement" {
				text = `{"Statement":{"` + e.Name + `":"x"}}`
			}
			if e.Name == "Statement" {
				text = `{"Statement":{}}`
			}
			_, problems := policy.Decode(source.NewFile("p", text), layer)
			refused := slices.ContainsFunc(problems, func(p source.Problem) bool { return p.Code == "elementNotAllowed" })
			if listed := slices.Contains(e.Layers, layer); listed == refused {
				t.Errorf("%s in a %s: listed %t, refused %t", e.Name, layer, listed, refused)
			}
		}
	}
}

// Every rule that the code cites is among those that are published.
func TestEveryCitedRuleIsPublished(t *testing.T) {
	rules, err := Rules(semantics(t))
	if err != nil || len(rules) < 200 {
		t.Fatalf("%d rules, %v", len(rules), err)
	}
	number := regexp.MustCompile(`\bS-\d{3}\b`)
	cited := 0
	err = filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, rule := range number.FindAllString(string(text), -1) {
			cited++
			if rules[rule].Text == "" {
				t.Errorf("%s cites %s, which is not published", path, rule)
			}
		}
		return err
	})
	if err != nil || cited < 100 {
		t.Errorf("%d citations, %v", cited, err)
	}
}

// Every source code of SEMANTICS.md has a page, but for the one without.
func TestEverySourceHasAPage(t *testing.T) {
	_, table, _ := strings.Cut(semantics(t), "**Source codes**")
	table, _, _ = strings.Cut(table, "\n\nDoc snapshots")
	known := map[string]bool{}
	for _, row := range strings.Split(table, "\n") {
		cells := strings.Split(row, "|")
		if len(cells) < 3 || strings.Contains(cells[1], "Code") || strings.Contains(cells[1], "---") {
			continue
		}
		for _, code := range strings.Split(cells[1], ",") {
			code = strings.TrimSpace(code)
			known[code] = true
			address, ok := sources[code]
			page, err := url.Parse(address)
			if !ok || err != nil || code != ownSource && (page.Scheme != "https" || page.Host == "") {
				t.Errorf("the source %s has the page %q", code, address)
			}
		}
	}
	if len(known) != len(sources) {
		t.Errorf("%d sources in the text, %d have pages", len(known), len(sources))
	}
}

func TestRulesInShort(t *testing.T) {
	rules, err := Rules(strings.Join([]string{
		"- **S-001** One sentence. — GRAM, AA \"Missing\" [D]",
		"- **S-002** An aside — like this — stays. [U] U-01",
		"- **S-003** From a code in the text: FED says so. [O]",
		"- **S-004** " + strings.Repeat("A sentence of many words. ", 20) + "— GRAM [D]",
		"| S-005 | no rule |",
	}, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	for number, want := range map[string]Rule{
		"S-001": {"One sentence.", "D", []string{sources["GRAM"], sources["AA"]}},
		"S-002": {"An aside — like this — stays.  U-01", "U", nil},
		"S-003": {"From a code in the text: FED says so.", "O", []string{sources["FED"]}},
		"S-004": {strings.TrimSpace(strings.Repeat("A sentence of many words. ", 9)) + " …", "D", []string{sources["GRAM"]}},
	} {
		if got := rules[number]; got.Text != want.Text || got.Mark != want.Mark || !slices.Equal(got.URLs, want.URLs) {
			t.Errorf("%s is %+v, want %+v", number, got, want)
		}
	}
	if _, err := Rules("- **S-001** a [D]\n- **S-001** b [D]"); err == nil {
		t.Error("a rule may stand twice")
	}
}

func TestWordsAreTheSameEachTime(t *testing.T) {
	first, err := json.Marshal(All())
	if err != nil {
		t.Fatal(err)
	}
	if second, _ := json.Marshal(All()); string(second) != string(first) {
		t.Error("two texts of the same words")
	}
}
