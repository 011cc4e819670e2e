package search

import (
	"cmp"
	"math/bits"
	"slices"
)

// partBytes is what a query reads of postings for each of its words, and of
// positions where it holds a phrase, before it stops going back in time and
// says so.
const (
	partBytes  = 40 << 10
	placeBytes = 32 << 10 // of positions, for nearness; phrases read what they need
)

// found is one document that matches.
type found struct {
	doc   uint32
	score int
	tier  int
}

// log2 gives 16 times the binary logarithm of n, straight between powers of
// two: integers, so that browser and program agree.
func log2(n int) int {
	if n < 1 {
		return 0
	}
	top := bits.Len(uint(n)) - 1
	return 16*top + (n<<4)>>top - 16
}

// rarity is the weight of a word that n of total documents hold.
func rarity(n, total int) int { return max(8, log2(total+1)-log2(n)+8) }

// list gives the documents of one query word, ascending, each with its best
// score and tier.
func (ix *Index) list(m *meanings, use []candidate, least uint32) ([]found, error) {
	var all []found
	var posts []posting
	weight := 0
	if m.docs > 0 {
		weight = rarity(m.docs, ix.entry.Docs)
	}
	for _, c := range use {
		var err error
		if posts, err = ix.postings(posts[:0], c.lexeme, least); err != nil {
			return nil, err
		}
		w := weight
		if w == 0 || c.tier == tierPrefix { // another word, with a rarity of its own
			w = rarity(c.docs, ix.entry.Docs)
		}
		w *= tierWeight[c.tier]
		if c.tier == tierPrefix && len(m.word.text) >= 10 { // five letters are hardly the beginning of another word
			w *= 2
		}
		one := make([]found, len(posts))
		for i, p := range posts {
			one[i] = found{p.doc, w * p.impact, c.tier}
		}
		all = union(all, one)
	}
	return all, nil
}

func union(a, b []found) []found {
	if len(a) == 0 {
		return b
	}
	out := make([]found, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].doc < b[0].doc:
			out, a = append(out, a[0]), a[1:]
		case a[0].doc > b[0].doc:
			out, b = append(out, b[0]), b[1:]
		default:
			out = append(out, found{a[0].doc, max(a[0].score, b[0].score), min(a[0].tier, b[0].tier)})
			a, b = a[1:], b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// intersect keeps the documents of both; scores add up, the worse tier counts.
func intersect(a, b []found) []found {
	var out []found
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].doc < b[0].doc:
			a = a[1:]
		case a[0].doc > b[0].doc:
			b = b[1:]
		default:
			out = append(out, found{a[0].doc, a[0].score + b[0].score, max(a[0].tier, b[0].tier)})
			a, b = a[1:], b[1:]
		}
	}
	return out
}

// horizon gives the oldest document to look at so that no more than budget
// bytes are read; 0 when all fit.
func horizon(words []*meanings, lists [][]candidate, budget int) uint32 {
	var chunks []chunkRef
	for i, use := range lists {
		for _, c := range use {
			for _, k := range c.chunks {
				if words[i].word.phrase > 0 {
					k.size += k.placeSize
				}
				chunks = append(chunks, k)
			}
		}
	}
	slices.SortStableFunc(chunks, func(a, b chunkRef) int { return cmp.Compare(b.last, a.last) })
	for _, c := range chunks {
		if budget -= c.size; budget < 0 {
			return c.last + 1
		}
	}
	return 0
}

// match gives the documents, from least on, that hold every word in one of the
// senses given, phrases checked and nearness weighed.
func (ix *Index) match(words []*meanings, lists [][]candidate, least uint32) ([]found, error) {
	var hits []found
	for i, m := range words {
		l, err := ix.list(m, lists[i], least)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			hits = l
		} else {
			hits = intersect(hits, l)
		}
		if len(hits) == 0 {
			return nil, nil
		}
	}
	return ix.arrange(words, lists, hits, least)
}

// arrange reads positions where they matter: drops documents without the
// quoted phrases, and lifts those in which the words stand together.
func (ix *Index) arrange(words []*meanings, lists [][]candidate, hits []found, least uint32) ([]found, error) {
	if len(words) < 2 {
		return hits, nil
	}
	quoted, bytes := false, 0
	for i, m := range words {
		quoted = quoted || m.word.phrase > 0
		for _, c := range lists[i] {
			for _, k := range c.chunks {
				if k.last >= least {
					bytes += k.placeSize
				}
			}
		}
	}
	if !quoted && bytes > placeBytes {
		return hits, nil
	}
	at := make([][][]uint32, len(words)) // word, hit → places
	for i := range words {
		at[i] = make([][]uint32, len(hits))
		for _, c := range lists[i] {
			if c.tier > tierClitic && words[i].word.phrase > 0 {
				continue
			}
			if err := ix.places(c.lexeme, hits, at[i], least); err != nil {
				return nil, err
			}
		}
		for _, p := range at[i] {
			slices.Sort(p)
		}
	}
	out := hits[:0]
	for h, hit := range hits {
		if !phrasesHold(words, at, h) {
			continue
		}
		for i := 1; i < len(words); i++ {
			hit.score += hit.score * nearness(at[i-1][h], at[i][h], words[i].word.pos-words[i-1].word.pos) / (8 * len(words))
		}
		out = append(out, hit)
	}
	return out, nil
}

// nearness of two neighbouring words of the query in one document, 0 to 8.
func nearness(a, b []uint32, apart int) int {
	best := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		d := int(b[j]) - int(a[i])
		switch {
		case d == apart:
			return 8
		case d >= -4 && d <= 4:
			best = max(best, 4)
		case d >= -12 && d <= 12:
			best = max(best, 2)
		}
		if d > 0 {
			i++
		} else {
			j++
		}
	}
	return best
}

// phrasesHold reports whether hit h holds each quoted phrase.
func phrasesHold(words []*meanings, at [][][]uint32, h int) bool {
	for i := 0; i < len(words); {
		phrase := words[i].word.phrase
		j := i + 1
		for phrase > 0 && j < len(words) && words[j].word.phrase == phrase {
			j++
		}
		if phrase > 0 && !phraseAt(words[i:j], at[i:j], h) {
			return false
		}
		i = j
	}
	return true
}

func phraseAt(words []*meanings, at [][][]uint32, h int) bool {
	for _, start := range at[0][h] {
		all := true
		for k := 1; k < len(words) && all; k++ {
			_, all = slices.BinarySearch(at[k][h], start+uint32(words[k].word.pos-words[0].word.pos))
		}
		if all {
			return true
		}
	}
	return false
}

// places adds the places of a term in the hits.
func (ix *Index) places(t *lexeme, hits []found, at [][]uint32, least uint32) error {
	if len(t.chunks) == 0 {
		raw, err := ix.named(t.shard.places[0])
		if err != nil {
			return err
		}
		r := reader{b: raw}
		for range t.before {
			if skipPlaces(&r); r.err != nil {
				return r.err
			}
		}
		return addPlaces(&r, t.inline, t.docs, hits, at)
	}
	for _, c := range t.chunks {
		if c.last < least {
			continue
		}
		post, err := ix.part(t.shard.packs[c.pack], c.offset, c.size)
		if err != nil {
			return err
		}
		raw, err := ix.part(t.shard.places[c.placePack], c.placeOffset, c.placeSize)
		if err != nil {
			return err
		}
		if err := addPlaces(&reader{b: raw}, post, c.docs, hits, at); err != nil {
			return err
		}
	}
	return nil
}

func skipPlaces(r *reader) {
	for n := r.uint(); n > 0 && r.err == nil; n-- {
		r.uint()
	}
}

func addPlaces(r *reader, post []byte, docs int, hits []found, at [][]uint32) error {
	ids := reader{b: post}
	doc, h := uint32(0), 0
	for range docs {
		doc += ids.uint()
		for h < len(hits) && hits[h].doc < doc {
			h++
		}
		if h == len(hits) || hits[h].doc != doc {
			skipPlaces(r)
			if r.err != nil {
				return r.err
			}
			continue
		}
		pos := uint32(0)
		for n := r.uint(); n > 0 && r.err == nil; n-- {
			pos += r.uint()
			at[h] = append(at[h], pos)
		}
		if r.err != nil {
			return r.err
		}
	}
	return ids.err
}
