package search

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"warraq/internal/archive"
)

// Facets are columns: for each slot of a few blocks the number of its set of
// themes, of its source and of its kinds of tags in the column file's own tables. Tables of the whole archive would renumber every column when a
// source is added.

// columnDocs is the number of documents that make a column file.
const columnDocs = 8192

// columnTables is the head of a column file.
type columnTables struct {
	Themes  [][]string `json:"themes"`  // sets of slugs
	Sources []string   `json:"sources"` // slugs, "" for none
}

// kindBits tells which kinds of tags a document has: bit 1<<TagKind.
func kindBits(a *archive.Archive, article *archive.Article) byte {
	var bits byte
	for _, t := range article.Tags {
		bits |= 1 << a.Tags[t].Kind
	}
	for _, m := range article.Mentions {
		bits |= 1 << a.Tags[m.Tag].Kind
	}
	return bits
}

// columns encodes the facets of blocks: length of the head, head (JSON), then
// two bytes (low first) a slot for themes, two for sources, one for kinds.
func columns(a *archive.Archive, blocks []block) ([]byte, error) {
	last := &blocks[len(blocks)-1]
	slots := last.Base + last.Span - blocks[0].Base
	sets, sources := make([]string, slots), make([]string, slots)
	kinds := make([]byte, slots)
	for i := range blocks {
		b := &blocks[i]
		for _, d := range b.docs {
			article := &a.Articles[d.article]
			at := b.Base - blocks[0].Base + d.slot
			slugs := make([]string, len(article.Themes))
			for k, m := range article.Themes {
				slugs[k] = a.Themes[m.Theme].Slug
			}
			slices.Sort(slugs)
			sets[at] = strings.Join(slugs, " ")
			if article.Source >= 0 {
				sources[at] = a.Sources[article.Source].Slug
			}
			kinds[at] = kindBits(a, article)
		}
	}
	setTable, setColumn := column(sets)
	sourceTable, sourceColumn := column(sources)
	tables := columnTables{Sources: sourceTable}
	for _, s := range setTable {
		tables.Themes = append(tables.Themes, strings.Fields(s))
	}
	head, err := json.Marshal(tables)
	if err != nil {
		return nil, err
	}
	raw := append(appendUint(nil, len(head)), head...)
	return slices.Concat(raw, setColumn, sourceColumn, kinds), nil
}

// column numbers values in their order.
func column(values []string) (table []string, numbers []byte) {
	numberOf := map[string]int{}
	for _, v := range values {
		numberOf[v] = 0
	}
	table = slices.Sorted(maps.Keys(numberOf))
	for i, v := range table {
		numberOf[v] = i
	}
	for _, v := range values {
		numbers = append(numbers, byte(numberOf[v]), byte(numberOf[v]>>8))
	}
	return table, numbers
}

// columnGroup is the blocks of one column file.
type columnGroup struct {
	first, blocks int
}

// columnGroups joins whole years, so that a new month moves no group.
func columnGroups(blocks []block) []columnGroup {
	var groups []columnGroup
	docs := 0
	for i := range blocks {
		newYear := i > 0 && blocks[i].year() != blocks[i-1].year()
		if i == 0 || docs >= columnDocs || newYear && docs >= columnDocs/2 {
			groups = append(groups, columnGroup{first: i})
			docs = 0
		}
		groups[len(groups)-1].blocks++
		docs += blocks[i].count()
	}
	return groups
}

// names are the titles of themes and sources, for the facet controls.
type names struct {
	Themes  [][2]string `json:"themes"` // slug, title, in the archive's order
	Sources [][2]string `json:"sources"`
}

func namesOf(a *archive.Archive) names {
	n := names{Themes: [][2]string{}, Sources: [][2]string{}}
	for _, t := range a.Themes {
		n.Themes = append(n.Themes, [2]string{t.Slug, t.Title})
	}
	for _, s := range a.Sources {
		n.Sources = append(n.Sources, [2]string{s.Slug, s.Name})
	}
	slices.SortFunc(n.Sources, func(x, y [2]string) int { return cmp.Compare(x[0], y[0]) })
	return n
}
