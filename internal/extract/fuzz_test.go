package extract

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"warraq/internal/source"
)

// FuzzClipping holds extraction to its promises on any text: it does not fail,
// accounts for every character, makes nothing longer than it was, and gives a
// body back as it read it.
func FuzzClipping(f *testing.F) {
	for _, seed := range nasty {
		f.Add(seed)
	}
	names, _ := filepath.Glob("testdata/clippings/*.txt")
	for _, name := range names {
		if raw, err := os.ReadFile(name); err == nil && utf8.Valid(raw) && len(raw) < 3000 {
			f.Add(string(raw))
		}
	}
	x := testExtractor(f)
	f.Fuzz(func(t *testing.T, text string) {
		checkClipping(t, x, text)
	})
}

func checkClipping(t *testing.T, x *Extractor, text string) {
	t.Helper()
	fsys := fstest.MapFS{"clippings/a.txt": {Data: []byte(text)}}
	docs, _ := source.Read(fsys, source.File{Path: "clippings/a.txt", Kind: source.Text}, source.Options{})
	bodies := NewBodies(fsys, x)
	for _, doc := range docs {
		titled := doc // as a record whose title stands apart
		titled.Kind, titled.Record = source.JSONL, 1
		if titled.Title = strings.TrimSpace(strings.SplitN(text, "\n", 4)[strings.Count(text, "\n")%min(3, strings.Count(text, "\n")+1)]); !utf8.ValidString(titled.Title) {
			titled.Title = "عنوان"
		}
		again := x.Extract(titled)
		account(t, &titled, &again)
		r := x.Extract(doc)
		account(t, &doc, &r)
		total := 0
		for i, d := range r.Drafts {
			if d.Title == "" || d.AutoID == "" || len(r.Texts[i].Paragraphs) == 0 {
				t.Fatalf("an article without title, id or text: %+v", d)
			}
			body, err := bodies.Body(d.Body)
			if err != nil {
				t.Fatalf("body of %q: %v", d.Title, err)
			}
			for j, p := range r.Texts[i].Paragraphs {
				if body.Paragraphs[j] != p.Text {
					t.Fatalf("paragraph read back as %q, was %q", body.Paragraphs[j], p.Text)
				}
				if !utf8.ValidString(p.Text) {
					t.Fatalf("paragraph %q is not UTF-8", p.Text)
				}
				total += len(strings.ReplaceAll(p.Text, " ", ""))
				if p.At.Line < 1 || p.At.Column < 1 {
					t.Fatalf("paragraph %q at %v", p.Text, p.At)
				}
			}
		}
		if total > 2*len(doc.Text)+16 { // an entity or a presentation form may be shorter than what it stands for
			t.Fatalf("%d bytes of text from %d", total, len(doc.Text))
		}
	}
}

// nasty are inputs that once were, or easily could be, read wrongly.
var nasty = []string{
	"",
	"\ufeff \u200f\n",
	"عنوان\n\nعنوان\n",
	"عنوان قصير للتجربة\nنص أول.\nاقرأ أيضا:\n",
	"إقرأ أيضاً:\nإقرأ أيضاً:\nقراءة المزيد\n",
	"عنوان الخبر هنا اليوم\nنص الخبر الأول ينتهي هنا.\nأخبار قد تهمك عنوان آخر جديد 3 أبريل 2025 - 10:41 مساءًوقال المتحدث شيئا.\n",
	"<p>عنوان الخبر</p><p>نص الخبر &quot;بين علامتين&quot; ينتهي.</p><script>alert('x')</script>",
	"&lt;p&gt;عنوان&lt;/p&gt; &amp;nbsp; نص &#1575;&#1604; &amp;quot;",
	"المصدر:\nكلمات دلالية:\nتاريخ النشر:\nكتب:\n",
	"المصدر: المصدر: المصدر: رويترز",
	"\u200f\u202bعنوان\u202c الخبر\nنص\u200b الخبر <b>هنا</b> وهناك & <3\n",
	"a<b>c</b> < d &amp;amp; &; &#; &#x110000; &zwnj;",
	"<script", "<!--", "<![CDATA[ نص ]]>", "<a href=\"x>y\">رابط</a>",
	"أخبار ذات صلةأعلن الوزير أن المشروع سيبدأ غدا.\nالمصدر",
}

func TestNastyClippings(t *testing.T) {
	x := testExtractor(t)
	for _, text := range nasty {
		checkClipping(t, x, text)
	}
	long := strings.Repeat("جملة طويلة جدا تمتد بلا انقطاع وتنتهي. اقرأ أيضا: عنوان قصير ", 4000)
	checkClipping(t, x, "عنوان\n"+long)
	checkClipping(t, x, strings.Repeat("كلمة", 60000))
	checkClipping(t, x, strings.Repeat("المصدر: رويترز. ", 20000))
	checkClipping(t, x, strings.Repeat("<p>", 50000))
	checkClipping(t, x, strings.Repeat("&lt;", 50000))
	checkClipping(t, x, strings.Repeat("<", 100000))
	checkClipping(t, x, strings.Repeat("عنوان قصير هنا\n", 20000))
}
