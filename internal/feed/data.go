package feed

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/output"
)

// record is one article in the data exports. The JSON Lines files hold its
// fields as they are, the CSV files join lists with "|".
type record struct {
	ID         string   `json:"id"`
	URL        string   `json:"url"`
	Title      string   `json:"title"`
	Date       string   `json:"date"`
	DateKind   string   `json:"date_kind"`
	Confidence float32  `json:"date_confidence"`
	Source     string   `json:"source"`
	SourceURL  string   `json:"source_url"`
	Author     string   `json:"author"`
	Language   string   `json:"language"`
	Themes     []string `json:"themes"`
	Tags       []string `json:"tags"`
	Entities   []string `json:"entities"`
	Words      int32    `json:"words"`
	Origins    int      `json:"origins"`
	Versions   int      `json:"versions"`
	Summary    string   `json:"description"`
}

var columns = []string{"id", "url", "title", "date", "date_kind", "date_confidence", "source", "source_url", "author",
	"language", "themes", "tags", "entities", "words", "origins", "versions", "description"}

func (m *maker) record(at *archive.Article) record {
	r := record{
		ID: at.ID, URL: m.url(archive.ArticlePath(at.ID)), Title: at.Title,
		Date: at.Date.Value.String(), DateKind: at.Date.Kind.String(), Confidence: at.Date.Confidence,
		Source: m.sourceName(at), SourceURL: at.SourceURL, Author: at.Author, Language: at.Language,
		Themes: []string{}, Tags: []string{}, Entities: []string{},
		Words: at.Words, Origins: len(at.Origins), Versions: len(at.Versions), Summary: at.Description,
	}
	for _, t := range at.Themes {
		r.Themes = append(r.Themes, m.a.Themes[t.Theme].Slug)
	}
	r.Tags = append(r.Tags, m.tagNames(at)...)
	for _, e := range at.Mentions {
		r.Entities = append(r.Entities, m.a.Tags[e.Tag].Slug)
	}
	return r
}

func (r record) row() []string {
	return []string{r.ID, r.URL, r.Title, r.Date, r.DateKind, strconv.FormatFloat(float64(r.Confidence), 'g', 3, 32),
		r.Source, r.SourceURL, r.Author, r.Language, strings.Join(r.Themes, "|"), strings.Join(r.Tags, "|"),
		strings.Join(r.Entities, "|"), strconv.Itoa(int(r.Words)), strconv.Itoa(r.Origins), strconv.Itoa(r.Versions), r.Summary}
}

func (m *maker) data() {
	var names []string
	for _, p := range periods(m.a, m.allArticles()) {
		if len(p.articles) == 0 {
			continue
		}
		name := "articles-" + p.name
		names = append(names, name)
		m.recordKey("jsonl 1", p.articles)
		m.add("data/"+name+".jsonl", output.List, m.key.Sum(), func(w io.Writer) error {
			enc := json.NewEncoder(w)
			enc.SetEscapeHTML(false)
			for _, i := range p.articles {
				if err := enc.Encode(m.record(&m.a.Articles[i])); err != nil {
					return err
				}
			}
			return nil
		})
		m.recordKey("csv 1", p.articles)
		m.add("data/"+name+".csv", output.List, m.key.Sum(), func(w io.Writer) error {
			enc := csv.NewWriter(w)
			if err := enc.Write(columns); err != nil {
				return err
			}
			for _, i := range p.articles {
				row := m.record(&m.a.Articles[i]).row()
				for c := range row {
					row[c] = inert(row[c])
				}
				if err := enc.Write(row); err != nil {
					return err
				}
			}
			enc.Flush()
			return enc.Error()
		})
	}
	m.reset("datapackage 1").String(strings.Join(names, " "))
	m.add("data/datapackage.json", output.List, m.key.Sum(), func(w io.Writer) error { return m.writeDataPackage(w, names) })
}

// inert keeps spreadsheets from running a cell: text from sources that begins
// like a formula gets an apostrophe, as OWASP advises against CSV injection.
func inert(cell string) string {
	if cell != "" && strings.IndexByte("=+-@\t\r", cell[0]) >= 0 {
		return "'" + cell
	}
	return cell
}

// recordKey covers what addArticles does not: the entities' slugs.
func (m *maker) recordKey(kind string, list []archive.ArticleIndex) {
	m.reset(kind)
	m.addArticles(list)
	for _, i := range list {
		at := &m.a.Articles[i]
		m.key.Int(int64(len(at.Origins))).Int(int64(len(at.Versions)))
		for _, e := range at.Mentions {
			m.key.String(m.a.Tags[e.Tag].Slug)
		}
	}
}

type resource struct {
	Name     string         `json:"name"`
	Path     string         `json:"path"`
	Format   string         `json:"format"`
	Type     string         `json:"mediatype"`
	Encoding string         `json:"encoding"`
	Schema   map[string]any `json:"schema,omitempty"`
}

// writeDataPackage describes the exports as a Data Package
// (https://specs.frictionlessdata.io/data-package/).
func (m *maker) writeDataPackage(w io.Writer, names []string) error {
	var fields []map[string]string
	for _, c := range columns {
		kind := "string"
		switch c {
		case "words", "origins", "versions":
			kind = "integer"
		case "date_confidence":
			kind = "number"
		}
		fields = append(fields, map[string]string{"name": c, "type": kind})
	}
	resources := []resource{}
	for _, name := range names {
		resources = append(resources,
			resource{name + "-csv", name + ".csv", "csv", "text/csv", "utf-8", map[string]any{"fields": fields, "primaryKey": "id"}},
			resource{name + "-jsonl", name + ".jsonl", "jsonl", "application/jsonl", "utf-8", nil})
	}
	return writeJSON(w, struct {
		Profile     string     `json:"profile"`
		Name        string     `json:"name"`
		Title       string     `json:"title"`
		Description string     `json:"description,omitempty"`
		Homepage    string     `json:"homepage"`
		Resources   []resource `json:"resources"`
	}{"data-package", "articles", m.site.Title, m.site.Archive.Description, m.url(""), resources})
}
