package dates

import "time"

// The Gregorian months have four sets of names in the Arab press; January
// first. The dual form «ديسمبر/كانون الأول» puts the first two together.
var (
	egyptian  = [12]string{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"}
	levantine = [12]string{"كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"}
	maghrebi  = [12]string{"جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"}
	moroccan  = [12]string{"يناير", "فبراير", "مارس", "أبريل", "ماي", "يونيو", "يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"}
	english   = [12]string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

	hijriMonths = [12]string{"محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"}

	weekdays = [7]string{"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"} // Sunday first, as in package time
)

// MonthName gives the name of month 1–12 in a set of names: "dual" (and any
// other value), "levantine", "egyptian", "maghrebi" or "moroccan".
func MonthName(month int, set string) string {
	if month < 1 || month > 12 {
		return ""
	}
	m := month - 1
	switch set {
	case "levantine":
		return levantine[m]
	case "egyptian":
		return egyptian[m]
	case "maghrebi":
		return maghrebi[m]
	case "moroccan":
		return moroccan[m]
	}
	return egyptian[m] + "/" + levantine[m]
}

// weekdayName gives «الاثنين».
func weekdayName(day time.Weekday) string { return weekdays[day] }

// hijriMonthName gives the name of Hijri month 1–12.
func hijriMonthName(month int) string {
	if month < 1 || month > 12 {
		return ""
	}
	return hijriMonths[month-1]
}
