package render

import (
	"io"
	"strings"
	"testing"

	"warraq/internal/archive"
)

// longBodies gives every article a body of about 600 words.
type longBodies struct{ text []string }

func newLongBodies() longBodies {
	paragraph := strings.Repeat("وقال الناطق باسم الهيئة إن السفينة وصلت إلى المرفأ الشمالي صباحًا ", 5)
	var b longBodies
	for range 12 {
		b.text = append(b.text, strings.TrimSpace(paragraph))
	}
	return b
}

func (b longBodies) Body(archive.BodyRef) (archive.Body, error) {
	return archive.Body{Paragraphs: b.text}, nil
}

func BenchmarkPlan(b *testing.B) {
	a, texts := fixture(10000)
	r := newRenderer(b, site(), Options{})
	b.ReportAllocs()
	for b.Loop() {
		r.Plan(a, texts)
	}
}

func BenchmarkArticlePage(b *testing.B) {
	a, _ := fixture(2000)
	r := newRenderer(b, site(), Options{})
	pages, _ := r.Plan(a, newLongBodies())
	n := 0
	for n < len(pages) && pages[n].Path != "articles/a0010/index.html" {
		n++
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := pages[n].Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
