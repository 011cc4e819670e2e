package dates

import (
	"strings"
	"time"

	"warraq/internal/arabic"
)

// class is the part a word may play in a date.
type class uint8

const (
	other      class = iota // any other word
	end                     // no word: the text is over
	number                  // digits
	month                   // value 1–12
	twoWord                 // first word of a two-word month: «كانون», «تشرين»
	hijriMonth              // value 1–12
	hijriTwo                // first word of a two-word Hijri month: «ربيع», «جمادى», «ذو»
	hijriLast               // «القعدة», «الحجة»: value 11, 12
	weekday                 // value 0–6, Sunday first
	today                   // «اليوم»
	yesterday               // «أمس»
	tomorrow                // «غدا»
	lastNight               // «الليلة» of «الليلة الماضية»
	unit                    // value how many: «يوم» 1, «يومين» 2, «أيام» 0
	dayPart                 // «صباح», «مساء»
	ago                     // «قبل», «منذ»
	before                  // «في», «خلال»: a date may follow
	edge                    // «مطلع», «أواخر»: a month or year may follow
	this                    // «هذا»
	past                    // «الماضي»
	future                  // «المقبل»
	current                 // «الجاري»
	first                   // «أول» of «أول أمس»; an ordinal too
	ordinal                 // value 1–30: «السابع», «العشرين»
	ten                     // «عشر» of «الثاني عشر»
	tens                    // value 20, 30: «والعشرين»
	from                    // «من»
	cardinal                // value: «ثلاثة»
	half                    // «ونصف»
	common                  // «ميلادي», «م»
	hegira                  // «هجري», «هـ»
	matching                // «الموافق»
	suffix                  // st nd rd th
	clock                   // «الساعة»
	noWeekday               // before a weekday: it recurs or is a name («كل», «سوق»)
	noToday                 // before «اليوم»: a name («روسيا اليوم»)
	vague                   // «نحو», «أكثر»: the count that follows is no date
	after2                  // «بعد» of «بعد غد»
	named                   // before a day without a year: its name («ثورة 25 يناير»)
	notDay                  // after a weekday: a name («الجمعة العظيمة»)
)

// lexeme is what the lexicon knows of a word.
type lexeme struct {
	class class
	value uint8
	unit  Unit
	flags uint8
	skip  uint8 // bytes of the particle joined in front: و ف ب ل
}

const (
	definite uint8 = 1 << iota // begins with ال
	weak                       // also an ordinary word or name: needs more around it
	inside                     // says «في»: a bare month or year may follow; or the joined ب, ل
	since                      // «منذ»
	latin                      // English
	night                      // «ليل»
	lone                       // counts minutes
	bound                      // «قبل», «بعد», «حتى»
)

// begins reports a class with which parse reads on.
func (c class) begins() bool {
	switch c {
	case number, month, twoWord, weekday, today, yesterday, tomorrow, first, after2, lastNight, ordinal, unit, dayPart, ago, this, edge:
		return true
	}
	return false
}

// Opens reports whether a date may begin with, or inside, a folded word.
func Opens(folded string) bool {
	return lexicon[folded].class.begins() || strings.ContainsAny(folded, "0123456789")
}

// lexicon maps folded words, with the particles that join them.
var lexicon = buildLexicon()

func buildLexicon() map[string]lexeme {
	words := map[string]lexeme{}
	// add gives words to the lexicon; joined says which particles they take.
	add := func(l lexeme, joined string, list ...string) {
		for _, w := range list {
			w = arabic.Fold(w)
			m := l
			if strings.HasPrefix(w, "ال") {
				m.flags |= definite
			}
			words[w] = m
			for _, p := range strings.Fields(joined) {
				v := p + w
				if strings.HasSuffix(p, "ل") && m.flags&definite != 0 {
					v = p + "ل" + strings.TrimPrefix(w, "ال")
				}
				if _, taken := words[v]; taken {
					continue
				}
				m := m
				m.skip = uint8(len(p))
				if strings.HasSuffix(p, "ب") || strings.HasSuffix(p, "ل") {
					m.flags |= inside
				}
				words[v] = m
			}
		}
	}
	const all, conj = "و ف ب ل وب ول", "و ف"

	for i, set := range [12][]string{
		{"يناير", "جانفي", "ينايير"}, {"فبراير", "شباط", "فيفري", "فبراير"}, {}, {"أبريل", "إبريل", "أفريل"}, {"أيار"},
		{"يونيو", "يونيه", "حزيران"}, {"يوليو", "يوليه", "تموز", "جويلية", "يوليوز"}, {"أغسطس", "غشت", "أغشت"},
		{"سبتمبر", "أيلول", "شتنبر", "شتمبر"}, {"أكتوبر", "اوكتوبر"}, {"نوفمبر", "نونبر"}, {"ديسمبر", "دجنبر", "دجمبر"},
	} {
		add(lexeme{class: month, value: uint8(i + 1)}, all, set...)
	}
	for i, set := range [12][]string{2: {"مارس", "آذار"}, 3: {"نيسان"}, 4: {"مايو", "ماي"}, 5: {"جوان"}, 7: {"آب", "أوت"}} {
		add(lexeme{class: month, value: uint8(i + 1), flags: weak}, "", set...)
	}
	// What is left of Persian pages: the Gregorian months in their French dress.
	for i, set := range [12][]string{{"ژانویه"}, {"فوریه"}, {}, {"آوریل"}, {}, {"ژوئن"}, {"ژوئیه"}, {}, {"سپتامبر"}, {"اکتبر"}, {"نوامبر"}, {"دسامبر"}} {
		add(lexeme{class: month, value: uint8(i + 1), flags: weak}, "", set...)
	}
	for _, w := range []string{"آذار", "نيسان", "مايو"} {
		v := words[arabic.Fold(w)].value
		add(lexeme{class: month, value: v, flags: weak}, all, w)
	}
	for i, name := range english {
		add(lexeme{class: month, value: uint8(i + 1), flags: weak | latin}, "", name, name[:3])
	}
	add(lexeme{class: month, value: 9, flags: weak | latin}, "", "sept")
	add(lexeme{class: twoWord, value: 12}, all, "كانون") // value: month of «الأول», the other is one further
	add(lexeme{class: twoWord, value: 10}, all, "تشرين")

	for i, set := range [12][]string{{"محرم", "المحرم"}, {"صفر"}, 6: {"رجب"}, 7: {"شعبان"}, 8: {"رمضان"}, 9: {"شوال"}} {
		add(lexeme{class: hijriMonth, value: uint8(i + 1)}, "", set...)
	}
	add(lexeme{class: hijriTwo, value: 3}, "", "ربيع")
	add(lexeme{class: hijriTwo, value: 5}, "", "جمادى", "جماد")
	add(lexeme{class: hijriTwo, value: 11}, "", "ذو", "ذي")
	add(lexeme{class: hijriLast, value: 11}, "", "القعدة", "قعدة")
	add(lexeme{class: hijriLast, value: 12}, "", "الحجة", "حجة")

	for i, set := range [7][]string{{"الأحد"}, {"الاثنين", "الإثنين", "الاتنين"}, {"الثلاثاء", "الثلاثا", "الثلثاء"}, {"الأربعاء", "الاربعا"}, {"الخميس"}, {"الجمعة"}, {"السبت"}} {
		add(lexeme{class: weekday, value: uint8(i)}, "و ف ل ول", set...)
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		name := strings.ToLower(d.String())
		add(lexeme{class: weekday, value: uint8(d), flags: weak | latin}, "", name, name[:3])
	}
	add(lexeme{class: weekday, value: 2, flags: weak | latin}, "", "tues")
	add(lexeme{class: weekday, value: 4, flags: weak | latin}, "", "thur", "thurs")

	add(lexeme{class: today}, conj, "اليوم")
	add(lexeme{class: yesterday}, "و ف ب", "أمس", "الأمس")
	add(lexeme{class: yesterday}, conj, "البارحة")
	add(lexeme{class: tomorrow}, conj, "غدا", "غد", "الغد")
	add(lexeme{class: lastNight}, conj, "الليلة")
	add(lexeme{class: first, value: 1}, conj, "أول")
	add(lexeme{class: after2, flags: bound}, conj, "بعد")

	add(lexeme{class: unit, value: 1, unit: Days}, all, "يوم")
	add(lexeme{class: unit, value: 2, unit: Days}, "", "يومين")
	add(lexeme{class: unit, unit: Days}, conj, "أيام", "يوما")
	add(lexeme{class: unit, value: 1, unit: Hours}, "", "ساعة")
	add(lexeme{class: unit, value: 2, unit: Hours}, "", "ساعتين", "ساعتان")
	add(lexeme{class: unit, unit: Hours}, "", "ساعات")
	add(lexeme{class: unit, unit: Hours, flags: lone}, "", "دقيقة", "دقيقتين", "دقائق")
	add(lexeme{class: unit, value: 1, unit: Weeks}, "", "أسبوع", "الأسبوع")
	add(lexeme{class: unit, value: 2, unit: Weeks}, "", "أسبوعين")
	add(lexeme{class: unit, unit: Weeks}, "", "أسابيع")
	add(lexeme{class: unit, value: 1, unit: Months}, all, "شهر", "الشهر")
	add(lexeme{class: unit, value: 2, unit: Months}, "", "شهرين")
	add(lexeme{class: unit, unit: Months}, "", "أشهر", "شهور")
	add(lexeme{class: unit, value: 1, unit: Years}, all, "عام", "العام", "سنة", "السنة")
	add(lexeme{class: unit, value: 2, unit: Years}, "", "عامين", "سنتين")
	add(lexeme{class: unit, unit: Years}, "", "أعوام", "سنوات", "عاما", "سنين")

	add(lexeme{class: dayPart}, all, "صباح", "مساء", "ظهر", "عصر", "فجر", "ظهيرة", "صبيحة", "نهار", "عشاء", "ضحى", "مغرب")
	add(lexeme{class: dayPart, flags: night}, all, "ليل", "ليلة")
	add(lexeme{class: ago, flags: bound}, conj, "قبل")
	add(lexeme{class: ago, flags: inside | since}, conj, "منذ")
	add(lexeme{class: before, flags: inside}, conj, "في", "خلال", "بحلول", "طوال")
	add(lexeme{class: before, flags: inside | bound}, conj, "حتى", "إلى")
	add(lexeme{class: edge}, all, "مطلع", "أوائل", "بداية", "منتصف", "أواسط", "أواخر", "نهاية", "ختام", "مستهل", "غضون", "أواخر")
	add(lexeme{class: this}, all, "هذا", "هذه")
	add(lexeme{class: past}, "", "الماضي", "الماضية", "الماضيين", "المنصرم", "المنصرمة", "الفائت", "الفائتة", "المنقضي")
	add(lexeme{class: future}, "", "المقبل", "المقبلة", "المقبلين", "القادمين", "القادم", "القادمة", "الآتي")
	add(lexeme{class: current}, "", "الجاري", "الجارية", "الحالي", "الحالية")
	for i, w := range []string{"الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر"} {
		add(lexeme{class: ordinal, value: uint8(i + 1)}, "و ل", w)
	}
	add(lexeme{class: ordinal, value: 1, flags: weak}, "", "الحادي")
	add(lexeme{class: ordinal, value: 1, flags: weak}, "", "الأولى")
	add(lexeme{class: ordinal, value: 2, flags: weak}, "", "ثاني", "ثان", "الثانية", "الآخر", "الآخرة", "آخر")
	add(lexeme{class: ordinal, value: 20}, "", "العشرين", "العشرون")
	add(lexeme{class: ordinal, value: 30}, "", "الثلاثين", "الثلاثون")
	words["والعشرين"] = lexeme{class: tens, value: 20}
	words["والعشرون"] = lexeme{class: tens, value: 20}
	words["والثلاثين"] = lexeme{class: tens, value: 30}
	words["والثلاثون"] = lexeme{class: tens, value: 30}
	add(lexeme{class: ten}, "", "عشر")
	for i, w := range []string{"ثلاثة ثلاث", "أربعة أربع", "خمسة خمس", "ستة ست", "سبعة سبع", "ثمانية ثماني ثمان", "تسعة تسع", "عشرة"} {
		add(lexeme{class: cardinal, value: uint8(i + 3)}, "", strings.Fields(w)...)
	}
	add(lexeme{class: half}, "", "ونصف", "ونيف", "وربع", "وبضعة", "وعدة")
	add(lexeme{class: from}, conj, "من")
	add(lexeme{class: common}, "", "م", "ميلادي", "ميلادية", "الميلادي", "للميلاد")
	add(lexeme{class: hegira}, "", "ه", "هجري", "هجرية", "الهجري", "للهجرة")
	add(lexeme{class: matching}, "", "الموافق", "الموافقة", "الموافقه", "المصادف", "موافق")
	words["ل"] = lexeme{class: matching, flags: weak}
	add(lexeme{class: suffix, flags: latin}, "", "st", "nd", "rd", "th", "of")
	add(lexeme{class: clock}, "", "الساعة", "عند", "at")
	add(lexeme{class: noWeekday}, conj, "كل", "عدد", "صحيفة", "جريدة", "وكالة", "أنباء", "مجلة", "صلاة", "خطبة", "سوق", "بين", "كلا", "كلي", "قرية", "بلدة", "منتدى", "يومي", "مدرسة", "حي", "آل")
	add(lexeme{class: noToday}, "", "روسيا", "المصري", "سوريا", "تركيا", "العراق", "لبنان", "مصر", "اليمن", "الشرق", "القدس", "فلسطين", "أخبار", "ليبيا", "الأردن", "عمان", "السعودية", "إيران", "العربي", "عربي", "تونس", "المغرب", "عالم", "العالم", "ذلك", "بنت", "أوكرانيا", "حال", "زمن", "مثل")
	add(lexeme{class: named}, all, "ثورة", "هجوم", "هجمات", "أحداث", "حرب", "عملية", "انقلاب", "حراك", "انتفاضة", "حركة", "مدينة",
		"جسر", "شارع", "ميدان", "ساحة", "جامعة", "مجزرة", "تفجيرات", "اعتداءات", "نكسة", "جماعة", "كتائب", "تحالف", "مستشفى", "قوى", "ذكرى", "معركة", "طوفان", "أزمة")
	add(lexeme{class: vague}, "", "نحو", "حوالي", "قرابة", "أكثر", "أقل", "زهاء", "بضعة", "عدة")
	add(lexeme{class: notDay}, "", "العظيمة", "الحزينة", "السوداء", "الأسود", "البيضاء", "الأبيض", "القريب", "الدامي")
	return words
}
