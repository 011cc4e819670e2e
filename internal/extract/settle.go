package extract

import "slices"

// settle looks back over all articles once the whole clipping is read.
func (c *clip) settle() {
	for _, a := range c.articles {
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

// copied reports whether one of the articles before has the same text.
func (c *clip) copied(a *article, before []*article) bool {
	same := func(p, q int) bool { return c.lines[p].hash == c.lines[q].hash }
	return slices.ContainsFunc(before, func(b *article) bool {
		return !b.dropped && slices.EqualFunc(a.paragraphs, b.paragraphs, same)
	})
}
