package assemble

import (
	"fmt"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/dates"
	"warraq/internal/diag"
)

// statedDate is the date that the draft's best phrase states. Phrases that
// contradict it, or contradict themselves, are reported.
func statedDate(d *archive.Draft, r *reporter) archive.ArticleDate {
	date := unknownDate()
	for i := range d.Published {
		p := &d.Published[i]
		value, ok := absolute(p.Phrase)
		if !ok {
			continue
		}
		if date.Value.IsZero() {
			date = archive.ArticleDate{Value: value, Kind: archive.DateStated, Confidence: 1, Clock: p.Phrase.Clock, Evidence: p.Text}
			if p.Phrase.HasWeekday && value.Precision() == civil.Day && value.Weekday() != p.Phrase.Weekday {
				r.add(diag.DateConflict, diag.Warning, phraseAt(d, p), fmt.Sprintf("%s fell on another weekday: «%s»", value, p.Text), dateRemedy)
			}
		}
	}
	return date
}

const dateRemedy = "a decision «date» for this article settles it"

func phraseAt(d *archive.Draft, p *archive.DatePhrase) diag.Position {
	return diag.Position{Path: d.Origin.Path, Line: int(p.At.Line), Column: int(p.At.Column)}
}

func absolute(p dates.Phrase) (civil.Date, bool) {
	if p.Kind != dates.Absolute || p.Date.IsZero() {
		return civil.Date{}, false
	}
	return p.Date, true
}

// resolve turns a phrase into a date against the article's own.
func resolve(p dates.Phrase, anchor civil.Date) (civil.Date, bool) { return absolute(p) }
