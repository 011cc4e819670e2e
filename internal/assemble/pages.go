package assemble

import (
	"fmt"
	"slices"
	"strings"

	"warraq/internal/arabic"
	"warraq/internal/archive"
	"warraq/internal/diag"
)

// settlePages adds what stands beside articles: tombstones, static pages, and
// redirects from aliases and from the ids of folded copies, so that no URL dies
// when another copy is kept.
func settlePages(in *Input, a *archive.Archive, entries []entry, r *reporter) {
	a.Pages = slices.Clone(in.Pages)
	slices.SortFunc(a.Pages, func(x, y archive.StaticPage) int { return strings.Compare(x.Slug, y.Slug) })
	p := paths{a: a, r: r, taken: map[string]string{}}
	for i := range entries {
		if e := &entries[i]; e.leader == int32(i) && e.withdrawn != "" {
			a.Tombstones = append(a.Tombstones, archive.Tombstone{ID: e.id, Title: e.title(), Reason: e.withdrawn, Date: e.date.Value})
		}
	}
	slices.SortFunc(a.Tombstones, func(x, y archive.Tombstone) int { return strings.Compare(x.ID, y.ID) })
	p.pages(entries)
	for i := range entries {
		if e, lead := &entries[i], &entries[entries[i].leader]; e.id != lead.id {
			p.redirect(archive.Redirect{From: "/" + archive.ArticlePath(e.id), To: "/" + archive.ArticlePath(lead.id), Origin: e.draft.Origin.Path}, diag.Position{})
		}
	}
	p.aliases(in, entries)
	slices.SortFunc(a.Redirects, func(x, y archive.Redirect) int { return strings.Compare(x.From, y.From) })
}

// paths watches that no redirect takes the place of a page or of another redirect.
type paths struct {
	a     *archive.Archive
	r     *reporter
	taken map[string]string // path → what is there
}

// pages claims the paths of everything that aliases may run into. Articles are
// looked up by alias instead of being claimed one by one: there may be a
// million of them and few aliases.
func (p *paths) pages(entries []entry) {
	for i := range p.a.Tags {
		p.taken["/"+archive.TagPath(p.a.Tags[i].Slug)] = "the page of the tag " + p.a.Tags[i].Name
	}
	for i := range p.a.Themes {
		p.taken["/"+archive.ThemePath(p.a.Themes[i].Slug)] = "the page of the theme " + p.a.Themes[i].Title
	}
	for i := range p.a.Sources {
		p.taken["/"+archive.SourcePath(p.a.Sources[i].Slug)] = "the page of the source " + p.a.Sources[i].Name
	}
	for _, list := range []string{"/", "/articles/", "/themes/", "/tags/", "/sources/", "/timeline/", "/search/", "/data/"} {
		p.taken[list] = "a page of the archive"
	}
	for i := range p.a.Pages {
		p.taken["/"+p.a.Pages[i].Slug+"/"] = p.a.Pages[i].Path
	}
	asked := map[string]bool{}
	for i := range entries {
		for _, alias := range entries[i].draft.Aliases {
			if from, ok := archive.AliasPath(alias); ok && strings.HasPrefix(from, "/articles/") {
				asked[from] = true
			}
		}
		if e := &entries[i]; e.id != entries[e.leader].id {
			asked["/"+archive.ArticlePath(e.id)] = true
		}
	}
	if len(asked) == 0 {
		return
	}
	for i := range entries {
		if e := &entries[i]; e.leader == int32(i) {
			if at := "/" + archive.ArticlePath(e.id); asked[at] {
				p.taken[at] = e.draft.Origin.Path
			}
		}
	}
}

// redirect records a redirect unless its place is taken: then by what is
// reported, but the same redirect asked for twice is none the worse.
func (p *paths) redirect(red archive.Redirect, at diag.Position) {
	if red.From == red.To {
		return
	}
	if what, taken := p.taken[red.From]; taken {
		if at.Path != "" && what != "→"+red.To {
			what = strings.TrimPrefix(what, "→")
			p.r.add(diag.AliasTaken, diag.Error, at, fmt.Sprintf("the alias %s is taken: %s", red.From, what), "remove the alias here, or mend the other page")
		}
		return
	}
	p.taken[red.From] = "→" + red.To
	p.a.Redirects = append(p.a.Redirects, red)
}

// aliases adds the old paths that editors wrote down, and other spellings of tags.
func (p *paths) aliases(in *Input, entries []entry) {
	for i := range entries {
		e := &entries[i]
		lead := &entries[e.leader]
		for _, alias := range e.draft.Aliases {
			p.alias(alias, "/"+archive.ArticlePath(lead.id), titleOf(e.draft))
		}
	}
	for i := range in.Editorial.Themes {
		t := &in.Editorial.Themes[i]
		for _, alias := range t.Aliases {
			p.alias(alias, "/"+archive.ThemePath(t.Slug), diag.Position{Path: t.Path})
		}
	}
	for i := range p.a.Tags {
		t := &p.a.Tags[i]
		if t.Kind == archive.Keyword {
			continue // its spellings all have the one slug
		}
		to := "/" + archive.TagPath(t.Slug)
		for _, spelling := range slices.Concat([]string{t.Name}, t.Aliases) {
			p.redirect(archive.Redirect{From: "/" + archive.TagPath(arabic.Slug(spelling)), To: to, Origin: "entities.yaml"}, diag.Position{})
		}
	}
}

func (p *paths) alias(alias, to string, at diag.Position) {
	from, ok := archive.AliasPath(alias)
	if !ok {
		p.r.add(diag.AliasBad, diag.Warning, at, fmt.Sprintf("the alias %q cannot be a path of the site", alias), "write it like /old/path/")
		return
	}
	p.redirect(archive.Redirect{From: from, To: to, Origin: at.Path}, at)
}
