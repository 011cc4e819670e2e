package extract

import (
	"strings"

	"warraq/internal/archive"
)

// group is a part of a block: titles, then paragraphs, then closing fields.
type group struct {
	titles     []int // lines
	paragraphs []int
	fields     []int
	inlines    []int
	sameLine   bool // its first title stands on the marker's line
	dated      bool // a date, a dateline or a promotion stands between title and text
	closed     bool // a source or keyword line ended it
	doubled    bool // a title is said twice
}

// block reads what stands behind the marker in line i, or from line i on when
// it is text, up to the next marker. It returns the next line to read.
func (c *clip) block(i int) int {
	marker := &c.lines[i]
	groups, next := c.groups(i)
	groups = c.mergeSubheads(groups, marker.role)
	if marker.role != content {
		end := marker.end
		if marker.value < marker.end {
			end = marker.value
		}
		_, end = c.trim(marker.start, end)
		c.pieces = append(c.pieces, piece{marker.start, end, nil, NoField, Marker})
	}
	simple := 0 // groups of a title and one paragraph: the pattern of teasers
	for g := range groups {
		if len(groups[g].paragraphs) == 1 && len(groups[g].titles) > 0 {
			simple++
		}
	}
	for g := range groups {
		c.place(&groups[g], marker, i, simple)
	}
	return next
}

// groups takes the lines of a block apart.
func (c *clip) groups(i int) ([]group, int) {
	var groups []group
	var g group
	flush := func() {
		if len(g.titles)+len(g.paragraphs)+len(g.fields)+len(g.inlines) > 0 {
			groups = append(groups, g)
		}
		g = group{}
	}
	marker := &c.lines[i]
	next := i
	if marker.role != content {
		next++
		if marker.value < marker.end {
			g.titles, g.sameLine = append(g.titles, i), true
		}
	}
	for ; next < len(c.lines); next++ {
		l := &c.lines[next]
		switch l.role {
		case beginsRelated, beginsTeasers:
			flush()
			return groups, next
		case endsBlock:
			c.drop(l, Marker)
			flush()
			return groups, next + 1
		case boilerplate:
			g.dated = g.dated || len(g.titles) > 0 && len(g.paragraphs) == 0
			c.drop(l, BoilerplateText)
		case leftMarker:
			c.drop(l, Marker)
		case inlineTeaser:
			g.inlines = append(g.inlines, next)
		case sourceLine, keywordsLine, updatedLine, authorLine, dateLine:
			g.fields = append(g.fields, next)
			if l.role == sourceLine || l.role == keywordsLine {
				g.closed = g.closed || len(g.paragraphs) > 0
			} else if len(g.titles) > 0 && len(g.paragraphs) == 0 {
				g.dated = true
			}
			if l.value >= l.end {
				if to := c.valueLine(next, l.role); to > next {
					next = to - 1
				}
			}
		default:
			if marker.role != content && c.liveEntry(l) {
				flush()
				return groups, next
			}
			if !c.titleLike(l) || c.leadOfLast(&g, l) {
				g.paragraphs = append(g.paragraphs, next)
				continue
			}
			if len(g.paragraphs) > 0 {
				flush()
			}
			if len(g.titles) > 0 && (c.creditShaped(l) || c.cityAndName(l) || c.nameBelowTitle(&g, next)) {
				g.dated = true
				c.drop(l, BoilerplateText)
				continue
			}
			if n := len(g.titles); n > 0 && c.titleKeyOf(g.titles[n-1]) == l.hash {
				g.doubled = true
			}
			g.titles = append(g.titles, next)
		}
	}
	flush()
	return groups, next
}

// nameBelowTitle reports whether line i is an author's name between the title of
// a related article and its lead, which does not name them.
func (c *clip) nameBelowTitle(g *group, i int) bool {
	const title, text = 4, 12
	l := &c.lines[i]
	if i+1 >= len(c.lines) || !c.nameShaped(l) || c.lines[g.titles[len(g.titles)-1]].count() < title {
		return false
	}
	lead := &c.lines[i+1]
	return lead.role == content && lead.count() >= text && c.overlap(l.start, l.end, lead) == 0
}

// liveEntry reports whether a line begins with a clock time as the last paragraphs
// of the current article do: the next entry of a live report. How many are looked at
// is bounded, for a hostile file of any length.
func (c *clip) liveEntry(l *line) bool {
	const least, back = 2, 20
	if c.cur == nil || !c.clockFirst(l) {
		return false
	}
	n := 0
	for _, p := range c.cur.paragraphs[max(0, len(c.cur.paragraphs)-back):] {
		if c.clockFirst(&c.lines[p]) {
			n++
		}
	}
	return n >= least
}

// clockFirst reports a text that begins with a clock time: «13:32 قال …».
func (c *clip) clockFirst(l *line) bool {
	if l.count() < 4 || !isDigits(c.text[c.words[l.w0].start:c.words[l.w0].end]) {
		return false
	}
	return c.text[c.words[l.w0].end:c.words[l.w0+1].start] == ":" && c.words[l.w0+1].end-c.words[l.w0+1].start <= 4
}

// leadOfLast reports whether a short line is the lead of the title above it
// rather than another title: it is longer and tells the same.
func (c *clip) leadOfLast(g *group, l *line) bool {
	if len(g.titles) == 0 || len(g.paragraphs) > 0 {
		return false
	}
	t := &c.lines[g.titles[len(g.titles)-1]]
	return t.role == content && t.hash != l.hash && l.count() >= 9 && l.count() >= t.count()+2 && c.overlap(t.start, t.end, l) >= 0.4
}

// titleKeyOf hashes a title's words; the title on a marker's line without the marker.
func (c *clip) titleKeyOf(i int) uint64 {
	l := &c.lines[i]
	if l.role == content {
		return l.hash
	}
	const prime = 1099511628211
	h := uint64(14695981039346656037)
	for _, w := range c.words[l.w0:l.w1] {
		if int(w.start) >= l.value {
			h = (h ^ w.hash) * prime
		}
	}
	return h
}

// mergeSubheads joins groups that a subheading inside an article parted: a
// short line opens a new article only with evidence.
func (c *clip) mergeSubheads(groups []group, kind role) []group {
	if len(groups) < 2 {
		return groups
	}
	out := groups[:1]
	for k := 1; k < len(groups); k++ {
		g, prev := &groups[k], &out[len(out)-1]
		goesOn := !prev.closed && len(prev.paragraphs) > 0 && len(g.paragraphs) > 0 && !g.doubled && c.connects(c.lines[g.paragraphs[0]].w0, c.lines[g.paragraphs[0]].w1) &&
			c.lines[prev.paragraphs[len(prev.paragraphs)-1]].stop && len(g.titles) == 1 // whatever the short line is
		if !goesOn && (kind == beginsTeasers || !c.subhead(g, prev)) && (prev.closed || len(prev.paragraphs) < 2 || c.opensArticle(g, prev) || c.looksTeaser(g, k == len(groups)-1)) {
			out = append(out, *g)
			continue
		}
		prev.paragraphs = append(append(prev.paragraphs, g.titles...), g.paragraphs...)
		prev.fields = append(prev.fields, g.fields...)
		prev.inlines = append(prev.inlines, g.inlines...)
		prev.closed = g.closed
	}
	return out
}

// subhead reports whether a group's one title asks or names what the text above
// goes on with («وماذا عن أوكرانيا؟», «التهوية أولًا»): no outlet's title is so
// short. Both texts must be whole, for teasers may have such titles too.
func (c *clip) subhead(g, prev *group) bool {
	if prev.closed || g.doubled || g.dated || g.sameLine || len(g.titles) != 1 || len(g.paragraphs) == 0 || len(prev.paragraphs) == 0 || len(prev.titles) == 0 {
		return false
	}
	l := &c.lines[g.titles[0]]
	asks := l.count() <= 6 && c.lastRune(l) == '؟' && (c.connects(l.w0, l.w1) || c.asks(l))
	return (asks || l.count() <= 3) && c.lines[g.paragraphs[0]].stop && c.lines[prev.paragraphs[len(prev.paragraphs)-1]].stop
}

// asks reports a line that begins with a question word.
func (c *clip) asks(l *line) bool {
	switch strings.TrimPrefix(c.folded(c.words[l.w0]), "و") {
	case "من", "ما", "ماذا", "لماذا", "كيف", "اين", "متي", "هل", "كم", "لم":
		return true
	}
	return false
}

// opensArticle weighs whether a group behind an article is another one.
func (c *clip) opensArticle(g, prev *group) bool {
	if len(g.titles) == 0 || len(g.paragraphs) == 0 {
		return false
	}
	if g.doubled || g.dated {
		return true
	}
	title, lead := &c.lines[g.titles[len(g.titles)-1]], &c.lines[g.paragraphs[0]]
	last := &c.lines[prev.paragraphs[len(prev.paragraphs)-1]]
	words := title.count()
	if words < 4 || lead.count() < 8 || c.connects(lead.w0, lead.w1) || len(g.paragraphs) < 2 {
		return false
	}
	told := c.overlap(title.start, title.end, lead)
	if !last.stop && !c.stopless {
		return words >= 5 && told >= 0.6 && c.newsLead(lead) // the text above may be cut, not over
	}
	if (told > 0 || words >= 5 && len(g.paragraphs) >= 3) && c.foreign(g, prev) {
		return true
	}
	if words < 5 {
		return false
	}
	if last := c.lastRune(title); last == '؟' || last == '?' {
		// A question asked inside an article is short; an outlet's says what of.
		return words >= 6 && told >= 0.4
	}
	if told >= 0.75 || words >= 6 && told >= 0.4 || words >= 7 && told >= 0.2 || told >= 0.15 && c.headline(title) {
		return true
	}
	return c.newsLead(lead) && (told >= 0.4 || words >= 6 && told >= 0.15)
}

// headline reports a line of two parts as outlets build their titles, and as
// subheads seldom are: «بيسكوف: لا موعد للقمة», «دمشق ترحب.. وموسكو تنتظر».
func (c *clip) headline(l *line) bool {
	for i := l.w0 + 1; i < l.w1; i++ {
		gap := c.text[c.words[i-1].end:c.words[i].start]
		if strings.Contains(gap, ":") || strings.Contains(gap, "..") || strings.Contains(gap, "…") {
			return true
		}
	}
	return false
}

// foreign reports that a group shares no word of substance with the article
// above: neither its texts with that title, nor its title with that text. What
// stands under a subhead keeps speaking of the article's matter.
func (c *clip) foreign(g, prev *group) bool {
	if len(prev.titles) == 0 {
		return false
	}
	above, title := &c.lines[prev.titles[len(prev.titles)-1]], &c.lines[g.titles[len(g.titles)-1]]
	start := above.start
	if above.role != content {
		start = above.value
	}
	for _, p := range g.paragraphs {
		if c.overlap(start, above.end, &c.lines[p]) > 0 {
			return false
		}
	}
	for _, p := range prev.paragraphs {
		if c.overlap(title.start, title.end, &c.lines[p]) > 0 {
			return false
		}
	}
	return true
}

// newsLead reports whether a paragraph opens like a news report: with a verb,
// or with the day it happened.
func (c *clip) newsLead(l *line) bool {
	for i := l.w0; i < l.w1 && i < l.w0+14; i++ {
		if class := dateWords[c.folded(c.words[i])]; class == weekdayWord {
			return true
		}
	}
	return leadVerbs[c.folded(c.words[l.w0])]
}

// leadVerbs open most Arabic news leads.
var leadVerbs = wordSet("قال", "قالت", "أعلن", "أعلنت", "أكد", "أكدت", "كشف", "كشفت", "ذكر", "ذكرت", "أفاد", "أفادت", "بحث", "بحثت", "التقى", "التقت", "استقبل", "استقبلت",
	"وصل", "وصلت", "شهد", "شهدت", "دعا", "دعت", "نفى", "نفت", "حذر", "حذرت", "طالب", "طالبت", "وقع", "وقعت", "بدأ", "بدأت", "انطلق", "انطلقت", "قتل", "أصيب", "أطلق", "أطلقت",
	"افتتح", "افتتحت", "عقد", "عقدت", "قرر", "قررت", "أصدر", "أصدرت", "صرح", "صرحت", "نشر", "نشرت", "أجرى", "أجرت", "شدد", "شددت", "ناقش", "ناقشت", "أوضح", "أوضحت", "اعتبر", "اعتبرت",
	"توفي", "توفيت", "وافق", "وافقت", "رفض", "رفضت", "أقر", "أقرت", "سجل", "سجلت", "ارتفع", "ارتفعت", "انخفض", "انخفضت", "تراجع", "تراجعت", "عاد", "عادت", "أنهى", "أنهت", "تسلم", "تسلمت", "ردت", "رد",
	"طلب", "طلبت", "نظم", "نظمت", "زار", "زارت", "غادر", "غادرت", "اتهم", "اتهمت", "أدان", "أدانت", "أوقف", "أوقفت", "أغلق", "أغلقت", "فتح", "فتحت", "منح", "منحت", "منع", "منعت",
	"حصل", "حصلت", "فاز", "فازت", "خسر", "خسرت", "عثر", "عثرت", "استضاف", "استضافت", "تستضيف", "يستضيف", "اختتم", "اختتمت", "دشن", "دشنت", "أدرج", "أدرجت", "شكا", "شكت", "ألغى", "ألغت", "أجلت", "أجل", "استعاد", "استعادت")

// looksTeaser weighs whether a group behind an article is a teaser: bare
// titles at the end, or a title with one cut lead.
func (c *clip) looksTeaser(g *group, last bool) bool {
	if len(g.titles) == 0 {
		return false
	}
	if len(g.paragraphs) == 0 {
		return len(g.titles) >= 2
	}
	if len(g.paragraphs) > 1 {
		return false
	}
	lead := &c.lines[g.paragraphs[0]]
	title := &c.lines[g.titles[len(g.titles)-1]]
	return !lead.stop && lead.count() >= 20 && title.count() >= 4 && (last && title.count() >= 6 || g.doubled)
}

// whole reports whether a group has an article's text rather than a lead.
func (c *clip) whole(g *group, kind role, simple int) bool {
	words, stops := 0, 0
	for _, p := range g.paragraphs {
		words += c.lines[p].count()
		if c.lines[p].stop {
			stops++
		}
	}
	related := kind == beginsRelated
	switch len(g.paragraphs) {
	case 0:
		return false
	case 1:
		switch {
		case g.doubled:
			return stops == 1 && words >= 100
		case related && simple <= 1 || g.closed:
			return stops == 1 && words >= 22 || words >= 120
		}
		return stops == 1 && words >= 90
	case 2:
		second := &c.lines[g.paragraphs[1]]
		if words >= 16 && (stops == 2 || !g.doubled && c.connects(second.w0, second.w1)) {
			return true
		}
		if c.stopless && words >= 25 && !g.doubled {
			return true
		}
		if related || g.closed {
			return stops >= 1 && words >= 20 || words >= 60
		}
		return stops >= 1 && words >= 40 || words >= 90
	}
	return true
}

// carriesOn weighs whether a group's text is the article above going on behind
// a teaser, rather than an article of its own.
func (c *clip) carriesOn(g *group, kind role) bool {
	lead := &c.lines[g.paragraphs[0]]
	connected := c.connects(lead.w0, lead.w1)
	if len(g.titles) == 0 {
		return !c.cur.closed || connected
	}
	if c.cur.closed && !connected {
		return false
	}
	score := 0
	switch kind {
	case beginsRelated:
		score++
	case beginsTeasers:
		score--
	default:
		if !g.doubled {
			score -= 2
		}
	}
	switch n := len(c.cur.paragraphs); {
	case n == 0:
		score -= 4
	case n >= 3:
		score++
	}
	if c.cur.role == archive.RelatedArticle {
		score++
	}
	if g.dated {
		score += 2
	}
	if g.doubled {
		score++
	}
	if g.sameLine {
		score--
	}
	if len(g.titles) > 1 && !g.doubled {
		score--
	}
	if connected {
		score -= 3
	}
	o := c.groupOverlap(g, lead)
	if mine := c.mainOverlap(lead); c.cur.titleAt >= 0 && mine >= 0.4 && mine >= o {
		score -= 2
	}
	switch {
	case o >= 0.5:
		score += 3
	case o >= 0.3:
		score++
	case o < 0.15:
		score -= 2
		// A text on neither title's matter is no proof of going on: compare it
		// with the article above.
		if mine := c.mainOverlap(lead); mine < 0.15 && kind == beginsRelated && !g.sameLine && !connected && len(g.titles) == 1 {
			score += 3
		}
	}
	return score < 2
}

// mainOverlap compares a lead with the title of the article above.
func (c *clip) mainOverlap(lead *line) float64 {
	if c.cur.titleAt < 0 {
		return 1
	}
	return c.overlap(c.cur.titleAt, c.cur.titleEnd, lead)
}

// groupOverlap compares a group's last title with its lead.
func (c *clip) groupOverlap(g *group, lead *line) float64 {
	t := &c.lines[g.titles[len(g.titles)-1]]
	start := t.start
	if t.role != content {
		start = t.value
	}
	return c.overlap(start, t.end, lead)
}
