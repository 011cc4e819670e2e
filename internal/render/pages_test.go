package render

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/brotli"

	"warraq/internal/archive"
)

// page renders the fixture and gives one page of it.
func page(t *testing.T, path string, change func(a *archive.Archive, b bodies)) *goquery.Document {
	t.Helper()
	a, b := fixture(12)
	if change != nil {
		change(a, b)
	}
	pages := built(t, newRenderer(t, site(), Options{}), a, b)
	content, ok := pages[path]
	if !ok {
		t.Fatalf("no page %s", path)
	}
	return parsed(t, content)
}

func one(t *testing.T, doc *goquery.Document, selector string) *goquery.Selection {
	t.Helper()
	s := doc.Find(selector)
	if s.Length() == 0 {
		t.Fatalf("nothing matches %q", selector)
	}
	return s.First()
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// What an article's page owes its reader, one fact a line.
func TestArticlePage(t *testing.T) {
	doc := page(t, "articles/a0000/index.html", nil)
	for selector, want := range map[string]string{
		"h1":                             `السفينة "Nord Star" تصل <b>باكرًا</b> عبر Telegram!`,
		".byline .src":                   "المرسال",
		".byline time":                   "الخميس 20 فبراير/شباط 2025",
		".text p:first-child":            "بدأ تفريغ الحمولة صباحًا في المرفأ الشمالي.",
		".corrections li":                "22 فبراير/شباط 2025 صُحّح اسم السفينة.",
		".provenance dd a[rel]":          "https://mirsal.example/n/0",
		`[aria-labelledby="wire"] a`:     "خبر رقم 2 عن السفن",
		`[aria-labelledby="related"] a`:  "خبر رقم 3 عن السفن",
		`[aria-labelledby="related"] h2`: "اقرأ أيضًا",
		`[aria-labelledby="places"] a`:   "أنقرة",
		`[aria-labelledby="bodies"] a`:   "هيئة الموانئ",
		`[aria-labelledby="tags"] a`:     "الشحن",
		".chain .prev a":                 "السابق: خبر رقم 2 عن السفن",
		".crumbs li:last-child":          "الموانئ",
		".told-events li:first-child":    "ديسمبر/كانون الأول 2024 غادرت السفينة مرفأها الأول.",
	} {
		if got := squeeze(one(t, doc, selector).Text()); got != want {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
	if doc.Find("h1 b").Length() != 0 {
		t.Error("markup of the title came through")
	}
	if got := one(t, doc, "h1 bdi[dir=ltr]").Text(); !strings.Contains("Nord Star", got) {
		t.Errorf("foreign name isolated as %q", got)
	}
	if got := one(t, doc, `link[rel="canonical"]`).AttrOr("href", ""); got != "https://example.org/sub/articles/a0000/" {
		t.Errorf("canonical %q", got)
	}
	if !strings.Contains(doc.Find(".provenance").Text(), "90%") {
		t.Error("the share of a version is not told")
	}
}

func TestInferredDateIsToldAsSuch(t *testing.T) {
	doc := page(t, "articles/a0001/index.html", nil)
	if got := one(t, doc, ".byline .inferred").Text(); got != "تاريخ مستنتج" {
		t.Errorf("byline says %q", got)
	}
	if got := doc.Find(".provenance .note").Text(); !strings.Contains(got, "«أمس الأربعاء»") || !strings.Contains(got, "80%") {
		t.Errorf("provenance does not say why: %q", got)
	}
	if doc.Find(`meta[property="article:published_time"]`).Length() != 0 {
		t.Error("an inferred date is given to machines as published")
	}
	undated := page(t, "articles/a0011/index.html", nil)
	if got := one(t, undated, ".byline .nodate").Text(); got != "بلا تاريخ" {
		t.Errorf("undated: %q", got)
	}
}

func TestRights(t *testing.T) {
	const secret = "قال الناطق إن العمل يستمر حتى المساء."
	long := strings.Repeat("كلام طويل جدًا. ", 60)
	for _, c := range []struct {
		rights archive.Rights
		shows  bool
		notice bool
	}{{archive.FullText, true, false}, {archive.Excerpt, false, true}, {archive.LinkOnly, false, true}} {
		doc := page(t, "articles/a0004/index.html", func(a *archive.Archive, b bodies) {
			a.Articles[4].Rights = c.rights
			b[a.Articles[4].Body.Path] = archive.Body{Paragraphs: []string{long, secret}}
		})
		text := doc.Find(".text").Text()
		if strings.Contains(text, secret) != c.shows {
			t.Errorf("rights %d: the end of the text shows: %v", c.rights, !c.shows)
		}
		if (doc.Find(".notice").Length() == 1) != c.notice {
			t.Errorf("rights %d: notice shown: %v", c.rights, !c.notice)
		}
		if c.rights == archive.LinkOnly && strings.TrimSpace(text) != "" {
			t.Errorf("link only shows %q", text)
		}
		if doc.Find(`.original a[rel="external"]`).Length() != 1 {
			t.Errorf("rights %d: no link to the original", c.rights)
		}
	}
}

func TestCanonicalPolicy(t *testing.T) {
	doc := page(t, "articles/a0004/index.html", func(a *archive.Archive, b bodies) { a.Articles[4].Canonical = archive.CanonicalOriginal })
	if got := one(t, doc, `link[rel="canonical"]`).AttrOr("href", ""); got != "https://mirsal.example/n/4" {
		t.Errorf("canonical of the original: %q", got)
	}
	doc = page(t, "articles/a0004/index.html", func(a *archive.Archive, b bodies) { a.Articles[4].Canonical = archive.NoIndex })
	if got := one(t, doc, `meta[name="robots"]`).AttrOr("content", ""); got != "noindex" {
		t.Errorf("robots: %q", got)
	}
}

// Scraped fields are hostile: nothing of them becomes markup, script or an
// address that runs code.
func TestHostileText(t *testing.T) {
	const attack = `"></script><script>alert(1)</script><img src=x onerror=alert(1)>` + "\u2028'"
	a, b := fixture(12)
	x := &a.Articles[0]
	x.Title, x.Description, x.Author, x.SourceURL = attack, attack, attack, "javascript:alert(1)"
	x.Date.Evidence, x.Date.Kind = attack, archive.DateInferred
	x.Origins[0].Path, x.Origins[0].Stated = attack, attack
	x.Versions[0].Title, x.Corrections[0].Text = attack, attack
	x.Themes[0].Evidence = []string{attack}
	a.Tags[0].Name, a.Tags[0].Aliases, a.Tags[0].Wikidata = attack, []string{attack}, `Q1"onclick=x`
	a.Sources[0].Name, a.Sources[0].URL = attack, "javascript:alert(1)"
	a.Themes[0].Title, a.Themes[0].Description, a.Themes[0].Hub = attack, attack, attack
	a.Themes[0].Facts[0].Text, a.Themes[0].Facts[1].URL = attack, "data:text/html,x"
	a.Events[1].Sentence = attack
	a.Tombstones[0].Title, a.Tombstones[0].Reason = attack, attack
	a.Pages[0].Title, a.Pages[0].Markdown = attack, attack+"\n\n[x](javascript:alert(1))"
	b[x.Body.Path] = archive.Body{Paragraphs: []string{attack}}
	for path, content := range built(t, newRenderer(t, site(), Options{}), a, b) {
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		doc := parsed(t, content)
		doc.Find("script").Each(func(_ int, s *goquery.Selection) {
			if s.AttrOr("type", "") == "application/ld+json" {
				if !json.Valid([]byte(s.Text())) {
					t.Errorf("%s: structured data is no JSON: %.300s", path, s.Text())
				}
			} else if s.Text() != `import "/sub/search/search.js"` {
				t.Errorf("%s: a script came through: %s", path, s.Text())
			}
		})
		doc.Find("*").Each(func(_ int, s *goquery.Selection) {
			for _, attr := range s.Nodes[0].Attr {
				if strings.HasPrefix(attr.Key, "on") || strings.HasPrefix(attr.Val, "javascript:") || strings.HasPrefix(attr.Val, "data:text") {
					t.Errorf("%s: %s has %s=%q", path, s.Nodes[0].Data, attr.Key, attr.Val)
				}
			}
		})
		if doc.Find("img").Length() != 0 {
			t.Errorf("%s: an element came through", path)
		}
	}
}

func TestSettingsOfLanguage(t *testing.T) {
	s := site()
	s.Archive.Digits, s.Archive.Months, s.Archive.Hijri = "arabic-indic", "levantine", true
	a, b := fixture(12)
	pages := built(t, newRenderer(t, s, Options{}), a, b)
	article := parsed(t, pages["articles/a0000/index.html"])
	if got := one(t, article, ".byline time").Text(); got != "الخميس ٢٠ شباط ٢٠٢٥ (٢١ شعبان ١٤٤٦ هـ)" {
		t.Errorf("date: %q", got)
	}
	if got := one(t, article, ".byline time").AttrOr("datetime", ""); got != "2025-02-20" {
		t.Errorf("machines read %q", got)
	}
	home := parsed(t, pages["index.html"])
	if got := squeeze(one(t, home, ".figures li").Text()); got != "١٢ خبرًا" {
		t.Errorf("count: %q", got)
	}
}

// One rule cuts every list (design §4.4).
func TestListsAreCutByTime(t *testing.T) {
	r := newRenderer(t, site(), Options{})
	for _, c := range []struct {
		articles int
		has      []string
		hasNot   []string
	}{
		{50, []string{"articles/index.html"}, []string{"articles/2025/index.html", "tags/شحن/2025/index.html"}},
		{60, []string{"articles/2025/index.html", "articles/2024/index.html", "articles/undated/index.html", "timeline/2025/index.html", "tags/شحن/2024/index.html"}, []string{"articles/2025/02/index.html", "timeline/undated/index.html", "tags/ankara/2025/index.html", "sources/al-mirsal/2025/index.html"}},
		{460, []string{"articles/2024/12/index.html", "articles/2023/index.html", "tags/ankara/2024/02/index.html"}, []string{"articles/2025/02/index.html", "articles/2024/12/09/index.html"}},
	} {
		a, b := fixture(c.articles)
		pages := built(t, r, a, b)
		for _, path := range c.has {
			if _, ok := pages[path]; !ok {
				t.Errorf("%d articles: no %s", c.articles, path)
			}
		}
		for _, path := range c.hasNot {
			if _, ok := pages[path]; ok {
				t.Errorf("%d articles: needless %s", c.articles, path)
			}
		}
		// Every article can be reached from the list's pages.
		for i := range a.Articles {
			link := fmt.Sprintf(`"/sub/articles/%s/"`, a.Articles[i].ID)
			found := false
			for path, content := range pages {
				if strings.HasPrefix(path, "articles/") && !strings.HasPrefix(path, "articles/a") && strings.Contains(content, link) {
					found = true
					break
				}
			}
			if !found {
				t.Errorf("%d articles: %s is on no list", c.articles, a.Articles[i].ID)
			}
		}
	}
}

// Undated articles beyond a page are cut by the beginning of their ids.
func TestUndatedAreCutByID(t *testing.T) {
	a, b := fixture(420)
	for i := 80; i < 420; i++ {
		a.Articles[i].Date = archive.ArticleDate{Clock: -1}
		a.Articles[i].ID = fmt.Sprintf("%c%03d", 'a'+(i-80)/30, i)
	}
	a.Undated = 340
	pages := built(t, newRenderer(t, site(), Options{}), a, b)
	if n := parsed(t, pages["articles/undated/index.html"]).Find(".periods a").Length(); n != 12 {
		t.Errorf("%d parts", n)
	}
	if n := parsed(t, pages["articles/undated/c/index.html"]).Find(".cards a").Length(); n != 30 {
		t.Errorf("%d articles in a part", n)
	}
	if _, ok := pages["tags/شحن/undated/c/index.html"]; !ok {
		t.Error("a tag's undated are not cut by the same rule")
	}
}

func TestTimelineTellsEventsFromPublications(t *testing.T) {
	doc := page(t, "timeline/index.html", nil)
	if got := doc.Find(".day li.e").Length(); got != 2 {
		t.Errorf("%d events", got)
	}
	if got := doc.Find(".day li.p").Length(); got != 11 {
		t.Errorf("%d publications, the undated one is not among them", got)
	}
	event := one(t, doc, "#e-2025-02-19-bb")
	if got := event.Find(".told b").Text(); got != "مصدران مستقلان:" {
		t.Errorf("sources: %q", got)
	}
	if got := one(t, doc, ".day:has(#e-2024-12-aa) .when").Text(); squeeze(got) != "ديسمبر/كانون الأول 2024 اليوم غير معلوم" {
		t.Errorf("precision: %q", got)
	}
	if !event.HasClass("t0") || doc.Find("label[for=t-0]").Text() != "الموانئ" {
		t.Error("the filter by theme finds nothing")
	}
	// A date stands once, over all that has it, and has the classes of all.
	day := one(t, doc, ".day:has(#e-2025-02-19-bb)")
	if !day.HasClass("e") || !day.HasClass("t0") || day.Find("time").Length() != 1 {
		t.Errorf("a day of the timeline: %v", day.Nodes[0].Attr)
	}
}

// On a crowded page, what one report tells of a date stands below its name, and
// what was told of it by many says so.
func TestCrowdedPageGathersReports(t *testing.T) {
	a, b := fixture(60)
	a.Events, a.Articles[0].Events, a.Themes[0].Events = nil, nil, nil
	for i := range 120 {
		a.Events = append(a.Events, archive.Event{
			ID: fmt.Sprintf("2024-12-09-%03d", i), Date: day("2024-12-09"), Sentence: fmt.Sprintf("حدث رقم %d.", i),
			Sources: int32(1 + i%2), Tellings: []archive.Telling{{Article: archive.ArticleIndex(i % 3)}},
			Themes: []archive.ThemeIndex{archive.ThemeIndex(i % 2)},
		})
	}
	doc := parsed(t, built(t, newRenderer(t, site(), Options{}), a, b)["timeline/2024/12/index.html"])
	reports := doc.Find(".report")
	if reports.Length() != 3 {
		t.Fatalf("%d reports of 3", reports.Length())
	}
	if n := doc.Find(".report [id^=e-]").Length(); n != 120 {
		t.Errorf("%d events of 120 are below a report", n)
	}
	if n := doc.Find(".report small").Length(); n != 60 {
		t.Errorf("%d events tell that many sources have them, of 60", n)
	}
	first := reports.First()
	if !first.HasClass("e") || !first.HasClass("t0") || !first.HasClass("t1") {
		t.Errorf("the first report has the classes %q", first.AttrOr("class", ""))
	}
	if href := first.Find("a").AttrOr("href", ""); href != "/sub/articles/a0000/" {
		t.Errorf("the first report is %s", href)
	}
}

func gzipped(t *testing.T, s string) int {
	t.Helper()
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	_, _ = w.Write([]byte(s))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Len()
}

func brotlied(t *testing.T, s string) int {
	t.Helper()
	var buf bytes.Buffer
	w := brotli.NewWriterLevel(&buf, 11)
	_, _ = w.Write([]byte(s))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Len()
}

// A redirect sends the browser on, tells search engines, and has a link for whom
// it does not send.
func TestRedirectLeadsOn(t *testing.T) {
	doc := page(t, "articles/v1/index.html", nil)
	refresh := one(t, doc, `meta[http-equiv="refresh"]`).AttrOr("content", "")
	if !strings.HasPrefix(refresh, "0; url=") || !strings.HasSuffix(refresh, "articles/a0000/") {
		t.Errorf("refresh %q", refresh)
	}
	if href := one(t, doc, "main a").AttrOr("href", ""); !strings.HasSuffix(href, "articles/a0000/") {
		t.Errorf("the link leads to %q", href)
	}
	if n := doc.Find(".masthead, .foot").Length(); n != 0 {
		t.Errorf("a page that nobody reads carries %d parts of others", n)
	}
}

// A body shows pictures of the site alone, from its root too; others are links.
func TestBodiesShowOwnPicturesOnly(t *testing.T) {
	body := string(markdown("/sub/", "![أ](https://a.example/x.png) ![ب](/map.png) ![ج](port.png)", []archive.Image{{Name: "port.png", Width: 3, Height: 2}}))
	for _, part := range []string{`<a href="https://a.example/x.png" rel="external">أ</a>`, `<img src="/sub/map.png" alt="ب"`, `<img src="port.png" alt="ج" width="3" height="2"`} {
		if !strings.Contains(body, part) {
			t.Errorf("%s is not in %s", part, body)
		}
	}
}
