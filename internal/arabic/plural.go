package arabic

// Class is a plural category of CLDR for Arabic.
type Class uint8

// The six categories.
const (
	Zero  Class = iota
	One         // 1
	Two         // 2
	Few         // 3–10, 103–110 …
	Many        // 11–99, 111–199 …
	Other       // 100–102, 200–202 …
)

// String gives CLDR's name of the category.
func (c Class) String() string {
	return [...]string{"zero", "one", "two", "few", "many", "other"}[c]
}

// Plural gives the category of n by CLDR's rules for Arabic.
func Plural(n int) Class {
	if n < 0 {
		n = -n
	}
	switch n {
	case 0:
		return Zero
	case 1:
		return One
	case 2:
		return Two
	}
	switch m := n % 100; {
	case m >= 3 && m <= 10:
		return Few
	case m >= 11:
		return Many
	}
	return Other
}

// Noun is what is counted. Zero, One and Two are whole phrases, because there
// Arabic writes no digits; the others follow the number.
type Noun struct {
	Zero  string // «لا أخبار»
	One   string // «خبر واحد»
	Two   string // «خبران»
	Few   string // «أخبار»
	Many  string // «خبرًا»
	Other string // «خبر»
}

// Count says how many: «لا أخبار، خبر واحد، خبران، 3 أخبار، 11 خبرًا، 100 خبر».
func (noun Noun) Count(n int, digits string) string {
	number := FormatNumber(n, digits) + " "
	switch Plural(n) {
	case Zero:
		return noun.Zero
	case One:
		return noun.One
	case Two:
		return noun.Two
	case Few:
		return number + noun.Few
	case Many:
		return number + noun.Many
	}
	return number + noun.Other
}

// NounOf gives the forms of a noun this site counts, named by its singular.
func NounOf(singular string) (Noun, bool) {
	switch singular {
	case "خبر":
		return Noun{"لا أخبار", "خبر واحد", "خبران", "أخبار", "خبرًا", "خبر"}, true
	case "مقال":
		return Noun{"لا مقالات", "مقال واحد", "مقالان", "مقالات", "مقالًا", "مقال"}, true
	case "مادة":
		return Noun{"لا مواد", "مادة واحدة", "مادتان", "مواد", "مادة", "مادة"}, true
	case "حدث":
		return Noun{"لا أحداث", "حدث واحد", "حدثان", "أحداث", "حدثًا", "حدث"}, true
	case "مصدر":
		return Noun{"لا مصادر", "مصدر واحد", "مصدران", "مصادر", "مصدرًا", "مصدر"}, true
	case "وسم":
		return Noun{"لا وسوم", "وسم واحد", "وسمان", "وسوم", "وسمًا", "وسم"}, true
	case "موضوع":
		return Noun{"لا موضوعات", "موضوع واحد", "موضوعان", "موضوعات", "موضوعًا", "موضوع"}, true
	case "نسخة":
		return Noun{"لا نسخ", "نسخة واحدة", "نسختان", "نسخ", "نسخة", "نسخة"}, true
	case "نتيجة":
		return Noun{"لا نتائج", "نتيجة واحدة", "نتيجتان", "نتائج", "نتيجة", "نتيجة"}, true
	case "صفحة":
		return Noun{"لا صفحات", "صفحة واحدة", "صفحتان", "صفحات", "صفحة", "صفحة"}, true
	case "كلمة":
		return Noun{"لا كلمات", "كلمة واحدة", "كلمتان", "كلمات", "كلمة", "كلمة"}, true
	case "دقيقة":
		return Noun{"أقل من دقيقة", "دقيقة واحدة", "دقيقتان", "دقائق", "دقيقة", "دقيقة"}, true
	case "يوم":
		return Noun{"لا أيام", "يوم واحد", "يومان", "أيام", "يومًا", "يوم"}, true
	case "مرة":
		return Noun{"ولا مرة", "مرة واحدة", "مرتان", "مرات", "مرة", "مرة"}, true
	case "شخص":
		return Noun{"لا أشخاص", "شخص واحد", "شخصان", "أشخاص", "شخصًا", "شخص"}, true
	case "مكان":
		return Noun{"لا أماكن", "مكان واحد", "مكانان", "أماكن", "مكانًا", "مكان"}, true
	case "جهة":
		return Noun{"لا جهات", "جهة واحدة", "جهتان", "جهات", "جهة", "جهة"}, true
	}
	return Noun{}, false
}
