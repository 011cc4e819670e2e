package intake

import (
	"bytes"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
	nethtml "golang.org/x/net/html"

	"warraq/internal/diag"
	"warraq/internal/source"
)

// isFeed tells feed files by their extension.
func isFeed(name string) bool {
	return slices.Contains([]string{".xml", ".rss", ".atom", ".rdf"}, strings.ToLower(filepath.Ext(name)))
}

// eachOfFeed yields a document for each item of an RSS, Atom or RDF file. Titles
// and texts of items are HTML; their blocks become lines, their marks go. An item
// without a text is told by its title and link, for an editor to fetch.
func eachOfFeed(name string, yield func(source.Document) bool) []diag.Problem {
	shown := filepath.ToSlash(name)
	raw, err := os.ReadFile(name)
	if err != nil {
		return []diag.Problem{{
			Code: diag.Unreadable, Severity: diag.Error, Position: diag.Position{Path: shown},
			Message: fmt.Sprintf("the feed cannot be read: %v", err), Remedy: "check the file and its permissions",
		}}
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(raw))
	if err != nil {
		return []diag.Problem{{
			Code: diag.FeedBroken, Severity: diag.Error, Position: diag.Position{Path: shown},
			Message: fmt.Sprintf("this is no feed that can be read: %v", err), Remedy: "save it as RSS, Atom or RDF, or give another file",
		}}
	}
	var problems []diag.Problem
	lines := itemLines(raw, len(feed.Items))
	for i, item := range feed.Items {
		text := blocks(item.Content)
		if text == "" {
			text = blocks(item.Description)
		}
		title := strings.Join(strings.Fields(blocks(item.Title)), " ")
		if text == "" {
			problems = append(problems, diag.Problem{
				Code: diag.ClippingNoArticle, Severity: diag.Warning, Position: diag.Position{Path: shown, Line: lines[i]},
				Message: fmt.Sprintf("the item %q has no text; it gets no page", title),
				Remedy:  strings.TrimSpace("save the page it announces as a clipping: " + item.Link),
			})
			continue
		}
		d := source.Document{
			Path: shown, Kind: source.JSONL, Record: int32(i + 1), FirstLine: max(1, lines[i]),
			Title: title, URL: item.Link, Date: item.Published, Text: text, Site: feed.Title,
		}
		if item.Author != nil {
			d.Author = item.Author.Name
		}
		if !yield(d) {
			break
		}
	}
	return problems
}

var itemStart = regexp.MustCompile(`<(?:\w+:)?(?:item|entry)[\s>]`)

// itemLines finds the lines on which the n items of a feed begin, which the
// parser does not tell; zeros where the file's text does not show it.
func itemLines(raw []byte, n int) []int {
	lines := make([]int, n)
	found := itemStart.FindAllIndex(raw, -1)
	if len(found) != n {
		return lines
	}
	line, from := 1, 0
	for i, at := range found {
		line += bytes.Count(raw[from:at[0]], []byte{'\n'})
		lines[i], from = line, at[0]
	}
	return lines
}

// blocks gives the text of HTML, a line a block.
func blocks(markup string) string {
	z := nethtml.NewTokenizer(strings.NewReader(markup))
	var b strings.Builder
	skip := 0
	for {
		kind := z.Next()
		switch kind {
		case nethtml.ErrorToken:
			return strings.TrimSpace(b.String())
		case nethtml.TextToken:
			if skip == 0 {
				b.WriteString(strings.Join(strings.Fields(" "+html.UnescapeString(string(z.Raw()))+" "), " "))
				b.WriteByte(' ')
			}
		case nethtml.StartTagToken, nethtml.EndTagToken, nethtml.SelfClosingTagToken:
			name, _ := z.TagName()
			switch string(name) {
			case "script", "style":
				if kind == nethtml.StartTagToken {
					skip++
				} else if kind == nethtml.EndTagToken && skip > 0 {
					skip--
				}
			case "p", "div", "br", "li", "h1", "h2", "h3", "h4", "blockquote", "tr", "ul", "ol":
				b.WriteByte('\n')
			}
		}
	}
}
