package source

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"unicode"

	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"warraq/internal/diag"
)

// eachHTML reads one saved page.
func eachHTML(name string, raw []byte, yield func(Document) bool) []diag.Problem {
	if len(raw) == 0 {
		return []diag.Problem{empty(name)}
	}
	d, ok, err := htmlDocument(Document{Path: name, Kind: HTML, FirstLine: 1, Hash: hashOf(raw)}, raw)
	if err != nil {
		return append(d.Problems, diag.Problem{
			Code: diag.SourceNotText, Severity: diag.Warning, Position: diag.Position{Path: name},
			Message: "the saved page cannot be read: " + err.Error(),
			Remedy:  "save the page again, or paste its text into a .txt file",
		})
	}
	if !ok {
		return append(d.Problems, empty(name))
	}
	yield(d)
	return nil
}

var errNoPage = errors.New("it is not text in any known character set")

// htmlDocument takes the article's text out of a page. go-trafilatura finds
// it; where it finds nothing the whole visible text serves, and extraction
// sorts it like any clipping. What the page states of itself (title, date,
// outlet) comes from its metadata.
func htmlDocument(d Document, raw []byte) (Document, bool, error) {
	text, e, problems := Decode(raw)
	rename(problems, d.Path)
	d.Problems = problems
	if e == NotText {
		return d, false, errNoPage
	}
	page, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return d, false, err
	}
	stated := readStated(page)
	d.Title, d.Date, d.Site, d.Author = stated.title, stated.date, stated.site, stated.author
	if d.URL == "" {
		d.URL = stated.url
	}
	found, err := trafilatura.ExtractDocument(page, trafilatura.Options{
		EnableFallback:  false,
		ExcludeComments: true,
		HtmlDateMode:    trafilatura.Disabled,
		Focus:           trafilatura.FavorRecall,
	})
	if err == nil && found != nil && found.ContentNode != nil {
		d.Text = blockText(found.ContentNode)
	}
	few, oneLine := len(strings.Fields(d.Text)) < 25, strings.Count(d.Text, "\n") < 2
	if few || oneLine {
		// ExtractDocument may have taken the tree apart: parse again.
		whole, err := html.Parse(strings.NewReader(text))
		if err != nil {
			return d, false, err
		}
		if lines := inBlocks(whole, d.Text); oneLine && lines != "" {
			d.Text = lines
		} else if all := blockText(whole); few && len(all) > len(d.Text) {
			d.Text = all
		}
	}
	return d, !blank(d.Text), nil
}

// stated is what a page says of itself.
type stated struct{ title, date, url, site, author string }

// fallback is what stands in for a field that the metadata lack.
type fallback struct{ heading, tab, card, date, meta, outlet string }

var (
	jsonOutlet = regexp.MustCompile(`"publisher"\s*:\s*\{[^{}]*"name"\s*:\s*"([^"\\]+)"`)
	jsonDate   = regexp.MustCompile(`"datePublished"\s*:\s*"([^"]+)"`)
	pageSpaces = regexp.MustCompile(`\s+`)
)

func readStated(page *html.Node) stated {
	var s stated
	var other fallback
	set := func(field *string, value string) {
		if value = strings.TrimSpace(pageSpaces.ReplaceAllString(value, " ")); *field == "" {
			*field = value
		}
	}
	for n := range page.Descendants() {
		switch n.DataAtom {
		case atom.Meta:
			content := attribute(n, "content")
			switch strings.ToLower(attribute(n, "property") + attribute(n, "name") + attribute(n, "itemprop")) {
			case "og:title":
				set(&s.title, content)
			case "twitter:title":
				set(&other.card, content)
			case "article:published_time", "datepublished", "pubdate", "publish-date", "dc.date.issued":
				set(&s.date, content)
			case "og:url":
				set(&s.url, content)
			case "og:site_name":
				set(&s.site, content)
			case "author", "article:author":
				if !strings.Contains(content, "://") {
					set(&s.author, content)
				}
			}
		case atom.Link:
			if attribute(n, "rel") == "canonical" {
				set(&s.url, attribute(n, "href"))
			}
		case atom.Title:
			set(&other.tab, textOf(n)) // the first one; SVG has titles too
		case atom.H1:
			set(&other.heading, textOf(n))
		case atom.Time:
			set(&other.date, attribute(n, "datetime"))
		case atom.Div, atom.Span, atom.P, atom.Small:
			if dated(n) {
				set(&other.meta, textOf(n))
			}
		case atom.Script:
			if attribute(n, "type") == "application/ld+json" {
				data := textOf(n)
				if found := jsonDate.FindStringSubmatch(data); found != nil {
					set(&s.date, found[1])
				}
				if found := jsonOutlet.FindStringSubmatch(data); found != nil {
					set(&other.outlet, found[1])
				}
			}
		}
	}
	// A page's own heading is the cleanest title; og:title next, <title> last.
	if len(strings.Fields(other.heading)) >= 3 {
		s.title = other.heading
	}
	set(&s.title, other.card)
	set(&s.title, other.tab)
	set(&s.date, other.date)
	set(&s.date, other.meta)
	set(&s.site, other.outlet)
	return s
}

// dated reports an element whose class says that it holds an article's date, and
// whose text is no longer than that and an author.
func dated(n *html.Node) bool {
	const longest = 120 // bytes of text, some sixty letters
	for class := range strings.FieldsSeq(strings.ToLower(attribute(n, "class"))) {
		switch class {
		case "date", "post-date", "entry-date", "publish-date", "published", "pubdate", "post-meta", "entry-meta", "article-date", "news-date", "article-meta", "meta-date", "post-time", "time":
			text := strings.TrimSpace(pageSpaces.ReplaceAllString(textOf(n), " "))
			return len(text) <= longest && strings.ContainsFunc(text, unicode.IsDigit)
		}
	}
	return false
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// kindOf reads a node's element from its name: go-trafilatura renames elements
// (its own «item» back to «li») and leaves DataAtom as it was.
func kindOf(n *html.Node) atom.Atom { return atom.Lookup([]byte(n.Data)) }

// blockText writes the visible text below a node, one line a block.
func blockText(root *html.Node) string {
	var b bytes.Buffer
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			b.WriteString(pageSpaces.ReplaceAllString(n.Data, " "))
			return
		case html.ElementNode:
			switch kindOf(n) {
			case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Head, atom.Form,
				atom.Nav, atom.Footer, atom.Button, atom.Select, atom.Iframe, atom.Object:
				return
			case atom.Br, atom.Hr:
				b.WriteByte('\n')
				return
			}
		}
		block := isBlock(kindOf(n))
		if block {
			b.WriteByte('\n')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block {
			b.WriteByte('\n')
		}
	}
	walk(root)
	var lines []string
	for line := range strings.SplitSeq(b.String(), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// inBlocks gives a page's text that go-trafilatura ran together back its lines:
// of a short article it returns the bare text, title, credits and paragraphs
// glued. The deepest element that holds the text's beginning and end, and not
// much besides, has the lines; "" when there is none.
func inBlocks(page *html.Node, text string) string {
	const sample = 24 // letters that identify an end of the text
	glued := []rune(dense(text))
	if len(glued) < 2*sample {
		return ""
	}
	head, tail := string(glued[:sample]), string(glued[len(glued)-sample:])
	best := ""
	for n := page; n != nil; {
		var next *html.Node
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type != html.ElementNode {
				continue
			}
			if inside := dense(textOf(c)); strings.Contains(inside, head) && strings.Contains(inside, tail) {
				next = c
				break
			}
		}
		if n = next; n != nil {
			if lines := blockText(n); len([]rune(dense(lines)))*2 <= len(glued)*3 {
				best = lines
			}
		}
	}
	if strings.Count(best, "\n") <= strings.Count(text, "\n") {
		return ""
	}
	return best
}

// dense drops all white space.
func dense(text string) string { return strings.Join(strings.Fields(text), "") }

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Header, atom.Aside, atom.Blockquote,
		atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Table, atom.Tr, atom.Td, atom.Th, atom.Figure,
		atom.Figcaption, atom.Pre, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Body, atom.Html:
		return true
	}
	return false
}
