package render

import (
	"io"
	"net/url"

	"warraq/internal/archive"
	"warraq/internal/output"
)

// sources plans the index of outlets and the page of every outlet.
func (p *plan) sources() {
	t := p.r.texts
	title := t.get("nav.sources")
	k := newKeyer(p.frames[kindSources].key).num(p.sourceless())
	for i := range p.a.Sources {
		s := &p.a.Sources[i]
		first, last := p.reach(s.Articles)
		k.str(s.Slug, s.Name).num(len(s.Articles), int(s.Copies)).date(first).date(last)
	}
	p.add("sources/", output.List, k.sum(), "", func(w io.Writer) error {
		v := &SourcesPage{Frame: p.page(kindSources, "sources/", title, t.with("sources.description", "site", p.r.site.Title))}
		for i := range p.a.Sources {
			s := &p.a.Sources[i]
			first, last := p.reach(s.Articles)
			row := SourceRow{
				Counted: p.counted(p.sourceLink(archive.SourceIndex(i)), len(s.Articles), "articles"),
				First:   p.r.style.date(first, archive.DateStated),
				Last:    p.r.style.date(last, archive.DateStated),
				Copies:  p.r.style.number(int(s.Copies)),
			}
			v.Sources = append(v.Sources, row)
		}
		if n := p.sourceless(); n > 0 {
			v.Nameless = p.r.style.count("articles.sourceless", n)
		}
		p.breadcrumb(&v.Frame)
		return p.execute(w, kindSources, v)
	})
	crumbs := []Link{{Path: "sources/", Name: isolate(title)}}
	for i := range p.a.Sources {
		p.sourceHub(archive.SourceIndex(i), crumbs)
	}
}

func (p *plan) sourceless() int {
	n := 0
	for i := range p.a.Articles {
		if p.a.Articles[i].Source < 0 {
			n++
		}
	}
	return n
}

func (p *plan) sourceHub(i archive.SourceIndex, crumbs []Link) {
	s := &p.a.Sources[i]
	path := archive.SourcePath(s.Slug)
	link := p.sourceLink(i)
	l := newListing(p, path, s.Articles, nil, false)
	k := newKeyer(p.frames[kindSource].key).str(s.Slug, s.Name, s.URL).num(int(s.Copies))
	for _, x := range s.Articles {
		k.hash(p.seen[x])
	}
	for n := range p.a.Themes {
		k.str(p.a.Themes[n].Title)
	}
	p.add(path, output.List, k.sum(), "", func(w io.Writer) error {
		t, st := p.r.texts, p.r.style
		v := &SourcePage{
			Frame:   p.page(kindSource, link.Path, s.Name, t.with("source.description", "source", s.Name, "count", st.count("articles", len(s.Articles)))),
			URL:     webURL(s.URL),
			Figures: []string{st.count("articles", len(s.Articles))},
			Chart:   p.chart("coverage", s.Articles),
			Themes:  p.themesOf(s.Articles, -1),
			List:    p.hubList(l, true),
		}
		v.Crumbs = append(v.Crumbs, crumbs...)
		if u, err := url.Parse(v.URL); err == nil {
			v.Host = u.Hostname()
		}
		if s.Copies > 0 {
			v.Copies = st.count("copies", int(s.Copies))
		}
		if span := p.span(s.Articles); span != "" {
			v.Figures = append(v.Figures, span)
		}
		p.breadcrumb(&v.Frame)
		return p.execute(w, kindSource, v)
	})
	p.planPeriods(l, &subject{hub: link, crumbs: crumbs, title: s.Name})
}
