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
// source shows. The paths of its problems are relative to the content folder.
func Archive(a *archive.Archive, ed *editorial.Editorial, s *Sources) []diag.Problem {
	var out []diag.Problem
	out = append(out, themes(a, ed, s)...)
	out = append(out, entities(a, ed)...)
	out = append(out, alike(a, s)...)
	out = append(out, articles(a)...)
	out = append(out, undecided(a, ed)...)
	slices.SortFunc(out, diag.Compare)
	return out
}

// themes finds those of the site's own that have no articles; embedded ones are
// offers.
func themes(a *archive.Archive, ed *editorial.Editorial, s *Sources) []diag.Problem {
	own := map[string]string{}
	for i := range ed.Themes {
		own[ed.Themes[i].Slug] = ed.Themes[i].Path
	}
	var out []diag.Problem
	for i := range a.Themes {
		if t := &a.Themes[i]; own[t.Slug] != "" && len(t.Articles) == 0 {
			out = append(out, diag.Problem{
				Code: diag.ThemeEmpty, Severity: diag.Warning,
				Position: s.place(diag.Position{Path: own[t.Slug], Line: 1, Column: 1}, "match:", "[match", `"match"`),
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
		if e.At.Path != "" && !used[e.ID] {
			out = append(out, diag.Problem{
				Code: diag.EntityUnused, Severity: diag.Info,
				Position: e.At,
				Message:  fmt.Sprintf("no article mentions %s (%s)", e.Name, e.ID),
				Remedy:   "nothing, or add the spellings that the articles use",
			})
		}
	}
	return append(out, bare(a, ed)...)
}

// bare finds entities that the texts name and that have one spelling only.
func bare(a *archive.Archive, ed *editorial.Editorial) []diag.Problem {
	mentioned := map[string]int{}
	for i := range a.Tags {
		if t := &a.Tags[i]; t.Kind != archive.Keyword {
			mentioned[t.Slug] = len(t.Articles)
		}
	}
	var out []diag.Problem
	for _, e := range ed.Entities {
		if n := mentioned[e.ID]; n > 0 && e.At.Path != "" && len(e.Aliases) == 0 && len(e.Weak) == 0 {
			out = append(out, diag.Problem{
				Code: diag.EntityBare, Severity: diag.Info,
				Position: e.At,
				Message:  fmt.Sprintf("%s (%s) is named in %d articles and has no aliases", e.Name, e.ID, n),
				Remedy:   "nothing, or add the other spellings that outlets use",
			})
		}
	}
	return out
}

// almost is the containment from which a pair that shares wire text is so near
// to a version (0.8) that an editor should decide.
const almost = 0.7

// undecided finds pairs that are nearly versions of one text and that no
// decision speaks of.
func undecided(a *archive.Archive, ed *editorial.Editorial) []diag.Problem {
	decided := map[[2]string]bool{}
	for id, d := range ed.Decisions.ByID {
		for _, other := range slices.Concat(d.SameAs, d.NotSameAs) {
			decided[[2]string{id, other}], decided[[2]string{other, id}] = true, true
		}
	}
	var out []diag.Problem
	for i := range a.Articles {
		at := &a.Articles[i]
		for _, r := range at.Relations {
			other := &a.Articles[r.Article]
			if r.Kind != archive.SharedWire || r.Containment < almost || at.ID > other.ID || decided[[2]string{at.ID, other.ID}] {
				continue
			}
			out = append(out, diag.Problem{
				Code: diag.NearCopy, Severity: diag.Warning, Position: originOf(at),
				Message: fmt.Sprintf("%q shares %.0f%% of its text with %q (%s)", at.Title, 100*r.Containment, other.Title, other.ID),
				Remedy:  fmt.Sprintf("decide in the entry %q of decisions.yaml: same_as: [%s] makes one page of them, not_same_as: [%s] keeps both", at.ID, other.ID, other.ID),
			})
		}
	}
	return out
}

// originOf is where an article was read from.
func originOf(at *archive.Article) diag.Position {
	if len(at.Origins) == 0 {
		return diag.Position{}
	}
	return diag.Position{Path: at.Origins[0].Path, Line: int(at.Origins[0].Line), Column: 1}
}

// alike finds keyword tags whose names are the same words in another form: the
// same stems in the same order, or an entity's name. They are told where the
// first article has the keyword.
func alike(a *archive.Archive, s *Sources) []diag.Problem {
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
		keyword := &a.Tags[i]
		if keyword.Kind != archive.Keyword {
			keyword = &a.Tags[j]
		}
		var at diag.Position
		if len(keyword.Articles) > 0 {
			at = s.place(originOf(&a.Articles[keyword.Articles[0]]), append([]string{keyword.Name}, keyword.Aliases...)...)
		}
		out = append(out, diag.Problem{
			Code: diag.TagsAlike, Severity: diag.Info, Position: at,
			Message: fmt.Sprintf("the tags %q and %q look alike", a.Tags[j].Name, a.Tags[i].Name),
			Remedy:  "if they are one, make the second an alias of an entity in entities.yaml",
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
		from := originOf(at)
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

// Vanished names the pages of the last build that was published which a
// reader's link would no longer find: pages are the paths that would be built,
// published those of that build, nil where there was none. Lists come and go with what they list; articles and
// pages may not.
func Vanished(pages, published []string) []diag.Problem {
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
