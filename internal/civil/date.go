// Package civil holds calendar dates without a clock or a zone: the dates that
// news articles state. A Date is as precise as its source was: a day, a month
// or only a year; the zero Date is "unknown".
//
// It is a leaf: it knows numbers only. Month names, phrases and the Hijri
// calendar belong to package dates.
package civil

import (
	"fmt"
	"time"
)

// Precision says how much of a Date is known.
type Precision uint8

// The precisions, from none to a whole day.
const (
	None Precision = iota
	Year
	Month
	Day
)

// String gives the word that `inspect --json` prints: "day", "month", "year" or "none".
func (p Precision) String() string {
	switch p {
	case Day:
		return "day"
	case Month:
		return "month"
	case Year:
		return "year"
	}
	return "none"
}

// Date is a proleptic Gregorian date. Month and Day are zero where the source
// did not say them; a Date with Day has Month, one with Month has Year.
type Date struct {
	Y int16
	M uint8
	D uint8
}

// New returns the date of the given numbers, or false where no such date
// exists (30 February, month 13). Zero month or day means "not said".
func New(year, month, day int) (Date, bool) {
	if year < 1 || year > 9999 || month < 0 || month > 12 || day < 0 || (month == 0 && day != 0) {
		return Date{}, false
	}
	if day > DaysIn(year, month) {
		return Date{}, false
	}
	return Date{int16(year), uint8(month), uint8(day)}, true
}

// DaysIn gives the number of days of a month of a Gregorian year, 0 for month 0.
func DaysIn(year, month int) int {
	if month < 1 || month > 12 {
		return 0
	}
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// FromTime gives the civil day of t in t's own zone.
func FromTime(t time.Time) Date {
	y, m, d := t.Date()
	return Date{int16(y), uint8(m), uint8(d)}
}

// Parse reads "2024", "2024-12" or "2024-12-09", the forms that String writes.
func Parse(s string) (Date, error) {
	var y, m, d int
	switch len(s) {
	case 4, 7, 10:
	default:
		return Date{}, fmt.Errorf("civil: %q is not YYYY, YYYY-MM or YYYY-MM-DD", s)
	}
	num := func(t string) (n int, ok bool) {
		for _, c := range []byte(t) {
			if c < '0' || c > '9' {
				return 0, false
			}
			n = n*10 + int(c-'0')
		}
		return n, true
	}
	ok := true
	y, ok = num(s[:4])
	if ok && len(s) >= 7 {
		m, ok = num(s[5:7])
		ok = ok && s[4] == '-' && m > 0
	}
	if ok && len(s) == 10 {
		d, ok = num(s[8:10])
		ok = ok && s[7] == '-' && d > 0
	}
	if ok {
		if date, exists := New(y, m, d); exists {
			return date, nil
		}
	}
	return Date{}, fmt.Errorf("civil: %q is not a date that exists", s)
}

// IsZero reports whether nothing is known.
func (d Date) IsZero() bool { return d.Y == 0 }

// Precision says how much is known.
func (d Date) Precision() Precision {
	switch {
	case d.Y == 0:
		return None
	case d.M == 0:
		return Year
	case d.D == 0:
		return Month
	}
	return Day
}

// String writes ISO 8601 at the date's own precision; "" when unknown.
func (d Date) String() string {
	switch d.Precision() {
	case Day:
		return fmt.Sprintf("%04d-%02d-%02d", d.Y, d.M, d.D)
	case Month:
		return fmt.Sprintf("%04d-%02d", d.Y, d.M)
	case Year:
		return fmt.Sprintf("%04d", d.Y)
	}
	return ""
}

// Compare orders dates in time: negative when d is before e. A less precise
// date comes before every day inside it, the unknown date before all.
func (d Date) Compare(e Date) int {
	return d.ordinal() - e.ordinal()
}

func (d Date) ordinal() int { return int(d.Y)<<9 | int(d.M)<<5 | int(d.D) }

// Time gives midnight UTC of the first day that d covers.
func (d Date) Time() time.Time {
	return time.Date(int(d.Y), time.Month(max(1, int(d.M))), max(1, int(d.D)), 0, 0, 0, 0, time.UTC)
}

// AddDays moves a day-precise date; other precisions are returned unchanged.
func (d Date) AddDays(n int) Date {
	if d.Precision() != Day {
		return d
	}
	return FromTime(d.Time().AddDate(0, 0, n))
}

// DaysUntil counts the days from d to e, both taken as their first day.
func (d Date) DaysUntil(e Date) int {
	return int(e.Time().Sub(d.Time()) / (24 * time.Hour))
}

// Weekday of a day-precise date; of the first day otherwise.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// Covers reports whether e lies inside d: a month covers its days, a date itself.
func (d Date) Covers(e Date) bool {
	switch d.Precision() {
	case Day:
		return d == e
	case Month:
		return d.Y == e.Y && d.M == e.M
	case Year:
		return d.Y == e.Y
	}
	return false
}

// MonthOf drops the day.
func (d Date) MonthOf() Date { return Date{d.Y, d.M, 0} }

// YearOf drops month and day.
func (d Date) YearOf() Date { return Date{d.Y, 0, 0} }
