package assemble

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/dates"
	"warraq/internal/editorial"
)

// corpus makes n drafts with texts that share turns of phrase only, Zipf tags
// and mentions over years, a few exact copies and near duplicates among them.
func corpus(n int) ([]*archive.Draft, *editorial.Editorial) {
	rng := rand.New(rand.NewPCG(1, uint64(n)))
	ed := &editorial.Editorial{}
	for i := range 60 {
		ed.Entities = append(ed.Entities, editorial.Entity{ID: fmt.Sprintf("entity-%d", i), Name: fmt.Sprintf("علم %d", i), Kind: archive.Person})
	}
	for i := range 3 {
		ed.Themes = append(ed.Themes, editorial.Theme{Slug: fmt.Sprintf("theme-%d", i), Title: fmt.Sprintf("موضوع %d", i), Weight: i})
	}
	keywords := rand.NewZipf(rng, 1.3, 4, 3000)
	entities := rand.NewZipf(rng, 1.3, 2, 59)
	phrases := make([]uint32, 500) // turns of phrase that all texts draw on
	for i := range phrases {
		phrases[i] = rng.Uint32() &^ 3
	}
	drafts := make([]*archive.Draft, n)
	first := civil.Date{Y: 2010, M: 1, D: 1}.Time()
	for i := range drafts {
		d := &archive.Draft{}
		drafts[i] = d
		day := civil.FromTime(first.AddDate(0, 0, rng.IntN(5500)))
		path := fmt.Sprintf("articles/%04d/%02d/story-%07d.md", day.Y, day.M, i)
		d.Origin = archive.Origin{Path: path, Line: 1, Ordinal: 1, Role: archive.Markdown}
		d.AutoID = strings.TrimSuffix(strings.TrimPrefix(path, "articles/"), ".md")
		d.Title = fmt.Sprintf("عنوان الخبر رقم %d عن المباحثات الجارية", i)
		d.Lead = strings.Repeat("مقدمة الخبر بكلمات قليلة ", 8)
		d.SourceName = fmt.Sprintf("وكالة %d", rng.IntN(40))
		d.Published = []archive.DatePhrase{{Phrase: dates.Phrase{Kind: dates.Absolute, Date: day, Clock: -1}, Text: day.String()}}
		for range 4 {
			d.Keywords = append(d.Keywords, fmt.Sprintf("وسم %d", keywords.Uint64()))
		}
		for range 5 {
			id := fmt.Sprintf("entity-%d", entities.Uint64())
			if !slices.ContainsFunc(d.Mentions, func(m archive.EntityCount) bool { return m.ID == id }) {
				d.Mentions = append(d.Mentions, archive.EntityCount{ID: id, Count: int32(1 + rng.IntN(5))})
			}
		}
		d.Themes = []archive.ThemeScore{{Slug: fmt.Sprintf("theme-%d", rng.IntN(3)), Score: 2, Evidence: []string{"كلمة"}}}
		d.Words = int32(200 + rng.IntN(200))
		d.Shingles = d.Words - 2
		for range d.Shingles / 4 {
			h := rng.Uint32() &^ 3
			if rng.IntN(6) == 0 {
				h = phrases[rng.IntN(len(phrases))]
			}
			d.Sketch = append(d.Sketch, h)
		}
		slices.Sort(d.Sketch)
		d.Sketch = slices.Compact(d.Sketch)
		for j := range d.ExactHash {
			d.ExactHash[j] = byte(rng.Uint32())
		}
		for range rng.IntN(3) {
			e := archive.DraftEvent{
				Phrase:   archive.DatePhrase{Phrase: dates.Phrase{Kind: dates.Absolute, Date: day.AddDays(-rng.IntN(3)), Clock: -1}, Text: "أمس"},
				Sentence: fmt.Sprintf("جرى اللقاء رقم %d في العاصمة", i),
			}
			for range 12 {
				e.Stems = append(e.Stems, rng.Uint32())
			}
			slices.Sort(e.Stems)
			d.Events = append(d.Events, e)
		}
		d.Body = archive.BodyRef{Path: path, Format: archive.MarkdownText, Spans: []archive.Span{{Start: 100, End: 3000}}, Hash: d.ExactHash}
		d.Seal()
		if i > 0 && rng.IntN(50) == 0 {
			o := drafts[rng.IntN(i)]
			d.Sketch, d.Shingles, d.ExactHash, d.Words = o.Sketch, o.Shingles, o.ExactHash, o.Words
		} else if i > 0 && rng.IntN(50) == 0 {
			o := drafts[rng.IntN(i)]
			keep := len(o.Sketch) * (30 + rng.IntN(70)) / 100
			d.Sketch = slices.Concat(o.Sketch[:keep], d.Sketch[:max(0, min(len(d.Sketch), len(o.Sketch)-keep))])
			slices.Sort(d.Sketch)
			d.Sketch = slices.Compact(d.Sketch)
		}
	}
	slices.SortFunc(drafts, byPlace)
	return drafts, ed
}
