package feed

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"strings"
	"unicode/utf8"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/output"
)

// eventLimit is how many events one export of the timeline holds. Beyond it the
// newest are in events.*, and each year has files of its own.
const eventLimit = 1000

func (m *maker) events() {
	all := make([]archive.EventIndex, len(m.a.Events))
	for i := range all {
		all[i] = archive.EventIndex(i)
	}
	m.eventFiles("timeline/", all)
	if len(all) > eventLimit {
		for len(all) > 0 {
			year := m.a.Events[all[0]].Date.Y
			n := 0
			for n < len(all) && m.a.Events[all[n]].Date.Y == year {
				n++
			}
			for start := 0; start < n; start += eventLimit {
				name := fmt.Sprintf("timeline/%04d/", year)
				if start > 0 {
					name += fmt.Sprintf("%d-", start/eventLimit+1)
				}
				m.eventFiles(name, all[start:min(n, start+eventLimit)])
			}
			all = all[n:]
		}
	}
	for i := range m.a.Themes {
		t := &m.a.Themes[i]
		list := last(t.Events, eventLimit)
		path := archive.ThemePath(t.Slug) + "events.ics"
		title := t.Title
		m.eventKey("ics 1", list).String(path).String(title)
		m.add(path, output.List, m.key.Sum(), func(w io.Writer) error { return m.writeICS(w, title, list) })
	}
}

func last(list []archive.EventIndex, n int) []archive.EventIndex {
	return list[max(0, len(list)-n):]
}

func (m *maker) eventFiles(base string, list []archive.EventIndex) {
	list = last(list, eventLimit)
	m.eventKey("events.json 1", list).String(base)
	m.add(base+"events.json", output.List, m.key.Sum(), func(w io.Writer) error { return m.writeEventsJSON(w, list) })
	m.eventKey("ics 1", list).String(base)
	m.add(base+"events.ics", output.List, m.key.Sum(), func(w io.Writer) error { return m.writeICS(w, m.site.Title, list) })
	m.eventKey("timelinejs 1", list).String(base)
	m.add(base+"timelinejs.json", output.List, m.key.Sum(), func(w io.Writer) error { return m.writeTimelineJS(w, list) })
}

func (m *maker) eventKey(kind string, list []archive.EventIndex) *output.KeyBuilder {
	m.reset(kind).Int(int64(len(list)))
	for _, i := range list {
		e := &m.a.Events[i]
		m.key.String(e.ID).String(e.Date.String()).String(e.Sentence).Int(int64(e.Kind)).Int(int64(e.Sources))
		for _, t := range e.Tellings {
			at := &m.a.Articles[t.Article]
			m.key.String(at.ID).String(at.Title)
		}
		for _, t := range e.Themes {
			m.key.String(m.a.Themes[t].Slug).String(m.a.Themes[t].Title)
		}
	}
	return &m.key
}

type eventJSON struct {
	ID        string        `json:"id"`
	URL       string        `json:"url"`
	Date      string        `json:"date"`
	Precision string        `json:"precision"`
	DateKind  string        `json:"date_kind"`
	Sentence  string        `json:"sentence"`
	Sources   int32         `json:"independent_sources"`
	Themes    []string      `json:"themes"`
	Articles  []articleLink `json:"articles"`
}

type articleLink struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// eventURL is the event's article: an event's place on the timeline can move
// from the hub to a year's page, the article that tells it stays.
func (m *maker) eventURL(e *archive.Event) string {
	if len(e.Tellings) == 0 {
		return m.url("timeline/")
	}
	return m.url(archive.ArticlePath(m.a.Articles[e.Tellings[0].Article].ID))
}

func (m *maker) writeEventsJSON(w io.Writer, list []archive.EventIndex) error {
	doc := struct {
		Title  string      `json:"title"`
		URL    string      `json:"url"`
		Events []eventJSON `json:"events"`
	}{m.site.Title, m.url("timeline/"), []eventJSON{}}
	for _, i := range list {
		e := &m.a.Events[i]
		out := eventJSON{
			ID: e.ID, URL: m.eventURL(e), Date: e.Date.String(), Precision: e.Date.Precision().String(),
			DateKind: e.Kind.String(), Sentence: e.Sentence, Sources: e.Sources, Themes: []string{}, Articles: []articleLink{},
		}
		for _, t := range e.Themes {
			out.Themes = append(out.Themes, m.a.Themes[t].Slug)
		}
		for _, t := range e.Tellings {
			at := &m.a.Articles[t.Article]
			out.Articles = append(out.Articles, articleLink{at.Title, m.url(archive.ArticlePath(at.ID))})
		}
		doc.Events = append(doc.Events, out)
	}
	return writeJSON(w, doc)
}

// writeICS writes iCalendar (RFC 5545): all-day events; a month or a year as a
// span of days. DTSTAMP is required and would be the clock: it is the event's
// own day, so that equal archives give equal bytes.
func (m *maker) writeICS(w io.Writer, title string, list []archive.EventIndex) error {
	b := bufio.NewWriter(w)
	line := func(name, value string) { writeFolded(b, name+":"+value) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Warraq//Timeline//AR")
	line("CALSCALE", "GREGORIAN")
	line("X-WR-CALNAME", icsText(title))
	for _, i := range list {
		e := &m.a.Events[i]
		from, to := span(e.Date)
		line("BEGIN", "VEVENT")
		line("UID", icsText(e.ID)+"@warraq")
		line("DTSTAMP", from.Time().Format("20060102")+"T000000Z")
		line("DTSTART;VALUE=DATE", from.Time().Format("20060102"))
		line("DTEND;VALUE=DATE", to.Time().Format("20060102"))
		line("SUMMARY", icsText(firstLetters(e.Sentence, 120)))
		line("DESCRIPTION", icsText(e.Sentence))
		line("URL", m.eventURL(e))
		line("TRANSP", "TRANSPARENT")
		line("END", "VEVENT")
	}
	line("END", "VCALENDAR")
	return b.Flush()
}

// span gives the first day of a date and the day after its last.
func span(d civil.Date) (from, to civil.Date) {
	from = civil.FromTime(d.Time())
	switch d.Precision() {
	case civil.Month:
		return from, civil.FromTime(d.Time().AddDate(0, 1, 0))
	case civil.Year:
		return from, civil.FromTime(d.Time().AddDate(1, 0, 0))
	}
	return from, from.AddDays(1)
}

var icsEscape = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`, "\r", "")

func icsText(s string) string { return icsEscape.Replace(s) }

// writeFolded cuts a content line after 75 octets, never inside a character
// (RFC 5545, 3.1).
func writeFolded(w *bufio.Writer, s string) {
	room := 75
	for len(s) > room {
		cut := room
		for cut > 0 && !utf8.RuneStart(s[cut]) {
			cut--
		}
		w.WriteString(s[:cut])
		w.WriteString("\r\n ")
		s, room = s[cut:], 74
	}
	w.WriteString(s)
	w.WriteString("\r\n")
}

type timelineDate struct {
	Year  int `json:"year"`
	Month int `json:"month,omitempty"`
	Day   int `json:"day,omitempty"`
}

type timelineText struct {
	Headline string `json:"headline"`
	Text     string `json:"text"`
}

type timelineSlide struct {
	ID    string        `json:"unique_id,omitempty"`
	Start *timelineDate `json:"start_date,omitempty"`
	Group string        `json:"group,omitempty"`
	Text  timelineText  `json:"text"`
}

// writeTimelineJS writes the JSON of TimelineJS 3
// (https://timeline.knightlab.com/docs/json-format.html). Its text is HTML: what
// we put in is escaped.
func (m *maker) writeTimelineJS(w io.Writer, list []archive.EventIndex) error {
	doc := struct {
		Title  timelineSlide   `json:"title"`
		Events []timelineSlide `json:"events"`
	}{timelineSlide{Text: timelineText{html.EscapeString(m.site.Title), html.EscapeString(m.site.Archive.Description)}}, []timelineSlide{}}
	for _, i := range list {
		e := &m.a.Events[i]
		slide := timelineSlide{
			ID:    e.ID,
			Start: &timelineDate{int(e.Date.Y), int(e.Date.M), int(e.Date.D)},
			Text:  timelineText{Headline: html.EscapeString(firstLetters(e.Sentence, 90))},
		}
		if len(e.Themes) > 0 {
			slide.Group = m.a.Themes[e.Themes[0]].Title
		}
		var b strings.Builder
		b.WriteString("<p>" + html.EscapeString(e.Sentence) + "</p>")
		for _, t := range e.Tellings {
			at := &m.a.Articles[t.Article]
			fmt.Fprintf(&b, `<p><a href="%s">%s</a></p>`, html.EscapeString(m.url(archive.ArticlePath(at.ID))), html.EscapeString(at.Title))
		}
		slide.Text.Text = b.String()
		doc.Events = append(doc.Events, slide)
	}
	return writeJSON(w, doc)
}
