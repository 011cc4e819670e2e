package arabic

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A folding maps every rune to nothing, one rune or a short string. It equals,
// in JavaScript's words: s.normalize("NFKD"), lower case, marks and format
// characters removed, then the letters of the folding's own map replaced.
//
// Runes below 0x800 (all of Arabic but its presentation forms) and the blocks
// of presentation forms and of general punctuation are tabulated once; other
// runes take the slow way.
type folding struct {
	low   [0x800]cell           // by rune
	punct [0x100]cell           // U+2000–U+20FF
	forms [0xFF00 - 0xFB00]cell // U+FB00–U+FEFF
	rule  func(dst []byte, r rune) []byte
}

// cell is the UTF-8 of what a rune becomes: up to 4 bytes; n is tooLong where
// the slow way must be taken (ligatures such as «ﷺ»).
type cell struct {
	b [3]byte
	n uint8
}

const tooLong = 0xFF

func newFolding(rule func(dst []byte, r rune) []byte) *folding {
	f := &folding{rule: rule}
	fill := func(cells []cell, first rune) {
		var buf [64]byte
		for i := range cells {
			out := rule(buf[:0], first+rune(i))
			if len(out) > len(cells[i].b) {
				cells[i].n = tooLong
				continue
			}
			cells[i].n = uint8(copy(cells[i].b[:], out))
		}
	}
	fill(f.low[:], 0)
	fill(f.punct[:], 0x2000)
	fill(f.forms[:], 0xFB00)
	return f
}

// append adds the folded s to dst. When at is not nil it gets, for every byte
// added, the offset in s of the rune it came from.
func (f *folding) append(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if e := &f.low[c]; e.n == 1 {
				dst = append(dst, e.b[0])
			}
			i++
			continue
		}
		if c >= 0xC2 && c <= 0xDF && i+1 < len(s) && s[i+1]&0xC0 == 0x80 {
			e := &f.low[uint16(c&0x1F)<<6|uint16(s[i+1]&0x3F)]
			i += 2
			switch e.n {
			case 2:
				dst = append(dst, e.b[0], e.b[1])
			case 0:
			case 1:
				dst = append(dst, e.b[0])
			case 3:
				dst = append(dst, e.b[:]...)
			default:
				dst = f.rule(dst, rune(c&0x1F)<<6|rune(s[i-1]&0x3F))
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		i += size
		dst = f.appendRune(dst, r)
	}
	return dst
}

func (f *folding) appendRune(dst []byte, r rune) []byte {
	var e *cell
	switch {
	case r < 0x800:
		e = &f.low[r]
	case r >= 0x2000 && r < 0x2100:
		e = &f.punct[r-0x2000]
	case r >= 0xFB00 && r < 0xFF00:
		e = &f.forms[r-0xFB00]
	default:
		return f.rule(dst, r)
	}
	if e.n == tooLong {
		return f.rule(dst, r)
	}
	return append(dst, e.b[:e.n]...)
}

// string folds s, giving s itself where nothing changes.
func (f *folding) string(s string) string {
	var buf [128]byte
	out := f.append(buf[:0], s)
	if string(out) == s {
		return s
	}
	return string(out)
}

// dropped reports the runes that carry no letter of their own: marks
// (tashkeel, Quranic signs, accents), tatweel, zero-width and bidi controls,
// soft hyphens, variation selectors and control codes. White space stays.
func dropped(r rune) bool {
	switch r {
	case '\t', '\n', '\v', '\f', '\r':
		return false
	case 'ـ', '\u115f', '\u1160', '\u3164':
		return true
	}
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Cc)
}

// matchLetter makes the spellings of one sound equal: letters of Persian,
// Kurdish and Urdu keyboards become the Arabic letter they stand for, the
// letters for p, v, ch and zh the ones most papers print instead, and the
// hamza seats and word-final ى ة the plain letters that careless typing gives.
func matchLetter(r rune) rune {
	switch r {
	case 'ٱ', 'ٲ', 'ٳ', 'ٵ':
		return 'ا'
	case 'ى', 'ی', 'ې', 'ے', 'ۍ', 'ێ', 'ؽ', 'ؾ', 'ؿ', 'ٸ':
		return 'ي'
	case 'ک', 'ڪ', 'ګ', 'گ', 'ڭ', 'ݣ':
		return 'ك'
	case 'ة', 'ھ', 'ہ', 'ە', 'ۃ', 'ۀ', 'ۂ':
		return 'ه'
	case 'ۇ', 'ۆ', 'ۋ', 'ٶ', 'ٷ':
		return 'و'
	case 'پ':
		return 'ب'
	case 'چ':
		return 'ج'
	case 'ژ':
		return 'ز'
	case 'ڤ', 'ڨ':
		return 'ف'
	case 'ς':
		return 'σ'
	}
	return digit(r)
}

// digit gives the ASCII digit of an Arabic-Indic or Persian one, else r.
func digit(r rune) rune {
	switch {
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	}
	return r
}

// matchRule is the rule of Fold.
func matchRule(dst []byte, r rune) []byte {
	return decomposed(dst, r, matchLetter)
}

func decomposed(dst []byte, r rune, letter func(rune) rune) []byte {
	if dropped(r) {
		return dst
	}
	var raw [utf8.UTFMax]byte
	n := utf8.EncodeRune(raw[:], r)
	d := norm.NFKD.Properties(raw[:n]).Decomposition()
	if d == nil {
		return utf8.AppendRune(dst, letter(unicode.ToLower(r)))
	}
	spacing := false // «ﹰ» is a mark on a space or tatweel: nothing of it stays
	for _, p := range string(d) {
		if unicode.Is(unicode.Mn, p) {
			spacing = true
		}
	}
	for _, p := range string(d) {
		if dropped(p) || spacing && p == ' ' {
			continue
		}
		dst = utf8.AppendRune(dst, letter(unicode.ToLower(p)))
	}
	return dst
}

var matching = newFolding(matchRule)

// Fold gives the form under which texts are compared everywhere: presentation
// forms and other compatibility characters become plain letters; marks,
// tatweel and invisible controls go; أ إ آ ٱ become ا, ؤ و, ئ ى ی ي, ة ه, ک ك;
// digits of any script used here become ASCII; letters become lower case.
// White space and punctuation stay (a no-break space becomes a space).
// Folding twice changes nothing more.
func Fold(s string) string { return matching.string(s) }

// AppendFold appends the folded s to dst.
func AppendFold(dst []byte, s string) []byte { return matching.append(dst, s) }

// AppendFoldAt appends the folded s to dst and, for each byte it added, the
// offset in s of the rune the byte came from to at: so that a match in folded
// text can be marked in the original. The end of a match is the offset of the
// byte that follows it, or len(s); marks after the last letter belong to it.
func AppendFoldAt(dst []byte, at []int32, s string) ([]byte, []int32) {
	for i, r := range s {
		dst = matching.appendRune(dst, r)
		for len(at) < len(dst) {
			at = append(at, int32(i))
		}
	}
	return dst, at
}
