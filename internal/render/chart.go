package render

import (
	"warraq/internal/archive"
	"warraq/internal/civil"
)

// Chart geometry, in the units of the view box. Time runs from right to left,
// as the text around it.
const (
	chartWidth  = 640
	chartHeight = 96
	chartBars   = 40 // more bars than this and the chart counts years
)

// chart counts articles over time, by month, or by year over a long time. It
// gives nil where there is nothing to see: fewer than two periods.
func (p *plan) chart(id string, arts []archive.ArticleIndex) *Chart {
	var first, last civil.Date
	for _, i := range arts {
		d := p.a.Articles[i].Date.Value
		if d.Precision() < civil.Month {
			continue
		}
		if last.IsZero() {
			last = d.MonthOf()
		}
		first = d.MonthOf()
	}
	if first == last {
		return nil
	}
	months := monthNumber(last) - monthNumber(first) + 1
	slot, of := months, func(d civil.Date) int { return monthNumber(d) - monthNumber(first) }
	at := func(n int) civil.Date {
		m := monthNumber(first) + n
		d, _ := civil.New(m/12, m%12+1, 0)
		return d
	}
	unit := "chart.month"
	if months > chartBars {
		slot, of = int(last.Y-first.Y)+1, func(d civil.Date) int { return int(d.Y - first.Y) }
		at = func(n int) civil.Date { return civil.Date{Y: first.Y + int16(n)} }
		unit = "chart.year"
	}
	counts := make([]int, slot)
	most := 1
	for _, i := range arts {
		d := p.a.Articles[i].Date.Value
		if d.Precision() < civil.Month {
			continue
		}
		n := of(d)
		counts[n]++
		most = max(most, counts[n])
	}
	c := &Chart{
		ID: id, Width: chartWidth,
		Caption: p.r.texts.get("chart.caption"),
		Unit:    p.r.texts.get(unit),
		First:   p.r.style.label(at(0)),
		Last:    p.r.style.label(at(slot - 1)),
		Peak:    p.r.style.number(most),
	}
	step := chartWidth / slot
	for n, count := range counts {
		b := Bar{Name: p.r.style.label(at(n)), N: p.r.style.number(count)}
		b.W = max(1, min(step-step/5-1, 48))
		b.X = chartWidth - (n*chartWidth+chartWidth/2)/slot - b.W/2
		if count > 0 {
			b.H = max(2, count*(chartHeight-4)/most)
		}
		b.Y = chartHeight - b.H
		c.Bars = append(c.Bars, b)
	}
	return c
}

func monthNumber(d civil.Date) int { return int(d.Y)*12 + int(d.M) - 1 }

// span says from when to when a list reaches: «من ديسمبر 2024 إلى مارس 2025».
func (p *plan) span(arts []archive.ArticleIndex) string {
	first, last := p.reach(arts)
	if first.IsZero() {
		return ""
	}
	first, last = first.MonthOf(), last.MonthOf()
	if first == last {
		return p.r.style.label(first)
	}
	return p.r.texts.with("span", "from", p.r.style.label(first), "to", p.r.style.label(last))
}

// reach gives the oldest and newest dates of a list in archive order.
func (p *plan) reach(arts []archive.ArticleIndex) (first, last civil.Date) {
	for _, i := range arts {
		if d := p.a.Articles[i].Date.Value; !d.IsZero() {
			last = d
			break
		}
	}
	for n := len(arts) - 1; n >= 0; n-- {
		if d := p.a.Articles[arts[n]].Date.Value; !d.IsZero() {
			first = d
			break
		}
	}
	return first, last
}
