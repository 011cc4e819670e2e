package match

import (
	"cmp"
	"slices"
	"strings"

	"warraq/internal/archive"
)

// maxEvidence bounds the evidence of one theme: more tells an editor nothing.
const maxEvidence = 8

// scoreThemes applies every theme's rules. Each term and each pair counts
// once, twice when the title has it too: a text that repeats a word is not
// more about it, one that is headed by it is.
func (s *scan) scoreThemes() []archive.ThemeScore {
	for _, h := range s.names {
		if a := s.m.entityAtoms[s.m.names[h.name].entity]; a >= 0 {
			s.hits = append(s.hits, hit{a, h.begin, h.end})
		}
	}
	if len(s.hits) == 0 {
		return nil
	}
	s.sortHits()
	var scores []archive.ThemeScore
	for i := range s.m.themes {
		if score, ok := s.scoreTheme(&s.m.themes[i]); ok {
			scores = append(scores, score)
		}
	}
	slices.SortFunc(scores, func(a, b archive.ThemeScore) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Slug, b.Slug))
	})
	return scores
}

// sortHits brings the hits of each atom together, in text order: counted, not
// compared, as there are few atoms and every article comes through here.
func (s *scan) sortHits() {
	s.ends = cleared(s.ends, len(s.m.atoms)+1)
	for _, h := range s.hits {
		s.ends[h.atom+1]++
	}
	for i := 1; i < len(s.ends); i++ {
		s.ends[i] += s.ends[i-1]
	}
	s.sorted = cleared(s.sorted, len(s.hits))
	for _, h := range s.hits {
		s.sorted[s.ends[h.atom]] = h
		s.ends[h.atom]++
	}
}

// of gives the hits of one atom, in text order.
func (s *scan) of(a int32) []hit {
	// Sorting moved ends[a] on to where the next atom's hits begin.
	from := int32(0)
	if a > 0 {
		from = s.ends[a-1]
	}
	return s.sorted[from:s.ends[a]]
}

func (s *scan) occurs(term []int32) bool {
	return slices.ContainsFunc(term, func(a int32) bool { return len(s.of(a)) > 0 })
}

func (s *scan) scoreTheme(t *theme) (archive.ThemeScore, bool) {
	score := 0.0
	var evidence []string
	note := func(e string) {
		if len(evidence) < maxEvidence && !slices.Contains(evidence, e) {
			evidence = append(evidence, e)
		}
	}
	for _, term := range t.any {
		if place, titled, ok := s.firstOf(term.atoms); ok {
			score += counted(term.weight, titled)
			note(s.words(place.begin, place.end))
		}
	}
	for i := range t.near {
		if a, b, titled, ok := s.firstNear(&t.near[i]); ok {
			score += counted(t.near[i].weight, titled)
			note(s.words(min(a.begin, b.begin), max(a.end, b.end)))
		}
	}
	if score < t.threshold || len(t.any)+len(t.near) == 0 && len(t.all) == 0 {
		return archive.ThemeScore{}, false
	}
	for _, term := range t.all {
		if !s.occurs(term) {
			return archive.ThemeScore{}, false
		}
	}
	for _, term := range t.none {
		if s.occurs(term) {
			return archive.ThemeScore{}, false
		}
	}
	return archive.ThemeScore{Slug: t.slug, Score: float32(score), Evidence: evidence}, true
}

func counted(weight float64, titled bool) float64 {
	if titled {
		return 2 * weight
	}
	return weight
}

// firstOf finds the first hit of a term's atoms; titled says that the title has one.
func (s *scan) firstOf(term []int32) (first hit, titled, ok bool) {
	for _, a := range term {
		if hits := s.of(a); len(hits) > 0 && (!ok || hits[0].begin < first.begin) {
			first, ok = hits[0], true
		}
	}
	return first, ok && s.tokens[first.begin].para == 0, ok
}

// firstNear finds the first pair whose sides stand in one paragraph with at
// most `within` words between them, in either order, not on the same words.
func (s *scan) firstNear(n *near) (a, b hit, titled, ok bool) {
	for _, x := range n.a {
		for _, y := range n.b {
			p, q, found := s.nearest(s.of(x), s.of(y), n.within)
			if found && (!ok || min(p.begin, q.begin) < min(a.begin, b.begin)) {
				a, b, ok = p, q, true
			}
		}
	}
	return a, b, ok && s.tokens[a.begin].para == 0, ok
}

// nearest walks two lists of hits together and gives the first close pair.
func (s *scan) nearest(as, bs []hit, within int32) (a, b hit, ok bool) {
	j := 0
	for _, a := range as {
		for j < len(bs) && bs[j].end+within < a.begin {
			j++
		}
		for k := j; k < len(bs) && bs[k].begin <= a.end+within; k++ {
			b := bs[k]
			gap := max(a.begin-b.end, b.begin-a.end)
			if gap >= 0 && gap <= within && s.tokens[a.begin].para == s.tokens[b.begin].para {
				return a, b, true
			}
		}
	}
	return a, b, false
}
