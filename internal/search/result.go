package search

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"warraq/internal/archive"
)

// Options of a query.
type Options struct {
	Theme, Source, Year, Kind string // filters: slugs, "2024", "person"
	ByDate                    bool   // newest first instead of best first
	Offset, Limit             int    // of the hits returned; Limit 0 is 10
	All                       bool   // read postings back to the oldest document
	Facets                    bool   // count facets
}

// Hit is one result.
type Hit struct {
	ID    string `json:"id"`
	URL   string `json:"url"` // from the site's root
	Title string `json:"title"`
	Score int    `json:"score"`
	Tier  int    `json:"tier"` // 1 exact, 2 behind a particle, 3 near, 4 prefix, 5 mistyped

	Date, Source, Excerpt string `json:"-"`
	doc                   uint32
}

// Result of a query.
type Result struct {
	Hits     []Hit
	Total    int  // documents that match
	Near     int  // of them, those of tier 3 and worse: they come last
	Words    int  // words that were looked for; 0 when the query holds stop words only
	Complete bool // all documents were looked at
	Facets   Facets
}

// Facets count results by value, each facet under the filters of the others.
type Facets struct {
	Themes, Sources, Years, Kinds map[string]int
}

// Query gives the results of q, best first.
func (ix *Index) Query(q string, o Options) (Result, error) {
	words := parse(q)
	res := Result{Words: len(words), Complete: true}
	if len(words) == 0 {
		return res, nil
	}
	all := make([]*meanings, len(words))
	for i, w := range words {
		m, err := ix.exactly(w)
		if err != nil {
			return res, err
		}
		all[i] = m
	}
	hits, complete, err := ix.stages(all, o)
	if err != nil {
		return res, err
	}
	res.Complete = complete
	if hits, res.Facets, err = ix.filter(hits, o); err != nil {
		return res, err
	}
	slices.SortFunc(hits, func(a, b found) int {
		if o.ByDate {
			return cmp.Or(cmp.Compare(group(a.tier), group(b.tier)), cmp.Compare(b.doc, a.doc))
		}
		return cmp.Or(cmp.Compare(group(a.tier), group(b.tier)), cmp.Compare(b.score, a.score), cmp.Compare(b.doc, a.doc))
	})
	res.Total = len(hits)
	for _, h := range hits {
		res.Near += group(h.tier)
	}
	if o.Limit == 0 {
		o.Limit = 10
	}
	for _, h := range hits[min(o.Offset, len(hits)):min(o.Offset+o.Limit, len(hits))] {
		r, err := ix.record(h.doc)
		if err != nil {
			return res, err
		}
		res.Hits = append(res.Hits, Hit{
			ID: r[0], URL: "/" + archive.ArticlePath(r[0]), Title: r[1], Score: h.score, Tier: h.tier,
			Date: r[2], Source: r[3], Excerpt: r[4], doc: h.doc,
		})
	}
	return res, nil
}

// group parts near results from exact ones.
func group(tier int) int {
	if tier >= tierNear {
		return 1
	}
	return 0
}

// stages looks for the words as they are; when few documents hold them all,
// also for their near variants; and when none does, without what may be a stop
// word, for other forms of the verbs, and for what may have been meant by the
// words that are not in the archive at all.
func (ix *Index) stages(all []*meanings, o Options) ([]found, bool, error) {
	lists := make([][]candidate, len(all))
	for i, m := range all {
		lists[i] = m.exact
	}
	hits, complete, err := ix.back(all, lists, o)
	if err != nil || len(hits) >= fewHits {
		return hits, complete, err
	}
	// widen adds candidates to words, and matches again if there were any.
	widen := func(by func(m *meanings) ([]candidate, error)) error {
		more := false
		for i, m := range all {
			if m.word.phrase > 0 || m.docs >= rare && len(hits) > 0 {
				continue
			}
			c, err := by(m)
			if err != nil {
				return err
			}
			c = without(c, lists[i])
			lists[i] = slices.Concat(lists[i], c)
			more = more || len(c) > 0
		}
		if !more {
			return nil
		}
		hits, complete, err = ix.back(all, lists, o)
		return err
	}
	// Two words that only resemble others are nonsense, unless one is a long name.
	known := len(all) == 1 || slices.ContainsFunc(all, func(m *meanings) bool {
		return len(m.exact) > 0 || slices.ContainsFunc(m.near, func(c candidate) bool { return long(c.text) })
	})
	err = widen(func(m *meanings) ([]candidate, error) {
		if !known {
			m.near = slices.DeleteFunc(m.near, func(c candidate) bool { return shortKey(c.text) })
		}
		if len(m.exact)+len(m.near) > 0 && (len(all) == 1 || len(hits) == 0) {
			forms, err := ix.related(m.word)
			if err != nil {
				return nil, err
			}
			m.near = append(m.near, without(forms, m.exact, m.near)...)
		}
		if m.word.prefix && m.docs < fewHits {
			ends, err := ix.completed(m.word)
			if err != nil {
				return nil, err
			}
			m.near = append(m.near, without(ends, m.exact, m.near)...)
		}
		return m.near, nil
	})
	if err != nil || len(hits) > 0 {
		return hits, complete, err
	}
	weak := func(m *meanings) bool { return m.word.weak }
	if rest := slices.DeleteFunc(slices.Clone(all), weak); len(rest) > 0 && len(rest) < len(all) {
		return ix.stages(rest, o)
	}
	err = widen(func(m *meanings) ([]candidate, error) {
		forms, err := ix.related(m.word)
		if err != nil || len(m.exact) > 0 {
			return forms, err
		}
		guesses, err := ix.guessed(m.word)
		return append(forms, without(guesses, forms)...), err
	})
	return hits, complete, err
}

// without gives the candidates whose terms are in none of the others.
func without(c []candidate, others ...[]candidate) []candidate {
	return slices.DeleteFunc(c, func(x candidate) bool {
		for _, o := range others {
			for _, y := range o {
				if x.text == y.text {
					return true
				}
			}
		}
		return false
	})
}

// back matches from the newest documents back until there are enough hits.
func (ix *Index) back(words []*meanings, lists [][]candidate, o Options) (hits []found, complete bool, err error) {
	for _, l := range lists {
		if len(l) == 0 {
			return nil, true, nil
		}
	}
	budget := partBytes * len(words)
	if slices.ContainsFunc(words, func(m *meanings) bool { return m.word.phrase > 0 }) {
		budget = partBytes // positions are ten times the postings, and few suffice
	}
	for ; ; budget *= 2 {
		least := uint32(0)
		if !o.All {
			least = horizon(words, lists, budget)
		}
		hits, err = ix.match(words, lists, least)
		if err != nil || least == 0 || len(hits) >= max(2*fewHits, o.Offset+o.Limit) {
			return hits, least == 0, err
		}
	}
}

func sortCandidates(c []candidate) {
	slices.SortFunc(c, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.docs, a.docs), cmp.Compare(a.text, b.text))
	})
}

// kinds are the values of the facet of kinds, by bit.
var kinds = [...]string{"keyword", "person", "place", "organisation"}

// filter keeps the hits that pass the filters, and counts facets.
func (ix *Index) filter(hits []found, o Options) ([]found, Facets, error) {
	f := Facets{map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}}
	columnsNeeded := o.Facets || o.Theme != "" || o.Source != "" || o.Kind != ""
	if !columnsNeeded && o.Year == "" {
		return hits, f, nil
	}
	var out []found
	var col *columnReader
	for _, h := range hits {
		b := ix.blockOf(h.doc)
		year := ix.entry.Blocks[b].Label[:min(4, len(ix.entry.Blocks[b].Label))]
		var themes []string
		var source string
		var bits byte
		if columnsNeeded {
			if col == nil || !col.covers(b) {
				var err error
				if col, err = ix.columns(b); err != nil {
					return nil, f, err
				}
			}
			themes, source, bits = col.at(int(h.doc - ix.entry.Blocks[col.first].Base))
		}
		miss := 0 // filters that the document does not pass
		byTheme := o.Theme == "" || slices.Contains(themes, o.Theme)
		bySource := o.Source == "" || source == o.Source
		byYear := o.Year == "" || year == o.Year
		byKind := o.Kind == ""
		for k, name := range kinds {
			byKind = byKind || o.Kind == name && bits>>k&1 == 1
		}
		for _, pass := range []bool{byTheme, bySource, byYear, byKind} {
			if !pass {
				miss++
			}
		}
		if miss == 0 {
			out = append(out, h)
		}
		if !o.Facets || miss > 1 {
			continue
		}
		if miss == 0 || !byTheme {
			for _, t := range themes {
				f.Themes[t]++
			}
		}
		if source != "" && (miss == 0 || !bySource) {
			f.Sources[source]++
		}
		if year != "" && (miss == 0 || !byYear) {
			f.Years[year]++
		}
		if miss == 0 || !byKind {
			for k, name := range kinds {
				if bits>>k&1 == 1 {
					f.Kinds[name]++
				}
			}
		}
	}
	return out, f, nil
}

// columnReader is a decoded column file.
type columnReader struct {
	columnTables
	first, blocks, slots int
	raw                  []byte
}

func (c *columnReader) covers(block int) bool { return block >= c.first && block < c.first+c.blocks }

// at gives the facets of the i-th slot of the file.
func (c *columnReader) at(i int) (themes []string, source string, kinds byte) {
	two := func(column int) int {
		k := 2 * (column*c.slots + i)
		return int(c.raw[k]) | int(c.raw[k+1])<<8
	}
	return c.Themes[two(0)], c.Sources[two(1)], c.raw[4*c.slots+i]
}

// columns reads the column file that covers a block.
func (ix *Index) columns(block int) (*columnReader, error) {
	first := 0
	for _, e := range ix.entry.Columns {
		if block >= first+e.Blocks {
			first += e.Blocks
			continue
		}
		raw, err := ix.named(e.Name)
		if err != nil {
			return nil, err
		}
		c := &columnReader{first: first, blocks: e.Blocks}
		for _, b := range ix.entry.Blocks[first : first+e.Blocks] {
			c.slots += int(b.Span)
		}
		r := reader{b: raw}
		head := r.bytes(int(r.uint()))
		if err := json.Unmarshal(head, &c.columnTables); err != nil {
			return nil, fmt.Errorf("%w: %w", errDamaged, err)
		}
		if c.raw = r.b; len(c.raw) != 5*c.slots {
			return nil, errDamaged
		}
		return c, nil
	}
	return nil, errDamaged
}
