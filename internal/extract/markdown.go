package extract

import (
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/markup"
	"warraq/internal/source"
)

// markdown makes the draft of a Markdown article.
func (x *Extractor) markdown(doc *source.Document) Result {
	r := Result{Problems: doc.Problems}
	m := matter{doc: doc, problems: &r.Problems}
	d := archive.Draft{
		Language: "ar",
		Origin:   archive.Origin{Path: doc.Path, Line: 1, Ordinal: 1, Role: archive.Markdown},
		TitleAt:  archive.TextPos{Line: 1, Column: 1},
	}
	if _, ok := doc.Matter.Values["title"]; ok {
		d.TitleAt = m.textPos("title")
	}
	m.read(&d)
	start := topHeading(doc.Text, &d, doc.FirstLine)
	body := doc.Text[start:]
	plain := markup.Paragraphs(body)
	text := locate(doc, start, plain)
	if d.Title == "" {
		if len(plain) == 0 {
			r.Problems = append(r.Problems, diag.Problem{
				Code: diag.SourceEmpty, Severity: diag.Warning, Position: diag.Position{Path: doc.Path},
				Message: "the article has neither title nor text; it gets no page", Remedy: "write it, or remove the file",
			})
			return r
		}
		d.Title = titleFromLead(plain[0])
		r.Problems = append(r.Problems, diag.Problem{
			Code: diag.MatterNoTitle, Severity: diag.Warning, Position: diag.Position{Path: doc.Path, Line: 1, Column: 1},
			Message: "the article has no title; the start of its text stands for one", Remedy: "add title: to its front matter",
		})
	}
	d.Origin.Stated = d.SourceName
	d.AutoID = pathID(doc.Path)
	d.Lead = leadOf(plain)
	d.Body = archive.BodyRef{
		Path: doc.Path, Format: archive.MarkdownText,
		Spans: []archive.Span{{Start: uint32(start), End: uint32(len(doc.Text))}},
		Hash:  bodyHash([]string{body}),
	}
	events := d.Events
	x.measure(&d, d.Title, text.Paragraphs, plain)
	if events != nil {
		d.Events = events // the author's own list replaces what the text says
	}
	m.look(body, &d)
	detach(&d)
	d.Seal()
	r.Drafts = []archive.Draft{d}
	r.Texts = []Text{text}
	return r
}

// topHeading finds where the body begins behind a first-level heading that
// gives or repeats the title; 0 where there is none.
func topHeading(text string, d *archive.Draft, firstLine int) int {
	trimmed := strings.TrimLeft(text, " \n\t")
	heading, ok := strings.CutPrefix(trimmed, "# ")
	if !ok {
		return 0
	}
	heading, rest, _ := strings.Cut(heading, "\n")
	heading = strings.TrimSpace(strings.Trim(heading, "# "))
	switch {
	case heading == "":
		return 0
	case d.Title == "":
		d.Title = cleanText(heading)
		d.TitleAt = archive.TextPos{Line: int32(firstLine + strings.Count(text[:len(text)-len(trimmed)], "\n")), Column: 3}
	case !sameLetters(heading, d.Title):
		return 0
	}
	return len(text) - len(rest)
}

// locate gives each plain paragraph its place, by its first words: Markdown's
// marks are few, and a place a line off still leads an editor there.
func locate(doc *source.Document, start int, plain []string) Text {
	text := Text{Paragraphs: make([]Paragraph, len(plain))}
	at, line, lineStart := start, doc.FirstLine, 0
	advance := func(to int) {
		passed := doc.Text[at:to]
		if n := strings.LastIndexByte(passed, '\n'); n >= 0 {
			line, lineStart = line+strings.Count(passed, "\n"), at+n+1
		}
		at = to
	}
	lineStart = 0
	line += strings.Count(doc.Text[:start], "\n")
	if n := strings.LastIndexByte(doc.Text[:start], '\n'); n >= 0 {
		lineStart = n + 1
	}
	for i, p := range plain {
		head := p
		if n := 0; len(head) > 40 {
			for n = 40; !utf8.RuneStart(head[n]); n-- {
			}
			head = head[:n]
		}
		if n := strings.Index(doc.Text[at:], head); n >= 0 {
			advance(at + n)
		} else if word, _, _ := strings.Cut(head, " "); word != "" {
			if n := strings.Index(doc.Text[at:], word); n >= 0 {
				advance(at + n)
			}
		}
		text.Paragraphs[i] = Paragraph{p, archive.TextPos{Line: int32(line), Column: int32(1 + utf8.RuneCountInString(doc.Text[lineStart:at]))}}
		if end := at + len(head); end <= len(doc.Text) {
			advance(end)
		}
	}
	return text
}

// look reports what the body holds that a page will not show, and gives the
// bundle's images their alternative texts.
func (m *matter) look(body string, d *archive.Draft) {
	for _, img := range m.doc.Images {
		d.Images = append(d.Images, archive.Image{Path: img.Path, Name: img.Name, Width: img.Width, Height: img.Height, Hash: img.Hash})
	}
	findings, images := markup.Check(body)
	first := m.doc.FirstLine + strings.Count(m.doc.Text[:len(m.doc.Text)-len(body)], "\n") - 1
	for _, f := range findings {
		p := diag.Problem{Severity: diag.Warning, Position: diag.Position{Path: m.doc.Path, Line: first + f.Line, Column: f.Column},
			Excerpt: diag.ExcerptOf(body, f.Line)}
		switch f.Kind {
		case markup.Shortcode:
			p.Code, p.Message, p.Remedy = diag.MarkdownShortcode, "the shortcode is left out of the page", "write what it should show as Markdown"
		case markup.RawHTML:
			p.Code, p.Message, p.Remedy = diag.MarkdownRawHTML, "the HTML is left out of the page", "write it as Markdown"
		case markup.UnsafeLink:
			p.Code, p.Message, p.Remedy = diag.MarkdownUnsafe, "the address is not a link that is safe to follow", "use an http, https, mailto or relative address"
		case markup.NoAltText:
			p.Code, p.Message, p.Remedy = diag.ImageNoAlt, "the image has no alternative text", "say between the brackets what it shows: ![…](…)"
		}
		*m.problems = append(*m.problems, p)
	}
	for _, ref := range images {
		if markup.Elsewhere(ref.Address) {
			*m.problems = append(*m.problems, diag.Problem{
				Code: diag.ImageElsewhere, Severity: diag.Info,
				Position: diag.Position{Path: m.doc.Path, Line: first + ref.Line, Column: ref.Column},
				Excerpt:  diag.ExcerptOf(body, ref.Line),
				Message:  "the image is on another site: the page links to it",
				Remedy:   "put a copy beside the article to show it, where its rights allow",
			})
			continue
		}
		if strings.HasPrefix(ref.Address, "/") {
			continue
		}
		found := false
		for i := range d.Images {
			if d.Images[i].Name == path.Clean(ref.Address) {
				found = true
				if d.Images[i].Alt == "" {
					d.Images[i].Alt = ref.Alt
				}
			}
		}
		if !found {
			*m.problems = append(*m.problems, diag.Problem{
				Code: diag.ImageMissing, Severity: diag.Warning,
				Position: diag.Position{Path: m.doc.Path, Line: first + ref.Line, Column: ref.Column},
				Excerpt:  diag.ExcerptOf(body, ref.Line),
				Message:  fmt.Sprintf("there is no image %q beside the article", ref.Address),
				Remedy:   "make the article a folder with index.md and put the image into it",
			})
		}
	}
}
