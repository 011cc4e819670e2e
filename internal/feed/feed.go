// Package feed describes everything of the site that programs read: feeds,
// sitemaps, data and citation exports, the timeline's exports, and the files
// that static hosts obey.
//
//	index.xml, feed.json                       newest articles, RSS 2.0 and JSON Feed 1.1
//	themes/<slug>/index.xml, feed.json         the same of a theme
//	tags/<slug>/index.xml, feed.json           the same of a tag of minTagFeed articles
//	themes/<slug>/citations.bib, citations.ris a theme's articles for BibTeX and RIS
//	timeline/events.json, .ics, timelinejs.json  the newest events
//	themes/<slug>/events.ics                   a theme's events
//	data/articles-<period>.jsonl, .csv         all articles, datapackage.json beside
//	sitemap.xml                                index of sitemap-<period>.xml
//	robots.txt opensearch.xml _headers _redirects .nojekyll
//
// Files that grow with the archive are cut by time (see periods), so that one
// added article changes a bounded number of bytes whatever the archive's size.
// Withdrawn articles are nowhere in here. Everything is a function of the
// archive and the settings; a feed carries no build time.
package feed

import (
	"io"
	"strings"
	"time"

	"warraq/internal/archive"
	"warraq/internal/config"
	"warraq/internal/output"
)

// minTagFeed is the number of articles from which a tag has a feed of its own.
const minTagFeed = 10

// maker plans the pages of one archive.
type maker struct {
	site   *config.Site
	a      *archive.Archive
	bodies archive.Bodies
	key    output.KeyBuilder
	pages  []output.Page
	all    []archive.ArticleIndex // see allArticles
}

// Plan returns the pages of this package. It reads no bodies: a page's Write
// does, for feeds with full text.
func Plan(site *config.Site, a *archive.Archive, bodies archive.Bodies) []output.Page {
	m := &maker{site: site, a: a, bodies: bodies}
	m.feeds()
	m.citations()
	m.events()
	m.data()
	m.sitemaps()
	m.hosts()
	return m.pages
}

// reset starts the key of a page kind: everything here depends on the settings.
func (m *maker) reset(kind string) *output.KeyBuilder {
	return m.key.Reset("feed/" + kind).Bytes(m.site.Key[:])
}

func (m *maker) add(path string, stage output.Stage, key output.Key, write func(io.Writer) error) {
	m.pages = append(m.pages, output.Page{Path: path, Key: key, Stage: stage, Origin: "feeds and exports", Write: write})
}

// url gives the absolute address of a path of the site, percent-encoded: feeds
// and sitemaps must hold URLs, and ids may hold Arabic letters. Without a base
// URL it is rooted at "/".
func (m *maker) url(path string) string { return m.site.BaseURL + archive.EscapePath(path) }

// sourceName gives an article's outlet, "" when it has none.
func (m *maker) sourceName(at *archive.Article) string {
	if at.Source < 0 {
		return ""
	}
	return m.a.Sources[at.Source].Name
}

// moment gives the instant an article was published: its clock when stated,
// else midnight in the site's zone. Zero when the date is not known to the day.
func (m *maker) moment(d archive.ArticleDate) time.Time {
	if d.Value.D == 0 {
		return time.Time{}
	}
	zone := m.site.TimeZone
	if zone == nil {
		zone = time.UTC
	}
	clock := max(0, int(d.Clock))
	return time.Date(int(d.Value.Y), time.Month(d.Value.M), int(d.Value.D), clock/60, clock%60, 0, 0, zone)
}

// mayShowBody says whether the source's rights let the whole text out.
func (m *maker) mayShowBody(at *archive.Article) bool { return at.Rights == archive.FullText }

// addArticles puts into the current key all that an article's entry shows.
func (m *maker) addArticles(list []archive.ArticleIndex) {
	m.key.Int(int64(len(list)))
	for _, i := range list {
		at := &m.a.Articles[i]
		m.key.Bytes(at.Key[:]).String(m.sourceName(at))
		for _, t := range at.Tags {
			m.key.String(m.a.Tags[t].Name)
		}
		for _, t := range at.Themes {
			m.key.String(m.a.Themes[t.Theme].Slug)
		}
	}
}

// allArticles lists every article in archive order, made once.
func (m *maker) allArticles() []archive.ArticleIndex {
	if m.all == nil {
		m.all = make([]archive.ArticleIndex, len(m.a.Articles))
		for i := range m.all {
			m.all[i] = archive.ArticleIndex(i)
		}
	}
	return m.all
}

// newest gives the first n articles of a list in archive order; undated ones
// stand at its end and come last.
func newest(list []archive.ArticleIndex, n int) []archive.ArticleIndex {
	return list[:min(n, len(list))]
}

// firstLetters cuts a text to at most n letters at a space.
func firstLetters(s string, n int) string {
	count := 0
	for i := range s {
		if count == n {
			if cut := strings.LastIndexByte(s[:i], ' '); cut > 0 {
				return s[:cut] + "…"
			}
			return s[:i] + "…"
		}
		count++
	}
	return s
}
