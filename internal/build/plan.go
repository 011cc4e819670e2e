package build

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"sync"

	"warraq/internal/diag"
	"warraq/internal/feed"
	"warraq/internal/output"
	"warraq/internal/render"
	"warraq/internal/search"
)

// plan asks every stage for its pages. The search index does most of its work
// here, on all processors; the templates are loaded and the keys of all other
// pages computed meanwhile.
func plan(s *Site, o Options) ([]output.Page, []diag.Problem) {
	var index []output.Page
	var foundByIndex []diag.Problem
	var indexing sync.WaitGroup
	if s.Config.Archive.Search {
		indexing.Go(func() { index, foundByIndex = o.planSearch(s) })
	}
	pages, problems := o.planPages(s)
	indexing.Wait()
	return append(pages, index...), append(problems, foundByIndex...)
}

// planPages plans what is written from the archive as it is.
func (o *Options) planPages(s *Site) ([]output.Page, []diag.Problem) {
	r, problems := render.New(s.Config, render.Options{
		Templates: folder(o.Source, "templates"), Static: folder(o.Source, "static"), Content: s.Content, Version: o.Version,
	})
	if r == nil {
		return nil, problems
	}
	pages, found := r.Plan(s.Archive, s.Bodies)
	return append(pages, o.ofThisProgram(feed.Plan(s.Config, s.Archive, s.Bodies))...), append(problems, found...)
}

// planSearch makes the search index, below the cache folder.
func (o *Options) planSearch(s *Site) ([]output.Page, []diag.Problem) {
	if o.NoCache {
		if err := os.RemoveAll(o.searchCache()); err != nil {
			return nil, []diag.Problem{{
				Code: diag.Unwritable, Severity: diag.Error, Position: diag.Position{Path: o.searchCache()},
				Message: "the cache cannot be emptied: " + err.Error(), Remedy: "delete it by hand",
			}}
		}
	}
	pages, problems := search.Plan(s.Config, s.Archive, s.Bodies, o.searchCache())
	return o.ofThisProgram(pages), problems
}

// ofThisProgram makes the keys of pages depend on the program's version, as
// render's do already: another version may write other bytes from equal input,
// and nobody remembers to raise a number in every kind of key.
func (o *Options) ofThisProgram(pages []output.Page) []output.Page {
	sum := sha256.Sum256([]byte(o.Version))
	for i := range pages {
		for k := range pages[i].Key {
			pages[i].Key[k] ^= sum[k]
		}
	}
	return pages
}

// searchCache is the folder that the search index keeps its intermediate files
// in, which live until its pages are written.
func (o *Options) searchCache() string { return filepath.Join(o.CacheDir, "search") }
