package extract

import "strings"

// Between a title and its text stand the outlet's own lines: the section, who
// wrote it and as what, where from, what the picture shows. They are short, end
// like no sentence, and the text follows; a strapline may stand among them.

// inHeader reports whether the current article's text has not begun: nothing
// but short lines without an end stands below its title.
func (c *clip) inHeader() bool {
	const straplines, words = 3, 12
	a := c.cur
	if a == nil || a.titleless || len(a.paragraphs) > straplines || len(a.paragraphs) > 0 && c.stopless {
		return false
	}
	for _, p := range a.paragraphs {
		if l := &c.lines[p]; l.stop || l.count() > words {
			return false
		}
	}
	return true
}

// listed reports a line that is an item of a list, which is text.
func (c *clip) listed(l *line) bool {
	return strings.HasPrefix(c.lineText(l), "- ") || strings.HasPrefix(c.lineText(l), "– ") || strings.ContainsAny(c.text[l.start:l.start+1], "*0123456789") || strings.HasPrefix(c.lineText(l), "•")
}

// textBelow reports whether the text begins behind line i, with no more than
// other lines of a header between.
func (c *clip) textBelow(i int) bool {
	const most, least = 4, 8
	for n := 0; n < most; n++ {
		if i = c.nextContent(i + 1); i < 0 {
			return false
		}
		l := &c.lines[i]
		if l.count() >= least {
			return true
		}
		if !c.nameShaped(l) && !c.creditShaped(l) && c.calling(l) < 0 {
			return false
		}
	}
	return false
}

// signedAbove keeps the agency or outlet that stands alone between a title and
// its text: «أنقرة / الأناضول», «عنب بلدي».
func (c *clip) signedAbove(l *line) {
	if !c.inHeader() || l.marked || l.count() == 0 || c.cur.agency != (span2{}) || !c.dateline(l) && !c.allAgencies(l, l.start) {
		return
	}
	for i := l.w0; i < l.w1; i++ {
		if n := c.agencyAt(i, l.w1); n > 0 {
			c.cur.agency = span2{int(c.words[i].start), int(c.words[i+n-1].end)}
			return
		}
	}
}

// signedBy makes the beginning of a line the author of the current article.
func (c *clip) signedBy(l *line, end int) {
	if c.cur.author == (span2{}) {
		c.cur.author = span2{l.start, end}
	}
	c.give(l.start, l.end, c.cur, AuthorField)
}

// headerCredit reports whether a line between a title and its text is only a
// place, a name or an outlet: «جدة_الواحة», «محمد الكتبي - القاهرة», «موسكو: سامي ناصر».
func (c *clip) headerCredit(i int) bool {
	l := &c.lines[i]
	return c.inHeader() && !c.listed(l) && (c.creditShaped(l) || c.cityAndName(l)) && c.textBelow(i)
}

// headerOutlet reports whether a line between a title and its text is the name
// of an outlet: «شبكة الفرات».
func (c *clip) headerOutlet(i int) bool {
	l := &c.lines[i]
	return c.inHeader() && !l.stop && l.count() > 0 && !genres[c.folded(c.words[l.w0])] && c.cur.agency == (span2{}) && c.isOutlet(c.lineText(l)) && c.nextContent(i+1) >= 0
}

// cityAndName recognises a city, a colon and a reporter's name.
func (c *clip) cityAndName(l *line) bool {
	for n := 1; n <= 2 && l.w0+n < l.w1; n++ {
		if !strings.HasPrefix(strings.TrimSpace(c.text[c.words[l.w0+n-1].end:c.words[l.w0+n].start]), ":") {
			continue
		}
		city := c.folded(c.words[l.w0])
		if n == 2 {
			city += " " + c.folded(c.words[l.w0+1])
		}
		name := *l
		name.w0, name.start = l.w0+n, int(c.words[l.w0+n].start)
		return newsCities[city] && c.nameShaped(&name)
	}
	return false
}

// newsCities are where reporters write from.
var newsCities = wordSet("القاهرة", "دمشق", "بيروت", "عمان", "بغداد", "الرياض", "جدة", "أبوظبي", "دبي", "الدوحة", "الكويت", "المنامة", "مسقط", "صنعاء", "عدن", "الخرطوم", "طرابلس", "تونس", "الجزائر", "الرباط", "نواكشوط", "رام الله", "غزة", "القدس", "أربيل", "حلب", "حمص", "اللاذقية", "طرطوس", "القامشلي", "إدلب", "حماة", "دير الزور", "الحسكة", "الرقة", "درعا", "السويداء", "القنيطرة", "بورتسودان", "بنغازي", "وهران", "الدار البيضاء", "الإسكندرية", "أسوان", "البصرة", "الموصل", "صيدا", "نابلس", "الخليل",
	"موسكو", "واشنطن", "نيويورك", "لندن", "باريس", "برلين", "بروكسل", "جنيف", "فيينا", "روما", "مدريد", "أنقرة", "إسطنبول", "طهران", "كييف", "بكين", "طوكيو", "نيودلهي", "إسلام آباد", "سانت بطرسبورغ", "ستوكهولم", "أثينا", "وارسو", "الأمم المتحدة")

// headerName reports whether a line between a title and its text names its
// author, alone or with a calling: «مارينا قصير صحافية سورية»; or says the calling
// of the author named above it.
func (c *clip) headerName(i int) bool {
	l := &c.lines[i]
	if !c.inHeader() || c.listed(l) || !c.textBelow(i) {
		return false
	}
	if at := c.calling(l); at >= 0 {
		return at > l.w0 || c.cur.author != (span2{})
	}
	return c.cur.author == (span2{}) && c.nameShaped(l)
}

// nameEnd is where the name on an author's line ends.
func (c *clip) nameEnd(l *line) int {
	if at := c.calling(l); at > l.w0 {
		return int(c.words[at-1].end)
	}
	return l.end
}

// calling finds the word of a short line that says what somebody is: at its
// beginning, or behind a name of two or three words. It is -1 when there is none.
func (c *clip) calling(l *line) int {
	if l.count() > 8 || l.stop || l.cut || l.role != content || strings.ContainsAny(c.lineText(l), ":؟!«\"") {
		return -1
	}
	for _, at := range []int{0, 2, 3} {
		i := l.w0 + at
		if i >= l.w1 || !callings[c.folded(c.words[i])] {
			continue
		}
		if at == 0 {
			return i
		}
		name := *l
		name.w1, name.end = i, int(c.words[i-1].end)
		if c.nameShaped(&name) {
			return i
		}
	}
	return -1
}

// callings are what authors of news and opinion call themselves.
var callings = wordSet("كاتب", "كاتبة", "صحافي", "صحافية", "صحفي", "صحفية", "باحث", "باحثة", "محلل", "محللة", "أكاديمي", "أكاديمية", "مراسل", "مراسلة", "محرر", "محررة", "إعلامي", "إعلامية", "دبلوماسي", "أستاذ", "أستاذة", "خبير", "خبيرة", "مترجم", "مترجمة", "مدون", "مدونة", "روائي", "روائية", "شاعر", "شاعرة", "معلق", "معلقة")

// headerCaption reports whether a line names who is on the picture: a name above
// the author's, «سيرجي لافروف» above «هند هاني».
func (c *clip) headerCaption(i int) bool {
	if !c.inHeader() || !c.nameShaped(&c.lines[i]) || !c.textBelow(i) {
		return false
	}
	next := c.nextContent(i + 1)
	return next == i+1 && c.nameShaped(&c.lines[next]) && c.calling(&c.lines[next]) != c.lines[next].w0
}

// headerSection reports whether a line between a title and its text names the
// section it stood in: «سياسة», «| دولي», «أخبار سوريا».
func (c *clip) headerSection(i int) bool {
	l := &c.lines[i]
	if !c.inHeader() || l.count() > 3 || l.stop || l.cut || c.nextContent(i+1) < 0 {
		return false
	}
	below := c.lines[i+1].role
	return l.count() == 1 || genres[c.folded(c.words[l.w0])] || strings.HasPrefix(c.lineText(l), "|") || below == dateLine || below == updatedLine
}
