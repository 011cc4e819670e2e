package search

import (
	"slices"
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
			if n := joinedAt(part); n > 0 {
				add(part[:n])
				part = part[n:]
			}
			add(part)
		}
	}
}

// joinedNames are written in one word or in two («عبدالله», «عبد الله»): the
// second word begins behind the third letter. They are indexed as two.
var joinedNames = [...]string{"عبدال", "ابوظب"}

// joinedAt gives the byte offset at which a joined name is parted, 0 for other
// words. A particle may stand before it.
func joinedAt(word string) int {
	for _, name := range joinedNames {
		before, _, found := strings.Cut(word, name)
		if found && len(word) >= len(before)+len(name)+2 && (before == "" || slices.Contains(clitics[:], before)) {
			return len(before) + len("عبد")
		}
	}
	return 0
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

// irregular brings words to their singular where no rule does. Keys are stems,
// or whole words without the article whose stem says too little («ملايين»);
// values are stems.
var irregular = map[string]string{
	"برامج":  "برنامج",
	"قوان":   "قانون", // قوانين
	"موان":   "ميناء", // موانئ
	"قنو":    "قنا",   // قنوات، قناة
	"ملايين": "مليون",
	"اف":     "الف",  // آلاف
	"غام":    "لغم",  // ألغام
	"وان":    "لون",  // ألوان
	"بيو":    "بيوت", // بيوتهم
	"وجو":    "وجه",  // وجوه
	"ايم":    "امام", // أئمة
	"اوب":    "وباء", // أوبئة
	"بلدان":  "بلد",
	"نيران":  "نار",
	"جيران":  "جار",
	"فرسان":  "فارس",
	"قضبان":  "قضيب",
	"شبان":   "شاب",
	"ثوار":   "ثاير",
	"اوق":    "وقت", // أوقات
	"اصو":    "صوت", // أصوات
	"امو":    "ميت", // أموات
	"ايام":   "يوم",
	"سنو":    "سنه", // سنوات
	"سنين":   "سنه",
	"نساء":   "امرا",
	"امراه":  "امرا",
	"مياه":   "ماء",
	"ميا":    "ماء", // مياه
	"نواب":   "نايب",
	"اشياء":  "شيء",
	"لغات":   "لغه",
	"ميات":   "ميه",
	"فيات":   "فيه",
	"جهات":   "جهه",
	"ايدي":   "يد",
	"اباء":   "اب",
	"ابناء":  "ابن",
	"اراء":   "راي",
	"احياء":  "حي",
	"ادو":    "دواء", // أدوية
	"اسعار":  "سعر",
	"امريك":  "اميرك", // أمريكا، أميركا
}

// stemOf gives the term under which a segment is indexed.
func stemOf(segment string) string {
	if !isArabic(segment) {
		return segment
	}
	if singular, ok := irregular[arabic.TrimArticle(segment)]; ok {
		return singular
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
	out := once(s)
	if len(out) < 4 { // one consonant, doubled («باب»): once says too little
		out = s
	}
	if len(out) == 0 { // only long vowels: the word stands for itself
		return term
	}
	return out
}

// once writes each run of one letter as one.
func once(s string) string {
	out := make([]byte, 0, len(s))
	last := rune(0)
	for _, r := range s {
		if r != last {
			out = utf8.AppendRune(out, r)
		}
		last = r
	}
	return string(out)
}

// keyOf gives the variant key of a skeleton: without one leading particle
// ب ل ك ف, so that «بروسيا» stands beside «روسيا» in the lexicon (the particle
// و is no consonant and gone already), and without a feminine ending, so that
// «حصة» stands beside «حصص».
func keyOf(skeleton string) string {
	if rest, ok := cutParticle(skeleton); ok && len(rest) >= 4 {
		skeleton = rest
	}
	return nearKey(skeleton)
}

// beginKey gives what the variant keys of all words begin with that begin so.
func beginKey(begin string) string {
	key := skeletonOf(begin)
	if rest, ok := cutParticle(key); ok && rest != "" {
		key = rest
	}
	return nearKey(key)
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

// behindParticles gives the terms of a word behind each particle but the rare
// two of ف, whose variant keys would cost two more shards a word. They are not
// always particle + term: endings go from longer words that stay on shorter
// ones («طهران», «لطهران»).
func behindParticles(text string) []string {
	if !isArabic(text) {
		return nil
	}
	bare := arabic.TrimArticle(text)
	forms := make([]string, len(clitics)-2)
	for i := range forms {
		forms[i] = stemOf(clitics[i] + bare)
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
// consonants say little, so that they allow one edit only, and inside the word;
// what else their plurals do is told by patterns.
func near(a, b string) bool {
	if a == b || !isArabic(a) || !isArabic(b) {
		return false
	}
	key := nearKey(skeletonOf(a))
	if len(key) < 4 || key != nearKey(skeletonOf(b)) {
		return false
	}
	if slices.Contains(singulars(a), b) || slices.Contains(singulars(b), a) {
		return true
	}
	x, y := []rune(core(a)), []rune(core(b))
	short := shortKey(a)
	if short && (x[len(x)-1] != y[len(y)-1] || max(repeats(a), repeats(b)) == apart && min(repeats(a), repeats(b)) == never) {
		return false
	}
	alike := func(x, y []rune) bool {
		if short {
			return front(x) == front(y) && editdistance.Within(x, y, 1) <= 1
		}
		return editdistance.Within(x, y, 2) <= 2
	}
	return alike(x, y) || alike(withoutAlef(x), withoutAlef(y))
}

// shortKey reports whether a term has two consonants only.
func shortKey(term string) bool { return len(nearKey(skeletonOf(term))) <= 4 }

// nearBehind reports whether b may be a variant of a behind a joined particle
// («دواء», «وأدوية»).
func nearBehind(a, b string) bool {
	if !isArabic(b) {
		return false
	}
	for _, c := range clitics {
		rest, ok := strings.CutPrefix(b, c)
		if !ok {
			continue
		}
		if singular, ok := irregular[rest]; ok && singular == a || len(rest) >= 8 && near(a, rest) {
			return true
		}
	}
	return false
}

// How a term repeats a consonant.
const (
	never  = iota
	beside // «سبب», «ميسسي»
	apart  // «رصاص»
)

// repeats tells «رصاص» from what «رياض» mistyped as «رياص» may mean.
func repeats(term string) int {
	s := arabic.Skeleton(term)
	switch {
	case once(s) == s:
		return never
	case once(term) != term:
		return beside
	}
	return apart
}

// singulars gives the words of two consonants of which a term may be the broken
// plural.
func singulars(plural string) []string {
	r := []rune(plural)
	at := func(i int, letter rune) bool { return r[i] == letter }
	switch n := len(r); {
	case n == 5 && at(0, 'ا') && at(3, 'ا') && at(4, 'ء'): // أعضاء، أغنياء، أجزاء، أخطاء، أطباء
		root := string(r[1:3])
		return []string{root + "و", root + "ي", root + "ء", root + "ا", root + "ي" + string(r[2])}
	case n == 6 && at(0, 'ا') && at(3, 'ي') && at(4, 'ا') && at(5, 'ء'): // أنبياء
		return []string{string(r[1:4])}
	case n == 5 && at(0, 'ا') && at(3, 'ا') && r[2] == r[4]: // أسرار
		return []string{string(r[1:3])}
	case n == 4 && (at(2, 'و') || at(2, 'ا')) && r[1] == r[3]: // حقوق، شباب
		return []string{string(r[:2]), string(r[0]) + "ا" + string(r[1])}
	case n == 4 && at(1, 'و') && at(2, 'و'): // رؤوس
		return []string{string(r[0]) + "ا" + string(r[3])}
	case n == 5 && at(1, 'و') && at(3, 'ا') && at(4, 'ء'): // رؤساء
		return []string{string(r[0]) + "يي" + string(r[2])}
	case n == 3 && at(0, 'ا'): // أدلة، أغذية، أندية
		return []string{string(r[1:]) + "ي" + string(r[2]), string(r[1:]) + "اء", string(r[1]) + "ا" + string(r[2])}
	}
	return nil
}

// front is the first letter, a ي before it not counted («أليكسي», «ألكسي»).
func front(r []rune) rune {
	if r[0] == 'ي' && len(r) > 2 {
		return r[1]
	}
	return r[0]
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
	alphabet, least, length := latinLetters, 4, len(text)
	if isArabic(text) {
		alphabet, text = arabicLetters, arabic.TrimArticle(text)
	}
	front := 0 // behind an article no first letter is missing
	if len(text) < length {
		front = 1
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
		if i < 4 || len(r) > 5 || r[i] == r[i-1] { // «بيانو» is no «بيان»
			try(append(append(x[:0], r[:i]...), r[i+1:]...))
		}
		if i > 0 {
			x = append(x[:0], r...)
			x[i], x[i-1] = x[i-1], x[i]
			try(x)
		}
	}
	for _, l := range alphabet {
		for i := 0; i <= len(r); i++ {
			if i >= front {
				try(append(append(append(x[:0], r[:i]...), l), r[i:]...))
			}
			if i < len(r) {
				x = append(x[:0], r...)
				x[i] = l
				try(x)
			}
		}
	}
}
