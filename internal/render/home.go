package render

import (
	"io"

	"warraq/internal/archive"
	"warraq/internal/output"
)

// What the home page shows of each list.
const (
	homeSeconds = 4
	homeLatest  = 7 // after the lead and the seconds
	homeEvents  = 6
	homeTags    = 12
)

// home plans index.html.
func (p *plan) home() {
	k := newKeyer(p.frames[kindHome].key).frequent(p, homeTags)
	k.num(len(p.a.Articles), len(p.a.Sources), len(p.a.Events), len(p.a.Tags))
	for i := range min(len(p.a.Articles), 1+homeSeconds+homeLatest) {
		k.hash(p.seen[i])
	}
	for i := range p.a.Themes {
		p.themeCardKey(k, archive.ThemeIndex(i))
	}
	for i := range min(len(p.a.Events), homeEvents) {
		e := archive.EventIndex(len(p.a.Events) - 1 - i)
		k.hash(p.eventKey(e)).str(p.times.home(p.a.Events[e].Date))
	}
	for i := range p.a.Sources {
		k.str(p.a.Sources[i].Slug, p.a.Sources[i].Name).num(len(p.a.Sources[i].Articles))
	}
	if first, last := p.archiveReach(); !first.date.IsZero() {
		k.date(first.date).date(last.date)
	}
	p.add("", output.Home, k.sum(), "", func(w io.Writer) error {
		return p.execute(w, kindHome, p.homePage())
	})
}

// archiveReach gives the oldest and the newest month of all articles.
func (p *plan) archiveReach() (first, last period) {
	l := allArticles(p)
	d := l.dated()
	if d == 0 {
		return
	}
	return period{date: l.articleDate(d - 1).MonthOf()}, period{date: l.articleDate(0).MonthOf()}
}

func (p *plan) homePage() *HomePage {
	site, t, s := p.r.site, p.r.texts, p.r.style
	v := &HomePage{
		Frame:  p.page(kindHome, "", site.Title, site.Archive.Description),
		About:  isolate(site.Archive.Description),
		Themes: p.themeCards(),
		People: p.frequentTags(archive.Person, homeTags),
		Places: p.frequentTags(archive.Place, homeTags),
		Bodies: p.frequentTags(archive.Organisation, homeTags),
	}
	if site.Archive.Tagline != "" {
		v.PageTitle += " · " + site.Archive.Tagline
	}
	v.Figures = p.figures(figure{"articles", len(p.a.Articles)}, figure{"themes", len(p.a.Themes)}, figure{"sources", len(p.a.Sources)}, figure{"events", len(p.a.Events)})
	if first, last := p.archiveReach(); !first.date.IsZero() {
		v.Span = t.with("span", "from", s.label(first.date), "to", s.label(last.date))
		if first == last {
			v.Span = s.label(first.date)
		}
	}
	for i := range min(len(p.a.Articles), 1+homeSeconds+homeLatest) {
		c := p.card(archive.ArticleIndex(i), i <= homeSeconds)
		for _, m := range p.a.Articles[i].Themes {
			c.Themes = append(c.Themes, p.themeLink(m.Theme))
		}
		if i == 0 {
			c.Summary = isolate(p.a.Articles[i].Description)
			v.Lead = &c
			continue
		}
		if i <= homeSeconds {
			v.Seconds = append(v.Seconds, c)
			continue
		}
		v.Latest = append(v.Latest, c)
	}
	for i := range min(len(p.a.Events), homeEvents) {
		v.Events = append(v.Events, p.event(archive.EventIndex(len(p.a.Events)-1-i), noTellings))
	}
	for i := range p.a.Sources {
		v.Sources = append(v.Sources, p.counted(p.sourceLink(archive.SourceIndex(i)), len(p.a.Sources[i].Articles), "articles"))
	}
	v.Sources = mostCounted(v.Sources, homeTags)
	v.Feeds = p.siteFeeds()
	v.OpenGraph = &OpenGraph{Type: "website", Image: p.shareImage()}
	v.JSONLD = p.siteGraph()
	return v
}
