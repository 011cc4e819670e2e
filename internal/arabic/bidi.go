package arabic

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Isolation. The Unicode bidirectional algorithm orders Arabic text with
// foreign words by itself, and gets wrong what stands at the border: the «!»
// of «Telegram!», the plus of a telephone number, a number after a Latin name,
// a range of years. AppendRuns parts a text so that whoever writes it (HTML,
// feeds, plain text) can isolate each such phrase; it neither escapes nor tags.
// Rules and their checks in a browser: W3C alreq, and docs on typography.

// Dir says how a Run must be isolated.
type Dir uint8

// The kinds of runs.
const (
	Plain Dir = iota // follows the direction of the text around it
	LTR              // isolate, left to right
	Auto             // isolate, direction by its first strong letter (a mixed hashtag)
	Range            // Plain, but write U+061C before it: «2015-2024» then reads from the right
)

// Run is a part of a text. The texts of all runs together are the text.
type Run struct {
	Text string
	Dir  Dir
	Lang string // BCP 47, "" where the script does not tell
}

// NeedsIsolation reports whether AppendRuns would give more than one plain run
// for text, or might.
func NeedsIsolation(text string) bool {
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c >= 0xD8 && c <= 0xDF: // Arabic
			i += 2
		case c < utf8.RuneSelf:
			if lone[c] {
				return true
			}
			i++
		default:
			r, size := utf8.DecodeRuneInString(text[i:])
			if unicode.IsLetter(r) && !rightToLeft(r) || r == '–' {
				return true
			}
			i += size
		}
	}
	return false
}

// lone holds the ASCII characters that may begin or make a foreign phrase: the
// letters, and the signs inside numbers that are not plain numbers.
var lone = func() (t [utf8.RuneSelf]bool) {
	for c := range t {
		t[c] = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '-' || c == '+'
	}
	return t
}()

// AppendRuns appends the runs of text to dst.
func AppendRuns(dst []Run, text string) []Run {
	if !NeedsIsolation(text) {
		if text != "" {
			dst = append(dst, Run{Text: text})
		}
		return dst
	}
	plain := 0 // where the plain run under way begins
	for i := 0; i < len(text); {
		start, end, dir, lang := phraseAt(text, i, plain)
		if end <= i {
			_, size := utf8.DecodeRuneInString(text[i:])
			i += size
			continue
		}
		if start > plain {
			dst = append(dst, Run{Text: text[plain:start]})
		}
		dst = append(dst, Run{text[start:end], dir, lang})
		plain, i = end, end
	}
	if plain < len(text) {
		dst = append(dst, Run{Text: text[plain:]})
	}
	return dst
}

// IsolatePlain gives text with its runs isolated by control characters, for
// places without markup: <title>, attributes, feeds' plain text.
func IsolatePlain(text string) string {
	if !NeedsIsolation(text) {
		return text
	}
	runs := AppendRuns(nil, text)
	if len(runs) == 1 && runs[0].Dir == Plain {
		return text
	}
	var b strings.Builder
	for _, r := range runs {
		switch r.Dir {
		case LTR:
			b.WriteString("\u2066" + r.Text + "\u2069")
		case Auto:
			b.WriteString("\u2068" + r.Text + "\u2069")
		case Range:
			b.WriteString("\u061c" + r.Text)
		default:
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

// phraseAt looks for a phrase that begins at i. Its start may lie before i, not
// before floor, where a sign belongs to it («#», «@», «$», «(»). No phrase: end
// is i.
func phraseAt(text string, i, floor int) (start, end int, dir Dir, lang string) {
	c := text[i]
	switch {
	case c >= '0' && c <= '9':
		return number(text, i, floor)
	case c == '+' || c == '-':
		if i+1 < len(text) && isASCIIDigit(text[i+1]) && (i == 0 || !isWordRune(lastRune(text[:i]))) {
			end = telephone(text, i+1)
			return i, end, LTR, ""
		}
		return i, i, Plain, ""
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	if !leftToRight(r) {
		return i, i, Plain, ""
	}
	start, end, mixed := foreign(text, i, floor)
	if mixed {
		return start, end, Auto, ""
	}
	return start, end, LTR, language(text[start:end])
}

// number handles the numbers that are not shown right on their own: ISO dates
// and telephone numbers (isolated), ranges and hyphened dates (marked). A
// number glued to a letter is part of that word.
func number(text string, i, floor int) (start, end int, dir Dir, lang string) {
	if before := lastRune(text[:i]); i > floor && (isASCIIDigit(text[i-1]) || leftToRight(before) && before != utf8.RuneError) {
		return i, i, Plain, ""
	}
	end = i
	for end < len(text) && isASCIIDigit(text[end]) {
		end++
	}
	first := end - i
	if end < len(text) {
		if r, _ := utf8.DecodeRuneInString(text[end:]); leftToRight(r) { // «4K», «5G», «24th»
			start, stop, mixed := foreign(text, i, floor)
			if mixed {
				return start, stop, Auto, ""
			}
			return start, stop, LTR, language(text[start:stop])
		}
	}
	groups, hyphens := 1, 0
	parts := [4]int{first}
	for k := end; k < len(text) && groups < 8; {
		sep := 0
		switch {
		case text[k] == '-':
			sep = 1
			hyphens++
		case strings.HasPrefix(text[k:], "–"):
			sep = 3
			hyphens++
		}
		if sep == 0 || k+sep >= len(text) || !isASCIIDigit(text[k+sep]) {
			break
		}
		n := k + sep
		for n < len(text) && isASCIIDigit(text[n]) {
			n++
		}
		if groups < len(parts) {
			parts[groups] = n - k - sep
		}
		groups++
		k, end = n, n
	}
	switch {
	case groups == 3 && parts == [4]int{4, 2, 2}: // ISO date, with its time
		return i, isoTime(text, end), LTR, ""
	case groups == 2 && parts[0] == 4 && parts[1] == 2 && text[i+5] == '0': // «2024-05»
		return i, end, LTR, ""
	case groups >= 4, groups == 3 && parts[0] <= 4 && parts[1] >= 3, first >= 2 && text[i] == '0' && text[i+1] == '0' && first+end-i > 9:
		return i, end, LTR, "" // telephone numbers, ISBN
	case groups >= 2:
		return i, end, Range, ""
	}
	return i, i, Plain, ""
}

// isoTime extends an ISO date that ends at end by «T10:41:00Z».
func isoTime(text string, end int) int {
	if end+1 >= len(text) || text[end] != 'T' || !isASCIIDigit(text[end+1]) {
		return end
	}
	for end++; end < len(text); end++ {
		if c := text[end]; !isASCIIDigit(c) && c != ':' && c != '+' && c != '-' && c != 'Z' && (c != '.' || end+1 == len(text) || !isASCIIDigit(text[end+1])) {
			break
		}
	}
	return end
}

// telephone extends a signed number by the groups of a telephone number:
// «+7 (495) 123-45-67».
func telephone(text string, i int) int {
	end, open := i, 0
	for k := i; k < len(text); k++ {
		switch c := text[k]; {
		case isASCIIDigit(c):
			end = k + 1
		case k > i+40: // no telephone number
			return end
		case c == ')' && open > 0:
			end, open = k+1, open-1
		case c == ' ' || c == '(' || c == '-' || c == '.' || c == ',':
			if k+1 < len(text) && c == text[k+1] {
				return end
			}
			if c == '(' {
				open++
			}
		default:
			return end
		}
	}
	return end
}

func isASCIIDigit(c byte) bool { return c >= '0' && c <= '9' }

func rightToLeft(r rune) bool {
	return r >= 0x590 && r < 0x8FF || r >= 0xFB1D && r < 0xFE00 || r >= 0xFE70 && r < 0xFF00 || r >= 0x10800 && r < 0x11000 || r >= 0x1E800 && r < 0x1F000
}

func leftToRight(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
	}
	return unicode.IsLetter(r) && !rightToLeft(r)
}

// language guesses the lang of a phrase from its script, only where one
// language is by far the likeliest in Arabic news.
func language(phrase string) string {
	latin, cyrillic, other := false, false, false
	for _, r := range phrase {
		switch {
		case !unicode.IsLetter(r):
		case r < utf8.RuneSelf:
			latin = true
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic = true
		default:
			other = true
		}
	}
	switch {
	case other || latin && cyrillic:
		return ""
	case cyrillic:
		return "ru"
	case latin && !strings.Contains(phrase, "/") && !strings.Contains(phrase, "@") && !strings.HasPrefix(phrase, "#"):
		return "en"
	}
	return ""
}
