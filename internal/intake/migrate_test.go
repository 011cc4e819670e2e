package intake

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"warraq/internal/source"
)

// The addresses are those that `hugo list all` of v0.165.0 printed for a site
// with this configuration and these pages.
func TestAddressesAreHugos(t *testing.T) {
	dir := t.TempDir()
	err := os.WriteFile(filepath.Join(dir, "hugo.toml"), []byte("[uglyURLs]\nb = true\n[permalinks]\na = '/:sections/:monthname/:weekday/:yearday/:title/'\nc = '/x/:day-:slugorfilename'\n"), 0o644)
	if err != nil {
		t.Fatal(err)
	}
	site, err := readHugo(dir)
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2024, 2, 3, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		page hugoPage
		want string
	}{
		{hugoPage{path: "a/p1.md", title: "C++ & «روسيا»: 50% — A_b (ج)", date: time.Date(2024, 5, 6, 10, 0, 0, 0, time.UTC)}, "/a/may/1/127/c-%D8%B1%D9%88%D8%B3%D9%8A%D8%A7-50-a_b-%D8%AC/"},
		{hugoPage{path: "b/Ugly One.md"}, "/b/ugly-one.html"},
		{hugoPage{path: "b/q.md", url: "/direct/file.html"}, "/direct/file.html"},
		{hugoPage{path: "b/r.md", url: "/direct/no-slash"}, "/direct/no-slash/"},
		{hugoPage{path: "b/t.md", slug: "Dotted.Name"}, "/b/dotted.name.html"},
		{hugoPage{path: "b/C++ x.md"}, "/b/c++-x.html"},
		{hugoPage{path: "b/plus.md", slug: "a+b #c@d"}, "/b/a+b-%23c@d.html"},
		{hugoPage{path: "c/D++ y#z@w~v.md", date: day}, "/x/03-d-y%23z@w~v/"},
		{hugoPage{path: "c/plus.md", slug: "a+b %20 #c@d&e", date: day}, "/x/03-a-b--%23c@de/"},
		{hugoPage{path: "c/Été.md", date: day}, "/x/03-%C3%A9t%C3%A9/"},
		{hugoPage{path: "c/s.md", slug: "My Slug!", date: day}, "/x/03-my-slug/"},
		{hugoPage{path: "d/deep/index.md"}, "/d/deep/"},
		{hugoPage{path: "a.b.md"}, "/a.b/"},
	} {
		if got, note := site.address(c.page); got != c.want || note != "" {
			t.Errorf("%s: %s (%s), want %s", c.page.path, got, note, c.want)
		}
	}
	for _, p := range []hugoPage{{path: "c/undated.md"}} {
		if _, note := site.address(p); !strings.Contains(note, "no date") {
			t.Errorf("%s: nothing is said of the date it lacks: %q", p.path, note)
		}
	}
	site.Permalinks["e"] = "/:sectionslugs/x/"
	if _, note := site.address(hugoPage{path: "e/x.md"}); !strings.Contains(note, "hugo list all") {
		t.Errorf("an unknown attribute: %q", note)
	}
}

func TestConfigurationInEveryPlaceAndFormat(t *testing.T) {
	for name, text := range map[string]string{
		"config.yaml":                     "permalinks:\n  page:\n    news: /n/:slug/\n",
		"hugo.json":                       `{"permalinks":{"news":"/n/:slug/"}}`,
		"config/_default/permalinks.toml": "[page]\nnews = '/n/:slug/'\n",
	} {
		dir := t.TempDir()
		files := map[string]string{name: text}
		if strings.Contains(name, "permalinks") {
			files["config/_default/hugo.toml"] = "title = 'x'\n"
		}
		for name, text := range files {
			p := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		site, err := readHugo(dir)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got, _ := site.address(hugoPage{path: "news/a.md", slug: "s"}); got != "/n/s/" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// Aliases are added to the front matter; every line that was there stays.
func FuzzAliasesAreAddedAndNothingLost(f *testing.F) {
	for _, s := range []string{
		"---\ntitle: خبر\n---\nنص.\n", "+++\ntitle = 'خبر'\n[params]\nx = 1\n+++\nنص.\n",
		"---\naliases: []\n---\n", "---\naliases: [/a/]\ntitle: x\n---\n", "---\naliases:\n  - /a/\n  - /b/\n---\nنص",
		"---\naliases:\n- /a/\n---\n", "+++\naliases = [\n'/a/',\n]\n+++\n", "---\nAliases: /one/\n---\n", "{\"title\": \"x\"}\nنص", "نص بلا مقدمة", "---\n",
		"---\nparams:\n  aliases: [x]\n---\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		added := []string{"/old/خبر/", "/older/"}
		out, ok := withAliases([]byte(text), added)
		if !ok {
			if string(out) != text {
				t.Fatalf("declined, and changed %q to %q", text, out)
			}
			return
		}
		before := matterOf(text)
		if before == nil {
			return // it was broken before
		}
		after := matterOf(string(out))
		if after == nil {
			t.Fatalf("%q does not parse any more: %q", text, out)
		}
		got := texts(after["aliases"])
		for _, want := range slices.Concat(texts(before["aliases"]), added) {
			if !slices.Contains(got, want) {
				t.Fatalf("%q is not among the aliases %q of %q", want, got, out)
			}
		}
	})
}

// matterOf reads front matter as a build would; nil where it is broken or absent.
func matterOf(text string) map[string]any {
	docs, problems := source.Read(fstest.MapFS{"articles/a.md": {Data: []byte(text)}}, source.File{Path: "articles/a.md", Kind: source.Markdown}, source.Options{})
	if len(docs) != 1 || len(problems) > 0 || len(docs[0].Problems) > 0 || !docs[0].Matter.Present {
		return nil
	}
	return docs[0].Matter.Values
}
