package match

import (
	"slices"
	"unicode/utf8"

	"warraq/internal/arabic"
)

// trimmedTo takes white space and commas off the end of a clause.
func trimmedTo(text string, from, to int) int {
	for to > from {
		r, size := utf8.DecodeLastRuneInString(text[from:to])
		if r != ' ' && r != '،' && r != ',' && r != '؛' && r != '\u00a0' {
			break
		}
		to -= size
	}
	return to
}

// longestSentence is the most characters of a sentence with one date that are
// shown whole.
const longestSentence = 320

// clause gives the tokens of the part of the sentence that tells event i: all
// of it, unless it has several dates or is long. Clauses begin at a comma with
// و or ف behind it.
func (s *scan) clause(found []judged, i, a, b int) (first, last int) {
	size := 0
	if b > a {
		size = int(s.tokens[b-1].end-s.tokens[a].start) / 2 // Arabic letters are two bytes
	}
	if len(found) == 1 && size <= longestSentence {
		return a, b
	}
	first, last = s.clauseStart(found, i, a), b
	for k := i + 1; k < len(found); k++ {
		if next := s.clauseStart(found, k, a); next > first {
			last = next
			break
		}
	}
	if int(s.tokens[last-1].end-s.tokens[first].start)/2 > longestSentence {
		for k := max(found[i].to, found[i].verb+1) + 4; k < last; k++ {
			if s.opens(k) && int(s.tokens[k].start-s.tokens[first].start)/2 > longestSentence/3 {
				last = k
				break
			}
		}
	}
	if int(s.tokens[last-1].end-s.tokens[first].start)/2 > 2*longestSentence {
		// No comma far and wide: the words around the date and its verb.
		near, until := found[i].lead, found[i].to
		if v := found[i].verb; v >= 0 {
			near, until = min(near, v), max(until, v+1)
		}
		first, last = max(first, near-aroundDate), min(last, until+aroundDate)
	}
	return first, last
}

// aroundDate is how many words of a boundless sentence are shown on each side.
const aroundDate = 20

// clauseStart gives the token with which the clause of date i begins.
func (s *scan) clauseStart(found []judged, i, a int) int {
	least := a
	if i > 0 {
		least = max(found[i-1].to, found[i-1].verb+1)
	}
	at := found[i].lead
	if v := found[i].verb; v >= 0 && v < at {
		at = v
	}
	for k := at; k >= least && k > a; k-- {
		if s.opens(k) {
			return k
		}
	}
	if i > 0 {
		return s.clauseStart(found, i-1, a)
	}
	return a
}

// opens reports a token that begins a clause: behind a comma, with و or ف.
func (s *scan) opens(k int) bool {
	if !s.tokens[k].parted {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s.text[s.tokens[k].para][s.tokens[k].start:])
	return s.tokens[k].class&conjoined != 0 || r == 'و' && s.tokens[k].class&function != 0
}

// entitiesIn gives the ids of the entities named in the tokens, sorted.
func (s *scan) entitiesIn(first, last int) []string {
	var ids []string
	for _, h := range s.names {
		if int(h.begin) >= first && int(h.end) <= last {
			id := s.m.entityIDs[s.m.names[h.name].entity]
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	slices.Sort(ids)
	return ids
}

// maxStems bounds the stems of an event.
const maxStems = 64

// stemsIn hashes the content stems of the tokens, without the words of dates.
func (s *scan) stemsIn(first, last int, found []judged) []uint32 {
	stems := make([]uint32, 0, min(last-first, maxStems))
	for k := first; k < last; k++ {
		if s.tokens[k].class&(function|moment|dateHint|duration) != 0 {
			continue
		}
		if slices.ContainsFunc(found, func(j judged) bool { return k >= j.from && k < j.to }) {
			continue
		}
		stem := arabic.Stem(s.folding(k))
		if s.tokens[k].class&conjoined != 0 {
			_, size := utf8.DecodeRuneInString(stem)
			stem = stem[size:]
		}
		if stem != "" {
			stems = append(stems, uint32(wordHash([]byte(stem))>>32))
		}
	}
	slices.Sort(stems)
	stems = slices.Compact(stems)
	return stems[:min(len(stems), maxStems)]
}
