package extract

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
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
				d.Relative = append(d.Relative, archive.DatePhrase{Phrase: phrase, Text: hint, Teaser: true, At: m.textPos(key)})
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
		m.aliases(key, v, d)
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
			d.SourceName = cleanText(m.text(key+".name", fields["name"]))
			if url, ok := fields["url"]; ok {
				d.SourceURL = m.webAddress(key+".url", url)
			}
			return
		}
		d.SourceName = cleanText(m.text(key, v))
	case "source_url", "sourceurl":
		d.SourceURL = m.webAddress(key, v)
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
			m.report(diag.MatterUnknown, diag.Info, key, fmt.Sprintf("the field %q is not used", key), "remove it, or correct its name")
		}
	}
}

// textPos is the place of a value, named by a path as source.Matter.Place takes it.
func (m *matter) textPos(path string) archive.TextPos {
	line, column, _ := m.doc.Matter.Place(path)
	return archive.TextPos{Line: int32(line), Column: int32(column)}
}

func (m *matter) report(code diag.Code, severity diag.Severity, path, message, remedy string) {
	line, column, excerpt := m.doc.Matter.Place(path)
	*m.problems = append(*m.problems, diag.Problem{
		Code: code, Severity: severity, Position: diag.Position{Path: m.doc.Path, Line: line, Column: column},
		Excerpt: excerpt, Message: message, Remedy: remedy,
	})
}

// index is the part of a path that says which item of a list is meant.
var index = regexp.MustCompile(`\[\d+\]`)

// bad reports a value that its field cannot have.
func (m *matter) bad(path string, v any, want string) {
	name := index.ReplaceAllString(path, "")
	m.report(diag.MatterValue, diag.Error, path,
		fmt.Sprintf("%s is %q; it takes %s", name, cutLetters(fmt.Sprint(v), 200), want), "correct the value of "+name)
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
	for i, item := range list {
		if s := m.text(itemOf(key, i), item); s != "" {
			out = append(out, s)
		}
	}
	return out
}

func itemOf(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// webAddress reads an address elsewhere on the web.
func (m *matter) webAddress(key string, v any) string {
	s := m.text(key, v)
	if s == "" {
		return ""
	}
	address := webAddress(s)
	if address == "" {
		m.bad(key, s, "an http or https address")
	}
	return address
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
	return []archive.DatePhrase{{Phrase: phrase, Text: s, At: m.textPos(key)}}
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

// table is one of a list of tables, with its path.
type table struct {
	path   string
	values map[string]any
}

// first gives the value of the first of the keys that the table has, and its path.
func (t table) first(keys ...string) (path string, v any) {
	for _, key := range keys {
		if v, ok := t.values[key]; ok {
			return t.path + "." + key, v
		}
	}
	return t.path, nil
}

// tables reads a list of tables; a text alone is a table that has only text.
func (m *matter) tables(key string, v any) []table {
	list, ok := v.([]any)
	if !ok {
		tables, ok := v.([]map[string]any) // as TOML has them
		if !ok {
			m.bad(key, v, "a list")
			return nil
		}
		for _, t := range tables {
			list = append(list, t)
		}
	}
	var out []table
	for i, item := range list {
		path := itemOf(key, i)
		switch item := item.(type) {
		case map[string]any:
			out = append(out, table{path, item})
		case map[any]any:
			values := make(map[string]any, len(item))
			for k, v := range item {
				values[fmt.Sprint(k)] = v
			}
			out = append(out, table{path, values})
		case string:
			out = append(out, table{path, map[string]any{"text": item}})
		default:
			m.bad(path, item, "tables with text and date")
		}
	}
	return out
}

// textOf and dayOf read a field of a table.
func (m *matter) textOf(t table, keys ...string) string { return cleanText(m.text(t.first(keys...))) }

func (m *matter) dayOf(t table) civil.Date { return m.day(t.first("date")) }

func (m *matter) events(key string, v any, d *archive.Draft) {
	d.Events = []archive.DraftEvent{}
	for _, t := range m.tables(key, v) {
		sentence, day := m.textOf(t, "sentence", "text", "title"), m.dayOf(t)
		if sentence == "" || day.IsZero() {
			m.bad(t.path, t.values, "tables of {date, sentence}")
			continue
		}
		d.Events = append(d.Events, archive.DraftEvent{Sentence: sentence, Phrase: archive.DatePhrase{
			Phrase: dates.Phrase{Kind: dates.Absolute, Date: day, Clock: -1}, Text: day.String(), At: m.textPos(t.path),
		}})
	}
}

func (m *matter) facts(key string, v any, d *archive.Draft) {
	for _, t := range m.tables(key, v) {
		fact := archive.DraftFact{
			Text: m.textOf(t, "text", "fact"),
			Cite: m.text(t.first("article", "url", "cite", "source")),
			Date: m.dayOf(t),
		}
		if fact.Text == "" {
			m.bad(t.path, t.values, "tables with a text")
			continue
		}
		d.Facts = append(d.Facts, fact)
	}
}

func (m *matter) corrections(key string, v any, d *archive.Draft) {
	for _, t := range m.tables(key, v) {
		note := archive.Correction{Text: m.textOf(t, "text", "note"), Date: m.dayOf(t)}
		if note.Text == "" {
			m.bad(t.path, t.values, "tables with a text")
			continue
		}
		d.Correction = append(d.Correction, note)
	}
}
