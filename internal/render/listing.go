package render

import (
	"sort"
	"strconv"

	"warraq/internal/archive"
	"warraq/internal/civil"
)

// The one rule by which every list is cut by time (design §4.4): the hub shows
// the newest hubItems; beyond that all items are on pages of years; a year over
// yearItems is cut to months, a month over monthItems to days, the coarser page
// staying as an index. No URL ever shifts, and an added item touches only the
// pages of its own dates.
const (
	hubItems   = 50
	yearItems  = 100
	monthItems = 300
)

// undatedPath is the folder, below a list's hub, of items without a date.
const undatedPath = "undated/"

// listing is a list of articles, newest first, and perhaps of events.
type listing struct {
	p    *plan
	hub  string // raw path of the hub's folder
	arts []archive.ArticleIndex
	all  bool // every article and event of the archive, arts and evs unused
	evs  []archive.EventIndex
	none bool // undated articles are not on this list: a timeline
	nArt int
	nEv  int
	cuts map[civil.Date]bool // periods cut into finer ones
}

// period is a year, month or day of a listing: ranges of its articles and events.
type period struct {
	date     civil.Date // zero: the undated
	shard    string     // of the undated: how their ids begin
	aLo, aHi int
	eLo, eHi int
}

func (q period) size() int { return q.aHi - q.aLo + q.eHi - q.eLo }

// newListing describes a list. The timeline lists all articles and events.
func newListing(p *plan, hub string, arts []archive.ArticleIndex, evs []archive.EventIndex, timeline bool) *listing {
	l := &listing{p: p, hub: hub, arts: arts, evs: evs, nArt: len(arts), nEv: len(evs)}
	if timeline {
		l.all, l.none = true, true
		l.nArt, l.nEv = len(p.a.Articles)-p.a.Undated, len(p.a.Events)
	}
	if timeline && l.cut() { // only events are linked to by their period
		l.cuts = map[civil.Date]bool{}
		l.walk(func(q period, finer []period) {
			if len(finer) > 0 {
				l.cuts[q.date] = true
			}
		})
	}
	return l
}

// allArticles is the listing of articles/.
func allArticles(p *plan) *listing {
	return &listing{p: p, hub: "articles/", all: true, nArt: len(p.a.Articles)}
}

func (l *listing) article(i int) archive.ArticleIndex {
	if l.all {
		return archive.ArticleIndex(i)
	}
	return l.arts[i]
}

func (l *listing) event(i int) archive.EventIndex {
	if l.all {
		return archive.EventIndex(i)
	}
	return l.evs[i]
}

func (l *listing) articleDate(i int) civil.Date { return l.p.a.Articles[l.article(i)].Date.Value }
func (l *listing) eventDate(i int) civil.Date   { return l.p.a.Events[l.event(i)].Date }

// cut reports whether the hub does not hold the whole list.
func (l *listing) cut() bool { return l.nArt+l.nEv > hubItems }

// dated counts the articles that have a date; the others are at the end.
func (l *listing) dated() int {
	return sort.Search(l.nArt, func(i int) bool { return l.articleDate(i).IsZero() })
}

// years splits the list, newest first; the undated are the last period.
func (l *listing) years() []period {
	out := l.split(period{aHi: l.dated(), eHi: l.nEv}, civil.Year)
	if d := l.dated(); d < l.nArt {
		out = append(out, period{aLo: d, aHi: l.nArt, eLo: l.nEv, eHi: l.nEv})
	}
	return out
}

// finer gives the periods that q is cut into, none when its page holds all.
func (l *listing) finer(q period) []period {
	switch q.date.Precision() {
	case civil.Year:
		if q.size() > yearItems {
			return l.split(q, civil.Month)
		}
	case civil.Month:
		if q.size() > monthItems {
			return l.split(q, civil.Day)
		}
	case civil.None:
		if q.size() > monthItems {
			return l.shards(q)
		}
	}
	return nil
}

// shards cuts undated articles by the next letter of their ids, by which they
// are ordered. Ids of clippings are hashes, so that the parts are of one size
// and none depends on what the others hold.
func (l *listing) shards(q period) []period {
	depth := len(q.shard)
	if depth >= 8 {
		return nil
	}
	var out []period
	for i := q.aLo; i < q.aHi; i++ {
		id := l.p.a.Articles[l.article(i)].ID
		next := "-" // the id ends here, or goes on with what no folder should be called
		if depth < len(id) && (id[depth] >= 'a' && id[depth] <= 'z' || id[depth] >= '0' && id[depth] <= '9') {
			next = id[depth : depth+1]
		}
		if n := len(out); n > 0 && out[n-1].shard == q.shard+next {
			out[n-1].aHi = i + 1
			continue
		}
		out = append(out, period{shard: q.shard + next, aLo: i, aHi: i + 1, eLo: q.eLo, eHi: q.eLo})
	}
	// Letters that are no folder's name may stand apart in the order; a list
	// with such ids stays whole.
	seen := map[string]bool{}
	for _, s := range out {
		if seen[s.shard] {
			return nil
		}
		seen[s.shard] = true
	}
	return out
}

// split groups a range by dates of the given precision, newest first. Items
// that are less precise stay with q: they are its last articles and its first
// events.
func (l *listing) split(q period, precision civil.Precision) []period {
	clip := func(d civil.Date) civil.Date {
		switch precision {
		case civil.Year:
			return d.YearOf()
		case civil.Month:
			return d.MonthOf()
		}
		return d
	}
	var out []period
	a, e := q.aLo, q.eHi
	for a < q.aHi || e > q.eLo {
		var day civil.Date
		if a < q.aHi {
			day = clip(l.articleDate(a))
		}
		if e > q.eLo {
			if d := clip(l.eventDate(e - 1)); d.Compare(day) > 0 {
				day = d
			}
		}
		n := period{date: day, aLo: a, eHi: e}
		for a < q.aHi && clip(l.articleDate(a)) == day {
			a++
		}
		for e > q.eLo && clip(l.eventDate(e-1)) == day {
			e--
		}
		n.aHi, n.eLo = a, e
		if day.Precision() < precision {
			break // the rest is less precise
		}
		out = append(out, n)
	}
	return out
}

// own gives the items of q that none of its finer periods holds.
func (l *listing) own(q period, finer []period) period {
	if len(finer) == 0 {
		return q
	}
	last := finer[len(finer)-1]
	return period{date: q.date, aLo: last.aHi, aHi: q.aHi, eLo: q.eLo, eHi: last.eLo}
}

// walk calls visit for every period that has a page, coarser ones first.
func (l *listing) walk(visit func(q period, finer []period)) {
	var down func(qs []period)
	down = func(qs []period) {
		for _, q := range qs {
			finer := l.finer(q)
			visit(q, finer)
			down(finer)
		}
	}
	down(l.years())
}

// path of a period's page, raw.
func (l *listing) path(q period) string {
	if q.shard != "" {
		return l.hub + undatedPath + q.shard + "/"
	}
	return l.hub + periodPath(q.date)
}

func periodPath(d civil.Date) string {
	two := func(n uint8) string {
		if n < 10 {
			return "0" + strconv.Itoa(int(n)) + "/"
		}
		return strconv.Itoa(int(n)) + "/"
	}
	switch d.Precision() {
	case civil.Year:
		return strconv.Itoa(int(d.Y)) + "/"
	case civil.Month:
		return strconv.Itoa(int(d.Y)) + "/" + two(d.M)
	case civil.Day:
		return strconv.Itoa(int(d.Y)) + "/" + two(d.M) + two(d.D)
	}
	return undatedPath
}

// home gives the path of the page that holds an item of date d in full.
func (l *listing) home(d civil.Date) string {
	if !l.cut() {
		return l.hub
	}
	at := d.YearOf()
	if l.cuts[at] && d.M > 0 {
		at = d.MonthOf()
		if l.cuts[at] && d.D > 0 {
			at = d
		}
	}
	return l.hub + periodPath(at)
}

// newest gives the first items of the list, for its hub: as many of the newest
// articles and events together as it shows.
func (l *listing) newest() period {
	if !l.cut() {
		return period{aHi: l.nArt, eHi: l.nEv}
	}
	q := period{eLo: l.nEv, eHi: l.nEv}
	dated := l.dated()
	for q.size() < hubItems {
		hasArticle, hasEvent := q.aHi < dated, q.eLo > 0
		switch {
		case hasEvent && (!hasArticle || l.eventDate(q.eLo-1).Compare(l.articleDate(q.aHi)) >= 0):
			q.eLo--
		case hasArticle:
			q.aHi++
		case q.aHi < l.nArt: // undated
			q.aHi++
		default:
			return q
		}
	}
	return q
}

// key hashes what a page of these items shows of them.
func (l *listing) key(k *keyer, q period, finer []period) *keyer {
	k.date(q.date).str(q.shard).num(q.aHi-q.aLo, q.eHi-q.eLo)
	own := l.own(q, finer)
	for i := own.aLo; i < own.aHi; i++ {
		k.hash(l.p.seen[l.article(i)])
	}
	for i := own.eLo; i < own.eHi; i++ {
		k.hash(l.p.eventKey(l.event(i)))
	}
	for _, f := range finer {
		k.date(f.date).str(f.shard).num(f.aHi-f.aLo, f.eHi-f.eLo)
	}
	return k
}
