package source

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"warraq/internal/diag"
)

func readMarkdown(t *testing.T, text string) (Document, []diag.Problem) {
	t.Helper()
	fsys := fstest.MapFS{"articles/a.md": {Data: []byte(text)}}
	docs, problems := Read(fsys, File{Path: "articles/a.md", Kind: Markdown}, Options{})
	if len(docs) == 1 {
		return docs[0], problems
	}
	return Document{}, problems
}

func TestFrontMatterIsSplitWithTrueLines(t *testing.T) {
	for name, c := range map[string]struct {
		in    string
		title any
		body  string
		line  int
	}{
		"YAML":              {"---\ntitle: خبر من المرفأ\ntags: [سفن, \"مرفأ\"]\n---\nالنص.\n", "خبر من المرفأ", "النص.\n", 5},
		"YAML after blank":  {"\n\n---\ntitle: \"موسكو: لا قرار\"\n---\n\nالنص.\n", "موسكو: لا قرار", "\nالنص.\n", 6},
		"TOML":              {"+++\ntitle = \"خبر\"\n+++\nالنص.\n", "خبر", "النص.\n", 4},
		"JSON":              {"{\n\"title\": \"خبر {غريب}\"\n}\nالنص.\n", "خبر {غريب}", "النص.\n", 4},
		"nested YAML":       {"---\nTitle: خبر\nevents:\n  - date: 2024-12-09\n    sentence: حدث\n---\nالنص.\n", "خبر", "النص.\n", 7},
		"CRLF":              {"---\r\ntitle: خبر\r\n---\r\nالنص.\r\n", "خبر", "النص.\n", 4},
		"none":              {"النص وحده.\n", nil, "النص وحده.\n", 1},
		"a rule on top":     {"----\nالنص.\n", nil, "----\nالنص.\n", 1},
		"closed at the end": {"---\ntitle: خبر\n---", "خبر", "", 3},
	} {
		d, problems := readMarkdown(t, c.in)
		if len(problems) > 0 || d.Matter.Values["title"] != c.title || d.Text != c.body || d.FirstLine != c.line {
			t.Errorf("%s: %v, title %v, body %q from line %d (%v)", name, d.Matter, d.Matter.Values["title"], d.Text, d.FirstLine, problems)
		}
	}
}

func TestPlaceOfValues(t *testing.T) {
	const (
		yaml = "\n---\ntitle:   \"خبر\"\n# note\nTags:\n  - سفن\n  - {x: 1}\nfacts:\n  - {text: حقيقة, date: أمس}\n  - text: أخرى\n    date: غدا\n\"draft\": ربما\n---\n"
		toml = "+++\ntitle = 'خبر'\ntags = ['سفن', 3]\n[[facts]]\ntext = 'حقيقة'\n[[facts]]\ndate = 'غدا'\n[source]\nurl = 'x'\n+++\n"
		json = " {\"title\": \"خبر\",\n  \"facts\": [{\"text\": \"حقيقة\", \"date\": 1}]}\nنص\n"
	)
	for _, c := range []struct{ in, path, want string }{
		{yaml, "title", "3:10 title:   \"خبر\""}, {yaml, "tags", "5:1 Tags:"}, {yaml, "tags[0]", "6:5   - سفن"}, {yaml, "tags[1]", "7:5   - {x: 1}"},
		{yaml, "facts[0].date", "9:25   - {text: حقيقة, date: أمس}"}, {yaml, "facts[1].date", "11:11     date: غدا"}, {yaml, "facts[1].cite", "10:5   - text: أخرى"},
		{yaml, "facts[7]", "9:3   - {text: حقيقة, date: أمس}"}, {yaml, "draft", "12:10 \"draft\": ربما"}, {yaml, "none", "3:1 title:   \"خبر\""},
		{toml, "title", "2:9 title = 'خبر'"}, {toml, "tags", "3:8 tags = ['سفن', 3]"}, {toml, "facts[1].date", "7:8 date = 'غدا'"}, {toml, "source.url", "9:7 url = 'x'"},
		{json, "title", "1:12  {\"title\": \"خبر\","}, {json, "facts[0].date", "2:39   \"facts\": [{\"text\": \"حقيقة\", \"date\": 1}]}"},
		{"نص بلا مقدمة\n", "title", "1:1 "},
	} {
		d, problems := readMarkdown(t, c.in)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		line, column, excerpt := d.Matter.Place(c.path)
		if got := fmt.Sprintf("%d:%d %s", line, column, excerpt); got != c.want {
			t.Errorf("%s is at %q, want %q, in %q", c.path, got, c.want, c.in)
		}
	}
}

func TestBrokenFrontMatterIsAnErrorWithLineAndRemedy(t *testing.T) {
	for name, c := range map[string]struct {
		in     string
		code   diag.Code
		line   int
		remedy string
	}{
		"unclosed YAML":  {"---\ntitle: خبر\n\nالنص.\n", diag.FrontMatterUnclosed, 1, "---"},
		"unclosed TOML":  {"\n+++\ntitle = \"خبر\"\n", diag.FrontMatterUnclosed, 2, "+++"},
		"unclosed JSON":  {"{\"title\": \"خبر\"\nالنص\n", diag.FrontMatterUnclosed, 1, "}"},
		"colon in title": {"---\ndate: 2024-12-09\ntitle: موسكو: لا قرار بعد\n---\nالنص\n", diag.FrontMatterBroken, 3, "in quotes"},
		"broken TOML":    {"+++\ntitle = \"خبر\"\ndate 2024\n+++\nالنص\n", diag.FrontMatterBroken, 3, "correct"},
		"broken JSON":    {"{\n\"title\": خبر}\n", diag.FrontMatterBroken, 2, "correct"},
		"key twice":      {"---\ntitle: خبر\ntitle: خبر آخر\n---\nالنص\n", diag.FrontMatterBroken, 3, "correct"},
	} {
		_, problems := readMarkdown(t, c.in)
		if len(problems) != 1 || problems[0].Code != c.code || problems[0].Severity != diag.Error || problems[0].Line != c.line || !strings.Contains(problems[0].Remedy, c.remedy) {
			t.Errorf("%s: %+v", name, problems)
		}
	}
}

// FuzzPlainYAML holds the short way of front matter against Hugo's decoder:
// whatever it takes on, both must read alike.
func FuzzPlainYAML(f *testing.F) {
	for _, s := range []string{
		"title: خبر من المرفأ\ndate: 2024-12-09\ntags: [سفن, 'مرفأ', \"a b\"]\nsource: \"جريدة الضفة\"\n",
		"tags:\n  - أول\n  - \"ثان\"\ndraft: true\n", "a: b: c", "a: 'it''s'", "a: b #c", "a: b#c", "x: [a, b: c]", "a: null", "a: no", "k:\n- x\n- y\nl: z\n",
		"a: 1", "a: 2024-12-09T10:00:00Z", "a: ~", "a: @x", "a: - b", "a:  b  ", "a: [ ]", "a: []", "a: [,]", "a: [b,]", "a: \u00a0b", "a: b\n  c", "a: é",
		"title: x\n---\ny: z", "a: b\n...\nc: d", "a: t", "y: z", "a: <<", "a: \"b\" c", "A: b\na: c", "a: b\n \n c: d", "a:\n  - b: c", "a:\n  - - b",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, inner string) {
		if strings.ContainsRune(inner, '\r') || !utf8.ValidString(inner) { // Decode made it neither
			return
		}
		plain, ok := plainYAML(inner)
		if !ok {
			return
		}
		hugo, err := hugoMatter("---\n" + inner + "\n---\n")
		if err != nil {
			t.Fatalf("%q is %v for us and %v for Hugo", inner, plain, err)
		}
		if !reflect.DeepEqual(plain, hugo) {
			t.Fatalf("%q is %#v for us and %#v for Hugo", inner, plain, hugo)
		}
	})
}
