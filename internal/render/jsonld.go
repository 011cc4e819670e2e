package render

import (
	"html/template"
	"strings"
	"unicode/utf8"

	"warraq/internal/archive"
)

// Structured data (schema.org) as JSON-LD. It is written by hand: a page has
// one graph of known shape, and encoding/json over maps would cost a third of
// the page's time and need sorting.

// graph writes one JSON-LD script.
type graph struct {
	b     strings.Builder
	comma bool
}

func (g *graph) open(name string, bracket byte) {
	g.name(name)
	g.b.WriteByte(bracket)
	g.comma = false
}

func (g *graph) close(bracket byte) {
	g.b.WriteByte(bracket)
	g.comma = true
}

func (g *graph) name(name string) {
	if g.comma {
		g.b.WriteByte(',')
	}
	g.comma = true
	if name != "" {
		g.b.WriteString(`"` + name + `":`)
	}
}

// set writes a string member, none when the value is empty.
func (g *graph) set(name, value string) {
	if value == "" {
		return
	}
	g.name(name)
	g.quote(value)
}

func (g *graph) object(name, kind string, members ...string) {
	g.open(name, '{')
	g.set("@type", kind)
	for i := 0; i+1 < len(members); i += 2 {
		g.set(members[i], members[i+1])
	}
	g.close('}')
}

const hexDigits = "0123456789abcdef"

// quote writes a JSON string that cannot end the script element: "<", ">" and
// "&" are escaped, as are the line separators that older parsers refuse.
func (g *graph) quote(s string) {
	b := &g.b
	b.WriteByte('"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == '\u2028' || r == '\u2029' || r == utf8.RuneError && n == 1 {
				b.WriteString(s[start:i])
				switch r {
				case '\u2028':
					b.WriteString(`\u2028`)
				case '\u2029':
					b.WriteString(`\u2029`)
				default:
					b.WriteString(`\ufffd`)
				}
				start = i + n
			}
			i += n
			continue
		}
		if c < ' ' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			b.WriteString(s[start:i])
			b.WriteString(`\u00`)
			b.WriteByte(hexDigits[c>>4])
			b.WriteByte(hexDigits[c&15])
			start = i + 1
		}
		i++
	}
	b.WriteString(s[start:])
	b.WriteByte('"')
}

func (g *graph) script() template.HTML {
	return html(scriptOpen + g.b.String() + scriptClose)
}

func newGraph() *graph {
	g := &graph{}
	g.open("", '{')
	g.set("@context", "https://schema.org")
	g.open("@graph", '[')
	return g
}

func (g *graph) end() template.HTML {
	g.close(']')
	g.close('}')
	return g.script()
}

// breadcrumb adds a page's breadcrumb as structured data; sites without a base
// URL have no addresses to give.
func (p *plan) breadcrumb(v *Frame) {
	if v.Canonical == "" {
		return
	}
	g := newGraph()
	g.open("", '{')
	g.set("@type", "CollectionPage")
	g.set("@id", v.Canonical)
	g.set("name", plainOf(v.Heading))
	g.set("inLanguage", p.r.site.Locale)
	g.close('}')
	p.crumbs(g, v.Crumbs, v.Heading, v.Canonical)
	v.JSONLD = g.end()
}

func (p *plan) crumbs(g *graph, crumbs []Link, heading template.HTML, self string) {
	g.open("", '{')
	g.set("@type", "BreadcrumbList")
	g.open("itemListElement", '[')
	item := func(n int, name template.HTML, url string) {
		g.open("", '{')
		g.set("@type", "ListItem")
		g.name("position")
		g.b.WriteString(itoa(n))
		g.set("name", plainOf(name))
		g.set("item", url)
		g.close('}')
	}
	for i, c := range crumbs {
		item(i+1, c.Name, p.absolute(c.Path))
	}
	item(len(crumbs)+1, heading, self)
	g.close(']')
	g.close('}')
}

// articleGraph describes an article: what it is, what it is based on, and
// where it stands.
func (p *plan) articleGraph(x *archive.Article, v *ArticlePage) template.HTML {
	g := newGraph()
	g.open("", '{')
	g.set("@type", "NewsArticle")
	g.set("@id", v.Permalink)
	g.set("headline", x.Title)
	g.set("description", x.Description)
	g.set("inLanguage", orElse(x.Language, p.r.site.Locale))
	if x.Date.Kind == archive.DateStated {
		g.set("datePublished", v.Date.ISO)
	}
	if v.Modified != nil {
		g.set("dateModified", v.Modified.ISO)
	}
	if x.Author != "" {
		g.object("author", "Person", "name", x.Author)
	} else if x.Source >= 0 {
		g.object("author", "Organization", "name", p.a.Sources[x.Source].Name)
	}
	if x.Source >= 0 {
		s := &p.a.Sources[x.Source]
		g.object("sourceOrganization", "NewsMediaOrganization", "name", s.Name, "url", webURL(s.URL))
	}
	g.object("publisher", "Organization", "name", p.publisher(), "url", p.absolute(""))
	g.set("isBasedOn", v.SourceURL)
	if v.OpenGraph != nil {
		g.set("image", v.OpenGraph.Image)
	}
	g.name("wordCount")
	g.b.WriteString(itoa(int(x.Words)))
	if len(x.Tags) > 0 {
		g.open("keywords", '[')
		for _, t := range x.Tags {
			g.name("")
			g.quote(p.a.Tags[t].Name)
		}
		g.close(']')
	}
	if len(x.Mentions) > 0 {
		g.open("mentions", '[')
		for n, m := range x.Mentions {
			if n == 8 {
				break
			}
			t := &p.a.Tags[m.Tag]
			same := ""
			if id := wikidataID(t.Wikidata); id != "" {
				same = "https://www.wikidata.org/entity/" + id
			}
			g.object("", schemaTypes[t.Kind], "name", t.Name, "sameAs", same)
		}
		g.close(']')
	}
	g.close('}')
	p.crumbs(g, v.Crumbs, v.Heading, v.Permalink)
	return g.end()
}

var schemaTypes = [...]string{archive.Keyword: "Thing", archive.Person: "Person", archive.Place: "Place", archive.Organisation: "Organization"}

// siteGraph describes the site on its home page.
func (p *plan) siteGraph() template.HTML {
	home := p.absolute("")
	if home == "" {
		return ""
	}
	g := newGraph()
	g.open("", '{')
	g.set("@type", "WebSite")
	g.set("@id", home)
	g.set("url", home)
	g.set("name", p.r.site.Title)
	g.set("description", p.r.site.Archive.Description)
	g.set("inLanguage", p.r.site.Locale)
	g.object("publisher", "Organization", "name", p.publisher(), "url", home)
	if p.r.site.Archive.Search {
		g.open("potentialAction", '{')
		g.set("@type", "SearchAction")
		g.object("target", "EntryPoint", "urlTemplate", home+"search/?q={search_term_string}")
		g.set("query-input", "required name=search_term_string")
		g.close('}')
	}
	g.close('}')
	return g.end()
}
