package arabic

import (
	"unicode"
	"unicode/utf8"
)

// Article ids are hashes of folded text, and an id is for ever. So this
// folding has its own rules, which repeat those of Fold as they were when the
// first archive was published, and a test pins every entry of its tables. Fold
// may learn; this must not, however wrong it looks.

// AppendFoldFrozen appends the frozen folding of s to dst: letters and digits
// only, no white space or punctuation, so that a re-wrapped or re-punctuated
// text keeps its id. At most limit letters are added; limit < 0 means all.
func AppendFoldFrozen(dst []byte, s string, limit int) []byte {
	if limit < 0 {
		limit = len(s) * 18 // «ﷺ» is 18 letters
	}
	var buf [64]byte
	for _, r := range s {
		if limit == 0 {
			break
		}
		for _, p := range string(frozen.appendRune(buf[:0], r)) {
			if limit == 0 {
				break
			}
			dst = utf8.AppendRune(dst, p)
			limit--
		}
	}
	return dst
}

// FoldFrozen gives the frozen folding of s as a string.
func FoldFrozen(s string) string { return string(AppendFoldFrozen(nil, s, -1)) }

var frozen = newFolding(frozenRule)

// frozenRule drops all but letters and digits in the tabulated blocks; a rune
// beyond them stays as it is, because its category may be assigned later.
func frozenRule(dst []byte, r rune) []byte {
	tabulated := r < 0x800 || r >= 0x2000 && r < 0x2100 || r >= 0xFB00 && r < 0xFF00
	if !tabulated {
		if r == utf8.RuneError || unicode.IsSpace(r) {
			return dst
		}
		return utf8.AppendRune(dst, r)
	}
	var buf [64]byte
	for _, p := range string(decomposed(buf[:0], r, frozenLetter)) {
		if unicode.IsLetter(p) || unicode.IsDigit(p) {
			dst = utf8.AppendRune(dst, p)
		}
	}
	return dst
}

func frozenLetter(r rune) rune {
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
	switch {
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	}
	return r
}
