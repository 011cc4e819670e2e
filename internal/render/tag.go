package render

import (
	"io"

	"warraq/internal/arabic"
	"warraq/internal/archive"
	"warraq/internal/output"
)

// tagFeedFrom is how many articles make a tag worth a feed of its own (design
// §4.4); package feed writes them by the same rule.
const tagFeedFrom = 10

// lettersFrom is the number of tags above which the index is cut by letter.
const lettersFrom = 1000

// tags plans the index of tags and the page of every tag.
func (p *plan) tags() {
	p.tagIndex()
	keys := make([]output.Key, len(p.a.Tags))
	each(len(keys), func(i int) { keys[i] = p.tagKey(archive.TagIndex(i)) })
	title := p.r.texts.get("nav.tags")
	crumbs := []Link{{Path: "tags/", Name: isolate(title)}}
	for i := range p.a.Tags {
		t := &p.a.Tags[i]
		index := archive.TagIndex(i)
		path := archive.TagPath(t.Slug)
		p.add(path, output.List, keys[i], "", func(w io.Writer) error {
			return p.execute(w, kindTag, p.tagPage(index, crumbs))
		})
		if len(t.Articles) > hubItems {
			l := newListing(p, path, t.Articles, nil, false)
			p.planPeriods(l, &subject{hub: p.tagLink(index), crumbs: crumbs, title: t.Name})
		}
	}
}

func (p *plan) tagKey(i archive.TagIndex) output.Key {
	t := &p.a.Tags[i]
	k := newKeyer(p.frames[kindTag].key).str(t.Slug, t.Name, t.Wikidata).num(int(t.Kind), len(t.Aliases)).str(t.Aliases...)
	for _, x := range t.Articles {
		k.hash(p.seen[x])
	}
	for n := range p.a.Themes {
		k.str(p.a.Themes[n].Title)
	}
	return k.sum()
}

func (p *plan) tagPage(i archive.TagIndex, crumbs []Link) *TagPage {
	t := &p.a.Tags[i]
	link := p.tagLink(i)
	texts, s := p.r.texts, p.r.style
	kindName := ""
	if t.Kind != archive.Keyword {
		kindName = texts.get("kind." + t.Kind.String())
	}
	v := &TagPage{
		Frame:    p.page(kindTag, link.Path, t.Name, texts.with("tag.description", "tag", t.Name, "count", s.count("articles", len(t.Articles)))),
		KindName: kindName,
		Wikidata: wikidataID(t.Wikidata),
		Chart:    p.chart("coverage", t.Articles),
		List:     p.hubList(newListing(p, archive.TagPath(t.Slug), t.Articles, nil, false), true),
		With:     p.who(t.Articles, i, 8),
		Themes:   p.themesOf(t.Articles, -1),
	}
	v.Crumbs = append(v.Crumbs, crumbs...)
	for _, a := range t.Aliases {
		v.Aliases = append(v.Aliases, isolate(a))
	}
	v.Figures = []string{s.count("articles", len(t.Articles))}
	if span := p.span(t.Articles); span != "" {
		v.Figures = append(v.Figures, span)
	}
	if len(t.Articles) >= tagFeedFrom {
		v.Feeds = p.feeds(link.Path, t.Name)
	}
	p.breadcrumb(&v.Frame)
	return v
}

// wikidataID lets only item ids through.
func wikidataID(s string) string {
	if len(s) < 2 || s[0] != 'Q' {
		return ""
	}
	for _, c := range s[1:] {
		if c < '0' || c > '9' {
			return ""
		}
	}
	return s
}

// letterRun is the tags of one letter: a range of the archive's, which are sorted.
type letterRun struct {
	letter string
	lo, hi int
}

func (p *plan) letterRuns() []letterRun {
	var out []letterRun
	for i := range p.a.Tags {
		l := arabic.FirstLetter(p.a.Tags[i].Name)
		if n := len(out); n > 0 && out[n-1].letter == l {
			out[n-1].hi = i + 1
			continue
		}
		out = append(out, letterRun{l, i, i + 1})
	}
	return out
}

// tagIndex plans tags/, and a page a letter when there are many.
func (p *plan) tagIndex() {
	t := p.r.texts
	runs := p.letterRuns()
	cut := len(p.a.Tags) > lettersFrom
	runKey := func(k *keyer, run letterRun) {
		for i := run.lo; i < run.hi; i++ {
			tag := &p.a.Tags[i]
			k.str(tag.Slug, tag.Name).num(int(tag.Kind), len(tag.Articles))
		}
	}
	k := newKeyer(p.frames[kindTags].key).num(len(p.a.Tags)).flag(cut).frequent(p, frequentTags)
	for _, run := range runs {
		if k.str(run.letter).num(run.hi - run.lo); !cut {
			runKey(k, run)
		}
	}
	title := t.get("nav.tags")
	description := t.with("tags.description", "site", p.r.site.Title)
	p.add("tags/", output.List, k.sum(), "", func(w io.Writer) error {
		v := &TagsPage{Frame: p.page(kindTags, "tags/", title, description), Total: p.r.style.count("tags", len(p.a.Tags))}
		for _, kind := range []archive.TagKind{archive.Person, archive.Organisation, archive.Place} {
			if tags := p.frequentTags(kind, frequentTags); len(tags) > 0 {
				v.Kinds = append(v.Kinds, TagKind{Name: t.get("kind." + kind.String() + ".many"), Tags: tags})
			}
		}
		v.Frequent = p.frequentTags(archive.Keyword, frequentTags)
		for _, run := range runs {
			v.Letters = append(v.Letters, p.letter(run, cut, !cut))
		}
		p.breadcrumb(&v.Frame)
		return p.execute(w, kindTags, v)
	})
	if !cut {
		return
	}
	for _, run := range runs {
		k := newKeyer(p.frames[kindTags].key)
		for _, r := range runs {
			k.str(r.letter)
		}
		runKey(k, run)
		p.add(letterPath(run.letter), output.List, k.sum(), "", func(w io.Writer) error {
			name := t.with("tags.letter", "letter", run.letter)
			v := &TagsPage{Frame: p.page(kindTags, archive.EscapePath(letterPath(run.letter)), name, name), Letter: run.letter}
			v.Total = p.r.style.count("tags", run.hi-run.lo)
			v.Crumbs = append(v.Crumbs, Link{Path: "tags/", Name: isolate(title)})
			for _, r := range runs {
				v.Letters = append(v.Letters, p.letter(r, true, r == run))
			}
			p.breadcrumb(&v.Frame)
			return p.execute(w, kindTags, v)
		})
	}
}

// letterPath is raw. The folder keeps letters apart from tags' own slugs.
func letterPath(letter string) string { return "tags/a-z/" + letter + "/" }

func (p *plan) letter(run letterRun, cut, tags bool) Letter {
	v := Letter{Name: run.letter, Anchor: "l-" + itoa(run.lo), Count: p.r.style.number(run.hi - run.lo), Current: cut && tags}
	v.Path = "tags/#" + v.Anchor
	if cut {
		v.Path = archive.EscapePath(letterPath(run.letter))
	}
	if tags {
		for i := run.lo; i < run.hi; i++ {
			v.Tags = append(v.Tags, p.tagCount(archive.TagIndex(i)))
		}
	}
	return v
}
