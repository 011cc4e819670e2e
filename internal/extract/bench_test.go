package extract

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"warraq/internal/source"
)

// newsSentence gives sentence n of a made-up text: every one different.
func newsSentence(n int) string {
	who := []string{"المتحدث باسم الوزارة", "مدير الميناء", "رئيس اللجنة", "محافظ المدينة", "الباحث في الشأن المحلي", "ناطق باسم البلدية"}
	says := []string{"قال", "أوضح", "أكد", "أشار", "ذكر", "أعلن"}
	what := []string{"أعمال الصيانة في الرصيف", "المفاوضات مع الشركة", "تحويلات الطرق في الضواحي", "برنامج المساعدات الشتوية", "عودة السفن إلى المرفأ", "قواعد التوزيع الجديدة"}
	return fmt.Sprintf("%s %s إن %s رقم %d ستستمر حتى نهاية الموسم، على أن تراجع الخطة بعد %d أسابيع من بدء التنفيذ.",
		says[n%6], who[n/6%6], what[n/36%6], n, n%9+2)
}

func benchClipping(n int) source.Document {
	var b strings.Builder
	fmt.Fprintf(&b, "المحافظة تعلن خطة جديدة للميناء رقم %d\nتاريخ النشر: 9th, December 2024 GMT\n", n)
	for i := range 12 {
		b.WriteString(newsSentence(n*40+2*i) + " " + newsSentence(n*40+2*i+1) + "\n")
	}
	b.WriteString("المصدر: جريدة الضفة\nكلمات دلالية: الميناء المحافظة الخطة\nإقرأ أيضاً:\nالبلدية تراجع تحويلات الطرق في الضواحي\nتابع أحدث الأخبار عبر تطبيق\n")
	b.WriteString("راجعت البلدية تحويلات الطرق في الضواحي بعد شكاوى السكان من الازدحام، وقررت فتح مسار ثان.\n")
	for i := range 5 {
		b.WriteString(newsSentence(n*40+25+i) + "\n")
	}
	return source.Document{Path: "clippings/bench.txt", Kind: source.Text, FirstLine: 1, Text: b.String()}
}

func BenchmarkClipping(b *testing.B) {
	x := testExtractor(b)
	docs := make([]source.Document, 64)
	for i := range docs {
		docs[i] = benchClipping(i)
	}
	b.SetBytes(int64(len(docs[0].Text)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if r := x.Extract(docs[i%64]); len(r.Drafts) != 2 {
			b.Fatalf("%d articles", len(r.Drafts))
		}
	}
}

// BenchmarkClippingStructure leaves out what the matcher does.
func BenchmarkClippingStructure(b *testing.B) {
	x := testExtractor(b)
	doc := benchClipping(1)
	b.SetBytes(int64(len(doc.Text)))
	b.ReportAllocs()
	for b.Loop() {
		readClip(&doc, &x.markers)
	}
}

func benchMarkdown(n int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: \"المحافظة تعلن خطة جديدة للميناء رقم %d\"\ndate: 2024-12-09\nsource: جريدة الضفة\ntags: [الميناء, المحافظة, الخطة]\n---\n", n)
	for i := range 12 {
		if i%5 == 4 {
			b.WriteString("\n## ما الذي يتغير؟\n")
		}
		b.WriteString("\n" + newsSentence(n*40+2*i) + " " + newsSentence(n*40+2*i+1) + "\n")
	}
	return []byte(b.String())
}

// BenchmarkMarkdown reads and extracts an article from memory.
func BenchmarkMarkdown(b *testing.B) {
	x := testExtractor(b)
	fsys := make(fstest.MapFS)
	for i := range 64 {
		fsys[fmt.Sprintf("articles/a%d.md", i)] = &fstest.MapFile{Data: benchMarkdown(i)}
	}
	b.SetBytes(int64(len(benchMarkdown(0))))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		docs, _ := source.Read(fsys, source.File{Path: fmt.Sprintf("articles/a%d.md", i%64), Kind: source.Markdown}, source.Options{})
		if r := x.Extract(docs[0]); len(r.Drafts) != 1 {
			b.Fatalf("%d articles", len(r.Drafts))
		}
	}
}

// BenchmarkMarkdownBody reads a body back.
func BenchmarkMarkdownBody(b *testing.B) {
	x := testExtractor(b)
	fsys := fstest.MapFS{"articles/a.md": {Data: benchMarkdown(1)}}
	docs, _ := source.Read(fsys, source.File{Path: "articles/a.md", Kind: source.Markdown}, source.Options{})
	r := x.Extract(docs[0])
	bodies := NewBodies(fsys, x)
	b.SetBytes(int64(len(docs[0].Text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := bodies.Body(r.Drafts[0].Body); err != nil {
			b.Fatal(err)
		}
	}
}
