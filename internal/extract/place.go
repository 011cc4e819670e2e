package extract

import "warraq/internal/archive"

// place decides what a group is and files its lines.
func (c *clip) place(g *group, marker *line, at, simple int) {
	switch {
	case !c.whole(g, marker.role, simple):
		c.placeTeaser(g, marker, at)
	case c.carriesOn(g, marker.role):
		c.teaserTitles(g, marker, at)
		c.teaserDates(g)
		c.fill(g, c.cur)
	default:
		a := c.open(archive.RelatedArticle)
		c.placeTitle(g, a, at)
		c.fill(g, a)
	}
}

// placeTitle takes the group's last title, or the one that its lead tells best,
// for the article; titles before it were teasers, the same title is repeated.
func (c *clip) placeTitle(g *group, a *article, at int) {
	if len(g.titles) == 0 {
		a.titleless = true
		return
	}
	best := len(g.titles) - 1
	lead := &c.lines[g.paragraphs[0]]
	if best == 1 && !g.doubled {
		first, second := &c.lines[g.titles[0]], &c.lines[g.titles[1]]
		start := first.start
		if first.role != content {
			start = first.value
		}
		if c.overlap(start, first.end, lead) > c.overlap(second.start, second.end, lead) {
			best = 0 // the second is a subtitle: it stays with the text
		}
	}
	key := c.titleKeyOf(g.titles[best])
	named := false
	for n, t := range g.titles {
		l := &c.lines[t]
		same := c.titleKeyOf(t) == key
		switch {
		case same && !named:
			named = true
			if l.role != content {
				c.titleRange(a, l.value, l.end)
			} else {
				c.titleRange(a, l.start, l.end)
			}
			a.titleHash = key
		case same:
			c.dropTitle(l, Repeated)
		case n > best:
			c.paragraph(a, t)
		default:
			c.dropTitle(l, Teaser)
		}
	}
}

// anyText reports whether a group has a line long enough to be a lead: the
// answers of a poll are none.
func (c *clip) anyText(g *group) bool {
	const least = 6
	for _, p := range g.paragraphs {
		if c.lines[p].count() >= least {
			return true
		}
	}
	return false
}

func (c *clip) dropTitle(l *line, why Why) {
	start := l.start
	if l.role != content {
		start = l.value
	}
	c.pieces = append(c.pieces, piece{start, l.end, nil, NoField, why})
}

func (c *clip) teaserTitles(g *group, marker *line, at int) {
	why := Teaser
	if marker.role != content && len(g.titles) <= 2 {
		why = InlineTeaserText
	}
	for _, t := range g.titles {
		c.dropTitle(&c.lines[t], why)
	}
	g.titles = nil
}

// teaserDates drops the bare dates that stand with teasers' titles above the
// text that goes on: they date the teasers.
func (c *clip) teaserDates(g *group) {
	kept := g.fields[:0]
	for _, f := range g.fields {
		l := &c.lines[f]
		if l.role != dateLine || l.marked || len(g.paragraphs) > 0 && f > g.paragraphs[0] {
			kept = append(kept, f)
			continue
		}
		c.drop(l, Teaser)
		c.cur.nearby = append(c.cur.nearby, span2{l.value, l.end})
	}
	g.fields = kept
}

// placeTeaser drops a group; closing fields of the article above may stand
// behind its last title.
func (c *clip) placeTeaser(g *group, marker *line, at int) {
	if len(g.titles) == 0 && len(g.paragraphs) > 0 && c.cur != nil && (!c.cur.closed || marker.role == content) {
		c.fill(g, c.cur) // text behind a marker that nothing follows
		return
	}
	if c.goesOnAfter(g, marker.role) {
		c.teaserTitles(g, marker, at)
		c.teaserDates(g)
		c.fill(g, c.cur)
		return
	}
	if marker.role == content && c.cur != nil && !c.cur.closed && !g.doubled && len(g.paragraphs) > 0 {
		for _, t := range g.titles {
			c.paragraph(c.cur, t)
		}
		c.fill(g, c.cur)
		return
	}
	for _, t := range g.titles {
		c.dropTitle(&c.lines[t], Teaser)
	}
	for _, p := range g.paragraphs {
		c.drop(&c.lines[p], Teaser)
	}
	for _, t := range g.inlines {
		c.inline(&c.lines[t])
	}
	for _, f := range g.fields {
		l := &c.lines[f]
		if c.cur != nil && l.marked && !c.anyText(g) && (l.role == sourceLine && c.cur.source == (span2{}) || l.role == keywordsLine ||
			l.role == dateLine && len(c.cur.published) == 0 || l.role == updatedLine) {
			c.field(f, c.cur)
			continue
		}
		end := l.end
		if l.value >= l.end {
			if to := c.valueLine(f, l.role); to > f {
				end = c.lines[to-1].end
			}
		}
		if l.role == dateLine && c.cur != nil {
			c.cur.nearby = append(c.cur.nearby, span2{l.value, l.end})
		}
		c.pieces = append(c.pieces, piece{l.start, end, nil, NoField, Teaser})
	}
}

// goesOnAfter reports whether the few lines behind a teaser's title are the
// article above going on: they connect to it, or end like sentences and tell
// nothing of what the title says.
func (c *clip) goesOnAfter(g *group, kind role) bool {
	if c.cur == nil || c.cur.closed || len(g.paragraphs) == 0 || len(g.titles) == 0 {
		return false
	}
	lead := &c.lines[g.paragraphs[0]]
	if c.connects(lead.w0, lead.w1) {
		return lead.stop || !g.doubled
	}
	return !g.doubled && lead.stop && kind != beginsTeasers && c.groupOverlap(g, lead) < 0.3
}

// fill gives an article the paragraphs and fields of a group, in the order of
// their lines, so that a field behind the text closes the article.
func (c *clip) fill(g *group, a *article) {
	c.cur = a
	p, f, n := g.paragraphs, g.fields, g.inlines
	for len(p)+len(f)+len(n) > 0 {
		switch {
		case len(n) > 0 && (len(p) == 0 || n[0] < p[0]) && (len(f) == 0 || n[0] < f[0]):
			c.inline(&c.lines[n[0]])
			n = n[1:]
		case len(f) > 0 && (len(p) == 0 || f[0] < p[0]):
			c.field(f[0], a)
			f = f[1:]
		default:
			if l := &c.lines[p[0]]; c.repeated(a, l) {
				c.drop(l, Repeated)
			} else {
				c.paragraph(a, p[0])
			}
			p = p[1:]
		}
	}
}
