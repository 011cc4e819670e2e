package score

import (
	"strings"
	"testing"

	"warraq/internal/source"
)

// promotions are lines around texts in the words of many outlets.
var promotions = []string{
	"تابعونا على فيسبوك", "حمّل تطبيق المرفأ الآن", "٥ دقائق قراءة", "وقت القراءة: 3 دقائق", "1,204 مشاهدة", "(رويترز)",
	"الصورة: رويترز", "صورة من الأرشيف (أ ف ب)", "تصوير: محمد علي", "شارك هذا الخبر", "مشاركة عبر واتساب", "انسخ الرابط",
	"© جميع الحقوق محفوظة", "اشترك في القناة الرسمية على تلغرام", "تابع أخبار المرفأ عبر Google News",
	"تابعوا آخر الأخبار عبر صفحتنا على إكس", "لمتابعة آخر الأخبار والتطورات اشترك بقناتنا على الواتساب", "إعلان", "A+ A-",
	"حجم الخط", "التعليقات (0)", "لا توجد تعليقات", "0 تعليق", "طباعة الخبر", "https://almarfa.example/news/12345",
	"شاهد الفيديو:", "استمع إلى الخبر", "***", "---", "أرسل لصديق", "نسخة للطباعة", "خاص - المرفأ", "(أ ف ب)", "م.ح",
	"الرئيسية > أخبار > عربي", "آراء الكتاب لا تعبر بالضرورة عن رأي الصحيفة", "تابع قناة المرفأ على يوتيوب", "#المرفأ",
	"سجل الآن في النشرة الإخبارية", "قم بالتسجيل للحصول على آخر الأخبار", "اضغط على الجرس ليصلك كل جديد", "عدد القراء: 532",
	"0 1 دقيقة", "Facebook Twitter WhatsApp", "فيسبوك تويتر واتساب تلغرام", "Getty Images", "Reuters", "جارٍ التحميل...",
	"تم النسخ", "اقرأ الخبر من المصدر", "لقطة من الفيديو", "صورة تعبيرية", "أرشيفية",
	"يستخدم الموقع ملفات تعريف الارتباط لتحسين تجربتك", "قيّم المقال", "كن أول من يعلّق على هذا الخبر",
	"الأخبار العاجلة على هاتفك: حمل التطبيق",
}

// news begins like a promotion and is none.
var news = []string{
	"شارك ترامب مقطعًا على إكس يظهر فيه وهو يصافح الحضور.",
	"تابع رئيس الوزراء أعمال توسعة القناة عبر اتصال مرئي.",
	"تابع قائلًا إن المفاوضات لم تنتهِ بعد",
	"انضم آلاف المتطوعين إلى فرق الإغاثة خلال يومين.",
	"سجل المنتخب هدفين في الشوط الثاني.",
	"حمل المتظاهرون صور المفقودين ووقفوا أمام مبنى التلفزيون.",
	"نزل الآلاف إلى الشوارع فور إعلان النتيجة.",
	"أخبار الحرب تصل إلى القرية متأخرة يومين على الأقل.",
	"آخر القطارات غادر المحطة عند منتصف الليل.",
	"كل ما في الأمر أن أحدًا لم يسأل السكان.",
	"الصورة التي رسمها التقرير قاتمة.",
	"تصوير الفيلم استغرق عامين في ثلاث قرى.",
	"اشترك الجيشان في مناورة بحرية قبالة الساحل.",
	"المزيد من القوات وصل إلى الجبهة، بحسب المتحدث.",
	"كتب الوزير على منصة إكس أن القرار نهائي.",
	"المصدر نفسه قال إن الطائرة هبطت بسلام.",
}

func TestPromotionsGoAndNewsStays(t *testing.T) {
	e := newEngine(t)
	all := pieces(t)
	for i, line := range append(promotions, news...) {
		stays := i >= len(promotions)
		for at := range 3 {
			p := all[(i*3+at*11)%len(all)]
			want := piece{title: p.title}
			lines := []string{p.title, "تاريخ النشر: 9th, December 2024 GMT"}
			put := func() {
				if lines = append(lines, line); stays {
					want.paragraphs = append(want.paragraphs, line)
				}
			}
			for k, paragraph := range p.paragraphs {
				if at == k && (k > 0 || !stays) {
					put()
				}
				lines, want.paragraphs = append(lines, paragraph), append(want.paragraphs, paragraph)
			}
			if at >= len(p.paragraphs) || at == 0 && stays {
				put()
			}
			r := e.extractor.Extract(source.Document{Path: "clippings/noise.txt", Kind: source.Text, FirstLine: 1,
				Text: strings.Join(append(lines, "المصدر: جريدة المرفأ"), "\n")})
			switch {
			case len(r.Drafts) != 1:
				t.Errorf("%q in %s: %d articles", line, p.name, len(r.Drafts))
			case want.differs(r, 0) != "":
				t.Errorf("%q in %s: %s", line, p.name, want.differs(r, 0))
			case r.Drafts[0].SourceName != "جريدة المرفأ" || len(r.Drafts[0].Published) == 0:
				t.Errorf("%q in %s: source %q, %d dates", line, p.name, r.Drafts[0].SourceName, len(r.Drafts[0].Published))
			}
		}
	}
}
