package feed

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"slices"

	"warraq/internal/archive"
	"warraq/internal/output"
)

// address is one entry of a sitemap.
type address struct{ path, modified string }

// sitemaps writes the pages that search engines should know, by the protocol of
// https://www.sitemaps.org/protocol.html: articles by period, hubs by kind, an
// index over all. Pages that ask not to be indexed are left out.
func (m *maker) sitemaps() {
	var parts []address
	// The addresses of a part are made twice, for the key and when it is
	// written, and never kept: a million paths would be 100 MB.
	part := func(name string, list iter.Seq[address]) {
		path := "sitemap-" + name + ".xml"
		newest, n := "", 0
		m.reset("sitemap 1").String(name)
		for a := range list {
			m.key.String(a.path).String(a.modified)
			newest = max(newest, a.modified)
			n++
		}
		if n == 0 {
			return
		}
		parts = append(parts, address{path, newest})
		m.add(path, output.Home, m.key.Sum(), func(w io.Writer) error { return m.writeAddresses(w, "urlset", "url", list) })
	}
	for _, p := range periods(m.a, m.allArticles()) {
		part(p.name, func(yield func(address) bool) {
			for _, i := range p.articles {
				at := &m.a.Articles[i]
				if at.Canonical == archive.CanonicalSelf && !yield(address{archive.ArticlePath(at.ID), m.modified(at)}) {
					return
				}
			}
		})
	}
	hubs := []address{{path: ""}, {path: "articles/"}, {path: "themes/"}, {path: "tags/"}, {path: "sources/"}, {path: "timeline/"}}
	for i := range m.a.Themes {
		hubs = append(hubs, address{archive.ThemePath(m.a.Themes[i].Slug), m.newestOf(m.a.Themes[i].Articles)})
	}
	for i := range m.a.Pages {
		hubs = append(hubs, address{path: m.a.Pages[i].Slug + "/"})
	}
	part("pages", slices.Values(hubs))
	m.cutByName("sources", len(m.a.Sources), func(i int) (string, address) {
		s := &m.a.Sources[i]
		return s.Slug, address{archive.SourcePath(s.Slug), m.newestOf(s.Articles)}
	}, part)
	m.cutByName("tags", len(m.a.Tags), func(i int) (string, address) {
		t := &m.a.Tags[i]
		return t.Slug, address{archive.TagPath(t.Slug), m.newestOf(t.Articles)}
	}, part)

	m.reset("sitemap index 1")
	for _, p := range parts {
		m.key.String(p.path).String(p.modified)
	}
	m.add("sitemap.xml", output.Home, m.key.Sum(), func(w io.Writer) error {
		return m.writeAddresses(w, "sitemapindex", "sitemap", slices.Values(parts))
	})
}

// cutByName spreads hubs over a power of two of parts by their slug, so that an
// added tag changes one part.
func (m *maker) cutByName(kind string, n int, get func(int) (string, address), part func(string, iter.Seq[address])) {
	bits := 0
	for bits < 8 && n>>bits > yearLimit {
		bits++
	}
	pieces := make([][]int32, 1<<bits)
	for i := range n {
		slug, _ := get(i)
		at := 0
		if bits > 0 {
			at = bucket(slug, bits)
		}
		pieces[at] = append(pieces[at], int32(i))
	}
	for i, list := range pieces {
		name := kind
		if bits > 0 {
			name = fmt.Sprintf("%s-%02x", kind, i)
		}
		part(name, func(yield func(address) bool) {
			for _, i := range list {
				if _, a := get(int(i)); !yield(a) {
					return
				}
			}
		})
	}
}

func (m *maker) modified(at *archive.Article) string {
	if d := at.Modified; d.D != 0 {
		return d.String()
	}
	if d := at.Date.Value; d.D != 0 {
		return d.String()
	}
	return ""
}

func (m *maker) newestOf(list []archive.ArticleIndex) string {
	if len(list) == 0 {
		return ""
	}
	return m.modified(&m.a.Articles[list[0]])
}

const sitemapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"

func (m *maker) writeAddresses(w io.Writer, root, element string, list iter.Seq[address]) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%s<%s xmlns=%q>\n", xml.Header, root, sitemapSpace)
	for a := range list {
		fmt.Fprintf(b, "<%s><loc>", element)
		if err := xml.EscapeText(b, []byte(m.url(a.path))); err != nil {
			return err
		}
		b.WriteString("</loc>")
		if a.modified != "" {
			fmt.Fprintf(b, "<lastmod>%s</lastmod>", a.modified)
		}
		fmt.Fprintf(b, "</%s>\n", element)
	}
	fmt.Fprintf(b, "</%s>\n", root)
	return b.Flush()
}
