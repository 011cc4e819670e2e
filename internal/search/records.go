package search

import (
	"encoding/json"
	"fmt"
	"io"
	"math/bits"
	"strconv"
	"strings"

	"warraq/internal/archive"
	"warraq/internal/output"
)

// A record is what a result shows of its article. The records of a block stand
// in packs of a few neighbouring slots, named by the block's key and their
// number, so that ten results cost ten small reads and no directory is needed.

// recordsPer is the number of records aimed at in a pack: small packs cost
// files, large ones bytes of a query.
func recordsPer(docs int) int {
	switch {
	case docs <= 24_000: // no round number: crossing it rewrites all records
		return 4
	case docs <= 240_000:
		return 8
	}
	return 16
}

// recordShift gives the binary logarithm of the slots of a pack.
func recordShift(b *block, per int) int {
	return max(0, bits.Len32(b.Span/uint32(b.count())*uint32(per))-1)
}

// record is a JSON array: id, title, date, source, excerpt.
type record [5]string

func recordOf(a *archive.Archive, article *archive.Article) record {
	r := record{article.ID, article.Title, article.Date.Value.String(), "", ""}
	if article.Source >= 0 {
		r[3] = a.Sources[article.Source].Name
	}
	if article.Rights != archive.LinkOnly {
		r[4] = strings.Join(strings.Fields(article.Description), " ")
	}
	return r
}

// recordName gives the name of a block's records.
func recordName(b *block, shift int) name {
	var key output.KeyBuilder
	sum := key.Reset("search/records 2").Bytes(b.Key[:]).Int(int64(shift)).Sum()
	return name(sum[:6])
}

// recordPages are the pages of a block's records: JSON objects, record by slot
// within the pack.
func recordPages(a *archive.Archive, b *block, shift int) []output.Page {
	id := recordName(b, shift).String()
	var pages []output.Page
	for i := 0; i < len(b.docs); {
		pack := b.docs[i].slot >> shift
		j := i + 1
		for j < len(b.docs) && b.docs[j].slot>>shift == pack {
			j++
		}
		docs := b.docs[i:j]
		i = j
		var key output.KeyBuilder
		pages = append(pages, output.Page{
			Path:   filePath(id, fmt.Sprintf("-%d", pack)),
			Key:    key.Reset("search/records 2").String(id).Int(int64(pack)).Sum(),
			Stage:  output.Asset,
			Origin: "search index",
			Write: func(w io.Writer) error {
				records := map[string]record{}
				for _, d := range docs {
					records[strconv.Itoa(int(d.slot&(1<<shift-1)))] = recordOf(a, &a.Articles[d.article])
				}
				raw, err := json.Marshal(records) // in order of the keys
				if err != nil {
					return err
				}
				return deflate(w, raw, textLevel)
			},
		})
	}
	return pages
}
