package assemble

import (
	"cmp"
	"slices"

	"warraq/internal/archive"
	"warraq/internal/dates"
)

// writeArticles fills the articles in their final order with what is their own
// and with the places of the copies folded into them.
func writeArticles(in *Input, a *archive.Archive, entries []entry, kept []int32, sources []archive.SourceIndex) {
	a.Articles = make([]archive.Article, len(kept))
	var origins arena[archive.Origin]
	for at, i := range kept {
		e := &entries[i]
		d := e.draft
		article := &a.Articles[at]
		*article = archive.Article{
			ID: e.id, Title: e.title(), Description: cmp.Or(d.Description, d.Lead), Author: d.Author,
			Date: e.date, Source: sources[i], SourceURL: d.SourceURL, Language: cmp.Or(d.Language, "ar"),
			Origins: origins.keep([]archive.Origin{d.Origin}), Body: d.Body, Words: d.Words, Corrections: d.Correction,
			Draft: d.Draft, Future: e.future, Aliases: d.Aliases, Images: d.Images,
		}
		for j := range d.Modified {
			if p := dates.InZone(d.Modified[j].Phrase, in.Site.TimeZone); p.Kind == dates.Absolute && p.Date.Compare(article.Modified) > 0 {
				article.Modified = p.Date
			}
		}
		article.Rights, article.Canonical = rightsOf(in, a, d, sources[i])
		if source := sources[i]; source >= 0 {
			a.Sources[source].Articles = append(a.Sources[source].Articles, archive.ArticleIndex(at))
		}
	}
	var folded []int32
	for i := range entries {
		if e := &entries[i]; e.leader != int32(i) && entries[e.leader].article >= 0 {
			folded = append(folded, int32(i))
		}
	}
	slices.SortFunc(folded, func(x, y int32) int { return rank(&entries[x], &entries[y]) })
	for _, i := range folded {
		e := &entries[i]
		leader := &entries[e.leader]
		article := &a.Articles[leader.article]
		article.Origins = append(article.Origins, e.draft.Origin)
		if sources[i] >= 0 {
			a.Sources[sources[i]].Copies++
		}
		if e.draft.ExactHash != leader.draft.ExactHash {
			article.Versions = append(article.Versions, archive.Version{
				ID: e.id, Title: e.title(), Date: e.date, Source: sources[i], Origin: e.draft.Origin,
				Containment: e.containment, Body: e.draft.Body,
			})
		}
	}
}
