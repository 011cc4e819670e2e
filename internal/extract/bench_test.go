package extract

import (
	"fmt"
	"strings"
	"testing"

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
