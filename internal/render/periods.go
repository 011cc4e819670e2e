package render

import (
	"io"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/output"
)

// subject is the hub a listing belongs to, as its period pages show it.
type subject struct {
	hub      Link
	crumbs   []Link
	title    string
	timeline bool // show events and publications in one order
	key      output.Key
	origin   string
}

// planPeriods adds the pages of a listing's years, months and days.
func (p *plan) planPeriods(l *listing, s *subject) {
	if !l.cut() {
		return
	}
	kind := kindPeriod
	if s.timeline {
		kind = kindChronicle
	}
	base := newKeyer(p.frames[kind].key).hash(s.key).str(l.hub, s.title).flag(s.timeline).sum()
	var siblings func(qs []period)
	siblings = func(qs []period) {
		for i, q := range qs {
			var newer, older *period
			k := newKeyer(base)
			if i > 0 {
				newer = &qs[i-1]
				k.str("newer").date(newer.date).str(newer.shard)
			}
			if i+1 < len(qs) {
				older = &qs[i+1]
				k.str("older").date(older.date).str(older.shard)
			}
			finer := l.finer(q)
			key := l.key(k, q, finer).sum()
			p.add(l.path(q), output.List, key, s.origin, func(w io.Writer) error {
				v := p.periodPage(l, s, q, newer, older, kind)
				if kind == kindPeriod {
					return p.execute(w, kind, v)
				}
				return p.execute(w, kind, &ChroniclePage{PeriodPage: *v, Entries: p.months(l, l.own(q, finer)), Filters: p.filters()})
			})
			siblings(finer)
		}
	}
	siblings(l.years())
}

// periodPage makes the view of one period.
func (p *plan) periodPage(l *listing, s *subject, q period, newer, older *period, k kind) *PeriodPage {
	name := p.nameOf(q)
	title := p.r.texts.with("period.title", "subject", s.title, "period", name)
	v := &PeriodPage{
		Frame: p.page(k, archive.EscapePath(l.path(q)), title, title),
		Hub:   s.hub,
		Name:  name,
	}
	v.Crumbs = append(v.Crumbs, s.crumbs...)
	v.Crumbs = append(v.Crumbs, s.hub)
	if q.shard != "" {
		v.Crumbs = append(v.Crumbs, Link{Path: archive.EscapePath(l.hub + undatedPath), Name: isolate(p.periodName(q.date))})
	}
	for d := q.date; d.Precision() > civil.Year; {
		if d = coarser(d); d.IsZero() {
			break
		}
		v.Crumbs = append(v.Crumbs, Link{Path: archive.EscapePath(l.hub + periodPath(d)), Name: isolate(p.periodName(d))})
	}
	if n := len(v.Crumbs); q.date.Precision() == civil.Day { // year before month
		v.Crumbs[n-1], v.Crumbs[n-2] = v.Crumbs[n-2], v.Crumbs[n-1]
	}
	finer := l.finer(q)
	v.List.Total = p.sizeLabel(q)
	v.List.Periods = p.periods(l, finer)
	if !s.timeline {
		v.List.Groups = p.groups(l, l.own(q, finer), false)
	}
	if newer != nil {
		v.Next = &Link{Path: archive.EscapePath(l.path(*newer)), Name: isolate(p.nameOf(*newer))}
	}
	if older != nil {
		v.Prev = &Link{Path: archive.EscapePath(l.path(*older)), Name: isolate(p.nameOf(*older))}
	}
	p.breadcrumb(&v.Frame)
	return v
}

func coarser(d civil.Date) civil.Date {
	switch d.Precision() {
	case civil.Day:
		return d.MonthOf()
	case civil.Month:
		return d.YearOf()
	}
	return civil.Date{}
}

// nameOf names a period, a part of the undated by the beginning of its ids.
func (p *plan) nameOf(q period) string {
	if q.shard == "" {
		return p.periodName(q.date)
	}
	return p.r.texts.with("date.undated.part", "part", strings.ToUpper(q.shard))
}

func (p *plan) periodName(d civil.Date) string {
	if d.IsZero() {
		return p.r.texts.get("date.undated")
	}
	return p.r.style.label(d)
}

// sizeLabel counts a period's articles and events in words.
func (p *plan) sizeLabel(q period) string {
	arts, evs := q.aHi-q.aLo, q.eHi-q.eLo
	switch {
	case evs == 0:
		return p.r.style.count("articles", arts)
	case arts == 0:
		return p.r.style.count("events", evs)
	}
	return p.r.style.count("articles", arts) + p.r.texts.get("list.and") + p.r.style.count("events", evs)
}

// periods links to the pages of periods, with bars in proportion.
func (p *plan) periods(l *listing, qs []period) []Period {
	most := 1
	for _, q := range qs {
		most = max(most, q.size())
	}
	out := make([]Period, len(qs))
	for i, q := range qs {
		out[i] = Period{
			Path:  archive.EscapePath(l.path(q)),
			Name:  p.nameOf(q),
			Count: p.sizeLabel(q),
			N:     q.size(),
			Bar:   max(1, q.size()*40/most),
		}
	}
	return out
}

// hubList makes the list of a hub: its newest articles and the years.
func (p *plan) hubList(l *listing, summaries bool) List {
	v := List{
		Groups: p.groups(l, l.newest(), summaries),
		Total:  p.r.style.count("articles", l.nArt),
		Cut:    l.cut(),
	}
	if v.Cut {
		v.Periods = p.periods(l, l.years())
	}
	return v
}

// groups puts the articles of a range under months.
func (p *plan) groups(l *listing, q period, summaries bool) []Group {
	var out []Group
	var month civil.Date
	for i := q.aLo; i < q.aHi; i++ {
		x := l.article(i)
		m := p.a.Articles[x].Date.Value.MonthOf()
		if len(out) == 0 || m != month {
			month = m
			g := Group{Name: p.periodName(m), Anchor: "m" + m.String()}
			if m.IsZero() {
				g.Anchor = "undated"
			}
			out = append(out, g)
		}
		g := &out[len(out)-1]
		g.Cards = append(g.Cards, p.card(x, summaries))
	}
	return out
}

// hubKey hashes what a hub's list shows.
func (l *listing) hubKey(k *keyer) *keyer {
	k.num(l.nArt, l.nEv)
	l.key(k, l.newest(), nil)
	if l.cut() {
		for _, q := range l.years() {
			k.date(q.date).num(q.aHi-q.aLo, q.eHi-q.eLo)
		}
	}
	return k
}

// articleIndexPages plans articles/ and its periods.
func (p *plan) articleIndexPages() {
	l := allArticles(p)
	title := p.r.texts.get("nav.articles")
	s := &subject{hub: Link{Path: "articles/", Name: isolate(title)}, title: title}
	key := l.hubKey(newKeyer(p.frames[kindArticles].key)).sum()
	p.add("articles/", output.List, key, "", func(w io.Writer) error {
		v := &ArticlesPage{
			Frame: p.page(kindArticles, "articles/", title, p.r.texts.with("articles.description", "site", p.r.site.Title)),
			List:  p.hubList(l, true),
		}
		v.Feeds = p.siteFeeds()
		p.breadcrumb(&v.Frame)
		return p.execute(w, kindArticles, v)
	})
	p.planPeriods(l, s)
}
