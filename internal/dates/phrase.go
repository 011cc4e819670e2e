// Package dates reads, resolves and writes dates as Arabic news writes them.
//
// Reading is in two steps. Find and Parse turn words into a Phrase: what the
// text says, nothing more («الاثنين», «9 ديسمبر», «أول أمس», «5 جمادى الآخرة
// 1446»). Resolve turns a Phrase into a civil.Date against an anchor, the
// article's own date. Nothing here knows the clock: a phrase that needs an
// anchor and has none stays unresolved.
//
// Reading never guesses. Numbers are day/month/year, the Arabic order, or
// year-month-day; where that is no date («31 نوفمبر», «12/31/2024») there is
// none, and Parse says why. What only looks like a date («منذ أكثر من ألف
// يوم», «روسيا اليوم», «7 دول») is none; what is too vague to be one («قبل
// عامين ونصف», «قبل أيام») is none either.
//
// Writing (Format) gives labels for readers by the site's settings: month
// names, digits, Hijri beside.
package dates

import (
	"time"

	"warraq/internal/civil"
)

// Kind tells what a Phrase needs to become a date.
type Kind uint8

// The kinds of phrases.
const (
	Absolute Kind = iota // year, month and perhaps day are said
	Yearless             // month and perhaps day without a year: «27 نوفمبر», «ديسمبر الجاري»
	Weekday              // «الاثنين», «يوم الجمعة الماضي», «اليوم الاثنين», «اليوم»
	Offset               // «أمس», «قبل يومين», «الشهر الماضي», «منذ 3 ساعات», «5 من الشهر الجاري»
)

// Phrase is a date as said. The zero value is not valid.
type Phrase struct {
	Kind       Kind
	Date       civil.Date   // Absolute
	Month, Day uint8        // Yearless; Day also in Offset of Unit Months: «5 من الشهر الجاري»
	LastDay    uint8        // «3-5 ديسمبر»: the last day of the range, 0 when there is none
	HasWeekday bool         // a weekday is said, alone or beside a date
	Weekday    time.Weekday // when HasWeekday
	Today      bool         // «اليوم»: the anchor's own day, HasWeekday may check it
	Past       bool         // «الماضي», «المنصرم», «الفائت»: strictly before the anchor's unit
	Future     bool         // «المقبل», «القادم», «غدا»: never an event
	Current    bool         // «الجاري», «الحالي»: in the anchor's own unit
	Since      bool         // said with «منذ»: where something begins that goes on
	OfIt       bool         // «الثامن منه»: Day of the month that the text named before, see In
	Bound      bool         // said with «قبل», «بعد», «حتى»: a limit of something, not when it happened
	Approx     bool         // «قبل 3 أشهر»: about so long ago
	Offset     int16        // Offset: count of Unit, negative in the past; Yearless with Unit Years: «ديسمبر من العام الماضي»
	Unit       Unit         // Offset
	Clock      int16        // minutes since midnight as written, -1 when not said
	Zone       string       // "GMT", "+03:00", "مكة المكرمة" …, "" when not said
	Hijri      bool         // the date was said in the Hijri calendar only

	// The Hijri date as said, alone or beside; HijriYear is 0 when not said.
	HijriYear            int16
	HijriMonth, HijriDay uint8
}

// In gives the day that an OfIt phrase means behind a phrase that names a month;
// ok is false where that names none, or has no such day.
func (p Phrase) In(named Phrase) (day Phrase, ok bool) {
	day = p
	day.OfIt = false
	switch {
	case named.Kind == Absolute && named.Date.M != 0 && !named.Hijri:
		day.Kind = Absolute
		day.Date, ok = civil.New(int(named.Date.Y), int(named.Date.M), int(p.Day))
		day.Day, day.Unit = 0, 0
	case named.Kind == Yearless && named.Month != 0:
		day.Kind, day.Month, day.Unit, day.Offset = Yearless, named.Month, named.Unit, named.Offset
		day.Past, day.Current, day.Future = named.Past, named.Current, named.Future
		ok = int(p.Day) <= civil.DaysIn(2024, int(named.Month)) // a leap year
	}
	return day, ok
}

// Unit of an Offset phrase; the resolved date has that precision at most.
type Unit uint8

// The units.
const (
	Days Unit = iota
	Hours
	Weeks
	Months
	Years
)

// Match is a phrase found in a text.
type Match struct {
	Phrase     Phrase
	Start, End int // bytes of the text
}
