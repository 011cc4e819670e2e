package build

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"slices"

	"warraq/internal/diag"
	"warraq/internal/feed"
	"warraq/internal/output"
	"warraq/internal/render"
	"warraq/internal/search"
)

// plan asks every stage for its pages.
func plan(s *Site, o Options) ([]output.Page, []diag.Problem) {
	r, problems := render.New(s.Config, render.Options{
		Templates: folder(o.Source, "templates"), Static: folder(o.Source, "static"), Content: s.Content, Version: o.Version,
	})
	if r == nil || slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Severity == diag.Error }) {
		return nil, problems
	}
	pages, found := r.Plan(s.Archive, s.Bodies)
	problems = append(problems, found...)
	pages = append(pages, o.ofThisProgram(feed.Plan(s.Config, s.Archive, s.Bodies))...)
	if s.Config.Archive.Search {
		if o.NoCache {
			if err := os.RemoveAll(o.searchCache()); err != nil {
				return nil, append(problems, diag.Problem{
					Code: diag.Unwritable, Severity: diag.Error, Position: diag.Position{Path: o.searchCache()},
					Message: "the cache cannot be emptied: " + err.Error(), Remedy: "delete it by hand",
				})
			}
		}
		index, found := search.Plan(s.Config, s.Archive, s.Bodies, o.searchCache())
		problems = append(problems, found...)
		pages = append(pages, o.ofThisProgram(index)...)
	}
	return pages, problems
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
