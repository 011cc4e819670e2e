package arabic

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences end at a line break and after . ! ? ؟ ۔ … with the quotes and
// brackets that close there. Not after:
//
//   - a point inside a number or a Latin name («3.5», «rt.com»), or after an
//     initial or an abbreviation («د. سمير», «أ.ف.ب», «U.S.»);
//   - two points, which Arabic papers use as a dash («رغم الهدنة.. غارات»);
//   - anything inside a quotation that closes soon: half a quotation is no
//     sentence.
//
// A point with no space after it ends a sentence where an Arabic word follows
// («…أمس».وقال»), because scrapes lose that space. Commas and ؛ never end one:
// Arabic news joins clauses by them.

// longestQuote is how far, in bytes, the closing mark of a quotation is looked
// for before its opening mark is taken for a stray.
const longestQuote = 600

// abbreviations are the folded words of two letters and more that a point
// shortens; single letters need no list.
var abbreviations = map[string]bool{
	"mr": true, "mrs": true, "dr": true, "prof": true, "st": true, "inc": true, "co": true, "ltd": true, "no": true, "vs": true,
	"jan": true, "feb": true, "mar": true, "apr": true, "jun": true, "jul": true, "aug": true, "sep": true, "sept": true, "oct": true, "nov": true, "dec": true,
	"اد": true, "دم": true, "تل": true,
}

// NextSentence finds the first sentence of s at or after byte i, without the
// white space around it. When there is none, start and end are len(s).
func NextSentence(s string, i int) (start, end int) {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsSpace(r) {
			break
		}
		i += size
	}
	start = i
	for i < len(s) {
		c := s[i]
		switch {
		case (c == 0xD8 || c == 0xD9) && i+1 < len(s) && s[i+1]&0xC0 == 0x80 && (c != 0xD8 || s[i+1] != 0x9F):
			i += 2 // nearly every letter: U+0600–U+067F but ؟
		case c == '\n' || c == '\r':
			return start, trimmedEnd(s, start, i)
		case c == '.' || c == '!' || c == '?' || c >= 0xC2:
			if n := terminator(s, i); n > 0 {
				if stop := sentenceEnd(s, start, i, n); stop > 0 {
					return start, stop
				}
				i += n
				continue
			}
			if quote := quotationEnd(s, i); quote > i {
				i = quote
				continue
			}
			_, size := utf8.DecodeRuneInString(s[i:])
			i += size
		case c == '"':
			if quote := quotationEnd(s, i); quote > i {
				i = quote
				continue
			}
			i++
		default:
			i++
		}
	}
	return start, trimmedEnd(s, start, len(s))
}

func trimmedEnd(s string, start, end int) int {
	return start + len(strings.TrimRightFunc(s[start:end], unicode.IsSpace))
}

// terminator gives the length of a run of sentence-ending marks at i, 0 for none.
func terminator(s string, i int) int {
	n := 0
	for i+n < len(s) {
		c := s[i+n]
		switch {
		case c == '.' || c == '!' || c == '?':
			n++
		case c == 0xD8 && i+n+1 < len(s) && s[i+n+1] == 0x9F: // ؟
			n += 2
		case c == 0xDB && i+n+1 < len(s) && s[i+n+1] == 0x94: // ۔
			n += 2
		case c == 0xE2 && strings.HasPrefix(s[i+n:], "…"):
			n += 3
		default:
			return n
		}
	}
	return n
}

// sentenceEnd gives the offset after the sentence that ends with the n bytes of
// marks at i, 0 when none ends there.
func sentenceEnd(s string, start, i, n int) int {
	end := i + n
	if s[i:end] == ".." {
		return 0
	}
	for end < len(s) {
		r, size := utf8.DecodeRuneInString(s[end:])
		if !strings.ContainsRune("»\"”’')]}", r) {
			break
		}
		if r == '"' && end == i+n && end+1 < len(s) && isWordRune(first(s[end+1:])) {
			break // it opens the next quotation
		}
		end += size
	}
	if end == len(s) {
		return end
	}
	next := first(s[end:])
	if s[i:i+n] != "." {
		return end
	}
	if unicode.IsSpace(next) {
		if shortened(s[start:i]) {
			return 0
		}
		return end
	}
	if end > i+n { // a quotation or bracket closed: «…».وقال
		if unicode.Is(unicode.Arabic, next) && isWordRune(next) {
			return end
		}
		return 0
	}
	if unicode.Is(unicode.Arabic, next) && unicode.IsLetter(next) && !shortened(s[start:i]) {
		if last := lastRune(s[:i]); last >= 0x600 || strings.ContainsRune("»\"”)]", last) {
			return end
		}
	}
	return 0
}

// shortened reports whether text ends in a word that a point abbreviates.
func shortened(text string) bool {
	i := len(text)
	letters, latin := 0, false
	for i > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:i])
		if !isWordRune(r) && r != 'ـ' {
			break
		}
		if unicode.IsDigit(r) {
			return false // «عام 2024.», «2024م.»
		}
		if !unicode.Is(unicode.M, r) && r != 'ـ' {
			letters++
		}
		latin = latin || r < 0x250
		i -= size
	}
	if letters == 0 {
		return false
	}
	if letters == 1 {
		// «القرن 20 م.» and «1446 هـ.» end a sentence, «د. سمير» does not.
		before := strings.TrimRight(text[:i], " ")
		return before == "" || !unicode.IsDigit(lastRune(before))
	}
	if letters > 4 {
		return false
	}
	var buf [32]byte
	return abbreviations[string(AppendFold(buf[:0], text[i:]))]
}

// quotationEnd gives the offset of the mark that closes the quotation opened
// at i, so that the mark itself is looked at next; 0 when none opens there or
// it does not close soon. Where the quotation ends with a full stop the offset
// is that of the stop, so that the sentence may end with it.
func quotationEnd(s string, i int) int {
	var closing string
	open := 0
	switch {
	case s[i] == '"':
		closing, open = "\"", 1
	case strings.HasPrefix(s[i:], "«"):
		closing, open = "»", 2
	case strings.HasPrefix(s[i:], "“"):
		closing, open = "”", 3
	default:
		return 0
	}
	limit := min(len(s), i+open+longestQuote)
	at := strings.Index(s[i+open:limit], closing)
	if at < 0 {
		return 0
	}
	inside := s[i+open : i+open+at]
	if strings.ContainsAny(inside, "\n\r") {
		return 0
	}
	for k := len(inside) - 1; k >= 0 && k >= len(inside)-3; k-- {
		if terminator(inside, k) == len(inside)-k {
			for k > 0 && inside[k-1] == '.' {
				k--
			}
			return i + open + k
		}
	}
	return i + open + at + len(closing)
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
