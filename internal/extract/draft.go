package extract

import (
	"crypto/sha256"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"warraq/internal/arabic"
	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/source"
)

// cleanText is how every title and paragraph is cleaned, at extraction and
// when bodies are read back.
func cleanText(s string) string { return arabic.Clean(s) }

// Extract finds the articles of one document.
func (x *Extractor) Extract(doc source.Document) Result {
	if doc.Kind == source.Markdown {
		return x.markdown(&doc)
	}
	c := readClip(&doc, &x.markers)
	r := Result{Problems: doc.Problems}
	p := newPlaces(&doc)
	index := make(map[*article]int, len(c.articles))
	for _, a := range c.articles {
		if a.dropped {
			continue
		}
		index[a] = len(r.Drafts)
		draft, text := x.draft(c, a, p, len(r.Drafts)+1, &r.Problems)
		r.Drafts = append(r.Drafts, draft)
		r.Texts = append(r.Texts, text)
	}
	if len(r.Drafts) == 0 {
		r.Problems = append(r.Problems, diag.Problem{
			Code: diag.ClippingNoArticle, Severity: diag.Warning, Position: p.position(0),
			Message: "no article was found in the clipping; it gets no page",
			Remedy:  "look at it with `warraq inspect`; put the article's text on lines of its own below its title",
		})
	}
	c.account(&r, index, p)
	return r
}

// account turns the pieces into spans of the source and lists what was dropped.
func (c *clip) account(r *Result, index map[*article]int, p *places) {
	removed := c.removed
	emit := func(s Span) {
		// What prepare took out of the range is reported by itself.
		for len(removed) > 0 && removed[0].end <= s.Start {
			removed = removed[1:]
		}
		at := s.Start
		for _, cut := range removed {
			if cut.start >= s.End {
				break
			}
			if cut.start > at {
				part := s
				part.Start, part.End = at, cut.start
				r.Spans = append(r.Spans, part)
			}
			at = max(at, cut.end)
		}
		if at < s.End {
			s.Start = at
			r.Spans = append(r.Spans, s)
		}
	}
	for _, q := range c.pieces {
		s := Span{Start: c.source(q.start), End: c.sourceEnd(q.end), Draft: -1, Field: q.field, Why: q.why}
		if q.article != nil {
			s.Draft = index[q.article]
		}
		emit(s)
		if q.why != NotDropped {
			r.Dropped = append(r.Dropped, Dropped{Text: c.text[q.start:q.end], At: p.at(s.Start), Why: q.why})
		}
	}
	for _, cut := range c.removed {
		text := c.doc.Text[cut.start:cut.end]
		if strings.TrimSpace(text) == "" {
			continue
		}
		r.Spans = append(r.Spans, Span{Start: cut.start, End: cut.end, Draft: -1, Why: ControlText})
		r.Dropped = append(r.Dropped, Dropped{Text: text, At: p.at(cut.start), Why: ControlText})
	}
	sort.SliceStable(r.Spans, func(i, j int) bool { return r.Spans[i].Start < r.Spans[j].Start })
	sort.SliceStable(r.Dropped, func(i, j int) bool {
		a, b := r.Dropped[i].At, r.Dropped[j].At
		return a.Line < b.Line || a.Line == b.Line && a.Column < b.Column
	})
}

// draft makes the draft of one article of a clipping.
func (x *Extractor) draft(c *clip, a *article, p *places, ordinal int, problems *[]diag.Problem) (archive.Draft, Text) {
	var text Text
	plain := make([]string, 0, len(a.paragraphs))
	ref := archive.BodyRef{Path: c.doc.Path, Record: c.doc.Record, Format: archive.Plain}
	for _, i := range a.paragraphs {
		l := &c.lines[i]
		cleaned := cleanText(c.lineText(l))
		plain = append(plain, cleaned)
		text.Paragraphs = append(text.Paragraphs, Paragraph{cleaned, p.at(c.source(l.start))})
		ref.Spans = append(ref.Spans, archive.Span{Start: uint32(l.start), End: uint32(l.end)})
	}
	ref.Hash = bodyHash(plain)
	d := archive.Draft{
		Title:    a.title,
		TitleAt:  text.Paragraphs[0].At,
		Language: "ar",
		Lead:     leadOf(plain),
		Body:     ref,
		Origin:   archive.Origin{Path: c.doc.Path, Ordinal: int32(ordinal), Role: a.role},
	}
	if a.titleAt >= 0 {
		d.TitleAt = p.at(c.source(a.titleAt))
	} else if a.title == "" {
		d.Title = titleFromLead(plain[0])
		*problems = append(*problems, diag.Problem{
			Code: diag.ClippingNoTitle, Severity: diag.Warning,
			Position: diag.Position{Path: c.doc.Path, Line: int(d.TitleAt.Line), Column: int(d.TitleAt.Column)},
			Excerpt:  cutLetters(plain[0], 80),
			Message:  "the article has no title; the start of its text stands for one",
			Remedy:   "put a title line above it, or set title in content/decisions.yaml",
		})
	}
	d.Origin.Line = d.TitleAt.Line
	x.fields(c, a, p, &d, problems)
	d.AutoID = contentID(d.Title, plain)
	x.measure(&d, d.Title, text.Paragraphs, plain)
	for _, run := range d.Runs {
		d.Segments = append(d.Segments, x.matcher.Segment(run)...)
	}
	detach(&d)
	d.Seal()
	return d, text
}

// measure asks the matcher what the text is about.
func (x *Extractor) measure(d *archive.Draft, title string, at []Paragraph, plain []string) {
	f := x.matcher.Findings(title, plain)
	d.Themes, d.Mentions, d.Events = f.Themes, f.Mentions, f.Events
	d.Sketch, d.Shingles, d.ExactHash, d.Words = f.Sketch, f.Shingles, f.ExactHash, f.Words
	toSource := func(place *archive.TextPos) {
		if n := int(place.Line) - 1; n >= 0 && n < len(at) {
			*place = archive.TextPos{Line: at[n].At.Line, Column: at[n].At.Column + max(place.Column, 1) - 1}
		}
	}
	for i := range d.Events {
		toSource(&d.Events[i].Phrase.At)
	}
	for i := range f.Anchors {
		toSource(&f.Anchors[i].At)
	}
	d.Relative = append(d.Relative, f.Anchors...)
}

// leadOf gives the start of a body: at most 200 letters, cut at a word.
func leadOf(paragraphs []string) string {
	for _, p := range paragraphs {
		if p != "" {
			return cutLetters(p, 200)
		}
	}
	return ""
}

// cutLetters shortens a text to at most n letters, at a word's end.
func cutLetters(s string, n int) string {
	if len(s) <= n {
		return s
	}
	count, lastBlank := 0, 0
	for i, r := range s {
		if unicode.IsSpace(r) {
			lastBlank = i
		}
		if count++; count > n-1 && i+utf8.RuneLen(r) < len(s) {
			if lastBlank == 0 {
				lastBlank = i
			}
			return strings.TrimRight(s[:lastBlank], " ،,؛:-") + "…"
		}
	}
	return s
}

// bodyHash fingerprints a body as it is read.
func bodyHash(paragraphs []string) archive.Hash {
	h := sha256.New()
	buf := make([]byte, 0, 1024) // passes strings on in pieces, not as copies
	for _, p := range paragraphs {
		for ; len(p) > cap(buf); p = p[cap(buf):] {
			h.Write(append(buf, p[:cap(buf)]...))
		}
		h.Write(append(append(buf, p...), 0))
	}
	return archive.Hash(h.Sum(nil)[:16])
}
