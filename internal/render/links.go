package render

import (
	"html/template"
	"strconv"
	"strings"
)

// Addresses of what package feed writes; the two rooms share only the paths.

func (p *plan) siteFeeds() *Feeds {
	return &Feeds{Title: p.r.site.Title, RSS: "index.xml", JSON: "feed.json"}
}

// feeds of a theme or tag.
func (p *plan) feeds(path, title string) *Feeds {
	return &Feeds{Title: isolatePlain(title) + " · " + p.r.site.Title, RSS: path + "index.xml", JSON: path + "feed.json"}
}

func (p *plan) timelineExports(events int) []Export {
	if events == 0 {
		return nil
	}
	return []Export{
		{Path: "timeline/events.ics", Name: p.r.texts.get("export.ics"), Type: "text/calendar"},
		{Path: "timeline/events.json", Name: "JSON", Type: "application/json"},
		{Path: "timeline/timelinejs.json", Name: "TimelineJS", Type: "application/json"},
	}
}

func (p *plan) themeExports(path string, articles, events int) []Export {
	var out []Export
	if articles > 0 {
		out = append(out,
			Export{Path: path + "citations.bib", Name: "BibTeX", Type: "application/x-bibtex"},
			Export{Path: path + "citations.ris", Name: "RIS", Type: "application/x-research-info-systems"})
	}
	if events > 0 {
		out = append(out, Export{Path: path + "events.ics", Name: p.r.texts.get("export.ics"), Type: "text/calendar"})
	}
	return out
}

// shareImage is the absolute address of the picture shown where a page is shared.
func (p *plan) shareImage() string { return p.absolute("share.png") }

func itoa(n int) string { return strconv.Itoa(n) }

func orElse(s, other string) string {
	if s != "" {
		return s
	}
	return other
}

// plainOf takes the markup off text that isolate made.
func plainOf(h template.HTML) string {
	s := string(h)
	if !strings.ContainsAny(s, "<&") {
		return s
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		j := strings.IndexByte(s[i:], '>')
		if j < 0 {
			break
		}
		s = s[i+j+1:]
	}
	b.WriteString(s)
	return unescapeHTML(b.String())
}

// unescapeHTML undoes template.HTMLEscapeString.
func unescapeHTML(s string) string {
	return entities.Replace(s)
}

var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&#34;", `"`, "&#39;", "'", "&amp;", "&")
