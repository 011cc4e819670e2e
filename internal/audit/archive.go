package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"warraq/internal/arabic"
	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/editorial"
)

// Archive audits the model: what an editor would want to know that no single
// source shows. pages are the paths of the pages that would be built, published
// those of the last build that was published; nil where there was none.
func Archive(a *archive.Archive, ed *editorial.Editorial, pages, published []string) []diag.Problem {
	var out []diag.Problem
	out = append(out, themes(a)...)
	out = append(out, entities(a, ed)...)
	out = append(out, alike(a)...)
	out = append(out, articles(a)...)
	out = append(out, vanished(pages, published)...)
	slices.SortFunc(out, diag.Compare)
	return out
}

func themes(a *archive.Archive) []diag.Problem {
	var out []diag.Problem
	for i := range a.Themes {
		if t := &a.Themes[i]; len(t.Articles) == 0 {
			out = append(out, diag.Problem{
				Code: diag.ThemeEmpty, Severity: diag.Warning,
				Position: diag.Position{Path: "themes/" + t.Slug + "/_index.md"},
				Message:  fmt.Sprintf("the theme %q has no articles", t.Title),
				Remedy:   "loosen its match rules, name it in articles' front matter, or remove it",
			})
		}
	}
	return out
}

func entities(a *archive.Archive, ed *editorial.Editorial) []diag.Problem {
	used := map[string]bool{}
	for i := range a.Tags {
		if len(a.Tags[i].Articles) > 0 {
			used[a.Tags[i].Slug] = true
		}
	}
	var out []diag.Problem
	for _, e := range ed.Entities {
		if !used[e.ID] {
			out = append(out, diag.Problem{
				Code: diag.EntityUnused, Severity: diag.Info,
				Position: diag.Position{Path: "entities.yaml", Line: e.Line},
				Message:  fmt.Sprintf("no article mentions %s (%s)", e.Name, e.ID),
				Remedy:   "nothing, or add the spellings that the articles use",
			})
		}
	}
	return out
}

// alike finds keyword tags whose names are the same words in another form: the
// same stems in the same order, or an entity's name.
func alike(a *archive.Archive) []diag.Problem {
	first := map[string]int{}
	var out []diag.Problem
	for i := range a.Tags {
		key := stems(a.Tags[i].Name)
		if key == "" {
			continue
		}
		j, ok := first[key]
		if !ok {
			first[key] = i
			continue
		}
		if a.Tags[i].Kind != archive.Keyword && a.Tags[j].Kind != archive.Keyword {
			continue // two entities: the editors' own word
		}
		out = append(out, diag.Problem{
			Code: diag.TagsAlike, Severity: diag.Warning, Position: diag.Position{Path: "entities.yaml"},
			Message: fmt.Sprintf("the tags %q and %q look alike", a.Tags[j].Name, a.Tags[i].Name),
			Remedy:  "if they are one, make the second an alias of an entity",
		})
	}
	return out
}

func stems(name string) string {
	var parts []string
	for start, end := arabic.NextWord(name, 0); start < end; start, end = arabic.NextWord(name, end) {
		parts = append(parts, arabic.Stem(arabic.Fold(name[start:end])))
	}
	return strings.Join(parts, " ")
}

func articles(a *archive.Archive) []diag.Problem {
	var out []diag.Problem
	for i := range a.Articles {
		at := &a.Articles[i]
		from := diag.Position{}
		if len(at.Origins) > 0 {
			from = diag.Position{Path: at.Origins[0].Path, Line: int(at.Origins[0].Line)}
		}
		if at.Source < 0 {
			out = append(out, diag.Problem{
				Code: diag.NoSource, Severity: diag.Warning, Position: from,
				Message: fmt.Sprintf("%q names no source", at.Title),
				Remedy:  fmt.Sprintf("add source to the front matter, or to the entry %q of decisions.yaml", at.ID),
			})
		}
		if len(at.Themes) == 0 && len(at.Tags) == 0 {
			out = append(out, diag.Problem{
				Code: diag.Orphan, Severity: diag.Info, Position: from,
				Message: fmt.Sprintf("%q is in no theme and has no tags", at.Title),
				Remedy:  fmt.Sprintf("nothing, or add themes or tags to the entry %q of decisions.yaml", at.ID),
			})
		}
	}
	return out
}

// vanished names the pages of the last published build that a reader's link
// would no longer find. Lists come and go with what they list; articles and
// pages may not.
func vanished(pages, published []string) []diag.Problem {
	if len(published) == 0 {
		return nil
	}
	now := make(map[string]bool, len(pages))
	for _, p := range pages {
		now[p] = true
	}
	var out []diag.Problem
	for _, p := range published {
		if now[p] || !strings.HasSuffix(p, "/index.html") {
			continue
		}
		kind, rest, _ := strings.Cut(p, "/")
		permanent := kind == "articles" && rest != "index.html" || !slices.Contains([]string{"articles", "tags", "sources", "timeline", "themes", "search"}, kind) ||
			kind == "themes" && strings.Count(p, "/") == 2
		if !permanent || period(p) {
			continue
		}
		out = append(out, diag.Problem{
			Code: diag.URLVanished, Severity: diag.Error, Position: diag.Position{Path: strings.TrimSuffix(p, "index.html")},
			Message: "this address was published and would be gone",
			Remedy:  "add it to aliases of the page that replaces it, or withdraw the article in decisions.yaml",
		})
	}
	slices.SortFunc(out, func(a, b diag.Problem) int { return cmp.Compare(a.Path, b.Path) })
	return out
}

// period tells the pages of a list's year, month or day.
func period(p string) bool {
	for _, part := range strings.Split(strings.TrimSuffix(p, "/index.html"), "/")[1:] {
		if len(part) == 4 && strings.Trim(part, "0123456789") == "" {
			return true
		}
	}
	return false
}
