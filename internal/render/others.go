package render

import (
	"html/template"
	"io"
	"net/url"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/output"
)

// others plans the pages that list nothing of their own: static pages,
// tombstones, redirects, the page for missing ones and the search page.
func (p *plan) others() {
	for i := range p.a.Pages {
		p.staticPage(&p.a.Pages[i])
	}
	for i := range p.a.Tombstones {
		p.tombstone(&p.a.Tombstones[i])
	}
	for i := range p.a.Redirects {
		p.redirect(&p.a.Redirects[i])
	}
	p.notFound()
	if p.r.site.Archive.Search {
		p.search()
	}
}

func (p *plan) staticPage(x *archive.StaticPage) {
	key := newKeyer(p.frames[kindPage].key).hash(x.Key).str(x.Slug, x.Title, x.Description).sum()
	path := x.Slug + "/"
	p.add(path, output.List, key, x.Path, func(w io.Writer) error {
		v := &TextPage{Frame: p.page(kindPage, archive.EscapePath(path), x.Title, isolatePlain(x.Description)), Body: markdown(p.r.site.BasePath, x.Markdown, nil)}
		v.images = hasImages(v.Body)
		v.OpenGraph = &OpenGraph{Type: "website", Image: p.shareImage()}
		p.breadcrumb(&v.Frame)
		return p.execute(w, kindPage, v)
	})
}

func (p *plan) tombstone(x *archive.Tombstone) {
	key := newKeyer(p.frames[kindTombstone].key).hash(x.Key).str(x.ID, x.Title, x.Reason).date(x.Date).sum()
	path := archive.ArticlePath(x.ID)
	p.add(path, output.Article, key, "decisions.yaml", func(w io.Writer) error {
		v := &TombstonePage{
			Frame:  p.page(kindTombstone, archive.EscapePath(path), p.r.texts.get("tombstone.title"), ""),
			Title:  isolate(x.Title),
			Reason: isolate(x.Reason),
			Date:   p.r.style.date(x.Date, archive.DateStated),
		}
		v.Robots = "noindex"
		return p.execute(w, kindTombstone, v)
	})
}

func (p *plan) redirect(x *archive.Redirect) {
	key := newKeyer(p.frames[kindRedirect].key).str(x.From, x.To).sum()
	from, to := strings.TrimPrefix(x.From, "/"), archive.EscapePath(strings.TrimPrefix(x.To, "/"))
	p.add(from, output.Article, key, x.Origin, func(w io.Writer) error {
		v := &RedirectPage{Frame: p.page(kindRedirect, archive.EscapePath(from), p.r.texts.get("redirect.title"), ""), To: to}
		v.Robots = "noindex"
		v.Canonical = p.absolute(to)
		return p.execute(w, kindRedirect, v)
	})
}

func (p *plan) notFound() {
	k := newKeyer(p.frames[kindNotFound].key).num(min(len(p.a.Articles), 5))
	for i := range p.a.Themes {
		p.themeCardKey(k, archive.ThemeIndex(i))
	}
	for i := range min(len(p.a.Articles), 5) {
		k.hash(p.seen[i])
	}
	p.add("404.html", output.Home, k.sum(), "", func(w io.Writer) error {
		v := &NotFoundPage{
			Frame:  p.page(kindNotFound, "404.html", p.r.texts.get("404.title"), ""),
			Search: p.r.site.Archive.Search,
			Themes: p.themeCards(),
		}
		v.Robots, v.Canonical, v.Crumbs = "noindex", "", nil
		for i := range min(len(p.a.Articles), 5) {
			v.Latest = append(v.Latest, p.card(archive.ArticleIndex(i), false))
		}
		return p.execute(w, kindNotFound, v)
	})
}

// searchLoader is the script of the search page. It is inline, and so named by
// hash in the policy, because validators that read a file take no address for
// the site's own.
func (r *Renderer) searchLoader() string {
	return `import "` + template.JSEscapeString(r.site.BasePath) + `search/search.js"`
}

// search plans the shell of the search page: package search serves its script
// and index. Without a script the page offers the other ways into the archive.
func (p *plan) search() {
	l := allArticles(p)
	years := l.years()
	k := newKeyer(p.frames[kindSearch].key).frequent(p, frequentTags)
	for i := range p.a.Themes {
		p.themeCardKey(k, archive.ThemeIndex(i))
	}
	for _, q := range years {
		k.date(q.date).num(q.size())
	}
	p.add("search/", output.List, k.sum(), "", func(w io.Writer) error {
		t := p.r.texts
		v := &SearchPage{
			Frame:  p.page(kindSearch, "search/", t.get("nav.search"), t.with("search.description", "site", p.r.site.Title)),
			People: p.frequentTags(archive.Person, 12),
			Places: p.frequentTags(archive.Place, 12),
		}
		v.Months, v.Digits = p.r.style.monthNames(), p.r.style.numbering()
		for i := range p.a.Themes {
			v.Themes = append(v.Themes, p.counted(p.themeLink(archive.ThemeIndex(i)), len(p.a.Themes[i].Articles), "articles"))
		}
		if l.cut() {
			v.Years = p.periods(l, years)
		}
		v.Script = html(`<script type="module">` + p.r.searchLoader() + scriptClose)
		v.Robots = "noindex"
		if site, err := url.Parse(p.r.site.BaseURL); err == nil && site.Host != "" {
			v.Elsewhere = "https://duckduckgo.com/?q=" + url.QueryEscape("site:"+site.Host+strings.TrimSuffix(site.Path, "/"))
		}
		p.breadcrumb(&v.Frame)
		return p.execute(w, kindSearch, v)
	})
}
