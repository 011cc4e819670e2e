package score

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"testing"
	"testing/fstest"

	"warraq/internal/archive"
	"warraq/internal/extract"
	"warraq/internal/source"
)

// page is a saved page as outlets make them: the story inside menus, shares,
// related links and a footer.
func (p piece) page() string {
	var b strings.Builder
	title := html.EscapeString(p.title)
	fmt.Fprintf(&b, `<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>%s - جريدة المرفأ</title>
<meta property="og:title" content="%s"><meta property="og:site_name" content="جريدة المرفأ">
<meta property="article:published_time" content="2025-03-09T10:00:00+03:00">
<link rel="canonical" href="https://almarfa.example/news/77"><script>var x = "لا يظهر";</script></head><body>
<header><a href="/">جريدة المرفأ</a><nav><ul><li><a href="/a">الرئيسية</a><li><a href="/b">سياسة</a><li><a href="/c">اقتصاد</a></ul></nav></header>
<main><article><h1>%s</h1><div class="share"><a>شارك على فيسبوك</a> <a>تويتر</a></div><time datetime="2025-03-09">9 مارس 2025</time>`, title, title, title)
	for _, x := range p.paragraphs {
		fmt.Fprintf(&b, "<p>%s</p>\n", html.EscapeString(x))
	}
	b.WriteString(`<p>تابعونا على تلغرام</p></article><aside><h3>الأكثر قراءة</h3><ul><li><a href="/1">سعر الصرف اليوم</a><li><a href="/2">حالة الطقس غدًا</a></ul></aside></main>
<footer><p>جميع الحقوق محفوظة لجريدة المرفأ © 2025</p></footer></body></html>`)
	return b.String()
}

func TestEveryFormatGivesTheSameArticle(t *testing.T) {
	e := newEngine(t)
	wrong := map[string]int{}
	all := pieces(t)
	for _, p := range all {
		page := p.page()
		record, err := json.Marshal(map[string]string{"title": p.title, "text": strings.Join(p.paragraphs, "\n\n"), "url": "https://almarfa.example/news/77", "date": "2025-03-09"})
		if err != nil {
			t.Fatal(err)
		}
		reply := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
		warc := fmt.Sprintf("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://almarfa.example/news/77\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", len(reply), reply)
		var zipped bytes.Buffer
		z := gzip.NewWriter(&zipped)
		if _, err := z.Write([]byte(warc)); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		for name, raw := range map[string][]byte{"p.html": []byte(page), "p.jsonl": append(record, '\n'), "p.warc": []byte(warc), "p.warc.gz": zipped.Bytes()} {
			if why := e.only(p, name, raw); why != "" {
				wrong[name]++
				t.Logf("%s as %s: %s", p.name, name, why)
			}
		}
	}
	for name, n := range wrong {
		if n*100 > len(all)*formatMisses {
			t.Errorf("%s: %d of %d articles differ", name, n, len(all))
		}
	}
}

// formatMisses is the share of articles, in per cent, that may differ in one format.
const formatMisses = 0

// only reads one file and says how its single article differs from the piece.
func (e engine) only(p piece, name string, raw []byte) string {
	tree := fstest.MapFS{"clippings/" + name: &fstest.MapFile{Data: raw}}
	files, problems := source.Walk(tree)
	if len(files) != 1 {
		return fmt.Sprint(len(files), " files ", problems)
	}
	docs, problems := source.Read(tree, files[0], source.Options{})
	if len(docs) != 1 {
		return fmt.Sprint(len(docs), " documents ", problems)
	}
	r := e.extractor.Extract(docs[0])
	if len(r.Drafts) != 1 {
		return fmt.Sprint(len(r.Drafts), " articles")
	}
	d := r.Drafts[0]
	if d.SourceURL != "https://almarfa.example/news/77" {
		return "address " + d.SourceURL
	}
	if len(d.Published) == 0 || d.Published[0].Phrase.Date.String() != "2025-03-09" {
		return fmt.Sprint("date ", d.Published)
	}
	if why := p.differs(r, 0); why != "" {
		return why
	}
	body, err := extract.NewBodies(tree, e.extractor).Body(d.Body)
	if err != nil {
		return err.Error()
	}
	return bodyDiffers(body, r.Texts[0])
}

// bodyDiffers compares a body read back with what extraction saw.
func bodyDiffers(b archive.Body, text extract.Text) string {
	if len(b.Paragraphs) != len(text.Paragraphs) {
		return fmt.Sprintf("%d paragraphs read back, %d extracted", len(b.Paragraphs), len(text.Paragraphs))
	}
	for i, p := range text.Paragraphs {
		if b.Paragraphs[i] != p.Text {
			return "read back otherwise: " + b.Paragraphs[i]
		}
	}
	return ""
}
