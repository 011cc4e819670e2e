package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"warraq/internal/arabic"
)

// Here dates are only recognised as shapes, to know a date line and the end of
// an inline teaser. What a date says is read by package dates.

// dateWord classes the words that dates are made of.
type dateWord uint8

const (
	noDateWord dateWord = iota
	numberWord
	monthWord
	weekdayWord
	clockWord // «مساء», «ص», GMT
	unitWord  // «ساعات»: with «منذ»
	sinceWord
	glueWord // «الموافق», «الساعة», «بتوقيت»
)

var dateWords = func() map[string]dateWord {
	table := map[string]dateWord{}
	add := func(class dateWord, words string) {
		for _, w := range strings.Fields(words) {
			table[arabic.Fold(w)] = class
		}
	}
	add(monthWord, "يناير فبراير مارس أبريل إبريل مايو يونيو يونيه يوليو يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر كانون شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين")
	add(monthWord, "جانفي فيفري أفريل ماي جوان جويلية أوت دجنبر نونبر يوليوز غشت شتنبر محرم صفر ربيع جمادى رجب شعبان رمضان شوال القعدة الحجة")
	add(monthWord, "ژانویه فوریه آوریل ژوئن ژوئیه سپتامبر اکتبر نوامبر دسامبر")
	add(monthWord, "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec")
	add(glueWord, "الأول الثاني الأولى الثانية الأخر الآخر الآخرة ذو ذي الموافق الساعة بتوقيت توقيت مكة المكرمة غرينتش جرينتش في يوم من هـ م ميلادي ميلادية هجري هجرية بتاريخ تاريخ عند محلي المحلي القاهرة الرياض دمشق بيروت موسكو أبوظبي")
	add(weekdayWord, "السبت الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة اليوم أمس monday tuesday wednesday thursday friday saturday sunday")
	add(clockWord, "صباحا مساء ظهرا عصرا فجرا ليلا ص gmt utc am pm")
	add(unitWord, "ساعة ساعات ساعتين يوم أيام يومين دقيقة دقائق دقيقتين أسبوع أسبوعين أسابيع شهر شهرين أشهر شهور سنة سنتين سنوات عام عامين أعوام")
	add(sinceWord, "منذ قبل")
	return table
}()

// zoneCities belong to a date only as the names of its time zone.
var zoneCities = wordSet("القاهرة", "الرياض", "دمشق", "بيروت", "موسكو", "أبوظبي")

// dateRun is a run of date words.
type dateRun struct {
	next     int // index of the word behind it
	end      int // offset behind it, inside a word when text is glued to it
	full     bool
	clock    bool
	glued    bool
	relative bool
}

// dateAt reads the run of date words that begins with word i.
func (s *sheet) dateAt(i, limit int) (run dateRun, ok bool) {
	numbers, months, weekdays, units := 0, 0, 0, 0
	since, year := false, false
	run.next = i
	for ; run.next < limit && run.next < i+16; run.next++ {
		w := s.words[run.next]
		if run.next > i {
			gap := s.text[s.words[run.next-1].end:w.start]
			if strings.ContainsAny(gap, "\n؛;!؟?…»«\"“”") || strings.Contains(gap, ". ") && run.full {
				break
			}
			if numbers == 2 && gap == ":" {
				run.clock = true
			}
		}
		text := s.text[w.start:w.end]
		class, size := s.dateWord(text)
		if class == noDateWord && run.clock {
			if size = halfDay(text); size > 0 {
				class = clockWord // «10:41 موقال»
			}
		}
		if class == noDateWord && run.next > i && numbers > 0 {
			if size = s.gluedMinutes(run.next); size > 0 {
				class, run.clock = numberWord, true
			}
		}
		if class == noDateWord {
			break
		}
		if class == glueWord && zoneCities[s.folded(w)] && (run.next == i || !strings.HasSuffix(s.folded(s.words[run.next-1]), "توقيت")) {
			break // «… GMT دمشق في 8 ديسمبر» ends at GMT: a dateline follows
		}
		if class == glueWord && numbers+months+weekdays == 0 && !since {
			break // a date does not begin with «في»
		}
		switch class {
		case numberWord:
			if run.next > i && strings.HasSuffix(s.text[s.words[run.next-1].end:w.start], ":") {
				run.clock = true
			}
			numbers++
			year = year || size >= 4 && digitsOf(text[:size]) == 4
		case monthWord:
			months++
		case weekdayWord:
			weekdays++
		case clockWord:
			run.clock = run.clock || numbers > 0
		case unitWord:
			units++
		case sinceWord:
			if run.next > i {
				class = noDateWord
			}
			since = true
		}
		if class == noDateWord {
			break
		}
		run.end = int(w.start) + size
		run.full = months > 0 && numbers >= 1 || numbers >= 3 && s.numeric(i, run.next) || since && units > 0
		if size < len(text) {
			run.glued = true
			run.next++
			break
		}
	}
	run.relative = since
	if run.next > i {
		// Words that only join do not end a date.
		for run.next > i && !run.glued {
			class, _ := s.dateWord(s.text[s.words[run.next-1].start:s.words[run.next-1].end])
			if class != glueWord || s.numericSuffix(run.next-1) {
				break
			}
			run.next--
		}
		if run.next > i && !run.glued {
			run.end = int(s.words[run.next-1].end)
		}
	}
	return run, run.next > i && (run.full || weekdays > 0 && numbers > 0)
}

// numericSuffix keeps the «م» and «هـ» of years.
func (s *sheet) numericSuffix(i int) bool {
	switch s.folded(s.words[i]) {
	case "م", "ه", "هجري", "هجريه", "ميلادي", "ميلاديه", "الاول", "الثاني", "الاخر", "الاخره", "الاولي", "الثانيه", "غرينتش", "جرينتش", "المكرمه",
		"القاهره", "الرياض", "دمشق", "بيروت", "موسكو", "ابوظبي", "المحلي":
		return true
	}
	return false
}

// numeric reports whether words i…j are three numbers parted by - / or dots.
func (s *sheet) numeric(i, j int) bool {
	run := 0
	for k := i + 1; k <= j; k++ {
		switch strings.TrimSpace(s.text[s.words[k-1].end:s.words[k].start]) {
		case "-", "/", ".", "–":
			if run++; run >= 2 {
				return true
			}
		default:
			run = 0
		}
	}
	return false
}

// dateWord classes a word. size is how much of it belongs to the date: less
// than all when text is glued to a year or to «مساءً».
func (s *sheet) dateWord(text string) (class dateWord, size int) {
	digits := 0
	for digits < len(text) {
		r, n := utf8.DecodeRuneInString(text[digits:])
		if !(r >= '0' && r <= '9' || r >= '٠' && r <= '٩' || r >= '۰' && r <= '۹') {
			break
		}
		digits += n
	}
	if digits > 0 {
		switch rest := arabic.Fold(text[digits:]); rest {
		case "", "م", "ه", "st", "nd", "rd", "th", "ص", "am", "pm", "t", "z":
			return numberWord, len(text)
		default:
			if hour, ok := strings.CutPrefix(rest, "t"); ok && strings.Trim(hour, "0123456789") == "" {
				return numberWord, len(text) // 2025-05-20T09:30
			}
			if digitsOf(text[:digits]) == 4 {
				return numberWord, digits // a year with text glued to it
			}
			return noDateWord, 0
		}
	}
	folded := arabic.Fold(text)
	if class := dateWords[folded]; class != noDateWord {
		return class, len(text)
	}
	for _, half := range []string{"صباحا", "مساء"} {
		if strings.HasPrefix(folded, half) {
			return clockWord, foldedPrefix(text, half)
		}
	}
	for _, unit := range []string{"ساعات", "ساعتين", "يومين", "دقيقه", "ساعه", "دقايق"} {
		if strings.HasPrefix(folded, unit) {
			return unitWord, foldedPrefix(text, unit)
		}
	}
	for _, unit := range []string{"اسبوعين", "اسابيع", "ايام", "شهرين", "اشهر", "سنوات", "عامين"} {
		// «منذ أسبوعينوقال»; what is shorter is an ending («أيامها»).
		if rest, ok := strings.CutPrefix(folded, unit); ok && utf8.RuneCountInString(rest) >= 3 {
			return unitWord, foldedPrefix(text, unit)
		}
	}
	return noDateWord, 0
}

// halfDay finds the «م» or «ص» of a clock time that the next sentence is glued
// to, which then begins with «و».
func halfDay(text string) int {
	for _, half := range []string{"م", "ص"} {
		if rest, ok := strings.CutPrefix(text, half); ok && strings.HasPrefix(rest, "و") && utf8.RuneCountInString(rest) >= 4 {
			return len(half)
		}
	}
	return 0
}

// gluedMinutes finds the minutes of a clock time, behind its colon, that the
// next sentence is glued to: «22:30وأفاد».
func (s *sheet) gluedMinutes(i int) int {
	w := s.words[i]
	if s.text[s.words[i-1].end:w.start] != ":" {
		return 0
	}
	size, digits := 0, 0
	for size < int(w.end-w.start) {
		r, n := utf8.DecodeRuneInString(s.text[int(w.start)+size : w.end])
		if !unicode.IsDigit(r) {
			break
		}
		size, digits = size+n, digits+1
	}
	if rest := s.text[int(w.start)+size : w.end]; digits != 2 || utf8.RuneCountInString(rest) < 3 {
		return 0
	}
	return size
}

// foldedPrefix gives the length of the part of text that folds to prefix.
func foldedPrefix(text, prefix string) int {
	folded, at := arabic.AppendFoldAt(nil, nil, text)
	if len(folded) <= len(prefix) {
		return len(text)
	}
	return int(at[len(prefix)])
}

func digitsOf(s string) int { return utf8.RuneCountInString(s) }

// firstWord finds the first word of the sheet at or behind an offset within
// the words lo…hi.
func (s *sheet) firstWord(lo, hi, at int) int {
	for lo < hi && int(s.words[lo].start) < at {
		lo++
	}
	return lo
}

// mostlyDate reports whether a text is a date with a few words around it.
func (s *sheet) mostlyDate(start, end int) bool {
	others, found := s.aroundDate(start, end)
	return found && others <= 2
}

// aroundDate counts the words of a text that belong to no date.
func (s *sheet) aroundDate(start, end int) (others int, found bool) {
	lo := s.wordsFrom(start)
	hi := lo
	for hi < len(s.words) && int(s.words[hi].end) <= end {
		hi++
	}
	if hi-lo > 18 {
		return hi - lo, false
	}
	for i := lo; i < hi; {
		if run, ok := s.dateAt(i, hi); ok && !run.glued {
			found = true
			i = run.next
			continue
		}
		if class, _ := s.dateWord(s.text[s.words[i].start:s.words[i].end]); class == noDateWord {
			others++
		}
		i++
	}
	return others, found
}

// wordsFrom gives the index of the first word at or behind an offset, by
// halving: words are sorted.
func (s *sheet) wordsFrom(at int) int {
	lo, hi := 0, len(s.words)
	for lo < hi {
		if mid := (lo + hi) / 2; int(s.words[mid].start) < at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// chainEnd finds where an inline teaser ends: titles, each with its date, stand
// in a row behind its marker, and the paragraph goes on behind the last date,
// often without a blank. It gives 0 when no date follows. A date further on
// belongs to the paragraph: when the teaser's dates have clock times and it has
// none, when words that lead to a date in prose stand before it, when what
// stands between carries on a text.
func (s *sheet) chainEnd(l *line, from int) int {
	const longestTitle = 28
	end, clock, first := 0, false, true
	begin := s.firstWord(l.w0, l.w1, from)
	for i := begin; i < l.w1 && i-begin <= longestTitle; {
		run, ok := s.dateAt(i, l.w1)
		if !ok || !run.full || run.relative && first && i == begin {
			i++
			continue
		}
		title := i - begin
		if !first && (clock != run.clock || title < 2 || s.leadsToDate(i-1) || s.connects(begin, l.w1)) {
			break
		}
		if first && title < 2 || title > 0 && s.leadsToDate(i-1) {
			if first {
				i = run.next
				continue
			}
			break
		}
		end, clock, first = run.end, run.clock, false
		if run.glued {
			break
		}
		i, begin = run.next, run.next
	}
	return end
}

// leadsToDate knows the words after which a date is part of a sentence.
func (s *sheet) leadsToDate(i int) bool {
	switch s.folded(s.words[i]) {
	case "في", "يوم", "حتي", "بتاريخ", "بين", "ليله", "صباح", "فجر", "مساء":
		return true
	}
	return false
}
