package render

import (
	"html/template"
	"strings"
	"sync/atomic"

	"warraq/internal/arabic"
	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/config"
	"warraq/internal/dates"
)

// style writes numbers, counts and dates as the site's settings want them.
type style struct {
	site  *config.Site
	texts *texts
	made  *dateViews
}

func newStyle(site *config.Site, t *texts) style {
	return style{site: site, texts: t, made: new(dateViews)}
}

// number writes n with the site's digits, thousands apart.
func (s style) number(n int) string { return arabic.FormatNumber(n, s.site.Archive.Digits) }

// percent writes a share of one.
func (s style) percent(share float32) string {
	return arabic.FormatPercent(float64(share), s.site.Archive.Digits)
}

// count writes a counted noun of strings.yaml in its plural class.
func (s style) count(key string, n int) string {
	forms, ok := s.texts.Plurals[key]
	if !ok {
		return "⟨" + key + "⟩"
	}
	form := [...]string{
		arabic.Zero: forms.Zero, arabic.One: forms.One, arabic.Two: forms.Two,
		arabic.Few: forms.Few, arabic.Many: forms.Many, arabic.Other: forms.Other,
	}[arabic.Plural(n)]
	if form == "" {
		form = forms.Other
	}
	return strings.ReplaceAll(form, "{n}", s.number(n))
}

// monthNames and numbering tell the search, which writes dates in the browser,
// how the site writes them.
func (s style) monthNames() string {
	var names [12]string
	for i := range names {
		names[i] = dates.MonthName(i+1, s.site.Archive.Months)
	}
	return strings.Join(names[:], "|")
}

func (s style) numbering() string {
	if s.site.Archive.Digits == "arabic-indic" {
		return "arab"
	}
	return "latn"
}

// label writes a date at its own precision.
func (s style) label(d civil.Date) string {
	if d.IsZero() {
		return s.texts.get("date.unknown")
	}
	return dates.Format(d, dates.Style{Months: s.site.Archive.Months, Digits: s.site.Archive.Digits})
}

// long writes a day with its weekday, and with its Hijri date where the site
// wants it.
func (s style) long(d civil.Date) string {
	return dates.Format(d, dates.Style{Months: s.site.Archive.Months, Digits: s.site.Archive.Digits, Weekday: true, Hijri: s.site.Archive.Hijri})
}

// dateUse is what a made date view is remembered by.
type dateUse struct {
	date civil.Date
	kind archive.DateKind
	long bool
}

// date gives the view of a date that is as certain as kind says.
func (s style) date(d civil.Date, kind archive.DateKind) Date {
	return s.remembered(dateUse{d, kind, false})
}

// longDate is date with weekday and Hijri date.
func (s style) longDate(d civil.Date, kind archive.DateKind) Date {
	return s.remembered(dateUse{d, kind, true})
}

// dateViews remembers made views: an archive has few dates and many uses of
// them. Each date has one place, in which the next that falls there replaces
// it: a lookup takes no lock and allocates nothing, and memory is bounded.
type dateViews [2][1 << 13]atomic.Pointer[dateView]

type dateView struct {
	of   dateUse
	view Date
}

// place gives the days of twenty years a place each, for either use.
func (v *dateViews) place(q dateUse) *atomic.Pointer[dateView] {
	use := 0
	if q.long {
		use = 1
	}
	day := (int(q.date.Y)*12+int(q.date.M))*32 + int(q.date.D)
	return &v[use][day%len(v[use])]
}

// remembered gives the view of a date, made before or now.
func (s style) remembered(q dateUse) Date {
	place := s.made.place(q)
	if v := place.Load(); v != nil && v.of == q {
		return v.view
	}
	v := &dateView{q, s.makeDate(q)}
	place.Store(v)
	return v.view
}

func (s style) makeDate(q dateUse) Date {
	if q.date.IsZero() {
		label := s.texts.get("date.unknown")
		return Date{Label: label, HTML: html(`<span class="nodate">` + template.HTMLEscapeString(label) + `</span>`)}
	}
	v := Date{ISO: q.date.String(), Label: s.label(q.date), Inferred: q.kind == archive.DateInferred}
	if q.long {
		v.Label = s.long(q.date)
	}
	markup := `<time datetime="` + v.ISO + `">` + template.HTMLEscapeString(v.Label) + `</time>`
	if v.Inferred {
		markup += ` <small class="inferred">` + template.HTMLEscapeString(s.texts.get("date.inferred")) + `</small>`
	}
	v.HTML = html(markup)
	return v
}
