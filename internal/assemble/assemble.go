// Package assemble turns drafts into the archive: it settles ids, obeys the
// editors' decisions, dates the undated where evidence allows, folds copies,
// names sources and tags, files articles under themes, merges the tellings of
// one event and finds related coverage.
//
// It works on metadata alone and in linear time: every step sorts, counts or
// hashes, and wherever articles meet each other (copies, events, relations) an
// article meets at most a fixed number of others. (Bodies are read for one
// purpose, to judge a bounded number of doubtful copies.) The same drafts give
// the same archive in whatever order they come, and with any number of workers.
//
// Stability. An added article should change few pages. Copies are folded onto
// leaders chosen by a fixed rank, never by chains of likeness; the id of an
// event comes from its earliest telling; related coverage looks only at the
// nearest articles by date on either side within each rare tag, and weighs tags
// by size in powers of two, so that an addition disturbs only its neighbours.
package assemble

import (
	"cmp"
	"slices"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/config"
	"warraq/internal/diag"
	"warraq/internal/editorial"
)

// Input is everything that assembling depends on.
type Input struct {
	Drafts    []*archive.Draft // in any order; their strings and slices are shared with the archive
	Consume   bool             // Drafts may be emptied on the way: at a million articles that halves the peak of memory
	Editorial *editorial.Editorial
	Matcher   Matcher
	Site      *config.Site
	Build     civil.Date // the build day: decides publishing and expiry only; zero: no such rules
	Pages     []archive.StaticPage
	Bodies    archive.Bodies // may be nil
}

// Matcher knows which keywords are tags; match.Matcher is one.
type Matcher interface {
	// Tag gives the key under which all spellings meet and, for a known entity,
	// its id. ok is false for what is no subject: a function word, a lone
	// adjective, junk.
	Tag(spelling string) (key, entity string, ok bool)
}

// Assemble makes the archive. Problems with severity Error mean that the
// archive must not be written; it is complete all the same, so that a run can
// report everything at once.
func Assemble(in Input) (*archive.Archive, []diag.Problem) {
	if in.Editorial == nil {
		in.Editorial = &editorial.Editorial{}
	}
	if in.Site == nil {
		in.Site = &config.Site{Archive: config.Archive{RelatedMax: 6, DateThreshold: 0.6}}
	}
	var r reporter
	entries := admit(&in, &r)
	a := &archive.Archive{Build: in.Build}
	a.Since, a.Until = steady(&in, entries)
	entries = publishable(&in, entries, &r)
	links := foldCopies(&in, entries, &r)
	inferDates(&in, entries, links, &r)
	release := func(part func(d *archive.Draft)) {
		if in.Consume {
			for _, d := range in.Drafts {
				part(d)
			}
		}
	}
	release(func(d *archive.Draft) { d.Sketch, d.Published, d.Relative = nil, nil, nil })

	kept := order(a, entries)
	sources := nameSources(&in, a, entries)
	writeArticles(&in, a, entries, kept, sources)
	fileTags(&in, a, entries, kept)
	fileThemes(&in, a, entries, kept, &r)
	release(func(d *archive.Draft) { d.Keywords, d.Segments, d.Runs, d.Mentions, d.Themes = nil, nil, nil, nil, nil })
	mergeEvents(&in, a, entries, kept, &r)
	release(func(d *archive.Draft) { d.Events = nil })
	relate(&in, a, entries, kept, links)
	citeFacts(&in, a, entries, kept, &r)
	settlePages(&in, a, entries, &r)
	setKeys(a, entries, kept)
	return a, r.sorted()
}

// order decides which entries become articles and in what order: date
// descending, then id, undated last.
func order(a *archive.Archive, entries []entry) []int32 {
	kept := make([]int32, 0, len(entries))
	for i := range entries {
		if e := &entries[i]; e.leader == int32(i) && e.withdrawn == "" {
			kept = append(kept, int32(i))
			if e.date.Value.IsZero() {
				a.Undated++
			}
		}
	}
	slices.SortFunc(kept, func(x, y int32) int {
		ex, ey := &entries[x], &entries[y]
		return cmp.Or(ey.date.Value.Compare(ex.date.Value), cmp.Compare(ex.id, ey.id))
	})
	for i := range entries {
		entries[i].article = -1
	}
	for at, i := range kept {
		entries[i].article = archive.ArticleIndex(at)
	}
	return kept
}

// reporter collects problems.
type reporter struct {
	problems []diag.Problem
}

func (r *reporter) add(code diag.Code, severity diag.Severity, at diag.Position, message, remedy string) {
	r.problems = append(r.problems, diag.Problem{Code: code, Severity: severity, Position: at, Message: message, Remedy: remedy})
}

func (r *reporter) sorted() []diag.Problem {
	slices.SortFunc(r.problems, diag.Compare)
	return slices.Compact(r.problems)
}

// titleOf is where an editor finds the draft.
func titleOf(d *archive.Draft) diag.Position {
	p := diag.Position{Path: d.Origin.Path, Line: int(d.Origin.Line)}
	if d.TitleAt.Line > 0 {
		p.Line, p.Column = int(d.TitleAt.Line), int(d.TitleAt.Column)
	}
	return p
}
