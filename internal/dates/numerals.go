package dates

import (
	"fmt"
	"strings"
	"unicode"

	"warraq/internal/civil"
)

// numeral reads a date that begins with a number.
func (p *parser) numeral(k int) (Phrase, int, bool) {
	t := p.at(k)
	if ph, n, ok := p.numbers(k); ok {
		return p.beside(ph, n)
	}
	if t.digits <= 2 && !(k == 0 && p.tail()) {
		if ph, n, ok := p.dayMonth(k); ok {
			return p.beside(ph, n)
		}
	}
	if ph, n, ok := p.yearFirst(k); ok {
		return ph, n, true
	}
	if t.digits == 4 && t.num >= 1950 && t.num <= 2050 && t.num != 2000 {
		if p.lax && k == 0 && p.prev.class == other && p.prev.end == 0 && p.at(k+1).class == end {
			return p.year(k)
		}
		if k == 0 && p.prev.class == other && p.prev.end == 0 && strings.HasPrefix(p.text[t.end:], ":") {
			return p.year(k) // an entry of a chronology: «1971: اتفاق …»
		}
		before := p.prev
		ok := k == 0 && before.flags&inside != 0 && p.afterPrev()
		if ok || k > 0 && p.at(k-1).flags&inside != 0 && p.tight(k) {
			return p.year(k)
		}
	}
	return Phrase{}, 0, false
}

// yearFirst reads «2024 ديسمبر 9», in a date line only.
func (p *parser) yearFirst(k int) (Phrase, int, bool) {
	t := p.at(k)
	if !p.lax || t.digits != 4 || t.num < 1800 || t.num > 2100 || !p.loose(k+1, "،,-/") {
		return Phrase{}, 0, false
	}
	mon, n, _, ok := p.month(k + 1)
	if !ok || !p.loose(n, "-/") {
		return Phrase{}, 0, false
	}
	day := p.at(n)
	if day.class != number || day.digits > 2 || p.at(n+1).class == number {
		return Phrase{}, 0, false
	}
	return p.numeric(t.num, mon, day.num, n+1)
}

// tail reports that the number at the place is the end of a longer one.
func (p *parser) tail() bool {
	t := p.at(0)
	return p.prev.class == number && strings.IndexFunc(p.text[p.prev.end:t.begin], func(r rune) bool {
		return !strings.ContainsRune(".,٫٬:/", r)
	}) < 0
}

// separator gives the mark that parts two numbers of a date, 0 for none.
// Spaces may stand around a slash; invisible controls anywhere.
func separator(gap string) rune {
	mark := rune(0)
	spaces := false
	for _, r := range gap {
		switch {
		case r == ' ' || r == '\u00a0':
			spaces = true
		case unicode.Is(unicode.Cf, r):
		case mark == 0 && strings.ContainsRune("/-.–\\", r):
			mark = r
		default:
			return 0
		}
	}
	if spaces && mark != '/' && mark != '-' && mark != '\\' {
		return 0
	}
	return mark
}

// numbers reads D/M/Y, Y/M/D and, in a date line, M/Y, Y-M and YYYYMMDD.
func (p *parser) numbers(k int) (Phrase, int, bool) {
	t := p.at(k)
	if p.lax && t.digits == 8 && t.num > 10000101 {
		return p.numeric(t.num/10000, t.num/100%100, t.num%100, k+1)
	}
	if t.digits > 4 || k == 0 && p.prev.class == number && separator(p.text[p.prev.end:t.begin]) != 0 {
		return Phrase{}, 0, false
	}
	second := p.at(k + 1)
	if second.class != number || second.digits > 4 {
		return Phrase{}, 0, false
	}
	mark := separator(p.gap(k + 1))
	if mark == 0 {
		return Phrase{}, 0, false
	}
	third := p.at(k + 2)
	if third.class != number || separator(p.gap(k+2)) != mark {
		if p.lax && mark != '.' && (mark == '/' || mark == '-') && p.at(k+2).class != month {
			switch {
			case t.digits <= 2 && second.digits == 4:
				return p.monthOfYear(second.num, t.num, k+2)
			case t.digits == 4 && second.digits <= 2:
				return p.monthOfYear(t.num, second.num, k+2)
			}
		}
		return Phrase{}, 0, false
	}
	if fourth := p.at(k + 3); fourth.class == number && separator(p.gap(k+3)) == mark && !strings.Contains(p.gap(k+3), " ") {
		return Phrase{}, 0, false // a longer chain: «192.168.1.10»
	}
	switch {
	case t.digits == 4 && second.digits <= 2 && third.digits <= 2:
		return p.numeric(t.num, second.num, third.num, k+3)
	case t.digits <= 2 && second.digits <= 2 && third.digits == 4:
		return p.numeric(third.num, second.num, t.num, k+3)
	case t.digits <= 2 && second.digits <= 2 && third.digits == 2 && p.lax:
		// «9/12/24» is read in the same order; «24/12/09» might as well begin
		// with its year, and is left.
		if third.num >= 10 && third.num <= 40 {
			return p.numeric(2000+third.num, second.num, t.num, k+3)
		}
		p.refuse("the year of «%s» has two digits", p.text[t.start:third.end])
	}
	return Phrase{}, 0, false
}

// numeric makes a phrase of the numbers of a date, which ends before token n.
// A year of the Hijri century in use is taken for Hijri: news has no dates of
// the 15th century by number.
func (p *parser) numeric(year, month, day, n int) (Phrase, int, bool) {
	said := strings.TrimSpace(p.text[p.at(0).start:p.at(n-1).end])
	if year >= 1356 && year <= 1500 {
		if p.tight(n) && p.at(n).class == hegira {
			n++
		}
		return p.hijri(year, month, day, n)
	}
	if year < 1800 || year > 2100 {
		p.refuse("«%s» has no year between 1800 and 2100", said)
		return Phrase{}, 0, false
	}
	if month < 1 || month > 12 {
		p.refuse("«%s» has no month %d: numbers are day/month/year or year-month-day", said, month)
		return Phrase{}, 0, false
	}
	d, ok := civil.New(year, month, day)
	if !ok || day == 0 {
		p.refuse("«%s»: month %d of %d has no day %d", said, month, year, day)
		return Phrase{}, 0, false
	}
	if p.tight(n) && p.at(n).class == common {
		n++
	}
	return Phrase{Kind: Absolute, Date: d, Clock: -1}, n, true
}

func (p *parser) monthOfYear(year, month, n int) (Phrase, int, bool) {
	d, ok := civil.New(year, month, 0)
	if !ok || year < 1800 || year > 2100 || month == 0 {
		p.refuse("there is no month %d of %d", month, year)
		return Phrase{}, 0, false
	}
	return Phrase{Kind: Absolute, Date: d, Clock: -1}, n, true
}

// refuse keeps why a text that looks like a date is none; the first reason stays.
func (p *parser) refuse(format string, args ...any) {
	if p.why == "" && p.lax {
		p.why = fmt.Sprintf(format, args...)
	}
}

// dayMonth reads «9 ديسمبر 2024», «9th, December 2024», «3-5 ديسمبر», «7 من شهر
// ديسمبر», «5 من الشهر الجاري», «8 جمادى الآخرة 1446».
func (p *parser) dayMonth(k int) (Phrase, int, bool) {
	day, last := p.at(k).num, 0
	n := k + 1
	if second, m := p.lastDay(k); second > day {
		last, n = second, m
	}
	if p.tight(n) && p.at(n).class == suffix {
		n++
	}
	return p.monthAfterDay(day, last, n)
}

// lastDay reads the second number of a range of days: «3-5», «3 و4», «3 إلى 5».
func (p *parser) lastDay(k int) (day, n int) {
	next := p.at(k + 1)
	switch {
	case next.class == number && next.digits <= 2:
		if gap := strings.TrimSpace(p.gap(k + 1)); gap == "-" || gap == "–" {
			return next.num, k + 2
		}
	case next.class == end:
	case p.tight(k+1) && p.tight(k+2) && p.at(k+2).class == number && p.at(k+2).digits <= 2:
		switch p.text[next.start:next.end] {
		case "و", "إلى", "الى", "حتى":
			return p.at(k + 2).num, k + 3
		}
	}
	return 0, 0
}

// monthAfterDay reads the month, and what may follow it, behind a day that
// ends before token n.
func (p *parser) monthAfterDay(day, last, n int) (Phrase, int, bool) {
	if p.tight(n) && p.at(n).class == from {
		n++
	} else if last == 0 && day >= 1 && day <= 31 && p.ofIt(n) && p.behindIn(n-1) {
		return Phrase{Kind: Offset, Unit: Months, Day: uint8(day), OfIt: true, Clock: -1}, n + 1, true
	}
	if t := p.at(n); t.class == unit && t.unit == Months && t.value == 1 && p.tight(n) {
		if t.flags&definite != 0 {
			return p.dayOfThatMonth(day, n)
		}
		n++
	}
	if c := p.at(n); c.class == current && p.tight(n) && last == 0 && day >= 1 && day <= 31 { // «في 8 الجاري»
		return Phrase{Kind: Offset, Unit: Months, Day: uint8(day), Current: true, Clock: -1}, n + 1, true
	}
	if !p.loose(n, ",،-/.") {
		return Phrase{}, 0, false
	}
	if ph, m, ok := p.hijriMonth(day, n); ok {
		return ph, m, ok
	}
	mon, m, _, ok := p.month(n)
	if !ok {
		return Phrase{}, 0, false
	}
	if day < 1 || day > 31 || last > 31 {
		p.refuse("no month has a day %d", max(day, last))
		return Phrase{}, 0, false
	}
	ph := Phrase{Kind: Yearless, Month: uint8(mon), Day: uint8(day), LastDay: uint8(last), Clock: -1}
	m = p.yearAfter(&ph, m)
	longest := 2024 // a leap year: «29 فبراير» is a day of some year
	if ph.Kind == Absolute {
		longest = int(ph.Date.Y)
	}
	if n := civil.DaysIn(longest, mon); day > n || last > n {
		p.refuse("month %d has no day %d", mon, max(day, last))
		return Phrase{}, 0, false
	}
	if ph.Kind == Absolute {
		ph.Date.M, ph.Date.D = uint8(mon), uint8(day)
		ph.Month, ph.Day = 0, 0
	}
	return ph, m, true
}

// dayOfThatMonth reads «الشهر الجاري» behind a day.
func (p *parser) dayOfThatMonth(day, n int) (Phrase, int, bool) {
	if day < 1 || day > 31 || !p.tight(n+1) {
		return Phrase{}, 0, false
	}
	ph := Phrase{Kind: Offset, Unit: Months, Day: uint8(day), Clock: -1}
	switch p.at(n + 1).class {
	case past:
		ph.Offset, ph.Past = -1, true
	case current:
		ph.Current = true
	case future:
		ph.Offset, ph.Future = 1, true
	default:
		return Phrase{}, 0, false
	}
	return ph, n + 2, true
}

// ofIt reports «منه» at token n: of the month named before.
func (p *parser) ofIt(n int) bool {
	return p.tight(n) && p.text[p.at(n).start:p.at(n).end] == "منه"
}

// behindIn reports «في», «وفي», «فجر» before token k.
func (p *parser) behindIn(k int) bool {
	before, near := p.prev, k > 0 || p.afterPrev()
	if k > 0 {
		before, near = *p.at(k - 1), p.tight(k)
	}
	return near && (before.flags&inside != 0 || before.class == dayPart || before.class == unit && before.unit == Days)
}

// ordinalDay reads «السابع من أكتوبر», «الثامن والعشرين من نوفمبر 2024».
func (p *parser) ordinalDay(k int) (Phrase, int, bool) {
	day := int(p.at(k).value)
	n := k + 1
	if k == 0 && p.describes() {
		return Phrase{}, 0, false
	}
	if p.tight(n) {
		switch t := p.at(n); {
		case t.class == ten && day < 10:
			day += 10
			n++
		case t.class == tens && day < 10:
			day += int(t.value)
			n++
		case day == 1 && p.at(k).flags&weak != 0:
			return Phrase{}, 0, false // «الحادي» alone
		}
	}
	if p.ofIt(n) && p.behindIn(k) && day >= 1 && day <= 31 {
		return Phrase{Kind: Offset, Unit: Months, Day: uint8(day), OfIt: true, Clock: -1}, n + 1, true
	}
	if !p.tight(n) || p.at(n).class != from {
		return Phrase{}, 0, false
	}
	ph, n, ok := p.monthAfterDay(day, 0, n)
	if !ok {
		return Phrase{}, 0, false
	}
	return p.beside(ph, n)
}
