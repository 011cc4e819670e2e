package extract

import (
	"strings"
	"unicode"

	"warraq/internal/archive"
	"warraq/internal/source"
)

// The structure of a clipping.
//
// A clipping is read line by line. Its first title and what follows is the main
// article. A block marker («إقرأ أيضاً:», «قراءة المزيد») or a line that looks
// like a title behind the article's source line opens a block, which is taken
// apart into groups: titles, then paragraphs. A group with a whole text is a
// related article, or the article above going on behind an inline teaser; a
// group with only a cut lead, or none, is a teaser.

// clip is the state of reading one clipping.
type clip struct {
	sheet
	teasersOnTop bool // a list's marker stands before all text
	stopless     bool // its paragraphs end without full stops, so stops tell nothing
	doc          *source.Document
	articles     []*article
	cur          *article
	pieces       []piece
}

// article is an article being put together.
type article struct {
	role       archive.Role
	title      string
	titleAt    int // offset in the prepared text, -1 when the title is not in it
	titleEnd   int
	titleHash  uint64
	titleless  bool
	paragraphs []int // lines
	seen       map[uint64]bool
	closed     bool // its source or keyword line stands behind its text
	dropped    bool
	list       bool // bare titles of other articles, no text

	source    span2
	keywords  []span2
	author    span2
	agency    span2 // of a dateline above the text
	published []span2
	modified  []span2
	nearby    []span2 // dates of teasers inside or around it
}

// piece is a range of the prepared text and what became of it.
type piece struct {
	start, end int
	article    *article // nil when dropped
	field      Field
	why        Why
}

func readClip(doc *source.Document, marks *markerTable) *clip {
	c := &clip{sheet: *newSheet(doc.Text, marks), doc: doc}
	c.stopless = c.printsNoStops()
	at := c.header()
	for at < len(c.lines) {
		at = c.step(at)
	}
	c.settle()
	return c
}

// printsNoStops looks at the lines above the first block marker that are too
// long for titles.
func (c *clip) printsNoStops() bool {
	long, stops := 0, 0
	for i := range c.lines {
		l := &c.lines[i]
		if l.role == beginsRelated || l.role == beginsTeasers {
			break
		}
		if l.role == content && l.count() >= 10 {
			if long++; l.stop {
				stops++
			}
		}
	}
	return long >= 1 && stops*4 < long
}

func (c *clip) drop(l *line, why Why) {
	c.pieces = append(c.pieces, piece{l.start, l.end, nil, NoField, why})
}

func (c *clip) give(start, end int, a *article, field Field) {
	if start < end {
		c.pieces = append(c.pieces, piece{start, end, a, field, NotDropped})
	}
}

func (c *clip) open(role archive.Role) *article {
	a := &article{role: role, titleAt: -1, seen: make(map[uint64]bool, 16)}
	c.articles = append(c.articles, a)
	c.cur = a
	return a
}

// nextContent finds the next line of text from i on, -1 when there is none.
func (c *clip) nextContent(i int) int {
	for ; i < len(c.lines); i++ {
		if c.lines[i].role == content {
			return i
		}
	}
	return -1
}

// header opens the main article and gives it a title. It returns the line
// from which reading goes on.
func (c *clip) header() int {
	first := c.nextContent(0)
	for i := range c.lines {
		if first >= 0 && i >= first {
			break
		}
		if l := &c.lines[i]; l.weak { // «كتب …» on top is a title, not a signature
			l.role, l.marked, l.weak, first = content, false, false, i
		}
	}
	if first < 0 {
		return 0
	}
	c.open(archive.Main)
	at, first := c.aboveUntil(0, first)
	if first < 0 {
		return at
	}
	if c.doc.Title == "" {
		if to := c.menuEnd(first); to > first {
			if at, first = c.aboveUntil(at, to); first < 0 {
				return at
			}
		}
	}
	second := c.nextContent(first + 1)
	if c.doc.Title != "" {
		c.cur.title = cleanText(c.bareTitle(c.doc.Title))
		for i := first; i >= 0 && i < first+6; i = c.nextContent(i + 1) {
			if c.sameTitle(&c.lines[i]) {
				c.setTitle(c.cur, i)
				for j := first; j < i; j++ {
					if l := &c.lines[j]; l.role == content || l.value >= l.end {
						c.drop(l, BoilerplateText) // breadcrumbs, section names
					} else {
						c.above(j)
					}
				}
				return i + 1
			}
		}
		return first
	}
	l := &c.lines[first]
	if second >= 0 && l.count() <= 2 && c.lines[second].count() >= 4 && c.titleLike(&c.lines[second]) && c.nextContent(second+1) >= 0 {
		c.drop(l, BoilerplateText) // the name of a section above the title
		if at, second = c.aboveUntil(first+1, second); second < 0 {
			return at
		}
		first, l, second = second, &c.lines[second], c.nextContent(second+1)
	}
	dot := l.stop && c.lastRune(l) == '.'
	switch {
	case second < 0 && (dot || l.count() > 24):
	case c.connects(l.w0, l.w1) && (dot || l.count() > 14):
	case dot && !(l.count() <= 16 && c.lines[second].count() >= 18):
	case l.count() > 30:
	default:
		c.setTitle(c.cur, first)
		return first + 1
	}
	c.cur.titleless = true
	return first
}

// menuEnd finds the title below the menu or the path of a page: two or more lines of
// text of one or two words each, then a line with more, with text of its own below.
// It drops the menu, and gives first when there is none.
func (c *clip) menuEnd(first int) int {
	const least, most = 2, 40
	var menu []int
	for i := first; i >= 0 && len(menu) <= most; i = c.nextContent(i + 1) {
		l := &c.lines[i]
		if l.count() <= 2 && !l.stop && !l.cut {
			menu = append(menu, i)
			continue
		}
		if len(menu) < least || l.count() < 4 || !c.titleLike(l) || c.nextContent(i+1) < 0 {
			return first
		}
		for _, m := range menu {
			c.lines[m].role = boilerplate // dropped when the lines above the title are read
		}
		return i
	}
	return first
}

// aboveUntil reads the lines from i up to the line of text in first. A lone
// label may take that line for its value: then the next one is given, -1 when
// there is none. at is the first line not read.
func (c *clip) aboveUntil(i, first int) (at, text int) {
	for first >= 0 && i < first {
		if i = c.above(i); i > first {
			first = c.nextContent(i)
		}
	}
	return i, first
}

// above reads a line above the title. A block marker there lost its block, or
// stands before everything: nothing is looked for behind it.
func (c *clip) above(i int) int {
	switch l := &c.lines[i]; l.role {
	case beginsRelated, beginsTeasers:
		if l.value < l.end {
			c.drop(l, InlineTeaserText)
		} else {
			c.drop(l, Marker)
			c.teasersOnTop = c.teasersOnTop || l.role == beginsTeasers
		}
		return i + 1
	}
	return c.step(i)
}

// step reads one line outside blocks and returns the next to read.
func (c *clip) step(i int) int {
	l := &c.lines[i]
	switch l.role {
	case boilerplate:
		if c.commentsBegin(i) {
			l.role, l.value = beginsTeasers, l.end
			return c.block(i)
		}
		c.signedAbove(l)
		c.drop(l, BoilerplateText)
		return c.skipped(i)
	case leftMarker, endsBlock:
		c.drop(l, Marker)
	case inlineTeaser:
		c.inline(l)
	case sourceLine, keywordsLine, dateLine, updatedLine, authorLine:
		return c.field(i, c.cur)
	case beginsRelated, beginsTeasers:
		return c.block(i)
	default:
		switch {
		case c.unknownMarker(i):
			l.role, l.value = beginsRelated, l.end
			return c.block(i)
		case c.repeated(c.cur, l):
			c.drop(l, Repeated)
			c.sectionsAbove(l)
		case c.headerOutlet(i):
			c.cur.agency = span2{l.start, l.end}
			c.drop(l, BoilerplateText)
		case c.headerCredit(i), c.headerSection(i), c.headerCaption(i):
			c.drop(l, BoilerplateText)
		case c.headerName(i):
			c.signedBy(l, c.nameEnd(l))
		case c.opensUnmarked(i):
			return c.block(i)
		default:
			c.paragraph(c.cur, i)
		}
	}
	return i + 1
}

// sectionsAbove drops what stands between a title and its repetition: names of
// sections and the like, when it is all short and without stops.
func (c *clip) sectionsAbove(repeat *line) {
	a := c.cur
	if repeat.hash != a.titleHash || len(a.paragraphs) == 0 || len(a.paragraphs) > 3 {
		return
	}
	for _, p := range a.paragraphs {
		if l := &c.lines[p]; l.stop || l.count() > 6 {
			return
		}
	}
	for _, p := range a.paragraphs {
		c.refile(a, p, BoilerplateText)
	}
	a.paragraphs = nil
}

// refile drops a line that was taken for a paragraph.
func (c *clip) refile(a *article, p int, why Why) {
	for i := range c.pieces {
		if q := &c.pieces[i]; q.article == a && q.field == BodyField && q.start == c.lines[p].start {
			q.article, q.field, q.why = nil, NoField, why
		}
	}
}

// skipped goes on behind an inset that a line offers to skip («تخطى البودكاست
// وواصل القراءة») when the line that ends it follows soon.
func (c *clip) skipped(i int) int {
	l := &c.lines[i]
	if l.count() == 0 {
		return i + 1
	}
	if first := c.folded(c.words[l.w0]); first != "تخطي" && first != "تخط" {
		return i + 1
	}
	for end := i + 1; end < len(c.lines) && end <= i+25; end++ {
		if c.lines[end].role != endsBlock && !c.endsInset(l, &c.lines[end]) {
			continue
		}
		for j := i + 1; j < end; j++ {
			c.drop(&c.lines[j], Teaser)
		}
		c.drop(&c.lines[end], Marker)
		return end + 1
	}
	return i + 1
}

// endsInset reports whether a line ends the inset that another offers to skip:
// «تخطى الأكثر قراءة وواصل القراءة» … «نهاية الأكثر قراءة».
func (c *clip) endsInset(skip, l *line) bool {
	const most = 8
	if skip.count() < 2 || l.count() < 2 || l.count() > most || l.stop || c.folded(c.words[l.w0]) != "نهايه" {
		return false
	}
	for k := 1; k < l.count(); k++ {
		if skip.w0+k >= skip.w1 || c.words[skip.w0+k].hash != c.words[l.w0+k].hash {
			return false
		}
	}
	return true
}

// inline drops an inline teaser; its dates are kept as a hint.
func (c *clip) inline(l *line) {
	c.drop(l, InlineTeaserText)
	if c.cur != nil {
		c.cur.nearby = append(c.cur.nearby, span2{l.value, l.end})
	}
}

func (c *clip) paragraph(a *article, i int) {
	l := &c.lines[i]
	a.paragraphs = append(a.paragraphs, i)
	a.seen[l.hash] = true
	c.give(l.start, l.end, a, BodyField)
}

// repeated reports whether an article said a line before. Short lines may
// recur in a text («وأضاف:»), so only their direct repetition counts.
func (c *clip) repeated(a *article, l *line) bool {
	if a == nil || l.count() == 0 {
		return false
	}
	if l.hash == a.titleHash && a.titleHash != 0 || c.sameTitle2(a, l) {
		return true
	}
	if !a.seen[l.hash] {
		return false
	}
	return l.count() >= 4 || len(a.paragraphs) > 0 && c.lines[a.paragraphs[len(a.paragraphs)-1]].hash == l.hash
}

// unknownMarker reports whether a line announces other articles in words that
// are on no list: behind an article's closing fields, a few words and a colon.
func (c *clip) unknownMarker(i int) bool {
	l := &c.lines[i]
	return c.cur != nil && c.cur.closed && !l.glued && l.cut && l.count() <= 7 && c.lastRune(l) == ':' && c.nextContent(i+1) == i+1
}

// opensUnmarked reports whether a line of text begins other articles without a
// marker: a title said twice, or anything like a title behind the article's
// closing fields.
func (c *clip) opensUnmarked(i int) bool {
	l := &c.lines[i]
	if c.cur == nil || len(c.cur.paragraphs) == 0 || l.glued || !c.titleLike(l) || l.count() < 3 || c.connects(l.w0, l.w1) {
		return false
	}
	if c.cur.closed {
		return true
	}
	if c.datedTitle(i) {
		return true
	}
	next := c.nextContent(i + 1)
	return next == i+1 && l.count() >= 4 && c.lines[next].hash == l.hash
}

// datedTitle reports whether a line of text stands between an article that has
// its date and another labelled date: then it is the title of the next article.
func (c *clip) datedTitle(i int) bool {
	if i+1 >= len(c.lines) || len(c.cur.published) == 0 || c.lines[i].count() < 4 {
		return false
	}
	below := &c.lines[i+1]
	return below.role == dateLine && below.marked && c.nextContent(i+2) >= 0
}

// titleLike reports whether a line could be a title: short, no full stop, not
// carrying on what stands before it.
func (c *clip) titleLike(l *line) bool {
	n := l.count()
	if n < 2 || n > 24 || l.role != content || c.turn(l.w0, l.w1) || verse(c.lineText(l)) {
		return false
	}
	if last := c.lastRune(l); l.stop && last != '؟' && last != '?' && last != '!' {
		if last == '.' || n > 14 {
			return false
		}
	}
	if l.cut {
		switch c.lastRune(l) {
		case ':', '،', ',', '؛', '-':
			return false
		}
	}
	if n > 6 && c.connects(l.w0, l.w1) && !c.namedBelow(l) || narration[c.folded(c.words[l.w0])] {
		return false
	}
	// Where paragraphs have no stops, a comma or the length tells them.
	return !c.stopless || n <= 14 && !strings.Contains(c.lineText(l), "،")
}

// namedBelow reports that a first word with «و» is said again in the middle of
// the next line's beginning: then the letter is its own, as in «ورقلة».
func (c *clip) namedBelow(l *line) bool {
	const near = 12
	first := c.words[l.w0].hash
	for i := l.w1; i < len(c.words) && i < l.w1+near; i++ {
		if c.words[i].hash == first {
			return i > l.w1 && c.text[c.words[i-1].end:c.words[i].start] == " "
		}
	}
	return false
}

// narration begins sentences that carry a report on, however short they are.
var narration = wordSet("وقال", "وقالت", "وأكد", "وأكدت", "وأضاف", "وأضافت", "وأوضح", "وأوضحت", "وأشار", "وأشارت", "وتابع", "وتابعت", "وذكر", "وذكرت", "وأردف", "وأردفت",
	"ولفت", "ولفتت", "وشدد", "وشددت", "وختم", "وختمت", "وأعرب", "وأعربت", "وأعلن", "وأعلنت", "ونفى", "ونفت", "وتوقع", "وتوقعت", "واعتبر", "واعتبرت", "ورأى", "ورأت", "وكان", "وكانت", "ويأتي", "وتأتي", "وجاء", "وجاءت", "ويرى", "ويقول", "وتقول", "واستطرد", "ونوه", "وبين", "وحذر", "وحذرت", "وطالب", "وطالبت")

// verse reports a line of poetry: two halves parted by stars, or letters
// vocalised as no outlet vocalises its titles.
func verse(text string) bool {
	if strings.Contains(text, "***") || strings.Contains(text, " ** ") {
		return true
	}
	vowels, letters := 0, 0
	for _, r := range text {
		switch {
		case r == 'َ' || r == 'ُ' || r == 'ِ' || r == 'ْ':
			vowels++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return vowels >= 3 && vowels*8 > letters
}
