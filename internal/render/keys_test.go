package render

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"warraq/internal/archive"
	"warraq/internal/output"
)

func keysOf(t *testing.T, r *Renderer, a *archive.Archive, b bodies) map[string]output.Key {
	t.Helper()
	pages, _ := r.Plan(a, b)
	keys := make(map[string]output.Key, len(pages))
	for _, p := range pages {
		keys[p.Path] = p.Key
	}
	return keys
}

// changed lists the paths whose keys differ.
func changed(before, after map[string]output.Key) []string {
	var out []string
	for _, path := range slices.Sorted(maps.Keys(after)) {
		if before[path] != after[path] {
			out = append(out, path)
		}
	}
	return out
}

// A key promises the bytes: whatever differs in a page's bytes must differ in
// its key. The table changes one thing of the archive at a time.
func TestKeysFollowBytes(t *testing.T) {
	changes := map[string]func(a *archive.Archive, b bodies){
		"title":            func(a *archive.Archive, b bodies) { a.Articles[5].Title = "عنوان آخر" },
		"description":      func(a *archive.Archive, b bodies) { a.Articles[5].Description = "وصف آخر" },
		"date kind":        func(a *archive.Archive, b bodies) { a.Articles[5].Date.Kind = archive.DateInferred },
		"evidence":         func(a *archive.Archive, b bodies) { a.Articles[1].Date.Evidence = "«أول أمس»" },
		"source name":      func(a *archive.Archive, b bodies) { a.Sources[0].Name = "المرسال الجديد" },
		"source url":       func(a *archive.Archive, b bodies) { a.Sources[0].URL = "https://new.example/" },
		"copies":           func(a *archive.Archive, b bodies) { a.Sources[0].Copies = 7 },
		"tag name":         func(a *archive.Archive, b bodies) { a.Tags[0].Name = "أنقره" },
		"tag kind":         func(a *archive.Archive, b bodies) { a.Tags[2].Kind = archive.Organisation },
		"alias":            func(a *archive.Archive, b bodies) { a.Tags[0].Aliases = []string{"انقره"} },
		"wikidata":         func(a *archive.Archive, b bodies) { a.Tags[0].Wikidata = "Q1" },
		"theme title":      func(a *archive.Archive, b bodies) { a.Themes[1].Title = "اللقاءات" },
		"theme text":       func(a *archive.Archive, b bodies) { a.Themes[1].Description = "وصف" },
		"fact":             func(a *archive.Archive, b bodies) { a.Themes[0].Facts[0].Text = "حقيقة" },
		"event":            func(a *archive.Archive, b bodies) { a.Events[1].Sentence = "وصلت متأخرة." },
		"sources of event": func(a *archive.Archive, b bodies) { a.Events[1].Sources = 5 },
		"relation":         func(a *archive.Archive, b bodies) { a.Articles[0].Relations[1].Article = 9 },
		"version":          func(a *archive.Archive, b bodies) { a.Articles[0].Versions[0].Title = "صيغة ثالثة" },
		"origin":           func(a *archive.Archive, b bodies) { a.Articles[7].Origins[0].Stated = "وكالة" },
		"rights":           func(a *archive.Archive, b bodies) { a.Articles[7].Rights = archive.LinkOnly },
		"canonical":        func(a *archive.Archive, b bodies) { a.Articles[7].Canonical = archive.NoIndex },
		"author":           func(a *archive.Archive, b bodies) { a.Articles[7].Author = "ليلى" },
		"membership":       func(a *archive.Archive, b bodies) { a.Articles[7].Themes[0].Evidence = []string{"رصيف"} },
		"page title":       func(a *archive.Archive, b bodies) { a.Pages[0].Title = "من نحن" },
		"tombstone":        func(a *archive.Archive, b bodies) { a.Tombstones[0].Reason = "خطأ" },
		"redirect":         func(a *archive.Archive, b bodies) { a.Redirects[0].To = "/articles/a0001/" },
		"undated":          func(a *archive.Archive, b bodies) { a.Articles[len(a.Articles)-1].Title = "بلا يوم" },
		"mention":          func(a *archive.Archive, b bodies) { a.Articles[9].Mentions[0].Tag = 3 },
	}
	r := newRenderer(t, site(), Options{})
	before, texts := fixture(160)
	bytes, keys := built(t, r, before, texts), keysOf(t, r, before, texts)
	for name, change := range changes {
		t.Run(name, func(t *testing.T) {
			a, b := fixture(160)
			change(a, b)
			newBytes, newKeys := built(t, r, a, b), keysOf(t, r, a, b)
			differs := 0
			for path, content := range newBytes {
				if bytes[path] == content {
					continue
				}
				differs++
				if keys[path] == newKeys[path] {
					t.Errorf("%s: other bytes under the same key", path)
				}
			}
			if differs == 0 {
				t.Error("no page shows the change: the case tests nothing")
			}
			if n := len(changed(keys, newKeys)); n > 3*differs+12 {
				t.Errorf("%d keys changed for %d pages of other bytes", n, differs)
			}
		})
	}
}

// Adding an article touches its own page, its neighbours' and the lists that
// show it, however large the archive is.
func TestAddedArticleTouchesFew(t *testing.T) {
	r := newRenderer(t, site(), Options{})
	touched := map[int]int{}
	for _, n := range []int{400, 1200} {
		// The same archive with and without its newest article.
		with, texts := fixture(n)
		without := withoutFirst(with)
		paths := changed(keysOf(t, r, without, texts), keysOf(t, r, with, texts))
		articles := 0
		for _, p := range paths {
			if strings.HasPrefix(p, "articles/a") {
				articles++
			}
		}
		if articles > 4 {
			t.Errorf("%d articles: %d article pages changed: %v", n, articles, paths)
		}
		touched[n] = len(paths)
	}
	if touched[1200] > touched[400]+4 {
		t.Errorf("an addition touches %d pages of 400 articles and %d of 1200", touched[400], touched[1200])
	}
}

// withoutFirst takes the newest article out of an archive, renumbering what
// refers to the others.
func withoutFirst(a *archive.Archive) *archive.Archive {
	out := *a
	out.Events, out.Redirects = nil, nil
	down := func(list []archive.ArticleIndex) []archive.ArticleIndex {
		var kept []archive.ArticleIndex
		for _, i := range list {
			if i > 0 {
				kept = append(kept, i-1)
			}
		}
		return kept
	}
	out.Articles = slices.Clone(a.Articles[1:])
	for i := range out.Articles {
		x := &out.Articles[i]
		x.Events, x.Relations = nil, nil
		x.Themes = slices.Clone(x.Themes)
		for n := range x.Themes {
			if m := &x.Themes[n]; m.Theme == 0 {
				m.Position--
			}
		}
	}
	out.Themes = slices.Clone(a.Themes)
	for i := range out.Themes {
		out.Themes[i].Articles = down(out.Themes[i].Articles)
		out.Themes[i].Facts, out.Themes[i].Events = nil, nil
	}
	out.Tags = slices.Clone(a.Tags)
	for i := range out.Tags {
		out.Tags[i].Articles = down(out.Tags[i].Articles)
	}
	out.Sources = slices.Clone(a.Sources)
	for i := range out.Sources {
		out.Sources[i].Articles = down(out.Sources[i].Articles)
	}
	return &out
}
