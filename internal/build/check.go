package build

import (
	"cmp"
	"context"

	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/editorial"
	"warraq/internal/output"
)

// Checked is a site that was planned and not written.
type Checked struct {
	*Site
	Editorial *editorial.Editorial
	Pages     []output.Page // that a build would write
	Published []string      // paths that the last build wrote; nil where there was none
	// Unpublished maps the page paths of drafts, and of what lies in the future
	// or has expired, to their sources.
	Unpublished map[string]diag.Position
}

// Check does everything that Run does but write. The Checked is nil when the
// configuration has an error.
func Check(ctx context.Context, o Options) (*Checked, []diag.Problem, error) {
	o.settle()
	o.keepDrafts = true
	w := &watch{report: &Report{}}
	var problems diag.List
	s, found := load(ctx, o, nil, nil, w)
	problems.Add(found...)
	if s == nil || ctx.Err() != nil {
		return nil, problems.Sorted(), ctx.Err()
	}
	hidden := unpublished(s.drafts, found)
	s.drafts = nil
	o.Progress("planning", 0, 0)
	pages, found := plan(s, o)
	problems.Add(found...)
	problems.Add(underIfThere(o.Source, output.Sort(pages))...)
	c := &Checked{Site: s, Pages: pages, Unpublished: hidden}
	// Its problems were reported by load.
	c.Editorial, _ = editorial.Load(s.Content)
	var err error
	c.Published, err = output.Recorded(o.Destination, o.CacheDir)
	return c, problems.Sorted(), err
}

// unpublished finds the drafts that assembling reported as not published.
func unpublished(drafts []archive.Draft, problems []diag.Problem) map[string]diag.Position {
	places := map[diag.Position]bool{}
	for _, p := range problems {
		if p.Code == diag.Unpublished {
			places[p.Position] = true
		}
	}
	hidden := map[string]diag.Position{}
	if len(places) == 0 {
		return hidden
	}
	for i := range drafts {
		d := &drafts[i]
		at := diag.Position{Path: "content/" + d.Origin.Path, Line: int(d.Origin.Line)}
		title := diag.Position{Path: at.Path, Line: int(d.TitleAt.Line), Column: int(d.TitleAt.Column)}
		if places[at] || places[title] {
			hidden[archive.ArticlePath(cmp.Or(d.ID, d.AutoID))] = at
		}
	}
	return hidden
}

// Under names the paths of problems below the content folder by their place in
// the site, as Run does.
func Under(problems []diag.Problem) []diag.Problem { return under(problems) }
