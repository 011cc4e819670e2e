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
			s = weekdayName(d.Weekday()) + " " + s
		}
		if h := formatHijri(d, style.Digits); style.Hijri && h != "" {
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

// formatHijri writes the Hijri date of a day: «8 جمادى الآخرة 1446 هـ»; "" for
// dates that are not a day or outside the calendar's tables.
func formatHijri(d civil.Date, digits string) string {
	y, m, day, ok := toHijri(d)
	if !ok {
		return ""
	}
	return arabic.Digits(strconv.Itoa(day), digits) + " " + hijriMonthName(m) + " " + arabic.Digits(strconv.Itoa(y), digits) + " هـ"
}
