package assemble

import (
	"fmt"
	"time"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/dates"
	"warraq/internal/diag"
)

// statedDate is the date that the draft's best phrase states. What contradicts
// it is reported: a weekday or Hijri date beside it, another statement, «اليوم
// الاثنين» in the text.
func statedDate(d *archive.Draft, zone *time.Location, r *reporter) archive.ArticleDate {
	date := unknownDate()
	for i := range d.Published {
		p := &d.Published[i]
		if p.Phrase.Kind != dates.Absolute {
			continue
		}
		res, ok := dates.Resolve(p.Phrase, civil.Date{})
		// A machine's date is another day in the site's zone; its weekday was
		// checked where it was said.
		local := dates.InZone(p.Phrase, zone)
		if local.Date != p.Phrase.Date {
			res.Date = local.Date
		}
		switch {
		case !ok:
		case date.Value.IsZero():
			date = archive.ArticleDate{Value: res.Date, Kind: archive.DateStated, Confidence: res.Confidence, Clock: local.Clock, Evidence: p.Text}
			if res.Warning != dates.NoWarning {
				r.add(diag.DateConflict, diag.Warning, phraseAt(d, p), fmt.Sprintf("%s: %s; %s is used", quoted(p.Text), res.Warning, res.Date), decideDate(idOf(d)))
			}
		case apart(date.Value, res.Date):
			r.add(diag.DateConflict, diag.Warning, phraseAt(d, p),
				fmt.Sprintf("the article says both %s and %s; the first is used", quoted(date.Evidence), quoted(p.Text)), decideDate(idOf(d)))
		}
	}
	if date.Value.Precision() == civil.Day {
		checkToday(d, date.Value, r)
	}
	return date
}

// apart: two statements of one date that cannot both hold. A day's difference
// is what time zones and late editions make.
func apart(x, y civil.Date) bool {
	if x.Precision() != civil.Day || y.Precision() != civil.Day {
		return !x.Covers(y) && !y.Covers(x)
	}
	return abs(x.DaysUntil(y)) > 1
}

// checkToday compares «اليوم الاثنين» with the stated date. A day before or
// after is usual: the label is often the site's, in another zone.
func checkToday(d *archive.Draft, stated civil.Date, r *reporter) {
	for i := range d.Relative {
		p := &d.Relative[i]
		if p.Teaser || p.Phrase.Kind != dates.Weekday || !p.Phrase.Today || !p.Phrase.HasWeekday {
			continue
		}
		if res, ok := dates.Resolve(p.Phrase, stated); ok && res.Warning != dates.NoWarning {
			r.add(diag.DateConflict, diag.Warning, phraseAt(d, p),
				fmt.Sprintf("the text says %s, but %s was a %s", quoted(p.Text), stated, stated.Weekday()), decideDate(idOf(d)))
		}
		return
	}
}

func idOf(d *archive.Draft) string {
	if d.ID != "" {
		return d.ID
	}
	return d.AutoID
}

func unknownDate() archive.ArticleDate { return archive.ArticleDate{Clock: -1} }

func phraseAt(d *archive.Draft, p *archive.DatePhrase) diag.Position {
	return diag.Position{Path: d.Origin.Path, Line: int(p.At.Line), Column: int(p.At.Column)}
}
