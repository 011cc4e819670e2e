package extract

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"warraq/internal/source"
)

const (
	formatTitle = "الميناء يستقبل أول سفينة بعد إصلاح الرصيف"
	formatURL   = "https://example.com/news/17"
)

var formatBody = []string{
	"استقبل الميناء صباح اليوم أول سفينة شحن بعد إصلاح الرصيف الشمالي الذي تضرر في عواصف الشتاء الماضي، وفق بيان للإدارة.",
	"وقال مدير الميناء إن العمل استمر خمسة أشهر بلا توقف، وإن الرصيف صار قادرًا على استقبال سفن أكبر من ذي قبل بكثير.",
	"وأضاف أن الإدارة تنوي إصلاح الرصيف الجنوبي في العام المقبل، على أن تبدأ الدراسات اللازمة لذلك خلال أسابيع قليلة.",
	"وتوقع تجار في المدينة أن تنخفض أسعار الشحن بعد عودة الحركة إلى طبيعتها، فيما طالب العمال بتحسين شروط السلامة.",
}

func formatPage() string {
	return `<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>` + formatTitle + ` | جريدة الضفة</title>
<meta property="og:title" content="` + formatTitle + `"><meta property="og:url" content="` + formatURL + `">
<meta property="article:published_time" content="2024-12-09T10:00:00+03:00"><meta property="og:site_name" content="جريدة الضفة">
<script>var x = "نص لا يُقرأ";</script></head><body><nav><a href="/">الرئيسية</a> <a href="/a">سياسة</a></nav>
<article><h1>` + formatTitle + `</h1><p>` + strings.Join(formatBody[:2], "</p>\n<p>") + `</p>
<p>تابعونا على تلغرام</p><p>` + strings.Join(formatBody[2:], "</p>\n<p>") + `</p></article>
<aside><h3>اقرأ أيضًا</h3><ul><li><a href="/b">عنوان آخر لا شأن له</a></li></ul></aside><footer>جميع الحقوق محفوظة</footer></body></html>`
}

func warc(records ...string) []byte {
	var b bytes.Buffer
	for _, r := range records {
		http := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: " + fmt.Sprint(len(r)) + "\r\n\r\n" + r
		fmt.Fprintf(&b, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", formatURL, len(http), http)
	}
	return b.Bytes()
}

func zipped(parts ...[]byte) []byte {
	var b bytes.Buffer
	for _, p := range parts { // a member each, as crawlers write them
		z := gzip.NewWriter(&b)
		_, _ = z.Write(p)
		_ = z.Close()
	}
	return b.Bytes()
}

// Whatever a text was saved as, it gives the same article.
func TestFormatsGiveTheSameArticle(t *testing.T) {
	x := testExtractor(t)
	jsonLine, err := json.Marshal(map[string]string{"title": formatTitle + " | جريدة الضفة", "text": strings.Join(formatBody, "\n"), "url": formatURL, "date": "2024-12-09"})
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{
		"clippings/a.txt":     {Data: []byte(formatTitle + "\nتاريخ النشر: 09/12/2024\n" + strings.Join(formatBody, "\n") + "\n")},
		"clippings/b.html":    {Data: []byte(formatPage())},
		"clippings/c.jsonl":   {Data: append(append([]byte("\n"), jsonLine...), "\n{\"text\":\"\"}\nnot json\n"...)},
		"clippings/d.warc":    {Data: warc(formatPage())},
		"clippings/e.warc.gz": {Data: zipped(warc("<html><body><p>لا شيء</p></body></html>"), warc(formatPage()))},
		"articles/f.md":       {Data: []byte("---\ntitle: " + formatTitle + "\ndate: 2024-12-09\n---\n" + strings.Join(formatBody, "\n\n") + "\n")},
	}
	files, problems := source.Walk(fsys)
	if len(problems) > 0 || len(files) != 6 {
		t.Fatalf("%v %v", files, problems)
	}
	bodies := NewBodies(fsys, x)
	id := ""
	for _, f := range files {
		docs, problems := source.Read(fsys, f, source.Options{})
		if f.Kind == source.JSONL && len(problems) != 2 || f.Kind != source.JSONL && len(problems) > 0 {
			t.Errorf("%s: problems %v", f.Path, problems)
		}
		found := false
		for _, doc := range docs {
			r := x.Extract(doc)
			if f.Kind != source.Markdown {
				account(t, &doc, &r)
			}
			for i, d := range r.Drafts {
				if d.Title != formatTitle {
					continue
				}
				found = true
				var text []string
				for _, p := range r.Texts[i].Paragraphs {
					text = append(text, p.Text)
				}
				if strings.Join(text, "\n") != strings.Join(formatBody, "\n") {
					t.Errorf("%s: text %q", f.Path, text)
				}
				if len(d.Published) != 1 || d.Published[0].Phrase.Date.String() != "2024-12-09" {
					t.Errorf("%s: published %+v", f.Path, d.Published)
				}
				if f.Kind != source.Markdown && f.Kind != source.Text && d.SourceURL != formatURL {
					t.Errorf("%s: source %q", f.Path, d.SourceURL)
				}
				if f.Kind != source.Markdown {
					if id == "" {
						id = d.AutoID
					}
					if d.AutoID != id {
						t.Errorf("%s: id %s, want %s", f.Path, d.AutoID, id)
					}
				}
				if body, err := bodies.Body(d.Body); err != nil || len(body.Paragraphs)+len(body.Markdown) == 0 {
					t.Errorf("%s: body %v", f.Path, err)
				}
			}
		}
		if !found {
			t.Errorf("%s: the article is not found", f.Path)
		}
	}
}

func TestBodiesNoticeChange(t *testing.T) {
	x := testExtractor(t)
	text := formatTitle + "\n" + strings.Join(formatBody, "\n") + "\n"
	fsys := fstest.MapFS{"clippings/a.txt": {Data: []byte(text)}}
	docs, _ := source.Read(fsys, source.File{Path: "clippings/a.txt", Kind: source.Text}, source.Options{})
	ref := x.Extract(docs[0]).Drafts[0].Body
	fsys["clippings/a.txt"].Data = []byte(strings.Replace(text, "خمسة", "ستة", 1))
	if _, err := NewBodies(fsys, x).Body(ref); err == nil {
		t.Error("a changed source was read as if it had not changed")
	}
	delete(fsys, "clippings/a.txt")
	if _, err := NewBodies(fsys, x).Body(ref); !source.IsUnreadable(err) {
		t.Errorf("a vanished source gives %v", err)
	}
}
