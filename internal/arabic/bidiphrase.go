package arabic

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// foreign gives the extent of the left-to-right phrase that begins with the
// letter or digit at i: words, the spaces and signs between them, numbers
// among them, and the signs at its ends that belong to it. mixed reports a
// hashtag or handle that goes on in Arabic.
func foreign(text string, i, floor int) (start, end int, mixed bool) {
	start, end = i, i
	address := isAddress(text[i:])
	spaced := false // white space stands between end and k
	for k := i; k < len(text); {
		r, size := utf8.DecodeRuneInString(text[k:])
		switch {
		case r >= '0' && r <= '9':
			stop := digitsEnd(text, k)
			if !spaced || goesOn(text[stop:]) {
				end, spaced = stop, false
			}
			k = stop
		case leftToRight(r), unicode.Is(unicode.Mn, r) && !rightToLeft(r) && k == end:
			k += size
			end, spaced = k, false
		case rightToLeft(r):
			k = len(text)
		case address && (r == '/' || r == '=' || r == '%' || r == '#' || r == '&' || r == '_' || r == '~' || r == '-') && k == end:
			k += size
			end = k
		case address && unicode.IsSpace(r), breaksPhrase(r):
			k = len(text)
		default:
			spaced = spaced || unicode.IsSpace(r)
			k += size
		}
	}
	// A bracket is part of the phrase when its partner is.
	for range 2 {
		if r, size := utf8.DecodeRuneInString(text[end:]); size > 0 {
			if p := strings.IndexRune(")]", r); p >= 0 && strings.Count(text[start:end], "(["[p:p+1]) > strings.Count(text[start:end], ")]"[p:p+1]) {
				end += size
			}
		}
	}
	if !address {
		end = trailing(text, end)
	}
	for start > floor {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if strings.ContainsRune("#@$€£+.", r) && (start-size == floor || !isWordRune(lastRune(text[:start-size]))) {
			start -= size
			continue
		}
		break
	}
	if tag := text[start]; (tag == '#' || tag == '@') && end < len(text) && (text[end] == '_' || isWordRune(first(text[end:]))) {
		for end < len(text) {
			r, size := utf8.DecodeRuneInString(text[end:])
			if r != '_' && !isWordRune(r) {
				break
			}
			end += size
		}
		return start, end, true
	}
	return start, end, false
}

// digitsEnd gives the end of the number at k.
func digitsEnd(text string, k int) int {
	for k < len(text) && (isASCIIDigit(text[k]) || k+1 < len(text) && (text[k] == '.' || text[k] == ',') && isASCIIDigit(text[k+1])) {
		k++
	}
	return k
}

// goesOn reports whether the number before rest stands inside the phrase or
// ends it: «Boeing 737 MAX», «iPhone 15،». Before an Arabic word it counts that
// word («على Telegram 15 رسالة») and stays outside.
func goesOn(rest string) bool {
	for i, r := range rest {
		if r != ' ' {
			return i == 0 || i < 8 && leftToRight(r)
		}
	}
	return true
}

// breaksPhrase reports the signs that end a foreign phrase: Arabic punctuation
// and the quotation marks that Arabic text puts around and between phrases.
func breaksPhrase(r rune) bool {
	return strings.ContainsRune("«»“”\"،؛؟…؍٪\n\r\t|•", r)
}

// trailing extends a phrase by the signs that are part of its last word:
// «Telegram!», «Who?», «C++», «C#», «100%», «Inc.», «U.S.».
func trailing(text string, end int) int {
	for end < len(text) {
		switch c := text[end]; {
		case c == '!' || c == '?' || c == '%' || c == '+' || c == '#':
			end++
			continue
		case c == '.' && end >= 3 && text[end-2] == '.' && leftToRight(rune(text[end-1])):
			end++
			continue
		case c == '.' && end >= 3 && end+1 < len(text):
			switch strings.ToLower(text[max(0, end-4):end]) {
			case " inc", " ltd", "corp":
				end++
				continue
			}
		}
		break
	}
	return end
}

// isAddress reports whether a URL, a domain with a path or a mail address
// begins s: in those, signs are letters.
func isAddress(s string) bool {
	word := s
	if i := strings.IndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || rightToLeft(r) || breaksPhrase(r) }); i >= 0 {
		word = s[:i]
	}
	if strings.Contains(word, "://") || strings.HasPrefix(word, "www.") {
		return true
	}
	if at := strings.IndexByte(word, '@'); at > 0 && strings.Contains(word[at:], ".") {
		return true
	}
	slash := strings.IndexByte(word, '/')
	return slash > 0 && strings.Contains(word[:slash], ".")
}
