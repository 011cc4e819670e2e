package render

import (
	"io"
	"slices"

	"warraq/internal/civil"
	"warraq/internal/output"
)

// timeline plans timeline/ and its periods: what happened and what was
// printed, in one order but told apart.
func (p *plan) timeline() {
	l := p.times
	title := p.r.texts.get("nav.timeline")
	filters := newKeyer(output.Key{})
	for i := range min(len(p.a.Themes), filtered) {
		filters.str(p.a.Themes[i].Title)
	}
	s := &subject{
		hub:      Link{Path: "timeline/", Name: isolate(title)},
		title:    title,
		timeline: true,
		key:      filters.sum(),
	}
	k := newKeyer(p.frames[kindTimeline].key).hash(s.key).num(p.a.Undated)
	for _, q := range l.strip() {
		k.date(q.date).num(q.size())
	}
	key := l.hubKey(k).sum()
	p.add("timeline/", output.List, key, "", func(w io.Writer) error {
		return p.execute(w, kindTimeline, p.timelinePage(l, title))
	})
	p.planPeriods(l, s)
}

// strip gives the periods of the overview: years, or months where a whole
// archive is on the hub.
func (l *listing) strip() []period {
	if l.cut() {
		return l.years()
	}
	return l.split(period{aHi: l.dated(), eHi: l.nEv}, civil.Month)
}

func (p *plan) timelinePage(l *listing, title string) *TimelinePage {
	t := p.r.texts
	v := &TimelinePage{
		Frame:   p.page(kindTimeline, "timeline/", title, t.with("timeline.description", "site", p.r.site.Title)),
		Filters: p.filters(),
		Figures: p.figures(figure{"events", l.nEv}, figure{"articles", l.nArt}),
		Months:  p.months(l, l.newest()),
	}
	strip := l.strip()
	slices.Reverse(strip) // an axis begins with the oldest
	v.Strip = p.periods(l, strip)
	if !l.cut() {
		for i, q := range strip {
			v.Strip[i].Path = "timeline/#m" + q.date.String()
		}
	}
	if n := p.a.Undated; n > 0 {
		path := "articles/#undated"
		if allArticles(p).cut() {
			path = "articles/" + undatedPath
		}
		c := p.counted(Link{Path: path}, n, "articles.undated")
		v.Undated = &c
	}
	v.Exports = p.timelineExports(l.nEv)
	v.OpenGraph = &OpenGraph{Type: "website", Image: p.shareImage()}
	p.breadcrumb(&v.Frame)
	return v
}
