package build

import (
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
	pages = append(pages, feed.Plan(s.Config, s.Archive, s.Bodies)...)
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
		pages = append(pages, index...)
	}
	return pages, problems
}

// searchCache is the folder that the search index keeps its intermediate files
// in, which live until its pages are written.
func (o *Options) searchCache() string { return filepath.Join(o.CacheDir, "search") }
