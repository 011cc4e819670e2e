package score

import (
	"strings"
	"testing"

	"warraq/internal/extract"
	"warraq/internal/source"
)

// A crawl that kept no line ends still has its labels: title, date, text and
// source are told apart, and a related article behind its marker and promotion.
func TestClippingsWithoutLineEnds(t *testing.T) {
	e := newEngine(t)
	all := pieces(t)
	right, tried := 0, 0
	for i, p := range all {
		q := all[(i+11)%len(all)]
		if len(strings.Fields(strings.Join(p.paragraphs, " "))) < 30 || len(strings.Fields(strings.Join(q.paragraphs, " "))) < 30 {
			continue
		}
		tried++
		text := strings.ReplaceAll(p.clipping("تاريخ النشر: 9th, March 2025 GMT", "المصدر: جريدة المرفأ كلمات دلالية: روسيا سوريا")+
			"إقرأ أيضاً:\n"+q.clipping("تابع أحدث الأخبار عبر تطبيق", ""), "\n", " ")
		r := e.extractor.Extract(source.Document{Path: "clippings/runon.txt", Kind: source.Text, FirstLine: 1, Text: text})
		why := ""
		switch {
		case len(r.Drafts) != 2:
			why = "not two articles"
		case letters(r.Drafts[0].Title) != letters(p.title) || letters(r.Drafts[1].Title) != letters(q.title):
			why = "titles " + r.Drafts[0].Title + " / " + r.Drafts[1].Title
		case len(r.Drafts[0].Published) != 1 || r.Drafts[0].SourceName != "جريدة المرفأ":
			why = "date or source " + r.Drafts[0].SourceName
		case together(r.Texts[0].Paragraphs) != letters(strings.Join(p.paragraphs, "")):
			why = "text " + together(r.Texts[0].Paragraphs)
		case together(r.Texts[1].Paragraphs) != letters(strings.Join(q.paragraphs, "")):
			why = "related text " + together(r.Texts[1].Paragraphs)
		}
		if why == "" {
			right++
		} else {
			t.Logf("%s + %s: %s", p.name, q.name, why)
		}
	}
	t.Logf("%d of %d come apart", right, tried)
	if right*100 < 90*tried {
		t.Error("want nine of ten")
	}
}

func together(paragraphs []extract.Paragraph) string {
	var b strings.Builder
	for _, p := range paragraphs {
		b.WriteString(letters(p.Text))
	}
	return b.String()
}
