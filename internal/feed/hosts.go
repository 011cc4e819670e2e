package feed

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/output"
)

// redirectLimit is how many lines _redirects may have: the smallest limit of
// the hosts that read it. The HTML redirects work everywhere and are complete.
const redirectLimit = 2000

// redirectBytes is how large it may be: GitLab Pages reads none of a file over
// 64 KB, and Cloudflare silently drops what stands beyond 100 KB, which the
// escaped addresses of Arabic names reach long before 2,000 lines.
const redirectBytes = 64_000

// headers is the _headers file that Netlify, Cloudflare Pages and others obey.
// The content security policy of styles and scripts is in each page: a hash of
// its own style, which a header for the whole site would break for pages still
// in a cache. The header adds to it what holds for all pages: who may frame them,
// and that pictures are the site's own, which a page with pictures cannot say
// itself (see render's policyTag).
const headers = `/*
  Content-Security-Policy: img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'
  X-Content-Type-Options: nosniff
  X-Frame-Options: SAMEORIGIN
  Referrer-Policy: strict-origin-when-cross-origin
  Permissions-Policy: camera=(), microphone=(), geolocation=(), browsing-topics=()
  Cross-Origin-Opener-Policy: same-origin
  Cache-Control: public, max-age=300, must-revalidate

/search/i/*
  ! Cache-Control
  Cache-Control: public, max-age=31536000, immutable

/fonts/*
  ! Cache-Control
  Cache-Control: public, max-age=31536000, immutable

/feed.json
  Content-Type: application/feed+json; charset=utf-8

/index.xml
  Content-Type: application/rss+xml; charset=utf-8
`

func (m *maker) hosts() {
	static := func(path, text string, stage output.Stage) {
		m.add(path, stage, m.reset("static 1").String(path).String(text).Sum(), func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		})
	}
	static("_headers", m.below(headers), output.Home)
	static(".nojekyll", "", output.Asset)
	static("robots.txt", "User-agent: *\nAllow: /\n\nSitemap: "+m.url("sitemap.xml")+"\n", output.Home)
	m.add("opensearch.xml", output.Home, m.reset("opensearch 1").Sum(), m.writeOpenSearch)

	m.reset("redirects 1")
	for _, r := range m.a.Redirects {
		m.key.String(r.From).String(r.To)
	}
	m.add("_redirects", output.Home, m.key.Sum(), m.writeRedirects)
}

// below puts the site's base path before every path of a _headers file.
func (m *maker) below(text string) string {
	base := strings.TrimSuffix(m.site.BasePath, "/")
	if base == "" {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "/") {
			lines[i] = base + line
		}
	}
	return strings.Join(lines, "\n")
}

func (m *maker) writeRedirects(w io.Writer) error {
	b := bufio.NewWriter(w)
	base := strings.TrimSuffix(m.site.BasePath, "/")
	size := 0
	for n, r := range m.a.Redirects {
		line := fmt.Sprintf("%s/%s %s/%s 301\n", base, archive.EscapePath(strings.TrimPrefix(r.From, "/")), base, archive.EscapePath(strings.TrimPrefix(r.To, "/")))
		if size += len(line); n >= redirectLimit || size > redirectBytes {
			break
		}
		b.WriteString(line) // an error stays in b until Flush
	}
	return b.Flush()
}

type openSearch struct {
	XMLName     xml.Name `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string   `xml:"ShortName"`
	Description string   `xml:"Description"`
	Language    string   `xml:"Language"`
	Encoding    string   `xml:"InputEncoding"`
	URL         struct {
		Type     string `xml:"type,attr"`
		Method   string `xml:"method,attr"`
		Template string `xml:"template,attr"`
	} `xml:"Url"`
}

// writeOpenSearch lets a browser search the archive from its address bar
// (https://github.com/dewitt/opensearch). A short name has at most 16 letters.
func (m *maker) writeOpenSearch(w io.Writer) error {
	doc := openSearch{
		ShortName:   strings.TrimSuffix(firstLetters(m.site.Title, 15), "…"),
		Description: firstLetters(m.site.Title, 500),
		Language:    m.site.Locale,
		Encoding:    "UTF-8",
	}
	doc.URL.Type, doc.URL.Method, doc.URL.Template = "text/html", "get", m.url("search/")+"?q={searchTerms}"
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	return xml.NewEncoder(w).Encode(doc)
}
