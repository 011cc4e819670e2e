package dates

import (
	"time"

	"warraq/internal/civil"
)

// Warning says that a phrase contradicts itself or its anchor.
type Warning uint8

// The warnings.
const (
	NoWarning        Warning = iota
	WeekdayDisagrees         // «الأحد 9 ديسمبر 2024»: that day was a Monday
	TodayDisagrees           // «اليوم الجمعة» in an article of a Monday
	HijriDisagrees           // the Hijri date beside is more than two days off
	MonthDisagrees           // «ديسمبر الجاري» in an article of March
	YearUncertain            // «10 ديسمبر» in an article of 9 December: last year's or tomorrow's
)

// String says it in words.
func (w Warning) String() string {
	return [...]string{
		"",
		"the weekday is not that of the date",
		"«اليوم» is not the article's day",
		"the Hijri and the Gregorian date are more than two days apart",
		"the current month is not the article's month",
		"the year may be the article's or the one before",
	}[w]
}

// Resolution is what a phrase means for an article of a known date.
type Resolution struct {
	Date       civil.Date // as precise as the phrase allows
	Confidence float32    // 1 where the text says the whole date, less the more was concluded
	Future     bool       // after the anchor: announced, not happened
	Warning    Warning
}

// Resolve gives the date a phrase means in an article of date anchor. An
// Absolute phrase needs no anchor (the zero date will do); every other needs
// one, of a whole day for weekdays and days. ok is false where nothing can be
// concluded.
//
// Agencies write the weekday of the happening and are published the day after
// by others, so a day off is forgiven: «اليوم الجمعة» in an article of Saturday
// means Friday.
func Resolve(p Phrase, anchor civil.Date) (r Resolution, ok bool) {
	if p.OfIt {
		return Resolution{}, false // of a month that is not said here
	}
	switch p.Kind {
	case Absolute:
		r, ok = resolveAbsolute(p), !p.Date.IsZero()
	case Yearless:
		r, ok = resolveYearless(p, anchor)
	case Weekday:
		r, ok = resolveWeekday(p, anchor)
	case Offset:
		r, ok = resolveOffset(p, anchor)
	}
	if !ok {
		return Resolution{}, false
	}
	r.Future = r.Future || p.Future || after(r.Date, anchor)
	return r, true
}

// after reports whether d begins after the last day that anchor covers.
func after(d, anchor civil.Date) bool {
	return !anchor.IsZero() && d.Compare(anchor) > 0 && !anchor.Covers(d)
}

func resolveAbsolute(p Phrase) Resolution {
	r := Resolution{Date: p.Date, Confidence: 1}
	if p.Hijri {
		r.Confidence = 0.9
	}
	switch {
	case p.HasWeekday && p.Date.Precision() == civil.Day && p.Date.Weekday() != p.Weekday:
		if p.Hijri { // calendars by moonsight are a day off: the weekday decides
			for _, n := range [...]int{-1, 1} {
				if d := p.Date.AddDays(n); d.Weekday() == p.Weekday {
					return Resolution{Date: d, Confidence: 0.9}
				}
			}
		}
		r.Confidence, r.Warning = 0.6, WeekdayDisagrees
	case p.HijriYear != 0 && !p.Hijri && p.Date.Precision() == civil.Day:
		if h, ok := fromHijri(int(p.HijriYear), int(p.HijriMonth), int(p.HijriDay)); ok {
			if off := h.DaysUntil(p.Date); off < -2 || off > 2 {
				r.Confidence, r.Warning = 0.7, HijriDisagrees
			}
		}
	}
	return r
}

// upcoming is how many days ahead a date without a year may mean what is
// announced rather than what was a year ago.
const upcoming = 45

func resolveYearless(p Phrase, anchor civil.Date) (Resolution, bool) {
	if anchor.Precision() < civil.Month && p.Unit != Years {
		return Resolution{}, false
	}
	in := func(year int) (civil.Date, bool) { return civil.New(year, int(p.Month), int(p.Day)) }
	year := int(anchor.Y)
	switch {
	case p.Unit == Years: // «من العام الماضي»
		d, ok := in(year + int(p.Offset))
		return checkWeekday(p, Resolution{Date: d, Confidence: 0.95}), ok
	case p.Current:
		d, ok := in(year)
		r := Resolution{Date: d, Confidence: 0.95}
		if p.Month != anchor.M {
			r.Confidence, r.Warning = 0.4, MonthDisagrees
		}
		return checkWeekday(p, r), ok
	case p.Future:
		for y := year; y <= year+8; y++ {
			if d, ok := in(y); ok && after(d, anchor.MonthOf()) {
				return Resolution{Date: d, Confidence: 0.8, Future: true}, true
			}
		}
		return Resolution{}, false
	}
	// The nearest at or before the anchor; «الماضي» before the anchor's month
	// when only a month is said. 29 February may need eight years.
	limit := anchor
	if p.Day == 0 {
		limit = anchor.MonthOf()
	}
	for y := year; y >= year-8; y-- {
		d, ok := in(y)
		if !ok || after(d, limit) || p.Past && (d == limit || limit.Covers(d)) {
			continue
		}
		r := Resolution{Date: d, Confidence: 0.9}
		if next, ok := in(y + 1); ok && !p.Past && limit.DaysUntil(next) > 0 && limit.DaysUntil(next) <= upcoming {
			if p.HasWeekday && p.Day != 0 && d.Weekday() != p.Weekday && next.Weekday() == p.Weekday {
				return Resolution{Date: next, Confidence: 0.9, Future: true}, true
			}
			switch {
			case p.Day == 0:
				r.Confidence = 0.7
			case !p.HasWeekday || d.Weekday() != p.Weekday:
				r.Confidence, r.Warning = 0.45, YearUncertain
			}
		}
		return checkWeekday(p, r), true
	}
	return Resolution{}, false
}

// checkWeekday lowers the confidence of a day that is not the weekday said.
func checkWeekday(p Phrase, r Resolution) Resolution {
	if p.HasWeekday && r.Date.Precision() == civil.Day && r.Date.Weekday() != p.Weekday {
		r.Confidence, r.Warning = min(r.Confidence, 0.5), WeekdayDisagrees
	}
	return r
}

func resolveWeekday(p Phrase, anchor civil.Date) (Resolution, bool) {
	if anchor.Precision() != civil.Day {
		return Resolution{}, false
	}
	if p.Today {
		if !p.HasWeekday {
			return Resolution{Date: anchor, Confidence: 0.9}, true
		}
		return near(anchor, p.Weekday, TodayDisagrees), true
	}
	if !p.HasWeekday {
		return Resolution{}, false
	}
	if p.Unit == Weeks {
		return lastWeek(p, anchor)
	}
	back := daysBack(anchor, p.Weekday)
	switch {
	case p.Future:
		return Resolution{Date: anchor.AddDays(7 - back), Confidence: 0.85, Future: true}, true
	case p.Past && back == 0:
		back = 7
	}
	r := Resolution{Date: anchor.AddDays(-back), Confidence: 0.9}
	if back > 3 {
		r.Confidence = 0.8
	}
	return r, true
}

// lastWeek gives «الاثنين من الأسبوع الماضي». Weeks begin on Saturday, Sunday or
// Monday in the Arab countries: only a day on which all agree is said.
func lastWeek(p Phrase, anchor civil.Date) (Resolution, bool) {
	var said civil.Date
	for i, first := range [...]time.Weekday{time.Saturday, time.Sunday, time.Monday} {
		d := anchor.AddDays(-daysBack(anchor, first) - 7 + int(p.Weekday-first+7)%7)
		if i > 0 && d != said {
			return Resolution{}, false
		}
		said = d
	}
	return Resolution{Date: said, Confidence: 0.8}, true
}

// daysBack counts the days from the last such weekday at or before d.
func daysBack(d civil.Date, day time.Weekday) int {
	return int(d.Weekday()-day+7) % 7
}

// near gives the day of the said weekday that lies at most one day from the
// expected one, else the last before it, with a warning.
func near(expected civil.Date, day time.Weekday, warning Warning) Resolution {
	switch back := daysBack(expected, day); back {
	case 0:
		return Resolution{Date: expected, Confidence: 1}
	case 1:
		return Resolution{Date: expected.AddDays(-1), Confidence: 0.9}
	case 6:
		return Resolution{Date: expected.AddDays(1), Confidence: 0.7}
	default:
		return Resolution{Date: expected.AddDays(-back), Confidence: 0.3, Warning: warning}
	}
}

func resolveOffset(p Phrase, anchor civil.Date) (Resolution, bool) {
	n := int(p.Offset)
	switch p.Unit {
	case Years:
		if anchor.IsZero() {
			return Resolution{}, false
		}
		d, ok := civil.New(int(anchor.Y)+n, 0, 0)
		return Resolution{Date: d, Confidence: sure(p, 0.95)}, ok
	case Months:
		if anchor.Precision() < civil.Month {
			return Resolution{}, false
		}
		months := int(anchor.Y)*12 + int(anchor.M) - 1 + n
		if months < 0 {
			return Resolution{}, false
		}
		d, ok := civil.New(months/12, months%12+1, int(p.Day))
		return checkWeekday(p, Resolution{Date: d, Confidence: sure(p, 0.95)}), ok
	}
	if anchor.Precision() != civil.Day {
		return Resolution{}, false
	}
	switch p.Unit {
	case Weeks:
		// No date is a week: the month is said where the whole week lies in it.
		from := anchor.AddDays(7*n - 6)
		to := anchor.AddDays(7*n + 6)
		if n == 0 {
			to = anchor
		}
		if from.MonthOf() != to.MonthOf() {
			return Resolution{}, false
		}
		return Resolution{Date: from.MonthOf(), Confidence: 0.7}, true
	case Hours:
		if n > -24 && n < 24 {
			return Resolution{Date: anchor, Confidence: 0.8}, true
		}
		return Resolution{Date: anchor.AddDays(n / 24), Confidence: 0.6}, true
	}
	if p.HasWeekday {
		return near(anchor.AddDays(n), p.Weekday, WeekdayDisagrees), true
	}
	r := Resolution{Date: anchor.AddDays(n), Confidence: 0.9}
	if n < -7 {
		r.Confidence = 0.6
	}
	return r, true
}

func sure(p Phrase, c float32) float32 {
	if p.Approx {
		return 0.55
	}
	return c
}
