package render

import (
	"crypto/sha256"
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/PuerkitoBio/goquery"
	dom "golang.org/x/net/html"

	"warraq/internal/diag"
)

// Minifying templates must not change what a browser builds of a page.
func TestMinifiedPagesHaveTheSameDOM(t *testing.T) {
	a, b := fixture(120)
	plainSite := site()
	plainSite.Minify = false
	lean := built(t, newRenderer(t, site(), Options{}), a, b)
	plain := built(t, newRenderer(t, plainSite, Options{}), a, b)
	smaller := 0
	for path, page := range plain {
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		if one, two := outline(t, page), outline(t, lean[path]); one != two {
			at := 0
			for at < min(len(one), len(two)) && one[at] == two[at] {
				at++
			}
			t.Errorf("%s: the DOM differs at\n%.200s\nminified:\n%.200s", path, one[max(0, at-60):], two[max(0, at-60):])
		}
		if len(lean[path]) < len(page) {
			smaller++
		}
	}
	if smaller == 0 {
		t.Error("minifying made no page smaller")
	}
}

// outline writes a page's elements, attributes and words. Style sheets are left
// out, and blanks, which a browser folds.
func outline(t *testing.T, page string) string {
	t.Helper()
	doc, err := dom.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	var walk func(n *dom.Node)
	walk = func(n *dom.Node) {
		switch n.Type {
		case dom.TextNode:
			if words := strings.Join(strings.Fields(n.Data), " "); words != "" && n.Parent.Data != "style" {
				out.WriteString(words + "\n")
			}
		case dom.ElementNode:
			out.WriteString("<" + n.Data)
			attrs := slices.Clone(n.Attr)
			slices.SortFunc(attrs, func(a, b dom.Attribute) int { return strings.Compare(a.Key, b.Key) })
			for _, attr := range attrs {
				if n.Data == "meta" && strings.Contains(attr.Val, "style-src") {
					continue // the hash of the sheet
				}
				out.WriteString(" " + attr.Key + "=" + strings.TrimSpace(attr.Val))
			}
			out.WriteString(">\n")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(doc)
	return out.String()
}

// The policy of every page allows exactly its own style sheet.
func TestPolicyHoldsTheHashOfTheSheet(t *testing.T) {
	a, b := fixture(60)
	sheet := regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	for path, page := range built(t, newRenderer(t, site(), Options{}), a, b) {
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		m := sheet.FindStringSubmatch(page)
		if m == nil {
			t.Errorf("%s: no style sheet", path)
			continue
		}
		sum := sha256.Sum256([]byte(m[1]))
		want := "style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
		policy := parsed(t, page).Find(`meta[http-equiv="Content-Security-Policy"]`).AttrOr("content", "")
		if !strings.Contains(policy, want) {
			t.Errorf("%s: policy %q allows another sheet than the page's", path, policy)
		}
		if strings.Contains(page, " style=") || strings.Contains(m[1], "@import") {
			t.Errorf("%s: styles outside the sheet", path)
		}
		parsed(t, page).Find("script").Each(func(_ int, s *goquery.Selection) {
			sum := sha256.Sum256([]byte(s.Text()))
			if !strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
				t.Errorf("%s: the policy does not name the script %.80s", path, s.Text())
			}
		})
		if n := strings.Count(page, "<script") - strings.Count(page, `<script type="application/ld+json"`); n != 0 && path != "search/index.html" {
			t.Errorf("%s: runs a script", path)
		}
	}
}

// Sheets use logical properties: what is left and right depends on the text.
func TestSheetsAreLogical(t *testing.T) {
	files := overlay{lower: embeddedTemplates}
	names, err := files.list()
	if err != nil {
		t.Fatal(err)
	}
	physical := regexp.MustCompile(`(?m)[;{\s](left|right|top|bottom|(margin|padding|border|inset)-(left|right|top|bottom)[a-z-]*|float|direction|unicode-bidi|letter-spacing|text-align:\s*(left|right|justify))\s*:`)
	sheets := 0
	for _, name := range names {
		if !strings.HasSuffix(name, ".css") {
			continue
		}
		sheets++
		data, _, err := files.read(name)
		if err != nil {
			t.Fatal(err)
		}
		if found := physical.FindString(string(data)); found != "" {
			t.Errorf("%s: physical property %q", name, found)
		}
	}
	if sheets == 0 {
		t.Error("no sheets looked at")
	}
}

func TestSiteOverridesFiles(t *testing.T) {
	a, b := fixture(12)
	own := fstest.MapFS{
		"page.html":    {Data: []byte("{{define \"main\"}}<h1>{{.Frame.Heading}}</h1><p id=\"own\">{{text \"my-note\"}}</p>{{end}}")},
		"strings.yaml": {Data: []byte("texts:\n  skip: إلى النص\n  my-note: ملاحظة الدار\n")},
		"css/home.css": {Data: []byte(".own{color:red}")},
	}
	files := fstest.MapFS{"fonts/OFL.txt": {Data: []byte("own")}, "extra/a.txt": {Data: []byte("extra")}, "embed.go": {Data: []byte("package static")}}
	pages := built(t, newRenderer(t, site(), Options{Templates: own, Static: files}), a, b)
	if got := parsed(t, pages["about/index.html"]).Find("#own").Text(); got != "ملاحظة الدار" {
		t.Errorf("own template: %q", got)
	}
	if got := parsed(t, pages["about/index.html"]).Find(".skip").Text(); got != "إلى النص" {
		t.Errorf("own text: %q", got)
	}
	if got := parsed(t, pages["about/index.html"]).Find(".crumbs").Length(); got != 1 {
		t.Error("the shipped base.html no longer holds the own page")
	}
	if !strings.Contains(pages["index.html"], ".own{") || strings.Contains(pages["about/index.html"], ".own{") {
		t.Error("own sheet: not on the home page alone")
	}
	if pages["fonts/OFL.txt"] != "own" || pages["extra/a.txt"] != "extra" || pages["favicon.svg"] == "" {
		t.Error("static files are not laid over each other")
	}
	if _, ok := pages["embed.go"]; ok {
		t.Error("Go files of the project are no part of a site")
	}
}

func TestTemplateProblemsNameTheLine(t *testing.T) {
	cases := []struct {
		name, file, text string
		line             int
		message          string
	}{
		{"syntax", "tag.html", "{{define \"main\"}}\n<p>\n{{if}}\n{{end}}", 3, "missing value for if"},
		{"no such field", "article.html", "{{define \"main\"}}\n<p>{{.Titel}}</p>\n{{end}}", 2, "Titel"},
		{"no such field of a card", "home.html", "{{define \"main\"}}\n\n{{range .Latest}}\n<p>{{.Nmae}}</p>{{end}}{{end}}", 4, "Nmae"},
		{"no such text", "404.html", "{{define \"main\"}}\n<h1>{{text \"404.titel\"}}</h1>{{end}}", 2, "404.titel"},
		{"no such part", "page.html", "{{define \"main\"}}\n{{template \"missing\" .}}{{end}}", 2, "missing"},
		{"open attribute", "page.html", "{{define \"main\"}}\n<a href=\"{{.Frame.Path}}>x</a>{{end}}", 0, "ends in a non-text context"},
		{"unknown key", "strings.yaml", "texts:\n  skpi: نص\n", 2, "skpi"},
		{"broken yaml", "strings.yaml", "texts:\n  skip: [", 2, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r, problems := New(site(), Options{Templates: fstest.MapFS{c.file: {Data: []byte(c.text)}}})
			if r != nil || len(problems) == 0 {
				t.Fatal("no problem reported")
			}
			p := problems[0]
			if p.Code != diag.TemplateError || p.Severity != diag.Error || p.Path != "templates/"+c.file || p.Line != c.line {
				t.Errorf("got %s %s, want %s:%d", p.Code, p.Position, c.file, c.line)
			}
			if !strings.Contains(p.Message, c.message) {
				t.Errorf("message %q does not say %q", p.Message, c.message)
			}
		})
	}
}
