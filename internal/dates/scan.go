package dates

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"warraq/internal/arabic"
)

// token is a word, or its part of digits or of letters: «2024م» is two.
type token struct {
	lexeme
	start, end int // start is behind the particle joined in front
	begin      int // start with the particle
	num        int // value of a number
	digits     int // how many digits it has
}

// scanner hands out the tokens of a text from a place on, each folded once.
type scanner struct {
	text   string
	pos    int     // where the next token is looked for
	toks   []token // tokens from the place where a date is tried
	folded []byte
	prev   token // the token before toks[0]
}

// at gives the k-th token of the place, class end after the last.
func (s *scanner) at(k int) *token {
	for len(s.toks) <= k {
		s.toks = append(s.toks, s.scan())
	}
	return &s.toks[k]
}

// gap gives the text between token k-1 and token k.
func (s *scanner) gap(k int) string {
	return s.text[s.at(k-1).end:s.at(k).begin]
}

// tight reports that at most spaces part token k from the one before: no mark,
// and no «and».
func (s *scanner) tight(k int) bool { return s.loose(k, "") }

// loose reports that spaces and a few of the given marks part token k from the
// one before.
func (s *scanner) loose(k int, marks string) bool {
	return s.at(k).class != end && !s.and(k) && parted(s.gap(k), marks)
}

// and reports that و or ف is joined in front of token k.
func (s *scanner) and(k int) bool {
	t := s.at(k)
	if t.skip == 0 {
		return false
	}
	return strings.HasPrefix(s.text[t.begin:], "و") || strings.HasPrefix(s.text[t.begin:], "ف")
}

func parted(gap, marks string) bool {
	n := 0
	for _, r := range gap {
		switch {
		case r == ' ' || r == '\u00a0' || r == '\t' || r == 'ـ':
		case strings.ContainsRune(marks, r):
			if n++; n > 3 {
				return false
			}
		case unicode.Is(unicode.Cf, r):
		default:
			return false
		}
	}
	return len(gap) <= 16
}

// scan reads the next token of the text.
func (s *scanner) scan() token {
	start, stop := arabic.NextWord(s.text, s.pos)
	if start == stop {
		s.pos = stop
		return token{lexeme: lexeme{class: end}, start: stop, end: stop, begin: stop}
	}
	if c := s.text[start]; c < 0xD9 || c == 0xDB { // may be a digit: 0–9, ٠–٩ (D9), ۰–۹ (DB)
		if t, ok := s.number(start, stop); ok {
			s.pos = t.end
			return t
		}
	} else if c == 0xD9 && s.text[start+1] >= 0xA0 && s.text[start+1] <= 0xA9 {
		if t, ok := s.number(start, stop); ok {
			s.pos = t.end
			return t
		}
	}
	word := s.text[start:stop]
	if i := firstDigit(word); i > 0 { // «المناطق3»
		stop = start + i
		word = s.text[start:stop]
	}
	s.pos = stop
	t := token{start: start, end: stop, begin: start}
	if len(word) > maxWord {
		return t
	}
	s.folded = arabic.AppendFold(s.folded[:0], word)
	if l, ok := lexicon[string(s.folded)]; ok {
		t.lexeme = l
		if n := int(l.skip); n > 0 && n < len(word) && strings.HasPrefix(word, string(s.folded[:n])) {
			t.start += n
		}
	}
	return t
}

// maxWord is longer than any word of the lexicon with its marks.
const maxWord = 64

func (s *scanner) number(start, stop int) (token, bool) {
	t := token{lexeme: lexeme{class: number}, start: start, end: start, begin: start}
	for t.end < stop {
		d, size := digitAt(s.text, t.end)
		if t.digits > 0 && d >= 0 && s.text[t.end] >= utf8.RuneSelf != (s.text[start] >= utf8.RuneSelf) {
			break // «03.01.2025٣ يناير ٢٠٢٥»: one date ends and another begins
		}
		if d < 0 {
			r, n := utf8.DecodeRuneInString(s.text[t.end:])
			if t.digits > 0 && unicode.Is(unicode.Cf, r) && t.end+n < stop {
				if d, _ := digitAt(s.text, t.end+n); d >= 0 {
					t.end += n
					continue
				}
			}
			break
		}
		if t.digits < 9 {
			t.num = t.num*10 + d
		}
		t.digits++
		t.end += size
	}
	return t, t.digits > 0
}

// digitAt gives the value and the size of the digit at byte i, or -1.
func digitAt(s string, i int) (value, size int) {
	if i >= len(s) {
		return -1, 0
	}
	c := s[i]
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0'), 1
	case c == 0xD9 && i+1 < len(s) && s[i+1] >= 0xA0 && s[i+1] <= 0xA9:
		return int(s[i+1] - 0xA0), 2
	case c == 0xDB && i+1 < len(s) && s[i+1] >= 0xB0 && s[i+1] <= 0xB9:
		return int(s[i+1] - 0xB0), 2
	}
	return -1, 0
}

func firstDigit(word string) int {
	for i := 0; i < len(word); i++ {
		switch c := word[i]; {
		case c >= '0' && c <= '9':
			return i
		case c == 0xD9 || c == 0xDB:
			if d, _ := digitAt(word, i); d >= 0 {
				return i
			}
		}
	}
	return -1
}
