// Package audit checks an archive as an archive: Tree and Pages look at a built or
// a planned site as a reader's browser would (links, direction, ids, escaping,
// weight), Archive at the model as an editor would (themes without articles, tags
// that look alike, articles without source or date, addresses that vanished),
// External asks the sites that are linked to. Sources says what was found in a
// planned page at the line of the source that caused it.
//
// It returns problems and changes nothing. Everything is linear in the size of
// the site; pages are read one at a time by a bounded number of workers.
package audit

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/sync/errgroup"

	"warraq/internal/diag"
	"warraq/internal/output"
)

// Budgets in bytes, see docs/architecture.md. A page's budget is for its HTML
// with inlined style, compressed as the plainest host does it (gzip).
const (
	articleBudget = 14 << 10 // up to articleWords words
	articleWords  = 600
	bytesPerWord  = 7 // a compressed Arabic word more
	listBudget    = 50 << 10
	fontBudget    = 40 << 10
)

// TreeOptions says how the tree is published.
type TreeOptions struct {
	BasePath string // the URL path below which it stands, "/" or "/sub/"
	External bool   // collect links to other sites for External
}

// TreeResult is what an audit of a tree found.
type TreeResult struct {
	Problems []diag.Problem // sorted
	Pages    int
	Links    int
	External []ExternalLink // distinct addresses, sorted

	findings []finding // the same problems, for who knows where pages were written
}

// ExternalLink is an address of another site and the first page that links to it.
type ExternalLink struct {
	URL  string
	From diag.Position
}

// finding is a problem of a page, with what tells its place in the page's source.
type finding struct {
	diag.Problem
	whole   bool     // it concerns the whole page: its place says no more
	written []string // what an editor may have written to cause it, likeliest first
	link    string   // of a dead link: the address as the page has it,
	target  string   // and the file it would need, relative to the site
}

// Tree audits the built tree in dir.
func Tree(ctx context.Context, dir string, opts TreeOptions) (TreeResult, error) {
	sizes := map[string]int64{}
	var pages []string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		info, err := d.Info()
		if err != nil {
			return err
		}
		sizes[rel] = info.Size()
		if strings.HasSuffix(rel, ".html") {
			pages = append(pages, rel)
		}
		return nil
	})
	if err != nil {
		return TreeResult{}, fmt.Errorf("audit: %w", err)
	}
	s := newSite(opts)
	s.has = func(name string) bool { _, ok := sizes[name]; return ok }
	s.size = func(name string) int64 { return sizes[name] }
	s.read = func(name string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))) }
	return s.audit(ctx, pages)
}

// Pages audits a planned site without writing it: every HTML page is made once,
// looked at and forgotten.
func Pages(ctx context.Context, planned []output.Page, opts TreeOptions) (TreeResult, error) {
	byPath := make(map[string]int, len(planned))
	var pages []string
	for i := range planned {
		byPath[planned[i].Path] = i
		if strings.HasSuffix(planned[i].Path, ".html") {
			pages = append(pages, planned[i].Path)
		}
	}
	s := newSite(opts)
	s.has = func(name string) bool { _, ok := byPath[name]; return ok }
	s.read = func(name string) ([]byte, error) {
		var b bytes.Buffer
		err := planned[byPath[name]].Write(&b)
		return b.Bytes(), err
	}
	// Only fonts are asked for by size, by every page: each is made once.
	var mu sync.Mutex
	sizes := map[string]int64{}
	s.size = func(name string) int64 {
		mu.Lock()
		defer mu.Unlock()
		n, ok := sizes[name]
		if !ok {
			var c counter
			if planned[byPath[name]].Write(&c) == nil { // a failure is the build's to report
				n = int64(c)
			}
			sizes[name] = n
		}
		return n
	}
	return s.audit(ctx, pages)
}

// site is an audit under way: what the site holds, and what was found.
type site struct {
	base         string
	has          func(name string) bool
	size         func(name string) int64
	read         func(name string) ([]byte, error)
	wantExternal bool

	mu       sync.Mutex
	findings []finding
	links    int
	// anchors are the ids that some page has and the fragments that links ask
	// for, kept only until all pages are read. A page's ids are kept only when it
	// has any that a link could ask for.
	anchors   map[string][]string
	fragments []fragment
	external  map[string]diag.Position
}

// fragment is a link to a part of a page.
type fragment struct {
	from diag.Position
	link string // as written
	page string
	id   string
}

func newSite(opts TreeOptions) *site {
	s := &site{base: opts.BasePath, anchors: map[string][]string{}, external: map[string]diag.Position{}, wantExternal: opts.External}
	if s.base == "" {
		s.base = "/"
	}
	return s
}

func (s *site) audit(ctx context.Context, pages []string) (TreeResult, error) {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, name := range pages {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return s.page(name)
		})
	}
	if err := g.Wait(); err != nil {
		return TreeResult{}, fmt.Errorf("audit: %w", err)
	}
	s.checkAnchors()
	slices.SortFunc(s.findings, func(a, b finding) int { return diag.Compare(a.Problem, b.Problem) })
	r := TreeResult{Pages: len(pages), Links: s.links, findings: s.findings}
	for _, f := range s.findings {
		r.Problems = append(r.Problems, f.Problem)
	}
	for u, from := range s.external {
		r.External = append(r.External, ExternalLink{u, from})
	}
	slices.SortFunc(r.External, func(a, b ExternalLink) int { return cmp.Compare(a.URL, b.URL) })
	return r, nil
}

// page audits one HTML file.
func (s *site) page(name string) error {
	raw, err := s.read(name)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	p := &pageAudit{site: s, name: name, raw: raw, ids: map[string]bool{}}
	p.text()
	p.elements()
	p.weight()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.findings = append(s.findings, p.findings...)
	s.links += p.links
	s.fragments = append(s.fragments, p.fragments...)
	for u, at := range p.external {
		// The smallest page name wins, whatever order the workers come in.
		if old, ok := s.external[u]; !ok || at.Path < old.Path || at.Path == old.Path && at.Line < old.Line {
			s.external[u] = at
		}
	}
	if len(p.ids) > 0 {
		ids := make([]string, 0, len(p.ids))
		for id := range p.ids {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		s.anchors[name] = ids
	}
	return nil
}

func (s *site) checkAnchors() {
	for _, f := range s.fragments {
		if _, found := slices.BinarySearch(s.anchors[f.page], f.id); !found {
			s.findings = append(s.findings, finding{Problem: diag.Problem{
				Code: diag.DeadAnchor, Severity: diag.Error, Position: f.from,
				Message: fmt.Sprintf("%s has nothing with the id %q", f.page, f.id),
				Remedy:  "mend the link or give the element its id",
			}, written: asWritten(f.link)})
		}
	}
}

// BasePath reads from a built site's home page the path it is published under:
// its canonical address tells. "" when it does not.
func BasePath(dir string) string {
	raw, err := os.ReadFile(filepath.Join(dir, "index.html"))
	if err != nil {
		return ""
	}
	z := html.NewTokenizer(bytes.NewReader(raw))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			if token.Data == "link" && attr(token, "rel") == "canonical" {
				if u, err := url.Parse(attr(token, "href")); err == nil && strings.HasSuffix(u.Path, "/") {
					return u.Path
				}
				return ""
			}
		}
	}
}
