package assemble

import (
	"slices"
	"strings"

	"warraq/internal/archive"
)

// settlePages adds what stands beside articles: tombstones, redirects, static pages.
func settlePages(in *Input, a *archive.Archive, entries []entry, r *reporter) {
	a.Pages = slices.Clone(in.Pages)
	slices.SortFunc(a.Pages, func(x, y archive.StaticPage) int { return strings.Compare(x.Slug, y.Slug) })
	for i := range entries {
		e := &entries[i]
		lead := &entries[e.leader]
		if e.leader == int32(i) && e.withdrawn != "" {
			a.Tombstones = append(a.Tombstones, archive.Tombstone{ID: e.id, Title: e.title(), Reason: e.withdrawn, Date: e.date.Value})
		}
		if e.id != lead.id {
			a.Redirects = append(a.Redirects, archive.Redirect{
				From: "/" + archive.ArticlePath(e.id), To: "/" + archive.ArticlePath(lead.id), Origin: e.draft.Origin.Path,
			})
		}
	}
	slices.SortFunc(a.Redirects, func(x, y archive.Redirect) int { return strings.Compare(x.From, y.From) })
	a.Redirects = slices.Compact(a.Redirects)
}
