package build

import (
	"slices"

	"warraq/internal/diag"
	"warraq/internal/feed"
	"warraq/internal/output"
	"warraq/internal/render"
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
	return pages, problems
}
