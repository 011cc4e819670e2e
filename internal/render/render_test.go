package render

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Every page stands in Arabic from right to left, has one h1, one main and no
// id twice, and links only to pages that exist or that package feed makes.
func TestEveryPage(t *testing.T) {
	a, b := fixture(160)
	pages := built(t, newRenderer(t, site(), Options{}), a, b)
	for path, content := range pages {
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		doc := parsed(t, content)
		html := doc.Find("html")
		if html.AttrOr("lang", "") != "ar" || html.AttrOr("dir", "") != "rtl" {
			t.Errorf("%s: not Arabic from right to left", path)
		}
		for _, one := range []string{"h1", "main", "title", "style"} {
			if n := doc.Find(one).Length(); one != "title" && n != 1 {
				t.Errorf("%s: %d %s elements", path, n, one)
			}
		}
		ids := map[string]bool{}
		doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
			id := s.AttrOr("id", "")
			if ids[id] {
				t.Errorf("%s: id %q twice", path, id)
			}
			ids[id] = true
		})
		doc.Find("[aria-labelledby]").Each(func(_ int, s *goquery.Selection) {
			if id := s.AttrOr("aria-labelledby", ""); !ids[id] {
				t.Errorf("%s: aria-labelledby names no id %q", path, id)
			}
		})
		checkHeadings(t, path, doc)
		doc.Find("a[href], link[href]").Each(func(_ int, s *goquery.Selection) {
			checkLink(t, path, s.AttrOr("href", ""), pages, ids)
		})
		for _, bad := range []string{"⟨", "ZgotmplZ", "<no value>", "&amp;amp;", "&amp;lt;"} {
			if strings.Contains(content, bad) {
				t.Errorf("%s: holds %q", path, bad)
			}
		}
	}
}

// checkHeadings wants no level left out on the way down.
func checkHeadings(t *testing.T, path string, doc *goquery.Document) {
	last := 0
	doc.Find("h1,h2,h3,h4,h5,h6").Each(func(_ int, s *goquery.Selection) {
		level := int(goquery.NodeName(s)[1] - '0')
		if level > last+1 {
			t.Errorf("%s: h%d follows h%d: %s", path, level, last, s.Text())
		}
		last = level
	})
}

func checkLink(t *testing.T, path, href string, pages map[string]string, ids map[string]bool) {
	if id, ok := strings.CutPrefix(href, "#"); ok {
		if !ids[id] && id != "" {
			t.Errorf("%s: no target for %s", path, href)
		}
		return
	}
	rest, ok := strings.CutPrefix(href, "/sub/")
	if !ok {
		if strings.HasPrefix(href, "/") {
			t.Errorf("%s: link %s leaves the base path", path, href)
		}
		return
	}
	rest, _, _ = strings.Cut(rest, "#")
	for _, feed := range []string{"index.xml", "feed.json", ".ics", ".bib", ".ris", "events.json", "timelinejs.json", "opensearch.xml"} {
		if strings.HasSuffix(rest, feed) {
			return
		}
	}
	rest = unescape(t, rest)
	if rest == "" || strings.HasSuffix(rest, "/") {
		rest += "index.html"
	}
	if _, ok := pages[rest]; !ok {
		t.Errorf("%s: dead link %s", path, href)
	}
}
