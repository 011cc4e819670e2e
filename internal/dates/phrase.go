// Package dates reads, resolves and writes dates as Arabic news writes them.
//
// Reading is in two steps. Find and Parse turn words into a Phrase: what the
// text says, nothing more («الاثنين», «9 ديسمبر», «أول أمس», «5 جمادى الآخرة
// 1446»). Resolve turns a Phrase into a civil.Date against an anchor, the
// article's own date. Nothing here knows the clock: a phrase that needs an
// anchor and has none stays unresolved.
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
	Yearless             // day and month without a year: «27 نوفمبر»
	Weekday              // «الاثنين», «يوم الجمعة الماضي», «اليوم الاثنين»
	Offset               // «أمس», «قبل يومين», «الشهر الماضي», «منذ 3 ساعات»
)

// Phrase is a date as said. The zero value is not valid.
type Phrase struct {
	Kind       Kind
	Date       civil.Date   // Absolute, Yearless (Y is 0 there: see Month, Day)
	Month, Day uint8        // Yearless
	HasWeekday bool         // a weekday is said, alone or beside a date
	Weekday    time.Weekday // when HasWeekday
	Today      bool         // «اليوم»: the anchor's own day, HasWeekday may check it
	Past       bool         // «الماضي», «المنصرم», «الفائت»: strictly before the anchor's unit
	Future     bool         // «المقبل», «القادم», «الجاري» excluded: never an event
	Offset     int16        // Offset: count of Unit, negative in the past
	Unit       Unit         // Offset
	Clock      int16        // minutes since midnight as written, -1 when not said
	Zone       string       // "GMT", "+03:00", "مكة المكرمة" …, "" when not said
	Hijri      bool         // the date was said in the Hijri calendar only
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
