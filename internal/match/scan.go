package match

import (
	"strings"
	"unicode/utf8"

	"warraq/internal/arabic"
	"warraq/internal/dates"
)

// token is one word of the article.
type token struct {
	start, end int32 // bytes in its paragraph
	para       int32 // 0 is the title
	parted     bool  // more than a space or a quote stands before it: no phrase reaches over
	fold       int32 // its folded word begins here in scan.folded, -1 in the title
	hash       uint64
	word
}

// scan is the reusable state of reading one article.
type scan struct {
	m      *Matcher
	memo   memo
	text   []string // title, then paragraphs
	tokens []token
	first  []int32 // first token of each text; one more at the end
	folded []byte  // the body's folded words, one after the other
	frozen string  // folded as a string, made when the first word is asked for

	names  []nameHit
	hits   []hit
	sorted []hit   // hits by atom, see sortHits
	ends   []int32 // where each atom's hits end in sorted
	count  []int32 // mentions per entity
	titled []bool
	vouch  []uint8 // per entity: whether something vouches for its weak names
	weak   []bool  // per entity: a name that is enough alone occurs
	sample sampler

	finder   dates.Finder
	openings []dates.Opening // of the text read for dates
	matches  []dates.Match   // found in it
	month    dates.Phrase    // the last that named a month
	said     []dates.Phrase  // days that a report of the article is dated by
}

// read cuts the article into tokens.
func (s *scan) read(title string, paragraphs []string) {
	s.text = append(append(s.text[:0], title), paragraphs...)
	s.tokens, s.first, s.folded, s.frozen = s.tokens[:0], s.first[:0], s.folded[:0], ""
	for para, text := range s.text {
		s.first = append(s.first, int32(len(s.tokens)))
		last := 0
		for {
			length := len(s.folded)
			var start, end int
			s.folded, start, end = arabic.AppendWord(s.folded, text, last)
			if start == end {
				break
			}
			folded := s.folded[length:]
			fold := int32(length)
			if para == 0 {
				s.folded, fold = s.folded[:length], -1
			}
			if len(folded) == 0 { // marks alone
				last = end
				continue
			}
			h := wordHash(folded)
			cell := &s.memo[h%memoSize]
			if cell.hash != h {
				cell.hash, cell.word = h, s.m.vocabulary.look(string(folded))
			}
			s.tokens = append(s.tokens, token{
				start: int32(start), end: int32(end), para: int32(para),
				parted: last == 0 || start-last != 1 && parts(text[last:start]),
				fold:   fold, hash: h, word: cell.word,
			})
			last = end
		}
	}
	s.first = append(s.first, int32(len(s.tokens)))
}

// parts reports whether what stands between two words keeps them from being
// one phrase. Quotes, brackets, dashes and slashes do not: «"داعش" الإرهابي»,
// «بوتين (فلاديمير)».
func parts(gap string) bool {
	for i := 0; i < len(gap); {
		r, size := utf8.DecodeRuneInString(gap[i:])
		if strings.ContainsRune(".,،؛;:!?؟…|\n\r\t", r) {
			return true
		}
		i += size
	}
	return false
}

// in gives the tokens of a text: 0 is the title.
func (s *scan) in(para int) []token { return s.tokens[s.first[para]:s.first[para+1]] }

// folding gives a token's folded word.
func (s *scan) folding(k int) string {
	t := &s.tokens[k]
	if t.fold < 0 {
		return arabic.Fold(s.words(int32(k), int32(k+1)))
	}
	if s.frozen == "" {
		s.frozen = string(s.folded)
	}
	if k+1 < len(s.tokens) {
		return s.frozen[t.fold:s.tokens[k+1].fold]
	}
	return s.frozen[t.fold:]
}

// words gives the text from token a to token b (exclusive) as written.
func (s *scan) words(a, b int32) string {
	first, last := s.tokens[a], s.tokens[b-1]
	return s.text[first.para][first.start:last.end]
}
