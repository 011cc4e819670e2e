package search

import (
	"strings"
	"unicode/utf8"

	"warraq/internal/arabic"
	"warraq/internal/editdistance"
)

// This file is the analysis of words, written a second time in js/analysis.js.
// testdata/vectors.txt holds what both must give.

// maxWord bounds a word: longer ones are the debris of URLs and encodings.
const maxWord = 32

// segments divides a folded word where digits meet letters («و2024», «f16»)
// and where folding parted it («ﷺ» is four words), drops leading zeros, and
// calls add for each part worth indexing.
func segments(folded string, add func(string)) {
	for start, end := range arabic.Words(folded) {
		for word := folded[start:end]; word != ""; {
			digits := isDigit(word[0])
			n := 0
			for n < len(word) && isDigit(word[n]) == digits {
				n++
			}
			part := word[:n]
			word = word[n:]
			for digits && len(part) > 1 && part[0] == '0' {
				part = part[1:]
			}
			part = part[:runeOffset(part, maxWord)]
			if isArabic(part) && len(part) <= 2 { // a lone particle: «و» before digits
				continue
			}
			add(part)
		}
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isArabic reports whether a word begins with an Arabic letter (U+0600–U+07FF).
func isArabic(w string) bool { return w != "" && w[0] >= 0xD8 && w[0] <= 0xDF }

// runeOffset gives the byte offset of the n-th rune of s, len(s) when shorter.
func runeOffset(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return len(s)
}

// irregular brings words to their singular where no rule does. Keys and values are stems.
var irregular = map[string]string{
	"برامج": "برنامج",
	"اوق":   "وقت",
	"اصو":   "صوت",
	"امو":   "ميت",
	"ايام":  "يوم",
	"سنو":   "سنه",
	"سنين":  "سنه",
	"نساء":  "امرا",
	"امراه": "امرا",
	"مياه":  "ماء",
	"نواب":  "نايب",
	"اشياء": "شيء",
	"لغات":  "لغه",
	"مات":   "ميه",
	"ميات":  "ميه",
	"فيات":  "فيه",
	"جهات":  "جهه",
	"ايدي":  "يد",
	"اباء":  "اب",
	"ابناء": "ابن",
	"اراء":  "راي",
	"احياء": "حي",
	"ادو":   "دواء",
	"اسعار": "سعر",
	"امريك": "اميرك", // أمريكا، أميركا
}

// stemOf gives the term under which a segment is indexed.
func stemOf(segment string) string {
	if !isArabic(segment) {
		return segment
	}
	stem := arabic.Stem(segment)
	if singular, ok := irregular[stem]; ok {
		return singular
	}
	return stem
}

// skeletonOf gives the consonants of a stem with doubled ones written once
// («حقوق», «حق»): words with one skeleton may be variants of each other.
func skeletonOf(term string) string {
	if !isArabic(term) {
		return term
	}
	s := arabic.Skeleton(term)
	out := make([]byte, 0, len(s))
	last := rune(0)
	for _, r := range s {
		if r != last {
			out = utf8.AppendRune(out, r)
		}
		last = r
	}
	if len(out) < 4 { // one consonant, doubled («باب»): once says too little
		out = append(out[:0], s...)
	}
	if len(out) == 0 { // only long vowels: the word stands for itself
		return term
	}
	return string(out)
}

// keyOf gives the variant key of a skeleton: without one leading particle
// ب ل ك ف, so that «بروسيا» stands beside «روسيا» in the lexicon. The particle
// و is no consonant and gone already.
func keyOf(skeleton string) string {
	if rest, ok := cutParticle(skeleton); ok && len(rest) >= 4 {
		return rest
	}
	return skeleton
}

func cutParticle(s string) (rest string, ok bool) {
	for _, p := range [...]string{"ب", "ل", "ك", "ف"} {
		if rest, ok = strings.CutPrefix(s, p); ok {
			return rest, true
		}
	}
	return s, false
}

// clitics are the particles, alone and joined, that tier 2 takes off.
var clitics = [...]string{"و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل"}

// behindParticles gives the terms of a word behind each particle. They are not
// always particle + term: endings go from longer words that stay on shorter
// ones («طهران», «لطهران»).
func behindParticles(text string) []string {
	if !isArabic(text) {
		return nil
	}
	bare := arabic.TrimArticle(text)
	forms := make([]string, len(clitics))
	for i, c := range clitics {
		forms[i] = stemOf(c + bare)
	}
	return forms
}

// withoutParticles gives the terms of a word when its first letters are taken
// as particles.
func withoutParticles(text string) []string {
	var forms []string
	for _, c := range clitics {
		if rest, ok := strings.CutPrefix(text, c); ok && isArabic(text) && len(rest) >= 6 {
			forms = append(forms, stemOf(rest))
		}
	}
	return forms
}

// nearKey gives what variants of one word share: the skeleton, less a final
// ه or ت that is the feminine ending of a short word («لغة», «لغات»).
func nearKey(skeleton string) string {
	for _, end := range [...]string{"ه", "ت"} {
		if rest, ok := strings.CutSuffix(skeleton, end); ok && len(rest) >= 4 {
			return rest
		}
	}
	return skeleton
}

// core gives a term without the endings of «علماء», «سنة».
func core(term string) string {
	for _, end := range [...]string{"اء", "ا", "ه", "ي", "ء"} {
		if rest, ok := strings.CutSuffix(term, end); ok && len(rest) >= 4 {
			return rest
		}
	}
	return term
}

// near reports whether b may be a broken plural, a singular or another
// spelling of a: one skeleton and few edits, the أ of «أبواب» not counted. Two
// consonants say little, so that they allow one edit only, and inside the word.
func near(a, b string) bool {
	if a == b || !isArabic(a) || !isArabic(b) {
		return false
	}
	key := nearKey(skeletonOf(a))
	if len(key) < 4 || key != nearKey(skeletonOf(b)) {
		return false
	}
	x, y := []rune(core(a)), []rune(core(b))
	limit := 2
	if len(key) == 4 {
		if limit = 1; x[len(x)-1] != y[len(y)-1] {
			return false
		}
	}
	return editdistance.Within(x, y, limit) <= limit || editdistance.Within(withoutAlef(x), withoutAlef(y), limit) <= limit
}

func withoutAlef(r []rune) []rune {
	if r[0] == 'ا' && len(r) > 3 {
		return r[1:]
	}
	return r
}

// alphabets hold the letters that a mistyped letter may have been.
const (
	arabicLetters = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"
	latinLetters  = "abcdefghijklmnopqrstuvwxyz"
)

// edits calls add for the term of every word one edit (a letter more, less,
// other, or two exchanged) from a mistyped one. Short words have too many
// neighbours: they give none, and so do edits that leave a short term, which
// an edit does by making an ending of the last letters.
func edits(text string, add func(term string)) {
	alphabet, least := latinLetters, 4
	if isArabic(text) {
		alphabet, text = arabicLetters, arabic.TrimArticle(text)
	}
	r := []rune(text)
	if len(r) < least || isDigit(text[0]) {
		return
	}
	if len(r) == 5 {
		least = 3
	}
	try := func(x []rune) {
		if term := stemOf(string(x)); utf8.RuneCountInString(term) >= least {
			add(term)
		}
	}
	x := make([]rune, 0, len(r)+1)
	for i := range r {
		try(append(append(x[:0], r[:i]...), r[i+1:]...))
		if i > 0 {
			x = append(x[:0], r...)
			x[i], x[i-1] = x[i-1], x[i]
			try(x)
		}
	}
	for _, l := range alphabet {
		for i := 0; i <= len(r); i++ {
			try(append(append(append(x[:0], r[:i]...), l), r[i:]...))
			if i < len(r) {
				x = append(x[:0], r...)
				x[i] = l
				try(x)
			}
		}
	}
}
