package cli

import (
	"bufio"
	"encoding/json"

	"warraq/internal/archive"
	"warraq/internal/build"
	"warraq/internal/diag"
)

// The records of `inspect --json`, one a line. Their fields are a contract: see
// docs/architecture.md.

type articleRecord struct {
	Kind       string            `json:"kind"` // "article"
	ID         string            `json:"id"`
	URL        string            `json:"url"`
	Origin     originRecord      `json:"origin"`
	Also       []alsoRecord      `json:"also"`
	Title      string            `json:"title"`
	Date       dateRecord        `json:"date"`
	Source     sourceRecord      `json:"source"`
	Tags       []string          `json:"tags"`
	Entities   []entityRecord    `json:"entities"`
	Themes     []themeRecord     `json:"themes"`
	Paragraphs []paragraphRecord `json:"paragraphs"`
	Events     []eventRecord     `json:"events"`
	Relations  []relationRecord  `json:"relations"`
}

type originRecord struct {
	Path    string `json:"path"`
	Line    int32  `json:"line"`
	Ordinal int32  `json:"ordinal"`
	Role    string `json:"role"`
}

type alsoRecord struct {
	Path    string `json:"path"`
	Line    int32  `json:"line"`
	Ordinal int32  `json:"ordinal"`
}

type dateRecord struct {
	Value      *string `json:"value"`
	Kind       string  `json:"kind"`
	Confidence float32 `json:"confidence"`
	Evidence   string  `json:"evidence"`
}

type sourceRecord struct {
	Name *string `json:"name"`
	URL  *string `json:"url"`
}

type entityRecord struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Kind string `json:"kind"`
}

type themeRecord struct {
	Slug     string   `json:"slug"`
	Score    float32  `json:"score"`
	Evidence []string `json:"evidence"`
}

type paragraphRecord struct {
	Text   string `json:"text"`
	Line   int32  `json:"line"`
	Column int32  `json:"column"`
}

type eventRecord struct {
	Date      string `json:"date"`
	Precision string `json:"precision"`
	Sentence  string `json:"sentence"`
	Evidence  string `json:"evidence"`
}

type relationRecord struct {
	Kind        string  `json:"kind"`
	ID          string  `json:"id"`
	Containment float32 `json:"containment"`
}

type droppedRecord struct {
	Kind   string `json:"kind"` // "dropped"
	Path   string `json:"path"`
	Line   int32  `json:"line"`
	Column int32  `json:"column"`
	Text   string `json:"text"`
	Why    string `json:"why"`
}

func inspectJSON(out *bufio.Writer, found *build.Inspection, problems []diag.Problem) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	a := found.Site.Archive
	for i := range a.Articles {
		if err := enc.Encode(articleOf(found, &a.Articles[i])); err != nil {
			return err
		}
	}
	for _, doc := range found.Documents {
		for _, d := range doc.Dropped {
			if err := enc.Encode(droppedRecord{"dropped", doc.Path, d.At.Line, d.At.Column, d.Text, d.Why.String()}); err != nil {
				return err
			}
		}
	}
	for _, q := range problems {
		if err := enc.Encode(q.Record()); err != nil {
			return err
		}
	}
	return nil
}

func articleOf(found *build.Inspection, x *archive.Article) articleRecord {
	a := found.Site.Archive
	r := articleRecord{
		Kind: "article", ID: x.ID, URL: "/" + archive.ArticlePath(x.ID), Title: x.Title,
		Date: dateRecord{Kind: x.Date.Kind.String(), Confidence: x.Date.Confidence, Evidence: x.Date.Evidence},
		// Lists are [] rather than null: readers of the stream need no special case.
		Also: []alsoRecord{}, Tags: []string{}, Entities: []entityRecord{}, Themes: []themeRecord{},
		Paragraphs: []paragraphRecord{}, Events: []eventRecord{}, Relations: []relationRecord{},
	}
	if !x.Date.Value.IsZero() {
		value := x.Date.Value.String()
		r.Date.Value = &value
	}
	for i, o := range x.Origins {
		if i == 0 {
			r.Origin = originRecord{o.Path, o.Line, o.Ordinal, o.Role.String()}
			for _, p := range found.Text(o) {
				r.Paragraphs = append(r.Paragraphs, paragraphRecord{p.Text, p.At.Line, p.At.Column})
			}
			continue
		}
		r.Also = append(r.Also, alsoRecord{o.Path, o.Line, o.Ordinal})
	}
	if x.Source >= 0 {
		r.Source.Name = &a.Sources[x.Source].Name
	}
	if x.SourceURL != "" {
		r.Source.URL = &x.SourceURL
	}
	for _, t := range x.Tags {
		r.Tags = append(r.Tags, a.Tags[t].Name)
	}
	seen := map[archive.TagIndex]bool{}
	entity := func(i archive.TagIndex) {
		if t := &a.Tags[i]; t.Kind != archive.Keyword && !seen[i] {
			seen[i] = true
			r.Entities = append(r.Entities, entityRecord{t.Slug, t.Name, t.Kind.String()})
		}
	}
	for _, m := range x.Mentions {
		entity(m.Tag)
	}
	for _, t := range x.Tags {
		entity(t)
	}
	for _, m := range x.Themes {
		r.Themes = append(r.Themes, themeRecord{a.Themes[m.Theme].Slug, m.Score, append([]string{}, m.Evidence...)})
	}
	for _, i := range x.Events {
		e := &a.Events[i]
		r.Events = append(r.Events, eventRecord{e.Date.String(), e.Date.Precision().String(), e.Sentence, e.Evidence})
	}
	for _, v := range x.Versions {
		r.Relations = append(r.Relations, relationRecord{archive.VersionOf.String(), v.ID, v.Containment})
	}
	for _, rel := range x.Relations {
		r.Relations = append(r.Relations, relationRecord{rel.Kind.String(), a.Articles[rel.Article].ID, rel.Containment})
	}
	return r
}
