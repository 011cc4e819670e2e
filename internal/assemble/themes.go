package assemble

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/diag"
)

// fileThemes puts articles under the editors' themes: by decision, else by
// front matter, else by the rules' scores.
func fileThemes(in *Input, a *archive.Archive, entries []entry, kept []int32, r *reporter) {
	for i := range in.Editorial.Themes {
		t := &in.Editorial.Themes[i]
		a.Themes = append(a.Themes, archive.Theme{
			Slug: t.Slug, Title: t.Title, Description: t.Description, Weight: int32(t.Weight),
			Hub: string(t.Hub), Aliases: t.Aliases, Key: t.Key,
		})
	}
	slices.SortStableFunc(a.Themes, func(x, y archive.Theme) int {
		return cmp.Or(cmp.Compare(x.Weight, y.Weight), strings.Compare(x.Slug, y.Slug))
	})
	index := make(map[string]archive.ThemeIndex, len(a.Themes))
	for i := range a.Themes {
		index[a.Themes[i].Slug] = archive.ThemeIndex(i)
	}
	var members []archive.Membership
	var keptMembers arena[archive.Membership]
	var keptEvidence arena[string] // a copy, so that the drafts' own lists can go
	for at, i := range kept {
		e := &entries[i]
		members = members[:0]
		for _, s := range themesOf(e) {
			t, ok := index[s.Slug]
			if !ok {
				r.add(diag.ThemeUnknown, diag.Warning, titleOf(e.draft), fmt.Sprintf("there is no theme %q", s.Slug),
					"make content/themes/"+s.Slug+"/_index.md or mend the name")
				continue
			}
			if slices.ContainsFunc(members, func(m archive.Membership) bool { return m.Theme == t }) {
				continue
			}
			theme := &a.Themes[t]
			members = append(members, archive.Membership{
				Theme: t, Position: int32(len(theme.Articles)), Score: s.Score, Evidence: keptEvidence.keep(s.Evidence),
			})
			theme.Articles = append(theme.Articles, archive.ArticleIndex(at))
		}
		a.Articles[at].Themes = keptMembers.keep(members)
	}
}

func themesOf(e *entry) []archive.ThemeScore {
	listed := e.draft.Listed
	if e.decision != nil && e.decision.Themes != nil {
		listed = *e.decision.Themes
	} else if listed == nil {
		return e.draft.Themes
	}
	scores := make([]archive.ThemeScore, 0, len(listed))
	for _, slug := range listed {
		s := archive.ThemeScore{Slug: slug, Score: 1}
		for _, t := range e.draft.Themes {
			if t.Slug == slug {
				s = t
			}
		}
		scores = append(scores, s)
	}
	return scores
}
