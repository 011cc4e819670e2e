package extract

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/dates"
	"warraq/internal/diag"
	"warraq/internal/source"
)

// matter reads front matter into a draft, strictly: a field of the wrong kind
// is a problem at its line, an unknown field is named.
type matter struct {
	doc      *source.Document
	problems *[]diag.Problem
}

// hugoFields mean something to Hugo and nothing here.
var hugoFields = wordSet("layout", "type", "weight", "linktitle", "menu", "menus", "outputs", "params", "resources", "sitemap", "build", "cascade",
	"headless", "iscjklanguage", "markup", "series", "translationkey", "videos", "audio", "categories", "images")

func (m *matter) read(d *archive.Draft) {
	keys := make([]string, 0, len(m.doc.Matter.Values))
	for key := range m.doc.Matter.Values {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		m.field(key, m.doc.Matter.Values[key], d)
	}
}

func (m *matter) field(key string, v any, d *archive.Draft) {
	switch key {
	case "title":
		d.Title = cleanText(m.text(key, v))
	case "description", "summary":
		if s := cleanText(m.text(key, v)); key == "description" || d.Description == "" {
			d.Description = s
		}
	case "author", "authors":
		d.Author = strings.Join(m.texts(key, v), "، ")
	case "language", "lang":
		d.Language = m.text(key, v)
	case "date":
		d.Published = m.stated(key, v)
	case "lastmod":
		d.Modified = m.stated(key, v)
	case "date_hints":
		// What import found beside a clipping, as evidence for an inferred date.
		for _, hint := range m.texts(key, v) {
			if phrase, err := dates.Parse(hint); err == nil {
				at := m.at(key)
				d.Relative = append(d.Relative, archive.DatePhrase{Phrase: phrase, Text: hint, Teaser: true,
					At: archive.TextPos{Line: int32(at.Line), Column: int32(at.Column)}})
			}
		}
	case "imported_from": // for people: where import read it
	case "publishdate":
		d.Publish = m.day(key, v)
	case "expirydate":
		d.Expiry = m.day(key, v)
	case "draft":
		d.Draft = m.truth(key, v)
	case "id", "slug", "url":
		m.address(key, m.text(key, v), d)
	case "aliases":
		d.Aliases = append(d.Aliases, m.texts(key, v)...)
	case "tags", "keywords":
		for _, tag := range m.texts(key, v) {
			if tag = cleanText(tag); tag != "" && !slices.Contains(d.Keywords, tag) {
				d.Keywords = append(d.Keywords, tag)
			}
		}
	case "themes":
		d.Listed = append([]string{}, m.texts(key, v)...)
	case "source":
		if fields, ok := v.(map[string]any); ok {
			d.SourceName = cleanText(m.text(key, fields["name"]))
			if url, ok := fields["url"]; ok {
				d.SourceURL = webAddress(m.text(key, url))
			}
			return
		}
		d.SourceName = cleanText(m.text(key, v))
	case "source_url", "sourceurl":
		if d.SourceURL = webAddress(m.text(key, v)); d.SourceURL == "" && m.text(key, v) != "" {
			m.bad(key, v, "an http or https address")
		}
	case "events":
		m.events(key, v, d)
	case "facts":
		m.facts(key, v, d)
	case "corrections":
		m.corrections(key, v, d)
	case "withdrawn":
		if yes, ok := v.(bool); ok {
			if yes {
				d.Withdrawn = "سُحبت هذه المادة"
			}
			return
		}
		d.Withdrawn = cleanText(m.text(key, v))
	case "rights":
		if r, ok := map[string]archive.Rights{"full": archive.FullText, "excerpt": archive.Excerpt, "link": archive.LinkOnly}[m.text(key, v)]; ok {
			d.Rights = &r
		} else {
			m.bad(key, v, "full, excerpt or link")
		}
	case "canonical":
		if c, ok := map[string]archive.Canonical{"self": archive.CanonicalSelf, "original": archive.CanonicalOriginal, "noindex": archive.NoIndex}[m.text(key, v)]; ok {
			d.Canonical = &c
		} else {
			m.bad(key, v, "self, original or noindex")
		}
	default:
		if !hugoFields[key] {
			*m.problems = append(*m.problems, diag.Problem{
				Code: diag.MatterUnknown, Severity: diag.Info, Position: m.at(key),
				Message: fmt.Sprintf("the field %q is not used", key), Remedy: "remove it, or correct its name",
			})
		}
	}
}

func (m *matter) at(key string) diag.Position {
	return diag.Position{Path: m.doc.Path, Line: max(m.doc.Matter.Lines[key], 1), Column: 1}
}

func (m *matter) bad(key string, v any, want string) {
	*m.problems = append(*m.problems, diag.Problem{
		Code: diag.MatterValue, Severity: diag.Error, Position: m.at(key),
		Message: fmt.Sprintf("%s is %q; it takes %s", key, fmt.Sprint(v), want), Remedy: "correct the value of " + key,
	})
}

func (m *matter) text(key string, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return strings.TrimSpace(v)
	case bool, map[string]any, []any:
		m.bad(key, v, "a text")
		return ""
	case time.Time:
		return v.Format(time.RFC3339)
	}
	return fmt.Sprint(v) // numbers, and TOML's local dates
}

func (m *matter) texts(key string, v any) []string {
	list, ok := v.([]any)
	if !ok {
		if s := m.text(key, v); s != "" {
			return []string{s}
		}
		return nil
	}
	var out []string
	for _, item := range list {
		if s := m.text(key, item); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func (m *matter) truth(key string, v any) bool {
	switch v := v.(type) {
	case bool:
		return v
	case string:
		switch strings.ToLower(v) {
		case "true", "yes":
			return true
		case "false", "no", "":
			return false
		}
	}
	m.bad(key, v, "true or false")
	return false
}

// stated reads a date field as a phrase that states the date.
func (m *matter) stated(key string, v any) []archive.DatePhrase {
	s := m.text(key, v)
	if s == "" {
		return nil
	}
	phrase, err := dates.Parse(s)
	if err != nil || phrase.Kind != dates.Absolute {
		err = dates.ErrNone
		if day, isoErr := civil.Parse(s); isoErr == nil {
			phrase, err = dates.Phrase{Kind: dates.Absolute, Date: day, Clock: -1}, nil
		}
	}
	if err != nil {
		m.bad(key, s, "a date like 2024-12-09 or 2024-12-09T18:30:00+03:00")
		return nil
	}
	at := m.at(key)
	return []archive.DatePhrase{{Phrase: phrase, Text: s, At: archive.TextPos{Line: int32(at.Line), Column: int32(at.Column)}}}
}

// day reads a date field that must say its day by itself.
func (m *matter) day(key string, v any) civil.Date {
	s := m.text(key, v)
	if s == "" {
		return civil.Date{}
	}
	if len(s) > 10 && s[4] == '-' && s[7] == '-' {
		s = s[:10]
	}
	if d, err := civil.Parse(s); err == nil {
		return d
	}
	if p, err := dates.Parse(s); err == nil && p.Kind == dates.Absolute {
		return p.Date
	}
	m.bad(key, v, "a date like 2024-12-09")
	return civil.Date{}
}

// tables reads a list of tables.
func (m *matter) tables(key string, v any) []map[string]any {
	list, ok := v.([]any)
	if !ok {
		if tables, ok := v.([]map[string]any); ok {
			return tables
		}
		m.bad(key, v, "a list")
		return nil
	}
	var out []map[string]any
	for _, item := range list {
		switch item := item.(type) {
		case map[string]any:
			out = append(out, item)
		case map[any]any:
			table := make(map[string]any, len(item))
			for k, v := range item {
				table[fmt.Sprint(k)] = v
			}
			out = append(out, table)
		case string:
			out = append(out, map[string]any{"text": item})
		default:
			m.bad(key, item, "a list of tables with text and date")
		}
	}
	return out
}

func firstOf(table map[string]any, keys ...string) any {
	for _, key := range keys {
		if v, ok := table[key]; ok {
			return v
		}
	}
	return nil
}

func (m *matter) events(key string, v any, d *archive.Draft) {
	d.Events = []archive.DraftEvent{}
	at := m.at(key)
	for _, table := range m.tables(key, v) {
		sentence := cleanText(m.text(key, firstOf(table, "sentence", "text", "title")))
		day := m.day(key, firstOf(table, "date"))
		if sentence == "" || day.IsZero() {
			m.bad(key, fmt.Sprint(table), "a list of {date, sentence}")
			continue
		}
		d.Events = append(d.Events, archive.DraftEvent{Sentence: sentence, Phrase: archive.DatePhrase{
			Phrase: dates.Phrase{Kind: dates.Absolute, Date: day, Clock: -1}, Text: day.String(),
			At: archive.TextPos{Line: int32(at.Line), Column: 1},
		}})
	}
}

func (m *matter) facts(key string, v any, d *archive.Draft) {
	for _, table := range m.tables(key, v) {
		fact := archive.DraftFact{
			Text: cleanText(m.text(key, firstOf(table, "text", "fact"))),
			Cite: m.text(key, firstOf(table, "article", "url", "cite", "source")),
		}
		if date := firstOf(table, "date"); date != nil {
			fact.Date = m.day(key, date)
		}
		if fact.Text != "" {
			d.Facts = append(d.Facts, fact)
		}
	}
}

func (m *matter) corrections(key string, v any, d *archive.Draft) {
	for _, table := range m.tables(key, v) {
		note := archive.Correction{Text: cleanText(m.text(key, firstOf(table, "text", "note")))}
		if date := firstOf(table, "date"); date != nil {
			note.Date = m.day(key, date)
		}
		if note.Text != "" {
			d.Correction = append(d.Correction, note)
		}
	}
}
