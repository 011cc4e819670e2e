package dates

import (
	"strings"

	"warraq/internal/civil"
)

// month reads the name of a month at token n, also its dual form in any order
// («ديسمبر/كانون الأول», «كانون الثاني (يناير)», «يناير كانون الثاني»). strong
// says that the name can be nothing else.
func (p *parser) month(n int) (mon, next int, strong, ok bool) {
	mon, next, strong, ok = p.oneMonth(n)
	if !ok {
		return 0, 0, false, false
	}
	if p.loose(next, "/(-–\\") {
		if second, after, _, ok := p.oneMonth(next); ok && second == mon {
			return mon, after, true, true
		}
	}
	return mon, next, strong, true
}

func (p *parser) oneMonth(n int) (mon, next int, strong, ok bool) {
	t := p.at(n)
	switch t.class {
	case month:
		if t.value == 8 && t.flags&weak != 0 && p.text[t.end-2:t.end] == "ب" && !strings.Contains(p.text[t.start:t.end], "آ") && !strings.Contains(p.text[t.start:t.end], "\u0653") {
			return 0, 0, false, false // «أب» is a father
		}
		return int(t.value), n + 1, t.flags&weak == 0, true
	case twoWord:
		if !p.tight(n + 1) {
			return 0, 0, false, false
		}
		switch o := p.at(n + 1); {
		case (o.class == ordinal || o.class == first) && o.value == 1:
			return int(t.value), n + 2, true, true
		case o.class == ordinal && o.value == 2, o.class == number && o.digits == 1 && o.num == 2:
			return int(t.value)%12 + 1, n + 2, true, true
		case o.class == number && o.digits == 1 && o.num == 1: // «كانون1»
			return int(t.value), n + 2, true, true
		}
	}
	return 0, 0, false, false
}

// monthFirst reads a month without a day before it: «ديسمبر 2024», «ديسمبر
// الماضي», «December 9, 2024», and, where the words before say that a date
// follows, the month alone.
func (p *parser) monthFirst(k int, inContext bool) (Phrase, int, bool) {
	mon, n, strong, ok := p.month(k)
	if !ok {
		return Phrase{}, 0, false
	}
	if k == 0 && p.prev.class == number && p.prev.digits <= 2 && p.afterPrev() {
		return Phrase{}, 0, false // the day before it was refused: «31 نوفمبر»
	}
	if k == 0 && p.prev.class == month && parted(p.text[p.prev.end:p.at(0).begin], "/(-–\\") {
		return Phrase{}, 0, false // and so was the dual name's first half
	}
	if ph, m, ok := p.dayAfterMonth(mon, n); ok && (ph.Kind == Absolute || p.at(k).flags&latin != 0) {
		return ph, m, true
	}
	ph := Phrase{Kind: Yearless, Month: uint8(mon), Clock: -1}
	m := p.yearAfter(&ph, n)
	switch {
	case ph.Kind == Absolute:
		ph.Date.M, ph.Month = uint8(mon), 0
	case m > n: // «الماضي», «من العام الماضي»
	case !inContext || !strong && p.at(k).flags&latin != 0:
		return Phrase{}, 0, false
	}
	return ph, m, true
}

// dayAfterMonth reads «December 9, 2024», «Dec 9th 2024», and with a year the
// same order with Arabic names, as content systems print it: «ديسمبر 9, 2024».
func (p *parser) dayAfterMonth(mon, n int) (Phrase, int, bool) {
	t := p.at(n)
	if !p.loose(n, ".") || t.class != number || t.digits > 2 {
		return Phrase{}, 0, false
	}
	day := t.num
	n++
	if p.tight(n) && p.at(n).class == suffix {
		n++
	}
	ph := Phrase{Kind: Yearless, Month: uint8(mon), Day: uint8(min(day, 99)), Clock: -1}
	n = p.yearAfter(&ph, n)
	year := 2024
	if ph.Kind == Absolute {
		year = int(ph.Date.Y)
	}
	if day < 1 || day > civil.DaysIn(year, mon) {
		p.refuse("month %d has no day %d", mon, day)
		return Phrase{}, 0, false
	}
	if ph.Kind == Absolute {
		ph.Date.M, ph.Date.D = uint8(mon), uint8(day)
		ph.Month, ph.Day = 0, 0
	}
	return ph, n, true
}

// yearAfter reads what follows a month at token n: a year, which makes ph
// Absolute, or «الماضي», «من العام الجاري» and the like. It gives the token
// after it, n when there is nothing.
func (p *parser) yearAfter(ph *Phrase, n int) int {
	if !p.loose(n, "،,)/-.") {
		return n
	}
	t := p.at(n)
	tight := p.loose(n, ")")
	switch {
	case t.class == number:
		if t.digits != 4 || t.num < 1800 || t.num > 2100 || p.at(n+1).class == hegira && p.tight(n+1) {
			return n
		}
		if rest := p.text[t.end:]; len(rest) > 1 && (rest[0] == '.' || rest[0] == ',') && rest[1] >= '0' && rest[1] <= '9' || strings.HasPrefix(rest, "%") {
			return n
		}
		ph.Kind, ph.Date = Absolute, civil.Date{Y: int16(t.num)}
		if p.tight(n+1) && p.at(n+1).class == common {
			return n + 2
		}
		return n + 1
	case !tight:
		return n
	case t.class == past:
		ph.Past = true
		return n + 1
	case t.class == future:
		ph.Future = true
		return n + 1
	case t.class == current:
		ph.Current = true
		return n + 1
	}
	m := n
	if t.class == from && p.tight(n+1) {
		m++
	}
	switch u := p.at(m); {
	case u.class == this && p.tight(m+1) && p.at(m+1).class == unit && p.at(m+1).unit == Years && p.at(m+1).flags&definite != 0:
		ph.Unit, ph.Current = Years, true
		return m + 2
	case u.class != unit || u.unit != Years || u.value != 1 || !p.tight(m+1):
	case p.at(m+1).class == number:
		if year, k, ok := p.year(m + 1); ok {
			ph.Kind, ph.Date = Absolute, year.Date
			return k
		}
	case u.flags&definite != 0:
		switch p.at(m + 1).class {
		case past:
			ph.Unit, ph.Offset, ph.Past = Years, -1, true
			return m + 2
		case current:
			ph.Unit, ph.Current = Years, true
			return m + 2
		case future:
			ph.Unit, ph.Offset, ph.Future = Years, 1, true
			return m + 2
		}
	}
	return n
}

// hijriMonth reads a Hijri month and its year at token n, behind a day.
func (p *parser) hijriMonth(day, n int) (Phrase, int, bool) {
	mon := 0
	switch t := p.at(n); t.class {
	case hijriMonth:
		mon = int(t.value)
		n++
	case hijriTwo:
		if !p.tight(n + 1) {
			return Phrase{}, 0, false
		}
		switch o := p.at(n + 1); {
		case t.value == 11 && o.class == hijriLast:
			mon = int(o.value)
		case t.value != 11 && (o.class == ordinal || o.class == first) && o.value <= 2:
			mon = int(t.value) + int(o.value) - 1
		default:
			return Phrase{}, 0, false
		}
		n += 2
	default:
		return Phrase{}, 0, false
	}
	if t := p.at(n); t.class == unit && t.unit == Years && t.value == 1 && p.tight(n) { // «من عام»
		n++
	}
	y := p.at(n)
	if !p.loose(n, "،,") || y.class != number || y.digits != 4 || y.num < 1356 || y.num > 1500 {
		return Phrase{}, 0, false
	}
	n++
	if p.tight(n) && p.at(n).class == hegira {
		n++
	}
	return p.hijri(y.num, mon, day, n)
}

func (p *parser) hijri(year, month, day, n int) (Phrase, int, bool) {
	d, ok := fromHijri(year, month, day)
	if !ok && day == 30 && month >= 1 && month <= 12 {
		// Moon watchers may count a 30th where the tables have 29 days.
		if d, ok = fromHijri(year, month, 29); ok {
			d = d.AddDays(1)
		}
	}
	if !ok {
		p.refuse("there is no day %d in month %d of the Hijri year %d", day, month, year)
		return Phrase{}, 0, false
	}
	return Phrase{Kind: Absolute, Date: d, Hijri: true, Clock: -1,
		HijriYear: int16(year), HijriMonth: uint8(month), HijriDay: uint8(day)}, n, true
}

// beside joins a date with the same day in the other calendar behind it: «7
// جمادى الآخرة 1446هـ الموافق 8 ديسمبر 2024م», «8 ديسمبر 2024 (7/6/1446هـ)».
func (p *parser) beside(ph Phrase, n int) (Phrase, int, bool) {
	if !whole(ph) {
		return ph, n, true
	}
	k := n
	if !p.loose(k, "،,(/-–|)") {
		return ph, n, true
	}
	if p.at(k).class == matching {
		k++
		if p.at(k).class == matching && p.tight(k) { // «الموافق لـ 8 ديسمبر»
			k++
		}
		if !p.loose(k, "(:") {
			return ph, n, true
		}
	}
	if t := p.at(k); t.class != number || t.digits > 4 {
		return ph, n, true
	}
	second, m, ok := p.numbers(k)
	if !ok && p.at(k).digits <= 2 {
		second, m, ok = p.dayMonth(k)
	}
	switch {
	case !ok || !whole(second) || ph.Hijri == second.Hijri:
		return ph, n, true
	case ph.Hijri:
		if second.Kind == Yearless { // «8 جمادى الآخرة 1446هـ، 9 ديسمبر»
			second.Kind = Absolute
			for _, y := range [...]int16{ph.Date.Y - 1, ph.Date.Y, ph.Date.Y + 1} {
				d := civil.Date{Y: y, M: second.Month, D: second.Day}
				if off := ph.Date.DaysUntil(d); off > -180 && off < 180 {
					second.Date = d
				}
			}
			second.Month, second.Day = 0, 0
		}
		second.HijriYear, second.HijriMonth, second.HijriDay = ph.HijriYear, ph.HijriMonth, ph.HijriDay
		return second, m, true
	default:
		if ph.Kind == Yearless {
			return ph, n, true
		}
		ph.HijriYear, ph.HijriMonth, ph.HijriDay = second.HijriYear, second.HijriMonth, second.HijriDay
		return ph, m, true
	}
}
