package extract

import (
	"reflect"
	"testing"
	"unsafe"

	"warraq/internal/source"
)

// No string of a draft may lie inside its document's text, or the text stays
// in memory as long as the draft does.
func TestDraftsDoNotHoldTheirDocuments(t *testing.T) {
	x := testExtractor(t)
	texts := []source.Document{benchClipping(3)}
	texts = append(texts, source.Document{Path: "clippings/b.txt", Kind: source.Text, FirstLine: 1, Text: "بوتين منح الأسد حق اللجوء في روسيا\nالمصدر: نشرة\nقال الكرملين يوم 9 ديسمبر 2024 إن بوتين منح بشار الأسد حق اللجوء في موسكو بقرار منه.\nوتبقى القواعد الروسية في سوريا، حميميم وطرطوس، موضع نقاش.\nكلمات دلالية: بوتين، اللجوء\n"})
	front := string(benchMarkdown(3))
	texts = append(texts, source.Document{Path: "articles/a.md", Kind: source.Markdown, FirstLine: 1, Text: front[len("---\n"):],
		Matter: source.Matter{Present: true, Values: map[string]any{"title": front[20:60], "source": front[20:40], "tags": []any{front[20:30]}, "date": "2024-12-09"}}})
	for _, doc := range texts {
		for _, d := range x.Extract(doc).Drafts {
			for _, text := range []string{doc.Text, front} {
				inside(t, reflect.ValueOf(d), "draft", text)
			}
		}
	}
}

func inside(t *testing.T, v reflect.Value, name, text string) {
	switch v.Kind() {
	case reflect.String:
		s := v.String()
		at, low := uintptr(unsafe.Pointer(unsafe.StringData(s))), uintptr(unsafe.Pointer(unsafe.StringData(text)))
		if s != "" && at >= low && at < low+uintptr(len(text)) {
			t.Errorf("%s %q is a part of the document", name, s)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			inside(t, v.Field(i), name+"."+v.Type().Field(i).Name, text)
		}
	case reflect.Slice:
		for i := range v.Len() {
			inside(t, v.Index(i), name, text)
		}
	}
}
