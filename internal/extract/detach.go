package extract

import (
	"strings"

	"warraq/internal/archive"
)

// detach copies the strings of a draft that may be parts of its document's
// text. A draft stays in memory for the whole build; a title that is a part of
// the text would keep the text there too.
func detach(d *archive.Draft) {
	one := func(s *string) { *s = strings.Clone(*s) }
	list := func(l []string) {
		for i := range l {
			one(&l[i])
		}
	}
	date := func(p *archive.DatePhrase) {
		one(&p.Text)
		one(&p.Phrase.Zone)
	}
	for _, s := range []*string{&d.ID, &d.Title, &d.Description, &d.Lead, &d.Author, &d.Language, &d.SourceName, &d.SourceURL, &d.Withdrawn, &d.Origin.Stated} {
		one(s)
	}
	list(d.Keywords)
	list(d.Runs)
	list(d.Segments)
	list(d.Listed)
	list(d.Aliases)
	for _, phrases := range [][]archive.DatePhrase{d.Published, d.Modified, d.Relative} {
		for i := range phrases {
			date(&phrases[i])
		}
	}
	for i := range d.Themes {
		list(d.Themes[i].Evidence)
	}
	for i := range d.Events {
		date(&d.Events[i].Phrase)
		one(&d.Events[i].Sentence)
	}
	for i := range d.Facts {
		one(&d.Facts[i].Text)
		one(&d.Facts[i].Cite)
	}
	for i := range d.Correction {
		one(&d.Correction[i].Text)
	}
	for i := range d.Images {
		one(&d.Images[i].Alt)
	}
}
