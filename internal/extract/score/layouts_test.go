package score

import (
	"strings"
	"testing"

	"warraq/internal/source"
)

// layout is a way in which outlets and scrapers put articles together. want
// lists the pieces that must come out, by their place among main, other, third.
type layout struct {
	name  string
	build func(main, other, third piece) string
	want  []int
	floor float64 // share of clippings that must come out whole
}

const stamp, signed = "تاريخ النشر: 9th, March 2025 GMT", "المصدر: جريدة المرفأ"

func lines(text ...string) string { return strings.Join(text, "\n") + "\n" }

func (p piece) body() string { return strings.Join(p.paragraphs, "\n") }

func (p piece) rest() string { return strings.Join(p.paragraphs[1:], "\n") }

// bare is a text without final stops, as some outlets print all their paragraphs.
func (p piece) bare() piece {
	q := piece{name: p.name, title: p.title}
	for _, x := range p.paragraphs {
		q.paragraphs = append(q.paragraphs, strings.TrimRight(x, "."))
	}
	return q
}

// subheads stand inside articles; they are no titles of others.
var subheads = []string{"مخاوف من تكرار ما جرى سابقا", "أرقام وشهادات من الميدان", "ما الذي تغير هذا العام؟", "خطة من ثلاث مراحل", "ردود فعل متباينة على القرار"}

// headed is a text with a subhead before its last paragraphs.
func (p piece) headed() piece {
	q := piece{name: p.name, title: p.title}
	at := (len(p.paragraphs) + 1) / 2
	q.paragraphs = append(q.paragraphs, p.paragraphs[:at]...)
	q.paragraphs = append(q.paragraphs, subheads[len(p.title)%len(subheads)])
	q.paragraphs = append(q.paragraphs, p.paragraphs[at:]...)
	return q
}

var layouts = []layout{
	{"no marker before the second article", func(m, o, _ piece) string {
		return lines(m.title, stamp, m.body(), signed, o.title, o.body())
	}, []int{0, 1}, 0.95},
	{"complete article behind a teaser marker", func(m, o, _ piece) string {
		return lines(m.title, stamp, m.body(), signed, "موضوعات ذات صلة", o.title, o.body())
	}, []int{0, 1}, 0.95},
	{"complete article behind an unknown marker", func(m, o, _ piece) string {
		return lines(m.title, stamp, m.body(), signed, "طالعوا في المرفأ كذلك:", o.title, o.body())
	}, []int{0, 1}, 0.95},
	{"teaser with its marker inside the text", func(m, o, _ piece) string {
		return lines(m.title, stamp, m.paragraphs[0], "اقرأ أيضا: "+o.title, m.rest(), signed)
	}, []int{0}, 0.95},
	{"teaser on its own line inside the text", func(m, o, _ piece) string {
		return lines(m.title, stamp, m.paragraphs[0], "اقرأ أيضاً", o.title, m.rest(), signed)
	}, []int{0}, 0.92},
	{"three bare titles inside the text", func(m, o, t piece) string {
		return lines(m.title, stamp, m.paragraphs[0], "مواضيع ذات صلة", o.title, t.title, m.rest(), signed)
	}, []int{0}, 0.92},
	{"bare titles at the end", func(m, o, t piece) string {
		return lines(m.title, stamp, m.body(), signed, "اقرأ أيضاً:", o.title, t.title)
	}, []int{0}, 0.98},
	{"bare titles at the end without a source line", func(m, o, t piece) string {
		return lines(m.title, stamp, m.body(), "اقرأ أيضاً:", o.title, t.title)
	}, []int{0}, 0.98},
	{"bare titles without a marker", func(m, o, t piece) string {
		return lines(m.title, stamp, m.body(), signed, o.title, t.title)
	}, []int{0}, 0.97},
	{"related article without a source line before", func(m, o, _ piece) string {
		return lines(m.title, stamp, m.body(), "إقرأ أيضاً:", o.title, o.body())
	}, []int{0, 1}, 0.92},
	{"two related articles in a row", func(m, o, t piece) string {
		return lines(m.title, stamp, m.body(), signed, "إقرأ أيضاً:", o.title, o.body(), t.title, t.body())
	}, []int{0, 1, 2}, 0.87},
	{"two related articles, each with its source", func(m, o, t piece) string {
		return lines(m.title, stamp, m.body(), signed, "إقرأ أيضاً:", o.title, o.body(), "المصدر: نشرة الساحل", t.title, t.body(), "المصدر: مجلة البادية")
	}, []int{0, 1, 2}, 0.92},
	{"two related articles, each with its marker", func(m, o, t piece) string {
		return lines(m.title, stamp, m.body(), signed, "إقرأ أيضاً:", o.title, o.body(), "إقرأ أيضاً:", t.title, t.body())
	}, []int{0, 1, 2}, 0.92},
	{"related article with a subhead", func(m, o, _ piece) string {
		return lines(m.title, stamp, m.body(), signed, "إقرأ أيضاً:", o.title, o.headed().body())
	}, []int{0, 1}, 0.95},
	{"no final stops", func(m, o, _ piece) string {
		m, o = m.bare(), o.bare()
		return lines(m.title, stamp, m.body(), signed, "إقرأ أيضاً:", o.title, o.body())
	}, []int{0, 1}, 0.8},
	{"inline teaser with dates glued to a paragraph", func(m, o, t piece) string {
		return lines(m.title, stamp, m.paragraphs[0], "أخبار قد تهمك "+o.title+" 3 أبريل 2025 - 10:41 مساءً "+t.title+" 31 مارس 2025 - 3:45 مساءً"+m.rest(), signed)
	}, []int{0}, 0.95},
	{"teasers with whole leads", func(m, o, t piece) string {
		return lines(m.title, stamp, m.body(), signed, "قراءة المزيد", o.title, o.paragraphs[0], t.title, t.paragraphs[0])
	}, []int{0}, 0.9},
	{"title said twice, source above", func(m, o, _ piece) string {
		return lines(m.title, m.title, signed, stamp, m.body(), "شاهد أيضاً", o.title, o.title, o.body())
	}, []int{0, 1}, 0.92},
}

func TestLayoutsComeApart(t *testing.T) {
	e := newEngine(t)
	all := pieces(t)
	for _, l := range layouts {
		total, whole := 0, 0
		for i := range all {
			parts := []piece{all[i], all[(i+5)%len(all)], all[(i+13)%len(all)]}
			if len(parts[0].paragraphs) < 2 {
				continue
			}
			text := l.build(parts[0], parts[1], parts[2])
			if l.name == "no final stops" {
				parts = []piece{parts[0].bare(), parts[1].bare()}
			}
			if l.name == "related article with a subhead" {
				parts[1] = parts[1].headed()
			}
			r := e.extractor.Extract(source.Document{Path: "clippings/layout.txt", Kind: source.Text, FirstLine: 1, Text: text})
			total++
			why := ""
			for n, w := range l.want {
				if n >= len(r.Drafts) {
					why = "an article is missing"
				} else if d := parts[w].differs(r, n); d != "" {
					why = d
				}
				if why != "" {
					break
				}
			}
			if why == "" && len(r.Drafts) > len(l.want) {
				why = "one article too many: " + r.Drafts[len(l.want)].Title
			}
			if why == "" {
				whole++
			} else {
				t.Logf("%s: %s + %s + %s: %s", l.name, parts[0].name, parts[1].name, all[(i+13)%len(all)].name, why)
			}
		}
		t.Logf("= %-50s %d of %d whole", l.name, whole, total)
		if float64(whole) < l.floor*float64(total) {
			t.Errorf("%s: %d of %d are whole, fewer than %.0f %%", l.name, whole, total, 100*l.floor)
		}
	}
}
