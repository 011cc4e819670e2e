package search

import (
	"math/bits"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/output"
)

// A block is a period's articles, the unit of inversion: whole years while
// they are small, else months, else days, else ranges of ids within a day.
// Documents are numbered within it from the oldest on, so that an addition
// renumbers one block. Document number = Base + rank; bases leave room, so
// that a block grows without moving the later ones.
type block struct {
	Label string // "2024", "2024-12", "2024-12-09", "" undated
	Base  uint32
	// The articles are Articles[End-1] (rank 0) down to Articles[Start].
	Start, End int
	Key        output.Key
}

func (b *block) count() int { return b.End - b.Start }

// article gives the archive index of the rank-th document.
func (b *block) article(rank int) archive.ArticleIndex { return archive.ArticleIndex(b.End - 1 - rank) }

// Sizes at which a period is divided: large enough that old archives have few
// blocks, small enough that inverting one again is quick.
const (
	yearMax  = 1024
	blockMax = 4096
)

// blocksOf divides the archive, oldest block first, undated articles before all.
func blocksOf(a *archive.Archive) []block {
	var blocks []block
	divide := func(start, end int, dated bool) {
		for _, p := range periods(a.Articles, start, end, dated, 0) {
			blocks = append(blocks, p)
		}
	}
	dated := len(a.Articles) - a.Undated
	divide(dated, len(a.Articles), false)
	divide(0, dated, true)
	base := uint32(0)
	var key output.KeyBuilder
	for i := range blocks {
		b := &blocks[i]
		b.Base = base
		base += span(b.count())
		key.Reset("search/block 1").String(b.Label).Int(int64(b.count()))
		for k := b.Start; k < b.End; k++ {
			key.String(a.Articles[k].ID).Bytes(a.Articles[k].Key[:])
		}
		b.Key = key.Sum()
	}
	return blocks
}

// span is the room for n documents: a power of two, with one free place at least.
func span(n int) uint32 { return max(256, uint32(1)<<bits.Len32(uint32(n))) }

// periods divides Articles[start:end] at one level (0 year, 1 month, 2 day,
// deeper: a letter more of the id), oldest first.
func periods(articles []archive.Article, start, end int, dated bool, level int) []block {
	label := func(i int) string {
		d := articles[i].Date.Value
		switch {
		case dated && level == 0:
			return d.YearOf().String()
		case dated && level == 1:
			return d.MonthOf().String()
		case dated && level == 2:
			return d.String()
		}
		return idPrefix(articles[i].ID, level-2)
	}
	limit := blockMax
	if dated && level == 0 {
		limit = yearMax
	}
	if !dated && level < 3 {
		if end-start <= limit {
			if end == start {
				return nil
			}
			return []block{{Start: start, End: end}}
		}
		return periods(articles, start, end, dated, 3)
	}
	var out []block
	for end > start {
		first := end - 1
		for first > start && label(first-1) == label(end-1) {
			first--
		}
		switch {
		case end-first > limit && level < 3+maxWord:
			out = append(out, periods(articles, first, end, dated, level+1)...)
		default:
			out = append(out, block{Label: dateLabel(articles[first].Date.Value, dated, level), Start: first, End: end})
		}
		end = first
	}
	return out
}

func idPrefix(id string, n int) string { return id[:min(n, len(id))] }

// dateLabel is what a block's documents have in common, as the reader needs it
// for the facet of years.
func dateLabel(d civil.Date, dated bool, level int) string {
	switch {
	case !dated:
		return ""
	case level == 0:
		return d.YearOf().String()
	case level == 1:
		return d.MonthOf().String()
	}
	return d.String()
}

// year gives the year of a block's documents, "" undated.
func (b *block) year() string {
	year, _, _ := strings.Cut(b.Label, "-")
	return year
}
