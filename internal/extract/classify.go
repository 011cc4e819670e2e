package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"warraq/internal/editorial"
)

// classify gives a line its role: by the marker that it begins with, if the
// rest of the line fits that marker, else by its shape.
func (s *sheet) classify(l *line) {
	l.value = l.end
	if l.count() == 0 {
		l.role = boilerplate // rules, dots, stars
		return
	}
	if l.chain > 0 {
		l.role, l.value, l.marked = inlineTeaser, l.chain, true
		return
	}
	if s.markersAt(l, l.w0, func(f found) bool {
		if !s.fits(l, f) {
			return false
		}
		l.role, l.value, l.marked = s.roleOf(f, l), f.after, true
		l.weak = l.role == authorLine && !f.sep && len(f.words) == 1
		return true
	}) {
		return
	}
	if r, ok := s.shape(l); ok {
		l.role = r
	}
}

func (s *sheet) roleOf(f found, l *line) role {
	rest := f.after < l.end
	switch f.kind {
	case editorial.RelatedBegins:
		switch {
		case s.gluedTitle(l, f), s.chain(l, f) > 0:
			return inlineTeaser
		case f.glued:
			return leftMarker
		}
		return beginsRelated
	case editorial.TeasersBegin:
		switch {
		case s.gluedTitle(l, f):
			return inlineTeaser
		case f.glued:
			return leftMarker
		}
		if f.whole && rest || s.chain(l, f) > 0 {
			return inlineTeaser
		}
		return beginsTeasers
	case editorial.InlineTeaser:
		switch {
		case f.glued:
			return leftMarker
		case rest:
			return inlineTeaser
		}
		return beginsTeasers
	case editorial.SourceLabel:
		return sourceLine
	case editorial.KeywordsLabel:
		return keywordsLine
	case editorial.DateLabel:
		return dateLine
	case editorial.UpdatedLabel:
		return updatedLine
	case editorial.AuthorLabel:
		return authorLine
	}
	return boilerplate
}

// announcesTitle reports a marker of several words that is else a line by
// itself, with a colon and one title behind it: «اقرأ المزيد: صفقة المعادن».
func (s *sheet) announcesTitle(l *line, f found) bool {
	if f.kind != editorial.TeasersBegin || len(f.words) < 2 || f.after >= l.end || l.w1-f.next > 16 || l.stop && s.lastRune(l) == '.' {
		return false
	}
	return strings.HasPrefix(strings.TrimLeft(s.text[s.words[f.next-1].end:l.end], " \u00a0"), ":")
}

// buttons reports whether all words of a line from word i on are texts of buttons
// that stand in a row: «طباعة مشاركة حفظ».
func (s *sheet) buttons(l *line, i int) bool {
	for i < l.w1 {
		next := i
		s.markersAt(l, i, func(f found) bool {
			if f.kind == editorial.Boilerplate && !f.glued {
				next = f.next
			}
			return next > i
		})
		if next == i {
			return false
		}
		i = next
	}
	return true
}

// gluedTitle reports whether what is glued to «اقرأ أيضا» or «اقرأ المزيد» is a title
// and not the article going on: it is short and does not end like a sentence.
func (s *sheet) gluedTitle(l *line, f found) bool {
	if !f.glued || l.w1-f.next > 18 || l.stop && s.lastRune(l) != '؟' {
		return false
	}
	return f.kind == editorial.RelatedBegins && f.last == "ايضا" || f.kind == editorial.TeasersBegin && f.last == "المزيد"
}

// fits decides whether a line that begins with a marker's words is that
// marker, or prose that happens to begin so.
func (s *sheet) fits(l *line, f found) bool {
	rest := l.w1 - f.next
	if f.glued {
		switch f.kind {
		case editorial.RelatedBegins, editorial.TeasersBegin, editorial.InlineTeaser:
			return true
		case editorial.Boilerplate:
			return rest <= 12
		}
		return false
	}
	if f.whole {
		return rest == 0 || s.announcesTitle(l, f) || f.kind == editorial.Boilerplate && s.buttons(l, f.next)
	}
	if rest == 0 {
		return true
	}
	switch f.kind {
	case editorial.RelatedBegins, editorial.TeasersBegin, editorial.InlineTeaser:
		if s.chain(l, f) > 0 {
			return true
		}
		if f.sep {
			return rest <= 26 && !(l.stop && s.lastRune(l) == '.' && rest > 16)
		}
		return len(f.words) >= 2 && rest <= 18 && !l.stop && !s.goesOn(f.next) && !strings.Contains(s.text[f.after:l.end], "،")
	case editorial.Boilerplate:
		switch {
		case len(f.words) >= 6:
			return rest <= 60
		case len(f.words) >= 3:
			return rest <= 26 && !(l.stop && rest > 16)
		case f.sep:
			return rest <= 14 && !(l.stop && rest > 10)
		case len(f.words) == 1:
			return rest <= 1 && !l.stop // a word alone says little: «للإعلان عن النتائج …»
		}
		return rest <= 8 && !(l.stop && rest > 5)
	case editorial.SourceLabel:
		if !f.sep {
			return rest <= 4 && s.isOutlet(s.text[f.after:l.end])
		}
		if last := s.lastRune(l); last == '؟' || last == '?' || last == '!' {
			return false // «المصدر: كيف نحميه؟» is a title
		}
		return rest <= 10 && !s.saysMore(f.after, l.end)
	case editorial.KeywordsLabel:
		if f.sep {
			return rest <= 80
		}
		return rest <= 30 && !l.stop && len(f.words) >= 2
	case editorial.DateLabel, editorial.UpdatedLabel:
		return s.mostlyDate(f.after, l.end) || f.kind == editorial.UpdatedLabel && len(f.words) >= 2 && rest <= 6 && !l.stop
	case editorial.AuthorLabel:
		if l.stop && !f.sep || rest > 7 || s.saysMore(f.after, l.end) {
			return false
		}
		if f.sep || len(f.words) >= 2 || s.folded(s.words[l.w0]) == "بقلم" {
			return true
		}
		// «كتب محمود سالم» signs; «تحرير الرهائن يقترب» is a title.
		return rest <= 3 && strings.HasPrefix(s.folded(s.words[l.w0]), "كتب")
	case editorial.PhotoCredit:
		return (f.sep || len(f.words) >= 2) && rest <= 16
	case editorial.SignOff:
		return rest <= 6 && !l.stop
	case editorial.Counter:
		return rest <= 4
	}
	return false
}

// goesOn reports whether a word carries on a sentence that the words of a
// marker began: «اقرأ أيضا ما كتبه …».
func (s *sheet) goesOn(w int) bool {
	folded := s.folded(s.words[w])
	if strings.HasPrefix(folded, "بال") || strings.HasPrefix(folded, "لل") {
		return true // «أخبار ذات صلة بالقطاع …»
	}
	switch folded {
	case "ما", "من", "في", "عن", "هذا", "هذه", "التي", "الذي", "علي", "مع", "كتاب", "كتابا", "كل", "ان", "الي", "لي",
		"له", "لها", "لهم", "باسم", "كانت", "كان", "وقال", "قال", "ثم", "حول", "بعد", "قبل", "بين", "او", "ولا", "كما", "حتي":
		return true
	}
	return false
}

// saysMore reports whether a label's value is a statement rather than a name:
// it opens with a quote or holds a sentence's end inside.
func (s *sheet) saysMore(start, end int) bool {
	value := s.text[start:end]
	switch r, _ := utf8.DecodeRuneInString(value); r {
	case '"', '“', '‘':
		if inner := strings.Trim(value, `"“”‘’'. `); len(strings.Fields(inner)) > 5 {
			return true
		}
	case '«':
		if closing := strings.Index(value, "»"); closing < 0 || len(strings.Fields(value)) > 6 {
			return true
		}
	}
	if strings.HasSuffix(strings.TrimSpace(value), ".") && strings.Contains(value, "،") && len(strings.Fields(value)) >= 6 {
		return true // «المصدر: كلمة نبدأ بها أخبارنا، وقلما نسأل عنها.»
	}
	inner := strings.TrimRight(value, ".!؟…: ")
	return strings.Contains(inner, ". ") || strings.Contains(inner, "؟") || strings.ContainsAny(inner, ":") && !strings.Contains(inner, "://")
}

func (s *sheet) lastRune(l *line) rune {
	r, _ := utf8.DecodeLastRuneInString(s.lineText(l))
	return r
}

// cutAtMarker looks for markers inside a line, behind the end of a sentence or
// glued to it, and cuts the line there. An inline teaser with dates is cut off
// behind its last date, so that what follows it stays.
// lost says that the text was glued to a block's marker: its block is lost.
func (s *sheet) cutAtMarker(l *line) (rest line, more, lost bool) {
	if l.count() == 0 {
		return
	}
	// A marker at the line's own beginning may end inside the line.
	if s.markersAt(l, l.w0, func(f found) bool {
		if end := s.datedHead(l, f); end > 0 {
			rest, more = s.split(l, end), true
			rest.glued = false
			return true
		}
		if !s.fits(l, f) {
			return false
		}
		end := 0
		switch {
		case s.gluedTitle(l, f):
		case f.glued:
			end = f.after
		default:
			end = s.chain(l, f)
		}
		if end == 0 || end >= l.end {
			return true
		}
		rest, more, lost = s.split(l, end), true, f.glued
		if !f.glued {
			l.chain = f.after
		}
		return true
	}) && more {
		return
	}
	for i := l.w0 + 1; i < l.w1; i++ {
		if at := s.gluedLabel(l, i); at > 0 {
			return s.split(l, at), true, false
		}
		if len((*s.marks)[s.words[i].hash]) == 0 {
			continue
		}
		behind := s.behindSentence(int(s.words[i-1].end), int(s.words[i].start))
		tail := *l
		tail.start, tail.w0 = int(s.words[i].start), i
		tail.stop, tail.cut = s.ending(tail.start, tail.end)
		if s.markersAt(&tail, i, func(f found) bool {
			if f.glued || !s.fits(&tail, f) {
				return false
			}
			if !behind && !s.announces(f, &tail) {
				return false
			}
			switch f.kind {
			case editorial.SourceLabel, editorial.KeywordsLabel, editorial.DateLabel, editorial.UpdatedLabel:
				return f.sep
			case editorial.RelatedBegins, editorial.TeasersBegin, editorial.InlineTeaser:
				return f.sep || len(f.words) >= 3 || tail.w1 == f.next
			case editorial.Boilerplate:
				return len(f.words) >= 3 || f.sep && len(f.words) >= 2
			}
			return false
		}) {
			return s.split(l, tail.start), true, false
		}
	}
	return
}

// gluedLabel finds a label whose first word lost the blank before it: «… الدورات
// السابقةالمصدر: جريدة الوسط», «اليومكلمات دلالية: …». Its colon tells it from a
// word that merely ends so. It gives the offset of the label, 0 for none.
func (s *sheet) gluedLabel(l *line, i int) int {
	const least = 3 // letters of the word before
	w := s.words[i]
	next := int(w.end)
	if i+1 < l.w1 && keywordSorts[s.words[i+1].hash] {
		next = int(s.words[i+1].end)
	}
	if next >= l.end || s.text[next] != ':' {
		return 0
	}
	label := "المصدر"
	if next > int(w.end) {
		label = "كلمات"
	}
	before, ok := strings.CutSuffix(s.text[w.start:w.end], label)
	if !ok || utf8.RuneCountInString(before) < least {
		return 0
	}
	return int(w.start) + len(before)
}

// keywordSorts are second words of labels that begin with «كلمات».
var keywordSorts = hashSet("دلالية", "دالة", "مفتاحية", "البحث")

// datedHead finds where a date's label and its date end when a whole text stands
// behind them in the line; 0 when none does.
func (s *sheet) datedHead(l *line, f found) int {
	const least = 10 // words of a text
	if f.kind != editorial.DateLabel || !f.sep || f.glued || f.next >= l.w1 {
		return 0
	}
	run, ok := s.dateAt(f.next, l.w1)
	if !ok || !run.full || run.glued || l.w1-run.next < least {
		return 0
	}
	behind := s.words[run.next]
	for _, zone := range []string{"GMT", "UTC"} {
		if strings.HasPrefix(s.text[behind.start:behind.end], zone) { // «… 2024 GMTقال»
			return int(behind.start) + len(zone)
		}
	}
	return int(behind.start)
}

// announces reports whether a marker of several words is one even in the middle
// of a sentence that lost its end: a colon follows it, or titles with dates.
func (s *sheet) announces(f found, tail *line) bool {
	if len(f.words) < 2 {
		return false
	}
	if s.chain(tail, f) > 0 {
		return true
	}
	switch f.kind {
	case editorial.RelatedBegins, editorial.TeasersBegin, editorial.KeywordsLabel:
		return strings.HasPrefix(strings.TrimLeft(s.text[s.words[f.next-1].end:tail.end], " \u00a0"), ":")
	}
	return false
}

// chain finds the end of a teaser whose titles, each with its date, stand in a
// row behind its marker, 0 when there is none. A marker that else opens a block
// of lines does so here too where the chain fills its line.
func (s *sheet) chain(l *line, f found) int {
	switch f.kind {
	case editorial.InlineTeaser:
		return s.chainEnd(l, f.after)
	case editorial.RelatedBegins, editorial.TeasersBegin:
		const least = 4 // words of text that goes on
		if f.whole || f.glued || len(f.words) < 2 || f.next >= l.w1 || s.goesOn(f.next) {
			return 0
		}
		if end := s.chainEnd(l, f.after); end > 0 && l.w1-s.firstWord(f.next, l.w1, end) >= least {
			return end
		}
	}
	return 0
}

// behindSentence reports whether the gap between two words ends a sentence.
func (s *sheet) behindSentence(from, to int) bool {
	gap := s.text[from:to]
	return strings.ContainsAny(gap, ".!؟?…|»”\")]") || strings.Contains(gap, "•")
}

// split cuts a line at an offset: l keeps what is before, the rest is returned.
func (s *sheet) split(l *line, at int) line {
	rest := line{end: l.end, w1: l.w1, glued: true}
	w := l.w0
	for w < l.w1 && int(s.words[w].start) < at {
		w++
	}
	if w > l.w0 && int(s.words[w-1].end) > at { // inside a word: cut the word too
		cut := s.words[w-1]
		head, tail := cut, cut
		head.end, tail.start = int32(at), int32(at)
		head.hash = s.wordHash(s.text[head.start:head.end])
		tail.hash = s.wordHash(s.text[tail.start:tail.end])
		s.words[w-1] = head
		s.words = append(s.words, word{})
		copy(s.words[w+1:], s.words[w:])
		s.words[w] = tail
		rest.w1++
	}
	rest.w0 = w
	l.w1 = w
	// Opening signs before the cut belong to what follows it.
	cutAt := at
	for cutAt > l.start {
		r, n := utf8.DecodeLastRuneInString(s.text[l.start:cutAt])
		if !strings.ContainsRune("([«“\"", r) && !unicode.IsSpace(r) {
			break
		}
		if r == '"' && cutAt-n > l.start && !unicode.IsSpace(rune(s.text[cutAt-n-1])) {
			break
		}
		cutAt -= n
	}
	rest.start, rest.end = s.trim(cutAt, l.end)
	l.start, l.end = s.trim(l.start, cutAt)
	return rest
}
