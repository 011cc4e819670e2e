package extract

// field reads a labelled line, and the line behind it where the label stands
// alone. It returns the next line to read.
func (c *clip) field(i int, a *article) int {
	l := &c.lines[i]
	if a == nil {
		c.drop(l, BoilerplateText)
		return i + 1
	}
	next := i + 1
	value := span2{l.value, l.end}
	whole := span2{l.start, l.end}
	if l.value >= l.end {
		if next = c.valueLine(i, l.role); next == i {
			c.drop(l, BoilerplateText)
			return i + 1
		}
		value = span2{c.lines[i+1].start, c.lines[next-1].end}
		whole.end = value.end
	}
	switch l.role {
	case sourceLine:
		if a.source == (span2{}) {
			a.source = value
		}
		a.closed = a.closed || len(a.paragraphs) > 0
		c.give(whole.start, whole.end, a, SourceField)
	case keywordsLine:
		a.keywords = append(a.keywords, value)
		a.closed = a.closed || len(a.paragraphs) > 0
		c.give(whole.start, whole.end, a, KeywordsField)
	case updatedLine:
		a.modified = append(a.modified, value)
		c.give(whole.start, whole.end, a, ModifiedField)
	case authorLine:
		if a.author == (span2{}) {
			a.author = value
		}
		c.give(whole.start, whole.end, a, AuthorField)
	default:
		a.published = append(a.published, value)
		c.give(whole.start, whole.end, a, DateField)
	}
	return next
}

// valueLine finds the lines that hold the value of the lone label in line i:
// one short line, or several for keywords. It gives i when there are none.
func (c *clip) valueLine(i int, r role) int {
	next := i + 1
	switch r {
	case keywordsLine:
		for next < len(c.lines) && next < i+30 {
			l := &c.lines[next]
			if l.role != content || l.count() > 5 && !(next == i+1 && !l.stop && l.count() <= 40) || l.stop {
				break
			}
			next++
			if l.count() > 5 {
				break
			}
		}
	case dateLine, updatedLine:
		if next < len(c.lines) && c.lines[next].role == dateLine && !c.lines[next].marked {
			next++
		}
	default:
		if next < len(c.lines) && c.lines[next].role == content && c.lines[next].count() <= 6 && !c.lines[next].stop {
			next++
		} else if next < len(c.lines) && r == sourceLine && !c.lines[next].marked && c.lines[next].count() <= 4 && c.isOutlet(c.lineText(&c.lines[next])) {
			next++
		}
	}
	if next == i+1 {
		return i
	}
	return next
}
