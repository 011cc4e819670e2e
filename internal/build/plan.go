package build

import (
	"warraq/internal/diag"
	"warraq/internal/output"
)

// plan asks every stage for its pages.
func plan(s *Site, o Options) ([]output.Page, []diag.Problem) {
	return nil, nil
}
