package editorial

import (
	"fmt"

	"warraq/internal/civil"
	"warraq/internal/diag"
)

// unknownDate is how a decision says that the date is not known.
const unknownDate = "unknown"

func readDecisions(r *reader, raw []byte, themes []Theme) map[string]Decision {
	items, ok := r.list(raw, decisionsFile, "decisions")
	if !ok {
		return nil
	}
	slugs := make([]string, len(themes))
	for i, t := range themes {
		slugs[i] = t.Slug
	}

	byID := map[string]Decision{}
	for _, item := range items {
		d := Decision{Line: item.line}
		at := item
		if !r.table(item, "a decision", keys{
			"id":          func(f field) { d.ID, at = r.text(f.value), f.value },
			"title":       func(f field) { d.Title = pointer(r.text(f.value)) },
			"date":        func(f field) { d.Date = r.decidedDate(f.value) },
			"source":      func(f field) { d.Source = pointer(r.text(f.value)) },
			"themes":      func(f field) { d.Themes = pointer(r.themeSlugs(f.value, slugs)) },
			"tags":        func(f field) { d.Tags = pointer(r.texts(f.value)) },
			"events":      func(f field) { d.Events = pointer(r.decidedEvents(f.value)) },
			"same_as":     func(f field) { d.SameAs = r.texts(f.value) },
			"not_same_as": func(f field) { d.NotSameAs = r.texts(f.value) },
			"drop":        func(f field) { d.Drop = r.truth(f.value) },
			"withdrawn":   func(f field) { d.Withdrawn = r.text(f.value) },
		}) {
			continue
		}
		if d.ID == "" {
			r.fail(diag.EditorialMissing, item, "a decision needs the id of its article", "add id: …, the last part of the article's URL")
			continue
		}
		if first, twice := byID[d.ID]; twice {
			r.fail(diag.EditorialDuplicate, at, fmt.Sprintf("article %q is decided twice, first on line %d", d.ID, first.Line), "join the two entries")
			continue
		}
		if d.Drop && d.Withdrawn != "" {
			r.fail(diag.EditorialBadValue, at, "an article is either dropped or withdrawn", "keep drop (no trace) or withdrawn (a page with the reason)")
		}
		byID[d.ID] = d
	}
	return byID
}

func pointer[T any](v T) *T { return &v }

func (r *reader) decidedDate(v value) *civil.Date {
	if v.kind == scalar && v.text == unknownDate {
		return &civil.Date{}
	}
	d := r.date(v)
	if d.IsZero() {
		return nil
	}
	return &d
}

func (r *reader) themeSlugs(v value, known []string) []string {
	items := v.items
	if v.kind == scalar {
		items = []value{v}
	}
	for _, item := range items {
		found := false
		for _, slug := range known {
			found = found || slug == item.text
		}
		if !found && item.kind == scalar {
			r.fail(diag.EditorialUnknownTheme, item, fmt.Sprintf("there is no theme %q", item.text), suggest(item.text, known))
		}
	}
	return r.texts(v)
}

func (r *reader) decidedEvents(v value) []DecidedEvent {
	events := []DecidedEvent{}
	for _, item := range r.items(v) {
		var e DecidedEvent
		if r.table(item, "an event", keys{
			"date":     func(f field) { e.Date = r.date(f.value) },
			"sentence": func(f field) { e.Sentence = r.text(f.value) },
		}) && (e.Date.IsZero() || e.Sentence == "") {
			r.fail(diag.EditorialMissing, item, "an event needs date and sentence", "write {date: 2024-12-08, sentence: …}")
			continue
		}
		events = append(events, e)
	}
	return events
}
