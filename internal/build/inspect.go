package build

import (
	"context"
	"slices"

	"warraq/internal/archive"
	"warraq/internal/diag"
	"warraq/internal/extract"
	"warraq/internal/source"
)

// Inspection is what the stages made of sources, for `inspect`.
type Inspection struct {
	Site      *Site
	Documents []Inspected // in the order of their sources
	drafts    map[origin]place
}

// Inspected is one document and what extraction made of it.
type Inspected struct {
	source.Document
	extract.Result
}

// origin identifies a draft by where it stands.
type origin struct {
	path          string
	line, ordinal int32
}

type place struct{ document, draft int }

// Inspect reads the sources at paths, or all of the site when there are none,
// and assembles them as Run would. The Inspection is nil when the
// configuration has an error.
func Inspect(ctx context.Context, o Options, paths []string) (*Inspection, []diag.Problem, error) {
	o.settle()
	w := &watch{report: &Report{}}
	n := &Inspection{drafts: map[origin]place{}}
	keep := func(doc source.Document, result extract.Result) {
		for i, d := range result.Drafts {
			n.drafts[originOf(d.Origin)] = place{len(n.Documents), i}
		}
		n.Documents = append(n.Documents, Inspected{doc, result})
	}
	s, problems := load(ctx, o, paths, keep, w)
	if err := ctx.Err(); err != nil {
		return nil, problems, err
	}
	slices.SortFunc(problems, diag.Compare)
	problems = slices.Compact(problems)
	if s == nil {
		return nil, problems, nil
	}
	n.Site = s
	return n, problems, nil
}

func originOf(o archive.Origin) origin { return origin{o.Path, o.Line, o.Ordinal} }

// Text gives the paragraphs of the draft at an origin, with their places.
func (n *Inspection) Text(o archive.Origin) []extract.Paragraph {
	at, ok := n.drafts[originOf(o)]
	if !ok || at.draft >= len(n.Documents[at.document].Texts) {
		return nil
	}
	return n.Documents[at.document].Texts[at.draft].Paragraphs
}
