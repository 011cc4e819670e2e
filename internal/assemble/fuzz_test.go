package assemble

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/dates"
	"warraq/internal/diag"
	"warraq/internal/editorial"
)

// dice reads choices from the fuzzer's bytes.
type dice struct{ data []byte }

func (d *dice) upTo(n int) int {
	if len(d.data) == 0 {
		return 0
	}
	b := d.data[0]
	d.data = d.data[1:]
	return int(b) % n
}

func pick[T any](d *dice, from ...T) T { return from[d.upTo(len(from))] }

// draft makes one whose every field is drawn from few values, so that drafts collide.
func (d *dice) draft(n int) archive.Draft {
	x := archive.Draft{Title: pick(d, "خبر", "خبر آخر", ""), Words: int32(d.upTo(5))}
	x.Origin = archive.Origin{Path: string(rune('a' + n)), Line: 1, Ordinal: 1, Role: archive.Role(d.upTo(3))}
	x.AutoID = pick(d, "k1", "k2", "k3", "k4", "k4/k5", "ك")
	x.ID = pick(d, "", "", "", "k1", "../k", "عنوان")
	day := civil.Date{Y: 2025, M: 1, D: uint8(1 + d.upTo(9))}
	phrase := archive.DatePhrase{Phrase: dates.Phrase{Kind: dates.Kind(d.upTo(4)), Date: day, Month: 1, Day: uint8(d.upTo(32)), HasWeekday: d.upTo(2) == 0,
		Weekday: time.Weekday(d.upTo(7)), Today: d.upTo(3) == 0, Future: d.upTo(5) == 0, Offset: int16(d.upTo(5) - 3)}, Text: "يوم", Teaser: d.upTo(4) == 0}
	switch d.upTo(4) {
	case 0:
		x.Relative = append(x.Relative, phrase)
	case 1:
		x.Modified = append(x.Modified, phrase)
	default:
		x.Published = append(x.Published, phrase)
	}
	for range d.upTo(3) {
		e := archive.DraftEvent{Phrase: phrase, Sentence: pick(d, "جرى اللقاء الأول في المدينة", "تأخر وصول الشحنة إلى الميناء", "")}
		e.Phrase.Phrase.Date.D = uint8(1 + d.upTo(9))
		x.Events = append(x.Events, e)
	}
	base := uint32(d.upTo(3)) * 4000
	for i := range uint32(10 + d.upTo(30)) {
		x.Sketch = append(x.Sketch, base+4*i+4)
	}
	x.Shingles = int32(len(x.Sketch)) * 4
	x.ExactHash[0] = byte(d.upTo(6))
	x.Keywords = pick(d, nil, []string{"روسيا", "روسیا"}, []string{"", "،"}, []string{"اقتصاد"})
	x.Mentions = pick(d, nil, []archive.EntityCount{{ID: "russia", Count: 2}}, []archive.EntityCount{{ID: "nobody", Count: 1}})
	x.Themes = pick(d, nil, []archive.ThemeScore{{Slug: "a", Score: 1}})
	x.Listed = pick(d, nil, nil, []string{"b", "a", "a"}, []string{"c"})
	x.SourceName = pick(d, "", "صحيفة", "الصحيفة")
	x.Aliases = pick(d, nil, nil, []string{"/old/"}, []string{"/articles/k1/"}, []string{"/tags/russia/", "../.."})
	x.Draft, x.Withdrawn = d.upTo(9) == 0, pick(d, "", "", "", "", "سبب")
	return x
}

func FuzzAssemble(f *testing.F) {
	f.Add([]byte("ورّاق"))
	f.Add([]byte{3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4, 3, 3, 8, 3, 2, 7, 9, 5})
	f.Fuzz(func(t *testing.T, data []byte) {
		d := dice{data}
		ed := decisions(
			editorial.Decision{ID: "k1", SameAs: pick(&d, nil, []string{"k2"}, []string{"k3", "k9"}), NotSameAs: pick(&d, nil, []string{"k4"})},
			editorial.Decision{ID: "k3", Withdrawn: pick(&d, "", "سبب"), SameAs: pick(&d, nil, []string{"k1"})},
		)
		ed.Entities = []editorial.Entity{{ID: "russia", Name: "روسيا", Aliases: []string{"روسيا الاتحادية"}, Kind: archive.Place}}
		ed.Themes = []editorial.Theme{{Slug: "a", Title: "أ"}, {Slug: "b", Title: "ب"}}
		in := Input{Editorial: ed, Site: site(), Build: civil.Date{Y: 2025, M: 1, D: 6}}
		for i := 0; len(d.data) > 0 && i < 20; i++ {
			draft := d.draft(i)
			in.Drafts = append(in.Drafts, &draft)
		}
		a, problems := Assemble(in)
		if err := archive.Check(a); err != nil {
			t.Fatal(err)
		}
		slices.Reverse(in.Drafts)
		again, problemsAgain := Assemble(in)
		if !reflect.DeepEqual(a, again) {
			t.Fatal("another order, another archive")
		}
		if !slices.EqualFunc(problems, problemsAgain, func(x, y diag.Problem) bool { return x == y }) {
			t.Fatal("another order, other problems")
		}
	})
}
