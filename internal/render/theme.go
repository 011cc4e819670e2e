package render

import (
	"io"
	"net/url"
	"slices"

	"warraq/internal/archive"
	"warraq/internal/output"
)

// themes plans the index of themes and every hub.
func (p *plan) themes() {
	t := p.r.texts
	keys := newKeyer(p.frames[kindThemes].key).num(p.unthemed())
	for i := range p.a.Themes {
		p.themeCardKey(keys, archive.ThemeIndex(i))
	}
	p.add("themes/", output.List, keys.sum(), "", func(w io.Writer) error {
		v := &ThemesPage{Frame: p.page(kindThemes, "themes/", t.get("nav.themes"), t.with("themes.description", "site", p.r.site.Title))}
		v.Themes = p.themeCards()
		if n := p.unthemed(); n > 0 {
			v.Unthemed = p.r.style.count("articles.unthemed", n)
		}
		v.Feeds = p.siteFeeds()
		p.breadcrumb(&v.Frame)
		return p.execute(w, kindThemes, v)
	})
	for i := range p.a.Themes {
		p.themeHub(archive.ThemeIndex(i))
	}
}

func (p *plan) unthemed() int {
	n := 0
	for i := range p.a.Articles {
		if len(p.a.Articles[i].Themes) == 0 {
			n++
		}
	}
	return n
}

func (p *plan) themeCards() []ThemeCard {
	var out []ThemeCard
	for i := range p.a.Themes {
		th := &p.a.Themes[i]
		c := ThemeCard{
			Counted:     p.counted(p.themeLink(archive.ThemeIndex(i)), len(th.Articles), "articles"),
			Description: isolate(th.Description),
			Chart:       p.chart("c-"+th.Slug, th.Articles),
		}
		if len(th.Articles) > 0 {
			x := &p.a.Articles[th.Articles[0]]
			c.Last = p.r.style.date(x.Date.Value, x.Date.Kind)
		}
		out = append(out, c)
	}
	return out
}

func (p *plan) themeCardKey(k *keyer, i archive.ThemeIndex) {
	th := &p.a.Themes[i]
	k.str(th.Slug, th.Title, th.Description).num(len(th.Articles))
	for _, x := range th.Articles {
		k.date(p.a.Articles[x].Date.Value).num(int(p.a.Articles[x].Date.Kind))
	}
}

func (p *plan) themeHub(i archive.ThemeIndex) {
	th := &p.a.Themes[i]
	l := newListing(p, archive.ThemePath(th.Slug), th.Articles, th.Events, false)
	link := p.themeLink(i)
	crumbs := []Link{{Path: "themes/", Name: isolate(p.r.texts.get("nav.themes"))}}
	k := newKeyer(p.frames[kindTheme].key).hash(th.Key).str(th.Slug, th.Title, th.Description)
	for _, x := range th.Articles {
		k.hash(p.seen[x])
	}
	for _, e := range th.Events {
		k.hash(p.eventKey(e)).str(p.times.home(p.a.Events[e].Date))
	}
	for _, f := range th.Facts {
		k.str(f.Text, f.URL).date(f.Date).num(int(min(f.Article, 0)))
		if f.Article >= 0 {
			k.hash(p.seen[f.Article])
		}
	}
	for n := range p.a.Themes {
		k.str(p.a.Themes[n].Title)
	}
	key := l.hubKey(k).sum()
	p.add(archive.ThemePath(th.Slug), output.List, key, "themes/"+th.Slug+"/_index.md", func(w io.Writer) error {
		return p.execute(w, kindTheme, p.themePage(i, l, link, crumbs))
	})
	p.planPeriods(l, &subject{hub: link, crumbs: crumbs, title: th.Title, timeline: true})
}

// themePage makes the view of a theme's hub.
func (p *plan) themePage(i archive.ThemeIndex, l *listing, link Link, crumbs []Link) *ThemePage {
	th := &p.a.Themes[i]
	v := &ThemePage{
		Frame:       p.page(kindTheme, link.Path, th.Title, isolatePlain(th.Description)),
		Description: isolate(th.Description),
		Hub:         markdown(p.r.site.BasePath, th.Hub, nil),
		Chart:       p.chart("coverage", th.Articles),
		Who:         p.who(th.Articles, -1, 12),
		Sources:     p.sourcesOf(th.Articles, 20),
		Overlap:     p.themesOf(th.Articles, i),
	}
	v.images = hasImages(v.Hub)
	v.Crumbs = append(v.Crumbs, crumbs...)
	s := p.r.style
	v.Figures = p.figures(figure{"articles", len(th.Articles)}, figure{"events", len(th.Events)}, figure{"sources", len(v.Sources)})
	if span := p.span(th.Articles); span != "" {
		v.Figures = append(v.Figures, span)
	}
	v.Facts = p.facts(th.Facts)
	// The list of articles and the chronology are cut apart: the listing's
	// newest items may be events only.
	arts := period{aHi: min(len(th.Articles), hubItems)}
	v.List = List{Groups: p.groups(l, arts, true), Total: s.count("articles", len(th.Articles)), Cut: l.cut()}
	if l.cut() {
		v.List.Periods = p.periods(l, l.years())
	}
	evs := period{eLo: max(0, len(th.Events)-hubItems), eHi: len(th.Events)}
	v.Chronology = oldestFirst(p.months(l, evs))
	for n := range v.Chronology {
		v.Chronology[n].Anchor = "c" + v.Chronology[n].Anchor // the list of articles has months too
	}
	if evs.eLo > 0 {
		v.MoreEvents = s.count("events.earlier", evs.eLo)
	}
	v.Feeds = p.feeds(link.Path, th.Title)
	v.OpenGraph = &OpenGraph{Type: "website", Image: p.shareImage()}
	v.Exports = p.themeExports(link.Path, len(th.Articles), len(th.Events))
	p.breadcrumb(&v.Frame)
	return v
}

// oldestFirst turns a chronology round: a story is read from its beginning.
func oldestFirst(months []Month) []Month {
	slices.Reverse(months)
	for _, m := range months {
		slices.Reverse(m.Days)
	}
	return months
}

// facts makes the views of "what we know", each with what it rests on.
func (p *plan) facts(facts []archive.Fact) []Fact {
	var out []Fact
	for _, f := range facts {
		v := Fact{Text: isolate(f.Text), URL: webURL(f.URL)}
		if !f.Date.IsZero() {
			d := p.r.style.date(f.Date, archive.DateStated)
			v.Date = &d
		}
		if f.Article >= 0 {
			c := p.card(f.Article, false)
			v.Cite = &c
		}
		if u, err := url.Parse(v.URL); err == nil {
			v.Host = u.Hostname()
		}
		out = append(out, v)
	}
	return out
}
