package intake

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
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

// readFeed gives a document for each item of an RSS, Atom or RDF file. An item's
// text is HTML; its blocks become lines, its marks go.
func readFeed(name string) ([]source.Document, []diag.Problem) {
	shown := filepath.ToSlash(name)
	f, err := os.Open(name)
	if err != nil {
		return nil, []diag.Problem{{
			Code: diag.Unreadable, Severity: diag.Error, Position: diag.Position{Path: shown},
			Message: fmt.Sprintf("the feed cannot be read: %v", err), Remedy: "check the file and its permissions",
		}}
	}
	defer f.Close()
	feed, err := gofeed.NewParser().Parse(f)
	if err != nil {
		return nil, []diag.Problem{{
			Code: diag.FeedBroken, Severity: diag.Error, Position: diag.Position{Path: shown},
			Message: fmt.Sprintf("this is no feed that can be read: %v", err), Remedy: "save it as RSS, Atom or RDF, or give another file",
		}}
	}
	var docs []source.Document
	for i, item := range feed.Items {
		text := item.Content
		if strings.TrimSpace(text) == "" {
			text = item.Description
		}
		d := source.Document{
			Path: shown, Kind: source.JSONL, Record: int32(i + 1), FirstLine: 1,
			Title: strings.TrimSpace(item.Title), URL: item.Link, Date: item.Published,
			Text: blocks(text), Site: feed.Title,
		}
		if item.Author != nil {
			d.Author = item.Author.Name
		}
		docs = append(docs, d)
	}
	return docs, nil
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
