package cli

import (
	"bufio"
	"fmt"
	"strings"
	"unicode"

	"warraq/internal/archive"
	"warraq/internal/build"
	"warraq/internal/extract"
)

// inspectText shows people each source line by line with what became of it,
// and below it the articles that the archive made of the source.
func (p *program) inspectText(out *bufio.Writer, found *build.Inspection) error {
	paint := func(colour, s string) string { return s }
	if p.colour(p.Out) {
		paint = func(colour, s string) string { return "\x1b[" + colour + "m" + s + "\x1b[0m" }
	}
	a := found.Site.Archive
	byPath := map[string][]*archive.Article{}
	for i := range a.Articles {
		x := &a.Articles[i]
		for _, o := range x.Origins {
			if list := byPath[o.Path]; len(list) == 0 || list[len(list)-1] != x {
				byPath[o.Path] = append(list, x)
			}
		}
	}
	path := ""
	for i := range found.Documents {
		doc := &found.Documents[i]
		if doc.Path != path {
			fmt.Fprintf(out, "%s\n", paint("1", printable(doc.Path)))
		}
		lines(out, doc, paint)
		last := i == len(found.Documents)-1 || found.Documents[i+1].Path != doc.Path
		if last {
			for _, x := range byPath[doc.Path] {
				describe(out, a, x, paint)
			}
			fmt.Fprintln(out)
		}
		path = doc.Path
	}
	return nil
}

// lines prints every span of a clipping with its line and its label.
func lines(out *bufio.Writer, doc *build.Inspected, paint func(colour, s string) string) {
	line, at := doc.FirstLine, 0
	for _, s := range doc.Spans {
		line += strings.Count(doc.Text[at:s.Start], "\n")
		at = s.Start
		for piece := range strings.Lines(doc.Text[s.Start:s.End]) {
			if text := strings.TrimSpace(piece); text != "" {
				label, colour := labelOf(s)
				fmt.Fprintf(out, "%6d  %s  %s\n", line, paint(colour, fmt.Sprintf("%-16s", label)), printable(text))
			}
			line += strings.Count(piece, "\n")
			at += len(piece)
		}
	}
}

func labelOf(s extract.Span) (label, colour string) {
	if s.Draft < 0 {
		return "- " + s.Why.String(), "2"
	}
	label = fmt.Sprintf("%d %s", s.Draft+1, s.Field)
	switch s.Field {
	case extract.TitleField:
		return label, "1;32"
	case extract.BodyField:
		return label, "32"
	}
	return label, "36"
}

// describe prints what the archive knows of one article and why.
func describe(out *bufio.Writer, a *archive.Archive, x *archive.Article, paint func(colour, s string) string) {
	row := func(label, value string) {
		if value != "" {
			fmt.Fprintf(out, "      %-10s %s\n", label, printable(value))
		}
	}
	fmt.Fprintf(out, "  %s %s\n", paint("1;35", "→"), paint("1", printable(x.Title)))
	row("url", "/"+archive.ArticlePath(x.ID))
	date := "unknown"
	if !x.Date.Value.IsZero() {
		date = fmt.Sprintf("%s, %s, confidence %.2f", x.Date.Value, x.Date.Kind, x.Date.Confidence)
	}
	if x.Date.Evidence != "" {
		date += ": " + x.Date.Evidence
	}
	row("date", date)
	if x.Source >= 0 {
		row("source", a.Sources[x.Source].Name)
	}
	row("address", x.SourceURL)
	var names []string
	for _, t := range x.Tags {
		names = append(names, a.Tags[t].Name)
	}
	row("tags", strings.Join(names, "، "))
	names = nil
	for _, m := range x.Mentions {
		names = append(names, fmt.Sprintf("%s ×%d", a.Tags[m.Tag].Name, m.Count))
	}
	row("mentions", strings.Join(names, "، "))
	for _, m := range x.Themes {
		row("theme", fmt.Sprintf("%s (%.2g): %s", a.Themes[m.Theme].Slug, m.Score, strings.Join(m.Evidence, "، ")))
	}
	for _, i := range x.Events {
		e := &a.Events[i]
		row("event", fmt.Sprintf("%s: %s [%s]", e.Date, e.Sentence, e.Evidence))
	}
	for _, o := range x.Origins[1:] {
		row("also in", fmt.Sprintf("%s:%d", o.Path, o.Line))
	}
	for _, v := range x.Versions {
		row("version", fmt.Sprintf("%s (%.2f) %s", v.Title, v.Containment, v.Origin.Path))
	}
	for _, r := range x.Relations {
		if r.Kind != archive.Related {
			row(r.Kind.String(), fmt.Sprintf("%s (%.2f)", a.Articles[r.Article].Title, r.Containment))
		}
	}
}

// printable replaces control characters: scraped text must not command the
// terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case unicode.IsControl(r):
			return '\ufffd'
		}
		return r
	}, s)
}
