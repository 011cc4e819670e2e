package search

import (
	"slices"
	"strings"

	"warraq/internal/arabic"
	"warraq/internal/editdistance"
)

// This file tells which terms may be forms of one word: behind particles,
// broken plurals and respelled names (near), verbs and their nouns (kin).
// js/analysis.js holds it a second time.

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

// exchangedParticles gives the terms of a word when its first letters are taken
// as particles and others stand in their place («بعائلاتهم», «وعائلته»).
func exchangedParticles(text string) []string {
	var forms []string
	for _, c := range clitics {
		rest, ok := strings.CutPrefix(text, c)
		if !ok || !isArabic(text) || len(rest) < 8 {
			continue
		}
		for _, other := range clitics {
			forms = append(forms, stemOf(other+rest))
		}
	}
	return forms
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
// spelling of a, or one of them is the dual, the plural or the feminine verb of
// the other («برجان», «سدان», «سقطت»).
func near(a, b string) bool {
	if a == b || !isArabic(a) || !isArabic(b) {
		return false
	}
	return slices.Contains(singulars(a), b) || slices.Contains(singulars(b), a) || alike(a, b) || inflected(a, b) || inflected(b, a)
}

// inflected reports whether b is a with an ending that stems keep, because it
// may be part of a short word («بوتين»).
func inflected(a, b string) bool {
	for _, end := range [...]string{"ان", "ين", "ون", "ت", "تان", "تين"} {
		base, ok := strings.CutSuffix(b, end)
		switch {
		case !ok || len(base) < 4 || end == "ت" && len(base) < 6:
		case base == a, !shortKey(a) && alike(a, base):
			return true
		}
	}
	return false
}

// alike reports whether two terms have one skeleton and few edits between them,
// the أ of «أبواب» not counted. Two consonants say little, so that they allow one
// edit only, and inside the word; what else their plurals do is told by patterns.
func alike(a, b string) bool {
	key := nearKey(a)
	if len(key) < 4 || key != nearKey(b) {
		return false
	}
	x, y := []rune(core(a)), []rune(core(b))
	short := shortKey(a)
	if short && (x[len(x)-1] != y[len(y)-1] || max(repeats(a), repeats(b)) == apart && min(repeats(a), repeats(b)) == never) {
		return false
	}
	within := func(x, y []rune) bool {
		if short {
			return front(x) == front(y) && editdistance.Within(x, y, 1) <= 1
		}
		return editdistance.Within(x, y, 2) <= 2
	}
	return within(x, y) || within(withoutAlef(x), withoutAlef(y))
}

// long reports whether a term has enough consonants to be known by them.
func long(term string) bool { return len(nearKey(term)) >= 8 }

// shortKey reports whether a term has two consonants only.
func shortKey(term string) bool { return len(nearKey(term)) <= 4 }

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
		if singular, ok := irregular[rest]; ok && singular == a || len(rest) >= 8 && near(a, rest) || len(rest) >= 6 && inflected(rest, a) {
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
// plural, or the verbal noun.
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
	case n == 4 && (at(2, 'و') || at(2, 'ا')) && r[1] == r[3]: // حقوق، شباب، ضفاف
		return []string{string(r[:2]), string(r[0]) + "ا" + string(r[1]), string(r[:2]) + "ه"}
	case n == 5 && at(1, 'ي') && at(3, 'ا') && at(4, 'ن'): // تيجان، حيتان
		return []string{string(r[0]) + "ا" + string(r[2]), string(r[0]) + "و" + string(r[2])}
	case n == 4 && at(2, 'و') && at(3, 'ء'): // لجوء
		return []string{string(r[:2]) + "ا"}
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

// kin reports whether a and b may be forms of one verb: past and imperfect
// («هبط», «سيهبط»), verbal noun («تصفيق», «صفق»), participle («متبادل», «تبادل»).
// Two plain nouns are no kin: near compares those.
func kin(a, b []form) bool {
	for _, x := range a {
		for _, y := range b {
			if x.root == y.root && x.pattern == y.pattern && (x.derived || y.derived) {
				return true
			}
		}
	}
	return false
}

// form is one reading of a term as a form of a root.
type form struct {
	pattern byte
	root    string // its consonants
	derived bool   // a letter of the form was taken off
}

// Patterns that keep more than the consonants.
const (
	plain     = iota // three consonants or more, whatever stands between them
	doubled          // «تجميد», «مجمد»
	reaching         // «مغادرة», «غادر», «صودر»
	weak             // «إجلاء», «تجلي»
	reflexive        // «محتج», «يحتج»
)

// formsOf gives the readings of a term.
func formsOf(term string) []form {
	if !isArabic(term) {
		return nil
	}
	var forms []form
	r := []rune(term)
	for range 3 { // «و» and «س» of «وسيهبط»
		forms = appendForms(forms, r)
		if len(r) > 3 && r[len(r)-1] == 'ت' { // «غادرت»
			forms = appendForms(forms, r[:len(r)-1])
		}
		if len(r) < 5 || !strings.ContainsRune("وفبلكس", r[0]) {
			break
		}
		r = r[1:]
	}
	return forms
}

func appendForms(forms []form, r []rune) []form {
	add := func(pattern byte, root []rune, least int, derived bool) {
		s := once(arabic.Skeleton(string(root)))
		if len(s) >= 2*least {
			forms = append(forms, form{pattern, s, derived})
		}
	}
	vowel := func(i int) bool { return strings.ContainsRune("اويء", r[i]) }
	n := len(r)
	imperfect := strings.ContainsRune("يتن", r[0])
	add(plain, r, 3, false)
	if imperfect && n >= 4 {
		add(plain, r[1:], 3, true)
	}
	if r[0] == 'م' {
		add(plain, r[1:], 4, true)
	}
	switch {
	case n == 5 && r[0] == 'ت' && r[3] == 'ي' && !vowel(1) && !vowel(2) && !vowel(4):
		add(plain, r[1:], 3, true)
		add(doubled, r[1:], 3, true)
	case n == 4 && r[0] == 'م':
		add(doubled, r[1:], 3, false)
	}
	if k := n - 4; k == 0 || k == 1 && (imperfect || r[0] == 'م') { // غادر، يغادر، مغادر
		if (r[k+1] == 'ا' || r[k+1] == 'و') && !vowel(k) && !vowel(k+2) && !vowel(k+3) {
			add(reaching, r[k:], 3, k == 1 && r[0] == 'م')
		}
	}
	switch {
	case n == 5 && r[0] == 'ا' && r[3] == 'ا' && r[4] == 'ء':
		add(weak, r[1:3], 2, true)
	case n == 3 && (imperfect || r[0] == 'ا'):
		add(weak, r[1:], 2, false)
	}
	if n >= 4 && strings.ContainsRune("ايتنم", r[0]) && r[2] == 'ت' && !vowel(1) {
		if root := append([]rune{r[1]}, r[3:]...); len(arabic.Skeleton(string(root))) == 4 {
			add(reflexive, root, 2, r[0] == 'م' || imperfect)
		}
	}
	return forms
}

// kinKeys gives the variant keys under which forms of the same root stand.
func kinKeys(forms []form) []string {
	var keys []string
	for _, f := range forms {
		for _, before := range [...]string{"", "ت", "م", "س"} {
			if k := keyOf(before + f.root); f.pattern == plain && !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
	}
	return keys
}
