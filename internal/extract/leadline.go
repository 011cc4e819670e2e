package extract

import (
	"strings"

	"warraq/internal/archive"
	"warraq/internal/dates"
)

// Agencies open a lead with a place, their name and the date, each in a writing
// of its own: «عمّان، 25 فبراير 2025 (المنارة) - ارتفع», «أبوظبي في 11 ديسمبر/ وام /
// أرسلت», «الرياض 16 رجب 1446 هـ الموافق 16 يناير 2025 م واس وصل», «أنقرة/ فلان/
// الأناضول قال». They agree in what they are made of, so the words are read one
// by one, in any order, up to the first that belongs to none of these.

// leadline is what a dateline at the beginning of a lead says.
type leadline struct {
	agency string
	date   span2
}

// leadDateline reads the dateline of an article's lead: it states the date and
// signs, where no label does. The words stay in the paragraph.
func (c *clip) leadDateline(a *article, p *places, d *archive.Draft) {
	lead := c.leadline(&c.lines[a.paragraphs[0]])
	if d.SourceName == "" {
		d.SourceName = lead.agency
	}
	if len(d.Published) > 0 || lead.date == (span2{}) {
		return
	}
	text := c.text[lead.date.start:lead.date.end]
	if phrase, err := dates.Parse(text); err == nil && phrase.Kind == dates.Absolute {
		d.Published = append(d.Published, archive.DatePhrase{Phrase: phrase, Text: text, At: p.at(c.source(lead.date.start))})
	}
}

// leadline reads the words of a dateline. A date counts only beside an agency
// or before the dash that ends the dateline; else it is part of the text.
func (c *clip) leadline(l *line) (lead leadline) {
	const longest, mostOthers = 16, 5
	date, others, signed := span2{}, 0, false
	for i := l.w0; i < l.w1 && i < l.w0+longest; {
		before := ""
		if i > l.w0 {
			before = c.text[c.words[i-1].end:c.words[i].start]
		}
		if strings.ContainsAny(before, ".!؟?؛") && !signed || strings.ContainsAny(before, "«\"“”") && c.agencyAt(i, l.w1) == 0 {
			return lead
		}
		if signed && date != (span2{}) {
			break
		}
		if dashed(before) && i > l.w0 && !signed {
			// «موسكو - سبوتنيك» goes on with the agency; else the dateline ends.
			if n := c.agencyAt(i, l.w1); n == 0 {
				return c.endedByDash(l, i, date)
			}
		}
		if run, ok := c.dateAt(i, l.w1); ok && run.full && !run.relative && date == (span2{}) {
			if signed && i > l.w0 && !strings.ContainsAny(before, ":-–—/(،, ") {
				break
			}
			date = span2{int(c.words[i].start), run.end}
			i = run.next
			continue
		}
		if signed {
			break
		}
		if n := c.agencyAt(i, l.w1); n > 0 {
			if c.signs(l, i, n, before, date != (span2{}) && int(c.words[i].start)-date.end <= 3) {
				lead.agency = signature(c.text[c.words[i].start:c.words[i+n-1].end])
				signed = true
			}
			i += n
			continue
		}
		if others++; others > mostOthers || isStatement(c.folded(c.words[i])) {
			return lead
		}
		i++
	}
	if signed {
		lead.date = date
	}
	return lead
}

// dashed reports a gap that ends a dateline.
func dashed(gap string) bool {
	return strings.ContainsAny(gap, "-–—ـ") && strings.Contains(gap, " ")
}

// signs reports whether the agency's name in words i…i+n is set off as a
// signature is, by signs on both sides or behind the date.
func (c *clip) signs(l *line, i, n int, before string, behindDate bool) bool {
	after := c.text[c.words[i+n-1].end:l.end]
	if i+n < l.w1 {
		after = c.text[c.words[i+n-1].end:c.words[i+n].start]
	}
	switch {
	case behindDate, strings.Contains(before, "/"):
		return true
	case i == l.w0:
		return dashed(after) || strings.ContainsAny(after, "/:)")
	}
	return strings.ContainsAny(before, "(«“\"-–—:،_ـ") && strings.ContainsAny(after, "/)-–—:.")
}

// endedByDash reads what stands before the dash: the date, and a name in
// brackets, which signs whether an agency of that name is known or not.
func (c *clip) endedByDash(l *line, i int, date span2) leadline {
	head := c.text[l.start:c.words[i-1].end]
	rest := c.text[c.words[i-1].end:c.words[i].start]
	lead := leadline{date: date}
	if open := strings.LastIndexByte(head, '('); open >= 0 && strings.HasPrefix(rest, ")") {
		if words := foldedWords(head[open:]); len(words) > 0 && len(words) <= 4 {
			lead.agency = signature(head[open+1:])
		}
	}
	return lead
}

// signature gives a signature as a source's name: none where it names nobody.
func signature(text string) string {
	name := bareName(text)
	if words := foldedWords(name); len(words) == 0 || anonymous[words[0]] {
		return ""
	}
	return name
}

// anonymous signatures name no outlet.
var anonymous = wordSet("وكالات", "وكالة", "متابعات", "متابعة", "خاص", "مواقع", "صحف", "أرشيف", "أرشيفية", "الأوروبية", "الأمريكية", "الإنترنت", "تويتر", "إكس", "فيسبوك", "اليوم")
