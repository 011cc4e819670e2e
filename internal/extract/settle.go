package extract

import "slices"

// settle looks back over all articles once the whole clipping is read.
func (c *clip) settle() {
	for _, a := range c.articles {
		c.trailingNames(a)
		c.trailingTitles(a)
	}
	for i, a := range c.articles {
		if len(a.paragraphs) == 0 || c.copied(a, c.articles[:i]) {
			a.dropped = true
		}
	}
	c.listOnly()
	for i := range c.pieces {
		p := &c.pieces[i]
		if p.article == nil || !p.article.dropped {
			continue
		}
		p.why = Repeated
		if len(p.article.paragraphs) == 0 {
			p.why = BoilerplateText
			if p.field == TitleField {
				p.why = Teaser // a title without a text
			}
		}
		if p.article.list {
			p.why = Teaser
		}
		p.article, p.field = nil, NoField
	}
	slices.SortFunc(c.pieces, func(a, b piece) int { return a.start - b.start })
}

// listOnly drops a clipping that is a list of titles under its marker («الأكثر
// قراءة») and nothing else: no line of it ends like a sentence.
func (c *clip) listOnly() {
	if !c.teasersOnTop || len(c.articles) == 0 {
		return
	}
	a := c.articles[0]
	if len(a.paragraphs) == 0 || len(a.published)+len(a.modified) > 0 || a.source != (span2{}) {
		return
	}
	for _, p := range a.paragraphs {
		if l := &c.lines[p]; l.stop || l.count() > 18 {
			return
		}
	}
	a.dropped, a.list = true, true
}

// trailingTitles drops a list of bare titles at the end of a text whose own
// paragraphs end in full stops: a block of teasers that lost its marker.
func (c *clip) trailingTitles(a *article) {
	n := len(a.paragraphs)
	bare := 0
	for bare < n {
		l := &c.lines[a.paragraphs[n-1-bare]]
		if l.stop || l.cut || l.glued || l.count() < 4 || l.count() > 16 || c.connects(l.w0, l.w1) {
			break
		}
		bare++
	}
	rest := a.paragraphs[:n-bare]
	stops := 0
	for _, p := range rest {
		if c.lines[p].stop {
			stops++
		}
	}
	if bare < 3 || len(rest) < 2 || stops*10 < len(rest)*8 {
		return
	}
	for _, p := range a.paragraphs[n-bare:] {
		c.refile(a, p, Teaser)
	}
	a.paragraphs = rest
}

// trailingNames drops names and catchwords, one a line, behind a text that ended:
// the tags that a page links below its article.
func (c *clip) trailingNames(a *article) {
	const least, words = 2, 3
	n := len(a.paragraphs)
	names := 0
	for names < n {
		l := &c.lines[a.paragraphs[n-1-names]]
		if l.stop || l.cut || l.glued || l.count() > words || c.listed(l) || verse(c.lineText(l)) {
			break
		}
		names++
	}
	rest := a.paragraphs[:n-names]
	if names < least || len(rest) < 2 {
		return
	}
	for _, p := range rest[max(0, len(rest)-3):] {
		if l := &c.lines[p]; !l.stop || l.count() <= words {
			return
		}
	}
	for _, p := range a.paragraphs[n-names:] {
		c.refile(a, p, BoilerplateText)
	}
	a.paragraphs = rest
}

// commentsBegin reports whether a line that counts or heads comments stands below
// a text and what readers wrote above one: «3 تعليقات», with «رد» or an age alone on
// a line soon behind.
func (c *clip) commentsBegin(i int) bool {
	const soon = 8
	l := &c.lines[i]
	if c.cur == nil || len(c.cur.paragraphs) == 0 || c.inHeader() || l.count() > 4 {
		return false
	}
	heads := false
	for _, w := range c.words[l.w0:l.w1] {
		switch c.folded(w) {
		case "تعليق", "تعليقات", "التعليقات", "تعليقا", "تعليقان":
			heads = true
		}
	}
	if !heads {
		return false
	}
	for k := i + 1; k < len(c.lines) && k <= i+soon; k++ {
		b := &c.lines[k]
		if b.count() == 0 {
			continue
		}
		if run, ok := c.dateAt(b.w0, b.w1); ok && run.relative && run.next >= b.w1 {
			return true
		}
		switch c.folded(c.words[b.w0]) {
		case "رد", "الرد", "اعجبني", "ابلاغ":
			if b.count() <= 2 {
				return true
			}
		}
	}
	return false
}

// copied reports whether one of the articles before has the same text.
func (c *clip) copied(a *article, before []*article) bool {
	same := func(p, q int) bool { return c.lines[p].hash == c.lines[q].hash }
	return slices.ContainsFunc(before, func(b *article) bool {
		return !b.dropped && slices.EqualFunc(a.paragraphs, b.paragraphs, same)
	})
}
