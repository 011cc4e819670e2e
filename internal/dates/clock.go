package dates

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"warraq/internal/arabic"
	"warraq/internal/civil"
)

// clockAndYear reads the time of day behind a date whose tokens end before n
// (and the year behind it, as «Mon Dec 9 10:41:00 2024» has it) into ph, and
// gives the end of it all.
func (p *parser) clockAndYear(ph *Phrase, n int) int {
	stop := p.at(n - 1).end
	minutes, zone, end := clockAt(p.text, stop)
	if end == 0 {
		return stop
	}
	ph.Clock, ph.Zone = int16(minutes), zone
	if ph.Kind == Yearless {
		rest := strings.TrimLeft(p.text[end:], " ")
		if y, size := digits(rest, 4); size == 4 && y >= 1800 && y <= 2100 {
			if d, ok := civil.New(y, int(ph.Month), int(ph.Day)); ok {
				ph.Kind, ph.Date, ph.Month, ph.Day = Absolute, d, 0, 0
				return len(p.text) - len(rest) + size
			}
		}
	}
	return end
}

// clockAt reads a time of day and its zone at byte i: «T10:41:00Z», «، الساعة
// 10:41 مساءً بتوقيت غرينتش», « GMT». end is 0 when there is neither; minutes is
// -1 when there is only a zone.
func clockAt(s string, i int) (minutes int, zone string, end int) {
	i = skipMarks(s, i)
	if i < len(s) && (s[i] == 'T' || s[i] == 't') && i+1 < len(s) {
		if m, stop := compactClock(s, i+1); stop > 0 {
			zone, end := zoneAt(s, stop)
			return m, zone, end
		}
		i++
	}
	said := false // «الساعة» stands before
	for range 3 {
		start, stop := arabic.NextWord(s, i)
		if start != i || start == stop {
			break
		}
		w := arabic.Fold(s[start:stop])
		if w == "الساعه" || w == "at" {
			said = true
		} else if w != "عند" && w != "في" && w != "تمام" && w != "علي" {
			break
		}
		i = skipMarks(s, stop)
	}
	hour, size := digits(s[i:], 2)
	if size > 0 {
		minute, k := -1, i+size
		if k < len(s) && s[k] == ':' {
			if m, n := digits(s[k+1:], 2); n > 0 {
				minute = m
				k += 1 + n
				if k < len(s) && s[k] == ':' { // seconds
					if _, n := digits(s[k+1:], 2); n > 0 {
						k += 1 + n
						if k < len(s) && s[k] == '.' {
							if _, n := digits(s[k+1:], 9); n > 0 {
								k += 1 + n
							}
						}
					}
				}
			}
		}
		half, stop := halfOfDay(s, k)
		if minute >= 0 && minute < 60 && hour < 24 || minute < 0 && said && half != 0 && hour <= 12 {
			switch {
			case half == 'p' && hour < 12, half == 'n' && hour >= 6 && hour < 12:
				hour += 12
			case half == 'a' && hour == 12, half == 'n' && hour == 12:
				hour = 0
			}
			zone, end := zoneAt(s, stop)
			return hour*60 + max(0, minute), zone, end
		}
		return 0, "", 0
	}
	if said {
		return 0, "", 0
	}
	if zone, end := zoneAt(s, i); zone != "" {
		return -1, zone, end
	}
	return 0, "", 0
}

// compactClock reads «104100» of ISO 8601's basic form.
func compactClock(s string, i int) (minutes, end int) {
	n, size := digits(s[i:], 6)
	if size != 4 && size != 6 || i+size < len(s) && s[i+size] == ':' {
		return 0, 0
	}
	if size == 6 {
		n /= 100
	}
	if n/100 > 23 || n%100 > 59 {
		return 0, 0
	}
	return n/100*60 + n%100, i + size
}

// skipMarks passes over spaces and the marks between a date and its time.
func skipMarks(s string, i int) int {
	for n := 0; i < len(s) && n < 8; n++ {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !strings.ContainsRune(" \t\u00a0،,-–—|/()", r) && !unicode.Is(unicode.Cf, r) {
			break
		}
		i += size
	}
	return i
}

// digits reads at most n digits of any script.
func digits(s string, n int) (value, size int) {
	for range n {
		d, w := digitAt(s, size)
		if d < 0 {
			break
		}
		value = value*10 + d
		size += w
	}
	return value, size
}

// halfOfDay reads the words that part the clock's two rounds: 'a' before noon,
// 'p' after, 'n' night, 0 for none; end is i then.
func halfOfDay(s string, i int) (half byte, end int) {
	start, stop := arabic.NextWord(s, i)
	if start == stop || start > i+4 || !parted(s[i:start], "") {
		return 0, i
	}
	for _, w := range [...]string{"مساءً", "صباحًا", "صباحاً", "ظهرًا", "ظهراً"} {
		// A teaser's time glued to the text behind it: «3:45 مساءًوقال».
		if strings.HasPrefix(s[start:stop], w) && w != s[start:stop] {
			stop = start + len(w)
		}
	}
	switch arabic.Fold(s[start:stop]) {
	case "ص", "صباحا", "فجرا", "am", "الصبح":
		return 'a', stop
	case "م", "مساء", "ظهرا", "عصرا", "pm", "بعد":
		if s[start:stop] == "بعد" { // «بعد الظهر»
			if b, e := arabic.NextWord(s, stop); b < e && arabic.Fold(s[b:e]) == "الظهر" {
				return 'p', e
			}
			return 0, i
		}
		return 'p', stop
	case "ليلا":
		return 'n', stop
	case "a", "p": // «a.m.»
		if strings.HasPrefix(strings.ToLower(s[stop:]), ".m") {
			return s[start] | 0x20, min(len(s), stop+3)
		}
	}
	return 0, i
}

// zones gives the minutes east of Greenwich of the zones that news names, by
// folded name. Cities with summer time are left out: their name alone does not
// say the hour.
var zones = map[string]int{
	"z": 0, "gmt": 0, "utc": 0, "غرينتش": 0, "جرينتش": 0, "قرينتش": 0, "غ": 0,
	"مكه": 180, "السعوديه": 180, "الرياض": 180, "الدوحه": 180, "بغداد": 180, "موسكو": 180, "msk": 180,
	"الامارات": 240, "ابوظبي": 240, "دبي": 240, "gst": 240, "est": -300, "edt": -240, "cet": 60, "cest": 120,
}

// zoneAt reads a zone behind a time; zone is "" and end i when there is none.
func zoneAt(s string, i int) (zone string, end int) {
	k := i
	for k < len(s) && (s[k] == ' ' || s[k] == '(') {
		k++
	}
	if name, stop := offsetAt(s, k); stop > 0 {
		return name, stop
	}
	start, stop := arabic.NextWord(s, k)
	if start != k || start == stop || stop-start > 40 {
		return "", i
	}
	word := arabic.Fold(s[start:stop])
	switch word {
	case "بتوقيت", "توقيت":
		b, e := arabic.NextWord(s, stop)
		if b == e || b > stop+3 || e-b > 40 {
			return "", i
		}
		name := strings.Clone(s[b:e])
		if arabic.Fold(name) == "مكه" {
			if b2, e2 := arabic.NextWord(s, e); b2 < e2 && arabic.Fold(s[b2:e2]) == "المكرمه" {
				return "مكة المكرمة", e2
			}
		}
		return name, e
	case "ت": // «ت.غ»
		if strings.HasPrefix(s[stop:], ".غ") {
			return "GMT", stop + 3
		}
	case "z", "gmt", "utc":
		if _, e := offsetAt(s, stop); e > 0 { // «GMT+3»
			name, _ := offsetAt(s, stop)
			return name, e
		}
		return strings.ToUpper(word), stop
	case "غ", "msk", "gst", "est", "edt", "cet", "cest":
		if word == "غ" {
			return "GMT", stop
		}
		return strings.ToUpper(word), stop
	}
	return "", i
}

// offsetAt reads «+03:00», «+0300», «-5».
func offsetAt(s string, i int) (name string, end int) {
	if i >= len(s) || s[i] != '+' && s[i] != '-' {
		return "", 0
	}
	h, n := digits(s[i+1:], 2)
	if n == 0 {
		return "", 0
	}
	k := i + 1 + n
	m := 0
	if k < len(s) && s[k] == ':' {
		k++
	}
	m, n = digits(s[k:], 2)
	if n == 1 || h > 14 || m > 59 {
		return "", 0
	}
	if n == 0 && s[k-1] == ':' {
		k--
	}
	two := func(v int) string { return string([]byte{'0' + byte(v/10), '0' + byte(v%10)}) }
	return s[i:i+1] + two(h) + ":" + two(m), k + n
}

// InZone moves a date with a time and a known zone to the calendar of loc: a
// crawler's 23:30 of Greenwich is the next day in Damascus. Other phrases are
// returned unchanged.
func InZone(p Phrase, loc *time.Location) Phrase {
	if p.Kind != Absolute || p.Date.Precision() != civil.Day || p.Clock < 0 || p.Zone == "" || loc == nil {
		return p
	}
	east, ok := zoneMinutes(p.Zone)
	if !ok {
		return p
	}
	t := p.Date.Time().Add(time.Duration(int(p.Clock)-east) * time.Minute).In(loc)
	weekday := p.Date.Weekday()
	p.Date = civil.FromTime(t)
	if p.HasWeekday && p.Weekday == weekday { // the weekday said moves along, a wrong one stays wrong
		p.Weekday = p.Date.Weekday()
	}
	p.Clock = int16(t.Hour()*60 + t.Minute())
	p.Zone = ""
	return p
}

func zoneMinutes(zone string) (int, bool) {
	if zone[0] == '+' || zone[0] == '-' {
		h, _ := digits(zone[1:], 2)
		m, _ := digits(zone[4:], 2)
		if zone[0] == '-' {
			return -h*60 - m, true
		}
		return h*60 + m, true
	}
	if zone == "مكة المكرمة" {
		return 180, true
	}
	east, ok := zones[arabic.Fold(zone)]
	return east, ok
}
