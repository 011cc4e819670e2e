package extract

import (
	"errors"
	"strings"
	"unicode"

	"warraq/internal/arabic"
	"warraq/internal/archive"
	"warraq/internal/dates"
	"warraq/internal/diag"
)

// fields reads the labelled values of an article into its draft.
func (x *Extractor) fields(c *clip, a *article, p *places, d *archive.Draft, problems *[]diag.Problem) {
	if a.source != (span2{}) {
		d.SourceName, d.SourceURL = sourceName(c.text[a.source.start:a.source.end])
	}
	if a.author != (span2{}) {
		d.Author = bareName(c.text[a.author.start:a.author.end])
	}
	if a.role == archive.Main {
		if d.SourceName == "" && c.doc.Site != "" {
			d.SourceName, d.SourceURL = sourceName(c.doc.Site)
		}
		if d.SourceName == "" {
			d.SourceName = c.outletBehind(c.doc.Title)
		}
		if d.Author == "" {
			d.Author = cleanText(c.doc.Author)
		}
		if url := webAddress(c.doc.URL); url != "" && (d.SourceURL == "" || a.source == (span2{})) {
			d.SourceURL = url // the article's own address, where a source has only its home
		}
		for _, tag := range c.doc.Tags {
			addKeyword(tag, false, d)
		}
		keywords(c.doc.TagLine, d)
	}
	for _, k := range a.keywords {
		keywords(c.text[k.start:k.end], d)
	}
	for _, s := range a.published {
		if d.SourceName == "" {
			d.SourceName = c.outletBefore(s)
		}
		d.Published = append(d.Published, c.statedDate(s, p, problems)...)
	}
	if a.role == archive.Main && c.doc.Date != "" {
		if phrase, err := dates.Parse(onlyDate(c.doc.Date)); err == nil {
			d.Published = append(d.Published, archive.DatePhrase{Phrase: phrase, Text: c.doc.Date, At: p.at(0)})
		} else if !errors.Is(err, dates.ErrNone) {
			*problems = append(*problems, impossible(p.position(0), c.doc.Date, err))
		}
	}
	if len(a.paragraphs) > 0 {
		c.leadDateline(a, p, d)
	}
	if d.SourceName == "" {
		d.SourceName = signature(c.text[a.agency.start:a.agency.end])
	}
	for _, s := range a.modified {
		d.Modified = append(d.Modified, c.statedDate(s, p, problems)...)
	}
	for _, s := range a.nearby {
		for _, m := range dates.Find(c.text[s.start:s.end]) {
			if m.Phrase.Kind == dates.Absolute {
				d.Relative = append(d.Relative, archive.DatePhrase{
					Phrase: m.Phrase, Text: c.text[s.start+m.Start : s.start+m.End], At: p.at(c.source(s.start + m.Start)), Teaser: true,
				})
			}
		}
	}
}

// onlyDate gives the one date in what a page says of when it was written, with
// what may stand around it: «9 نيسان 2025 هيئة التحرير 812 مشاهدة».
func onlyDate(said string) string {
	if _, err := dates.Parse(said); err == nil {
		return said
	}
	if found := dates.Find(said); len(found) == 1 && found[0].Phrase.Kind == dates.Absolute {
		return said[found[0].Start:found[0].End]
	}
	return said
}

// outletBefore gives the outlet that a date line names before its date.
func (c *clip) outletBefore(s span2) string {
	lo := c.wordsFrom(s.start)
	for i := lo; i < len(c.words) && int(c.words[i].end) <= s.end && i < lo+6; i++ {
		if _, ok := c.dateAt(i, len(c.words)); ok {
			if i == lo {
				return c.agencyIn(s)
			}
			if name := bareName(c.text[s.start:c.words[i].start]); c.isOutlet(name) {
				return name
			}
			// «نشر في الصباح التونسية يوم 09 - 12 - 2024»
			name := i
			if on := c.folded(c.words[i]); on != "يوم" && on != "بتاريخ" {
				name--
				if on = c.folded(c.words[name]); on != "يوم" && on != "بتاريخ" {
					return c.agencyIn(s)
				}
			}
			if outlet := bareName(c.text[s.start:c.words[name].start]); !newsCities[strings.Join(foldedWords(outlet), " ")] {
				return outlet
			}
			return ""
		}
	}
	return ""
}

// agencyIn gives the agency that a date line names: «16 يونيو/حزيران. /تاس/».
func (c *clip) agencyIn(s span2) string {
	lo := c.wordsFrom(s.start)
	hi := lo
	for hi < len(c.words) && int(c.words[hi].end) <= s.end {
		hi++
	}
	for i := lo; i < hi; i++ {
		if n := c.agencyAt(i, hi); n > 0 {
			return signature(c.text[c.words[i].start:c.words[i+n-1].end])
		}
	}
	return ""
}

// statedDate reads a labelled date.
func (c *clip) statedDate(s span2, p *places, problems *[]diag.Problem) []archive.DatePhrase {
	text := cleanText(c.text[s.start:s.end])
	phrase, err := dates.Parse(text)
	if err == nil {
		return []archive.DatePhrase{{Phrase: phrase, Text: text, At: p.at(c.source(s.start))}}
	}
	if !errors.Is(err, dates.ErrNone) {
		*problems = append(*problems, impossible(p.position(c.source(s.start)), text, err))
	}
	return nil
}

func impossible(at diag.Position, text string, err error) diag.Problem {
	return diag.Problem{
		Code: diag.DateImpossible, Severity: diag.Warning, Position: at, Excerpt: cutLetters(text, 120),
		Message: "the date cannot be read: " + strings.TrimPrefix(err.Error(), "dates: "),
		Remedy:  "correct it, or set date in content/decisions.yaml",
	}
}

// sourceName reads «المصدر: …»: a name, an address, or both.
func sourceName(value string) (name, url string) {
	for _, word := range strings.Fields(value) {
		if strings.Contains(word, "://") {
			url = webAddress(strings.Trim(word, ".,،()"))
			value = strings.Replace(value, word, "", 1)
		}
	}
	return bareName(value), url
}

// bareName takes the punctuation off a name that a label left around it.
func bareName(value string) string {
	value = cleanText(value)
	value = strings.TrimFunc(value, func(r rune) bool {
		return r != ')' && r != '»' && r != '"' && (unicode.IsSpace(r) || unicode.IsPunct(r) || r == '|' || r == '+')
	})
	for _, pair := range [][2]string{{"«", "»"}, {"(", ")"}, {"\"", "\""}, {"“", "”"}} {
		inner, ok := strings.CutPrefix(value, pair[0])
		if ok && strings.HasSuffix(inner, pair[1]) {
			value = strings.TrimSuffix(inner, pair[1])
		} else if !strings.Contains(value, pair[0]) || pair[0] == pair[1] && strings.Count(value, pair[0]) == 1 {
			value = strings.TrimSuffix(value, pair[1])
		}
	}
	return strings.TrimSpace(value)
}

// webAddress admits http and https only.
func webAddress(s string) string {
	if lower := strings.ToLower(s); strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "https://") {
		return s
	}
	return ""
}

// keywords reads a keyword line: its parts where separators stand between
// them, else a run to be segmented by what the archive knows.
func keywords(line string, d *archive.Draft) {
	value := cleanText(strings.ReplaceAll(line, "\n", "،"))
	separators := "،,؛;|•·*/\t"
	tagged := strings.Contains(value, "#")
	if tagged {
		separators += "#"
	}
	parts := strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(separators, r) })
	if len(parts) == 1 && strings.Contains(value, " - ") {
		parts = strings.Split(value, " - ")
	}
	for _, part := range parts {
		addKeyword(part, len(parts) == 1 && !tagged, d)
	}
}

// addKeyword adds one part of what a source gives as its keywords. A part of
// many words is a run, and so is one of three where nothing separates (single).
func addKeyword(part string, single bool, d *archive.Draft) {
	part = bareName(strings.ReplaceAll(part, "_", " "))
	words := len(strings.Fields(part))
	switch {
	case words == 0:
	case single && words > 2, words > 7:
		d.Runs = append(d.Runs, part)
	default:
		d.Keywords = append(d.Keywords, part)
	}
}

// sameLetters reports whether two texts differ at most in their writing.
func sameLetters(a, b string) bool { return arabic.FoldFrozen(a) == arabic.FoldFrozen(b) }
