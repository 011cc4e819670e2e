package search

import (
	"slices"
	"unicode/utf8"

	"warraq/internal/arabic"
)

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
	if isDigit(text[0]) {
		return
	}
	misheard(r, add)
	if len(r) < least {
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
		// «بيانو» is no «بيان», «أنقرة» no «أقر»: a short word may only have a letter twice.
		if len(r) > 5 || i > 0 && r[i] == r[i-1] || i < 4 && stemLength(append(append(x[:0], r[:i]...), r[i+1:]...)) > 3 {
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

// soundAlike are letters that are mistaken for each other in writing; of short
// words, «الهنذ», «البلذي», only these, because so many others are one edit away.
// The first two pairs are mistaken in any word of three letters, the others in four.
var soundAlike = [...]string{"دذ", "ضظ", "سص", "تط", "تث", "سث", "ذز", "دض"}

func misheard(r []rune, add func(term string)) {
	pairs := soundAlike[:]
	switch {
	case len(r) < 3:
		return
	case len(r) == 3:
		pairs = pairs[:2]
	}
	for i := range r {
		for _, pair := range pairs {
			a, size := utf8.DecodeRuneInString(pair)
			b, _ := utf8.DecodeRuneInString(pair[size:])
			x := slices.Clone(r)
			switch r[i] {
			case a:
				x[i] = b
			case b:
				x[i] = a
			default:
				continue
			}
			add(stemOf(string(x)))
		}
	}
}

func stemLength(word []rune) int { return utf8.RuneCountInString(stemOf(string(word))) }
