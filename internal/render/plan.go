package render

import (
	"html/template"
	"io"
	"runtime"
	"strings"
	"sync"

	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/output"
)

// plan is the work of one Plan: the archive, what is constant over its pages,
// and the pages so far. After Plan returns it is only read, by Page.Write.
type plan struct {
	r        *Renderer
	a        *archive.Archive
	bodies   archive.Bodies
	frames   map[kind]*frame
	seen     []output.Key // of what other pages may show of an article
	times    *listing     // the timeline
	frequent frequent
	pages    []output.Page
	problems []diag.Problem
}

// frame is the ready HTML of a page type.
type frame struct {
	fixed, masthead, footer template.HTML
	key                     output.Key // of the set and of this HTML
}

// sections says which entry of the menu a page type belongs to.
var sections = map[kind]string{
	kindHome: "", kindArticle: "articles/", kindVersions: "articles/", kindArticles: "articles/",
	kindThemes: "themes/", kindTheme: "themes/", kindTags: "tags/", kindTag: "tags/",
	kindSources: "sources/", kindSource: "sources/", kindTimeline: "timeline/", kindSearch: "search/",
}

func newPlan(r *Renderer, a *archive.Archive, b archive.Bodies) (*plan, []diag.Problem) {
	p := &plan{r: r, a: a, bodies: b, frames: make(map[kind]*frame, len(r.sets))}
	for k, s := range r.sets {
		f, err := p.frame(k, s)
		if err != nil {
			return nil, []diag.Problem{templateProblem(string(k)+".html", 0, err.Error())}
		}
		p.frames[k] = f
	}
	p.seen = make([]output.Key, len(a.Articles))
	each(len(a.Articles), func(i int) { p.seen[i] = p.seenKey(&a.Articles[i]) })
	p.times = newListing(p, "timeline/", nil, nil, true)
	p.frequent = p.countFrequent()
	p.pages = make([]output.Page, 0, len(a.Articles)+2*len(a.Tags)+256)
	return p, nil
}

// each calls do for 0…n-1 on all processors. What do writes goes to its own
// slot, so that the order of the work leaves no trace.
func each(n int, do func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), n/256+1)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := n * w / workers; i < n*(w+1)/workers; i++ {
				do(i)
			}
		})
	}
	wg.Wait()
}

// seenKey hashes all that pages other than an article's own show of it.
func (p *plan) seenKey(x *archive.Article) output.Key {
	k := newKeyer(output.Key{}).str(x.ID, x.Title, x.Description).date(x.Date.Value).num(int(x.Date.Kind))
	if x.Source >= 0 {
		s := &p.a.Sources[x.Source]
		k.str(s.Slug, s.Name)
	}
	k.num(len(x.Themes), len(x.Mentions))
	for _, m := range x.Themes {
		k.str(p.a.Themes[m.Theme].Slug)
	}
	for _, m := range x.Mentions {
		k.str(p.a.Tags[m.Tag].Slug, p.a.Tags[m.Tag].Name)
	}
	return k.sum()
}

// frame executes the constant parts of a page type.
func (p *plan) frame(k kind, s *set) (*frame, error) {
	site := p.r.site
	v := &FrameView{
		Kind:        string(k),
		Title:       site.Title,
		Tagline:     site.Archive.Tagline,
		Description: site.Archive.Description,
		Publisher:   p.publisher(),
		Contact:     contactURL(site.Archive.Contact),
		CSS:         s.css,
		Search:      site.Archive.Search,
	}
	for _, item := range []struct{ path, text string }{
		{"articles/", "nav.articles"}, {"themes/", "nav.themes"}, {"timeline/", "nav.timeline"},
		{"tags/", "nav.tags"}, {"sources/", "nav.sources"}, {"search/", "nav.search"},
	} {
		if item.path == "search/" && !site.Archive.Search {
			continue
		}
		section, has := sections[k]
		v.Nav = append(v.Nav, NavItem{Path: item.path, Name: p.r.texts.get(item.text), Current: has && section == item.path})
	}
	for i := range p.a.Themes {
		v.Themes = append(v.Themes, p.themeLink(archive.ThemeIndex(i)))
	}
	for i := range p.a.Pages {
		v.Pages = append(v.Pages, Link{Path: archive.EscapePath(p.a.Pages[i].Slug + "/"), Name: isolate(p.a.Pages[i].Title)})
	}
	f := &frame{}
	keys := newKeyer(s.key).str(p.r.version)
	for _, images := range []bool{false, true} {
		keys.str(string(policyTag(k, s.cssHash, p.r.searchLoader(), "", images)))
	}
	for _, part := range []struct {
		t   *template.Template
		out *template.HTML
	}{{s.fixed, &f.fixed}, {s.masthead, &f.masthead}, {s.footer, &f.footer}} {
		var b strings.Builder
		if err := part.t.Execute(&b, v); err != nil {
			return nil, err
		}
		*part.out = html(b.String())
		keys.str(b.String())
	}
	f.key = keys.sum()
	return f, nil
}

func contactURL(contact string) string {
	switch {
	case contact == "", strings.HasPrefix(contact, "https://"), strings.HasPrefix(contact, "http://"), strings.HasPrefix(contact, "mailto:"):
		return contact
	case strings.Contains(contact, "@"):
		return "mailto:" + contact
	}
	return ""
}

func (p *plan) publisher() string {
	if s := p.r.site.Archive.Publisher; s != "" {
		return s
	}
	return p.r.site.Title
}

// page starts the view of a page: what is constant, its title and its place.
func (p *plan) page(k kind, path, title, description string) Frame {
	f := p.frames[k]
	v := Frame{
		Kind: string(k), Fixed: f.fixed, Masthead: f.masthead, Footer: f.footer,
		PageTitle:   title,
		Heading:     isolate(title),
		Description: description,
		Path:        path,
		Canonical:   p.absolute(path),
	}
	if k != kindHome {
		v.PageTitle = isolatePlain(title) + " · " + p.r.site.Title
		v.Crumbs = []Link{{Path: "", Name: isolate(p.r.texts.get("nav.home"))}}
	}
	return v
}

// absolute joins the site's base URL, "" when the site has none.
func (p *plan) absolute(path string) string {
	if base := p.r.site.BaseURL; strings.Contains(base, "://") {
		return base + path
	}
	return ""
}

// add plans a page. path is that of its folder, or of the file itself.
func (p *plan) add(path string, stage output.Stage, key output.Key, origin string, write func(w io.Writer) error) {
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	p.pages = append(p.pages, output.Page{Path: path, Key: key, Stage: stage, Origin: origin, Write: write})
}

func (p *plan) articlePath(i archive.ArticleIndex) string {
	return archive.EscapePath(archive.ArticlePath(p.a.Articles[i].ID))
}

func (p *plan) articleLink(i archive.ArticleIndex) Link {
	return Link{Path: p.articlePath(i), Name: isolate(p.a.Articles[i].Title)}
}

func (p *plan) themeLink(i archive.ThemeIndex) Link {
	t := &p.a.Themes[i]
	return Link{Path: archive.EscapePath(archive.ThemePath(t.Slug)), Name: isolate(t.Title)}
}

func (p *plan) tagLink(i archive.TagIndex) Link {
	t := &p.a.Tags[i]
	return Link{Path: archive.EscapePath(archive.TagPath(t.Slug)), Name: isolate(t.Name)}
}

func (p *plan) sourceLink(i archive.SourceIndex) Link {
	s := &p.a.Sources[i]
	return Link{Path: archive.EscapePath(archive.SourcePath(s.Slug)), Name: isolate(s.Name)}
}

func (p *plan) counted(l Link, n int, unit string) Counted {
	return Counted{Link: l, N: n, Count: p.r.style.count(unit, n)}
}

// card shows an article in a list; with its summary where the list has room.
func (p *plan) card(i archive.ArticleIndex, summary bool) Card {
	x := &p.a.Articles[i]
	c := Card{
		Path:  p.articlePath(i),
		Title: isolate(x.Title),
		Date:  p.r.style.date(x.Date.Value, x.Date.Kind),
	}
	if x.Source >= 0 {
		c.Source = isolate(p.a.Sources[x.Source].Name)
	}
	if summary {
		c.Summary = isolate(shorten(x.Description, 160))
	}
	return c
}

// shorten cuts text at a word end within n letters.
func shorten(s string, n int) string {
	letters, cut := 0, 0
	for at, c := range s {
		if letters >= n {
			if cut == 0 {
				cut = at
			}
			return strings.TrimRight(s[:cut], " ،؛:.") + "…"
		}
		if c == ' ' {
			cut = at
		}
		letters++
	}
	return s
}
