package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"warraq/internal/arabic"
)

// setTitle makes line i the title of an article, without the name of the
// outlet behind it.
func (c *clip) setTitle(a *article, i int) {
	l := &c.lines[i]
	c.titleRange(a, l.start, l.end)
	a.titleHash = l.hash
}

// titleRange makes a range of the prepared text the title of an article.
func (c *clip) titleRange(a *article, start, end int) {
	cutEnd := c.withoutOutlet(start, end)
	a.titleAt, a.titleEnd = start, cutEnd
	a.title = cleanText(c.text[start:cutEnd])
	a.titleless = false
	c.give(start, cutEnd, a, TitleField)
	if cutEnd < end {
		c.pieces = append(c.pieces, piece{cutEnd, end, nil, NoField, BoilerplateText})
	}
}

// withoutOutlet gives the end of a title without «| جريدة كذا» behind it. What
// stands behind a bar or a dash is taken off only when it names an outlet, by
// the list, by its first word, or because the clipping's source line says so.
func (c *clip) withoutOutlet(start, end int) int {
	for {
		text := c.text[start:end]
		at := -1
		for _, sep := range []string{"|", " - ", " – ", " — ", " :: ", " / ", " • ", " » "} {
			if n := strings.LastIndex(text, sep); n > at {
				at = n
			}
		}
		if at <= 0 {
			return end
		}
		tail := strings.TrimLeft(text[at:], "|-–—:/•» ")
		if !c.isOutlet(tail) && !c.namedAsSource(tail) && !c.saidBelow(c.text[start:start+at], end) {
			return end
		}
		_, end = c.trim(start, start+at)
	}
}

// saidBelow reports whether one of the next lines behind an offset is this
// title and nothing else: then what the first had behind it is the outlet's name.
func (c *clip) saidBelow(title string, behind int) bool {
	const lines = 6
	key, seen := "", 0
	for i := range c.lines {
		l := &c.lines[i]
		if l.start < behind || l.count() == 0 {
			continue
		}
		if seen++; seen > lines {
			return false
		}
		if l.role != content || l.count() > 40 {
			continue
		}
		if key == "" {
			key = arabic.FoldFrozen(title)
		}
		if arabic.FoldFrozen(c.lineText(l)) == key {
			return true
		}
	}
	return false
}

// withTail reports whether a line is a title with a few words behind a bar or
// a dash, as pages print theirs.
func (c *clip) withTail(title string, l *line) bool {
	text := c.lineText(l)
	at := strings.LastIndexAny(text, "|-–—")
	return at > 0 && len(strings.Fields(text[at:])) <= 5 && arabic.FoldFrozen(text[:at]) == arabic.FoldFrozen(title)
}

// namedAsSource reports whether a source line of the clipping, or the saved
// page, names this outlet.
func (c *clip) namedAsSource(name string) bool {
	folded := strings.Join(foldedWords(name), " ")
	if folded == "" {
		return false
	}
	if strings.Join(foldedWords(c.doc.Site), " ") == folded {
		return true
	}
	for i := range c.lines {
		if c.lines[i].role == sourceLine && strings.Join(foldedWords(c.valueText(&c.lines[i])), " ") == folded {
			return true
		}
	}
	return false
}

// sameTitle reports whether a line is the title that the record or page states,
// with or without outlets' names.
func (c *clip) sameTitle(l *line) bool {
	return l.count() <= 40 && titleKey(c.doc.Title, c) == titleKey(c.lineText(l), c)
}

// sameTitle2 reports whether a line repeats an article's title but for the
// outlet's name on either.
func (c *clip) sameTitle2(a *article, l *line) bool {
	if a.titleAt < 0 || l.count() > 40 || l.count() < 3 || a.titleEnd == 0 || !strings.ContainsAny(c.lineText(l), "|-–—:") {
		return a.title != "" && l.count() >= 3 && l.count() <= 40 && arabic.FoldFrozen(a.title) == arabic.FoldFrozen(c.lineText(l))
	}
	return titleKey(a.title, c) == titleKey(c.lineText(l), c) || len(a.paragraphs) == 0 && c.withTail(a.title, l)
}

// titleKey is what two writings of one title share.
func titleKey(title string, c *clip) string { return arabic.FoldFrozen(c.bareTitle(title)) }

// bareTitle takes outlets' names off the end of a title.
func (c *clip) bareTitle(title string) string {
	for {
		at := strings.LastIndexAny(title, "|-–—")
		if at <= 0 {
			break
		}
		_, n := utf8.DecodeRuneInString(title[at:])
		tail := strings.TrimSpace(title[at+n:])
		if !c.isOutlet(tail) && !c.namedAsSource(tail) {
			break
		}
		title = strings.TrimSpace(title[:at])
	}
	return title
}

// outletBehind gives the outlet that a page's title ends with, "" for none.
func (c *clip) outletBehind(title string) string {
	at := strings.LastIndexAny(title, "|-–—")
	if at <= 0 {
		return ""
	}
	_, n := utf8.DecodeRuneInString(title[at:])
	if tail := bareName(title[at+n:]); c.isOutlet(tail) {
		return tail
	}
	return ""
}

// titleFromLead makes a title of a text that has none: its first clause, cut
// at a word.
func titleFromLead(lead string) string {
	const most = 12
	words := 0
	for i, r := range lead {
		if unicode.IsSpace(r) {
			if words++; words == most {
				return strings.TrimRight(lead[:i], "،,؛: ") + "…"
			}
		}
		if words >= 4 && strings.ContainsRune(".؟!؛", r) {
			return strings.TrimRight(lead[:i], " ")
		}
	}
	return strings.TrimRight(lead, " .")
}
