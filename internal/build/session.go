package build

import (
	"bytes"
	"cmp"
	"context"
	"path"
	"slices"
	"strings"
	"sync"

	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/output"
	"warraq/internal/source"
)

// Session builds one site again and again, for a preview. Each Run is a whole
// build and gives the bytes of a clean one. Between two runs, Glance makes the
// page of a source that was just saved, in milliseconds whatever the size of
// the archive: what the source says itself is new on it (title, text, author),
// what follows from the whole archive (dates inferred, events, relations,
// neighbours) is as the last run knew it, and the next run puts it right.
//
// Keeping the stages' state from run to run instead was not done: most of a
// run's time goes into assembling, where one sentence can move any other
// article's relations.
type Session struct {
	o  Options
	mu sync.Mutex
	// last is what the last successful run published. Nothing else reads its
	// archive any more, so Glance may write the new text into it.
	last *published
}

type published struct {
	site   *Site
	pages  []output.Page                     // by path
	source map[string][]archive.ArticleIndex // by origin
}

// Glanced is the page of an article whose source was saved.
type Glanced struct {
	Path string // of the page
	HTML []byte
}

// NewSession starts a session that has built nothing yet.
func NewSession(o Options) *Session { return &Session{o: o} }

// Run builds the site, see the function Run.
func (s *Session) Run(ctx context.Context) (*Report, []diag.Problem, error) {
	o := s.o
	o.published = func(site *Site, pages []output.Page) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.last = &published{site: site, pages: pages}
	}
	return Run(ctx, o)
}

// Glance makes the pages of the articles of one source, named by its path below
// the content folder. It gives none when only a whole build can tell: before
// the first, for a source that is new, that now has other articles, or that
// does not decode.
func (s *Session) Glance(name string) []Glanced {
	s.mu.Lock()
	defer s.mu.Unlock()
	kind, known := source.KindOf(name)
	if s.last == nil || !known || kind == source.JSONL || kind == source.WARC || strings.HasPrefix(name, "pages/") {
		return nil
	}
	slots := s.last.articles()[name]
	if len(slots) == 0 {
		return nil
	}
	site := s.last.site
	docs, problems := source.Read(site.Content, source.File{Path: name, Kind: kind}, site.reading)
	if len(docs) != 1 || failing(problems) || failing(docs[0].Problems) {
		return nil
	}
	result := site.extractor.Extract(docs[0])
	// The images of a bundle were not looked at, so nothing is said of them.
	if path.Base(name) != "index.md" && failing(result.Problems) || len(result.Drafts) != len(slots) {
		return nil
	}
	for i := range result.Drafts {
		d := &result.Drafts[i]
		if a := &site.Archive.Articles[slots[i]]; a.ID != cmp.Or(d.ID, d.AutoID) || d.Draft && !site.Config.BuildDrafts || d.Withdrawn != "" {
			return nil
		}
	}
	var out []Glanced
	for i := range result.Drafts {
		a := &site.Archive.Articles[slots[i]]
		take(a, &result.Drafts[i])
		at := archive.ArticlePath(a.ID) + "index.html"
		n, ok := slices.BinarySearchFunc(s.last.pages, at, func(p output.Page, at string) int { return strings.Compare(p.Path, at) })
		if !ok {
			return nil
		}
		var b bytes.Buffer
		if err := s.last.pages[n].Write(&b); err != nil {
			return nil // the build that follows says why
		}
		out = append(out, Glanced{at, b.Bytes()})
	}
	return out
}

func failing(problems []diag.Problem) bool {
	return slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Severity == diag.Error })
}

// articles maps sources to their articles, in the order in which they stand there.
func (p *published) articles() map[string][]archive.ArticleIndex {
	if p.source == nil {
		p.source = map[string][]archive.ArticleIndex{}
		all := p.site.Archive.Articles
		for i := range all {
			if len(all[i].Origins) > 0 {
				name := all[i].Origins[0].Path
				p.source[name] = append(p.source[name], archive.ArticleIndex(i))
			}
		}
		for _, slots := range p.source {
			slices.SortFunc(slots, func(a, b archive.ArticleIndex) int {
				return cmp.Compare(all[a].Origins[0].Ordinal, all[b].Origins[0].Ordinal)
			})
		}
	}
	return p.source
}

// take gives an article what its source says now.
func take(a *archive.Article, d *archive.Draft) {
	a.Title, a.Description, a.Author = d.Title, cmp.Or(d.Description, d.Lead), d.Author
	a.SourceURL, a.Language = d.SourceURL, cmp.Or(d.Language, "ar")
	a.Body, a.Words, a.Corrections, a.Draft = d.Body, d.Words, d.Correction, d.Draft
}
