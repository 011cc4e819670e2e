package render

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/config"
)

// bodies is an archive.Bodies over texts in memory, by path.
type bodies map[string]archive.Body

func (b bodies) Body(ref archive.BodyRef) (archive.Body, error) {
	body, ok := b[ref.Path]
	if !ok {
		return archive.Body{}, fmt.Errorf("no body %q", ref.Path)
	}
	return body, nil
}

func site() *config.Site {
	return &config.Site{
		BaseURL: "https://example.org/sub/", BasePath: "/sub/", Title: "دفتر الجوار", Locale: "ar",
		TimeZone: time.UTC, Minify: true,
		Archive: config.Archive{
			Tagline: "أرشيف أخبار المنطقة", Description: "أخبار جُمعت من صحف كثيرة ورُتبت على الموضوعات.",
			Contact: "desk@example.org", Digits: "western", Months: "dual", Search: true,
		},
	}
}

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// fixture is an archive of n articles, one a day back from the newest, with
// every kind of thing that a page shows.
func fixture(n int) (*archive.Archive, bodies) {
	texts := bodies{}
	a := &archive.Archive{Build: day("2025-03-01")}
	a.Themes = []archive.Theme{
		{Slug: "ports", Title: "الموانئ", Description: "سفن وأرصفة", Hub: "نص عن **الموانئ**.", Key: archive.Hash{1}},
		{Slug: "talks", Title: "المحادثات", Description: "لقاءات وبيانات", Key: archive.Hash{2}},
	}
	a.Tags = []archive.Tag{
		{Slug: "ankara", Name: "أنقرة", Kind: archive.Place, Wikidata: "Q3640", Aliases: []string{"انقرة"}},
		{Slug: "sami-darwish", Name: "سامي درويش", Kind: archive.Person},
		{Slug: "شحن", Name: "الشحن", Kind: archive.Keyword},
		{Slug: "port-authority", Name: "هيئة الموانئ", Kind: archive.Organisation},
	}
	a.Sources = []archive.Source{
		{Slug: "al-mirsal", Name: "المرسال", URL: "https://mirsal.example/", Copies: 1},
		{Slug: "daily-sham", Name: "يومية الشام"},
	}
	newest := day("2025-02-20")
	for i := range n {
		x := archive.Article{
			ID:          fmt.Sprintf("a%04d", i),
			Title:       fmt.Sprintf("خبر رقم %d عن السفن", i),
			Description: "بدأ تفريغ الحمولة صباحًا في المرفأ الشمالي.",
			Date:        archive.ArticleDate{Value: newest.AddDays(-i), Kind: archive.DateStated, Confidence: 1, Clock: -1},
			Source:      archive.SourceIndex(i % 2),
			SourceURL:   fmt.Sprintf("https://mirsal.example/n/%d", i),
			Language:    "ar",
			Tags:        []archive.TagIndex{2},
			Mentions:    []archive.Mention{{Tag: archive.TagIndex(i % 2), Count: 2}},
			Origins:     []archive.Origin{{Path: fmt.Sprintf("clippings/%d.txt", i), Line: 1, Ordinal: 1}},
			Words:       400,
			Key:         archive.Hash{3, byte(i), byte(i >> 8)},
			Body:        archive.BodyRef{Path: fmt.Sprintf("clippings/%d.txt", i), Hash: archive.Hash{4, byte(i), byte(i >> 8)}},
		}
		texts[x.Body.Path] = archive.Body{Paragraphs: []string{"بدأ تفريغ الحمولة صباحًا في المرفأ الشمالي.", "قال الناطق إن العمل يستمر حتى المساء."}}
		theme := archive.ThemeIndex(i % 2)
		t := &a.Themes[theme]
		x.Themes = []archive.Membership{{Theme: theme, Position: int32(len(t.Articles)), Score: 2, Evidence: []string{"مرفأ"}}}
		index := archive.ArticleIndex(i)
		t.Articles = append(t.Articles, index)
		for _, tag := range []archive.TagIndex{2, archive.TagIndex(i % 2)} {
			a.Tags[tag].Articles = append(a.Tags[tag].Articles, index)
		}
		a.Sources[i%2].Articles = append(a.Sources[i%2].Articles, index)
		a.Articles = append(a.Articles, x)
	}
	if n >= 4 {
		x := &a.Articles[0]
		x.Title = `السفينة "Nord Star" تصل <b>باكرًا</b> عبر Telegram!`
		x.Relations = []archive.Relation{{Kind: archive.SharedWire, Article: 2, Containment: 0.6}, {Kind: archive.Related, Article: 3}}
		x.Versions = []archive.Version{{ID: "v1", Title: "صيغة أخرى", Source: 1, Containment: 0.9, Body: a.Articles[1].Body, Date: a.Articles[1].Date}}
		x.Corrections = []archive.Correction{{Date: day("2025-02-22"), Text: "صُحّح اسم السفينة."}}
		x.Mentions = append(x.Mentions, archive.Mention{Tag: 3, Count: 1})
		a.Tags[3].Articles = []archive.ArticleIndex{0}
		a.Articles[1].Date = archive.ArticleDate{Value: a.Articles[1].Date.Value, Kind: archive.DateInferred, Confidence: 0.8, Clock: -1, Evidence: "«أمس الأربعاء»"}
		md := &a.Articles[2]
		md.Body.Format = archive.MarkdownText
		texts[md.Body.Path] = archive.Body{Format: archive.MarkdownText, Markdown: "فقرة أولى عن *السفن*.\n\n## عنوان\n\n- بند\n- بند ثان\n"}
		last := &a.Articles[n-1]
		last.Date = archive.ArticleDate{Clock: -1}
		a.Undated = 1
		a.Articles[n-2].Rights = archive.Excerpt
		a.Articles[n-3].Canonical = archive.NoIndex
		a.Events = []archive.Event{
			{ID: "2024-12-aa", Date: day("2024-12"), Kind: archive.DateStated, Sentence: "غادرت السفينة مرفأها الأول.", Sources: 1, Themes: []archive.ThemeIndex{0}, Tellings: []archive.Telling{{Article: 0}}},
			{ID: "2025-02-19-bb", Date: day("2025-02-19"), Kind: archive.DateInferred, Sentence: "وصلت السفينة إلى المرفأ.", Sources: 2, Themes: []archive.ThemeIndex{0}, Tellings: []archive.Telling{{Article: 0}, {Article: 1}}},
		}
		a.Themes[0].Events = []archive.EventIndex{0, 1}
		a.Themes[0].Facts = []archive.Fact{
			{Text: "للمرفأ أربعة أرصفة.", Article: 0},
			{Text: "بُني في القرن الماضي.", Article: -1, URL: "https://ports.example/history"},
		}
		x.Events = []archive.EventIndex{0, 1}
	}
	a.Pages = []archive.StaticPage{{Slug: "about", Title: "عن الدفتر", Description: "من نحن", Markdown: "نجمع الأخبار.", Key: archive.Hash{5}, Path: "pages/about.md"}}
	a.Tombstones = []archive.Tombstone{{ID: "gone", Title: "خبر قديم", Reason: "طلبُ صاحبه", Date: day("2025-01-05")}}
	a.Redirects = []archive.Redirect{{From: "/articles/v1/", To: "/articles/a0000/", Origin: "clippings/9.txt"}}
	return a, texts
}

// built renders every page of an archive, by path.
func built(t testing.TB, r *Renderer, a *archive.Archive, b archive.Bodies) map[string]string {
	t.Helper()
	pages, problems := r.Plan(a, b)
	for _, p := range problems {
		t.Error(p.Error())
	}
	out := make(map[string]string, len(pages))
	for _, page := range pages {
		var buf bytes.Buffer
		if err := page.Write(&buf); err != nil {
			t.Fatalf("%s: %v", page.Path, err)
		}
		if _, twice := out[page.Path]; twice {
			t.Errorf("two pages for %s", page.Path)
		}
		out[page.Path] = buf.String()
	}
	return out
}

func newRenderer(t testing.TB, s *config.Site, opts Options) *Renderer {
	t.Helper()
	r, problems := New(s, opts)
	for _, p := range problems {
		t.Error(p.Error())
	}
	if r == nil {
		t.FailNow()
	}
	return r
}

func parsed(t testing.TB, page string) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func unescape(t testing.TB, path string) string {
	t.Helper()
	s, err := url.PathUnescape(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
