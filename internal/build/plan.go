package build

import (
	"warraq/internal/diag"
	"warraq/internal/feed"
	"warraq/internal/output"
)

// plan asks every stage for its pages.
func plan(s *Site, o Options) ([]output.Page, []diag.Problem) {
	pages := feed.Plan(s.Config, s.Archive, s.Bodies)
	return pages, nil
}
