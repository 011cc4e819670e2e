package extract

import (
	"io/fs"
	"path"
	"sync"

	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/source"
)

// bodies reads bodies back from their sources. It holds nothing but the places
// of its sources and of their records: a body is read, cleaned as at extraction, and checked against
// the hash that extraction took.
type bodies struct {
	fsys fs.FS
	opts source.Options

	mu      sync.Mutex
	records map[string]*source.Records // of crawl files, opened when first asked for
}

// NewBodies reads bodies back from a content folder.
func NewBodies(fsys fs.FS, x *Extractor) archive.Bodies {
	return &bodies{fsys: fsys, opts: x.sources, records: map[string]*source.Records{}}
}

// Body implements archive.Bodies.
func (b *bodies) Body(ref archive.BodyRef) (archive.Body, error) {
	kind, _ := source.KindOf(ref.Path)
	if ref.Format == archive.MarkdownText {
		kind = source.Markdown
	} else if kind == source.Markdown {
		kind = source.Text
	}
	text, err := b.text(ref, kind)
	if err != nil {
		return archive.Body{}, err
	}
	changed := diag.Problem{
		Code: diag.SourceChanged, Severity: diag.Error, Position: diag.Position{Path: ref.Path},
		Message: "the source changed while the site was built", Remedy: "build again",
	}
	body := archive.Body{Format: ref.Format}
	if ref.Format == archive.MarkdownText {
		if len(ref.Spans) != 1 || int(ref.Spans[0].End) > len(text) {
			return archive.Body{}, changed
		}
		part := text[ref.Spans[0].Start:ref.Spans[0].End]
		if bodyHash([]string{part}) != ref.Hash {
			return archive.Body{}, changed
		}
		body.Markdown = part
		return body, nil
	}
	prepared := prepare(text)
	for _, s := range ref.Spans {
		if int(s.End) > len(prepared.text) || s.Start > s.End {
			return archive.Body{}, changed
		}
		body.Paragraphs = append(body.Paragraphs, cleanText(prepared.text[s.Start:s.End]))
	}
	if bodyHash(body.Paragraphs) != ref.Hash {
		return archive.Body{}, changed
	}
	return body, nil
}

func (b *bodies) text(ref archive.BodyRef, kind source.Kind) (string, error) {
	if ref.Record == 0 {
		return source.ReadText(b.fsys, ref.Path, kind)
	}
	b.mu.Lock()
	r, opened := b.records[ref.Path]
	if !opened {
		var err error
		if r, err = source.OpenRecords(b.fsys, ref.Path, kind, b.opts); err != nil {
			b.mu.Unlock()
			return "", err
		}
		b.records[ref.Path] = r
	}
	b.mu.Unlock()
	return r.Text(ref.Record)
}

// Pages reads the static pages of content/pages: about, rights and the like.
func Pages(fsys fs.FS) ([]archive.StaticPage, []diag.Problem) {
	files, problems := source.Pages(fsys)
	var pages []archive.StaticPage
	for _, file := range files {
		docs, failed := source.Read(fsys, file, source.Options{})
		problems = append(problems, failed...)
		for i := range docs {
			problems = append(problems, docs[i].Problems...)
			pages = append(pages, staticPage(&docs[i], &problems))
		}
	}
	return pages, problems
}

func staticPage(doc *source.Document, problems *[]diag.Problem) archive.StaticPage {
	m := matter{doc: doc, problems: problems}
	var d archive.Draft
	m.read(&d)
	start := topHeading(doc.Text, &d, doc.FirstLine)
	m.look(doc.Text[start:], &d)
	slug := d.ID
	if slug == "" {
		slug = safeID(path.Base(doc.Path[:len(doc.Path)-len(path.Ext(doc.Path))]))
	}
	if d.Title == "" {
		d.Title = slug
	}
	return archive.StaticPage{
		Slug: path.Base(slug), Title: d.Title, Description: d.Description,
		Markdown: doc.Text[start:], Key: archive.Hash(doc.Hash), Path: doc.Path,
	}
}
