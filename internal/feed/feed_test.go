package feed

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/config"
)

const hostile = `خبر <script>alert(1)</script> & "اقتباس" ]]> {قوس`

type bodies struct{}

func (bodies) Body(ref archive.BodyRef) (archive.Body, error) {
	if ref.Format == archive.MarkdownText {
		return archive.Body{Format: ref.Format, Markdown: "نص **مهم** في الخبر."}, nil
	}
	return archive.Body{Paragraphs: []string{"فقرة فيها <b>وسم</b> و&رمز."}}, nil
}

func day(t testing.TB, s string) civil.Date {
	t.Helper()
	d, err := civil.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func sample(t testing.TB) (*config.Site, *archive.Archive) {
	site := &config.Site{BaseURL: "https://example.org/sub/", BasePath: "/sub/", Title: "الأرشيف", Locale: "ar"}
	site.Archive.FeedItems, site.Archive.FeedFull, site.Archive.Description = 30, true, "أرشيف أخبار"
	a := &archive.Archive{
		Sources: []archive.Source{{Slug: "marfa", Name: "جريدة المرفأ", Articles: []archive.ArticleIndex{0, 1}}},
		Tags:    []archive.Tag{{Slug: "russia", Name: "روسيا", Kind: archive.Place, Articles: []archive.ArticleIndex{0, 1, 2}}},
		Themes: []archive.Theme{{Slug: "russia-us", Title: "روسيا وأمريكا", Articles: []archive.ArticleIndex{0, 1},
			Events: []archive.EventIndex{0, 1}}},
		Articles: []archive.Article{
			{ID: "b", Title: hostile, Description: "=1+2", Source: 0, Language: "ar", Aliases: []string{"/articles/old/"},
				Date: archive.ArticleDate{Value: day(t, "2025-02-18"), Kind: archive.DateStated, Confidence: 1, Clock: 9*60 + 30},
				Tags: []archive.TagIndex{0}, Themes: []archive.Membership{{Theme: 0}}, Key: archive.Hash{2}},
			{ID: "خبر/a", Title: "خبر عادي", Source: 0, Language: "ar", Rights: archive.Excerpt, Description: "موجز",
				Date:   archive.ArticleDate{Value: day(t, "2024-12-09"), Kind: archive.DateInferred, Confidence: .8, Clock: -1},
				Themes: []archive.Membership{{Theme: 0, Position: 1}}, Key: archive.Hash{1}},
			{ID: "c", Title: "خبر بلا تاريخ", Source: -1, Language: "ar", Canonical: archive.NoIndex, Key: archive.Hash{3},
				Body: archive.BodyRef{Format: archive.MarkdownText}},
		},
		Events: []archive.Event{
			{ID: "2024-12-ab", Date: day(t, "2024-12"), Sentence: "سقطت العاصمة؛ وغادر الرئيس, فجأة", Kind: archive.DateStated,
				Tellings: []archive.Telling{{Article: 1}}, Sources: 1, Themes: []archive.ThemeIndex{0}},
			{ID: "2025-02-18-cd", Date: day(t, "2025-02-18"), Sentence: hostile, Kind: archive.DateStated,
				Tellings: []archive.Telling{{Article: 0}}, Sources: 1},
		},
		Pages:     []archive.StaticPage{{Slug: "about"}},
		Redirects: []archive.Redirect{{From: "/articles/old/", To: "/articles/b/"}},
		Undated:   1,
	}
	return site, a
}

func build(t testing.TB, make func(testing.TB) (*config.Site, *archive.Archive)) map[string]string {
	t.Helper()
	site, a := make(t)
	out := map[string]string{}
	for _, p := range Plan(site, a, bodies{}) {
		var b bytes.Buffer
		if err := p.Write(&b); err != nil {
			t.Fatalf("%s: %v", p.Path, err)
		}
		if _, twice := out[p.Path]; twice {
			t.Errorf("%s is planned twice", p.Path)
		}
		out[p.Path] = b.String()
	}
	return out
}

func TestRSSCarriesHostileTextAsText(t *testing.T) {
	out := build(t, sample)
	for _, name := range []string{"index.xml", "themes/russia-us/index.xml", "sitemap.xml", "sitemap-2024.xml", "opensearch.xml"} {
		dec := xml.NewDecoder(strings.NewReader(out[name]))
		n := 0
		for {
			tok, err := dec.Token()
			if tok == nil {
				break
			}
			if err != nil {
				t.Fatalf("%s is not well-formed: %v", name, err)
			}
			n++
		}
		if n < 5 {
			t.Errorf("%s is all but empty", name)
		}
	}
	var feed struct {
		Items []struct {
			Title   string `xml:"title"`
			GUID    string `xml:"guid"`
			PubDate string `xml:"pubDate"`
			Content string `xml:"encoded"`
		} `xml:"channel>item"`
	}
	if err := xml.Unmarshal([]byte(out["index.xml"]), &feed); err != nil {
		t.Fatal(err)
	}
	first := feed.Items[0]
	if first.Title != hostile {
		t.Errorf("title %q", first.Title)
	}
	if first.GUID != "urn:warraq:article:old" {
		t.Errorf("a moved article changed its GUID to %q", first.GUID)
	}
	if first.PubDate != "Tue, 18 Feb 2025 09:30:00 +0000" {
		t.Errorf("pubDate %q", first.PubDate)
	}
	if !strings.Contains(first.Content, "&lt;b&gt;") {
		t.Errorf("a paragraph became markup: %q", first.Content)
	}
	if feed.Items[1].Content != "" {
		t.Errorf("an excerpt source's full text is in the feed: %q", feed.Items[1].Content)
	}
	if feed.Items[2].PubDate != "" {
		t.Errorf("an undated article got the date %q", feed.Items[2].PubDate)
	}
	if !strings.Contains(feed.Items[2].Content, "<strong>") {
		t.Errorf("Markdown was not rendered: %q", feed.Items[2].Content)
	}
}

func TestJSONFeed(t *testing.T) {
	var feed struct {
		Items []struct {
			URL, Title    string
			Text          string `json:"content_text"`
			DatePublished string `json:"date_published"`
		}
	}
	if err := json.Unmarshal([]byte(build(t, sample)["feed.json"]), &feed); err != nil {
		t.Fatal(err)
	}
	if len(feed.Items) != 3 || feed.Items[0].Title != hostile || feed.Items[0].DatePublished != "2025-02-18T09:30:00Z" {
		t.Errorf("%+v", feed.Items)
	}
	if feed.Items[1].Text != "موجز" {
		t.Errorf("an item without its text has %q", feed.Items[1].Text)
	}
}

func TestSitemapsLeaveOutWhatIsNotIndexed(t *testing.T) {
	out := build(t, sample)
	all := ""
	for name, text := range out {
		if strings.HasPrefix(name, "sitemap") {
			all += text
		}
	}
	for _, want := range []string{
		"<loc>https://example.org/sub/articles/b/</loc><lastmod>2025-02-18</lastmod>",
		"<loc>https://example.org/sub/articles/%D8%AE%D8%A8%D8%B1/a/</loc>",
		"<loc>https://example.org/sub/about/</loc>",
		"<loc>https://example.org/sub/sitemap-2025.xml</loc>",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(all, "articles/c/") {
		t.Error("a page that asks not to be indexed is in the sitemap")
	}
	if _, ok := out["sitemap-undated.xml"]; ok {
		t.Error("an empty part is written")
	}
}

func TestCSVIsInertAndComplete(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(build(t, sample)["data/articles-2025.csv"])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || len(rows[0]) != len(columns) {
		t.Fatalf("%d rows of %d columns", len(rows), len(rows[0]))
	}
	if got := rows[1][len(columns)-1]; got != "'=1+2" {
		t.Errorf("a cell that begins like a formula: %q", got)
	}
}

func TestJSONLinesRoundTrip(t *testing.T) {
	out := build(t, sample)
	var got record
	if err := json.Unmarshal([]byte(out["data/articles-2025.jsonl"]), &got); err != nil {
		t.Fatal(err)
	}
	if got.Title != hostile || got.Date != "2025-02-18" || got.Themes[0] != "russia-us" {
		t.Errorf("%+v", got)
	}
	var pack struct {
		Resources []struct{ Path string }
	}
	if err := json.Unmarshal([]byte(out["data/datapackage.json"]), &pack); err != nil {
		t.Fatal(err)
	}
	for _, r := range pack.Resources {
		if _, ok := out["data/"+r.Path]; !ok {
			t.Errorf("datapackage.json names %s, which is not there", r.Path)
		}
	}
	if len(pack.Resources) != 6 {
		t.Errorf("%d resources", len(pack.Resources))
	}
}

func TestCitationsKeepBracesBalanced(t *testing.T) {
	out := build(t, sample)
	bib := out["themes/russia-us/citations.bib"]
	depth := 0
	escaped := false
	for _, r := range bib {
		switch {
		case escaped:
			escaped = false
		case r == '\\':
			escaped = true
		case r == '{':
			depth++
		case r == '}':
			depth--
		}
		if depth < 0 {
			t.Fatalf("a brace closes too much:\n%s", bib)
		}
	}
	if depth != 0 || strings.Count(bib, "@online{") != 2 {
		t.Errorf("depth %d:\n%s", depth, bib)
	}
	ris := out["themes/russia-us/citations.ris"]
	if strings.Count(ris, "ER  - \r\n") != 2 || !strings.Contains(ris, "DA  - 2025/02/18\r\n") {
		t.Errorf("%s", ris)
	}
}

func TestCalendarFollowsRFC5545(t *testing.T) {
	ics := build(t, sample)["timeline/events.ics"]
	for _, line := range strings.Split(strings.TrimSuffix(ics, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.Contains(line, "\n") {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
		if strings.ContainsRune(line, '\uFFFD') {
			t.Errorf("a character was cut: %q", line)
		}
	}
	unfolded := strings.ReplaceAll(ics, "\r\n ", "")
	for _, want := range []string{
		"DTSTART;VALUE=DATE:20241201\r\nDTEND;VALUE=DATE:20250101", // a month is a span
		"DTSTART;VALUE=DATE:20250218\r\nDTEND;VALUE=DATE:20250219",
		`وغادر الرئيس\, فجأة`,
	} {
		if !strings.Contains(unfolded, want) {
			t.Errorf("no %q in\n%s", want, unfolded)
		}
	}
}

func TestTimelineJSTextIsEscaped(t *testing.T) {
	out := build(t, sample)["timeline/timelinejs.json"]
	if !json.Valid([]byte(out)) || strings.Contains(out, "<script>") || !strings.Contains(out, "&lt;script&gt;") {
		t.Errorf("%s", out)
	}
}

func TestHostsFilesRespectTheBasePath(t *testing.T) {
	out := build(t, sample)
	if got := out["_redirects"]; got != "/sub/articles/old/ /sub/articles/b/ 301\n" {
		t.Errorf("_redirects: %q", got)
	}
	if !strings.Contains(out["_headers"], "\n/sub/search/i/*\n") {
		t.Errorf("_headers: %s", out["_headers"])
	}
}

// An added article changes the files of its own year, theme and tags only.
func TestAnAdditionTouchesFewFiles(t *testing.T) {
	site, a := large(t, 3000)
	before := keys(site, a)
	more := *a
	more.Articles = append([]archive.Article{}, a.Articles...)
	// It goes to the end of its year: 2020, the oldest.
	more.Articles = append(more.Articles, archive.Article{ID: "new", Title: "جديد", Source: -1, Key: archive.Hash{9, 9},
		Date: archive.ArticleDate{Value: day(t, "2020-01-01"), Kind: archive.DateStated, Clock: -1}})
	changed := 0
	for path, key := range keys(site, &more) {
		if before[path] != key {
			changed++
			if !strings.Contains(path, "2020") && path != "sitemap.xml" {
				t.Errorf("%s changed", path)
			}
		}
	}
	if changed < 3 || changed > 8 {
		t.Errorf("%d files changed", changed)
	}
}

func keys(site *config.Site, a *archive.Archive) map[string]string {
	out := map[string]string{}
	for _, p := range Plan(site, a, bodies{}) {
		out[p.Path] = fmt.Sprintf("%x", p.Key)
	}
	return out
}

// large makes n articles over six years, newest first.
func large(t testing.TB, n int) (*config.Site, *archive.Archive) {
	site, _ := sample(t)
	a := &archive.Archive{}
	for i := range n {
		d := day(t, "2025-12-31").AddDays(-i * 6 * 365 / n)
		a.Articles = append(a.Articles, archive.Article{ID: fmt.Sprintf("a%06d", i), Title: "خبر", Source: -1,
			Date: archive.ArticleDate{Value: d, Kind: archive.DateStated, Clock: -1}, Key: archive.Hash{byte(i), byte(i >> 8), byte(i >> 16)}})
	}
	return site, a
}

func TestPeriodsCutByTimeAndLoseNothing(t *testing.T) {
	_, a := large(t, 60000) // 10,000 a year: months
	for range 12000 {       // and undated ones
		a.Articles = append(a.Articles, archive.Article{ID: fmt.Sprintf("u%d", len(a.Articles))})
	}
	all := (&maker{a: a}).allArticles()
	seen := map[archive.ArticleIndex]bool{}
	names := map[string]bool{}
	for _, p := range periods(a, all) {
		if names[p.name] {
			t.Errorf("two periods are called %s", p.name)
		}
		names[p.name] = true
		if len(p.articles) > yearLimit*3/2 {
			t.Errorf("%s has %d articles", p.name, len(p.articles))
		}
		for _, i := range p.articles {
			if seen[i] {
				t.Fatalf("article %d is in two periods", i)
			}
			seen[i] = true
		}
	}
	if len(seen) != len(all) {
		t.Errorf("%d of %d articles are in a period", len(seen), len(all))
	}
	if !names["2023-05"] || !names["undated-00"] {
		t.Errorf("periods: %v", names)
	}
}
