package build

import (
	"context"

	"warraq/internal/diag"
	"warraq/internal/editorial"
	"warraq/internal/output"
)

// Checked is a site that was planned and not written.
type Checked struct {
	*Site
	Editorial *editorial.Editorial
	Pages     []string // paths that a build would write
	Published []string // paths that the last build wrote; nil where there was none
}

// Check does everything that Run does but write. The Checked is nil when the
// configuration has an error.
func Check(ctx context.Context, o Options) (*Checked, []diag.Problem, error) {
	o.settle()
	w := &watch{report: &Report{}}
	var problems diag.List
	s, found := load(ctx, o, nil, nil, w)
	problems.Add(found...)
	if s == nil || ctx.Err() != nil {
		return nil, problems.Sorted(), ctx.Err()
	}
	pages, found := plan(s, o)
	problems.Add(found...)
	problems.Add(output.Sort(pages)...)
	c := &Checked{Site: s}
	// Its problems were reported by load.
	c.Editorial, _ = editorial.Load(s.Content)
	for i := range pages {
		c.Pages = append(c.Pages, pages[i].Path)
	}
	var err error
	c.Published, err = output.Recorded(o.Destination, o.CacheDir)
	return c, problems.Sorted(), err
}

// Under names the paths of problems below the content folder by their place in
// the site, as Run does.
func Under(problems []diag.Problem) []diag.Problem { return under(problems) }
