package match

import (
	"strings"

	"warraq/internal/arabic"
	"warraq/internal/archive"
	"warraq/internal/editorial"
)

// class says what a word does in a sentence, as far as telling dated events
// from plans, hopes and durations needs it.
type class uint32

const (
	past         class = 1 << iota // a verb of happening, in the past: «وصل», «شنت»
	speech                         // a verb of saying, in the past: «قال», «أكدت»
	imperfect                      // present or habit: «يعقد», «تجري»
	future                         // «سيعقد», «سوف», «لن», «المقرر»
	hypothetical                   // «إذا», «لو», «قد يـ», «يمكن»
	negation                       // «لم»
	pastShape                      // unknown, but ends like a past feminine verb: «هبطت»
	happening                      // a noun of a completed event: «سقوط», «مقتل»
	attribute                      // a noun that a date names rather than dates: «أحداث 7 أكتوبر»
	duration                       // «منذ», «طوال», «حتى»: what follows is a span
	moment                         // stands before a date without changing it: «مساء», «يوم», «في»
	firstName                      // a person's first name
	function                       // a particle: never a keyword
	dateHint                       // a word that dates are made of
	conjoined                      // behind و or ف
	adjective                      // a lone adjective is no keyword: «الروسي»
	title                          // before a person's name: «الرئيس»
	generic                        // says nothing as a keyword: «أخبار»
	heads                          // often heads a phrase: «وزارة», «حرب»
	naming                         // heads a proper name: «شركة», «مدينة»
	asking                         // a verb whose object is still to come: «دعا إلى عقد»
	preposition                    // «إلى»: what follows is a noun
	begins                         // «انقطع»: may be dated by «منذ»
	opener                         // a noun that may tell a happening at the beginning of a sentence: «دخول»
	that                           // «أن», «إن»: a clause of its own begins
)

// wordClasses reads the lexicons into one table of folded words.
func wordClasses() map[string]class {
	t := map[string]class{}
	add := func(words string, c class) {
		for _, w := range strings.Fields(words) {
			t[arabic.Fold(w)] |= c
		}
	}
	for _, w := range strings.Fields(pastVerbs) {
		for _, form := range pastForms(w) {
			t[arabic.Fold(form)] |= past
		}
	}
	for _, w := range strings.Fields(speechVerbs) {
		for _, form := range pastForms(w) {
			t[arabic.Fold(form)] |= speech
		}
	}
	for _, stem := range strings.Fields(imperfectStems) {
		for _, person := range [...]string{"ي", "ت", "ن"} {
			t[arabic.Fold(person+stem)] |= imperfect
			t[arabic.Fold("س"+person+stem)] |= future
			t[arabic.Fold(person+stem+"ون")] |= imperfect
			t[arabic.Fold("س"+person+stem+"ون")] |= future
		}
	}
	for _, w := range strings.Fields(askingVerbs) {
		for _, form := range pastForms(w) {
			t[arabic.Fold(form)] |= past | asking
		}
	}
	for _, w := range strings.Fields(beginnings) {
		for _, form := range pastForms(w) {
			t[arabic.Fold(form)] |= past | begins
		}
	}
	add(thatWords, that)
	add(prepositions, preposition)
	add(futureWords, future)
	add(hypotheticalWords, hypothetical)
	add("لم ليس ليست بدون دون", negation) // not «ما»: it is «what» more often
	add(happenings, happening|opener)
	add(openings, opener)
	add(attributes, attribute)
	add(durations, duration)
	add(moments, moment)
	add(firstNames, firstName)
	add(dateWords, dateHint)
	add(adjectives, adjective)
	add(titles, title)
	add(generics, generic)
	add(headNouns, heads)
	add(namingNouns, heads|naming)
	for _, w := range arabic.StopWords() {
		t[arabic.Fold(w)] |= function
	}
	add(functionWords, function)
	// «علي» the name folds like «على»; as a first name before a family name
	// it stays out, as a particle it is too frequent to miss.
	for _, w := range strings.Fields("على إلى علي الي") {
		t[arabic.Fold(w)] = function | preposition
	}
	// «وفي» and «وقال» are stop words of their own, which hides «في» and «قال».
	for _, w := range arabic.StopWords() {
		folded := arabic.Fold(w)
		for _, and := range [...]string{"و", "ف"} {
			if rest, ok := strings.CutPrefix(folded, and); ok && t[rest] != 0 {
				t[folded] |= t[rest] | conjoined
			}
		}
	}
	for _, w := range strings.Fields(notVerbs) {
		t[arabic.Fold(w)] &^= past | speech | imperfect | future // being listed keeps shape from guessing
	}
	return t
}

// relationalNouns end like adjectives of relation and are nouns.
var relationalNouns = func() map[string]bool {
	t := map[string]bool{}
	for _, w := range strings.Fields(nounsOfRelation) {
		t[arabic.Fold(w)] = true
	}
	return t
}()

// nisbas collects the stems whose adjectives are no keywords of their own.
func nisbas(entities []editorial.Entity) map[string]bool {
	t := map[string]bool{}
	for _, e := range entities {
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			if folded := arabic.Fold(name); e.Kind == archive.Place && !strings.Contains(folded, " ") {
				t[arabic.Stem(arabic.Stem(folded)+"ي")] = true
				t[arabic.Stem(folded)] = true
			}
		}
	}
	for _, w := range strings.Fields(commonNisbas) {
		t[arabic.Stem(arabic.Fold(w))] = true
	}
	return t
}

// pastForms gives the persons of a past verb that news uses: he, she, they
// (masculine, dual), and with an object («لقاء عقده», «بيان أصدرته»). «دعا» and
// «أنهى» lose their last letter.
func pastForms(he string) []string {
	for _, weak := range [...]string{"ى", "ا"} {
		if stem, ok := strings.CutSuffix(he, weak); ok {
			return []string{he, stem + "ت", stem + "وا", stem + "يا", stem + "تا", stem + "اه", stem + "اها", stem + "ته", stem + "تها"}
		}
	}
	if stem, ok := strings.CutSuffix(he, "ي"); ok { // «لقي», «بقي»
		return []string{he, he + "ت", stem + "وا", he + "ا"}
	}
	return []string{he, he + "ت", he + "وا", he + "ا", he + "تا", he + "ه", he + "ها", he + "ته", he + "تها"}
}

// shape guesses from the letters of a folded word that no lexicon knows.
func shape(folded string) class {
	if len(folded) < 6 || folded[0] != 0xD8 && folded[0] != 0xD9 {
		if len(folded) == 4 && folded[0] >= '1' && folded[0] <= '2' { // a year
			return dateHint
		}
		return 0
	}
	n := len(folded) / 2
	switch {
	case n >= 6 && (strings.HasSuffix(folded, "وف") || strings.HasSuffix(folded, "ييف") || strings.HasSuffix(folded, "سكي") || strings.HasSuffix(folded, "فيتش")):
		return 0 // «يفكوروف» is a surname, not a verb
	case n >= 5 && (strings.HasPrefix(folded, "سي") || strings.HasPrefix(folded, "ست") || strings.HasPrefix(folded, "سن")):
		return future
	case n >= 4 && strings.HasPrefix(folded, "ي") && !strings.HasSuffix(folded, "ا"):
		return imperfect
	case n >= 5 && strings.HasPrefix(folded, "وي") && !strings.HasSuffix(folded, "ا"):
		return imperfect | conjoined
	case n >= 4 && strings.HasSuffix(folded, "ت") && !strings.HasSuffix(folded, "ات") && !strings.HasPrefix(folded, "ال"):
		return pastShape
	case n >= 4 && derived(folded):
		return pastShape
	case strings.HasPrefix(folded, "ال") && relationalNouns[folded[4:]]:
		return 0
	case n >= 5 && strings.HasPrefix(folded, "ال") && (strings.HasSuffix(folded, "ي") || strings.HasSuffix(folded, "يه") || strings.HasSuffix(folded, "يين") || strings.HasSuffix(folded, "يون")):
		return adjective
	}
	return 0
}

// derived reports the look of a past verb of the forms with ت, ان, است («تعادل»,
// «انتعش»), which news opens sentences with. Nouns of these forms have a long
// vowel before their last letter («تصريح», «انفجار») or an ending.
func derived(folded string) bool {
	switch folded[len(folded)-4 : len(folded)-2] {
	case "ا", "ي", "و":
		return false
	}
	switch folded[len(folded)-2:] {
	case "ه", "ي", "ا", "ء":
		return false
	}
	return strings.HasPrefix(folded, "ت") || strings.HasPrefix(folded, "ان") || strings.HasPrefix(folded, "است") ||
		strings.HasPrefix(folded, "ا") && folded[4:6] == "ت"
}
