package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"warraq/internal/arabic"
)

// queryMax bounds the words of a query that are looked at.
const queryMax = 16

// word is one word of a query.
type word struct {
	text   string // folded, as typed
	term   string
	pos    int // place in the query, stop words counted
	phrase int // number of the quoted phrase it stands in, 0 for none
	prefix bool
	weak   bool // perhaps a stop word, spelled otherwise
}

// quotes open and close a phrase.
const quotes = "\"«»“”„"

// parse divides a query into words. The last word may be the beginning of one,
// unless a space or a quote follows it.
func parse(q string) []word {
	var words []word
	pos, phrases := 0, 0
	add := func(text string, phrase int) {
		for start, end := range wordsOf(text) {
			if isStop(text[start:end]) {
				pos++
				continue
			}
			n := pos
			segments(arabic.Fold(text[start:end]), func(segment string) {
				if len(words) < queryMax {
					words = append(words, word{text: segment, term: stemOf(segment), pos: pos, phrase: phrase, weak: phrase == 0 && likeStop[segment]})
				}
				pos++
			})
			if n == pos {
				pos++
			}
		}
		pos++ // what stands apart is not adjacent
	}
	rest := q
	for {
		open := strings.IndexAny(rest, quotes)
		if open < 0 {
			break
		}
		_, size := utf8.DecodeRuneInString(rest[open:])
		inside := rest[open+size:]
		end := strings.IndexAny(inside, quotes)
		if end < 0 { // no closing quote: no phrase
			add(rest[:open], 0)
			rest = inside
			break
		}
		add(rest[:open], 0)
		phrases++
		add(inside[:end], phrases)
		_, size = utf8.DecodeRuneInString(inside[end:])
		rest = inside[end+size:]
	}
	add(rest, 0)
	if n := len(words); n > 0 && words[n-1].phrase == 0 && prefixable(words[n-1].text, n) {
		if last, size := utf8.DecodeLastRuneInString(q); size > 0 && !isSpace(last) {
			words[n-1].prefix = true
		}
	}
	return words
}

func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\u00a0' }

// prefixable reports whether the last of n words is long enough to be
// completed: behind others two letters tell enough.
func prefixable(text string, n int) bool {
	return utf8.RuneCountInString(text) >= max(2, 4-n) && !isDigit(text[0])
}

// The tiers of matches, best first.
const (
	tierExact   = 1 // the same stem
	tierClitic  = 2 // behind a joined particle
	tierNear    = 3 // a broken plural, or another spelling
	tierPrefix  = 4
	tierMistype = 5
)

var tierWeight = [...]int{0, 16, 12, 8, 12, 3}

// Bounds of the variants of one word.
const (
	rare       = 20 // documents under which a word's near variants are looked for
	fewHits    = 10 // results under which near results are looked for
	nearMax    = 12
	kinMax     = 6
	prefixMax  = 24
	mistypeMax = 12
	rangeMax   = 4 // shards read for one prefix
	guessMax   = 4 // shards read for one mistyped word
	rootMax    = 2 // shards read for the forms of one verb
)

// candidate is a term that a query word may mean.
type candidate struct {
	*lexeme
	tier int
}

// meanings are the candidates of one query word.
type meanings struct {
	word  word
	exact []candidate // tiers 1 and 2
	docs  int         // documents of exact, counted once a term
	near  []candidate // tiers 3 and 4
}

// shardsMax bounds the shards read for one word.
const shardsMax = 3

// exactly finds the word itself, with and without particles, and its near
// variants, most of which stand in the same shard.
func (ix *Index) exactly(w word) (*meanings, error) {
	m := &meanings{word: w}
	behind, without, exchanged := behindParticles(w.text), withoutParticles(w.text), exchangedParticles(w.text)
	var shards []int
	for _, term := range slices.Concat([]string{w.term}, without, behind) {
		if i := ix.shardOf(keyOf(term)); len(shards) < shardsMax && !slices.Contains(shards, i) {
			shards = append(shards, i)
		}
	}
	var others []*lexeme
	docs := 0 // of the stem itself
	for _, i := range shards {
		s, err := ix.shard(i)
		if err != nil {
			return nil, err
		}
		for k := range s.terms {
			t := &s.terms[k]
			if t.text == w.term {
				m.exact = append(m.exact, candidate{t, tierExact})
				docs = t.docs
			} else {
				others = append(others, t)
			}
		}
	}
	m.docs = docs
	for _, t := range others {
		switch {
		case slices.Contains(behind, t.text) && (docs >= t.docs || docs == 0 && len(w.term) >= 8),
			slices.Contains(without, t.text) && t.docs >= 2*docs,
			docs == 0 && slices.Contains(exchanged, t.text):
			m.exact = append(m.exact, candidate{t, tierClitic})
			m.docs += t.docs
		case slices.Contains(behind, t.text), near(w.term, t.text), nearBehind(w.term, t.text), slices.ContainsFunc(without, func(f string) bool { return !shortKey(f) && near(f, t.text) }):
			m.near = append(m.near, candidate{t, tierNear})
		}
	}
	m.near = frequent(m.near, nearMax)
	return m, nil
}

// related finds the terms that are forms of the same verb.
func (ix *Index) related(w word) ([]candidate, error) {
	forms := formsOf(w.term)
	var shards []int
	for _, key := range kinKeys(forms) {
		if i := ix.shardOf(key); len(shards) < rootMax && !slices.Contains(shards, i) {
			shards = append(shards, i)
		}
	}
	var found []candidate
	for _, i := range shards {
		s, err := ix.shard(i)
		if err != nil {
			return nil, err
		}
		for k := range s.terms {
			if t := &s.terms[k]; t.text != w.term && kin(forms, formsOf(t.text)) {
				found = append(found, candidate{t, tierNear})
			}
		}
	}
	return frequent(found, kinMax), nil
}

// completed finds the terms that begin with the word.
func (ix *Index) completed(w word) ([]candidate, error) {
	begin := arabic.TrimArticle(w.text)
	key := beginKey(begin)
	from, to := ix.shardsUnder(key, rangeMax)
	if key == "" && to < len(ix.keys) { // it may stand anywhere: too much to read
		return nil, nil
	}
	var found []candidate
	for i := from; i < to; i++ {
		s, err := ix.shard(i)
		if err != nil {
			return nil, err
		}
		for k := range s.terms {
			if t := &s.terms[k]; t.text != w.term && strings.HasPrefix(t.text, begin) {
				found = append(found, candidate{t, tierPrefix})
			}
		}
	}
	return frequent(found, prefixMax), nil
}

// guessed finds the terms one edit from the word. The shards read are those
// that hold the keys of most of its edits.
func (ix *Index) guessed(w word) ([]candidate, error) {
	terms, votes := map[string]bool{}, map[int]int{}
	edits(w.text, func(term string) {
		if !terms[term] {
			terms[term] = true
			votes[ix.shardOf(keyOf(term))]++
		}
	})
	var found []candidate
	for n := 0; n < guessMax && len(votes) > 0; n++ {
		best := -1
		for i, v := range votes { // the winner does not depend on the order
			if best < 0 || v > votes[best] || v == votes[best] && i < best {
				best = i
			}
		}
		delete(votes, best)
		s, err := ix.shard(best)
		if err != nil {
			return nil, err
		}
		for k := range s.terms {
			if t := &s.terms[k]; terms[t.text] {
				found = append(found, candidate{t, tierMistype})
			}
		}
	}
	return frequent(found, mistypeMax), nil
}

// frequent keeps the n candidates with most documents.
func frequent(c []candidate, n int) []candidate {
	sortCandidates(c)
	return c[:min(n, len(c))]
}
