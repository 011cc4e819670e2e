package editorial

import (
	"fmt"

	"warraq/internal/civil"
	"warraq/internal/diag"
	"warraq/internal/syntax"
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
		d := Decision{Line: item.Line}
		at := item
		if !r.table(item, "a decision", keys{
			"id":          func(f syntax.Field) { d.ID, at = r.text(f.Value), f.Value },
			"title":       func(f syntax.Field) { d.Title = pointer(r.text(f.Value)) },
			"date":        func(f syntax.Field) { d.Date = r.decidedDate(f.Value) },
			"source":      func(f syntax.Field) { d.Source = pointer(r.text(f.Value)) },
			"themes":      func(f syntax.Field) { d.Themes = pointer(r.themeSlugs(f.Value, slugs)) },
			"tags":        func(f syntax.Field) { d.Tags = pointer(r.texts(f.Value)) },
			"events":      func(f syntax.Field) { d.Events = pointer(r.decidedEvents(f.Value)) },
			"same_as":     func(f syntax.Field) { d.SameAs = r.texts(f.Value) },
			"not_same_as": func(f syntax.Field) { d.NotSameAs = r.texts(f.Value) },
			"drop":        func(f syntax.Field) { d.Drop = r.truth(f.Value) },
			"withdrawn":   func(f syntax.Field) { d.Withdrawn = r.text(f.Value) },
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

func (r *reader) decidedDate(v syntax.Value) *civil.Date {
	if v.Kind == syntax.Scalar && v.Text == unknownDate {
		return &civil.Date{}
	}
	d := r.date(v)
	if d.IsZero() {
		return nil
	}
	return &d
}

func (r *reader) themeSlugs(v syntax.Value, known []string) []string {
	items := v.Items
	if v.Kind == syntax.Scalar {
		items = []syntax.Value{v}
	}
	for _, item := range items {
		found := false
		for _, slug := range known {
			found = found || slug == item.Text
		}
		if !found && item.Kind == syntax.Scalar {
			r.fail(diag.EditorialUnknownTheme, item, fmt.Sprintf("there is no theme %q", item.Text), suggest(item.Text, known))
		}
	}
	return r.texts(v)
}

func (r *reader) decidedEvents(v syntax.Value) []DecidedEvent {
	events := []DecidedEvent{}
	for _, item := range r.items(v) {
		var e DecidedEvent
		if r.table(item, "an event", keys{
			"date":     func(f syntax.Field) { e.Date = r.date(f.Value) },
			"sentence": func(f syntax.Field) { e.Sentence = r.text(f.Value) },
		}) && (e.Date.IsZero() || e.Sentence == "") {
			r.fail(diag.EditorialMissing, item, "an event needs date and sentence", "write {date: 2024-12-08, sentence: …}")
			continue
		}
		events = append(events, e)
	}
	return events
}
