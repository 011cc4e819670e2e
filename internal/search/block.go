package search

import (
	"cmp"
	"hash/fnv"
	"io"
	"math/bits"
	"slices"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/civil"
	"warraq/internal/output"
)

// A block is a period's articles, the unit of inversion: whole years while
// they are small, else months, else days, else ranges of ids within a day.
//
// A document's number is Base + slot. Slots are in order of time and leave
// room: a document's place follows from its day and a hash of its id, and only
// the few that crowd the same place give way to each other. Were documents
// counted through, an article added in the middle of a month would move half
// of the month's numbers, and with them every posting list.
type block struct {
	Label      string // "2024", "2024-12", "2024-12-09", "" undated
	Base       uint32
	Span       uint32 // slots: the next block begins at Base + Span
	Start, End int    // Articles[Start:End] are its articles
	Key        output.Key

	docs []placed // by slot
}

// placed is a document in its slot.
type placed struct {
	slot    uint32
	article archive.ArticleIndex
}

func (b *block) count() int { return b.End - b.Start }

// Sizes at which a period is divided: large enough that a million articles have
// a few hundred blocks, which every reader gets to know and every merged bucket
// reads; small enough that a block is inverted in 100 MB.
const (
	yearMax  = 1024
	blockMax = 16384
)

// blocksOf divides the archive, oldest block first, undated articles before all.
func blocksOf(a *archive.Archive) []block {
	var blocks []block
	dated := len(a.Articles) - a.Undated
	blocks = append(blocks, periods(a.Articles, dated, len(a.Articles), false, 0)...)
	blocks = append(blocks, periods(a.Articles, 0, dated, true, 0)...)
	base := uint32(0)
	var key output.KeyBuilder
	analysis := fingerprint()
	for i := range blocks {
		b := &blocks[i]
		b.Base = base
		b.place(a.Articles)
		base += b.Span
		key.Reset("search/block 1").Bytes(analysis[:]).String(b.Label).Int(int64(b.count()))
		for k := b.Start; k < b.End; k++ {
			key.String(a.Articles[k].ID).Bytes(a.Articles[k].Key[:])
		}
		b.Key = key.Sum()
	}
	return blocks
}

// place gives every article its slot.
func (b *block) place(articles []archive.Article) {
	b.Span = max(64, uint32(1)<<bits.Len32(uint32(b.count())*5/4))
	days := uint32(1) // places in time within the block
	switch len(b.Label) {
	case len("2024"):
		days = 13 * 32
	case len("2024-12"):
		days = 32
	}
	type homed struct {
		day, home, hash uint32
		article         archive.ArticleIndex
	}
	all := make([]homed, 0, b.count())
	for i := b.Start; i < b.End; i++ {
		d := articles[i].Date.Value
		day := (uint32(d.M)*32 + uint32(d.D)) % days
		hash := fnv.New32a()
		io.WriteString(hash, articles[i].ID)
		h := hash.Sum32()
		first, next := day*b.Span/days, (day+1)*b.Span/days
		all = append(all, homed{day, first + h%max(1, next-first), h, archive.ArticleIndex(i)})
	}
	slices.SortFunc(all, func(x, y homed) int {
		return cmp.Or(cmp.Compare(x.day, y.day), cmp.Compare(x.home, y.home), cmp.Compare(x.hash, y.hash), cmp.Compare(articles[x.article].ID, articles[y.article].ID))
	})
	b.docs = make([]placed, len(all))
	free := uint32(0)
	for i, h := range all {
		slot := max(free, h.home)
		b.docs[i] = placed{slot, h.article}
		free = slot + 1
	}
	for b.Span < free { // many on the last day
		b.Span *= 2
	}
}

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
