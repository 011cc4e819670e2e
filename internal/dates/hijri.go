package dates

import (
	"warraq/internal/civil"

	"github.com/hablullah/go-hijri"
)

// The Hijri calendar here is Umm al-Qura, Saudi Arabia's civil calendar, known
// from 1356 to 1500 (1937–2077). Countries that watch for the moon are a day
// off at times, so a Hijri date beside a Gregorian one is a check within two
// days, and a Hijri date alone is less certain than a Gregorian.

// fromHijri converts a Hijri day, or says that no such day is known.
func fromHijri(year, month, day int) (civil.Date, bool) {
	if year < 1356 || year > 1500 || month < 1 || month > 12 || day < 1 || day > 30 {
		return civil.Date{}, false
	}
	h := hijri.UmmAlQuraDate{Year: int64(year), Month: int64(month), Day: int64(day)}
	d := civil.FromTime(h.ToGregorian())
	// The library lets day 30 of a month of 29 run into the next.
	if y, m, dd, ok := toHijri(d); !ok || y != year || m != month || dd != day {
		return civil.Date{}, false
	}
	return d, true
}

// toHijri converts a day-precise date.
func toHijri(d civil.Date) (year, month, day int, ok bool) {
	if d.Precision() != civil.Day {
		return 0, 0, 0, false
	}
	h, err := hijri.CreateUmmAlQuraDate(d.Time())
	if err != nil || h.Year == 0 {
		return 0, 0, 0, false
	}
	return int(h.Year), int(h.Month), int(h.Day), true
}
