package dates

import (
	"time"

	"warraq/internal/civil"
)

// dayName reads «اليوم», «اليوم الاثنين», «أمس الأحد», «أمس الأول», «أول من أمس»,
// «غدا», «بعد غد», «الليلة الماضية».
func (p *parser) dayName(k int) (Phrase, int, bool) {
	ph := Phrase{Kind: Offset, Unit: Days, Clock: -1}
	n := k + 1
	if t := p.at(k); k == 0 && t.flags&definite != 0 && t.skip == 0 && (t.class == yesterday || t.class == tomorrow) && t.end-t.start < len("البارحة") {
		return Phrase{}, 0, false // «بسعر الأمس», «جيل الغد»
	}
	switch t := p.at(k); t.class {
	case today:
		return p.today(k)
	case lastNight:
		if !p.tight(n) || p.at(n).class != past {
			return Phrase{}, 0, false
		}
		ph.Offset = -1
		return ph, n + 1, true
	case first:
		if p.tight(n) && p.at(n).class == from {
			n++
		}
		if !p.tight(n) || p.at(n).class != yesterday {
			return Phrase{}, 0, false
		}
		ph.Offset = -2
		n++
	case after2:
		if !p.tight(n) || p.at(n).class != tomorrow {
			return Phrase{}, 0, false
		}
		ph.Offset, ph.Future = 2, true
		n++
	case tomorrow:
		ph.Offset, ph.Future = 1, true
	default: // yesterday
		ph.Offset = -1
		if p.tight(n) {
			switch t := p.at(n); {
			case t.class == ordinal && t.value == 1 && t.flags&weak == 0:
				ph.Offset = -2
				n++
			case t.class == notDay:
				return Phrase{}, 0, false
			}
		}
	}
	if p.loose(n, dayMarks) && p.isWeekday(n) {
		ph.HasWeekday, ph.Weekday = true, time.Weekday(p.at(n).value)
		n++
		if date, m, ok := p.dateBeside(n); ok {
			date.HasWeekday, date.Weekday = true, ph.Weekday
			return date, m, true
		}
	}
	return ph, n, true
}

// dayMarks may part «اليوم» from its weekday, and a weekday from its date.
const dayMarks = "،,/(-–"

// today reads «اليوم» alone or with its weekday. Alone it is a word of many
// names («روسيا اليوم», «اليوم السابع», «اليوم العالمي») and of other senses
// («في اليوم التالي»), so it is read as a date only where neither neighbour
// makes such a name.
func (p *parser) today(k int) (Phrase, int, bool) {
	ph := Phrase{Kind: Weekday, Today: true, Clock: -1}
	n := k + 1
	if p.loose(n, dayMarks) {
		if p.isWeekday(n) {
			ph.HasWeekday, ph.Weekday = true, time.Weekday(p.at(n).value)
			n++
			if date, m, ok := p.dateBeside(n); ok {
				date.HasWeekday, date.Weekday, date.Today = true, ph.Weekday, true
				return date, m, true
			}
			return ph, n, true
		}
		if date, m, ok := p.dateBeside(n); ok && p.at(n).class == number {
			date.Today = true
			return date, m, true
		}
	}
	if k == 0 && p.afterPrev() && (p.prev.class == noToday || p.prev.class == noWeekday || p.prev.class == this || p.prev.flags&inside != 0 && p.prev.class != edge) {
		return Phrase{}, 0, false
	}
	if p.tight(n) { // «اليوم التالي»: a definite word behind it describes it
		if w := p.text[p.at(n).start:p.at(n).end]; len(w) > 4 && w[:4] == "ال" || p.at(n).class == notDay {
			return Phrase{}, 0, false
		}
		switch p.text[p.at(n).start:p.at(n).end] {
		case "نفسه", "ذاته", "عينه", "واحد":
			return Phrase{}, 0, false
		}
	}
	return ph, n, true
}

// isWeekday reports an Arabic weekday at token k that is not part of a name.
func (p *parser) isWeekday(k int) bool {
	t := p.at(k)
	if t.class != weekday || t.flags&latin != 0 {
		return false
	}
	return p.at(k+1).class != notDay || !p.tight(k+1)
}

// weekdayFirst reads «الاثنين», «الجمعة الماضي», «الاثنين 9 ديسمبر», «Mon, 09 Dec».
func (p *parser) weekdayFirst(k int) (Phrase, int, bool) {
	day := time.Weekday(p.at(k).value)
	n := k + 1
	if date, m, ok := p.dateBeside(n); ok {
		date.HasWeekday, date.Weekday = true, day
		return date, m, true
	}
	if !p.isWeekday(k) || k == 0 && p.recurs() {
		return Phrase{}, 0, false
	}
	ph := Phrase{Kind: Weekday, HasWeekday: true, Weekday: day, Clock: -1}
	if p.at(n).class == weekday && p.and(n) && parted(p.gap(n), "") && p.tight(n+1) { // «الأربعاء والخميس المقبلين»
		ph.Past, ph.Future = p.at(n+1).class == past, p.at(n+1).class == future
	} else if p.tight(n) {
		switch t := p.at(n); t.class {
		case past, future:
			ph.Past, ph.Future = t.class == past, t.class == future
			n++
			if date, m, ok := p.dateBeside(n); ok { // «الجمعة الماضي الموافق 6 ديسمبر»
				date.HasWeekday, date.Weekday = true, day
				return date, m, true
			}
		default:
			m := n
			if t.class == from && p.tight(n+1) {
				m++
			}
			if u := p.at(m); u.class == unit && u.unit == Weeks && u.flags&definite != 0 && p.tight(m+1) {
				switch p.at(m + 1).class {
				case past:
					ph.Past, ph.Unit, ph.Offset = true, Weeks, -1
					n = m + 2
				case future:
					ph.Future = true
					n = m + 2
				}
			}
		}
	}
	return ph, n, true
}

// recurs reports that the word before makes the weekday at the place no day of
// its own: «كل», «أيام», «صلاة».
func (p *parser) recurs() bool {
	return p.afterPrev() && (p.prev.class == noWeekday || p.prev.class == weekday && p.prev.flags&latin == 0 || // «أيام السبت والأحد»
		p.prev.class == unit && p.prev.unit == Days && p.prev.value == 0)
}

// dateBeside reads a date by numbers at token k, behind a weekday.
func (p *parser) dateBeside(k int) (Phrase, int, bool) {
	if p.loose(k, "،,") && p.at(k).class == matching {
		k++
		if p.at(k).class == unit && p.at(k).unit == Days && p.tight(k) { // «الموافق يوم»
			k++
		}
	}
	if !p.loose(k, dayMarks+"|.:") {
		return Phrase{}, 0, false
	}
	switch t := p.at(k); {
	case t.class == number:
	case t.class == ordinal:
	case t.class == month && t.flags&latin != 0:
	default:
		return Phrase{}, 0, false
	}
	ph, n, ok := p.parse(k)
	if !ok || !whole(ph) {
		return Phrase{}, 0, false
	}
	return ph, n, true
}

// unitFirst reads «يوم الجمعة», «شهر ديسمبر», «عام 2015», «الشهر الماضي».
func (p *parser) unitFirst(k int) (Phrase, int, bool) {
	t := p.at(k)
	n := k + 1
	if t.value != 1 || !p.loose(n, "/(،") {
		return Phrase{}, 0, false
	}
	next := p.at(n)
	if t.flags&definite != 0 && t.unit != Days && p.tight(n) {
		ph := Phrase{Kind: Offset, Unit: t.unit, Clock: -1}
		switch next.class {
		case past:
			ph.Offset, ph.Past = -1, true
			return ph, n + 1, true
		case current:
			ph.Current = true
			return ph, n + 1, true
		case future:
			ph.Offset, ph.Future = 1, true
			return ph, n + 1, true
		}
	}
	switch t.unit {
	case Days:
		if t.flags&definite != 0 {
			return Phrase{}, 0, false
		}
		if k == 0 && p.recurs() {
			return Phrase{}, 0, false // «كل يوم جمعة»
		}
		switch next.class {
		case weekday:
			if next.flags&latin == 0 {
				return p.weekdayFirst(n)
			}
		case number, ordinal:
			if ph, m, ok := p.parse(n); ok && whole(ph) {
				return ph, m, true
			} else if ok && ph.Kind == Offset && ph.Day != 0 {
				return ph, m, true
			}
		case yesterday, tomorrow, first:
			return p.dayName(n)
		}
	case Months:
		if next.class == month || next.class == twoWord {
			return p.monthFirst(n, true)
		}
	case Years:
		if next.class == number && p.tight(n) {
			return p.year(n)
		}
	}
	return Phrase{}, 0, false
}

// year reads a year by its number, where the words before say it is one.
func (p *parser) year(k int) (Phrase, int, bool) {
	t := p.at(k)
	if t.digits != 4 || t.num < 1000 || t.num > 2100 || p.inNumber(k) {
		return Phrase{}, 0, false
	}
	n := k + 1
	if p.tight(n) {
		switch p.at(n).class {
		case hegira:
			return Phrase{}, 0, false
		case common:
			n++
		}
	} else if gap := p.gapAt(n); p.at(n).class == number && (gap == "-" || gap == "–" || gap == "/" || gap == " - " || gap == " – ") {
		return Phrase{}, 0, false // a range of years is no date
	}
	return Phrase{Kind: Absolute, Date: civil.Date{Y: int16(t.num)}, Clock: -1}, n, true
}

// gapAt is gap, empty at the end of the text.
func (p *parser) gapAt(k int) string {
	if p.at(k).class == end {
		return ""
	}
	return p.gap(k)
}

// inNumber reports that the number at token k is part of a longer one: a
// decimal, a thousand, a range, a chain like «192.168.1.1».
func (p *parser) inNumber(k int) bool {
	t := p.at(k)
	if t.start >= 2 {
		if c := p.text[t.start-1]; c == '.' || c == ',' || c == '-' || c == '/' || c == ':' {
			if d := p.text[t.start-2]; d >= '0' && d <= '9' {
				return true
			}
		}
	}
	if t.start >= 2 && t.start <= len(p.text) && (p.text[t.start-2:t.start] == "٫" || p.text[t.start-2:t.start] == "٬") {
		return true
	}
	rest := p.text[t.end:]
	if len(rest) >= 2 && (rest[0] == '.' || rest[0] == ',' || rest[0] == ':') && rest[1] >= '0' && rest[1] <= '9' {
		return true
	}
	return len(rest) >= 1 && (rest[0] == '%' || len(rest) >= 2 && (rest[:2] == "٪" || rest[:2] == "٫" || rest[:2] == "٬"))
}
