package search

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"warraq/internal/arabic"
)

// This file is the analysis of words, written a second time in js/analysis.js.
// testdata/vectors.txt holds what both must give.

// maxWord bounds a word: longer ones are the debris of URLs and encodings.
const maxWord = 32

// nextWord gives the next word of a text, as arabic.NextWord does, and a number
// whose thousands are parted as one: «1,550», «١٬٥٥٠».
func nextWord(s string, i int) (start, end int) {
	start, end = arabic.NextWord(s, i)
	if n := digits(s[start:end]); n < 1 || n > 3 {
		return start, end
	}
	for {
		sep := separator(s[end:])
		from, to := arabic.NextWord(s, end+sep)
		if sep == 0 || from != end+sep || digits(s[from:to]) != 3 {
			return start, end
		}
		end = to
	}
}

// wordsOf gives the words of a text, as nextWord does.
func wordsOf(s string) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for i := 0; ; {
			start, end := nextWord(s, i)
			if start == end || !yield(start, end) {
				return
			}
			i = end
		}
	}
}

// digits counts the digits of a word of nothing else, and is 0 for others.
func digits(word string) int {
	n := 0
	for _, r := range word {
		if !unicode.Is(unicode.Nd, r) {
			return 0
		}
		n++
	}
	return n
}

// separator gives the length of a mark between thousands at the beginning of s.
func separator(s string) int {
	for _, mark := range [...]string{",", "٬"} {
		if strings.HasPrefix(s, mark) {
			return len(mark)
		}
	}
	return 0
}

var ungrouped = strings.NewReplacer(",", "", "٬", "")

// questionWords stand in what readers ask («متى سقط») and carry no subject.
const questionWords = `متى ومتى أين اين وأين واين كيف وكيف لماذا ولماذا كم وكم بكم وهل فهل وماذا بماذا لمن ماهو ماهي`

// stopWords are not indexed, and no query asks for them. Spelled as isStop compares.
var stopWords = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range append(arabic.StopWords(), strings.Fields(questionWords)...) {
		set[w] = true
	}
	return set
}()

// isStop is asked before folding, which makes «على» and the name «علي» equal.
func isStop(word string) bool {
	if len(word) > maxWord {
		return false
	}
	var buf [2 * maxWord]byte
	return stopWords[string(arabic.AppendFoldCodePoints(buf[:0], word))]
}

// likeStop are the stop words as they look after folding: «علي» may be «على»
// without its dots taken off.
var likeStop = func() map[string]bool {
	set := map[string]bool{}
	for w := range stopWords {
		set[arabic.Fold(w)] = true
	}
	return set
}()

// segments divides a folded word where digits meet letters («و2024», «f16»)
// and where folding parted it («ﷺ» is four words), drops leading zeros, marks
// between thousands and an alef written twice («السوداان»), and calls add for
// each part worth indexing.
func segments(folded string, add func(string)) {
	folded = ungrouped.Replace(folded)
	for strings.Contains(folded, "اا") {
		folded = strings.ReplaceAll(folded, "اا", "ا")
	}
	for start, end := range arabic.Words(folded) {
		for word := folded[start:end]; word != ""; {
			number := isDigit(word[0])
			n := 0
			for n < len(word) && isDigit(word[n]) == number {
				n++
			}
			part := word[:n]
			word = word[n:]
			for number && len(part) > 1 && part[0] == '0' {
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
	"قوات":   "قوا",   // قوّات، قوّاتها، قوّة، قوّتها
	"قوه":    "قوا",
	"قوت":    "قوا",
	"قضايا":  "قضي",
	"هدايا":  "هدي",
	"ضحايا":  "ضحي",
	"شظايا":  "شظي",
	"خلايا":  "خلي",
	"امم":    "امه",
	"اوامر":  "امر",
	"ادوات":  "ادا", // أداة
	"امهات":  "ام",
	"اخوات":  "اخت",
	"اخوان":  "اخ",
	"اخوه":   "اخ",
	"غاء":    "الغ", // إلغاء، ألغى، ألغت، تلغي: their أل is no article
	"غي":     "الغ",
	"غت":     "الغ",
	"تلغ":    "الغ",
	"يلغ":    "الغ",
	"ستلغ":   "الغ",
	"سيلغ":   "الغ",
	"قاء":    "الق", // إلقاء، ألقى، ألقت
	"قي":     "الق",
	"قت":     "الق",
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

// keyOf gives the variant key: the skeleton, which is the consonants with doubled
// ones written once («حقوق», «حق»), without one leading particle ب ل ك
// ف, so that «بروسيا» stands beside «روسيا» in the lexicon (the particle و is no
// consonant and gone already), without the ن of duals and plurals («برجان»), and
// without a feminine ending, so that «حصة» stands beside «حصص».
func keyOf(term string) string { return skeletonLess(term, 4, anyEndings) }

// nearKey gives what variants of one word share: the skeleton, less a feminine
// ending («لغة», «لغات»).
func nearKey(term string) string { return skeletonLess(term, len(term), feminine) }

// beginKey gives what the variant keys of all words begin with that begin so.
func beginKey(begin string) string {
	if isArabic(begin) && consonants(begin) == "" {
		return "" // any consonant may follow
	}
	return skeletonLess(begin, 2, anyEndings)
}

// Endings to take off, one of each group.
var (
	feminine   = [][]string{{"ه", "ت"}}
	anyEndings = [][]string{{"ن"}, {"ه", "ت"}}
)

// skeletonLess gives a skeleton without a leading particle, where it keeps
// least bytes, and without endings, where it keeps two consonants. They go
// before sounds are made equal: the ط of «سقوط» is no ending.
func skeletonLess(term string, least int, endings [][]string) string {
	if !isArabic(term) {
		return term
	}
	s := singly(consonants(term))
	for _, p := range [...]string{"ب", "ل", "ك", "ف"} {
		if rest, ok := strings.CutPrefix(s, p); ok && len(rest) >= least {
			s = rest
			break
		}
	}
	for _, group := range endings {
		for _, e := range group {
			if rest, ok := strings.CutSuffix(s, e); ok && len(rest) >= 4 {
				s = rest
				break
			}
		}
	}
	if s = singly(arabic.Skeleton(s)); s == "" { // only long vowels: the word stands for itself
		return term
	}
	return s
}

// singly writes doubled consonants once, unless one would be all («باب»).
func singly(s string) string {
	if out := once(s); len(out) >= 4 {
		return out
	}
	return s
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

// consonants drops the long vowels and hamzas of a stem.
func consonants(stem string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("اويءئؤأإآى", r) {
			return -1
		}
		return r
	}, stem)
}
