package arabic

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// lightRule folds code points only: compatibility forms, Persian ی ک, digits,
// tashkeel, tatweel, controls and case. Hamza seats, ى and ة stay, because
// «على» and «علي» are two words until search says otherwise.
func lightRule(dst []byte, r rune) []byte {
	if dropped(r) {
		return dst
	}
	var raw [utf8.UTFMax]byte
	n := utf8.EncodeRune(raw[:], r)
	d := norm.NFKC.Bytes(raw[:n])
	bare := norm.NFKD.Properties(raw[:n]).Decomposition()
	spacing := len(bare) > 0 && bare[0] == ' '
	for _, p := range string(d) {
		if dropped(p) || spacing && p == ' ' && len(bare) > 1 {
			continue
		}
		p = unicode.ToLower(p)
		switch p {
		case 'أ', 'إ', 'آ', 'ؤ', 'ئ', 'ى', 'ة':
		default:
			p = matchLetter(p)
		}
		dst = utf8.AppendRune(dst, p)
	}
	return dst
}

var light = newFolding(lightRule)

// AppendFoldCodePoints appends s with its code points folded and its letters
// kept: the form in which stop words are told from words that only look alike
// after Fold. A hamza or madda written as a combining mark joins its seat.
func AppendFoldCodePoints(dst []byte, s string) []byte {
	start := 0
	for i := 0; i+1 < len(s); i++ {
		if s[i] != 0xD9 || s[i+1] < 0x93 || s[i+1] > 0x95 { // U+0653–U+0655
			continue
		}
		dst = light.append(dst, s[start:i])
		start = i + 2
		r, size := utf8.DecodeLastRune(dst)
		if seat := seated(r, s[i+1]); seat != r {
			dst = utf8.AppendRune(dst[:len(dst)-size], seat)
		}
	}
	return light.append(dst, s[start:])
}

// seated composes a letter with U+0653 (madda), U+0654 or U+0655 (hamza above,
// below), given by the last byte of its UTF-8.
func seated(r rune, mark byte) rune {
	switch {
	case r == 'ا' && mark == 0x93:
		return 'آ'
	case r == 'ا' && mark == 0x94:
		return 'أ'
	case r == 'ا' && mark == 0x95:
		return 'إ'
	case r == 'و' && mark == 0x94:
		return 'ؤ'
	case r == 'ي' && mark == 0x94:
		return 'ئ'
	}
	return r
}
