package render

import (
	"cmp"
	"slices"

	"warraq/internal/archive"
	"warraq/internal/civil"
)

// frequent are the most frequent tags of each kind, for the home page and the
// index of tags.
type frequent [archive.Organisation + 1][]archive.TagIndex

const frequentTags = 12

func (p *plan) countFrequent() frequent {
	var f frequent
	for i := range p.a.Tags {
		kind := p.a.Tags[i].Kind
		f[kind] = append(f[kind], archive.TagIndex(i))
	}
	for kind, list := range f {
		slices.SortStableFunc(list, func(a, b archive.TagIndex) int {
			return cmp.Compare(len(p.a.Tags[b].Articles), len(p.a.Tags[a].Articles))
		})
		f[kind] = slices.Clip(slices.Clone(list[:min(len(list), frequentTags)]))
	}
	return f
}

func (p *plan) frequentTags(kind archive.TagKind, n int) []Counted {
	var out []Counted
	for _, t := range p.frequent[kind][:min(n, len(p.frequent[kind]))] {
		out = append(out, p.tagCount(t))
	}
	return out
}

func (p *plan) tagCount(t archive.TagIndex) Counted {
	return p.counted(p.tagLink(t), len(p.a.Tags[t].Articles), "articles")
}

func (k *keyer) frequent(p *plan, n int) *keyer {
	for _, list := range p.frequent {
		for _, t := range list[:min(n, len(list))] {
			tag := &p.a.Tags[t]
			k.str(tag.Slug, tag.Name).num(len(tag.Articles))
		}
		k.num(-1)
	}
	return k
}

// tally counts things met in a list's articles.
type tally[T cmp.Ordered] struct {
	n           map[T]int
	first, last map[T]civil.Date
}

func newTally[T cmp.Ordered]() *tally[T] {
	return &tally[T]{n: map[T]int{}, first: map[T]civil.Date{}, last: map[T]civil.Date{}}
}

// add counts one article of date d; articles come newest first.
func (t *tally[T]) add(x T, d civil.Date) {
	t.n[x]++
	if d.IsZero() {
		return
	}
	t.first[x] = d
	if _, seen := t.last[x]; !seen {
		t.last[x] = d
	}
}

// top gives the most counted, ties by index, which is alphabetical.
func (t *tally[T]) top(n int) []T {
	all := make([]T, 0, len(t.n))
	for x := range t.n {
		all = append(all, x)
	}
	slices.SortFunc(all, func(a, b T) int { return cmp.Or(cmp.Compare(t.n[b], t.n[a]), cmp.Compare(a, b)) })
	return all[:min(n, len(all))]
}

// who lists the entities named in a list's articles, by kind.
func (p *plan) who(arts []archive.ArticleIndex, except archive.TagIndex, perKind int) []WhoGroup {
	count := newTally[archive.TagIndex]()
	for _, i := range arts {
		x := &p.a.Articles[i]
		for _, m := range x.Mentions {
			if m.Tag != except {
				count.add(m.Tag, x.Date.Value)
			}
		}
	}
	byKind := map[archive.TagKind][]archive.TagIndex{}
	for _, t := range count.top(len(count.n)) {
		kind := p.a.Tags[t].Kind
		if len(byKind[kind]) < perKind {
			byKind[kind] = append(byKind[kind], t)
		}
	}
	var out []WhoGroup
	for _, kind := range []archive.TagKind{archive.Person, archive.Organisation, archive.Place} {
		if len(byKind[kind]) == 0 {
			continue
		}
		g := WhoGroup{Name: p.r.texts.get("kind." + kind.String() + ".many")}
		for _, t := range byKind[kind] {
			g.Entities = append(g.Entities, Who{
				Counted: p.counted(p.tagLink(t), count.n[t], "articles"),
				First:   p.r.style.date(count.first[t], archive.DateStated),
				Last:    p.r.style.date(count.last[t], archive.DateStated),
			})
		}
		out = append(out, g)
	}
	return out
}

// sourcesOf counts the outlets of a list's articles.
func (p *plan) sourcesOf(arts []archive.ArticleIndex, most int) []Counted {
	count := newTally[archive.SourceIndex]()
	for _, i := range arts {
		if s := p.a.Articles[i].Source; s >= 0 {
			count.add(s, civil.Date{})
		}
	}
	var out []Counted
	for _, s := range count.top(most) {
		out = append(out, p.counted(p.sourceLink(s), count.n[s], "articles"))
	}
	return out
}

// themesOf counts the themes of a list's articles.
func (p *plan) themesOf(arts []archive.ArticleIndex, except archive.ThemeIndex) []Counted {
	count := newTally[archive.ThemeIndex]()
	for _, i := range arts {
		for _, m := range p.a.Articles[i].Themes {
			if m.Theme != except {
				count.add(m.Theme, civil.Date{})
			}
		}
	}
	var out []Counted
	for _, t := range count.top(len(count.n)) {
		out = append(out, p.counted(p.themeLink(t), count.n[t], "articles"))
	}
	return out
}

// mostCounted keeps the n most counted, ties in the order given.
func mostCounted(list []Counted, n int) []Counted {
	slices.SortStableFunc(list, func(a, b Counted) int { return cmp.Compare(b.N, a.N) })
	return list[:min(n, len(list))]
}

// figure is a counted noun of strings.yaml and its number.
type figure struct {
	noun string
	n    int
}

// figures counts in words what a hub holds. The first is always said, the
// others where there are any.
func (p *plan) figures(list ...figure) []string {
	var out []string
	for i, f := range list {
		if i == 0 || f.n > 0 {
			out = append(out, p.r.style.count(f.noun, f.n))
		}
	}
	return out
}
