package dates

import "strings"

// Find gives the date phrases of running text, in order and not overlapping.
func Find(text string) []Match { return AppendMatches(nil, text) }

// AppendMatches appends the date phrases of running text to dst. It looks each
// word up once and tries the grammar only at words that can begin a date.
func AppendMatches(dst []Match, text string) []Match {
	var buf [16]token
	return appendMatches(dst, &parser{scanner: scanner{text: text, toks: buf[:0]}})
}

// Opening is a word of a text with which a date may begin: see Opens.
type Opening struct {
	Before     int32 // where the word before it starts, 0 for the first word
	Start, End int32 // bytes of the text
}

// Finder is AppendMatches for texts whose words are known. It keeps its buffers
// from text to text; the zero value is ready.
type Finder struct {
	toks   []token
	folded []byte
}

// AppendMatches appends the date phrases of a text to dst. Openings are, in
// order, all words of it that Opens says yes to. What lies between them is not
// read, which is most of a text.
func (f *Finder) AppendMatches(dst []Match, text string, openings []Opening) []Match {
	if len(openings) == 0 {
		return dst
	}
	p := parser{scanner: scanner{text: text, toks: f.toks, folded: f.folded}, known: true, openings: openings}
	dst = appendMatches(dst, &p)
	f.toks, f.folded = p.toks, p.folded
	return dst
}

func appendMatches(dst []Match, p *parser) []Match {
	for {
		m, ok := p.next()
		if !ok {
			return dst
		}
		dst = append(dst, m)
	}
}

// parser reads dates at the place of its scanner. lax admits what only a date
// line may say («12/2024»); why keeps the reason why what looked like a date
// was none. When the openings are known, those ahead are kept.
type parser struct {
	scanner
	lax      bool
	why      string
	known    bool
	openings []Opening
}

// skip moves the place to the word before the next opening: that word may
// change what the opening means. ok is false when there is none.
func (p *parser) skip() (ok bool) {
	for len(p.openings) > 0 && int(p.openings[0].End) <= p.pos {
		p.openings = p.openings[1:]
	}
	if len(p.openings) == 0 {
		return false
	}
	p.pos = max(p.pos, int(p.openings[0].Before))
	return true
}

// next finds the next date of the text.
func (p *parser) next() (Match, bool) {
	for {
		p.toks = p.toks[:0]
		if p.known && !p.skip() {
			return Match{}, false
		}
		t := p.at(0)
		if t.class == end {
			return Match{}, false
		}
		if t.class == other {
			p.prev = *t
			continue
		}
		if m, ok := p.match(); ok {
			p.prev = token{start: m.End, end: m.End, begin: m.End}
			p.pos = m.End
			return m, true
		}
		p.prev = p.toks[0]
		p.pos = p.prev.end
	}
}

// match reads a date that begins at the place.
func (p *parser) match() (Match, bool) {
	ph, n, ok := p.parse(0)
	if !ok {
		return Match{}, false
	}
	if ph.Kind == Yearless && p.prev.class == named && !ph.Past && !ph.Current && ph.Unit != Years && p.afterPrev() {
		return Match{}, false // «هجمات 11 سبتمبر» were not in the article's year
	}
	ph.Since = ph.Since || p.prev.flags&since != 0 && p.afterPrev()
	ph.Bound = !ph.Since && p.prev.flags&bound != 0 && p.afterPrev()
	m := Match{Start: p.at(0).start, End: p.at(n - 1).end}
	if whole(ph) {
		m.End = p.clockAndYear(&ph, n)
	}
	m.Phrase = ph
	return m, true
}

// whole reports that a day is said by its number, so that a time may follow.
func whole(ph Phrase) bool {
	return ph.Kind == Absolute && ph.Date.D != 0 || ph.Kind == Yearless && ph.Day != 0
}

// describes reports that an adjective at the place describes a definite noun
// before it: «الأسبوع الأول من ديسمبر».
func (p *parser) describes() bool {
	start := p.at(0).begin
	if p.prev.class == today || !parted(p.text[p.prev.end:start], "") {
		return false
	}
	word := p.text[p.prev.start:p.prev.end]
	return strings.HasPrefix(word, "ال") || strings.HasPrefix(word, "وال") || strings.HasPrefix(word, "بال") || strings.HasPrefix(word, "لل")
}

// afterPrev reports that only spaces part the place from the word before.
func (p *parser) afterPrev() bool {
	return p.prev.class != other && parted(p.text[p.prev.end:p.at(0).begin], "")
}

// inContext reports that token k follows «في», «منذ» or a joined ب.
func (p *parser) inContext(k int) bool {
	t := p.at(k)
	if p.lax || t.skip > 0 && t.flags&inside != 0 {
		return true
	}
	if k > 0 {
		return p.at(k-1).flags&inside != 0 && p.at(k-1).skip == 0 && p.tight(k)
	}
	return p.prev.flags&inside != 0 && p.prev.skip == 0 && p.afterPrev()
}

// parse reads a date at token k and gives the token after it.
func (p *parser) parse(k int) (Phrase, int, bool) {
	switch t := p.at(k); t.class {
	case number:
		return p.numeral(k)
	case month, twoWord:
		return p.monthFirst(k, p.inContext(k))
	case weekday:
		return p.weekdayFirst(k)
	case today, yesterday, tomorrow, first, after2, lastNight:
		return p.dayName(k)
	case ordinal:
		return p.ordinalDay(k)
	case unit:
		return p.unitFirst(k)
	case dayPart:
		return p.partOfDay(k)
	case ago:
		return p.ago(k)
	case this:
		if p.tight(k + 1) {
			switch u := p.at(k + 1); {
			case u.class == today:
				if k == 0 && p.prev.class == noToday && p.afterPrev() { // «في مثل هذا اليوم»
					return Phrase{}, 0, false
				}
				return p.today(k + 1)
			case u.class == unit && u.flags&definite != 0 && u.value == 1:
				return Phrase{Kind: Offset, Unit: u.unit, Current: true, Clock: -1}, k + 2, true
			}
		}
	case edge:
		if p.tight(k + 1) {
			switch u := p.at(k + 1); u.class {
			case month, twoWord:
				return p.monthFirst(k+1, true)
			case unit:
				if u.unit != Days {
					return p.unitFirst(k + 1)
				}
			case number:
				if ph, n, ok := p.year(k + 1); ok {
					return ph, n, ok
				}
			}
		}
	}
	return Phrase{}, 0, false
}

// partOfDay reads «صباح أمس الأحد», «مساء يوم 7 ديسمبر», «ليل السبت الأحد».
func (p *parser) partOfDay(k int) (Phrase, int, bool) {
	if !p.tight(k + 1) {
		return Phrase{}, 0, false
	}
	switch t := p.at(k + 1); {
	case t.class == weekday, t.class == today, t.class == yesterday, t.class == number, t.class == ordinal,
		t.class == first, t.class == tomorrow, t.class == unit && t.unit == Days && t.value == 1:
	default:
		return Phrase{}, 0, false
	}
	ph, n, ok := p.parse(k + 1)
	if !ok || ph.Kind == Offset && ph.Unit != Days || ph.Kind == Absolute && ph.Date.D == 0 || ph.Kind == Yearless && ph.Day == 0 {
		return Phrase{}, 0, false
	}
	if p.at(k).flags&night != 0 && ph.Kind == Weekday && p.loose(n, "-–/") {
		if t := p.at(n); t.class == weekday && int(t.value) == (int(ph.Weekday)+1)%7 {
			n++
		}
	}
	return ph, n, true
}

// ago reads «قبل يومين», «منذ 3 ساعات», «قبل ثلاثة أشهر»; not «قبل عامين ونصف»,
// «منذ أكثر من ألف يوم» (vague), «قبل يومين من الانتخابات» (counted from there).
func (p *parser) ago(k int) (Phrase, int, bool) {
	n, count := k+1, 0
	if !p.tight(n) {
		return Phrase{}, 0, false
	}
	switch t := p.at(n); {
	case t.class == number && t.digits <= 3:
		count = t.num
		n++
	case t.class == cardinal:
		count = int(t.value)
		n++
	}
	u := p.at(n)
	if !p.tight(n) || u.class != unit || u.flags&definite != 0 || count == 0 && u.value == 0 {
		return Phrase{}, 0, false
	}
	if count == 0 {
		count = int(u.value)
	} else if u.value == 2 {
		return Phrase{}, 0, false
	}
	n++
	if p.tight(n) {
		switch t := p.at(n); t.class {
		case half, number, month, twoWord, weekday, today, tens, unit:
			return Phrase{}, 0, false
		case from:
			if p.at(k).flags&since == 0 {
				return Phrase{}, 0, false
			}
		}
	}
	ph := Phrase{Kind: Offset, Offset: int16(-count), Unit: u.unit, Approx: u.unit > Hours, Since: p.at(k).flags&since != 0, Clock: -1}
	if u.flags&lone != 0 {
		ph.Offset = 0
	}
	return ph, n, true
}
