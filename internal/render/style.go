package render

import (
	"html/template"
	"strconv"
	"strings"

	"warraq/internal/arabic"
	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/config"
)

// style writes numbers, counts and dates as the site's settings want them.
type style struct {
	site  *config.Site
	texts *texts
}

func newStyle(site *config.Site, t *texts) style { return style{site: site, texts: t} }

// number writes n with the site's digits, thousands apart.
func (s style) number(n int) string { return arabic.FormatNumber(n, s.site.Archive.Digits) }

// plainNumber writes n without separators, as years are written.
func (s style) plainNumber(n int) string {
	return arabic.Digits(strconv.Itoa(n), s.site.Archive.Digits)
}

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

var dualMonths = [...]string{"", "يناير/كانون الثاني", "فبراير/شباط", "مارس/آذار", "أبريل/نيسان", "مايو/أيار", "يونيو/حزيران",
	"يوليو/تموز", "أغسطس/آب", "سبتمبر/أيلول", "أكتوبر/تشرين الأول", "نوفمبر/تشرين الثاني", "ديسمبر/كانون الأول"}

// label writes a date at its own precision.
func (s style) label(d civil.Date) string {
	switch d.Precision() {
	case civil.Day:
		return s.plainNumber(int(d.D)) + " " + dualMonths[d.M] + " " + s.plainNumber(int(d.Y))
	case civil.Month:
		return dualMonths[d.M] + " " + s.plainNumber(int(d.Y))
	case civil.Year:
		return s.plainNumber(int(d.Y))
	}
	return s.texts.get("date.unknown")
}

// monthName writes a month without its year.
func (s style) monthName(m uint8) string { return dualMonths[m] }

// date gives the view of a date that is as certain as kind says.
func (s style) date(d civil.Date, kind archive.DateKind) Date {
	if d.IsZero() {
		label := s.texts.get("date.unknown")
		return Date{Label: label, HTML: html(`<span class="nodate">` + template.HTMLEscapeString(label) + `</span>`)}
	}
	v := Date{ISO: d.String(), Label: s.label(d), Inferred: kind == archive.DateInferred}
	markup := `<time datetime="` + v.ISO + `">` + template.HTMLEscapeString(v.Label) + `</time>`
	if v.Inferred {
		markup += ` <small class="inferred">` + template.HTMLEscapeString(s.texts.get("date.inferred")) + `</small>`
	}
	v.HTML = html(markup)
	return v
}
