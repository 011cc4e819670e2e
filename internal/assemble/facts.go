package assemble

import (
	"fmt"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/diag"
)

// citeFacts gives themes and articles their facts, each with the article it
// cites. A citation follows a folded copy to the page that shows it.
func citeFacts(in *Input, a *archive.Archive, entries []entry, kept []int32, r *reporter) {
	cited := map[string]archive.ArticleIndex{}
	ask := func(facts []archive.DraftFact) {
		for _, f := range facts {
			cited[f.Cite] = -1
		}
	}
	for i := range in.Editorial.Themes {
		ask(in.Editorial.Themes[i].Facts)
	}
	for _, i := range kept {
		ask(entries[i].draft.Facts)
	}
	if len(cited) == 0 {
		return
	}
	for i := range entries {
		if _, ok := cited[entries[i].id]; ok {
			cited[entries[i].id] = entries[entries[i].leader].article
		}
	}
	settle := func(facts []archive.DraftFact, place func(cite string) diag.Position) []archive.Fact {
		var out []archive.Fact
		for _, f := range facts {
			fact := archive.Fact{Text: f.Text, Date: f.Date, Article: cited[f.Cite]}
			if at := place(f.Cite); fact.Article < 0 {
				if strings.HasPrefix(f.Cite, "https://") || strings.HasPrefix(f.Cite, "http://") {
					fact.URL = f.Cite
				} else if at.Path == "" {
					continue // of an embedded theme: it tells of an archive that is not this one
				} else if f.Cite != "" {
					r.add(diag.FactCite, diag.Warning, at, fmt.Sprintf("a fact cites %q, which is no published article", f.Cite), "cite an article's id or an http(s) address")
				}
			}
			out = append(out, fact)
		}
		return out
	}
	themes := map[string]archive.ThemeIndex{}
	for i := range a.Themes {
		themes[a.Themes[i].Slug] = archive.ThemeIndex(i)
	}
	for i := range in.Editorial.Themes {
		t := &in.Editorial.Themes[i]
		a.Themes[themes[t.Slug]].Facts = settle(t.Facts, func(cite string) diag.Position { return t.Places.Of(cite, t.Path) })
	}
	for at, i := range kept {
		d := entries[i].draft
		a.Articles[at].Facts = settle(d.Facts, func(string) diag.Position { return titleOf(d) })
	}
}
