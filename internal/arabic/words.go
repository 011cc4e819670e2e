package arabic

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

// NextWord finds the first word of s at or after byte i. A word is a run of
// letters, digits and their marks; invisible controls belong to the word they
// stand in, punctuation (also _ and the apostrophe) parts words. When there is
// none, start and end are len(s).
func NextWord(s string, i int) (start, end int) {
	i = wordStart(s, i)
	start, end = i, i
	for i < len(s) {
		size := wordRune(s, i)
		if size > 0 {
			i += size
			end = i
			continue
		}
		if r, n := utf8.DecodeRuneInString(s[i:]); joins(r) {
			i += n
			continue
		}
		break
	}
	return start, end
}

// wordStart is the first byte of a word at or after i, or len(s).
func wordStart(s string, i int) int {
	for i < len(s) {
		size := wordRune(s, i)
		if size > 0 {
			break
		}
		i -= size
	}
	return i
}

// AppendWord is NextWord and AppendFold in one walk: it finds the first word of s
// at or after byte i and appends it, folded, to dst.
func AppendWord(dst []byte, s string, i int) (folded []byte, start, end int) {
	i = wordStart(s, i)
	start, end = i, i
	for i < len(s) {
		c := s[i]
		switch {
		case c < utf8.RuneSelf:
			if !inWord[c] {
				return dst, start, end
			}
			if e := &matching.low[c]; e.n == 1 {
				dst = append(dst, e.b[0])
			}
			i++
			end = i
			continue
		case c >= 0xC2 && c <= 0xDF && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
			r := uint16(c&0x1F)<<6 | uint16(s[i+1]&0x3F)
			if inWord[r] {
				if e := &matching.low[r]; e.n == 2 {
					dst = append(dst, e.b[0], e.b[1])
				} else {
					dst = matching.appendRune(dst, rune(r))
				}
				i += 2
				end = i
				continue
			}
		default:
			if size := wordRune(s, i); size > 0 {
				r, _ := utf8.DecodeRuneInString(s[i:])
				dst = matching.appendRune(dst, r)
				i += size
				end = i
				continue
			}
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !joins(r) { // what joins folds to nothing
			break
		}
		i += size
	}
	return dst, start, end
}

// Words ranges over the words of s as byte offsets.
func Words(s string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for i := 0; ; {
			start, end := NextWord(s, i)
			if start == end || !yield(start, end) {
				return
			}
			i = end
		}
	}
}

// wordRune gives the size of the rune at i, negative when it is no word's.
func wordRune(s string, i int) int {
	c := s[i]
	if c < utf8.RuneSelf {
		if inWord[c] {
			return 1
		}
		return -1
	}
	if c >= 0xC2 && c <= 0xDF && i+1 < len(s) && s[i+1]&0xC0 == 0x80 {
		if inWord[uint16(c&0x1F)<<6|uint16(s[i+1]&0x3F)] {
			return 2
		}
		return -2
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	if r >= 0x2000 && r < 0x2100 {
		return -size
	}
	if isWordRune(r) {
		return size
	}
	return -size
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.In(r, unicode.M)
}

var inWord = func() (t [0x800]bool) {
	for r := range t {
		t[r] = isWordRune(rune(r))
	}
	return t
}()

// joins reports the invisible runes that do not part a word.
func joins(r rune) bool {
	switch {
	case r >= '\u200b' && r <= '\u200f', r >= '\u202a' && r <= '\u202e', r >= '\u2060' && r <= '\u2064',
		r >= '\u2066' && r <= '\u2069', r == '\u00ad', r == '\u061c', r == '\ufeff':
		return true
	}
	return false
}
