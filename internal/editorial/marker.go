package editorial

import (
	"fmt"

	"warraq/internal/diag"
	"warraq/internal/syntax"
)

// markerKinds names the kinds: as editors write them, and in full as the
// program's own list may.
var markerKinds = [...]struct{ name, full string }{
	RelatedBegins: {"related", "related_begins"},
	TeasersBegin:  {"teasers", "teasers_begin"},
	InlineTeaser:  {"inline-teaser", "inline_teaser"},
	Boilerplate:   {"boilerplate", "boilerplate"},
	SourceLabel:   {"source", "source_label"},
	KeywordsLabel: {"keywords", "keywords_label"},
	DateLabel:     {"date", "date_label"},
	UpdatedLabel:  {"updated", "updated_label"},
	AuthorLabel:   {"author", "author_label"},
	PhotoCredit:   {"photo", "photo_credit"},
	SignOff:       {"signoff", "sign_off"},
	Counter:       {"counter", "counter"},
}

// String gives the name that boilerplate.yaml uses.
func (k MarkerKind) String() string { return markerKinds[k].name }

// readMarkers reads a marker file: single entries below `markers`, or a kind's
// name with its texts. An empty origin stands for the entry's place.
func readMarkers(r *reader, raw []byte, origin string) []Marker {
	top, err := syntax.ParseYAML(raw)
	if err != nil {
		r.syntax(err)
		return nil
	}
	if top.Kind == syntax.Nothing {
		return nil
	}
	var markers []Marker
	add := func(m Marker, at syntax.Value) {
		if m.Text == "" {
			return
		}
		if m.Origin = origin; origin == "" {
			m.Origin = fmt.Sprintf("%s:%d", r.path, at.Line)
		}
		markers = append(markers, m)
	}
	known := keys{"markers": func(f syntax.Field) {
		for _, item := range r.items(f.Value) {
			add(r.marker(item, nil), item)
		}
	}}
	for i, names := range markerKinds {
		read := func(f syntax.Field) {
			for _, item := range r.items(f.Value) {
				kind := MarkerKind(i)
				add(r.marker(item, &kind), item)
			}
		}
		known[names.name], known[names.full] = read, read
	}
	r.table(top, "the marker file", known)
	return markers
}

// marker reads one entry; kind is nil where the entry says it itself.
func (r *reader) marker(v syntax.Value, kind *MarkerKind) Marker {
	var m Marker
	if kind != nil {
		m.Kind = *kind
		if v.Kind == syntax.Scalar {
			m.Text = r.text(v)
			return m
		}
	}
	known := keys{
		"text":  func(f syntax.Field) { m.Text = r.text(f.Value) },
		"whole": func(f syntax.Field) { m.Whole = r.truth(f.Value) },
	}
	said := kind != nil
	if !said {
		known["kind"] = func(f syntax.Field) { m.Kind, said = r.markerKind(f.Value), true }
	}
	if r.table(v, "a marker", known) && (m.Text == "" || !said) {
		r.fail(diag.EditorialMissing, v, "a marker needs kind and text", "write {kind: boilerplate, text: …}")
		m.Text = ""
	}
	return m
}

func (r *reader) markerKind(v syntax.Value) MarkerKind {
	s := r.text(v)
	known := make([]string, len(markerKinds))
	for i, names := range markerKinds {
		if s == names.name || s == names.full {
			return MarkerKind(i)
		}
		known[i] = names.name
	}
	r.fail(diag.EditorialBadValue, v, fmt.Sprintf("%q is not a kind of marker", s), suggest(s, known))
	return Boilerplate
}
