package match

import (
	"slices"
	"strings"
	"unicode/utf8"

	"warraq/internal/arabic"
	"warraq/internal/archive"
	"warraq/internal/dates"
)

// An event is a dated statement that something happened. The date's own words
// rule out what is announced («المقبل») or lasts («منذ»); what stands around
// them decides the rest:
//
//   - what the date hangs on: «حتى 8 ديسمبر», «أحداث 7 أكتوبر», «كل جمعة» date
//     no happening;
//   - the governing verb, which is the nearest before the date, or the next
//     one where the date opens its clause («وفي صباح أمس الأحد دخلوا»): in the
//     past it tells of a happening, in the present or future of a habit or a
//     plan, and behind «إذا» or «ربما» of neither;
//   - a verb of saying dates the saying. The first such report of a day is what
//     the article is about; further quotations of that day are no events.
//
// Wrong dates harm a timeline more than missing ones: in doubt there is none.

// judged is one date phrase of a sentence and what was made of it.
type judged struct {
	match    dates.Match // offsets in the paragraph
	from, to int         // its tokens
	lead     int         // first token of what belongs to the date: «وفي صباح»
	verb     int         // governing token, -1 none
	event    bool
}

// findEvents finds the events of the body.
func (s *scan) findEvents() []archive.DraftEvent {
	var events []archive.DraftEvent
	s.said, s.month = s.said[:0], dates.Phrase{Kind: dates.Offset}
	for para := 1; para < len(s.text); para++ {
		tokens := s.in(para)
		if !slices.ContainsFunc(tokens, func(t token) bool { return t.class&dateHint != 0 }) {
			continue
		}
		text := s.text[para]
		at := int(s.first[para])
		for i := 0; ; {
			start, end := arabic.NextSentence(text, i)
			if start == end {
				break
			}
			i = end
			a := at
			for at < int(s.first[para+1]) && int(s.tokens[at].start) < end {
				at++
			}
			if slices.ContainsFunc(s.tokens[a:at], func(t token) bool { return t.class&dateHint != 0 }) {
				events = s.sentenceEvents(events, para, start, end, a, at)
			}
		}
	}
	return events
}

// findDates finds the dates of a piece of a paragraph, which begins at byte
// offset of it and has the tokens a to b. Their offsets are those in the piece.
func (s *scan) findDates(piece string, offset, a, b int) {
	s.openings = s.openings[:0]
	for k := a; k < b; k++ {
		if t := &s.tokens[k]; t.opens {
			o := dates.Opening{Start: t.start - int32(offset), End: t.end - int32(offset)}
			if k > a {
				o.Before = s.tokens[k-1].start - int32(offset)
			}
			s.openings = append(s.openings, o)
		}
	}
	s.matches = s.finder.AppendMatches(s.matches[:0], piece, s.openings)
}

// datePart is the most words a date has before or behind one of dateWords.
const datePart = 8

// maxDates is the most dates of one sentence that are judged. What has more is
// a table that lost its lines, and comparing each with each must stay cheap.
const maxDates = 24

// sentenceEvents judges the dates of one sentence: bytes start to end of the
// paragraph, tokens a to b.
func (s *scan) sentenceEvents(events []archive.DraftEvent, para, start, end, a, b int) []archive.DraftEvent {
	text := s.text[para]
	// Only the words around those that dates are made of are read for dates.
	hint := func(t token) bool { return t.class&dateHint != 0 }
	near := max(a, a+slices.IndexFunc(s.tokens[a:b], hint)-datePart)
	far := b
	for far > a && !hint(s.tokens[far-1]) {
		far--
	}
	offset, stop := start, end
	if near > a {
		offset = int(s.tokens[near].start)
	}
	if far+datePart < b {
		far += datePart
		stop = int(s.tokens[far].start)
	} else {
		far = b
	}
	s.findDates(text[offset:stop], offset, near, far)
	if len(s.matches) == 0 {
		return events
	}
	s.matches = s.matches[:min(len(s.matches), maxDates)]
	question := false
	for _, r := range text[max(start, end-4):end] {
		question = question || r == '؟' || r == '?'
	}
	found := make([]judged, 0, len(s.matches))
	any := false
	for _, m := range s.matches {
		m.Start += offset
		m.End += offset
		if m.Phrase.OfIt {
			day, ok := m.Phrase.In(s.month)
			if !ok {
				continue
			}
			m.Phrase = day
		} else if namesMonth(m.Phrase) {
			s.month = m.Phrase
		}
		j := s.judge(m, a, b)
		j.event = j.event && !question
		any = any || j.event
		found = append(found, j)
	}
	if !any {
		return events
	}
	// «قبل عام، في 8 ديسمبر 2024، غادر»: the day says it better.
	for i := range found {
		for k := range found {
			if found[i].verb >= 0 && found[i].verb == found[k].verb && found[k].event && coarse(found[i].match.Phrase) && !coarse(found[k].match.Phrase) {
				found[i].event = false
			}
		}
	}
	for i := range found {
		if !found[i].event {
			continue
		}
		first, last := s.clause(found, i, a, b)
		from, to := int(s.tokens[first].start), end
		if first == a {
			from = start
		}
		if last < b {
			to = trimmedTo(text, from, int(s.tokens[last].start))
		}
		m := found[i].match
		events = append(events, archive.DraftEvent{
			Phrase: archive.DatePhrase{
				Phrase: m.Phrase, Text: text[m.Start:m.End],
				At: archive.TextPos{Line: int32(para), Column: int32(utf8.RuneCountInString(text[:m.Start])) + 1},
			},
			Sentence: text[from:to],
			Entities: s.entitiesIn(first, last),
			Stems:    s.stemsIn(first, last, found),
		})
	}
	return events
}

// namesMonth reports a phrase to which a later «الثامن منه» may refer.
func namesMonth(p dates.Phrase) bool {
	return p.Kind == dates.Absolute && p.Date.M != 0 || p.Kind == dates.Yearless
}

// judge decides about one date phrase in the sentence of tokens a to b.
func (s *scan) judge(m dates.Match, a, b int) judged {
	j := judged{match: m, verb: -1}
	j.from = a
	for j.from < b && int(s.tokens[j.from].end) <= m.Start {
		j.from++
	}
	j.to = j.from
	for j.to < b && int(s.tokens[j.to].start) < m.End {
		j.to++
	}
	p := m.Phrase
	since := p.Since || j.from < j.to && strings.HasSuffix(s.folding(j.from), "منذ")
	if p.Future || p.Current && p.Day == 0 || since && coarse(p) {
		j.lead = j.from
		return j
	}

	// What belongs to the date: prepositions, «يوم», «صباح».
	j.lead = j.from
	if s.entry(m, j, a, b) {
		j.verb, j.event = j.to, true
		return j
	}
	within := false // «في», «يوم» …: the date says when, not which
	for i := j.from; i < j.to; i++ {
		within = within || s.tokens[i].class&moment != 0 && !yearWord[s.folding(i)]
	}
	for j.lead > a && s.tokens[j.lead-1].class&moment != 0 && (!s.tokens[j.lead].parted || j.lead == j.from) {
		if s.tokens[j.lead].parted && s.tokens[j.lead-1].class&(dateHint|conjoined) == 0 {
			break // «…، الجمعة»: the comma ends what belongs to the date
		}
		j.lead--
		within = within || !yearWord[s.folding(j.lead)]
	}
	if k := j.lead - 1; k >= a && s.folding(j.lead) == "ظهر" && !s.tokens[j.lead].parted {
		switch s.folding(k) {
		case "بعد", "قبل", "وبعد", "وقبل": // «بعد ظهر اليوم» is a part of the day
			j.lead, within = k, true
		}
	}
	until := false
	if before := j.lead - 1; before >= a && !s.tokens[j.lead].parted {
		switch s.hangs(before, p, within) {
		case names:
			j.event = p.Kind == dates.Absolute && p.Date.D != 0 // «أمطار 11 ديسمبر 2024»
			return j
		case bounds:
			// «عملت حتى ظهر اليوم» happened, «أغلقت حتى الأحد» may be ahead.
			since = !coarse(p) && strings.HasSuffix(s.folding(before), "منذ")
			until = strings.HasSuffix(s.folding(before), "حتي") &&
				!coarse(p) && (p.Today || p.Past || p.Kind == dates.Offset || p.Kind == dates.Absolute)
			if !since && !until {
				return j
			}
			j.lead = before
		}
	}

	// «منذ لقاء جنيف في يونيو 2021» tells of what came after.
	for k := j.lead - 1; k >= max(a, j.lead-8) && !s.tokens[k+1].parted; k-- {
		if s.tokens[k].class&(past|speech|imperfect) != 0 && s.governs(k, a) {
			break
		}
		if strings.HasSuffix(s.folding(k), "منذ") && !since {
			return j
		}
	}

	fronted := j.lead == a || s.tokens[j.lead].parted && s.tokens[j.lead].class&conjoined != 0
	if !fronted {
		j.verb = s.verbBefore(j.lead, a)
		if j.verb < 0 && s.opensWithNoun(p, a, j.lead) {
			j.verb, j.event = a, true
			return j
		}
	}
	if j.verb < 0 {
		j.verb = s.verbAfter(j.to, b)
	}
	// A lone «اليوم» may mean these days: «واليوم، بعد سنوات، تغير», «الوضع اليوم».
	nowadays := p.Today && !p.HasWeekday && j.to-j.lead == 1
	if nowadays && j.verb > j.to {
		return j
	}
	if j.verb < 0 && !nowadays && (p.Today || p.Past || p.Kind == dates.Offset || p.Kind == dates.Absolute && p.Date.D != 0) {
		// «أفاد بأن انفجارا دوى أمس»: no lexicon knows every verb; what is
		// reported of a past day happened.
		j.verb = s.reporting(j.lead, a)
	}
	if j.verb < 0 {
		return j
	}
	if !within && j.lead > a && !s.tokens[j.lead].parted {
		within = s.adverbial(j.lead - 1)
	}
	c := s.tokens[j.verb].class
	switch {
	case since && c&begins == 0,
		until && (c&past == 0 || c&(asking|speech) != 0 || j.verb > j.lead),
		j.verb >= j.to && s.dateline(&j, a):
		return j
	}
	j.event = s.happened(&j, a, within)
	return j
}

// entry reports a date at the beginning of a paragraph, with a colon or a dash
// between it and what happened: an entry of a chronology, which needs no verb,
// «30 سبتمبر 2015: بدء الضربات الجوية». In the first paragraph a dash ends a
// dateline.
func (s *scan) entry(m dates.Match, j judged, a, b int) bool {
	const least = 3 // words of what happened
	para := int(s.tokens[a].para)
	if m.Phrase.Kind != dates.Absolute || m.Phrase.Future || j.from != a || a != int(s.first[para]) || b-j.to < least {
		return false
	}
	switch gap := strings.TrimSpace(s.text[para][m.End:s.tokens[j.to].start]); gap {
	case ":", ": «", ": \"", ":«":
	case "-", "–", "—", "|":
		if para == 1 {
			return false
		}
	default:
		return false
	}
	for k := j.to; k < min(b, j.to+least); k++ {
		if s.tokens[k].class&(hypothetical|future|negation) != 0 {
			return false
		}
	}
	switch strings.TrimPrefix(s.folding(j.to), "ال") {
	case "موعد", "انتخابات", "مقرر", "متوقع":
		return false // «… : الموعد المقرر لـ…»
	}
	return true
}

// opensWithNoun reports a sentence whose first word, alone or behind ب, is a
// noun that tells of a happening, with a day before it that is past for sure or
// today, named by its weekday: «دخول الفصائل إلى دمشق فجر اليوم الأحد», «بتوقيع
// الرئيس أمس الخميس على الإعلان تبدأ …».
func (s *scan) opensWithNoun(p dates.Phrase, a, lead int) bool {
	const near = 10
	if lead-a > near || coarse(p) || !(p.Past || p.Kind == dates.Offset && p.Unit == dates.Days && p.Offset < 0 || p.Today && p.HasWeekday) {
		return false
	}
	for k := a + 1; k < lead; k++ {
		if s.tokens[k].parted || s.tokens[k].class&(hypothetical|future|negation|that) != 0 {
			return false
		}
	}
	if s.tokens[a].class&opener != 0 {
		return true
	}
	noun, ok := strings.CutPrefix(s.folding(a), "ب")
	return ok && s.m.vocabulary.classes[noun]&opener != 0
}

// dateline reports a date that stands before the news rather than in it:
// «عمّان، 25 فبراير (وكالات) - ارتفع», «طرطوس: 23-4-2025 وصلت».
func (s *scan) dateline(j *judged, a int) bool {
	if a != int(s.first[s.tokens[a].para]) || j.from-a > 6 || s.tokens[a].class&(moment|conjoined) != 0 && j.from-a < 3 {
		return false
	}
	text := s.text[s.tokens[a].para]
	return strings.ContainsAny(text[:j.match.Start], "-–—:(|") || strings.ContainsAny(text[j.match.End:s.tokens[j.verb].start], "-–—:(|")
}

// coarse reports a phrase that gives no day.
func coarse(p dates.Phrase) bool {
	switch p.Kind {
	case dates.Absolute:
		return p.Date.D == 0
	case dates.Yearless:
		return p.Day == 0
	case dates.Offset:
		return p.Unit >= dates.Weeks && p.Day == 0
	}
	return false
}

// adverbial reports a word behind which «عام 2012» says when: «قطعا العلاقات
// عام 2012», but «بموجب اتفاق عام 2012».
func (s *scan) adverbial(k int) bool {
	w := s.tokens[k]
	if w.class&past != 0 {
		return k == 0 || s.folding(k-1) != "كما" // «كما حدث عام 2011» compares
	}
	return w.name != 0 || s.definite(k)
}

// yearWord are the words before a bare year that do not make it a moment:
// «اتفاق عام 1974».
var yearWord = map[string]bool{"عام": true, "العام": true, "سنه": true, "السنه": true, "من": true}

// What a word before a date makes of it.
type hanging uint8

const (
	free   hanging = iota
	bounds         // «حتى», «قبل», «كل»: it ends or repeats a span
	names          // «أحداث 7 أكتوبر»: it says which, not when
)

// hangs judges the word before the date.
func (s *scan) hangs(before int, p dates.Phrase, within bool) hanging {
	w := s.tokens[before]
	switch folded := s.folding(before); {
	case w.class&duration != 0:
		if folded == "خلال" || folded == "وخلال" {
			if p.Kind == dates.Offset && p.Unit >= dates.Weeks {
				return bounds
			}
			return free
		}
		return bounds
	case folded == "كل", folded == "الي", folded == "والي", folded == "لكل":
		return bounds
	case within:
		return free
	case w.class&attribute != 0:
		return names
	case p.Kind == dates.Absolute && p.Date.D != 0 && !p.HasWeekday && w.class&(verbs|function|that|preposition) == 0 && w.name == 0 &&
		!s.definite(before) && !strings.HasSuffix(folded, "ا"):
		return names // any noun without an article: «أمطار 11 ديسمبر»
	}
	return free
}

// happened decides by the governor.
func (s *scan) happened(j *judged, a int, within bool) bool {
	p, w := j.match.Phrase, s.tokens[j.verb]
	for k := max(a, min(j.verb, j.lead)-6); k < max(j.verb, j.from); k++ {
		if s.tokens[k].class&hypothetical != 0 {
			return false
		}
	}
	if j.verb > a {
		before := s.tokens[j.verb-1]
		if before.class&negation != 0 && !before.parted {
			return false
		}
		if w.class&happening != 0 && w.class&(past|speech) == 0 && strings.HasSuffix(s.folding(j.verb-1), "منذ") {
			return false // «منذ سقوط النظام في 8 ديسمبر» tells of what came after
		}
	}
	if w.class&asking != 0 && j.verb < j.lead && p.Kind != dates.Offset && !p.Past && !p.Today {
		for k := j.verb + 1; k < j.lead; k++ {
			switch s.folding(k) {
			case "الي", "علي", "عقد", "لعقد", "بعقد":
				return false
			}
		}
		if j.lead-j.verb > 6 {
			return false
		}
	}
	yearOnly := p.Kind == dates.Absolute && p.Date.M == 0 || p.Kind == dates.Offset && p.Unit == dates.Years
	switch {
	case w.class&(past|speech) == past, w.class&pastShape != 0:
		return !yearOnly || within || p.Kind != dates.Absolute || j.lead == a
	case w.class&speech != 0:
		if vague(p) {
			return false
		}
		return s.firstReport(p)
	case w.class&happening != 0:
		return !vague(p)
	case w.class&imperfect != 0 && j.verb > a:
		// «كان يتحدث أمس»
		for k := max(a, j.verb-4); k < j.verb; k++ {
			switch s.folding(k) {
			case "كان", "كانت", "وكان", "وكانت", "كانوا":
				return !vague(p) && !p.Today
			}
		}
	}
	return false
}

// vague reports a phrase too coarse to date a saying or a noun.
func vague(p dates.Phrase) bool {
	return coarse(p) && p.Kind != dates.Yearless && (p.Kind != dates.Absolute || p.Date.M == 0)
}

// firstReport reports whether nothing said on that day was an event before.
func (s *scan) firstReport(p dates.Phrase) bool {
	key := dates.Phrase{Kind: p.Kind, Date: p.Date, Month: p.Month, Day: p.Day, Weekday: p.Weekday, HasWeekday: p.HasWeekday, Today: p.Today, Past: p.Past, Offset: p.Offset, Unit: p.Unit}
	if p.Today {
		key = dates.Phrase{Today: true} // «اليوم» and «اليوم الاثنين» are one day
	}
	if slices.Contains(s.said, key) {
		return false
	}
	s.said = append(s.said, key)
	return true
}
