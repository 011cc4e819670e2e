package feed

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"warraq/internal/archive"
	"warraq/internal/markup"
	"warraq/internal/output"
)

// channel is what a feed is about.
type channel struct {
	title, description string
	home               string // path of the page it belongs to
	items              []archive.ArticleIndex
}

func (m *maker) feeds() {
	n := m.site.Archive.FeedItems
	m.feed(channel{m.site.Title, m.site.Archive.Description, "", newest(m.allArticles(), n)}, output.Home)
	for i := range m.a.Themes {
		t := &m.a.Themes[i]
		m.feed(channel{t.Title + " — " + m.site.Title, t.Description, archive.ThemePath(t.Slug), newest(t.Articles, n)}, output.List)
	}
	for i := range m.a.Tags {
		t := &m.a.Tags[i]
		if len(t.Articles) >= minTagFeed {
			m.feed(channel{t.Name + " — " + m.site.Title, t.Name, archive.TagPath(t.Slug), newest(t.Articles, n)}, output.List)
		}
	}
}

func (m *maker) feed(c channel, stage output.Stage) {
	key := func(kind string) output.Key {
		m.reset(kind).String(c.title).String(c.description).String(c.home)
		m.addArticles(c.items)
		return m.key.Sum()
	}
	m.add(c.home+"index.xml", stage, key("rss 1"), func(w io.Writer) error { return m.writeRSS(w, c) })
	m.add(c.home+"feed.json", stage, key("json 1"), func(w io.Writer) error { return m.writeJSONFeed(w, c) })
}

// guid identifies an article in feeds for ever. It names no host and no
// current path: the first alias is the address the article was born with, so a
// moved article does not come back as unread.
func guid(at *archive.Article) string {
	for _, alias := range at.Aliases {
		if id, ok := strings.CutPrefix(strings.Trim(alias, "/"), "articles/"); ok {
			return "urn:warraq:article:" + id
		}
	}
	return "urn:warraq:article:" + at.ID
}

// html gives the text of an item: the whole article where settings and rights
// allow it, else its description.
func (m *maker) html(at *archive.Article) (string, error) {
	if !m.site.Archive.FeedFull || !m.mayShowBody(at) {
		return "", nil
	}
	body, err := m.bodies.Body(at.Body)
	if err != nil {
		return "", fmt.Errorf("feed: article %s: %w", at.ID, err)
	}
	if body.Format == archive.MarkdownText {
		return markup.Render(body.Markdown, markup.Options{Link: m.absolute, Image: func(address string) markup.Image {
			return markup.Image{Address: m.absolute(articleRelative(at, address)), Elsewhere: markup.Elsewhere(address)}
		}}), nil
	}
	var b strings.Builder
	for _, p := range body.Paragraphs {
		b.WriteString("<p>")
		if err := xml.EscapeText(&b, []byte(p)); err != nil {
			return "", err
		}
		b.WriteString("</p>\n")
	}
	return b.String(), nil
}

// absolute makes an address of the site one that works in a feed reader.
func (m *maker) absolute(address string) string {
	if rest, ok := strings.CutPrefix(address, "/"); ok && !strings.HasPrefix(rest, "/") {
		return m.site.BaseURL + rest
	}
	return address
}

// articleRelative names a picture of an article's bundle from the site's root.
func articleRelative(at *archive.Article, address string) string {
	if strings.Contains(address, ":") || strings.HasPrefix(address, "/") {
		return address
	}
	return "/" + archive.ArticlePath(at.ID) + address
}

type rssItem struct {
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	GUID        rssGUID  `xml:"guid"`
	PubDate     string   `xml:"pubDate,omitempty"`
	Source      string   `xml:"dc:source,omitempty"`
	Creator     string   `xml:"dc:creator,omitempty"`
	Categories  []string `xml:"category"`
	Description string   `xml:"description"`
	Content     string   `xml:"content:encoded,omitempty"`
}

type rssGUID struct {
	Permanent string `xml:"isPermaLink,attr"`
	Value     string `xml:",chardata"`
}

type rssLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
}

// rss is RSS 2.0 (https://www.rssboard.org/rss-specification) with the content,
// Dublin Core and Atom modules that readers know.
type rss struct {
	XMLName xml.Name `xml:"rss"`
	Version string   `xml:"version,attr"`
	Content string   `xml:"xmlns:content,attr"`
	DC      string   `xml:"xmlns:dc,attr"`
	Atom    string   `xml:"xmlns:atom,attr"`
	Channel struct {
		Title       string    `xml:"title"`
		Link        string    `xml:"link"`
		Self        rssLink   `xml:"atom:link"`
		Description string    `xml:"description"`
		Language    string    `xml:"language"`
		Items       []rssItem `xml:"item"`
	} `xml:"channel"`
}

func (m *maker) writeRSS(w io.Writer, c channel) error {
	doc := rss{
		Version: "2.0",
		Content: "http://purl.org/rss/1.0/modules/content/",
		DC:      "http://purl.org/dc/elements/1.1/",
		Atom:    "http://www.w3.org/2005/Atom",
	}
	ch := &doc.Channel
	ch.Title, ch.Link, ch.Description, ch.Language = c.title, m.url(c.home), c.description, m.site.Locale
	ch.Self = rssLink{m.url(c.home + "index.xml"), "self", "application/rss+xml"}
	for _, i := range c.items {
		at := &m.a.Articles[i]
		content, err := m.html(at)
		if err != nil {
			return err
		}
		item := rssItem{
			Title: at.Title, Link: m.url(archive.ArticlePath(at.ID)), GUID: rssGUID{"false", guid(at)},
			Source: m.sourceName(at), Creator: at.Author, Categories: m.tagNames(at),
			Description: at.Description, Content: content,
		}
		if t := m.moment(at.Date); !t.IsZero() {
			item.PubDate = t.Format(time.RFC1123Z)
		}
		ch.Items = append(ch.Items, item)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", " ")
	if err := enc.Encode(doc); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// jsonFeed is JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	Home        string     `json:"home_page_url"`
	Self        string     `json:"feed_url"`
	Description string     `json:"description,omitempty"`
	Language    string     `json:"language"`
	Items       []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	External  string       `json:"external_url,omitempty"`
	Title     string       `json:"title"`
	HTML      string       `json:"content_html,omitempty"`
	Text      string       `json:"content_text,omitempty"`
	Summary   string       `json:"summary,omitempty"`
	Published string       `json:"date_published,omitempty"`
	Authors   []jsonAuthor `json:"authors,omitempty"`
	Tags      []string     `json:"tags,omitempty"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

func (m *maker) writeJSONFeed(w io.Writer, c channel) error {
	doc := jsonFeed{
		Version: "https://jsonfeed.org/version/1.1", Title: c.title, Home: m.url(c.home),
		Self: m.url(c.home + "feed.json"), Description: c.description, Language: m.site.Locale,
		Items: []jsonItem{},
	}
	for _, i := range c.items {
		at := &m.a.Articles[i]
		content, err := m.html(at)
		if err != nil {
			return err
		}
		item := jsonItem{
			ID: guid(at), URL: m.url(archive.ArticlePath(at.ID)), External: at.SourceURL, Title: at.Title,
			HTML: content, Tags: m.tagNames(at),
		}
		// An item must have content: the description where the text stays here.
		if content == "" {
			item.Text = at.Description
		} else {
			item.Summary = at.Description
		}
		if t := m.moment(at.Date); !t.IsZero() {
			item.Published = t.Format(time.RFC3339)
		}
		for _, name := range []string{at.Author, m.sourceName(at)} {
			if name != "" {
				item.Authors = append(item.Authors, jsonAuthor{name})
			}
		}
		doc.Items = append(doc.Items, item)
	}
	return writeJSON(w, doc)
}

// writeJSON writes readable JSON with Arabic as it is.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(v)
}

func (m *maker) tagNames(at *archive.Article) []string {
	var names []string
	for _, t := range at.Tags {
		names = append(names, m.a.Tags[t].Name)
	}
	return names
}
