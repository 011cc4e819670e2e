package score

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"warraq/internal/archive"
	"warraq/internal/diag"
)

// The categories in the order they are printed.
var categories = []string{
	"article", "title", "date", "source", "paragraph", "theme",
	"event", "entity", "tag", "duplicate", "problem",
}

// figure counts one category.
type figure struct{ hit, want, got int }

func (f figure) recall() float64    { return ratio(f.hit, f.want) }
func (f figure) precision() float64 { return ratio(f.hit, f.got) }

func ratio(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

// board collects figures and the misses behind them.
type board struct {
	t       *testing.T
	floors  map[string][2]float64
	figures map[string]*figure
	misses  []string
}

func newBoard(t *testing.T, floors map[string][2]float64) *board {
	b := &board{t: t, floors: floors, figures: map[string]*figure{}}
	for _, c := range categories {
		b.figures[c] = &figure{}
	}
	return b
}

func (b *board) miss(category, where, format string, args ...any) {
	b.misses = append(b.misses, fmt.Sprintf("%-9s %s: %s", category, where, fmt.Sprintf(format, args...)))
}

// score runs every group, prints the figures and holds them against the floors.
func (b *board) score(wants []*want) {
	e := newEngine(b.t)
	groups := map[string][]*want{}
	var names []string
	for _, w := range wants {
		name := cmp.Or(w.Group, w.name)
		if groups[name] == nil {
			names = append(names, name)
		}
		groups[name] = append(groups[name], w)
	}
	for _, name := range names {
		b.group(groups[name], e.run(b.t, groups[name]))
	}
	slices.Sort(b.misses)
	for _, m := range b.misses {
		b.t.Log(m)
	}
	for _, c := range categories {
		f := b.figures[c]
		b.t.Logf("%-9s recall %.3f precision %.3f (%d hit, %d wanted, %d got)", c, f.recall(), f.precision(), f.hit, f.want, f.got)
		if floor := b.floors[c]; f.recall() < floor[0] || f.precision() < floor[1] {
			b.t.Errorf("%s: recall %.3f precision %.3f are below %v", c, f.recall(), f.precision(), floor)
		}
	}
}

// group scores the clippings of one archive.
func (b *board) group(group []*want, g got) {
	for _, w := range group {
		b.clipping(w, g)
	}
	b.duplicates(group, g)
}

// clipping scores one clipping: its articles one by one, then what must not be
// published and what must be reported.
func (b *board) clipping(w *want, g got) {
	var mine []int
	for i := range g.drafts {
		if g.drafts[i].Origin.Path == w.file() {
			mine = append(mine, i)
		}
	}
	articles := b.figures["article"]
	articles.want += len(w.Articles)
	articles.got += len(mine)
	for n := range w.Articles {
		a := &w.Articles[n]
		where := fmt.Sprintf("%s#%d", w.name, n+1)
		i := closest(a, mine, g)
		if i < 0 {
			b.miss("article", where, "not found: %s", a.Title)
			b.lost(a)
			continue
		}
		mine = slices.DeleteFunc(mine, func(j int) bool { return j == i })
		articles.hit++
		b.draft(a, where, g, i)
		b.article(a, where, g, g.drafts[i].Origin)
	}
	for _, i := range mine {
		b.miss("article", w.name, "one too many: %s", g.drafts[i].Title)
	}
	b.forbidden(w, g)

	f := b.figures["problem"]
	reported := slices.ContainsFunc(g.problems, func(p diag.Problem) bool {
		return p.Severity != diag.Info && p.Path == w.file()
	})
	if w.Problem {
		f.want++
		if reported {
			f.hit++
			f.got++
		} else {
			b.miss("problem", w.name, "nothing reported")
		}
	}
}

// lost counts what an article that was not found would have brought.
func (b *board) lost(a *wantArticle) {
	b.figures["title"].want++
	for _, p := range a.Paragraphs {
		if !p.Optional {
			b.figures["paragraph"].want++
		}
	}
	if a.Date != "" && a.Date != "unknown" {
		b.figures["date"].want++
	}
	if a.Source != nil && *a.Source != "" {
		b.figures["source"].want++
	}
	if a.Themes != nil {
		b.figures["theme"].want += len(*a.Themes)
	}
}

// closest finds the draft that is meant: by title, else by its paragraphs.
func closest(a *wantArticle, among []int, g got) int {
	for _, i := range among {
		if a.Title != "" && letters(g.drafts[i].Title) == letters(a.Title) {
			return i
		}
	}
	best, most := -1, 0
	for _, i := range among {
		n := 0
		for _, p := range a.Paragraphs {
			if slices.ContainsFunc(texts(g, i), func(s string) bool { return s == letters(p.Text) }) {
				n++
			}
		}
		if n > most {
			best, most = i, n
		}
	}
	return best
}

// texts gives a draft's paragraphs as they are compared.
func texts(g got, draft int) []string {
	var s []string
	for _, p := range g.texts[draft].Paragraphs {
		s = append(s, letters(p.Text))
	}
	return s
}

// draft scores what extraction alone decides: title, source, paragraphs.
func (b *board) draft(a *wantArticle, where string, g got, i int) {
	d := &g.drafts[i]
	f := b.figures["title"]
	f.want++
	f.got++
	if a.TitleAny && d.Title != "" || letters(d.Title) == letters(a.Title) {
		f.hit++
	} else {
		b.miss("title", where, "%q, want %q", d.Title, a.Title)
	}

	if a.Source != nil || a.SourceHas != "" {
		f := b.figures["source"]
		fits := a.Source != nil && letters(d.SourceName) == letters(*a.Source) ||
			a.SourceHas != "" && strings.Contains(letters(d.SourceName), letters(a.SourceHas))
		if a.SourceHas != "" || *a.Source != "" {
			f.want++
		}
		if d.SourceName != "" {
			f.got++
		}
		if fits && d.SourceName != "" {
			f.hit++
		}
		if !fits {
			b.miss("source", where, "%q", d.SourceName)
		}
	}

	p := b.figures["paragraph"]
	have := texts(g, i)
	p.got += len(have)
	for _, para := range a.Paragraphs {
		at := slices.Index(have, letters(para.Text))
		if at < 0 && para.Optional {
			continue
		}
		p.want++
		if at < 0 {
			b.miss("paragraph", where, "lost: %s", para.Text)
			continue
		}
		p.hit++
		have = slices.Delete(have, at, at+1)
	}
	for _, extra := range have {
		b.miss("paragraph", where, "one too many: %s", extra)
	}
}

// forbidden fails the test outright: text of other articles, promotions and
// markup must never be published.
func (b *board) forbidden(w *want, g got) {
	for i := range g.drafts {
		if g.drafts[i].Origin.Path != w.file() {
			continue
		}
		published := []string{g.drafts[i].Title}
		for _, p := range g.texts[i].Paragraphs {
			published = append(published, p.Text)
		}
		for _, no := range w.Forbidden {
			if letters(no) == "" {
				continue
			}
			for _, s := range published {
				if strings.Contains(s, no) || len(letters(no)) > 24 && strings.Contains(letters(s), letters(no)) {
					b.t.Errorf("%s: published although forbidden: %s", w.name, no)
				}
			}
		}
	}
}

// article scores what assembling decides: date, themes, events, entities, tags.
func (b *board) article(a *wantArticle, where string, g got, o archive.Origin) {
	at := slices.IndexFunc(g.archive.Articles, func(x archive.Article) bool { return x.Origins[0] == o })
	if at < 0 {
		if a.CopyOf == "" && a.VersionOf == "" && a.WireWith == "" {
			b.kept(a, where, g, o)
		}
		return
	}
	x := &g.archive.Articles[at]

	if a.Date != "" {
		f := b.figures["date"]
		kind, value, _ := strings.Cut(a.Date, " ")
		if value != "" {
			f.want++
		}
		if !x.Date.Value.IsZero() {
			f.got++
		}
		if x.Date.Value.String() == value && x.Date.Kind.String() == kind {
			if value != "" {
				f.hit++
			}
		} else {
			b.miss("date", where, "%s %s (%s), want %s", x.Date.Kind, x.Date.Value, x.Date.Evidence, a.Date)
		}
	}
	if a.Themes != nil {
		var have []string
		for _, m := range x.Themes {
			have = append(have, g.archive.Themes[m.Theme].Slug)
		}
		b.sets("theme", where, *a.Themes, have)
	}
	if a.Events != nil {
		var have []string
		for _, n := range x.Events {
			have = append(have, g.archive.Events[n].Date.String())
		}
		slices.Sort(have)
		b.sets("event", where, *a.Events, slices.Compact(have))
	}
	if a.Tags != nil {
		var have, all []string
		for _, n := range x.Tags {
			have = append(have, letters(g.archive.Tags[n].Name))
		}
		for _, s := range *a.Tags {
			if s, optional := strings.CutPrefix(s, "?"); optional {
				all = append(all, "?"+letters(s))
			} else {
				all = append(all, letters(s))
			}
		}
		b.sets("tag", where, all, have)
	}
	var entities []string
	for _, m := range x.Mentions {
		entities = append(entities, g.archive.Tags[m.Tag].Slug)
	}
	if a.Entities != nil {
		b.sets("entity", where, *a.Entities, entities)
	}
	for _, no := range a.Absent {
		if slices.Contains(entities, no) {
			b.t.Errorf("%s: %s is not meant", where, no)
		}
	}
}

// kept reports an article that became part of another although it is its own.
func (b *board) kept(a *wantArticle, where string, g got, o archive.Origin) {
	for _, x := range g.archive.Articles {
		if slices.Contains(x.Origins, o) {
			// A copy was chosen to stand for it: its label carries the expectations.
			if a.Date != "" || a.Themes != nil {
				b.article(a, where, g, x.Origins[0])
			}
			return
		}
	}
	b.miss("article", where, "not in the archive: %s", a.Title)
}

// sets compares two sets; wanted members that begin with "?" are optional.
func (b *board) sets(category, where string, want, have []string) {
	f := b.figures[category]
	for _, s := range want {
		s, optional := strings.CutPrefix(s, "?")
		found := slices.Contains(have, s)
		switch {
		case optional:
		case found:
			f.want++
			f.hit++
			f.got++
		default:
			f.want++
			b.miss(category, where, "lost: %s", s)
		}
	}
	for _, s := range have {
		if !slices.Contains(want, s) && !slices.Contains(want, "?"+s) {
			f.got++
			b.miss(category, where, "wrong: %s", s)
		}
	}
}

// duplicates scores which articles were folded or linked.
func (b *board) duplicates(group []*want, g got) {
	pair := func(kind, x, y string) string { return kind + " " + min(x, y) + " " + max(x, y) }
	var want, have []string
	events := map[string]int{}
	for _, w := range group {
		for n, a := range w.Articles {
			here := fmt.Sprintf("%s#%d", w.name, n+1)
			if a.CopyOf != "" {
				want = append(want, pair("copy", here, a.CopyOf))
			}
			if a.VersionOf != "" {
				want = append(want, pair("version", here, a.VersionOf))
			}
			if a.WireWith != "" {
				want = append(want, pair("wire", here, a.WireWith))
			}
		}
		if w.OneEvent != "" {
			events[w.OneEvent] = 1
		}
	}
	for i := range g.archive.Articles {
		x := &g.archive.Articles[i]
		kept := place(x.Origins[0])
		for _, v := range x.Versions {
			have = append(have, pair("version", kept, place(v.Origin)))
		}
		for _, o := range x.Origins[1:] {
			if !slices.ContainsFunc(x.Versions, func(v archive.Version) bool { return v.Origin == o }) {
				have = append(have, pair("copy", kept, place(o)))
			}
		}
		for _, r := range x.Relations {
			if r.Kind == archive.SharedWire {
				have = append(have, pair("wire", kept, place(g.archive.Articles[r.Article].Origins[0])))
			}
		}
	}
	slices.Sort(have)
	b.sets("duplicate", group[0].name, want, slices.Compact(have))
	for date := range events {
		n := 0
		for _, e := range g.archive.Events {
			if e.Date.String() == date && len(e.Tellings) > 1 {
				n++
			}
		}
		if n != 1 {
			b.t.Errorf("%s: %d timeline entries for what several articles tell of %s, want 1", group[0].name, n, date)
		}
	}
}
