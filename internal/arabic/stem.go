package arabic

import "strings"

// Stem gives the light stem of one folded word: a part of the word, without
// the article (also behind و ف ب ك ل) and without the common endings. The
// rules began as those of bleve's analysis/lang/ar (Larkey's "light" family)
// and differ where those parted forms of one word:
//
//   - a bare و is not taken off («وزير» is not «زير»); search looks for it;
//   - the article goes twice where a word itself begins with ال, so that
//     «ألمانيا» and «الألمانية» meet without knowing the hamza;
//   - «لل» before a word that itself begins with ل keeps that letter;
//   - endings go until none applies, and leave three letters, or four where
//     the ending is more often part of a name («بوتين», «لبنان»).
//
// Words that are not Arabic are returned as they are.
func Stem(folded string) string {
	w := stripArticle(folded)
	for {
		n := ending(w)
		if n == 0 {
			return w
		}
		w = w[:len(w)-n]
	}
}

// TrimArticle takes only the article off a folded word, also behind particles:
// what Stem does first.
func TrimArticle(folded string) string { return stripArticle(folded) }

// Prefixes holding the article, longest first. All letters are 2 bytes.
var articlePrefixes = []string{"وبال", "فبال", "وكال", "ولل", "فلل", "وال", "بال", "كال", "فال", "لل", "ال"}

// ownLam begins words that begin with ل, as they look behind «لل» when one of
// the three ل (preposition, article, word) is not written: «للجنة», «للقاء».
var ownLam = []string{"جنه", "جان", "اجي", "اعب", "قاء", "حظ", "يبي", "غه", "واء", "بنان", "يل"}

// noArticle begins words that look as if an article stood before them.
var noArticle = []string{"وكالت", "وكالات", "والدت", "والده", "باليست", "بالست", "بالغون", "بالغين", "بالون", "كاليفور", "كالينين", "فالنتين", "فالنسي", "فالير"}

func stripArticle(w string) string {
	for _, begin := range noArticle {
		if strings.HasPrefix(w, begin) {
			return w
		}
	}
	for _, p := range articlePrefixes {
		if !strings.HasPrefix(w, p) {
			continue
		}
		rest := w[len(p):]
		if strings.HasSuffix(p, "لل") {
			for _, own := range ownLam {
				if strings.HasPrefix(rest, own) {
					return w[len(p)-2:]
				}
			}
		}
		if !letters(rest, 3) && !(p == "ال" && letters(rest, 2)) {
			return w
		}
		if strings.HasPrefix(rest, "ال") && letters(rest, 5) {
			rest = rest[4:]
		}
		return rest
	}
	return w
}

// letters reports whether w has at least n two-byte letters' worth of text.
func letters(w string, n int) bool { return len(w) >= 2*n }

// ending gives the length in bytes of the longest ending to take off w.
func ending(w string) int {
	if len(w) < 8 || len(w)%2 != 0 || w[0] < 0xD8 || w[0] > 0xD9 {
		return 0
	}
	type l = [2]byte
	at := func(i int) l { return l{w[len(w)-2*i], w[len(w)-2*i+1]} } // 1 = last
	var (
		alef, teh, heh = l{0xD8, 0xA7}, l{0xD8, 0xAA}, l{0xD9, 0x87}
		meem, noon     = l{0xD9, 0x85}, l{0xD9, 0x86}
		waw, yeh       = l{0xD9, 0x88}, l{0xD9, 0x8A}
	)
	n := len(w) / 2
	last, second := at(1), at(2)
	if n >= 6 {
		third := at(3)
		switch {
		case third == teh && second == heh && last == alef, // تها
			third == teh && second == heh && last == meem,  // تهم
			third == teh && second == noon && last == alef, // تنا
			third == heh && second == meem && last == alef, // هما
			third == teh && second == alef && last == noon, // تان
			third == teh && second == yeh && last == noon:  // تين
			return 6
		}
	}
	if n >= 5 {
		switch {
		case second == heh && last == alef, // ها
			second == teh && last == heh,  // ته
			second == waw && last == alef, // وا
			second == alef && last == teh, // ات
			second == yeh && last == heh:  // يه
			return 4
		}
	}
	if n >= 6 {
		switch {
		case last == noon && (second == alef || second == waw || second == yeh), // ان ون ين
			second == heh && last == meem,  // هم
			second == noon && last == alef: // نا
			return 4
		}
	}
	if last == heh || last == yeh || last == alef { // ه ي ا
		return 2
	}
	return 0
}

// appendSkeleton appends the consonants of a stem: long vowels and hamzas
// dropped and letters that papers use for one foreign sound made equal
// («غورباتشوف», «جورباتشوف»). Broken plurals share it with their singular
// («كتاب», «كتب»), and so do words that are no kin («عراق», «عرق»): it is for
// finding near results, never for deciding that two words are one.
func appendSkeleton(dst []byte, stem string) []byte {
	for i := 0; i < len(stem); {
		c := stem[i]
		if c != 0xD8 && c != 0xD9 || i+1 == len(stem) {
			dst = append(dst, c)
			i++
			continue
		}
		switch r := rune(c&0x1F)<<6 | rune(stem[i+1]&0x3F); r {
		case 'ا', 'و', 'ي', 'ء', 'ئ', 'ؤ', 'أ', 'إ', 'آ', 'ى':
		case 'ز':
			dst = append(dst, "س"...)
		case 'غ':
			dst = append(dst, "ج"...)
		case 'ط':
			dst = append(dst, "ت"...)
		default:
			dst = append(dst, c, stem[i+1])
		}
		i += 2
	}
	return dst
}

// Skeleton gives the consonants of a stem as a string; see appendSkeleton.
func Skeleton(stem string) string {
	var buf [64]byte
	return string(appendSkeleton(buf[:0], stem))
}
