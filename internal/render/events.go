package render

import (
	"strconv"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/output"
)

// tellingsShown is how many articles an event names; the rest is counted.
const tellingsShown = 6

// A page of more than denseFrom events is one to scan: each is told in briefly
// letters, at the end of a clause where there is one, and names one article.
// The whole sentence is on the article's page and in the exports. Without this
// rule a page of 1,000 events, each told in the 135 letters that are usual in the
// example archive, takes twice the budget of a list.
const (
	denseFrom = 100
	briefly   = 60
)

// detail is how much of an event a page tells.
type detail int

const (
	noTellings detail = iota // on the page of one of its articles
	allTellings
	brief
)

// briefSentence shortens a sentence for a dense page.
func briefSentence(s string) string {
	letters, clause := 0, 0
	for at, c := range s {
		if letters++; letters > briefly {
			if clause > 0 {
				return s[:clause] + "…"
			}
			return shorten(s, briefly)
		}
		if letters > briefly/2 && (c == '،' || c == '؛') {
			clause = at
		}
	}
	return s
}

// eventKey hashes what pages show of an event.
func (p *plan) eventKey(i archive.EventIndex) output.Key {
	e := &p.a.Events[i]
	k := newKeyer(output.Key{}).str(e.ID, e.Sentence).date(e.Date).num(int(e.Kind), int(e.Sources), len(e.Tellings), len(e.Themes))
	for n := range min(len(e.Tellings), tellingsShown) {
		k.hash(p.seen[e.Tellings[n].Article])
	}
	for _, t := range e.Themes {
		k.num(int(t))
	}
	return k.sum()
}

// event makes the view of an event, with the articles that tell it on pages
// that are not one of them.
func (p *plan) event(i archive.EventIndex, much detail) Event {
	e := &p.a.Events[i]
	anchor := "e-" + e.ID
	v := Event{
		Anchor:   anchor,
		Path:     archive.EscapePath(p.times.home(e.Date)) + "#" + anchor,
		Date:     p.r.style.date(e.Date, e.Kind),
		Sentence: isolate(e.Sentence),
		Sources:  int(e.Sources),
		Class:    filterClass("e", e.Themes),
	}
	if e.Sources > 1 {
		v.SourceLabel = p.r.style.count("sources.independent", int(e.Sources))
	}
	switch e.Date.Precision() {
	case civil.Month:
		v.Precision = p.r.texts.get("date.month")
	case civil.Year:
		v.Precision = p.r.texts.get("date.year")
	}
	shown := tellingsShown
	switch much {
	case noTellings:
		return v
	case brief:
		v.Sentence, shown = isolate(briefSentence(e.Sentence)), 1
	}
	for n := range min(len(e.Tellings), shown) {
		v.Tellings = append(v.Tellings, p.telling(e.Tellings[n].Article))
	}
	if more := len(e.Tellings) - shown; more > 0 {
		v.More = p.r.style.count("articles.more", more)
	}
	return v
}

// telling links to an article by the name of its outlet, which says more beside
// the sentence than a title and weighs less on a page of a thousand events.
func (p *plan) telling(i archive.ArticleIndex) Link {
	l := p.articleLink(i)
	if s := p.a.Articles[i].Source; s >= 0 {
		l.Name = isolate(p.a.Sources[s].Name)
	}
	return l
}

// filtered is how many themes the timeline's filter offers: each is a rule of
// the style sheet.
const filtered = 12

// filterClass names an entry's kind and themes for the filters.
func filterClass(kind string, themes []archive.ThemeIndex) string {
	var b strings.Builder
	b.WriteString(kind)
	for _, t := range themes {
		if t < filtered {
			b.WriteString(" t" + strconv.Itoa(int(t)))
		}
	}
	return b.String()
}

func (p *plan) filters() []Filter {
	var out []Filter
	for i := range min(len(p.a.Themes), filtered) {
		out = append(out, Filter{N: i, Name: isolate(p.a.Themes[i].Title)})
	}
	return out
}

// months puts a range's events and publications, newest first, under months.
func (p *plan) months(l *listing, q period) []Month {
	var out []Month
	var month civil.Date
	var classes map[string]bool
	put := func(d civil.Date, entry Entry, class string) {
		if m := d.MonthOf(); len(out) == 0 || m != month {
			month = m
			anchor := "m" + m.String()
			if m.IsZero() {
				anchor = "undated"
			}
			out = append(out, Month{Anchor: anchor, Name: p.periodName(m)})
			classes = map[string]bool{}
		}
		g := &out[len(out)-1]
		g.Entries = append(g.Entries, entry)
		for c := range strings.FieldsSeq(class) {
			if !classes[c] {
				classes[c] = true
				g.Class = strings.TrimSpace(g.Class + " " + c)
			}
		}
	}
	much := allTellings
	if q.eHi-q.eLo > denseFrom {
		much = brief
	}
	a, e := q.aLo, q.eHi
	for a < q.aHi || e > q.eLo {
		// On one day, what happened comes before what was printed.
		if e > q.eLo && (a == q.aHi || l.eventDate(e-1).Compare(l.articleDate(a)) >= 0) {
			e--
			v := p.event(l.event(e), much)
			put(l.eventDate(e), Entry{Event: &v, Class: v.Class}, v.Class)
			continue
		}
		x := l.article(a)
		c := p.card(x, false)
		var themes []archive.ThemeIndex
		for _, m := range p.a.Articles[x].Themes {
			themes = append(themes, m.Theme)
		}
		class := filterClass("p", themes)
		put(l.articleDate(a), Entry{Card: &c, Class: class}, class)
		a++
	}
	return out
}
