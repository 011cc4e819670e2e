package assemble

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"warraq/internal/archive"
)

// Related coverage. An article looks, within each of its rarest tags and
// themes, at the nearest few articles by date on both sides, and keeps the
// best of those by what they share and how near they are.
//
// The weight of a tag falls with the power of two of its size, and the penalty
// of a distance grows with the power of two of the days: an added article
// changes the choice of its neighbours in its own tags, and of others only
// when a tag grows past a power of two.
const (
	tagsSearched = 8 // the rarest tags and themes of an article
	nearestEach  = 3 // neighbours considered on each side in each
	wireMax      = 12
	topWeight    = 20 // of a tag that two articles share, less one per doubling
	relatedLeast = 2
)

// shelf is a list of articles that an article stands in: a tag or a theme.
type shelf struct {
	articles []archive.ArticleIndex
	weight   int32
}

// standing is one place on a shelf.
type standing struct {
	shelf int32
	place int32
}

func weightOf(size int) int32 { return max(1, topWeight-int32(bits.Len(uint(size)))) }

// relate links articles to those that share their wire and to related coverage.
func relate(in *Input, a *archive.Archive, entries []entry, kept []int32, links []link) {
	most := in.Site.Archive.RelatedMax
	wires := wireRelations(entries, kept, links)
	s := shelve(a)
	inChunks(len(a.Articles), func(from, to int) {
		var w relating // a chunk's arena is its own: workers share nothing
		for i := from; i < to; i++ {
			a.Articles[i].Relations = w.choose(s, archive.ArticleIndex(i), wires[archive.ArticleIndex(i)], most)
		}
	})
}

// wireRelations gives each article its closest copies that kept pages of their own.
func wireRelations(entries []entry, kept []int32, links []link) map[archive.ArticleIndex][]archive.Relation {
	of := map[archive.ArticleIndex][]archive.Relation{}
	for _, l := range links {
		x, y := entries[l.a].article, entries[l.b].article
		if x < 0 || y < 0 {
			continue
		}
		kind := archive.SharedWire
		if l.containment >= nearDuplicate {
			kind = archive.VersionOf
		}
		of[x] = append(of[x], archive.Relation{Kind: kind, Article: y, Containment: l.containment})
		of[y] = append(of[y], archive.Relation{Kind: kind, Article: x, Containment: l.containment})
	}
	for x, list := range of {
		slices.SortFunc(list, func(p, q archive.Relation) int {
			return cmp.Or(cmp.Compare(q.Containment, p.Containment), cmp.Compare(entries[kept[p.Article]].id, entries[kept[q.Article]].id))
		})
		of[x] = list[:min(len(list), wireMax)]
	}
	return of
}

// shelves are all standings, those of one article in a row, rarest shelf first.
type shelves struct {
	shelves   []shelf
	standings []standing
	start     []int32 // of each article's standings; one more at the end
	day       []int32 // of each article, -1 undated
}

func shelve(a *archive.Archive) *shelves {
	s := &shelves{shelves: make([]shelf, 0, len(a.Tags)+len(a.Themes)), start: make([]int32, len(a.Articles)+1), day: make([]int32, len(a.Articles))}
	for i := range a.Tags {
		s.shelves = append(s.shelves, shelf{a.Tags[i].Articles, weightOf(len(a.Tags[i].Articles))})
	}
	for i := range a.Themes {
		s.shelves = append(s.shelves, shelf{a.Themes[i].Articles, weightOf(len(a.Themes[i].Articles))})
	}
	for _, sh := range s.shelves {
		for _, at := range sh.articles {
			s.start[at+1]++
		}
	}
	for i := range a.Articles {
		s.start[i+1] += s.start[i]
		s.day[i] = -1
		if d := a.Articles[i].Date.Value; !d.IsZero() {
			s.day[i] = dayNumber(d)
		}
	}
	s.standings = make([]standing, s.start[len(a.Articles)])
	// Rarest shelves first, so that each article's standings come out in the
	// order in which they are searched.
	order := make([]int32, len(s.shelves))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(x, y int32) int {
		return cmp.Compare(s.shelves[y].weight, s.shelves[x].weight)
	})
	next := slices.Clone(s.start)
	for _, sh := range order {
		for place, at := range s.shelves[sh].articles {
			s.standings[next[at]] = standing{sh, int32(place)}
			next[at]++
		}
	}
	return s
}

func (s *shelves) of(at archive.ArticleIndex) []standing {
	return s.standings[s.start[at]:s.start[at+1]]
}

// relating is one worker's scratch.
type relating struct {
	found []found
	best  []int64
	out   []archive.Relation
	kept  arena[archive.Relation]
}

type found struct {
	article archive.ArticleIndex
	shared  int32
}

func (w *relating) choose(s *shelves, at archive.ArticleIndex, wires []archive.Relation, most int) []archive.Relation {
	w.found = w.found[:0]
	mine := s.of(at)
	for _, st := range mine[:min(len(mine), tagsSearched)] {
		sh := &s.shelves[st.shelf]
		from, to := max(0, int(st.place)-nearestEach), min(len(sh.articles), int(st.place)+nearestEach+1)
		for _, other := range sh.articles[from:to] {
			if other != at {
				w.meet(other, sh.weight)
			}
		}
	}
	w.best = w.best[:0]
	for _, f := range w.found {
		score := f.shared*4 - distance(s.day[at], s.day[f.article])*3
		if score < relatedLeast || slices.ContainsFunc(wires, func(r archive.Relation) bool { return r.Article == f.article }) {
			continue
		}
		// The archive's own order breaks ties: by date, then by id.
		w.offer(int64(score)<<32|int64(math.MaxInt32-f.article), most)
	}
	out := append(w.out[:0], wires...)
	for _, key := range w.best {
		out = append(out, archive.Relation{Kind: archive.Related, Article: math.MaxInt32 - archive.ArticleIndex(key&math.MaxInt32)})
	}
	w.out = out
	return w.kept.keep(out)
}

// offer keeps the highest keys, highest first.
func (w *relating) offer(key int64, most int) {
	if len(w.best) == most {
		if most == 0 || key <= w.best[most-1] {
			return
		}
		w.best = w.best[:most-1]
	}
	i := len(w.best)
	w.best = append(w.best, key)
	for ; i > 0 && w.best[i-1] < key; i-- {
		w.best[i] = w.best[i-1]
	}
	w.best[i] = key
}

func (w *relating) meet(other archive.ArticleIndex, weight int32) {
	for i := range w.found {
		if w.found[i].article == other {
			w.found[i].shared += weight
			return
		}
	}
	w.found = append(w.found, found{article: other, shared: weight})
}

// distance of two days in powers of two; an unknown day is far.
func distance(x, y int32) int32 {
	if x < 0 || y < 0 {
		return 10
	}
	return int32(bits.Len32(uint32(abs(int(x - y)))))
}
