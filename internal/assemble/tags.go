package assemble

import (
	"cmp"
	"slices"
	"strings"

	"warraq/internal/arabic"
	"warraq/internal/archive"
	"warraq/internal/editorial"
)

// naming collects the tags of an archive while articles are filed under them.
type naming struct {
	matcher  Matcher
	known    map[string]*knownTag // by spelling
	byKey    map[string]int32
	byEntity map[string]int32
	tags     []provisional
}

// knownTag is what a spelling stands for.
type knownTag struct {
	at      int32  // provisional tag, -1 for none
	display string // the spelling without stray marks
	count   int
}

type provisional struct {
	slug     string // free tags only
	entity   *editorial.Entity
	articles int
}

func newNaming(in *Input) *naming {
	n := &naming{matcher: in.Matcher, known: map[string]*knownTag{}, byKey: map[string]int32{}, byEntity: map[string]int32{}}
	for i := range in.Editorial.Entities {
		e := &in.Editorial.Entities[i]
		n.byEntity[e.ID] = int32(len(n.tags))
		n.tags = append(n.tags, provisional{entity: e})
	}
	return n
}

// tag returns the provisional tag of a spelling, -1 for none.
func (n *naming) tag(spelling string) int32 {
	k := n.known[spelling]
	if k == nil {
		at, display := n.look(spelling)
		k = &knownTag{at: at, display: display}
		n.known[spelling] = k
	}
	k.count++
	return k.at
}

// strayMarks cling to keywords from lists and hashtags.
const strayMarks = " ،,؛;.:؟?!-–—_|/#*•…«»\"'“”‘’"

func (n *naming) look(spelling string) (at int32, display string) {
	display = strings.Trim(arabic.Clean(spelling), strayMarks)
	key, entity, ok := foldName(display), "", true
	if n.matcher != nil {
		key, entity, ok = n.matcher.Tag(spelling)
	}
	if !ok || foldName(display) == "" || key == "" && entity == "" {
		return -1, ""
	}
	if at, known := n.byEntity[entity]; known {
		return at, display
	}
	// The slug is the key: two names with one slug would be one page anyway.
	key = arabic.Slug(key)
	if at, known := n.byEntity[key]; known {
		return at, display
	}
	at, known := n.byKey[key]
	if !known {
		at = int32(len(n.tags))
		n.byKey[key] = at
		n.tags = append(n.tags, provisional{slug: key})
	}
	return at, display
}

// fileTags gives the articles their tags and mentions and the tags their articles.
func fileTags(in *Input, a *archive.Archive, entries []entry, kept []int32) {
	n := newNaming(in)
	var tags []archive.TagIndex
	var mentions []archive.Mention
	var keptTags arena[archive.TagIndex]
	var keptMentions arena[archive.Mention]
	for at, i := range kept {
		e := &entries[i]
		article := &a.Articles[at]
		words := e.draft.Keywords
		if e.decision != nil && e.decision.Tags != nil {
			words = *e.decision.Tags
		} else if len(e.draft.Segments) > 0 {
			words = slices.Concat(words, e.draft.Segments)
		}
		tags, mentions = tags[:0], mentions[:0]
		for _, w := range words {
			if t := archive.TagIndex(n.tag(w)); t >= 0 && !slices.Contains(tags, t) {
				tags = append(tags, t)
				n.tags[t].articles++
			}
		}
		for _, m := range e.draft.Mentions {
			if t, ok := n.byEntity[m.ID]; ok && m.Count > 0 {
				mentions = append(mentions, archive.Mention{Tag: archive.TagIndex(t), Count: m.Count})
				if !slices.Contains(tags, archive.TagIndex(t)) {
					n.tags[t].articles++
				}
			}
		}
		article.Tags, article.Mentions = keptTags.keep(tags), keptMentions.keep(mentions)
	}
	final := n.settle(a)
	for at := range a.Articles {
		article := &a.Articles[at]
		for i, t := range article.Tags {
			article.Tags[i] = final[t]
			list(a, final[t], at)
		}
		for i := range article.Mentions {
			m := &article.Mentions[i]
			m.Tag = final[m.Tag]
			if !slices.Contains(article.Tags, m.Tag) {
				list(a, m.Tag, at)
			}
		}
		slices.SortFunc(article.Mentions, func(x, y archive.Mention) int {
			return cmp.Or(cmp.Compare(y.Count, x.Count), cmp.Compare(x.Tag, y.Tag))
		})
	}
}

func list(a *archive.Archive, t archive.TagIndex, at int) {
	a.Tags[t].Articles = append(a.Tags[t].Articles, archive.ArticleIndex(at))
}

// settle names the used tags, orders them and returns their final places.
func (n *naming) settle(a *archive.Archive) []archive.TagIndex {
	type named struct {
		tag  archive.Tag
		at   int32
		sort string
	}
	var all []named
	spellings := map[int32]map[string]int{}
	for _, k := range n.known {
		if k.at >= 0 && n.tags[k.at].entity == nil {
			if spellings[k.at] == nil {
				spellings[k.at] = map[string]int{}
			}
			spellings[k.at][k.display] += k.count
		}
	}
	total := 0
	for i := range n.tags {
		total += n.tags[i].articles
	}
	lists := make([]archive.ArticleIndex, total)
	for i := range n.tags {
		p := &n.tags[i]
		if p.articles == 0 {
			continue
		}
		t := archive.Tag{}
		if e := p.entity; e != nil {
			t = archive.Tag{Slug: e.ID, Name: e.Name, Kind: e.Kind, Aliases: slices.Sorted(slices.Values(e.Aliases)), Wikidata: e.Wikidata}
		} else {
			t.Slug = p.slug
			t.Name, t.Aliases = elect(spellings[int32(i)])
		}
		t.Articles, lists = lists[:0:p.articles], lists[p.articles:]
		all = append(all, named{t, int32(i), arabic.SortKey(t.Name)})
	}
	slices.SortFunc(all, func(x, y named) int {
		return cmp.Or(strings.Compare(x.sort, y.sort), strings.Compare(x.tag.Slug, y.tag.Slug))
	})
	final := make([]archive.TagIndex, len(n.tags))
	for i, t := range all {
		final[t.at] = archive.TagIndex(i)
		a.Tags = append(a.Tags, t.tag)
	}
	return final
}
