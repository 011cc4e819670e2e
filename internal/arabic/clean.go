package arabic

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Clean gives text for readers: what scraping and word processors left inside
// is removed, what the author wrote stays.
//
//   - bidi and zero-width controls, soft hyphens and control codes go (isolation
//     is computed anew on output); the joiner stays inside an emoji;
//   - presentation forms become letters («ﻻ» → «لا»), but ﷺ and its kin stay;
//   - tatweel between two letters goes, in «بـ«القوات»» and «1446 هـ» it stays;
//   - ی and ک become ي (or ى) and ك in words without letters of Persian's own;
//   - runs of white space, line breaks too, become one space; none at the ends;
//   - tashkeel stays, in NFC; bytes that are no UTF-8 become U+FFFD.
func Clean(s string) string {
	if isClean(s) {
		return s
	}
	return string(appendClean(make([]byte, 0, len(s)), s))
}

// isClean reports that appendClean would copy s: no byte of s begins anything
// it handles. It may say false for clean text.
func isClean(s string) bool {
	space := true
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c < ' ' || c == 0x7F || c == ' ' && space {
				return false
			}
			space = c == ' '
			i++
			continue
		}
		space = false
		if c >= 0xD8 && c <= 0xDB && i+1 < len(s) && s[i+1]&0xC0 == 0x80 {
			d := s[i+1]
			switch {
			case c == 0xD8 && d < 0xA0, // U+0600–U+061F: ALM among them
				c == 0xD9 && (d == 0x80 || d >= 0x8B && d <= 0x95), // tatweel, marks out of order
				c == 0xDA && d == 0xA9, c == 0xDB && d == 0x8C:     // ک ی
				if c == 0xD8 && d != 0x9C || c == 0xD9 && d == 0x8B {
					break // ، ؛ ؟ and a lone fathatan
				}
				return false
			}
			i += 2
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '“' || r == '”' || r == '–' || r == '—' || r == '’' || r == '‘' || r == '…' || r == '•':
		case r >= 0xA1 && r < 0x250 && r != 0xAD:
		default:
			return false
		}
		i += size
	}
	return !space || s == ""
}

// appendClean appends the cleaned s to dst.
func appendClean(dst []byte, s string) []byte {
	start := len(dst)
	space := true // before the first word too: leading space goes
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		at := i
		i += size
		switch {
		case unicode.IsSpace(r) || r == '\u2028' || r == '\u2029':
			if !space {
				dst = append(dst, ' ')
				space = true
			}
			continue
		case r == '\u200d':
			// A joiner holds an emoji together; elsewhere it only shapes.
			if prev, _ := utf8.DecodeLastRune(dst[start:]); prev < 0x2190 {
				continue
			}
		case r == 'ـ':
			if betweenLetters(s, at, i) {
				continue
			}
		case unicode.In(r, unicode.Cf, unicode.Cc):
			if !unicode.Is(unicode.Prepended_Concatenation_Mark, r) { // «\u06dd» prints
				continue
			}
		case r >= 0xFB50 && r <= 0xFDF2 && r != 0xFD3E && r != 0xFD3F && r < 0xFDF0 || r == 0xFDF2 || r >= 0xFE70 && r <= 0xFEFC:
			dst = appendForm(dst, r)
			space = false
			continue
		}
		dst = utf8.AppendRune(dst, r)
		space = false
	}
	if len(dst) > start && dst[len(dst)-1] == ' ' {
		dst = dst[:len(dst)-1]
	}
	if norm.NFC.QuickSpan(dst[start:]) < len(dst)-start {
		dst = append(dst[:start], norm.NFC.Bytes(dst[start:])...)
	}
	return arabicLetters(dst, start)
}

// appendForm appends the letters of a presentation form. The forms of a mark
// are «space + mark» by compatibility; here the mark joins the letter before.
func appendForm(dst []byte, r rune) []byte {
	var raw [utf8.UTFMax]byte
	n := utf8.EncodeRune(raw[:], r)
	d := norm.NFKC.Bytes(raw[:n])
	if len(d) > 1 && (d[0] == ' ' || strings.HasPrefix(string(d), "ـ")) {
		for _, p := range string(d) {
			if unicode.Is(unicode.Mn, p) {
				dst = utf8.AppendRune(dst, p)
			}
		}
		return dst
	}
	return append(dst, d...)
}

// betweenLetters reports whether a letter stands on either side of s[at:end],
// marks, tatweels and invisible controls not counted. It looks 32 bytes far:
// a longer bar of tatweels is a drawing.
func betweenLetters(s string, at, end int) bool {
	for limit := at - 32; ; {
		r, size := utf8.DecodeLastRuneInString(s[:at])
		if size == 0 || at < limit {
			return false
		}
		at -= size
		if !dropped(r) {
			if !unicode.IsLetter(r) {
				return false
			}
			break
		}
	}
	for limit := end + 32; end < min(len(s), limit); {
		r, size := utf8.DecodeRuneInString(s[end:])
		end += size
		if !dropped(r) {
			return unicode.IsLetter(r)
		}
	}
	return false
}

// alefMaqsura lists words that end in ى where a Persian keyboard typed ی; in
// every other word a final ی is taken for ي.
var alefMaqsura = map[string]bool{
	"علی": true, "إلی": true, "الی": true, "حتی": true, "لدی": true, "سوی": true, "متی": true, "مدی": true,
	"أخری": true, "اخری": true, "الأخری": true, "کبری": true, "الکبری": true, "كبری": true, "الكبری": true,
	"مستوی": true, "المستوی": true, "رؤی": true, "ذکری": true, "ذكری": true, "عیسی": true, "موسی": true,
	"مصطفی": true, "القوی": true, "قتلی": true, "جرحی": true, "وعلی": true, "وإلی": true, "والی": true, "یبقی": true, "أقصی": true, "الأقصی": true,
}

// arabicLetters replaces ی and ک in the Arabic words of b[start:].
func arabicLetters(b []byte, start int) []byte {
	text := b[start:]
	if !bytes.Contains(text, []byte("ی")) && !bytes.Contains(text, []byte("ک")) {
		return b
	}
	// Both letters and their replacements take two bytes: done in place, while
	// the words are found in a copy.
	original := string(text)
	for i, end := 0, 0; ; i = end {
		i, end = NextWord(original, i)
		if i == end {
			return b
		}
		word := original[i:end]
		if !strings.ContainsAny(word, "یک") || strings.ContainsAny(word, "پچژگ") {
			continue
		}
		maqsura := alefMaqsura[word]
		for k := i; k+1 < end; k++ {
			switch {
			case text[k] == 0xDA && text[k+1] == 0xA9:
				copy(text[k:], "ك")
			case text[k] == 0xDB && text[k+1] == 0x8C:
				if maqsura && k+2 == end {
					copy(text[k:], "ى")
				} else {
					copy(text[k:], "ي")
				}
			}
		}
	}
}
