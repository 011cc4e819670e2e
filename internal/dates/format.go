package dates

import (
	"strconv"

	"warraq/internal/arabic"
	"warraq/internal/civil"
)

// Style is how a site writes dates. The zero value is Western digits and dual
// month names.
type Style struct {
	Months  string // "dual" (default), "levantine", "egyptian", "maghrebi", "moroccan"
	Digits  string // "western" (default), "arabic-indic"
	Weekday bool   // the weekday before a whole date
	Hijri   bool   // the Hijri date beside a whole date
}

// Format writes a date at its own precision: «الاثنين 9 ديسمبر/كانون الأول 2024
// (8 جمادى الآخرة 1446 هـ)», «ديسمبر 2024», «2024»; "" for the unknown date.
func Format(d civil.Date, style Style) string {
	s := plain(d, style)
	if d.Precision() == civil.Day {
		if style.Weekday {
			s = WeekdayName(d.Weekday()) + " " + s
		}
		if h := FormatHijri(d, style.Digits); style.Hijri && h != "" {
			s += " (" + h + ")"
		}
	}
	return s
}

func plain(d civil.Date, style Style) string {
	year := arabic.Digits(strconv.Itoa(int(d.Y)), style.Digits)
	switch d.Precision() {
	case civil.Day:
		return arabic.Digits(strconv.Itoa(int(d.D)), style.Digits) + " " + MonthName(int(d.M), style.Months) + " " + year
	case civil.Month:
		return MonthName(int(d.M), style.Months) + " " + year
	case civil.Year:
		return year
	}
	return ""
}

// FormatHijri writes the Hijri date of a day: «8 جمادى الآخرة 1446 هـ»; "" for
// dates that are not a day or outside the calendar's tables.
func FormatHijri(d civil.Date, digits string) string {
	y, m, day, ok := ToHijri(d)
	if !ok {
		return ""
	}
	return arabic.Digits(strconv.Itoa(day), digits) + " " + HijriMonthName(m) + " " + arabic.Digits(strconv.Itoa(y), digits) + " هـ"
}

// FormatShort writes a date in numbers for narrow places: «9/12/2024»,
// «12/2024», «2024», day first as Arabic reads.
func FormatShort(d civil.Date, style Style) string {
	n := func(i int) string { return arabic.Digits(strconv.Itoa(i), style.Digits) }
	switch d.Precision() {
	case civil.Day:
		return n(int(d.D)) + "/" + n(int(d.M)) + "/" + n(int(d.Y))
	case civil.Month:
		return n(int(d.M)) + "/" + n(int(d.Y))
	case civil.Year:
		return n(int(d.Y))
	}
	return ""
}

// FormatRange writes the time between two dates without repeating what they
// share: «3–9 ديسمبر 2024», «27 نوفمبر – 9 ديسمبر 2024», «2015–2024». The en
// dash keeps the order of the numbers in right-to-left text.
func FormatRange(from, to civil.Date, style Style) string {
	style.Hijri, style.Weekday = false, false
	n := func(i int) string { return arabic.Digits(strconv.Itoa(i), style.Digits) }
	switch {
	case from == to || to.IsZero():
		return plain(from, style)
	case from.IsZero():
		return plain(to, style)
	case from.Precision() != to.Precision():
	case from.Precision() == civil.Year:
		return n(int(from.Y)) + "–" + n(int(to.Y))
	case from.Y != to.Y:
	case from.Precision() == civil.Month:
		return MonthName(int(from.M), style.Months) + " – " + plain(to, style)
	case from.M == to.M:
		return n(int(from.D)) + "–" + plain(to, style)
	default:
		return n(int(from.D)) + " " + MonthName(int(from.M), style.Months) + " – " + plain(to, style)
	}
	return plain(from, style) + " – " + plain(to, style)
}
