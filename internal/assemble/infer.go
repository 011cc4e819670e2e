package assemble

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"warraq/internal/arabic"
	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/dates"
	"warraq/internal/diag"
)

// Inference of dates. Days are proposed only by what ties a text to a certain
// time: wire paragraphs it shares with an article of known date, a dated teaser
// printed beside it, a revision date, a lead that says today's date. Everything
// else («اليوم الاثنين», «7 ديسمبر», «أمس الأحد») confirms or excludes proposed
// days. Without a proposal there is no date: a weekday alone fits every week,
// and an event may be told years later.
//
// Each piece of evidence has a weight, the chance that it is right by itself;
// independent pieces combine as 1 − Π(1 − w). The weights are set so that no
// single piece but a near duplicate or a revision date reaches the site's
// threshold, and two good ones do.
const (
	weightToday     = 0.55 // «اليوم الاثنين» falls on the day: by chance one in seven
	weightYesterday = 0.35 // «أمس الأحد» does
	weightWeekday   = 0.20 // a bare «الجمعة» is the day or the one before
	weightEvent     = 0.45 // the latest dated event lies a few days before
	weightLead      = 0.90 // the lead says «اليوم» with the whole date
	weightDayBefore = 0.75 // «أمس الأحد 8 ديسمبر 2024»
	weightRevision  = 0.80 // «آخر تحديث»
	weightYearless  = 0.75 // the date label says day and month
	wireReach       = 3    // days between two prints of one wire story
	teaserReach     = 7    // days that a dated teaser is current
	eventReach      = 10   // days that an event is news
	ambiguous       = 0.08 // a second day this close makes the first doubtful
)

// proposal is a day that an undated text may be from.
type proposal struct {
	day      civil.Date
	doubt    float64 // product of 1 − w
	evidence []string
}

func (p *proposal) support(w float64, why string) {
	p.doubt *= 1 - w
	if why != "" && !slices.Contains(p.evidence, why) {
		p.evidence = append(p.evidence, why)
	}
}

// dated is an article of known date that shares text with an undated one.
type dated struct {
	entry       *entry
	containment float32
}

// inferDates dates undated leaders from evidence. Only stated dates count as
// evidence, so that the result does not depend on the order of inferring.
func inferDates(in *Input, entries []entry, links []link, r *reporter) {
	shares := map[int32][]dated{}
	note := func(x, y int32, c float32) {
		if entries[x].date.Kind == archive.DateUnknown && entries[y].date.Kind == archive.DateStated {
			shares[x] = append(shares[x], dated{&entries[y], c})
		}
	}
	for _, l := range links {
		note(l.a, l.b, l.containment)
		note(l.b, l.a, l.containment)
	}
	for i := range entries {
		if l := entries[i].leader; l != int32(i) {
			note(l, int32(i), entries[i].containment)
		}
	}
	for i := range entries {
		e := &entries[i]
		if e.leader != int32(i) || e.date.Kind != archive.DateUnknown || e.withdrawn != "" || decidedUndated(e) {
			continue
		}
		with := shares[int32(i)]
		slices.SortFunc(with, func(x, y dated) int {
			return cmp.Or(cmp.Compare(y.containment, x.containment), x.entry.date.Value.Compare(y.entry.date.Value), byPlace(x.entry.draft, y.entry.draft))
		})
		if copyDate(e, with) {
			continue
		}
		best, confidence := weigh(e, with[:min(len(with), 8)])
		if best != nil && confidence >= in.Site.Archive.DateThreshold {
			e.date = archive.ArticleDate{Value: best.day, Kind: archive.DateInferred, Confidence: float32(confidence), Clock: -1, Evidence: strings.Join(best.evidence, "؛ ")}
			r.add(diag.DateInferred, diag.Info, titleOf(e.draft),
				fmt.Sprintf("date inferred: %s (%.2f), from %s", best.day, confidence, e.date.Evidence), decideDate(e.id))
			continue
		}
		message := "the date of this article is not known"
		if best != nil {
			message += fmt.Sprintf("; the best guess is %s (%.2f), from %s", best.day, confidence, strings.Join(best.evidence, "؛ "))
		}
		r.add(diag.DateUnknown, diag.Warning, titleOf(e.draft), message, decideDate(e.id))
	}
}

func decideDate(id string) string {
	return fmt.Sprintf("a decision settles it: {id: %q, date: YYYY-MM-DD}", id)
}

// decidedUndated: the editors said that the date is not to be known.
func decidedUndated(e *entry) bool { return e.decision != nil && e.decision.Date != nil }

// copyDate takes the date that another origin of the very same text states.
func copyDate(e *entry, with []dated) bool {
	for _, d := range with {
		if d.entry.draft.ExactHash != e.draft.ExactHash || d.entry.draft.ExactHash == (archive.Hash{}) {
			continue
		}
		if e.date.Value.IsZero() || d.entry.date.Value.Compare(e.date.Value) < 0 {
			e.date = d.entry.date
		}
	}
	return !e.date.Value.IsZero()
}

// weigh proposes days, tests them and returns the best with its confidence.
func weigh(e *entry, with []dated) (*proposal, float64) {
	proposals := propose(e, with)
	var best *proposal
	second := 0.0
	for i := range proposals {
		p := &proposals[i]
		if !fits(e.draft, p) {
			continue
		}
		switch {
		case best == nil || p.doubt < best.doubt:
			if best != nil {
				second = 1 - best.doubt
			}
			best = p
		case 1-p.doubt > second:
			second = 1 - p.doubt
		}
	}
	if best == nil {
		return nil, 0
	}
	confidence := 1 - best.doubt
	if confidence-second < ambiguous {
		confidence *= 0.8
	}
	return best, min(confidence, 0.99)
}

// propose gives the days that something ties the text to, earliest first.
func propose(e *entry, with []dated) []proposal {
	var all []proposal
	at := func(day civil.Date) *proposal {
		for i := range all {
			if all[i].day == day {
				return &all[i]
			}
		}
		all = append(all, proposal{day: day, doubt: 1})
		return &all[len(all)-1]
	}
	for _, d := range with {
		day := d.entry.date.Value
		if day.Precision() != civil.Day {
			continue
		}
		w := 0.45 + 0.8*(float64(d.containment)-sharedWire)
		why := fmt.Sprintf("نص مشترك مع «%s» (%s)", d.entry.title(), day)
		for k := -wireReach; k <= wireReach; k++ {
			at(day.AddDays(k)).support(w*[]float64{1, 0.8, 0.45, 0.15}[abs(k)], why)
		}
	}
	latest := archive.DatePhrase{}
	said := func(p *archive.DatePhrase) {
		switch {
		case p.Phrase.Kind != dates.Absolute || p.Phrase.Date.Precision() != civil.Day:
		case p.Teaser:
			if p.Phrase.Date.Compare(latest.Phrase.Date) > 0 {
				latest = *p
			}
		case p.Phrase.Today:
			at(p.Phrase.Date).support(weightLead, quoted(p.Text))
		case saysYesterday(p.Text):
			at(p.Phrase.Date.AddDays(1)).support(weightDayBefore, quoted(p.Text))
		}
	}
	for i := range e.draft.Relative {
		said(&e.draft.Relative[i])
	}
	for i := range e.draft.Events {
		said(&e.draft.Events[i].Phrase)
	}
	if day := latest.Phrase.Date; !day.IsZero() {
		for k := 0; k <= teaserReach; k++ {
			w := []float64{0.45, 0.45, 0.4, 0.4, 0.3, 0.3, 0.3, 0.2}[k]
			at(day.AddDays(k)).support(w, "خبر مجاور مؤرخ "+quoted(latest.Text))
		}
	}
	for i := range e.draft.Modified {
		if p := &e.draft.Modified[i]; p.Phrase.Kind == dates.Absolute && p.Phrase.Date.Precision() == civil.Day {
			at(p.Phrase.Date).support(weightRevision, "آخر تحديث "+quoted(p.Text))
			break
		}
	}
	slices.SortFunc(all, func(x, y proposal) int { return x.day.Compare(y.day) })
	return all
}

// fits tests a proposed day against the other phrases: it is excluded by what
// cannot be, and supported by what agrees.
func fits(d *archive.Draft, p *proposal) bool {
	for i := range d.Published {
		l := &d.Published[i]
		if l.Phrase.Kind == dates.Yearless && l.Phrase.Day > 0 {
			if l.Phrase.Month != p.day.M || l.Phrase.Day != p.day.D {
				return false
			}
			p.support(weightYearless, quoted(l.Text))
		}
	}
	today, yesterday, bare := false, false, false
	test := func(q *archive.DatePhrase) bool {
		ph := &q.Phrase
		switch {
		case q.Teaser || !ph.HasWeekday || ph.Future:
		case ph.Today && ph.Kind == dates.Yearless && (ph.Month != p.day.M || ph.Day != p.day.D):
			return today
		case ph.Today:
			if ph.Weekday != p.day.Weekday() {
				return today // a later «اليوم» may be a quotation's
			}
			if !today {
				today = true
				p.support(weightToday, quoted(q.Text))
			}
		case ph.Kind == dates.Offset && ph.Unit == dates.Days:
			if weekdayAfter(p.day, int(ph.Offset)) != ph.Weekday {
				return false
			}
			if !yesterday && !today { // beside «اليوم الاثنين» it says nothing new
				yesterday = true
				p.support(weightYesterday, quoted(q.Text))
			}
		case ph.Kind == dates.Weekday && !ph.Past && !bare && !today:
			if ph.Weekday == p.day.Weekday() || ph.Weekday == weekdayAfter(p.day, -1) {
				bare = true
				p.support(weightWeekday, quoted(q.Text))
			}
		}
		return true
	}
	for i := range d.Relative {
		if !test(&d.Relative[i]) {
			return false
		}
	}
	for i := range d.Events {
		if !test(&d.Events[i].Phrase) {
			return false
		}
	}
	return newsOf(d, p)
}

// newsOf tests the dated events: none lies after the day, and the latest of
// them close before it supports it.
func newsOf(d *archive.Draft, p *proposal) bool {
	var near *archive.DatePhrase
	nearest := eventReach + 1
	for i := range d.Events {
		q := &d.Events[i].Phrase
		if q.Teaser || q.Phrase.Future || q.Phrase.Bound || q.Phrase.Kind != dates.Absolute && q.Phrase.Kind != dates.Yearless {
			continue
		}
		res, ok := dates.Resolve(q.Phrase, p.day)
		if !ok || res.Date.Precision() != civil.Day {
			continue
		}
		days := res.Date.DaysUntil(p.day)
		if days < 0 && q.Phrase.Kind == dates.Absolute {
			return false
		}
		if days >= 0 && days < nearest {
			near, nearest = q, days
		}
	}
	if near != nil {
		p.support(weightEvent, quoted(near.Text))
	}
	return true
}

// saysYesterday finds «أمس» before a whole date: «مساء أمس الأحد 8 ديسمبر 2024».
func saysYesterday(text string) bool {
	n := 0
	for from, to := range arabic.Words(text) {
		switch arabic.Fold(text[from:to]) {
		case "اول", "قبل":
			return false
		case "امس":
			return true
		}
		if n++; n == 3 {
			break
		}
	}
	return false
}

func weekdayAfter(day civil.Date, n int) time.Weekday {
	return time.Weekday(((int(day.Weekday())+n)%7 + 7) % 7)
}

func quoted(s string) string { return "«" + s + "»" }
