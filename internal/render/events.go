package render

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/output"
)

// tellingsShown is how many articles an event names; the rest is counted.
const tellingsShown = 6

// A page of more than denseFrom events is one to scan: those that one report
// tells of a date stand together below its name, each in briefly letters, at the
// end of a clause where there is one. The whole sentence is on the article's
// page and in the exports. Without this rule a page of 1,000 events, each told in
// the 135 letters that are usual in the example archive, takes twice the budget
// of a list, and one of 200 three times its own.
const (
	denseFrom = 100
	briefly   = 40
)

// detail is how much of an event a page tells.
type detail int

const (
	noTellings detail = iota // on the page of one of its articles, or below its name
	allTellings
	brief // noTellings, and the sentence cut short
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
	switch much {
	case noTellings:
		return v
	case brief:
		v.Sentence = isolate(briefSentence(e.Sentence))
		return v
	}
	for n := range min(len(e.Tellings), tellingsShown) {
		v.Tellings = append(v.Tellings, p.telling(e.Tellings[n].Article))
	}
	if more := len(e.Tellings) - tellingsShown; more > 0 {
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

// months puts a range's events and publications, newest first, under months
// and days. A date stands once over all that has it: repeated at each of a
// crowded day's entries it hides them.
func (p *plan) months(l *listing, q period) []Month {
	var b chronicle
	much := allTellings
	if q.eHi-q.eLo > denseFrom {
		much = brief
	}
	evs := l.eventsOf(q)
	for a := q.aLo; a < q.aHi || len(evs) > 0; {
		// On one day, what happened comes before what was printed.
		if len(evs) > 0 && (a == q.aHi || p.a.Events[evs[0]].Date.Compare(l.articleDate(a)) >= 0) {
			date := p.a.Events[evs[0]].Date
			v := p.event(evs[0], much)
			day, entry := Day{Date: v.Date, Precision: v.Precision}, Entry{Event: &v, Class: v.Class}
			told := 1
			if much == brief {
				entry, told = p.report(evs)
			}
			b.put(p, date, day, entry)
			evs = evs[told:]
			continue
		}
		x := l.article(a)
		c := p.card(x, false)
		var themes []archive.ThemeIndex
		for _, m := range p.a.Articles[x].Themes {
			themes = append(themes, m.Theme)
		}
		b.put(p, l.articleDate(a), Day{Date: c.Date}, Entry{Card: &c, Class: filterClass("p", themes)})
		a++
	}
	return b.months
}

// report puts the first of evs and those after it that are told first by the
// same article of the same date into one entry, and counts them.
func (p *plan) report(evs []archive.EventIndex) (Entry, int) {
	first := &p.a.Events[evs[0]]
	if len(first.Tellings) == 0 {
		v := p.event(evs[0], brief)
		return Entry{Event: &v, Class: v.Class}, 1
	}
	article := first.Tellings[0].Article
	r := &Report{Link: p.telling(article)}
	entry := Entry{Report: r}
	for _, i := range evs {
		e := &p.a.Events[i]
		if e.Date != first.Date || e.Kind != first.Kind || len(e.Tellings) == 0 || e.Tellings[0].Article != article {
			break
		}
		v := p.event(i, brief)
		r.Events = append(r.Events, v)
		entry.Class = union(entry.Class, v.Class)
	}
	return entry, len(r.Events)
}

// eventsOf gives the events of a range, newest first. Those of one date are in
// the order of the articles that tell them: what one report tells stays
// together, where the order of ids would scatter it. The order depends on what
// eventKey hashes and on nothing else.
func (l *listing) eventsOf(q period) []archive.EventIndex {
	out := make([]archive.EventIndex, 0, q.eHi-q.eLo)
	for i := q.eHi - 1; i >= q.eLo; i-- {
		out = append(out, l.event(i))
	}
	slices.SortStableFunc(out, func(x, y archive.EventIndex) int {
		a, b := &l.p.a.Events[x], &l.p.a.Events[y]
		told := cmp.Compare(min(len(b.Tellings), 1), min(len(a.Tellings), 1)) // those that no article tells come last
		if c := cmp.Or(b.Date.Compare(a.Date), cmp.Compare(a.Kind, b.Kind), told); c != 0 || len(a.Tellings) == 0 {
			return c
		}
		s, t := &l.p.a.Articles[a.Tellings[0].Article], &l.p.a.Articles[b.Tellings[0].Article]
		return cmp.Or(t.Date.Value.Compare(s.Date.Value), strings.Compare(s.ID, t.ID))
	})
	return out
}

// chronicle collects entries under their months and days.
type chronicle struct {
	months []Month
	month  civil.Date
}

// put adds an entry of date d, under a new day when its date reads otherwise
// than that of the entry before.
func (b *chronicle) put(p *plan, d civil.Date, day Day, entry Entry) {
	if m := d.MonthOf(); len(b.months) == 0 || m != b.month {
		b.month = m
		anchor := "m" + m.String()
		if m.IsZero() {
			anchor = "undated"
		}
		b.months = append(b.months, Month{Anchor: anchor, Name: p.periodName(m)})
	}
	g := &b.months[len(b.months)-1]
	if n := len(g.Days); n == 0 || g.Days[n-1].Date.HTML != day.Date.HTML || g.Days[n-1].Precision != day.Precision {
		g.Days = append(g.Days, day)
	}
	last := &g.Days[len(g.Days)-1]
	last.Entries = append(last.Entries, entry)
	last.Class = union(last.Class, entry.Class)
	g.Class = union(g.Class, entry.Class)
}

// union adds to a list of classes those of another that it does not have.
func union(classes, more string) string {
	for c := range strings.FieldsSeq(more) {
		if !slices.Contains(strings.Fields(classes), c) {
			classes = strings.TrimSpace(classes + " " + c)
		}
	}
	return classes
}
