package score

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"warraq/internal/archive"
	"warraq/internal/assemble"
	"warraq/internal/config"
	"warraq/internal/extract"
	"warraq/internal/source"
)

// labelForms are the ways in which outlets were seen to write one day,
// Thursday 5 June 2025, 9 Dhu al-Hijjah 1446, around a story.
var labelForms = []string{
	"تاريخ النشر: 5th, June 2025 GMT",
	"تاريخ النشر: 5th June 2025",
	"تاريخ النشر: June 5, 2025",
	"تاريخ النشر : 05/06/2025 - 14:30",
	"تاريخ النشر: 2025-06-05",
	"نُشر في: 5-6-2025",
	"نشر في 5.6.2025 الساعة 10 صباحًا",
	"نشر بتاريخ ٥/٦/٢٠٢٥",
	"تم النشر في ۵ / ۶ / ۲۰۲۵",
	"تم نشره الخميس 05 يونيو 2025 10:41 صباحًا",
	"نشر الخميس، 5 يونيو / حزيران 2025",
	"الخميس 5 يونيو 2025",
	"الخميس، 5 يونيو، 2025",
	"الخميس ، ٥ يونيو ٢٠٢٥ - ٣:١٥ م",
	"الخميس 05-06-2025",
	"الخميس 05/06/2025 08:15 ص",
	"5 يونيو 2025",
	"5 حزيران 2025",
	"5 حزيران/يونيو 2025",
	"5 يونيو/حزيران 2025 21:07 (GMT)",
	"05 جوان 2025",
	"5 يونيه 2025",
	"يونيو 5, 2025",
	"5 يونيو 2025م",
	"5 يونيو، 2025 | 10:00 بتوقيت القدس",
	"آخر تحديث: 6 يونيو 2025\nنشر: 5 يونيو 2025",
	"الخميس 9 ذو الحجة 1446 هـ",
	"9 ذي الحجة 1446هـ",
	"الخميس 9 ذو الحجة 1446هـ الموافق 5 يونيو 2025م",
	"الخميس - 09 ذو الحجة 1446 هـ - 05 يونيو 2025 مـ",
	"الخميس 05 يونيو 2025م - 09 ذو الحجة 1446هـ",
	"2025/06/05",
	"2025-06-05 09:12:33",
	"2025-06-05T09:12:33Z",
	"2025-06-05T09:12:33+03:00",
	"Thu, 05 Jun 2025 09:12:33 GMT",
	"Thursday, June 5, 2025",
	"05 Jun 2025",
	"حرر في 05 يونيو 2025 الساعة 10 و 15 دقيقة",
	"كتب في: الخميس 5 يونيو 2025",
	"بيروت في 5 حزيران 2025",
	"المرفأ - 5 يونيو 2025",
	"الخميس ٥ حزيران ٢٠٢٥ / ١٢:٣٠",
	"صدر في: الخامس من يونيو 2025",
	"منذ يومين - 5 يونيو 2025",
	"🗓 5 يونيو 2025",
	"Published: 5 June 2025",
}

func TestTheDayIsReadHoweverItIsLabelled(t *testing.T) {
	e := newEngine(t)
	story := "أعلنت بلدية الميناء انتهاء أعمال ترميم الرصيف القديم بعد عامين من العمل المتواصل.\nوقال رئيس البلدية إن الرصيف سيُفتح للمشاة وحدهم، وإن المقاهي القديمة ستعود إليه.\nوكلّفت الأعمال أقل مما رُصد لها."
	for _, form := range labelForms {
		above := "انتهاء ترميم الرصيف القديم في الميناء\n" + form + "\n" + story + "\nالمصدر: جريدة المرفأ\n"
		below := "انتهاء ترميم الرصيف القديم في الميناء\n" + story + "\nالمصدر: جريدة المرفأ\n" + form + "\n"
		over := form + "\nانتهاء ترميم الرصيف القديم في الميناء\n" + story + "\n"
		for _, c := range []struct{ where, text string }{{"below the title", above}, {"at the end", below}, {"above the title", over}} {
			where := c.where
			date, title, paragraphs := e.dateOf(c.text)
			if date.Value.String() != "2025-06-05" || date.Kind != archive.DateStated {
				t.Errorf("%q %s: %s %s", strings.ReplaceAll(form, "\n", " | "), where, date.Kind, date.Value)
			}
			if letters(title) != letters("انتهاء ترميم الرصيف القديم في الميناء") {
				t.Errorf("%q %s: title %q", form, where, title)
			}
			if paragraphs != 3 {
				t.Errorf("%q %s: %d paragraphs, want 3", form, where, paragraphs)
			}
		}
	}
}

// dateOf gives the first article's date and title and the number of its paragraphs.
func (e engine) dateOf(text string) (archive.ArticleDate, string, int) {
	a, paragraphs := e.assembled(text)
	if a == nil {
		return archive.ArticleDate{}, "", 0
	}
	return a.Articles[0].Date, a.Articles[0].Title, paragraphs
}

// eventDays gives the days of the first article's events, sorted.
func (e engine) eventDays(text string) []string {
	a, _ := e.assembled(text)
	if a == nil {
		return nil
	}
	var days []string
	for _, n := range a.Articles[0].Events {
		days = append(days, a.Events[n].Date.String())
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// assembled makes an archive of one clipping; nil when it holds no article.
func (e engine) assembled(text string) (*archive.Archive, int) {
	r := e.extractor.Extract(source.Document{Path: "clippings/day.txt", Kind: source.Text, FirstLine: 1, Text: text})
	if len(r.Drafts) == 0 {
		return nil, 0
	}
	a, _ := assemble.Assemble(assemble.Input{
		Drafts: archive.AppendPointers(nil, r.Drafts), Editorial: e.editorial, Matcher: e.matcher,
		Site: &config.Site{Archive: config.Archive{DateThreshold: 0.6}}, Bodies: extract.NewBodies(fstest.MapFS{}, e.extractor),
	})
	return a, len(r.Texts[0].Paragraphs)
}
